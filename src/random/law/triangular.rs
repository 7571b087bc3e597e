//! The triangular law: S. Kotz and J. R. van Dorp, *Beyond Beta* (2004), chapter 1.
//!
//! Density: rises linearly from min to mode and falls linearly to max.
//! Limits: min ≤ mode ≤ max, min < max.

use super::fault::finite;
use super::{Described, LawFault, Marginal, Point};

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Triangular {
    min: f64,
    mode: f64,
    max: f64,
}

impl Triangular {
    pub(super) fn new(min: f64, mode: f64, max: f64) -> Result<Triangular, LawFault> {
        let (min, max) = (finite("min", min)?, finite("max", max)?);
        let mode = finite("the mode", mode)?;
        finite("max − min", (max - min) * (max - min))?;
        if min <= mode && mode <= max && min < max {
            Ok(Triangular { min, mode, max })
        } else {
            Err(LawFault::NotIncreasing {
                what: "min, mode and max",
            })
        }
    }
}

impl Marginal for Triangular {
    fn at(&self, point: Point) -> f64 {
        let u = point.uniform();
        let (rise, fall, width) = (
            self.mode - self.min,
            self.max - self.mode,
            self.max - self.min,
        );
        if u * width < rise {
            self.min + (u * width * rise).sqrt()
        } else {
            self.max - ((1.0 - u) * width * fall).sqrt()
        }
    }

    fn wants_scores(&self) -> bool {
        false
    }

    fn cdf(&self, x: f64) -> f64 {
        let width = self.max - self.min;
        if x <= self.min {
            0.0
        } else if x >= self.max {
            1.0
        } else if x < self.mode {
            (x - self.min) * (x - self.min) / (width * (self.mode - self.min))
        } else {
            1.0 - (self.max - x) * (self.max - x) / (width * (self.max - self.mode))
        }
    }

    fn mean(&self) -> f64 {
        (self.min + self.mode + self.max) / 3.0
    }

    fn sd(&self) -> f64 {
        let (rise, width) = (self.mode - self.min, self.max - self.min);
        ((width * width - width * rise + rise * rise) / 18.0).sqrt()
    }

    fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }

    fn numbers(&self) -> Vec<f64> {
        vec![self.min, self.mode, self.max]
    }

    fn described(&self) -> Described {
        Described::Triangular {
            min: self.min,
            mode: self.mode,
            max: self.max,
        }
    }
}
