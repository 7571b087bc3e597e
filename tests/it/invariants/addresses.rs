//! 8: a draw is a function of its address; the unrelated never moves it.

use super::*;
use fairbalance::engine::sample_counts;
use fairbalance::model::*;
use fairbalance::plan::{Chance, Target};
use fairbalance::random::Seed;
use std::collections::BTreeMap;

/// Draws of every parameter by name.
fn parameters(model: &Model) -> BTreeMap<String, Vec<f64>> {
    let block = Block::numbered(model, Chance::Levels, 3);
    let draws = block.program.draws.iter();
    draws
        .map(|d| (d.name.clone(), block.basis.lane(d.column).to_vec()))
        .collect()
}

/// Sampled counts' kroner by target.
fn counted(model: &Model) -> BTreeMap<Target, Vec<f64>> {
    let block = Block::numbered(model, Chance::Levels, 3);
    let sampled = sample_counts(&block.program, &block.basis, Seed(1), 3, 1);
    let targets = block.program.counts.targets.iter().copied();
    targets.zip(sampled.values).collect()
}

#[track_caller]
fn unmoved(before: &Model, after: &Model) {
    let (before, after) = (parameters(before), parameters(after));
    for (name, draws) in &before {
        assert!(after.get(name) == Some(draws), "{name} moved");
    }
}

fn town() -> Town {
    Town::of(2)
        .prevalence(beta_law(0.05, 0.004))
        .rate(ADMISSION, KOL, gamma_law(0.4, 0.03))
        .dispersed(ADMISSION, 1.7)
        .spread(ADMISSION, 0.6)
        .release(ADMISSION, 0.3, steps(50.0, 2, 0, Phase::Uncertain))
        .effect(ADMISSION, lognormal(0.85, 0.1))
        .provide(MONITORING, uniform(8.0, 12.0))
}

/// Catches: parameters drawn in turn. A new parameter in front of all others, an unrelated task
/// and a correlation among strangers leave every draw where it was.
#[test]
fn an_unrelated_parameter_or_task_moves_no_parameter_draw() {
    let before = town().build();
    let more = town()
        .trend(VISIT, normal(0.01, 0.002))
        .unit_cost(VISIT, Party::Region, gamma_law(2_000.0, 100.0))
        .shift(VISIT, beta_law(0.3, 0.05), &[(CONSULT, 1.0)]);
    unmoved(&before, &more.clone().build());
    let mut first = more.build();
    for parameter in &mut first.parameters {
        parameter.note = "in another order".into();
    }
    unmoved(&before, &reversed(&first));
}

/// The same model with its parameters in the opposite order.
fn reversed(model: &Model) -> Model {
    let n = model.parameters.len() as u32;
    let flip = |v: &mut Value| {
        if let Value::Parameter(id) = v {
            id.0 = n - 1 - id.0;
        }
    };
    let mut model = model.clone();
    model.parameters.reverse();
    slots(&mut model).into_iter().for_each(flip);
    model
}

/// Slots that the towns of this file fill with parameters.
fn slots(model: &mut Model) -> Vec<&mut Value> {
    let mut slots = Vec::new();
    for group in &mut model.world.groups {
        if let GroupShare::Prevalence { prevalence, .. } = &mut group.share {
            slots.push(prevalence);
        }
    }
    for service in &mut model.world.services {
        slots.extend(service.unit_cost.iter_mut().map(|(_, v)| v));
        slots.extend(service.rates.iter_mut().map(|r| &mut r.rate));
        slots.extend([&mut service.variable, &mut service.semi_fixed]);
        slots.extend(service.trend.as_mut());
    }
    for coverage in &mut model.agreement.coverages {
        slots.push(&mut coverage.uptake);
    }
    for mechanism in &mut model.agreement.mechanisms {
        match &mut mechanism.kind {
            MechanismKind::Effect(e) => slots.push(&mut e.rate_ratio),
            MechanismKind::Shift(s) => slots.push(&mut s.share),
            MechanismKind::Provide(p) => match &mut p.quantity {
                Quota::PerPersonYear(v) | Quota::PerNewPerson(v) | Quota::PerEvent(_, v) => {
                    slots.push(v);
                }
            },
            _ => {}
        }
    }
    slots
}

/// Catches: counts drawn in turn, or addressed by an index. A task on another service changes
/// nothing of what the first task's counts cost the municipalities it does not touch.
#[test]
fn an_unrelated_task_moves_no_count() {
    let before = counted(&town().build());
    let after = counted(
        &town()
            .unit_cost(VISIT, Party::Region, gamma_law(2_000.0, 100.0))
            .shift(VISIT, beta_law(0.3, 0.05), &[(CONSULT, 1.0)])
            .build(),
    );
    for (target, draws) in &before {
        let touched = matches!(
            target,
            Target::Budget(REGION | GP | SOCIETY, _) | Target::Level(REGION | GP | SOCIETY, _)
        );
        if !touched {
            assert!(after[target] == *draws, "{target:?} moved");
        }
    }
    let moved = Target::Budget(REGION, 0);
    assert_ne!(
        before[&moved], after[&moved],
        "the region pays for both tasks"
    );
}

/// Catches: a municipality addressed by its place in the list. A new one in front of the others
/// leaves their counts, and every parameter, where they were.
#[test]
fn another_municipality_moves_no_draw_of_the_others() {
    let two = town().build();
    let mut three = Town::of(3)
        .prevalence(beta_law(0.05, 0.004))
        .rate(ADMISSION, KOL, gamma_law(0.4, 0.03))
        .dispersed(ADMISSION, 1.7)
        .spread(ADMISSION, 0.6)
        .release(ADMISSION, 0.3, steps(50.0, 2, 0, Phase::Uncertain))
        .effect(ADMISSION, lognormal(0.85, 0.1))
        .provide(MONITORING, uniform(8.0, 12.0));
    // the third comes first
    let world = &mut three.model.world;
    world.municipalities.rotate_right(1);
    world.population.persons.rotate_right(1);
    for service in &mut world.services {
        service.municipality_factor.rotate_right(1);
    }
    let three = three.build();
    unmoved(&two, &three);
    let (before, after) = (counted(&two), counted(&three));
    for (target, draws) in &before {
        if let Target::Municipality(m, t) = target {
            let same = &after[&Target::Municipality(m + 1, *t)];
            assert!(same == draws, "municipality {m} moved in year {t}");
        }
    }
}

/// Catches: a report that reaches a draw, or a floor by a share of the affected budget that
/// counts what is merely followed.
#[test]
fn following_an_indicator_changes_no_figure_of_the_verdict() {
    let mut town = town();
    let floor = Tolerance::ShareOfBudget(0.003);
    (town.model.balance.region, town.model.balance.municipality) = (floor, floor);
    let (plain, followed) = (town.clone().build(), town.follow(VISIT).build());
    unmoved(&plain, &followed);
    let (a, b) = (assessed(&plain, 2_048), assessed(&followed, 2_048));
    assert_eq!(a.verdict, b.verdict);
}

/// Catches: a horizon that enters an address. Years computed beyond do not move those before.
#[test]
fn a_longer_horizon_moves_no_draw() {
    let (short, long) = (town().build(), town().horizon(9).build());
    unmoved(&short, &long);
    let (before, after) = (counted(&short), counted(&long));
    for (target, draws) in &before {
        assert!(after[target] == *draws, "{target:?} moved");
    }
}
