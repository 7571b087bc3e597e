//! The stages before and around the engine: read, compile, whole run.

use criterion::{Criterion, criterion_group, criterion_main};
use fairbalance::engine::{NoDraws, RunSettings, Silent};
use fairbalance::plan::{Chance, Program};
use fairbalance_benches::{model, scenario};
use std::hint::black_box;

const SCENARIO: &str = "kol-hjemmemonitorering";

fn read(c: &mut Criterion) {
    let folder = scenario(SCENARIO);
    c.bench_function("read", |b| {
        b.iter(|| assert!(fairbalance::scenario::read(black_box(&folder)).is_ok()))
    });
}

fn compile(c: &mut Criterion) {
    let model = model(SCENARIO);
    c.bench_function("compile", |b| {
        b.iter(|| {
            assert!(
                !Program::compile(black_box(&model), Chance::Differences)
                    .rows
                    .is_empty()
            )
        })
    });
}

/// From a model to findings and verdict, 10,000 replicates on one thread, nothing written.
fn whole(c: &mut Criterion) {
    let model = model(SCENARIO);
    let settings = RunSettings {
        replicates: Some(10_000),
        threads: 1,
        ..RunSettings::default()
    };
    let mut group = c.benchmark_group("whole run");
    group.sample_size(10);
    group.bench_function("assess, 10,000 replicates", |b| {
        b.iter(|| {
            let run = fairbalance::verdict::assess(&model, &settings, &mut NoDraws, &Silent);
            assert!(run.is_ok_and(|a| a.findings.replicates == 10_000));
        })
    });
    group.finish();
}

criterion_group!(benches, read, compile, whole);
criterion_main!(benches);
