//! What the program says, where, and with which exit code.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use super::{fairbalance, files, run, scenario, stderr, stdout};
use serde_json::Value;

const KOL: &str = "kol-hjemmemonitorering";
const BLANK: &str = "ikke-klarlagt-eksempel";

#[test]
fn a_run_concludes_on_stdout_and_tells_its_time_on_stderr() {
    let out = tempfile::tempdir().unwrap();
    let output = run(KOL, out.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    for part in [
        "KONKLUSION",
        "Samfund",
        "Balance",
        "HVEM BETALER",
        "KOMMUNER",
        "Kørselsmappe: ",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert!(!text.contains("sekunder") && stderr(&output).contains("sekunder"));
    assert!(!text.contains('\u{1b}'), "no colour away from a terminal");
}

#[test]
fn english_is_spoken_when_asked_for() {
    let out = tempfile::tempdir().unwrap();
    let text = stdout(&run(KOL, out.path(), &["--lang", "en"]));
    assert!(
        text.contains("CONCLUSION") && text.contains("Run folder: "),
        "{text}"
    );
}

#[test]
fn json_on_stdout_is_the_file_in_the_folder() {
    let out = tempfile::tempdir().unwrap();
    let output = run(KOL, out.path(), &["--json"]);
    let id = serde_json::from_slice::<Value>(&output.stdout).unwrap()["run_id"].clone();
    let folder = out.path().join(KOL).join(id.as_str().unwrap());
    assert_eq!(fs::read(folder.join("result.json")).unwrap(), output.stdout);
}

#[test]
fn quiet_prints_the_folder_and_nothing_else() {
    let out = tempfile::tempdir().unwrap();
    let output = run(KOL, out.path(), &["--quiet"]);
    let folder = stdout(&output);
    assert!(fs::metadata(folder.trim_end()).unwrap().is_dir());
    assert_eq!(folder.lines().count(), 1);
    assert_eq!(stderr(&output), "");
}

#[test]
fn what_is_not_clarified_exits_3_with_its_blanks_and_no_draws() {
    let out = tempfile::tempdir().unwrap();
    let output = run(BLANK, out.path(), &[]);
    assert_eq!(output.status.code(), Some(3));
    let text = stdout(&output);
    assert!(
        text.contains("IKKE KLARLAGT") && text.contains("linje "),
        "{text}"
    );
    // bounds stand under their own heading, and say that they are no verdict
    let (blanks, bounds) = text
        .split_once("HVAD KAN SIGES UDEN AFTALEN OM BETALING")
        .expect("bounds");
    assert!(!text.contains("KONKLUSION") && !blanks.contains("mio. kr."));
    let bounds = bounds.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        bounds.contains("Det er ikke en vurdering af balancen"),
        "{bounds}"
    );
    let written = files(out.path());
    assert!(written.iter().any(|file| file.ends_with("result.json")));
    assert!(
        !written
            .iter()
            .any(|file| file.contains("draws") || file.contains("ledger"))
    );
}

#[test]
fn invalid_input_exits_2_with_every_fault_and_writes_nothing() {
    let library = tempfile::tempdir().unwrap();
    let folder = library.path().join("kol");
    fs::create_dir(&folder).unwrap();
    fs::write(
        folder.join("agreement.toml"),
        "schema = 1\nkind = \"agreement\"\nstaus = \"draft\"\n",
    )
    .unwrap();
    let out = library.path().join("output");
    let run = |more: &[&str]| {
        let mut command = fairbalance();
        command
            .arg("run")
            .arg(&folder)
            .arg("--out")
            .arg(&out)
            .args(more);
        command.output().unwrap()
    };
    let text = run(&[]);
    assert_eq!(text.status.code(), Some(2));
    assert!(
        stdout(&text).is_empty() && stderr(&text).contains("staus"),
        "{}",
        stderr(&text)
    );
    let json = run(&["--json"]);
    assert_eq!(json.status.code(), Some(2));
    let faults: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(faults["valid"], false);
    assert!(faults["diagnostics"].as_array().unwrap().len() > 1);
    assert!(!out.exists());
}

#[test]
fn too_few_replicates_are_raised_to_what_an_error_needs_and_told() {
    let out = tempfile::tempdir().unwrap();
    let output = fairbalance()
        .args(["run", "--replicates", "5", "--json", "--out"])
        .arg(out.path())
        .arg(scenario(KOL))
        .output()
        .unwrap();
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(result["replicates"], 2048);
    assert!(stderr(&output).contains("2048"), "{}", stderr(&output));
}

#[test]
fn wrong_usage_exits_2() {
    for line in [
        vec!["run"],
        vec!["run", "x", "--replicates", "0"],
        vec!["run", "x", "--replicates", "9", "--precision", "0.1"],
        vec!["run", "x", "--lang", "sv"],
        vec!["fly"],
    ] {
        let output = fairbalance().args(&line).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{line:?}");
    }
}

#[test]
fn a_scenario_that_is_not_there_exits_2() {
    let output = fairbalance()
        .args(["check", "no/such/folder"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("no/such/folder"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn check_tells_valid_blank_and_invalid_apart() {
    let check = |name: &str| {
        fairbalance()
            .arg("check")
            .arg(scenario(name))
            .output()
            .unwrap()
    };
    let valid = check(KOL);
    assert_eq!(valid.status.code(), Some(0), "{}", stderr(&valid));
    assert!(stdout(&valid).contains("klarlagt"));
    let blank = check(BLANK);
    assert_eq!(blank.status.code(), Some(3));
    assert!(stdout(&blank).lines().count() > 3, "{}", stdout(&blank));
    let rule = check("balanceprincip.toml");
    assert_eq!(rule.status.code(), Some(0), "{}", stderr(&rule));
}

#[test]
fn check_says_the_same_in_json() {
    let output = fairbalance()
        .arg("check")
        .arg(scenario(BLANK))
        .arg("--json")
        .output()
        .unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&told["valid"], &told["clarified"]),
        (&true.into(), &false.into())
    );
    assert!(!told["blanks"].as_array().unwrap().is_empty());
    assert!(told["blanks"][0]["line"].as_u64().unwrap() > 0);
}

fn explain(figure: &[&str]) -> std::process::Output {
    fairbalance()
        .arg("explain")
        .arg(scenario(KOL))
        .args(figure)
        .args(["--replicates", "2048"])
        .output()
        .unwrap()
}

#[test]
fn a_figure_is_led_back_to_lines_that_add_up_and_to_places_in_files() {
    let output = explain(&["years.region.2028", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let lines = told["lines"].as_array().unwrap();
    let sum: f64 = lines
        .iter()
        .map(|line| line["mean"].as_f64().unwrap())
        .sum();
    let mean = told["mean"].as_f64().unwrap();
    assert!(
        (sum - mean).abs() < 1e-6 * mean.abs(),
        "{sum} is not {mean}"
    );
    for parameter in told["parameters"].as_array().unwrap() {
        let file = fs::read_to_string(super::scenarios().join(parameter["file"].as_str().unwrap()));
        let line = parameter["line"].as_u64().unwrap() as usize;
        assert!(file.unwrap().lines().nth(line - 1).is_some(), "{parameter}");
    }
}

#[test]
fn an_explanation_shows_formula_source_and_line() {
    let text = stdout(&explain(&["x.municipality"]));
    for part in [
        "Kommunerne under ét: samlet virkning",
        "I alt",
        "FORMLER",
        "Kilde: ",
        ", linje ",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

#[test]
fn a_figure_that_does_not_exist_is_met_with_the_nearest() {
    let output = explain(&["years.regon.2028"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `years.region.2028`?"));
    assert!(
        stdout(&explain(&[]))
            .lines()
            .any(|id| id == "municipalities.615")
    );
}

fn compare(a: &std::path::Path, b: &str, more: &[&str]) -> std::process::Output {
    let mut command = fairbalance();
    command.arg("compare").arg(a).arg(scenario(b)).args(more);
    command.output().unwrap()
}

#[test]
fn a_scenario_does_not_differ_from_itself_or_from_its_run() {
    let alone = compare(&scenario(KOL), KOL, &["--lang", "en"]);
    assert_eq!(alone.status.code(), Some(0), "{}", stderr(&alone));
    assert!(
        stdout(&alone).contains("Nothing differs."),
        "{}",
        stdout(&alone)
    );
    let out = tempfile::tempdir().unwrap();
    let folder = stdout(&run(KOL, out.path(), &["--quiet"]));
    let folder = std::path::Path::new(folder.trim_end());
    let with_run = compare(folder, KOL, &["--lang", "en"]);
    assert!(
        stdout(&with_run).contains("Nothing differs."),
        "{}",
        stderr(&with_run)
    );
}

#[test]
fn what_each_difference_moves_adds_up_to_the_whole_difference() {
    for variant in [
        "kol-hjemmemonitorering#uden_bidrag",
        "kol-hjemmemonitorering#kortere_gennemgang",
    ] {
        let output = compare(&scenario(KOL), variant, &["--json"]);
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        let changes = told["changes"].as_array().unwrap();
        assert!(!changes.is_empty());
        for account in 0..5 {
            let of = |list: &Value| list[account]["x_mean"].as_f64().unwrap();
            let each: f64 = changes.iter().map(|change| of(&change["effect"])).sum();
            let (total, rest) = (of(&told["total"]), of(&told["rest"]));
            assert!(
                (each + rest - total).abs() < 1e-6 * (1.0 + total.abs()),
                "{variant} {account}"
            );
        }
    }
}

#[test]
fn a_payment_left_out_moves_money_and_costs_society_nothing() {
    let output = compare(
        &scenario(KOL),
        "kol-hjemmemonitorering#uden_bidrag",
        &["--json"],
    );
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let of = |account: usize| told["total"][account]["x_mean"].as_f64().unwrap();
    let (region, municipalities, society) = (of(0), of(1), of(4));
    assert!(
        region > 1e6 && municipalities < -1e6 && society == 0.0,
        "{told:#}"
    );
    assert!(
        told["changes"][0]["place"]
            .as_str()
            .unwrap()
            .contains("regionens_bidrag")
    );
}

#[test]
fn the_readme_names_every_command_and_exit_code() {
    let readme = include_str!("../../../README.md");
    let help = stdout(&fairbalance().arg("--help").output().unwrap());
    let commands = help
        .split("Commands:")
        .nth(1)
        .unwrap()
        .split("Options:")
        .next()
        .unwrap();
    for command in commands
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
    {
        let name = command.split_whitespace().next().unwrap();
        assert!(
            name == "help" || readme.contains(&format!("| `{name}")),
            "{name}"
        );
    }
    for code in ["| 0 |", "| 2 |", "| 3 |", "| 70 |", "| 74 |"] {
        assert!(readme.contains(code), "{code}");
    }
    for command in [
        "cargo run --release -- run scenarios/kol-hjemmemonitorering",
        "cargo test",
    ] {
        assert!(readme.contains(command), "{command}");
    }
}

#[test]
fn schema_prints_a_json_schema() {
    let output = fairbalance().arg("schema").output().unwrap();
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(
        schema["$schema"]
            .as_str()
            .unwrap()
            .contains("json-schema.org")
    );
    assert!(jsonschema::validator_for(&schema).is_ok());
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let mut child = fairbalance()
        .arg("schema")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(said, "");
}
