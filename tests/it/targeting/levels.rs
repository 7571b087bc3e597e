//! The differentiation model: levels from factors, read with error, routed, with hours moved.

use crate::support::*;
use fairbalance::analysis::{StudyFindings, misreading};
use fairbalance::model::*;
use fairbalance::plan::{RowId, StudyRow};
use fairbalance::random::Seed;

/// C2, by hand: two factors with a point in 0.4 and 0.5 of the persons, level 2 from two points.
/// Weights by number of misread factors count each choice of the misread ones once.
/// Catches: a misreading that leaves the scale, or a factor counted twice.
#[test]
fn the_joint_law_is_enumerated_by_hand() {
    let joint = joint_levels(&[vec![0.6, 0.4], vec![0.5, 0.5]], &[2]);
    let of = |truly: u8, read: u8| {
        let found = joint.iter().find(|(a, b, _)| (*a, *b) == (truly, read));
        found.expect("every pair").2.clone()
    };
    let near = |a: Vec<f64>, b: [f64; 3]| {
        a.iter()
            .zip(b)
            .for_each(|(a, b)| assert!((a - b).abs() < 1e-15, "{a} and {b}"));
    };
    // w_k counts each choice of the k misread factors once: two choices for k = 1
    // true 2 (both points): one misread → level 1, both → level 1
    near(of(2, 2), [0.2, 0.0, 0.0]);
    near(of(2, 1), [0.0, 0.4, 0.2]);
    // true 1: (0,0) 0.3, (1,0) 0.2, (0,1) 0.3. One misread reads (1,0) and (0,1) as 2 once each:
    // 0.2 + 0.3; both misread: (0,0) → 2: 0.3, the others swap and stay
    near(of(1, 2), [0.0, 0.5, 0.3]);
    near(of(1, 1), [0.8, 2.0 * 0.8 - 0.5, 0.8 - 0.3]);
}

/// C1. Catches: persons lost or counted twice between true and assigned levels, at any error.
#[test]
fn levels_partition_the_population_at_any_misreading() {
    for misread in [0.0, 0.1, 0.5, 1.0] {
        let mut model = routed(misread).build();
        for coverage in &mut model.agreement.coverages {
            coverage.uptake = Value::Number(1.0);
        }
        let levels: f64 = model.world.groups[0].levels.iter().map(|(_, s)| s).sum();
        assert!((levels - 1.0).abs() < 1e-12);
        let block = Block::of(&model);
        // everybody takes part, so everybody is in exactly one offer: Σ covered = the group
        let covered = certain(&block.lane(RowId::Activity));
        let years: f64 = block.program.discount[..block.program.verdict_years]
            .iter()
            .sum();
        // 5 % of 40,000·0.5 + 8,000·2 + 2,000·3, in towns of 1 and 0.6
        let persons = 0.05 * (20_000.0 + 16_000.0 + 6_000.0) * 1.6;
        assert!(
            (covered - persons * years).abs() < 1e-6 * covered,
            "{misread}"
        );
    }
}

/// C2. Catches: an identity that is not one. Nothing misread is bitwise the plain levels.
#[test]
fn nothing_misread_is_the_plain_levels() {
    let read = routed(0.0).build();
    let mut plain = read.clone();
    for (c, coverage) in plain.agreement.coverages.iter_mut().enumerate() {
        coverage.assigned = None;
        coverage.cells = vec![(KOL, c as u8 + 1)];
    }
    let (read, plain) = (Block::of(&read), Block::of(&plain));
    for account in Account::ALL {
        assert_eq!(read.x(account), plain.x(account), "{account:?}");
    }
}

/// Catches: persons of two offers treated as if they could be in both. Each offer avoids all
/// admissions of its persons and together they route everybody: nothing is left, not (1 − 1/3)³.
#[test]
fn offers_for_different_levels_never_meet_in_one_person() {
    let mut town = Town::of(1)
        .scored(0.3)
        .uptake(1.0)
        .another_coverage()
        .another_coverage();
    for (coverage, level) in [(0, 1), (1, 2), (2, 3)] {
        town = town
            .wanting(coverage, &[level])
            .effect_with(ADMISSION, 0.0, |e| e.coverage = coverage);
    }
    let mut model = town.follow(ADMISSION).build();
    model.agreement.indicators[0].groups = vec![KOL];
    let block = Block::of(&model);
    let before = certain(&block.lane(RowId::Indicator(0, 0)));
    let after = certain(&block.lane(RowId::IndicatorAgreement(0, 0)));
    assert!(
        before > 100.0 && after.abs() < 1e-9 * before,
        "{after} of {before}"
    );
}

/// C2, C6. Each level's own offer is the best for it: 12 hours a year at 500 kr. avoid 70 % of
/// level 3's 1.0 admissions at 40,000 kr. (28,000 saved), and cost level 1 more than they save
/// (0.2 admissions: 5,600 kr. for 6,000). Catches: a cost of misreading with the wrong sign, or
/// one that better tools (less misreading) would not lower.
#[test]
fn misreading_costs_and_better_tools_cost_less() {
    let lost = |misread: f64| {
        let model = Town::of(1)
            .scored(misread)
            .uptake(1.0)
            .wanting(0, &[3])
            .effect(ADMISSION, 0.3)
            .provide(NURSE_HOUR, 12.0)
            .build();
        let rows = misreading(&model, Seed(1)).expect("threads");
        rows.iter()
            .find(|r| r.account == SOCIETY)
            .expect("society")
            .cost
            .mean
    };
    assert_eq!(lost(0.0), 0.0);
    let (little, much) = (lost(0.1), lost(0.3));
    assert!(0.0 < little && little < much, "{little} and {much}");
}

/// C5. Catches: an effect without anybody found; a preparation that is not paid for those found
/// in vain. Sensitivity 0: no effect; specificity down: the receiver's cost up, the effect the
/// same or more.
#[test]
fn nobody_found_no_effect_and_false_alarms_cost() {
    let with = |sensitivity: f64, specificity: f64| {
        let model = Town::of(1)
            .screened(sensitivity, specificity)
            .effect(ADMISSION, 0.7)
            .provide(NURSE_HOUR, 3.0)
            .build();
        let block = Block::of(&model);
        (block.certain_x(REGION), block.certain_x(MUNICIPALITIES))
    };
    let (nobody, _) = with(0.0, 1.0);
    assert_eq!(nobody, 0.0);
    let (gain, exact) = with(0.8, 1.0);
    let (_, alarms) = with(0.8, 0.7);
    assert!(gain > 0.0 && alarms < exact && exact < 0.0);
    // 0.8 of 20 % found; with 30 % false alarms among the other 80 %: (0.16 + 0.24) / 0.16
    assert!((alarms / exact - 2.5).abs() < 1e-9);
}

/// C4. Catches: hours made or lost on the way, in any draw, and a cost of moving them.
#[test]
fn moved_hours_are_conserved_in_every_draw() {
    let model = routed(beta_law(0.15, 0.03))
        .uptake(beta_law(0.5, 0.05))
        .build();
    let block = Block::of(&model);
    let rows = block.program.rows.iter().filter_map(|row| match row.id {
        RowId::Study(StudyRow::Moved(..)) => Some(block.form(&row.form)),
        _ => None,
    });
    let rows: Vec<Vec<f64>> = rows.collect();
    assert_eq!(rows.len(), 6, "three true levels on either side");
    for lane in 0..512 {
        let sum: f64 = rows.iter().map(|r| r[lane]).sum();
        let gross: f64 = rows.iter().map(|r| r[lane].abs()).sum();
        assert!(gross > 1.0 && sum.abs() < 1e-12 * gross, "{sum} of {gross}");
    }
    let mut without = model.clone();
    without.agreement.reallocations.clear();
    assert_eq!(Block::of(&without).x(SOCIETY), block.x(SOCIETY));
}

/// C7. Catches: a gap computed after the agreement only, or hidden: level 3 gains, level 1 loses,
/// and both are shown with the gap before and after.
#[test]
fn the_gap_between_levels_is_shown_before_and_after() {
    let model = routed(0.1).build();
    let found: StudyFindings = assessed(&model, 512).findings.study;
    let level = |l: Option<u8>| {
        let row = found.levels.iter().find(|r| r.level == l);
        row.expect("a row")
    };
    let (low, high, gap) = (level(Some(1)), level(Some(3)), level(None));
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} and {b}");
    near(gap.before.mean, high.before.mean - low.before.mean);
    near(gap.change.mean, high.change.mean - low.change.mean);
    assert!(gap.before.mean > 0.0 && gap.change.mean < 0.0);
    // rate 0.4 × level factor 0.5, mean age factor (20·0.7 + 16·1.5 + 6·2.5) / 42, and a sixth
    // more persons' worth in the second town: factor 1.1, 0.6 of the persons
    let ages = (20.0 * 0.7 + 16.0 * 1.5 + 6.0 * 2.5) / 42.0;
    let towns = (1.0 + 0.6 * 1.1) / 1.6;
    near(low.before.mean, 0.4 * 0.5 * ages * towns);
    let receives = found.moved.iter().filter(|r| r.receives);
    assert!(receives.clone().all(|r| r.units.mean > 0.0));
    let gives = found.moved.iter().filter(|r| !r.receives);
    assert!(
        gives.clone().any(|r| r.units.mean < 0.0),
        "losers are shown"
    );
}
