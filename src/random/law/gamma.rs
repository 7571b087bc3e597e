//! The gamma law: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 1,
//! chapter 17; for costs, Briggs, Sculpher and Claxton (2006), section 4.2.
//!
//! Density: xᵃ⁻¹ exp(−x/b)/(Γ(a) bᵃ). Limits: shape a in [0.001, 1e12], scale b > 0.
//! Tabulated as ln(x/b) over the normal score, so small scales and shapes lose nothing.

use super::fault::positive;
use super::table::{EDGE, Solvable, Table, solve};
use super::{Described, LawFault, Marginal, Point};
use crate::numeric::{exp, gamma_lower, kernel, ln, ln_gamma, ln_gamma_density, ln_gamma_tails};
use std::sync::Arc;

/// Least shape of a gamma, and least parameter of a beta.
pub(super) const LEAST_SHAPE: f64 = 1e-3;
pub(super) const LARGEST_SHAPE: f64 = 1e12;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Gamma {
    unit: Unit,
    scale: f64,
    table: Arc<Table>,
}

#[derive(Debug, Clone, PartialEq)]
struct Unit {
    shape: f64,
}

impl Gamma {
    pub(super) fn new(shape: f64, scale: f64) -> Result<Gamma, LawFault> {
        let (shape, scale) = (positive("the shape", shape)?, positive("the scale", scale)?);
        if !(LEAST_SHAPE..=LARGEST_SHAPE).contains(&shape) {
            let (what, low, high) = ("the shape", LEAST_SHAPE, LARGEST_SHAPE);
            return Err(LawFault::Outside {
                what,
                value: shape,
                low,
                high,
            });
        }
        let unit = Unit { shape };
        let table = Arc::new(Table::new(&unit));
        Ok(Gamma { unit, scale, table })
    }

    pub(super) fn from_mean_se(mean: f64, se: f64) -> Result<Gamma, LawFault> {
        let ratio = positive("the mean", mean)? / positive("the standard error", se)?;
        let shape = ratio * ratio;
        if shape < LEAST_SHAPE {
            let largest = mean / LEAST_SHAPE.sqrt();
            return Err(LawFault::TooDispersed {
                what: "the standard error",
                value: se,
                largest,
            });
        }
        Gamma::new(shape, mean / shape)
    }

    /// The gamma with this shape and this 10 % quantile, and its 90 % quantile.
    pub(super) fn unit_quantile(shape: f64, z: f64) -> f64 {
        exp(solve(&Unit { shape }, z))
    }
}

impl Solvable for Unit {
    fn ln_tails(&self, y: f64) -> (f64, f64) {
        ln_gamma_tails(self.shape, y)
    }

    fn ln_density(&self, y: f64) -> f64 {
        ln_gamma_density(self.shape, y)
    }

    fn ln_density_slope(&self, y: f64) -> f64 {
        self.shape - exp(y)
    }

    fn start(&self) -> f64 {
        let a = self.shape;
        // Medians: P ≈ xᵃ/Γ(a + 1) for small shapes, a − 1/3 for large ones.
        if a < 0.7 {
            (ln_gamma(a + 1.0) - std::f64::consts::LN_2) / a
        } else {
            ln(a - 0.33)
        }
    }

    fn ceiling(&self) -> f64 {
        ln(self.shape + 40.0 * self.shape.sqrt() + 800.0)
    }

    /// Cornish–Fisher to order 1/√a³ (H. Goldberg and H. Levine, Ann. Math. Statist. 17 (1946)
    /// 216–225); from a = 1e5 its relative error is below 1e-11 at any score of the table.
    fn expansion(&self, z: f64) -> Option<f64> {
        let a = self.shape;
        if a < 1e5 {
            return None;
        }
        let (root, z2) = (a.sqrt(), z * z);
        let first = (z2 - 1.0) / 3.0;
        let second = z * (z2 - 7.0) / (36.0 * root);
        let third = -((3.0 * z2 + 7.0) * z2 - 16.0) / (810.0 * a);
        let fourth = z * ((9.0 * z2 + 256.0) * z2 - 433.0) / (38_880.0 * a * root);
        Some(ln(a + (root * z + (first + (second + (third + fourth))))))
    }
}

impl Marginal for Gamma {
    fn at(&self, point: Point) -> f64 {
        let z = point.score();
        let y = if z.abs() <= EDGE {
            self.table.at(z)
        } else {
            solve(&self.unit, z)
        };
        self.scale * exp(y)
    }

    fn at_scores(&self, values: &mut [f64]) {
        if values.iter().any(|z| z.abs() > EDGE) {
            return values
                .iter_mut()
                .for_each(|v| *v = self.at(Point::Score(*v)));
        }
        stretch(self.scale, &self.table, values);
    }

    fn wants_scores(&self) -> bool {
        true
    }

    fn cdf(&self, x: f64) -> f64 {
        gamma_lower(self.unit.shape, x / self.scale)
    }

    fn mean(&self) -> f64 {
        self.unit.shape * self.scale
    }

    fn sd(&self) -> f64 {
        self.unit.shape.sqrt() * self.scale
    }

    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn numbers(&self) -> Vec<f64> {
        vec![self.unit.shape, self.scale]
    }

    fn described(&self) -> Described {
        Described::Gamma {
            mean: self.mean(),
            sd: self.sd(),
        }
    }
}

kernel! {
    fn stretch(scale: f64, table: &Table, values: &mut [f64]) {
        for value in values {
            *value = scale * exp(table.at(*value));
        }
    }
}
