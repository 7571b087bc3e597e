//! The whole country: 98 municipalities, ten years, three agreements, 10,000 replicates, from files
//! to verdicts. Prints CPU seconds and peak memory of this process beside what they may be.
//!
//! Linux tells both; elsewhere the bench says that it cannot measure. Absent: the files written.

use fairbalance::engine::{NoDraws, RunSettings, Silent};
use fairbalance_benches::{cpu_seconds, scenario};
use std::fs::read_to_string;

const MOST_SECONDS: f64 = 10.0;
const MOST_MIB: f64 = 1024.0;

fn main() {
    let folder = scenario("portfolios/hele-landet");
    let read = match fairbalance::scenario::read_portfolio(&folder) {
        Ok(read) => read,
        Err(_) => panic!("hele-landet does not read: run `fairbalance check`"),
    };
    let settings = RunSettings {
        replicates: Some(10_000),
        ..RunSettings::default()
    };
    let run =
        fairbalance::verdict::assess_portfolio(&read.portfolio, &settings, &mut NoDraws, &Silent);
    let found = run.expect("a run without a sink");
    assert_eq!(found.joint.findings.municipalities.len(), 98);
    assert_eq!(found.proposed.len(), 3);
    match (cpu_seconds(), peak_mib()) {
        (Some(seconds), Some(mib)) => println!(
            "{seconds:.1} CPU s of {MOST_SECONDS}, {mib:.0} MiB of {MOST_MIB}: ratios {:.2} and {:.2}",
            seconds / MOST_SECONDS,
            mib / MOST_MIB
        ),
        _ => println!("this system does not tell CPU time and peak memory"),
    }
}

fn peak_mib() -> Option<f64> {
    let status = read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kib / 1024.0)
}
