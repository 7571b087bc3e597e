//! The checklists as sheets: one row an item, blanks among them.

use rust_xlsxwriter::XlsxError;

use super::page::{Page, Weight};
use crate::report::compose::cheers::Item;
use crate::report::compose::pen::Pen;
use crate::report::compose::{advishe, cheers};
use crate::report::words::advishe as tried;
use crate::report::words::cheers as words;

/// CHEERS 2022 and AdViSHE.
pub fn checklists(pen: &Pen) -> Result<[Page; 2], XlsxError> {
    let language = pen.language;
    let caption = words::CAPTION.text(language);
    let reported = sheet(
        pen,
        &words::CHEERS.text(language),
        caption,
        cheers::items(pen),
    )?;
    let caption = tried::CAPTION.text(language);
    let tried = sheet(
        pen,
        &tried::ADVISHE.text(language),
        caption,
        advishe::items(pen),
    )?;
    Ok([reported, tried])
}

fn sheet(pen: &Pen, name: &str, caption: String, items: Vec<Item>) -> Result<Page, XlsxError> {
    let mut page = Page::new(name, name, &[caption], pen.language)?;
    let headings = [words::ITEM, words::STATE, words::ANSWER].map(|w| w.text(pen.language));
    page.headings(&headings, 1)?;
    for item in items {
        let state = item.state.text(pen);
        page.cells(
            Weight::Plain,
            &[item.label.into(), state.into(), item.text.into()],
        )?;
    }
    page.filters()?;
    Ok(page)
}
