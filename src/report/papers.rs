//! The papers of a run: what a secretariat attaches, in both languages.
//!
//! ```text
//!   Run ─▶ annex ─┬─ bilag.docx    (annex.docx)
//!     │           └─ rapport.html  (report.html), with the whole report behind it
//!     └▶ tables ──── tabeller.xlsx (tables.xlsx)
//! ```
//!
//! Promise: pure functions from a run to bytes; a folder has both languages, so that its content
//! does not depend on who asked. Absent: where they are written.

use std::io;

use super::Run;
use super::compose::{annex, compose};
use super::docx::{docx, footer};
use super::html::page;
use super::words::Language;
use super::workbook::workbook;

/// A file's name and content.
pub type Paper = (String, Vec<u8>);

/// Everything there is to attach.
///
/// # Errors
/// A paper that cannot be set.
pub fn papers(run: &Run) -> io::Result<Vec<Paper>> {
    let mut papers = Vec::new();
    for language in [Language::Da, Language::En] {
        let annex = annex(run, language);
        let foot = footer(run, language);
        let names = match language {
            Language::Da => ["bilag.docx", "rapport.html", "tabeller.xlsx"],
            Language::En => ["annex.docx", "report.html", "tables.xlsx"],
        };
        let [word, web, tables] = names.map(str::to_owned);
        papers.push((word, docx(&annex, &foot, language)?));
        let whole = compose(run, language);
        papers.push((web, page(&[annex, whole], language).into_bytes()));
        papers.push((tables, workbook(run, language)?));
    }
    Ok(papers)
}
