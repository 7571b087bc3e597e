//! The verdict's types.

use super::HorizonVerdict;
use crate::analysis::{Account, Summary};
use crate::model::{Blank, MunicipalityId, Party};

/// The outcome of MODEL section "The verdict".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Something is not *klarlagt*: no verdict.
    NotClarified,
    /// Every tested party holds.
    Balanced,
    /// A lump sum exists that makes every tested party hold.
    BalancedIfCompensated,
    /// Today's knowledge cannot decide.
    Undecided,
    /// A party is burdened, or the two together surely lose.
    Unbalanced,
}

impl Outcome {
    /// The key in results.
    pub fn key(self) -> &'static str {
        match self {
            Outcome::NotClarified => "not_clarified",
            Outcome::Balanced => "balanced",
            Outcome::BalancedIfCompensated => "balanced_if_compensated",
            Outcome::Undecided => "undecided",
            Outcome::Unbalanced => "unbalanced",
        }
    }
}

/// A probability with its Monte Carlo error and an anytime-valid interval.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Probability {
    /// Estimate.
    pub p: f64,
    /// Monte Carlo standard error.
    pub mcse: f64,
    /// Lower end of the confidence sequence.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// How a party stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// P(X ≥ −τ) ≥ π.
    Holds,
    /// P(X ≥ −τ) ≤ 1 − π.
    Burdened,
    /// Between.
    Undecided,
    /// `no_loss_no_profit`: P(Y > τ) ≥ π.
    Profits,
    /// `no_loss_no_profit`: P(Y < −τ) ≥ π.
    Loses,
    /// A municipality whose chance band exceeds its effect.
    TooSmall,
    /// Not tested: shown beside.
    Shown,
}

impl Standing {
    /// The key in results.
    pub fn key(self) -> &'static str {
        match self {
            Standing::Holds => "holds",
            Standing::Burdened => "burdened",
            Standing::Undecided => "undecided",
            Standing::Profits => "profits",
            Standing::Loses => "loses",
            Standing::TooSmall => "too_small",
            Standing::Shown => "shown",
        }
    }
}

/// One account's test.
#[derive(Debug, Clone, PartialEq)]
pub struct PartyVerdict {
    /// Whose.
    pub account: Account,
    /// P(X ≥ −τ), or P(|Y| ≤ τ) where the operator is tested.
    pub p_holds: Probability,
    /// X over the verdict horizon.
    pub x: Summary,
    /// τ: present value of the signed floor (kr.).
    pub tau: f64,
    /// Chance band, printed beside.
    pub chance_band: f64,
    /// Result; [`Standing::Shown`] for parties outside the two-party balance.
    pub standing: Standing,
}

/// One municipality's test.
#[derive(Debug, Clone, PartialEq)]
pub struct MunicipalityVerdict {
    /// Which.
    pub municipality: MunicipalityId,
    /// P(X ≥ −τ) or, for an operator under `no_loss_no_profit`, P(|Y| ≤ τ).
    pub p_holds: Probability,
    /// τ (kr.).
    pub tau: f64,
    /// Result.
    pub standing: Standing,
    /// Its part of T* by the key (kr.), 0 without compensation.
    pub compensation: f64,
    /// Result after that.
    pub standing_after: Standing,
}

/// A sum with its Monte Carlo interval, as present value, per year and per unit.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sum {
    /// Present value, region → municipalities (kr.).
    pub value: f64,
    /// 95 % Monte Carlo interval.
    pub interval: (f64, f64),
    /// Kr. a year over the verdict horizon.
    pub per_year: f64,
    /// Kr. per unit of the agreement's main activity, where there is one.
    pub per_unit: Option<f64>,
}

/// An end of the bargaining zone (kr.) with its 95 % Monte Carlo interval.
pub type End = (f64, (f64, f64));

/// What a lump sum can settle, in addition to the transfers already agreed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Compensation {
    /// Lowest and highest T for which every tested party holds; `None` is empty.
    pub zone: Option<(f64, f64)>,
    /// The two ends with their Monte Carlo intervals, also when the zone is empty (low > high).
    pub ends: (End, End),
    /// The zone's point nearest 0.
    pub t_star: Option<Sum>,
    /// The same with τ = 0.
    pub t_full: Option<Sum>,
    /// T that makes both means ≥ 0, nearest 0.
    pub t_mean: Option<Sum>,
    /// Unit that `per_unit` counts: a service id, or `covered_person_year`.
    pub unit: Option<String>,
}

/// What another definition of balance would say.
#[derive(Debug, Clone, PartialEq)]
pub struct RobustnessRow {
    /// Definition id: `per_year`, `expected`, `equal_split`, `proportional`, `shapley`.
    pub definition: &'static str,
    /// Whether it holds; `None` where it is not defined.
    pub holds: Option<bool>,
    /// The figure behind (kr. or share), where there is one.
    pub figure: Option<f64>,
}

/// The verdict of one agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Headline.
    pub outcome: Outcome,
    /// Named blanks (`not_clarified`).
    pub blanks: Vec<Blank>,
    /// P(G ≥ 0).
    pub society: Probability,
    /// P(X_R + X_K ≥ −τ_R − τ_K).
    pub jointly: Probability,
    /// Region and municipalities together first, then the others, shown.
    pub parties: Vec<PartyVerdict>,
    /// By municipality.
    pub municipalities: Vec<MunicipalityVerdict>,
    /// The bargaining zone.
    pub compensation: Compensation,
    /// Parties outside the two-party balance on whom a burden surely falls.
    pub burden_outside: Vec<Party>,
    /// Municipalities burdened beyond their chance band.
    pub burdened_municipalities: Vec<MunicipalityId>,
    /// Other definitions.
    pub robustness: Vec<RobustnessRow>,
    /// A pending sub-agreement of general practice conditions the result.
    pub presupposes_sub_agreement: bool,
    /// The same at every horizon shown; the signed one decides.
    pub horizons: Vec<HorizonVerdict>,
}
