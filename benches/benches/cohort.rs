//! The reference cohort: nanoseconds per draw × cycle × strategy × stratum, drawing included.
//!
//! Ten strata, twenty yearly cycles, with and without the agreement: cost and QALYs of each,
//! discounted. The figures it is held against were measured on one core of another run of the same
//! kind of machine: hesim 3,285 (ten strata), numpy 19. Ratios across machines are rough.

use fairbalance::engine::{At, Basis};
use fairbalance::model::{Arm, Kind};
use fairbalance::plan::{Chance, Form, Program, Row, RowId};
use fairbalance::random::{BLOCK, Seed};
use fairbalance_benches::model;
use std::time::Instant;

const BLOCKS: u64 = 20;
const RUNS: usize = 7;
const CYCLES: f64 = 20.0;
const STRATEGIES: f64 = 2.0;
const STRATA: f64 = 10.0;
const HESIM: f64 = 3_285.0;

fn main() {
    let program = program();
    let columns = program.live.iter().filter(|live| **live).count();
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        let means = run(&program);
        times.push(start.elapsed().as_secs_f64());
        check(means);
    }
    times.sort_by(f64::total_cmp);
    let draws = BLOCKS as f64 * BLOCK as f64;
    let each = times[RUNS / 2] * 1e9 / (draws * CYCLES * STRATEGIES * STRATA);
    println!("{columns} columns; {each:.1} ns per draw × cycle × strategy × stratum");
    println!(
        "hesim, measured elsewhere: {HESIM:.0}; ratio {:.0}",
        HESIM / each
    );
}

/// Cost without, its difference, QALYs without, their difference: nothing else is computed.
fn program() -> Program {
    let model = model("reference-cohort");
    let program = Program::compile(&model, Chance::Differences);
    let covered = &model.agreement.coverages[0].cells;
    let discount = |year: i32| program.discount[(year - program.years[0]) as usize];
    let cost = |arm: Arm| {
        let ours = program.entries.iter().filter(|e| {
            let group = e.key.cell.map(|(g, _)| g);
            let of_cohort = group.is_some_and(|g| covered.iter().any(|(c, _)| *c == g));
            e.key.arm == arm && e.key.kind == Kind::Resource && of_cohort
        });
        let terms: Vec<(f64, &Form)> = ours.map(|e| (discount(e.key.year), &e.kroner)).collect();
        Form::weighted(&terms)
    };
    let form = |id: RowId| &program.rows[program.row(id).expect("a row of QALYs")].form;
    let years = 0..program.years.len();
    let qaly: Vec<(f64, &Form)> = years
        .map(|t| (program.discount[t], form(RowId::Qaly(t))))
        .collect();
    let gain = RowId::QalyGain(program.years.len());
    let rows = vec![
        (RowId::Y, cost(Arm::Counterfactual)),
        (RowId::Activity, cost(Arm::Agreement)),
        (RowId::Qaly(0), Form::weighted(&qaly)),
        (gain, form(gain).clone()),
    ];
    let rows = rows
        .into_iter()
        .map(|(id, form)| Row { id, form })
        .collect();
    program.only(rows)
}

fn run(program: &Program) -> [f64; 4] {
    let mut sums = [0.0; 4];
    let mut out = vec![0.0; BLOCK];
    for block in 0..BLOCKS {
        let basis = Basis::evaluate(program, Seed(1), block, At::Draws);
        for (sum, row) in sums.iter_mut().zip(&program.rows) {
            basis.form(&row.form, &mut out);
            *sum += out.iter().sum::<f64>();
        }
    }
    // per person: ten strata of a thousand
    sums.map(|s| s / (BLOCKS as f64 * BLOCK as f64) / 10_000.0)
}

/// The answers of a million draws of another program, within 4.5 errors of ours.
fn check(means: [f64; 4]) {
    let known = [
        (44_332.2, 6_480.8),
        (-1_002.5, 2_097.4),
        (8.2766, 0.3547),
        (0.3576, 0.1737),
    ];
    let draws = BLOCKS as f64 * BLOCK as f64;
    for (ours, (mean, sd)) in means.into_iter().zip(known) {
        let error = sd / draws.sqrt();
        assert!((ours - mean).abs() < 4.5 * error, "{ours} against {mean}");
    }
}
