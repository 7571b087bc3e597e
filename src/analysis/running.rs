//! The running account: budget effects added up from the first year on, replicate by replicate.
//!
//! Promise: the band is that of the sums, not a sum of bands; undiscounted, fixed prices.
//! Absent: chance; the deepest point with chance is liquidity's affair.

use super::Summary;
use crate::engine::BlockView;
use crate::model::Account;
use crate::plan::{Program, RowId};
use crate::stats::{BlockMeans, Histogram};

/// Budget effect of an account from the first year to the end of this one, undiscounted
/// (kr., positive is extra expenditure).
#[derive(Debug, Clone, PartialEq)]
pub struct RunningRow {
    /// Whose.
    pub account: Account,
    /// The last year counted.
    pub year: i32,
    /// Kroner.
    pub value: Summary,
}

/// Adds up while a run goes on; by default nothing.
#[derive(Default)]
pub struct RunningWatch {
    /// Row of the budget effect by account and year.
    budget: Vec<Vec<Option<usize>>>,
    found: Vec<Vec<(BlockMeans, Histogram)>>,
}

impl RunningWatch {
    /// Follows the accounts of a program.
    pub fn new(program: &Program) -> RunningWatch {
        let years = 0..program.years.len();
        let budget = |a: Account| {
            let row = |t: usize| program.row(RowId::Budget(a, t));
            years.clone().map(row).collect()
        };
        let blank = || vec![Default::default(); program.years.len()];
        RunningWatch {
            budget: Account::ALL.into_iter().map(budget).collect(),
            found: Account::ALL.into_iter().map(|_| blank()).collect(),
        }
    }

    /// Takes a block in.
    pub fn push(&mut self, view: &BlockView<'_>) {
        for (rows, found) in self.budget.iter().zip(&mut self.found) {
            let mut sum: Vec<f64> = Vec::new();
            for (row, (means, histogram)) in rows.iter().zip(found) {
                let Some(row) = row else { continue };
                let year = &view.rows[*row];
                sum.resize(year.len(), 0.0);
                sum.iter_mut().zip(year).for_each(|(sum, x)| *sum += x);
                means.push_values(&sum);
                histogram.add_slice(&sum);
            }
        }
    }

    /// What was found, by account and year.
    pub fn rows(&mut self, years: &[i32]) -> Vec<RunningRow> {
        let mut rows = Vec::new();
        for (account, found) in Account::ALL.into_iter().zip(&mut self.found) {
            for (year, (means, histogram)) in years.iter().zip(found) {
                histogram.settle();
                rows.push(RunningRow {
                    account,
                    year: *year,
                    value: Summary::of(means, histogram),
                });
            }
        }
        rows
    }
}
