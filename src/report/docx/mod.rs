//! A document as a Word file: real headings, header rows, native charts, page numbers.
//!
//! ```text
//!            ┌ body      paragraphs, lists, tables ┐
//! Document ──┼ charts    native, with a workbook   ├─▶ parts ─package─▶ bytes
//!            └ styles    sizes, space, language    ┘
//! ```
//!
//! Promise: the same document gives the same bytes; what a screen reader needs is there (language,
//! title, headings, header rows, a description of every table and chart), and a chart can be edited
//! in Word like one that was made there. Space is a matter of styles, not of empty paragraphs.
//! Absent: a clock, pictures.

mod body;
mod chart;
mod footer;
mod grid;
mod package;
mod styles;
mod xml;

use std::io;

use self::package::Package;
use super::document::Document;
use super::words::Language;

pub use footer::{footer, footer_lines};

/// The document as the bytes of a `.docx`. Each line of `footer` stands on every page.
///
/// # Errors
/// A chart that cannot be made.
pub fn docx(document: &Document, footer: &str, language: Language) -> io::Result<Vec<u8>> {
    let mut package = Package::default();
    let body = body::body(document, language, &mut package)?;
    package.part("word/document.xml", body);
    package.part("word/styles.xml", styles::styles(language));
    package.part("word/numbering.xml", styles::BULLETS.to_owned());
    package.part("word/settings.xml", styles::settings(language));
    package.part("word/footer1.xml", footer::page_footer(footer, language));
    package.part("docProps/core.xml", core(document, language));
    package.part("docProps/app.xml", package::APP.to_owned());
    package.bytes()
}

/// What the file says of itself before it is opened.
fn core(document: &Document, language: Language) -> String {
    let title = xml::escaped(&document.title);
    let code = xml::code(language);
    format!(
        "{}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <dc:title>{title}</dc:title><dc:creator>fairbalance</dc:creator>\
         <dc:language>{code}</dc:language></cp:coreProperties>",
        xml::DECLARATION
    )
}
