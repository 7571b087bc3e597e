//! One page for each municipality, from the same run and adding up to the common table.
//!
//! Promise: its figures are those of its line in the report. Absent: figures that a municipality
//! is too small for; what chance alone may do to it stands beside.

use super::municipalities::{per_inhabitant, start, verdict};
use super::pen::{Pen, cost};
use super::{drawn, grounds, headline, municipalities};
use crate::analysis::{Account, ImportanceRow, MunicipalityRow};
use crate::model::Party;
use crate::report::Run;
use crate::report::document::{Block, Document};
use crate::report::number::{Scale, agreeing, count, is_nothing};
use crate::report::words::annex as words;
use crate::report::words::paper;
use crate::report::words::{Amount, Language, Sentence, Term};

/// (code, page) of every municipality.
pub fn municipal_pages(run: &Run, language: Language) -> Vec<(String, Document)> {
    let pen = Pen::new(run, language);
    let totals = municipalities::agreed_totals(&pen);
    let shares = shares(&pen);
    let rows = pen.findings().municipalities.iter().zip(totals).zip(shares);
    let page = |((row, total), share): ((&MunicipalityRow, f64), f64)| {
        let municipality = &run.model.world.municipalities[row.municipality.0 as usize];
        let own = Own { row, total, share };
        (
            municipality.code.clone(),
            one(&pen, &own, &municipality.name),
        )
    };
    rows.map(page).collect()
}

/// What a page is about.
struct Own<'a> {
    row: &'a MunicipalityRow,
    /// Extra expenditure as the common table prints it (kr.).
    total: f64,
    /// Its part of the compensation, rounded to add up to the whole (kr., positive is received).
    share: f64,
}

/// Parts of the compensation in row order, rounded so that the printed add up.
fn shares(pen: &Pen) -> Vec<f64> {
    let rows = pen.findings().municipalities.iter();
    let share = |row| verdict(pen, row).map_or(0.0, |own| own.compensation);
    agreeing(&rows.map(share).collect::<Vec<f64>>(), Scale::THOUSANDS)
}

fn one(pen: &Pen, own: &Own, name: &str) -> Document {
    let title = pen.language.of(&pen.model().agreement.title);
    let mut document = Document::new(format!("{name}: {title}"));
    let row = own.row;
    let each = per_inhabitant(row);
    let mut facts = vec![
        (
            paper::SAME_RUN.text(pen.language),
            paper::same_run(pen.language, pen.run_id(), pen.price_level()),
        ),
        (words::STATUS.text(pen.language), headline::status(pen)),
        (pen.term(Term::Start), start(pen, row)),
        (
            words::INHABITANTS.text(pen.language),
            count(pen.language, row.inhabitants.round().max(0.0) as usize),
        ),
        (
            words::expected_over(pen.language, pen.findings().verdict_years),
            expected(pen, own),
        ),
        (
            paper::IN_THE_TABLE.text(pen.language),
            paper::in_the_table(
                pen.language,
                &pen.cell(Scale::MILLIONS, own.total, 0.0),
                &pen.cell(Scale::PER_INHABITANT, each.mean, each.mcse),
            ),
        ),
        (
            words::PER_INHABITANT.text(pen.language),
            pen.amount(each.mean, each.mcse),
        ),
        (words::BY_CHANCE.text(pen.language), chance(pen, row)),
    ];
    facts.extend(standing(pen, own));
    let rests = rests_on(pen);
    if !rests.is_empty() {
        facts.push((paper::RESTS.text(pen.language), rests));
    }
    facts.push((words::ALL_OF_IT.text(pen.language), headline::outcome(pen)));
    document.push(Block::facts(facts));
    document.push(Block::Heading(words::BESIDE_OTHERS.text(pen.language)));
    document.push(drawn::municipal_bars(pen, Some(name)));
    document
}

/// As the common table prints it, with its range; finer where the table prints nothing.
fn expected(pen: &Pen, own: &Own) -> String {
    let cost = cost(&own.row.x);
    let printed = Amount::new(pen.language, Scale::MILLIONS, own.total, 0.0);
    let amount = match is_nothing(&printed.digits) {
        true => pen.amount(cost.mean, cost.mcse),
        false => pen.say(Sentence::Expected(&printed)),
    };
    format!("{amount} ({})", pen.range(&cost))
}

/// How it stands, and its part of the compensation before and after.
fn standing(pen: &Pen, own: &Own) -> Vec<(String, String)> {
    let Some(verdict) = verdict(pen, own.row) else {
        return Vec::new();
    };
    let mut facts = vec![(pen.term(Term::Assessment), pen.term(verdict.standing))];
    if verdict.compensation == 0.0 {
        return facts;
    }
    let scale = Scale::THOUSANDS;
    let digits = pen.plain(scale, own.share.abs(), 0.0);
    let sum = pen.say(Sentence::Kroner(&digits, scale));
    let cost = cost(&own.row.x);
    facts.push((
        paper::SHARE.text(pen.language),
        paper::share(pen.language, own.share > 0.0, &sum),
    ));
    facts.push((
        paper::WITH_SHARE.text(pen.language),
        pen.amount(cost.mean - verdict.compensation, cost.mcse),
    ));
    facts.push((
        pen.term(Term::AfterCompensation),
        pen.term(verdict.standing_after),
    ));
    facts
}

/// The strongest assumptions behind the municipalities' result.
fn rests_on(pen: &Pen) -> String {
    let municipalities = Account::Party(Party::Municipality);
    let rows = pen.findings().importance.iter();
    let visible = rows.filter(|r| r.account == municipalities && r.share > 2.0 * r.mcse);
    let name = |row: &ImportanceRow| {
        let parameter = pen.model().parameter(row.parameter);
        let label = pen.language.of(&parameter.label);
        format!("{label}: {}", grounds::value(pen, parameter))
    };
    visible.take(3).map(name).collect::<Vec<_>>().join("; ")
}

fn chance(pen: &Pen, row: &MunicipalityRow) -> String {
    let scale = Scale::of_sentence(row.chance_band);
    let digits = pen.plain(scale, row.chance_band, 0.02 * row.chance_band);
    words::by_chance(pen.language, &pen.say(Sentence::Kroner(&digits, scale)))
}
