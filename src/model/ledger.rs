//! The dimensions of a ledger entry.

use super::{Arm, GroupId, MunicipalityId, Party, PhaseOfCost, ServiceId};

/// Real resource or money that moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Booked once, on the producer.
    Resource,
    /// One of two postings of opposite sign.
    Transfer,
}

impl Kind {
    /// The key in results.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Resource => "resource",
            Kind::Transfer => "transfer",
        }
    }
}

/// Whether an amount reaches a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CashClass {
    /// Reaches a budget.
    Cash,
    /// Freed capacity that is not released: shown beside, never added.
    FreedCapacity,
    /// Cost borne twice while the giver's capacity is not yet closed: a memo.
    DoubleRunning,
}

impl CashClass {
    /// The key in results.
    pub fn key(self) -> &'static str {
        match self {
            CashClass::Cash => "cash",
            CashClass::FreedCapacity => "freed_capacity",
            CashClass::DoubleRunning => "double_running",
        }
    }
}

/// What an entry comes from: a line of the waterfall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// Unchanged practice.
    Base,
    /// Index in `Agreement::mechanisms`, acting alone.
    Mechanism(u16),
    /// What mechanisms do to each other.
    Interaction,
    /// Capacity that is closed or opened.
    Release,
    /// Freed units filled again.
    Backfill,
    /// Index in `Agreement::transfers`.
    AgreementTransfer(u16),
    /// (regime, transfer) of the world.
    RegimeTransfer(u16, u16),
}

/// The address of an entry. Positive kroner are extra expenditure for `party`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryKey {
    /// Arm; [`Arm::Agreement`] entries are the *difference* to the counterfactual.
    pub arm: Arm,
    /// Calendar year.
    pub year: i32,
    /// Municipality of residence.
    pub municipality: MunicipalityId,
    /// Group and need level, where the entry belongs to one.
    pub cell: Option<(GroupId, u8)>,
    /// Service, where the entry belongs to one.
    pub service: Option<ServiceId>,
    /// Who produces.
    pub producer: Party,
    /// Who is liable to pay.
    pub payer: Party,
    /// Who owns the task by law.
    pub owner: Party,
    /// Where it comes from.
    pub tag: Tag,
    /// Resource or transfer.
    pub kind: Kind,
    /// Cash or beside.
    pub cash: CashClass,
    /// Phase-in or operation.
    pub phase: PhaseOfCost,
    /// On whom it is booked.
    pub party: Party,
}
