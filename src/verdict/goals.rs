//! Goals of indicators: P(the change asked for is there in the year asked for).
//!
//! ```text
//!   with / without − 1 ≤ change (a fall)      or ≥ change (a rise), replicate by replicate
//! ```
//!
//! Promise: a stronger effect never makes a goal less likely on the same draws.
//! Absent: chance in the count itself; a goal is about what is to be expected.

use crate::analysis::GoalRow;
use crate::engine::BlockView;
use crate::model::Model;
use crate::plan::{Program, RowId};
use crate::stats::BlockMeans;

/// One goal through the run.
#[derive(Debug, Clone)]
struct Goal {
    indicator: usize,
    by_year: i32,
    change: f64,
    without: usize,
    with: usize,
    reached: BlockMeans,
}

/// The goals of an agreement.
#[derive(Debug, Clone)]
pub(super) struct Goals {
    goals: Vec<Goal>,
}

impl Goals {
    pub(super) fn new(model: &Model, program: &Program) -> Goals {
        let goal = |(indicator, stated): (usize, &crate::model::Indicator)| {
            let target = stated.follow.target?;
            let t = program.years.iter().position(|y| *y == target.by_year)?;
            Some(Goal {
                indicator,
                by_year: target.by_year,
                change: target.change,
                without: program.row(RowId::Indicator(indicator, t))?,
                with: program.row(RowId::IndicatorAgreement(indicator, t))?,
                reached: BlockMeans::new(),
            })
        };
        let indicators = model.agreement.indicators.iter().enumerate();
        Goals {
            goals: indicators.filter_map(goal).collect(),
        }
    }

    pub(super) fn push(&mut self, view: &BlockView<'_>) {
        for goal in &mut self.goals {
            let pairs = view.rows[goal.without].iter().zip(&view.rows[goal.with]);
            let reached = |(without, with): (&f64, &f64)| {
                let asked = without * (1.0 + goal.change);
                let there = match goal.change <= 0.0 {
                    true => *with <= asked,
                    false => *with >= asked,
                };
                f64::from(u8::from(there))
            };
            let reached: Vec<f64> = pairs.map(reached).collect();
            goal.reached.push_values(&reached);
        }
    }

    pub(super) fn rows(&self) -> Vec<GoalRow> {
        let row = |goal: &Goal| GoalRow {
            indicator: goal.indicator,
            by_year: goal.by_year,
            change: goal.change,
            reached: goal.reached.estimate(),
        };
        self.goals.iter().map(row).collect()
    }
}
