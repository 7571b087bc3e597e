//! Each municipality by itself: kroner per inhabitant, its start, and how it stands.

use super::drawn;
use super::pen::{Pen, cost};
use crate::analysis::{MunicipalityRow, Summary};
use crate::report::document::{Block, Cell, Column, Document, Rank, Table, Text};
use crate::report::number::{Scale, Sign, agreeing};
use crate::report::words::{Sentence, Term};
use crate::verdict::MunicipalityVerdict;

/// The table, and who is best and worst off.
pub fn write(pen: &Pen, document: &mut Document) {
    if pen.findings().municipalities.is_empty() {
        return;
    }
    document.push(Block::Heading(pen.term(Term::Municipalities)));
    document.push(Block::Table(table(pen)));
    document.push(drawn::municipal_bars(pen, None));
}

fn table(pen: &Pen) -> Table {
    let rows = &pen.findings().municipalities;
    let scale = Scale::THOUSANDS;
    let compensated = pen
        .verdict()
        .municipalities
        .iter()
        .any(|m| m.compensation != 0.0);
    let caption = pen.say(Sentence::MunicipalityCaption {
        years: pen.findings().verdict_years,
        scale,
        price_level: pen.price_level(),
    });
    let mut columns = vec![
        Column::words(pen.term(Term::Start)),
        Column::numbers(pen.term(Term::KronerPerInhabitant)),
        Column::numbers(pen.term(Term::Interval80)),
        Column::numbers(pen.term(Term::InTotal)),
        Column::words(pen.term(Term::Assessment)),
    ];
    columns.extend(compensated.then(|| Column::words(pen.term(Term::AfterCompensation))));
    let mut table = Table::new(caption, pen.term(Term::Municipality), columns);
    for row in rows {
        let name = &pen.model().world.municipalities[row.municipality.0 as usize].name;
        table.row(Rank::Main, name, cells(pen, scale, row, compensated));
    }
    table
}

/// A cell that prints a figure of a municipality.
pub fn figure(pen: &Pen, row: &MunicipalityRow, text: String) -> Cell {
    Cell::of(id(pen, row), text)
}

fn id(pen: &Pen, row: &MunicipalityRow) -> String {
    let municipality = &pen.model().world.municipalities[row.municipality.0 as usize];
    format!("municipalities.{}", municipality.code)
}

fn cells(pen: &Pen, scale: Scale, row: &MunicipalityRow, compensated: bool) -> Vec<Cell> {
    let each = per_inhabitant(row);
    let total = cost(&row.x);
    let verdict = verdict(pen, row);
    let mut cells = vec![
        start(pen, row).into(),
        figure(
            pen,
            row,
            pen.cell(Scale::PER_INHABITANT, each.mean, each.mcse),
        ),
        figure(
            pen,
            row,
            pen.interval(Scale::PER_INHABITANT, Sign::Both, &each),
        ),
        figure(pen, row, pen.cell(scale, total.mean, total.mcse)),
        verdict
            .map_or(String::new(), |v| pen.term(v.standing))
            .into(),
    ];
    if compensated {
        let after = verdict.map_or(String::new(), |v| pen.term(v.standing_after));
        cells.push(after.into());
    }
    cells
}

/// How a municipality stands.
pub fn verdict<'a>(pen: &Pen<'a>, row: &MunicipalityRow) -> Option<&'a MunicipalityVerdict> {
    let mut verdicts = pen.verdict().municipalities.iter();
    verdicts.find(|v| v.municipality == row.municipality)
}

/// From when it takes part.
pub fn start(pen: &Pen, row: &MunicipalityRow) -> String {
    match row.start {
        Some((year, month)) => format!("{year}-{month:02}"),
        None => pen.term(Term::DoesNotTakePart),
    }
}

/// Extra expenditure of each, rounded so that the printed add up (kr., in row order): the figures
/// of the annex's table and of the municipal pages.
pub fn agreed_totals(pen: &Pen) -> Vec<f64> {
    let rows = pen.findings().municipalities.iter();
    let costs: Vec<f64> = rows.map(|row| cost(&row.x).mean).collect();
    agreeing(&costs, Scale::MILLIONS)
}

/// Extra expenditure per inhabitant over the whole horizon.
pub fn per_inhabitant(row: &MunicipalityRow) -> Summary {
    let inhabitants = row.inhabitants.max(1.0);
    let total = cost(&row.x);
    Summary {
        mean: -row.per_inhabitant,
        mcse: total.mcse / inhabitants,
        p10: total.p10 / inhabitants,
        p90: total.p90 / inhabitants,
    }
}

/// Who is worst and best off.
pub fn spread(pen: &Pen) -> Text {
    let rows = &pen.findings().municipalities;
    let by_cost =
        |a: &&MunicipalityRow, b: &&MunicipalityRow| b.per_inhabitant.total_cmp(&a.per_inhabitant);
    let name = |row: &MunicipalityRow| {
        pen.model().world.municipalities[row.municipality.0 as usize]
            .name
            .clone()
    };
    let amount = |row: &MunicipalityRow| {
        let each = per_inhabitant(row);
        pen.amount(each.mean, each.mcse)
    };
    // a ranking that the calculation's own error could turn is no ranking
    let apart = |worst: &MunicipalityRow, best: &MunicipalityRow| {
        let (worst, best) = (per_inhabitant(worst), per_inhabitant(best));
        (worst.mean - best.mean).abs() > 4.0 * (worst.mcse + best.mcse).max(0.005)
    };
    match (rows.iter().max_by(by_cost), rows.iter().min_by(by_cost)) {
        (Some(worst), Some(best)) if apart(worst, best) => {
            let says = pen.say(Sentence::Spread {
                worst: &name(worst),
                worst_amount: &amount(worst),
                best: &name(best),
                best_amount: &amount(best),
            });
            Text::from(says).leading([worst, best].map(|row| id(pen, row)))
        }
        _ => Text::default(),
    }
}
