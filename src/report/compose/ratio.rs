//! Indicators per person and per course, and a warning where only the divisor has moved.

use super::pen::Pen;
use crate::analysis::{RatioRow, Summary};
use crate::model::Per;
use crate::report::document::{Block, Document, Rank, Table, Text};
use crate::report::number::{Scale, Sign};
use crate::report::words::{Beyond, Term};

/// Units per person: as fine as their error allows.
const FINE: Scale = Scale {
    unit: 0,
    finest: -4,
};

/// The table and its warnings; nothing where no indicator is divided.
pub fn write(pen: &Pen, document: &mut Document) {
    let rows = &pen.findings().study.ratios;
    let Some(last) = pen.verdict_years().last().filter(|_| !rows.is_empty()) else {
        return;
    };
    let caption = say(pen, Beyond::RatioCaption(*last));
    let id = |row: &RatioRow| &pen.model().agreement.indicators[row.indicator].id;
    let figures = rows.iter();
    let figures = figures.map(|row| format!("indicators.{}.{last}", id(row)));
    let mut table = Table::new(caption, pen.term(Term::Indicator), pen.without_and_with())
        .leading(figures.clone());
    for row in rows {
        lines(pen, &mut table, row);
    }
    document.push(Block::Table(table));
    let sentences: Vec<String> = rows.iter().flat_map(|row| warnings(pen, row)).collect();
    if !sentences.is_empty() {
        let text = Text::from(sentences.join(" ")).leading(figures);
        document.push(Block::paragraph(text));
    }
}

fn lines(pen: &Pen, table: &mut Table, row: &RatioRow) {
    let indicator = &pen.model().agreement.indicators[row.indicator];
    let name = pen.language.of(&indicator.label);
    let label = match indicator.per {
        Some(Per::Course(c)) => {
            let course = pen.language.of(&pen.model().world.courses[c].label);
            say(pen, Beyond::PerCourse { name, course })
        }
        _ => say(pen, Beyond::PerPerson(name)),
    };
    table.row(Rank::Main, label, cells(pen, &row.before, &row.change));
    if let Some((_, by)) = &row.found {
        let counted = row.with() + by.mean;
        let cells = vec![
            plain(pen, row.before.mean, row.before.mcse),
            plain(pen, counted, row.before.mcse + row.change.mcse + by.mcse),
            String::new(),
            String::new(),
        ];
        table.row(Rank::Detail, say(pen, Beyond::FoundCounted), cells);
    }
    if let Some((before, change)) = &row.per_contact {
        let label = say(pen, Beyond::PerContact);
        table.row(Rank::Detail, label, cells(pen, before, change));
    }
}

fn cells(pen: &Pen, before: &Summary, change: &Summary) -> Vec<String> {
    vec![
        plain(pen, before.mean, before.mcse),
        plain(pen, before.mean + change.mean, before.mcse + change.mcse),
        pen.cell(FINE, change.mean, change.mcse),
        pen.interval(FINE, Sign::Both, change),
    ]
}

fn warnings(pen: &Pen, row: &RatioRow) -> Vec<String> {
    let indicator = &pen.model().agreement.indicators[row.indicator];
    let name = pen.language.of(&indicator.label);
    let mut told = Vec::new();
    if let Some((found, by)) = row.found.as_ref().filter(|_| row.lowered_by_found()) {
        let error = row.before.mcse + row.change.mcse + by.mcse;
        told.push(say(
            pen,
            Beyond::FoundLower {
                name,
                found: &pen.counted(Scale::WHOLE, found),
                same: &plain(pen, row.with(), error),
                counted: &plain(pen, row.with() + by.mean, error),
            },
        ));
    }
    if let Some((before, change)) = row.per_contact.as_ref().filter(|_| row.contacts_mislead()) {
        let pair = |before: &Summary, change: &Summary| {
            let error = before.mcse + change.mcse;
            let of = |x| plain(pen, x, error);
            (of(before.mean), of(before.mean + change.mean))
        };
        let (course, contact) = (pair(&row.before, &row.change), pair(before, change));
        told.push(say(
            pen,
            Beyond::ContactsMislead {
                name,
                course: (&course.0, &course.1),
                contact: (&contact.0, &contact.1),
            },
        ));
    }
    told
}

fn plain(pen: &Pen, value: f64, error: f64) -> String {
    pen.plain(FINE, value, error)
}

fn say(pen: &Pen, words: Beyond<'_>) -> String {
    words.text(pen.language)
}
