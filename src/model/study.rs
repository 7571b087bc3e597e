//! What small numbers allow to be known: a trial, and a small unit with a budget.
//!
//! Absent: how likely either is to be misled by chance; that is `analysis`'s.

use super::{Origin, ServiceId, Value, Words};
use crate::stats::Trial;

/// A trial of the agreement in two groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Pilot {
    /// Name for readers.
    pub name: Words,
    /// The service whose use is compared.
    pub service: ServiceId,
    /// Index of the coverage whose citizens take part.
    pub coverage: usize,
    /// Persons without.
    pub persons_control: f64,
    /// Persons with.
    pub persons_treated: f64,
    /// Years each is followed.
    pub years: f64,
    /// Units per person-year without; the world's for the coverage where `None`.
    pub rate: Option<Value>,
    /// Variance / mean of a person's count.
    pub dispersion: f64,
    /// The ratio one hopes to see.
    pub rate_ratio: Value,
    /// Two-sided level of the test.
    pub significance: f64,
    /// Chance of seeing it that one wants to have.
    pub power: f64,
    /// The ratio after the trial: what was seen, drawn towards what was believed.
    pub result: Option<Value>,
    /// What was seen, and what was believed before.
    pub seen: Option<PilotEvidence>,
    /// Source of the figures.
    pub source: String,
    /// Where it stands.
    pub origin: Origin,
}

/// Result of a trial and the belief it meets; both as ratios of rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PilotEvidence {
    /// What was seen, in whom.
    pub trial: Trial,
    /// Median ratio believed before.
    pub prior_median: f64,
    /// Standard deviation of its logarithm.
    pub prior_sigma: f64,
}

/// A unit of so many citizens that carries the cost of some services.
#[derive(Debug, Clone, PartialEq)]
pub struct BudgetUnit {
    /// Name for readers.
    pub name: Words,
    /// Citizens.
    pub citizens: f64,
    /// The services it pays for.
    pub services: Vec<ServiceId>,
    /// Overrun, as a share of the budget, above which somebody else pays.
    pub stop_loss: Option<Value>,
    /// Source of the size.
    pub source: String,
    /// Where it stands.
    pub origin: Origin,
}
