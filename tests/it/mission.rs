//! The catalogue of what agreements ask of the program: each row leads to scenarios and tests.
//!
//! ```text
//!   src/docs/mission.toml ─┐
//!   scenarios/*/expected.toml (mission = [ids]) ├─ written ─→ src/docs/mission.md
//!   comments of tests that name an id ─────────┘
//! ```
//!
//! After a change:  UPDATE_MISSION=1 cargo test --test it mission

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

struct Row {
    id: String,
    rank: i64,
    item: String,
    status: String,
    how: String,
    /// Tests that show it without naming it in their comment.
    tests: Vec<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_default()
}

fn rows() -> Vec<Row> {
    let file: toml::Table = read("src/docs/mission.toml").parse().expect("TOML");
    let rows = file["row"].as_array().expect("rows").iter();
    let row = |row: &toml::Value| {
        let text = |key: &str| row[key].as_str().expect("a text").to_owned();
        Row {
            id: text("id"),
            rank: row["rank"].as_integer().expect("a rank"),
            item: text("item"),
            status: text("status"),
            how: text("how"),
            tests: listed(row.get("tests")),
        }
    };
    rows.map(row).collect()
}

fn listed(value: Option<&toml::Value>) -> Vec<String> {
    let list = value.and_then(|value| value.as_array());
    let texts = list.into_iter().flatten().filter_map(|text| text.as_str());
    texts.map(str::to_owned).collect()
}

/// Scenarios by the ids they show.
fn scenarios() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for folder in folders() {
        let name = folder.file_name().expect("a name").to_string_lossy();
        let text = std::fs::read_to_string(folder.join("expected.toml")).unwrap_or_default();
        let table: toml::Table = text.parse().expect("TOML");
        let ids = table.get("mission").and_then(|ids| ids.as_array());
        for id in ids.into_iter().flatten().filter_map(|id| id.as_str()) {
            found.entry(id.into()).or_default().insert(name.to_string());
        }
    }
    found
}

/// The folders that hold an agreement.
fn folders() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("scenarios")).expect("scenarios can be listed");
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("agreement.toml").is_file())
        .collect();
    folders.sort();
    folders
}

/// Every shipped agreement says what it answers.
#[test]
fn every_shipped_agreement_states_its_outcome() {
    let silent = |folder: &PathBuf| !folder.join("expected.toml").is_file();
    let silent: Vec<PathBuf> = folders().into_iter().filter(silent).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

/// Tests by the ids that the comment above them names, and by the rows that name them.
fn tests() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (test, ids) in all_tests() {
        for id in ids {
            found.entry(id).or_default().insert(test.clone());
        }
    }
    for row in rows() {
        for test in row.tests {
            found.entry(row.id.clone()).or_default().insert(test);
        }
    }
    found
}

/// Every test with the ids that its comment names.
fn all_tests() -> BTreeMap<String, BTreeSet<String>> {
    let mut files = Vec::new();
    collect(&root().join("tests/it"), &mut files);
    files.sort();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in files {
        let text = std::fs::read_to_string(&path).expect("text");
        let module = path.strip_prefix(root().join("tests/it")).expect("below");
        let module = module
            .with_extension("")
            .to_string_lossy()
            .replace('/', "::");
        let module = module.trim_end_matches("::mod").to_owned();
        let mut named: BTreeSet<String> = BTreeSet::new();
        let mut is_test = false;
        for line in text.lines().map(str::trim) {
            if let Some(comment) = line.strip_prefix("///") {
                named.extend(ids(comment));
            } else if line == "#[test]" {
                is_test = true;
            } else if let Some(rest) = line.strip_prefix("fn ").filter(|_| is_test) {
                let name = rest.split('(').next().unwrap_or_default();
                let test = format!("{module}::{name}");
                found.insert(test, std::mem::take(&mut named));
                is_test = false;
            } else if !line.starts_with("#[") {
                named.clear();
                is_test = false;
            }
        }
    }
    found
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// `A3`, `B36`, `BT1`: a word of capitals and digits that the catalogue could hold.
fn ids(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let is_id = |word: &&str| {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let letters = &word[..word.len() - digits.len()];
        let number = (1..=2).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit());
        number && (letters == "BT" || (letters.len() == 1 && ("A"..="F").contains(&letters)))
    };
    words.filter(is_id).map(str::to_owned).collect()
}

fn page(rows: &[Row]) -> String {
    let (scenarios, tests) = (scenarios(), tests());
    let count = |status: &str, rank: i64| {
        let own = rows.iter().filter(|r| r.status == status);
        own.filter(|r| rank == 0 || r.rank == rank).count()
    };
    let mut page = String::from(
        "# What is asked, and where it is answered\n\n\
         Written by a test from `mission.toml`, the scenarios' `expected.toml` and the comments of\n\
         tests. Rank 1 must be answered, 2 should, 3 may be told.\n\n",
    );
    let _ = writeln!(
        page,
        "{} rows: {} modelled ({} of rank 1), {} report only ({}), {} not modelled ({}).\n",
        rows.len(),
        count("modelled", 0),
        count("modelled", 1),
        count("report only", 0),
        count("report only", 1),
        count("not modelled", 0),
        count("not modelled", 1),
    );
    page.push_str("| id | rank | item | status | how | scenarios | tests |\n");
    page.push_str("| --- | --- | --- | --- | --- | --- | --- |\n");
    let list = |found: Option<&BTreeSet<String>>| {
        let names = found.into_iter().flatten().map(|name| format!("`{name}`"));
        names.collect::<Vec<_>>().join(" ")
    };
    for row in rows {
        let how = row.how.replace("[[", "\\[\\[").replace("]]", "\\]\\]");
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {how} | {} | {} |",
            row.id,
            row.rank,
            row.item,
            row.status,
            list(scenarios.get(&row.id)),
            list(tests.get(&row.id)),
        );
    }
    page
}

#[test]
fn the_catalogue_is_written_from_what_there_is() {
    let page = page(&rows());
    let path = root().join("src/docs/mission.md");
    if std::env::var_os("UPDATE_MISSION").is_some() {
        std::fs::write(&path, &page).expect("written");
    }
    let stands = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stands == page,
        "src/docs/mission.md is out of date: UPDATE_MISSION=1 cargo test --test it mission"
    );
}

#[test]
fn every_row_of_rank_1_leads_to_a_scenario_or_a_test_or_says_why_not() {
    let (scenarios, tests) = (scenarios(), tests());
    let mut missing = Vec::new();
    for row in rows() {
        assert!(row.how.len() > 10, "{} says how, or why not", row.id);
        let shown = scenarios.contains_key(&row.id) || tests.contains_key(&row.id);
        let open = row.status != "not modelled";
        if row.rank == 1 && open && !shown {
            missing.push(format!("{} {}", row.id, row.item));
        }
    }
    assert!(missing.is_empty(), "nothing shows:\n{}", missing.join("\n"));
}

#[test]
fn scenarios_and_tests_name_rows_that_exist_and_are_said_to_be_answered() {
    let rows = rows();
    let known = |id: &str| rows.iter().find(|row| row.id == id);
    let mut wrong = Vec::new();
    for (id, by) in scenarios().into_iter().chain(tests()) {
        match known(&id) {
            None if id.starts_with("BT") => {}
            None => wrong.push(format!("{id} is no row: {by:?}")),
            Some(row) if row.status == "not modelled" && !row.how.starts_with("not shown yet") => {
                wrong.push(format!("{id} is said not to be modelled: {by:?}"));
            }
            Some(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_test_that_a_row_names_exists() {
    let known = all_tests();
    let rows = rows();
    let named = rows
        .iter()
        .flat_map(|row| row.tests.iter().map(move |t| (&row.id, t)));
    let missing: Vec<_> = named
        .filter(|(_, test)| !known.contains_key(*test))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_catalogue_has_every_row_once_and_every_rank() {
    let rows = rows();
    let ids: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!((ids.len(), rows.len()), (177, 177));
    assert_eq!(rows.iter().filter(|row| row.rank == 1).count(), 91);
    for row in &rows {
        let status = ["modelled", "report only", "not modelled"];
        assert!(status.contains(&row.status.as_str()), "{}", row.id);
    }
}
