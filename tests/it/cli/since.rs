//! `compare --report`: what has happened since the last draft, as a page for whoever decides.

use std::fs;
use std::path::Path;

use super::again::copy;
use super::{fairbalance, files, run, scenario, stderr, stdout};
use crate::support::{as_pdf, output, program};

const KOL: &str = "kol-hjemmemonitorering";
const WITHOUT: &str = "kol-hjemmemonitorering#uden_bidrag";
const SHORTER: &str = "kol-hjemmemonitorering#kortere_gennemgang";

fn compare(home: &Path, a: &Path, b: &str, more: &[&str]) -> std::process::Output {
    let mut command = fairbalance();
    command.current_dir(home).arg("compare").arg(a);
    command.arg(scenario(b)).args(more);
    command.output().unwrap()
}

/// Text of a page without its marks.
fn text(page: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in page.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(if c == '\u{a0}' { ' ' } else { c }),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Catches: a change without old and new value, source or owner; a verdict that moves unsaid.
#[test]
fn a_changed_payment_is_told_in_sentences_with_what_it_moves() {
    let home = tempfile::tempdir().unwrap();
    let done = compare(home.path(), &scenario(KOL), WITHOUT, &["--report"]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    assert!(stdout(&done).contains("Side: sammenligning.html"));
    assert_eq!(files(home.path()), ["sammenligning.html"]);
    let page = fs::read_to_string(home.path().join("sammenligning.html")).unwrap();
    let text = text(&page);
    for part in [
        "Siden sidste udkast",
        "er ændret fra 1.800 kr",
        "Kilde: assumption: varianten uden betaling fra regionen",
        "Binder regionen, som ikke har godkendt den",
        "mindreudgift",
        "for kommunerne",
        "Vurderingen er",
        "I alt siden sidst",
        "seed 1",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert!(!text.contains("Monte Carlo"), "{text}");
}

/// Catches: two pages of the same drafts that differ, an English word missing, and a verdict that
/// stays without being said to stay.
#[test]
fn the_page_is_the_same_twice_and_says_that_a_verdict_stays() {
    let home = tempfile::tempdir().unwrap();
    let made = |name: &str| {
        let more = ["--lang", "en", "--report", name];
        let done = compare(home.path(), &scenario(KOL), SHORTER, &more);
        assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
        fs::read_to_string(home.path().join(name)).unwrap()
    };
    let (one, two) = (made("one.html"), made("two.html"));
    assert_eq!(one, two);
    let text = text(&one);
    for part in [
        "Since the last draft",
        "The verdict is unchanged:",
        "By itself it gives",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

/// Catches: braces, quotes and keys of the file in a page for a council.
#[test]
fn a_changed_agreement_is_told_without_the_files_signs() {
    let home = tempfile::tempdir().unwrap();
    let from = scenario(KOL);
    let all = from.parent().unwrap();
    for part in [KOL, "worlds"] {
        copy(&all.join(part), &home.path().join(part));
    }
    let principle = "balanceprincip.toml";
    fs::copy(all.join(principle), home.path().join(principle)).unwrap();
    let file = home.path().join(KOL).join("agreement.toml");
    let text_of_file = fs::read_to_string(&file).unwrap();
    let changed = text_of_file
        .replace("quarters_outside = 2", "quarters_outside = 3")
        .replacen("lag_months = 6", "lag_months = 9", 1)
        .replace("\"Skive\" = \"2027-01\", ", "");
    assert_ne!(text_of_file, changed);
    fs::write(&file, changed).unwrap();
    let draft = home.path().join(KOL);
    let done = fairbalance()
        .current_dir(home.path())
        .args(["compare".as_ref(), from.as_os_str(), draft.as_os_str()])
        .args(["--report", "side.html"])
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let page = text(&fs::read_to_string(home.path().join("side.html")).unwrap());
    for part in [
        "Opfølgningen er ændret: fra kvartaler i træk uden for båndet 2 til kvartaler i træk uden for båndet 3.",
        "er ændret (forsinkelse i måneder): fra 6 til 9.",
        "er ændret (start): fra Skive 2027-01 til ikke nævnt.",
    ] {
        assert!(page.contains(part), "{part} in\n{page}");
    }
}

/// Catches: a Word file that an office suite does not read, or that loses the sentences.
#[test]
fn the_page_is_a_word_file_where_its_name_says_so() {
    let home = tempfile::tempdir().unwrap();
    let more = ["--report", "siden.docx"];
    let done = compare(home.path(), &scenario(KOL), WITHOUT, &more);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let Some(pdf) = as_pdf(&home.path().join("siden.docx")) else {
        return;
    };
    let Some(reader) = program("pdftotext") else {
        return;
    };
    let text = output(std::process::Command::new(reader).arg(&pdf).arg("-"));
    assert!(text.contains("Siden sidste udkast"), "{text}");
    assert!(text.contains("I alt siden sidst"), "{text}");
}

/// Catches: a run folder shown under another name than its own.
#[test]
fn a_run_folder_is_headed_with_its_own_name() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("output");
    let folder = stdout(&run(KOL, &out, &["--quiet"]));
    let folder = Path::new(folder.trim_end()).to_owned();
    let id = folder.file_name().unwrap().to_string_lossy().into_owned();
    let done = compare(home.path(), &folder, KOL, &["--report"]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let page = fs::read_to_string(home.path().join("sammenligning.html")).unwrap();
    let text = text(&page);
    assert!(text.contains(&format!("kørsel {id}")), "{id} in\n{text}");
    assert!(text.contains("er intet ændret"), "{text}");
}

/// Catches: a page beside an error, and one written where it cannot stand.
#[test]
fn nothing_is_written_on_an_error() {
    let home = tempfile::tempdir().unwrap();
    let kol = scenario(KOL);
    let ending = compare(home.path(), &kol, WITHOUT, &["--report", "side.pdf"]);
    assert_eq!(ending.status.code(), Some(2), "{}", stderr(&ending));
    assert!(
        stderr(&ending).contains(".html or .docx"),
        "{}",
        stderr(&ending)
    );
    let unclear = compare(home.path(), &kol, "ikke-klarlagt-eksempel", &["--report"]);
    assert_eq!(unclear.status.code(), Some(3), "{}", stderr(&unclear));
    let missing = compare(home.path(), &kol, "no-such", &["--report"]);
    assert_eq!(missing.status.code(), Some(2), "{}", stderr(&missing));
    let nowhere = compare(home.path(), &kol, WITHOUT, &["--report", "no/such/a.html"]);
    assert_eq!(nowhere.status.code(), Some(74), "{}", stderr(&nowhere));
    assert_eq!(files(home.path()), Vec::<String>::new());
}
