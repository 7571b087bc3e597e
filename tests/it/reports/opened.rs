//! Papers opened with the programs of those who read them.

use super::fixture::compensated;
use crate::support::{as_pdf, browsed, output};
use fairbalance::report::papers;
use std::path::PathBuf;
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

/// Catches: a Word file that only its writer can open, text lost on the way, a fifth page.
#[test]
fn the_annex_opens_in_an_office_suite_on_four_pages_at_most() {
    let (_folder, docx) = written("bilag.docx");
    let Some(pdf) = as_pdf(&docx) else { return };
    let facts = output(Command::new("pdfinfo").arg(&pdf));
    let pages = facts.lines().find_map(|l| l.strip_prefix("Pages:"));
    let pages: u32 = pages.expect("a count").trim().parse().expect("a number");
    assert!((1..=4).contains(&pages), "{facts}");
    let text = output(
        Command::new("pdftotext")
            .args(["-layout"])
            .arg(&pdf)
            .arg("-"),
    );
    for said in ["Konklusion", "Regionen", "0123456789abcdef"] {
        assert!(text.contains(said), "{said} in {text}");
    }
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
