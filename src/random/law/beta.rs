//! The beta law: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 2,
//! chapter 25; and its stretched form PERT, D. G. Malcolm et al., Operations Research 7 (1959)
//! 646–669.
//!
//! Density: xᵃ⁻¹(1 − x)ᵇ⁻¹/B(a, b) on (0, 1). Limits: a and b in [0.001, 1e12].
//! Tabulated as the logit of x over the normal score, so both ends keep relative precision.

use super::fault::{finite, positive};
use super::gamma::{LARGEST_SHAPE, LEAST_SHAPE};
use super::table::{EDGE, Solvable, Table, solve};
use super::{Described, LawFault, Marginal, Point};
use crate::numeric::{beta_lower, exp, kernel, ln, ln_beta_density, ln_beta_tails};
use std::sync::Arc;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Beta {
    unit: Unit,
    /// The ends, (0, 1) unless stretched.
    min: f64,
    max: f64,
    /// The most likely value, if that is how it was stated.
    pert_mode: Option<f64>,
    table: Arc<Table>,
}

#[derive(Debug, Clone, PartialEq)]
struct Unit {
    a: f64,
    b: f64,
}

impl Beta {
    pub(super) fn new(a: f64, b: f64) -> Result<Beta, LawFault> {
        let (successes, failures) = ("the number of successes", "the number of failures");
        for (what, value) in [(successes, a), (failures, b)] {
            if !(LEAST_SHAPE..=LARGEST_SHAPE).contains(&positive(what, value)?) {
                let (low, high) = (LEAST_SHAPE, LARGEST_SHAPE);
                return Err(LawFault::Outside {
                    what,
                    value,
                    low,
                    high,
                });
            }
        }
        Ok(Beta::stretched(Unit { a, b }, 0.0, 1.0, None))
    }

    fn stretched(unit: Unit, min: f64, max: f64, pert_mode: Option<f64>) -> Beta {
        let table = Arc::new(Table::new(&unit));
        Beta {
            unit,
            min,
            max,
            pert_mode,
            table,
        }
    }

    pub(super) fn from_mean_se(mean: f64, se: f64) -> Result<Beta, LawFault> {
        let (low, high) = (0.0, 1.0);
        if !(finite("the mean", mean)? > low && mean < high) {
            return Err(LawFault::Outside {
                what: "the mean",
                value: mean,
                low,
                high,
            });
        }
        let se = positive("the standard error", se)?;
        let size = mean * (1.0 - mean) / (se * se) - 1.0;
        let minor = if mean < 0.5 { mean } else { 1.0 - mean };
        if size * minor < LEAST_SHAPE {
            let largest = (mean * (1.0 - mean) / (1.0 + LEAST_SHAPE / minor)).sqrt();
            return Err(LawFault::TooDispersed {
                what: "the standard error",
                value: se,
                largest,
            });
        }
        Beta::new(mean * size, (1.0 - mean) * size)
    }

    pub(super) fn pert(min: f64, mode: f64, max: f64) -> Result<Beta, LawFault> {
        let (min, max) = (finite("min", min)?, finite("max", max)?);
        let mode = finite("the mode", mode)?;
        let width = finite("max − min", max - min)?;
        if !(min <= mode && mode <= max && min < max) {
            return Err(LawFault::NotIncreasing {
                what: "min, mode and max",
            });
        }
        let unit = Unit {
            a: 1.0 + 4.0 * ((mode - min) / width),
            b: 1.0 + 4.0 * ((max - mode) / width),
        };
        Ok(Beta::stretched(unit, min, max, Some(mode)))
    }
}

impl Solvable for Unit {
    fn ln_tails(&self, y: f64) -> (f64, f64) {
        ln_beta_tails(self.a, self.b, y)
    }

    fn ln_density(&self, y: f64) -> f64 {
        ln_beta_density(self.a, self.b, y)
    }

    /// a(1 − x) − bx.
    fn ln_density_slope(&self, y: f64) -> f64 {
        self.a - (self.a + self.b) * logistic(y)
    }

    fn start(&self) -> f64 {
        ln(self.a / self.b)
    }

    /// The tail falls no faster than exponentially in the logit.
    fn ceiling(&self) -> f64 {
        f64::INFINITY
    }

    /// Cornish–Fisher with skewness and excess; where both parameters pass 1e6 the next term
    /// moves x by less than 1e-10 of itself.
    fn expansion(&self, z: f64) -> Option<f64> {
        let (a, b) = (self.a, self.b);
        if a < 1e6 || b < 1e6 {
            return None;
        }
        let n = a + b;
        let sd = (a * b / (n + 1.0)).sqrt() / n;
        let skew = 2.0 * (b - a) * (n + 1.0).sqrt() / ((n + 2.0) * (a * b).sqrt());
        let excess =
            6.0 * ((a - b) * (a - b) * (n + 1.0) / (a * b) - (n + 2.0)) / ((n + 2.0) * (n + 3.0));
        let z2 = z * z;
        let w = z + (z2 - 1.0) * skew / 6.0 + z * (z2 - 3.0) * excess / 24.0
            - z * (2.0 * z2 - 5.0) * skew * skew / 36.0;
        Some(ln((a / n + sd * w) / (b / n - sd * w)))
    }
}

#[inline(always)]
fn logistic(y: f64) -> f64 {
    let small = exp(if y < 0.0 { y } else { -y });
    (if y < 0.0 { small } else { 1.0 }) / (1.0 + small)
}

impl Marginal for Beta {
    fn at(&self, point: Point) -> f64 {
        let z = point.score();
        let y = if z.abs() <= EDGE {
            self.table.at(z)
        } else {
            solve(&self.unit, z)
        };
        self.min + (self.max - self.min) * logistic(y)
    }

    fn at_scores(&self, values: &mut [f64]) {
        if values.iter().any(|z| z.abs() > EDGE) {
            return values
                .iter_mut()
                .for_each(|v| *v = self.at(Point::Score(*v)));
        }
        stretch(self.min, self.max, &self.table, values);
    }

    fn wants_scores(&self) -> bool {
        true
    }

    fn cdf(&self, x: f64) -> f64 {
        beta_lower(
            self.unit.a,
            self.unit.b,
            (x - self.min) / (self.max - self.min),
        )
    }

    fn mean(&self) -> f64 {
        self.min + (self.max - self.min) * (self.unit.a / (self.unit.a + self.unit.b))
    }

    fn sd(&self) -> f64 {
        let n = self.unit.a + self.unit.b;
        (self.max - self.min) * (self.unit.a * self.unit.b / (n + 1.0)).sqrt() / n
    }

    fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }

    fn numbers(&self) -> Vec<f64> {
        vec![self.unit.a, self.unit.b, self.min, self.max]
    }

    fn described(&self) -> Described {
        match self.pert_mode {
            Some(mode) => Described::Pert {
                min: self.min,
                mode,
                max: self.max,
            },
            None => Described::Beta {
                mean: self.mean(),
                sd: self.sd(),
            },
        }
    }
}

kernel! {
    fn stretch(min: f64, max: f64, table: &Table, values: &mut [f64]) {
        for value in values {
            *value = min + (max - min) * logistic(table.at(*value));
        }
    }
}
