//! The reference task shift (2,432 strata, ten years, six kinds of event, counts and costs with
//! chance) as a scenario file, against its exact means and against the standard deviations and
//! probabilities of 400,000 replicates of another program (in thousand kroner).
//!
//! 20 blocks of 512 = 10,240 replicates. Means: the parameters are stratified, so the plain
//! standard error sd/√n is an upper bound; at 4.5 of them a false alarm comes once in 150,000
//! figures. Standard deviations: relative standard error 1/√(2n) = 0.7 %, for the slightly
//! heavy-tailed levels about 1 %; 4 % is four of them, and an unmodelled intensity or cost
//! spread would move the chance part, a lost correlation the whole by a third. Probabilities:
//! √(p(1 − p)/n) = 0.005 at most; 0.02 is four of them.

use fairbalance::engine::{At, Basis, sample_counts};
use fairbalance::model::{Account, Party};
use fairbalance::plan::{Chance, Program, RowId, Target};
use fairbalance::random::{BLOCK, Seed};
use std::path::Path;
use std::sync::OnceLock;

const BLOCKS: u64 = 20;

/// Ten-year totals by replicate: hospital, municipalities, general practice.
#[derive(Default)]
struct Totals {
    level: [Vec<f64>; 3],
    difference: [Vec<f64>; 3],
}

fn party(account: Account) -> Option<usize> {
    match account {
        Account::Party(Party::Region) => Some(0),
        Account::Party(Party::Municipality) => Some(1),
        Account::Party(Party::Gp) => Some(2),
        _ => None,
    }
}

fn totals() -> &'static Totals {
    static TOTALS: OnceLock<Totals> = OnceLock::new();
    TOTALS.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/reference-task-shift");
        let read = fairbalance::scenario::read(&path);
        let model = read
            .unwrap_or_else(|_| panic!("the reference scenario does not read"))
            .model;
        let program = Program::compile(&model, Chance::Levels);
        let mut totals = Totals::default();
        for block in 0..BLOCKS {
            add_block(&program, block, &mut totals);
        }
        totals
    })
}

fn add_block(program: &Program, block: u64, totals: &mut Totals) {
    let basis = Basis::evaluate(program, Seed(20), block, At::Draws);
    let counted = sample_counts(program, &basis, Seed(20), block, 0);
    let mut level = vec![vec![0.0; BLOCK]; 3];
    let mut difference = vec![vec![0.0; BLOCK]; 3];
    let add = |to: &mut Vec<f64>, values: &[f64]| {
        to.iter_mut().zip(values).for_each(|(a, b)| *a += b);
    };
    for (target, values) in program.counts.targets.iter().zip(&counted.values) {
        match target {
            Target::Level(a, _) => party(*a)
                .into_iter()
                .for_each(|p| add(&mut level[p], values)),
            Target::Budget(a, _) => {
                party(*a)
                    .into_iter()
                    .for_each(|p| add(&mut difference[p], values));
            }
            _ => {}
        }
    }
    let mut out = vec![0.0; BLOCK];
    for row in &program.rows {
        if let RowId::Certain(a, _) = row.id
            && let Some(p) = party(a)
        {
            basis.form(&row.form, &mut out);
            add(&mut difference[p], &out);
        }
    }
    for p in 0..3 {
        totals.level[p].extend(&level[p]);
        totals.difference[p].extend(&difference[p]);
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn sd(values: &[f64]) -> f64 {
    let m = mean(values);
    let squares: f64 = values.iter().map(|x| (x - m) * (x - m)).sum();
    (squares / (values.len() as f64 - 1.0)).sqrt()
}

fn assert_law(name: &str, values: &[f64], exact_mean: f64, their_sd: f64) {
    let n = values.len() as f64;
    let error = (mean(values) - exact_mean).abs() / (their_sd / n.sqrt());
    assert!(
        error < 4.5,
        "{name}: mean {} is {error:.1} errors off",
        mean(values)
    );
    let ratio = sd(values) / their_sd;
    assert!(
        (ratio - 1.0).abs() < 0.04,
        "{name}: sd {} is {ratio:.3} of theirs",
        sd(values)
    );
}

/// Catches a lost stratum, a wrong exposure, a correlation or an overdispersion left out.
#[test]
fn the_reference_task_shift_has_the_levels_of_another_program() {
    let t = totals();
    assert_law("hospital", &t.level[0], 143_193_276.0, 16_167_022.0);
    assert_law("municipality", &t.level[1], 72_473_331.0, 8_615_789.0);
    assert_law("general practice", &t.level[2], 29_176_361.0, 2_533_948.0);
}

/// Catches a wrong eligibility, a transfer booked once, an avoided unit charged in both arms.
#[test]
fn the_reference_task_shift_has_the_differences_of_another_program() {
    let t = totals();
    assert_law("hospital", &t.difference[0], -532_540.0, 1_362_761.0);
    assert_law("municipality", &t.difference[1], 117_931.0, 213_075.0);
    assert_law("general practice", &t.difference[2], 1_018_367.0, 186_037.0);
    let all: Vec<f64> = (0..t.difference[0].len())
        .map(|i| (0..3).map(|p| t.difference[p][i]).sum())
        .collect();
    assert_law("total", &all, 603_758.0, 1_225_554.0);
}

/// Catches a law that is right in its first two moments only.
#[test]
fn the_reference_task_shift_has_the_probabilities_of_another_program() {
    let t = totals();
    let at_most_zero =
        |values: &[f64]| values.iter().filter(|x| **x <= 0.0).count() as f64 / values.len() as f64;
    for (values, theirs) in t.difference.iter().zip([0.6296, 0.2919, 0.0]) {
        let p = at_most_zero(values);
        assert!((p - theirs).abs() < 0.02, "{p} against {theirs}");
    }
}
