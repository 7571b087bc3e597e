//! How the model has been tried, item by item of AdViSHE, and what has not been.
//!
//! Promise: what the program's own tests do is said of the program; what concerns this agreement's
//! figures comes from its review log or is blank. Absent: a claim of a trial that was not made.

use super::cheers::{Item, State, table};
use super::pen::Pen;
use crate::report::document::{Block, Document};
use crate::report::monitoring::bands;
use crate::report::words::advishe as words;
use crate::report::words::advishe::Both;
use crate::verdict::Outcome;

/// The table.
pub fn write(pen: &Pen, document: &mut Document) {
    document.push(Block::Heading(words::ADVISHE.text(pen.language)));
    let caption = words::CAPTION.text(pen.language);
    document.push(Block::Table(table(pen, caption, items(pen))));
}

/// The thirteen.
pub fn items(pen: &Pen) -> Vec<Item> {
    let says = |state: State, text: Both| (state, text.text(pen.language));
    let answers = [
        concept(pen),
        says(State::Blank, words::NO_OTHER_MODEL),
        data(pen),
        says(State::NotRelevant, words::NO_FIT),
        says(State::Blank, words::NO_CODE_REVIEW),
        says(State::Partly, words::EXTREMES),
        says(State::Stated, words::TRACES),
        says(State::Stated, words::UNITS),
        reviewed(pen),
        says(State::Partly, words::PEERS),
        says(State::Partly, words::OTHER_INPUT),
        reality(pen),
        says(State::Stated, words::REPRODUCED),
    ];
    let numbered = answers.into_iter().zip(words::ITEMS).enumerate();
    numbered
        .map(|(at, ((state, text), (part, name)))| Item {
            label: format!(
                "{}. {}: {}",
                at + 1,
                part.text(pen.language),
                name.text(pen.language)
            ),
            state,
            text,
        })
        .collect()
}

type Answer = (State, String);

/// The review log, which does not say what part of the model an entry is about.
fn reviewed(pen: &Pen) -> Answer {
    let reviews = &pen.model().agreement.governance.reviews;
    if reviews.is_empty() {
        return (State::Blank, words::NO_REVIEW.text(pen.language));
    }
    let log = super::accountability::reviews(pen);
    let text = format!("{}{log}", words::LOG.text(pen.language));
    (State::Partly, text)
}

fn concept(pen: &Pen) -> Answer {
    let by = &pen.model().agreement.clinical.recommended_by;
    let (state, text) = reviewed(pen);
    match by.is_empty() {
        true => (state, text),
        false => {
            let before = words::recommended(pen.language, by);
            (state, format!("{before}{text}"))
        }
    }
}

fn data(pen: &Pen) -> Answer {
    let (_, text) = reviewed(pen);
    let graded = words::GRADED.text(pen.language);
    (State::Partly, format!("{graded}: {text}"))
}

fn reality(pen: &Pen) -> Answer {
    let followed = pen.verdict().outcome != Outcome::NotClarified && !bands(pen.run()).is_empty();
    let text = if followed {
        words::FOLLOWED
    } else {
        words::NO_REALITY
    };
    (State::Blank, text.text(pen.language))
}
