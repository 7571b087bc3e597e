//! What can be said of the expenditure before the payment is agreed.
//!
//! Promise: bounds of each party's own resources, said to be no assessment; where there are none,
//! what they lack. Absent: payments, and a verdict.

use super::pen::Pen;
use crate::analysis::{Account, BoundRow, Bounds};
use crate::model::{Party, Words};
use crate::report::document::{Block, Column, Document, Rank, Table};
use crate::report::number::{Scale, quantile_error};
use crate::report::words::bounds as words;
use crate::report::words::{
    Amount, Sentence, Term, account_label, account_subject, joined, kroner_unit,
};

/// The bounds, or why there are none.
pub fn write(pen: &Pen, document: &mut Document) {
    let Some(bounds) = &pen.findings().bounds else {
        return;
    };
    document.push(Block::Heading(words::HEADING.text(pen.language)));
    if bounds.rows.is_empty() {
        document.push(Block::paragraph(words::NONE.text(pen.language)));
        document.push(Block::list(names(pen, &bounds.why_not)));
        return;
    }
    let sides = bounds.rows.iter().filter(is_side);
    let sides = sides.map(|row| side(pen, bounds, row));
    let mut sentences: Vec<String> = sides.collect();
    sentences.push(words::NO_VERDICT.text(pen.language));
    document.push(Block::paragraph(sentences.join(" ")));
    document.push(Block::Table(table(pen, bounds)));
    let mut points = Vec::new();
    if !bounds.tried.is_empty() {
        let tried = joined(pen.language, &names(pen, &bounds.tried));
        points.push(words::tried(pen.language, &tried));
    }
    if !bounds.on_top.is_empty() {
        let on_top = joined(pen.language, &names(pen, &bounds.on_top));
        points.push(words::on_top(pen.language, &on_top));
    }
    if !points.is_empty() {
        document.push(Block::list(points));
    }
}

fn names(pen: &Pen, all: &[Words]) -> Vec<String> {
    all.iter().map(|w| pen.language.of(w).to_owned()).collect()
}

fn is_side(row: &&BoundRow) -> bool {
    matches!(
        row.account,
        Account::Party(Party::Region | Party::Municipality)
    )
}

/// "Selv uden aftalt betaling …" of a side.
fn side(pen: &Pen, bounds: &Bounds, row: &BoundRow) -> String {
    let largest = row.low.p10.abs().max(row.high.p90.abs());
    let scale = Scale::of_sentence(largest);
    let error = |summary| quantile_error(summary, bounds.replicates);
    let low = Amount::new(pen.language, scale, row.low.p10, error(&row.low));
    let high = Amount::new(pen.language, scale, row.high.p90, error(&row.high));
    let range = pen.say(Sentence::Range(&low, &high));
    let account = account_subject(pen.language, row.account);
    words::side(pen.language, account, &range, bounds.years)
}

fn table(pen: &Pen, bounds: &Bounds) -> Table {
    let ends = bounds.rows.iter().flat_map(|r| [r.low.p10, r.high.p90]);
    let scale = Scale::of_column(ends.fold(0.0, |most: f64, x| most.max(x.abs())));
    let unit = kroner_unit(pen.language, scale);
    let caption = words::caption(pen.language, unit, pen.price_level(), bounds.years);
    let columns = vec![
        Column::numbers(words::LOW.text(pen.language)),
        Column::numbers(words::HIGH.text(pen.language)),
    ];
    let mut table = Table::new(caption, pen.term(Term::Party), columns);
    let error = |summary| quantile_error(summary, bounds.replicates);
    for row in &bounds.rows {
        let cells = vec![
            pen.cell(scale, row.low.p10, error(&row.low)),
            pen.cell(scale, row.high.p90, error(&row.high)),
        ];
        table.row(Rank::Main, account_label(pen.language, row.account), cells);
    }
    table
}
