//! The papers of a run, as those meet them who attach, vote and paste.

use super::fixture::{Finished, compensated, not_clarified};
use fairbalance::report::{Block, Language, annex, papers, result_json};
use std::io::Read;

fn paper(finished: &Finished, name: &str) -> Vec<u8> {
    let all = papers(&finished.run()).expect("papers");
    let mut named = all.into_iter().filter(|(n, _)| n == name);
    named.next().unwrap_or_else(|| panic!("no {name}")).1
}

fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).expect("a zip");
    let mut text = String::new();
    let mut file = archive.by_name(name).expect("the part");
    file.read_to_string(&mut text).expect("UTF-8");
    text
}

/// Catches: a paper that needs more or less room than a decision paper gives it.
#[test]
fn the_paragraph_to_paste_has_120_to_180_words() {
    for name in ["oekonomiske-konsekvenser.txt", "economic-consequences.txt"] {
        let text = String::from_utf8(paper(&compensated(), name)).expect("UTF-8");
        let (_, body) = text.split_once("\n\n").expect("a heading and a body");
        let words = body.split_whitespace().count();
        assert!((120..=180).contains(&words), "{words} words:\n{body}");
    }
}

/// Catches: headings that are only bold, tables whose header a screen reader cannot find, a
/// document without language or title.
#[test]
fn the_annex_in_word_says_what_a_screen_reader_needs() {
    let finished = compensated();
    let docx = paper(&finished, "bilag.docx");
    let body = part(&docx, "word/document.xml");
    let annex = annex(&finished.run(), Language::Da);
    let tables = annex.blocks.iter().filter(|b| matches!(b, Block::Table(_)));
    let headings = annex
        .blocks
        .iter()
        .filter(|b| matches!(b, Block::Heading(_)));
    assert_eq!(body.matches("<w:tblHeader").count(), tables.count());
    assert_eq!(body.matches("w:val=\"Heading1\"").count(), headings.count());
    assert!(part(&docx, "word/styles.xml").contains("<w:lang w:val=\"da-DK\""));
    assert!(part(&docx, "docProps/core.xml").contains("<dc:title>Hjemmemonitorering"));
    let english = paper(&finished, "annex.docx");
    assert!(part(&english, "word/styles.xml").contains("<w:lang w:val=\"en-GB\""));
    let foot = part(&docx, "word/footer1.xml");
    assert!(
        foot.contains("0123456789abcdef") && foot.contains("PAGE"),
        "{foot}"
    );
}

/// Catches: a clock, a random number or hash order on the way to a paper.
#[test]
fn the_same_run_gives_the_same_papers_to_the_byte() {
    let of = || papers(&compensated().run()).expect("papers");
    let (first, second) = (of(), of());
    assert_eq!(first.len(), second.len());
    for ((name, a), (_, b)) in first.iter().zip(&second) {
        assert_eq!(a, b, "{name}");
    }
}

/// Catches: figures shown where there is no verdict.
#[test]
fn what_is_not_clarified_gets_its_blanks_and_no_figures() {
    let finished = not_clarified();
    let names: Vec<String> = papers(&finished.run())
        .expect("papers")
        .into_iter()
        .map(|(name, _)| name)
        // the PDF is the annex again, where the program sets it
        .filter(|name| ![".xlsx", ".pdf"].iter().any(|end| name.ends_with(end)))
        .collect();
    assert_eq!(
        names,
        ["bilag.docx", "rapport.html", "annex.docx", "report.html"]
    );
    let annex = annex(&finished.run(), Language::Da);
    let shows = |b: &Block| matches!(b, Block::Table(_) | Block::Figure(_));
    assert!(!annex.blocks.iter().any(shows));
    let heads = |b: &Block| matches!(b, Block::Heading(h) if h == "Ikke klarlagt");
    assert!(annex.blocks.iter().any(heads));
}

/// Catches: a page that loads something, a figure that says nothing to who does not see it, a
/// jump of headings, a table without headers.
#[test]
fn the_page_needs_nothing_beside_it_and_tells_its_charts_in_words() {
    let page = String::from_utf8(paper(&compensated(), "rapport.html")).expect("UTF-8");
    // script stands in the page itself; the what-if has tests of its own
    let opened: Vec<&str> = page.split("<script").skip(1).collect();
    let inline = [">", " id=\"whatif-data\" type=\"application/json\">"];
    let is_inline = |tag: &&str| inline.iter().any(|start| tag.starts_with(start));
    assert!(opened.iter().all(is_inline), "{opened:?}");
    let loads = [
        "fetch(",
        "XMLHttpRequest",
        "import(",
        "importScripts",
        "WebSocket",
        "http",
    ];
    assert!(!loads.iter().any(|l| opened.iter().any(|s| s.contains(l))));
    for outside in ["<link", "src=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"da-DK\">"));
    let count = |what: &str| page.matches(what).count();
    assert_eq!(count("<svg"), count("<desc>"));
    assert_eq!(count("<table"), count("<caption>"));
    assert_eq!(count("<table"), count("<thead"));
    assert!(count("scope=\"row\"") > 10 && count("scope=\"col\"") > 10);
}

/// Parties of the first table add up to society as printed, in every column.
///
/// Catches: figures rounded one by one, which a reader with a pencil finds not to add up.
#[test]
fn the_printed_parties_add_up_to_the_printed_society() {
    let annex = annex(&compensated().run(), Language::Da);
    let table = annex.blocks.iter().find_map(|b| match b {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let table = table.expect("the table of parties");
    let tenths = |cell: &str| -> i64 {
        let text = cell.replace('−', "-").replace(['+', '.'], "");
        let value: f64 = text.replace(',', ".").parse().expect("a number");
        (value * 10.0).round() as i64
    };
    let (society, parties) = table.rows.split_last().expect("rows");
    for column in 0..table.columns.len() {
        let sum: i64 = parties
            .iter()
            .map(|row| tenths(&row.cells[column].text))
            .sum();
        assert_eq!(sum, tenths(&society.cells[column].text), "column {column}");
    }
}

/// The municipal pages are the lines of the common table.
#[test]
fn there_is_a_page_for_every_municipality_of_the_common_table() {
    let finished = compensated();
    let all = papers(&finished.run()).expect("papers");
    let pages: Vec<_> = all
        .iter()
        .filter(|(n, _)| n.starts_with("kommuner/"))
        .collect();
    let json: serde_json::Value =
        serde_json::from_slice(&result_json(&finished.run()).expect("a result")).expect("JSON");
    let rows = json["municipalities"].as_array().expect("municipalities");
    assert_eq!(pages.len(), rows.len());
    for ((name, page), row) in pages.iter().zip(rows) {
        let page = String::from_utf8_lossy(page);
        let code = row["code"].as_str().expect("a code");
        assert!(name.contains(code), "{name} {code}");
        assert!(
            page.contains(row["name"].as_str().expect("a name")),
            "{name}"
        );
    }
}
