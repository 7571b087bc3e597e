//! Who lives where: municipalities, persons by age band and year, groups and need levels.

use super::{Dynamics, Origin, Value, Words};

/// A municipality: a party of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Municipality {
    /// Official code, e.g. `615`.
    pub code: String,
    /// Name, e.g. `Horsens`.
    pub name: String,
    /// Code of the region, e.g. `082`.
    pub region_code: String,
    /// Name of the region.
    pub region: String,
    /// Health cluster, where known.
    pub cluster: Option<String>,
}

/// Persons by municipality, age band and calendar year (mean of the year), interpolated
/// linearly between the years a table gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Population {
    /// Age bands, e.g. `65-79`.
    pub age_bands: Vec<String>,
    /// First year held.
    pub first_year: i32,
    /// `persons[municipality][band][year - first_year]`.
    pub persons: Vec<Vec<Vec<f64>>>,
    /// Source sentence for the annex.
    pub source: String,
}

impl Population {
    /// Persons in one cell.
    pub fn persons(&self, municipality: usize, band: usize, year: i32) -> f64 {
        self.persons[municipality][band][(year - self.first_year) as usize]
    }

    /// Persons of all ages in a municipality.
    pub fn total(&self, municipality: usize, year: i32) -> f64 {
        (0..self.age_bands.len())
            .map(|b| self.persons(municipality, b, year))
            .sum()
    }
}

/// How many of the inhabitants belong to a group.
#[derive(Debug, Clone, PartialEq)]
pub enum GroupShare {
    /// Share of each age band = prevalence × profile\[band\].
    Prevalence {
        /// Share of all inhabitants.
        prevalence: Value,
        /// Relative to the prevalence, by age band.
        profile: Vec<f64>,
    },
    /// Everybody who is in no other group.
    Rest,
}

/// A disjoint part of the population, divided into need levels.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Identifier, e.g. `kol`.
    pub id: String,
    /// Name for readers.
    pub label: Words,
    /// Size.
    pub share: GroupShare,
    /// (need level, share of the group); the shares sum to 1.
    pub levels: Vec<(u8, f64)>,
    /// Yearly moves between the levels; without them the levels keep their shares.
    pub dynamics: Option<Dynamics>,
    /// Health-state utility of a person-year, in the order of the levels; empty: none stated.
    pub utility: Vec<Value>,
    /// Source of the shares.
    pub source: String,
    /// Where it stands.
    pub origin: Origin,
}
