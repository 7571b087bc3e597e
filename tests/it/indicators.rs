//! Indicators: the world's register, what is followed, and when an observed quarter is news.

use crate::cli::{fairbalance, run, scenario, stderr, stdout};
use crate::support::*;
use fairbalance::plan::RowId;
use fairbalance::scenario::read;
use std::collections::BTreeSet;

fn register() -> Vec<toml::Value> {
    let text = std::fs::read_to_string(scenario("worlds/faelles/world.toml")).expect("a world");
    let table: toml::Table = text.parse().expect("TOML");
    table["indicator"].as_array().expect("a register").clone()
}

/// D20, D21, D9. Every registered indicator belongs to a national goal and a vision (their words
/// are closed lists of the grammar), has years of use and a source; together they touch all four
/// visions.
#[test]
fn every_registered_indicator_belongs_to_a_national_goal_and_a_vision() {
    let mut visions = BTreeSet::new();
    for entry in register() {
        let id = entry["id"].as_str().expect("an id");
        let goals = entry["national_goals"].as_array().expect("goals");
        assert!(!goals.is_empty(), "{id} serves no national goal");
        let own = entry["visions"].as_array().expect("visions");
        assert!(!own.is_empty(), "{id} serves no vision");
        visions.extend(own.iter().map(|v| v.as_str().expect("a text").to_owned()));
        let years = entry["valid"]["from"].as_integer() <= entry["valid"]["to"].as_integer();
        assert!(years, "{id} is in use in some years");
        assert!(!entry["source"].as_str().expect("a source").is_empty());
    }
    assert_eq!(visions.len(), 4, "{visions:?}");
}

/// D1, D2, D3. The register's groups: COPD and diabetes are parts of the chronic, and disjoint, so
/// that their union is their sum; in every draw of the shipped home monitoring COPD has no more.
#[test]
fn registered_parts_are_parts_of_the_whole() {
    let groups = |id: &str| -> BTreeSet<String> {
        let entry = register()
            .into_iter()
            .find(|e| e["id"].as_str() == Some(id));
        let entry = entry.unwrap_or_else(|| panic!("{id} is registered"));
        let groups = entry["groups"].as_array().expect("groups").clone();
        groups
            .iter()
            .map(|g| g.as_str().expect("a text").to_owned())
            .collect()
    };
    let all = groups("akutte_indlaeggelser_kroniske");
    let (kol, diabetes) = (
        groups("akutte_indlaeggelser_kol"),
        groups("akutte_indlaeggelser_diabetes"),
    );
    assert!(kol.is_subset(&all) && diabetes.is_subset(&all) && kol.is_disjoint(&diabetes));
    let model = read(&scenario("kol-hjemmemonitorering"))
        .expect("sound")
        .model;
    let at = |id: &str| {
        let indicators = &model.agreement.indicators;
        indicators
            .iter()
            .position(|i| i.id == id)
            .expect("followed")
    };
    let (whole, part) = (
        at("akutte_indlaeggelser_kroniske"),
        at("akutte_indlaeggelser_kol"),
    );
    let block = Block::of(&model);
    // the agreement works on admissions for COPD: an indicator of all admissions sees them
    let difference = |i| block.lane(RowId::IndicatorDifference(i, 2));
    assert!(moments(&difference(part)).0 < -1.0);
    assert_eq!(difference(whole), difference(part));
    for t in 0..block.years() {
        let (whole, part) = (
            block.lane(RowId::IndicatorAgreement(whole, t)),
            block.lane(RowId::IndicatorAgreement(part, t)),
        );
        assert!(whole.iter().zip(&part).all(|(whole, part)| part <= whole));
    }
}

/// D4. What is not modelled is named and has no figure; what is modelled has one.
#[test]
fn the_tag_of_an_indicator_is_honoured() {
    let model = read(&scenario("kol-hjemmemonitorering"))
        .expect("sound")
        .model;
    let found = assessed(&model, 2048).findings;
    for (i, stated) in model.agreement.indicators.iter().enumerate() {
        let printed = found.indicators.iter().any(|row| row.indicator == i);
        assert_eq!(printed, !stated.services.is_empty(), "{}", stated.id);
    }
    assert!(
        model
            .agreement
            .indicators
            .iter()
            .any(|i| i.services.is_empty())
    );
    let virtual_contacts = |id: &str| id == "virtuelle_kontakter";
    assert!(
        model
            .agreement
            .indicators
            .iter()
            .any(|i| virtual_contacts(&i.id))
    );
}

/// D23, E2. A quarter at its expected count is in the band, one at twice the upper end above it;
/// a quarter nobody expected and a line that is no count are told.
#[test]
fn observed_quarters_are_held_against_the_band_of_the_run() {
    let out = tempfile::tempdir().expect("a folder");
    let output = run("kol-hjemmemonitorering", out.path(), &["--quiet"]);
    let folder = std::path::PathBuf::from(stdout(&output).trim());
    let bands = std::fs::read_to_string(folder.join("monitoring.csv")).expect("bands");
    let line = |quarter: &str| {
        let begins = format!("indlaeggelser_kol,2027,{quarter},");
        let line = bands.lines().find(|line| line.starts_with(&begins));
        let cells = line.expect("a band").split(',').map(str::to_owned);
        cells.collect::<Vec<String>>()
    };
    let (expected, high) = (line("1")[3].clone(), line("2")[5].clone());
    let far: f64 = 2.0 * high.parse::<f64>().expect("a number");
    let observed = out.path().join("observeret.csv");
    let follow = |rows: &str| {
        let text = format!("indicator;year;quarter;value\n{rows}");
        std::fs::write(&observed, text).expect("written");
        let mut command = fairbalance();
        command.arg("follow").arg(&folder).arg(&observed);
        command.output().expect("it starts")
    };
    let rows = format!(
        "indlaeggelser_kol;2027;1;{}\nindlaeggelser_kol;2027;2;{far}\n",
        expected.replace('.', ",")
    );
    let said = stdout(&follow(&rows));
    assert!(
        said.contains("2027K1") && said.contains("som ventet"),
        "{said}"
    );
    assert!(said.contains("OVER båndet"), "{said}");
    assert!(said.contains("1 af 2 kvartaler"), "{said}");
    for wrong in [
        "indlaeggelser_kol;1999;1;5\n",
        "indlaeggelser_kol;2027;1;mange\n",
    ] {
        let told = follow(wrong);
        assert_eq!(told.status.code(), Some(2), "{}", stderr(&told));
    }
}

/// E4. The health clusters partition the region's municipalities, and their sums are the whole.
#[test]
fn clusters_partition_the_municipalities() {
    let model = read(&scenario("kol-hjemmemonitorering"))
        .expect("sound")
        .model;
    let found = assessed(&model, 2048).findings;
    let rows = fairbalance::analysis::clusters(&model.world.municipalities, &found.municipalities);
    let members: usize = rows.iter().map(|row| row.municipalities).sum();
    assert_eq!(members, model.world.municipalities.len());
    let clusters: f64 = rows.iter().map(|row| row.x_mean).sum();
    let all: f64 = found.municipalities.iter().map(|row| row.x.mean).sum();
    assert!((clusters / all - 1.0).abs() < 1e-12, "{clusters} {all}");
}
