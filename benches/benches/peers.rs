//! The ratio to a peer: the reference task shift here, and in numpy, in turn, on one core.
//!
//! Prints medians and their ratio. Where Python or numpy is missing it says so and ends well.

use fairbalance::plan::{Chance, Program};
use fairbalance_benches::{model, run_reference};
use std::process::Command;
use std::time::Instant;

const PAIRS: usize = 5;

fn main() {
    let program = Program::compile(&model("reference-task-shift"), Chance::Levels);
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    for _ in 0..PAIRS {
        let start = Instant::now();
        std::hint::black_box(run_reference(&program, 20));
        ours.push(start.elapsed().as_secs_f64() * 10_000.0 / 10_240.0);
        theirs.extend(numpy());
    }
    println!(
        "fairbalance: {:.3} CPU s for 10,000 replicates (median of {PAIRS})",
        median(&mut ours)
    );
    if theirs.is_empty() {
        println!("numpy: not here (python3 with numpy is needed for the ratio)");
        return;
    }
    println!(
        "numpy:       {:.3} CPU s for 10,000 replicates",
        median(&mut theirs)
    );
    println!(
        "ratio numpy / fairbalance: {:.1}",
        median(&mut theirs) / median(&mut ours)
    );
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// CPU seconds that the numpy program says it needed.
fn numpy() -> Option<f64> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/reference_numpy.py");
    let output = Command::new("python3")
        .arg(script)
        .arg("10000")
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.lines()
        .find_map(|l| l.strip_prefix("cpu "))
        .and_then(|s| s.trim().parse().ok())
}
