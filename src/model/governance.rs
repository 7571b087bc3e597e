//! Who answers for the figures: approvals, signatures, reviews, and the limit of safety.
//!
//! Promise: nothing is promised on another party's behalf; a paper whose figures or thresholds
//! lack a side is provisional, whatever it calls itself. Absent: who may sign for a party.

use super::{Model, Origin, Parameter, Party, Status, Value, Words};

/// What an agreement says about safety and review.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Governance {
    /// Limits that must hold before any economy is spoken of.
    pub safety: Vec<Safety>,
    /// Who has checked what.
    pub reviews: Vec<Review>,
}

/// A limit of professional safety.
#[derive(Debug, Clone, PartialEq)]
pub struct Safety {
    /// What may go wrong.
    pub what: Words,
    /// How often it does.
    pub failure_rate: Value,
    /// How often it may.
    pub margin: f64,
    /// Where it stands.
    pub origin: Origin,
}

/// One entry of the review log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// What was checked.
    pub what: String,
    /// By whom.
    pub who: String,
    /// When.
    pub when: String,
    /// With what result.
    pub result: String,
}

impl Parameter {
    /// Whether the party that it binds has approved it; a figure of the world binds nobody.
    pub fn is_approved(&self) -> bool {
        let owner = self.owner.map(Party::key);
        owner.is_none_or(|owner| self.approved_by.iter().any(|by| by == owner))
    }
}

/// The two sides of the balance.
const SIDES: [Party; 2] = [Party::Region, Party::Municipality];

impl Model {
    /// Sides that have not signed the balance principle.
    pub fn unsigned_sides(&self) -> Vec<Party> {
        let signed = |side: Party| {
            let begins: &[&str] = match side {
                Party::Region => &["region"],
                _ => &["municipalit", "kommun"],
            };
            let signatures = self.balance.signed_by.iter();
            let mut signatures = signatures.map(|by| by.trim().to_lowercase());
            signatures.any(|by| begins.iter().any(|side| by.starts_with(side)))
        };
        SIDES.into_iter().filter(|side| !signed(*side)).collect()
    }

    /// How far the paper has come: never further than provisional while a side has not signed the
    /// thresholds or a party has not approved a figure that binds it.
    pub fn status(&self) -> Status {
        let open = !self.unsigned_sides().is_empty()
            || self
                .parameters
                .iter()
                .any(|parameter| !parameter.is_approved());
        match self.agreement.status {
            Status::Approved if open => Status::Provisional,
            stated => stated,
        }
    }
}
