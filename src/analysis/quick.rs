//! X of every account, quickly: for comparing models on the same draws.

use crate::engine::{RunSettings, Silent, pool, run_expectation};
use crate::model::{Account, Model};
use crate::plan::{Chance, Program, RowId};
use crate::random::Seed;
use crate::stats::{BlockMeans, Estimate};
use std::io;

/// Replicates of a comparison: one batch.
pub const COMPARED: usize = 4096;

/// Block means of X by account, on the draws of one batch.
#[derive(Debug, Clone)]
pub struct QuickX {
    by_account: Vec<Vec<f64>>,
}

/// Runs one batch of the E layer.
///
/// # Errors
/// If the system gives no threads.
pub fn quick_x(model: &Model, seed: Seed) -> io::Result<QuickX> {
    let program = Program::compile(model, Chance::Differences);
    let row = |a: Account| RowId::X(a, program.verdict_years);
    let rows: Vec<RowId> = Account::ALL.into_iter().map(row).collect();
    let by_account = block_means(&program, seed, &rows)?;
    Ok(QuickX { by_account })
}

/// Block means of rows, on the draws of one batch; a row that is not there is 0.
///
/// # Errors
/// If the system gives no threads.
pub(super) fn block_means(
    program: &Program,
    seed: Seed,
    rows: &[RowId],
) -> io::Result<Vec<Vec<f64>>> {
    let settings = RunSettings {
        seed,
        replicates: Some(COMPARED),
        ..RunSettings::default()
    };
    let rows: Vec<Option<usize>> = rows.iter().map(|id| program.row(*id)).collect();
    let mut means = vec![Vec::new(); rows.len()];
    let pool = pool(0)?;
    run_expectation(program, &settings, &[], &Silent, &pool, |view, _| {
        for (means, row) in means.iter_mut().zip(&rows) {
            let values = row.map_or(&[][..], |r| view.rows[r].as_slice());
            means.push(values.iter().sum::<f64>() / values.len().max(1) as f64);
        }
        Ok(false)
    })?;
    Ok(means)
}

impl QuickX {
    /// X of an account (kr. of present value).
    pub fn x(&self, account: Account) -> Estimate {
        estimate(self.by_account[account.index()].iter().copied())
    }

    /// X of an account here minus there, pairing the draws.
    pub fn minus(&self, other: &QuickX, account: Account) -> Estimate {
        let (here, there) = (
            &self.by_account[account.index()],
            &other.by_account[account.index()],
        );
        estimate(here.iter().zip(there).map(|(a, b)| a - b))
    }
}

pub(super) fn estimate(block_means: impl Iterator<Item = f64>) -> Estimate {
    let mut means = BlockMeans::new();
    block_means.for_each(|m| means.push(m, crate::random::BLOCK));
    means.estimate()
}
