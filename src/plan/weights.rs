//! Numbers that do not depend on the draw: pace, persons, prices.

use crate::model::{AfterPeriod, Agreement, Coverage, Month, Terms};

/// Share of a year that something is on, by municipality and year.
pub type Pace = Vec<Vec<f64>>;

/// How activity ends, if it does: the first month without it.
fn end_of(terms: Terms) -> Option<Month> {
    let after = Month::january(terms.period.1 + 1);
    (terms.after_period == AfterPeriod::Ends).then_some(after)
}

/// Mean over the months of a year of `at(years since start)`, from `start + lag` on.
fn mean_over_year(
    start: Option<Month>,
    end: Option<Month>,
    year: i32,
    lag_months: u32,
    at: impl Fn(f64) -> f64,
) -> f64 {
    let Some(start) = start else { return 0.0 };
    let begins = start.0 + lag_months as i32;
    let months = (0..12).map(|m| year * 12 + m);
    let value = |month: i32| {
        let open = month >= begins && end.is_none_or(|e| month < e.0);
        // mid-month: a ramp that starts on the first day has moved on by half a month
        if open {
            at((month - begins) as f64 / 12.0 + 1.0 / 24.0)
        } else {
            0.0
        }
    };
    months.map(value).sum::<f64>() / 12.0
}

/// Coverage pace: mean ramp over the months of each year.
pub fn coverage_pace(agreement: &Agreement, coverage: &Coverage, years: &[i32]) -> Pace {
    effect_pace(agreement, coverage, years, 0, 0.0)
}

/// Pace of an effect: the ramp, `lag_months` later, worn off by `decay` a year after onset.
pub fn effect_pace(
    agreement: &Agreement,
    coverage: &Coverage,
    years: &[i32],
    lag_months: u32,
    decay: f64,
) -> Pace {
    let end = end_of(agreement.terms_of_coverage(coverage));
    let kept = |since: f64| (1.0 - decay * since).max(0.0);
    let worn = |since: f64| coverage.ramp.at(since) * kept(since);
    let pace = |start: &Option<Month>| -> Vec<f64> {
        years
            .iter()
            .map(|y| mean_over_year(*start, end, *y, lag_months, worn))
            .collect()
    };
    coverage.start.iter().map(pace).collect()
}

/// The first year in which an effect works anywhere, its lag over; `None` if the agreement ends
/// before.
pub fn first_effect(
    agreement: &Agreement,
    coverage: &Coverage,
    from: i32,
    lag_months: u32,
) -> Option<i32> {
    let starts = coverage.start.iter().flatten().map(|s| s.0);
    let begins = Month(starts.min()? + lag_months as i32).max(Month::january(from));
    let ended = end_of(agreement.terms_of_coverage(coverage)).is_some_and(|end| begins >= end);
    (!ended).then_some(begins.0.div_euclid(12))
}

/// Increase of the ramp during each year: the share newly covered.
pub fn newly_covered(agreement: &Agreement, coverage: &Coverage, years: &[i32]) -> Pace {
    let end = end_of(agreement.terms_of_coverage(coverage));
    let reached = |start: Month, before: i32| -> f64 {
        let month = end.map_or(before, |e| before.min(e.0));
        coverage.ramp.reached(month - start.0)
    };
    let pace = |start: &Option<Month>| -> Vec<f64> {
        let rise = |s: Month, y: &i32| reached(s, (y + 1) * 12) - reached(s, y * 12);
        years
            .iter()
            .map(|y| start.map_or(0.0, |s| rise(s, y).max(0.0)))
            .collect()
    };
    coverage.start.iter().map(pace).collect()
}

/// Share of each year that an operator runs a service.
pub fn operating_pace(start: &[Option<Month>], from_to: (i32, i32), years: &[i32]) -> Pace {
    let end = Some(Month::january(from_to.1 + 1));
    let first = Month::january(from_to.0);
    let pace = |s: &Option<Month>| -> Vec<f64> {
        let begins = s.map(|s| s.max(first));
        years
            .iter()
            .map(|y| mean_over_year(begins, end, *y, 0, |_| 1.0))
            .collect()
    };
    start.iter().map(pace).collect()
}
