//! The workbook of tables: what a reader computes on.
//!
//! ```text
//! Run ─▶ cover │ parties by year · running account · assessment · compensation
//!              │ municipalities · indicators · sources │ assumptions · uncertainty
//!              │ CHEERS · AdViSHE                                                 ─▶ .xlsx
//! ```
//!
//! Promise: the same run gives the same bytes (no clock); figures are numbers in full precision
//! and those of `result.json`, with one sign, + is extra expenditure, as the heading lines say;
//! sums that a reader would check are live formulas. Where it is not clarified there is a cover
//! with the blanks and no figure. Absent: persons; counts under five are not shown.

mod charts;
mod cover;
mod ground;
mod lists;
mod money;
mod page;
mod places;

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::Run;
use super::compose::pen::Pen;
use super::docx::footer;
use super::words::Language;
use crate::verdict::Outcome;

/// The workbook as the bytes of an `.xlsx`.
///
/// # Errors
/// The library's.
pub fn workbook(run: &Run, language: Language) -> io::Result<Vec<u8>> {
    written(&Pen::new(run, language)).map_err(io::Error::other)
}

fn written(pen: &Pen) -> Result<Vec<u8>, XlsxError> {
    let sheets = match pen.verdict().outcome {
        Outcome::NotClarified => Vec::new(),
        _ => sheets(pen)?,
    };
    let mut book = Workbook::new();
    book.set_properties(&properties(pen)?);
    let foot = footer(pen.run(), pen.language);
    book.push_worksheet(cover::sheet(pen, &sheets, &foot)?);
    for (_, sheet) in sheets {
        book.push_worksheet(sheet);
    }
    book.save_to_buffer()
}

/// A finished sheet and its name.
type Named = (String, Worksheet);

fn sheets(pen: &Pen) -> Result<Vec<Named>, XlsxError> {
    let foot = footer(pen.run(), pen.language);
    let (by_year, years) = money::parties(pen)?;
    let mut pages = vec![by_year];
    pages.extend(money::running(pen, &years)?);
    let (verdict, places) = money::verdict(pen)?;
    pages.push(verdict);
    pages.extend(money::compensation(pen)?);
    pages.extend(places::municipalities(pen, &places)?);
    pages.extend(places::indicators(pen)?);
    pages.extend(money::sources(pen, &places)?);
    pages.push(ground::assumptions(pen)?);
    pages.extend(ground::uncertainty(pen)?);
    pages.extend(lists::checklists(pen)?);
    let named = |page: page::Page| Ok((page.name.clone(), page.finish(&foot)?));
    pages.into_iter().map(named).collect()
}

/// The date is that of the price level: a clock would give other bytes for the same run.
fn properties(pen: &Pen) -> Result<DocProperties, XlsxError> {
    let year = u16::try_from(pen.price_level()).unwrap_or(2000);
    let code = match pen.language {
        Language::Da => "da-DK",
        Language::En => "en-GB",
    };
    Ok(DocProperties::new()
        .set_title(pen.language.of(&pen.model().agreement.title))
        .set_subject(pen.language.of(&pen.model().agreement.question))
        .set_author(format!("fairbalance {}", env!("CARGO_PKG_VERSION")))
        .set_comment(footer(pen.run(), pen.language))
        .set_custom_property("Language", code)
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, 1, 1)?))
}
