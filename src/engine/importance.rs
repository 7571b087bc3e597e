//! Given-data importance: the share of an outcome's variance that one parameter explains alone.
//!
//! Replicates are sorted into [`BINS`] equally likely bins of the parameter; the variance of the
//! bins' means over the total variance is the first-order index (Plischke, Borgonovo & Smith
//! 2013, "Global sensitivity measures from given data"), less its bias (K − 1)/N · within.
//! Its error is a jackknife over groups of blocks.
//! Absent: names. Parameters and outcomes are indices.

use crate::stats::Estimate;

/// Bins of a parameter.
pub const BINS: usize = 16;

/// Groups of the jackknife at most.
const GROUPS: usize = 20;

/// Sums by block: one record a block.
#[derive(Debug, Clone, Default)]
pub struct ImportanceSums {
    parameters: usize,
    outcomes: usize,
    blocks: Vec<BlockSums>,
}

#[derive(Debug, Clone, Default)]
struct BlockSums {
    /// Replicates by parameter and bin.
    counts: Vec<f64>,
    /// Σ outcome by parameter, outcome and bin.
    sums: Vec<f64>,
    /// Σ outcome, Σ outcome² by outcome.
    totals: Vec<(f64, f64)>,
    size: f64,
}

impl ImportanceSums {
    /// Nothing yet.
    pub fn new(parameters: usize, outcomes: usize) -> Self {
        ImportanceSums {
            parameters,
            outcomes,
            blocks: Vec::new(),
        }
    }

    /// Adds a block: uniforms by parameter, outcome values by outcome.
    pub fn add_block(&mut self, uniforms: &[Vec<f64>], outcomes: &[&[f64]]) {
        let size = outcomes.first().map_or(0, |o| o.len());
        let mut block = BlockSums {
            counts: vec![0.0; self.parameters * BINS],
            sums: vec![0.0; self.parameters * self.outcomes * BINS],
            totals: vec![(0.0, 0.0); self.outcomes],
            size: size as f64,
        };
        for (o, values) in outcomes.iter().enumerate() {
            block.totals[o].0 = values.iter().sum();
            block.totals[o].1 = values.iter().map(|x| x * x).sum();
        }
        for (p, u) in uniforms.iter().enumerate() {
            for i in 0..size {
                let bin = ((u[i] * BINS as f64) as usize).min(BINS - 1);
                block.counts[p * BINS + bin] += 1.0;
                for (o, values) in outcomes.iter().enumerate() {
                    block.sums[(p * self.outcomes + o) * BINS + bin] += values[i];
                }
            }
        }
        self.blocks.push(block);
    }

    /// Appends another's blocks.
    pub fn append(&mut self, other: ImportanceSums) {
        self.blocks.extend(other.blocks);
    }

    /// Share of the variance of outcome `o` that parameter `p` explains, with its error; and
    /// the sign of the relation (+1 the outcome rises with the parameter).
    pub fn share(&self, p: usize, o: usize) -> (Estimate, i8) {
        let all: Vec<usize> = (0..self.blocks.len()).collect();
        let (share, sign) = self.share_of(p, o, &all);
        let groups = GROUPS.min(self.blocks.len());
        if groups < 2 {
            return (
                Estimate {
                    mean: share,
                    mcse: f64::INFINITY,
                },
                sign,
            );
        }
        let without = |g: usize| -> f64 {
            let kept: Vec<usize> = all.iter().copied().filter(|b| b % groups != g).collect();
            self.share_of(p, o, &kept).0
        };
        let leave_one_out: Vec<f64> = (0..groups).map(without).collect();
        let mean = leave_one_out.iter().sum::<f64>() / groups as f64;
        let spread: f64 = leave_one_out.iter().map(|x| (x - mean) * (x - mean)).sum();
        let mcse = (spread * (groups as f64 - 1.0) / groups as f64).sqrt();
        (Estimate { mean: share, mcse }, sign)
    }

    fn share_of(&self, p: usize, o: usize, blocks: &[usize]) -> (f64, i8) {
        let mut counts = [0.0; BINS];
        let mut sums = [0.0; BINS];
        let (mut n, mut total, mut squares) = (0.0, 0.0, 0.0);
        for &b in blocks {
            let block = &self.blocks[b];
            n += block.size;
            total += block.totals[o].0;
            squares += block.totals[o].1;
            for bin in 0..BINS {
                counts[bin] += block.counts[p * BINS + bin];
                sums[bin] += block.sums[(p * self.outcomes + o) * BINS + bin];
            }
        }
        let mean = total / n;
        let variance = squares / n - mean * mean;
        if n == 0.0 || variance <= 1e-12 * mean * mean {
            return (0.0, 0);
        }
        let mut between = 0.0;
        let mut slope = 0.0;
        for bin in 0..BINS {
            if counts[bin] > 0.0 {
                let gap = sums[bin] / counts[bin] - mean;
                between += counts[bin] / n * gap * gap;
                slope += gap * (bin as f64 - (BINS as f64 - 1.0) / 2.0);
            }
        }
        let bias = (BINS as f64 - 1.0) / n * (variance - between);
        let sign = if slope > 0.0 { 1 } else { -1 };
        (((between - bias) / variance).clamp(0.0, 1.0), sign)
    }
}
