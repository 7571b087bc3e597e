//! Services: countable units of activity, with who produces, pays for and owns them, by date.

use super::{Dated, GroupId, Origin, Party, Release, Value, Words};

/// A countable unit: an admission, a bed-day, a consultation, a nursing hour.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Identifier, e.g. `akut_indlaeggelse`.
    pub id: String,
    /// Name for readers.
    pub label: Words,
    /// Name of one unit.
    pub unit_label: Words,
    /// Who operates it.
    pub producer: Dated<Party>,
    /// Who is liable to pay. Moves no money by itself.
    pub payer: Dated<Party>,
    /// Who has the task by law.
    pub owner: Dated<Party>,
    /// Full resource cost of one unit, by producing party (kr. at the price level).
    pub unit_cost: Vec<(Party, Value)>,
    /// Share of the unit cost that follows volume at once.
    pub variable: Value,
    /// Share that follows capacity; the rest is fixed.
    pub semi_fixed: Value,
    /// How capacity follows volume; required where `semi_fixed` is not 0.
    pub release: Option<Release>,
    /// Variance of a count divided by its mean, at least 1.
    pub dispersion: f64,
    /// Coefficient of variation of one unit's cost; 0 = every unit costs the mean.
    pub unit_cost_cv: f64,
    /// Yearly growth of the rate, from the world's price-level year on.
    pub trend: Option<Value>,
    /// Units per person-year, by group.
    pub rates: Vec<Rate>,
    /// Factor on the rate by age band.
    pub age_factor: Vec<f64>,
    /// Factor on the rate by municipality.
    pub municipality_factor: Vec<f64>,
    /// A specialised task may not be shifted.
    pub specialised: bool,
    /// Where it stands.
    pub origin: Origin,
}

/// Units per person-year in one group.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// The group.
    pub group: GroupId,
    /// Units per person-year at level factor 1.
    pub rate: Value,
    /// Factor by need level, in the order of the group's levels.
    pub level_factor: Vec<f64>,
}

impl Service {
    /// The cost slot for a producer, if stated.
    pub fn unit_cost_of(&self, producer: Party) -> Option<Value> {
        self.unit_cost
            .iter()
            .find(|(p, _)| *p == producer)
            .map(|(_, v)| *v)
    }
}
