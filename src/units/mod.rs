//! Validated doors: a figure gets in once, with its unit, or not at all.
//!
//! ```text
//! kr. of 2016 ─QuotedAmount─at_price_level(PriceIndex, 2025)→ Dkk (kr. of 2025)
//! 0.6 ─Share::new→ Share      60 ─Share::new→ "looks like percent"
//! ```
//!
//! *Promise:* what exists here is finite, of the right sign and at one price level.
//! *Absent:* names, places and messages; this room says only what is wrong with a number.

mod money;
mod unit;

pub use money::{Dkk, MissingIndexYear, PriceIndex, QuotedAmount};
pub use unit::Unit;

/// What is wrong with a number at its door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// NaN or infinite.
    NotFinite,
    /// Below zero.
    Negative,
    /// Above 1, at most 100: most likely a percentage.
    LooksLikePercent,
    /// Outside its range.
    Outside,
}

/// A share in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Share(f64);

impl Share {
    /// The door in.
    ///
    /// # Errors
    /// What is wrong with the number, telling percentages apart from other figures above 1.
    pub fn new(value: f64) -> Result<Share, NumberFault> {
        match value {
            v if !v.is_finite() => Err(NumberFault::NotFinite),
            v if v < 0.0 => Err(NumberFault::Negative),
            v if v <= 1.0 => Ok(Share(v)),
            v if v <= 100.0 => Err(NumberFault::LooksLikePercent),
            _ => Err(NumberFault::Outside),
        }
    }

    /// The door out: a number in [0, 1].
    pub fn value(self) -> f64 {
        self.0
    }
}

/// Units per person-year, at least 0.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Rate(f64);

impl Rate {
    /// The door in.
    ///
    /// # Errors
    /// [`NumberFault::NotFinite`] or [`NumberFault::Negative`].
    pub fn new(value: f64) -> Result<Rate, NumberFault> {
        not_negative(value).map(Rate)
    }

    /// The door out: units per person-year.
    pub fn value(self) -> f64 {
        self.0
    }
}

/// A number of persons, at least 0; a mean over a year need not be whole.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Persons(f64);

impl Persons {
    /// The door in.
    ///
    /// # Errors
    /// [`NumberFault::NotFinite`] or [`NumberFault::Negative`].
    pub fn new(value: f64) -> Result<Persons, NumberFault> {
        not_negative(value).map(Persons)
    }

    /// The door out: persons.
    pub fn value(self) -> f64 {
        self.0
    }
}

fn not_negative(value: f64) -> Result<f64, NumberFault> {
    match value {
        v if !v.is_finite() => Err(NumberFault::NotFinite),
        v if v < 0.0 => Err(NumberFault::Negative),
        v => Ok(v),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_in_percent_is_told_apart_from_a_wrong_one() {
        assert_eq!(Share::new(60.0), Err(NumberFault::LooksLikePercent));
        assert_eq!(Share::new(3_600.0), Err(NumberFault::Outside));
        assert_eq!(Share::new(-0.1), Err(NumberFault::Negative));
        assert_eq!(Share::new(f64::NAN), Err(NumberFault::NotFinite));
        assert_eq!(Share::new(1.0).map(Share::value), Ok(1.0));
    }

    #[test]
    fn persons_and_rates_are_never_negative() {
        assert_eq!(Persons::new(-1.0), Err(NumberFault::Negative));
        assert_eq!(Rate::new(f64::INFINITY), Err(NumberFault::NotFinite));
    }
}
