//! The normal law: N. L. Johnson, S. Kotz and N. Balakrishnan, *Continuous Univariate
//! Distributions* 1, 2nd ed., chapter 13.
//!
//! Density: exp(−(x − m)²/2s²)/(s√(2π)). Limits: s > 0.

use super::fault::{finite, positive};
use super::{Described, LawFault, Marginal, Point};
use crate::numeric::{kernel, normal_cdf};

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Normal {
    mean: f64,
    sd: f64,
}

impl Normal {
    pub(super) fn new(mean: f64, sd: f64) -> Result<Normal, LawFault> {
        Ok(Normal {
            mean: finite("the mean", mean)?,
            sd: positive("the standard deviation", sd)?,
        })
    }
}

impl Marginal for Normal {
    fn at(&self, point: Point) -> f64 {
        self.mean + self.sd * point.score()
    }

    fn at_scores(&self, values: &mut [f64]) {
        stretch(self.mean, self.sd, values);
    }

    fn wants_scores(&self) -> bool {
        true
    }

    fn cdf(&self, x: f64) -> f64 {
        normal_cdf((x - self.mean) / self.sd)
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn sd(&self) -> f64 {
        self.sd
    }

    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn numbers(&self) -> Vec<f64> {
        vec![self.mean, self.sd]
    }

    fn described(&self) -> Described {
        Described::Normal {
            mean: self.mean,
            sd: self.sd,
        }
    }
}

kernel! {
    fn stretch(mean: f64, sd: f64, values: &mut [f64]) {
        for value in values {
            *value = mean + sd * *value;
        }
    }
}
