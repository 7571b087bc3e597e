//! The E layer: everything at its expectation over chance, given the parameters.
//!
//! ```text
//!   batch = 8 blocks ─rayon→ blocks ─in order→ row summaries · histograms · importance · look
//! ```
//!
//! Promise: a pure function of (program, seed, number of replicates); threads and batches do not
//! reach a figure. Absent: verdicts (the caller's `look` decides when to stop), files.

use super::basis::{At, Basis};
use super::importance::ImportanceSums;
use super::{Progress, RunSettings};
use crate::numeric::kernel;
use crate::plan::{Form, Program};
use crate::random::BLOCK;
use crate::stats::{BlockMeans, Estimate, Histogram};
use rayon::prelude::*;

/// Blocks in a batch: the unit of threads, stopping and streaming.
pub const BATCH: usize = 8;

/// One row's findings.
#[derive(Debug, Clone, Default)]
pub struct RowFindings {
    /// Block means.
    pub means: BlockMeans,
    /// Distribution over replicates.
    pub histogram: Histogram,
}

/// What a look sees: the block's rows, replicates of the block only.
pub struct BlockView<'b> {
    /// Number of the block's first replicate.
    pub first: usize,
    /// Values of per-replicate rows, by row index; empty for others.
    pub rows: &'b [Vec<f64>],
}

/// Result of the E layer.
pub struct Expectation {
    /// Replicates run.
    pub replicates: usize,
    /// Whether `look` asked to stop.
    pub settled: bool,
    /// By row index (histograms only for per-replicate rows).
    pub rows: Vec<RowFindings>,
    /// Mean of every column by block, and the block's size.
    pub columns: Vec<(Vec<f64>, usize)>,
    /// Importance sums by block group.
    pub importance: ImportanceSums,
}

/// What a block gives.
pub(super) struct BlockResult {
    pub(super) rows: Vec<Vec<f64>>,
    column_means: Vec<f64>,
    importance: ImportanceSums,
    pub(super) size: usize,
}

/// Runs until `look` (called for every block in order, asked at every batch boundary) is
/// satisfied, or the replicates are used up.
///
/// # Errors
/// Those of `look` (a sink may be full).
pub fn run_expectation(
    program: &Program,
    settings: &RunSettings,
    watched: &[usize],
    progress: &dyn Progress,
    pool: &super::Pool,
    mut look: impl FnMut(&BlockView<'_>, bool) -> std::io::Result<bool>,
) -> std::io::Result<Expectation> {
    let total = settings
        .replicates
        .unwrap_or(settings.max_replicates)
        .max(1);
    let blocks = total.div_ceil(BLOCK);
    let mut result = Expectation::empty(program, watched.len());
    let mut next = 0;
    while next < blocks && !result.settled {
        let end = (next + BATCH).min(blocks);
        let size = |block: usize| (total - block * BLOCK).min(BLOCK);
        let one = |block| run_block(program, settings, watched, block, size(block));
        let ready: Vec<BlockResult> =
            pool.install(|| (next..end).into_par_iter().map(one).collect());
        for (i, block) in ready.into_iter().enumerate() {
            let last = next + i + 1 == end;
            let view = BlockView {
                first: result.replicates,
                rows: &block.rows,
            };
            result.settled = look(&view, last)? && last;
            result.take(block);
        }
        progress.advance("expectation", result.replicates, total);
        next = end;
    }
    result
        .rows
        .iter_mut()
        .for_each(|row| row.histogram.settle());
    Ok(result)
}

pub(super) fn run_block(
    program: &Program,
    settings: &RunSettings,
    watched: &[usize],
    block: usize,
    size: usize,
) -> BlockResult {
    let basis = Basis::evaluate(program, settings.seed, block as u64, At::Draws);
    let mut rows = Vec::with_capacity(program.rows.len());
    for row in &program.rows {
        let mut values = Vec::new();
        if row.id.per_replicate() {
            values.resize(BLOCK, 0.0);
            basis.form(&row.form, &mut values);
            values.truncate(size);
            values.iter_mut().for_each(|v| *v += 0.0); // −0 becomes 0
        }
        rows.push(values);
    }
    let mut importance = ImportanceSums::new(program.draws.len(), watched.len());
    let outcomes: Vec<&[f64]> = watched.iter().map(|w| rows[*w].as_slice()).collect();
    importance.add_block(&basis.uniforms, &outcomes);
    let column_means = column_means(program, &basis, size);
    BlockResult {
        rows,
        column_means,
        importance,
        size,
    }
}

/// Mean of every live column over the block's replicates.
fn column_means(program: &Program, basis: &Basis, size: usize) -> Vec<f64> {
    let mean = |c: usize| {
        let lane = basis.lane(crate::plan::Column(c as u32));
        sum_in_eight(&lane[..size]) / size as f64
    };
    (0..program.nodes.len())
        .map(|c| if program.live[c] { mean(c) } else { 0.0 })
        .collect()
}

kernel! {
    /// Sum in eight partial sums, joined in order: the same bits on every path, and no chain of
    /// 512 dependent additions.
    fn sum_in_eight(values: &[f64]) -> f64 {
        let mut sums = [0.0f64; 8];
        let whole = values.chunks_exact(8);
        let rest = whole.remainder();
        for chunk in whole {
            for i in 0..8 {
                sums[i] += chunk[i];
            }
        }
        let mut total = 0.0;
        for sum in sums {
            total += sum;
        }
        for x in rest {
            total += x;
        }
        total
    }
}

impl Expectation {
    pub(super) fn empty(program: &Program, watched: usize) -> Expectation {
        Expectation {
            replicates: 0,
            settled: false,
            rows: vec![RowFindings::default(); program.rows.len()],
            columns: Vec::new(),
            importance: ImportanceSums::new(program.draws.len(), watched),
        }
    }

    pub(super) fn take(&mut self, block: BlockResult) {
        for (found, values) in self.rows.iter_mut().zip(&block.rows) {
            if !values.is_empty() {
                found.means.push_values(values);
                found.histogram.add_slice(values);
            }
        }
        self.importance.append(block.importance);
        self.replicates += block.size;
        self.columns.push((block.column_means, block.size));
    }

    /// Mean and error of a form, from the block means of its columns.
    pub fn estimate(&self, form: &Form) -> Estimate {
        let mut means = BlockMeans::new();
        for (columns, size) in &self.columns {
            let mean: f64 = form
                .terms
                .iter()
                .map(|(c, w)| w * columns[c.0 as usize])
                .sum();
            means.push(mean, *size);
        }
        means.estimate()
    }
}
