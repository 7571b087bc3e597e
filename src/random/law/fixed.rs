//! A value known for certain.
//!
//! Density: all mass on one point. Limits: any finite value.

use super::fault::finite;
use super::{Described, LawFault, Marginal, Point};

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fixed(f64);

impl Fixed {
    pub(super) fn new(value: f64) -> Result<Fixed, LawFault> {
        finite("the value", value).map(Fixed)
    }
}

impl Marginal for Fixed {
    fn at(&self, _: Point) -> f64 {
        self.0
    }

    fn wants_scores(&self) -> bool {
        false
    }

    fn cdf(&self, x: f64) -> f64 {
        if x >= self.0 { 1.0 } else { 0.0 }
    }

    fn mean(&self) -> f64 {
        self.0
    }

    fn sd(&self) -> f64 {
        0.0
    }

    fn support(&self) -> (f64, f64) {
        (self.0, self.0)
    }

    fn numbers(&self) -> Vec<f64> {
        vec![self.0]
    }

    fn described(&self) -> Described {
        Described::Fixed(self.0)
    }
}
