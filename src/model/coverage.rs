//! Who takes part, how many of them, and from when.

use super::{Assigned, GroupId, Origin, Selection, Value, Words};

/// How participation grows after a municipality's start; time in years.
#[derive(Debug, Clone, PartialEq)]
pub enum Ramp {
    /// Full from the first day.
    Step,
    /// Linear over so many years.
    Linear(f64),
    /// Smoothstep 3x² − 2x³ over so many years.
    SCurve(f64),
    /// Share in the first, second, … year; the last holds on.
    Table(Vec<f64>),
    /// The posts behind a share of it stand vacant: that share comes so many years later.
    Vacant(Box<Ramp>, f64, f64),
}

/// Trained posts, as a share of all, in the first, second, … year after the start: each year of
/// training adds `trained`, turnover takes its share of those trained before.
///
/// S_n = min(1, S_{n−1} · (1 − turnover) + trained_n); turnover 1 leaves nothing for the next year.
pub fn competence(trained: f64, turnover: f64, training_years: u32, years: u32) -> Ramp {
    let mut stock = 0.0;
    let year = |n: u32| {
        let new = if n < training_years { trained } else { 0.0 };
        stock = (stock * (1.0 - turnover) + new).min(1.0);
        stock
    };
    Ramp::Table((0..years).map(year).collect())
}

impl Ramp {
    /// Share reached `years` after the start; 0 before it.
    pub fn at(&self, years: f64) -> f64 {
        if years < 0.0 {
            return 0.0;
        }
        match self {
            Ramp::Step => 1.0,
            Ramp::Linear(length) => (years / length).min(1.0),
            Ramp::SCurve(length) => {
                let x = (years / length).min(1.0);
                x * x * (3.0 - 2.0 * x)
            }
            Ramp::Table(shares) => shares[(years as usize).min(shares.len() - 1)],
            Ramp::Vacant(ramp, share, late) => {
                (1.0 - share) * ramp.at(years) + share * ramp.at(years - late)
            }
        }
    }

    /// Share reached after whole months; a table reaches its share at the start of each year.
    pub fn reached(&self, months: i32) -> f64 {
        match (self, months) {
            (_, m) if m <= 0 => 0.0,
            (Ramp::Table(shares), m) => shares[(((m - 1) / 12) as usize).min(shares.len() - 1)],
            (Ramp::Vacant(ramp, share, late), m) => {
                let filled = m - (late * 12.0).round() as i32;
                (1.0 - share) * ramp.reached(m) + share * ramp.reached(filled)
            }
            (_, m) => self.at(m as f64 / 12.0),
        }
    }
}

/// A month, counted from year 0: `year * 12 + month - 1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(pub i32);

impl Month {
    /// January of a year.
    pub fn january(year: i32) -> Month {
        Month(year * 12)
    }
    /// Calendar year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }
}

/// State of the sub-agreement that new tasks for general practice presuppose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubAgreement {
    /// None: coverage is 0.
    None,
    /// Computed as if signed, headed "forudsætter underliggende aftale".
    Pending,
    /// Signed.
    Signed,
}

/// A covered part of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// Identifier, e.g. `monitorering`.
    pub id: String,
    /// Name for readers.
    pub label: Words,
    /// Groups and need levels (every level where empty is not allowed: it is filled in).
    pub cells: Vec<(GroupId, u8)>,
    /// Share of the eligible who take part when fully phased in.
    pub uptake: Value,
    /// Share of the cell that is eligible.
    pub eligible: Option<Value>,
    /// Pace.
    pub ramp: Ramp,
    /// First month by municipality; `None` takes no part.
    pub start: Vec<Option<Month>>,
    /// Most persons that can be covered at once in the whole world.
    pub max_persons: Option<Value>,
    /// Places and workforces (indices in `Agreement::mechanisms`) it cannot exceed.
    pub limited_by: Vec<usize>,
    /// Sub-agreement it presupposes.
    pub sub_agreement: Option<SubAgreement>,
    /// Picks among the persons of a cell by their use last year.
    pub selection: Option<Selection>,
    /// Picks by assigned level; the cells are then those of the true levels.
    pub assigned: Option<Assigned>,
    /// Where it stands.
    pub origin: Origin,
}
