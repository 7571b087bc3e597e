//! 9: what cannot be negative is not, and more effect avoids more.

use super::*;
use fairbalance::engine::sample_counts;
use fairbalance::model::*;
use fairbalance::plan::{RowId, Target};
use fairbalance::random::Seed;

/// Catches: a persons' remainder below zero, a share above 1, a negative count or capacity.
#[test]
fn no_volume_cost_or_memo_of_the_counterfactual_is_negative() {
    let levels = made().into_iter().map(|(n, m)| (n, Block::with_levels(&m)));
    let shipped = shipped().iter().map(|(n, m)| (n.clone(), Block::of(m)));
    for (name, block) in levels.chain(shipped) {
        for entry in &block.program.entries {
            let key = &entry.key;
            if key.arm == Arm::Counterfactual && key.kind == Kind::Resource {
                let least = block.form(&entry.kroner).into_iter().fold(0.0, f64::min);
                assert!(least >= 0.0, "{name}: {least} kr. at {key:?}");
                if let Some(units) = &entry.units {
                    let least = block.form(units).into_iter().fold(0.0, f64::min);
                    assert!(least >= 0.0, "{name}: {least} units at {key:?}");
                }
            }
        }
        for row in &block.program.rows {
            let level = matches!(
                row.id,
                RowId::Indicator(..) | RowId::IndicatorAgreement(..) | RowId::Memo(_)
            );
            if level {
                let least = block.form(&row.form).into_iter().fold(0.0, f64::min);
                assert!(least >= -1e-9, "{name}: {least} at {:?}", row.id);
            }
        }
    }
}

/// Catches: a sampled level below zero (resources only, so without payments).
#[test]
fn no_sampled_cost_of_the_counterfactual_is_negative() {
    for (name, mut model) in made() {
        model.world.regimes.clear();
        model.agreement.transfers.clear();
        let block = Block::with_levels(&model);
        let sampled = sample_counts(&block.program, &block.basis, Seed(1), 0, 0);
        for (target, lane) in block.program.counts.targets.iter().zip(&sampled.values) {
            if matches!(target, Target::Level(..) | Target::MunicipalityLevel(..)) {
                assert!(lane.iter().all(|x| *x >= 0.0), "{name}: {target:?}");
            }
        }
    }
}

/// Catches: an effect that turns round where it meets coverage, rationing or another effect.
#[test]
fn more_effect_never_avoids_less() {
    let avoided = |ratio: f64| -> Vec<Vec<f64>> {
        let model = Town::of(2)
            .prevalence(beta_law(0.05, 0.004))
            .uptake(beta_law(0.5, 0.05))
            .ramp(Ramp::SCurve(2.0))
            .capped(1_200.0)
            .effect(ADMISSION, lognormal(0.9, 0.1))
            .effect(ADMISSION, ratio)
            .follow(ADMISSION)
            .build();
        let block = Block::of(&model);
        (0..block.years())
            .map(|t| block.lane(RowId::IndicatorDifference(0, t)))
            .collect()
    };
    let mut before = avoided(1.3);
    for ratio in [1.1, 1.0, 0.9, 0.6, 0.2, 0.0] {
        let now = avoided(ratio);
        for (now, before) in now.iter().flatten().zip(before.iter().flatten()) {
            assert!(now < before, "ratio {ratio}: {now} after {before}");
        }
        before = now;
    }
}

/// Catches: more participants, a higher share moved or a faster ramp that frees less.
#[test]
fn more_coverage_never_avoids_less() {
    let avoided = |uptake: f64, ramp: Ramp| {
        let model = Town::of(2)
            .uptake(uptake)
            .ramp(ramp)
            .effect(ADMISSION, lognormal(0.7, 0.1))
            .follow(ADMISSION)
            .build();
        Block::of(&model).lane(RowId::IndicatorDifference(0, 1))
    };
    let ordered = |less: Vec<f64>, more: Vec<f64>| {
        // both signs: a ratio above 1 in a draw makes more coverage add more
        let mut pairs = less.iter().zip(&more);
        assert!(pairs.all(|(a, b)| b.abs() >= a.abs()));
    };
    ordered(avoided(0.2, Ramp::Step), avoided(0.3, Ramp::Step));
    ordered(
        avoided(0.3, Ramp::Linear(5.0)),
        avoided(0.3, Ramp::Linear(3.0)),
    );
    ordered(avoided(0.3, Ramp::SCurve(3.0)), avoided(0.3, Ramp::Step));
}

/// Catches: a saving that comes from anywhere but the effect. Without effect the agreement
/// costs its provisions and investments, to the krone.
///
/// Covered persons, worked by hand: two municipalities of 40,000/8,000/2,000 and 60 % of them;
/// prevalence 5 % by age profile 0.5/2/3 gives 50,000 · … = (20,000 + 16,000 + 6,000) · 0.05 =
/// 2,100 and 1,260 persons; half of them take part: 1,680. Twelve months at 300 kr. are
/// 6,048,000 kr. a year; 900 kr. at start are 1,512,000 kr. once.
#[test]
fn an_agreement_without_effect_costs_exactly_its_provision_and_investment() {
    let model = Town::of(2)
        .release(ADMISSION, 0.5, steps(50.0, 1, 0, Phase::Uncertain))
        .backfill(ADMISSION, 0.3)
        .effect(ADMISSION, 1.0)
        .provide(MONITORING, 12.0)
        .invest(
            Party::Municipality,
            900.0,
            InvestBasis::PerNewPerson(0),
            PhaseOfCost::PhaseIn,
        )
        .build();
    let block = Block::of(&model);
    for t in 0..block.years() {
        let cost = certain(&block.lane(RowId::Budget(MUNICIPALITIES, t)));
        let expected = 1_680.0 * 12.0 * 300.0 + if t == 0 { 1_680.0 * 900.0 } else { 0.0 };
        assert!((cost - expected).abs() < 1e-6, "year {t}: {cost}");
        assert_eq!(certain(&block.lane(RowId::Budget(REGION, t))), 0.0);
    }
}
