//! The part of `result.json` about the picked, levels, moved hours, a trial and a small unit.

use super::Run;
use super::few::{FEW, any_few, few};
use super::finite::Figure;
use super::spread::Spread;
use crate::analysis::{PilotFindings, Summary, UnitFindings};
use crate::model::BudgetUnit;
use serde::Serialize;

/// Everything under `study`.
#[derive(Serialize)]
pub struct StudyFacts<'a> {
    picked: Vec<Picked<'a>>,
    by_level: Vec<ByLevel<'a>>,
    ratios: Vec<super::ratio_json::RatioFacts<'a>>,
    moved: Vec<Moved<'a>>,
    misreading: Vec<Misreading>,
    pilot: Option<PilotFacts>,
    unit: Option<UnitFacts>,
}

/// Totals of a year of those picked by past use, and what two kinds of study would see.
#[derive(Serialize)]
struct Picked<'a> {
    coverage: &'a str,
    persons: Option<Spread>,
    observed: Option<Spread>,
    expected_without: Option<Spread>,
    effect: Option<Spread>,
    suppressed: Option<&'static str>,
    observed_per_person: Figure,
    expected_without_per_person: Figure,
    expected_with_per_person: Figure,
    fall_before_after: Figure,
    fall_controlled: Figure,
}

#[derive(Serialize)]
struct ByLevel<'a> {
    indicator: &'a str,
    level: Option<u8>,
    per_person_before: Spread,
    per_person_with: Figure,
    change: Spread,
}

#[derive(Serialize)]
struct Moved<'a> {
    reallocation: &'a str,
    receives: bool,
    level: u8,
    units: Option<Spread>,
    persons: Option<Spread>,
    suppressed: Option<&'static str>,
    per_person: Figure,
}

#[derive(Serialize)]
struct Misreading {
    account: &'static str,
    cost: Figure,
    mcse: Figure,
}

#[derive(Serialize)]
struct PilotFacts {
    persons_control: Figure,
    persons_treated: Figure,
    rate_control: Figure,
    rate_treated: Figure,
    power: Figure,
    smallest_change: Figure,
    persons_needed: Option<Figure>,
    seen: Option<Figure>,
    weight: Option<Figure>,
    weight_of_twice: Option<Figure>,
    shrunk: Option<Figure>,
}

#[derive(Serialize)]
struct UnitFacts {
    citizens: Option<Figure>,
    budget: Figure,
    sd: Figure,
    sd_share: Figure,
    stop_loss_above: Option<Figure>,
    cost_with: Figure,
    deficit_by_chance: Figure,
    deficit_with: Figure,
    surplus_2_percent_by_chance: Figure,
    stop_loss_pays: Option<Figure>,
    stop_loss_premium: Option<Figure>,
    citizens_needed: Option<Figure>,
}

/// The facts of a run.
pub fn facts<'a>(run: &Run<'a>) -> StudyFacts<'a> {
    let agreement = &run.model.agreement;
    let study = &run.assessment.findings.study;
    let share = |x: f64| Figure(if x.is_finite() { x } else { 0.0 });
    StudyFacts {
        picked: study
            .picked
            .iter()
            .map(|row| {
                let hidden = any_few([&row.persons, &row.observed, &row.expected]);
                let count = |summary: &Summary| (!hidden).then(|| summary.into());
                let (observed, without, with) = row.per_person();
                Picked {
                    coverage: &agreement.coverages[row.coverage].id,
                    persons: count(&row.persons),
                    observed: count(&row.observed),
                    expected_without: count(&row.expected),
                    effect: count(&row.effect),
                    suppressed: hidden.then_some(FEW),
                    observed_per_person: share(observed),
                    expected_without_per_person: share(without),
                    expected_with_per_person: share(with),
                    fall_before_after: share(row.before_after()),
                    fall_controlled: share(row.controlled()),
                }
            })
            .collect(),
        by_level: study
            .levels
            .iter()
            .map(|row| ByLevel {
                indicator: &agreement.indicators[row.indicator].id,
                level: row.level,
                per_person_before: (&row.before).into(),
                per_person_with: Figure(row.before.mean + row.change.mean),
                change: (&row.change).into(),
            })
            .collect(),
        ratios: super::ratio_json::ratios(run),
        moved: study
            .moved
            .iter()
            .map(|row| {
                let hidden = few(row.persons.mean);
                Moved {
                    reallocation: &agreement.reallocations[row.reallocation].name,
                    receives: row.receives,
                    level: row.level,
                    units: (!hidden).then(|| (&row.units).into()),
                    persons: (!hidden).then(|| (&row.persons).into()),
                    suppressed: hidden.then_some(FEW),
                    per_person: share(row.units.mean / row.persons.mean),
                }
            })
            .collect(),
        misreading: study
            .misreading
            .iter()
            .map(|row| Misreading {
                account: row.account.key(),
                cost: Figure(row.cost.mean),
                mcse: Figure(row.cost.mcse),
            })
            .collect(),
        pilot: study.pilot.as_ref().map(pilot),
        unit: study
            .unit
            .as_ref()
            .map(|found| unit(agreement.unit.as_ref(), found)),
    }
}

fn pilot(found: &PilotFindings) -> PilotFacts {
    let trial = &found.trial;
    PilotFacts {
        persons_control: Figure(trial.persons_control),
        persons_treated: Figure(trial.persons_treated),
        rate_control: Figure(trial.rate_control),
        rate_treated: Figure(trial.rate_treated),
        power: Figure(found.power),
        smallest_change: Figure(found.smallest_change),
        persons_needed: found.persons_needed.map(Figure),
        seen: found.shrunk.map(|(seen, _)| Figure(seen)),
        weight: found.shrunk.map(|(_, s)| Figure(s.weight)),
        weight_of_twice: found.shrunk_twice.map(|s| Figure(s.weight)),
        shrunk: found.shrunk.map(|(_, s)| Figure(s.median)),
    }
}

fn unit(stated: Option<&BudgetUnit>, found: &UnitFindings) -> UnitFacts {
    UnitFacts {
        citizens: stated.map(|unit| Figure(unit.citizens)),
        budget: Figure(found.budget),
        sd: Figure(found.sd),
        sd_share: Figure(match found.budget != 0.0 {
            true => found.sd / found.budget,
            false => 0.0,
        }),
        stop_loss_above: found.stop_loss.map(|s| Figure(s.share)),
        cost_with: Figure(found.with),
        deficit_by_chance: Figure(found.deficit_by_chance),
        deficit_with: Figure(found.deficit_with),
        surplus_2_percent_by_chance: Figure(found.surplus_by_chance),
        stop_loss_pays: found.stop_loss.map(|s| Figure(s.pays)),
        stop_loss_premium: found.stop_loss.map(|s| Figure(s.premium)),
        citizens_needed: found.citizens_needed.map(Figure),
    }
}
