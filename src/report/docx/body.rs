//! The text: paragraphs, facts, lists, tables and charts, in the document's order.

use std::io;

use super::super::document::{Block, Document, Figure};
use super::chart;
use super::grid;
use super::package::{FOOTER, Package};
use super::xml::{DECLARATION, TEXT_SPACES, paragraph, run};
use crate::report::words::Language;

/// A4, margins of 2 cm.
const PAGE: &str = "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" \
    w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>";

/// The part with the text; charts go into the package.
pub fn body(document: &Document, language: Language, package: &mut Package) -> io::Result<String> {
    let mut text = paragraph("Title", "", &run(&document.title, false));
    for (at, block) in document.blocks.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &document.blocks[at]);
        let below = matches!(before, Some(Block::Table(_)));
        let after = document.blocks.get(at + 1);
        text += &set(block, below, after, language, package)?;
    }
    if matches!(document.blocks.last(), Some(Block::Table(_)) | None) {
        // a text must end with a paragraph
        text += &paragraph("BelowTable", "", "");
    }
    Ok(format!(
        "{DECLARATION}<w:document {TEXT_SPACES}><w:body>{text}<w:sectPr>\
         <w:footerReference w:type=\"default\" r:id=\"{FOOTER}\"/>{PAGE}</w:sectPr></w:body></w:document>"
    ))
}

fn set(
    block: &Block,
    below: bool,
    after: Option<&Block>,
    language: Language,
    package: &mut Package,
) -> io::Result<String> {
    let first = if below { "BelowTable" } else { "Normal" };
    let style = |at: usize| if at == 0 { first } else { "Normal" };
    Ok(match block {
        Block::Heading(words) => paragraph("Heading1", "", &run(words, false)),
        Block::Subheading(words) => paragraph("Heading2", "", &run(words, false)),
        Block::Paragraph(words) => paragraph(first, "", &run(words, false)),
        Block::Facts(facts) => facts
            .iter()
            .enumerate()
            .map(|(at, fact)| {
                let label = run(&format!("{}: ", fact.label), true);
                paragraph(style(at), "", &(label + &run(&fact.text, false)))
            })
            .collect(),
        Block::List(items) => items
            .iter()
            .map(|item| paragraph("ListBullet", "", &run(item, false)))
            .collect(),
        Block::Table(table) => {
            let followed = matches!(after, Some(Block::Paragraph(_)));
            caption(&table.caption) + &grid::table(table, followed, language)
        }
        Block::Figure(figure) => drawn(figure, language, package)?,
    })
}

fn caption(words: &str) -> String {
    paragraph("Caption", "", &run(words, false))
}

/// A chart and how it is read; without a native chart of its kind, the words that say the same.
fn drawn(figure: &Figure, language: Language, package: &mut Package) -> io::Result<String> {
    let drawings = chart::drawings(figure, language, package)?;
    if drawings.is_empty() {
        let says = paragraph("Normal", "", &run(&figure.says, false));
        return Ok(caption(&figure.caption) + &says);
    }
    let chart = paragraph("Chart", "", &drawings);
    let words = format!("{} {}", figure.reads, figure.says);
    let says = paragraph("Normal", "<w:keepLines/>", &run(words.trim(), false));
    Ok(caption(&figure.caption) + &chart + &says)
}
