//! Quantiles of sorted values, and intervals for them.
//!
//! Absent: sorting. Who calls knows whether it is done already.

use crate::numeric::beta_lower;

/// The quantile at `p` in [0, 1]: type 7 of R. J. Hyndman and Y. Fan, "Sample quantiles in
/// statistical packages", The American Statistician 50 (1996) 361–365. NaN if there are none.
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let position = p.clamp(0.0, 1.0) * last as f64;
    let below = (position as usize).min(last);
    let above = (below + 1).min(last);
    let share = position - below as f64;
    // Equal neighbours must give their value exactly, infinite ones included.
    if sorted[below] == sorted[above] || share == 0.0 {
        return sorted[below];
    }
    sorted[below] + share * (sorted[above] - sorted[below])
}

/// An interval of order statistics that holds the true quantile at `p` with probability at
/// least `level`, whatever the law (H. A. David and H. N. Nagaraja, *Order Statistics*, 3rd ed.,
/// section 7.1). An end is infinite if there are too few values for one.
///
/// Exact for independent values; under Latin hypercube sampling the interval is wider than it
/// need be.
pub fn quantile_interval(sorted: &[f64], p: f64, level: f64) -> (f64, f64) {
    let n = sorted.len();
    let tail = 0.5 * (1.0 - level);
    // Values at or below the quantile are Binomial(n, p). X₍ᵣ₎ exceeds it if fewer than r are.
    let lower = (0..n).rank_below(|r| fewer_than(n, p, r + 1) <= tail);
    let upper = (0..n).rank_below(|r| fewer_than(n, p, r + 1) < 1.0 - tail);
    (
        lower
            .checked_sub(1)
            .map_or(f64::NEG_INFINITY, |i| sorted[i]),
        sorted.get(upper).copied().unwrap_or(f64::INFINITY),
    )
}

/// P(Binomial(n, p) < r) for 1 ≤ r ≤ n.
fn fewer_than(n: usize, p: f64, r: usize) -> f64 {
    1.0 - beta_lower(r as f64, (n - r + 1) as f64, p)
}

trait RankBelow {
    /// How many ranks from the first satisfy a condition that, once false, stays false.
    fn rank_below(self, holds: impl Fn(usize) -> bool) -> usize;
}

impl RankBelow for std::ops::Range<usize> {
    fn rank_below(self, holds: impl Fn(usize) -> bool) -> usize {
        let (mut low, mut high) = (self.start, self.end);
        while low < high {
            let middle = low + (high - low) / 2;
            if holds(middle) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}
