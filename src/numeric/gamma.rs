//! ln Γ and the regularised incomplete gamma functions.
//!
//! Densities and tails are offered as logarithms of ln x as well, so that a shape of 0.01, whose
//! quantiles underflow, is no special case.
//!
//! Absent: negative arguments. No figure needs Γ there.

use super::{exp, ln, log1p_minus_x};

const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_741_78;

/// ln Γ(x) for x > 0. Error below 4e-15 · max(1, |ln Γ(x)|); NaN for x ≤ 0.
///
/// Stirling's series (Abramowitz & Stegun 6.1.41) from 9 upward, Γ(x + 1) = x Γ(x) below.
pub fn ln_gamma(x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    let (mut shifted, mut product) = (x, 1.0);
    while shifted < 9.0 {
        product *= shifted;
        shifted += 1.0;
    }
    let value = (shifted - 0.5) * ln(shifted) - shifted + HALF_LN_TWO_PI + stirling(shifted);
    if product == 1.0 {
        value
    } else {
        value - ln(product)
    }
}

/// ln Γ(a) − [(a − ½) ln a − a + ½ ln 2π], the part of ln Γ that stays small.
pub(super) fn stirling_rest(a: f64) -> f64 {
    if a >= 9.0 {
        return stirling(a);
    }
    ln_gamma(a) - ((a - 0.5) * ln(a) - a + HALF_LN_TWO_PI)
}

/// 1/(12a) − 1/(360a³) + …, relative error 1e-16 of a unit for a ≥ 9.
fn stirling(a: f64) -> f64 {
    let y = 1.0 / (a * a);
    let series = 1.0 / 12.0
        + y * (-1.0 / 360.0
            + y * (1.0 / 1260.0
                + y * (-1.0 / 1680.0
                    + y * (1.0 / 1188.0
                        + y * (-691.0 / 360_360.0 + y * (1.0 / 156.0 - y * 3617.0 / 122_400.0))))));
    series / a
}

/// ln of xᵃ e⁻ˣ / Γ(a), the density of a unit gamma per unit of ln x, given `ln_x`.
pub fn ln_gamma_density(a: f64, ln_x: f64) -> f64 {
    density(a, exp(ln_x), ln_x)
}

/// Both x and ln x are given: where a is large, one made from the other is not exact enough.
fn density(a: f64, x: f64, ln_x: f64) -> f64 {
    let off = (x - a) / a;
    if off.abs() < 0.5 {
        // Both large terms cancel near the mode; written around it nothing does.
        return a * log1p_minus_x(off) - stirling_rest(a) + 0.5 * ln(a) - HALF_LN_TWO_PI;
    }
    a * ln_x - x - ln_gamma(a)
}

/// (ln P(a, x), ln Q(a, x)) given `ln_x`: lower and upper tail of a unit gamma.
/// Relative error of the smaller tail about 1e-13 up to a = 1e5.
///
/// Series below a + 1, Lentz's continued fraction above (Numerical Recipes, 3rd ed., 6.2).
pub fn ln_gamma_tails(a: f64, ln_x: f64) -> (f64, f64) {
    tails(a, exp(ln_x), ln_x)
}

fn tails(a: f64, x: f64, ln_x: f64) -> (f64, f64) {
    let density = density(a, x, ln_x);
    if x < a + 1.0 {
        let lower = density + ln(series(a, x));
        (lower, ln(1.0 - exp(lower)))
    } else {
        let upper = density + ln(continued_fraction(a, x));
        (ln(1.0 - exp(upper)), upper)
    }
}

/// P(a, x), the probability that a unit gamma of shape `a` is at most `x`.
pub fn gamma_lower(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    exp(tails(a, x, ln(x)).0)
}

/// Q(a, x) = 1 − P(a, x), accurate in the upper tail. For integral a it is the probability
/// that a Poisson count of mean x stays below a.
pub fn gamma_upper(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    exp(tails(a, x, ln(x)).1)
}

/// Σ xⁿ / (a (a + 1) … (a + n)).
fn series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    let mut n = a;
    while term > sum * 1e-17 {
        n += 1.0;
        term *= x / n;
        sum += term;
    }
    sum
}

/// Q(a, x) / (xᵃ e⁻ˣ / Γ(a)) by the modified Lentz method.
fn continued_fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut h = d;
    let mut i = 1.0;
    while i < 1e6 {
        let numerator = -i * (i - a);
        b += 2.0;
        d = 1.0 / away_from_zero(numerator * d + b);
        c = away_from_zero(b + numerator / c);
        let factor = d * c;
        h *= factor;
        // A NaN ends it too.
        if factor.is_nan() || (factor - 1.0).abs() < 3e-16 {
            break;
        }
        i += 1.0;
    }
    h
}

pub(super) fn away_from_zero(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}
