//! The part of `result.json` about the picked, levels, moved hours, a trial and a small unit.

use super::Run;
use super::finite::Figure;
use super::spread::Spread;
use crate::analysis::{PilotFindings, UnitFindings};
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
    persons: Spread,
    observed: Spread,
    expected_without: Spread,
    effect: Spread,
    fall_before_after: Figure,
    fall_controlled: Figure,
}

#[derive(Serialize)]
struct ByLevel<'a> {
    indicator: &'a str,
    level: Option<u8>,
    per_person_before: Spread,
    change: Spread,
}

#[derive(Serialize)]
struct Moved<'a> {
    reallocation: &'a str,
    receives: bool,
    level: u8,
    units: Spread,
    persons: Spread,
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
    shrunk: Option<Figure>,
}

#[derive(Serialize)]
struct UnitFacts {
    budget: Figure,
    sd: Figure,
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
            .map(|row| Picked {
                coverage: &agreement.coverages[row.coverage].id,
                persons: (&row.persons).into(),
                observed: (&row.observed).into(),
                expected_without: (&row.expected).into(),
                effect: (&row.effect).into(),
                fall_before_after: share(row.before_after()),
                fall_controlled: share(row.controlled()),
            })
            .collect(),
        by_level: study
            .levels
            .iter()
            .map(|row| ByLevel {
                indicator: &agreement.indicators[row.indicator].id,
                level: row.level,
                per_person_before: (&row.before).into(),
                change: (&row.change).into(),
            })
            .collect(),
        ratios: super::ratio_json::ratios(run),
        moved: study
            .moved
            .iter()
            .map(|row| Moved {
                reallocation: &agreement.reallocations[row.reallocation].name,
                receives: row.receives,
                level: row.level,
                units: (&row.units).into(),
                persons: (&row.persons).into(),
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
        unit: study.unit.as_ref().map(unit),
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
        shrunk: found.shrunk.map(|(_, s)| Figure(s.median)),
    }
}

fn unit(found: &UnitFindings) -> UnitFacts {
    UnitFacts {
        budget: Figure(found.budget),
        sd: Figure(found.sd),
        cost_with: Figure(found.with),
        deficit_by_chance: Figure(found.deficit_by_chance),
        deficit_with: Figure(found.deficit_with),
        surplus_2_percent_by_chance: Figure(found.surplus_by_chance),
        stop_loss_pays: found.stop_loss.map(|s| Figure(s.pays)),
        stop_loss_premium: found.stop_loss.map(|s| Figure(s.premium)),
        citizens_needed: found.citizens_needed.map(Figure),
    }
}
