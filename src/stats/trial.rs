//! What a trial in two groups can find, and how far its finding should move a belief.
//!
//! ```text
//!   X̄_g, events per person:  mean μ_g y,  variance φ μ_g y / n_g        (counts with variance φ · mean)
//!   power     = Φ(|δ|/s − z_{1−α/2}) + Φ(−|δ|/s − z_{1−α/2}),   s² = φ (μ₀/n₀ + μ₁/n₁) / y
//!   smallest  = (z_{1−α/2} + z_β) · s
//!   posterior of ln ratio = prior and finding weighted by precision
//! ```
//!
//! The normal two-sample test of rates; overdispersion multiplies the Poisson variance
//! (P. McCullagh and J. A. Nelder, *Generalized Linear Models*, 2nd ed. 1989, section 6.2; for
//! planning, H. Zhu and H. Lakkis, Stat. Med. 33, 2014, 376–387). Normal–normal shrinkage:
//! A. Gelman et al., *Bayesian Data Analysis*, 3rd ed. 2013, section 2.5.
//!
//! The variance is held at the planned rates, also for the smallest detectable change. With some
//! thirty events a group the power is right within 1.5 percentage points where it is small, and up
//! to five too low where it is large (a test simulates it).
//! Absent: drop-out, clusters, and a trial stopped early.

use crate::numeric::{exp, ln, normal_cdf, normal_quantile};

/// Two groups that are compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trial {
    /// Persons without.
    pub persons_control: f64,
    /// Persons with.
    pub persons_treated: f64,
    /// Years each is followed.
    pub years: f64,
    /// Events per person-year without.
    pub rate_control: f64,
    /// Events per person-year with.
    pub rate_treated: f64,
    /// Variance / mean of a person's count.
    pub dispersion: f64,
}

impl Trial {
    /// Standard error of the difference between the groups, events per person-year.
    pub fn error(&self) -> f64 {
        let control = self.rate_control / self.persons_control;
        let treated = self.rate_treated / self.persons_treated;
        (self.dispersion * (control + treated) / self.years).sqrt()
    }

    /// Chance that a two-sided test at `significance` tells the groups apart.
    pub fn power(&self, significance: f64) -> f64 {
        let apart = (self.rate_treated - self.rate_control).abs() / self.error();
        let limit = normal_quantile(1.0 - significance / 2.0);
        normal_cdf(apart - limit) + normal_cdf(-apart - limit)
    }

    /// The change (events per person-year) that would be found with chance `power`.
    pub fn smallest_change(&self, significance: f64, power: f64) -> f64 {
        let limit = normal_quantile(1.0 - significance / 2.0);
        (limit + normal_quantile(power)) * self.error()
    }

    /// Persons in each of two equal groups that find the planned difference with chance `power`;
    /// `None` where there is no difference to find.
    pub fn persons_needed(&self, significance: f64, power: f64) -> Option<f64> {
        let difference = self.rate_treated - self.rate_control;
        let scores = normal_quantile(1.0 - significance / 2.0) + normal_quantile(power);
        let variance = self.dispersion * (self.rate_control + self.rate_treated) / self.years;
        let needed = scores * scores * variance / (difference * difference);
        needed.is_finite().then(|| needed.ceil())
    }

    /// Standard error of the logarithm of the ratio of rates (delta method).
    pub fn log_error(&self) -> f64 {
        let control = 1.0 / (self.rate_control * self.persons_control * self.years);
        let treated = 1.0 / (self.rate_treated * self.persons_treated * self.years);
        (self.dispersion * (control + treated)).sqrt()
    }

    /// The ratio seen, drawn towards a belief.
    pub fn shrunk(&self, prior_median: f64, prior_sigma: f64) -> Shrunk {
        let (believed, error) = (prior_sigma * prior_sigma, self.log_error());
        let weight = believed / (believed + error * error);
        let seen = ln(self.rate_treated / self.rate_control);
        let prior = ln(prior_median);
        Shrunk {
            weight,
            median: exp(prior + weight * (seen - prior)),
            sigma: prior_sigma * (1.0 - weight).sqrt(),
        }
    }
}

/// A belief about a ratio after a trial: lognormal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shrunk {
    /// Weight of what was seen; the rest is the belief held before.
    pub weight: f64,
    /// Median.
    pub median: f64,
    /// Standard deviation of the logarithm.
    pub sigma: f64,
}
