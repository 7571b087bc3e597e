//! 7: threads, instruction sets and batches do not reach a figure.

use super::*;
use fairbalance::engine::*;
use fairbalance::numeric::Isa;
use fairbalance::plan::{Chance, Program};

fn on_threads(threads: usize) -> RunSettings {
    RunSettings {
        threads,
        ..fixed(5_000)
    }
}

/// Everything that is found out, as text: equal texts are equal bits (`{:?}` of a float gives
/// the shortest text that reads back as the same bits).
pub(super) fn told(model: &Model, settings: &RunSettings) -> String {
    let (assessment, kept) = assessed_with_draws(model, settings);
    format!("{assessment:?} {kept:?}")
}

/// Catches: a sum in order of arrival, a shared generator, a last block of another size.
#[test]
fn thread_count_does_not_reach_a_figure() {
    let model = everything().build();
    let one = told(&model, &on_threads(1));
    assert!(one == told(&model, &on_threads(2)), "two threads");
    assert!(one == told(&model, &on_threads(8)), "eight threads");
}

/// Catches: a fused multiply-add, a library function or a reordered sum on one of the paths.
///
/// Other tests may run meanwhile; they only ask for figures that are the same on every path.
#[test]
fn the_instruction_set_does_not_reach_a_figure() {
    let model = everything().build();
    let best = told(&model, &on_threads(1));
    for isa in Isa::available() {
        isa.lower_to();
        let lower = told(&model, &on_threads(1));
        Isa::Avx512.lower_to();
        assert!(lower == best, "{isa:?}");
    }
}

/// Catches: the same between processes, in the file that others read.
#[test]
fn a_process_on_the_portable_path_writes_the_same_result() {
    let result = |isa: &str| {
        let out = tempfile::tempdir().expect("a folder");
        let run = crate::cli::fairbalance()
            .arg("run")
            .arg(crate::cli::scenario("kol-hjemmemonitorering"))
            .args(["--replicates", "2048", "--json", "--quiet", "--out"])
            .arg(out.path())
            .env("FAIRBALANCE_ISA", isa)
            .output()
            .expect("the program starts");
        assert!(!run.stdout.is_empty(), "{:?}", run.stderr);
        run.stdout
    };
    assert!(result("portable") == result("avx512"));
}

/// Catches: state carried from batch to batch. A run that stops after two batches of a budget
/// of six is, to the bit, the run of two batches; and the longer run begins with its draws.
#[test]
fn a_run_stopped_after_whole_batches_is_the_run_of_so_many_batches() {
    let model = everything().build();
    let program = Program::compile(&model, Chance::Differences);
    let pool = rayon(2);
    let batch = BATCH * fairbalance::random::BLOCK;
    let run = |replicates: usize, stop_after: usize| {
        let mut batches = 0;
        let mut draws: Vec<Vec<f64>> = Vec::new();
        let look = |view: &BlockView<'_>, last: bool| {
            draws.extend(view.rows.iter().cloned());
            batches += usize::from(last);
            Ok(batches == stop_after)
        };
        let settings = fixed(replicates);
        let found = run_expectation(&program, &settings, &[], &Silent, &pool, look)
            .expect("nothing to fail on");
        let rows = format!("{:?} {:?}", found.rows, found.columns);
        (found.replicates, rows, draws)
    };
    let stopped = run(6 * batch, 2);
    let whole = run(2 * batch, usize::MAX);
    assert_eq!(stopped.0, 2 * batch);
    assert!(stopped.1 == whole.1, "figures");
    assert!(stopped.2 == whole.2, "draws");
    let longer = run(3 * batch, usize::MAX);
    assert!(
        longer.2[..whole.2.len()] == whole.2[..],
        "the longer run begins alike"
    );
}

fn rayon(threads: usize) -> rayon::ThreadPool {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    pool.build().expect("a pool")
}

/// Catches: a run that depends on what ran before it in the process.
#[test]
fn the_same_run_twice_is_the_same_run() {
    let model = everything().build();
    let first = told(&model, &on_threads(2));
    told(&Town::of(1).effect(VISIT, 0.5).build(), &on_threads(2));
    assert!(first == told(&model, &on_threads(2)));
}

/// Catches: a seed that is not used, or used in one layer only.
#[test]
fn another_seed_gives_other_draws_in_both_layers() {
    let model = everything().build();
    let seeded = |seed: u64| {
        let settings = RunSettings {
            seed: fairbalance::random::Seed(seed),
            ..fixed(512)
        };
        assessed_with_draws(&model, &settings)
    };
    let ((a, x), (b, y)) = (seeded(1), seeded(2));
    assert_ne!(x.column("x_region"), y.column("x_region"));
    assert_ne!(a.findings.liquidity, b.findings.liquidity);
}
