//! A law of a stated family from its central 80 % interval.
//!
//! Normal and lognormal in closed form. A gamma's ratio of quantiles depends on its shape
//! alone, which is bisected. A beta's concentration is bisected, and within it the mean that
//! puts `low` at 10 %.
//!
//! Absent: a choice of family. The author names it.

use super::beta::Beta;
use super::fault::{finite, positive};
use super::gamma::{Gamma, LARGEST_SHAPE, LEAST_SHAPE};
use super::lognormal::LogNormal;
use super::normal::Normal;
use super::three_point::Z_90;
use super::{Family, LawFault, Point};
use crate::numeric::{beta_lower, exp, ln};

/// The family an 80 % interval is fitted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntervalFamily {
    /// Any two points.
    Normal,
    /// Positive points.
    LogNormal,
    /// Points inside (0, 1).
    Beta,
    /// Positive points.
    Gamma,
}

pub(super) fn fit(low: f64, high: f64, family: IntervalFamily) -> Result<Family, LawFault> {
    let (low, high) = (
        finite("the lower end", low)?,
        finite("the upper end", high)?,
    );
    if low >= high {
        return Err(LawFault::NotIncreasing {
            what: "lower and upper end",
        });
    }
    if family != IntervalFamily::Normal {
        positive("the lower end", low)?;
    }
    match family {
        IntervalFamily::Normal => {
            let middle = low + 0.5 * (high - low);
            Normal::new(middle, (high - low) / (2.0 * Z_90)).map(Family::Normal)
        }
        IntervalFamily::LogNormal => {
            let sigma = ln(high / low) / (2.0 * Z_90);
            LogNormal::new(low * exp(sigma * Z_90), sigma).map(Family::LogNormal)
        }
        IntervalFamily::Gamma => reproducing(low, high, Family::Gamma(gamma(low, high)?)),
        IntervalFamily::Beta => reproducing(low, high, Family::Beta(beta(low, high)?)),
    }
}

/// The search is bounded by the shapes that can be computed; at a bound it has found nothing.
fn reproducing(low: f64, high: f64, family: Family) -> Result<Family, LawFault> {
    let at = |z: f64| family.marginal().at(Point::Score(z));
    let near = |found: f64, asked: f64| (found - asked).abs() <= 1e-8 * asked;
    if near(at(-Z_90), low) && near(at(Z_90), high) {
        Ok(family)
    } else {
        Err(LawFault::NoSuchInterval { low, high })
    }
}

fn gamma(low: f64, high: f64) -> Result<Gamma, LawFault> {
    let ratio = high / low;
    let spread = |ln_shape: f64| {
        let shape = exp(ln_shape);
        Gamma::unit_quantile(shape, Z_90) / Gamma::unit_quantile(shape, -Z_90)
    };
    let shape = exp(bisect(ln(LEAST_SHAPE), ln(LARGEST_SHAPE), |s| {
        spread(s) > ratio
    }));
    Gamma::new(shape, low / Gamma::unit_quantile(shape, -Z_90))
}

fn beta(low: f64, high: f64) -> Result<Beta, LawFault> {
    if high >= 1.0 {
        let what = "the upper end";
        return Err(LawFault::Outside {
            what,
            value: high,
            low,
            high: 1.0,
        });
    }
    // The larger the mean, the less lies below `low`.
    let mean_for = |size: f64| {
        let logit = bisect(-40.0, 40.0, |m| {
            let (a, b) = parameters(m, size);
            beta_lower(a, b, low) > 0.1
        });
        parameters(logit, size)
    };
    // The larger the concentration, the more lies below `high`.
    let size = bisect(ln(2.0 * LEAST_SHAPE), ln(1e10), |s| {
        let (a, b) = mean_for(exp(s));
        beta_lower(a, b, high) < 0.9
    });
    let (a, b) = mean_for(exp(size));
    Beta::new(a, b)
}

/// (a, b) of a beta with this logit of the mean and this a + b.
fn parameters(logit: f64, size: f64) -> (f64, f64) {
    let odds = exp(-logit.abs());
    let (minor, major) = (size * odds / (1.0 + odds), size / (1.0 + odds));
    if logit < 0.0 {
        (minor, major)
    } else {
        (major, minor)
    }
}

/// The point up to which `holds` is true.
fn bisect(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if holds(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}
