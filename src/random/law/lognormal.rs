//! The lognormal law: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 1,
//! chapter 14; for relative risks, A. Briggs, M. Sculpher and K. Claxton, *Decision Modelling
//! for Health Economic Evaluation* (2006), section 4.3.
//!
//! Density: exp(−ln²(x/m)/2σ²)/(xσ√(2π)). Limits: median m > 0, σ > 0.

use super::fault::positive;
use super::{Described, LawFault, Marginal, Point};
use crate::numeric::{exp, kernel, ln, normal_cdf};

/// Φ⁻¹(0.975).
const Z_975: f64 = 1.959_963_984_540_054;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct LogNormal {
    median: f64,
    sigma: f64,
}

impl LogNormal {
    pub(super) fn new(median: f64, sigma: f64) -> Result<LogNormal, LawFault> {
        let median = positive("the median", median)?;
        Ok(LogNormal {
            median,
            sigma: positive("sigma", sigma)?,
        })
    }

    /// The interval's width gives σ. A published estimate and interval are rounded, so the
    /// estimate may lie a fifth of the width (on the log scale) beside the middle.
    pub(super) fn from_ci95(median: f64, low: f64, high: f64) -> Result<LogNormal, LawFault> {
        let median = positive("the estimate", median)?;
        let low = positive("the lower end", low)?;
        let high = positive("the upper end", high)?;
        if !(low < median && median < high) {
            return Err(LawFault::NotIncreasing {
                what: "lower end, estimate and upper end",
            });
        }
        let width = ln(high / low);
        let off = ln(median / low) - 0.5 * width;
        if off.abs() > 0.2 * width {
            return Err(LawFault::NotLogNormal {
                median,
                middle: (low * high).sqrt(),
            });
        }
        LogNormal::new(median, width / (2.0 * Z_975))
    }

    pub(super) fn from_mean_sd(mean: f64, sd: f64) -> Result<LogNormal, LawFault> {
        let ratio = positive("the standard deviation", sd)? / positive("the mean", mean)?;
        let widening = 1.0 + ratio * ratio;
        LogNormal::new(mean / widening.sqrt(), ln(widening).sqrt())
    }
}

impl Marginal for LogNormal {
    fn at(&self, point: Point) -> f64 {
        self.median * exp(self.sigma * point.score())
    }

    fn at_scores(&self, values: &mut [f64]) {
        stretch(self.median, self.sigma, values);
    }

    fn wants_scores(&self) -> bool {
        true
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            0.0
        } else {
            normal_cdf(ln(x / self.median) / self.sigma)
        }
    }

    fn mean(&self) -> f64 {
        self.median * exp(0.5 * self.sigma * self.sigma)
    }

    fn sd(&self) -> f64 {
        self.mean() * (exp(self.sigma * self.sigma) - 1.0).sqrt()
    }

    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn numbers(&self) -> Vec<f64> {
        vec![self.median, self.sigma]
    }

    fn described(&self) -> Described {
        Described::LogNormal {
            median: self.median,
            low: self.at(Point::Score(-Z_975)),
            high: self.at(Point::Score(Z_975)),
        }
    }
}

kernel! {
    fn stretch(median: f64, sigma: f64, values: &mut [f64]) {
        for value in values {
            *value = median * exp(sigma * *value);
        }
    }
}
