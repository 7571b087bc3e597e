//! What can be said before the payment is agreed: each party's own resources, between bounds.
//!
//! ```text
//!   blanks ─┬ volume, cost, capacity … ─▶ no bound, and why
//!           └ payment, legal basis …   ─▶ model without payments ─ corners of what is unknown ─▶
//!                                          P10 at the lowest, P90 at the highest corner
//! ```
//!
//! Promise: no payment between parties enters, so none that is missing can move a bound; a figure
//! known only between two ends is tried at both. Absent: a verdict, and a law for what is unknown.

use super::findings::Summary;
use super::quick::COMPARED;
use crate::engine::{RunSettings, Silent, pool, run_expectation};
use crate::model::{Account, AfterPeriod, Mechanism, MechanismKind, Model, Party, Quantity};
use crate::model::{Value, Words};
use crate::plan::{Chance, Program, RowId};
use crate::random::{Law, Seed};
use crate::stats::{BlockMeans, Histogram};
use std::io;

/// Accounts that bounds are given for.
const BOUNDED: [Account; 5] = [
    Account::Party(Party::Region),
    Account::Party(Party::Municipality),
    Account::Party(Party::Gp),
    Account::Party(Party::State),
    Account::Society,
];

/// Blanks that do not touch what a task takes of resources.
const OF_PAYMENT: [&str; 9] = [
    "clinical",
    "regulation",
    "legal_basis",
    "transfer",
    "amount",
    "source",
    "owner",
    "after_period",
    "investment",
];

/// Most figures that are tried at both ends together.
const MOST: usize = 4;

/// Bounds of each party's resources, or why there are none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bounds {
    /// Replicates at each corner.
    pub replicates: usize,
    /// First and last year.
    pub years: (i32, i32),
    /// By account; empty where no bound can be given.
    pub rows: Vec<BoundRow>,
    /// Figures tried at both ends of what is stated.
    pub tried: Vec<Words>,
    /// What comes on top and is not in the bounds.
    pub on_top: Vec<Words>,
    /// What is missing for a bound.
    pub why_not: Vec<Words>,
}

/// Kroner of present value over the verdict horizon, positive is extra expenditure; resources
/// only, before any payment between parties.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundRow {
    /// Whose.
    pub account: Account,
    /// At the corner with the lowest P10.
    pub low: Summary,
    /// At the corner with the highest P90.
    pub high: Summary,
}

/// Bounds of a model that is not *klarlagt*.
///
/// # Errors
/// If the system gives no threads.
pub fn bounds(model: &Model, seed: Seed) -> io::Result<Bounds> {
    let (bare, on_top) = resources_alone(model);
    let mut bounds = Bounds {
        on_top,
        why_not: hindrances(model),
        ..Bounds::default()
    };
    if bounds.why_not.is_empty() {
        bounds.why_not = unbounded(&bare, seed)?;
    }
    let open = between(&bare);
    if open.len() > MOST {
        bounds.why_not = open.iter().map(|at| label(model, *at)).collect();
    }
    if !bounds.why_not.is_empty() {
        return Ok(bounds);
    }
    let open_end = model.blanks.iter().any(|b| b.item == "after_period");
    for corner in corners(&bare, &open, open_end) {
        let (years, found) = expenditure(&corner, seed)?;
        bounds.years = years;
        widen(&mut bounds.rows, found);
    }
    bounds.replicates = COMPARED;
    bounds.tried = open.iter().map(|at| label(model, *at)).collect();
    Ok(bounds)
}

/// Blanks without which nobody knows what the task takes.
fn hindrances(model: &Model) -> Vec<Words> {
    let blanks = model.blanks.iter();
    let blanks = blanks.filter(|b| b.item != "figure" && !OF_PAYMENT.contains(&b.item.as_str()));
    let mut words: Vec<Words> = blanks.map(|b| b.words.clone()).collect();
    let joint = |m: &&Mechanism| matches!(m.kind, MechanismKind::Joint(_));
    // joint operation divides its cost by a key: its resources stand in no party's own account
    words.extend(
        model
            .agreement
            .mechanisms
            .iter()
            .find(joint)
            .map(|m| m.label.clone()),
    );
    words
}

/// The model without payments, agreed or by law, and without investments whose amount is open;
/// the names of those.
fn resources_alone(model: &Model) -> (Model, Vec<Words>) {
    let mut bare = model.clone();
    bare.blanks.clear();
    bare.agreement.transfers.clear();
    bare.agreement.frames.clear();
    bare.agreement.reports.staying_out.clear();
    for regime in &mut bare.world.regimes {
        regime.transfers.clear();
    }
    let is_open = |m: &Mechanism| match &m.kind {
        MechanismKind::Invest(invest) => {
            matches!(invest.amount, Value::Number(x) if x.is_nan())
        }
        _ => false,
    };
    let mechanisms = &model.agreement.mechanisms;
    let mut on_top: Vec<Words> = mechanisms
        .iter()
        .filter(|m| is_open(m))
        .map(|m| m.label.clone())
        .collect();
    if !mechanisms.iter().any(is_open) {
        let unstated = model.blanks.iter().filter(|b| b.item == "investment");
        on_top.extend(unstated.map(|b| b.words.clone()));
    }
    bare.agreement.mechanisms.retain(|m| !is_open(m));
    (bare, on_top)
}

/// Figures of which nothing is known and that the resources follow.
fn unbounded(bare: &Model, seed: Seed) -> io::Result<Vec<Words>> {
    let unknown = |p: &&usize| matches!(bare.parameters[**p].quantity, Quantity::Unknown(None));
    let all: Vec<usize> = (0..bare.parameters.len()).collect();
    let mut follows = Vec::new();
    let mut tried = at_low_ends(bare);
    all.iter()
        .filter(unknown)
        .for_each(|p| fix(&mut tried, *p, 1.0));
    let base = expenditure(&tried, seed)?;
    for at in all.iter().filter(unknown) {
        let mut other = tried.clone();
        fix(&mut other, *at, 2.0);
        if expenditure(&other, seed)? != base {
            follows.push(label(bare, *at));
        }
    }
    Ok(follows)
}

fn at_low_ends(bare: &Model) -> Model {
    let mut model = bare.clone();
    for at in between(bare) {
        let (low, _) = ends(bare, at);
        fix(&mut model, at, low);
    }
    model
}

/// Parameters known only between two ends.
fn between(model: &Model) -> Vec<usize> {
    let open = |p: &usize| matches!(model.parameters[*p].quantity, Quantity::Unknown(Some(_)));
    (0..model.parameters.len()).filter(open).collect()
}

fn ends(model: &Model, at: usize) -> (f64, f64) {
    match model.parameters[at].quantity {
        Quantity::Unknown(Some(ends)) => ends,
        _ => (1.0, 1.0),
    }
}

fn label(model: &Model, at: usize) -> Words {
    model.parameters[at].label.clone()
}

fn fix(model: &mut Model, at: usize, value: f64) {
    if let Ok(law) = Law::fixed(value) {
        model.parameters[at].quantity = Quantity::Law(law);
    }
}

/// Every combination of ends; both answers to what follows the period, where it shows.
fn corners(bare: &Model, open: &[usize], open_end: bool) -> Vec<Model> {
    let mut all = Vec::new();
    for corner in 0..1usize << open.len() {
        let mut model = bare.clone();
        for (bit, at) in open.iter().enumerate() {
            let (low, high) = ends(bare, *at);
            fix(
                &mut model,
                *at,
                if corner >> bit & 1 == 1 { high } else { low },
            );
        }
        // a figure that nothing of the resources reads may be anything
        for at in 0..model.parameters.len() {
            if matches!(model.parameters[at].quantity, Quantity::Unknown(_)) {
                fix(&mut model, at, 1.0);
            }
        }
        if open_end {
            let mut goes_on = model.clone();
            goes_on.agreement.after_period = AfterPeriod::ContinuesWithout;
            all.push(goes_on);
        }
        all.push(model);
    }
    all
}

/// Extra expenditure by account over the verdict horizon, and its first and last year.
fn expenditure(model: &Model, seed: Seed) -> io::Result<((i32, i32), Vec<Summary>)> {
    let program = Program::compile(model, Chance::Differences);
    let settings = RunSettings {
        seed,
        replicates: Some(COMPARED),
        ..RunSettings::default()
    };
    let row = |a: &Account| program.row(RowId::X(*a, program.verdict_years));
    let rows: Vec<Option<usize>> = BOUNDED.iter().map(row).collect();
    let mut found = vec![(BlockMeans::new(), Histogram::default()); rows.len()];
    run_expectation(&program, &settings, &[], &Silent, &pool(0)?, |view, _| {
        for ((means, histogram), row) in found.iter_mut().zip(&rows) {
            let Some(row) = row else { continue };
            let cost: Vec<f64> = view.rows[*row].iter().map(|x| -x + 0.0).collect();
            means.push_values(&cost);
            histogram.add_slice(&cost);
        }
        Ok(false)
    })?;
    let first = program.years[0];
    let years = (first, first + program.verdict_years as i32 - 1);
    let summary = |(means, histogram): &mut (BlockMeans, Histogram)| {
        histogram.settle();
        Summary::of(means, histogram)
    };
    Ok((years, found.iter_mut().map(summary).collect()))
}

fn widen(rows: &mut Vec<BoundRow>, found: Vec<Summary>) {
    if rows.is_empty() {
        let row = |(account, found): (Account, Summary)| BoundRow {
            account,
            low: found,
            high: found,
        };
        rows.extend(BOUNDED.into_iter().zip(found).map(row));
        return;
    }
    for (row, found) in rows.iter_mut().zip(found) {
        if found.p10 < row.low.p10 {
            row.low = found;
        }
        if found.p90 > row.high.p90 {
            row.high = found;
        }
    }
}
