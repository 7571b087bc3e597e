//! Probabilities in words, always with the count behind them.
//!
//! ```text
//! p ──Likelihood::of──▶ "sandsynligt"      p, mcse, n ──OutOf::of──▶ "8 ud af 10 beregninger"
//! ```
//!
//! The scale is fixed for every document (in the spirit of the IPCC's). Absent: *kan ikke
//! afgøres*, which is a verdict and never a probability.

use super::number::supported_place;
use crate::verdict::Probability;

/// The five words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likelihood {
    /// At most 10 %.
    Unlikely,
    /// 10–30 %.
    LessLikely,
    /// 30–70 %.
    Even,
    /// 70–90 %.
    Likely,
    /// At least 90 %.
    VeryLikely,
}

impl Likelihood {
    /// The word for a probability.
    pub fn of(p: f64) -> Likelihood {
        match p {
            p if p >= 0.9 => Likelihood::VeryLikely,
            p if p >= 0.7 => Likelihood::Likely,
            p if p > 0.3 => Likelihood::Even,
            p if p > 0.1 => Likelihood::LessLikely,
            _ => Likelihood::Unlikely,
        }
    }
}

/// How many calculations out of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutOf {
    /// So many of ten or of a hundred.
    Hits(u32, u32),
    /// More than so many of so many, yet not all.
    MoreThan(u32, u32),
    /// Fewer than so many of so many, yet not none.
    FewerThan(u32, u32),
    /// Every one that was made.
    All(usize),
    /// Not one of those that were made.
    None(usize),
}

impl OutOf {
    /// The count that the error supports: of ten, nearer the ends of a hundred, and *all* or
    /// *none* only where that is what was counted. Where tenths would stand on the other side of
    /// `confidence` or of a word's limit, of a hundred: "8 of 10" is not said of 77 % beside a
    /// limit of 80 %.
    pub fn of(probability: Probability, confidence: f64, replicates: usize) -> OutOf {
        let p = probability.p;
        if p >= 1.0 {
            return OutOf::All(replicates);
        }
        if p <= 0.0 {
            return OutOf::None(replicates);
        }
        let hundredths = supported_place(probability.mcse).is_none_or(|place| place <= -2);
        let tenths = (p * 10.0).round() as u32;
        let limits = [0.1, 0.3, 0.7, 0.9, confidence];
        let misleads = limits
            .iter()
            .any(|l| (p >= *l) != (tenths as f64 >= 10.0 * l));
        match tenths {
            1..=9 if misleads && hundredths => OutOf::on_its_side(p, confidence),
            1..=9 => OutOf::Hits(tenths, 10),
            _ if hundredths => OutOf::near_the_end(p, 100),
            _ => OutOf::near_the_end(p, 10),
        }
    }

    /// Of a hundred, on the side of `confidence` that p is on.
    fn on_its_side(p: f64, confidence: f64) -> OutOf {
        let limit = confidence * 100.0;
        let hits = (p * 100.0).round();
        let hits = match p >= confidence {
            true => hits.max(limit.ceil()),
            false if hits >= limit => limit.ceil() - 1.0,
            false => hits,
        };
        OutOf::Hits(hits as u32, 100)
    }

    fn near_the_end(p: f64, of: u32) -> OutOf {
        match (p * f64::from(of)).round() as u32 {
            0 => OutOf::FewerThan(1, of),
            hits if hits >= of => OutOf::MoreThan(of - 1, of),
            hits => OutOf::Hits(hits, of),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn out_of(p: f64, mcse: f64) -> OutOf {
        let probability = Probability {
            p,
            mcse,
            ..Probability::default()
        };
        OutOf::of(probability, 0.8, 10_000)
    }

    #[test]
    fn words_change_at_ten_thirty_seventy_and_ninety_per_cent() {
        let words = [0.10, 0.11, 0.30, 0.31, 0.69, 0.70, 0.89, 0.90].map(Likelihood::of);
        use Likelihood::*;
        assert_eq!(
            words,
            [
                Unlikely, LessLikely, LessLikely, Even, Even, Likely, Likely, VeryLikely
            ]
        );
    }

    #[test]
    fn the_count_never_claims_all_or_none_unless_counted() {
        assert_eq!(out_of(0.8, 0.004), OutOf::Hits(8, 10));
        assert_eq!(out_of(0.97, 0.002), OutOf::Hits(97, 100));
        assert_eq!(out_of(0.999, 0.000_3), OutOf::MoreThan(99, 100));
        assert_eq!(out_of(0.001, 0.000_3), OutOf::FewerThan(1, 100));
        assert_eq!(out_of(1.0, 0.0), OutOf::All(10_000));
        assert_eq!(out_of(0.0, 0.0), OutOf::None(10_000));
    }

    #[test]
    fn rounding_never_carries_a_count_over_the_limit_it_is_held_against() {
        assert_eq!(out_of(0.775, 0.002), OutOf::Hits(78, 100));
        assert_eq!(out_of(0.799_9, 0.002), OutOf::Hits(79, 100));
        assert_eq!(out_of(0.82, 0.002), OutOf::Hits(8, 10));
        // a word's limit is one too: 68 % is not "likely", and 7 of 10 would be
        assert_eq!(out_of(0.68, 0.002), OutOf::Hits(68, 100));
        // an error that supports no hundredths keeps tenths
        assert_eq!(out_of(0.775, 0.05), OutOf::Hits(8, 10));
    }

    #[test]
    fn few_calculations_are_counted_in_tenths() {
        assert_eq!(out_of(0.97, 0.06), OutOf::MoreThan(9, 10));
        assert_eq!(out_of(0.02, 0.06), OutOf::FewerThan(1, 10));
    }
}
