//! The verdict read at other horizons: what holds after 4, 10 and 20 years, beside the signed one.
//!
//! The same draws, the same rule; τ is the signed yearly floor over the horizon's own years. Where
//! an operator may neither lose nor profit only the parties are read: Y has the signed horizon.
//! Absent: anything that decides. The verdict is the signed horizon's.

use super::assess::Watch;
use super::zone::{Draws, compensation};
use super::{Outcome, Standing};
use crate::engine::BlockView;
use crate::model::{Account, Model, Party};
use crate::plan::{Program, RowId, horizons_of};

/// The accounts that are read.
const READ: [Account; 3] = [
    Account::Party(Party::Region),
    Account::Party(Party::Municipality),
    Account::Society,
];

/// What the verdict would be at one horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct HorizonVerdict {
    /// Years from the first.
    pub years: u32,
    /// The outcome; `None` where an operator's Y would have to be read.
    pub outcome: Option<Outcome>,
    /// Region and municipalities together: share of replicates in which the floor holds, and how
    /// each then stands.
    pub parties: Vec<(Account, f64, Standing)>,
    /// Share of replicates in which society does not pay more.
    pub society: f64,
    /// Mean of X by account read (region, municipalities, society), kr. of present value.
    pub x: Vec<(Account, f64)>,
}

/// Draws of X by horizon and account.
#[derive(Debug, Default)]
pub(super) struct Horizons {
    /// (years, row by account, draws by account).
    read: Vec<(usize, [usize; 3], [Vec<f64>; 3])>,
}

impl Horizons {
    pub fn new(program: &Program) -> Self {
        let rows = |horizon: usize| {
            let row = |a: Account| program.row(RowId::X(a, horizon));
            Some((
                horizon,
                [row(READ[0])?, row(READ[1])?, row(READ[2])?],
                Default::default(),
            ))
        };
        let horizons = horizons_of(program.years.len(), program.verdict_years);
        Horizons {
            read: horizons.into_iter().filter_map(rows).collect(),
        }
    }

    pub fn keep(&mut self, view: &BlockView<'_>) {
        for (_, rows, draws) in &mut self.read {
            for (row, kept) in rows.iter().zip(draws) {
                kept.extend(&view.rows[*row]);
            }
        }
    }
}

/// The verdict at every horizon that is shown.
pub(super) fn read(model: &Model, program: &Program, watch: &Watch) -> Vec<HorizonVerdict> {
    let floors = (watch.tolerances.region, watch.tolerances.municipality);
    let one = |(years, _, draws): &(usize, [usize; 3], [Vec<f64>; 3])| {
        let part = inhabitants(model, program, *years)
            / inhabitants(model, program, program.verdict_years);
        let floors = (floors.0 * part, floors.1 * part);
        at_horizon(model, *years, draws, floors, watch.operator.is_some())
    };
    watch.horizons.read.iter().map(one).collect()
}

fn at_horizon(
    model: &Model,
    years: usize,
    draws: &[Vec<f64>; 3],
    (region, municipality): (f64, f64),
    operated: bool,
) -> HorizonVerdict {
    let confidence = model.balance.confidence;
    let share = |holds: usize| holds as f64 / draws[0].len().max(1) as f64;
    let above = |x: &[f64], floor: f64| share(x.iter().filter(|x| **x >= -floor).count());
    let parties: Vec<(Account, f64, Standing)> = [region, municipality]
        .into_iter()
        .enumerate()
        .map(|(i, floor)| {
            let p = above(&draws[i], floor);
            (READ[i], p, standing(p, confidence))
        })
        .collect();
    let together = draws[0].iter().zip(&draws[1]);
    let jointly = share(
        together
            .filter(|(r, k)| *r + *k >= -region - municipality)
            .count(),
    );
    let zone = compensation(
        &Draws {
            region: &draws[0],
            municipality: &draws[1],
            y: None,
            units: None,
            years: 1.0,
        },
        confidence,
        (region, municipality),
        None,
    );
    let holds = |s: Standing| parties.iter().all(|p| p.2 == s);
    let burdened = parties.iter().any(|p| p.2 == Standing::Burdened);
    let outcome = if holds(Standing::Holds) {
        Outcome::Balanced
    } else if zone.zone.is_some() {
        Outcome::BalancedIfCompensated
    } else if burdened || jointly <= 1.0 - confidence {
        Outcome::Unbalanced
    } else {
        Outcome::Undecided
    };
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len().max(1) as f64;
    HorizonVerdict {
        years: years as u32,
        outcome: (!operated).then_some(outcome),
        society: above(&draws[2], 0.0),
        x: READ
            .into_iter()
            .zip(draws)
            .map(|(a, x)| (a, mean(x)))
            .collect(),
        parties,
    }
}

fn standing(p: f64, confidence: f64) -> Standing {
    if p >= confidence {
        Standing::Holds
    } else if p <= 1.0 - confidence {
        Standing::Burdened
    } else {
        Standing::Undecided
    }
}

/// Σ d_t · inhabitants over so many years.
fn inhabitants(model: &Model, program: &Program, years: usize) -> f64 {
    let world = &model.world;
    let year = |t: usize| -> f64 {
        let people = |m: usize| world.population.total(m, program.years[t]);
        program.discount[t] * (0..world.municipalities.len()).map(people).sum::<f64>()
    };
    (0..years).map(year).sum()
}
