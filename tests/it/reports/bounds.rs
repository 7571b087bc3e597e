//! What may be said where it is not *klarlagt*: computed, not made up.

use crate::support::{MUNICIPALITIES, REGION, assessed, fixed};
use fairbalance::analysis::Bounds;
use fairbalance::engine::{NoDraws, Silent};
use fairbalance::model::{AfterPeriod, Blank, MechanismKind, Model, Origin, Quantity, Words};
use fairbalance::random::Law;
use fairbalance::scenario::read;
use fairbalance::verdict::{Outcome, assess};
use std::path::Path;

fn open_model() -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/ikke-klarlagt-eksempel");
    read(&folder)
        .unwrap_or_else(|told| panic!("{}", told.text(false)))
        .model
}

fn bounds_of(model: &Model) -> Bounds {
    let assessment = assess(model, &fixed(4096), &mut NoDraws, &Silent).expect("a result");
    assert_eq!(assessment.verdict.outcome, Outcome::NotClarified);
    assert!(assessment.verdict.parties.is_empty() && assessment.findings.budget.is_empty());
    assessment.findings.bounds.expect("bounds, or why none")
}

/// The same agreement with the municipality's cost at an end, nothing paid and no start-up.
fn settled_at(cost: f64) -> Model {
    let mut model = open_model();
    model.blanks.clear();
    model.agreement.after_period = AfterPeriod::Ends;
    model.agreement.transfers.clear();
    for regime in &mut model.world.regimes {
        regime.transfers.clear();
    }
    let invests = |kind: &MechanismKind| matches!(kind, MechanismKind::Invest(_));
    model.agreement.mechanisms.retain(|m| !invests(&m.kind));
    for parameter in &mut model.parameters {
        if matches!(parameter.quantity, Quantity::Unknown(_)) {
            parameter.quantity = Quantity::Law(Law::fixed(cost).expect("a number"));
        }
    }
    model
}

/// The ends are those of ordinary runs of the task alone, at both ends of what is stated.
///
/// Catches: a payment inside the bounds, an end that was not tried, a sign turned round.
#[test]
fn bounds_are_the_resources_at_both_ends_of_what_is_stated() {
    let bounds = bounds_of(&open_model());
    for (account, low, high) in [(MUNICIPALITIES, 700.0, 2000.0), (REGION, 700.0, 700.0)] {
        let at = |cost: f64| {
            let assessment = assessed(&settled_at(cost), 4096);
            let years = assessment.findings.verdict_years;
            let mut rows = assessment.findings.present_value.into_iter();
            let row = rows.find(|r| r.account == account && r.years == years);
            row.expect("a row").value
        };
        let row = bounds.rows.iter().find(|r| r.account == account);
        let row = row.expect("a row");
        // quantiles are read off a histogram whose cells are narrower than this
        let near = |a: f64, b: f64| (a - b).abs() <= 2e-3 * a.abs().max(1.0);
        assert!(near(row.low.p10, -at(low).p90), "{account:?} {:?}", row.low);
        assert!(
            near(row.high.p90, -at(high).p10),
            "{account:?} {:?}",
            row.high
        );
    }
    assert_eq!(bounds.tried.len(), 1);
    assert_eq!(bounds.on_top.len(), 1, "the start-up has no amount");
}

/// Catches: a missing tariff that moves what needs no tariff.
#[test]
fn nothing_about_payment_moves_a_bound() {
    let model = open_model();
    let mut unpaid = model.clone();
    unpaid.agreement.transfers.clear();
    assert_eq!(bounds_of(&model), bounds_of(&unpaid));
}

/// Catches: bounds made of nothing where nobody knows how much there is.
#[test]
fn a_missing_volume_or_cost_leaves_no_bound_and_says_why() {
    for item in ["volume", "unit_cost", "capacity", "cost"] {
        let mut model = open_model();
        model.blanks.push(Blank {
            item: item.into(),
            words: Words::same("Mangler"),
            origin: Origin::default(),
        });
        let bounds = bounds_of(&model);
        assert!(bounds.rows.is_empty(), "{item}");
        assert_eq!(bounds.why_not, [Words::same("Mangler")], "{item}");
    }
    let mut model = open_model();
    for parameter in &mut model.parameters {
        if matches!(parameter.quantity, Quantity::Unknown(Some(_))) {
            parameter.quantity = Quantity::Unknown(None);
        }
    }
    let bounds = bounds_of(&model);
    assert!(bounds.rows.is_empty());
    assert_eq!(
        bounds.why_not.len(),
        1,
        "the cost, not the tariff: {bounds:?}"
    );
}
