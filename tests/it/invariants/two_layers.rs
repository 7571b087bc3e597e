//! 11: the E layer is the expectation of the C layer, draw by draw, and variances add up.

use super::*;
use fairbalance::engine::{At, Basis, sample_counts};
use fairbalance::model::*;
use fairbalance::plan::{Chance, Form, Program, RowId, Target};
use fairbalance::random::{BLOCK, Seed};

/// What follows counts, in expectation: the forms that the C layer's targets should average to.
fn expected(program: &Program, target: Target) -> Form {
    let wanted = |e: &&fairbalance::plan::Entry<Form>| {
        let key = &e.key;
        let resource = key.kind == Kind::Resource;
        let (account, m, t, arm) = match target {
            Target::Budget(a, t) => (a, None, t, Arm::Agreement),
            Target::Level(a, t) => (a, None, t, Arm::Counterfactual),
            Target::Municipality(m, t) => (MUNICIPALITIES, Some(m), t, Arm::Agreement),
            Target::MunicipalityLevel(m, t) => (MUNICIPALITIES, Some(m), t, Arm::Counterfactual),
            Target::Meter(..) => return false,
        };
        e.counted
            && key.arm == arm
            && key.year == program.years[t]
            && m.is_none_or(|m| key.municipality.0 as usize == m)
            && account.holds(key.party, resource)
    };
    let forms: Vec<(f64, &Form)> = program
        .entries
        .iter()
        .filter(wanted)
        .map(|e| (1.0, &e.kroner))
        .collect();
    Form::weighted(&forms)
}

/// What a target's draws average to beside its expectation.
pub(super) struct Gap {
    pub target: Target,
    /// Mean of what chance adds.
    pub mean: f64,
    /// Variance of what chance adds.
    pub variance: f64,
    /// Its standard error.
    pub error: f64,
    /// What rounding leaves of it.
    pub least: f64,
}

impl Gap {
    /// The gap in standard errors.
    fn z(&self) -> f64 {
        if self.mean.abs() <= self.least {
            0.0
        } else {
            self.mean / self.error.max(self.least)
        }
    }
}

/// Departure of each target's mean from its expectation, in standard errors, and the variance.
pub(super) fn departures(model: &Model, chance: Chance, blocks: u64) -> Vec<(Target, f64, f64)> {
    let gaps = gaps(&Program::compile(model, chance), blocks);
    gaps.iter().map(|g| (g.target, g.z(), g.variance)).collect()
}

/// On every parameter draw the expectation given the parameters is subtracted, so only chance
/// is left; `blocks` · 512 draws of it.
pub(super) fn gaps(program: &Program, blocks: u64) -> Vec<Gap> {
    let targets = program.counts.targets.clone();
    let forms: Vec<Form> = targets.iter().map(|t| expected(program, *t)).collect();
    let mut off: Vec<Vec<f64>> = vec![Vec::new(); targets.len()];
    let mut level = vec![0.0; targets.len()];
    for block in 0..blocks {
        let basis = Basis::evaluate(program, Seed(11), block, At::Draws);
        let sampled = sample_counts(program, &basis, Seed(11), block, 0);
        let mut mean = vec![0.0; BLOCK];
        for (i, form) in forms.iter().enumerate() {
            basis.form(form, &mut mean);
            level[i] += mean.iter().map(|x| x.abs()).sum::<f64>();
            off[i].extend(sampled.values[i].iter().zip(&mean).map(|(x, m)| x - m));
        }
    }
    let gap = |i: usize| {
        let (mean, variance) = moments(&off[i]);
        let n = off[i].len() as f64;
        Gap {
            target: targets[i],
            mean,
            variance,
            error: (variance / n).sqrt(),
            // a target without chance must be its expectation to rounding: a millionth of a krone
            // where payments cancel
            least: (1e-9 * level[i] / n).max(1e-6),
        }
    };
    // meters are nobody's kroner: what rules make of them is tested with the rules
    let booked = |i: &usize| !matches!(targets[*i], Target::Meter(..));
    (0..targets.len()).filter(booked).map(gap).collect()
}

/// Catches: a cost that one layer books and the other does not, a fate counted twice or lost, a
/// count thinned in another order than its expectation.
///
/// 8,192 draws a target; some 150 targets a model (what differs between the arms, where it is
/// shipped) are tested at |z| ≤ 5, so a reseeding fails although all is well about once in ten
/// thousand. A fate left out shifts a target by 5 % or more of its level; its standard error is
/// below 0.3 % of it.
#[test]
fn the_two_layers_agree_in_the_mean_of_every_target() {
    let levels = made().into_iter().map(|m| (m, Chance::Levels));
    let shipped = shipped().iter().map(|m| (m.clone(), Chance::Differences));
    for ((name, model), chance) in levels.chain(shipped) {
        let worst = departures(&model, chance, 16);
        let far: Vec<_> = worst.iter().filter(|(_, z, _)| z.abs() > 5.0).collect();
        assert!(far.is_empty(), "{name}: (target, z, variance) {far:?}");
    }
}

/// Catches: the same, mechanism by mechanism, so that a failure names its cause.
#[test]
fn the_two_layers_agree_with_any_single_mechanism() {
    let towns: Vec<(&str, Town)> = vec![
        ("effect", Town::of(2).effect(ADMISSION, lognormal(0.8, 0.1))),
        ("effect above 1", Town::of(2).effect(ADMISSION, 1.4)),
        (
            "effect above 1, then below",
            Town::of(2).effect(ADMISSION, 1.4).effect(ADMISSION, 0.5),
        ),
        (
            "effect below 1, then above",
            Town::of(2).effect(ADMISSION, 0.5).effect(ADMISSION, 1.4),
        ),
        (
            "effects and a payment for each unit",
            Town::of(2)
                .effect(ADMISSION, 1.4)
                .effect(ADMISSION, 0.5)
                .pays(
                    "paid",
                    Party::Region,
                    Party::Municipality,
                    per_unit(ADMISSION, 900.0),
                ),
        ),
        (
            "shift",
            Town::of(2).shift(VISIT, 0.4, &[(CONSULT, 1.2), (NURSE_HOUR, 0.3)]),
        ),
        ("provide", Town::of(2).provide(MONITORING, 12.0)),
        (
            "provide per event of a service that nothing else touches",
            Town::of(2).provide_per_event(NURSE_HOUR, ADMISSION, 2.0),
        ),
        (
            "provide per event that an effect thins",
            Town::of(2)
                .effect(ADMISSION, 0.7)
                .provide_per_event(NURSE_HOUR, ADMISSION, 2.0)
                .dispersed(ADMISSION, 2.0),
        ),
        (
            "operate",
            Town::of(2).operate(
                ACUTE_TEAM,
                Party::Municipality,
                1_000.0,
                OperateCapacity::NotBuilt,
            ),
        ),
        (
            "backfill",
            Town::of(2).effect(ADMISSION, 0.7).backfill(ADMISSION, 0.5),
        ),
        (
            "a payment for each unit of a service",
            Town::of(2).effect(ADMISSION, 0.7).pays(
                "paid",
                Party::Region,
                Party::Municipality,
                per_unit(ADMISSION, 900.0),
            ),
        ),
        (
            "a payment for each unit avoided",
            Town::of(2).effect(ADMISSION, 0.7).pays(
                "paid",
                Party::Region,
                Party::Municipality,
                per_unit_of_mechanism(0, 900.0),
            ),
        ),
    ];
    for (name, town) in towns {
        for town in [
            town.clone(),
            town.dispersed(ADMISSION, 2.0).spread(ADMISSION, 1.0),
        ] {
            let model = town.period(START, START).horizon(1).build();
            let far: Vec<_> = departures(&model, Chance::Levels, 8)
                .into_iter()
                .filter(|(_, z, _)| z.abs() > 5.0)
                .collect();
            assert!(far.is_empty(), "{name}: (target, z, variance) {far:?}");
        }
    }
}

/// Catches: a dispersion or a spread of costs that is not the stated one.
///
/// One municipality, nothing uncertain, all admissions charged 1 kr. each (then with a gamma
/// spread): Var = d · μ for counts, and κ²(μ d + μ cv²) for costs of κ kr. a unit.
/// A sample variance of 32,768 draws has a relative standard error of √(2/32,768) = 0.8 % (counts
/// in hundreds are near normal), so ±4 % is 5 of them: a false alarm once in a million, while
/// confusing the dispersion 1.7 with a standard deviation (1.3) shows by 24 %.
#[test]
fn the_variance_of_counts_and_costs_is_the_stated_one() {
    for (dispersion, cv) in [(1.0, 0.0), (1.7, 0.0), (1.0, 0.8), (2.5, 1.2)] {
        let model = Town::of(1)
            .one_year()
            .only(ADMISSION)
            .uptake(1.0)
            .rate(ADMISSION, REST, 0.0)
            .effect(ADMISSION, 0.0)
            .unit_cost(ADMISSION, Party::Region, 100.0)
            .dispersed(ADMISSION, dispersion)
            .spread(ADMISSION, cv)
            .follow(ADMISSION)
            .build();
        let volume = certain(&Block::of(&model).lane(RowId::Indicator(0, 0)));
        let program = Program::compile(&model, Chance::Levels);
        let at = |target: Target| {
            let targets = &program.counts.targets;
            targets.iter().position(|t| *t == target).expect("a target")
        };
        let (level, difference) = (at(Target::Level(REGION, 0)), at(Target::Budget(REGION, 0)));
        let (mut levels, mut differences) = (Vec::new(), Vec::new());
        for block in 0..64 {
            let basis = Basis::evaluate(&program, Seed(5), block, At::Draws);
            let sampled = sample_counts(&program, &basis, Seed(5), block, 0);
            levels.extend(&sampled.values[level]);
            differences.extend(&sampled.values[difference]);
        }
        // half the volume is at levels with three factors: cells add up to one family
        let stated = 100.0 * 100.0 * volume * (dispersion + cv * cv);
        for (what, values) in [("level", &levels), ("difference", &differences)] {
            let ratio = moments(values).1 / stated;
            assert!(
                (ratio - 1.0).abs() < 0.04,
                "{what} {dispersion} {cv}: {ratio}"
            );
        }
    }
}

/// Catches: chance counted in both parts of the variance or in none. Parameter and chance
/// variance of X from the paired C layer add up to the variance over both.
///
/// The sum of the two estimates equals the pooled variance of the pairs up to sampling of the
/// covariance: relative error about √(2/4,096)·2 = 4 %; ±15 % is beyond three of them, and
/// leaving out either part would show as more than 30 %.
#[test]
fn parameter_and_chance_variance_add_up() {
    let model = Town::of(1)
        .rate(ADMISSION, KOL, gamma_law(0.4, 0.01))
        .dispersed(ADMISSION, 3.0)
        .spread(ADMISSION, 1.5)
        .effect(ADMISSION, beta_law(0.8, 0.02))
        .build();
    let program = Program::compile(&model, Chance::Differences);
    let chance =
        fairbalance::analysis::run_chance(&program, &fixed(512), &fairbalance::engine::Silent);
    let (parameter, by_chance) = chance.variance(REGION);
    let all: Vec<f64> = chance.x[REGION.index()].iter().flatten().copied().collect();
    let total = moments(&all).1;
    let ratio = (parameter + by_chance) / total;
    assert!(
        (ratio - 1.0).abs() < 0.15,
        "{parameter} + {by_chance} of {total}"
    );
    assert!(
        parameter > 0.3 * total && by_chance > 0.3 * total,
        "both matter here"
    );
}

/// Catches: chance at mean parameters that carries parameter variance, or none at all: the
/// chance band's variance is the chance part, at parameters that hardly vary.
#[test]
fn the_chance_band_is_chance_alone() {
    let model = Town::of(1)
        .rate(ADMISSION, KOL, gamma_law(0.4, 0.05))
        .effect(ADMISSION, beta_law(0.8, 0.02))
        .build();
    let program = Program::compile(&model, Chance::Differences);
    let chance =
        fairbalance::analysis::run_chance(&program, &fixed(512), &fairbalance::engine::Silent);
    let (_, by_chance) = chance.variance(REGION);
    let at_means = moments(&chance.x_at_means[REGION.index()]).1;
    // E[chance variance] is linear in the expected number avoided, so its mean over the
    // parameters is its value at their means; 4,096 draws: ±2.2 % a standard error each
    let ratio = at_means / by_chance;
    assert!((ratio - 1.0).abs() < 0.15, "{at_means} and {by_chance}");
}

/// Catches: an error of a C-layer figure that counts two inner replicates of one parameter draw
/// as two. Without any chance the C layer's 4,096 draws are the E layer's, and so must be the
/// mean and its error.
#[test]
fn without_chance_the_c_layer_s_figures_and_errors_are_the_e_layer_s() {
    let model = Town::of(1)
        .one_year()
        .invest(
            Party::Region,
            gamma_law(1e6, 3e5),
            InvestBasis::Once(START),
            PhaseOfCost::Operation,
        )
        .build();
    let findings = assessed(&model, 4_096).findings;
    let region = |account: &Account| *account == REGION;
    let year = findings.budget.iter().find(|r| region(&r.account));
    let liquidity = findings.liquidity.iter().find(|r| region(&r.account));
    let (year, worst) = (year.expect("a row").value, liquidity.expect("a row").worst);
    assert!((worst.mean / year.mean - 1.0).abs() < 1e-12);
    // the same eight block means, with two copies of each draw: s² over twice the replicates
    // of twice the size of block
    let ratio = worst.mcse / year.mcse;
    assert!((ratio - 1.0).abs() < 1e-9, "{} {}", worst.mcse, year.mcse);
    assert!((worst.p90 / year.p90 - 1.0).abs() < 1e-3);
}
