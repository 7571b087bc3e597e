//! A law given that its value lies between bounds.
//!
//! Quantile: Q(F(min) + u (F(max) − F(min))). Limits: the bounds keep at least a millionth of
//! the law, so that uniforms keep ten digits in what is kept.
//!
//! Absent: clamping. It would pile the tails up on the bounds.

use super::{Family, Law, LawFault, short};
use crate::numeric::{normal_cdf, normal_density};

const LEAST_KEPT: f64 = 1e-6;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Truncation {
    min: f64,
    max: f64,
    /// Probability below `min`.
    below: f64,
    /// Probability within.
    kept: f64,
    /// Mean and standard deviation of what is kept: thousands of quantiles, found once.
    moments: (f64, f64),
}

impl Truncation {
    pub(super) fn map(&self, u: f64) -> f64 {
        let mapped = self.below + u * self.kept;
        // Rounding may reach an end, where an unbounded quantile is infinite.
        let mapped = if mapped < f64::MIN_POSITIVE {
            f64::MIN_POSITIVE
        } else {
            mapped
        };
        let largest = 1.0 - f64::EPSILON / 2.0;
        if mapped > largest { largest } else { mapped }
    }

    /// Takes back what rounding may have put outside.
    pub(super) fn inside(&self, value: f64) -> f64 {
        if value < self.min {
            self.min
        } else if value > self.max {
            self.max
        } else {
            value
        }
    }

    pub(super) fn support(&self, (low, high): (f64, f64)) -> (f64, f64) {
        (
            if low > self.min { low } else { self.min },
            if high < self.max { high } else { self.max },
        )
    }

    pub(super) fn bounds(&self) -> (f64, f64) {
        (self.min, self.max)
    }

    pub(super) fn moments(&self) -> (f64, f64) {
        self.moments
    }

    pub(super) fn terms(&self) -> [f64; 4] {
        [self.min, self.max, self.below, self.kept]
    }

    pub(super) fn describe(&self) -> String {
        match (self.min.is_finite(), self.max.is_finite()) {
            (true, true) => format!("within {} to {}", short(self.min), short(self.max)),
            (true, false) => format!("at least {}", short(self.min)),
            _ => format!("at most {}", short(self.max)),
        }
    }
}

pub(super) fn truncate(law: Law, min: Option<f64>, max: Option<f64>) -> Result<Law, LawFault> {
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let given = [
        law.truncation.as_ref().map(|t| (t.min, t.max)),
        Some((
            min.unwrap_or(f64::NEG_INFINITY),
            max.unwrap_or(f64::INFINITY),
        )),
    ];
    for (a, b) in given.into_iter().flatten() {
        if a.is_nan() || b.is_nan() {
            return Err(LawFault::NotFinite { what: "a bound" });
        }
        low = if a > low { a } else { low };
        high = if b < high { b } else { high };
    }
    if low >= high {
        return Err(LawFault::NotIncreasing { what: "the bounds" });
    }
    if low == f64::NEG_INFINITY && high == f64::INFINITY {
        return Ok(law);
    }
    between(law.family, low, high)
}

fn between(family: Family, min: f64, max: f64) -> Result<Law, LawFault> {
    if let Family::Empirical(values) = &family {
        return values
            .within(min, max)
            .map(|values| Law::of(Family::Empirical(values)));
    }
    let (low, high) = family.marginal().support();
    if let Family::Fixed(_) = &family {
        let kept = if min <= low && low <= max { 1.0 } else { 0.0 };
        let none = LawFault::BoundsLeaveNothing { kept };
        return if kept == 1.0 {
            Ok(Law::of(family))
        } else {
            Err(none)
        };
    }
    let below = if min <= low {
        0.0
    } else {
        family.marginal().cdf(min)
    };
    let up_to = if max >= high {
        1.0
    } else {
        family.marginal().cdf(max)
    };
    let kept = up_to - below;
    if kept.is_nan() || kept < LEAST_KEPT {
        return Err(LawFault::BoundsLeaveNothing { kept });
    }
    let unknown = Truncation {
        min,
        max,
        below,
        kept,
        moments: (f64::NAN, f64::NAN),
    };
    let law = Law {
        family,
        truncation: Some(unknown),
    };
    let moments = moments(&law);
    let truncation = law.truncation.map(|known| Truncation { moments, ..known });
    Ok(Law { truncation, ..law })
}

/// (mean, sd) by the trapezoidal rule over normal scores, which converges geometrically for a
/// smooth quantile and to about 1e-6 past a corner.
fn moments(law: &Law) -> (f64, f64) {
    const PER_UNIT: i32 = 256;
    let points = (-8 * PER_UNIT..=8 * PER_UNIT).map(|i| {
        let z = f64::from(i) / f64::from(PER_UNIT);
        (
            law.quantile(normal_cdf(z)),
            normal_density(z) / f64::from(PER_UNIT),
        )
    });
    let points: Vec<(f64, f64)> = points.collect();
    let total: f64 = points.iter().map(|(_, weight)| weight).sum();
    let mean = points.iter().map(|(x, weight)| weight * x).sum::<f64>() / total;
    let square = |x: f64| (x - mean) * (x - mean);
    let variance = points
        .iter()
        .map(|(x, weight)| weight * square(*x))
        .sum::<f64>()
        / total;
    (mean, variance.sqrt())
}
