//! Papers opened with the programs of those who read them.

use super::fixture::compensated;
use crate::support::{all_converted, as_pdf, assessed, browsed, fixed, output, shipped};
use fairbalance::report::{Block, Document, Language, Run, annex, docx, footer_lines, papers};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A paper in a folder of its own, which lives as long as the first of the pair.
fn written(name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let all = papers(&compensated().run()).expect("papers");
    let (_, content) = all.into_iter().find(|(n, _)| n == name).expect(name);
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("a file");
    (folder, path)
}

/// Pages of a PDF.
pub fn pages(pdf: &Path) -> u32 {
    let facts = output(Command::new("pdfinfo").arg(pdf));
    let pages = facts.lines().find_map(|l| l.strip_prefix("Pages:"));
    pages.expect("a count").trim().parse().expect("a number")
}

/// Text of a PDF of A4 pages above their feet, without the space in it: where lines and pages end
/// does not matter.
pub fn body(pdf: &Path) -> String {
    let above = ["-x", "0", "-y", "0", "-W", "595", "-H", "784"];
    let mut command = Command::new("pdftotext");
    squeezed(&output(command.args(above).arg(pdf).arg("-")))
}

/// Text of a PDF, feet too, with all space made one.
pub fn all_text(pdf: &Path) -> String {
    let text = output(Command::new("pdftotext").arg(pdf).arg("-"));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text without the space and the hyphens in it: a reader of PDF files takes a hyphen at the end of
/// a line for a division of the word.
pub fn squeezed(text: &str) -> String {
    let signs = text.chars();
    signs.filter(|c| !c.is_whitespace() && *c != '-').collect()
}

/// Every annex of a shipped agreement in Danish, and one in English, opened in the office suite.
///
/// Catches: a Word file that only its writer can open, a part of the text lost on the way, a
/// fifth page, a page without its number or its run.
#[test]
fn every_shipped_annex_opens_in_an_office_suite_whole_and_on_four_pages_at_most() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut documents = Vec::new();
    for (name, model) in shipped() {
        let (settings, assessment) = (fixed(2048), assessed(model, 2048));
        let run = Run {
            id: "0123456789abcdef",
            balance_hash: "fedcba9876543210",
            input_hash: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            model,
            settings: &settings,
            assessment: &assessment,
        };
        let english = (name == "kol-hjemmemonitorering").then_some(Language::En);
        for language in std::iter::once(Language::Da).chain(english) {
            let annex = annex(&run, language);
            let foot = footer_lines(&run, language);
            let bytes = docx(&annex, &foot, language).expect("a Word file");
            let path = folder.path().join(format!("{name}-{language:?}.docx"));
            std::fs::write(&path, bytes).expect("a file");
            documents.push((path, annex, language));
        }
    }
    let paths: Vec<PathBuf> = documents.iter().map(|(path, ..)| path.clone()).collect();
    let Some(made) = all_converted(&paths, "pdf") else {
        return;
    };
    for (pdf, (path, annex, language)) in made.iter().zip(&documents) {
        let (pages, body, text) = (pages(pdf), body(pdf), all_text(pdf));
        let name = path.display();
        assert!((1..=4).contains(&pages), "{name}: {pages} pages");
        for said in sayings(annex) {
            assert!(body.contains(&squeezed(said)), "{name}: {said} in {text}");
        }
        for page in 1..=pages {
            let number = match language {
                Language::Da => format!("Side {page} af {pages}"),
                Language::En => format!("Page {page} of {pages}"),
            };
            assert!(text.contains(&number), "{name}: {number} in {text}");
        }
        for hash in ["0123456789abcdef", "0f1e2d3c4b5a6978"] {
            let found = text.matches(hash).count();
            assert!(found >= pages as usize, "{name}: {hash} {found} times");
        }
    }
}

/// What must stand in the text as it is: title, headings, sentences, items, names of rows.
///
/// Captions and cells are broken over lines by columns, so labels of facts and rows stand for them.
pub fn sayings(document: &Document) -> Vec<&str> {
    let mut all = vec![document.title.as_str()];
    for block in &document.blocks {
        match block {
            Block::Heading(text) | Block::Subheading(text) => all.push(text),
            Block::Paragraph(words) => all.push(words),
            Block::Facts(facts) => all.extend(facts.iter().map(|fact| fact.text.as_str())),
            Block::List(items) => all.extend(items.iter().map(|item| &**item)),
            Block::Table(table) => {
                let first = table
                    .rows
                    .iter()
                    .filter_map(|row| row.label.split(' ').next());
                all.extend(first);
            }
            Block::Figure(figure) => all.push(&figure.says),
        }
    }
    all
}

/// Catches: a foot in the wrong language, a document that opens in company only.
#[test]
fn the_english_annex_opens_by_itself_and_counts_its_pages() {
    let (_folder, docx) = written("annex.docx");
    let Some(pdf) = as_pdf(&docx) else { return };
    let (pages, text) = (pages(&pdf), all_text(&pdf));
    assert!((1..=4).contains(&pages), "{pages} pages");
    assert!(text.contains(&format!("Page {pages} of {pages}")), "{text}");
}

/// Catches: a page that a browser does not make whole.
#[test]
fn the_report_opens_in_a_browser() {
    let (_folder, page) = written("rapport.html");
    let Some(seen) = browsed(&page, 2_000) else {
        return;
    };
    assert!(seen.contains("Konklusion") && seen.trim_end().ends_with("</html>"));
}
