//! Estimates with their errors: no mean without its Monte Carlo standard error.
//!
//! ```text
//! block means ─→ BlockMeans ─→ Estimate {mean, mcse}
//!             └→ ConfidenceSequence ─→ an interval valid at every look
//! replicates  ─→ Histogram ─→ quantiles of more values than are kept
//! ```
//!
//! Absent: parties, verdicts and draws. Numbers come in, numbers with an error go out.

mod block_means;
mod confidence;
mod histogram;
mod quantiles;
mod total_cost;
mod trial;

pub use block_means::{BlockMeans, Estimate};
pub use confidence::ConfidenceSequence;
pub use histogram::Histogram;
pub use quantiles::{quantile, quantile_interval};
pub use total_cost::{TotalCost, UnitService};
pub use trial::{Shrunk, Trial};

/// Sample covariance (denominator n − 1) of two equally long slices, summed in order; 0 for
/// fewer than two values.
///
/// # Panics
/// If the lengths differ.
pub fn covariance(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len(), "pairs");
    if a.len() < 2 {
        return 0.0;
    }
    let n = a.len() as f64;
    let (mean_a, mean_b) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let sum: f64 = a
        .iter()
        .zip(b)
        .map(|(a, b)| (a - mean_a) * (b - mean_b))
        .sum();
    sum / (n - 1.0)
}

/// Pearson's correlation; 0 where a slice is constant.
///
/// # Panics
/// If the lengths differ.
pub fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let scale = (covariance(a, a) * covariance(b, b)).sqrt();
    if scale > 0.0 {
        covariance(a, b) / scale
    } else {
        0.0
    }
}
