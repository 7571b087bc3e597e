//! The health clusters: the municipalities' table added up.

use super::method::leads;
use super::pen::Pen;
use crate::analysis::{ClusterRow, clusters};
use crate::report::document::{Block, Column, Document, Rank, Table};
use crate::report::number::Scale;
use crate::report::words::method as equations;
use crate::report::words::{Sentence, Term};

/// The table, where the clusters partition the municipalities and there are several.
pub fn write(pen: &Pen, document: &mut Document) {
    let rows = clusters(
        &pen.model().world.municipalities,
        &pen.findings().municipalities,
    );
    if rows.len() > 1 {
        document.push(Block::Table(table(pen, &rows)));
    }
}

fn table(pen: &Pen, rows: &[ClusterRow]) -> Table {
    let caption = pen.say(Sentence::ClusterCaption {
        years: pen.findings().verdict_years,
        scale: Scale::THOUSANDS,
        price_level: pen.price_level(),
    });
    let columns = vec![
        Column::numbers(pen.term(Term::Municipalities)),
        Column::numbers(pen.term(Term::KronerPerInhabitant)),
        Column::numbers(pen.term(Term::InTotal)),
    ];
    let mut table =
        Table::new(caption, pen.term(Term::Cluster), columns).leading(leads([equations::X]));
    for row in rows {
        let inhabitants = row.inhabitants.max(1.0);
        let cells = vec![
            row.municipalities.to_string(),
            pen.cell(
                Scale::PER_INHABITANT,
                -row.per_inhabitant(),
                row.mcse / inhabitants,
            ),
            pen.cell(Scale::THOUSANDS, -row.x_mean, row.mcse),
        ];
        table.row(Rank::Main, &row.cluster, cells);
    }
    table
}
