//! The uniform law.
//!
//! Density: 1/(max − min). Limits: min < max.

use super::fault::finite;
use super::{Described, LawFault, Marginal, Point};

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Uniform {
    min: f64,
    max: f64,
}

impl Uniform {
    pub(super) fn new(min: f64, max: f64) -> Result<Uniform, LawFault> {
        let (min, max) = (finite("min", min)?, finite("max", max)?);
        finite("max − min", max - min)?;
        if min < max {
            Ok(Uniform { min, max })
        } else {
            Err(LawFault::NotIncreasing {
                what: "min and max",
            })
        }
    }
}

impl Marginal for Uniform {
    fn at(&self, point: Point) -> f64 {
        self.min + (self.max - self.min) * point.uniform()
    }

    fn wants_scores(&self) -> bool {
        false
    }

    fn cdf(&self, x: f64) -> f64 {
        ((x - self.min) / (self.max - self.min)).clamp(0.0, 1.0)
    }

    fn mean(&self) -> f64 {
        self.min + 0.5 * (self.max - self.min)
    }

    fn sd(&self) -> f64 {
        (self.max - self.min) / 12f64.sqrt()
    }

    fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }

    fn numbers(&self) -> Vec<f64> {
        vec![self.min, self.max]
    }

    fn described(&self) -> Described {
        Described::Uniform {
            min: self.min,
            max: self.max,
        }
    }
}
