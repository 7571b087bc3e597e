//! Who is picked: by past use, or by an assigned need level.
//!
//! ```text
//!   persons of a cell ─┬ selection:       those with at least c events last year
//!                      └ classification:  those whose *assigned* level the coverage asks for
//! ```
//!
//! Promise: a coverage without either covers its cells evenly, as before.
//! Absent: how a selected person's use is expected to develop; that is `plan`'s.

use super::{GroupId, Origin, ServiceId, Value, Words};

/// Picks the persons of a cell that had at least so many events last year.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// The service whose events are counted.
    pub service: ServiceId,
    /// Events last year, at least.
    pub at_least: u32,
    /// Shape of the gamma law of persons' yearly rates in a cell; its variance is mean² / shape.
    pub shape: Value,
    /// Services whose rates are proportional to the counted one's, person by person.
    pub follows: Vec<ServiceId>,
    /// Share of a selected person's excess rate that is left a year later; all of it where `None`.
    pub persistence: Option<Value>,
}

/// The assigned levels that a coverage asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Assigned {
    /// Index in [`super::World::classifications`].
    pub classification: usize,
    /// Assigned levels, ascending.
    pub levels: Vec<u8>,
}

/// How persons of a group are assigned a need level, which may differ from the true one.
#[derive(Debug, Clone, PartialEq)]
pub struct Classification {
    /// Identifier.
    pub id: String,
    /// Name for readers.
    pub label: Words,
    /// Whose levels.
    pub group: GroupId,
    /// The law of the assigned level, given the true one.
    pub reading: Reading,
    /// Source of the shares.
    pub source: String,
    /// Where it stands.
    pub origin: Origin,
}

/// How well a level is read.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// Factors are scored; each may be read one point wrong.
    Factors {
        /// Number of factors.
        factors: u32,
        /// (true level, assigned level, by number of factors read wrong: the probability of the
        /// pair given how many were). P(true, assigned) = Σ_k w_k m^k (1 − m)^(K − k).
        joint: Vec<(u8, u8, Vec<f64>)>,
        /// Share of factors read one point wrong, m.
        misread: Value,
    },
    /// A two-level case: found or not found.
    Screened {
        /// Share of the higher level that is assigned it.
        sensitivity: Value,
        /// Share of the lower level that is assigned it.
        specificity: Value,
    },
}

/// Hours that move from the persons of one coverage to those of another: none are added.
#[derive(Debug, Clone, PartialEq)]
pub struct Reallocation {
    /// Its name.
    pub name: String,
    /// Name for readers.
    pub label: Words,
    /// Units of this service.
    pub service: ServiceId,
    /// Index of the coverage that gives.
    pub from: usize,
    /// Index of the coverage that receives.
    pub to: usize,
    /// Units a year that each covered person of the giving coverage does without.
    pub units: Value,
    /// Where it stands.
    pub origin: Origin,
}

/// A factor of a differentiation model: the share of the group with 0, 1, 2, … points.
pub type Points = Vec<f64>;

/// The joint law of true and assigned level, by exact enumeration.
///
/// A level is 1 + the number of `thresholds` that the sum of points reaches. A factor read wrong
/// is read one point up or down with equal chance; at either end in the one direction there is.
/// Persons' factors are independent of each other, and so are readings.
pub fn joint_levels(factors: &[Points], thresholds: &[u32]) -> Vec<(u8, u8, Vec<f64>)> {
    let level = |points: usize| {
        1 + thresholds
            .iter()
            .filter(|reached| points >= **reached as usize)
            .count() as u8
    };
    let most: usize = factors.iter().map(|f| f.len() - 1).sum();
    let size = most + 1;
    // probability of (true sum, read sum) by number of factors read wrong
    let mut law = vec![vec![vec![0.0; size]; size]; factors.len() + 1];
    law[0][0][0] = 1.0;
    for (done, factor) in factors.iter().enumerate() {
        law = with_factor(&law, factor, done, size);
    }
    let levels = 1 + thresholds.len() as u8;
    let mut joint = Vec::new();
    for truly in 1..=levels {
        for read in 1..=levels {
            let by_wrong: Vec<f64> = law
                .iter()
                .map(|of| {
                    let mut sum = 0.0;
                    for (a, row) in of.iter().enumerate() {
                        for (b, p) in row.iter().enumerate() {
                            if level(a) == truly && level(b) == read {
                                sum += p;
                            }
                        }
                    }
                    sum
                })
                .collect();
            joint.push((truly, read, by_wrong));
        }
    }
    joint
}

type SumLaw = Vec<Vec<Vec<f64>>>;

/// The law of both sums with one factor more.
fn with_factor(law: &SumLaw, factor: &[f64], done: usize, size: usize) -> SumLaw {
    let mut next = vec![vec![vec![0.0; size]; size]; law.len()];
    for wrong in 0..=done {
        for a in 0..size {
            for b in 0..size {
                let p = law[wrong][a][b];
                if p == 0.0 {
                    continue;
                }
                for (points, share) in factor.iter().enumerate() {
                    next[wrong][a + points][b + points] += p * share;
                    for (read, chance) in misreadings(points, factor.len()) {
                        next[wrong + 1][a + points][b + read] += p * share * chance;
                    }
                }
            }
        }
    }
    next
}

/// What so many points are read as when read wrong, with its chance.
fn misreadings(points: usize, kinds: usize) -> Vec<(usize, f64)> {
    let below = points.checked_sub(1);
    let above = (points + 1 < kinds).then_some(points + 1);
    match (below, above) {
        (Some(b), Some(a)) => vec![(b, 0.5), (a, 0.5)],
        (Some(only), None) | (None, Some(only)) => vec![(only, 1.0)],
        // a factor of one kind cannot be read wrong
        (None, None) => vec![(points, 1.0)],
    }
}

impl Classification {
    /// Shares of the true levels, where the factors give them.
    pub fn levels(&self) -> Option<Vec<(u8, f64)>> {
        let Reading::Factors { joint, .. } = &self.reading else {
            return None;
        };
        let mut levels: Vec<(u8, f64)> = Vec::new();
        for (truly, _, by_wrong) in joint {
            // none read wrong: the law of the true level
            match levels.iter_mut().find(|(level, _)| level == truly) {
                Some((_, share)) => *share += by_wrong[0],
                None => levels.push((*truly, by_wrong[0])),
            }
        }
        Some(levels)
    }
}
