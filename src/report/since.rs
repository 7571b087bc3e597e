//! A comparison as a page for whoever decides: "Since the last draft …".
//!
//! ```text
//! Compared ─▶ both drafts │ the verdict, moved or not │ what was changed, in sentences
//!                         │ what each change moves, adding up │ how it was computed  ─▶ Document
//! ```
//!
//! Promise: lines of kroner add up as printed, with a line for what belongs to no single change; a
//! verdict that stays is said to stay. Absent: which of the changes is good.

use super::adding::AddingUp;
use super::compare::{COMPARED_ACCOUNTS, ChangeLine, Compared, Effects, Side, Stated, Subject};
use super::document::{Block, Column, Document, Rank, Table};
use super::likelihood::OutOf;
use super::number::{Scale, Sign, figure, supported_place};
use super::words::comparison as words;
use super::words::{
    Amount, Language, Sentence, Term, account_label, account_subject, joined, kroner_unit,
};
use crate::model::{Account, Quantity};
use crate::scenario::Kind;
use crate::stats::Estimate;
use crate::verdict::Standing;

/// The accounts of the page's table, by their place among those compared.
const SHOWN: [usize; 3] = [0, 1, 4];

/// The page.
pub fn since_last(compared: &Compared, language: Language) -> Document {
    let mut document = Document::new(words::SINCE.text(language));
    let title = language.of(&compared.b.title).to_owned();
    document.push(Block::facts(vec![
        (Term::Agreement.text(language).to_owned(), title),
        (words::BEFORE.text(language), side(&compared.a, language)),
        (words::NOW.text(language), side(&compared.b, language)),
    ]));
    document.push(Block::Heading(words::CONCLUSION.text(language)));
    document.push(Block::list(verdict(compared, language)));
    document.push(Block::Heading(words::CHANGED.text(language)));
    if compared.changes.is_empty() && compared.tables.is_empty() {
        document.push(Block::paragraph(words::NOTHING.text(language)));
        return document;
    }
    changes(compared, language, &mut document);
    let moved = moved(compared, language);
    if !moved.rows.is_empty() {
        document.push(Block::Heading(words::MOVES.text(language)));
        document.push(Block::Table(moved));
    }
    document.push(Block::Heading(words::HOW.text(language)));
    let unlike = compared.a.years != compared.b.years;
    document.push(Block::paragraph(words::how(
        language,
        compared.seed,
        unlike,
    )));
    document
}

fn side(side: &Side, language: Language) -> String {
    let status = Term::from(side.status).text(language);
    let outcome = Term::from(side.outcome).text(language);
    words::side(language, &side.name, &side.run_id, status, outcome)
}

// ---- the verdict ------------------------------------------------------------------------------

fn verdict(compared: &Compared, language: Language) -> Vec<String> {
    let (a, b) = (&compared.a, &compared.b);
    let outcome = |side: &Side| Term::from(side.outcome).text(language);
    let first = match a.outcome == b.outcome {
        true => words::unchanged(language, outcome(b)),
        false => words::moved(language, outcome(a), outcome(b)),
    };
    let mut sentences = vec![first];
    for now in &b.parties {
        let before = a.parties.iter().find(|party| party.account == now.account);
        let Some(before) = before.filter(|_| now.standing != Standing::Shown) else {
            continue;
        };
        let tally = |side: &Side, p| {
            let count = OutOf::of(p, side.confidence, side.replicates);
            Sentence::Tally(count).text(language)
        };
        let at = COMPARED_ACCOUNTS.iter().position(|a| *a == now.account);
        let (Some(at), who) = (at, account_label(language, now.account)) else {
            continue;
        };
        let counts = (&*tally(a, before.p_holds), &*tally(b, now.p_holds));
        let amounts = (&*cost(&a.x[at], language), &*cost(&b.x[at], language));
        sentences.push(words::holds(language, who, counts, amounts));
    }
    let society = SHOWN[2];
    let (before, now) = (&a.x[society], &b.x[society]);
    let (before, now) = (cost(before, language), cost(now, language));
    sentences.push(words::society(language, &before, &now));
    sentences
}

/// X, where positive is better off, as extra expenditure in words.
fn cost(x: &Estimate, language: Language) -> String {
    let scale = Scale::of_sentence(x.mean);
    let amount = Amount::new(language, scale, -x.mean, x.mcse);
    Sentence::Expected(&amount).text(language)
}

// ---- what was changed -------------------------------------------------------------------------

/// The changes in four groups, the figures first.
fn changes(compared: &Compared, language: Language, document: &mut Document) {
    let is_figure = |change: &ChangeLine| matches!(change.subject, Subject::Figure { .. });
    let part = |change: &ChangeLine| match &change.subject {
        Subject::Thing { part, .. } => Some(*part),
        Subject::Figure { .. } => None,
    };
    let of = |wanted: &dyn Fn(&ChangeLine) -> bool| -> Vec<String> {
        let changes = compared.changes.iter().filter(|change| wanted(change));
        changes
            .map(|change| told(compared, change, language))
            .collect()
    };
    let tables = compared
        .tables
        .iter()
        .map(|path| words::table(language, path));
    let mut world = of(&|change| part(change) == Some(Kind::World));
    world.extend(tables);
    let groups = [
        (words::FIGURES, of(&is_figure)),
        (
            words::AGREED,
            of(&|change| part(change) == Some(Kind::Agreement)),
        ),
        (
            words::PRINCIPLE,
            of(&|change| part(change) == Some(Kind::Balance)),
        ),
        (words::WORLD, world),
    ];
    for (heading, sentences) in groups {
        if !sentences.is_empty() {
            document.push(Block::Subheading(heading.text(language)));
            document.push(Block::list(sentences));
        }
    }
}

/// What was changed, where it comes from, what it moves and what it does to the verdict.
fn told(compared: &Compared, change: &ChangeLine, language: Language) -> String {
    let mut sentences = match &change.subject {
        Subject::Figure { label, before, now } => figure_told(
            language.of(label),
            (**before).as_ref(),
            (**now).as_ref(),
            language,
        ),
        Subject::Thing { label, key, .. } => {
            let kind = words::kind(language, key);
            let name = label.as_ref().map_or("", |label| language.of(label));
            vec![words::thing(language, kind, name, is(change))]
        }
    };
    sentences.extend(effect(change, language));
    sentences.extend(change.alone.map(|outcome| {
        let words_of = Term::from(outcome).text(language);
        words::alone(language, words_of, outcome != compared.a.outcome)
    }));
    sentences.join(" ")
}

fn figure_told(
    label: &str,
    before: Option<&Stated>,
    now: Option<&Stated>,
    language: Language,
) -> Vec<String> {
    let value = |stated: &Stated| value(stated, language);
    let (was, is) = (before.map(value), now.map(value));
    let mut sentences = vec![words::figure(
        language,
        label,
        was.as_deref(),
        is.as_deref(),
    )];
    if let Some(stated) = now.or(before) {
        let nobody = words::NOBODY.text(language);
        let owner = stated.owner.map(Account::Party);
        let owner = owner.map_or(&*nobody, |account| account_subject(language, account));
        let approved = stated.owner.map(|_| stated.approved);
        sentences.push(words::source(language, &stated.source, owner, approved));
    }
    sentences
}

/// A figure's value: the mean, with an interval where it is uncertain.
fn value(stated: &Stated, language: Language) -> String {
    let unit = words::unit(language, &stated.unit);
    let share = if stated.unit == "share" { 100.0 } else { 1.0 };
    let short = |x: f64| three_digits(share * x, language);
    match &stated.quantity {
        Quantity::Law(law) if law.is_fixed() => format!("{}{unit}", short(law.mean())),
        Quantity::Law(law) => {
            let mean = format!("{}{unit}", short(law.mean()));
            let (low, high) = (short(law.quantile(0.1)), short(law.quantile(0.9)));
            words::between(language, &mean, &low, &high)
        }
        Quantity::Formula(_) => stated.formula.clone(),
        Quantity::Unknown(_) => words::UNKNOWN.text(language),
    }
}

fn three_digits(x: f64, language: Language) -> String {
    // twice half of it leads where it leads itself
    let place = supported_place(0.5 * x).unwrap_or(0);
    let finest = (place - 2).min(0);
    let digits = figure(language, Scale { unit: 0, finest }, Sign::Minus, x, 0.0);
    let decimal = match language {
        Language::Da => ',',
        Language::En => '.',
    };
    match finest < 0 && digits.contains(decimal) {
        true => digits
            .trim_end_matches('0')
            .trim_end_matches(decimal)
            .to_owned(),
        false => digits,
    }
}

fn is(change: &ChangeLine) -> words::Is<'_> {
    match (change.is_new, change.is_gone) {
        (true, _) => words::Is::New,
        (_, true) => words::Is::Gone,
        _ => words::Is::Changed {
            place: &change.place,
            before: &change.before,
            now: &change.after,
        },
    }
}

fn effect(change: &ChangeLine, language: Language) -> Vec<String> {
    let mut sentences = Vec::new();
    match &change.effect {
        None if change.with.is_empty() => {
            sentences.push(words::COUNTED_ELSEWHERE.text(language));
        }
        None => {}
        Some(effect) if !moves(effect) => sentences.push(words::MOVES_NOTHING.text(language)),
        Some(effect) => sentences.push(words::moves(language, &amounts(effect, language))),
    }
    if !change.with.is_empty() {
        sentences.push(words::with(language, &joined(language, &change.with)));
    }
    sentences
}

/// Every account that it moves, in words.
fn amounts(effect: &Effects, language: Language) -> String {
    let parties = COMPARED_ACCOUNTS.iter().zip(effect);
    let moved = parties.filter(|(_, x)| x.mean != 0.0);
    let each = moved.map(|(account, x)| {
        words::to(
            language,
            &cost(x, language),
            account_subject(language, *account),
        )
    });
    joined(language, &each.collect::<Vec<String>>())
}

fn moves(effects: &Effects) -> bool {
    effects.iter().any(|estimate| estimate.mean != 0.0)
}

// ---- what each change moves -------------------------------------------------------------------

/// A line for each change that moves money, what belongs to none, and the sum.
fn moved(compared: &Compared, language: Language) -> Table {
    let mut lines: Vec<(String, [Estimate; SHOWN.len()])> = Vec::new();
    for change in &compared.changes {
        if let Some(effect) = change.effect.as_ref().filter(|effect| moves(effect)) {
            lines.push((name(change, language), extra(effect)));
        }
    }
    if moves(&compared.rest) {
        let together = words::TOGETHER.text(language);
        lines.push((together, extra(&compared.rest)));
    }
    let total = extra(&compared.total);
    let all = lines.iter().flat_map(|(_, amounts)| amounts).chain(&total);
    let most = all.map(|e| e.mean.abs()).fold(0.0, f64::max);
    let scale = Scale::of_column(most);
    let columns: [AddingUp; SHOWN.len()] = std::array::from_fn(|at| {
        let column: Vec<Estimate> = lines.iter().map(|(_, amounts)| amounts[at]).collect();
        AddingUp::new(scale, &column, total[at])
    });
    let headings = SHOWN.map(|at| Column::numbers(account_label(language, COMPARED_ACCOUNTS[at])));
    let unit = kroner_unit(language, scale);
    let caption = words::caption(language, unit, compared.price_level, compared.b.years);
    let mut table = Table::new(caption, words::CHANGE.text(language), headings.into());
    for (at, (label, _)) in lines.iter().enumerate() {
        let cells = columns.iter().map(|column| column.line(at, language));
        table.row(Rank::Detail, label, cells);
    }
    if !lines.is_empty() {
        let sums = columns.iter().map(|column| column.sum(language));
        table.row(Rank::Main, words::IN_TOTAL.text(language), sums);
    }
    table
}

fn name(change: &ChangeLine, language: Language) -> String {
    match &change.subject {
        Subject::Figure { label, .. } => language.of(label).to_owned(),
        Subject::Thing { label, key, .. } => match label {
            Some(label) => language.of(label).to_owned(),
            None => words::kind(language, key).to_owned(),
        },
    }
}

/// X, where positive is better off, as extra expenditure.
fn extra(effects: &Effects) -> [Estimate; SHOWN.len()] {
    SHOWN.map(|at| Estimate {
        mean: -effects[at].mean + 0.0,
        mcse: effects[at].mcse,
    })
}
