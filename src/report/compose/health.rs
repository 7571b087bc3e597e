//! Persons by level, who is alive because of the agreement, and health gained: beside the verdict.

use super::method::leads;
use super::pen::{Pen, largest};
use crate::analysis::{Account, Health, LevelRow, QalyPrice, Summary};
use crate::report::document::{Block, Column, Document, Rank, Table, Text};
use crate::report::few::{FEW, hidden_levels};
use crate::report::number::{Scale, Sign};
use crate::report::words::method as equations;
use crate::report::words::{Sentence, Term};

/// Years that are shown: the first, and the last of each horizon.
fn shown_years(pen: &Pen) -> Vec<i32> {
    let years = &pen.findings().years;
    let ends = pen
        .findings()
        .present_value
        .iter()
        .map(|row| row.years as usize - 1);
    let mut shown: Vec<usize> = ends.chain([0, years.len() - 1]).collect();
    shown.sort_unstable();
    shown.dedup();
    shown.into_iter().map(|t| years[t]).collect()
}

/// The section; nothing where no covered group's levels move.
pub fn write(pen: &Pen, document: &mut Document) {
    let health = &pen.findings().health;
    if health.levels.is_empty() {
        return;
    }
    let years = shown_years(pen);
    document.push(Block::Heading(pen.term(Term::Health)));
    document.push(Block::Table(persons(pen, health, &years)));
    document.push(Block::Table(alive(pen, health, &years)));
    if let Some(text) = price(pen, health) {
        let text = Text::from(text).leading(["x.society"]);
        document.push(Block::paragraph(text.leading(leads([equations::QALY]))));
    }
}

fn columns(years: &[i32]) -> Vec<Column> {
    years
        .iter()
        .map(|y| Column::numbers(y.to_string()))
        .collect()
}

fn persons(pen: &Pen, health: &Health, years: &[i32]) -> Table {
    let caption = pen.say(Sentence::PersonsCaption);
    let mut table = Table::new(caption, pen.term(Term::Level), columns(years))
        .leading(leads([equations::DYNAMICS, equations::TRANSITION]));
    let mut cells: Vec<_> = health.levels.iter().map(|r| (r.group, r.level)).collect();
    cells.sort_unstable();
    cells.dedup();
    let hidden = hidden_levels(&health.levels);
    for cell in cells {
        let of = |year: &i32| {
            let mut rows = health.levels.iter().zip(&hidden);
            rows.find(|(r, _)| (r.group, r.level) == cell && r.year == *year)
        };
        let rows: Vec<(&LevelRow, &bool)> = years.iter().filter_map(of).collect();
        let group = &pen.model().world.groups[cell.0.0 as usize];
        let label = pen.say(Sentence::LevelOf {
            group: pen.language.of(&group.label),
            level: cell.1,
        });
        let before = rows.iter().map(|(r, _)| &r.counterfactual);
        let scale = persons_scale(largest(before));
        let cells = rows.iter().map(|(row, hidden)| match hidden {
            true => FEW.to_owned(),
            false => pen.plain(scale, row.counterfactual.mean, row.counterfactual.mcse),
        });
        table.row(Rank::Main, label, cells);
        difference_rows(pen, &mut table, &rows);
    }
    table
}

fn difference_rows(pen: &Pen, table: &mut Table, rows: &[(&LevelRow, &bool)]) {
    let scale = persons_scale(largest(rows.iter().map(|(row, _)| &row.difference)));
    let each = |text: &dyn Fn(&Summary) -> String| -> Vec<String> {
        let cell = |(row, hidden): &(&LevelRow, &bool)| match hidden {
            true => String::new(),
            false => text(&row.difference),
        };
        rows.iter().map(cell).collect()
    };
    let changes = each(&|s| pen.cell(scale, s.mean, s.mcse));
    table.row(Rank::Detail, pen.term(Term::Difference), changes);
    let intervals = each(&|s| pen.interval(scale, Sign::Both, s));
    table.row(Rank::Detail, pen.term(Term::Interval80), intervals);
}

/// Additional persons alive and QALYs year by year; QALYs over each horizon.
fn alive(pen: &Pen, health: &Health, years: &[i32]) -> Table {
    let caption = pen.say(Sentence::HealthCaption);
    let mut table = Table::new(caption, String::new(), columns(years)).leading(leads([
        equations::DYNAMICS,
        equations::TRANSITION,
        equations::QALY,
    ]));
    let additional = |year: &i32| health.additional.iter().find(|(y, _)| y == year);
    let changes: Vec<&Summary> = years
        .iter()
        .filter_map(additional)
        .map(|(_, s)| s)
        .collect();
    both_rows(pen, &mut table, Term::MoreAlive, &changes);
    let qalys = |year: &i32| health.qalys.iter().find(|r| r.year == *year);
    let gained: Vec<&Summary> = years
        .iter()
        .filter_map(qalys)
        .map(|r| &r.difference)
        .collect();
    if gained.len() == years.len() {
        both_rows(pen, &mut table, Term::QalyOfYear, &gained);
    }
    table
}

fn both_rows(pen: &Pen, table: &mut Table, term: Term, changes: &[&Summary]) {
    let scale = persons_scale(largest(changes.iter().copied()));
    let cells: Vec<String> = changes
        .iter()
        .map(|s| pen.cell(scale, s.mean, s.mcse))
        .collect();
    table.row(Rank::Main, pen.term(term), cells);
    let intervals: Vec<String> = changes
        .iter()
        .map(|s| pen.interval(scale, Sign::Both, s))
        .collect();
    table.row(Rank::Detail, pen.term(Term::Interval80), intervals);
}

/// The gain over the verdict horizon, and what a QALY costs, where that can be said.
fn price(pen: &Pen, health: &Health) -> Option<String> {
    let years = pen.findings().verdict_years;
    let (_, gain) = health.gain.iter().find(|(horizon, _)| *horizon == years)?;
    let mut rows = pen.findings().present_value.iter();
    let society = rows.find(|r| r.account == Account::Society && r.years == years)?;
    let scale = persons_scale(gain.mean.abs());
    let digits = pen.cell(scale, gain.mean, gain.mcse);
    let interval = pen.interval(scale, Sign::Both, gain);
    let mut sentences = vec![pen.say(Sentence::QalyGain {
        years,
        gain: &digits,
        interval: &interval,
    })];
    sentences.push(match QalyPrice::of(gain, &society.value) {
        QalyPrice::Kroner(kroner) => {
            let error = kroner * (society.value.mcse / society.value.mean.abs()).abs();
            let scale = Scale::of_sentence(kroner);
            let digits = pen.plain(scale, kroner, error);
            let kroner = pen.say(Sentence::Kroner(&digits, scale));
            pen.say(Sentence::QalyCosts(&kroner))
        }
        QalyPrice::Saves => pen.term(Term::QalySaves),
        QalyPrice::Loses => pen.term(Term::QalyLoses),
        QalyPrice::Uncertain => pen.term(Term::QalyUncertain),
    });
    if let Some(worth) = pen.model().balance.kroner_per_qaly {
        let net = worth * gain.mean + society.value.mean;
        let error = worth * gain.mcse + society.value.mcse;
        let scale = Scale::of_sentence(net);
        let digits = pen.cell(scale, net, error);
        let net = pen.say(Sentence::Kroner(&digits, scale));
        let whole = pen.plain(Scale::WHOLE, worth, 0.0);
        let worth = pen.say(Sentence::Kroner(&whole, Scale::WHOLE));
        sentences.push(pen.say(Sentence::NetBenefit {
            worth: &worth,
            net: &net,
        }));
    }
    Some(sentences.join(" "))
}

/// Whole persons; decimals only where there are fewer than ten.
fn persons_scale(largest: f64) -> Scale {
    let finest = match largest {
        x if x >= 10.0 => 0,
        x if x >= 1.0 => -1,
        _ => -2,
    };
    Scale { unit: 0, finest }
}
