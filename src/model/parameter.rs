//! Every figure that has a source: a named parameter with law, unit, price, grade and owner.

use super::{Origin, Party, Words};
use crate::random::Law;

/// Index of a parameter in [`super::Model::parameters`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParameterId(pub u32);

/// A slot of the model: a plain number (structure) or a named parameter (a figure).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A number that is structure rather than evidence.
    Number(f64),
    /// A named figure.
    Parameter(ParameterId),
}

/// Strength of the evidence behind a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Read in a public source.
    A,
    /// Arithmetic on such values.
    ADerived,
    /// A well-known publication, recalled.
    B,
    /// Recalled, may be off by several percent.
    BMinus,
    /// An assumption.
    C,
}

impl Grade {
    /// The key in files and results.
    pub fn key(self) -> &'static str {
        match self {
            Grade::A => "A",
            Grade::ADerived => "A-derived",
            Grade::B => "B",
            Grade::BMinus => "B-",
            Grade::C => "C",
        }
    }

    /// The grade with this key.
    pub fn from_key(key: &str) -> Option<Grade> {
        [Grade::A, Grade::ADerived, Grade::B, Grade::BMinus, Grade::C]
            .into_iter()
            .find(|g| g.key() == key)
    }
}

/// How an amount follows prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Regulation {
    /// Price and wage index of the regions.
    PlRegion,
    /// Price and wage index of the municipalities.
    PlMunicipality,
    /// The agreement of general practice.
    Gp,
    /// Not regulated: loses real value.
    Nominal,
}

/// Price year of an amount, and what takes it to the run's price level.
#[derive(Debug, Clone, PartialEq)]
pub struct Price {
    /// Year the amount is quoted in.
    pub year: i32,
    /// How it is regulated.
    pub regulation: Regulation,
    /// Factor from the quoted amount to the price level, by calendar year of use:
    /// `(first year, factor)` ascending; the last one holds on. One entry unless nominal.
    pub factors: Vec<(i32, f64)>,
}

impl Price {
    /// Factor that takes the quoted amount to the run's price level when used in `year`.
    pub fn factor(&self, year: i32) -> f64 {
        let at = self.factors.iter().rev().find(|(from, _)| *from <= year);
        at.unwrap_or(&self.factors[0]).1
    }
}

/// What a parameter's value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Quantity {
    /// Drawn from a law (possibly fixed).
    Law(Law),
    /// Computed from other parameters.
    Formula(Formula),
    /// Not known: a blank. `(low, high)` where bounds are stated.
    Unknown(Option<(f64, f64)>),
}

/// Arithmetic on parameters.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A constant.
    Number(f64),
    /// Another parameter.
    Parameter(ParameterId),
    /// Sum.
    Add(Box<Formula>, Box<Formula>),
    /// Difference.
    Subtract(Box<Formula>, Box<Formula>),
    /// Product.
    Multiply(Box<Formula>, Box<Formula>),
    /// Quotient.
    Divide(Box<Formula>, Box<Formula>),
}

/// A named figure with everything a sceptic asks about.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Name in the files, e.g. `rr_indlaeggelse`. Draws are addressed by it.
    pub name: String,
    /// Name for readers.
    pub label: Words,
    /// Its value.
    pub quantity: Quantity,
    /// Unit key, e.g. `kr_per_unit`.
    pub unit: String,
    /// For amounts.
    pub price: Option<Price>,
    /// Where the figure comes from.
    pub source: String,
    /// Strength of that source.
    pub grade: Grade,
    /// The party it binds; `None` is the world.
    pub owner: Option<Party>,
    /// Who approved it.
    pub approved_by: Vec<String>,
    /// Remark.
    pub note: String,
    /// Where it stands.
    pub origin: Origin,
}

/// Parameters that move together: a Gaussian copula.
#[derive(Debug, Clone, PartialEq)]
pub struct Correlation {
    /// Which parameters, in matrix order; never formulas or fixed laws.
    pub parameters: Vec<ParameterId>,
    /// Correlations of the underlying normals; symmetric, positive semidefinite.
    pub matrix: Vec<Vec<f64>>,
    /// Why they move together.
    pub reason: String,
    /// Where it stands.
    pub origin: Origin,
}
