//! What each shipped agreement is said to answer, against what the program answers.

use fairbalance::engine::RunSettings;
use fairbalance::engine::{NoDraws, Silent};
use fairbalance::report::{Run, papers};
use fairbalance::scenario::read;
use fairbalance::verdict::assess;
use std::path::{Path, PathBuf};

/// With the default seed and as many draws as the verdict needs, as the command line runs it.
///
/// Catches: a figure, a mechanism or a rule that turns an answer the folder's README explains.
#[test]
fn every_agreement_answers_what_its_folder_says() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for folder in folders() {
        for (name, expected) in answers(&folder) {
            let found = outcome(&name);
            tried += 1;
            if found != expected {
                wrong.push(format!("{name}: {found}, expected {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(tried >= 9, "agreements that say their answer");
}

/// Folders that say their answer.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let entries = std::fs::read_dir(root).expect("scenarios can be listed");
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a folder's entry").path())
        .filter(|path| path.join("expected.toml").is_file())
        .collect();
    folders.sort();
    folders
}

/// (path, outcome) of the agreement and of the variants that are named under `variants`.
fn answers(folder: &Path) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(folder.join("expected.toml")).expect("it can be read");
    let table: toml::Table = text.parse().expect("TOML");
    let path = folder.to_str().expect("a name in UTF-8");
    let said = |value: &toml::Value| value.as_str().expect("an outcome").to_owned();
    let mut all = vec![(path.to_owned(), said(&table["outcome"]))];
    let variants = table.get("variants").and_then(toml::Value::as_table);
    for (name, outcome) in variants.into_iter().flatten() {
        all.push((format!("{path}#{name}"), said(outcome)));
    }
    all
}

fn outcome(path: &str) -> String {
    let read = read(Path::new(path)).unwrap_or_else(|told| panic!("{}", told.text(false)));
    let settings = RunSettings::default();
    let assessment = assess(&read.model, &settings, &mut NoDraws, &Silent);
    let assessment = assessment.expect("nothing to fail on");
    set(&Run {
        id: "0000000000000000",
        balance_hash: "",
        input_hash: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        model: &read.model,
        settings: &settings,
        assessment: &assessment,
    });
    assessment.verdict.outcome.key().to_owned()
}

/// Every shipped agreement can be attached to a decision paper, and what is pasted has its length.
fn set(run: &Run) {
    for (name, content) in papers(run).expect("papers") {
        if name.ends_with(".txt") {
            let text = String::from_utf8(content).expect("UTF-8");
            let words = text.split_whitespace().count();
            assert!((120..=185).contains(&words), "{words} words: {text}");
        }
    }
}
