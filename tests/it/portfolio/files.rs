//! Portfolios as files, and the command that runs them.

use std::path::Path;

use serde_json::Value;

use crate::cli::{fairbalance, files, stderr, stdout};

const SHIPPED: &str = "scenarios/portfolios/sundhedsaftale-2024-2027";

fn run(portfolio: &str, out: &Path, more: &[&str]) -> std::process::Output {
    let mut command = fairbalance();
    command.args(["portfolio", portfolio, "--replicates", "2048", "--out"]);
    command.arg(out).args(more);
    command.output().expect("the program starts")
}

#[test]
fn the_shipped_portfolio_writes_a_whole_folder_and_its_lines_add_up() {
    let out = tempfile::tempdir().expect("a folder");
    let output = run(SHIPPED, out.path(), &["--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let result: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    for party in ["region", "municipality", "society"] {
        let x = |rows: &Value| {
            let years = &result["joint"]["conventions"]["verdict_years"];
            let years = years.as_array().expect("years").len() as u64;
            let mut rows = rows.as_array().expect("rows").iter();
            let row = rows.find(|r| {
                r["party"] == party && r["years"] == years && r["view"] == "present_value"
            });
            row.expect("a row")["mean"].as_f64().expect("a number")
        };
        let agreements = result["agreements"].as_array().expect("agreements").iter();
        let proposed: f64 = agreements
            .filter(|a| a["in_force"] == false)
            .map(|a| x(&a["result"]["present_values"]))
            .sum();
        let standing = match &result["in_force"] {
            Value::Null => 0.0,
            rows => x(rows),
        };
        let mut lines = result["interaction"].as_array().expect("lines").iter();
        let interaction = lines.find(|l| l["party"] == party).expect("a line");
        let interaction = interaction["mean"].as_f64().expect("a number");
        let whole = x(&result["joint"]["present_values"]);
        let left = whole - standing - proposed - interaction;
        assert!(left.abs() < 1e-6 * whole.abs().max(1.0), "{party}: {left}");
    }
    let written = files(out.path());
    for name in [
        "result.json",
        "manifest.json",
        "ledger.csv",
        "ledger.parquet",
        "draws.parquet",
    ] {
        assert!(
            written.iter().any(|f| f.ends_with(name)),
            "{name} in {written:?}"
        );
    }
    let input = "inputs/portfolios/sundhedsaftale-2024-2027/portfolio.toml";
    assert!(written.iter().any(|f| f.ends_with(input)), "{written:?}");
}

#[test]
fn a_portfolio_speaks_both_languages_and_quietly() {
    let out = tempfile::tempdir().expect("a folder");
    let da = stdout(&run(SHIPPED, out.path(), &[]));
    for words in [
        "Samspil (tilhører ingen aftale)",
        "Porteføljen",
        "LØBENDE REGNSKAB",
        "Tjent hjem",
    ] {
        assert!(da.contains(words), "{words} in\n{da}");
    }
    let en = stdout(&run(SHIPPED, out.path(), &["--lang", "en"]));
    for words in [
        "belongs to no agreement",
        "The portfolio",
        "RUNNING ACCOUNT",
        "Paid back",
    ] {
        assert!(en.contains(words), "{words} in\n{en}");
    }
    let quiet = run(SHIPPED, out.path(), &["--quiet"]);
    let folder = stdout(&quiet);
    assert!(
        Path::new(folder.trim()).join("result.json").is_file(),
        "{folder}"
    );
    assert_eq!(folder.lines().count(), 1);
}

/// A1: one agreement that is not *klarlagt* keeps the whole portfolio from a verdict.
#[test]
fn an_agreement_that_is_not_clarified_is_named_and_gives_exit_code_3() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path().join("portfolios/uklar");
    std::fs::create_dir_all(&home).expect("a folder");
    for name in [
        "worlds/faelles",
        "worlds/midtjylland",
        "kol-hjemmemonitorering",
        "ikke-klarlagt-eksempel",
    ] {
        copy(
            &Path::new("scenarios").join(name),
            &folder.path().join(name),
        );
    }
    copy_file("balanceprincip.toml", folder.path());
    let text = std::fs::read_to_string(Path::new(SHIPPED).join("portfolio.toml")).expect("text");
    let (head, _) = text.split_once("\nin_force").expect("a list");
    let text = format!(
        "{head}\nproposed = [\"../../kol-hjemmemonitorering\", \"../../ikke-klarlagt-eksempel\"]\n"
    );
    std::fs::write(home.join("portfolio.toml"), text).expect("written");
    let home = home.to_string_lossy().into_owned();
    let output = run(&home, &folder.path().join("out"), &[]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(said.contains("ikke-klarlagt-eksempel: "), "{said}");
    assert!(!said.contains("kol-hjemmemonitorering: "), "{said}");
}

#[test]
fn a_portfolio_is_no_agreement_and_an_agreement_no_portfolio() {
    let out = tempfile::tempdir().expect("a folder");
    let output = fairbalance()
        .args(["run", SHIPPED])
        .output()
        .expect("starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("S011"), "{}", stderr(&output));
    let output = run(
        "scenarios/kol-hjemmemonitorering/agreement.toml",
        out.path(),
        &[],
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("S011"), "{}", stderr(&output));
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("listed") {
        let path = entry.expect("an entry").path();
        std::fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("copied");
    }
}

fn copy_file(name: &str, to: &Path) {
    std::fs::copy(Path::new("scenarios").join(name), to.join(name)).expect("copied");
}
