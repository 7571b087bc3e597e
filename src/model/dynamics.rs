//! Level dynamics: yearly moves between the need levels of a group, and what an agreement does
//! to them.
//!
//! ```text
//!   levels this year ─ moves, deaths ─→ levels next year ←─ newcomers (close onto the table)
//! ```
//!
//! A cohort model with time in yearly cycles (M. Sonnenberg and J. Beck, Medical Decision Making
//! 13 (1993) 322–338), open at one end: newcomers are what the population table asks for.
//! Promise: persons are conserved. Absent: which person moves; a state is an expectation.

use super::{Group, GroupShare, Origin, Population, Value};

/// Yearly moves between the levels of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Dynamics {
    /// Moves out of a level; staying is the rest.
    pub moves: Vec<Move>,
    /// Share of newcomers by level, in the order of the group's levels; sums to 1.
    pub inflow: Vec<f64>,
    /// A closed cohort: the first year's persons, no newcomers.
    pub closed: bool,
    /// Source.
    pub source: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A yearly probability of leaving a level for another, or of dying.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// Index in the group's levels.
    pub from: usize,
    /// Index in the group's levels; `None` dies.
    pub to: Option<usize>,
    /// Probability in a year.
    pub probability: Value,
}

/// A ratio on yearly moves among the covered.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// Index in `Agreement::coverages`.
    pub coverage: usize,
    /// (from level, to level), `None` being death.
    pub moves: Vec<(u8, Option<u8>)>,
    /// Probability with ÷ probability without.
    pub ratio: Value,
    /// Share of the trial's effect (1 − ratio) kept in ordinary operation.
    pub attenuation: Option<Value>,
    /// Months from coverage to effect.
    pub lag_months: u32,
    /// Share of the effect lost for each year after its onset.
    pub decay: f64,
}

impl Transition {
    /// Which of a group's moves it multiplies.
    pub fn acts_on(&self, levels: &[(u8, f64)], moved: &Move) -> bool {
        let level = |at: usize| levels[at].0;
        let named = (level(moved.from), moved.to.map(level));
        self.moves.contains(&named)
    }
}

/// What the levels of a group go through, apart from the probabilities: numbers, no draws.
///
/// The levels' composition is one for the world (it is stated for the group, not by
/// municipality); a municipality's persons at a level are its persons of the group times it.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Group id, for explanations.
    pub group: String,
    /// The levels' numbers.
    pub levels: Vec<u8>,
    /// (from, to) of each move, as indices.
    pub moves: Vec<(usize, Option<usize>)>,
    /// Composition in the first year.
    pub start: Vec<f64>,
    /// Composition of newcomers.
    pub inflow: Vec<f64>,
    /// By year: last year's persons of the group over this year's (1 in a closed cohort).
    pub kept: Vec<f64>,
    /// Nobody comes in.
    pub closed: bool,
}

impl Group {
    /// Persons of the group's age profile in a municipality and year, before its prevalence.
    pub fn exposure(
        &self,
        population: &Population,
        m: usize,
        year: i32,
        age_factor: Option<&[f64]>,
    ) -> f64 {
        let factor = |b: usize| age_factor.map_or(1.0, |f| f[b]);
        let profile = |b: usize| match &self.share {
            GroupShare::Prevalence { profile, .. } => profile[b],
            GroupShare::Rest => 1.0,
        };
        (0..population.age_bands.len())
            .map(|b| population.persons(m, b, year) * profile(b) * factor(b))
            .sum()
    }

    /// The course of the levels over some years; `None` where they keep their shares.
    pub fn course(&self, population: &Population, years: &[i32]) -> Option<Course> {
        let dynamics = self.dynamics.as_ref()?;
        let persons = |year: i32| -> f64 {
            let all = 0..population.persons.len();
            all.map(|m| self.exposure(population, m, year, None)).sum()
        };
        let kept = |t: usize| {
            let (before, now) = (persons(years[t.saturating_sub(1)]), persons(years[t]));
            if dynamics.closed || now <= 0.0 {
                1.0
            } else {
                before / now
            }
        };
        Some(Course {
            group: self.id.clone(),
            levels: self.levels.iter().map(|(level, _)| *level).collect(),
            moves: dynamics.moves.iter().map(|m| (m.from, m.to)).collect(),
            start: self.levels.iter().map(|(_, share)| *share).collect(),
            inflow: dynamics.inflow.clone(),
            kept: (0..years.len()).map(kept).collect(),
            closed: dynamics.closed,
        })
    }
}

impl Course {
    /// Years.
    pub fn years(&self) -> usize {
        self.kept.len()
    }

    /// Figures of a path: one for each year and level.
    pub fn size(&self) -> usize {
        self.years() * self.levels.len()
    }

    /// What each level's moves are multiplied by: 1, or less where they exceed the whole.
    fn scales(&self, p: &[f64]) -> Vec<f64> {
        let mut leaving = vec![0.0; self.levels.len()];
        for ((from, _), p) in self.moves.iter().zip(p) {
            leaving[*from] += p;
        }
        leaving
            .iter()
            .map(|all| if *all > 1.0 { 1.0 / all } else { 1.0 })
            .collect()
    }

    /// Composition by year and level, given the probability of each move.
    ///
    /// s₀ is the start; s_t = kept_t·s_{t−1}·M + i_t·q, where i_t = 1 − |kept_t·s_{t−1}·M| closes
    /// onto the population table (0 in a closed cohort). Moves out of a level that exceed 1
    /// together are scaled down to 1, so nobody is negative.
    pub fn shares(&self, p: &[f64]) -> Vec<f64> {
        let n = self.levels.len();
        let scale = self.scales(p);
        let mut path = self.start.clone();
        for t in 1..self.years() {
            let before = path[(t - 1) * n..].to_vec();
            let mut now = before.clone();
            for ((from, to), p) in self.moves.iter().zip(p) {
                let flow = before[*from] * (p * scale[*from]);
                now[*from] -= flow;
                if let Some(to) = to {
                    now[*to] += flow;
                }
            }
            now.iter_mut().for_each(|s| *s *= self.kept[t]);
            if !self.closed {
                let newcomers = 1.0 - now.iter().sum::<f64>();
                now.iter_mut()
                    .zip(&self.inflow)
                    .for_each(|(s, q)| *s += newcomers * q);
            }
            path.extend(now);
        }
        path
    }

    /// How far an agreement has emptied each level: −δ/s by year and level, negative where it
    /// has filled it. `cuts[t][k]` is the share by which move k is lowered in year t.
    ///
    /// δ_t = kept_t·(δ_{t−1}·M′ + s_{t−1}·(M′ − M)) on the same newcomers: who did not die is an
    /// additional person. Exactly 0 where nothing is cut.
    pub fn emptied(&self, p: &[f64], shares: &[f64], cuts: &[Vec<f64>]) -> Vec<f64> {
        let n = self.levels.len();
        let scale = self.scales(p);
        let mut change = vec![0.0; n];
        let mut path = vec![0.0; n];
        for t in 1..self.years() {
            let before = &shares[(t - 1) * n..t * n];
            let cut: Vec<f64> = p
                .iter()
                .zip(&cuts[t - 1])
                .map(|(p, c)| p * (1.0 - c))
                .collect();
            let cut_scale = self.scales(&cut);
            let mut now = change.clone();
            for (k, (from, to)) in self.moves.iter().enumerate() {
                let (old, new) = (p[k] * scale[*from], cut[k] * cut_scale[*from]);
                let flow = change[*from] * new + before[*from] * (new - old);
                now[*from] -= flow;
                if let Some(to) = to {
                    now[*to] += flow;
                }
            }
            now.iter_mut().for_each(|d| *d *= self.kept[t]);
            let share = |l: usize| shares[t * n + l];
            path.extend((0..n).map(|l| {
                if share(l) > 0.0 {
                    -now[l] / share(l)
                } else {
                    0.0
                }
            }));
            change = now;
        }
        path
    }
}

/// Most levels a group with dynamics may have.
pub const MOST_LEVELS: usize = 12;
