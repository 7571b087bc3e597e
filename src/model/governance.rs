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
    /// What the paper is filed under.
    pub case: Case,
    /// Plan, involvement, funding and interests.
    pub reporting: Reporting,
    /// The follow-up agreed.
    pub follow_up: FollowUp,
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// Year.
    pub year: i32,
    /// Month, 1–12.
    pub month: u32,
    /// Day of the month.
    pub day: u32,
}

impl std::fmt::Display for Day {
    /// `2026-11-27`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// What a paper is filed under; what is not stated is a blank to be seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    /// Number of the case; empty where not stated.
    pub number: String,
    /// Date of the paper.
    pub date: Option<Day>,
    /// Version of the draft; empty where not stated.
    pub version: String,
}

/// What a reader of an economic evaluation asks about those who made it; empty where not stated.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reporting {
    /// Where the plan of analysis stands.
    pub plan: String,
    /// Who was asked, and how.
    pub consulted: Words,
    /// What their answers changed.
    pub changed: Words,
    /// Who paid.
    pub funding: Words,
    /// What those who made it have at stake.
    pub interests: Words,
}

/// What the parties have agreed about following the agreement up.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FollowUp {
    /// Days of measuring, ascending.
    pub dates: Vec<Day>,
    /// Who measures; empty where not agreed.
    pub responsible: String,
    /// Who sees to it that the gain comes; empty where not agreed.
    pub gain_owner: String,
    /// Quarters in a row outside the band after which the parties talk again.
    pub quarters_outside: Option<u32>,
    /// What else makes them talk again; empty where nothing is agreed.
    pub trigger: Words,
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
