//! Two scenarios side by side: the outcome of each, what differs, and what each difference moves.
//!
//! Promise: the lines of an account, with the rest, add up to B less A; one sign (+ is extra
//! expenditure). Absent: reading and computing.

use std::io;

use serde::Serialize;

use super::document::{Block, Column, Document, Rank, Table};
use super::finite::Figure;
use super::number::{Scale, Sign, figure};
use super::words::{Language, Sentence, Term, account_label};
use crate::model::{Account, Model, Parameter, Party, Quantity, Status, Words};
use crate::scenario::Kind;
use crate::stats::Estimate;
use crate::verdict::{Outcome, PartyVerdict};

/// Accounts compared, in column order.
pub const COMPARED_ACCOUNTS: [Account; 5] = [
    Account::Party(Party::Region),
    Account::Party(Party::Municipality),
    Account::Party(Party::Gp),
    Account::Party(Party::State),
    Account::Society,
];

/// Present value over the verdict horizon, positive better off, in the order of
/// [`COMPARED_ACCOUNTS`].
pub type Effects = [Estimate; COMPARED_ACCOUNTS.len()];

/// Two scenarios compared.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The first.
    pub a: Side,
    /// The second.
    pub b: Side,
    /// What differs.
    pub changes: Vec<ChangeLine>,
    /// Tables whose content differs.
    pub tables: Vec<String>,
    /// B less A.
    pub total: Effects,
    /// What no single change explains: tables, and changes acting together.
    pub rest: Effects,
    /// Price level of A.
    pub price_level: i32,
    /// Seed of every draw.
    pub seed: u64,
}

/// One of the two.
#[derive(Debug, Clone)]
pub struct Side {
    /// What the user called it.
    pub name: String,
    /// Its outcome.
    pub outcome: Outcome,
    /// X by account.
    pub x: Effects,
    /// Its title for readers.
    pub title: Words,
    /// How far approval has come.
    pub status: Status,
    /// The run folder's name, or the name that its run would get.
    pub run_id: String,
    /// How each party stands.
    pub parties: Vec<PartyVerdict>,
    /// Probability with which a limit must hold.
    pub confidence: f64,
    /// Replicates behind the outcome.
    pub replicates: usize,
    /// Years of the verdict horizon.
    pub years: u32,
}

/// One thing that differs.
#[derive(Debug, Clone)]
pub struct ChangeLine {
    /// Where.
    pub place: String,
    /// What stood in A.
    pub before: String,
    /// What stands in B.
    pub after: String,
    /// Places of changes that had to be made with it.
    pub with: Vec<String>,
    /// X with the change less X without; `None` where it is counted with another or in the rest.
    pub effect: Option<Effects>,
    /// What it is about.
    pub subject: Subject,
    /// Nothing stood there in A.
    pub is_new: bool,
    /// Nothing stands there in B.
    pub is_gone: bool,
    /// The outcome of A with this change alone, where it was asked for and computed.
    pub alone: Option<Outcome>,
}

/// What a change is about.
#[derive(Debug, Clone)]
pub enum Subject {
    /// A named figure.
    Figure {
        /// Its name for readers.
        label: Words,
        /// In A.
        before: Box<Option<Stated>>,
        /// In B.
        now: Box<Option<Stated>>,
    },
    /// Anything else in a file.
    Thing {
        /// In which part.
        part: Kind,
        /// First key of its place.
        key: String,
        /// Its name for readers, if it has one.
        label: Option<Words>,
    },
}

/// A figure as it is stated.
#[derive(Debug, Clone)]
pub struct Stated {
    /// Its value.
    pub quantity: Quantity,
    /// A formula in words of the files.
    pub formula: String,
    /// Unit key.
    pub unit: String,
    /// Where it comes from.
    pub source: String,
    /// The party it binds.
    pub owner: Option<Party>,
    /// Whether that party has approved it.
    pub approved: bool,
}

impl Stated {
    /// A parameter of a model.
    pub fn of(model: &Model, parameter: &Parameter) -> Stated {
        Stated {
            quantity: parameter.quantity.clone(),
            formula: super::result::quantity(model, &parameter.quantity),
            unit: parameter.unit.clone(),
            source: parameter.source.clone(),
            owner: parameter.owner,
            approved: parameter.is_approved(),
        }
    }
}

/// The comparison as a document.
pub fn comparison(compared: &Compared, language: Language) -> Document {
    let (a, b) = (&compared.a, &compared.b);
    let mut document = Document::new(format!("{} → {}", a.name, b.name));
    let outcome = |side: &Side| Term::from(side.outcome).text(language).to_owned();
    document.push(Block::facts(vec![
        (format!("A  {}", a.name), outcome(a)),
        (format!("B  {}", b.name), outcome(b)),
    ]));
    if compared.changes.is_empty() && compared.tables.is_empty() {
        document.push(Block::paragraph(Term::NothingDiffers.text(language)));
        return document;
    }
    document.push(Block::Table(effects(compared, language)));
    document.push(Block::Heading(Term::WhatDiffers.text(language).into()));
    let lines = compared.changes.iter().map(|change| told(change, language));
    let tables = compared.tables.iter();
    let tables = tables.map(|path| Sentence::TableDiffers(path).text(language));
    document.push(Block::list(lines.chain(tables)));
    document
}

fn effects(compared: &Compared, language: Language) -> Table {
    let all = [&compared.a.x, &compared.b.x, &compared.total];
    let amounts = all
        .into_iter()
        .flatten()
        .map(|estimate| estimate.mean.abs());
    let scale = Scale::of_column(amounts.fold(0.0, f64::max));
    let caption = Sentence::ComparisonCaption {
        scale,
        price_level: compared.price_level,
    };
    let headings = COMPARED_ACCOUNTS.map(|a| Column::numbers(account_label(language, a)));
    let mut table = Table::new(caption.text(language), String::new(), headings.into());
    let cells = |effects: &Effects| -> Vec<String> {
        let cell = |e: &Estimate| figure(language, scale, Sign::Both, -e.mean, e.mcse);
        effects.iter().map(cell).collect()
    };
    table.row(Rank::Main, "A", cells(&compared.a.x));
    for change in &compared.changes {
        if let Some(effect) = change.effect.as_ref().filter(|effect| moves(effect)) {
            table.row(Rank::Detail, &change.place, cells(effect));
        }
    }
    if moves(&compared.rest) {
        table.row(
            Rank::Detail,
            Term::ActingTogether.text(language),
            cells(&compared.rest),
        );
    }
    table.row(Rank::Main, "B", cells(&compared.b.x));
    table.row(
        Rank::Main,
        Term::BLessA.text(language),
        cells(&compared.total),
    );
    table
}

fn moves(effects: &Effects) -> bool {
    effects.iter().any(|estimate| estimate.mean != 0.0)
}

fn told(change: &ChangeLine, language: Language) -> String {
    let (before, after) = (shortened(&change.before), shortened(&change.after));
    let mut text = format!("{}: {before} → {after}", change.place);
    if change.effect.as_ref().is_some_and(|effect| !moves(effect)) {
        text.push_str(Term::MovesNothing.text(language));
    }
    if !change.with.is_empty() {
        let with = change.with.join(", ");
        text.push_str(&Sentence::MadeWith(&with).text(language));
    } else if change.effect.is_none() {
        text.push_str(Term::CountedElsewhere.text(language));
    }
    text
}

/// A value as long as a reader will follow; JSON has it whole.
fn shortened(text: &str) -> String {
    const READABLE: usize = 120;
    match text.char_indices().nth(READABLE) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// The comparison as JSON; X positive better off.
///
/// # Errors
/// A figure that is not finite.
pub fn comparison_json(compared: &Compared) -> io::Result<Vec<u8>> {
    #[derive(Serialize)]
    struct Facts<'a> {
        a: SideFacts<'a>,
        b: SideFacts<'a>,
        changes: Vec<ChangeFacts<'a>>,
        tables: &'a [String],
        rest: Vec<EffectFacts>,
        total: Vec<EffectFacts>,
    }
    let facts = Facts {
        a: side_facts(&compared.a),
        b: side_facts(&compared.b),
        changes: compared.changes.iter().map(change_facts).collect(),
        tables: &compared.tables,
        rest: effect_facts(&compared.rest),
        total: effect_facts(&compared.total),
    };
    let mut bytes = serde_json::to_vec_pretty(&facts)?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[derive(Serialize)]
struct SideFacts<'a> {
    name: &'a str,
    outcome: &'static str,
    x: Vec<EffectFacts>,
}

#[derive(Serialize)]
struct ChangeFacts<'a> {
    place: &'a str,
    before: &'a str,
    after: &'a str,
    with: &'a [String],
    effect: Option<Vec<EffectFacts>>,
}

#[derive(Serialize)]
struct EffectFacts {
    party: &'static str,
    x_mean: Figure,
    mcse: Figure,
}

fn side_facts(side: &Side) -> SideFacts<'_> {
    SideFacts {
        name: &side.name,
        outcome: side.outcome.key(),
        x: effect_facts(&side.x),
    }
}

fn change_facts(change: &ChangeLine) -> ChangeFacts<'_> {
    ChangeFacts {
        place: &change.place,
        before: &change.before,
        after: &change.after,
        with: &change.with,
        effect: change.effect.as_ref().map(effect_facts),
    }
}

fn effect_facts(effects: &Effects) -> Vec<EffectFacts> {
    let accounts = COMPARED_ACCOUNTS.iter().zip(effects);
    accounts
        .map(|(account, estimate)| EffectFacts {
            party: account.key(),
            x_mean: Figure(estimate.mean),
            mcse: Figure(estimate.mcse),
        })
        .collect()
}
