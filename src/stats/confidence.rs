//! A confidence sequence: an interval for a mean that may be looked at after every value.
//!
//! ```text
//! gambler⁺(m) bets that the mean exceeds m, gambler⁻(m) that it is less
//! m is in the interval while neither has multiplied the stake by 2/α
//! ```
//!
//! I. Waudby-Smith and A. Ramdas, "Estimating means of bounded random variables by betting",
//! J. R. Statist. Soc. B 86 (2024) 1–27, doi:10.1093/jrsssb/qkad009: hedged capital (theorem 3)
//! with predictable plug-in bets. If m is the mean, each gambler's capital is a nonnegative
//! martingale, which ever reaches 2/α with probability at most α/2 (Ville). Any bet fixed before
//! its value is seen keeps that true; the bets below are tuned for means of blocks, whose
//! variance is small.
//!
//! Absent: a number of looks. There is none to declare.

use crate::numeric::ln;

/// An interval for the mean of independent values in [0, 1], valid at every look at once.
#[derive(Debug, Clone, PartialEq)]
pub struct ConfidenceSequence {
    alpha: f64,
    /// Each value with the bet made before it was seen.
    history: Vec<(f64, f64)>,
    sum: f64,
    squares: f64,
    lower: f64,
    upper: f64,
}

/// Variance believed in before any value: that of a mean of 256 fair coins.
const PRIOR_VARIANCE: f64 = 1.0 / 1024.0;

/// No bet risks more than this share of the capital.
const LARGEST_STAKE: f64 = 0.9;

/// Until so many values the interval is renewed at each, then at every eighth: a batch.
const EVERY_VALUE_UNTIL: usize = 64;
const RENEWED_EVERY: usize = 8;

impl ConfidenceSequence {
    /// Holds the mean at all times with probability at least 1 − `alpha`.
    ///
    /// # Panics
    /// If `alpha` is not in (0, 1).
    pub fn new(alpha: f64) -> ConfidenceSequence {
        assert!(
            alpha > 0.0 && alpha < 1.0,
            "an error probability lies in (0, 1)"
        );
        ConfidenceSequence {
            alpha,
            history: Vec::new(),
            sum: 0.0,
            squares: 0.0,
            lower: 0.0,
            upper: 1.0,
        }
    }

    /// Adds a value, such as the share of a block's replicates in which an event occurred.
    ///
    /// # Panics
    /// If `x` is not in [0, 1].
    pub fn push(&mut self, x: f64) {
        assert!((0.0..=1.0).contains(&x), "a value lies in [0, 1]");
        let bet = self.next_bet();
        self.history.push((x, bet));
        self.sum += x;
        let n = self.history.len();
        let off = x - (0.5 + self.sum) / (n as f64 + 1.0);
        self.squares += off * off;
        if n <= EVERY_VALUE_UNTIL || n.is_multiple_of(RENEWED_EVERY) {
            self.renew();
        }
    }

    /// The intersection of all intervals so far; (0, 1) before the first value.
    pub fn interval(&self) -> (f64, f64) {
        (self.lower, self.upper)
    }

    /// Values seen.
    pub fn len(&self) -> usize {
        self.history.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.history.is_empty()
    }

    /// √(2 ln(2/α) / (σ̂² t ln(1 + t))), from the values before.
    fn next_bet(&self) -> f64 {
        let t = self.history.len() as f64 + 1.0;
        let variance = (PRIOR_VARIANCE + self.squares) / t;
        (2.0 * ln(2.0 / self.alpha) / (variance * t * ln(1.0 + t))).sqrt()
    }

    fn renew(&mut self) {
        let mean = self.sum / self.history.len() as f64;
        // Should the running interval already lie to one side of the mean, the sequence has
        // lost its α: it shrinks to its nearer end rather than to nothing.
        if self.lower < mean {
            let found = self.edge(self.lower, mean, |m| self.broke_from_below(m));
            self.lower = smaller(found, self.upper);
        }
        if self.upper > mean {
            let upward = |m| self.broke_from_above(1.0 - m);
            let found = 1.0 - self.edge(1.0 - self.upper, 1.0 - mean, upward);
            let found = if found < self.lower {
                self.lower
            } else {
                found
            };
            self.upper = smaller(found, self.upper);
        }
    }

    /// The largest value found that is refuted, from `low` (kept if it is not) up to `high`.
    fn edge(&self, low: f64, high: f64, refuted: impl Fn(f64) -> bool) -> f64 {
        if !refuted(low) {
            return low;
        }
        let (mut low, mut high) = (low, high);
        while high - low > 1e-7 {
            let middle = 0.5 * (low + high);
            if refuted(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Whether the gambler who bets on more than `m` has won 2/α.
    fn broke_from_below(&self, m: f64) -> bool {
        let most = if m > 0.0 {
            LARGEST_STAKE / m
        } else {
            f64::INFINITY
        };
        self.won(|x, bet| 1.0 + smaller(bet, most) * (x - m))
    }

    fn broke_from_above(&self, m: f64) -> bool {
        let most = if m < 1.0 {
            LARGEST_STAKE / (1.0 - m)
        } else {
            f64::INFINITY
        };
        self.won(|x, bet| 1.0 - smaller(bet, most) * (x - m))
    }

    /// Capital by products in order, its logarithm taken before it can leave the range.
    fn won(&self, factor: impl Fn(f64, f64) -> f64) -> bool {
        let (mut logarithm, mut product) = (0.0, 1.0);
        for (x, bet) in &self.history {
            product *= factor(*x, *bet);
            if !(1e-100..1e100).contains(&product) {
                logarithm += ln(product);
                product = 1.0;
            }
        }
        logarithm + ln(product) >= ln(2.0 / self.alpha)
    }
}

fn smaller(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}
