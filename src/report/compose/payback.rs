//! When an early investment is paid back, and which gains lie outside the period.

use super::pen::Pen;
use crate::analysis::{PaybackRow, RunningAccount};
use crate::report::document::{Block, Column, Document, Rank, Table};
use crate::report::number::Scale;
use crate::report::words::{Beyond, Term, account_label, kroner_unit};
use crate::verdict::Probability;

/// The running accounts and their sentences; nothing where no purse is ever behind.
pub fn write(pen: &Pen, document: &mut Document) {
    let found = &pen.findings().payback;
    let accounts = pen.accounts();
    let rows: Vec<&PaybackRow> = found
        .accounts
        .iter()
        .filter(|row| accounts.contains(&row.account))
        .collect();
    let behind = rows.iter().any(|row| row.plain.behind());
    if !behind && found.late.is_empty() {
        return;
    }
    document.push(Block::Heading(say(pen, Beyond::Payback)));
    if behind {
        document.push(Block::Table(table(pen, &rows)));
    }
    let sentences = outside(pen);
    if !sentences.is_empty() {
        document.push(Block::paragraph(sentences.join(" ")));
    }
}

fn table(pen: &Pen, rows: &[&PaybackRow]) -> Table {
    let deepest = rows.iter().map(|row| row.plain.deepest);
    let scale = Scale::of_column(deepest.fold(0.0, f64::max));
    let caption = Beyond::PaybackCaption {
        unit: kroner_unit(pen.language, scale),
        price_level: pen.price_level(),
        last: pen.horizon().1,
    };
    let columns = vec![
        Column::numbers(say(pen, Beyond::Deepest)),
        Column::numbers(say(pen, Beyond::DeepestYear)),
        Column::words(say(pen, Beyond::PaidBack)),
        Column::words(say(pen, Beyond::PaidBackDiscounted)),
        Column::words(say(pen, Beyond::LevelBy)),
    ];
    let last = pen.horizon().1;
    let running = rows.iter();
    let running = running.map(|row| format!("running.{}.{last}", row.account.key()));
    let mut table = Table::new(say(pen, caption), pen.term(Term::Party), columns).leading(running);
    for row in rows {
        let probability = Probability {
            p: row.paid_back,
            ..Default::default()
        };
        let plain = &row.plain;
        let behind = |text: String| if plain.behind() { text } else { String::new() };
        let cells = vec![
            behind(pen.cell(scale, plain.deepest, error(pen, row))),
            behind(plain.deepest_year.to_string()),
            returned(pen, plain),
            returned(pen, &row.discounted),
            pen.tally(probability),
        ];
        table.row(Rank::Main, account_label(pen.language, row.account), cells);
    }
    table
}

/// The error of the deepest deficit: at most the sum of its years' errors.
fn error(pen: &Pen, row: &PaybackRow) -> f64 {
    let years = pen.findings().budget.iter();
    let until = years.filter(|y| y.account == row.account && y.year <= row.plain.deepest_year);
    until.map(|y| y.value.mcse).sum()
}

fn returned(pen: &Pen, course: &RunningAccount) -> String {
    let last = pen.findings().years.last().copied().unwrap_or_default();
    let words = match (course.behind(), course.year.zip(course.years)) {
        (false, _) => Beyond::NeverBehind,
        (true, Some((year, number))) => Beyond::InYear(year, number),
        (true, None) => Beyond::NotBy(last),
    };
    say(pen, words)
}

/// Effects that begin after the verdict horizon.
fn outside(pen: &Pen) -> Vec<String> {
    let found = &pen.findings().payback;
    let last = pen.horizon().1;
    let named = |late: &crate::analysis::LateEffect| {
        let stated = &pen.model().agreement.mechanisms[late.mechanism];
        let label = pen.language.of(&stated.label);
        let name = if label.is_empty() {
            &stated.name
        } else {
            label
        };
        match late.year {
            Some(year) => say(pen, Beyond::Late { name, year, last }),
            None => say(pen, Beyond::NeverWorks { name }),
        }
    };
    let mut sentences: Vec<String> = found.late.iter().map(named).collect();
    if found.none_inside {
        sentences.push(say(pen, Beyond::NoneInside { last }));
    }
    sentences
}

fn say(pen: &Pen, words: Beyond<'_>) -> String {
    words.text(pen.language)
}
