//! Who pays, and when: each party's budget by year, and its total over the verdict horizon.

use super::drawn;
use super::method::leads;
use super::pen::{Pen, cost, largest};
use crate::analysis::{Account, Summary, YearRow};
use crate::report::document::{Block, Cell, Column, Document, Rank, Table, Text};
use crate::report::number::{Scale, Sign};
use crate::report::words::method as equations;
use crate::report::words::{Sentence, Term, account_label, charts};
use crate::verdict::{PartyVerdict, Standing};

/// The two tables.
pub fn write(pen: &Pen, document: &mut Document) {
    document.push(Block::Heading(pen.term(Term::Economy)));
    document.push(Block::Table(by_year(pen)));
    if let Some(fans) = drawn::fans(pen) {
        document.push(fans);
    }
    document.push(Block::Table(over_horizon(pen)));
    let confidence = pen.plain(Scale::PERCENT, pen.model().balance.confidence, 0.0);
    let limit = pen.say(Sentence::LimitNote {
        confidence: &confidence,
    });
    document.push(Block::paragraph(
        Text::from(limit).leading(leads([equations::CHANCE, equations::HOLDS])),
    ));
    let waterfalls = drawn::waterfalls(pen);
    if !waterfalls.is_empty() {
        document.push(Block::Subheading(charts::WHERE_FROM.text(pen.language)));
        for waterfall in waterfalls {
            document.push(waterfall);
        }
    }
}

fn by_year(pen: &Pen) -> Table {
    let findings = pen.findings();
    let scale = Scale::of_column(largest(findings.budget.iter().map(|row| &row.value)));
    let columns = findings
        .years
        .iter()
        .map(|year| Column::numbers(year.to_string()));
    let caption = pen.say(Sentence::BudgetCaption {
        scale,
        price_level: pen.price_level(),
    });
    let mut table = Table::new(caption, pen.term(Term::Party), columns.collect());
    for account in pen.accounts() {
        let rows: Vec<Option<&YearRow>> = findings
            .years
            .iter()
            .map(|y| row(pen, account, *y))
            .collect();
        party_rows(pen, &mut table, scale, account, &rows);
    }
    table
}

fn party_rows(
    pen: &Pen,
    table: &mut Table,
    scale: Scale,
    account: Account,
    rows: &[Option<&YearRow>],
) {
    let each = |text: &dyn Fn(&YearRow) -> String| -> Vec<Cell> {
        let cell = |row: &YearRow| {
            let figure = format!("years.{}.{}", account.key(), row.year);
            Cell::of(figure, text(row))
        };
        let cells = rows.iter().map(|row| row.map(cell));
        cells
            .map(|cell| cell.unwrap_or_else(|| String::new().into()))
            .collect()
    };
    let label = account_label(pen.language, account);
    let means = each(&|row| pen.cell(scale, row.value.mean, row.value.mcse));
    table.row(Rank::Main, label, means);
    let nothing = Summary::default();
    if rows.iter().flatten().all(|row| row.value == nothing) {
        return;
    }
    let intervals = each(&|row| pen.interval(scale, Sign::Both, &row.value));
    table.row(Rank::Detail, pen.term(Term::Interval80), intervals);
    let errors = each(&|row| pen.error(scale, row.value.mcse));
    table.row(Rank::Detail, pen.term(Term::CalculationError), errors);
    if rows.iter().flatten().any(|row| row.phase_in != 0.0) {
        let phase_in = each(&|row| pen.cell(scale, row.phase_in, row.value.mcse));
        table.row(Rank::Detail, pen.term(Term::OfWhichPhaseIn), phase_in);
    }
}

fn row<'a>(pen: &Pen<'a>, account: Account, year: i32) -> Option<&'a YearRow> {
    let mut rows = pen.findings().budget.iter();
    rows.find(|row| row.account == account && row.year == year)
}

fn over_horizon(pen: &Pen) -> Table {
    let verdict = pen.verdict();
    let society = society(pen);
    let values = verdict.parties.iter().map(|p| &p.x).chain(&society);
    let scale = Scale::of_column(largest(values));
    let (from, to) = pen.horizon();
    let caption = pen.say(Sentence::HorizonCaption {
        scale,
        price_level: pen.price_level(),
        from,
        to,
    });
    let columns = vec![
        Column::numbers(pen.term(Term::Mean)),
        Column::numbers(pen.term(Term::Interval80)),
        Column::numbers(pen.term(Term::ErrorColumn)),
        Column::numbers(pen.term(Term::Limit)),
        Column::words(pen.term(Term::Holds)),
        Column::words(pen.term(Term::Assessment)),
    ];
    let mut table = Table::new(caption, pen.term(Term::Party), columns).leading(leads([
        equations::X,
        equations::CHANCE,
        equations::HOLDS,
    ]));
    for party in shown(pen) {
        party_row(pen, &mut table, scale, party);
    }
    if let Some(x) = society {
        let mut cells = total(pen, scale, Account::Society, &x);
        let tally = Cell::of("probability.society", pen.tally(verdict.society));
        cells.extend([String::new().into(), tally, String::new().into()]);
        table.row(
            Rank::Main,
            account_label(pen.language, Account::Society),
            cells,
        );
    }
    table
}

fn shown<'a>(pen: &Pen<'a>) -> impl Iterator<Item = &'a PartyVerdict> {
    let accounts = pen.accounts();
    let parties = pen.verdict().parties.iter();
    parties.filter(move |p| p.account != Account::Society && accounts.contains(&p.account))
}

fn party_row(pen: &Pen, table: &mut Table, scale: Scale, party: &PartyVerdict) {
    let mut cells = total(pen, scale, party.account, &party.x);
    let tested = party.standing != Standing::Shown;
    let when_tested = |text: String| if tested { text } else { String::new() };
    cells.push(when_tested(pen.plain(scale, party.tau, 0.0)).into());
    let probability = format!("probability.{}", party.account.key());
    cells.push(Cell::of(probability, when_tested(pen.tally(party.p_holds))));
    cells.push(pen.term(party.standing).into());
    table.row(
        Rank::Main,
        account_label(pen.language, party.account),
        cells,
    );
}

fn total(pen: &Pen, scale: Scale, account: Account, x: &Summary) -> Vec<Cell> {
    let cost = cost(x);
    let texts = [
        pen.cell(scale, cost.mean, cost.mcse),
        pen.interval(scale, Sign::Both, &cost),
        pen.error(scale, cost.mcse),
    ];
    let figure = format!("x.{}", account.key());
    texts.map(|text| Cell::of(figure.clone(), text)).to_vec()
}

fn society(pen: &Pen) -> Option<Summary> {
    let findings = pen.findings();
    let mut rows = findings.present_value.iter();
    let row = rows.find(|r| r.account == Account::Society && r.years == findings.verdict_years);
    row.map(|row| row.value)
}
