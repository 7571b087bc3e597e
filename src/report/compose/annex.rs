//! The annex to a decision paper: two to four pages in a fixed order, for people who vote.
//!
//! ```text
//!   status · conclusion in four lines │ parties by year │ running accounts │ municipalities
//!   indicators · general practice │ assumptions · sureness · not counted │ follow-up │ footer
//! ```
//!
//! Promise: the same figures as the report, fewer of them; nothing here is not there. Where it is
//! not clarified, the annex is the list of blanks. Absent: methods.

use super::pen::{Pen, largest};
use super::{bounds, follow_up, grounds, headline};
use crate::analysis::{Account, IndicatorRow, RunningRow, Summary, WATCHED, YearRow};
use crate::model::{IndicatorTag, SubAgreement};
use crate::report::Run;
use crate::report::chart::{Chart, Kind, Line, Point};
use crate::report::document::{Block, Cell, Column, Document, Fact, Figure, Rank, Table, Text};
use crate::report::number::{Scale, Sign, agreeing, is_nothing, power_of_ten};
use crate::report::words::annex as words;
use crate::report::words::paper;
use crate::report::words::{Language, Sentence, Term, account_label, joined};
use crate::verdict::Outcome;

/// Indicators shown.
const INDICATORS: usize = 5;

/// The annex of a run.
pub fn annex(run: &Run, language: Language) -> Document {
    let pen = Pen::new(run, language);
    let mut document = Document::new(language.of(&run.model.agreement.title));
    head(&pen, &mut document);
    if pen.verdict().outcome == Outcome::NotClarified {
        headline::blanks(&pen, &mut document);
        bounds::write(&pen, &mut document);
        behind(&pen, &mut document);
        return document;
    }
    conclusion(&pen, &mut document);
    economy(&pen, &mut document);
    running(&pen, &mut document);
    municipalities(&pen, &mut document);
    follow_up::clause(&pen, &mut document);
    indicators(&pen, &mut document);
    general_practice(&pen, &mut document);
    grounds::assumptions(&pen, &mut document);
    grounds::sureness(&pen, &mut document);
    grounds::not_counted(&pen, &mut document);
    follow_up::follow_up(&pen, &mut document);
    behind(&pen, &mut document);
    document
}

/// What follows the conclusion of several agreements together, as in the annex of one.
pub(super) fn figures(pen: &Pen, document: &mut Document) {
    economy(pen, document);
    running(pen, document);
    municipalities(pen, document);
    indicators(pen, document);
    general_practice(pen, document);
    grounds::assumptions(pen, document);
    grounds::sureness(pen, document);
    grounds::not_counted(pen, document);
    follow_up::follow_up(pen, document);
}

fn heading(pen: &Pen, words: crate::report::words::accountability::Both) -> Block {
    Block::Heading(words.text(pen.language))
}

/// Case, status with what is open, the question, the solution that comes before the economy.
fn head(pen: &Pen, document: &mut Document) {
    let agreement = &pen.model().agreement;
    let language = pen.language;
    let status = (words::STATUS.text(language), headline::status(pen));
    let question = language.of(&agreement.question).to_owned();
    let comparator = language.of(&agreement.comparator).to_owned();
    let mut facts: Vec<Fact> = vec![
        (paper::CASE.text(language), case(pen)).into(),
        // it counts the figures that nobody has approved
        headline::leading(status, explained(pen)),
        (pen.term(Term::Question), question).into(),
        (pen.term(Term::ComparedWith), comparator).into(),
    ];
    let clinical = &agreement.clinical;
    let parts = [
        &clinical.what.da,
        &clinical.evidence,
        &clinical.recommended_by,
    ];
    if parts.iter().all(|part| !part.is_empty()) {
        let what = language.of(&clinical.what);
        let text = paper::solution(language, what, &clinical.evidence, &clinical.recommended_by);
        facts.push((paper::SOLUTION.text(language), text).into());
    }
    document.push(Block::facts(facts));
}

/// Without a verdict nothing is explained: there are blanks and bounds.
fn explained(pen: &Pen) -> &'static [&'static str] {
    match pen.verdict().outcome {
        Outcome::NotClarified => &[],
        _ => &["parameters"],
    }
}

/// Number, date, version and run; what is not stated is a blank to be seen.
fn case(pen: &Pen) -> String {
    let case = &pen.model().agreement.governance.case;
    let stated = |text: &str| match text.is_empty() {
        true => paper::NOT_STATED.text(pen.language),
        false => text.to_owned(),
    };
    let date = case.date.map(|day| paper::day(pen.language, day));
    paper::case(
        pen.language,
        &stated(&case.number),
        &stated(&date.unwrap_or_default()),
        &stated(&case.version),
        pen.run_id(),
    )
}

/// Four lines: clarified, society, balance with both sides, the main reservation.
pub(super) fn conclusion(pen: &Pen, document: &mut Document) {
    let sides = headline::tested(pen).map(|party| headline::stands(pen, party));
    let mut balance = vec![headline::balance(pen)];
    balance.extend(headline::price(pen));
    balance.extend(sides);
    let reservation = headline::main_reservation(pen);
    let reservation = reservation.unwrap_or_else(|| paper::NO_RESERVATION.text(pen.language));
    let reservation = (paper::MAIN_RESERVATION.text(pen.language), reservation);
    let facts: Vec<Fact> = vec![
        (pen.term(Term::Clarified), pen.term(Term::ClarifiedYes)).into(),
        headline::leading(
            (pen.term(Term::Society), headline::society(pen)),
            headline::SOCIETY_FIGURES,
        ),
        headline::leading(
            (pen.term(Term::Balance), balance.join(" ")),
            &headline::balance_figures(pen),
        ),
        headline::leading(reservation, &["parameters"]),
    ];
    document.push(Block::Heading(pen.term(Term::Conclusion)));
    document.push(Block::facts(facts));
}

// ---- money ------------------------------------------------------------------------------------

fn year_of(pen: &Pen, account: Account, year: i32) -> Option<YearRow> {
    let mut rows = pen.findings().budget.iter();
    let row = rows.find(|r| r.account == account && r.year == year);
    row.cloned()
}

/// Parties by year of the verdict horizon, phase-in, and the last year computed.
fn economy(pen: &Pen, document: &mut Document) {
    let findings = pen.findings();
    let years = pen.verdict_years();
    let last = findings.years.last().copied().unwrap_or_default();
    let scale = Scale::MILLIONS;
    let mut columns: Vec<Column> = years
        .iter()
        .map(|y| Column::numbers(y.to_string()))
        .collect();
    columns.push(Column::numbers(words::OF_WHICH_PHASE_IN.text(pen.language)));
    columns.push(Column::numbers(words::lasting(pen.language, last)));
    let unit = words::unit(pen.language, scale);
    let caption = words::parties(pen.language, unit, pen.price_level());
    let mut table = Table::new(caption, pen.term(Term::Party), columns);
    let parties: Vec<Account> = pen.accounts();
    let value = |account: Account, year: i32| {
        let row = year_of(pen, account, year);
        row.map_or(0.0, |row| row.value.mean)
    };
    let phase_in = |account: Account| -> f64 {
        let rows = years.iter().filter_map(|y| year_of(pen, account, *y));
        rows.map(|row| row.phase_in).sum()
    };
    let mut by_column: Vec<Vec<f64>> = years
        .iter()
        .map(|y| parties.iter().map(|a| value(*a, *y)).collect())
        .collect();
    by_column.push(parties.iter().map(|a| phase_in(*a)).collect());
    by_column.push(parties.iter().map(|a| value(*a, last)).collect());
    let rounded: Vec<Vec<f64>> = by_column
        .iter()
        .map(|c| rounded(&parties, c, scale))
        .collect();
    let mut of: Vec<String> = years.iter().map(|y| format!(".{y}")).collect();
    of.extend([String::new(), format!(".{last}")]);
    for (at, account) in parties.iter().enumerate() {
        let cells = rounded.iter().zip(&of).map(|(column, of)| {
            let what = if of.is_empty() { "phase_in" } else { "years" };
            let figure = format!("{what}.{}{of}", account.key());
            Cell::of(figure, pen.cell(scale, column[at], 0.0))
        });
        table.row(Rank::Main, account_label(pen.language, *account), cells);
    }
    document.push(Block::Heading(pen.term(Term::Economy)));
    document.push(Block::Table(table));
    document.push(Block::paragraph(words::ADDS_UP.text(pen.language)));
}

/// A column whose printed parties add up to its printed society.
pub(in crate::report) fn rounded(accounts: &[Account], values: &[f64], scale: Scale) -> Vec<f64> {
    let of = |society: bool| {
        accounts
            .iter()
            .zip(values)
            .filter(move |(a, _)| (**a == Account::Society) == society)
    };
    let parties: Vec<f64> = of(false).map(|(_, v)| *v).collect();
    let mut parties = agreeing(&parties, scale).into_iter();
    let mut sum = 0.0;
    let mut out: Vec<f64> = Vec::new();
    for account in accounts {
        out.push(match account {
            Account::Society => 0.0,
            _ => {
                let party = parties.next().unwrap_or(0.0);
                sum += party;
                party
            }
        });
    }
    for (account, cell) in accounts.iter().zip(&mut out) {
        if *account == Account::Society {
            *cell = sum;
        }
    }
    out
}

/// Running accounts of the watched: region, municipalities, society.
fn running(pen: &Pen, document: &mut Document) {
    let rows = &pen.findings().running;
    let of = |account: Account| -> Vec<&RunningRow> {
        rows.iter().filter(|row| row.account == account).collect()
    };
    let scale = Scale::of_column(largest(rows.iter().map(|row| &row.value)));
    let printed = power_of_ten(scale.unit);
    let point = |row: &&RunningRow| Point {
        value: row.value.mean / printed,
        low: row.value.p10 / printed,
        high: row.value.p90 / printed,
    };
    let line = |account: Account| Line {
        label: account_label(pen.language, account).to_owned(),
        points: of(account).iter().map(point).collect(),
    };
    let says = |account: Account| {
        let last = of(account).last().copied()?;
        let party = account_label(pen.language, account);
        let amount = pen.amount(last.value.mean, last.value.mcse);
        let range = pen.range(&last.value);
        let (da, en) = words::running_says(party, last.year, &amount, &range);
        let words = match pen.language {
            Language::Da => da,
            Language::En => en,
        };
        Some((words, format!("running.{}.{}", account.key(), last.year)))
    };
    let (says, figures): (Vec<String>, Vec<String>) = WATCHED.into_iter().filter_map(says).unzip();
    if says.is_empty() {
        return;
    }
    let unit = words::unit(pen.language, scale);
    document.push(Block::Figure(Figure {
        caption: words::running(pen.language, unit, pen.price_level()),
        reads: words::READS_LINES.text(pen.language),
        says: Text::from(says.join(" ")).leading(figures),
        chart: Chart {
            unit: unit.to_owned(),
            kind: Kind::Lines {
                years: pen.findings().years.iter().map(i32::to_string).collect(),
                lines: WATCHED.into_iter().map(line).collect(),
            },
        },
    }));
}

fn municipalities(pen: &Pen, document: &mut Document) {
    let rows = &pen.findings().municipalities;
    if rows.is_empty() {
        return;
    }
    let columns = vec![
        Column::words(pen.term(Term::Start)),
        Column::numbers(pen.term(Term::KronerPerInhabitant)),
        Column::numbers(words::MILLIONS.text(pen.language)),
        Column::words(pen.term(Term::Assessment)),
    ];
    let years = pen.findings().verdict_years;
    let caption = words::municipalities(pen.language, years, pen.price_level());
    let mut table = Table::new(caption, pen.term(Term::Municipality), columns);
    let totals = super::municipalities::agreed_totals(pen);
    for (row, total) in rows.iter().zip(totals) {
        let each = super::municipalities::per_inhabitant(row);
        let standing = super::municipalities::verdict(pen, row);
        let cells = vec![
            super::municipalities::start(pen, row).into(),
            super::municipalities::figure(
                pen,
                row,
                pen.cell(Scale::PER_INHABITANT, each.mean, each.mcse),
            ),
            super::municipalities::figure(pen, row, pen.cell(Scale::MILLIONS, total, 0.0)),
            standing
                .map_or(String::new(), |v| pen.term(v.standing))
                .into(),
        ];
        let name = &pen.model().world.municipalities[row.municipality.0 as usize].name;
        table.row(Rank::Main, name, cells);
    }
    document.push(Block::Heading(pen.term(Term::Municipalities)));
    document.push(Block::Table(table));
}

// ---- activity ---------------------------------------------------------------------------------

fn indicators(pen: &Pen, document: &mut Document) {
    let Some(year) = pen.verdict_years().last().copied() else {
        return;
    };
    let stated = &pen.model().agreement.indicators;
    let rows = pen.findings().indicators.iter();
    let modelled = |row: &&IndicatorRow| {
        row.year == year && stated[row.indicator].tag != IndicatorTag::NotModelled
    };
    let mut rows: Vec<&IndicatorRow> = rows.filter(modelled).collect();
    rows.sort_by_key(|row| !super::follow_up::of_admissions(pen, &stated[row.indicator]));
    rows.truncate(INDICATORS);
    let caption = words::indicators(pen.language, year);
    let columns = pen.without_and_with();
    let mut table = Table::new(caption, pen.term(Term::Indicator), columns);
    for row in &rows {
        let scale =
            super::activity::scale(row.counterfactual.mean.abs().max(row.agreement.mean.abs()));
        let changes = super::activity::scale(largest(std::iter::once(&row.difference)));
        let level = |s: &Summary| pen.counted(scale, s);
        let mut cells = vec![
            level(&row.counterfactual),
            level(&row.agreement),
            pen.cell(changes, row.difference.mean, row.difference.mcse),
            pen.interval(changes, Sign::Both, &row.difference),
        ];
        if super::activity::hidden(row) {
            cells[2..].fill(String::new());
        }
        let figure = format!("indicators.{}.{year}", stated[row.indicator].id);
        let cells = cells.into_iter().map(|text| Cell::of(figure.clone(), text));
        let label = pen.language.of(&stated[row.indicator].label);
        table.row(Rank::Main, label, cells);
    }
    let missing: Vec<String> = stated
        .iter()
        .filter(|i| i.tag == IndicatorTag::NotModelled)
        .map(|i| pen.language.of(&i.label).to_owned())
        .collect();
    if rows.is_empty() && missing.is_empty() {
        return;
    }
    document.push(heading(pen, words::INDICATORS));
    if !rows.is_empty() {
        document.push(Block::Table(table));
    }
    if !missing.is_empty() {
        let names = joined(pen.language, &missing);
        document.push(Block::paragraph(pen.say(Sentence::NotModelled(&names))));
    }
}

/// A change in words instead of a sign; what prints as nothing goes no way.
fn changed(value: &Summary, digits: &str, size: String) -> words::Change {
    let way = match is_nothing(digits) {
        true => std::cmp::Ordering::Equal,
        false => value.mean.total_cmp(&0.0),
    };
    words::Change { size, way }
}

/// Services and fees by year, and how the sub-agreement stands.
fn general_practice(pen: &Pen, document: &mut Document) {
    document.push(heading(pen, words::GENERAL_PRACTICE));
    let last = pen.verdict_years().last();
    let row = pen.findings().gp.iter().find(|row| Some(&row.year) == last);
    let touched = row.filter(|row| row.units.mean != 0.0 || row.income.mean != 0.0);
    let mut sentences = vec![match touched {
        Some(row) => {
            let kroner = |s: &Summary| {
                let scale = Scale::of_sentence(s.mean);
                let digits = pen.plain(scale, s.mean.abs(), s.mcse);
                changed(s, &digits, pen.say(Sentence::Kroner(&digits, scale)))
            };
            let units = pen.plain(Scale::WHOLE, row.units.mean.abs(), row.units.mcse);
            let units = changed(&row.units, &units, units.clone());
            let (income, resource) = (kroner(&row.income), kroner(&row.resource));
            let all = [&units, &income, &resource];
            words::gp(pen.language, row.year, all, pen.price_level())
        }
        None => words::GP_UNTOUCHED.text(pen.language),
    }];
    let coverages = &pen.model().agreement.coverages;
    let any = |status| coverages.iter().any(|c| c.sub_agreement == Some(status));
    let (pending, signed) = (any(SubAgreement::Pending), any(SubAgreement::Signed));
    if touched.is_some() || pending || signed {
        sentences.push(paper::gp_status(pen.language, pending, signed).to_owned());
    }
    let figures = touched.map(|row| format!("gp.{}", row.year));
    let text = Text::from(sentences.join(" ")).leading(figures);
    document.push(Block::paragraph(text));
}

// ---- behind ----------------------------------------------------------------------------------

/// What makes the paper traceable.
fn behind(pen: &Pen, document: &mut Document) {
    let roles = &pen.model().agreement.roles;
    let named = |name: &str| match name.is_empty() {
        true => words::NOBODY.text(pen.language),
        false => name.to_owned(),
    };
    let fact = |label: crate::report::words::accountability::Both, text: String| {
        (label.text(pen.language), text)
    };
    let answerable: Vec<String> = [
        (words::COMMISSIONER, &roles.commissioner),
        (words::ANALYST, &roles.analyst),
        (words::ASSURER, &roles.assurer),
        (words::APPROVER, &roles.approver),
    ]
    .into_iter()
    .map(|(role, name)| format!("{} {}", role.text(pen.language), named(name)))
    .collect();
    document.push(heading(pen, words::BEHIND));
    document.push(Block::facts(vec![
        (pen.term(Term::Principle), headline::principle(pen)),
        fact(words::ROLES, answerable.join("; ")),
    ]));
}
