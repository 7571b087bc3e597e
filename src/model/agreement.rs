//! What the parties may change: the agreement and its mechanisms.

use super::{
    BudgetUnit, Coverage, Governance, GroupId, Joint, Month, Origin, Part, Party, Pilot, Places,
    Reallocation, Release, Reports, SavedTime, ServiceId, Transfer, Transition, Value, Words,
    Workforce,
};

/// What happens when the agreement's period is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterPeriod {
    /// Activity and payments stop.
    Ends,
    /// Both go on.
    ContinuesWithSettlement,
    /// Activity goes on, the agreement's payments stop.
    ContinuesWithout,
}

/// Approval of the whole paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// *Udkast*.
    Draft,
    /// *Foreløbig*.
    Provisional,
    /// *Godkendt*.
    Approved,
}

/// The professional solution: it comes before the economy.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clinical {
    /// What is done.
    pub what: Words,
    /// Why.
    pub why: Words,
    /// Evidence grade as text.
    pub evidence: String,
    /// Who recommends it.
    pub recommended_by: String,
}

/// Roles behind the paper.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Roles {
    /// Who asked.
    pub commissioner: String,
    /// Who computed.
    pub analyst: String,
    /// Who checked.
    pub assurer: String,
    /// Who approved.
    pub approver: String,
}

/// How payment follows when activity changes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SettlementTerms {
    /// Regulation rule in words.
    pub regulation: Words,
    /// Legal basis.
    pub legal_basis: String,
}

/// A draft agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Title.
    pub title: Words,
    /// Approval.
    pub status: Status,
    /// Decision question.
    pub question: Words,
    /// What it is compared with.
    pub comparator: Words,
    /// First and last year of the period.
    pub period: (i32, i32),
    /// Years computed from the first year on.
    pub horizon: u32,
    /// After the period.
    pub after_period: AfterPeriod,
    /// The professional solution.
    pub clinical: Clinical,
    /// Roles.
    pub roles: Roles,
    /// Regulation when activity changes.
    pub settlement: SettlementTerms,
    /// Covered populations.
    pub coverages: Vec<Coverage>,
    /// Mechanisms in catalogue order (file order).
    pub mechanisms: Vec<Mechanism>,
    /// Backfill of freed units by service.
    pub backfills: Vec<Backfill>,
    /// Capacity rules that replace the world's.
    pub releases: Vec<(ServiceId, Release)>,
    /// Money that moves because of the agreement.
    pub transfers: Vec<Transfer>,
    /// What is followed.
    pub indicators: Vec<Indicator>,
    /// Frames for extra expenditure.
    pub frames: Vec<super::Frame>,
    /// What is reported beside the accounts.
    pub reports: Reports,
    /// Safety and review.
    pub governance: Governance,
    /// The agreements it is combined of, in order; empty for an agreement by itself.
    pub parts: Vec<Part>,
    /// Hours that move between coverages.
    pub reallocations: Vec<Reallocation>,
    /// Diagnoses newly made.
    pub detections: Vec<super::Detection>,
    /// The trial it would be, or was, tried in.
    pub pilot: Option<Pilot>,
    /// A small unit with a budget of its own.
    pub unit: Option<BudgetUnit>,
}

impl Agreement {
    /// (year, month) from which anything of the agreement runs in a municipality.
    pub fn start_of(&self, municipality: usize) -> Option<(i32, u32)> {
        let first = self.first_month(municipality)?;
        Some((first.year(), first.0.rem_euclid(12) as u32 + 1))
    }

    /// The first year computed: the earliest start of anything, at latest the period's first year.
    pub fn first_year(&self) -> i32 {
        let starts = self
            .coverages
            .iter()
            .flat_map(|c| c.start.iter().flatten())
            .map(|m| m.year());
        let invests = self.mechanisms.iter().filter_map(|m| match &m.kind {
            MechanismKind::Invest(invest) => invest.first_year(),
            MechanismKind::Places(places) => Some(places.years.0),
            MechanismKind::Joint(joint) => Some(joint.years.0),
            _ => None,
        });
        starts.chain(invests).fold(self.period.0, i32::min)
    }
}

/// One thing the agreement does, with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Mechanism {
    /// Unique name in the agreement: a line of the waterfall.
    pub name: String,
    /// Name for readers.
    pub label: Words,
    /// What it does.
    pub kind: MechanismKind,
    /// Where it stands.
    pub origin: Origin,
}

/// The mechanisms.
#[derive(Debug, Clone, PartialEq)]
pub enum MechanismKind {
    /// A rate ratio on a service.
    Effect(Effect),
    /// A share of the units moves elsewhere.
    Shift(Shift),
    /// New units.
    Provide(Provide),
    /// Another operator.
    Operate(Operate),
    /// An amount of money spent on resources.
    Invest(Invest),
    /// Places with a cost whether used or not.
    Places(Places),
    /// Staff hours that there are.
    Workforce(Workforce),
    /// Staff time saved.
    SavedTime(SavedTime),
    /// Two parties' operation under one roof.
    Joint(Joint),
    /// A ratio on yearly moves between levels.
    Transition(Transition),
}

/// Rate ratio on a service among the covered.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Index in [`Agreement::coverages`].
    pub coverage: usize,
    /// Which service.
    pub service: ServiceId,
    /// Ratio of the covered's rate with and without.
    pub rate_ratio: Value,
    /// Share of the trial's effect (1 − ratio) kept in ordinary operation.
    pub attenuation: Option<Value>,
    /// Months from coverage to effect.
    pub lag_months: u32,
    /// Share of the effect lost for each year after its onset.
    pub decay: f64,
}

/// A share of a service's units among the covered becomes units elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// Index in [`Agreement::coverages`].
    pub coverage: usize,
    /// The service that gives.
    pub from: ServiceId,
    /// Share of its units that moves.
    pub share: Value,
    /// Never more than this share.
    pub at_most: Option<Value>,
    /// Units of each receiving service for one unit moved.
    pub to: Vec<(ServiceId, Value)>,
}

/// New units.
#[derive(Debug, Clone, PartialEq)]
pub struct Provide {
    /// Index in [`Agreement::coverages`].
    pub coverage: usize,
    /// The service provided.
    pub service: ServiceId,
    /// How much.
    pub quantity: Quota,
}

/// How many units are provided.
#[derive(Debug, Clone, PartialEq)]
pub enum Quota {
    /// Units per covered person and year.
    PerPersonYear(Value),
    /// Units per person newly covered.
    PerNewPerson(Value),
    /// Units per event of a service among the covered that remains after effects and shifts.
    PerEvent(ServiceId, Value),
}

/// What the counterfactual operator stands with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperateCapacity {
    /// It would have had to build: its full cost is saved.
    NotBuilt,
    /// It stands: only variable cost and what release gives are saved.
    Standing,
}

/// Another operator for a service, from and to a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Operate {
    /// Which service.
    pub service: ServiceId,
    /// Who operates it under the agreement.
    pub operator: Party,
    /// First and last year.
    pub years: (i32, i32),
    /// The operator's cost of one unit; the service's own cost for that party where `None`.
    pub unit_cost: Value,
    /// First month by municipality; `None` takes no part.
    pub start: Vec<Option<Month>>,
    /// The counterfactual operator's capacity.
    pub capacity: OperateCapacity,
}

/// Phase of a cost: shown apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PhaseOfCost {
    /// Once, to get going.
    PhaseIn,
    /// Ordinary operation.
    Operation,
}

/// Which arm an amount falls in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arm {
    /// Unchanged practice.
    Counterfactual,
    /// The agreement.
    Agreement,
}

/// What an amount is paid for.
#[derive(Debug, Clone, PartialEq)]
pub enum InvestBasis {
    /// The whole amount in one year.
    Once(i32),
    /// The whole amount each year, first to last.
    Yearly(i32, i32),
    /// For each person newly covered (index of the coverage).
    PerNewPerson(usize),
    /// For each covered person and year.
    PerPersonYear(usize),
}

/// How an amount is divided among municipalities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// By inhabitants.
    Population,
    /// Equally.
    Equal,
}

/// Resources bought: training, equipment, a system.
#[derive(Debug, Clone, PartialEq)]
pub struct Invest {
    /// Who buys.
    pub party: Party,
    /// Phase-in or operation.
    pub phase: PhaseOfCost,
    /// Kroner.
    pub amount: Value,
    /// For what.
    pub basis: InvestBasis,
    /// How municipalities share (also: which municipality of residence a regional amount is booked under).
    pub key: Key,
    /// In which arm.
    pub arm: Arm,
    /// Municipalities that share it (all where the party is not the municipality).
    pub recipients: Vec<bool>,
}

impl Invest {
    /// First year of a dated amount.
    pub fn first_year(&self) -> Option<i32> {
        match self.basis {
            InvestBasis::Once(year) | InvestBasis::Yearly(year, _) => Some(year),
            _ => None,
        }
    }
}

/// Freed units that are filled again by others.
#[derive(Debug, Clone, PartialEq)]
pub struct Backfill {
    /// Which service.
    pub service: ServiceId,
    /// Share of freed units.
    pub share: Value,
    /// Where it stands.
    pub origin: Origin,
}

/// Whether a figure for an indicator may be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndicatorTag {
    /// Computed by the model.
    Modelled,
    /// A stand-in.
    Proxy,
    /// Named, no figure.
    NotModelled,
}

/// Something that is followed: units of services in groups and levels.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Identifier.
    pub id: String,
    /// Name for readers.
    pub label: Words,
    /// Units of these services, added together, ascending (none when not modelled).
    pub services: Vec<ServiceId>,
    /// In these groups; empty means all.
    pub groups: Vec<GroupId>,
    /// At these levels; empty means all.
    pub levels: Vec<u8>,
    /// National goal it belongs to.
    pub goal: String,
    /// Whether a figure may be printed.
    pub tag: IndicatorTag,
    /// What it serves, and what is asked of it.
    pub follow: Follow,
    /// Shown per person at each need level too, with the gap between them.
    pub by_level: bool,
    /// What its units are divided by too.
    pub per: Option<super::Per>,
    /// Where it stands.
    pub origin: Origin,
}

/// What an indicator serves, and what is asked of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Follow {
    /// National goals it belongs to: keys of a closed list.
    pub national_goals: Vec<String>,
    /// Visions of the health agreement: keys of a closed list.
    pub visions: Vec<String>,
    /// What shall be reached.
    pub target: Option<Target>,
}

/// A change that shall be there in a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// Share of unchanged practice: −0.10 is ten percent fewer.
    pub change: f64,
    /// Year.
    pub by_year: i32,
}
