//! A document as a PDF for everybody: tagged (PDF/UA-1) and for the archive (PDF/A-2a).
//!
//! ```text
//! Document ─markup─▶ Typst source ─compile (World: that source, its own fonts)─▶ pages ─▶ bytes
//! ```
//!
//! Promise: the same document gives the same bytes on any machine; a font that is missing, a letter
//! without a glyph and a chart without words are errors. Absent: a clock, the machine's fonts, the
//! network.

mod markup;
mod world;

use std::io;

use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use self::world::Alone;
use super::document::Document;
use super::words::Language;

/// The document as the bytes of a PDF. Each line of `footer` stands on every page.
///
/// # Errors
/// What the typesetter refuses, in its words: warnings too, as a font that is missing is one.
pub fn pdf(document: &Document, footer: &str, language: Language) -> io::Result<Vec<u8>> {
    let world = Alone::new(markup::source(document, footer, language));
    let compiled = typst::compile::<PagedDocument>(&world);
    let pages = compiled.output.map_err(|told| refused(&told))?;
    if !compiled.warnings.is_empty() {
        return Err(refused(&compiled.warnings));
    }
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]);
    let standards = standards.map_err(|told| io::Error::other(told.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("{}\n{footer}", document.title)),
        creator: Smart::Custom(Some(
            concat!("fairbalance ", env!("CARGO_PKG_VERSION")).into(),
        )),
        standards,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&pages, &options).map_err(|told| refused(&told));
    // what the typesetter remembers of this document helps no other
    typst::comemo::evict(0);
    bytes
}

fn refused(told: &[typst::diag::SourceDiagnostic]) -> io::Error {
    let line = |one: &typst::diag::SourceDiagnostic| {
        let hints = one.hints.iter().map(|hint| format!(" ({})", hint.v));
        format!("{}{}", one.message, hints.collect::<String>())
    };
    let lines: Vec<String> = told.iter().map(line).collect();
    io::Error::other(format!("PDF: {}", lines.join("; ")))
}
