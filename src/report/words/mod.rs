//! Every word that a reader meets, in Danish and English.
//!
//! ```text
//! Term      fixed words, both languages side by side
//! Sentence  words around figures that are already text ── danish(…) · english(…)
//! ```
//!
//! Both enums are exhaustive: a message without its other language does not compile.
//! Absent: numbers (they come as text, rounded by the one rule) and layout.

pub mod accountability;
pub mod advishe;
pub mod annex;
mod beyond;
pub mod bounds;
pub mod charts;
pub mod cheers;
pub mod comparison;
mod danish;
mod english;
pub mod explained;
mod formula;
mod laws;
pub mod method;
pub mod paper;
mod parties;
pub mod portfolio;
pub(super) mod resources;
mod sentence;
mod settling;
mod stated;
mod study;
mod term;
pub mod whatif;
pub mod workbook;

pub use beyond::Beyond;
pub use formula::formula;
pub use laws::quantity;
pub use parties::{account_label, account_subject, joined};
pub use sentence::{Payer, Payment, Sentence};
pub use settling::Settling;
pub use study::Study;
pub use term::Term;

use super::number::{Scale, Sign, figure, is_nothing};
use crate::model::{Blank, Words};

/// Language of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Danish.
    #[default]
    Da,
    /// English.
    En,
}

impl Language {
    /// The text of a scenario in this language.
    pub fn of(self, words: &Words) -> &str {
        match self {
            Language::Da => &words.da,
            Language::En => &words.en,
        }
    }
}

/// The unit of a column of kroner.
pub fn kroner_unit(language: Language, scale: Scale) -> &'static str {
    match language {
        Language::Da => danish::unit(scale),
        Language::En => english::unit(scale),
    }
}

/// A blank and where it stands.
pub fn blank_words(blank: &Blank, language: Language) -> String {
    let sentence = Sentence::Blank {
        words: language.of(&blank.words),
        file: &blank.origin.file,
        line: blank.origin.line,
    };
    sentence.text(language)
}

/// An amount of extra expenditure as a reader meets it in a sentence: no sign to puzzle over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// Digits without a sign.
    pub digits: String,
    /// Unit of the digits.
    pub scale: Scale,
    /// Which way it goes.
    pub direction: Direction,
}

/// Which way an amount goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// *Merudgift*.
    Extra,
    /// *Mindreudgift*.
    Less,
    /// Nothing that the error lets us see.
    Unchanged,
}

impl Amount {
    /// Extra expenditure `value` with its Monte Carlo error, printed on `scale`.
    pub fn new(language: Language, scale: Scale, value: f64, error: f64) -> Amount {
        let digits = figure(language, scale, Sign::Minus, value.abs(), error);
        let direction = match is_nothing(&digits) {
            true => Direction::Unchanged,
            false if value > 0.0 => Direction::Extra,
            false => Direction::Less,
        };
        Amount {
            digits,
            scale,
            direction,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(language: Language, value: f64, error: f64) -> String {
        let amount = Amount::new(language, Scale::of_sentence(value), value, error);
        Sentence::Expected(&amount)
            .text(language)
            .replace('\u{a0}', " ")
    }

    #[test]
    fn an_amount_says_which_way_it_goes_instead_of_a_sign() {
        let da = |value| spoken(Language::Da, value, 1e4);
        assert_eq!(da(1.4e6), "merudgift 1,4 mio. kr.");
        assert_eq!(da(-1.4e6), "mindreudgift 1,4 mio. kr.");
        assert_eq!(da(0.0), "uændret udgift");
        assert_eq!(
            spoken(Language::En, -1.4e6, 1e4),
            "saving of DKK 1.4 million"
        );
        assert_eq!(
            spoken(Language::Da, 412_345.0, 900.0),
            "merudgift 412.000 kr."
        );
    }

    #[test]
    fn an_amount_below_its_error_is_not_given_a_direction() {
        assert_eq!(
            spoken(Language::Da, 12_000.0, 40_000.0),
            "merudgift 10.000 kr."
        );
        assert_eq!(spoken(Language::Da, 12_000.0, 400_000.0), "uændret udgift");
    }
}
