//! From a portfolio's run to what its readers see: the whole first, then each agreement beside it.
//!
//! Promise: the principle speaks of the whole development, so its verdict is the headline; the
//! lines of the table add up to it, interaction included. On the page they do so as printed.
//! Absent: a verdict of its own.

use super::pen::{Pen, cost, largest};
use super::{accountability, annex, headline};
use crate::analysis::{Account, Findings, RunningRow, Summary};
use crate::model::Party;
use crate::report::adding::AddingUp;
use crate::report::document::{Block, Column, Document, Rank, Table};
use crate::report::number::{Scale, Sign};
use crate::report::portfolio::PortfolioRun;
use crate::report::words::portfolio as words;
use crate::report::words::{
    Language, Sentence, Term, account_label, annex as annex_words, blank_words, joined, kroner_unit,
};
use crate::stats::Estimate;
use crate::verdict::{Assessment, Outcome, Standing};

/// The accounts of the table of agreements.
const SHOWN: [(Account, Term); 4] = [
    (Account::Party(Party::Region), Term::RegionColumn),
    (
        Account::Party(Party::Municipality),
        Term::MunicipalitiesColumn,
    ),
    (Account::Party(Party::Gp), Term::GpColumn),
    (Account::Society, Term::SocietyColumn),
];

/// The accounts of the page.
const ON_THE_PAGE: [(Account, Term); 3] = [
    (Account::Party(Party::Region), Term::RegionColumn),
    (
        Account::Party(Party::Municipality),
        Term::MunicipalitiesColumn,
    ),
    (Account::Society, Term::SocietyColumn),
];

/// One page for whoever has two minutes: the whole in four sentences, then every agreement in a
/// line, with what belongs to none.
pub fn portfolio_page(run: &PortfolioRun, language: Language) -> Document {
    let own = run.run(&run.assessment.joint);
    let pen = Pen::new(&own, language).of_several();
    let mut document = Document::new(language.of(&run.portfolio.title));
    let status = (words::STATUS.text(language), pen.term(pen.model().status()));
    if run.assessment.joint.verdict.outcome == Outcome::NotClarified {
        document.push(Block::facts(vec![status]));
        blanks(run, &pen, &mut document);
        return document;
    }
    let mut facts = vec![
        status,
        (words::THE_WHOLE.text(language), headline::balance(&pen)),
    ];
    facts.extend(headline::price(&pen).map(|price| (pen.term(Term::Compensation), price)));
    facts.push((pen.term(Term::Society), headline::society_briefly(&pen)));
    facts.extend(headline::tested(&pen).map(|party| {
        let label = account_label(language, party.account);
        (label.to_owned(), headline::stands(&pen, party))
    }));
    document.push(Block::facts(facts));
    document.push(Block::Heading(words::AT_A_GLANCE.text(language)));
    document.push(Block::Table(at_a_glance(run, &pen)));
    let reading = words::reading(language, run.assessment.in_force.is_some());
    document.push(Block::paragraph(reading));
    document
}

/// The annex: the page's table between the whole's conclusion and its figures by year.
pub fn portfolio_annex(run: &PortfolioRun, language: Language) -> Document {
    let own = run.run(&run.assessment.joint);
    let pen = Pen::new(&own, language).of_several();
    let mut document = Document::new(language.of(&run.portfolio.title));
    let status = (words::STATUS.text(language), pen.term(pen.model().status()));
    let mut facts = vec![status];
    facts.extend(head(run, &pen).into_iter().take(2));
    document.push(Block::facts(facts));
    if run.assessment.joint.verdict.outcome == Outcome::NotClarified {
        blanks(run, &pen, &mut document);
    } else {
        annex::conclusion(&pen, &mut document);
        document.push(Block::Heading(pen.term(Term::EachAndAll)));
        document.push(Block::Table(at_a_glance(run, &pen)));
        let reading = words::reading(language, run.assessment.in_force.is_some());
        document.push(Block::paragraph(reading));
        document.push(Block::paragraph(pen.say(Sentence::PortfolioPeriods)));
        annex::figures(&pen, &mut document);
    }
    behind(&pen, &mut document);
    document
}

/// What makes the paper traceable.
fn behind(pen: &Pen, document: &mut Document) {
    let version = env!("CARGO_PKG_VERSION");
    let program = format!("fairbalance {version}, {}", pen.run_id());
    let language = pen.language;
    document.push(Block::Heading(annex_words::BEHIND.text(language)));
    document.push(Block::facts(vec![
        (pen.term(Term::Principle), headline::principle(pen)),
        (annex_words::PROGRAM.text(language), program),
        (
            annex_words::PRICES.text(language),
            pen.price_level().to_string(),
        ),
        (annex_words::ROLES.text(language), words::roles(language)),
    ]));
}

const NOTHING: Estimate = Estimate {
    mean: 0.0,
    mcse: 0.0,
};

/// A line of the page: what adds up, and what stands beside it.
struct Glance<'a> {
    label: String,
    status: String,
    amounts: [Estimate; ON_THE_PAGE.len()],
    judged: Option<&'a Assessment>,
}

/// Every agreement in a line, the interaction and the whole.
fn at_a_glance(run: &PortfolioRun, pen: &Pen) -> Table {
    let found = run.assessment;
    let joint = costs(&found.joint.findings);
    let lines = glances(run, pen);
    let amounts = lines.iter().flat_map(|line| &line.amounts).chain(&joint);
    let most = amounts.map(|e| e.mean.abs()).fold(0.0, f64::max);
    let scale = Scale::of_column(most);
    let column = |at: usize| {
        let column: Vec<Estimate> = lines.iter().map(|line| line.amounts[at]).collect();
        AddingUp::new(scale, &column, joint[at])
    };
    let columns: [AddingUp; ON_THE_PAGE.len()] = std::array::from_fn(column);
    let mut headings = vec![Column::words(words::STATUS_AND_VERDICT.text(pen.language))];
    headings.extend(ON_THE_PAGE.map(|(_, term)| Column::numbers(pen.term(term))));
    let unit = kroner_unit(pen.language, scale);
    let caption = words::caption(pen.language, unit, pen.price_level(), pen.horizon());
    let mut table = Table::new(caption, pen.term(Term::AgreementColumn), headings);
    for (at, line) in lines.iter().enumerate() {
        let cells = columns.iter().map(|column| column.line(at, pen.language));
        glance(pen, &mut table, line, cells);
    }
    let whole = Glance {
        label: pen.term(Term::ThePortfolio),
        status: pen.term(pen.model().status()),
        amounts: joint,
        judged: Some(&found.joint),
    };
    let sums = columns.iter().map(|column| column.sum(pen.language));
    glance(pen, &mut table, &whole, sums);
    table
}

/// What adds up to the portfolio, in order.
fn glances<'a>(run: &'a PortfolioRun, pen: &Pen) -> Vec<Glance<'a>> {
    let found = run.assessment;
    let mut lines = Vec::new();
    if let Some(in_force) = &found.in_force {
        lines.push(Glance {
            label: in_force_label(run, pen),
            status: words::IN_FORCE.text(pen.language),
            amounts: costs(in_force),
            judged: None,
        });
    }
    for (member, assessment) in &found.proposed {
        let agreement = &run.portfolio.members[*member].agreement;
        lines.push(Glance {
            label: pen.language.of(&agreement.title).to_owned(),
            // the portfolio's figures count as this agreement's: never further than it is
            status: pen.term(run.portfolio.proposal(*member).own.status()),
            amounts: costs(&assessment.findings),
            judged: Some(assessment),
        });
    }
    let interaction = |account: Account| {
        let mut rows = found.interaction.iter();
        let row = rows.find(|(a, _)| *a == account);
        row.map_or(NOTHING, |(_, x)| Estimate {
            mean: -x.mean + 0.0,
            mcse: x.mcse,
        })
    };
    lines.push(Glance {
        label: pen.term(Term::InteractionLine),
        status: words::NOT_JUDGED.text(pen.language),
        amounts: ON_THE_PAGE.map(|(account, _)| interaction(account)),
        judged: None,
    });
    lines
}

/// A line's amounts and, where it is judged, how sure each is.
fn glance(pen: &Pen, table: &mut Table, line: &Glance, amounts: impl Iterator<Item = String>) {
    let mut state = capital(&line.status);
    if let Some(judged) = line.judged {
        let outcome = pen.term(judged.verdict.outcome);
        state = format!("{state}. {}", outcome.trim_end_matches('.'));
    }
    let cells = std::iter::once(state).chain(amounts);
    table.row(Rank::Main, &line.label, cells);
    let Some(judged) = line.judged else { return };
    let sure = ON_THE_PAGE.map(|(account, _)| certainty(pen, judged, account));
    let cells = std::iter::once(String::new()).chain(sure);
    table.row(Rank::Detail, words::CERTAINTY.text(pen.language), cells);
}

/// The agreement in force by its title; several by their number.
fn in_force_label(run: &PortfolioRun, pen: &Pen) -> String {
    let mut members = run.portfolio.members.iter().filter(|m| m.in_force);
    match (members.next(), members.count()) {
        (Some(only), 0) => pen.language.of(&only.agreement.title).to_owned(),
        (_, others) => format!("{} ({})", pen.term(Term::AlreadyInForce), others + 1),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

/// How often a party's limit holds, or society's expenditure does not rise.
fn certainty(pen: &Pen, judged: &Assessment, account: Account) -> String {
    let mut parties = judged.verdict.parties.iter();
    let tested = parties.find(|p| p.account == account && p.standing != Standing::Shown);
    match (account, tested) {
        (_, Some(party)) => pen.tally(party.p_holds),
        (Account::Society, None) => pen.tally(judged.verdict.society),
        _ => String::new(),
    }
}

/// Expected extra expenditure over the verdict horizon.
fn costs(findings: &Findings) -> [Estimate; ON_THE_PAGE.len()] {
    ON_THE_PAGE.map(|(account, _)| {
        let mut rows = findings.present_value.iter();
        let row = rows.find(|r| r.account == account && r.years == findings.verdict_years);
        let value = row.map(|row| cost(&row.value)).unwrap_or_default();
        Estimate {
            mean: value.mean,
            mcse: value.mcse,
        }
    })
}

/// The document of a portfolio's run.
pub fn compose_portfolio(run: &PortfolioRun, language: Language) -> Document {
    let own = run.run(&run.assessment.joint);
    let pen = Pen::new(&own, language).of_several();
    let mut document = Document::new(language.of(&run.portfolio.title));
    document.push(Block::facts(head(run, &pen)));
    if run.assessment.joint.verdict.outcome == Outcome::NotClarified {
        blanks(run, &pen, &mut document);
        return document;
    }
    headline::conclusion(&pen, &mut document);
    document.push(Block::Heading(pen.term(Term::EachAndAll)));
    document.push(Block::Table(agreements(run, &pen)));
    document.push(Block::paragraph(pen.say(Sentence::PortfolioPeriods)));
    document.push(Block::Heading(pen.term(Term::RunningAccount)));
    document.push(Block::Table(running(run, &pen)));
    document.push(Block::Heading(pen.term(Term::InvestsAndGains)));
    document.push(Block::Table(investors(run, &pen)));
    accountability::write(&pen, &mut document);
    document
}

fn head(run: &PortfolioRun, pen: &Pen) -> Vec<(String, String)> {
    let of = |in_force: bool| {
        let members = run.portfolio.members.iter();
        let members = members.filter(|m| m.in_force == in_force).map(|member| {
            pen.say(Sentence::MemberPeriod {
                title: pen.language.of(&member.agreement.title),
                from: member.agreement.period.0,
                to: member.agreement.period.1,
                after: member.agreement.after_period.into(),
            })
        });
        let titles: Vec<String> = members.collect();
        match titles.is_empty() {
            true => pen.term(Term::NothingInForce),
            false => joined(pen.language, &titles),
        }
    };
    let mut facts = vec![
        (pen.term(Term::InForce), of(true)),
        (pen.term(Term::Proposed), of(false)),
        (pen.term(Term::Principle), headline::principle(pen)),
    ];
    if run.assessment.joint.verdict.outcome != Outcome::NotClarified {
        facts.push((pen.term(Term::Calculation), headline::calculated(pen)));
    }
    facts
}

/// What is missing, by agreement.
fn blanks(run: &PortfolioRun, pen: &Pen, document: &mut Document) {
    let heading = pen.term(Term::NotClarified);
    document.push(Block::Heading(heading.trim_end_matches('.').to_owned()));
    document.push(Block::paragraph(pen.term(Term::NoVerdictBefore)));
    let mut points = Vec::new();
    for member in &run.portfolio.members {
        for blank in &member.blanks {
            points.push(pen.say(Sentence::BlankOf {
                agreement: &member.id,
                blank: &blank_words(blank, pen.language),
            }));
        }
    }
    document.push(Block::list(points));
    document.push(Block::paragraph(pen.term(Term::WhereToFill)));
}

fn agreements(run: &PortfolioRun, pen: &Pen) -> Table {
    let found = run.assessment;
    let joint = &found.joint.findings;
    let scale = Scale::of_column(largest(joint.present_value.iter().map(|row| &row.value)));
    let (from, to) = pen.horizon();
    let caption = pen.say(Sentence::PortfolioCaption {
        scale,
        price_level: pen.price_level(),
        from,
        to,
    });
    let mut columns: Vec<Column> = SHOWN
        .iter()
        .map(|(_, term)| Column::numbers(pen.term(*term)))
        .collect();
    columns.push(Column::words(pen.term(Term::Assessment)));
    let mut table = Table::new(caption, pen.term(Term::AgreementColumn), columns);
    if let Some(in_force) = &found.in_force {
        let mut cells = amounts(pen, scale, in_force);
        cells.push(String::new());
        table.row(Rank::Main, pen.term(Term::AlreadyInForce), cells);
    }
    for (member, assessment) in &found.proposed {
        let title = &run.portfolio.members[*member].agreement.title;
        judged(pen, &mut table, scale, pen.language.of(title), assessment);
    }
    let interaction = |(account, _): &(Account, Term)| {
        let mut rows = found.interaction.iter();
        let row = rows.find(|(a, _)| a == account);
        row.map_or(String::new(), |(_, x)| {
            pen.cell(scale, -x.mean + 0.0, x.mcse)
        })
    };
    let mut cells: Vec<String> = SHOWN.iter().map(interaction).collect();
    cells.push(String::new());
    table.row(Rank::Main, pen.term(Term::InteractionLine), cells);
    let whole = pen.term(Term::ThePortfolio);
    judged(pen, &mut table, scale, &whole, &found.joint);
    table
}

/// An agreement's amounts with its outcome, and below how often each tested party holds.
fn judged(pen: &Pen, table: &mut Table, scale: Scale, label: &str, assessment: &Assessment) {
    let mut cells = amounts(pen, scale, &assessment.findings);
    cells.push(pen.term(assessment.verdict.outcome));
    table.row(Rank::Main, label, cells);
    let holds = |(account, _): &(Account, Term)| {
        let parties = assessment.verdict.parties.iter();
        let mut tested = parties
            .filter(|p| p.account == *account && p.standing != crate::verdict::Standing::Shown);
        match (account, tested.next()) {
            (_, Some(party)) => pen.tally(party.p_holds),
            (Account::Society, None) => pen.tally(assessment.verdict.society),
            _ => String::new(),
        }
    };
    let mut cells: Vec<String> = SHOWN.iter().map(holds).collect();
    cells.push(String::new());
    table.row(Rank::Detail, pen.term(Term::HoldsInRow), cells);
}

fn amounts(pen: &Pen, scale: Scale, findings: &Findings) -> Vec<String> {
    let amount = |(account, _): &(Account, Term)| {
        let mut rows = findings.present_value.iter();
        let row = rows.find(|r| r.account == *account && r.years == findings.verdict_years);
        let value = row.map(|row| cost(&row.value)).unwrap_or_default();
        pen.cell(scale, value.mean, value.mcse)
    };
    SHOWN.iter().map(amount).collect()
}

fn running(run: &PortfolioRun, pen: &Pen) -> Table {
    let rows = &run.assessment.joint.findings.running;
    let scale = Scale::of_column(largest(rows.iter().map(|row| &row.value)));
    let years = &run.assessment.joint.findings.years;
    let caption = pen.say(Sentence::CumulativeCaption {
        scale,
        price_level: pen.price_level(),
    });
    let columns = years.iter().map(|year| Column::numbers(year.to_string()));
    let mut table = Table::new(caption, pen.term(Term::Party), columns.collect());
    for account in pen.accounts() {
        let own: Vec<&RunningRow> = rows.iter().filter(|r| r.account == account).collect();
        let mean = |row: &&RunningRow| pen.cell(scale, row.value.mean, row.value.mcse);
        let cells: Vec<String> = own.iter().map(mean).collect();
        table.row(Rank::Main, account_label(pen.language, account), cells);
        if own.iter().all(|row| row.value == Summary::default()) {
            continue;
        }
        let interval = |row: &&RunningRow| pen.interval(scale, Sign::Both, &row.value);
        let cells: Vec<String> = own.iter().map(interval).collect();
        table.row(Rank::Detail, pen.term(Term::Interval80), cells);
    }
    table
}

fn investors(run: &PortfolioRun, pen: &Pen) -> Table {
    let findings = &run.assessment.joint.findings;
    let (from, to) = (
        findings.years.first().copied().unwrap_or_default(),
        findings.years.last().copied().unwrap_or_default(),
    );
    let of = |account: Account| {
        let rows = findings.budget.iter().filter(|r| r.account == account);
        rows.fold(
            (0.0, 0.0, 0.0),
            |(phase_in, all, error): (f64, f64, f64), row| {
                let worst = error.max(row.value.mcse);
                (phase_in + row.phase_in, all + row.value.mean, worst)
            },
        )
    };
    let accounts = pen.accounts();
    let most = accounts.iter().map(|a| of(*a).0.abs().max(of(*a).1.abs()));
    let scale = Scale::of_column(most.fold(0.0, f64::max));
    let caption = pen.say(Sentence::InvestCaption {
        scale,
        price_level: pen.price_level(),
        from,
        to,
    });
    let columns = vec![
        Column::numbers(pen.term(Term::InvestsColumn)),
        Column::numbers(pen.term(Term::OperationColumn)),
        Column::numbers(pen.term(Term::InTotal)),
        Column::words(pen.term(Term::PaidBackColumn)),
    ];
    let mut table = Table::new(caption, pen.term(Term::Party), columns);
    let years = findings.years.len() as f64;
    for account in accounts {
        let (phase_in, all, error) = of(account);
        // errors of years add at most
        let error = error * years;
        let cells = vec![
            pen.cell(scale, phase_in + 0.0, error),
            pen.cell(scale, all - phase_in, error),
            pen.cell(scale, all, error),
            paid_back(run, pen, account),
        ];
        table.row(Rank::Main, account_label(pen.language, account), cells);
    }
    table
}

/// The first year from which the running account stays without extra expenditure.
fn paid_back(run: &PortfolioRun, pen: &Pen, account: Account) -> String {
    let rows = run.assessment.joint.findings.running.iter();
    let own: Vec<&RunningRow> = rows.filter(|r| r.account == account).collect();
    let extra = |row: &&RunningRow| row.value.mean > row.value.mcse;
    match own.iter().rposition(extra) {
        None => pen.term(Term::NothingToPayBack),
        Some(last) => match own.get(last + 1) {
            Some(row) => row.year.to_string(),
            None => pen.term(Term::NotWithinYears),
        },
    }
}
