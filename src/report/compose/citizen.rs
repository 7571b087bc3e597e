//! A page for citizens: what is done, why, when and where, and what is not known.
//!
//! Promise: the agreement's own words, and one sentence of money. Absent: tables and verdict words.

use super::pen::Pen;
use super::{grounds, headline};
use crate::analysis::Account;
use crate::model::Status;
use crate::report::Run;
use crate::report::document::{Block, Document};
use crate::report::likelihood::Likelihood;
use crate::report::number::{Scale, count};
use crate::report::words::annex as words;
use crate::report::words::paper;
use crate::report::words::{Amount, Direction, Language, Sentence, joined};

/// The page of a run.
pub fn citizen(run: &Run, language: Language) -> Document {
    let pen = Pen::new(run, language);
    let agreement = &run.model.agreement;
    let clinical = &agreement.clinical;
    let mut document = Document::new(language.of(&agreement.title));
    let mut part = |heading: words::Both, text: String| {
        if !text.is_empty() {
            document.push(Block::Heading(heading.text(language)));
            document.push(Block::paragraph(text));
        }
    };
    part(words::WHAT_HAPPENS, language.of(&clinical.what).to_owned());
    part(words::WHY_IT_HAPPENS, language.of(&clinical.why).to_owned());
    part(words::WHERE_AND_WHEN, where_and_when(&pen));
    part(words::WHAT_IT_COSTS, money(&pen));
    part(words::WHAT_IS_NOT_KNOWN, open(&pen));
    document
}

/// How likely it costs more, and how much.
fn money(pen: &Pen) -> String {
    let p = pen.verdict().society;
    let dearer = p.p < 0.5;
    let p = match dearer {
        true => headline::against(p),
        false => p,
    };
    let likely = pen.term(Likelihood::of(p.p));
    let years = pen.findings().verdict_years;
    let said = paper::citizens_money(pen.language, dearer, &likely, &pen.out_of(p), years);
    let amount = headline::horizon_cost(pen, Account::Society).map(|cost| {
        let scale = Scale::of_sentence(cost.mean);
        let amount = Amount::new(pen.language, scale, cost.mean, cost.mcse);
        let kroner = pen.say(Sentence::Kroner(&amount.digits, amount.scale));
        let more = match amount.direction {
            Direction::Extra => Some(true),
            Direction::Less => Some(false),
            Direction::Unchanged => None,
        };
        paper::citizens_amount(pen.language, &kroner, more, &pen.range(&cost))
    });
    [Some(said), amount]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

fn open(pen: &Pen) -> String {
    let draft = pen.model().status() != Status::Approved;
    let (assumed, of) = grounds::assumptions_of_all(pen);
    let number = |n| count(pen.language, n);
    paper::citizens_open(
        pen.language,
        draft,
        headline::undocumented(pen),
        &number(assumed),
        &number(of),
    )
}

/// Year and month, and who begins then.
type Beginners = (Option<(i32, u32)>, Vec<String>);

/// Municipalities by the month they begin; those that stay out are named.
fn where_and_when(pen: &Pen) -> String {
    let municipalities = &pen.model().world.municipalities;
    let agreement = &pen.model().agreement;
    let mut starts: Vec<Beginners> = Vec::new();
    for (m, municipality) in municipalities.iter().enumerate() {
        let start = agreement.start_of(m);
        match starts.iter_mut().find(|(s, _)| *s == start) {
            Some((_, names)) => names.push(municipality.name.clone()),
            None => starts.push((start, vec![municipality.name.clone()])),
        }
    }
    // those that take no part come last
    starts.sort_by_key(|(start, _)| (start.is_none(), *start));
    let all = municipalities.len();
    let sentence = |(start, names): &Beginners| {
        let who = match names.len() == all {
            true => words::all_municipalities(pen.language, all),
            false => joined(pen.language, names),
        };
        words::begins(pen.language, *start, &who)
    };
    starts.iter().map(sentence).collect::<Vec<_>>().join(" ")
}
