//! Kroner: quoted in a year's prices, and at the run's price level.

use std::collections::BTreeMap;

/// Danish kroner at the run's price level. Positive is a cost to the party it is booked on.
///
/// The only door in from a scenario is [`QuotedAmount::at_price_level`], so any two `Dkk`
/// share a price level and may be added. A product of two amounts does not compile.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Dkk(f64);

impl Dkk {
    /// The door out: kroner at the price level.
    pub fn kroner(self) -> f64 {
        self.0
    }
}

impl std::ops::Add for Dkk {
    type Output = Dkk;

    fn add(self, other: Dkk) -> Dkk {
        Dkk(self.0 + other.0)
    }
}

/// An amount as its source quotes it: kroner of a stated year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuotedAmount {
    kroner: f64,
    year: i32,
}

impl QuotedAmount {
    /// `kroner` in the prices of `year`.
    pub fn new(kroner: f64, year: i32) -> QuotedAmount {
        QuotedAmount { kroner, year }
    }

    /// The amount at the price level of `level`: kroner × index(level) / index(year).
    ///
    /// # Errors
    /// The index year that is missing; an index value is never guessed.
    pub fn at_price_level(self, index: &PriceIndex, level: i32) -> Result<Dkk, MissingIndexYear> {
        Ok(Dkk(self.kroner * (index.at(level)? / index.at(self.year)?)))
    }
}

/// A price index by year, and how it is taken to grow after its last year.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceIndex {
    values: BTreeMap<i32, f64>,
    future_growth: Option<f64>,
}

/// A year an index has no value for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingIndexYear {
    /// The year asked for.
    pub year: i32,
    /// First year of the index.
    pub from: i32,
    /// Last year of the index.
    pub to: i32,
}

impl PriceIndex {
    /// An index with positive values; `None` if it is empty or a value is not above 0.
    pub fn new(values: BTreeMap<i32, f64>, future_growth: Option<f64>) -> Option<PriceIndex> {
        let sound = !values.is_empty() && values.values().all(|v| v.is_finite() && *v > 0.0);
        sound.then_some(PriceIndex {
            values,
            future_growth,
        })
    }

    /// The value of a year: as given, or after the last given year grown from it.
    ///
    /// # Errors
    /// A historic year without value, or a future one where no growth is stated.
    pub fn at(&self, year: i32) -> Result<f64, MissingIndexYear> {
        if let Some(value) = self.values.get(&year) {
            return Ok(*value);
        }
        let missing = MissingIndexYear {
            year,
            from: self.first_year(),
            to: self.last_year(),
        };
        match self.future_growth {
            Some(growth) if year > self.last_year() => {
                let last = self.values[&self.last_year()];
                Ok((self.last_year()..year).fold(last, |value, _| value * (1.0 + growth)))
            }
            _ => Err(missing),
        }
    }

    /// First year given.
    pub fn first_year(&self) -> i32 {
        self.values.keys().next().copied().unwrap_or_default()
    }

    /// Last year given.
    pub fn last_year(&self) -> i32 {
        self.values.keys().next_back().copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(growth: Option<f64>) -> PriceIndex {
        PriceIndex::new(
            BTreeMap::from([(2016, 80.0), (2018, 90.0), (2025, 100.0)]),
            growth,
        )
        .unwrap()
    }

    #[test]
    fn an_old_amount_is_lifted_by_the_index() {
        let old = QuotedAmount::new(4_000.0, 2016);
        assert_eq!(
            old.at_price_level(&index(None), 2025).unwrap().kroner(),
            5_000.0
        );
    }

    #[test]
    fn a_missing_historic_year_is_never_interpolated() {
        let told = QuotedAmount::new(1.0, 2017).at_price_level(&index(Some(0.02)), 2025);
        assert_eq!(
            told,
            Err(MissingIndexYear {
                year: 2017,
                from: 2016,
                to: 2025
            })
        );
    }

    #[test]
    fn the_future_grows_only_where_growth_is_stated() {
        assert_eq!(index(Some(0.1)).at(2027).map(f64::round), Ok(121.0));
        assert!(index(None).at(2027).is_err());
    }

    #[test]
    fn an_index_of_nothing_or_of_zero_does_not_exist() {
        assert!(PriceIndex::new(BTreeMap::new(), None).is_none());
        assert!(PriceIndex::new(BTreeMap::from([(2025, 0.0)]), None).is_none());
    }
}
