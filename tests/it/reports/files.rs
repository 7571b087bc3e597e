//! The files of a run folder as bytes.

use std::fs::File;
use std::io::{self, Cursor, Write};

use fairbalance::engine::DrawSink;
use fairbalance::report::{DrawsParquet, ledger_csv, ledger_parquet, result_json};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;
use serde_json::Value;

use super::fixture::{Finished, compensated, not_clarified};

fn json(finished: &Finished) -> Value {
    serde_json::from_slice(&result_json(&finished.run()).unwrap()).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn result_json_has_the_names_that_others_read() {
    let result = json(&compensated());
    for name in [
        "schema_version",
        "run_id",
        "scenario",
        "seed",
        "replicates",
        "verdict",
        "years",
        "municipalities",
        "indicators",
        "waterfall",
        "importance",
    ] {
        assert!(keys(&result).contains(&name), "{name}");
    }
    let within = |value: &Value, names: &[&str]| {
        for name in names {
            assert!(keys(value).contains(name), "{name} in {value}");
        }
    };
    let verdict = &result["verdict"];
    within(
        verdict,
        &["outcome", "blanks", "society", "parties", "compensation"],
    );
    within(&verdict["society"], &["p_gain", "mcse"]);
    let party = [
        "party", "p_holds", "mcse", "x_mean", "x_p10", "x_p90", "tau", "status",
    ];
    within(&verdict["parties"][0], &party);
    within(
        &verdict["compensation"],
        &["zone", "t_star", "t_star_interval"],
    );
    within(
        &result["years"][0],
        &["party", "year", "view", "mean", "p10", "p90", "mcse"],
    );
    let municipality = [
        "code",
        "name",
        "cluster",
        "x_mean",
        "per_inhabitant",
        "status",
    ];
    within(&result["municipalities"][0], &municipality);
    let indicator = [
        "id",
        "year",
        "counterfactual",
        "agreement",
        "difference",
        "p10",
        "p90",
    ];
    within(&result["indicators"][0], &indicator);
    within(&result["waterfall"][0], &["party", "mechanism", "mean"]);
    within(
        &result["importance"][0],
        &["party", "parameter", "share", "mcse"],
    );
    assert_eq!(result["schema_version"], "1");
    assert_eq!(verdict["outcome"], "balanced_if_compensated");
    assert_eq!(result["waterfall"][0]["mechanism"], "faerre_indlaeggelser");
}

#[test]
fn society_is_a_party_of_the_years_and_every_view_is_named() {
    let result = json(&compensated());
    let years = result["years"].as_array().unwrap();
    assert!(years.iter().any(|row| row["party"] == "society"));
    assert!(years.iter().all(|row| row["view"] == "budget"));
    let views: Vec<&str> = result["present_values"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| row["view"].as_str())
        .collect();
    assert!(views.contains(&"present_value") && views.contains(&"welfare"));
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let bytes = || result_json(&compensated().run()).unwrap();
    assert_eq!(bytes(), bytes());
}

#[test]
fn a_figure_that_is_not_finite_is_an_error_that_names_its_section() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let mut finished = compensated();
        finished.assessment.findings.liquidity[0].worst.p90 = bad;
        let error = result_json(&finished.run()).unwrap_err().to_string();
        assert!(error.contains("liquidity"), "{error}");
    }
}

#[test]
fn negative_zero_is_written_as_zero() {
    let mut finished = compensated();
    finished.assessment.findings.budget[0].value.mean = -0.0;
    let bytes = result_json(&finished.run()).unwrap();
    assert!(!String::from_utf8(bytes).unwrap().contains("-0.0,"));
    let mut csv = Vec::new();
    ledger_csv(&finished.model, &finished.assessment.findings, &mut csv).unwrap();
    assert!(!String::from_utf8(csv).unwrap().contains("-0,"));
}

#[test]
fn a_result_that_is_not_clarified_holds_no_verdict_figure() {
    let result = json(&not_clarified());
    let verdict = &result["verdict"];
    assert_eq!(verdict["outcome"], "not_clarified");
    assert_eq!(verdict["blanks"].as_array().unwrap().len(), 2);
    assert_eq!(verdict["blanks"][0]["line"], 41);
    assert!(verdict["society"].is_null() && verdict["compensation"]["zone"].is_null());
    for empty in [
        "years",
        "municipalities",
        "indicators",
        "waterfall",
        "importance",
    ] {
        assert!(result[empty].as_array().unwrap().is_empty(), "{empty}");
    }
}

#[test]
fn the_ledger_says_the_same_in_csv_and_in_parquet() {
    let finished = compensated();
    let mut csv = Vec::new();
    ledger_csv(&finished.model, &finished.assessment.findings, &mut csv).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    let expected = "arm,year,municipality,group,level,service,producer,payer,owner,mechanism,\
                    kind,cash,phase,party,units,mean,mcse\n\
                    agreement,2026,615,kol,1,akut_indlaeggelse,region,region,region,\
                    faerre_indlaeggelser,resource,cash,operation,region,-31.5,-412000.5,12.25\n\
                    agreement,2026,615,,,,region,region,region,\
                    release,resource,cash,operation,region,,0,12.25\n";
    assert_eq!(csv, expected);
    let parquet =
        ledger_parquet(&finished.model, &finished.assessment.findings, Vec::new()).unwrap();
    let reader = reader(&parquet);
    let rows: Vec<_> = reader
        .get_row_iter(None)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].get_string(5).unwrap(), "akut_indlaeggelse");
    assert_eq!(rows[0].get_double(15).unwrap(), -412_000.5);
    assert_eq!(rows[1].get_string(9).unwrap(), "release");
    assert!(rows[1].get_double(14).is_err(), "no units is null, not 0");
}

fn reader(bytes: &[u8]) -> SerializedFileReader<File> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    SerializedFileReader::new(file).unwrap()
}

fn write_draws<W: Write + Send>(out: W) -> io::Result<Option<W>> {
    let mut out = Some(out);
    let mut draws = DrawsParquet::new(|| Ok(out.take().expect("opened once")));
    draws.begin(&["x_region".into(), "g".into()])?;
    let region: Vec<f64> = (0..5000).map(f64::from).collect();
    let society = vec![-0.0; 5000];
    draws.batch(0, &[&region[..4096], &society[..4096]])?;
    draws.batch(4096, &[&region[4096..], &society[4096..]])?;
    draws.finish()
}

fn draws_in_memory() -> Vec<u8> {
    write_draws(Vec::new()).unwrap().unwrap()
}

#[test]
fn draws_keep_every_replicate_with_a_row_group_a_batch() {
    let bytes = draws_in_memory();
    assert_eq!(
        bytes,
        draws_in_memory(),
        "no clock and no machine in the bytes"
    );
    let reader = reader(&bytes);
    assert_eq!(reader.metadata().num_row_groups(), 2);
    let created_by = reader.metadata().file_metadata().created_by().unwrap();
    assert!(created_by.starts_with("fairbalance "));
    for (i, row) in reader.get_row_iter(None).unwrap().enumerate() {
        let row = row.unwrap();
        assert_eq!(row.get_long(0).unwrap(), i as i64);
        assert_eq!(row.get_double(1).unwrap(), i as f64);
        assert!(row.get_double(2).unwrap().is_sign_positive());
    }
}

#[test]
fn no_draws_make_no_file() {
    let opened = std::cell::Cell::new(false);
    let draws = DrawsParquet::new(|| {
        opened.set(true);
        Ok(Cursor::new(Vec::new()))
    });
    assert!(draws.finish().unwrap().is_none() && !opened.get());
}

/// Takes so many bytes, then is full.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        Ok(taken)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_disk_that_fills_up_is_an_error_wherever_it_happens() {
    let whole = draws_in_memory().len();
    for room in [0, 3, 100, 5_000, whole - 1] {
        assert!(
            write_draws(Full(room)).is_err(),
            "draws with room for {room}"
        );
    }
    let finished = compensated();
    for room in [0, 10, 300] {
        let findings = &finished.assessment.findings;
        assert!(
            ledger_csv(&finished.model, findings, Full(room)).is_err(),
            "csv {room}"
        );
        assert!(
            ledger_parquet(&finished.model, findings, Full(room)).is_err(),
            "parquet {room}"
        );
    }
}

#[test]
fn a_draw_that_is_not_finite_is_named_with_its_replicate() {
    let mut draws = DrawsParquet::new(|| Ok(Vec::new()));
    draws.begin(&["g".into()]).unwrap();
    let error = draws
        .batch(512, &[&[1.0, f64::NAN]])
        .unwrap_err()
        .to_string();
    assert!(error.contains("g in replicate 513"), "{error}");
}
