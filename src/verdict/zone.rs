//! The bargaining zone: lump sums T (present value, region → municipalities) for which both hold.
//!
//! On the draws themselves: with k = ⌈πn⌉, P(X_R − T ≥ −τ_R) ≥ π exactly when
//! T ≤ (k-th largest X_R) + τ_R. So T* satisfies the rule that asked for it, to the replicate.

use super::{Compensation, End, Sum};
use crate::stats::quantile_interval;

/// Draws that decide the zone.
pub(super) struct Draws<'d> {
    /// X of the region.
    pub region: &'d [f64],
    /// X of the municipalities together.
    pub municipality: &'d [f64],
    /// Y of the operator, where the rule forbids a profit.
    pub y: Option<&'d [f64]>,
    /// Units of the main activity (present value).
    pub units: Option<&'d [f64]>,
    /// Σ d_t over the payment years.
    pub years: f64,
}

/// The zone and its named points.
pub(super) fn compensation(
    draws: &Draws<'_>,
    confidence: f64,
    tolerance: (f64, f64),
    unit: Option<String>,
) -> Compensation {
    let sorted = Sorted::new(draws);
    let bounds = |tau: (f64, f64)| sorted.zone(confidence, tau);
    let (low, high) = bounds(tolerance);
    let zone = (low.0 <= high.0).then_some((low.0, high.0));
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len().max(1) as f64;
    let (mean_low, mean_high) = (-mean(draws.municipality), mean(draws.region));
    let sum = |(low, high): (End, End)| {
        (low.0 <= high.0).then(|| draws.sum(nearest_zero(low, high), confidence, tolerance))
    };
    let exact = |x: f64| (x, (x, x));
    Compensation {
        zone,
        ends: (low, high),
        t_star: sum((low, high)),
        t_full: sum(bounds((0.0, 0.0))),
        t_mean: sum((exact(mean_low), exact(mean_high))),
        unit,
    }
}

/// The point of [low, high] nearest 0, with the interval of the end it comes from.
fn nearest_zero(low: End, high: End) -> End {
    if low.0 > 0.0 {
        low
    } else if high.0 < 0.0 {
        high
    } else {
        (0.0, (0.0, 0.0))
    }
}

/// Ascending draws.
struct Sorted {
    region: Vec<f64>,
    municipality: Vec<f64>,
    y: Option<Vec<f64>>,
}

impl Sorted {
    fn new(draws: &Draws<'_>) -> Self {
        let sort = |v: &[f64]| {
            let mut v = v.to_vec();
            v.sort_by(f64::total_cmp);
            v
        };
        Sorted {
            region: sort(draws.region),
            municipality: sort(draws.municipality),
            y: draws.y.map(sort),
        }
    }

    fn zone(&self, confidence: f64, (tau_region, tau_municipality): (f64, f64)) -> (End, End) {
        let surely = |v: &[f64]| (kth_largest(v, confidence), interval(v, 1.0 - confidence));
        let (region, spread) = surely(&self.region);
        let high = (
            region + tau_region,
            (spread.0 + tau_region, spread.1 + tau_region),
        );
        let below = |(v, (a, b)): (f64, (f64, f64)), tau: f64| (-v - tau, (-b - tau, -a - tau));
        let low = below(surely(&self.municipality), tau_municipality);
        match &self.y {
            None => (low, high),
            Some(y) => match window(y, confidence, tau_municipality) {
                Some((from, to)) => {
                    let spread = interval(y, confidence);
                    let half = (spread.1 - spread.0) / 2.0;
                    let from = (from, (from - half, from + half));
                    let to = (to, (to - half, to + half));
                    (
                        if from.0 > low.0 { from } else { low },
                        if to.0 < high.0 { to } else { high },
                    )
                }
                // no T keeps |Y + T| within the floor often enough: an empty zone
                None => {
                    let profit = kth_largest(y, 1.0 - confidence);
                    (low, (tau_municipality - profit, interval(y, confidence)))
                }
            },
        }
    }
}

/// The largest v with at least a share π of the values at or above it.
fn kth_largest(sorted: &[f64], confidence: f64) -> f64 {
    let n = sorted.len();
    let k = ((confidence * n as f64).ceil() as usize).clamp(1, n);
    sorted[n - k]
}

/// 95 % Monte Carlo interval of a quantile; its ends never leave the draws (a confidence near 1
/// asks for more draws than there are).
fn interval(sorted: &[f64], p: f64) -> (f64, f64) {
    let (low, high) = quantile_interval(sorted, p, 0.95);
    let (least, most) = (sorted[0], sorted[sorted.len() - 1]);
    (low.max(least), high.min(most))
}

/// Lowest and highest T with P(|Y + T| ≤ τ) ≥ π: any window of ⌈πn⌉ draws no wider than 2τ.
fn window(sorted: &[f64], confidence: f64, tau: f64) -> Option<(f64, f64)> {
    let n = sorted.len();
    let k = ((confidence * n as f64).ceil() as usize).clamp(1, n);
    let fits = |i: &usize| sorted[i + k - 1] - sorted[*i] <= 2.0 * tau;
    let windows: Vec<(f64, f64)> = (0..=n - k)
        .filter(fits)
        .map(|i| (-tau - sorted[i], tau - sorted[i + k - 1]))
        .collect();
    let low = windows.iter().map(|w| w.0).fold(f64::INFINITY, f64::min);
    let high = windows
        .iter()
        .map(|w| w.1)
        .fold(f64::NEG_INFINITY, f64::max);
    (!windows.is_empty()).then_some((low, high))
}

impl Draws<'_> {
    /// A sum as present value, per year and per unit.
    fn sum(&self, (value, interval): End, confidence: f64, tolerance: (f64, f64)) -> Sum {
        let value = value + 0.0;
        Sum {
            value,
            interval: (interval.0 + 0.0, interval.1 + 0.0),
            per_year: value / self.years,
            per_unit: self.per_unit(value, confidence, tolerance),
        }
    }

    /// Per unit, tested again as a transfer that follows the units: `None` if it would not hold.
    fn per_unit(
        &self,
        value: f64,
        confidence: f64,
        (region, municipality): (f64, f64),
    ) -> Option<f64> {
        let units = self.units?;
        let expected = units.iter().sum::<f64>() / units.len().max(1) as f64;
        if expected <= 0.0 {
            return None;
        }
        let price = value / expected;
        let share = |holds: &dyn Fn(usize) -> bool| {
            (0..units.len()).filter(|i| holds(*i)).count() as f64 / units.len() as f64
        };
        let region = share(&|i| self.region[i] - price * units[i] >= -region);
        let municipality = share(&|i| self.municipality[i] + price * units[i] >= -municipality);
        // the test of the sum itself is exact; a price per unit may lose a replicate in a hundred
        let enough = confidence - 0.01;
        (region >= enough && municipality >= enough).then_some(price + 0.0)
    }
}
