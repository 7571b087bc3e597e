//! When an early investment is paid back: the year the running account is level again, by party.
//!
//! ```text
//!   running account, year t = Σ budget effect to t ──> behind while above a krone
//!   paid back = first year of those, to the last computed, in which it is not behind any more
//! ```
//!
//! An effect that begins after the verdict horizon has no gain inside it; it is named with the
//! year it begins. Absent: interest on the deficit (the discounted reading is beside) and chance.

use super::Findings;
use crate::engine::BlockView;
use crate::model::{Account, MechanismKind, Model};
use crate::plan::{Program, RowId, first_effect};

/// Less than a krone is nobody's debt.
const A_KRONE: f64 = 1.0;

/// The running accounts, and the effects that come too late for the verdict.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Payback {
    /// By account.
    pub accounts: Vec<PaybackRow>,
    /// Effects that begin after the verdict horizon, in order of declaration.
    pub late: Vec<LateEffect>,
    /// Whether nothing that could save anything begins inside the verdict horizon.
    pub none_inside: bool,
}

/// A running account of mean budget effects (kr., positive is spent more than saved).
#[derive(Debug, Clone, PartialEq)]
pub struct PaybackRow {
    /// Whose.
    pub account: Account,
    /// Undiscounted.
    pub plain: RunningAccount,
    /// Discounted to the first year.
    pub discounted: RunningAccount,
    /// Share of replicates that are not behind, undiscounted, when the verdict horizon ends.
    pub paid_back: f64,
}

/// How a running account goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunningAccount {
    /// Its highest level; 0 if it is never behind.
    pub deepest: f64,
    /// The year of that; the first year if it is never behind.
    pub deepest_year: i32,
    /// First year from which it is never behind again, if it was behind and comes back.
    pub year: Option<i32>,
    /// How many years from the first to that one, both counted.
    pub years: Option<u32>,
}

impl RunningAccount {
    /// Whether it is ever behind.
    pub fn behind(&self) -> bool {
        self.deepest > A_KRONE
    }
}

/// An effect that begins after the verdict horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LateEffect {
    /// Index in `Agreement::mechanisms`.
    pub mechanism: usize,
    /// The first year in which it works; `None` if the agreement ends before.
    pub year: Option<i32>,
}

/// Counts replicates that are level at the end of the verdict horizon.
#[derive(Debug, Default)]
pub struct PaybackWatch {
    /// Rows of the years' budget effects, and how many replicates are level, by account.
    accounts: Vec<(Vec<usize>, usize)>,
    replicates: usize,
}

impl PaybackWatch {
    /// Follows the accounts of a program.
    pub fn new(program: &Program) -> Self {
        let years = 0..program.verdict_years;
        let rows = |account: Account| -> Vec<usize> {
            let row = |t: usize| program.row(RowId::Budget(account, t));
            years.clone().filter_map(row).collect()
        };
        PaybackWatch {
            accounts: Account::ALL.into_iter().map(|a| (rows(a), 0)).collect(),
            replicates: 0,
        }
    }

    /// Takes a block in.
    pub fn push(&mut self, view: &BlockView<'_>) {
        let mut lanes = 0;
        for (rows, level) in &mut self.accounts {
            lanes = rows.first().map_or(0, |row| view.rows[*row].len());
            let running = |lane: usize| rows.iter().map(|row| view.rows[*row][lane]).sum::<f64>();
            *level += (0..lanes).filter(|lane| running(*lane) <= A_KRONE).count();
        }
        self.replicates += lanes;
    }

    /// What was found, with the mean accounts of the findings.
    pub fn rows(&self, model: &Model, findings: &Findings) -> Payback {
        let row = |(at, account): (usize, Account)| PaybackRow {
            account,
            plain: course(findings, account, |_| 1.0),
            discounted: course(findings, account, |t| findings.discount[t]),
            paid_back: self.accounts[at].1 as f64 / self.replicates.max(1) as f64,
        };
        let late = late_effects(model, findings);
        let begins_inside = |(m, kind): (usize, &MechanismKind)| {
            saves(kind) && !late.iter().any(|l| l.mechanism == m)
        };
        let kinds = model.agreement.mechanisms.iter().map(|m| &m.kind);
        Payback {
            accounts: Account::ALL.into_iter().enumerate().map(row).collect(),
            none_inside: !late.is_empty()
                && model.agreement.reallocations.is_empty()
                && !kinds.enumerate().any(begins_inside),
            late,
        }
    }
}

fn course(findings: &Findings, account: Account, weight: impl Fn(usize) -> f64) -> RunningAccount {
    let mut running = 0.0;
    let mut course = RunningAccount {
        deepest: 0.0,
        deepest_year: findings.years.first().copied().unwrap_or_default(),
        year: None,
        years: None,
    };
    let of_account = findings.budget.iter().filter(|r| r.account == account);
    for (t, row) in of_account.enumerate() {
        running += weight(t) * row.value.mean;
        if running > course.deepest {
            (course.deepest, course.deepest_year) = (running, row.year);
        }
        if running > A_KRONE {
            (course.year, course.years) = (None, None);
        } else if course.behind() && course.year.is_none() {
            (course.year, course.years) = (Some(row.year), Some(t as u32 + 1));
        }
    }
    course
}

/// Effects and transitions whose first year lies after the verdict horizon.
fn late_effects(model: &Model, findings: &Findings) -> Vec<LateEffect> {
    let Some(last) = findings.years.get(findings.verdict_years as usize - 1) else {
        return Vec::new();
    };
    let mechanisms = model.agreement.mechanisms.iter().enumerate();
    let late = |(mechanism, stated): (usize, &crate::model::Mechanism)| {
        let (coverage, lag, after) = match &stated.kind {
            MechanismKind::Effect(e) => (e.coverage, e.lag_months, 0),
            // persons who moved last year are at another level this year
            MechanismKind::Transition(t) => (t.coverage, t.lag_months, 1),
            _ => return None,
        };
        let coverage = &model.agreement.coverages[coverage];
        let first = first_effect(&model.agreement, coverage, findings.years[0], lag);
        let year = first.map(|year| year + after);
        let inside = year.is_some_and(|year| year <= *last);
        (!inside).then_some(LateEffect { mechanism, year })
    };
    mechanisms.filter_map(late).collect()
}

/// Whether a mechanism can save anybody anything.
fn saves(kind: &MechanismKind) -> bool {
    match kind {
        MechanismKind::Effect(_)
        | MechanismKind::Transition(_)
        | MechanismKind::Shift(_)
        | MechanismKind::Operate(_)
        | MechanismKind::SavedTime(_)
        | MechanismKind::Joint(_) => true,
        MechanismKind::Provide(_)
        | MechanismKind::Invest(_)
        | MechanismKind::Places(_)
        | MechanismKind::Workforce(_) => false,
    }
}
