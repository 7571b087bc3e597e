//! What the annex's figures are built on, how sure they are, and what is not counted.
//!
//! ```text
//!   importance ─▶ ten strongest assumptions: value · source · who approved
//!              └▶ two sentences on what would change the verdict
//!   model ─────▶ no figure · stand-ins · assumptions · years beyond the agreement · who is outside
//! ```
//!
//! Promise: each point follows from a fact of the run; nothing is said by habit alone but what no
//! run ever counts. Absent: switching values, which no run computes.

use super::headline;
use super::pen::Pen;
use crate::analysis::{Account, ImportanceRow};
use crate::model::{Grade, IndicatorTag, Mechanism, MechanismKind, Parameter, Party, Quantity};
use crate::report::document::{Block, Cell, Column, Document, Rank, Table, Text};
use crate::report::number::{Scale, Sign, count, figure};
use crate::report::words::annex as annex_words;
use crate::report::words::paper as words;
use crate::report::words::{Term, account_subject, joined};

/// Assumptions listed.
const LISTED: usize = 10;

/// The strongest assumptions of any watched account, each once.
pub fn assumptions(pen: &Pen, document: &mut Document) {
    let rows = strongest(pen);
    document.push(Block::Heading(annex_words::BUILT_ON.text(pen.language)));
    if rows.is_empty() {
        document.push(Block::paragraph(pen.term(Term::NoSingleOne)));
        return;
    }
    let columns = vec![
        Column::words(words::VALUE.text(pen.language)),
        Column::words(words::SOURCE_AND_GRADE.text(pen.language)),
        Column::words(words::APPROVED_BY.text(pen.language)),
    ];
    let caption = annex_words::assumptions(pen.language).to_owned();
    let mut table = Table::new(caption, pen.term(Term::Assumption), columns);
    for row in rows {
        let parameter = pen.model().parameter(row.parameter);
        let figure = format!("parameters.{}", parameter.name);
        let source = format!("{} ({})", parameter.source, parameter.grade.key());
        let cells: Vec<Cell> = vec![
            Cell::of(figure, value(pen, parameter)),
            source.into(),
            approved_by(pen, parameter).into(),
        ];
        table.row(Rank::Main, pen.language.of(&parameter.label), cells);
    }
    document.push(Block::Table(table));
}

fn strongest<'a>(pen: &Pen<'a>) -> Vec<&'a ImportanceRow> {
    let mut rows: Vec<&ImportanceRow> = pen.findings().importance.iter().collect();
    rows.retain(|row| row.share > 2.0 * row.mcse);
    rows.sort_by(|a, b| {
        b.share
            .total_cmp(&a.share)
            .then(a.parameter.cmp(&b.parameter))
    });
    let mut seen = Vec::new();
    rows.retain(|row| {
        let new = !seen.contains(&row.parameter);
        seen.push(row.parameter);
        new
    });
    rows.truncate(LISTED);
    rows
}

/// Median and central 80 % of a figure, with its unit and price level.
pub fn value(pen: &Pen, parameter: &Parameter) -> String {
    let law = match &parameter.quantity {
        Quantity::Law(law) => law,
        Quantity::Formula(_) => return words::COMPUTED.text(pen.language),
        Quantity::Unknown(_) => return words::UNKNOWN.text(pen.language),
    };
    let percent = matches!(parameter.unit.as_str(), "share" | "per_year");
    let number = |x: f64| three_digits(pen, x, percent);
    let (low, mid, high) = (law.quantile(0.1), law.quantile(0.5), law.quantile(0.9));
    let mut text = number(mid);
    if !law.is_fixed() && number(low) != number(high) {
        text = format!("{text} ({}–{})", number(low), number(high));
    }
    text.push_str(words::unit(pen.language, &parameter.unit));
    if let Some(price) = &parameter.price {
        text.push_str(&words::in_prices(pen.language, price.year));
    }
    text
}

/// A stated figure to three digits; it has no calculation error.
fn three_digits(pen: &Pen, x: f64, percent: bool) -> String {
    let printed = if percent { 100.0 * x } else { x };
    let mut beyond = 0;
    let mut left = printed.abs();
    while left >= 1000.0 {
        left /= 10.0;
        beyond += 1;
    }
    let finest = match printed.abs() {
        x if x >= 100.0 => beyond,
        x if x >= 10.0 => -1,
        x if x >= 1.0 => -2,
        _ => -3,
    };
    let unit = if percent { -2 } else { 0 };
    let digits = figure(pen.language, Scale { unit, finest }, Sign::Minus, x, 0.0);
    match finest {
        0.. => digits,
        _ => digits
            .trim_end_matches('0')
            .trim_end_matches([',', '.'])
            .to_owned(),
    }
}

/// Who has approved a figure, or that nobody has.
fn approved_by(pen: &Pen, parameter: &Parameter) -> String {
    if parameter.owner.is_none() {
        return words::BINDS_NOBODY.text(pen.language);
    }
    let name = |key: &String| match Party::from_key(key) {
        Some(party) => account_subject(pen.language, Account::Party(party)).to_owned(),
        None => key.clone(),
    };
    let names: Vec<String> = parameter.approved_by.iter().map(name).collect();
    match names.is_empty() {
        true => words::NOBODY_YET.text(pen.language),
        false => joined(pen.language, &names),
    }
}

/// Words and counts, and what would change the verdict.
pub fn sureness(pen: &Pen, document: &mut Document) {
    let times = count(pen.language, pen.findings().replicates);
    let mut sentences = vec![annex_words::calculated(pen.language, &times)];
    sentences.push(headline::society_likely(pen));
    let mut figures = vec!["probability.society".to_owned()];
    for (sentence, assumption) in SIDES.into_iter().filter_map(|side| turns_on(pen, side)) {
        sentences.push(sentence);
        figures.push(assumption);
    }
    figures.dedup();
    let effect = |m: &Mechanism| matches!(m.kind, MechanismKind::Effect(_));
    if pen.model().agreement.mechanisms.iter().any(effect) {
        sentences.push(words::OUTSIDE_VIEW.text(pen.language));
    }
    document.push(Block::Heading(annex_words::SURENESS.text(pen.language)));
    let text = Text::from(sentences.join(" ")).leading(figures);
    document.push(Block::paragraph(text));
}

const SIDES: [Account; 2] = [
    Account::Party(Party::Region),
    Account::Party(Party::Municipality),
];

/// The strongest assumption behind an account's result, and which way it pulls; its id.
fn turns_on(pen: &Pen, account: Account) -> Option<(String, String)> {
    let mut rows = pen.findings().importance.iter();
    let row = rows.find(|row| row.account == account && row.share > 2.0 * row.mcse)?;
    let share = pen.plain(Scale::PERCENT, row.share.min(1.0), row.mcse);
    let parameter = pen.model().parameter(row.parameter);
    let name = pen.language.of(&parameter.label);
    let account = account_subject(pen.language, account);
    let words = words::turns_on(pen.language, account, name, &share, row.direction);
    Some((words, format!("parameters.{}", parameter.name)))
}

/// What no figure above contains.
pub fn not_counted(pen: &Pen, document: &mut Document) {
    let language = pen.language;
    let mut points: Vec<Text> = Vec::new();
    let mut add = |text: Option<String>| points.extend(text.map(Text::from));
    let named = |tag: IndicatorTag| -> Option<String> {
        let indicators = pen.model().agreement.indicators.iter();
        let names: Vec<String> = indicators
            .filter(|i| i.tag == tag)
            .map(|i| language.of(&i.label).to_owned())
            .collect();
        (!names.is_empty()).then(|| joined(language, &names))
    };
    add(named(IndicatorTag::NotModelled).map(|n| words::not_followed(language, &n)));
    add(named(IndicatorTag::Proxy).map(|n| words::proxies(language, &n)));
    points.extend(assumed(pen).map(|text| Text::from(text).leading(["parameters"])));
    let mut add = |text: Option<String>| points.extend(text.map(Text::from));
    add(extrapolated(pen));
    add(left_out(pen));
    points.extend(headline::outside(pen).map(Text::from));
    for always in [
        annex_words::NO_HEALTH,
        annex_words::NO_TIME,
        words::FREED_NOT_CLOSED,
        annex_words::NO_ELSEWHERE,
    ] {
        points.push(always.text(language).into());
    }
    document.push(Block::Heading(annex_words::NOT_COUNTED.text(language)));
    document.push(Block::list(points));
}

/// Stated figures, and how many of them are assumptions.
pub fn assumptions_of_all(pen: &Pen) -> (usize, usize) {
    // Phases of capacity are drawn for every site; an author states none of them.
    let parameters = pen.model().parameters.iter();
    let stated = parameters.filter(|p| !p.name.starts_with("phase:"));
    let of = stated.clone().count();
    (stated.filter(|p| p.grade == Grade::C).count(), of)
}

fn assumed(pen: &Pen) -> Option<String> {
    let (many, of) = assumptions_of_all(pen);
    let number = |n| count(pen.language, n);
    (many > 0).then(|| words::assumed(pen.language, &number(many), &number(of)))
}

fn extrapolated(pen: &Pen) -> Option<String> {
    let last = pen.model().agreement.period.1;
    let to = pen.findings().years.last().copied()?;
    (to > last).then(|| words::beyond_period(pen.language, last, to))
}

/// Municipalities that take no part, where they are few.
fn left_out(pen: &Pen) -> Option<String> {
    let agreement = &pen.model().agreement;
    let municipalities = pen.model().world.municipalities.iter().enumerate();
    let names: Vec<String> = municipalities
        .filter(|(m, _)| agreement.start_of(*m).is_none())
        .map(|(_, municipality)| municipality.name.clone())
        .collect();
    (!names.is_empty() && names.len() <= 4).then(|| words::stay_out(pen.language, &names))
}
