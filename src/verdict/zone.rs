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
    let signed = sorted.zone(confidence, tolerance);
    let full = sorted.zone(confidence, (0.0, 0.0));
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len().max(1) as f64;
    let exact = |x: f64| (x, (x, x));
    let (mean_low, mean_high) = (-mean(draws.municipality), mean(draws.region));
    let means = Zone {
        low: exact(mean_low),
        high: exact(mean_high),
        pieces: Vec::from_iter((mean_low <= mean_high).then_some((mean_low, mean_high))),
    };
    let sum = |zone: &Zone| {
        let point = zone.nearest_zero()?;
        Some(draws.sum(point, confidence, tolerance))
    };
    Compensation {
        zone: signed.hull(),
        t_star: sum(&signed),
        t_full: sum(&full),
        t_mean: sum(&means),
        ends: (signed.low, signed.high),
        unit,
    }
}

/// Whether more draws could still open or close the zone: the intervals of its ends overlap.
pub(super) fn unsettled(draws: &Draws<'_>, confidence: f64, tolerance: (f64, f64)) -> bool {
    let zone = Sorted::new(draws).zone(confidence, tolerance);
    zone.low.1.1 >= zone.high.1.0 && zone.low.1.0 <= zone.high.1.1
}

/// Lump sums for which every tested party holds: intervals on the line of T.
struct Zone {
    /// Least T for the municipalities, highest for the region (and the operator's profit).
    low: End,
    high: End,
    /// Where all hold; empty if nowhere.
    pieces: Vec<(f64, f64)>,
}

impl Zone {
    fn hull(&self) -> Option<(f64, f64)> {
        let low = self
            .pieces
            .iter()
            .map(|p| p.0)
            .fold(f64::INFINITY, f64::min);
        let high = self
            .pieces
            .iter()
            .map(|p| p.1)
            .fold(f64::NEG_INFINITY, f64::max);
        (!self.pieces.is_empty()).then_some((low, high))
    }

    /// The point nearest 0, with the interval of the end it comes from.
    fn nearest_zero(&self) -> Option<End> {
        let nearest = |p: &(f64, f64)| 0.0f64.clamp(p.0, p.1);
        let points = self.pieces.iter().map(nearest);
        let point = points.min_by(|a, b| a.abs().total_cmp(&b.abs()))?;
        let around = |end: End| (end.1.0 - end.0, end.1.1 - end.0);
        let (below, above) = match point {
            p if p > 0.0 => around(self.low),
            p if p < 0.0 => around(self.high),
            _ => (0.0, 0.0),
        };
        Some((point, (point + below, point + above)))
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

    fn zone(&self, confidence: f64, (tau_region, tau_municipality): (f64, f64)) -> Zone {
        let surely = |v: &[f64]| (kth_largest(v, confidence), interval(v, 1.0 - confidence));
        let (region, spread) = surely(&self.region);
        let high = (
            region + tau_region,
            (spread.0 + tau_region, spread.1 + tau_region),
        );
        let (v, (a, b)) = surely(&self.municipality);
        let low = (
            -v - tau_municipality,
            (-b - tau_municipality, -a - tau_municipality),
        );
        match &self.y {
            None => {
                let pieces = Vec::from_iter((low.0 <= high.0).then_some((low.0, high.0)));
                Zone { low, high, pieces }
            }
            Some(y) => self.operated(y, confidence, tau_municipality, low, high),
        }
    }

    /// Under *no loss, no profit* T must also keep |Y + T| within the floor often enough.
    fn operated(&self, y: &[f64], confidence: f64, tau: f64, low: End, high: End) -> Zone {
        let fits = windows(y, confidence, tau).into_iter();
        let cut = fits.map(|(a, b)| (a.max(low.0), b.min(high.0)));
        let pieces: Vec<(f64, f64)> = cut.filter(|(a, b)| a <= b).collect();
        // the ends that are told: loss and profit each for themselves
        let (least, most) = (interval(y, 1.0 - confidence), interval(y, confidence));
        let no_loss = -kth_largest(y, confidence) - tau;
        let no_profit = tau - kth_largest(y, 1.0 - confidence);
        let no_loss = (no_loss, (-least.1 - tau, -least.0 - tau));
        let no_profit = (no_profit, (tau - most.1, tau - most.0));
        Zone {
            low: if no_loss.0 > low.0 { no_loss } else { low },
            high: if no_profit.0 < high.0 {
                no_profit
            } else {
                high
            },
            pieces,
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

/// Every T with P(|Y + T| ≤ τ) ≥ π: for each window of ⌈πn⌉ draws no wider than 2τ, the T that
/// put it inside.
fn windows(sorted: &[f64], confidence: f64, tau: f64) -> Vec<(f64, f64)> {
    let n = sorted.len();
    let k = ((confidence * n as f64).ceil() as usize).clamp(1, n);
    let fits = |i: &usize| sorted[i + k - 1] - sorted[*i] <= 2.0 * tau;
    let shifts = |i: usize| (-tau - sorted[i], tau - sorted[i + k - 1]);
    (0..=n - k).filter(fits).map(shifts).collect()
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
