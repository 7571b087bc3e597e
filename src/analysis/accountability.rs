//! What the result rests on in people rather than in numbers: approvals, evidence, safety, risk.
//!
//! ```text
//!   parameters ─┬ not approved by the party they bind → share of amounts, share of uncertainty
//!               └ grades of the effects               → share of the gain
//!   [safety]    → P(failure rate within its margin)
//!   draws of X  → mean of the worst tenth, by party
//! ```
//!
//! Absent: verdicts. A breach or a missing approval is told, and what follows is said elsewhere.

use super::{Findings, WATCHED};
use crate::model::{
    Account, Arm, EntryKey, Formula, Grade, MechanismKind, Model, ParameterId, Party, Quantity,
    Tag, Value,
};
use crate::plan::{Counting, Rests, Scope, lower_within};
use crate::stats::Estimate;
use std::collections::BTreeMap;

/// What a reader asks about responsibility.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Accountability {
    /// Figures that bind a party.
    pub binding: usize,
    /// Of them not approved, by the party they bind.
    pub unapproved: Vec<(Party, usize)>,
    /// Share of an account's gross amounts (Σ |mean| of ledger entries) that rests on such figures.
    pub amounts: Vec<(Account, f64)>,
    /// Share of an account's variance that such figures explain, each alone.
    pub variance: Vec<(Account, Estimate)>,
    /// Share of the gross change that mechanisms with an effect bring society, by the weakest
    /// grade behind the effect.
    pub evidence: Vec<(Grade, f64)>,
    /// Limits of safety.
    pub safety: Vec<SafetyRow>,
    /// Worst tenth, by account.
    pub tails: Vec<TailRow>,
    /// Goals of indicators.
    pub goals: Vec<GoalRow>,
}

/// A limit of safety, tried.
#[derive(Debug, Clone, PartialEq)]
pub struct SafetyRow {
    /// Index in `Governance::safety`.
    pub at: usize,
    /// Expected failure rate.
    pub mean: f64,
    /// P(failure rate ≤ margin).
    pub within: f64,
    /// Whether that is less than the confidence of the balance principle.
    pub breached: bool,
}

/// How bad it gets for an account in the worst tenth of the draws (kr. of X; positive is better).
#[derive(Debug, Clone, PartialEq)]
pub struct TailRow {
    /// Whose.
    pub account: Account,
    /// The best of the worst tenth.
    pub worst_tenth: f64,
    /// Mean of the worst tenth: expected shortfall.
    pub shortfall: f64,
}

/// Whether a goal is reached.
#[derive(Debug, Clone, PartialEq)]
pub struct GoalRow {
    /// Index in `Agreement::indicators`.
    pub indicator: usize,
    /// Year.
    pub by_year: i32,
    /// Change asked for, as a share of unchanged practice.
    pub change: f64,
    /// P(change reached in that year), and its Monte Carlo error.
    pub reached: Estimate,
}

/// What can be said from a model's figures and the draws of X by account.
pub fn accountability(model: &Model, findings: &Findings, x: &[Vec<f64>]) -> Accountability {
    let binding = model.parameters.iter().filter(|p| p.owner.is_some());
    Accountability {
        binding: binding.count(),
        unapproved: unapproved(model),
        amounts: amounts(model, findings),
        variance: variance(model, findings),
        evidence: evidence(model, findings),
        safety: safety(model),
        tails: tails(x),
        goals: Vec::new(),
    }
}

fn unapproved(model: &Model) -> Vec<(Party, usize)> {
    let count = |party: &Party| {
        let own = model.parameters.iter().filter(|p| p.owner == Some(*party));
        own.filter(|p| !p.is_approved()).count()
    };
    let parties = Party::ALL.into_iter().map(|party| (party, count(&party)));
    parties.filter(|(_, n)| *n > 0).collect()
}

/// Entries of the difference whose form reads a figure that its party has not approved.
fn amounts(model: &Model, findings: &Findings) -> Vec<(Account, f64)> {
    if model.parameters.iter().all(|p| p.is_approved()) {
        return WATCHED.into_iter().map(|a| (a, 0.0)).collect();
    }
    let open = |id: ParameterId| !model.parameter(id).is_approved();
    let marks = Rests::new(model, open);
    let (lowered, _) = lower_within(model, marks, Scope::Affected, Counting::Nothing);
    let mut by_key: BTreeMap<EntryKey, bool> = BTreeMap::new();
    for entry in &lowered.entries {
        *by_key.entry(entry.key).or_insert(false) |= entry.kroner.marked;
    }
    let share = |account: Account| {
        let (mut of, mut all) = (0.0, 0.0);
        for line in &findings.ledger {
            let resource = line.key.kind == crate::model::Kind::Resource;
            if line.key.arm == Arm::Agreement && account.holds(line.key.party, resource) {
                all += line.mean.abs();
                if by_key.get(&line.key).copied().unwrap_or(false) {
                    of += line.mean.abs();
                }
            }
        }
        (account, if all > 0.0 { of / all } else { 0.0 })
    };
    WATCHED.into_iter().map(share).collect()
}

fn variance(model: &Model, findings: &Findings) -> Vec<(Account, Estimate)> {
    let share = |account: Account| {
        let rows = findings.importance.iter();
        let rows = rows.filter(|row| row.account == account);
        let open = rows.filter(|row| !model.parameter(row.parameter).is_approved());
        let (mean, squares) = open.fold((0.0, 0.0), |(mean, squares): (f64, f64), row| {
            (mean + row.share, squares + row.mcse * row.mcse)
        });
        let (mean, mcse) = (mean.min(1.0), squares.sqrt());
        (account, Estimate { mean, mcse })
    };
    WATCHED.into_iter().map(share).collect()
}

fn evidence(model: &Model, findings: &Findings) -> Vec<(Grade, f64)> {
    let mut by_grade: BTreeMap<Grade, f64> = BTreeMap::new();
    for (k, mechanism) in model.agreement.mechanisms.iter().enumerate() {
        let MechanismKind::Effect(effect) = &mechanism.kind else {
            continue;
        };
        let figures = [Some(effect.rate_ratio), effect.attenuation];
        let grade = figures.into_iter().flatten();
        let grade = grade.filter_map(|value| weakest(model, value)).max();
        let tag = Tag::Mechanism(k as u16);
        let rows = findings.waterfall.iter();
        let mut rows = rows.filter(|w| w.account == Account::Society && w.tag == tag);
        let moved = rows.next().map_or(0.0, |w| w.mean.abs());
        // a bare number is nobody's evidence
        *by_grade.entry(grade.unwrap_or(Grade::C)).or_insert(0.0) += moved;
    }
    let all: f64 = by_grade.values().sum();
    let share = |(grade, moved): (Grade, f64)| (grade, if all > 0.0 { moved / all } else { 0.0 });
    by_grade.into_iter().map(share).collect()
}

/// The weakest grade behind a figure, a formula's own included.
fn weakest(model: &Model, value: Value) -> Option<Grade> {
    let Value::Parameter(id) = value else {
        return None;
    };
    let parameter = model.parameter(id);
    match &parameter.quantity {
        Quantity::Formula(formula) => inside(model, formula).max(Some(parameter.grade)),
        _ => Some(parameter.grade),
    }
}

fn inside(model: &Model, formula: &Formula) -> Option<Grade> {
    match formula {
        Formula::Number(_) => None,
        Formula::Parameter(id) => weakest(model, Value::Parameter(*id)),
        Formula::Add(a, b)
        | Formula::Subtract(a, b)
        | Formula::Multiply(a, b)
        | Formula::Divide(a, b) => inside(model, a).max(inside(model, b)),
    }
}

/// Points at which a law is tried: P is exact to 1/4096.
const POINTS: usize = 4096;

fn safety(model: &Model) -> Vec<SafetyRow> {
    let row = |(at, safety): (usize, &crate::model::Safety)| {
        let rates: Vec<f64> = match safety.failure_rate {
            Value::Number(x) => vec![x],
            Value::Parameter(id) => match &model.parameter(id).quantity {
                Quantity::Law(law) => {
                    let point = |i: usize| (i as f64 + 0.5) / POINTS as f64;
                    (0..POINTS).map(|i| law.quantile(point(i))).collect()
                }
                // a checked model states a law here
                _ => vec![1.0],
            },
        };
        let n = rates.len() as f64;
        let within = rates.iter().filter(|r| **r <= safety.margin).count() as f64 / n;
        SafetyRow {
            at,
            mean: rates.iter().sum::<f64>() / n,
            within,
            breached: within < model.balance.confidence,
        }
    };
    let limits = model.agreement.governance.safety.iter().enumerate();
    limits.map(row).collect()
}

/// Expected shortfall at 10 %: the mean of the ⌈n/10⌉ worst draws of X. It never exceeds the
/// quantile beside it, and is the mean where nothing varies.
fn tails(x: &[Vec<f64>]) -> Vec<TailRow> {
    let row = |(account, values): (Account, &Vec<f64>)| {
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let worst = &sorted[..sorted.len().div_ceil(10)];
        let mean = worst.iter().sum::<f64>() / worst.len().max(1) as f64;
        TailRow {
            account,
            worst_tenth: worst.last().copied().unwrap_or(0.0) + 0.0,
            shortfall: mean + 0.0,
        }
    };
    Account::ALL.into_iter().zip(x).map(row).collect()
}
