//! A histogram of any number of values whose merge is exact and knows no order.
//!
//! ```text
//! f64 ─order-preserving bits→ u64 ─top 24→ bin ─count→ sorted (bin, count) runs
//! ```
//!
//! A bin spans a relative width of 2⁻¹² everywhere (1 sign, 11 exponent and 12 fraction bits),
//! and no range has to be guessed beforehand. Counts are integers, so shards merge to the same
//! bits in any order.
//!
//! Absent: a hash map, whose order could reach a figure, and NaN or infinity, which are refused.

/// Counts of values by their leading bits.
#[derive(Debug, Clone)]
pub struct Histogram {
    /// Ascending bins with their counts.
    runs: Vec<(u32, u64)>,
    /// Bins seen since `runs` was last brought up to date.
    pending: Vec<u32>,
    min: f64,
    max: f64,
}

const DROPPED_BITS: u32 = 40;
const SIGN: u64 = 1 << 63;

/// Values gathered before they are sorted into the runs.
const BATCH: usize = 1 << 14;

impl Default for Histogram {
    fn default() -> Histogram {
        Histogram {
            runs: Vec::new(),
            pending: Vec::new(),
            min: f64::INFINITY,
            max: f64::NEG_INFINITY,
        }
    }
}

/// Equal if they hold the same values up to bins, however they were gathered.
impl PartialEq for Histogram {
    fn eq(&self, other: &Histogram) -> bool {
        self.min == other.min && self.max == other.max && self.settled() == other.settled()
    }
}

impl Histogram {
    /// No values.
    pub fn new() -> Histogram {
        Histogram::default()
    }

    /// Adds values. −0 counts as 0.
    ///
    /// # Panics
    /// If a value is NaN or infinite: such a figure must not be lost in a count.
    pub fn add_slice(&mut self, values: &[f64]) {
        for value in values {
            assert!(value.is_finite(), "a histogram holds finite numbers");
            let value = value + 0.0;
            self.min = if value < self.min { value } else { self.min };
            self.max = if value > self.max { value } else { self.max };
            self.pending.push(bin_of(value));
        }
        // Never more to sort in than is sorted already, so that merging stays cheap a value.
        if self.pending.len() >= BATCH.max(self.runs.len()) {
            self.settle();
        }
    }

    /// Adds another histogram's values.
    pub fn merge(&mut self, other: &Histogram) {
        self.settle();
        self.runs = merged(&self.runs, &other.settled());
        self.min = if other.min < self.min {
            other.min
        } else {
            self.min
        };
        self.max = if other.max > self.max {
            other.max
        } else {
            self.max
        };
    }

    /// Values held.
    pub fn count(&self) -> u64 {
        self.runs.iter().map(|run| run.1).sum::<u64>() + self.pending.len() as u64
    }

    /// The least value held, exactly; +∞ if none.
    pub fn min(&self) -> f64 {
        self.min
    }

    /// The largest value held, exactly; −∞ if none.
    pub fn max(&self) -> f64 {
        self.max
    }

    /// The quantile at `p` in [0, 1], interpolated within its bin: off by at most the bin's
    /// width, 1/4096 of the value, and much less where the density is smooth. Exact for a
    /// constant and at p = 0 and 1. NaN if there is no value.
    pub fn quantile(&self, p: f64) -> f64 {
        let runs = self.settled();
        let count = self.count();
        if count == 0 {
            return f64::NAN;
        }
        // Type 7, as for values kept: position 0 is the least value, n − 1 the largest.
        let position = p.clamp(0.0, 1.0) * (count - 1) as f64;
        if position == 0.0 {
            return self.min;
        }
        if position == (count - 1) as f64 {
            return self.max;
        }
        let mut before = 0;
        for (bin, held) in runs.iter() {
            let after = before + held;
            if position + 0.5 < after as f64 || after == count {
                let share = (position + 0.5 - before as f64) / *held as f64;
                return self.within(*bin, share.clamp(0.0, 1.0));
            }
            before = after;
        }
        self.max
    }

    /// The share of values at most `x`, counting a part of x's own bin in proportion.
    pub fn share_at_most(&self, x: f64) -> f64 {
        if x >= self.max {
            return 1.0;
        }
        if x < self.min {
            return 0.0;
        }
        let own = bin_of(x + 0.0);
        let mut sum = 0.0;
        for (bin, held) in self.settled().iter() {
            if *bin < own {
                sum += *held as f64;
            } else if *bin == own {
                let (low, high) = self.span(own);
                let part = if high > low {
                    (x - low) / (high - low)
                } else {
                    1.0
                };
                sum += *held as f64 * part.clamp(0.0, 1.0);
            }
        }
        sum / self.count() as f64
    }

    fn within(&self, bin: u32, share: f64) -> f64 {
        let (low, high) = self.span(bin);
        if low == high {
            low
        } else {
            low + share * (high - low)
        }
    }

    /// The bin's ends, no wider than the values seen.
    fn span(&self, bin: u32) -> (f64, f64) {
        let (low, high) = (value_at(bin), value_at(bin + 1));
        (
            if low < self.min { self.min } else { low },
            if high > self.max { self.max } else { high },
        )
    }

    /// Sorts in what is pending, so that later questions need not.
    pub fn settle(&mut self) {
        if !self.pending.is_empty() {
            self.runs = self.settled().into_owned();
            self.pending.clear();
        }
    }

    fn settled(&self) -> std::borrow::Cow<'_, [(u32, u64)]> {
        if self.pending.is_empty() {
            return std::borrow::Cow::Borrowed(&self.runs);
        }
        let mut bins = self.pending.clone();
        bins.sort_unstable();
        let fresh: Vec<(u32, u64)> = bins
            .chunk_by(|a, b| a == b)
            .map(|run| (run[0], run.len() as u64))
            .collect();
        std::borrow::Cow::Owned(merged(&self.runs, &fresh))
    }
}

/// Bits in the order of the numbers: negative ones reversed, positive ones above.
fn ordered(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits & SIGN != 0 { !bits } else { bits | SIGN }
}

fn bin_of(value: f64) -> u32 {
    (ordered(value) >> DROPPED_BITS) as u32
}

/// The least number of a bin.
fn value_at(bin: u32) -> f64 {
    let bits = u64::from(bin) << DROPPED_BITS;
    f64::from_bits(if bits & SIGN != 0 {
        bits & !SIGN
    } else {
        !bits
    })
}

/// Two ascending runs as one.
fn merged(a: &[(u32, u64)], b: &[(u32, u64)]) -> Vec<(u32, u64)> {
    let mut out = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => {
                out.push(a[i]);
                i += 1;
            }
            std::cmp::Ordering::Greater => {
                out.push(b[j]);
                j += 1;
            }
            std::cmp::Ordering::Equal => {
                out.push((a[i].0, a[i].1 + b[j].1));
                i += 1;
                j += 1;
            }
        }
    }
    out.extend_from_slice(&a[i..]);
    out.extend_from_slice(&b[j..]);
    out
}
