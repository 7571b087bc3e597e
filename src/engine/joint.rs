//! Several programs on the same draws: what a portfolio and its agreements are compared on.
//!
//! ```text
//!   block b ─┬ program 1 ─┐
//!            ├ program 2 ─┼─ in order → one look at all of them → stop together
//!            └ program 3 ─┘
//! ```
//!
//! A draw is a function of its address, so replicate i is the same world in every program.
//! Promise: each program's result is that of a run of its own with as many replicates.
//! Absent: what the programs mean to each other.

use super::expectation::{BATCH, BlockResult, run_block};
use super::{BlockView, Expectation, Pool, Progress, RunSettings};
use crate::plan::Program;
use crate::random::BLOCK;
use rayon::prelude::*;

/// Runs all programs until `look` is satisfied (see [`super::run_expectation`]) or the replicates
/// are used up. `watched` are each program's rows that are weighed for importance.
///
/// # Errors
/// Those of `look`.
pub fn run_jointly(
    programs: &[&Program],
    settings: &RunSettings,
    watched: &[Vec<usize>],
    progress: &dyn Progress,
    pool: &Pool,
    mut look: impl FnMut(&[BlockView<'_>], bool) -> std::io::Result<bool>,
) -> std::io::Result<Vec<Expectation>> {
    let total = settings.replicates.unwrap_or(settings.max_replicates);
    let total = total.max(1);
    let blocks = total.div_ceil(BLOCK);
    let pairs = programs.iter().zip(watched);
    let mut results: Vec<Expectation> =
        pairs.map(|(p, w)| Expectation::empty(p, w.len())).collect();
    let (mut next, mut settled) = (0, false);
    while next < blocks && !settled {
        let end = (next + BATCH).min(blocks);
        let size = |block: usize| (total - block * BLOCK).min(BLOCK);
        let n = programs.len();
        let one = |i: usize| {
            let (block, p) = (next + i / n, i % n);
            run_block(programs[p], settings, &watched[p], block, size(block))
        };
        let tasks = (0..(end - next) * n).into_par_iter();
        let ready: Vec<BlockResult> = pool.install(|| tasks.map(one).collect());
        let mut ready = ready.into_iter();
        for block in next..end {
            let of_block: Vec<BlockResult> = ready.by_ref().take(n).collect();
            let first = results[0].replicates;
            let views: Vec<BlockView<'_>> = of_block
                .iter()
                .map(|block| BlockView {
                    first,
                    rows: &block.rows,
                })
                .collect();
            let last = block + 1 == end;
            settled = look(&views, last)? && last;
            for (result, block) in results.iter_mut().zip(of_block) {
                result.take(block);
            }
        }
        progress.advance("expectation", results[0].replicates, total);
        next = end;
    }
    for result in &mut results {
        result.settled = settled;
        let rows = result.rows.iter_mut();
        rows.for_each(|row| row.histogram.settle());
    }
    Ok(results)
}
