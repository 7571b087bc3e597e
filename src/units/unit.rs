//! The closed list of units a figure can have.

/// The unit of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A ratio of two of the same, e.g. a rate ratio.
    Ratio,
    /// A part of a whole, in [0, 1].
    Share,
    /// A number of persons.
    Persons,
    /// Units of a service per person and year.
    UnitsPerPersonYear,
    /// Units of a service per person, once.
    UnitsPerPerson,
    /// Units of one service per unit of another.
    UnitsPerUnit,
    /// Hours.
    Hours,
    /// Kroner per unit of a service.
    KrPerUnit,
    /// Kroner per person, once.
    KrPerPerson,
    /// Kroner per person and year.
    KrPerPersonYear,
    /// Kroner a year.
    KrPerYear,
    /// Kroner, once.
    Kr,
    /// Growth a year, as a fraction.
    PerYear,
    /// Units of a service a year, all together.
    UnitsPerYear,
}

impl Unit {
    /// Every unit, in the order of the grammar.
    pub const ALL: [Unit; 14] = [
        Unit::Ratio,
        Unit::Share,
        Unit::Persons,
        Unit::UnitsPerPersonYear,
        Unit::UnitsPerPerson,
        Unit::UnitsPerUnit,
        Unit::Hours,
        Unit::KrPerUnit,
        Unit::KrPerPerson,
        Unit::KrPerPersonYear,
        Unit::KrPerYear,
        Unit::Kr,
        Unit::PerYear,
        Unit::UnitsPerYear,
    ];

    /// The key in scenario files.
    pub fn key(self) -> &'static str {
        match self {
            Unit::Ratio => "ratio",
            Unit::Share => "share",
            Unit::Persons => "persons",
            Unit::UnitsPerPersonYear => "units_per_person_year",
            Unit::UnitsPerPerson => "units_per_person",
            Unit::UnitsPerUnit => "units_per_unit",
            Unit::Hours => "hours",
            Unit::KrPerUnit => "kr_per_unit",
            Unit::KrPerPerson => "kr_per_person",
            Unit::KrPerPersonYear => "kr_per_person_year",
            Unit::KrPerYear => "kr_per_year",
            Unit::Kr => "kr",
            Unit::PerYear => "per_year",
            Unit::UnitsPerYear => "units_per_year",
        }
    }

    /// The unit with this key.
    pub fn from_key(key: &str) -> Option<Unit> {
        Unit::ALL.into_iter().find(|unit| unit.key() == key)
    }

    /// An amount of money, which needs a price year.
    pub fn is_amount(self) -> bool {
        matches!(
            self,
            Unit::KrPerUnit
                | Unit::KrPerPerson
                | Unit::KrPerPersonYear
                | Unit::KrPerYear
                | Unit::Kr
        )
    }

    /// Cannot be negative; only growth can.
    pub fn is_non_negative(self) -> bool {
        self != Unit::PerYear
    }
}

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn every_unit_is_found_by_its_key() {
        assert!(
            Unit::ALL
                .into_iter()
                .all(|unit| Unit::from_key(unit.key()) == Some(unit))
        );
    }
}
