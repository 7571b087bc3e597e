//! The engine: the reference task shift with chance, and the E layer of a shipped agreement.
//! Each bench asserts its answer, so that a faster wrong number is not a result.

use criterion::{Criterion, criterion_group, criterion_main};
use fairbalance::engine::{RunSettings, Silent, pool, run_expectation};
use fairbalance::plan::{Chance, Program};
use fairbalance_benches::{model, run_reference};
use std::hint::black_box;

/// 20 blocks of 512: 10,240 replicates on one core.
fn reference(c: &mut Criterion) {
    let program = Program::compile(&model("reference-task-shift"), Chance::Levels);
    let totals = run_reference(&program, 20);
    let mean = totals.difference[2].iter().sum::<f64>() / totals.difference[2].len() as f64;
    // general practice: exact mean 1,018,367, standard error about 186,037/√10,240 = 1,840
    assert!(
        (mean - 1_018_367.0).abs() < 5.0 * 1_840.0,
        "general practice: {mean}"
    );
    let mut group = c.benchmark_group("reference");
    group.sample_size(10);
    group.bench_function("lumped, 10,240 replicates", |b| {
        b.iter(|| black_box(run_reference(&program, 20)))
    });
    group.finish();
}

fn expectation(c: &mut Criterion) {
    let model = model("kol-hjemmemonitorering");
    let program = Program::compile(&model, Chance::Differences);
    let settings = RunSettings {
        replicates: Some(10_000),
        threads: 1,
        ..RunSettings::default()
    };
    let Ok(pool) = pool(1) else { return };
    let mut group = c.benchmark_group("expectation");
    group.sample_size(10);
    group.bench_function("kol-hjemmemonitorering, 10,000 replicates", |b| {
        b.iter(|| {
            let run = run_expectation(&program, &settings, &[], &Silent, &pool, |_, _| Ok(false));
            assert!(run.is_ok_and(|r| r.replicates == 10_000));
        })
    });
    group.finish();
}

criterion_group!(benches, reference, expectation);
criterion_main!(benches);
