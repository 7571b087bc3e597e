//! Poisson counts by inversion: one word a draw, monotone in it and in the mean.
//!
//! ```text
//! mean < 10     cdf summed upward, all lanes together
//! otherwise     x = λ + √λ w + … at w = Φ⁻¹(u), count = ⌊x⌋
//!               an integer within the expansion's error of x? ─→ the exact cdf decides
//! ```
//!
//! M. B. Giles, "Algorithm 955: approximation of the inverse Poisson cumulative distribution
//! function", ACM TOMS 42 (2016), doi:10.1145/2699466: X = ⌊x⌋ where x solves P(Poisson < x) = u
//! with the count's cdf continued by the incomplete gamma function.
//!
//! Inversion rather than rejection (Ahrens and Dieter's PD, Hörmann's PTRS) because there is
//! nothing to reject: a replicate takes one word whatever happens, and a count moves by at most
//! what its mean moves it, so a difference between parameter draws carries little chance.
//!
//! Absent: overdispersion. That is a gamma-distributed mean.

use super::{BLOCK, Key, Lanes};
use crate::numeric::{exp, gamma_upper, kernel, ln, ln_gamma_density, normal_quantiles};

/// Where summing the cdf gives way to the expansion.
const SMALL: f64 = 10.0;

/// Above this mean the expansion alone decides: its rounding moves a count by one with
/// probability below 1e-9, and the exact cdf would be no better.
const HUGE: f64 = 1e6;

/// A Poisson count for each replicate, whose mean is `mean[j]` in [0, 1e9]; mean 0 gives 0.
///
/// # Panics
/// If a slice is not [`BLOCK`] long, or a mean is negative, above 1e9 or not a number.
pub fn poisson(key: Key, mean: &[f64], out: &mut [f64]) {
    assert!(
        mean.len() == BLOCK && out.len() == BLOCK,
        "a column is one block"
    );
    assert!(
        mean.iter().all(|m| (0.0..=1e9).contains(m)),
        "a mean lies in [0, 1e9]"
    );
    let (mut uniforms, mut scores) = ([0.0; BLOCK], [0.0; BLOCK]);
    Lanes::new(key).fill_uniforms(&mut uniforms);
    normal_quantiles(&uniforms, &mut scores);
    let (any_small, any_left) = expand(mean, &scores, out);
    if any_small {
        sum_small(mean, &uniforms, out);
    }
    if any_left {
        complete(mean, &uniforms, &scores, out);
    }
}

/// Marks a lane that the exact cdf must decide.
const UNDECIDED: f64 = -1.0;

kernel! {
    /// ⌊x⌋ where the expansion decides, [`UNDECIDED`] elsewhere. Tells whether a mean is small
    /// and whether a lane is left.
    fn expand(mean: &[f64], scores: &[f64], out: &mut [f64]) -> (bool, bool) {
        // Integers: floating-point minima would keep the loop from being vectorised.
        let (mut any_small, mut any_left) = (0, 0);
        for ((out, mean), w) in out.iter_mut().zip(mean).zip(scores) {
            let small = *mean < SMALL;
            any_small |= u64::from(small);
            let (x, error) = continuous_inverse(if small { SMALL } else { *mean }, *w);
            let floor = floor(x);
            let clear = (x - floor > error) & (floor + 1.0 - x > error) | (*mean > HUGE);
            let value = if clear & (floor >= 0.0) { floor } else { UNDECIDED };
            let value = if small { 0.0 } else { value };
            any_left |= u64::from(value < 0.0);
            *out = value;
        }
        (any_small != 0, any_left != 0)
    }
}

/// The integer at or below |x| < 2⁵¹, without an instruction that older machines lack.
#[inline(always)]
fn floor(x: f64) -> f64 {
    const ROUNDER: f64 = 6_755_399_441_055_744.0;
    let nearest = (x + ROUNDER) - ROUNDER;
    if nearest > x { nearest - 1.0 } else { nearest }
}

/// (x, bound on its error) with P(Poisson(λ) < x) = Φ(w), for λ ≥ 10 and |w| < 8.3.
///
/// Giles' expansion to order 1/λ. The bound is twice the next two terms' envelope; it is
/// checked against the exact cdf in the tests.
#[inline(always)]
fn continuous_inverse(mean: f64, w: f64) -> (f64, f64) {
    let root = mean.sqrt();
    let w2 = w * w;
    let first = 1.0 / 3.0 + w2 * (1.0 / 6.0);
    let second = w * (-1.0 / 36.0 - w2 * (1.0 / 72.0)) / root;
    let third = (-8.0 / 405.0 + w2 * (7.0 / 810.0 + w2 * (1.0 / 270.0))) / mean;
    let x = mean + (root * w + (first + (second + third)));
    let error = (0.025 + w2 * (0.0125 + w2 * 0.00625)) / mean + 4e-16 * mean;
    (x, error)
}

/// Lanes with a small mean: the count is the number of cdf steps below u.
fn sum_small(mean: &[f64], uniforms: &[f64], out: &mut [f64]) {
    let chunks = out
        .chunks_exact_mut(8)
        .zip(mean.chunks_exact(8))
        .zip(uniforms.chunks_exact(8));
    for ((out, mean), uniforms) in chunks {
        if mean.iter().any(|m| *m < SMALL) {
            sum_eight(mean, uniforms, out);
        }
    }
}

kernel! {
    fn sum_eight(mean: &[f64], uniforms: &[f64], out: &mut [f64]) {
        let mut point = [0.0; 8];
        let mut below = [0.0; 8];
        let mut count = [0.0; 8];
        let mut rate = [0.0; 8];
        for i in 0..8 {
            rate[i] = if mean[i] < SMALL { mean[i] } else { 0.0 };
            point[i] = exp(-rate[i]);
            below[i] = point[i];
        }
        // 10 + 8.3 standard deviations and a margin: beyond, the cdf has reached its last bit.
        for inverse in &INVERSES {
            let mut waiting = 0.0;
            for i in 0..8 {
                let one = if uniforms[i] > below[i] { 1.0 } else { 0.0 };
                count[i] += one;
                waiting += one;
                point[i] *= rate[i] * inverse;
                below[i] += point[i];
            }
            if waiting == 0.0 {
                break;
            }
        }
        for i in 0..8 {
            out[i] = if mean[i] < SMALL { count[i] } else { out[i] };
        }
    }
}

/// 1/1, 1/2, … 1/64.
const INVERSES: [f64; 64] = {
    let mut inverses = [0.0; 64];
    let mut k = 0;
    while k < 64 {
        inverses[k] = 1.0 / (k as f64 + 1.0);
        k += 1;
    }
    inverses
};

fn complete(mean: &[f64], uniforms: &[f64], scores: &[f64], out: &mut [f64]) {
    for (j, out) in out.iter_mut().enumerate() {
        if *out < 0.0 {
            let (x, _) = continuous_inverse(mean[j], scores[j]);
            *out = exact(mean[j], uniforms[j], x);
        }
    }
}

/// The least n with u ≤ P(Poisson ≤ n), searched from the integer nearest `x`.
fn exact(mean: f64, u: f64, x: f64) -> f64 {
    let ln_mean = ln(mean);
    let mass = |n: f64| exp(ln_gamma_density(n + 1.0, ln_mean)) / mean;
    let mut n = floor(x + 0.5);
    n = if n > 0.0 { n } else { 0.0 };
    let mut below = gamma_upper(n, mean);
    if n == 0.0 {
        below = 0.0;
    }
    // Invariant: below = P(Poisson < n).
    while u <= below && n > 0.0 {
        n -= 1.0;
        below -= mass(n);
    }
    while u > below + mass(n) {
        below += mass(n);
        n += 1.0;
    }
    n
}
