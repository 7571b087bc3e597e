//! From a printed figure to what it rests on: lines, formulas, parameters, sources, places.
//!
//! ```text
//! Explanation ─▶ the figure with its error │ one section a line, with its formula │ parameters
//!            └─▶ the same as JSON
//! ```
//!
//! Promise: the lines add up to the figure, and the sign is the report's (+ is extra
//! expenditure). A figure that is no sum of lines has a definition and names what it is made of.
//! Absent: the walk through the model, which is the affair of [`crate::analysis`].

use std::io;

use serde::Serialize;

use super::document::{Block, Column, Document, Rank, Table};
use super::finite::Figure as Finite;
use super::number::{Scale, Sign, figure, number_of};
use super::result::{ParameterFacts, parameter_facts};
use super::words::{
    Language, Sentence, Term, account_label, explained as words, formula as formula_text, joined,
    quantity,
};
use crate::analysis::{
    ExplainedLine, Explanation, Figure, Findings, IndicatorRow, Summary, made_of, tag_id,
};
use crate::model::{Account, Model, Parameter, Tag};

/// Terms of a formula shown in text; JSON has them all.
const TERMS: usize = 6;

/// A figure's value, and how it prints.
struct Told {
    mean: f64,
    mcse: f64,
    /// −1 where the figure is X, positive better off, and the document prints expenditure.
    sign: f64,
    scale: Scale,
}

/// The explanation as a document.
pub fn explanation(
    model: &Model,
    findings: &Findings,
    id: &str,
    explained: &Explanation,
    language: Language,
) -> Document {
    let mut document = Document::new(title(model, findings, explained.figure, language));
    if !explained.figure.has_formula() {
        defined(
            model,
            findings,
            id,
            explained.figure,
            language,
            &mut document,
        );
        return document;
    }
    let told = told(findings, explained);
    document.push(Block::facts(vec![
        (Term::Figure.text(language).into(), id.to_owned()),
        (
            Term::Mean.text(language).into(),
            value(&told, explained, language),
        ),
    ]));
    document.push(Block::Table(lines(model, &told, explained, language)));
    document.push(Block::Heading(Term::Formula.text(language).into()));
    document.push(Block::paragraph(Term::FormulaNote.text(language)));
    for line in &explained.lines {
        document.push(Block::paragraph(label(model, line, language)));
        document.push(Block::list(formula(&told, line, language)));
    }
    document.push(Block::Heading(Term::RestsOnThese.text(language).into()));
    let rests_on = explained.parameters.iter().map(|id| model.parameter(*id));
    let facts = rests_on.map(|p| (p.name.clone(), parameter(model, p, language)));
    document.push(Block::facts(facts));
    document
}

/// A figure that is no sum of lines: what it is, and what it is made of.
fn defined(
    model: &Model,
    findings: &Findings,
    id: &str,
    figure: Figure,
    language: Language,
    document: &mut Document,
) {
    let mut facts = vec![(Term::Figure.text(language).to_owned(), id.to_owned())];
    let definition = match figure {
        Figure::Parameter(id) => parameter(model, model.parameter(id), language),
        figure => words::definition(language, figure),
    };
    if !definition.is_empty() {
        facts.push((Term::Definition.text(language).to_owned(), definition));
    }
    document.push(Block::facts(facts));
    let parts = made_of(model, findings, figure);
    if !parts.is_empty() {
        let from = words::MADE_OF.text(language);
        document.push(Block::paragraph(from + &joined(language, &parts)));
    }
}

fn told(findings: &Findings, explained: &Explanation) -> Told {
    let summary = summary(findings, explained.figure);
    let is_x = matches!(explained.figure, Figure::X(_) | Figure::Municipality(_));
    let scale = match explained.figure {
        Figure::Indicator(..) => Scale::WHOLE,
        _ => Scale::of_column(explained.mean),
    };
    Told {
        mean: explained.mean,
        mcse: summary.map_or(0.0, |s| s.mcse),
        sign: if is_x { -1.0 } else { 1.0 },
        scale,
    }
}

/// The figure as the report has it.
fn summary(findings: &Findings, figure: Figure) -> Option<Summary> {
    match figure {
        Figure::Year(account, year) => {
            let mut rows = findings.budget.iter();
            let row = rows.find(|r| r.account == account && r.year == year);
            row.map(|r| r.value)
        }
        Figure::X(account) => {
            let mut rows = findings.present_value.iter();
            let years = findings.verdict_years;
            let row = rows.find(|r| r.account == account && r.years == years);
            row.map(|r| r.value)
        }
        Figure::Municipality(index) => findings.municipalities.get(index).map(|r| r.x),
        Figure::Indicator(index, year) => {
            let is = |r: &&IndicatorRow| r.indicator == index && r.year == year;
            findings.indicators.iter().find(is).map(|r| r.difference)
        }
        Figure::Waterfall(account, tag) => {
            let mut rows = findings.waterfall.iter();
            let row = rows.find(|r| r.account == account && r.tag == tag)?;
            Some(Summary {
                mean: row.mean,
                mcse: row.mcse,
                p10: row.mean,
                p90: row.mean,
            })
        }
        _ => None,
    }
}

/// What a figure is called: whose, and what of it.
pub(super) fn title(
    model: &Model,
    findings: &Findings,
    figure: Figure,
    language: Language,
) -> String {
    let horizon = findings.years.len().min(findings.verdict_years as usize);
    let from = findings.years.first().copied().unwrap_or_default();
    let to = findings.years[..horizon].last().copied().unwrap_or(from);
    let (whose, what) = match figure {
        Figure::Year(account, year) => {
            let what = Sentence::EffectInYear(year).text(language);
            (account_label(language, account).to_owned(), what)
        }
        Figure::X(account) => {
            let what = Sentence::EffectOver { from, to }.text(language);
            (account_label(language, account).to_owned(), what)
        }
        Figure::Municipality(index) => {
            let what = Sentence::EffectOver { from, to }.text(language);
            (model.world.municipalities[index].name.clone(), what)
        }
        Figure::Indicator(index, year) => {
            let label = &model.agreement.indicators[index].label;
            let what = Sentence::DifferenceInYear(year).text(language);
            (language.of(label).to_owned(), what)
        }
        Figure::Waterfall(account, tag) => {
            let what = Sentence::EffectOver { from, to }.text(language);
            let tag = tag_label(model, tag, language);
            (format!("{}, {tag}", account_label(language, account)), what)
        }
        Figure::Running(account, year) => {
            let what = words::added_up(language, year);
            (account_label(language, account).to_owned(), what)
        }
        Figure::Gp(year) => {
            let gp = Account::Party(crate::model::Party::Gp);
            let what = words::practice(language, year);
            (account_label(language, gp).to_owned(), what)
        }
        Figure::PhaseIn(account) | Figure::Probability(account) | Figure::Liquidity(account) => {
            let what = words::called(language, figure).to_owned();
            (account_label(language, account).to_owned(), what)
        }
        Figure::Compensation(_) => return words::called(language, figure).to_owned(),
        Figure::Parameter(id) => return language.of(&model.parameter(id).label).to_owned(),
    };
    format!("{whose}: {what}")
}

fn value(told: &Told, explained: &Explanation, language: Language) -> String {
    // In full: "2.440 1.000 kr." is no way to write an amount.
    let scale = match told.scale {
        Scale::THOUSANDS => Scale::WHOLE,
        scale => scale,
    };
    let digits = figure(
        language,
        scale,
        Sign::Both,
        told.sign * told.mean,
        told.mcse,
    );
    let error = super::number::error(language, scale, told.mcse);
    match explained.figure {
        Figure::Indicator(..) => format!("{digits} ({error})"),
        _ => format!(
            "{} ({error})",
            Sentence::Kroner(&digits, scale).text(language)
        ),
    }
}

/// A contribution, rounded where the whole figure is.
fn number(told: &Told, mean: f64, language: Language) -> String {
    figure(
        language,
        told.scale,
        Sign::Both,
        told.sign * mean,
        told.mcse,
    )
}

fn lines(model: &Model, told: &Told, explained: &Explanation, language: Language) -> Table {
    let caption = match explained.figure {
        Figure::Indicator(..) => Sentence::ExplainedUnits,
        _ => Sentence::ExplainedKroner {
            scale: told.scale,
            price_level: model.world.price_level,
        },
    };
    let columns = vec![Column::numbers(Term::Contribution.text(language))];
    let mut table = Table::new(caption.text(language), String::new(), columns);
    for line in &explained.lines {
        let cells = vec![number(told, line.mean, language)];
        table.row(Rank::Main, label(model, line, language), cells);
    }
    let sum = vec![number(told, explained.mean, language)];
    table.row(Rank::Main, Term::InTotal.text(language), sum);
    table
}

fn label(model: &Model, line: &ExplainedLine, language: Language) -> String {
    let services = &model.world.services;
    let service = line.service.as_ref();
    let at = service.and_then(|id| services.iter().position(|s| &s.id == id));
    let at = at.map(|at| at as u16);
    match line.tag {
        Some(tag) => source_label(model, tag, at, language),
        None => service_label(model, at, language).unwrap_or_default(),
    }
}

/// Where an effect comes from and on which service, for readers.
pub(super) fn source_label(
    model: &Model,
    tag: Tag,
    service: Option<u16>,
    language: Language,
) -> String {
    let tag = Some(tag_label(model, tag, language));
    let parts: Vec<String> = [tag, service_label(model, service, language)]
        .into_iter()
        .flatten()
        .collect();
    parts.join(" · ")
}

fn service_label(model: &Model, service: Option<u16>, language: Language) -> Option<String> {
    let service = &model.world.services[service? as usize];
    Some(language.of(&service.label).to_owned())
}

/// Name of where an effect comes from.
pub(super) fn tag_label(model: &Model, tag: Tag, language: Language) -> String {
    let words = match tag {
        Tag::Mechanism(i) => &model.agreement.mechanisms[i as usize].label,
        Tag::AgreementTransfer(i) => &model.agreement.transfers[i as usize].label,
        Tag::RegimeTransfer(regime, i) => {
            &model.world.regimes[regime as usize].transfers[i as usize].label
        }
        Tag::Base => return Term::UnchangedPractice.text(language).into(),
        Tag::Interaction => return Term::Interaction.text(language).into(),
        Tag::Release => return Term::Release.text(language).into(),
        Tag::Backfill => return Term::Backfill.text(language).into(),
    };
    let words = language.of(words);
    if words.is_empty() {
        return tag_id(model, tag);
    }
    words.to_owned()
}

fn formula(told: &Told, line: &ExplainedLine, language: Language) -> Vec<String> {
    let term = |(weight, text): &(f64, String)| {
        let text = formula_text(language, text);
        format!("{} × {text}", number_of(language, told.sign * weight))
    };
    let mut terms: Vec<String> = line.formula.iter().take(TERMS).map(term).collect();
    let more = line.formula.len().saturating_sub(TERMS);
    if more > 0 {
        terms.push(Sentence::MoreTerms(more).text(language));
    }
    terms
}

fn parameter(model: &Model, parameter: &Parameter, language: Language) -> String {
    let owner = parameter.owner.map_or(Term::World.text(language), |party| {
        account_label(language, Account::Party(party))
    });
    Sentence::Parameter {
        label: language.of(&parameter.label),
        value: &quantity(language, model, &parameter.quantity),
        unit: &parameter.unit,
        price_year: parameter.price.as_ref().map(|price| price.year),
        grade: parameter.grade.key(),
        owner,
        source: &parameter.source,
        file: &parameter.origin.file,
        line: parameter.origin.line,
    }
    .text(language)
}

/// The explanation as JSON; kroner and units as they are, X positive better off.
///
/// # Errors
/// A figure that is not finite.
pub fn explanation_json(
    model: &Model,
    findings: &Findings,
    id: &str,
    explained: &Explanation,
) -> io::Result<Vec<u8>> {
    #[derive(Serialize)]
    struct Facts<'a> {
        figure: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        mean: Option<Finite>,
        #[serde(skip_serializing_if = "Option::is_none")]
        mcse: Option<Finite>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        made_of: Vec<String>,
        lines: Vec<LineFacts<'a>>,
        parameters: Vec<ParameterFacts<'a>>,
    }
    let told = told(findings, explained);
    let parameters = explained.parameters.iter().map(|id| model.parameter(*id));
    let summed = explained.figure.has_formula();
    let facts = Facts {
        figure: id,
        mean: summed.then_some(Finite(explained.mean)),
        mcse: summed.then_some(Finite(told.mcse)),
        made_of: made_of(model, findings, explained.figure),
        lines: explained
            .lines
            .iter()
            .map(|line| line_facts(model, line))
            .collect(),
        parameters: parameters.map(|p| parameter_facts(model, p)).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&facts)?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[derive(Serialize)]
struct LineFacts<'a> {
    mechanism: Option<String>,
    service: Option<&'a str>,
    mean: Finite,
    formula: Vec<TermFacts>,
    parameters: Vec<&'a str>,
}

#[derive(Serialize)]
struct TermFacts {
    weight: Finite,
    term: String,
}

fn line_facts<'a>(model: &'a Model, line: &'a ExplainedLine) -> LineFacts<'a> {
    let term = |(weight, term): &(f64, String)| TermFacts {
        weight: Finite(*weight),
        term: formula_text(Language::En, term),
    };
    let name = |id: &crate::model::ParameterId| model.parameter(*id).name.as_str();
    LineFacts {
        mechanism: line.tag.map(|tag| tag_id(model, tag)),
        service: line.service.as_deref(),
        mean: Finite(line.mean),
        formula: line.formula.iter().map(term).collect(),
        parameters: line.parameters.iter().map(name).collect(),
    }
}
