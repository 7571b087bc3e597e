//! A mean and its error from the means of independent blocks.
//!
//! Replicates of a block are stratified against each other (Latin hypercube), so their own
//! spread overstates the error; blocks are independent, so the spread of their means does not.
//!
//! Absent: replicates. Only a block's mean, its size and at most its variance are kept.

/// A mean with its Monte Carlo standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub mean: f64,
    /// Its standard error from simulation alone; infinite where it cannot be known.
    pub mcse: f64,
}

/// Collects block means in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BlockMeans {
    blocks: Vec<Block>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Block {
    mean: f64,
    size: f64,
    /// The variance within, if replicates were seen.
    variance: Option<f64>,
}

/// Fewer means than this say too little about their own spread.
const ENOUGH: usize = 4;

impl BlockMeans {
    /// Nothing yet.
    pub fn new() -> BlockMeans {
        BlockMeans::default()
    }

    /// Adds a block's mean over `n` replicates; an empty block is ignored.
    pub fn push(&mut self, mean: f64, n: usize) {
        if n > 0 {
            self.blocks.push(Block {
                mean,
                size: n as f64,
                variance: None,
            });
        }
    }

    /// Adds a block by its replicates, so that fewer than four blocks have an error too.
    pub fn push_values(&mut self, values: &[f64]) {
        if values.is_empty() {
            return;
        }
        let size = values.len() as f64;
        let mean = values.iter().sum::<f64>() / size;
        let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
        let variance = (values.len() > 1).then(|| squares / (size - 1.0));
        self.blocks.push(Block {
            mean,
            size,
            variance,
        });
    }

    /// Appends another's blocks after these. Order is part of the result.
    pub fn append(&mut self, other: &BlockMeans) {
        self.blocks.extend_from_slice(&other.blocks);
    }

    /// Blocks seen.
    pub fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Replicates seen.
    pub fn replicates(&self) -> f64 {
        self.blocks.iter().map(|b| b.size).sum()
    }

    /// The mean weighted by block size, and its standard error.
    ///
    /// From four blocks: s² = Σ n_b (m_b − m)²/(B − 1) over Σ n_b. Below that the replicates'
    /// own spread, as if they were independent, which under Latin hypercube sampling is at
    /// most slightly too small a factor n/(n − 1) (Owen 1997) and usually far too large; without
    /// replicates infinite. NaN mean if there is no block.
    pub fn estimate(&self) -> Estimate {
        let total = self.replicates();
        if total == 0.0 {
            return Estimate {
                mean: f64::NAN,
                mcse: f64::INFINITY,
            };
        }
        let mean = self.blocks.iter().map(|b| b.size * b.mean).sum::<f64>() / total;
        let variance = if self.blocks.len() >= ENOUGH {
            self.between(mean)
        } else {
            self.within()
        };
        Estimate {
            mean,
            mcse: (variance / total).sqrt(),
        }
    }

    /// Variance of a replicate, as the block means' spread shows it.
    fn between(&self, mean: f64) -> f64 {
        let squares = self
            .blocks
            .iter()
            .map(|b| b.size * (b.mean - mean) * (b.mean - mean));
        squares.sum::<f64>() / (self.blocks.len() as f64 - 1.0)
    }

    /// Variance of a replicate within blocks, pooled.
    fn within(&self) -> f64 {
        let (mut squares, mut freedom) = (0.0, 0.0);
        for block in &self.blocks {
            let Some(variance) = block.variance else {
                return f64::INFINITY;
            };
            squares += variance * (block.size - 1.0);
            freedom += block.size - 1.0;
        }
        squares / freedom
    }
}
