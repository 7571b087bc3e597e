//! 4: parts add up to wholes.

use super::*;
use fairbalance::model::*;
use fairbalance::plan::{RowId, Target};
use fairbalance::random::Seed;
use std::collections::BTreeMap;

/// Catches: an entry booked on no municipality or on two.
///
/// Rounding only: relative to the gross of the parts.
#[test]
fn municipalities_sum_to_the_municipalities_together() {
    for (name, model) in models() {
        let block = Block::of(&model);
        let each: Vec<Vec<f64>> = (0..model.world.municipalities.len())
            .map(|m| block.lane(RowId::MunicipalityX(m)))
            .collect();
        adds_up(&name, &block.x(MUNICIPALITIES), &each);
        let counted = sample(&block);
        for t in 0..block.years() {
            let parts: Vec<Vec<f64>> = (0..each.len())
                .map(|m| counted[&Target::Municipality(m, t)].clone())
                .collect();
            let whole = &counted[&Target::Budget(MUNICIPALITIES, t)];
            adds_up(&format!("{name}, chance"), whole, &parts);
        }
    }
}

fn sample(block: &Block) -> BTreeMap<Target, Vec<f64>> {
    let counted = fairbalance::engine::sample_counts(&block.program, &block.basis, Seed(1), 0, 0);
    let targets = block.program.counts.targets.iter().copied();
    targets.zip(counted.values).collect()
}

#[track_caller]
pub(super) fn adds_up(name: &str, whole: &[f64], parts: &[Vec<f64>]) {
    for (lane, whole) in whole.iter().enumerate() {
        let sum: f64 = parts.iter().map(|p| p[lane]).sum();
        let gross: f64 = parts.iter().map(|p| p[lane].abs()).sum();
        let off = (sum - whole).abs();
        // a millionth of a krone is left of payments of millions that cancel
        assert!(off <= 1e-10 * gross + 1e-6, "{name}: {sum} is not {whole}");
    }
}

/// Catches: a waterfall that leaves something out or shows it twice, interaction included.
#[test]
fn the_waterfall_adds_up_to_the_difference() {
    for (name, model) in models() {
        let block = Block::of(&model);
        for account in Account::ALL {
            let lines = block.program.rows.iter().filter_map(|row| match row.id {
                RowId::Waterfall(a, _) if a == account => Some(block.form(&row.form)),
                _ => None,
            });
            let lines: Vec<Vec<f64>> = lines.collect();
            let worse: Vec<f64> = block.x(account).iter().map(|x| -x).collect();
            adds_up(&format!("{name}, {account:?}"), &worse, &lines);
        }
    }
}

/// Catches: an interaction hidden in one of the mechanisms. 60 % and 60 % avoid 84 %: each
/// alone 60, together −36.
#[test]
fn interaction_is_its_own_line_of_the_waterfall() {
    let model = Town::of(1)
        .uptake(1.0)
        .effect(ADMISSION, 0.4)
        .effect(ADMISSION, 0.4)
        .follow(ADMISSION)
        .build();
    let block = Block::of(&model);
    let line = |tag| {
        let row = block.row(RowId::Waterfall(REGION, tag));
        certain(&row.expect("a line of the waterfall"))
    };
    let first = line(Tag::Mechanism(0));
    assert_eq!(line(Tag::Mechanism(1)), first, "either alone");
    let ratio = line(Tag::Interaction) / first;
    assert!((ratio + 0.6).abs() < 1e-12, "−36 on 60, found {ratio}");
}

/// Catches: a person counted in two groups or levels, or in none: with one unit for everybody,
/// whatever group and level, the units are the persons.
#[test]
fn groups_and_levels_sum_to_the_population() {
    let mut town = Town::of(3).growing(0.02).prevalence(beta_law(0.05, 0.01));
    let service = town.service_mut(VISIT);
    service.age_factor = vec![1.0; 3];
    service.municipality_factor = vec![1.0; 3];
    for rate in &mut service.rates {
        rate.rate = Value::Number(1.0);
        rate.level_factor.fill(1.0);
    }
    let model = town.follow(VISIT).build();
    let block = Block::of(&model);
    for (t, year) in block.program.years.iter().enumerate() {
        let persons: f64 = (0..3).map(|m| model.world.population.total(m, *year)).sum();
        for units in block.lane(RowId::Indicator(0, t)) {
            assert!(
                (units / persons - 1.0).abs() < 1e-12,
                "{units} of {persons}"
            );
        }
    }
}

/// Catches: a horizon that is not the discounted sum of its years, or discounts from another
/// year than the first.
#[test]
fn a_present_value_is_the_discounted_sum_of_the_years() {
    for (name, model) in models() {
        let block = Block::of(&model);
        for account in Account::ALL {
            let years: Vec<Vec<f64>> = (0..block.program.verdict_years)
                .map(|t| {
                    let d = model.balance.discount_factor(t as u32);
                    let row = block.lane(RowId::Budget(account, t));
                    row.iter().map(|b| -d * b).collect()
                })
                .collect();
            adds_up(&name, &block.x(account), &years);
        }
    }
}
