//! Municipalities and indicators.

use rust_xlsxwriter::XlsxError;

use super::charts::{self, Cells, Says, Series};
use super::money::{Places, probability};
use super::page::{Cell, Page, Shape, Weight, at, round, sum};
use crate::analysis::{Account, IndicatorRow, MunicipalityRow, Summary};
use crate::model::{IndicatorTag, Party};
use crate::report::compose::municipalities::{per_inhabitant, start, verdict};
use crate::report::compose::pen::{Pen, cost};
use crate::report::few::{FEW, any_few, few};
use crate::report::words::{Term, workbook as words};

const THOUSAND: f64 = 1e3;
/// Decimals of a thousand that make an øre.
const OERE: i32 = 5;
/// Column of the total in thousands.
const IN_ALL: u16 = 8;

/// Every municipality, dearest per inhabitant first, with a live total.
pub fn municipalities(pen: &Pen, places: &Places) -> Result<Option<Page>, XlsxError> {
    let mut rows: Vec<&MunicipalityRow> = pen.findings().municipalities.iter().collect();
    if rows.is_empty() {
        return Ok(None);
    }
    // dearest first; the order of codes where two are alike
    rows.sort_by(|a, b| a.per_inhabitant.total_cmp(&b.per_inhabitant));
    let name = words::MUNICIPALITIES.text(pen.language);
    let lines = [
        words::by_municipality(pen.language, pen.price_level(), pen.horizon()),
        words::PLUS_IS_EXTRA.text(pen.language),
        words::SORTED.text(pen.language),
    ];
    let mut page = Page::new(&name, &name, &lines, pen.language)?;
    page.headings(&headings(pen), 2)?;
    let first = page.row;
    for row in &rows {
        page.cells(Weight::Plain, &municipality(pen, row))?;
    }
    let last = page.row - 1;
    page.filters()?;
    totals(pen, &mut page, places, &rows, (first, last))?;
    let column = |c: u16| Cells {
        from: (first, c),
        to: (last, c),
    };
    let each = words::EACH.text(pen.language);
    let says = Says {
        title: format!("{name}: {each}"),
        unit: each.clone(),
        text: words::bars_say(pen.language, &format!("{name}: {each}")),
    };
    let series = [Series {
        name: each,
        values: column(4),
        look: 0,
        edge: false,
    }];
    let (chart, height) = charts::bars(&name, &says, column(0), &series);
    page.chart(&chart, height)?;
    Ok(Some(page))
}

fn headings(pen: &Pen) -> Vec<String> {
    let text = |word: words::Word| word.text(pen.language);
    vec![
        pen.term(Term::Municipality),
        text(words::CODE),
        pen.term(Term::Start),
        text(words::INHABITANTS),
        text(words::EACH),
        text(words::LOW),
        text(words::HIGH),
        format!(
            "{}, {}",
            text(words::CHANCE),
            text(words::EACH).to_lowercase()
        ),
        text(words::IN_ALL),
        text(words::ERROR),
        text(words::PROBABILITY),
        text(words::PROBABILITY_LOW),
        text(words::PROBABILITY_HIGH),
        pen.term(Term::Assessment),
        text(words::SHARE_COMPENSATION),
        pen.term(Term::AfterCompensation),
    ]
}

fn municipality(pen: &Pen, row: &MunicipalityRow) -> Vec<Cell> {
    let place = &pen.model().world.municipalities[row.municipality.0 as usize];
    let each = per_inhabitant(row);
    let total = cost(&row.x);
    let kroner = |x: f64| Cell::Number(x, Shape::Kroner);
    let thousands = |x: f64| Cell::Number(x / THOUSAND, Shape::Thousands);
    let mut cells = vec![
        place.name.as_str().into(),
        place.code.as_str().into(),
        start(pen, row).into(),
        Cell::Number(row.inhabitants, Shape::Whole),
        kroner(each.mean),
        kroner(each.p10),
        kroner(each.p90),
        Cell::Number(row.chance_band / row.inhabitants.max(1.0), Shape::Count),
        thousands(total.mean),
        Cell::Number(total.mcse / THOUSAND, Shape::Count),
    ];
    if let Some(verdict) = verdict(pen, row) {
        cells.extend(probability(verdict.p_holds));
        cells.push(pen.term(verdict.standing).into());
        cells.push(thousands(verdict.compensation));
        cells.push(pen.term(verdict.standing_after).into());
    }
    cells
}

fn totals(
    pen: &Pen,
    page: &mut Page,
    places: &Places,
    rows: &[&MunicipalityRow],
    (first, last): (u32, u32),
) -> Result<(), XlsxError> {
    let people: f64 = rows.iter().map(|row| row.inhabitants).sum();
    let thousands: f64 = rows.iter().map(|row| cost(&row.x).mean / THOUSAND).sum();
    let label = |word: words::Word| Cell::Text(word.text(pen.language));
    let mut cells = vec![label(words::TOTAL)];
    cells.resize(usize::from(IN_ALL) + 1, Cell::Blank);
    let row = page.row;
    cells[3] = Cell::Formula(format!("={}", sum(3, first, last)), people, Shape::Whole);
    let average = format!("={}*1000/{}", at(row, IN_ALL), at(row, 3));
    cells[4] = Cell::Formula(
        average,
        thousands * THOUSAND / people.max(1.0),
        Shape::Kroner,
    );
    let all = format!("={}", sum(IN_ALL, first, last));
    cells[usize::from(IN_ALL)] = Cell::Formula(all, thousands, Shape::Thousands);
    page.cells(Weight::Total, &cells)?;
    let Some((cell, millions)) = places.of(Account::Party(Party::Municipality)) else {
        return Ok(());
    };
    let together = millions * THOUSAND;
    let mut check = vec![label(words::TOGETHER)];
    check.resize(usize::from(IN_ALL), Cell::Blank);
    check.push(Cell::Formula(
        format!("={cell}*1000"),
        together,
        Shape::Thousands,
    ));
    page.cells(Weight::Check, &check)?;
    let mut check = vec![label(words::DIFFERENCE)];
    check.resize(usize::from(IN_ALL), Cell::Blank);
    let formula = format!("=ROUND({}-{},{OERE})", at(row, IN_ALL), at(row + 1, IN_ALL));
    check.push(Cell::Formula(
        formula,
        round(thousands - together, OERE),
        Shape::Thousands,
    ));
    page.cells(Weight::Check, &check)?;
    Ok(())
}

// ---- indicators -------------------------------------------------------------------------------

/// Every indicator in every year; counts under five are not shown.
pub fn indicators(pen: &Pen) -> Result<Option<Page>, XlsxError> {
    let stated = &pen.model().agreement.indicators;
    if stated.is_empty() {
        return Ok(None);
    }
    let name = words::INDICATORS.text(pen.language);
    let lines = [words::PLUS_IS_MORE.text(pen.language)];
    let mut page = Page::new(&name, &name, &lines, pen.language)?;
    let text = |word: words::Word| word.text(pen.language);
    let headings = [
        pen.term(Term::Indicator),
        text(words::YEAR),
        text(words::KIND),
        pen.term(Term::Without),
        pen.term(Term::With),
        pen.term(Term::Difference),
        text(words::LOW),
        text(words::HIGH),
        text(words::ERROR),
    ];
    page.headings(&headings, 2)?;
    for (index, indicator) in stated.iter().enumerate() {
        let label = pen.language.of(&indicator.label);
        if indicator.tag == IndicatorTag::NotModelled {
            let cells = [label.into(), Cell::Blank, text(words::NOT_MODELLED).into()];
            page.cells(Weight::Plain, &cells)?;
            continue;
        }
        let kind = match indicator.tag {
            IndicatorTag::Proxy => pen.term(Term::Proxy),
            _ => text(words::MODELLED),
        };
        let rows = pen.findings().indicators.iter();
        for row in rows.filter(|row| row.indicator == index) {
            let mut cells: Vec<Cell> = vec![
                label.into(),
                Cell::Number(f64::from(row.year), Shape::Year),
                kind.as_str().into(),
            ];
            cells.extend(counts(row));
            page.cells(Weight::Plain, &cells)?;
        }
    }
    page.filters()?;
    Ok(Some(page))
}

/// Without, with, difference and its interval and error. Where a level may not be shown, neither
/// may the difference that would give it away.
fn counts(row: &IndicatorRow) -> Vec<Cell> {
    let (without, with) = (&row.counterfactual, &row.agreement);
    let difference = &row.difference;
    let mut cells = vec![level(without), level(with)];
    if any_few([without, with]) {
        cells.extend([FEW, "", "", ""].map(Cell::from));
        return cells;
    }
    let change = |x: f64| Cell::Number(x, Shape::Thousands);
    cells.extend([difference.mean, difference.p10, difference.p90].map(change));
    cells.push(Cell::Number(difference.mcse, Shape::Hundredths));
    cells
}

fn level(count: &Summary) -> Cell {
    match few(count.mean) {
        true => FEW.into(),
        false => Cell::Number(count.mean, Shape::Count),
    }
}
