//! 10: every input has an effect, and no figure silently becomes 0 or not a number.

use super::*;
use fairbalance::model::*;
use fairbalance::plan::{Reference, lower};

/// Every number the lowering of a model gives at one draw, in its order.
fn numbers(model: &Model, draws: &[f64]) -> Vec<f64> {
    let (lowered, _) = lower(model, Reference::new(model, draws));
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
    numbers.extend(
        lowered
            .indicators
            .iter()
            .flatten()
            .flat_map(|(a, b)| [*a, *b]),
    );
    numbers.extend(lowered.memos.iter().map(|(.., v)| *v));
    numbers
}

/// Names of parameters that reach no figure at any of a few draws.
fn without_effect(model: &Model) -> Vec<String> {
    let block = Block::of(model);
    let mut silent = Vec::new();
    for p in 0..model.parameters.len() {
        if matches!(model.parameters[p].quantity, Quantity::Formula(_)) {
            continue; // computed; its parts are asked
        }
        let moves = |lane: usize| {
            let draws = draws_of(model, &block, lane);
            let mut other = draws.clone();
            other[p] = draws[p] * 1.13 + 0.017;
            numbers(model, &draws) != numbers(model, &other)
        };
        if ![0, 77, 311].into_iter().any(moves) {
            silent.push(model.parameters[p].name.clone());
        }
    }
    silent
}

/// Catches: a parameter that is asked for, drawn, shown and never read.
#[test]
fn every_parameter_reaches_some_figure() {
    for (name, model) in models() {
        assert_eq!(without_effect(&model), [""; 0], "{name}");
    }
}

/// Catches: 0/0 in a share or a rationing, an empty sum's mean, an infinite ratio. (Four blocks:
/// fewer know no error of a mean, and say so by infinity.)
#[test]
fn no_figure_is_infinite_or_not_a_number() {
    for (name, model) in models() {
        let told = format!("{:?}", assessed(&model, 2_048));
        assert!(!told.contains("NaN"), "{name} says NaN");
        assert!(!told.contains(": inf"), "{name} says infinity");
        assert!(!told.contains(": -inf"), "{name} says minus infinity");
        let block = Block::of(&model);
        let draws = draws_of(&model, &block, 5);
        assert!(
            numbers(&model, &draws).iter().all(|x| x.is_finite()),
            "{name}"
        );
    }
}

/// One structural input changed; whether any figure noticed.
#[track_caller]
fn notices(what: &str, change: impl Fn(&mut Model)) {
    let model = everything().build();
    let mut other = model.clone();
    change(&mut other);
    let of = |model: &Model| {
        let assessment = assessed(model, 512);
        format!("{assessment:?}")
    };
    assert!(of(&model) != of(&other), "{what} changes nothing");
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
