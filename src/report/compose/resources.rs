//! Places, staff, citizens' time, quiet shift, local offers, tasks and the three aims.
//!
//! Shown beside the accounts; nothing here is added to anything.

use super::method::equation_id;
use super::pen::{Pen, largest};
use crate::analysis::{
    Account, AimRow, BreakEvenRow, Gain, GaugeRow, Reading, Summary, TaskRow, WaterfallRow,
};
use crate::model::{Direction, MechanismKind, Party, Tag};
use crate::plan::Gauge;
use crate::report::document::{Block, Column, Document, Rank, Table};
use crate::report::number::Scale;
use crate::report::words::method::{self as equations, Equation};
use crate::report::words::{Sentence, Term, account_label, account_subject, resources as say};

/// The section, where there is anything to show.
pub fn write(pen: &Pen, document: &mut Document) {
    let mut blocks = Vec::new();
    extended(pen, &mut blocks);
    for group in GROUPS {
        gauges(pen, group, &mut blocks);
    }
    break_evens(pen, &mut blocks);
    tasks(pen, &mut blocks);
    bounded_shifts(pen, &mut blocks);
    if !blocks.is_empty() {
        document.push(Block::Heading(say::HEADING.text(pen.language).to_owned()));
        blocks.into_iter().for_each(|block| document.push(block));
    }
    aims(pen, document);
}

/// A table of gauges: its title, and each gauge with its phrase and whether it is kroner.
struct Group {
    title: say::Two,
    lines: &'static [(Gauge, say::Two, Kind)],
    equations: &'static [Equation],
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Units,
    Tenths,
    Share,
    Kroner,
}

const GROUPS: [Group; 5] = [
    Group {
        title: say::PLACES,
        lines: &[
            (Gauge::PlacesAvailable, say::AVAILABLE, Kind::Units),
            (Gauge::PlacesUsed, say::USED, Kind::Units),
            (Gauge::Occupancy, say::OCCUPANCY, Kind::Share),
            (Gauge::EmptyCost, say::EMPTY, Kind::Kroner),
        ],
        equations: &[equations::LIMITS, equations::PLACES],
    },
    Group {
        title: say::STAFF,
        lines: &[
            (Gauge::StaffHours, say::HOURS, Kind::Units),
            (Gauge::StaffFte, say::FTE, Kind::Tenths),
            (Gauge::StaffShort, say::SHORT, Kind::Units),
        ],
        equations: &[equations::LIMITS, equations::STAFF],
    },
    Group {
        title: say::SAVED,
        lines: &[
            (Gauge::SavedHours, say::SAVED_HOURS, Kind::Units),
            (Gauge::SavedBeside, say::SAVED_VALUE, Kind::Kroner),
        ],
        equations: &[equations::SAVED],
    },
    Group {
        title: say::JOINT,
        lines: &[
            (Gauge::JointSaved, say::JOINT_SAVED, Kind::Kroner),
            (Gauge::JointCost, say::JOINT_COST, Kind::Kroner),
            (Gauge::JointPaid, say::JOINT_PAID, Kind::Kroner),
            (Gauge::JointShapley, say::JOINT_SHAPLEY, Kind::Kroner),
        ],
        equations: &[equations::JOINT],
    },
    Group {
        title: say::DRIFT,
        lines: &[
            (Gauge::DriftGone, say::GONE, Kind::Units),
            (Gauge::DriftCreated, say::DRIFT, Kind::Units),
            (Gauge::DriftCost, say::DRIFT, Kind::Kroner),
        ],
        equations: &[equations::DRIFT],
    },
];

fn gauges(pen: &Pen, group: Group, blocks: &mut Vec<Block>) {
    let shown = pen.verdict_years().len();
    let rows: Vec<&GaugeRow> = pen
        .findings()
        .resources
        .gauges
        .iter()
        .filter(|row| group.lines.iter().any(|(g, ..)| *g == row.key.gauge))
        .filter(|row| row.key.year.is_some_and(|t| t < shown))
        .collect();
    if rows.is_empty() {
        return;
    }
    let kroner = |row: &&&GaugeRow| {
        let line = group.lines.iter().find(|(g, ..)| *g == row.key.gauge);
        line.is_some_and(|(_, _, kind)| *kind == Kind::Kroner)
    };
    let scale = Scale::of_column(largest(rows.iter().filter(kroner).map(|row| &row.value)));
    let language = pen.language;
    let title = group.title.text(language);
    let caption = say::yearly_caption(language, title, scale, pen.price_level());
    let years = pen.verdict_years().iter();
    let columns = years.map(|y| Column::numbers(y.to_string())).collect();
    let mut table = Table::new(caption, String::new(), columns)
        .leading(group.equations.iter().map(equation_id));
    let mut subjects: Vec<usize> = rows.iter().map(|row| row.key.subject).collect();
    subjects.dedup();
    for subject in subjects {
        let own: Vec<&&GaugeRow> = rows.iter().filter(|r| r.key.subject == subject).collect();
        table.row(
            Rank::Main,
            subject_label(pen, own[0]),
            vec![String::new(); shown],
        );
        for (gauge, phrase, kind) in group.lines {
            gauge_lines(pen, &mut table, &own, *gauge, *phrase, *kind, scale);
        }
    }
    blocks.push(Block::Table(table));
}

fn gauge_lines(
    pen: &Pen,
    table: &mut Table,
    own: &[&&GaugeRow],
    gauge: Gauge,
    phrase: say::Two,
    kind: Kind,
    scale: Scale,
) {
    let mut keys: Vec<(usize, Option<Account>)> = own
        .iter()
        .filter(|row| row.key.gauge == gauge)
        .map(|row| (row.key.part, row.key.account))
        .collect();
    keys.sort();
    keys.dedup();
    for (part, account) in keys {
        let cell = |t: usize| {
            let row = own.iter().find(|row| {
                (row.key.gauge, row.key.part, row.key.account) == (gauge, part, account)
                    && row.key.year == Some(t)
            });
            row.map_or(String::new(), |row| written(pen, &row.value, kind, scale))
        };
        let cells: Vec<String> = (0..pen.verdict_years().len()).map(cell).collect();
        table.row(
            Rank::Detail,
            line_label(pen, own, gauge, part, account, phrase),
            cells,
        );
    }
}

fn line_label(
    pen: &Pen,
    own: &[&&GaugeRow],
    gauge: Gauge,
    part: usize,
    account: Option<Account>,
    phrase: say::Two,
) -> String {
    let drifts = &pen.model().world.drifts;
    match (gauge, account) {
        (Gauge::DriftCreated, _) => {
            let (service, _) = drifts[own[0].key.subject].spill[part];
            let service = &pen.model().world.services[service.0 as usize];
            pen.language.of(&service.label).to_owned()
        }
        (Gauge::DriftCost, Some(account)) => account_label(pen.language, account).to_owned(),
        _ => phrase.text(pen.language).to_owned(),
    }
}

fn written(pen: &Pen, value: &Summary, kind: Kind, scale: Scale) -> String {
    let tenths = Scale {
        unit: 0,
        finest: -1,
    };
    match kind {
        Kind::Units => pen.plain(Scale::WHOLE, value.mean, value.mcse),
        Kind::Tenths => pen.plain(tenths, value.mean, value.mcse),
        Kind::Share => format!(
            "{}\u{a0}%",
            pen.plain(Scale::PERCENT, value.mean, value.mcse)
        ),
        Kind::Kroner => pen.plain(scale, value.mean, value.mcse),
    }
}

fn subject_label(pen: &Pen, row: &GaugeRow) -> String {
    let model = pen.model();
    let label = match row.key.gauge {
        Gauge::DriftGone | Gauge::DriftCreated | Gauge::DriftCost => {
            &model.world.drifts[row.key.subject].label
        }
        _ => match &model.agreement.mechanisms[row.key.subject].kind {
            MechanismKind::Workforce(staff) => {
                let party = row.key.account.unwrap_or(Account::Society);
                let profession = pen.language.of(&staff.profession);
                return format!("{profession}, {}", account_subject(pen.language, party));
            }
            _ => &model.agreement.mechanisms[row.key.subject].label,
        },
    };
    pen.language.of(label).to_owned()
}

/// Public resources, citizens' time, volunteers: only where somebody outside gives time.
fn extended(pen: &Pen, blocks: &mut Vec<Block>) {
    let findings = pen.findings();
    let outside = [Party::Citizen, Party::CivilSociety];
    let gives = |party: Party| {
        let mut lines = findings.ledger.iter();
        lines.any(|line| {
            line.key.party == party
                && line.key.kind == crate::model::Kind::Resource
                && line.key.arm == crate::model::Arm::Agreement
                && line.mean != 0.0
        })
    };
    if !outside.into_iter().any(gives) {
        return;
    }
    let shown = pen.verdict_years().len();
    let Some(whole) = findings.resources.extended.get(..shown) else {
        return;
    };
    let scale = Scale::of_column(largest(whole.iter()));
    let language = pen.language;
    let caption = say::extended_caption(language, scale, pen.price_level());
    let years = pen.verdict_years().iter();
    let columns = years.map(|y| Column::numbers(y.to_string())).collect();
    let figures = pen.verdict_years().iter();
    let mut table = Table::new(caption, String::new(), columns)
        .leading(figures.map(|y| format!("years.society.{y}")))
        .leading([equations::SOCIETY].iter().map(equation_id));
    let public = |t: usize| {
        let year = pen.verdict_years()[t];
        let mut rows = findings.budget.iter();
        let row = rows.find(|r| r.account == Account::Society && r.year == year);
        row.map_or(Summary::default(), |row| row.value)
    };
    let used = |party: Party, t: usize| {
        let year = pen.verdict_years()[t];
        let own = findings.ledger.iter().filter(|line| {
            line.key.party == party
                && line.key.kind == crate::model::Kind::Resource
                && line.key.arm == crate::model::Arm::Agreement
                && line.key.year == year
        });
        own.fold((0.0, 0.0), |(sum, error), line| {
            (sum + line.mean, error + line.mcse)
        })
    };
    let cells = |of: &dyn Fn(usize) -> (f64, f64)| -> Vec<String> {
        let cell = |t: usize| {
            let (mean, error) = of(t);
            pen.cell(scale, mean, error)
        };
        (0..shown).map(cell).collect()
    };
    let public_cells = cells(&|t| (public(t).mean, public(t).mcse));
    table.row(Rank::Main, say::PUBLIC.text(language), public_cells);
    let citizens = cells(&|t| used(Party::Citizen, t));
    table.row(Rank::Main, say::CITIZENS.text(language), citizens);
    let volunteers = cells(&|t| used(Party::CivilSociety, t));
    table.row(Rank::Main, say::VOLUNTEERS.text(language), volunteers);
    let all = cells(&|t| (whole[t].mean, whole[t].mcse));
    table.row(Rank::Main, say::EXTENDED.text(language), all);
    blocks.push(Block::Table(table));
}

fn break_evens(pen: &Pen, blocks: &mut Vec<Block>) {
    let language = pen.language;
    let rows = &pen.findings().resources.break_evens;
    for (b, stated) in pen.model().agreement.reports.break_evens.iter().enumerate() {
        let own: Vec<&BreakEvenRow> = rows.iter().filter(|row| row.index == b).collect();
        let Some(first) = own.first() else { continue };
        let unit = match &pen.model().agreement.mechanisms[stated.shift].kind {
            MechanismKind::Shift(shift) => {
                let service = &pen.model().world.services[shift.from.0 as usize];
                language.of(&service.unit_label)
            }
            _ => "",
        };
        let caption =
            say::break_even_caption(language, language.of(&stated.label), unit, first.year);
        let columns = [say::FIXED, say::SAVING, say::BREAK_EVEN, say::MOVED]
            .map(|phrase| Column::numbers(phrase.text(language)))
            .into_iter()
            .chain([Column::words(say::PAYS.text(language))]);
        let label = say::ANGLE.text(language).to_owned();
        let mut table = Table::new(caption, label, columns.collect())
            .leading([equations::SHIFT, equations::STEPS].iter().map(equation_id));
        for row in own {
            break_even_row(pen, &mut table, row);
        }
        blocks.push(Block::Table(table));
    }
}

fn break_even_row(pen: &Pen, table: &mut Table, row: &BreakEvenRow) {
    let language = pen.language;
    let angle = row.angle.map_or(say::EXTENDED.text(language), |account| {
        account_label(language, account)
    });
    let when = if row.in_time {
        say::IN_TIME
    } else {
        say::AT_ONCE
    };
    let each = row.saving.mean + row.also;
    let error = match each {
        0.0 => 0.0,
        mean => row.volume.unwrap_or(0.0) * (row.saving.mcse / mean).abs(),
    };
    let volume = match row.volume {
        Some(volume) => pen.plain(Scale::WHOLE, volume, error),
        None => say::NEVER.text(language).to_owned(),
    };
    let small = Scale::of_sentence(each);
    table.row(
        Rank::Main,
        format!("{angle}, {}", when.text(language)),
        vec![
            pen.plain(Scale::WHOLE, row.fixed.mean, row.fixed.mcse),
            pen.plain(small, each, row.saving.mcse),
            volume,
            pen.plain(Scale::WHOLE, row.moved.mean, row.moved.mcse),
            percent(pen, row.pays),
        ],
    );
}

fn percent(pen: &Pen, share: f64) -> String {
    let n = pen.findings().replicates.max(1) as f64;
    let error = (share * (1.0 - share) / n).sqrt();
    format!("{}\u{a0}%", pen.plain(Scale::PERCENT, share, error))
}

fn tasks(pen: &Pen, blocks: &mut Vec<Block>) {
    let language = pen.language;
    for row in &pen.findings().resources.tasks {
        let task = &pen.model().agreement.reports.tasks[row.task];
        let caption = say::task_caption(
            language,
            language.of(&task.label),
            language.of(&task.unit),
            pen.price_level(),
        );
        let columns = vec![
            Column::numbers(say::COST.text(language)),
            Column::numbers(say::QUALITY.text(language)),
            Column::numbers(say::EXPERIENCE.text(language)),
            Column::words(say::STANDING.text(language)),
            Column::words(say::READING.text(language)),
        ];
        let label = say::TASK.text(language).to_owned();
        let mut table = Table::new(caption, label, columns).leading(["parameters"]);
        for (o, option) in row.options.iter().enumerate() {
            let stated = &task.options[o];
            let number = |x: f64| pen.plain(TWO_DECIMALS, x, 0.0);
            let reading = match o == task.actual {
                true => say::NOW,
                false => say::reading(option.reading),
            };
            table.row(
                Rank::Main,
                language.of(&stated.label),
                vec![
                    pen.plain(Scale::WHOLE, option.cost.mean, option.cost.mcse),
                    number(stated.quality),
                    stated.experience.map_or(String::new(), number),
                    say::standing(option.standing).text(language).to_owned(),
                    reading.text(language).to_owned(),
                ],
            );
        }
        blocks.push(Block::Table(table));
        blocks.extend(gap(pen, row).map(Block::paragraph));
    }
}

/// As an author writes a score.
const TWO_DECIMALS: Scale = Scale {
    unit: 0,
    finest: -2,
};

fn gap(pen: &Pen, row: &TaskRow) -> Option<String> {
    let gap = row.gap?;
    let task = &pen.model().agreement.reports.tasks[row.task];
    let to = pen.language.of(&task.options[row.lowest?].label);
    let digits = pen.plain(Scale::WHOLE, gap.mean, gap.mcse);
    Some(say::gap(pen.language, &digits, to))
}

/// Shifts with an upper bound that use more resources in all.
fn bounded_shifts(pen: &Pen, blocks: &mut Vec<Block>) {
    let mut flagged = Vec::new();
    for (k, mechanism) in pen.model().agreement.mechanisms.iter().enumerate() {
        let bounded = matches!(&mechanism.kind, MechanismKind::Shift(s) if s.at_most.is_some());
        let costs = |row: &WaterfallRow| {
            row.account == Account::Society
                && row.tag == Tag::Mechanism(k as u16)
                && row.mean > 2.0 * row.mcse
        };
        if bounded && pen.findings().waterfall.iter().any(costs) {
            let name = pen.language.of(&mechanism.label);
            flagged.push(format!("{name}: {}.", say::BOUND_BROKEN.text(pen.language)));
        }
    }
    if !flagged.is_empty() {
        blocks.push(Block::list(flagged));
    }
}

/// Health, experience and economy side by side, and who gains.
fn aims(pen: &Pen, document: &mut Document) {
    let Some(aims) = &pen.model().agreement.reports.aims else {
        return;
    };
    let language = pen.language;
    document.push(Block::Heading(say::AIMS_HEADING.text(language).to_owned()));
    let found = &pen.findings().resources;
    let axis = |gain: Option<Gain>| match gain {
        Some(Gain::Gains) => Some(1),
        Some(Gain::Neutral) => Some(0),
        Some(Gain::Loses) => Some(-1),
        Some(Gain::Uncertain) | None => None,
    };
    let health = found.gains.iter().find(|row| row.account.is_none());
    let health = health.map(|row| row.gain);
    let society = pen.verdict().society;
    let confidence = pen.model().balance.confidence;
    let economy = match society.p {
        p if p >= confidence => Gain::Gains,
        p if p <= 1.0 - confidence => Gain::Loses,
        _ => Gain::Uncertain,
    };
    let experience = match aims.direction {
        Direction::Better => Some(1),
        Direction::Unchanged => Some(0),
        Direction::Worse => Some(-1),
        Direction::Unknown => None,
    };
    let together = Reading::of(&[axis(health), experience, axis(Some(economy))]);
    let health_words = health.map_or(say::direction(Direction::Unknown), say::gain);
    document.push(Block::facts(vec![
        (
            say::HEALTH.text(language).to_owned(),
            health_words.text(language).to_owned(),
        ),
        (
            say::EXPERIENCE.text(language).to_owned(),
            format!(
                "{}. {} ({})",
                say::direction(aims.direction).text(language),
                language.of(&aims.experience),
                aims.grade
            ),
        ),
        (
            say::ECONOMY.text(language).to_owned(),
            say::gain(economy).text(language).to_owned(),
        ),
        (
            pen.term(Term::Assessment),
            say::reading(together).text(language).to_owned(),
        ),
    ]));
    let mut lines: Vec<String> = found.aims.iter().map(|row| aim(pen, row)).collect();
    lines.extend(one_sided(pen));
    document.push(Block::list(lines));
}

fn aim(pen: &Pen, row: &AimRow) -> String {
    let language = pen.language;
    let indicator = &pen.model().agreement.indicators[row.indicator];
    let what = language.of(&indicator.label);
    match row.kroner_each {
        None => format!("{what}: {}.", say::NO_PRICE.text(language)),
        Some(kroner) if kroner > 0.0 => {
            let relative = row.won.mcse / row.won.mean;
            let scale = Scale::of_sentence(kroner);
            let digits = pen.plain(scale, kroner, (kroner * relative).abs().max(kroner * 2e-3));
            let amount = pen.say(Sentence::Kroner(&digits, scale));
            say::price(language, what, &amount)
        }
        Some(_) => {
            let share = percent(pen, row.p_dominates);
            say::dominates(language, what, &share)
        }
    }
}

/// "Ensidig gevinst: regionen."
fn one_sided(pen: &Pen) -> Option<String> {
    let gains = &pen.findings().resources.gains;
    let of = |party: Party| {
        let account = Some(Account::Party(party));
        gains.iter().find(|row| row.account == account)
    };
    let (region, municipality) = (of(Party::Region)?, of(Party::Municipality)?);
    let without = |gain: Gain| matches!(gain, Gain::Loses | Gain::Neutral);
    let winner = match (region.gain, municipality.gain) {
        (Gain::Gains, other) if without(other) => Party::Region,
        (other, Gain::Gains) if without(other) => Party::Municipality,
        _ => return None,
    };
    let who = account_subject(pen.language, Account::Party(winner));
    Some(say::one_sided(pen.language, who))
}
