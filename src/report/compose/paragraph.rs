//! *Økonomiske konsekvenser*: 120 to 180 words to paste into a decision paper.
//!
//! Promise: sentences of the report, in the order of a paper; what is optional fills up to the
//! length and never past it. Absent: tables.

use super::headline;
use super::pen::Pen;
use crate::report::Run;
use crate::report::number::count;
use crate::report::words::annex as words;
use crate::report::words::{Language, Term};

/// A paragraph has at least so many words, where there is enough to say.
const LEAST: usize = 120;
/// And never more than these.
const MOST: usize = 180;

/// The paragraph of a run, with its heading.
pub fn paragraph(run: &Run, language: Language) -> String {
    let pen = Pen::new(run, language);
    let agreement = &run.model.agreement;
    let (from, to) = agreement.period;
    let status = pen.term(run.model.status());
    let sides = headline::tested(&pen).map(|party| headline::stands(&pen, party));
    let sides: Vec<String> = sides.collect();
    let title = language.of(&agreement.title);
    let mut sentences = vec![
        words::concerns(language, title, from, to, &status),
        headline::society_briefly(&pen),
        headline::outcome(&pen),
        sides.join(" "),
    ];
    sentences.extend(headline::price(&pen));
    let times = count(language, pen.findings().replicates);
    sentences.push(words::basis(language, pen.price_level(), &times));
    let optional = [
        headline::main_reservations(&pen),
        Some(pen.term(Term::NoHealthGain)),
        headline::outside(&pen),
        Some(words::compared(
            language,
            language.of(&agreement.comparator),
        )),
        Some(words::principle(
            language,
            language.of(&run.model.balance.title),
        )),
        Some(words::rounding(language).to_owned()),
    ];
    for sentence in optional.into_iter().flatten() {
        let long = words_in(&sentences) + words_in(std::slice::from_ref(&sentence));
        if words_in(&sentences) < LEAST && long <= MOST {
            sentences.push(sentence);
        }
    }
    let text: Vec<String> = sentences.into_iter().filter(|s| !s.is_empty()).collect();
    format!(
        "{}\n\n{}\n",
        words::CONSEQUENCES.text(language),
        text.join(" ")
    )
}

fn words_in(sentences: &[String]) -> usize {
    sentences.iter().map(|s| s.split_whitespace().count()).sum()
}
