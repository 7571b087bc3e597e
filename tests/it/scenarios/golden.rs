//! Every shipped agreement gives the outcome that its `expected.toml` states.
//!
//! With 4,096 replicates a probability has a standard error of at most 0.008; the files state how
//! far from 20 and 80 percent each party lies, so that a changed outcome is a changed model.

use crate::support::*;
use fairbalance::scenario::read;
use std::path::{Path, PathBuf};

/// The folders that hold an agreement.
pub fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let entries = std::fs::read_dir(root).expect("scenarios can be listed");
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("agreement.toml").is_file())
        .collect();
    folders.sort();
    folders
}

fn expected(folder: &Path) -> toml::Table {
    let file = folder.join("expected.toml");
    let text = std::fs::read_to_string(&file);
    let text = text.unwrap_or_else(|_| panic!("{} states an outcome", file.display()));
    text.parse().expect("TOML")
}

/// Catches a change of the model, of a figure or of a rule that turns a shipped answer round.
#[test]
fn every_shipped_agreement_has_the_outcome_it_states() {
    let mut wrong = String::new();
    for folder in folders() {
        let stated = expected(&folder);
        let model = read(&folder)
            .unwrap_or_else(|told| panic!("{}", told.text(false)))
            .model;
        let found = assessed(&model, 4096).verdict.outcome.key();
        let stated = stated["outcome"].as_str().expect("a text");
        if found != stated {
            wrong.push_str(&format!("{}: {found}, stated {stated}\n", folder.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
