//! Indicators with and without the agreement; those without a figure by name.

use super::drawn;
use super::pen::{Pen, largest};
use crate::analysis::{IndicatorRow, Summary};
use crate::model::{Indicator, IndicatorTag};
use crate::report::document::{Block, Cell, Column, Document, Rank, Table};
use crate::report::few::any_few;
use crate::report::number::{Scale, Sign};
use crate::report::words::{Sentence, Term, joined};

/// The table of the verdict horizon, and what has no figure.
pub fn write(pen: &Pen, document: &mut Document) {
    let indicators = &pen.model().agreement.indicators;
    if indicators.is_empty() {
        return;
    }
    document.push(Block::Heading(pen.term(Term::Activity)));
    let table = table(pen);
    if !table.rows.is_empty() {
        document.push(Block::Table(table));
        for drawn in drawn::indicators(pen) {
            document.push(drawn);
        }
    }
    let unmodelled = indicators
        .iter()
        .filter(|i| i.tag == IndicatorTag::NotModelled);
    let names: Vec<String> = unmodelled
        .map(|i| pen.language.of(&i.label).to_owned())
        .collect();
    if !names.is_empty() {
        let names = joined(pen.language, &names);
        document.push(Block::paragraph(pen.say(Sentence::NotModelled(&names))));
    }
}

fn table(pen: &Pen) -> Table {
    let years = pen.verdict_years();
    let columns = years
        .iter()
        .map(|year| Column::numbers(year.to_string()))
        .collect();
    let caption = pen.say(Sentence::IndicatorCaption);
    let mut table = Table::new(caption, pen.term(Term::Indicator), columns);
    for (index, indicator) in pen.model().agreement.indicators.iter().enumerate() {
        let row = |year: &i32| {
            let mut rows = pen.findings().indicators.iter();
            rows.find(|row| row.indicator == index && row.year == *year)
        };
        let rows: Vec<Option<&IndicatorRow>> = years.iter().map(row).collect();
        if rows.iter().any(Option::is_some) && indicator.tag != IndicatorTag::NotModelled {
            indicator_rows(pen, &mut table, indicator, &rows);
        }
    }
    table
}

fn indicator_rows(
    pen: &Pen,
    table: &mut Table,
    indicator: &Indicator,
    rows: &[Option<&IndicatorRow>],
) {
    let present = || rows.iter().flatten();
    let levels = scale(largest(present().map(|r| &r.counterfactual)));
    let changes = scale(largest(present().map(|r| &r.difference)));
    let each = |text: &dyn Fn(&IndicatorRow) -> String| -> Vec<Cell> {
        let cell = |row: &IndicatorRow| {
            let figure = format!("indicators.{}.{}", indicator.id, row.year);
            Cell::of(figure, text(row))
        };
        let cells = rows.iter().map(|row| row.map(cell));
        cells
            .map(|cell| cell.unwrap_or_else(|| String::new().into()))
            .collect()
    };
    let level = |summary: &Summary| pen.counted(levels, summary);
    table.row(
        Rank::Main,
        label(pen, indicator),
        vec![String::new(); rows.len()],
    );
    let without = each(&|row| level(&row.counterfactual));
    table.row(Rank::Detail, pen.term(Term::Without), without);
    table.row(
        Rank::Detail,
        pen.term(Term::With),
        each(&|row| level(&row.agreement)),
    );
    let change = |row: &IndicatorRow, text: String| match hidden(row) {
        true => String::new(),
        false => text,
    };
    let difference = each(&|row| {
        let text = pen.cell(changes, row.difference.mean, row.difference.mcse);
        change(row, text)
    });
    table.row(Rank::Detail, pen.term(Term::Difference), difference);
    let interval = each(&|row| {
        let text = pen.interval(changes, Sign::Both, &row.difference);
        change(row, text)
    });
    table.row(Rank::Detail, pen.term(Term::Interval80), interval);
}

/// Whether the change would give away a count that is not shown.
pub fn hidden(row: &IndicatorRow) -> bool {
    any_few([&row.counterfactual, &row.agreement])
}

fn label(pen: &Pen, indicator: &Indicator) -> String {
    let name = pen.language.of(&indicator.label);
    match indicator.tag {
        IndicatorTag::Proxy => format!("{name} ({})", pen.term(Term::Proxy)),
        _ => name.to_owned(),
    }
}

/// Whole units, with decimals only where there are fewer than ten.
pub fn scale(largest: f64) -> Scale {
    let finest = match largest {
        x if x >= 10.0 => 0,
        x if x >= 1.0 => -1,
        _ => -2,
    };
    Scale { unit: 0, finest }
}
