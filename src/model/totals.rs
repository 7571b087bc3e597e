//! Payment rules on totals: what is paid depends on a whole year's activity, not on each unit.
//!
//! ```text
//!   total of a year (units, cost, payments) ──rule with a bend──▶ one amount ──key──▶ municipalities
//! ```
//!
//! Promise: a rule moves money between two parties and nothing else. Absent: how its expectation
//! over chance is taken (`plan`).

use super::{GroupId, Key, Party, ServiceId, Value};

/// A rule on a year's total. `from` and `to` are the transfer's parties.
#[derive(Debug, Clone, PartialEq)]
pub enum TotalRule {
    /// A share of what the named transfers paid above a limit goes back.
    Ceiling {
        /// Names of the transfers.
        of: Vec<String>,
        /// Kroner a year.
        limit_per_year: Value,
        /// Share of the excess.
        claw_back: Value,
    },
    /// Both parties' change of resource cost on some services is added up and split.
    Pool {
        /// On these services.
        services: Vec<ServiceId>,
        /// The payer's share of the sum.
        share: Value,
        /// The payer's share where the sum is an extra cost; `share` where `None`.
        deficit_share: Option<Value>,
        /// How municipalities share.
        key: Key,
    },
    /// A share of the value of units saved against a control trajectory.
    GainShare(Box<GainShare>),
    /// The payer takes a share of the other's cost outside a corridor.
    Corridor {
        /// Cost of these services.
        services: Vec<ServiceId>,
        /// Kroner a year.
        target: Value,
        /// Kroner a year on either side.
        width: Value,
        /// Share of what lies outside.
        share: Value,
        /// How municipalities share.
        key: Key,
    },
    /// The payer pays the other's cost of some mechanisms until a sum is used up.
    Fund {
        /// Indices in `Agreement::mechanisms`.
        mechanisms: Vec<usize>,
        /// Share of the cost that is eligible.
        share: Value,
        /// Kroner, all years together.
        cap: Value,
        /// Kroner a year.
        per_year_cap: Option<Value>,
    },
    /// Unused units of a capacity are paid for.
    Availability {
        /// The service.
        service: ServiceId,
        /// Units a year.
        capacity: Value,
        /// Kroner per unused unit.
        price: Value,
        /// How municipalities share.
        key: Key,
    },
    /// Act first, settle later.
    Suspense(Box<Suspense>),
    /// A pool paid out by the number of criteria met.
    Steps(Box<Steps>),
    /// A sum each year, divided by stated weights.
    NeedSum {
        /// Kroner a year, all together.
        amount_per_year: Value,
        /// Weight by municipality, in the world's order; sums to 1.
        weights: Vec<f64>,
    },
}

/// Terms of a gain share.
#[derive(Debug, Clone, PartialEq)]
pub struct GainShare {
    /// What is counted.
    pub service: ServiceId,
    /// Kroner per unit saved.
    pub value: Value,
    /// Share of the value that is paid.
    pub share: Value,
    /// Least share of the control volume that must be saved before anything is paid.
    pub minimum_savings: Value,
    /// Share of the value of units too many that flows back, beyond the same margin.
    pub loss_share: Option<Value>,
    /// Most kroner a year, either way.
    pub max_per_year: Option<Value>,
    /// Error of the control trajectory, as a share of its mean (standard deviation).
    pub control_cv: Option<Value>,
    /// How municipalities share.
    pub key: Key,
}

/// Terms of a suspense account between the transfer's two parties.
#[derive(Debug, Clone, PartialEq)]
pub struct Suspense {
    /// The task.
    pub service: ServiceId,
    /// Share of its cost for which the responsibility is unclear.
    pub unclear: Value,
    /// The payer's share of acting (it carries the cost until it is settled).
    pub acting: Value,
    /// The payer's share in the end.
    pub liable: Value,
    /// Years from acting to settling.
    pub lag_years: u32,
    /// Share that is settled at all.
    pub settled: Value,
}

/// Terms of a pool that is paid by the number of criteria met.
#[derive(Debug, Clone, PartialEq)]
pub struct Steps {
    /// Kroner a year.
    pub pool_per_year: Value,
    /// Share paid where 0, 1, 2 … criteria are met.
    pub paid_by_met: Vec<f64>,
    /// The criteria.
    pub criteria: Vec<Criterion>,
    /// `false`: the last share is paid whatever happens.
    pub enforced: bool,
}

/// One criterion: a service's volume against a reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// What is counted.
    pub service: ServiceId,
    /// In these groups; empty means all.
    pub groups: Vec<GroupId>,
    /// Units a year.
    pub reference: Value,
    /// Met at or above the reference; else at or below it.
    pub rise: bool,
}

/// A tariff of which a share is paid, course by course: the share may follow age, and the value
/// of a course vary.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseTariff {
    /// The service.
    pub service: ServiceId,
    /// Mean value of a course.
    pub tariff: Value,
    /// Share by age band, in the world's order.
    pub shares: Vec<Value>,
    /// Most kroner a course.
    pub cap: Option<Value>,
    /// Coefficient of variation of a course's value; 0: each has the mean.
    pub cv: f64,
}

impl TotalRule {
    /// Services whose units or cost the rule reads (a ceiling's follow from its transfers).
    pub fn services(&self) -> Vec<ServiceId> {
        match self {
            TotalRule::Pool { services, .. } | TotalRule::Corridor { services, .. } => {
                services.clone()
            }
            TotalRule::GainShare(gain) => vec![gain.service],
            TotalRule::Availability { service, .. } => vec![*service],
            TotalRule::Suspense(suspense) => vec![suspense.service],
            TotalRule::Steps(steps) => steps.criteria.iter().map(|c| c.service).collect(),
            TotalRule::Ceiling { .. } | TotalRule::Fund { .. } | TotalRule::NeedSum { .. } => {
                Vec::new()
            }
        }
    }

    /// How municipalities share what the rule moves.
    pub fn key(&self) -> Key {
        match self {
            TotalRule::Pool { key, .. }
            | TotalRule::Corridor { key, .. }
            | TotalRule::Availability { key, .. } => *key,
            TotalRule::GainShare(gain) => gain.key,
            _ => Key::Population,
        }
    }
}

/// A frame for a party's extra expenditure in a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Whose.
    pub party: Party,
    /// Kroner a year.
    pub amount: Value,
}
