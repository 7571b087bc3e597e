//! `result.json`: places, staff, citizens' time, quiet shift, local offers, tasks, aims.
//!
//! Positive kroner are extra use except where the name says saved. Absent: words for readers.

use super::Run;
use super::finite::Figure;
use super::spread::Spread;
use crate::analysis::Account;
use crate::plan::Gauge;
use serde::Serialize;

/// Everything that is shown beside the accounts.
#[derive(Serialize)]
pub(super) struct ResourceFacts<'a> {
    extended: Vec<ExtendedFacts>,
    extended_x: Spread,
    gauges: Vec<GaugeFacts<'a>>,
    break_even: Vec<BreakEvenFacts<'a>>,
    tasks: Vec<TaskFacts<'a>>,
    aims: Vec<AimFacts<'a>>,
    experience: Option<&'static str>,
    gains: Vec<GainFacts>,
}

#[derive(Serialize)]
struct ExtendedFacts {
    year: i32,
    #[serde(flatten)]
    value: Spread,
}

#[derive(Serialize)]
struct GaugeFacts<'a> {
    gauge: &'static str,
    subject: &'a str,
    part: Option<&'a str>,
    party: Option<&'static str>,
    profession: Option<&'a str>,
    year: Option<i32>,
    #[serde(flatten)]
    value: Spread,
}

#[derive(Serialize)]
struct BreakEvenFacts<'a> {
    name: &'a str,
    angle: &'static str,
    when: &'static str,
    year: i32,
    fixed: Spread,
    saving_per_unit: Spread,
    also_saved_per_unit: Figure,
    moved_units: Spread,
    break_even_units: Option<Figure>,
    p_pays: Figure,
}

#[derive(Serialize)]
struct TaskFacts<'a> {
    task: &'a str,
    actual: &'a str,
    lowest_effective: Option<&'a str>,
    gap: Option<Spread>,
    options: Vec<OptionFacts<'a>>,
}

#[derive(Serialize)]
struct OptionFacts<'a> {
    id: &'a str,
    producer: &'static str,
    cost: Spread,
    quality: Figure,
    experience: Option<Figure>,
    standing: &'static str,
    against_actual: &'static str,
}

#[derive(Serialize)]
struct AimFacts<'a> {
    indicator: &'a str,
    wanted: &'static str,
    won: Spread,
    p_won: Figure,
    p_won_without_extra_cost: Figure,
    /// `null`: not defined, because it is not sure enough that anything is won.
    kroner_each: Option<Figure>,
}

#[derive(Serialize)]
struct GainFacts {
    side: &'static str,
    p_gain: Figure,
    gain: &'static str,
}

pub(super) fn resources<'a>(run: &Run<'a>) -> ResourceFacts<'a> {
    let found = &run.assessment.findings.resources;
    let reports = &run.model.agreement.reports;
    ResourceFacts {
        extended: found
            .extended
            .iter()
            .zip(&run.assessment.findings.years)
            .map(|(value, year)| ExtendedFacts {
                year: *year,
                value: value.into(),
            })
            .collect(),
        extended_x: (&found.extended_x).into(),
        gauges: gauges(run),
        break_even: found
            .break_evens
            .iter()
            .map(|row| BreakEvenFacts {
                name: &reports.break_evens[row.index].name,
                angle: row.angle.map_or("extended", Account::key),
                when: if row.in_time { "in_time" } else { "at_once" },
                year: row.year,
                fixed: (&row.fixed).into(),
                saving_per_unit: (&row.saving).into(),
                also_saved_per_unit: Figure(row.also),
                moved_units: (&row.moved).into(),
                break_even_units: row.volume.map(Figure),
                p_pays: Figure(row.pays),
            })
            .collect(),
        tasks: tasks(run),
        aims: found
            .aims
            .iter()
            .map(|row| AimFacts {
                indicator: &run.model.agreement.indicators[row.indicator].id,
                wanted: if row.fewer { "fewer" } else { "more" },
                won: (&row.won).into(),
                p_won: Figure(row.p_won),
                p_won_without_extra_cost: Figure(row.p_dominates),
                kroner_each: row.kroner_each.map(Figure),
            })
            .collect(),
        experience: reports.aims.as_ref().map(|aims| aims.direction.key()),
        gains: found
            .gains
            .iter()
            .map(|row| GainFacts {
                side: row.account.map_or("citizens_health", Account::key),
                p_gain: Figure(row.p_gain),
                gain: row.gain.key(),
            })
            .collect(),
    }
}

fn gauges<'a>(run: &Run<'a>) -> Vec<GaugeFacts<'a>> {
    use crate::model::MechanismKind;
    let model = run.model;
    let rows = run.assessment.findings.resources.gauges.iter();
    // what the analysis has made of them stands in sections of its own
    let derived = |gauge: Gauge| {
        matches!(
            gauge,
            Gauge::BreakEvenFixed
                | Gauge::BreakEvenSaving
                | Gauge::BreakEvenAlso
                | Gauge::BreakEvenNet
                | Gauge::BreakEvenMoved
                | Gauge::LeonCost
                | Gauge::LeonGap
        )
    };
    rows.filter(|row| !derived(row.key.gauge))
        .map(|row| {
            let subject = row.key.subject;
            let drift = matches!(
                row.key.gauge,
                Gauge::DriftGone | Gauge::DriftCreated | Gauge::DriftCost
            );
            let (name, profession, part) = if drift {
                let stated = &model.world.drifts[subject];
                let spill = (row.key.gauge == Gauge::DriftCreated).then(|| {
                    let (service, _) = stated.spill[row.key.part];
                    model.world.services[service.0 as usize].id.as_str()
                });
                (stated.name.as_str(), None, spill)
            } else {
                let stated = &model.agreement.mechanisms[subject];
                let profession = match &stated.kind {
                    MechanismKind::Workforce(staff) => Some(staff.profession.en.as_str()),
                    _ => None,
                };
                (stated.name.as_str(), profession, None)
            };
            GaugeFacts {
                gauge: row.key.gauge.key(),
                subject: name,
                part,
                party: row.key.account.map(Account::key),
                profession,
                year: row.key.year.map(|t| run.assessment.findings.years[t]),
                value: (&row.value).into(),
            }
        })
        .collect()
}

fn tasks<'a>(run: &Run<'a>) -> Vec<TaskFacts<'a>> {
    let stated = &run.model.agreement.reports.tasks;
    let rows = run.assessment.findings.resources.tasks.iter();
    rows.map(|row| {
        let task = &stated[row.task];
        let options = task.options.iter().zip(&row.options);
        TaskFacts {
            task: &task.id,
            actual: &task.options[task.actual].id,
            lowest_effective: row.lowest.map(|o| task.options[o].id.as_str()),
            gap: row.gap.as_ref().map(Spread::from),
            options: options
                .map(|(option, found)| OptionFacts {
                    id: &option.id,
                    producer: option.producer.key(),
                    cost: (&found.cost).into(),
                    quality: Figure(option.quality),
                    experience: option.experience.map(Figure),
                    standing: found.standing.key(),
                    against_actual: found.reading.key(),
                })
                .collect(),
        }
    })
    .collect()
}
