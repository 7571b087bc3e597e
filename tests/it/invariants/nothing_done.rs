//! 1 and 2: where nothing is done, nothing changes, to the last bit.

use super::*;
use fairbalance::engine::sample_counts;
use fairbalance::model::*;
use fairbalance::plan::{PickedPart, RowId, Stage, StudyRow, Target};
use fairbalance::random::{BLOCK, Seed};

/// Rows that are differences between the arms (the others are levels).
fn is_difference(id: RowId) -> bool {
    !matches!(
        id,
        RowId::Indicator(..)
            | RowId::IndicatorAgreement(..)
            | RowId::AffectedBudget(_)
            | RowId::MunicipalityAffected(_)
            | RowId::Activity
            | RowId::Gauge(_)
            | RowId::Persons(..)
            | RowId::Qaly(_)
    ) && !matches!(id, RowId::Study(row) if !changes(row))
}

/// Of the rows beside the ledger, those that the agreement makes.
fn changes(row: StudyRow) -> bool {
    matches!(
        row,
        StudyRow::Picked(_, PickedPart::Effect)
            | StudyRow::PerPerson(_, _, Stage::Change)
            | StudyRow::Gap(_, Stage::Change)
            | StudyRow::Unit(_, Stage::Change)
            | StudyRow::Moved(..)
    )
}

/// Every difference, E and C layer, that is not exactly 0 in every draw and satisfies `asked`.
pub(super) fn changed(model: &Model, year: impl Fn(usize) -> bool) -> Vec<String> {
    changed_in(&Block::of(model), year)
}

pub(super) fn changed_in(block: &Block, year: impl Fn(usize) -> bool) -> Vec<String> {
    let mut changed = Vec::new();
    for row in &block.program.rows {
        let asked = match row.id {
            RowId::Budget(_, t)
            | RowId::PhaseIn(_, t)
            | RowId::Certain(_, t)
            | RowId::MunicipalityCertain(_, t)
            | RowId::IndicatorDifference(_, t)
            | RowId::GpIncome(t)
            | RowId::GpResource(t)
            | RowId::GpUnits(t)
            | RowId::Extended(t)
            | RowId::PersonsDifference(_, t)
            | RowId::Additional(t)
            | RowId::QalyDifference(t) => year(t),
            RowId::Memo(i) => year(block.program.memos[i].1),
            _ => (0..block.years()).all(&year),
        };
        if is_difference(row.id) && asked && block.form(&row.form).iter().any(|x| *x != 0.0) {
            changed.push(format!("{:?}", row.id));
        }
    }
    let counted = sample_counts(&block.program, &block.basis, Seed(1), 0, 0);
    for (target, lane) in block.program.counts.targets.iter().zip(&counted.values) {
        let (Target::Budget(_, t) | Target::Municipality(_, t)) = target else {
            continue;
        };
        if year(*t) && lane.iter().any(|x| *x != 0.0) {
            changed.push(format!("chance of {target:?}"));
        }
    }
    changed
}

/// The agreement as written, with nobody taking part and no sum paid.
pub(super) fn with_nobody(model: &Model) -> Model {
    let mut model = model.clone();
    for coverage in &mut model.agreement.coverages {
        coverage.start.fill(None);
    }
    for mechanism in &mut model.agreement.mechanisms {
        match &mut mechanism.kind {
            MechanismKind::Operate(o) => o.start.fill(None),
            MechanismKind::Invest(i) => i.amount = Value::Number(0.0),
            MechanismKind::Places(p) => p.places = Value::Number(0.0),
            MechanismKind::Joint(j) => {
                j.host_cost = (Value::Number(0.0), None);
                j.guest_cost = (Value::Number(0.0), None);
            }
            _ => {}
        }
    }
    pay_no_sum(&mut model);
    model
}

/// Payments that need nobody to take part: sums, and what is counted on unchanged practice.
pub(super) fn pay_no_sum(model: &mut Model) {
    for transfer in &mut model.agreement.transfers {
        match &mut transfer.rule {
            Rule::OnTotals(rule) => pay_nothing(rule),
            Rule::LumpSum {
                amount_per_year, ..
            } => *amount_per_year = Value::Number(0.0),
            Rule::PerUnit {
                counted: Counted::Service(_),
                price,
            } => *price = UnitPrice::Flat(Value::Number(0.0)),
            Rule::GpFee { amount, .. } => *amount = Value::Number(0.0),
            Rule::TariffShare { share, .. } => *share = Value::Number(0.0),
            _ => {}
        }
    }
}

fn pay_nothing(rule: &mut TotalRule) {
    let nothing = Value::Number(0.0);
    match rule {
        // a share of nothing is nothing
        TotalRule::Pool { .. } | TotalRule::Fund { .. } => {}
        TotalRule::Ceiling { claw_back, .. } => *claw_back = nothing,
        // luck alone is paid for
        TotalRule::GainShare(gain) => gain.value = nothing,
        TotalRule::Corridor { share, .. } => *share = nothing,
        TotalRule::Availability { price, .. } => *price = nothing,
        TotalRule::Suspense(suspense) => suspense.unclear = nothing,
        TotalRule::Steps(steps) => steps.pool_per_year = nothing,
        TotalRule::NeedSum {
            amount_per_year, ..
        } => *amount_per_year = nothing,
    }
}

/// Catches: a difference computed as one large number less another, and anything (release,
/// backfill, regulation, chance) that acts without a cause.
#[test]
fn a_null_agreement_is_exactly_zero_for_every_party_year_and_draw() {
    for (name, model) in models() {
        assert_eq!(changed(&with_nobody(&model), |_| true), [""; 0], "{name}");
    }
}

/// Catches: an effect of nothing, a move of nothing or a coverage of nobody that leaves dust.
#[test]
fn no_uptake_no_effect_and_no_sub_agreement_are_null_agreements_too() {
    let uncertain = |town: Town| {
        town.prevalence(beta_law(0.05, 0.004))
            .rate(ADMISSION, KOL, gamma_law(0.4, 0.03))
            .dispersed(ADMISSION, 2.0)
            .spread(ADMISSION, 0.5)
            .release(ADMISSION, 0.4, steps(50.0, 2, 1, Phase::Uncertain))
            .backfill(ADMISSION, beta_law(0.2, 0.05))
    };
    let nobody = uncertain(Town::of(2))
        .uptake(0.0)
        .effect(ADMISSION, lognormal(0.8, 0.1))
        .shift(VISIT, beta_law(0.3, 0.03), &[(CONSULT, 1.0)])
        .provide(MONITORING, 12.0)
        .build();
    assert_eq!(changed(&nobody, |_| true), [""; 0]);
    let without_effect = uncertain(Town::of(2))
        .uptake(beta_law(0.5, 0.05))
        .effect(ADMISSION, 1.0)
        .shift(VISIT, 0.0, &[(CONSULT, 1.0)])
        .provide(MONITORING, 0.0)
        .build();
    assert_eq!(changed(&without_effect, |_| true), [""; 0]);
    let mut unsigned = uncertain(Town::of(2))
        .effect(ADMISSION, lognormal(0.8, 0.1))
        .provide(MONITORING, 12.0);
    unsigned.model.agreement.coverages[0].sub_agreement = Some(SubAgreement::None);
    assert_eq!(changed(&unsigned.build(), |_| true), [""; 0]);
}

/// Catches: a swap of operators that is not exact where nothing is swapped.
#[test]
fn operating_what_one_operates_at_the_cost_one_has_changes_nothing() {
    let mut town = Town::of(2);
    let cost = town.figure("cost", gamma_law(1_100.0, 100.0));
    town.service_mut(ACUTE_TEAM).unit_cost = vec![(Party::Region, cost)];
    let mut town = town.operate(ACUTE_TEAM, Party::Region, 0.0, OperateCapacity::NotBuilt);
    if let MechanismKind::Operate(o) = &mut town.model.agreement.mechanisms[0].kind {
        o.unit_cost = cost;
    }
    assert_eq!(changed(&town.build(), |_| true), [""; 0]);
}

/// Catches: an agreement that acts before it begins.
#[test]
fn the_arms_are_identical_before_the_first_start() {
    let mut town = everything();
    let from = Month::january(START + 2);
    let agreement = &mut town.model.agreement;
    for start in agreement.coverages[0].start.iter_mut().flatten() {
        *start = (*start).max(from);
    }
    for mechanism in &mut agreement.mechanisms {
        match &mut mechanism.kind {
            MechanismKind::Operate(o) => o.years.0 = START + 2,
            MechanismKind::Invest(i) => {
                if let InvestBasis::Once(year) = &mut i.basis {
                    *year = START + 2;
                }
            }
            _ => {}
        }
    }
    for transfer in &mut agreement.transfers {
        transfer.years.0 = START + 2;
    }
    let model = town.build();
    assert_eq!(changed(&model, |t| t < 2), [""; 0]);
    let later = changed(&model, |t| t == 2);
    assert!(
        later.len() > 10,
        "the agreement acts from then on: {later:?}"
    );
}

/// Catches: a municipality charged for its neighbour's start, where no rule shares anything.
#[test]
fn a_municipality_that_has_not_started_is_exactly_unchanged() {
    let model = Town::of(3)
        .start(1, Some((START + 2, 1)))
        .start(2, None)
        .effect(ADMISSION, lognormal(0.8, 0.1))
        .provide(MONITORING, 12.0)
        .build();
    let block = Block::of(&model);
    let counted = sample_counts(&block.program, &block.basis, Seed(1), 0, 0);
    let zero = vec![0.0; BLOCK];
    for (target, lane) in block.program.counts.targets.iter().zip(&counted.values) {
        match target {
            Target::Municipality(1, t) if *t < 2 => assert_eq!(*lane, zero, "{target:?}"),
            Target::Municipality(2, _) => assert_eq!(*lane, zero, "{target:?}"),
            Target::Municipality(0, 0) => assert_ne!(*lane, zero, "the first has started"),
            _ => {}
        }
    }
    assert_eq!(block.lane(RowId::MunicipalityX(2)), zero);
}
