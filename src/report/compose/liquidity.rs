//! How deep a purse can sink: worst year and deepest cumulative deficit, with chance.

use super::pen::{Pen, largest};
use crate::report::document::{Block, Cell, Column, Document, Rank, Table};
use crate::report::number::{Scale, Sign};
use crate::report::words::{Sentence, Term, account_label};

/// The table, by account.
pub fn write(pen: &Pen, document: &mut Document) {
    let accounts = pen.accounts();
    let rows: Vec<_> = pen
        .findings()
        .liquidity
        .iter()
        .filter(|r| accounts.contains(&r.account))
        .collect();
    if rows.is_empty() {
        return;
    }
    let scale = Scale::of_column(largest(rows.iter().flat_map(|r| [&r.worst, &r.deepest])));
    let caption = pen.say(Sentence::LiquidityCaption {
        scale,
        price_level: pen.price_level(),
    });
    let columns = vec![
        Column::numbers(pen.term(Term::WorstYear)),
        Column::numbers(pen.term(Term::InWorstYear)),
        Column::numbers(pen.term(Term::Interval80)),
        Column::numbers(pen.term(Term::DeepestDeficit)),
        Column::numbers(pen.term(Term::Interval80)),
    ];
    let mut table = Table::new(caption, pen.term(Term::Party), columns);
    for row in rows {
        let cells = [
            row.worst_year.to_string(),
            pen.cell(scale, row.worst.mean, row.worst.mcse),
            pen.interval(scale, Sign::Both, &row.worst),
            pen.cell(scale, row.deepest.mean, row.deepest.mcse),
            pen.interval(scale, Sign::Both, &row.deepest),
        ];
        let figure = format!("liquidity.{}", row.account.key());
        let cells = cells.map(|text| Cell::of(figure.clone(), text));
        table.row(Rank::Main, account_label(pen.language, row.account), cells);
    }
    document.push(Block::Heading(pen.term(Term::Liquidity)));
    document.push(Block::Table(table));
}
