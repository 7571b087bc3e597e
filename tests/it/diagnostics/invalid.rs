//! `scenarios/invalid`: one fault a file, told exactly where the file says.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use fairbalance::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use fairbalance::scenario::inspect;

/// What the first lines of a file promise.
struct Expected {
    path: PathBuf,
    code: String,
    file: PathBuf,
    line: usize,
    column: usize,
}

impl Expected {
    fn of(path: &Path) -> Expected {
        let text = std::fs::read_to_string(path).unwrap();
        let first = text.lines().next().unwrap();
        let promise = first
            .strip_prefix("# expect: ")
            .expect("the first line names the fault");
        let (code, at) = promise.split_once(" at ").unwrap();
        let mut parts = at.rsplitn(3, ':');
        let column = parts.next().unwrap().parse().unwrap();
        let line = parts.next().unwrap().parse().unwrap();
        let file = parts
            .next()
            .map_or(path.to_owned(), |table| path.with_file_name(table));
        let variant = text
            .lines()
            .nth(1)
            .and_then(|second| second.strip_prefix("# variant: "));
        let path = match variant {
            Some(variant) => PathBuf::from(format!("{}#{variant}", path.display())),
            None => path.to_owned(),
        };
        Expected {
            path,
            code: code.to_owned(),
            file,
            line,
            column,
        }
    }

    fn is(&self, told: &Diagnostic) -> bool {
        let place = &told.places[0];
        let place = (Path::new(&place.file), place.line, place.column);
        told.code.as_str() == self.code && place == (&self.file, self.line, self.column)
    }
}

fn all() -> Vec<Expected> {
    let entries = std::fs::read_dir("scenarios/invalid").unwrap();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .filter(|path| !path.file_name().unwrap().to_string_lossy().starts_with('_'))
        .collect();
    files.sort();
    files.iter().map(|path| Expected::of(path)).collect()
}

/// The errors; of a file with warnings only, the warnings.
fn relevant(told: &Diagnostics) -> Vec<&Diagnostic> {
    let errors = told.any_error();
    told.iter()
        .filter(|t| !errors || t.severity == Severity::Error)
        .collect()
}

#[test]
fn one_fault_a_file_is_told_where_the_file_says() {
    let all = all();
    assert!(all.len() >= 60, "{} files", all.len());
    let mut wrong = String::new();
    for expected in &all {
        let told = inspect(&expected.path);
        let relevant = relevant(&told);
        if relevant.len() != 1 || !expected.is(relevant[0]) {
            let Expected {
                code,
                file,
                line,
                column,
                ..
            } = expected;
            let file = file.display();
            wrong.push_str(&format!(
                "\n=== {code} at {file}:{line}:{column}\n{}",
                told.text(false)
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_sound_files_beside_the_faults_are_sound() {
    for path in ["_world", "_agreement", "_balance.toml"] {
        let told = inspect(&Path::new("scenarios/invalid").join(path));
        assert!(told.is_empty(), "{}", told.text(false));
    }
}

#[test]
fn every_code_has_a_file_that_shows_it() {
    let mut shown: BTreeSet<String> = all().into_iter().map(|expected| expected.code).collect();
    // A file of 200 MB and a thousand faults are made when the test runs.
    shown.extend(["S004", "S118"].map(str::to_owned));
    let missing: Vec<&str> = Code::ALL
        .iter()
        .map(|code| code.as_str())
        .filter(|code| !shown.contains(*code))
        .collect();
    assert!(missing.is_empty(), "no file shows {missing:?}");
}

#[test]
fn a_table_of_200_megabytes_and_one_with_a_thousand_faults_are_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library");
    copy("scenarios/invalid/_world", &library.join("world"));
    let table = library.join("world/befolkning.csv");
    let sound = std::fs::read_to_string(&table).unwrap();

    std::fs::write(
        &table,
        sound.clone() + &"615;65+;2040;mange;made up;C\n".repeat(1000),
    )
    .unwrap();
    let told = inspect(&library.join("world"));
    let codes: Vec<&str> = told.iter().map(|t| t.code.as_str()).collect();
    assert_eq!((codes.len(), codes[0], codes[50]), (51, "S105", "S118"));

    std::fs::File::create(&table)
        .unwrap()
        .set_len(200_000_000)
        .unwrap();
    let told = inspect(&library.join("world"));
    let codes: Vec<&str> = told.iter().map(|t| t.code.as_str()).collect();
    assert_eq!(codes, ["S004"]);
}

pub fn copy(from: impl AsRef<Path>, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}
