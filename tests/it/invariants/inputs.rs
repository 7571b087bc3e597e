//! 10: every input has an effect, and no figure silently becomes 0 or not a number.

use super::*;
use fairbalance::engine::sample_counts;
use fairbalance::model::*;
use fairbalance::plan::{Counting, Reference, Scope, lower_within};
use fairbalance::random::Seed;

/// Every number the lowering of a model gives at one draw, in its order.
fn numbers(model: &Model, draws: &[f64], scope: Scope) -> Vec<f64> {
    let (lowered, _) = lower_within(model, Reference::new(model, draws), scope, Counting::Levels);
    let mut numbers: Vec<f64> = lowered.discount.clone();
    for entry in &lowered.entries {
        numbers.push(entry.kroner);
        numbers.extend(entry.units);
    }
    for class in &lowered.counts {
        numbers.push(class.mean);
        for fate in &class.fates {
            numbers.push(fate.fraction);
            numbers.extend(fate.charges.iter().map(|c| c.kroner));
        }
    }
    let indicators = lowered.indicators.iter().flatten();
    numbers.extend(indicators.flat_map(|(a, b)| [*a, *b]));
    numbers.extend(lowered.memos.iter().map(|(.., v)| *v));
    numbers.extend(lowered.gauges.iter().map(|(_, v)| *v));
    numbers.extend(lowered.frames.iter().map(|(.., v)| *v));
    numbers.extend(lowered.study.iter().map(|(_, v)| *v));
    numbers
}

/// Names of the parameters asked for that reach no figure at any of a few draws.
fn without_effect(model: &Model, scope: Scope, asked: impl Fn(&Parameter) -> bool) -> Vec<String> {
    let block = Block::of(model);
    let lanes = [0, 77, 311].map(|lane| draws_of(model, &block, lane));
    let as_drawn = lanes.clone().map(|draws| numbers(model, &draws, scope));
    let mut silent = Vec::new();
    for (p, parameter) in model.parameters.iter().enumerate() {
        if matches!(parameter.quantity, Quantity::Formula(_)) || !asked(parameter) {
            continue; // a formula is computed; its parts are asked
        }
        let moves = |i: usize| {
            let mut other = lanes[i].clone();
            other[p] = other[p] * 1.13 + 0.017;
            numbers(model, &other, scope) != as_drawn[i]
        };
        if !(0..lanes.len()).any(moves) {
            silent.push(parameter.name.clone());
        }
    }
    silent
}

/// Catches: a parameter that is asked for, drawn, shown and never read.
#[test]
fn every_parameter_reaches_some_figure() {
    for (name, model) in made() {
        let silent = without_effect(&model, Scope::Everything, |_| true);
        assert_eq!(silent, [""; 0], "{name}");
    }
}

/// Catches: the same in what an agreement's own files state. (A world is shared, and may state
/// what another agreement needs.)
#[test]
fn every_parameter_of_a_shipped_agreement_reaches_some_figure() {
    for (name, model) in shipped() {
        let own = |p: &Parameter| p.origin.file.starts_with(name.as_str());
        assert!(model.parameters.iter().any(own), "{name} states figures");
        let silent = without_effect(model, Scope::Affected, own);
        assert_eq!(silent, [""; 0], "{name}");
    }
}

/// Catches: 0/0 in a share or a rationing, an empty sum's mean, an infinite ratio. (Four blocks:
/// fewer know no error of a mean, and say so by infinity.)
#[test]
fn no_figure_is_infinite_or_not_a_number() {
    for (name, model) in models() {
        let told = told(&model, 2_048);
        assert!(!told.contains("NaN"), "{name} says NaN");
        assert!(!told.contains(": inf"), "{name} says infinity");
        assert!(!told.contains(": -inf"), "{name} says minus infinity");
        let block = Block::of(&model);
        let draws = draws_of(&model, &block, 5);
        let numbers = numbers(&model, &draws, Scope::Affected);
        assert!(numbers.iter().all(|x| x.is_finite()), "{name}");
    }
}

/// Figures and verdict of a model; without the program that pages keep, which is neither (its laws
/// have open ends, and every input is in it whether a figure reads it or not).
fn told(model: &Model, replicates: usize) -> String {
    let mut assessment = assessed(model, replicates);
    assessment.deciding = None;
    format!("{assessment:?}")
}

/// One structural input changed; whether any figure noticed: a row, a sampled count, or what
/// is said of them.
#[track_caller]
fn notices(what: &str, change: impl Fn(&mut Model)) {
    let model = everything().build();
    let mut other = model.clone();
    change(&mut other);
    let read = |model: &Model| {
        let block = Block::of(model);
        let rows = block.program.rows.iter().map(|r| block.form(&r.form));
        let counted = sample_counts(&block.program, &block.basis, Seed(1), 0, 0);
        rows.chain(counted.values).collect::<Vec<_>>()
    };
    let said = |model: &Model| told(model, 512);
    let noticed = read(&model) != read(&other) || said(&model) != said(&other);
    assert!(noticed, "{what} changes nothing");
}

/// Catches: a field of the model that nobody reads. One change a field, the smallest that a
/// reader would expect to matter.
#[test]
fn every_structural_input_reaches_some_figure() {
    notices("the discount rate", |m| m.balance.discount[0].1 = 0.04);
    notices("the confidence", |m| m.balance.confidence = 0.9);
    notices("the region's floor", |m| {
        m.balance.region = Tolerance::PerInhabitant(11.0);
    });
    notices("the municipalities' floor", |m| {
        m.balance.municipality = Tolerance::ShareOfBudget(0.01);
    });
    notices("chance in the floor", |m| {
        m.balance.chance = true;
        m.balance.chance_max = 1e3;
    });
    notices("the horizon of the verdict", |m| {
        m.balance.horizon_years = 5
    });
    notices("the net tax factor", |m| m.balance.net_tax_factor = 1.1);
    notices("the key of compensation", |m| m.balance.key = Key::Equal);
    notices("the principle", |m| {
        m.balance.principle = Principle::NoLossNoProfit;
    });
    notices("the period", |m| m.agreement.period.1 += 1);
    notices("what follows the period", |m| {
        m.agreement.after_period = AfterPeriod::Ends;
    });
    notices("the price level's year", |m| m.world.price_level -= 1);
    notices("a dispersion", |m| m.world.services[0].dispersion = 2.0);
    notices("a cost's spread", |m| {
        m.world.services[0].unit_cost_cv = 1.0
    });
    notices("a municipality's factor", |m| {
        m.world.services[0].municipality_factor[1] += 0.1;
    });
    notices("an age factor", |m| {
        m.world.services[0].age_factor[2] += 0.1
    });
    notices("a level factor", |m| {
        m.world.services[0].rates[0].level_factor[2] += 0.1;
    });
    notices("a population", |m| {
        m.world.population.persons[2][1][4] += 100.0;
    });
    notices("a producer", |m| {
        m.world.services[NURSE_HOUR.0 as usize].producer = Dated::always(Party::CivilSociety);
        m.world.services[NURSE_HOUR.0 as usize].unit_cost[0].0 = Party::CivilSociety;
    });
    notices("a lag", |m| effect(m, 1).lag_months = 7);
    notices("a decay", |m| effect(m, 1).decay = 0.1);
    notices("an attenuation", |m| {
        effect(m, 0).attenuation = Some(Value::Number(0.9));
    });
    notices("a start", |m| m.agreement.coverages[0].start[2] = None);
    notices("a region", |m| {
        m.world.municipalities[2].region_code = "081".into();
    });
    notices("a step", |m| release(m).step = 410.0);
    notices("a lasting period", |m| release(m).lasting_years = 3);
    notices("a lag of release", |m| release(m).lag_years = 2);
    notices("a speed of closing", |m| release(m).closing = 0.5);
    notices("a known phase", |m| {
        release(m).phase = Phase::Known(Value::Number(0.5));
    });
    notices("a correlation", |m| {
        m.correlations[0].matrix = vec![vec![1.0, -0.4], vec![-0.4, 1.0]];
    });
}

fn effect(model: &mut Model, k: usize) -> &mut Effect {
    match &mut model.agreement.mechanisms[k].kind {
        MechanismKind::Effect(effect) => effect,
        _ => panic!("mechanism {k} is an effect"),
    }
}

fn release(model: &mut Model) -> &mut Release {
    let service = &mut model.world.services[ADMISSION.0 as usize];
    service.release.as_mut().expect("a rule of release")
}
