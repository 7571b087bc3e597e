//! The general claims on towns put together by chance: mechanisms meet in ways that nobody
//! thought of.

use super::plan_and_reference::departure;
use super::two_layers::departures;
use super::*;
use fairbalance::model::*;
use fairbalance::plan::{Chance, RowId};
use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};

struct Dice(Xoshiro256PlusPlus);

impl Dice {
    fn happens(&mut self, p: f64) -> bool {
        self.0.random::<f64>() < p
    }

    fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.0.random_range(0..all.len())].clone()
    }
}

/// A town of chance: the same for the same seed.
fn any_town(seed: u64) -> Model {
    let mut dice = Dice(Xoshiro256PlusPlus::seed_from_u64(seed));
    let mut town = Town::of(dice.one_of(&[1, 2, 3]))
        .prevalence(beta_law(0.05, 0.005))
        .rate(ADMISSION, KOL, gamma_law(0.4, 0.04))
        .trend(VISIT, normal(0.01, 0.004))
        .uptake(beta_law(0.5, 0.08))
        .horizon(dice.one_of(&[3, 6]))
        .after(dice.one_of(&[
            AfterPeriod::Ends,
            AfterPeriod::ContinuesWithSettlement,
            AfterPeriod::ContinuesWithout,
        ]))
        .period(START, START + dice.one_of(&[1, 3]))
        .ramp(dice.one_of(&[
            Ramp::Step,
            Ramp::Linear(1.5),
            Ramp::SCurve(3.0),
            Ramp::Table(vec![0.2, 0.6, 1.0]),
        ]))
        .start(0, Some((START, dice.one_of(&[1, 6, 12]))));
    if dice.happens(0.3) {
        town = town.capped(dice.one_of(&[100.0, 700.0]));
    }
    for service in [ADMISSION, VISIT, NURSE_HOUR, MONITORING, ACUTE_TEAM] {
        town = town
            .dispersed(service, dice.one_of(&[1.0, 1.5, 3.0]))
            .spread(service, dice.one_of(&[0.0, 0.5]));
        if dice.happens(0.4) {
            let rule = Release {
                site: dice.one_of(&[Site::Party, Site::Municipality]),
                closing: dice.one_of(&[1.0, 0.4]),
                ..steps(
                    dice.one_of(&[20.0, 300.0]),
                    dice.one_of(&[1, 3]),
                    dice.one_of(&[0, 1]),
                    Phase::Uncertain,
                )
            };
            town = town
                .variable(service, beta_law(0.4, 0.05))
                .release(service, 0.3, rule);
        }
    }
    let mut laws = Vec::new();
    if dice.happens(0.6) {
        laws.push(transfer(
            "tariff",
            Party::Municipality,
            Party::State,
            Rule::TariffShare {
                service: dice.one_of(&[ADMISSION, VISIT]),
                tariff: Value::Number(20_000.0),
                share: Value::Number(0.3),
                cap: Some(Value::Number(5_000.0)),
            },
        ));
        laws.push(transfer(
            "return",
            Party::State,
            Party::Municipality,
            Rule::ReturnByPopulation {
                of: vec!["tariff".into()],
            },
        ));
    }
    laws.push(transfer(
        "fee",
        Party::Region,
        Party::Gp,
        Rule::GpFee {
            service: CONSULT,
            amount: Value::Number(160.0),
        },
    ));
    town = town.regime(laws);
    for _ in 0..dice.one_of(&[1, 2, 4]) {
        town = any_mechanism(town, &mut dice);
    }
    if dice.happens(0.4) {
        let service = dice.one_of(&[ADMISSION, VISIT]);
        town = town.backfill(service, beta_law(0.3, 0.1));
    }
    any_payment(town, &mut dice).follow(ADMISSION).build()
}

fn any_mechanism(town: Town, dice: &mut Dice) -> Town {
    let so_far = town.model.agreement.mechanisms.len();
    let operated = |m: &Mechanism| matches!(m.kind, MechanismKind::Operate(_));
    let operates = town.model.agreement.mechanisms.iter().any(operated);
    match dice.one_of(&[0, 1, 2, 3, 4, 5]) {
        0 | 1 => {
            let service = dice.one_of(&[ADMISSION, VISIT]);
            let ratio = lognormal(dice.one_of(&[0.7, 1.0, 1.3]), 0.15);
            let (lag, decay) = (dice.one_of(&[0, 5]), dice.one_of(&[0.0, 0.1]));
            town.effect_with(service, ratio, |e| {
                e.lag_months = lag;
                e.decay = decay;
            })
        }
        2 => {
            let from = dice.one_of(&[VISIT, ADMISSION]);
            town.shift(
                from,
                beta_law(0.3, 0.05),
                &[(CONSULT, 1.5), (NURSE_HOUR, 0.4)],
            )
        }
        3 => town.provide(MONITORING, uniform(4.0, 12.0)),
        4 => {
            let event = dice.one_of(&[ADMISSION, VISIT]);
            town.provide_per_event(NURSE_HOUR, event, dice.one_of(&[0.5, 2.0]))
        }
        _ if operates => town.provide(NURSE_HOUR, 3.0),
        _ => {
            let capacity = dice.one_of(&[OperateCapacity::NotBuilt, OperateCapacity::Standing]);
            let cost = gamma_law(1_000.0, 80.0);
            let mut town = town.operate(ACUTE_TEAM, Party::Municipality, cost, capacity);
            if let MechanismKind::Operate(o) = &mut town.model.agreement.mechanisms[so_far].kind {
                // in the middle of a year
                o.start[0] = Some(Month(START * 12 + dice.one_of(&[0, 4])));
            }
            town
        }
    }
}

fn any_payment(town: Town, dice: &mut Dice) -> Town {
    let (region, municipality) = (Party::Region, Party::Municipality);
    let rules = [
        per_unit(dice.one_of(&[ADMISSION, NURSE_HOUR, ACUTE_TEAM]), 700.0),
        per_unit_of_mechanism(0, 900.0),
        Rule::PerCoveredPersonYear {
            coverage: 0,
            amount: Value::Number(500.0),
        },
        Rule::LumpSum {
            amount_per_year: Value::Number(1e5),
            key: Key::Equal,
        },
    ];
    let one = dice.one_of(&rules);
    let town = town.pays("one", region, municipality, one);
    if dice.happens(0.5) {
        let other = dice.one_of(&rules);
        return town.pays("other", municipality, region, other);
    }
    town
}

const TOWNS: u64 = 40;

/// Catches: an interplay that the plan or the reference gets wrong. 40 towns, two draws each, to
/// rounding.
#[test]
fn the_plan_equals_the_reference_in_any_town() {
    for seed in 0..TOWNS {
        let model = any_town(seed);
        let block = Block::of(&model);
        for lane in [3, 400] {
            let (off, id) = departure(&model, &block, lane);
            assert!(
                off <= 1e-10,
                "town {seed}, lane {lane}: {id:?} off by {off:e}"
            );
        }
    }
}

/// Catches: an interplay in which the layers part. Some 40 towns · 100 targets at |z| ≤ 6 (2e-9
/// each) on 1,024 draws: a reseeding fails although all is well once in 10⁵ if the means were
/// normal; counts of a few events a draw are skew, and leave it below one in a thousand. A
/// difference of 10 % of a target's chance is three of its standard errors: what is found here
/// is a fate left out or counted twice.
#[test]
fn the_two_layers_agree_in_any_town() {
    for seed in 0..TOWNS {
        let model = any_town(seed);
        let far: Vec<_> = departures(&model, Chance::Levels, 2)
            .into_iter()
            .filter(|(_, z, _)| z.abs() > 6.0)
            .collect();
        assert!(far.is_empty(), "town {seed}: (target, z, variance) {far:?}");
    }
}

/// Catches: money made or lost, or a waterfall with a gap, where mechanisms meet. To rounding.
#[test]
fn parties_and_waterfalls_add_up_in_any_town() {
    for seed in 0..TOWNS {
        let block = Block::of(&any_town(seed));
        let parties = [REGION, MUNICIPALITIES, GP, STATE].map(|a| block.x(a));
        sums::adds_up(&format!("town {seed}"), &block.x(SOCIETY), &parties);
        for account in Account::ALL {
            let lines = block.program.rows.iter().filter_map(|row| match row.id {
                RowId::Waterfall(a, _) if a == account => Some(block.form(&row.form)),
                _ => None,
            });
            let lines: Vec<Vec<f64>> = lines.collect();
            let worse: Vec<f64> = block.x(account).iter().map(|x| -x).collect();
            sums::adds_up(&format!("town {seed}, {account:?}"), &worse, &lines);
        }
    }
}
