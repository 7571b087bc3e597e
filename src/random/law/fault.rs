//! Why the arguments given make no law, with what would.
//!
//! Absent: files and lines. The scenario reader knows where the arguments stand.

use super::short;

/// A law that cannot be had.
#[derive(Debug, Clone, PartialEq)]
pub enum LawFault {
    /// An argument is NaN or infinite.
    NotFinite {
        /// Which argument.
        what: &'static str,
    },
    /// An argument must be above 0.
    NotPositive {
        /// Which argument.
        what: &'static str,
        /// What it is.
        value: f64,
    },
    /// An argument must lie strictly inside an interval.
    Outside {
        /// Which argument.
        what: &'static str,
        /// What it is.
        value: f64,
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// Arguments must increase.
    NotIncreasing {
        /// Which argument.
        what: &'static str,
    },
    /// The standard error is so large that the law is all but concentrated on its ends.
    TooDispersed {
        /// Which argument.
        what: &'static str,
        /// What it is.
        value: f64,
        /// The largest possible.
        largest: f64,
    },
    /// Estimate and interval are no lognormal's: its middle would be at `middle`.
    NotLogNormal {
        /// The estimate stated.
        median: f64,
        /// The interval's geometric middle.
        middle: f64,
    },
    /// One arm of three points is more than 13 times the other.
    TooSkewed {
        /// How many times.
        ratio: f64,
    },
    /// No law of the family, within the shapes that can be computed, has such an interval.
    NoSuchInterval {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// Values and weights do not go together.
    Weights {
        /// What is wrong.
        why: &'static str,
    },
    /// The bounds keep less than a millionth of the law.
    BoundsLeaveNothing {
        /// Probability within the bounds.
        kept: f64,
    },
}

impl std::fmt::Display for LawFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            LawFault::NotFinite { what } => write!(f, "{what} is not a finite number"),
            LawFault::NotPositive { what, value } => {
                write!(
                    f,
                    "{what} is {}, must be above 0; a certain value is fixed",
                    short(*value)
                )
            }
            LawFault::Outside {
                what,
                value,
                low,
                high,
            } => {
                let (value, low, high) = (short(*value), short(*low), short(*high));
                write!(f, "{what} is {value}, must lie between {low} and {high}")
            }
            LawFault::NotIncreasing { what } => write!(f, "{what} must increase"),
            LawFault::TooDispersed {
                what,
                value,
                largest,
            } => {
                write!(
                    f,
                    "{what} is {}, at most {} is possible",
                    short(*value),
                    short(*largest)
                )
            }
            LawFault::NotLogNormal { median, middle } => write!(
                f,
                "a lognormal with this 95 % interval has median {}, not {}; \
                 state the interval of the ratio, or three points",
                short(*middle),
                short(*median)
            ),
            LawFault::TooSkewed { ratio } => write!(
                f,
                "one arm of the three points is {} times the other, at most 13 can be fitted",
                short(*ratio)
            ),
            LawFault::NoSuchInterval { low, high } => write!(
                f,
                "no law of this family has 80 % between {} and {}; choose another family",
                short(*low),
                short(*high)
            ),
            LawFault::Weights { why } => f.write_str(why),
            LawFault::BoundsLeaveNothing { kept } => write!(
                f,
                "the bounds keep only {kept:.1e} of the law; state a law that lives inside them"
            ),
        }
    }
}

impl std::error::Error for LawFault {}

pub(super) fn finite(what: &'static str, value: f64) -> Result<f64, LawFault> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(LawFault::NotFinite { what })
    }
}

pub(super) fn positive(what: &'static str, value: f64) -> Result<f64, LawFault> {
    if finite(what, value)? > 0.0 {
        Ok(value)
    } else {
        Err(LawFault::NotPositive { what, value })
    }
}
