//! Expectations of rules with a bend, over chance given the parameters.
//!
//! ```text
//!   total X ~ (mean, variance)        E max(0, X − c)      P(X ≥ c)
//!   course V ~ gamma(mean, cv)        E min(V, c)
//! ```
//!
//! The mean and the variance of a total are those of the counts that make it up, exactly; its
//! shape is taken as normal. For a sum of independent parts the first-moment distance to the
//! normal of the same mean and variance is at most Σ E|Xᵢ − μᵢ|³ / σ² (Goldstein, "Bounds on the
//! constant in the mean central limit theorem", Ann. Probab. 38 (2010) 1672–1689,
//! doi:10.1214/10-AOP527), and max(0, · − c) moves no faster than its argument. A Poisson total
//! of units worth v kr. is the limit of many such parts with Σ E|Xᵢ|³ = v³μ and σ² = v²μ: the
//! expectation errs by at most v, one unit's worth, whatever c. Where counts are overdispersed
//! (clusters of units), by at most E[cluster³]/E[cluster²] units. P(X ≥ c) errs by at most
//! 0.5606 Σ E|Xᵢ − μᵢ|³ / σ³ (Shevtsova 2010, doi:10.1137/S0040585X97984449): 0.56/√μ for a
//! Poisson count. A variance of 0 is the plain rule.
//!
//! Absent: which total a rule reads, and what it pays.

use crate::numeric::{gamma_lower, normal_cdf, normal_density};

/// A rule's bend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kink {
    /// E max(0, X − c), from (mean, variance, c).
    Excess,
    /// P(X ≥ c), from (mean, variance, c).
    Above,
    /// E min(V, c) of a gamma course, from (mean, coefficient of variation, c).
    Limited,
}

impl Kink {
    /// The expectation at one draw.
    pub fn at(self, mean: f64, spread: f64, threshold: f64) -> f64 {
        match self {
            Kink::Excess => excess(mean, spread, threshold),
            Kink::Above => above(mean, spread, threshold),
            Kink::Limited => limited(mean, spread, threshold),
        }
    }
}

/// E max(0, X − c) = (μ − c) Φ(z) + σ φ(z) with z = (μ − c)/σ, for X normal.
///
/// In kr. or units of X. Never negative; at least max(0, μ − c).
pub fn excess(mean: f64, variance: f64, threshold: f64) -> f64 {
    let over = mean - threshold;
    if variance <= 0.0 {
        return over.max(0.0);
    }
    let sd = variance.sqrt();
    let z = over / sd;
    // far above, rounding must not fall below the plain rule
    (over * normal_cdf(z) + sd * normal_density(z)).max(over.max(0.0))
}

/// P(X ≥ c) = Φ((μ − c)/σ) for X normal; 0 or 1 where nothing varies.
pub fn above(mean: f64, variance: f64, threshold: f64) -> f64 {
    if variance <= 0.0 {
        return if mean >= threshold { 1.0 } else { 0.0 };
    }
    normal_cdf((mean - threshold) / variance.sqrt())
}

/// E min(V, c) for V gamma with mean μ and coefficient of variation κ, shape k = 1/κ²:
/// μ P(k + 1, kc/μ) + c (1 − P(k, kc/μ)), P the regularised lower incomplete gamma function
/// (the limited expected value: Klugman, Panjer & Willmot, Loss Models, 4th ed., appendix A).
///
/// Exact under that law; at most min(μ, c).
pub fn limited(mean: f64, cv: f64, cap: f64) -> f64 {
    if cv <= 0.0 || mean <= 0.0 || cap <= 0.0 {
        return mean.min(cap);
    }
    let shape = 1.0 / (cv * cv);
    let x = shape * cap / mean;
    let below = gamma_lower(shape, x);
    (mean * gamma_lower(shape + 1.0, x) + cap * (1.0 - below)).min(mean.min(cap))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Standard normal at its mean: E max(0, Z) = 1/√(2π); and by symmetry
    /// E max(0, X − c) − E max(0, c − X) = μ − c.
    #[test]
    fn the_expected_excess_of_a_normal_is_the_textbook_s() {
        assert!((excess(0.0, 1.0, 0.0) - 0.398_942_280_401_432_7).abs() < 1e-15);
        for (mean, variance, c) in [(10.0, 4.0, 11.0), (-3.0, 9.0, 2.5), (100.0, 1.0, 90.0)] {
            let (over, under) = (excess(mean, variance, c), excess(-mean, variance, -c));
            assert!((over - under - (mean - c)).abs() < 1e-12);
            assert!(over >= (mean - c).max(0.0));
        }
    }

    #[test]
    fn without_chance_the_expectation_is_the_rule() {
        assert_eq!(excess(12.0, 0.0, 10.0), 2.0);
        assert_eq!(excess(8.0, 0.0, 10.0), 0.0);
        assert_eq!((above(10.0, 0.0, 10.0), above(9.0, 0.0, 10.0)), (1.0, 0.0));
        assert_eq!(limited(100.0, 0.0, 80.0), 80.0);
    }

    /// κ = 1 is the exponential law: E min(V, c) = μ (1 − e^(−c/μ)).
    #[test]
    fn the_capped_mean_of_an_exponential_course_is_the_closed_form() {
        for c in [10.0, 50.0, 100.0, 400.0] {
            let exact = 100.0 * (1.0 - crate::numeric::exp(-c / 100.0));
            assert!((limited(100.0, 1.0, c) - exact).abs() < 1e-10, "{c}");
        }
    }

    /// The stated bound against the exact law: Poisson counts of units worth 1 kr.
    #[test]
    fn the_normal_shape_errs_by_less_than_one_unit_of_a_poisson_total() {
        for mean in [0.5, 3.0, 20.0, 200.0] {
            for threshold in [0.0, 0.5 * mean, mean, 1.3 * mean + 1.0, 2.0 * mean + 5.0] {
                let mut chance = crate::numeric::exp(-mean);
                let (mut exact, mut n) = (0.0, 0.0);
                while n < mean + 40.0 * (mean + 4.0).sqrt() {
                    exact += chance * (n - threshold).max(0.0);
                    n += 1.0;
                    chance *= mean / n;
                }
                let off = (excess(mean, mean, threshold) - exact).abs();
                assert!(off < 1.0, "{mean}, {threshold}: {off}");
                assert!(mean < 3.0 || off < 0.1, "and mostly far less: {off}");
            }
        }
    }
}
