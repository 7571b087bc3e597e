//! The tested probabilities, followed block by block with anytime-valid intervals.
//!
//! A probability is *settled* when its confidence sequence lies wholly at or above π, at or below
//! 1 − π, or strictly between: then more replicates cannot change what is said.

use super::Probability;
use crate::stats::{BlockMeans, ConfidenceSequence};

/// Error shared by every probability that decides something.
const ERROR: f64 = 0.05;

/// One probability followed through the run.
#[derive(Debug, Clone)]
pub(super) struct Followed {
    /// None: shown, decides nothing.
    sequence: Option<ConfidenceSequence>,
    means: BlockMeans,
}

impl Followed {
    /// One of `tests` probabilities that share the error.
    pub(super) fn new(tests: usize) -> Self {
        Followed {
            sequence: Some(ConfidenceSequence::new(ERROR / tests.max(1) as f64)),
            means: BlockMeans::new(),
        }
    }

    /// A probability that is shown and decides nothing.
    pub(super) fn shown() -> Self {
        Followed {
            sequence: None,
            means: BlockMeans::new(),
        }
    }

    /// The confidence sequence's interval; without one a normal 95 % interval.
    fn interval(&self) -> (f64, f64) {
        match &self.sequence {
            Some(sequence) => sequence.interval(),
            None => {
                let estimate = self.means.estimate();
                let half = 1.96 * estimate.mcse;
                (
                    (estimate.mean - half).max(0.0),
                    (estimate.mean + half).min(1.0),
                )
            }
        }
    }

    /// Adds a block: the share of its replicates for which the event holds.
    pub(super) fn push(&mut self, holds: impl Iterator<Item = bool>) {
        let values: Vec<f64> = holds.map(|h| if h { 1.0 } else { 0.0 }).collect();
        if values.is_empty() {
            return;
        }
        if let Some(sequence) = &mut self.sequence {
            sequence.push(values.iter().sum::<f64>() / values.len() as f64);
        }
        self.means.push_values(&values);
    }

    /// Whether more replicates cannot change the side of π and 1 − π.
    pub(super) fn settled(&self, confidence: f64) -> bool {
        let (low, high) = self.interval();
        low >= confidence
            || high <= 1.0 - confidence
            || (low > 1.0 - confidence && high < confidence)
    }

    /// Whether the interval is at most ± `precision` wide.
    pub(super) fn within(&self, precision: f64) -> bool {
        let (low, high) = self.interval();
        high - low <= 2.0 * precision
    }

    /// The estimate.
    pub(super) fn probability(&self) -> Probability {
        let estimate = self.means.estimate();
        let (low, high) = self.interval();
        Probability {
            p: estimate.mean,
            mcse: estimate.mcse,
            low,
            high,
        }
    }
}
