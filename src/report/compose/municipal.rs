//! One page for each municipality, from the same run and adding up to the common table.
//!
//! Promise: its figures are those of its line in the report. Absent: figures that a municipality
//! is too small for; what chance alone may do to it stands beside.

use super::municipalities::{per_inhabitant, start, verdict};
use super::pen::{Pen, cost};
use super::{drawn, headline};
use crate::analysis::MunicipalityRow;
use crate::report::Run;
use crate::report::document::{Block, Document};
use crate::report::number::{Scale, count};
use crate::report::words::annex as words;
use crate::report::words::{Language, Sentence, Term};

/// (code, page) of every municipality.
pub fn municipal_pages(run: &Run, language: Language) -> Vec<(String, Document)> {
    let pen = Pen::new(run, language);
    let rows = pen.findings().municipalities.iter();
    let page = |row: &MunicipalityRow| {
        let municipality = &run.model.world.municipalities[row.municipality.0 as usize];
        (
            municipality.code.clone(),
            one(&pen, row, &municipality.name),
        )
    };
    rows.map(page).collect()
}

fn one(pen: &Pen, row: &MunicipalityRow, name: &str) -> Document {
    let title = pen.language.of(&pen.model().agreement.title);
    let mut document = Document::new(format!("{name}: {title}"));
    let each = per_inhabitant(row);
    let total = cost(&row.x);
    let mut facts = vec![
        (pen.term(Term::Start), start(pen, row)),
        (
            words::INHABITANTS.text(pen.language),
            count(pen.language, row.inhabitants.round().max(0.0) as usize),
        ),
        (
            words::expected_over(pen.language, pen.findings().verdict_years),
            format!(
                "{} ({})",
                pen.amount(total.mean, total.mcse),
                pen.range(&total)
            ),
        ),
        (
            words::PER_INHABITANT.text(pen.language),
            pen.amount(each.mean, each.mcse),
        ),
        (words::BY_CHANCE.text(pen.language), chance(pen, row)),
    ];
    if let Some(own) = verdict(pen, row) {
        facts.push((pen.term(Term::Assessment), pen.term(own.standing)));
        if own.compensation != 0.0 {
            let after = pen.term(own.standing_after);
            facts.push((pen.term(Term::AfterCompensation), after));
        }
    }
    facts.push((words::ALL_OF_IT.text(pen.language), headline::outcome(pen)));
    document.push(Block::facts(facts));
    document.push(Block::Heading(words::BESIDE_OTHERS.text(pen.language)));
    document.push(drawn::municipal_bars(pen, Some(name)));
    document
}

fn chance(pen: &Pen, row: &MunicipalityRow) -> String {
    let scale = Scale::of_sentence(row.chance_band);
    let digits = pen.plain(scale, row.chance_band, 0.02 * row.chance_band);
    words::by_chance(pen.language, &pen.say(Sentence::Kroner(&digits, scale)))
}
