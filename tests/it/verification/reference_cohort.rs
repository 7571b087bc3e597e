//! The reference cohort (three living states, Dirichlet rows, twenty yearly cycles) as a scenario
//! file, against the means, standard deviations and probabilities of a million draws of another
//! program; per person, one stratum and ten.
//!
//! 20 blocks of 512 = 10,240 replicates. Means: the parameters are stratified block by block, so
//! sd/√n is an upper bound of our error; theirs is a tenth of it. At 4.5 errors a false alarm comes
//! once in 150,000 figures, and their printed rounding (half of the last digit) is added. Standard
//! deviations: relative standard error 1/√(2n) = 0.7 %; 4 % is more than five of them, and one
//! uncertain row taken as fixed moves the base's by more than that. Probabilities: √(p(1 − p)/n) =
//! 0.0022 at 0.95; 0.01 is more than four of them.

use fairbalance::engine::{At, Basis};
use fairbalance::model::{Arm, Kind, Model};
use fairbalance::plan::{Chance, Form, Program, RowId};
use fairbalance::random::{BLOCK, Seed};
use std::path::Path;
use std::sync::OnceLock;

const BLOCKS: u64 = 20;

/// Discounted totals per person by replicate.
struct Cohort {
    cost: [Vec<f64>; 3],
    qaly: [Vec<f64>; 3],
}

fn model(variant: &str) -> Model {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join(format!("scenarios/reference-cohort{variant}"));
    let read = fairbalance::scenario::read(&path);
    read.unwrap_or_else(|told| panic!("{}", told.text(false)))
        .model
}

fn run(variant: &str, strata: f64) -> Cohort {
    let model = model(variant);
    let program = Program::compile(&model, Chance::Differences);
    let forms = forms(&model, &program);
    let mut by_form: Vec<Vec<f64>> = vec![Vec::new(); forms.len()];
    let persons = 1_000.0 * strata;
    for block in 0..BLOCKS {
        let basis = Basis::evaluate(&program, Seed(7), block, At::Draws);
        let mut out = vec![0.0; BLOCK];
        for (form, values) in forms.iter().zip(&mut by_form) {
            basis.form(form, &mut out);
            values.extend(out.iter().map(|x| x / persons));
        }
    }
    let [cost_base, cost_change, qaly_base, qaly_change] = by_form.try_into().expect("four forms");
    let with = |base: &[f64], change: &[f64]| -> Vec<f64> {
        base.iter().zip(change).map(|(a, b)| a + b).collect()
    };
    Cohort {
        cost: [
            cost_base.clone(),
            with(&cost_base, &cost_change),
            cost_change,
        ],
        qaly: [
            qaly_base.clone(),
            with(&qaly_base, &qaly_change),
            qaly_change,
        ],
    }
}

/// Cost without, its difference, QALY without, its difference.
fn forms(model: &Model, program: &Program) -> [Form; 4] {
    let covered = &model.agreement.coverages[0].cells;
    let of_cohort = |group| covered.iter().any(|(g, _)| *g == group);
    let year = |y: i32| program.discount[(y - program.years[0]) as usize];
    let cost = |arm: Arm| {
        let ours = program.entries.iter().filter(|e| {
            let group = e.key.cell.map(|(g, _)| g);
            e.key.arm == arm && e.key.kind == Kind::Resource && group.is_some_and(of_cohort)
        });
        let terms: Vec<(f64, &Form)> = ours.map(|e| (year(e.key.year), &e.kroner)).collect();
        Form::weighted(&terms)
    };
    let row = |id: RowId| &program.rows[program.row(id).expect("a row of QALYs")].form;
    let years = 0..program.years.len();
    let qaly: Vec<(f64, &Form)> = years
        .map(|t| (program.discount[t], row(RowId::Qaly(t))))
        .collect();
    let gained = row(RowId::QalyGain(program.years.len())).clone();
    [
        cost(Arm::Counterfactual),
        cost(Arm::Agreement),
        Form::weighted(&qaly),
        gained,
    ]
}

fn one() -> &'static Cohort {
    static ONE: OnceLock<Cohort> = OnceLock::new();
    ONE.get_or_init(|| run("#et_stratum", 1.0))
}

fn ten() -> &'static Cohort {
    static TEN: OnceLock<Cohort> = OnceLock::new();
    TEN.get_or_init(|| run("", 10.0))
}

fn assert_law(name: &str, values: &[f64], mean: f64, sd: f64, last_digit: f64) {
    let n = values.len() as f64;
    let ours = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|x| (x - ours) * (x - ours)).sum();
    let spread = (squares / (n - 1.0)).sqrt();
    let allowed = 4.5 * sd / n.sqrt() + last_digit / 2.0;
    assert!(
        (ours - mean).abs() < allowed,
        "{name}: mean {ours} against {mean}"
    );
    assert!(
        (spread / sd - 1.0).abs() < 0.04,
        "{name}: sd {spread} against {sd}"
    );
}

fn assert_cohort(cohort: &Cohort, cost: [(f64, f64); 3], qaly: [(f64, f64); 3]) {
    for (i, name) in ["without", "with", "difference"].into_iter().enumerate() {
        assert_law(
            &format!("cost {name}"),
            &cohort.cost[i],
            cost[i].0,
            cost[i].1,
            0.1,
        );
        assert_law(
            &format!("QALY {name}"),
            &cohort.qaly[i],
            qaly[i].0,
            qaly[i].1,
            1e-4,
        );
    }
}

fn pays(cohort: &Cohort, kroner_per_qaly: f64) -> f64 {
    let gain = cohort.qaly[2].iter().zip(&cohort.cost[2]);
    let pays = gain.filter(|(q, c)| kroner_per_qaly * **q > **c).count();
    pays as f64 / cohort.cost[2].len() as f64
}

/// Catches: a cycle too many or too few, discounting from the wrong year, a row whose shares are
/// not drawn together, dying that costs, a ratio on the wrong move.
#[test]
fn the_reference_cohort_of_one_stratum_has_the_figures_of_another_program() {
    let cost = [
        (44_944.1, 6_594.6),
        (43_770.2, 6_145.5),
        (-1_173.9, 2_175.3),
    ];
    let qaly = [(8.2237, 0.3563), (8.5938, 0.4045), (0.3701, 0.1797)];
    assert_cohort(one(), cost, qaly);
}

/// Catches besides: a stratum factor on the wrong rows, strata that do not share their draws.
#[test]
fn the_reference_cohort_of_ten_strata_has_the_figures_of_another_program() {
    let cost = [
        (44_332.2, 6_480.8),
        (43_329.6, 6_047.0),
        (-1_002.5, 2_097.4),
    ];
    let qaly = [(8.2766, 0.3547), (8.6342, 0.4011), (0.3576, 0.1737)];
    assert_cohort(ten(), cost, qaly);
}

/// Catches: cost and health that are right one by one but not in the same draw.
#[test]
fn the_reference_cohort_pays_for_itself_as_often_as_in_another_program() {
    for (cohort, theirs) in [(one(), 0.9531), (ten(), 0.9514)] {
        let ours = pays(cohort, 30_000.0);
        assert!((ours - theirs).abs() < 0.01, "{ours} against {theirs}");
    }
}
