//! What lowering is written in: the same walk over the model, read by several readers.
//!
//! ```text
//!              ┌ Reference (f64)  one draw, slowly: the specification
//!   lower<A> ──┼ Forms            the plan: linear forms over basis columns
//!              ├ Trace            `explain`: the formula in words
//!              └ Rests            whether a value reads a marked parameter
//! ```

use super::kink::Kink;
use super::past_use::PastUse;
use crate::model::{Course, ParameterId, Release};

/// Values that depend on the draw, and the operations the model needs.
pub trait Algebra {
    /// A value.
    type Value: Clone;
    /// A number that is the same in every draw.
    fn number(&mut self, x: f64) -> Self::Value;
    /// A parameter, or a formula of parameters.
    fn parameter(&mut self, id: ParameterId) -> Self::Value;
    /// v · by.
    fn scale(&mut self, v: &Self::Value, by: f64) -> Self::Value;
    /// a · b.
    fn multiply(&mut self, a: &Self::Value, b: &Self::Value) -> Self::Value;
    /// Σ weight · value, in the order given.
    fn sum(&mut self, terms: &[(f64, &Self::Value)]) -> Self::Value;
    /// 1 − v, an atom: no effect is exactly 0.
    fn complement(&mut self, v: &Self::Value) -> Self::Value;
    /// v, as one thing: what cancels in it is exactly 0 in any sum that it enters.
    fn atom(&mut self, v: &Self::Value) -> Self::Value {
        v.clone()
    }
    /// max(0, v).
    fn positive(&mut self, v: &Self::Value) -> Self::Value;
    /// min(a, b).
    fn minimum(&mut self, a: &Self::Value, b: &Self::Value) -> Self::Value;
    /// (1 + rate)^k.
    fn growth(&mut self, rate: &Self::Value, k: u32) -> Self::Value;
    /// min(1, cap / demand); 1 where the demand is 0.
    fn rationed(&mut self, cap: &Self::Value, demand: &Self::Value) -> Self::Value;
    /// a / b; 0 where b is 0.
    fn ratio(&mut self, a: &Self::Value, b: &Self::Value) -> Self::Value;
    /// A share of persons or events picked by past use ([`super::past_use()`]).
    fn past_use(
        &mut self,
        what: PastUse,
        rate: &Self::Value,
        shape: &Self::Value,
        at_least: u32,
    ) -> Self::Value;
    /// Units of capacity paid for, given the expected volume at the start and by year.
    fn capacity(
        &mut self,
        rule: &Release,
        phase: &Self::Value,
        volumes: &[Self::Value],
    ) -> Vec<Self::Value>;
    /// The expectation of a rule's bend over chance: see [`Kink`].
    fn bent(
        &mut self,
        kink: Kink,
        mean: &Self::Value,
        spread: &Self::Value,
        threshold: &Self::Value,
    ) -> Self::Value;
    /// Composition by year and level, given the probability of each move ([`Course::shares`]).
    fn shares(&mut self, course: &Course, moves: &[Self::Value]) -> Vec<Self::Value>;
    /// How far an agreement has emptied each level ([`Course::emptied`]): `cuts[t][k]` lowers
    /// move k in year t.
    fn emptied(
        &mut self,
        course: &Course,
        moves: &[Self::Value],
        shares: &[Self::Value],
        cuts: &[Vec<Self::Value>],
    ) -> Vec<Self::Value>;
}

/// Units of capacity paid for by year: one lane of [`Algebra::capacity`].
///
/// need = ⌈V/step + phase⌉ steps on expected volume. Capacity rises to need at once; it falls to
/// the highest need of the last `lasting_years`, and its cost ends `lag_years` later, a share
/// `closing` of the surplus each year. The first volume is the one that stands at the start, in
/// both arms (need is taken to have been that before), so equal volumes give equal paths to the
/// last bit.
///
/// Units: those of the service, a year. Never below the volume's need.
pub fn capacity_path(rule: &Release, phase: f64, volumes: &[f64], paid: &mut [f64]) {
    let need = |v: f64| (v / rule.step + phase).ceil() * rule.step;
    for t in 0..volumes.len() {
        let target = (rule.earliest(t)..=t)
            .map(|u| need(volumes[u]))
            .fold(0.0, f64::max);
        let surplus = if t == 0 { 0.0 } else { paid[t - 1] - target };
        paid[t] = if surplus > 0.0 {
            target + (1.0 - rule.closing) * surplus
        } else {
            target
        };
    }
}
