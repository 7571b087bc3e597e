//! What a figure rests on: the same walk, asking only whether a value reads a marked parameter.
//!
//! ```text
//!   number ── known, not marked        marked parameter ── marked
//!   operation ── marked if one of its inputs is, unless a known 0 leaves nothing of it
//! ```
//!
//! Promise: a value that reads a marked parameter is marked, at any remove. A mark may stand on a
//! value whose marked parts cancel: whoever weighs values by their size sees nothing of it.
//! Absent: sizes.

use super::algebra::Algebra;
use super::kink::Kink;
use super::past_use::PastUse;
use crate::model::{Course, Formula, Model, ParameterId, Quantity, Release};

/// Whether a value is a known number, and whether it reads a marked parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rest {
    /// The number it is whatever is drawn, if it rests on stated numbers alone.
    known: Option<f64>,
    /// Reads a marked parameter.
    pub marked: bool,
}

const NOTHING: Rest = Rest {
    known: Some(0.0),
    marked: false,
};

impl Rest {
    fn is_nothing(&self) -> bool {
        self.known == Some(0.0)
    }

    /// What is computed from these values, none of which makes it vanish.
    fn of<'a>(values: impl IntoIterator<Item = &'a Rest>) -> Rest {
        Rest {
            known: None,
            marked: values.into_iter().any(|v| v.marked),
        }
    }
}

/// Asks of every value whether it reads a marked parameter.
pub struct Rests {
    parameters: Vec<Rest>,
}

impl Rests {
    /// Marks the stated parameters that `on` holds of; a formula is what its parts are.
    pub fn new(model: &Model, on: impl Fn(ParameterId) -> bool) -> Rests {
        let all = (0..model.parameters.len()).map(|p| ParameterId(p as u32));
        Rests {
            parameters: all.map(|id| parameter(model, id, &on)).collect(),
        }
    }
}

fn parameter(model: &Model, id: ParameterId, on: &impl Fn(ParameterId) -> bool) -> Rest {
    match &model.parameter(id).quantity {
        Quantity::Formula(formula) => inside(model, formula, on),
        Quantity::Law(law) if law.is_fixed() && !on(id) => Rest {
            known: Some(law.quantile(0.5)),
            marked: false,
        },
        _ => Rest {
            known: None,
            marked: on(id),
        },
    }
}

fn inside(model: &Model, formula: &Formula, on: &impl Fn(ParameterId) -> bool) -> Rest {
    let of = |f: &Formula| inside(model, f, on);
    match formula {
        Formula::Number(x) => Rest {
            known: Some(*x),
            marked: false,
        },
        Formula::Parameter(id) => parameter(model, *id, on),
        Formula::Add(a, b)
        | Formula::Subtract(a, b)
        | Formula::Multiply(a, b)
        | Formula::Divide(a, b) => Rest::of([&of(a), &of(b)]),
    }
}

impl Algebra for Rests {
    type Value = Rest;

    fn number(&mut self, x: f64) -> Rest {
        Rest {
            known: Some(x),
            marked: false,
        }
    }

    fn parameter(&mut self, id: ParameterId) -> Rest {
        self.parameters[id.0 as usize]
    }

    fn scale(&mut self, v: &Rest, by: f64) -> Rest {
        match by {
            0.0 => NOTHING,
            _ => Rest {
                known: v.known.map(|x| x * by),
                ..*v
            },
        }
    }

    fn multiply(&mut self, a: &Rest, b: &Rest) -> Rest {
        match (a.known, b.known) {
            _ if a.is_nothing() || b.is_nothing() => NOTHING,
            (Some(x), Some(y)) => self.number(x * y),
            _ => Rest::of([a, b]),
        }
    }

    fn sum(&mut self, terms: &[(f64, &Rest)]) -> Rest {
        let known = |sum: Option<f64>, (w, v): &(f64, &Rest)| Some(sum? + w * v.known?);
        match terms.iter().fold(Some(0.0), known) {
            Some(sum) => self.number(sum),
            None => Rest::of(terms.iter().filter(|(w, _)| *w != 0.0).map(|(_, v)| *v)),
        }
    }

    fn complement(&mut self, v: &Rest) -> Rest {
        Rest {
            known: v.known.map(|x| 1.0 - x),
            ..*v
        }
    }

    fn positive(&mut self, v: &Rest) -> Rest {
        Rest {
            known: v.known.map(|x| x.max(0.0)),
            ..*v
        }
    }

    fn minimum(&mut self, a: &Rest, b: &Rest) -> Rest {
        match (a.known, b.known) {
            (Some(x), Some(y)) => self.number(x.min(y)),
            _ => Rest::of([a, b]),
        }
    }

    fn growth(&mut self, rate: &Rest, k: u32) -> Rest {
        Rest {
            known: rate.known.map(|x| (0..k).fold(1.0, |g, _| g * (1.0 + x))),
            ..*rate
        }
    }

    fn rationed(&mut self, cap: &Rest, demand: &Rest) -> Rest {
        Rest::of([cap, demand])
    }

    fn ratio(&mut self, a: &Rest, b: &Rest) -> Rest {
        match a.is_nothing() || b.is_nothing() {
            true => NOTHING,
            false => Rest::of([a, b]),
        }
    }

    fn past_use(&mut self, _: PastUse, rate: &Rest, shape: &Rest, _: u32) -> Rest {
        Rest::of([rate, shape])
    }

    fn capacity(&mut self, _: &Release, phase: &Rest, volumes: &[Rest]) -> Vec<Rest> {
        // a step rises on every volume up to its year
        let upto = |t: usize| Rest::of(volumes[..=t].iter().chain([phase]));
        (0..volumes.len()).map(upto).collect()
    }

    fn bent(&mut self, _: Kink, mean: &Rest, spread: &Rest, threshold: &Rest) -> Rest {
        Rest::of([mean, spread, threshold])
    }

    fn shares(&mut self, course: &Course, moves: &[Rest]) -> Vec<Rest> {
        vec![Rest::of(moves); course.size()]
    }

    fn emptied(
        &mut self,
        course: &Course,
        moves: &[Rest],
        shares: &[Rest],
        cuts: &[Vec<Rest>],
    ) -> Vec<Rest> {
        let read = moves.iter().chain(shares).chain(cuts.iter().flatten());
        vec![Rest::of(read); course.size()]
    }
}
