//! Laws and formulas of parameters in words, both languages side by side.
//!
//! ```text
//! Quantity ─┬─ Law      lognormalfordelt, median 0,85, 95 % mellem 0,7 og 1,0
//!           ├─ Formula  names and signs
//!           └─ Unknown  the blank, and its bounds
//! ```
//!
//! Absent: the English of `result.json`, which is the law's own.

use super::Language;
use super::explained::Both;
use crate::model::{Formula, Model, Quantity};
use crate::random::{Described, Law};
use crate::report::number::number_of;

/// A parameter's law or formula as a reader meets it.
pub fn quantity(language: Language, model: &Model, quantity: &Quantity) -> String {
    match quantity {
        Quantity::Law(law) => law_words(language, law),
        Quantity::Formula(formula) => formula_words(language, model, formula),
        Quantity::Unknown(None) => UNKNOWN.text(language),
        Quantity::Unknown(Some((low, high))) => {
            let (low, high) = (number_of(language, *low), number_of(language, *high));
            match language {
                Language::Da => format!("ukendt, mellem {low} og {high}"),
                Language::En => format!("unknown, between {low} and {high}"),
            }
        }
    }
}

const UNKNOWN: Both = Both("ukendt", "unknown");

fn law_words(language: Language, law: &Law) -> String {
    let family = match language {
        Language::Da => danish(law.described()),
        Language::En => english(law.described()),
    };
    let Some((min, max)) = law.kept_within() else {
        return family;
    };
    let (low, high) = (number_of(language, min), number_of(language, max));
    let kept = match (language, min.is_finite(), max.is_finite()) {
        (Language::Da, true, true) => format!("mellem {low} og {high}"),
        (Language::Da, true, false) => format!("mindst {low}"),
        (Language::Da, ..) => format!("højst {high}"),
        (Language::En, true, true) => format!("within {low} to {high}"),
        (Language::En, true, false) => format!("at least {low}"),
        (Language::En, ..) => format!("at most {high}"),
    };
    format!("{family}, {kept}")
}

fn danish(law: Described) -> String {
    let n = |x| number_of(Language::Da, x);
    match law {
        Described::Fixed(x) => format!("fast {}", n(x)),
        Described::Normal { mean, sd } => {
            format!(
                "normalfordelt, middel {}, standardafvigelse {}",
                n(mean),
                n(sd)
            )
        }
        Described::LogNormal { median, low, high } => format!(
            "lognormalfordelt, median {}, 95\u{a0}% mellem {} og {}",
            n(median),
            n(low),
            n(high)
        ),
        Described::Gamma { mean, sd } => {
            format!(
                "gammafordelt, middel {}, standardafvigelse {}",
                n(mean),
                n(sd)
            )
        }
        Described::Beta { mean, sd } => {
            format!(
                "betafordelt, middel {}, standardafvigelse {}",
                n(mean),
                n(sd)
            )
        }
        Described::Uniform { min, max } => {
            format!(
                "alle værdier mellem {} og {} lige sandsynlige",
                n(min),
                n(max)
            )
        }
        Described::Triangular { min, mode, max } => format!(
            "trekantfordelt mellem {} og {}, mest sandsynligt {}",
            n(min),
            n(max),
            n(mode)
        ),
        Described::Pert { min, mode, max } => format!(
            "PERT-fordelt mellem {} og {}, mest sandsynligt {}",
            n(min),
            n(max),
            n(mode)
        ),
        Described::Empirical { count, min, max } => {
            format!("{count} målte værdier mellem {} og {}", n(min), n(max))
        }
        Described::ThreePoint { low, mid, high } => format!(
            "tre punkter: 10\u{a0}% under {}, median {}, 10\u{a0}% over {}",
            n(low),
            n(mid),
            n(high)
        ),
    }
}

fn english(law: Described) -> String {
    let n = |x| number_of(Language::En, x);
    match law {
        Described::Fixed(x) => format!("fixed at {}", n(x)),
        Described::Normal { mean, sd } => format!("normal, mean {}, sd {}", n(mean), n(sd)),
        Described::LogNormal { median, low, high } => format!(
            "lognormal, median {}, 95\u{a0}% {} to {}",
            n(median),
            n(low),
            n(high)
        ),
        Described::Gamma { mean, sd } => format!("gamma, mean {}, sd {}", n(mean), n(sd)),
        Described::Beta { mean, sd } => format!("beta, mean {}, sd {}", n(mean), n(sd)),
        Described::Uniform { min, max } => format!("uniform, {} to {}", n(min), n(max)),
        Described::Triangular { min, mode, max } => {
            format!("triangular, {} to {}, mode {}", n(min), n(max), n(mode))
        }
        Described::Pert { min, mode, max } => {
            format!("PERT, {} to {}, mode {}", n(min), n(max), n(mode))
        }
        Described::Empirical { count, min, max } => {
            format!("empirical, {count} values, {} to {}", n(min), n(max))
        }
        Described::ThreePoint { low, mid, high } => format!(
            "three points, 10\u{a0}% {}, median {}, 90\u{a0}% {}",
            n(low),
            n(mid),
            n(high)
        ),
    }
}

fn formula_words(language: Language, model: &Model, formula: &Formula) -> String {
    let part = |inner: &Formula| match inner {
        Formula::Number(_) | Formula::Parameter(_) => formula_words(language, model, inner),
        _ => format!("({})", formula_words(language, model, inner)),
    };
    match formula {
        Formula::Number(x) => number_of(language, *x),
        Formula::Parameter(id) => model.parameter(*id).name.clone(),
        Formula::Add(a, b) => format!("{} + {}", part(a), part(b)),
        Formula::Subtract(a, b) => format!("{} − {}", part(a), part(b)),
        Formula::Multiply(a, b) => format!("{} × {}", part(a), part(b)),
        Formula::Divide(a, b) => format!("{} / {}", part(a), part(b)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn da(law: Law) -> String {
        law_words(Language::Da, &law).replace('\u{a0}', " ")
    }

    /// Catches: English words, or a decimal point, in a Danish explanation.
    #[test]
    fn a_law_is_danish_in_danish() {
        let law = Law::lognormal_ci95(0.85, 0.7, 1.032).expect("a law");
        assert_eq!(
            da(law),
            "lognormalfordelt, median 0,85, 95 % mellem 0,70005 og 1,0321"
        );
        assert_eq!(da(Law::fixed(12_000.0).expect("a law")), "fast 12.000");
        let bounded = Law::beta(0.2, 0.04).expect("a law");
        let bounded = bounded.truncated(None, Some(0.5)).expect("a law");
        assert_eq!(
            da(bounded),
            "betafordelt, middel 0,2, standardafvigelse 0,04, højst 0,5"
        );
    }
}
