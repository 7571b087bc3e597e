//! The papers are what they were: their documents word for word, their files byte for byte.
//!
//! ```text
//! Run ─▶ Document ─▶ text, kept in snapshots/     a change of words or figures is read in review
//!    └─▶ papers ───▶ SHA-256, kept in snapshots/  a change of bytes is seen, and meant
//! ```
//!
//! After a change that is meant: `INSTA_UPDATE=always cargo test --test it reports::unchanged`.

use super::fixture::{Finished, compensated, not_clarified};
use fairbalance::report::{Block, Document, Language, Text, annex, compose, digest, papers};
use insta::assert_snapshot;
use std::fmt::Write;

/// A document's words, a line a sentence, fact, point or row.
fn words(document: &Document) -> String {
    let mut out = format!("# {}\n", document.title);
    for block in &document.blocks {
        out.push('\n');
        write(&mut out, block).expect("text takes text");
    }
    out
}

fn write(out: &mut String, block: &Block) -> std::fmt::Result {
    match block {
        Block::Heading(words) => writeln!(out, "## {words}"),
        Block::Subheading(words) => writeln!(out, "### {words}"),
        Block::Paragraph(words) => writeln!(out, "{}", led(words)),
        Block::List(points) => points
            .iter()
            .try_for_each(|p| writeln!(out, "- {}", led(p))),
        Block::Facts(facts) => facts
            .iter()
            .try_for_each(|f| writeln!(out, "{}: {} {}", f.label, f.text, f.figures.join(" "))),
        Block::Table(table) => {
            writeln!(out, "[{}] {}", table.caption, table.figures.join(" "))?;
            let heads: Vec<&str> = table.columns.iter().map(|c| c.heading.as_str()).collect();
            writeln!(out, "{} | {}", table.label, heads.join(" | "))?;
            table.rows.iter().try_for_each(|row| {
                let cells: Vec<String> = row.cells.iter().map(cell).collect();
                writeln!(out, "{} | {}", row.label, cells.join(" | "))
            })
        }
        Block::Figure(figure) => {
            let says = led(&figure.says);
            writeln!(out, "<{}> {} {says}", figure.caption, figure.reads)?;
            writeln!(out, "{:?}", figure.chart)
        }
    }
}

/// Words, and where their figures lead.
fn led(text: &Text) -> String {
    match text.figures.is_empty() {
        true => text.text.clone(),
        false => format!("{text} ({})", text.figures.join(" ")),
    }
}

fn cell(cell: &fairbalance::report::Cell) -> String {
    match &cell.figure {
        Some(figure) => format!("{} ({figure})", cell.text),
        None => cell.text.clone(),
    }
}

/// Catches: a word, a figure, an order or a link in the annex that changed without being meant.
#[test]
fn the_annex_says_what_it_said() {
    let (told, open) = (compensated(), not_clarified());
    assert_snapshot!("annex_da", words(&annex(&told.run(), Language::Da)));
    assert_snapshot!("annex_en", words(&annex(&told.run(), Language::En)));
    assert_snapshot!("not_clarified_da", words(&annex(&open.run(), Language::Da)));
    assert_snapshot!("not_clarified_en", words(&annex(&open.run(), Language::En)));
}

/// Catches: the same in everything behind the annex.
#[test]
fn the_whole_report_says_what_it_said() {
    let told = compensated();
    assert_snapshot!("report_da", words(&compose(&told.run(), Language::Da)));
    assert_snapshot!("report_en", words(&compose(&told.run(), Language::En)));
}

/// Catches: bytes that moved though no document did: a renderer, a library, a build.
#[test]
fn the_files_are_the_bytes_they_were() {
    let hashes = |finished: &Finished| -> String {
        let all = papers(&finished.run()).expect("papers");
        // not every program sets the PDF; its bytes have a test of their own
        let all = all.iter().filter(|(name, _)| !name.ends_with(".pdf"));
        all.fold(String::new(), |mut out, (name, content)| {
            writeln!(out, "{}  {name}", digest(content)).expect("text takes text");
            out
        })
    };
    assert_snapshot!("papers", hashes(&compensated()));
    assert_snapshot!("papers_not_clarified", hashes(&not_clarified()));
}
