//! What an author is told: shipped files are sound, and each fault has its words.

mod gate;
mod invalid;
mod statbank;
mod survives;

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
    let portfolios = files_named("scenarios/portfolios", "portfolio.toml");
    for path in agreements().into_iter().chain(worlds).chain(portfolios) {
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

#[test]
fn an_agreement_read_without_its_world_is_still_told_its_own_faults() {
    let library = library();
    library.write(
        "test.toml",
        "schema = 1\nkind = \"agreement\"\nextends = \"_agreement\"\nworld = \"ingensteder\"\n\
         [parameter.omk_time]\nlaw.fixed = 5\n\
         [parameter.optag]\nlaw.fixed = 60\n[coverage.monitorering]\nuptake = 3\n",
    );
    assert_eq!(library.told("test.toml"), ["S001", "S205", "S025"]);
}

#[test]
fn faults_of_several_files_come_in_one_pass_and_broken_syntax_hides_only_itself() {
    let library = library();
    library.write(
        "test.toml",
        "schema = 1\nkind = \"agreement\"\nextends = \"_agreement\"\nworld = \"w.toml\"\n\
         balance = \"b.toml\"\nhorizon = = 3\nstatus = \"x\"\nperiod = { from = 2026 to = 2029 }\n",
    );
    library.write(
        "w.toml",
        "schema = 1\nkind = \"world\"\nextends = \"_world\"\nregions = [\"99\"]\ncolour = 1\n",
    );
    let balance = std::fs::read_to_string("scenarios/invalid/_balance.toml").unwrap();
    library.write("b.toml", &balance.replace("0.80", "80"));
    assert_eq!(
        library.told("test.toml"),
        ["S008", "S023", "S008", "S302", "S020", "S501"]
    );
}

#[test]
fn a_variant_says_only_its_difference() {
    let library = library();
    library.write(
        "test.toml",
        "schema = 1\nkind = \"agreement\"\nextends = \"_agreement\"\n\
         [variant.kort]\nhorizon = 5\n[variant.kort.coverage.monitorering]\nramp.step = {}\n",
    );
    let long = read(&library.path("test.toml")).unwrap().model;
    let short = read(&library.path("test.toml#kort")).unwrap().model;
    assert_eq!((long.agreement.horizon, short.agreement.horizon), (10, 5));
    assert_eq!(
        long.agreement.coverages[0].uptake,
        short.agreement.coverages[0].uptake
    );
    assert_ne!(
        long.agreement.coverages[0].ramp,
        short.agreement.coverages[0].ramp
    );
}

/// The small sound world and agreement, in a library of their own.
struct Library {
    folder: tempfile::TempDir,
}

fn library() -> Library {
    let library = Library {
        folder: tempfile::tempdir().unwrap(),
    };
    for folder in ["_world", "_agreement"] {
        let from = Path::new("scenarios/invalid").join(folder);
        invalid::copy(from, &library.path(folder));
    }
    std::fs::copy(
        "scenarios/invalid/_balance.toml",
        library.path("_balance.toml"),
    )
    .unwrap();
    library
}

impl Library {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("scenarios").join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn told(&self, name: &str) -> Vec<&'static str> {
        inspect(&self.path(name))
            .iter()
            .map(|told| told.code.as_str())
            .collect()
    }
}

#[test]
fn a_nominal_amount_loses_value_year_by_year_and_others_have_one_factor() {
    let library = library();
    library.write(
        "test.toml",
        "schema = 1\nkind = \"agreement\"\nextends = \"_agreement\"\n[parameter.bidrag]\n\
         price = { year = 2025, regulation = \"nominal\" }\n",
    );
    let model = read(&library.path("test.toml")).unwrap().model;
    let price = |name: &str| {
        model
            .parameters
            .iter()
            .find(|p| p.name == name)
            .unwrap()
            .price
            .clone()
            .unwrap()
    };
    // Index 98 in 2024, 100 in 2025, 102 in 2026, then 2 % a year.
    let nominal = price("bidrag");
    assert_eq!(nominal.factor(2024), 100.0 / 98.0);
    assert_eq!(nominal.factor(2025), 1.0);
    assert_eq!(nominal.factor(2026), 100.0 / 102.0);
    assert!((nominal.factor(2027) - 100.0 / (102.0 * 1.02)).abs() < 1e-12);
    assert_eq!(price("omk_indlaeggelse").factors, [(2024, 100.0 / 98.0)]);
}
