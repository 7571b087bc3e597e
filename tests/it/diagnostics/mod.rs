//! What an author is told: shipped files are sound, and each fault has its words.

use std::path::{Path, PathBuf};

use fairbalance::scenario::{inspect, read, schema::schema};

/// The agreements that ship.
fn agreements() -> Vec<PathBuf> {
    files_named("scenarios", "agreement.toml")
        .into_iter()
        .filter(|path| !path.starts_with("scenarios/invalid"))
        .collect()
}

fn files_named(folder: impl AsRef<Path>, name: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(files_named(&path, name));
        } else if path.file_name().is_some_and(|file| file == name) {
            found.push(path);
        }
    }
    found
}

#[test]
fn shipped_agreements_read_without_a_word() {
    let agreements = agreements();
    assert!(agreements.len() >= 3);
    for path in agreements {
        match read(&path) {
            Ok(read) => {
                assert!(read.warnings.is_empty(), "{}", read.warnings.text(false));
                assert!(
                    read.inputs.len() >= 4,
                    "agreement, balance, world and its tables"
                );
            }
            Err(told) => panic!("{}", told.text(false)),
        }
    }
}

#[test]
fn shipped_worlds_and_principles_read_without_a_word() {
    let worlds = files_named("scenarios/worlds", "world.toml");
    let balances = [
        "scenarios/balanceprincip.toml",
        "scenarios/balanceprincip-horisontal.toml",
    ];
    for path in worlds.into_iter().chain(balances.map(PathBuf::from)) {
        let told = inspect(&path);
        assert!(told.is_empty(), "{}", told.text(false));
    }
}

#[test]
fn shipped_files_validate_against_the_published_schema() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let worlds = files_named("scenarios/worlds", "world.toml");
    for path in agreements().into_iter().chain(worlds) {
        let text = std::fs::read_to_string(&path).unwrap();
        let table: toml::Table = text.parse().unwrap();
        let json = serde_json::to_value(table).unwrap();
        let faults: Vec<String> = validator
            .iter_errors(&json)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(
            faults.is_empty(),
            "{}:\n{}",
            path.display(),
            faults.join("\n")
        );
    }
}

#[test]
fn a_path_may_name_the_folder_or_the_file() {
    let by_folder = read(Path::new("scenarios/kol-hjemmemonitorering")).unwrap();
    let by_file = read(Path::new("scenarios/kol-hjemmemonitorering/agreement.toml")).unwrap();
    assert_eq!(by_folder.inputs, by_file.inputs);
    assert_eq!(by_folder.model.scenario, "kol-hjemmemonitorering");
    assert_eq!(
        by_folder.inputs[0].path,
        "kol-hjemmemonitorering/agreement.toml"
    );
}
