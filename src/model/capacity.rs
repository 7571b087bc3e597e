//! What there is to work with: places, staff, time saved, joint operation; quiet shift in the
//! world; and what is reported about them.
//!
//! ```text
//!   places · workforce ──limit──▶ coverage        (volume never above what there is)
//!        └ cost whether used or not      └ or agency hours at a premium
//!   saved time ── realised share ──▶ cash         the rest is shown beside, never added
//! ```
//!
//! Absent: how a limit is computed; that is the plan's.

use super::{Key, Origin, Party, ServiceId, Value, Words};

/// Places that cost the same whether they are used or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Places {
    /// The service whose units are days in a place.
    pub service: ServiceId,
    /// Who keeps the places.
    pub party: Party,
    /// Number of places.
    pub places: Value,
    /// Days a year that a place is open.
    pub days: f64,
    /// Highest mean occupancy, a share.
    pub max_occupancy: Value,
    /// Kroner for a place and year, used or not.
    pub cost_per_place: Value,
    /// First and last year.
    pub years: (i32, i32),
    /// How municipalities share the cost.
    pub key: Key,
    /// Municipalities that share it (all where the party is not the municipality).
    pub recipients: Vec<bool>,
}

/// What happens when more hours are needed than there are.
#[derive(Debug, Clone, PartialEq)]
pub enum Shortage {
    /// The coverages that the workforce limits are rationed.
    Cap,
    /// The missing hours are bought: `hourly_cost × premium` beyond the ordinary cost of an hour.
    Agency {
        /// Ordinary cost of an hour, kr.
        hourly_cost: Value,
        /// What an agency hour costs beyond it, as a share of it.
        premium: Value,
    },
}

/// Staff of one profession at one party, beyond what unchanged practice uses.
#[derive(Debug, Clone, PartialEq)]
pub struct Workforce {
    /// The profession, for readers.
    pub profession: Words,
    /// The employer.
    pub party: Party,
    /// Hours of this profession in one unit of a service.
    pub hours: Vec<(ServiceId, Value)>,
    /// Hours a year there are for what the agreement adds.
    pub supply: Value,
    /// Hours a year of one full-time post.
    pub fte_hours: f64,
    /// When there are too few.
    pub shortage: Shortage,
    /// Municipalities that share a municipal agency cost, by inhabitants.
    pub recipients: Vec<bool>,
}

/// Staff time that a coverage saves: capacity beside, cash only the realised share.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedTime {
    /// Index in `Agreement::coverages`.
    pub coverage: usize,
    /// Whose staff.
    pub party: Party,
    /// Hours for each covered person-year.
    pub hours: Value,
    /// Kroner an hour.
    pub hourly_cost: Value,
    /// Share that becomes a budget reduction.
    pub realised: Value,
}

/// How the cost of a joint operation is divided between two parties.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Split {
    /// The host bears this share of the joint cost.
    Key(Value),
    /// Each bears its cost alone less half of what is saved together.
    Shapley,
}

/// Two parties run under one roof what each ran alone.
///
/// Joint cost = fixed₁ + fixed₂ − shared · min(fixed₁, fixed₂) + variable₁ + variable₂.
#[derive(Debug, Clone, PartialEq)]
pub struct Joint {
    /// Who runs it; the other pays its part to the host.
    pub host: Party,
    /// The other party.
    pub guest: Party,
    /// Yearly cost of the host alone: fixed, variable.
    pub host_cost: (Value, Option<Value>),
    /// Yearly cost of the guest alone: fixed, variable.
    pub guest_cost: (Value, Option<Value>),
    /// Share of the smaller fixed cost that is not needed twice.
    pub shared: Value,
    /// How the joint cost is divided.
    pub split: Split,
    /// First and last year.
    pub years: (i32, i32),
    /// Municipalities that take part.
    pub recipients: Vec<bool>,
}

/// Shorter stays that create work elsewhere, in both arms: *stille opgaveflytning*.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// Name.
    pub name: String,
    /// Name for readers.
    pub label: Words,
    /// The service that shrinks.
    pub service: ServiceId,
    /// Yearly change of its volume (negative: it shrinks).
    pub yearly: Value,
    /// The last year without drift.
    pub since: i32,
    /// Units of other services for each unit that is gone.
    pub spill: Vec<(ServiceId, Value)>,
    /// Where it stands.
    pub origin: Origin,
}

/// What is reported beside the accounts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reports {
    /// Break-even volumes of local offers.
    pub break_evens: Vec<BreakEven>,
    /// Tasks and who could do them.
    pub tasks: Vec<LeonTask>,
    /// The three aims.
    pub aims: Option<Aims>,
    /// Municipalities of which is shown what staying outside gives and costs.
    pub staying_out: Vec<super::MunicipalityId>,
}

/// At how many moved units a local offer pays for its fixed cost.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakEven {
    /// Name.
    pub name: String,
    /// Name for readers.
    pub label: Words,
    /// The shift that moves the units (index in `Agreement::mechanisms`).
    pub shift: usize,
    /// Shifts that go with it (a trip spared, transport): their saving counts too.
    pub also: Vec<usize>,
    /// Investments a year and places whose cost does not follow volume.
    pub fixed: Vec<usize>,
}

/// A task, and the producers that could do it.
#[derive(Debug, Clone, PartialEq)]
pub struct LeonTask {
    /// Identifier.
    pub id: String,
    /// Name for readers.
    pub label: Words,
    /// Name of one unit.
    pub unit: Words,
    /// Least quality that is good enough.
    pub floor: f64,
    /// Units a year that must be done, where capacity is stated.
    pub volume: Option<f64>,
    /// Who does it now (index in `options`).
    pub actual: usize,
    /// Who could.
    pub options: Vec<LeonOption>,
    /// Source of quality and experience.
    pub source: String,
}

/// One producer that could do a task.
#[derive(Debug, Clone, PartialEq)]
pub struct LeonOption {
    /// Identifier.
    pub id: String,
    /// Name for readers.
    pub label: Words,
    /// Producer.
    pub producer: Party,
    /// Societal cost of one unit.
    pub cost: Value,
    /// Quality (health), on the task's own scale; more is better.
    pub quality: f64,
    /// Experience, on the task's own scale; more is better.
    pub experience: Option<f64>,
    /// Units a year it can do; none stated: enough.
    pub capacity: Option<f64>,
    /// Whether the producer may do it at all.
    pub admissible: bool,
}

/// Which way an aim is thought to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Better.
    Better,
    /// As before.
    Unchanged,
    /// Worse.
    Worse,
    /// Nobody knows.
    Unknown,
}

impl Direction {
    /// The key in files and results.
    pub fn key(self) -> &'static str {
        match self {
            Direction::Better => "better",
            Direction::Unchanged => "unchanged",
            Direction::Worse => "worse",
            Direction::Unknown => "unknown",
        }
    }
}

/// Health, experience and cost: three axes, never one number.
#[derive(Debug, Clone, PartialEq)]
pub struct Aims {
    /// Indicators (index in `Agreement::indicators`) of which fewer is better.
    pub fewer: Vec<usize>,
    /// Indicators of which more is better.
    pub more: Vec<usize>,
    /// What the agreement means for citizens' experience, in words.
    pub experience: Words,
    /// Which way.
    pub direction: Direction,
    /// Source.
    pub source: String,
    /// Strength of the source.
    pub grade: String,
}
