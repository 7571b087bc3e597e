//! What a rule on totals comes to: terms on totals, own parts, criteria, as one description.
//!
//! Promise: the expectation and the draw of a rule are read from the same [`Bend`].
//! Absent: how a rule becomes one, and what it books.

use super::gauge::Part;
use crate::model::{Arm, Party, Tag};

/// How a term reads its total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// 1, whatever the total.
    One,
    /// The total.
    Level,
    /// max(0, total − threshold).
    Excess,
    /// 1 where the total is at least the threshold, else 0.
    Above,
}

/// One term of a payment: coefficient × shape(total).
#[derive(Debug, Clone)]
pub struct Term<V> {
    /// How the total is read.
    pub shape: Shape,
    /// Which total.
    pub total: usize,
    /// Where it bends.
    pub threshold: V,
    /// Kroner per unit of the shape.
    pub coefficient: V,
}

/// Part of a payment that follows a municipality's own residents: factor × (readings + certain).
#[derive(Debug, Clone)]
pub struct Own<V> {
    /// Municipality of residence.
    pub municipality: u16,
    /// What is read.
    pub parts: Vec<Part>,
    /// What does not follow counts.
    pub certain: V,
    /// Kroner per unit read.
    pub factor: V,
}

/// A pool paid by the number of criteria met.
#[derive(Debug, Clone)]
pub struct StepTerms<V> {
    /// Kroner.
    pub pool: V,
    /// Share paid by number met.
    pub paid: Vec<f64>,
    /// (total, threshold): met at or above it.
    pub criteria: Vec<(usize, V)>,
}

/// A payment of one rule in one year and arm: positive goes from payer to payee.
#[derive(Debug, Clone)]
pub struct Bend<V> {
    /// The transfer.
    pub tag: Tag,
    /// Payer.
    pub from: Party,
    /// Payee.
    pub to: Party,
    /// Year index.
    pub t: usize,
    /// Which arm it is paid in.
    pub arm: Arm,
    /// How the common part is divided: (municipality, share).
    pub shares: Vec<(u16, f64)>,
    /// The common part.
    pub terms: Vec<Term<V>>,
    /// Criteria met, also common.
    pub steps: Option<StepTerms<V>>,
    /// Each municipality's own part.
    pub own: Vec<Own<V>>,
}

/// What a rule pays in a year, agreement minus counterfactual.
#[derive(Debug, Clone)]
pub struct BendLine<V> {
    /// The transfer.
    pub tag: Tag,
    /// Year index.
    pub t: usize,
    /// Expectation over chance.
    pub paid: V,
    /// The rule of the expected totals.
    pub plain: V,
    /// Waiting to be settled at the year's end (positive: the payer will pay more).
    pub outstanding: V,
}

impl<V> Bend<V> {
    /// Every value that the C layer reads.
    pub fn forms(&self) -> impl Iterator<Item = &V> {
        let terms = self.terms.iter();
        let terms = terms.flat_map(|t| [&t.threshold, &t.coefficient]);
        let own = self.own.iter().flat_map(|o| [&o.certain, &o.factor]);
        let steps = self.steps.iter().flat_map(|s| {
            let thresholds = s.criteria.iter().map(|(_, threshold)| threshold);
            thresholds.chain([&s.pool])
        });
        terms.chain(own).chain(steps)
    }
}

impl<V> BendLine<V> {
    /// Its values.
    pub fn forms(&self) -> impl Iterator<Item = &V> {
        [&self.paid, &self.plain, &self.outstanding].into_iter()
    }
}
