//! Money that moves: dated law and agreed transfers. Two postings of opposite sign, always.

use super::{CourseTariff, Key, Origin, Party, ServiceId, TotalRule, Value, Words};

/// Dated law: in both arms.
#[derive(Debug, Clone, PartialEq)]
pub struct Regime {
    /// Name for readers.
    pub label: Words,
    /// First and last year.
    pub years: (i32, i32),
    /// Legal basis.
    pub legal_basis: String,
    /// What it orders.
    pub transfers: Vec<Transfer>,
    /// Source.
    pub source: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A payment rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Transfer {
    /// Unique name: a line of the ledger and the waterfall.
    pub name: String,
    /// Name for readers.
    pub label: Words,
    /// Who pays.
    pub from: Party,
    /// Who receives.
    pub to: Party,
    /// First and last year.
    pub years: (i32, i32),
    /// What is paid.
    pub rule: Rule,
    /// Legal basis.
    pub legal_basis: String,
    /// Where it stands.
    pub origin: Origin,
}

/// What a payment is counted on.
#[derive(Debug, Clone, PartialEq)]
pub enum Counted {
    /// All units of a service.
    Service(ServiceId),
    /// Units an agreement's mechanism (index in `Agreement::mechanisms`) avoided, moved, provided or operates.
    Mechanism(usize),
}

/// One step of a price by the length of a course.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// Last unit of the course at this price; `None` is all further units.
    pub up_to: Option<u32>,
    /// Kroner per unit.
    pub amount: Value,
}

/// The price of a unit.
#[derive(Debug, Clone, PartialEq)]
pub enum UnitPrice {
    /// The same for each unit.
    Flat(Value),
    /// By the unit's place in its course; the mean price follows from the lengths of courses.
    Tiered {
        /// Steps, ascending; the last is open.
        tiers: Vec<Tier>,
        /// Share of courses of length 1, 2, 3, …; sums to 1.
        course_length: Vec<f64>,
        /// Most kroner for a course.
        cap: Option<Value>,
    },
}

/// The kinds of payment.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// Kroner per unit.
    PerUnit {
        /// Which units.
        counted: Counted,
        /// What each costs.
        price: UnitPrice,
    },
    /// Kroner per covered person and year.
    PerCoveredPersonYear {
        /// Index of the coverage.
        coverage: usize,
        /// Kroner.
        amount: Value,
    },
    /// The producer's cost of a mechanism's units, with an overhead share.
    ActualCost {
        /// Index in `Agreement::mechanisms` (operate or provide).
        mechanism: usize,
        /// Share added.
        overhead: Option<Value>,
    },
    /// A share of a tariff, at most `cap` kroner a unit.
    TariffShare {
        /// Which service.
        service: ServiceId,
        /// Kroner per unit.
        tariff: Value,
        /// Marginal share.
        share: Value,
        /// Most kroner a unit.
        cap: Option<Value>,
    },
    /// A fee to general practice for each unit.
    GpFee {
        /// Which service.
        service: ServiceId,
        /// Kroner.
        amount: Value,
    },
    /// A sum each year.
    LumpSum {
        /// Kroner a year.
        amount_per_year: Value,
        /// How municipalities share it.
        key: Key,
    },
    /// What other transfers paid to the payer goes back to the municipalities of the region by population.
    ReturnByPopulation {
        /// Names of those transfers.
        of: Vec<String>,
    },
    /// A share of a tariff by age, or capped course by course.
    Course(Box<CourseTariff>),
    /// A rule on a year's total.
    OnTotals(TotalRule),
}
