//! The picked, the levels, the moved hours, the trial and the small unit.
//!
//! Promise: a before/after figure never stands without the controlled one beside it.
//! Absent: words; and any use of the pilot's own figure where its shrunk one belongs.

use super::quick::quick_x;
use super::{Account, Summary};
use crate::model::{
    BudgetUnit, Model, ParameterId, Pilot, PilotEvidence, Quantity, Reading, Value,
};
use crate::plan::{PickedPart, Program, Stage, StudyRow};
use crate::random::Seed;
use crate::stats::{Estimate, Shrunk, TotalCost, Trial, UnitService};
use std::io;

/// What a run found beside the ledger.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StudyFindings {
    /// By coverage that picks by past use.
    pub picked: Vec<PickedRow>,
    /// By indicator shown by level, and level; the gap last.
    pub levels: Vec<NeedRow>,
    /// Moved hours by side and level.
    pub moved: Vec<MovedRow>,
    /// The trial.
    pub pilot: Option<PilotFindings>,
    /// The small unit.
    pub unit: Option<UnitFindings>,
    /// By indicator that is divided by persons or courses.
    pub ratios: Vec<super::RatioRow>,
    /// What misread levels cost, by account.
    pub misreading: Vec<MisreadingRow>,
}

/// Those picked by past use, at full uptake: totals of a year.
#[derive(Debug, Clone, PartialEq)]
pub struct PickedRow {
    /// Index of the coverage.
    pub coverage: usize,
    /// Persons.
    pub persons: Summary,
    /// Their events in the year that decided.
    pub observed: Summary,
    /// Their expected events next year without any programme.
    pub expected: Summary,
    /// What the programme changes that by (negative: fewer).
    pub effect: Summary,
}

impl PickedRow {
    /// Events per person: (observed, expected without, expected with).
    pub fn per_person(&self) -> (f64, f64, f64) {
        let persons = self.persons.mean;
        let with = self.expected.mean + self.effect.mean;
        (
            self.observed.mean / persons,
            self.expected.mean / persons,
            with / persons,
        )
    }

    /// Fall from before to after, as a share of before: what a study without controls would see.
    pub fn before_after(&self) -> f64 {
        1.0 - (self.expected.mean + self.effect.mean) / self.observed.mean
    }

    /// Fall against what would have happened anyway: the effect.
    pub fn controlled(&self) -> f64 {
        // an effect of 0 is exactly 0
        -self.effect.mean / self.expected.mean + 0.0
    }
}

/// Units per person at a level in the last year of the verdict horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct NeedRow {
    /// Index in the agreement's indicators.
    pub indicator: usize,
    /// Need level; `None`: the highest less the lowest.
    pub level: Option<u8>,
    /// Unchanged practice.
    pub before: Summary,
    /// Agreement − unchanged practice.
    pub change: Summary,
}

/// Hours moved to or from the covered of one level, in the last year of the verdict horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct MovedRow {
    /// Index in the agreement's reallocations.
    pub reallocation: usize,
    /// Whether this level receives.
    pub receives: bool,
    /// Need level.
    pub level: u8,
    /// Units (negative: given up).
    pub units: Summary,
    /// Covered persons.
    pub persons: Summary,
}

/// What a trial can find.
#[derive(Debug, Clone, PartialEq)]
pub struct PilotFindings {
    /// The trial as planned, at the ratio one hopes to see.
    pub trial: Trial,
    /// The ratio hoped for.
    pub ratio: f64,
    /// Chance of finding it.
    pub power: f64,
    /// The change that would be found with the wanted chance, as a share of the rate without.
    pub smallest_change: f64,
    /// Persons in each of two equal groups to find the hoped-for ratio; none where it is 1.
    pub persons_needed: Option<f64>,
    /// The ratio seen before, and what is left of it.
    pub shrunk: Option<(f64, Shrunk)>,
    /// What is left of it if the trial had been twice as large.
    pub shrunk_twice: Option<Shrunk>,
}

/// A small unit's year.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitFindings {
    /// Expected cost without the agreement: the budget (kr.).
    pub budget: f64,
    /// Standard deviation of a year's cost (kr.).
    pub sd: f64,
    /// Expected cost with the agreement (kr.).
    pub with: f64,
    /// P(deficit) by chance, nothing having changed.
    pub deficit_by_chance: f64,
    /// P(deficit) with the agreement.
    pub deficit_with: f64,
    /// P(surplus) by chance alone above 2 % of the budget: what could pass for success.
    pub surplus_by_chance: f64,
    /// Where a stop-loss is agreed.
    pub stop_loss: Option<StopLoss>,
    /// Citizens for a deficit despite the saving no more often than 1 − π.
    pub citizens_needed: Option<f64>,
}

/// A stop-loss.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StopLoss {
    /// Overrun, as a share of the budget, above which somebody else pays.
    pub share: f64,
    /// P(it pays), nothing having changed.
    pub pays: f64,
    /// What it pays on average in a year (kr.).
    pub premium: f64,
}

/// What is lost by levels that are misread: X with every level read right minus X as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct MisreadingRow {
    /// Whose.
    pub account: Account,
    /// Kroner of present value; positive: reading right would be better.
    pub cost: Estimate,
}

/// The findings, given the summary of a row.
pub(super) fn study(
    model: &Model,
    program: &Program,
    summary: &dyn Fn(StudyRow) -> Summary,
) -> StudyFindings {
    let mut found = StudyFindings::default();
    let rows = program.rows.iter().filter_map(|row| match row.id {
        crate::plan::RowId::Study(row) => Some(row),
        _ => None,
    });
    for row in rows {
        match row {
            StudyRow::Picked(coverage, PickedPart::Persons) => {
                let part = |part| summary(StudyRow::Picked(coverage, part));
                found.picked.push(PickedRow {
                    coverage,
                    persons: part(PickedPart::Persons),
                    observed: part(PickedPart::Observed),
                    expected: part(PickedPart::Expected),
                    effect: part(PickedPart::Effect),
                });
            }
            StudyRow::PerPerson(indicator, level, Stage::Before) => {
                let of = |stage| summary(StudyRow::PerPerson(indicator, level, stage));
                found.levels.push(NeedRow {
                    indicator,
                    level: Some(level),
                    before: of(Stage::Before),
                    change: of(Stage::Change),
                });
            }
            StudyRow::Gap(indicator, Stage::Before) => {
                let of = |stage| summary(StudyRow::Gap(indicator, stage));
                found.levels.push(NeedRow {
                    indicator,
                    level: None,
                    before: of(Stage::Before),
                    change: of(Stage::Change),
                });
            }
            StudyRow::Moved(reallocation, receives, level) => found.moved.push(MovedRow {
                reallocation,
                receives,
                level,
                units: summary(row),
                persons: summary(StudyRow::MovedPersons(reallocation, receives, level)),
            }),
            _ => {}
        }
    }
    found.ratios = super::ratio::ratios(program, summary);
    let agreement = &model.agreement;
    found.pilot = agreement.pilot.as_ref().map(|p| pilot(model, p, summary));
    found.unit = agreement
        .unit
        .as_ref()
        .and_then(|u| unit(model, program, u, summary));
    found
}

fn pilot(model: &Model, pilot: &Pilot, summary: &dyn Fn(StudyRow) -> Summary) -> PilotFindings {
    let of_world = summary(StudyRow::TrialEvents).mean / summary(StudyRow::TrialPersons).mean;
    let rate = pilot.rate.map_or(of_world, |rate| middle(model, rate));
    let ratio = middle(model, pilot.rate_ratio);
    let trial = Trial {
        persons_control: pilot.persons_control,
        persons_treated: pilot.persons_treated,
        years: pilot.years,
        rate_control: rate,
        rate_treated: rate * ratio,
        dispersion: pilot.dispersion,
    };
    let shrink = |seen: PilotEvidence, times: f64| {
        let larger = Trial {
            persons_control: seen.trial.persons_control * times,
            persons_treated: seen.trial.persons_treated * times,
            ..seen.trial
        };
        larger.shrunk(seen.prior_median, seen.prior_sigma)
    };
    let seen = |e: PilotEvidence| e.trial.rate_treated / e.trial.rate_control;
    PilotFindings {
        trial,
        ratio,
        power: trial.power(pilot.significance),
        smallest_change: trial.smallest_change(pilot.significance, pilot.power) / rate,
        persons_needed: trial.persons_needed(pilot.significance, pilot.power),
        shrunk: pilot.seen.map(|e| (seen(e), shrink(e, 1.0))),
        shrunk_twice: pilot.seen.map(|e| shrink(e, 2.0)),
    }
}

/// The small unit at the means of its figures; `None` where nothing it pays for happens.
fn unit(
    model: &Model,
    program: &Program,
    unit: &BudgetUnit,
    summary: &dyn Fn(StudyRow) -> Summary,
) -> Option<UnitFindings> {
    let t = program.verdict_years.clamp(1, program.years.len()) - 1;
    let year = program.years[t];
    let inhabitants: f64 = (0..model.world.municipalities.len())
        .map(|m| model.world.population.total(m, year))
        .sum();
    let mut services = (Vec::new(), Vec::new());
    for (i, id) in unit.services.iter().enumerate() {
        let stated = &model.world.services[id.0 as usize];
        let cost = stated
            .unit_cost_of(stated.producer.at(year))
            .map_or(0.0, |cost| at_price_level(model, cost, year));
        let of = |stage| summary(StudyRow::Unit(i, stage)).mean;
        let service = |units: f64| UnitService {
            rate: (units / inhabitants).max(0.0),
            cost,
            dispersion: stated.dispersion,
            cost_cv: stated.unit_cost_cv,
        };
        services.0.push(service(of(Stage::Before)));
        services
            .1
            .push(service(of(Stage::Before) + of(Stage::Change)));
    }
    let before = TotalCost::of(unit.citizens, &services.0);
    let after = TotalCost::of(unit.citizens, &services.1);
    if before.variance <= 0.0 || after.variance <= 0.0 {
        return None;
    }
    let budget = before.mean;
    Some(UnitFindings {
        budget,
        sd: before.sd(),
        with: after.mean,
        deficit_by_chance: before.exceeds(budget),
        deficit_with: after.exceeds(budget),
        surplus_by_chance: 1.0 - before.exceeds(0.98 * budget),
        stop_loss: unit.stop_loss.map(|share| {
            let share = mean_of(model, share);
            let limit = (1.0 + share) * budget;
            StopLoss {
                share,
                pays: before.exceeds(limit),
                premium: before.expected_excess(limit),
            }
        }),
        citizens_needed: after
            .times_larger(budget - after.mean, model.balance.confidence)
            .map(|times| (unit.citizens * times).ceil()),
    })
}

/// What misread levels cost: the same draws with every level read right.
///
/// # Errors
/// If the system gives no threads.
pub fn misreading(model: &Model, seed: Seed) -> io::Result<Vec<MisreadingRow>> {
    let used = |c: &crate::model::Coverage| c.assigned.is_some();
    if !model.agreement.coverages.iter().any(used) {
        return Ok(Vec::new());
    }
    let mut right = model.clone();
    for classification in &mut right.world.classifications {
        match &mut classification.reading {
            Reading::Factors { misread, .. } => *misread = Value::Number(0.0),
            Reading::Screened {
                sensitivity,
                specificity,
            } => (*sensitivity, *specificity) = (Value::Number(1.0), Value::Number(1.0)),
        }
    }
    let (right, as_it_is) = (quick_x(&right, seed)?, quick_x(model, seed)?);
    let row = |account: Account| MisreadingRow {
        account,
        cost: right.minus(&as_it_is, account),
    };
    Ok(super::WATCHED.into_iter().map(row).collect())
}

/// The median of a figure: of a ratio, the even chance.
fn middle(model: &Model, value: Value) -> f64 {
    match quantity(model, value) {
        Some(Quantity::Law(law)) => law.quantile(0.5),
        _ => mean_of(model, value),
    }
}

/// A figure at the means of what it rests on.
fn mean_of(model: &Model, value: Value) -> f64 {
    match value {
        Value::Number(x) => x,
        Value::Parameter(id) => {
            let means: Vec<f64> = model
                .parameters
                .iter()
                .map(|p| match &p.quantity {
                    Quantity::Law(law) => law.mean(),
                    _ => 0.0,
                })
                .collect();
            let mut reference = crate::plan::Reference::new(model, &means);
            crate::plan::Algebra::parameter(&mut reference, id)
        }
    }
}

/// An amount at the price level, used in a year.
fn at_price_level(model: &Model, value: Value, year: i32) -> f64 {
    let amount = mean_of(model, value);
    let price = |id: ParameterId| model.parameter(id).price.as_ref();
    match value {
        Value::Parameter(id) => price(id).map_or(amount, |p| amount * p.factor(year)),
        Value::Number(_) => amount,
    }
}

fn quantity(model: &Model, value: Value) -> Option<&Quantity> {
    match value {
        Value::Number(_) => None,
        Value::Parameter(id) => Some(&model.parameter(id).quantity),
    }
}
