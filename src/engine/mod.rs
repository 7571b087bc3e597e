//! Runs a Program over blocks of replicates.
//!
//! ```text
//!   seed, block ─→ Basis ─┬→ rows        E layer: expectation given the parameters
//!                         └→ counts      C layer: chance on the same parameters
//! ```
//!
//! Promise: byte-identical on any number of threads and any instruction set.
//! Absent: scenarios, parties, verdicts, files.

mod basis;
mod chance;
mod expectation;
mod importance;
mod joint;
mod levels;
mod settle;

pub use basis::{At, Basis};
pub use chance::{Counted, certain, chance_basis, sample_counts};
pub use expectation::{BATCH, BlockView, Expectation, RowFindings, run_expectation};
pub use importance::ImportanceSums;
pub use joint::run_jointly;

use crate::random::Seed;

/// How to run.
#[derive(Debug, Clone)]
pub struct RunSettings {
    /// Seed of every draw.
    pub seed: Seed,
    /// A fixed number of replicates; `None` lets precision decide.
    pub replicates: Option<usize>,
    /// Stop when every tested probability is known within ± this (anytime-valid); `None`: when every verdict is settled.
    pub precision: Option<f64>,
    /// Budget when precision decides.
    pub max_replicates: usize,
    /// Worker threads; 0 = all.
    pub threads: usize,
}

impl Default for RunSettings {
    fn default() -> Self {
        RunSettings {
            seed: Seed(1),
            replicates: None,
            precision: None,
            max_replicates: 100_000,
            threads: 0,
        }
    }
}

/// Threads that blocks run on.
pub type Pool = rayon::ThreadPool;

/// A pool of so many threads; 0 = as many as the machine has. The number reaches no figure.
///
/// # Errors
/// If the system gives no threads.
pub fn pool(threads: usize) -> std::io::Result<Pool> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(std::io::Error::other)
}

/// Receives the per-replicate draws of the verdict's quantities, batch by batch in order.
pub trait DrawSink {
    /// Column names: `x_region`, `x_municipality`, …, `g`, `x_<municipality code>` …
    fn begin(&mut self, columns: &[String]) -> std::io::Result<()>;
    /// `columns[c][i]` is replicate `first + i`.
    fn batch(&mut self, first: usize, columns: &[&[f64]]) -> std::io::Result<()>;
}

/// A sink that keeps nothing.
pub struct NoDraws;

impl DrawSink for NoDraws {
    fn begin(&mut self, _: &[String]) -> std::io::Result<()> {
        Ok(())
    }
    fn batch(&mut self, _: usize, _: &[&[f64]]) -> std::io::Result<()> {
        Ok(())
    }
}

/// Receives progress of long work.
pub trait Progress: Sync {
    /// `done` of at most `total` replicates of a stage (`chance` or `expectation`).
    fn advance(&self, stage: &'static str, done: usize, total: usize);
}

/// Shows nothing.
pub struct Silent;

impl Progress for Silent {
    fn advance(&self, _: &'static str, _: usize, _: usize) {}
}
