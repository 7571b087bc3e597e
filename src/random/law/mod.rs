//! Laws of uncertain parameters: validated once, then a function from uniforms to values.
//!
//! ```text
//! evidence ─constructor→ Law ─quantile→ value at u
//!                         │       └ fill: 512 at a time, the same bits
//!                         └ truncated(min, max): the cdf renormalised, never a clamp
//! ```
//!
//! Each family's file has one order: citation, density, limits, type, constructor, quantile.
//! Families whose inverse is slow (gamma, beta, PERT) are solved once at 257 normal scores with
//! this crate's own functions and interpolated by quintics, relative error below 1e-9.
//!
//! Absent: samplers. A law never draws; it is handed a uniform.

mod beta;
mod described;
mod empirical;
mod fault;
mod fixed;
mod gamma;
mod interval;
mod lognormal;
mod normal;
mod table;
mod three_point;
mod triangular;
mod truncation;
mod uniform;

pub use described::Described;
pub use fault::LawFault;
pub use interval::IntervalFamily;

use crate::numeric::{normal_quantile, normal_quantiles};
use beta::Beta;
use empirical::Empirical;
use fixed::Fixed;
use gamma::Gamma;
use lognormal::LogNormal;
use normal::Normal;
use three_point::ThreePoint;
use triangular::Triangular;
use truncation::Truncation;
use uniform::Uniform;

/// The law of one parameter. Having one means that its arguments were checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Law {
    family: Family,
    truncation: Option<Truncation>,
}

#[derive(Debug, Clone, PartialEq)]
enum Family {
    Fixed(Fixed),
    Normal(Normal),
    LogNormal(LogNormal),
    Gamma(Gamma),
    Beta(Beta),
    Uniform(Uniform),
    Triangular(Triangular),
    Empirical(Empirical),
    ThreePoint(ThreePoint),
}

/// A law as its family and numbers: what another program needs to compute the same quantiles.
#[derive(Debug, Clone, PartialEq)]
pub struct LawTerms {
    /// `fixed`, `normal`, `lognormal`, `gamma`, `beta`, `uniform`, `triangular`, `empirical` or
    /// `three_point`.
    pub family: &'static str,
    /// Value; mean, sd; median, sigma; shape, scale; a, b, min, max; min, max; min, mode, max;
    /// value and share of weight up to it, in turn; median, step, skewness.
    pub numbers: Vec<f64>,
    /// Bounds, probability below the lower one, probability within; an open bound is infinite.
    pub bounds: Option<[f64; 4]>,
}

/// What every family knows. Quantiles are asked at a uniform or at its normal score, whichever
/// the family is written in.
trait Marginal {
    /// The value at u in (0, 1), or at z = Φ⁻¹(u).
    fn at(&self, point: Point) -> f64;
    /// Many values at scores, the bits of [`Marginal::at`]; families in uniforms never see it.
    fn at_scores(&self, scores_to_values: &mut [f64]) {
        for value in scores_to_values {
            *value = self.at(Point::Score(*value));
        }
    }
    fn wants_scores(&self) -> bool;
    /// P(X ≤ x).
    fn cdf(&self, x: f64) -> f64;
    fn mean(&self) -> f64;
    fn sd(&self) -> f64;
    fn support(&self) -> (f64, f64);
    fn described(&self) -> Described;
    /// What the quantile is computed from, in the order of [`LawTerms::numbers`].
    fn numbers(&self) -> Vec<f64>;
}

#[derive(Clone, Copy)]
enum Point {
    Uniform(f64),
    Score(f64),
}

impl Point {
    fn uniform(self) -> f64 {
        match self {
            Point::Uniform(u) => u,
            Point::Score(z) => crate::numeric::normal_cdf(z),
        }
    }

    fn score(self) -> f64 {
        match self {
            Point::Uniform(u) => normal_quantile(u),
            Point::Score(z) => z,
        }
    }
}

impl Family {
    fn marginal(&self) -> &dyn Marginal {
        match self {
            Family::Fixed(law) => law,
            Family::Normal(law) => law,
            Family::LogNormal(law) => law,
            Family::Gamma(law) => law,
            Family::Beta(law) => law,
            Family::Uniform(law) => law,
            Family::Triangular(law) => law,
            Family::Empirical(law) => law,
            Family::ThreePoint(law) => law,
        }
    }

    fn key(&self) -> &'static str {
        match self {
            Family::Fixed(_) => "fixed",
            Family::Normal(_) => "normal",
            Family::LogNormal(_) => "lognormal",
            Family::Gamma(_) => "gamma",
            Family::Beta(_) => "beta",
            Family::Uniform(_) => "uniform",
            Family::Triangular(_) => "triangular",
            Family::Empirical(_) => "empirical",
            Family::ThreePoint(_) => "three_point",
        }
    }

    fn fill(&self, uniforms: &[f64], out: &mut [f64]) {
        let law = self.marginal();
        if law.wants_scores() {
            normal_quantiles(uniforms, out);
            law.at_scores(out);
        } else {
            for (u, out) in uniforms.iter().zip(out) {
                *out = law.at(Point::Uniform(*u));
            }
        }
    }
}

/// Constructors, one a way of stating evidence.
impl Law {
    fn of(family: Family) -> Law {
        Law {
            family,
            truncation: None,
        }
    }

    /// A value known for certain.
    ///
    /// # Errors
    /// If `value` is not finite.
    pub fn fixed(value: f64) -> Result<Law, LawFault> {
        Fixed::new(value).map(|law| Law::of(Family::Fixed(law)))
    }

    /// Normal, sd > 0.
    ///
    /// # Errors
    /// If an argument is not finite or `sd` is not positive.
    pub fn normal(mean: f64, sd: f64) -> Result<Law, LawFault> {
        Normal::new(mean, sd).map(|law| Law::of(Family::Normal(law)))
    }

    /// Lognormal with the given median; `sigma` is the standard deviation of its logarithm.
    ///
    /// # Errors
    /// If an argument is not finite and positive.
    pub fn lognormal(median: f64, sigma: f64) -> Result<Law, LawFault> {
        LogNormal::new(median, sigma).map(|law| Law::of(Family::LogNormal(law)))
    }

    /// Lognormal from a point estimate and its 95 % interval, as a relative risk is published.
    ///
    /// # Errors
    /// If the three are not positive and increasing, or the estimate is so far from the
    /// interval's geometric middle that no lognormal has both.
    pub fn lognormal_ci95(median: f64, low: f64, high: f64) -> Result<Law, LawFault> {
        LogNormal::from_ci95(median, low, high).map(|law| Law::of(Family::LogNormal(law)))
    }

    /// Lognormal with the given mean and standard deviation (of the value, not its logarithm).
    ///
    /// # Errors
    /// If an argument is not finite and positive.
    pub fn lognormal_mean_sd(mean: f64, sd: f64) -> Result<Law, LawFault> {
        LogNormal::from_mean_sd(mean, sd).map(|law| Law::of(Family::LogNormal(law)))
    }

    /// Gamma from its mean and standard error.
    ///
    /// # Errors
    /// If an argument is not positive, or the standard error exceeds 31 means.
    pub fn gamma(mean: f64, se: f64) -> Result<Law, LawFault> {
        Gamma::from_mean_se(mean, se).map(|law| Law::of(Family::Gamma(law)))
    }

    /// Gamma from shape and scale; a Dirichlet is such gammas divided by their sum.
    ///
    /// # Errors
    /// If an argument is not positive or the shape is below 0.001.
    pub fn gamma_shape(shape: f64, scale: f64) -> Result<Law, LawFault> {
        Gamma::new(shape, scale).map(|law| Law::of(Family::Gamma(law)))
    }

    /// Beta from its mean and standard error.
    ///
    /// # Errors
    /// If the mean is not inside (0, 1) or no beta with that mean is so wide.
    pub fn beta(mean: f64, se: f64) -> Result<Law, LawFault> {
        Beta::from_mean_se(mean, se).map(|law| Law::of(Family::Beta(law)))
    }

    /// Beta(successes, failures) from counts. With no successes or failures add a prior first
    /// (½ to each is Jeffreys').
    ///
    /// # Errors
    /// If a count is below 0.001.
    pub fn beta_counts(successes: f64, failures: f64) -> Result<Law, LawFault> {
        Beta::new(successes, failures).map(|law| Law::of(Family::Beta(law)))
    }

    /// Uniform over [min, max].
    ///
    /// # Errors
    /// If the two are not finite and increasing.
    pub fn uniform(min: f64, max: f64) -> Result<Law, LawFault> {
        Uniform::new(min, max).map(|law| Law::of(Family::Uniform(law)))
    }

    /// Triangular; the mode may coincide with an end.
    ///
    /// # Errors
    /// If not min ≤ mode ≤ max and min < max.
    pub fn triangular(min: f64, mode: f64, max: f64) -> Result<Law, LawFault> {
        Triangular::new(min, mode, max).map(|law| Law::of(Family::Triangular(law)))
    }

    /// PERT: a beta stretched over [min, max] with mean (min + 4 mode + max)/6.
    ///
    /// # Errors
    /// If not min ≤ mode ≤ max and min < max.
    pub fn pert(min: f64, mode: f64, max: f64) -> Result<Law, LawFault> {
        Beta::pert(min, mode, max).map(|law| Law::of(Family::Beta(law)))
    }

    /// The values themselves, each with its weight.
    ///
    /// # Errors
    /// If there is none, the lengths differ, a value is not finite, or a weight is negative.
    pub fn empirical(values: &[f64], weights: &[f64]) -> Result<Law, LawFault> {
        Empirical::new(values, weights).map(|law| Law::of(Family::Empirical(law)))
    }

    /// A law whose 10 %, 50 % and 90 % quantiles are the three points: a shifted lognormal, or
    /// its mirror image, or a normal where they are symmetric.
    ///
    /// # Errors
    /// If the points do not increase, or one arm is more than 13 times the other.
    pub fn three_point(low: f64, mid: f64, high: f64) -> Result<Law, LawFault> {
        ThreePoint::new(low, mid, high).map(|law| Law::of(Family::ThreePoint(law)))
    }

    /// The law of a family whose 10 % and 90 % quantiles are `low` and `high`.
    ///
    /// # Errors
    /// If the two do not increase within the family's support.
    pub fn interval80(low: f64, high: f64, family: IntervalFamily) -> Result<Law, LawFault> {
        interval::fit(low, high, family).map(Law::of)
    }

    /// This law given that the value lies in [min, max]: the cdf renormalised, not a clamp.
    /// Bounds given twice intersect.
    ///
    /// # Errors
    /// If the bounds cross or keep less than a millionth of the law.
    pub fn truncated(self, min: Option<f64>, max: Option<f64>) -> Result<Law, LawFault> {
        truncation::truncate(self, min, max)
    }
}

/// Questions.
impl Law {
    /// The value at `u` in (0, 1). Relative error below 1e-9 (gamma, beta, PERT), otherwise a
    /// few ulp.
    pub fn quantile(&self, u: f64) -> f64 {
        match &self.truncation {
            None => self.family.marginal().at(Point::Uniform(u)),
            Some(kept) => kept.inside(self.family.marginal().at(Point::Uniform(kept.map(u)))),
        }
    }

    /// [`Law::quantile`] of every uniform, the same bits, faster.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn fill(&self, uniforms: &[f64], out: &mut [f64]) {
        assert_eq!(uniforms.len(), out.len(), "one value for each uniform");
        let Some(kept) = &self.truncation else {
            return self.family.fill(uniforms, out);
        };
        let mapped: Vec<f64> = uniforms.iter().map(|u| kept.map(*u)).collect();
        self.family.fill(&mapped, out);
        for value in out {
            *value = kept.inside(*value);
        }
    }

    /// The expectation. Exact, or to about 1e-7 relative if truncated.
    pub fn mean(&self) -> f64 {
        match &self.truncation {
            None => self.family.marginal().mean(),
            Some(kept) => kept.moments().0,
        }
    }

    /// The standard deviation. Exact, or to about 1e-6 relative if truncated.
    pub fn sd(&self) -> f64 {
        match &self.truncation {
            None => self.family.marginal().sd(),
            Some(kept) => kept.moments().1,
        }
    }

    /// The smallest interval that holds every value.
    pub fn support(&self) -> (f64, f64) {
        match &self.truncation {
            None => self.family.marginal().support(),
            Some(kept) => kept.support(self.family.marginal().support()),
        }
    }

    /// Family and numbers.
    pub fn terms(&self) -> LawTerms {
        LawTerms {
            family: self.family.key(),
            numbers: self.family.marginal().numbers(),
            bounds: self.truncation.as_ref().map(Truncation::terms),
        }
    }

    /// Whether it is a value known for certain.
    pub fn is_fixed(&self) -> bool {
        matches!(self.family, Family::Fixed(_))
    }

    /// The law in English, such as "lognormal, median 1, 95 % 0.85 to 1.15".
    pub fn describe(&self) -> String {
        let law = self.described().english();
        match &self.truncation {
            None => law,
            Some(kept) => format!("{law}, {}", kept.describe()),
        }
    }

    /// The family and its figures, before any truncation: for whoever writes it in a language.
    pub fn described(&self) -> Described {
        self.family.marginal().described()
    }

    /// Bounds that the law is kept within, ±∞ where there is none; `None` if it is not truncated.
    pub fn kept_within(&self) -> Option<(f64, f64)> {
        self.truncation.as_ref().map(Truncation::bounds)
    }
}

/// At most five significant digits, without trailing zeros.
fn short(x: f64) -> String {
    let mut size = x.abs();
    if size == 0.0 || !size.is_finite() || !(1e-6..1e15).contains(&size) {
        return format!("{x}");
    }
    let mut decimals = 4;
    while size >= 10.0 && decimals > 0 {
        size /= 10.0;
        decimals -= 1;
    }
    while size < 1.0 {
        size *= 10.0;
        decimals += 1;
    }
    let text = format!("{x:.decimals$}");
    if !text.contains('.') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}
