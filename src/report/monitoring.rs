//! `monitoring.csv`: what to expect of each indicator, quarter by quarter, and when to look again.
//!
//! ```text
//!   expected = year / 4         variance = dispersion · expected + (parameter spread / 4)²
//!   low, high = expected ∓ 1.2816 · √variance      (central 80 %, normal approximation)
//! ```
//!
//! Promise: chance and what is not known are both in the band, so that one quarter in five falls
//! outside it while all goes as agreed. Fewer than five expected are not told: the band is then
//! from 0 to five or more, wide enough to hold what is not said. Absent: seasons (a year is
//! divided evenly), and causes.

use super::Run;
use super::few::{FEW, FEWEST, few};
use super::finite::{Figure, unsigned_zero};
use crate::analysis::IndicatorRow;
use crate::model::IndicatorTag;
use serde::Serialize;

/// Half-width of a central 80 % interval of a normal law, in standard deviations.
const EIGHTY: f64 = 1.281_551_565_544_600_4;

/// The band of one indicator in one quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Indicator id.
    pub indicator: String,
    /// Calendar year.
    pub year: i32,
    /// 1 to 4.
    pub quarter: u32,
    /// Expected units with the agreement; `None` where they are too few to be told.
    pub expected: Option<f64>,
    /// Lower end of the 80 % band, not below 0.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Band {
    /// The band without an expected number under five: from 0 to at least five.
    fn published(self) -> Band {
        let shown = self.expected.filter(|expected| !few(*expected));
        if shown.is_some() {
            return self;
        }
        Band {
            expected: None,
            low: 0.0,
            high: self.high.max(FEWEST),
            ..self
        }
    }
}

/// The bands of every indicator that has a figure, over the years shown.
pub fn bands(run: &Run) -> Vec<Band> {
    let indicators = &run.model.agreement.indicators;
    let shown = |row: &&IndicatorRow| {
        let stated = &indicators[row.indicator];
        stated.tag != IndicatorTag::NotModelled && !stated.services.is_empty()
    };
    let rows = run.assessment.findings.indicators.iter().filter(shown);
    rows.flat_map(|row| quarters(run, row)).collect()
}

fn quarters(run: &Run, row: &IndicatorRow) -> Vec<Band> {
    let stated = &run.model.agreement.indicators[row.indicator];
    let services = &run.model.world.services;
    // of several services the most dispersed: the band is then never too narrow
    let dispersion = stated.services.iter();
    let dispersion = dispersion.map(|s| services[s.0 as usize].dispersion);
    let year = &row.agreement;
    let expected = year.mean / 4.0;
    let spread = (year.p90 - year.p10) / (2.0 * EIGHTY) / 4.0;
    let chance = dispersion.fold(1.0, f64::max) * expected.max(0.0);
    let half = EIGHTY * (chance + spread * spread).sqrt();
    let band = |quarter| Band {
        indicator: stated.id.clone(),
        year: row.year,
        quarter,
        expected: Some(unsigned_zero(expected)),
        low: (expected - half).max(0.0),
        high: unsigned_zero(expected + half),
    };
    (1..=4).map(|quarter| band(quarter).published()).collect()
}

/// The bands as CSV with decimal points; `None` where nothing is followed.
pub fn monitoring_csv(run: &Run) -> Option<String> {
    let bands = bands(run);
    if bands.is_empty() {
        return None;
    }
    let mut text = String::from("indicator,year,quarter,expected,low,high\n");
    for b in &bands {
        let expected = b.expected.map_or(FEW.to_owned(), |x| format!("{x:.2}"));
        text.push_str(&format!(
            "{},{},{},{expected},{:.2},{:.2}\n",
            b.indicator, b.year, b.quarter, b.low, b.high
        ));
    }
    Some(text)
}

/// The bands in `result.json`: what is followed, quarter by quarter.
#[derive(Serialize)]
pub(super) struct BandFacts {
    indicator: String,
    year: i32,
    quarter: u32,
    expected: Option<Figure>,
    low: Figure,
    high: Figure,
    suppressed: Option<&'static str>,
}

/// The section.
pub(super) fn facts(run: &Run) -> Vec<BandFacts> {
    let one = |band: Band| BandFacts {
        expected: band.expected.map(Figure),
        low: Figure(band.low),
        high: Figure(band.high),
        suppressed: band.expected.is_none().then_some(FEW),
        indicator: band.indicator,
        year: band.year,
        quarter: band.quarter,
    };
    bands(run).into_iter().map(one).collect()
}

/// One observed quarter beside its band.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// The band.
    pub band: Band,
    /// What was counted.
    pub value: f64,
}

impl Observed {
    /// `in`, `above` or `below` the band.
    pub fn flag(&self) -> &'static str {
        match self.value {
            v if v < self.band.low => "below",
            v if v > self.band.high => "above",
            _ => "in",
        }
    }
}

/// The bands of a written table.
///
/// # Errors
/// Names the line that is no band.
pub fn read_bands(text: &str) -> Result<Vec<Band>, String> {
    let band = |cells: &[&str]| {
        let [indicator, year, quarter, expected, low, high] = cells else {
            return None;
        };
        Some(Band {
            indicator: (*indicator).to_owned(),
            year: year.parse().ok()?,
            quarter: quarter.parse().ok()?,
            expected: match *expected == FEW {
                true => None,
                false => Some(expected.parse().ok()?),
            },
            low: low.parse().ok()?,
            high: high.parse().ok()?,
        })
    };
    rows(text, ',', band)
}

/// Observed quarters (`indicator;year;quarter;value`, decimal comma or point) beside their bands.
///
/// # Errors
/// Names the line that is no observation, and quarters that have no band.
pub fn observed(text: &str, bands: &[Band]) -> Result<Vec<Observed>, String> {
    let separator = if text.contains(';') { ';' } else { ',' };
    let row = |cells: &[&str]| {
        let [indicator, year, quarter, value] = cells else {
            return None;
        };
        let value: f64 = value.replace(',', ".").parse().ok()?;
        let (year, quarter): (i32, u32) = (year.parse().ok()?, quarter.parse().ok()?);
        (value.is_finite() && value >= 0.0).then(|| ((*indicator).to_owned(), year, quarter, value))
    };
    let mut found = Vec::new();
    for (indicator, year, quarter, value) in rows(text, separator, row)? {
        let same =
            |b: &&Band| (b.indicator.as_str(), b.year, b.quarter) == (&indicator, year, quarter);
        let band = bands.iter().find(same);
        let band = band.ok_or(format!(
            "{indicator} has no band in {year}, quarter {quarter}"
        ))?;
        found.push(Observed {
            band: band.clone(),
            value,
        });
    }
    Ok(found)
}

fn rows<T>(
    text: &str,
    separator: char,
    row: impl Fn(&[&str]) -> Option<T>,
) -> Result<Vec<T>, String> {
    let lines = text
        .trim_start_matches('\u{feff}')
        .lines()
        .enumerate()
        .skip(1);
    let mut found = Vec::new();
    for (n, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split(separator).map(str::trim).collect();
        found.push(row(&cells).ok_or(format!("line {}: {line}", n + 1))?);
    }
    Ok(found)
}
