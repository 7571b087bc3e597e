//! Who answers for the result: the professional solution first, approvals, evidence, safety, risk.
//!
//! Promise: what is not documented, not approved or not safe is said in the conclusion, before any
//! table. Absent: a judgement of who is right.

use super::pen::{Pen, cost, interval_error};
use crate::analysis::{Summary, TailRow};
use crate::model::{Grade, Party};
use crate::report::document::{Block, Column, Document, Rank, Table};
use crate::report::likelihood::Likelihood;
use crate::report::number::Scale;
use crate::report::words::accountability as words;
use crate::report::words::{Term, account_label, account_subject, joined};
use crate::verdict::{Outcome, Probability};

/// What is done and why: before the economy.
pub fn solution(pen: &Pen, document: &mut Document) {
    let clinical = &pen.model().agreement.clinical;
    let language = pen.language;
    let texts = [
        (words::WHAT, language.of(&clinical.what)),
        (words::WHY, language.of(&clinical.why)),
        (words::EVIDENCE, clinical.evidence.as_str()),
        (words::RECOMMENDED, clinical.recommended_by.as_str()),
    ];
    let stated = texts.into_iter().filter(|(_, text)| !text.is_empty());
    let facts: Vec<(String, String)> = stated
        .map(|(label, text)| (label.text(language), text.to_owned()))
        .collect();
    if !facts.is_empty() {
        document.push(Block::Heading(words::SOLUTION.text(language)));
        document.push(Block::facts(facts));
    }
}

/// What stands in the place of the balance where a limit of safety does not surely hold.
pub fn blocked(pen: &Pen) -> Option<String> {
    let mut rows = pen.findings().accountability.safety.iter();
    let row = rows.find(|row| row.breached)?;
    let limit = &pen.model().agreement.governance.safety[row.at];
    let percent = |x: f64| pen.plain(Scale::PERCENT, x, 0.0);
    Some(words::blocked(
        pen.language,
        pen.language.of(&limit.what),
        &percent(row.mean),
        &percent(limit.margin),
        &percent(row.within),
    ))
}

/// Sentences that belong among the reservations of the conclusion.
pub fn reservations(pen: &Pen) -> Vec<String> {
    let found = &pen.findings().accountability;
    let language = pen.language;
    let mut sentences = Vec::new();
    let parties: Vec<String> = found
        .unapproved
        .iter()
        .map(|(party, count)| format!("{} ({count})", subject(pen, *party)))
        .collect();
    if !parties.is_empty() {
        sentences.push(words::waiting_for(language, &joined(language, &parties)));
    }
    let most = found.amounts.iter().map(|(_, share)| *share);
    let most = most.fold(0.0, f64::max);
    if most > 0.0 {
        let share = pen.plain(Scale::PERCENT, most, 0.0);
        sentences.push(words::rests_on_unapproved(language, &share));
    }
    let unsigned = pen.model().unsigned_sides();
    if !unsigned.is_empty() {
        let sides: Vec<String> = unsigned.iter().map(|p| subject(pen, *p)).collect();
        sentences.push(words::unsigned(language, &joined(language, &sides)));
    }
    let undocumented = |(grade, _): &(Grade, f64)| *grade == Grade::C;
    if !found.evidence.is_empty() && found.evidence.iter().all(undocumented) {
        sentences.push(words::UNDOCUMENTED.text(language));
    }
    sentences
}

fn subject(pen: &Pen, party: Party) -> String {
    account_subject(pen.language, crate::model::Account::Party(party)).to_owned()
}

/// Evidence, risk, goals and reviews.
pub fn write(pen: &Pen, document: &mut Document) {
    if pen.verdict().outcome == Outcome::NotClarified {
        return;
    }
    let language = pen.language;
    document.push(Block::Heading(words::ANSWERS.text(language)));
    let found = &pen.findings().accountability;
    let mut facts = Vec::new();
    let grades: Vec<String> = found
        .evidence
        .iter()
        .map(|(grade, share)| {
            let share = pen.plain(Scale::PERCENT, *share, 0.0);
            format!("{}: {share}\u{a0}%", grade.key())
        })
        .collect();
    if !grades.is_empty() {
        let text = words::effects_rest_on(language, &joined(language, &grades));
        facts.push((words::EFFECTS.text(language), text));
    }
    for row in &found.goals {
        let indicator = &pen.model().agreement.indicators[row.indicator];
        let p = Probability {
            p: row.reached.mean,
            mcse: row.reached.mcse,
            ..Probability::default()
        };
        let change = pen.plain(Scale::PERCENT, row.change.abs(), 0.0);
        let likely = pen.term(Likelihood::of(p.p));
        let text = words::goal(
            language,
            (row.change, &change),
            row.by_year,
            &likely,
            &pen.out_of(p),
        );
        facts.push((language.of(&indicator.label).to_owned(), text));
    }
    let basis = &pen.model().agreement.settlement.legal_basis;
    if !basis.is_empty() {
        facts.push((words::LEGAL_BASIS.text(language), basis.clone()));
    }
    facts.push((words::REVIEWED.text(language), reviews(pen)));
    document.push(Block::facts(facts));
    let table = tails(pen);
    if !table.rows.is_empty() {
        document.push(Block::Table(table));
    }
}

pub fn reviews(pen: &Pen) -> String {
    let reviews = &pen.model().agreement.governance.reviews;
    if reviews.is_empty() {
        return words::NOT_REVIEWED.text(pen.language);
    }
    let line =
        |r: &crate::model::Review| format!("{} ({}, {}): {}", r.what, r.who, r.when, r.result);
    let lines: Vec<String> = reviews.iter().map(line).collect();
    lines.join("; ")
}

/// The worst tenth by account, as extra expenditure.
fn tails(pen: &Pen) -> Table {
    let accounts = pen.accounts();
    let rows = pen.findings().accountability.tails.iter();
    let rows: Vec<&TailRow> = rows.filter(|row| accounts.contains(&row.account)).collect();
    let largest = rows
        .iter()
        .map(|row| row.shortfall.abs().max(row.worst_tenth.abs()));
    let scale = Scale::of_column(largest.fold(0.0, f64::max));
    let (from, to) = pen.horizon();
    let caption = words::tails(pen.language, scale, pen.price_level(), (from, to));
    let columns = vec![
        Column::numbers(words::WORST_TENTH.text(pen.language)),
        Column::numbers(words::SHORTFALL.text(pen.language)),
    ];
    let figures = rows.iter().map(|row| format!("x.{}", row.account.key()));
    let mut table = Table::new(caption, pen.term(Term::Party), columns).leading(figures);
    for row in rows {
        // the error of a tail is that of its tenth of the draws: √10 of the mean's
        let own = pen.findings().present_value.iter();
        let mut own = own.filter(|r| r.account == row.account);
        let value: Summary = own.next().map(|r| cost(&r.value)).unwrap_or_default();
        let error = interval_error((0.0, 2.0 * 1.96 * value.mcse * 3.2));
        let cells = vec![
            pen.cell(scale, -row.worst_tenth + 0.0, error),
            pen.cell(scale, -row.shortfall + 0.0, error),
        ];
        table.row(Rank::Main, account_label(pen.language, row.account), cells);
    }
    table
}
