//! From a run to what a town council reads: the conclusion first, then its reasons.
//!
//! ```text
//! Run ─▶ head · conclusion │ economy · compensation · municipalities · activity
//!                          │ liquidity · what it rests on · beside          ─▶ Document
//! ```
//!
//! Promise: one sign in the whole document (+ is extra expenditure) and, in sentences, none.
//! Absent: a verdict of its own, and any number that is not in the findings or the verdict.

pub(super) mod accountability;
pub(super) mod activity;
pub(super) mod advishe;
pub(super) mod annex;
mod beside;
mod bounds;
pub(super) mod cheers;
mod citizen;
mod clusters;
pub(super) mod compensation;
pub(super) mod drawn;
mod economy;
mod follow_up;
mod foundation;
mod grounds;
pub(super) mod headline;
mod health;
mod horizons;
mod liquidity;
pub(super) mod method;
mod municipal;
pub(super) mod municipalities;
mod outside;
mod paragraph;
mod payback;
pub(super) mod pen;
mod portfolio;
mod ratio;
mod resources;
mod settlement;
mod study;

use super::Run;
use super::document::Document;
use super::words::Language;
use super::words::advishe::CHECKLISTS;
use crate::verdict::Outcome;
pub use annex::annex;
pub use citizen::citizen;
pub use headline::glance;
pub use method::method;
pub use municipal::municipal_pages;
pub use paragraph::paragraph;
use pen::Pen;
pub use portfolio::{compose_portfolio, portfolio_annex, portfolio_page};

/// Where each item of the checklists for economic evaluations stands in a run's papers.
pub fn checklists(run: &Run, language: Language) -> Document {
    let pen = Pen::new(run, language);
    let mut document = Document::new(CHECKLISTS.text(language));
    cheers::write(&pen, &mut document);
    advishe::write(&pen, &mut document);
    document
}

/// The document of a run.
pub fn compose(run: &Run, language: Language) -> Document {
    let pen = Pen::new(run, language);
    let mut document = Document::new(language.of(&run.model.agreement.title));
    headline::head(&pen, &mut document);
    accountability::solution(&pen, &mut document);
    if run.assessment.verdict.outcome == Outcome::NotClarified {
        headline::blanks(&pen, &mut document);
        bounds::write(&pen, &mut document);
        return document;
    }
    headline::conclusion(&pen, &mut document);
    economy::write(&pen, &mut document);
    settlement::write(&pen, &mut document);
    compensation::write(&pen, &mut document);
    municipalities::write(&pen, &mut document);
    outside::write(&pen, &mut document);
    clusters::write(&pen, &mut document);
    activity::write(&pen, &mut document);
    ratio::write(&pen, &mut document);
    resources::write(&pen, &mut document);
    health::write(&pen, &mut document);
    horizons::write(&pen, &mut document);
    study::write(&pen, &mut document);
    liquidity::write(&pen, &mut document);
    payback::write(&pen, &mut document);
    foundation::write(&pen, &mut document);
    beside::write(&pen, &mut document);
    accountability::write(&pen, &mut document);
    document
}
