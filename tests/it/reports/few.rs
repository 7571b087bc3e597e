//! Counts of one to four are in no file of a run.

use super::fixture::{Finished, compensated};
use crate::support::{assessed, fixed, shipped};
use fairbalance::analysis::LedgerLine;
use fairbalance::report::{Block, Document, Setting};
use fairbalance::report::{
    Language, annex, bands, compose, ledger_csv, ledger_parquet, monitoring_csv, observed,
    read_bands, result_json, terminal,
};
use serde_json::Value;

/// Indicators of a small place: seven without, three and a quarter with, in the last year of the
/// verdict; three a quarter with and without in the first.
fn small() -> Finished {
    let mut finished = compensated();
    for row in &mut finished.assessment.findings.indicators {
        let (without, with) = if row.year == 2029 {
            (7.0, 3.25)
        } else {
            (12.5, 11.75)
        };
        row.counterfactual.mean = without;
        row.agreement.mean = with;
        row.agreement.p10 = with - 1.0;
        row.agreement.p90 = with + 1.0;
        row.counterfactual.mcse = 1e-3;
        row.agreement.mcse = 1e-3;
        row.difference.mcse = 1e-3;
        row.difference.mean = with - without;
        row.difference.p10 = 1.1 * (with - without);
        row.difference.p90 = 0.9 * (with - without);
    }
    finished
}

fn json(finished: &Finished) -> Value {
    serde_json::from_slice(&result_json(&finished.run()).expect("a result")).expect("JSON")
}

/// Catches: a suppressed count in JSON, or the change that gives it away.
#[test]
fn a_count_under_five_is_null_in_json_and_says_why() {
    let result = json(&small());
    let rows = result["indicators"].as_array().expect("indicators");
    let of = |year: i64| rows.iter().find(|row| row["year"] == year).expect("a row");
    let last = of(2029);
    assert_eq!(last["suppressed"], "<5");
    assert_eq!(last["counterfactual"], 7.0);
    for key in ["agreement", "difference", "p10", "p90", "mcse"] {
        assert!(last[key].is_null(), "{key}: {}", last[key]);
    }
    let first = of(2026);
    assert!(first["suppressed"].is_null());
    assert_eq!(first["agreement"], 11.75);
}

fn texts(document: &Document) -> Vec<String> {
    let mut all = Vec::new();
    for block in &document.blocks {
        if let Block::Table(table) = block {
            all.extend(table.rows.iter().map(|row| {
                let cells: Vec<&str> = row.cells.iter().map(|c| c.text.as_str()).collect();
                format!("{} | {}", row.label, cells.join(" | "))
            }));
        }
    }
    all
}

/// Catches: a suppressed count in the annex or the report.
#[test]
fn a_count_under_five_is_in_no_page() {
    let finished = small();
    let run = finished.run();
    for language in [Language::Da, Language::En] {
        let annex = texts(&annex(&run, language));
        let row = annex
            .iter()
            .find(|row| row.starts_with("Akutte"))
            .expect("a row");
        assert!(row.contains("7") && row.ends_with("<5 |  | "), "{row}");
        let setting = Setting {
            width: 100,
            bold: false,
        };
        let report = terminal(&compose(&run, language), setting);
        let shown = if language == Language::Da {
            ["3,2", "3,3", "3,8"]
        } else {
            ["3.2", "3.3", "3.8"]
        };
        let start = report.find("Akutte indl").expect("the indicator");
        let table = report[start..].split("\n\n").next().expect("a table");
        assert!(table.contains("<5"), "{table}");
        for digits in shown {
            assert!(!table.contains(digits), "{digits} in {table}");
        }
    }
}

/// Catches: a quarter's expectation under five in `monitoring.csv`, and `follow` that cannot
/// read what `run` has written.
#[test]
fn a_quarter_with_fewer_than_five_expected_has_a_wide_band_and_no_expectation() {
    let finished = small();
    let csv = monitoring_csv(&finished.run()).expect("bands");
    let cells: Vec<Vec<&str>> = csv
        .lines()
        .skip(1)
        .map(|l| l.split(',').collect())
        .collect();
    assert!(
        cells.iter().all(|row| row[3] == "<5" && row[4] == "0.00"),
        "{csv}"
    );
    let high = |row: &[&str]| row[5].parse::<f64>().expect("a number");
    assert!(cells.iter().all(|row| high(row) >= 5.0), "{csv}");
    let read = read_bands(&csv).expect("bands are read");
    assert!(read.iter().all(|band| band.expected.is_none()));
    let counted = format!("indicator;year;quarter;value\n{};2026;1;4\n", cells[0][0]);
    let found = observed(&counted, &read).expect("a quarter with a band");
    assert_eq!(found[0].flag(), "in");
    // as shipped, many are expected, and what is written is what is read
    let many = compensated();
    let written = bands(&many.run());
    let read = read_bands(&monitoring_csv(&many.run()).expect("bands")).expect("read");
    for (a, b) in written.iter().zip(&read) {
        let (a, b) = (a.expected.expect("shown"), b.expected.expect("shown"));
        assert!((a - b).abs() <= 0.005, "{a} is written as {b}");
    }
}

fn ledger(finished: &Finished) -> String {
    let mut csv = Vec::new();
    let findings = &finished.assessment.findings;
    ledger_csv(&finished.model, findings, &mut csv).expect("a ledger");
    String::from_utf8(csv).expect("UTF-8")
}

/// Catches: units of one municipality under five in the ledger, and one that a subtraction from
/// what all of them have would give back.
#[test]
fn few_units_of_one_municipality_are_in_no_ledger() {
    let mut finished = compensated();
    let first = finished.assessment.findings.ledger[0].clone();
    let of = |municipality: u16, units: f64| {
        let mut line: LedgerLine = first.clone();
        line.key.municipality = fairbalance::model::MunicipalityId(municipality);
        line.units = Some(units);
        line
    };
    finished.assessment.findings.ledger = vec![of(0, -31.5), of(1, -2.25), of(2, -120.5)];
    let csv = ledger(&finished);
    let units: Vec<&str> = csv
        .lines()
        .skip(1)
        .map(|l| l.split(',').nth(14).expect("units"))
        .collect();
    assert_eq!(units, ["<5", "<5", "-120.5"]);
    let findings = &finished.assessment.findings;
    let parquet = ledger_parquet(&finished.model, findings, Vec::new()).expect("a ledger");
    assert!(!parquet.windows(8).any(|w| w == (-2.25f64).to_le_bytes()));
}

/// The smallest municipalities of the shipped worlds are small enough to be hidden, and are.
///
/// Catches: a rule that the fixture obeys and a real run does not.
#[test]
fn shipped_ledgers_and_results_hold_no_count_between_nobody_and_five() {
    let (_, model) = shipped()
        .iter()
        .find(|(name, _)| name == "kol-hjemmemonitorering")
        .expect("home monitoring is shipped");
    let finished = Finished {
        model: model.clone(),
        settings: fixed(2048),
        assessment: assessed(model, 2048),
    };
    let csv = ledger(&finished);
    let mut hidden = 0;
    for line in csv.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        match cells[14] {
            "<5" => hidden += 1,
            "" => {}
            units => {
                let units: f64 = units.parse().expect("a number");
                assert!(units == 0.0 || units.abs() >= 5.0, "{line}");
            }
        }
    }
    assert!(hidden > 0, "a small municipality has few");
    let result = json(&finished);
    for row in result["indicators"].as_array().expect("indicators") {
        for key in ["counterfactual", "agreement"] {
            let count = row[key].as_f64().unwrap_or(0.0);
            assert!(count == 0.0 || count >= 5.0, "{row}");
        }
    }
    for row in result["monitoring"].as_array().expect("bands") {
        let count = row["expected"].as_f64().unwrap_or(0.0);
        assert!(count == 0.0 || count >= 5.0, "{row}");
    }
}
