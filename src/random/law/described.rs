//! What a law is, as data: for whoever writes it in a language.
//!
//! Absent: rounding and decimal marks in any language but the English of [`Law::describe`].
//!
//! [`Law::describe`]: super::Law::describe

use super::short;

/// A family with the figures that a reader knows it by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Described {
    /// A value known for certain.
    Fixed(f64),
    /// Mean and standard deviation.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// Median and 95 % interval.
    LogNormal {
        /// Median.
        median: f64,
        /// 2.5 % quantile.
        low: f64,
        /// 97.5 % quantile.
        high: f64,
    },
    /// Mean and standard deviation.
    Gamma {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// Mean and standard deviation.
    Beta {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// Ends.
    Uniform {
        /// Lowest.
        min: f64,
        /// Highest.
        max: f64,
    },
    /// Ends and mode.
    Triangular {
        /// Lowest.
        min: f64,
        /// Likeliest.
        mode: f64,
        /// Highest.
        max: f64,
    },
    /// Ends and mode.
    Pert {
        /// Lowest.
        min: f64,
        /// Likeliest.
        mode: f64,
        /// Highest.
        max: f64,
    },
    /// Values themselves.
    Empirical {
        /// How many.
        count: usize,
        /// Lowest.
        min: f64,
        /// Highest.
        max: f64,
    },
    /// Three quantiles.
    ThreePoint {
        /// 10 % quantile.
        low: f64,
        /// Median.
        mid: f64,
        /// 90 % quantile.
        high: f64,
    },
}

impl Described {
    pub(super) fn english(self) -> String {
        match self {
            Described::Fixed(x) => format!("fixed at {}", short(x)),
            Described::Normal { mean, sd } => {
                format!("normal, mean {}, sd {}", short(mean), short(sd))
            }
            Described::LogNormal { median, low, high } => {
                let (median, low, high) = (short(median), short(low), short(high));
                format!("lognormal, median {median}, 95 % {low} to {high}")
            }
            Described::Gamma { mean, sd } => {
                format!("gamma, mean {}, sd {}", short(mean), short(sd))
            }
            Described::Beta { mean, sd } => format!("beta, mean {}, sd {}", short(mean), short(sd)),
            Described::Uniform { min, max } => format!("uniform, {} to {}", short(min), short(max)),
            Described::Triangular { min, mode, max } => {
                let (min, mode, max) = (short(min), short(mode), short(max));
                format!("triangular, {min} to {max}, mode {mode}")
            }
            Described::Pert { min, mode, max } => {
                let (min, mode, max) = (short(min), short(mode), short(max));
                format!("PERT, {min} to {max}, mode {mode}")
            }
            Described::Empirical { count, min, max } => {
                let (min, max) = (short(min), short(max));
                format!("empirical, {count} values, {min} to {max}")
            }
            Described::ThreePoint { low, mid, high } => {
                let (low, mid, high) = (short(low), short(mid), short(high));
                format!("three points, 10 % {low}, median {mid}, 90 % {high}")
            }
        }
    }
}
