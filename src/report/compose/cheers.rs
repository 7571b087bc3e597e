//! Where each item of CHEERS 2022 stands in the papers of this run, and which are blank.
//!
//! ```text
//!   item ─▶ stated: the fact itself or the section │ partly │ not relevant, because … │ not stated
//! ```
//!
//! Promise: a blank is shown as one, and only the model decides that an item is not relevant.
//! Absent: a judgement of how well an item is reported.

use super::headline;
use super::pen::Pen;
use crate::model::{Clinical, Grade, IndicatorTag, Words};
use crate::report::document::{Block, Column, Document, Rank, Table};
use crate::report::number::{Scale, count};
use crate::report::words::cheers as words;
use crate::report::words::{Term, joined};
use crate::verdict::Outcome;

/// How an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is said.
    Stated,
    /// Some of it is.
    Partly,
    /// The model has nothing of it.
    NotRelevant,
    /// Nobody has filled it in.
    Blank,
}

/// An item, how it stands, and what is said.
pub struct Item {
    /// Number and name.
    pub label: String,
    /// How it stands.
    pub state: State,
    /// The fact, the place, or why not.
    pub text: String,
}

impl State {
    /// The word of the state.
    pub fn text(self, pen: &Pen) -> String {
        let word = match self {
            State::Stated => words::STATED,
            State::Partly => words::PARTLY,
            State::NotRelevant => words::NOT_RELEVANT,
            State::Blank => words::NOT_STATED,
        };
        word.text(pen.language)
    }
}

/// The table.
pub fn write(pen: &Pen, document: &mut Document) {
    document.push(Block::Heading(words::CHEERS.text(pen.language)));
    let caption = words::CAPTION.text(pen.language);
    document.push(Block::Table(table(pen, caption, items(pen))));
}

/// Items as a table.
pub fn table(pen: &Pen, caption: String, items: Vec<Item>) -> Table {
    let columns = [words::STATE, words::ANSWER].map(|w| Column::words(w.text(pen.language)));
    let mut table = Table::new(caption, words::ITEM.text(pen.language), columns.into());
    for item in items {
        table.row(Rank::Main, item.label, [item.state.text(pen), item.text]);
    }
    table
}

/// The twenty-eight.
pub fn items(pen: &Pen) -> Vec<Item> {
    let reporting = &pen.model().agreement.governance.reporting;
    let told = |text: &Words, blank| or_blank(pen, pen.language.of(text), blank);
    let answers = [
        title(pen),
        clarified(pen, words::SUMMARY.text(pen.language)),
        background(pen),
        or_blank(pen, &reporting.plan, words::NO_PLAN),
        population(pen),
        setting(pen),
        comparators(pen),
        (State::Stated, words::PERSPECTIVE.text(pen.language)),
        horizon(pen),
        (State::Stated, discount(pen)),
        outcomes(pen),
        measurement(pen),
        valuation(pen),
        resources(pen),
        (
            State::Stated,
            words::prices(pen.language, pen.price_level()),
        ),
        (State::Stated, words::MODEL.text(pen.language)),
        analytics(pen),
        heterogeneity(pen),
        (State::Partly, words::DISTRIBUTION.text(pen.language)),
        clarified(pen, words::UNCERTAINTY.text(pen.language)),
        told(&reporting.consulted, words::NO_ENGAGEMENT),
        (State::Stated, parameters(pen)),
        main_result(pen),
        clarified(pen, section(pen, Term::RestsOn)),
        told(&reporting.changed, words::NO_CHANGE),
        findings(pen),
        told(&reporting.funding, words::NO_FUNDING),
        told(&reporting.interests, words::NO_CONFLICTS),
    ];
    let numbered = answers.into_iter().zip(words::ITEMS).enumerate();
    numbered
        .map(|(at, ((state, text), name))| Item {
            label: format!("{}. {}", at + 1, name.text(pen.language)),
            state,
            text,
        })
        .collect()
}

type Answer = (State, String);

fn section(pen: &Pen, heading: Term) -> String {
    words::under(pen.language, &pen.term(heading))
}

/// What there is only with a verdict.
fn clarified(pen: &Pen, text: String) -> Answer {
    match pen.verdict().outcome {
        Outcome::NotClarified => (State::Blank, pen.term(Term::NotClarified)),
        _ => (State::Stated, text),
    }
}

/// Stated where there is text, and blank where there is none.
fn given(pen: &Pen, text: String) -> Answer {
    match text.trim().is_empty() {
        true => (State::Blank, words::NOT_STATED.text(pen.language)),
        false => (State::Stated, text),
    }
}

/// What the scenario says, or what it leaves out.
fn or_blank(pen: &Pen, text: &str, blank: words::Both) -> Answer {
    match text.trim().is_empty() {
        true => (State::Blank, blank.text(pen.language)),
        false => (State::Stated, text.to_owned()),
    }
}

fn title(pen: &Pen) -> Answer {
    given(
        pen,
        pen.language.of(&pen.model().agreement.title).to_owned(),
    )
}

fn background(pen: &Pen) -> Answer {
    let agreement = &pen.model().agreement;
    let question = pen.language.of(&agreement.question).to_owned();
    let Clinical { what, why, .. } = &agreement.clinical;
    let (state, text) = given(pen, question);
    let solved = !pen.language.of(what).is_empty() && !pen.language.of(why).is_empty();
    match state {
        State::Stated if !solved => (State::Partly, text),
        state => (state, text),
    }
}

fn population(pen: &Pen) -> Answer {
    let coverages = &pen.model().agreement.coverages;
    let mut labels: Vec<String> = coverages
        .iter()
        .map(|c| pen.language.of(&c.label).to_owned())
        .collect();
    if labels.is_empty() {
        let groups = pen.model().world.groups.iter();
        labels = groups
            .map(|g| pen.language.of(&g.label).to_owned())
            .collect();
    }
    labels.dedup();
    given(pen, joined(pen.language, &labels))
}

fn setting(pen: &Pen) -> Answer {
    let world = &pen.model().world;
    let places = count(pen.language, world.municipalities.len());
    let text = words::setting(pen.language, pen.language.of(&world.title), &places);
    (State::Stated, text)
}

fn comparators(pen: &Pen) -> Answer {
    given(
        pen,
        pen.language
            .of(&pen.model().agreement.comparator)
            .to_owned(),
    )
}

fn horizon(pen: &Pen) -> Answer {
    let findings = pen.findings();
    let last = findings.years.last().copied().unwrap_or_default();
    let years = findings.verdict_years;
    clarified(
        pen,
        words::horizon(pen.language, years, pen.horizon(), last),
    )
}

/// Rates of the signed rule, step by step.
pub fn discount(pen: &Pen) -> String {
    let fine = Scale {
        unit: -2,
        finest: -1,
    };
    let steps = pen.model().balance.discount.iter();
    let step = |(to, rate): &(u32, f64)| {
        let to = (*to != u32::MAX).then_some(*to);
        (to, pen.plain(fine, *rate, 0.0))
    };
    words::discount(pen.language, &steps.map(step).collect::<Vec<_>>())
}

fn outcomes(pen: &Pen) -> Answer {
    let indicators = pen.model().agreement.indicators.iter();
    let of = |modelled: bool| {
        let asked = indicators
            .clone()
            .filter(|i| (i.tag != IndicatorTag::NotModelled) == modelled);
        count(pen.language, asked.count())
    };
    match pen.model().agreement.indicators.is_empty() {
        true => (State::Blank, words::NOT_STATED.text(pen.language)),
        false => {
            let text = words::indicators(pen.language, &of(true), &of(false));
            (State::Stated, text)
        }
    }
}

fn measurement(pen: &Pen) -> Answer {
    match pen.model().agreement.indicators.is_empty() {
        true => (State::Blank, words::NOT_STATED.text(pen.language)),
        false => clarified(pen, section(pen, Term::Activity)),
    }
}

fn valuation(pen: &Pen) -> Answer {
    match pen.findings().health.levels.is_empty() {
        true => (State::NotRelevant, words::NO_VALUE.text(pen.language)),
        false => (State::Stated, section(pen, Term::Health)),
    }
}

fn resources(pen: &Pen) -> Answer {
    (State::Stated, words::IN_TABLES.text(pen.language))
}

fn analytics(pen: &Pen) -> Answer {
    let times = count(pen.language, pen.findings().replicates);
    clarified(pen, words::calculated(pen.language, &times))
}

fn heterogeneity(pen: &Pen) -> Answer {
    let groups = &pen.model().world.groups;
    let several = groups.len() > 1 || groups.iter().any(|group| group.levels.len() > 1);
    match several {
        true => clarified(pen, section(pen, Term::Municipalities)),
        false => (State::NotRelevant, words::ONE_GROUP.text(pen.language)),
    }
}

fn parameters(pen: &Pen) -> String {
    let stated = pen.model().parameters.iter();
    let stated = stated.filter(|p| !p.name.starts_with("phase:"));
    let assumed = stated.clone().filter(|p| p.grade == Grade::C).count();
    let number = |n: usize| count(pen.language, n);
    let text = words::parameters(pen.language, &number(stated.count()), &number(assumed));
    format!("{text}: {}", words::IN_TABLES.text(pen.language))
}

fn main_result(pen: &Pen) -> Answer {
    match pen.verdict().outcome {
        Outcome::NotClarified => (State::Blank, pen.term(Term::NotClarified)),
        _ => (State::Stated, headline::society_briefly(pen)),
    }
}

fn findings(pen: &Pen) -> Answer {
    match pen.verdict().outcome {
        Outcome::NotClarified => (State::Blank, pen.term(Term::NotClarified)),
        _ => (State::Partly, words::FINDINGS.text(pen.language)),
    }
}
