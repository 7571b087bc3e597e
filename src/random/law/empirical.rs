//! The empirical law of weighted values.
//!
//! Density: weight wᵢ/Σw on value xᵢ. Limits: finite values, weights at least 0, not all 0.
//! The quantile is the least value whose cumulative weight reaches u.

use super::fault::finite;
use super::{Described, LawFault, Marginal, Point};

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Empirical {
    /// Ascending, each with the share of weight at or below it; the last share is 1.
    steps: Vec<(f64, f64)>,
    weights: Vec<f64>,
}

impl Empirical {
    pub(super) fn new(values: &[f64], weights: &[f64]) -> Result<Empirical, LawFault> {
        if values.len() != weights.len() {
            return Err(LawFault::Weights {
                why: "there must be one weight for each value",
            });
        }
        for (value, weight) in values.iter().zip(weights) {
            finite("a value", *value)?;
            if finite("a weight", *weight)? < 0.0 {
                return Err(LawFault::Weights {
                    why: "a weight is negative",
                });
            }
        }
        let mut pairs: Vec<(f64, f64)> = values
            .iter()
            .copied()
            .zip(weights.iter().copied())
            .filter(|p| p.1 > 0.0)
            .collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        Empirical::from_sorted(pairs)
    }

    fn from_sorted(pairs: Vec<(f64, f64)>) -> Result<Empirical, LawFault> {
        let total: f64 = pairs.iter().map(|p| p.1).sum();
        if total.is_nan() || total <= 0.0 || total.is_infinite() {
            return Err(LawFault::Weights {
                why: "the weights must add up to something",
            });
        }
        let mut running = 0.0;
        let mut steps = Vec::with_capacity(pairs.len());
        for (value, weight) in &pairs {
            running += weight;
            steps.push((*value, running / total));
        }
        let weights = pairs.iter().map(|p| p.1 / total).collect();
        Ok(Empirical { steps, weights })
    }

    /// The values in [min, max]; a discrete law is truncated by leaving values out.
    pub(super) fn within(&self, min: f64, max: f64) -> Result<Empirical, LawFault> {
        let values = self
            .steps
            .iter()
            .map(|s| s.0)
            .zip(self.weights.iter().copied());
        let kept: Vec<(f64, f64)> = values.filter(|p| min <= p.0 && p.0 <= max).collect();
        if kept.is_empty() {
            return Err(LawFault::BoundsLeaveNothing { kept: 0.0 });
        }
        Empirical::from_sorted(kept)
    }

    fn moment(&self, of: impl Fn(f64) -> f64) -> f64 {
        self.steps
            .iter()
            .zip(&self.weights)
            .map(|(step, weight)| weight * of(step.0))
            .sum()
    }
}

impl Marginal for Empirical {
    fn at(&self, point: Point) -> f64 {
        let u = point.uniform();
        let index = self.steps.partition_point(|step| step.1 < u);
        self.steps[index.min(self.steps.len() - 1)].0
    }

    fn wants_scores(&self) -> bool {
        false
    }

    fn cdf(&self, x: f64) -> f64 {
        match self.steps.partition_point(|step| step.0 <= x) {
            0 => 0.0,
            n => self.steps[n - 1].1,
        }
    }

    fn mean(&self) -> f64 {
        self.moment(|x| x)
    }

    fn sd(&self) -> f64 {
        let mean = self.mean();
        self.moment(|x| (x - mean) * (x - mean)).sqrt()
    }

    fn support(&self) -> (f64, f64) {
        (self.steps[0].0, self.steps[self.steps.len() - 1].0)
    }

    fn numbers(&self) -> Vec<f64> {
        self.steps.iter().flat_map(|s| [s.0, s.1]).collect()
    }

    fn described(&self) -> Described {
        let (min, max) = self.support();
        Described::Empirical {
            count: self.steps.len(),
            min,
            max,
        }
    }
}
