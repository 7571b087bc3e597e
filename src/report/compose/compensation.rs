//! What a lump sum can settle: the bargaining zone and its points.

use super::drawn;
use super::pen::{Pen, interval_error};
use crate::analysis::Settled;
use crate::model::Principle;
use crate::plan::COVERED_PERSON_YEAR;
use crate::report::document::{Block, Cell, Column, Document, Rank, Table, Text};
use crate::report::number::Scale;
use crate::report::words::{Sentence, Term};
use crate::verdict::Sum;

/// The zone in a sentence and the three sums in a table.
pub fn write(pen: &Pen, document: &mut Document) {
    document.push(Block::Heading(pen.term(Term::Compensation)));
    document.push(Block::paragraph(
        Text::from(zone(pen)).leading(["compensation.zone"]),
    ));
    if let Some(drawn) = drawn::zone(pen) {
        document.push(drawn);
    }
    let table = sums(pen);
    if !table.rows.is_empty() {
        document.push(Block::Table(table));
    }
}

/// T* in one sentence: who pays whom, in total, a year and a unit.
pub fn t_star(pen: &Pen) -> Option<String> {
    let compensation = &pen.verdict().compensation;
    let sum = compensation.t_star.filter(|sum| sum.value != 0.0)?;
    let error = relative_error(&sum);
    let kroner = |value: f64| {
        let scale = Scale::of_sentence(value);
        let digits = pen.plain(scale, value.abs(), error * value.abs());
        pen.say(Sentence::Kroner(&digits, scale))
    };
    let per_unit = sum.per_unit.map(kroner);
    let unit = unit_label(pen);
    Some(pen.say(Sentence::Pays {
        total: &pen.payment(sum.value, sum.interval),
        per_year: &kroner(sum.per_year),
        per_unit: per_unit.as_deref().zip(unit.as_deref()),
    }))
}

fn zone(pen: &Pen) -> String {
    let compensation = &pen.verdict().compensation;
    let ((low, low_interval), (high, high_interval)) = compensation.ends;
    let low = pen.payment(low, low_interval);
    let high = pen.payment(high, high_interval);
    match compensation.zone {
        Some((from, to)) if from <= 0.0 && to >= 0.0 => {
            let needed = pen.term(Term::NoneNeeded);
            format!("{needed} {}", pen.say(Sentence::Zone(&low, &high)))
        }
        Some(_) => pen.say(Sentence::Zone(&low, &high)),
        None if pen.model().balance.principle == Principle::NoLossNoProfit => {
            pen.term(Term::OperatorTooUncertain)
        }
        None => {
            let empty = pen.say(Sentence::ZoneEmpty {
                needed: &low,
                affordable: &high,
            });
            let jointly = pen.verdict().jointly.p;
            let remedy = match jointly <= 1.0 - pen.model().balance.confidence {
                true => Term::BothLose,
                false => Term::OtherThanLumpSum,
            };
            format!("{empty} {}", pen.term(remedy))
        }
    }
}

fn sums(pen: &Pen) -> Table {
    let compensation = &pen.verdict().compensation;
    let rows = [
        (Term::TStar, compensation.t_star),
        (Term::TFull, compensation.t_full),
        (Term::TMean, compensation.t_mean),
    ];
    let values = rows
        .iter()
        .filter_map(|(_, sum)| *sum)
        .map(|sum| sum.value.abs());
    let scale = Scale::of_column(values.fold(0.0, f64::max));
    let unit = unit_label(pen);
    let caption = pen.say(Sentence::CompensationCaption {
        scale,
        price_level: pen.price_level(),
        unit: unit.as_deref(),
    });
    let mut columns = vec![
        Column::numbers(pen.term(Term::InTotal)),
        Column::numbers(pen.term(Term::Interval95)),
        Column::numbers(pen.term(Term::PerYear)),
    ];
    columns.extend(
        unit.is_some()
            .then(|| Column::numbers(pen.term(Term::PerUnit))),
    );
    let mut table = Table::new(caption, String::new(), columns);
    for ((term, sum), settled) in rows.into_iter().zip(Settled::ALL) {
        if let Some(sum) = sum {
            let figure = format!("compensation.{}", settled.key());
            let cells = cells(pen, scale, &sum, unit.is_some()).into_iter();
            let cells = cells.map(|text| Cell::of(figure.clone(), text));
            table.row(Rank::Main, pen.term(term), cells);
        }
    }
    table
}

fn cells(pen: &Pen, scale: Scale, sum: &Sum, with_unit: bool) -> Vec<String> {
    let error = interval_error(sum.interval);
    let relative = relative_error(sum);
    let mut cells = vec![
        pen.cell(scale, sum.value, error),
        pen.between(scale, sum.interval, error),
        pen.cell(scale, sum.per_year, relative * sum.per_year.abs()),
    ];
    if with_unit {
        let per_unit = sum
            .per_unit
            .map(|value| pen.cell(Scale::of_sentence(value), value, relative * value.abs()));
        cells.push(per_unit.unwrap_or_default());
    }
    cells
}

fn relative_error(sum: &Sum) -> f64 {
    if sum.value == 0.0 {
        return 0.0;
    }
    interval_error(sum.interval) / sum.value.abs()
}

/// What a price per unit is per.
pub fn unit_label(pen: &Pen) -> Option<String> {
    let id = pen.verdict().compensation.unit.as_ref()?;
    if id == COVERED_PERSON_YEAR {
        return Some(pen.term(Term::ParticipantYear));
    }
    let service = pen.model().world.services.iter().find(|s| &s.id == id);
    Some(service.map_or(id.clone(), |s| pen.language.of(&s.unit_label).to_owned()))
}
