//! A law through three points, the 10 %, 50 % and 90 % quantiles: the lognormal curve of
//! N. L. Johnson, "Systems of frequency curves", Biometrika 36 (1949) 149–176,
//! doi:10.1093/biomet/36.1-2.149 (his S_L), either way round.
//!
//! Quantile: mid + step·(exp(δz) − 1)/δ, z = Φ⁻¹(u); δ → 0 is the normal. The ratio of the two
//! arms is exp(δ z₉₀), so the fit is in closed form and exact. Limits: the points increase and
//! their arms differ at most 13-fold (δ ≤ 2), beyond which the mean is ruled by a tail that
//! nobody stated.

use super::fault::finite;
use super::{Described, LawFault, Marginal, Point};
use crate::numeric::{exp, kernel, ln, normal_cdf};

/// Φ⁻¹(0.9).
pub(super) const Z_90: f64 = 1.281_551_565_544_600_5;
const LARGEST_RATIO: f64 = 13.0;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct ThreePoint {
    points: [f64; 3],
    /// Slope at the median, per unit of z.
    step: f64,
    /// Skewness: the logarithm's standard deviation, negative for a long left arm.
    delta: f64,
}

impl ThreePoint {
    pub(super) fn new(low: f64, mid: f64, high: f64) -> Result<ThreePoint, LawFault> {
        let what = ["the low point", "the middle point", "the high point"];
        for (what, value) in what.into_iter().zip([low, mid, high]) {
            finite(what, value)?;
        }
        let (lower, upper) = (mid - low, finite("high − low", high - low)? - (mid - low));
        if !(lower > 0.0 && upper > 0.0) {
            return Err(LawFault::NotIncreasing {
                what: "low, middle and high point",
            });
        }
        let ratio = upper / lower;
        if !(1.0 / LARGEST_RATIO..=LARGEST_RATIO).contains(&ratio) {
            return Err(LawFault::TooSkewed {
                ratio: if ratio < 1.0 { 1.0 / ratio } else { ratio },
            });
        }
        let skew = ln(ratio) / Z_90;
        // Below this the curve differs from the normal by less than rounding does.
        let delta = if skew.abs() < 1e-6 { 0.0 } else { skew };
        let step = if delta == 0.0 {
            0.5 * (upper + lower) / Z_90
        } else {
            (upper + lower) * delta / (exp(delta * Z_90) - exp(-delta * Z_90))
        };
        Ok(ThreePoint {
            points: [low, mid, high],
            step,
            delta,
        })
    }
}

impl Marginal for ThreePoint {
    fn at(&self, point: Point) -> f64 {
        at_score(self.points[1], self.step, self.delta, point.score())
    }

    fn at_scores(&self, values: &mut [f64]) {
        stretch(self.points[1], self.step, self.delta, values);
    }

    fn wants_scores(&self) -> bool {
        true
    }

    fn cdf(&self, x: f64) -> f64 {
        let off = (x - self.points[1]) / self.step;
        if self.delta == 0.0 {
            return normal_cdf(off);
        }
        let stretched = 1.0 + self.delta * off;
        if stretched <= 0.0 {
            return if self.delta > 0.0 { 0.0 } else { 1.0 };
        }
        normal_cdf(ln(stretched) / self.delta)
    }

    fn mean(&self) -> f64 {
        if self.delta == 0.0 {
            return self.points[1];
        }
        let half_square = 0.5 * self.delta * self.delta;
        self.points[1] + self.step / self.delta * (exp(half_square) - 1.0)
    }

    fn sd(&self) -> f64 {
        if self.delta == 0.0 {
            return self.step;
        }
        let widening = exp(self.delta * self.delta);
        (self.step / self.delta).abs() * (widening * (widening - 1.0)).sqrt()
    }

    fn support(&self) -> (f64, f64) {
        let end = self.points[1] - self.step / self.delta;
        if self.delta == 0.0 {
            (f64::NEG_INFINITY, f64::INFINITY)
        } else if self.delta > 0.0 {
            (end, f64::INFINITY)
        } else {
            (f64::NEG_INFINITY, end)
        }
    }

    fn numbers(&self) -> Vec<f64> {
        vec![self.points[1], self.step, self.delta]
    }

    fn described(&self) -> Described {
        let [low, mid, high] = self.points;
        Described::ThreePoint { low, mid, high }
    }
}

#[inline(always)]
fn at_score(mid: f64, step: f64, delta: f64, z: f64) -> f64 {
    let bend = if delta == 0.0 {
        z
    } else {
        (exp(delta * z) - 1.0) / delta
    };
    mid + step * bend
}

kernel! {
    fn stretch(mid: f64, step: f64, delta: f64, values: &mut [f64]) {
        for value in values {
            *value = at_score(mid, step, delta, *value);
        }
    }
}
