//! Kroner by account: year by year, added up, over the horizon, settled, and by source.

use rust_xlsxwriter::XlsxError;

use super::charts::{self, Cells, LINES_HEIGHT, Says, Series};
use super::page::{Cell, Page, Shape, Weight, at, on, round, sum};
use crate::analysis::{Account, Summary, WATCHED};
use crate::model::Tag;
use crate::report::compose::compensation::unit_label;
use crate::report::compose::pen::{Pen, cost};
use crate::report::explain::tag_label;
use crate::report::words::{Term, account_label, workbook as words};
use crate::verdict::{Probability, Sum};

/// Kroner in a million.
const MILLION: f64 = 1e6;
/// Decimals of a million that make an øre.
const OERE: i32 = 8;

fn millions(kroner: f64) -> Cell {
    Cell::Number(kroner / MILLION, Shape::Millions)
}

fn plain(kroner: f64) -> Cell {
    Cell::Number(kroner / MILLION, Shape::PlainMillions)
}

/// Where an account's extra expenditure over the horizon stands, for sheets that check against it.
pub struct Places {
    sheet: String,
    rows: Vec<(Account, u32, f64)>,
}

impl Places {
    /// The cell of an account, and the millions in it.
    pub fn of(&self, account: Account) -> Option<(String, f64)> {
        let row = self.rows.iter().find(|row| row.0 == account)?;
        Some((on(&self.sheet, row.1, 1), row.2))
    }
}

/// Where an account's years stand.
pub struct YearRows {
    sheet: String,
    rows: Vec<(Account, u32, Vec<f64>)>,
}

impl YearRows {
    /// The cells of an account's first `years` years added up, and what that is in millions.
    fn added(&self, account: Account, years: u16) -> Option<(String, f64)> {
        let (_, row, values) = self.rows.iter().find(|row| row.0 == account)?;
        let cells = format!("SUM({}:{})", on(&self.sheet, *row, 2), at(*row, 1 + years));
        Some((cells, values.iter().take(usize::from(years)).sum()))
    }
}

// ---- year by year -----------------------------------------------------------------------------

/// Budget effect by account and year, with a check that the parties are society.
pub fn parties(pen: &Pen) -> Result<(Page, YearRows), XlsxError> {
    let name = words::PARTIES.text(pen.language);
    let lines = [
        words::undiscounted(pen.language, pen.price_level()),
        words::PLUS_IS_EXTRA.text(pen.language),
    ];
    let mut page = Page::new(&name, &name, &lines, pen.language)?;
    let years = &pen.findings().years;
    let mut headings = vec![pen.term(Term::Party), words::MEASURE.text(pen.language)];
    headings.extend(years.iter().map(i32::to_string));
    page.headings(&headings, 2)?;
    let accounts = pen.accounts();
    let of = |account: Account, figure: &dyn Fn(&Summary, f64) -> f64| -> Vec<f64> {
        let value = |year: &i32| {
            let mut rows = pen.findings().budget.iter();
            let row = rows.find(|r| r.account == account && r.year == *year);
            row.map_or(0.0, |row| figure(&row.value, row.phase_in) / MILLION)
        };
        years.iter().map(value).collect()
    };
    let mean = |value: &Summary, _: f64| value.mean;
    let first = page.row;
    let others = accounts.iter().filter(|a| **a != Account::Society);
    let mut sums = vec![0.0; years.len()];
    let mut rows = YearRows {
        sheet: name.clone(),
        rows: Vec::new(),
    };
    for account in others {
        let values = of(*account, &mean);
        sums.iter_mut().zip(&values).for_each(|(sum, x)| *sum += x);
        let at = row(
            pen,
            &mut page,
            *account,
            (words::MEAN, Weight::Plain),
            &values,
        )?;
        rows.rows.push((*account, at, values));
    }
    let last = page.row - 1;
    let society = of(Account::Society, &mean);
    let total = row(
        pen,
        &mut page,
        Account::Society,
        (words::MEAN, Weight::Total),
        &society,
    )?;
    rows.rows.push((Account::Society, total, society.clone()));
    let columns = 2u16..;
    let mut check = vec![words::PARTIES_SUM.text(pen.language).into(), Cell::Blank];
    check.extend(columns.clone().zip(&sums).map(|(column, value)| {
        Cell::Formula(
            format!("={}", sum(column, first, last)),
            *value,
            Shape::Millions,
        )
    }));
    let added = page.cells(Weight::Check, &check)?;
    let mut check = vec![words::DIFFERENCE.text(pen.language).into(), Cell::Blank];
    check.extend(
        columns
            .zip(sums.iter().zip(&society))
            .map(|(column, (sum, society))| {
                let formula = format!("=ROUND({}-{},{OERE})", at(added, column), at(total, column));
                Cell::Formula(formula, round(sum - society, OERE), Shape::Millions)
            }),
    );
    page.cells(Weight::Check, &check)?;
    page.row += 1;
    for account in &accounts {
        row(
            pen,
            &mut page,
            *account,
            (words::LOW, Weight::Plain),
            &of(*account, &|v, _| v.p10),
        )?;
        row(
            pen,
            &mut page,
            *account,
            (words::HIGH, Weight::Plain),
            &of(*account, &|v, _| v.p90),
        )?;
        row(
            pen,
            &mut page,
            *account,
            (words::ERROR, Weight::Plain),
            &of(*account, &|v, _| v.mcse),
        )?;
        row(
            pen,
            &mut page,
            *account,
            (words::PHASE_IN, Weight::Plain),
            &of(*account, &|_, p| p),
        )?;
    }
    let width = years.len() as u16;
    if width > 0 {
        let last_column = 1 + width;
        let moved = accounts.iter().enumerate().filter(|(_, account)| {
            WATCHED.contains(account) || of(**account, &mean).iter().any(|x| *x != 0.0)
        });
        let series: Vec<Series> = moved
            .enumerate()
            .map(|(look, (i, account))| {
                let row = if *account == Account::Society {
                    total
                } else {
                    first + i as u32
                };
                Series {
                    name: account_label(pen.language, *account).to_owned(),
                    values: Cells {
                        from: (row, 2),
                        to: (row, last_column),
                    },
                    look,
                    edge: false,
                }
            })
            .collect();
        let header = Cells {
            from: (page.header, 2),
            to: (page.header, last_column),
        };
        let says = says(pen, &name, &WATCHED, |account| {
            of(account, &mean).last().map(|value| value * MILLION)
        });
        let chart = charts::lines(&name, &says, header, &series);
        page.chart(&chart, LINES_HEIGHT)?;
    }
    Ok((page, rows))
}

fn row(
    pen: &Pen,
    page: &mut Page,
    account: Account,
    (measure, weight): (crate::report::words::accountability::Both, Weight),
    values: &[f64],
) -> Result<u32, XlsxError> {
    let mut cells: Vec<Cell> = vec![
        account_label(pen.language, account).into(),
        measure.text(pen.language).into(),
    ];
    cells.extend(values.iter().map(|x| Cell::Number(*x, Shape::Millions)));
    page.cells(weight, &cells)
}

/// Words of a chart over the years: where each line ends.
fn says(
    pen: &Pen,
    title: &str,
    accounts: &[Account],
    end: impl Fn(Account) -> Option<f64>,
) -> Says {
    let last = pen.findings().years.last().copied().unwrap_or_default();
    let one = |account: &Account| {
        let value = end(*account)?;
        let label = account_label(pen.language, *account);
        Some(format!("{label} {last}: {}.", pen.amount(value, 0.0)))
    };
    let ends: Vec<String> = accounts.iter().filter_map(one).collect();
    Says {
        title: title.to_owned(),
        unit: words::MILLIONS.text(pen.language),
        text: words::lines_say(pen.language, title, &ends),
    }
}

/// Budget effects added up, with bands, for the watched accounts.
pub fn running(pen: &Pen, years: &YearRows) -> Result<Option<Page>, XlsxError> {
    let rows = &pen.findings().running;
    if rows.is_empty() {
        return Ok(None);
    }
    let name = words::RUNNING.text(pen.language);
    let lines = [
        words::running(pen.language, pen.price_level()),
        words::PLUS_IS_EXTRA.text(pen.language),
    ];
    let mut page = Page::new(&name, &name, &lines, pen.language)?;
    let label = |account: Account| account_label(pen.language, account);
    let mut headings = vec![words::YEAR.text(pen.language)];
    for account in WATCHED {
        let measures = [words::MEAN, words::LOW, words::HIGH];
        headings.extend(measures.map(|m| format!("{}: {}", label(account), m.text(pen.language))));
    }
    let check = words::BY_YEARS.text(pen.language);
    headings.extend(WATCHED.map(|account| format!("{}: {check}", label(account))));
    page.headings(&headings, 1)?;
    let value = |account: Account, year: i32| {
        let found = rows.iter().find(|r| r.account == account && r.year == year);
        found.map(|row| row.value)
    };
    let first = page.row;
    for (counted, year) in (1u16..).zip(&pen.findings().years) {
        let mut cells = vec![Cell::Number(f64::from(*year), Shape::Year)];
        for account in WATCHED {
            match value(account, *year) {
                Some(s) => cells.extend([s.mean, s.p10, s.p90].map(millions)),
                None => cells.extend([Cell::Blank, Cell::Blank, Cell::Blank]),
            }
        }
        for (i, account) in (0u16..).zip(WATCHED) {
            let found = value(account, *year).zip(years.added(account, counted));
            cells.push(found.map_or(Cell::Blank, |(s, (sum, added))| {
                let formula = format!("=ROUND({}-{sum},{OERE})", at(page.row, 1 + 3 * i));
                let difference = round(s.mean / MILLION - added, OERE);
                Cell::Formula(formula, difference, Shape::Millions)
            }));
        }
        page.cells(Weight::Plain, &cells)?;
    }
    let last = page.row - 1;
    let column = |c: u16| Cells {
        from: (first, c),
        to: (last, c),
    };
    let series: Vec<Series> = (0..)
        .zip(WATCHED)
        .flat_map(|(i, account)| {
            let series = |offset: u16, measure: words::Word| Series {
                name: match offset {
                    0 => label(account).to_owned(),
                    _ => format!("{}: {}", label(account), measure.text(pen.language)),
                },
                values: column(1 + 3 * i + offset),
                look: usize::from(i),
                edge: offset > 0,
            };
            [
                series(0, words::MEAN),
                series(1, words::LOW),
                series(2, words::HIGH),
            ]
        })
        .collect();
    let end = |account| {
        let last = pen.findings().years.last()?;
        Some(value(account, *last)?.mean)
    };
    let says = says(pen, &name, &WATCHED, end);
    let chart = charts::lines(&name, &says, column(0), &series);
    page.chart(&chart, LINES_HEIGHT)?;
    Ok(Some(page))
}

// ---- over the horizon -------------------------------------------------------------------------

/// Each account over the verdict horizon: effect, limit, probability, standing.
pub fn verdict(pen: &Pen) -> Result<(Page, Places), XlsxError> {
    let name = words::VERDICT.text(pen.language);
    let lines = [
        words::present(pen.language, pen.price_level(), pen.horizon()),
        words::PLUS_IS_EXTRA.text(pen.language),
        words::LIMITS.text(pen.language),
    ];
    let mut page = Page::new(&name, &name, &lines, pen.language)?;
    let headings = [
        words::MEAN,
        words::LOW,
        words::HIGH,
        words::ERROR,
        words::TOLERANCE,
        words::CHANCE,
        words::PROBABILITY,
        words::PROBABILITY_LOW,
        words::PROBABILITY_HIGH,
    ]
    .map(|heading| heading.text(pen.language));
    let mut row = vec![pen.term(Term::Party)];
    row.extend(headings);
    row.push(pen.term(Term::Assessment));
    page.headings(&row, 1)?;
    let mut places = Places {
        sheet: name,
        rows: Vec::new(),
    };
    for account in pen.accounts() {
        let tested = pen.verdict().parties.iter().find(|p| p.account == account);
        let Some(x) = tested.map(|p| p.x).or_else(|| over_horizon(pen, account)) else {
            continue;
        };
        let cost = cost(&x);
        let mut cells: Vec<Cell> = vec![account_label(pen.language, account).into()];
        cells.extend([cost.mean, cost.p10, cost.p90].map(millions));
        cells.push(plain(cost.mcse));
        match tested {
            Some(party) => cells.extend([party.tau, party.chance_band].map(plain)),
            None => cells.extend([Cell::Blank, Cell::Blank]),
        }
        let p = match account {
            Account::Society => Some(pen.verdict().society),
            _ => tested.map(|party| party.p_holds),
        };
        cells.extend(p.map_or([Cell::Blank, Cell::Blank, Cell::Blank], probability));
        cells.extend(tested.map(|party| pen.term(party.standing).into()));
        let at = page.cells(Weight::Plain, &cells)?;
        places.rows.push((account, at, cost.mean / MILLION));
    }
    Ok((page, places))
}

/// Estimate and limits.
pub fn probability(p: Probability) -> [Cell; 3] {
    [p.p, p.low, p.high].map(|p| Cell::Number(p, Shape::Percent))
}

fn over_horizon(pen: &Pen, account: Account) -> Option<Summary> {
    let years = pen.findings().verdict_years;
    let mut rows = pen.findings().present_value.iter();
    let row = rows.find(|row| row.account == account && row.years == years)?;
    Some(row.value)
}

/// The zone and its named points.
pub fn compensation(pen: &Pen) -> Result<Option<Page>, XlsxError> {
    let found = &pen.verdict().compensation;
    let name = words::COMPENSATION.text(pen.language);
    let lines = [
        words::present(pen.language, pen.price_level(), pen.horizon()),
        words::PLUS_IS_PAID.text(pen.language),
    ];
    let mut page = Page::new(&name, &name, &lines, pen.language)?;
    let headings = [
        String::new(),
        pen.term(Term::InTotal),
        words::INTERVAL_FROM.text(pen.language),
        words::INTERVAL_TO.text(pen.language),
        pen.term(Term::PerYear),
        words::UNIT_PRICE.text(pen.language),
        words::UNIT.text(pen.language),
    ];
    page.headings(&headings, 1)?;
    let ends = [(words::LEAST, found.ends.0), (words::MOST, found.ends.1)];
    for (label, (value, (from, to))) in ends {
        let mut cells: Vec<Cell> = vec![label.text(pen.language).into()];
        cells.extend([value, from, to].map(millions));
        page.cells(Weight::Plain, &cells)?;
    }
    let sums = [
        (Term::TStar, found.t_star),
        (Term::TFull, found.t_full),
        (Term::TMean, found.t_mean),
    ];
    for (label, sum) in sums {
        let Some(sum) = sum else { continue };
        page.cells(Weight::Plain, &named_sum(pen, label, &sum))?;
    }
    Ok(Some(page))
}

fn named_sum(pen: &Pen, label: Term, sum: &Sum) -> Vec<Cell> {
    let mut cells: Vec<Cell> = vec![pen.term(label).into()];
    cells.extend([sum.value, sum.interval.0, sum.interval.1, sum.per_year].map(millions));
    if let Some(price) = sum.per_unit {
        cells.push(Cell::Number(price, Shape::Kroner));
        cells.extend(unit_label(pen).map(Cell::from));
    }
    cells
}

// ---- by source --------------------------------------------------------------------------------

/// Each source's part of each account's effect, with a check that the parts are the whole.
pub fn sources(pen: &Pen, places: &Places) -> Result<Option<Page>, XlsxError> {
    let found = &pen.findings().waterfall;
    if found.is_empty() {
        return Ok(None);
    }
    let name = words::SOURCES.text(pen.language);
    let lines = [
        words::present(pen.language, pen.price_level(), pen.horizon()),
        words::PLUS_IS_EXTRA.text(pen.language),
    ];
    let mut page = Page::new(&name, &name, &lines, pen.language)?;
    let accounts: Vec<Account> = pen.accounts();
    let mut headings = vec![
        words::SOURCE_OF.text(pen.language),
        words::MEASURE.text(pen.language),
    ];
    headings.extend(
        accounts
            .iter()
            .map(|a| account_label(pen.language, *a).to_owned()),
    );
    page.headings(&headings, 2)?;
    let mut tags: Vec<Tag> = Vec::new();
    for row in found {
        if !tags.contains(&row.tag) {
            tags.push(row.tag);
        }
    }
    let of = |account: Account, tag: Tag| {
        let row = found.iter().find(|r| r.account == account && r.tag == tag);
        row.map_or((0.0, 0.0), |row| (row.mean, row.mcse))
    };
    let first = page.row;
    let mut sums = vec![0.0; accounts.len()];
    let label = |tag: Tag| Cell::Text(tag_label(pen.model(), tag, pen.language));
    for tag in &tags {
        let mut cells = vec![label(*tag), words::MEAN.text(pen.language).into()];
        for (account, sum) in accounts.iter().zip(&mut sums) {
            let mean = of(*account, *tag).0;
            *sum += mean / MILLION;
            cells.push(millions(mean));
        }
        page.cells(Weight::Plain, &cells)?;
    }
    let last = page.row - 1;
    source_checks(pen, &mut page, places, (first, last), &sums)?;
    page.row += 1;
    for tag in &tags {
        let mut cells = vec![label(*tag), words::ERROR.text(pen.language).into()];
        cells.extend(accounts.iter().map(|account| plain(of(*account, *tag).1)));
        page.cells(Weight::Plain, &cells)?;
    }
    let column = |c: u16| Cells {
        from: (first, c),
        to: (last, c),
    };
    let watched = (2u16..).zip(&accounts).filter(|(_, a)| WATCHED.contains(a));
    let series: Vec<Series> = watched
        .enumerate()
        .map(|(look, (c, account))| Series {
            name: account_label(pen.language, *account).to_owned(),
            values: column(c),
            look,
            edge: false,
        })
        .collect();
    let says = Says {
        title: name.clone(),
        unit: words::MILLIONS.text(pen.language),
        text: words::bars_say(pen.language, &name),
    };
    let (chart, height) = charts::bars(&name, &says, column(0), &series);
    page.chart(&chart, height)?;
    Ok(Some(page))
}

fn source_checks(
    pen: &Pen,
    page: &mut Page,
    places: &Places,
    (first, last): (u32, u32),
    sums: &[f64],
) -> Result<(), XlsxError> {
    let head = |word: words::Word| vec![Cell::Text(word.text(pen.language)), Cell::Blank];
    let mut added = head(words::SOURCES_SUM);
    let mut assessed = head(words::AS_ASSESSED);
    let mut difference = head(words::DIFFERENCE);
    let row = page.row;
    for ((column, account), total) in (2u16..).zip(pen.accounts()).zip(sums) {
        let formula = format!("={}", sum(column, first, last));
        added.push(Cell::Formula(formula, *total, Shape::Millions));
        let Some((cell, value)) = places.of(account) else {
            assessed.push(Cell::Blank);
            difference.push(Cell::Blank);
            continue;
        };
        assessed.push(Cell::Formula(format!("={cell}"), value, Shape::Millions));
        let formula = format!("=ROUND({}-{},{OERE})", at(row, column), at(row + 1, column));
        difference.push(Cell::Formula(
            formula,
            round(total - value, OERE),
            Shape::Millions,
        ));
    }
    page.cells(Weight::Total, &added)?;
    page.cells(Weight::Check, &assessed)?;
    page.cells(Weight::Check, &difference)?;
    Ok(())
}
