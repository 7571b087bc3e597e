//! Which assumptions can be moved, and between which values.
//!
//! ```text
//! importance ─ strongest of any account, each once, ten ─▶ those the page can fix exactly ─▶ Slider
//! ```
//!
//! A slider's positions are round numbers (1, 2 or 5 times a power of ten apart) from the law's
//! 1 % to its 99 % quantile, so that the value printed is the value used, to the last digit.
//! Absent: a parameter that no row of the verdict reads, one that a limit of safety rests on, and
//! one that moves the age mix which a tariff was compiled with; the page names the last two.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::analysis::ImportanceRow;
use crate::model::{Parameter, ParameterId, Quantity, Value};
use crate::plan::{Program, moves_an_age_mix};
use crate::report::Run;
use crate::report::number::{number_of, power_of_ten};
use crate::report::words::{Language, whatif as words};

/// Most sliders, as the annex lists.
const LISTED: usize = 10;
/// Positions of a slider, about.
const POSITIONS: f64 = 100.0;

/// An assumption that can be moved.
#[derive(Debug, Serialize)]
pub struct Slider {
    /// Position among the exported draws.
    draw: usize,
    /// Name for readers.
    pub label: String,
    /// Unit for readers.
    pub unit: String,
    /// Its mean, as text.
    pub mean: String,
    pub positions: Positions,
}

/// Round numbers: `k · digit · 10^exponent` for k from `first` to `last`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Positions {
    pub digit: i64,
    pub exponent: i32,
    pub first: i64,
    pub last: i64,
    /// Where it stands before it is moved.
    pub start: i64,
}

/// What can be moved, and the labels of what is among the strongest and cannot.
pub fn sliders(
    run: &Run,
    program: &Program,
    drawn: &BTreeMap<usize, usize>,
    language: Language,
) -> (Vec<Slider>, Vec<String>) {
    let (mut sliders, mut left_out) = (Vec::new(), Vec::new());
    for id in strongest(&run.assessment.findings.importance) {
        let parameter = run.model.parameter(id);
        let read = |d: &usize| {
            let draw = &program.draws[*d];
            draw.parameter == id && program.live[draw.column.0 as usize]
        };
        let Some(at) = (0..program.draws.len()).find(read) else {
            continue;
        };
        match slider(run, parameter, id, drawn[&at], language) {
            Some(slider) => sliders.push(slider),
            None => left_out.push(language.of(&parameter.label).to_owned()),
        }
    }
    (sliders, left_out)
}

/// The strongest assumptions of any watched account, each once.
fn strongest(importance: &[ImportanceRow]) -> Vec<ParameterId> {
    let mut rows: Vec<_> = importance.iter().collect();
    rows.retain(|row| row.share > 2.0 * row.mcse);
    rows.sort_by(|a, b| {
        let stronger = b.share.total_cmp(&a.share);
        stronger.then(a.parameter.cmp(&b.parameter))
    });
    let mut seen: Vec<ParameterId> = Vec::new();
    for row in rows {
        if !seen.contains(&row.parameter) {
            seen.push(row.parameter);
        }
    }
    seen.truncate(LISTED);
    seen
}

fn slider(
    run: &Run,
    parameter: &Parameter,
    id: ParameterId,
    draw: usize,
    language: Language,
) -> Option<Slider> {
    let Quantity::Law(law) = &parameter.quantity else {
        return None;
    };
    let (low, mean, high) = (law.quantile(0.01), law.mean(), law.quantile(0.99));
    let safe = &run.model.agreement.governance.safety;
    let guards = safe.iter().any(|s| s.failure_rate == Value::Parameter(id));
    if guards
        || [low, high]
            .iter()
            .any(|x| moves_an_age_mix(run.model, id, *x))
    {
        return None;
    }
    let prices = parameter.price.as_ref().map(|price| price.year);
    Some(Slider {
        draw,
        label: language.of(&parameter.label).to_owned(),
        unit: words::unit(language, &parameter.unit, prices),
        mean: number_of(language, mean),
        positions: Positions::between(low, mean, high)?,
    })
}

impl Positions {
    /// About a hundred round numbers within an interval; `None` where it holds but one.
    pub fn between(low: f64, start: f64, high: f64) -> Option<Positions> {
        let width = (high - low) / POSITIONS;
        if !(width > 0.0 && width.is_finite()) {
            return None;
        }
        let mut exponent = 0;
        while power_of_ten(exponent) > width {
            exponent -= 1;
        }
        while power_of_ten(exponent + 1) <= width {
            exponent += 1;
        }
        let times = width / power_of_ten(exponent);
        let digit = if times < 2.0 {
            1
        } else if times < 5.0 {
            2
        } else {
            5
        };
        let step = digit as f64 * power_of_ten(exponent);
        let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
        (first < last).then(|| Positions {
            digit,
            exponent,
            first,
            last,
            start: ((start / step).round() as i64).clamp(first, last),
        })
    }

    /// About two hundred round numbers on both sides of 0, as far as `most`.
    pub fn around_zero(most: f64) -> Option<Positions> {
        Positions::between(-most.abs(), 0.0, most.abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Catches: positions outside the law, or so few that nothing can be tried.
    #[test]
    fn positions_are_round_numbers_within_the_interval() {
        for (low, mean, high) in [(0.12, 0.5, 0.93), (-3.0, 1.0, 4.5), (1e6, 2e6, 9e6)] {
            let p = Positions::between(low, mean, high).expect("an interval");
            let value = |k: i64| (k * p.digit) as f64 * power_of_ten(p.exponent);
            assert!(value(p.first) >= low - 1e-9 && value(p.last) <= high + 1e-9);
            let (n, near) = (p.last - p.first, (value(p.start) - mean).abs());
            assert!((50..=250).contains(&n), "{n} positions");
            assert!(near <= (high - low) / 50.0);
        }
        assert_eq!(Positions::between(1.0, 1.0, 1.0), None);
    }
}
