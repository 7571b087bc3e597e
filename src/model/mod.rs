//! The economist's nouns: what a checked scenario *is*.
//!
//! ```text
//!            ┌ World: parties · population · groups · services · regimes (law, dated)
//!   Model ───┤ Agreement: coverage · effect · shift · provide · operate · invest · transfer
//!            │ BalanceRule: what the two sides have signed as "fair"
//!            └ parameters, correlations · blanks (what is not *klarlagt*)
//! ```
//!
//! Promise: a [`Model`] that exists is valid; nobody downstream checks again.
//! Absent: files, draws, verdicts. A place in a file is carried along ([`Origin`]) but never read.

mod agreement;
mod balance;
mod capacity;
mod coverage;
mod dynamics;
mod governance;
mod ledger;
mod parameter;
mod participation;
mod party;
mod population;
mod portfolio;
mod ratio;
mod release;
mod service;
mod settlement;
mod study;
mod targeting;
mod totals;

pub use agreement::*;
pub use balance::*;
pub use capacity::*;
pub use coverage::*;
pub use dynamics::*;
pub use governance::*;
pub use ledger::*;
pub use parameter::*;
pub use party::*;
pub use population::*;
pub use portfolio::*;
pub use ratio::*;
pub use release::*;
pub use service::*;
pub use settlement::*;
pub use study::*;
pub use targeting::*;
pub use totals::*;

/// Text for readers, in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Danish.
    pub da: String,
    /// English; the Danish text where none is given.
    pub en: String,
}

impl Words {
    /// The same text in both languages.
    pub fn same(text: impl Into<String>) -> Self {
        let da = text.into();
        Words { en: da.clone(), da }
    }
}

/// Where something stands in a file: what `explain` and a diagnostic point at.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Path below the scenario library, with `/`.
    pub file: String,
    /// 1-based line.
    pub line: u32,
    /// 1-based column in characters.
    pub column: u32,
}

/// Something the parties have not settled: without it there is no verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    /// The item of the completeness gate, e.g. `unit_cost`.
    pub item: String,
    /// What is missing, in the words of the trade.
    pub words: Words,
    /// Where it is missing.
    pub origin: Origin,
}

/// A whole checked scenario: one world, one agreement, one rule of balance.
#[derive(Debug, Clone)]
pub struct Model {
    /// Identifier: the folder's name.
    pub scenario: String,
    /// The counterfactual.
    pub world: World,
    /// What the parties may change.
    pub agreement: Agreement,
    /// What the parties have signed as fair.
    pub balance: BalanceRule,
    /// Every uncertain or sourced quantity of world and agreement that is in use, in name order.
    pub parameters: Vec<Parameter>,
    /// Correlated parameters; a parameter is in at most one.
    pub correlations: Vec<Correlation>,
    /// What is not *klarlagt*. Not empty: the model must not be run.
    pub blanks: Vec<Blank>,
}

impl Model {
    /// The parameter behind an id.
    pub fn parameter(&self, id: ParameterId) -> &Parameter {
        &self.parameters[id.0 as usize]
    }

    /// The years that are computed: from the first start (or the period's first year) for `horizon` years.
    pub fn years(&self) -> Vec<i32> {
        let first = self.agreement.first_year();
        (first..first + self.agreement.horizon as i32).collect()
    }
}

/// The counterfactual: parties, population, services, law and prices.
#[derive(Debug, Clone)]
pub struct World {
    /// Identifier: the folder's name.
    pub id: String,
    /// Title for readers.
    pub title: Words,
    /// Every amount in the model is in kroner of this year.
    pub price_level: i32,
    /// Municipalities in code order.
    pub municipalities: Vec<Municipality>,
    /// Persons by municipality, age band and year.
    pub population: Population,
    /// Disjoint groups; exactly one is the rest.
    pub groups: Vec<Group>,
    /// Countable units of activity.
    pub services: Vec<Service>,
    /// Dated law, with the transfers it orders. In both arms.
    pub regimes: Vec<Regime>,
    /// Quiet shifts, in both arms.
    pub drifts: Vec<Drift>,
    /// How need levels are assigned.
    pub classifications: Vec<Classification>,
    /// Courses through several services.
    pub courses: Vec<CareCourse>,
}

/// Index of a municipality in [`World::municipalities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MunicipalityId(pub u16);

/// Index of a group in [`World::groups`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(pub u16);

/// Index of a service in [`World::services`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceId(pub u16);
