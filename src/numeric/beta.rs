//! The regularised incomplete beta function, by logits.
//!
//! Everything takes y = ln(x / (1 − x)), so that both ends of (0, 1) keep full precision and a
//! mean of 1e-5 is no special case.
//!
//! Absent: complex or negative parameters.

use super::gamma::{away_from_zero, stirling_rest};
use super::{exp, ln, ln_gamma, log1p_minus_x};

/// ln of xᵃ (1 − x)ᵇ / B(a, b), the density per unit of logit, given y = ln(x / (1 − x)).
pub fn ln_beta_density(a: f64, b: f64, logit: f64) -> f64 {
    let (x, rest) = both_shares(logit);
    let sum = a + b;
    let (p, q) = (a / sum, b / sum);
    let off = if p < 0.5 { x - p } else { q - rest };
    if (off / p).abs() < 0.5 && (off / q).abs() < 0.5 {
        // Around the mean the large logarithms cancel: a/p = b/q leaves only second order.
        let spread = a * log1p_minus_x(off / p) + b * log1p_minus_x(-off / q);
        let rests = stirling_rest(sum) - stirling_rest(a) - stirling_rest(b);
        return spread + rests + 0.5 * ln(a * q) - 0.918_938_533_204_672_741_78;
    }
    let (ln_x, ln_rest) = both_logarithms(logit);
    a * ln_x + b * ln_rest + ln_gamma(sum) - ln_gamma(a) - ln_gamma(b)
}

/// (x, 1 − x) of a logit, each with full relative precision.
fn both_shares(logit: f64) -> (f64, f64) {
    let small = exp(-logit.abs());
    let (minor, major) = (small / (1.0 + small), 1.0 / (1.0 + small));
    if logit < 0.0 {
        (minor, major)
    } else {
        (major, minor)
    }
}

/// (ln x, ln(1 − x)) of a logit.
fn both_logarithms(logit: f64) -> (f64, f64) {
    let small = exp(-logit.abs());
    let major = -(log1p_minus_x(small) + small);
    let minor = -logit.abs() + major;
    // ln(1/(1 + small)) is −ln(1 + small).
    if logit < 0.0 {
        (minor, major)
    } else {
        (major, minor)
    }
}

/// (ln I, ln(1 − I)) with I = I_x(a, b), given y = ln(x / (1 − x)).
/// Relative error of the smaller tail about 1e-13 up to a + b = 1e5.
///
/// Continued fraction on the side where it converges (Numerical Recipes, 3rd ed., 6.4).
pub fn ln_beta_tails(a: f64, b: f64, logit: f64) -> (f64, f64) {
    let (x, rest) = both_shares(logit);
    let density = ln_beta_density(a, b, logit);
    if x < (a + 1.0) / (a + b + 2.0) {
        let lower = density + ln(continued_fraction(a, b, x) / a);
        (lower, ln(1.0 - exp(lower)))
    } else {
        let upper = density + ln(continued_fraction(b, a, rest) / b);
        (ln(1.0 - exp(upper)), upper)
    }
}

/// I_x(a, b), the probability that a beta is at most `x`.
pub fn beta_lower(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    exp(ln_beta_tails(a, b, ln(x) - ln(1.0 - x)).0)
}

fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    let mut m = 1.0;
    while m < 1e6 {
        let even = m * (b - m) * x / ((a - 1.0 + 2.0 * m) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 1.0 + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        let factor = d * c;
        h *= factor;
        // A NaN ends it too.
        if factor.is_nan() || (factor - 1.0).abs() < 3e-16 {
            break;
        }
        m += 1.0;
    }
    h
}
