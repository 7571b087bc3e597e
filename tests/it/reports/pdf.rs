//! The annex as a PDF, as those read it who hear it, archive it or print it.

use super::fixture::{compensated, not_clarified};
use super::opened::{all_text, body, pages, sayings, squeezed};
use super::package::charted;
use crate::support::{assessed, fixed, output, program, shipped};
use fairbalance::report::chart::{Chart, Kind};
use fairbalance::report::{
    Block, Column, Document, Figure, Language, Rank, Run, Table, annex, footer_lines,
    manifest_json, papers, pdf,
};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A PDF in a folder of its own, which lives as long as the first of the pair.
fn written(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("paper.pdf");
    std::fs::write(&path, bytes).expect("a file");
    (folder, path)
}

/// What the reader's tools say of a PDF; `None` where there are none.
fn asked(tool: &str, options: &[&str], file: &Path, more: &[&str]) -> Option<String> {
    let tool = program(tool)?;
    Some(output(
        Command::new(tool).args(options).arg(file).args(more),
    ))
}

fn fact<'f>(facts: &'f str, name: &str) -> &'f str {
    let line = facts.lines().find_map(|line| line.strip_prefix(name));
    line.unwrap_or_else(|| panic!("{name} in {facts}")).trim()
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every annex of a shipped agreement.
///
/// Catches: a letter without a glyph, a chart without words, a fifth page, text lost on the way.
#[test]
fn every_shipped_annex_is_a_tagged_pdf_of_four_pages_at_most_with_all_its_text() {
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
        let both = [Language::Da, Language::En];
        let languages = if name == "kol-hjemmemonitorering" {
            &both[..]
        } else {
            &both[..1]
        };
        for language in languages {
            let annex = annex(&run, *language);
            let bytes = pdf(&annex, &footer_lines(&run, *language), *language);
            let bytes = bytes.unwrap_or_else(|told| panic!("{name}: {told}"));
            let (_folder, file) = written(&bytes);
            let Some(facts) = asked("pdfinfo", &[], &file, &[]) else {
                return;
            };
            let pages: u32 = fact(&facts, "Pages:").parse().expect("a number");
            assert!((1..=4).contains(&pages), "{name}: {pages} pages");
            assert_eq!(fact(&facts, "Tagged:"), "yes", "{name}");
            assert_eq!(plain(fact(&facts, "Title:")), plain(&annex.title));
            let (body, text) = (body(&file), all_text(&file));
            for said in sayings(&annex).into_iter().chain(cells(&annex)) {
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
            for (heading, last) in heads_and_ends(&annex, &file) {
                assert_ne!(heading, last, "{name}: a heading with nothing below it");
            }
        }
    }
}

/// All words and numbers in the tables' cells.
fn cells(document: &Document) -> impl Iterator<Item = &str> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let cells = tables.flat_map(|table| table.rows.iter().flat_map(|row| &row.cells));
    // a line may end behind a hyphen
    cells.flat_map(|cell| {
        cell.text
            .split(|c: char| c.is_whitespace() || "-–/".contains(c))
    })
}

/// Every heading beside every last line of a page above its foot.
fn heads_and_ends(document: &Document, file: &Path) -> Vec<(String, String)> {
    let above = ["-x", "0", "-y", "0", "-W", "595", "-H", "784"];
    let text = asked("pdftotext", &above, file, &["-"]).unwrap_or_default();
    let lines = text
        .split('\u{c}')
        .filter_map(|page| page.trim_end().lines().last());
    let ends: Vec<String> = lines.map(plain).collect();
    let heading = |block: &Block| match block {
        Block::Heading(text) | Block::Subheading(text) => Some(plain(text)),
        _ => None,
    };
    let headings = document.blocks.iter().filter_map(heading);
    headings
        .flat_map(|heading| ends.iter().map(move |end| (heading.clone(), end.clone())))
        .collect()
}

/// Catches: a second page of figures that nobody can read without turning back, a heading left
/// behind by its table.
#[test]
fn a_long_table_of_the_pdf_has_its_header_on_every_page_and_its_heading_at_its_top() {
    for lines_before in [0, 30, 36, 38, 40, 42, 44] {
        let mut document = Document::new("Prøve");
        for line in 0..lines_before {
            document.push(Block::paragraph(format!("Linje {line}")));
        }
        document.push(Block::Heading("Kommuner".into()));
        let columns = vec![Column::numbers("Beløb"), Column::words("Vurdering")];
        let mut table = Table::new("Tabel 1.".into(), "Kommune".into(), columns);
        for row in 0..98 {
            table.row(
                Rank::Main,
                format!("Nr. {row}"),
                vec!["+1,4".to_owned(), "byrde".to_owned()],
            );
        }
        document.push(Block::Table(table));
        let bytes = pdf(&document, "fod", Language::Da).expect("a PDF");
        let (_folder, file) = written(&bytes);
        let Some(text) = asked("pdftotext", &["-layout"], &file, &["-"]) else {
            return;
        };
        let with_rows = text.split('\u{c}').filter(|page| page.contains("Nr. "));
        assert!(with_rows.clone().count() >= 2, "{text}");
        for page in with_rows {
            assert_eq!(page.matches("Vurdering").count(), 1, "{page}");
        }
        for (heading, last) in heads_and_ends(&document, &file) {
            assert_ne!(heading, last, "{lines_before} lines before it");
            assert_ne!("Tabel 1.", last, "{lines_before} lines before it");
        }
        assert!(pages(&file) >= 2);
    }
}

/// Catches: a PDF that an archive or a screen reader's user may send back: no standard named, no
/// language, headings or tables that are only drawn, a chart without alternative text.
#[test]
fn the_annex_names_its_standards_its_language_and_its_structure_as_a_pdf() {
    let all = papers(&charted().run()).expect("papers");
    for (name, code) in [("bilag.pdf", "da-DK"), ("annex.pdf", "en-GB")] {
        let (_, bytes) = all.iter().find(|(n, _)| n == name).expect(name);
        let (_folder, file) = written(bytes);
        let Some(metadata) = asked("pdfinfo", &["-meta"], &file, &[]) else {
            return;
        };
        for said in [
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
            code,
        ] {
            assert!(metadata.contains(said), "{name}: {said} in {metadata}");
        }
        let structure = asked("pdfinfo", &["-struct-text"], &file, &[]).expect("a structure");
        for tag in ["H1", "Table", "TH", "TD", "Figure", "Caption", "L"] {
            assert!(
                structure.lines().any(|l| l.trim_start().starts_with(tag)),
                "{name}: {tag} in {structure}"
            );
        }
    }
}

/// Catches: a clock, a random number or a machine's font on the way to the file.
#[test]
fn the_same_run_gives_the_same_pdf_to_the_byte() {
    for finished in [compensated(), not_clarified()] {
        let run = finished.run();
        let of = || {
            let annex = annex(&run, Language::Da);
            pdf(&annex, &footer_lines(&run, Language::Da), Language::Da).expect("a PDF")
        };
        assert_eq!(of(), of());
    }
}

/// Catches: a sign that a reader sees as a box, let through.
#[test]
fn a_letter_that_no_font_has_is_an_error_of_the_pdf_and_names_it() {
    let mut document = Document::new("Prøve");
    document.push(Block::paragraph("Et tegn uden skrift: \u{1f9ff}"));
    let told = pdf(&document, "fod", Language::Da).expect_err("a letter without a glyph");
    assert!(told.to_string().starts_with("PDF: "), "{told}");
}

/// Catches: words of an agreement that the typesetter takes for commands.
#[test]
fn words_that_look_like_commands_are_set_as_they_are_in_the_pdf() {
    let words = "#let x = 1; *fed* _kursiv_ $a$ \"citat\" \\ [x] @navn <mærke> // slut";
    let mut document = Document::new(words);
    document.push(Block::Heading(words.into()));
    document.push(Block::list([words]));
    document.push(Block::Figure(Figure {
        caption: words.into(),
        reads: String::new(),
        says: words.into(),
        chart: Chart {
            unit: words.into(),
            kind: Kind::Bars(Vec::new()),
        },
    }));
    let bytes = pdf(&document, words, Language::Da).expect("a PDF");
    let (_folder, file) = written(&bytes);
    let Some(text) = asked("pdftotext", &[], &file, &["-"]) else {
        return;
    };
    assert!(plain(&text).matches(words).count() >= 4, "{text}");
}

/// Catches: two programs that write different folders under one name.
#[test]
fn the_manifest_says_that_the_program_sets_pdf() {
    let inputs: [(&str, &[u8]); 1] = [("a.toml", b"a")];
    let identity = fairbalance::report::Identity::new("kol", &fixed(2048), inputs);
    let manifest = manifest_json(&identity, "b.toml", &[]).expect("a manifest");
    let manifest = String::from_utf8(manifest).expect("UTF-8");
    assert!(
        plain(&manifest).contains("\"features\": [ \"pdf\" ]"),
        "{manifest}"
    );
}
