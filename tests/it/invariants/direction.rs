//! 6: more cost is never better, a wider floor never worse, and T* does what it is for.

use super::*;
use fairbalance::model::*;
use fairbalance::verdict::{Outcome, Standing};

/// A town whose balance is open: the region gains, the municipalities carry a cost.
fn open_town() -> Town {
    Town::of(2)
        .prevalence(beta_law(0.05, 0.004))
        .rate(ADMISSION, KOL, gamma_law(0.4, 0.03))
        .effect(ADMISSION, lognormal(0.9, 0.08))
        .provide(MONITORING, uniform(8.0, 14.0))
}

fn rank(standing: Standing) -> u8 {
    match standing {
        Standing::Holds => 2,
        Standing::Undecided => 1,
        Standing::Burdened => 0,
        other => panic!("{other:?} is no standing of a tested party"),
    }
}

fn outcome_rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Balanced => 3,
        Outcome::BalancedIfCompensated => 2,
        Outcome::Undecided => 1,
        Outcome::Unbalanced => 0,
        Outcome::NotClarified => panic!("the towns are clarified"),
    }
}

/// Catches: a sign turned anywhere between a cost and the verdict.
#[test]
fn moving_one_krone_of_cost_onto_a_party_never_improves_its_standing() {
    for party in [Party::Region, Party::Municipality] {
        let mut before: Option<(f64, f64, u8)> = None;
        for kroner in [0.0, 1.0, 2.0, 1e6, 3e6, 1e7, 1e9] {
            let model = open_town()
                .invest(
                    party,
                    kroner,
                    InvestBasis::Once(START),
                    PhaseOfCost::PhaseIn,
                )
                .build();
            let verdict = assessed(&model, 4_096).verdict;
            let own = &verdict.parties[party.index()];
            let now = (own.p_holds.p, own.x.mean, rank(own.standing));
            if let Some(before) = before {
                assert!(
                    now.0 <= before.0,
                    "{party:?} {kroner}: P {now:?} {before:?}"
                );
                assert!(now.1 < before.1, "{party:?} {kroner}: mean");
                assert!(now.2 <= before.2, "{party:?} {kroner}: standing");
            }
            before = Some(now);
        }
        let (p, _, standing) = before.expect("seven runs");
        assert_eq!(
            (p, standing),
            (0.0, 0),
            "{party:?} is burdened by a billion"
        );
    }
}

/// Catches: a floor that enters with the wrong sign in a test, in the zone or in the joint test.
#[test]
fn a_wider_floor_never_worsens_a_verdict() {
    let mut before: Option<(u8, Vec<u8>, (f64, f64))> = None;
    for floor in [0.0, 1.0, 5.0, 20.0, 60.0, 200.0, 1_000.0] {
        let verdict = assessed(&open_town().floor(floor).build(), 4_096).verdict;
        let standings: Vec<u8> = verdict.parties[..2]
            .iter()
            .map(|p| rank(p.standing))
            .collect();
        let ends = verdict.compensation.ends;
        let now = (
            outcome_rank(verdict.outcome),
            standings,
            (ends.0.0, ends.1.0),
        );
        if let Some(before) = &before {
            assert!(now.0 >= before.0, "floor {floor}: {now:?} after {before:?}");
            assert!(now.1.iter().zip(&before.1).all(|(a, b)| a >= b));
            assert!(
                now.2.0 <= before.2.0 && now.2.1 >= before.2.1,
                "the zone widens"
            );
        }
        before = Some(now);
    }
    let (outcome, ..) = before.expect("seven runs");
    assert_eq!(outcome, 3, "a floor of 1,000 kr. balances everything");
}

/// Catches: a compensation off by one replicate, or found with another τ, sign or horizon than
/// the rule that asked for it.
///
/// Counted on the draws themselves, so no tolerance: at least 80 of 100 for each side. The
/// float that T* was rounded to may sit one ulp off; hence a millionth of a krone.
#[test]
fn t_star_satisfies_the_rule_that_asked_for_it_on_the_draws() {
    let mut tried = 0;
    for (floor, lump) in [(0.0, 0.0), (5.0, 0.0), (5.0, 30e6), (1.0, -20e6)] {
        let model = open_town()
            .effect(ADMISSION, 0.8)
            .lump_sum(Party::Region, Party::Municipality, lump)
            .floor(floor)
            .build();
        let (assessment, kept) = assessed_with_draws(&model, &fixed(4_096));
        let verdict = assessment.verdict;
        let Some(sum) = verdict.compensation.t_star else {
            continue;
        };
        tried += 1;
        let share = |name: &str, paid: f64, tau: f64| {
            let x = kept.column(name);
            let holds = x.iter().filter(|x| **x + paid >= -tau - 1e-6).count();
            holds as f64 / x.len() as f64
        };
        let region = share("x_region", -sum.value, verdict.parties[0].tau);
        let municipality = share("x_municipality", sum.value, verdict.parties[1].tau);
        assert!(
            region >= 0.8 && municipality >= 0.8,
            "{region} {municipality}"
        );
        if let Some((low, high)) = verdict.compensation.zone {
            assert!(low <= sum.value && sum.value <= high);
            let outside = low - 0.01 * low.abs().max(100.0);
            let short = share("x_municipality", outside, verdict.parties[1].tau);
            assert!(short < 0.8, "below the zone it does not hold: {short}");
        }
    }
    assert!(tried >= 3, "the zone was rarely empty: {tried}");
}

/// Catches: T* of an operator found by quantiles that do not bound |Y|: counted on Y's draws.
#[test]
fn t_star_of_an_operator_keeps_it_from_loss_and_profit() {
    let model = Town::of(1)
        .operate(
            ACUTE_TEAM,
            Party::Municipality,
            gamma_law(1_000.0, 60.0),
            OperateCapacity::NotBuilt,
        )
        .pays(
            "payment",
            Party::Region,
            Party::Municipality,
            per_unit_of_mechanism(0, 800.0),
        )
        .principle(Principle::NoLossNoProfit)
        .floor(8.0)
        .build();
    let (assessment, kept) = assessed_with_draws(&model, &fixed(4_096));
    let verdict = assessment.verdict;
    assert_eq!(verdict.parties[1].standing, Standing::Loses);
    assert_eq!(verdict.outcome, Outcome::BalancedIfCompensated);
    let sum = verdict.compensation.t_star.expect("a zone").value;
    let tau = verdict.parties[1].tau;
    // nothing but the task touches the municipality: Y = X
    let y = kept.column("x_municipality");
    let within = y.iter().filter(|y| (**y + sum).abs() <= tau + 1e-6).count();
    assert!(within as f64 >= 0.8 * y.len() as f64, "{within}");
    let region = kept.column("x_region");
    let holds = region
        .iter()
        .filter(|x| **x - sum >= -verdict.parties[0].tau - 1e-6);
    assert!(holds.count() as f64 >= 0.8 * y.len() as f64);
}
