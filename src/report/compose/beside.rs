//! What is shown beside the verdict and never added to it.

use super::method::leads;
use super::pen::{Pen, cost, largest};
use crate::analysis::{Account, HorizonRow, MemoRow, Summary};
use crate::model::{CashClass, Party};
use crate::report::document::{Block, Column, Document, Rank, Table, Text};
use crate::report::number::{Scale, Sign};
use crate::report::words::method as equations;
use crate::report::words::{Sentence, Term, account_label};
use crate::verdict::RobustnessRow;

/// Horizons, general practice, memo lines, other definitions.
pub fn write(pen: &Pen, document: &mut Document) {
    document.push(Block::Heading(pen.term(Term::Beside)));
    let tables = [horizons(pen), general_practice(pen), robustness(pen)];
    for table in tables.into_iter().filter(|table| !table.rows.is_empty()) {
        document.push(Block::Table(table));
    }
    let memo = memo(pen);
    if !memo.is_empty() {
        document.push(Block::list(memo));
    }
}

fn horizons(pen: &Pen) -> Table {
    let rows = &pen.findings().present_value;
    let mut years: Vec<u32> = rows.iter().map(|row| row.years).collect();
    years.sort_unstable();
    years.dedup();
    let scale = Scale::of_column(largest(rows.iter().map(|row| &row.value)));
    let columns = years
        .iter()
        .map(|y| Column::numbers(pen.say(Sentence::Years(*y))))
        .collect();
    let caption = pen.say(Sentence::HorizonsCaption {
        scale,
        price_level: pen.price_level(),
        from: pen.horizon().0,
    });
    let accounts = pen.accounts();
    let mut table = Table::new(caption, pen.term(Term::Party), columns)
        .leading(accounts.iter().map(|a| format!("x.{}", a.key())))
        .leading(leads([equations::X]));
    if years.len() < 2 {
        return table;
    }
    for account in pen.accounts() {
        let cost_at = |years: &u32| horizon(rows, account, *years).map(|row| cost(&row.value));
        let costs: Vec<Option<Summary>> = years.iter().map(cost_at).collect();
        let each = |text: &dyn Fn(&Summary) -> String| -> Vec<String> {
            costs
                .iter()
                .map(|cost| cost.as_ref().map_or(String::new(), text))
                .collect()
        };
        let means = each(&|cost| pen.cell(scale, cost.mean, cost.mcse));
        table.row(Rank::Main, account_label(pen.language, account), means);
        let intervals = each(&|cost| pen.interval(scale, Sign::Both, cost));
        table.row(Rank::Detail, pen.term(Term::Interval80), intervals);
    }
    table
}

fn horizon(rows: &[HorizonRow], account: Account, years: u32) -> Option<&HorizonRow> {
    rows.iter()
        .find(|row| row.account == account && row.years == years)
}

fn general_practice(pen: &Pen) -> Table {
    let in_horizon = |year: i32| pen.verdict_years().contains(&year);
    let rows: Vec<_> = pen
        .findings()
        .gp
        .iter()
        .filter(|row| in_horizon(row.year))
        .collect();
    let scale = Scale::of_column(largest(rows.iter().flat_map(|r| [&r.income, &r.resource])));
    let columns = rows
        .iter()
        .map(|row| Column::numbers(row.year.to_string()))
        .collect();
    let caption = pen.say(Sentence::GpCaption {
        scale,
        price_level: pen.price_level(),
    });
    let mut table = Table::new(caption, String::new(), columns)
        .leading(rows.iter().map(|row| format!("gp.{}", row.year)));
    let moved = rows
        .iter()
        .any(|r| [r.income, r.resource, r.units] != [Summary::default(); 3]);
    if !moved {
        return table;
    }
    let kroner = |s: &Summary| pen.cell(scale, s.mean, s.mcse);
    table.row(
        Rank::Main,
        pen.term(Term::GpIncome),
        rows.iter()
            .map(|r| kroner(&r.income))
            .collect::<Vec<String>>(),
    );
    table.row(
        Rank::Main,
        pen.term(Term::GpResource),
        rows.iter()
            .map(|r| kroner(&r.resource))
            .collect::<Vec<String>>(),
    );
    let units = rows
        .iter()
        .map(|r| pen.cell(Scale::WHOLE, r.units.mean, r.units.mcse))
        .collect::<Vec<String>>();
    table.row(Rank::Main, pen.term(Term::GpUnits), units);
    table
}

fn robustness(pen: &Pen) -> Table {
    let columns = vec![
        Column::words(pen.term(Term::Answer)),
        Column::words(pen.term(Term::Figure)),
    ];
    let caption = pen.say(Sentence::RobustnessCaption);
    let mut table = Table::new(caption, pen.term(Term::Definition), columns)
        .leading(["x.region", "x.municipality"])
        .leading(leads([equations::PRICE]));
    for row in &pen.verdict().robustness {
        let answer = match row.holds {
            Some(true) => Term::Yes,
            Some(false) => Term::No,
            None if row.figure.is_some() => Term::NoDirection,
            None => Term::NotDefined,
        };
        let cells = vec![pen.term(answer), robustness_figure(pen, row)];
        table.row(Rank::Main, definition(pen, row.definition), cells);
    }
    table
}

fn definition(pen: &Pen, id: &str) -> String {
    match id {
        "per_year" => pen.term(Term::PerYearRule),
        "expected" => pen.term(Term::ExpectedRule),
        "equal_split" => pen.term(Term::EqualSplitRule),
        "proportional" => pen.term(Term::ProportionalRule),
        "shapley" => pen.term(Term::ShapleyRule),
        other => other.to_owned(),
    }
}

/// A share in per cent for `proportional`; for the splits, the payment that would give it.
fn robustness_figure(pen: &Pen, row: &RobustnessRow) -> String {
    let Some(value) = row.figure else {
        return String::new();
    };
    // The figure carries no error of its own: a difference of means, printed to three digits.
    let error = 0.002 * value.abs();
    if row.definition == "proportional" {
        return format!("{}\u{a0}%", pen.cell(Scale::PERCENT, value, error));
    }
    let half = 1.96 * error;
    pen.say(Sentence::Payment(
        &pen.payment(value, (value - half, value + half)),
    ))
}

fn memo(pen: &Pen) -> Vec<Text> {
    let classes = [CashClass::FreedCapacity, CashClass::DoubleRunning];
    let lines = Party::ALL
        .into_iter()
        .flat_map(|party| classes.map(|class| (party, class)));
    lines
        .filter_map(|(party, class)| memo_line(pen, party, class))
        .map(|line| Text::from(line).leading(leads([equations::COST])))
        .collect()
}

fn memo_line(pen: &Pen, party: Party, class: CashClass) -> Option<String> {
    let in_horizon = |year: i32| pen.verdict_years().contains(&year);
    let concerns =
        |row: &&MemoRow| row.party == party && row.class == class && in_horizon(row.year);
    let rows = pen.findings().memo.iter().filter(concerns);
    // Years move together: the errors add up rather than cancel.
    let (sum, error) = rows.fold((0.0, 0.0), |(sum, error), row| {
        (sum + row.value.mean, error + row.value.mcse)
    });
    if sum == 0.0 {
        return None;
    }
    let scale = Scale::of_sentence(sum);
    let digits = pen.plain(scale, sum, error);
    let (from, to) = pen.horizon();
    Some(pen.say(Sentence::Memo {
        account: Account::Party(party),
        what: Term::beside(class)?,
        amount: &pen.say(Sentence::Kroner(&digits, scale)),
        from,
        to,
    }))
}
