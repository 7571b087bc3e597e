//! The scalar reference: one draw, every cell, plain f64. Slow, and the specification.

use super::algebra::{Algebra, capacity_path};
use super::kink::Kink;
use super::past_use::{PastUse, past_use};
use crate::model::{Course, Formula, Model, ParameterId, Quantity, Release};

/// Evaluates a model at one draw of its parameters.
pub struct Reference {
    /// Value of every parameter, by id.
    values: Vec<f64>,
}

impl Reference {
    /// `draws[p]` is the draw of parameter p; formulas are computed from the others.
    pub fn new(model: &Model, draws: &[f64]) -> Self {
        let mut values = draws.to_vec();
        for (p, parameter) in model.parameters.iter().enumerate() {
            if let Quantity::Formula(formula) = &parameter.quantity {
                values[p] = evaluate(model, formula, draws);
            }
        }
        Reference { values }
    }
}

/// A formula at one draw; formulas may rest on formulas (never in a circle: checked).
fn evaluate(model: &Model, formula: &Formula, draws: &[f64]) -> f64 {
    let of = |f: &Formula| evaluate(model, f, draws);
    match formula {
        Formula::Number(x) => *x,
        Formula::Parameter(id) => match &model.parameter(*id).quantity {
            Quantity::Formula(inner) => of(inner),
            _ => draws[id.0 as usize],
        },
        Formula::Add(a, b) => of(a) + of(b),
        Formula::Subtract(a, b) => of(a) - of(b),
        Formula::Multiply(a, b) => of(a) * of(b),
        Formula::Divide(a, b) => of(a) / of(b),
    }
}

impl Algebra for Reference {
    type Value = f64;

    fn number(&mut self, x: f64) -> f64 {
        x
    }
    fn parameter(&mut self, id: ParameterId) -> f64 {
        self.values[id.0 as usize]
    }
    fn scale(&mut self, v: &f64, by: f64) -> f64 {
        v * by
    }
    fn multiply(&mut self, a: &f64, b: &f64) -> f64 {
        a * b
    }
    fn sum(&mut self, terms: &[(f64, &f64)]) -> f64 {
        terms.iter().fold(0.0, |sum, (w, v)| sum + w * **v)
    }
    fn complement(&mut self, v: &f64) -> f64 {
        1.0 - v
    }
    fn positive(&mut self, v: &f64) -> f64 {
        v.max(0.0)
    }
    fn minimum(&mut self, a: &f64, b: &f64) -> f64 {
        a.min(*b)
    }
    fn growth(&mut self, rate: &f64, k: u32) -> f64 {
        (0..k).fold(1.0, |g, _| g * (1.0 + rate))
    }
    fn rationed(&mut self, cap: &f64, demand: &f64) -> f64 {
        if *demand > *cap { cap / demand } else { 1.0 }
    }
    fn ratio(&mut self, a: &f64, b: &f64) -> f64 {
        if *b == 0.0 { 0.0 } else { a / b }
    }
    fn past_use(&mut self, what: PastUse, rate: &f64, shape: &f64, at_least: u32) -> f64 {
        past_use(what, *rate, *shape, at_least)
    }
    fn capacity(&mut self, rule: &Release, phase: &f64, volumes: &[f64]) -> Vec<f64> {
        let mut paid = vec![0.0; volumes.len()];
        capacity_path(rule, *phase, volumes, &mut paid);
        paid
    }
    fn bent(&mut self, kink: Kink, mean: &f64, spread: &f64, threshold: &f64) -> f64 {
        kink.at(*mean, *spread, *threshold)
    }

    fn shares(&mut self, course: &Course, moves: &[f64]) -> Vec<f64> {
        course.shares(moves)
    }
    fn emptied(
        &mut self,
        course: &Course,
        moves: &[f64],
        shares: &[f64],
        cuts: &[Vec<f64>],
    ) -> Vec<f64> {
        course.emptied(moves, shares, cuts)
    }
}
