//! By chance: what law and an agreement pay.

use super::*;

const PAIRS: [(Party, Party); 6] = [
    (Party::Region, Party::Municipality),
    (Party::Municipality, Party::Region),
    (Party::State, Party::Municipality),
    (Party::State, Party::Region),
    (Party::Municipality, Party::State),
    (Party::Region, Party::Gp),
];

fn number(x: f64) -> Value {
    Value::Number(x)
}

/// Units of a service in a year of full phase-in, without the agreement, at the means of a few
/// draws: where a rule bends near them, chance matters.
fn units(town: &Town, service: ServiceId) -> f64 {
    let mut probe = Town {
        model: town.model.clone(),
    };
    probe.model.agreement = Town::of(town.model.world.municipalities.len())
        .model
        .agreement;
    let model = probe
        .period(START, START)
        .horizon(2)
        .effect(service, 0.5)
        .follow(service)
        .build();
    let lane = Block::of(&model).lane(RowId::Indicator(0, 1));
    lane.iter().sum::<f64>() / lane.len() as f64
}

/// Law: a fee in two dated parts, mostly a tariff and its return, at times one rule more.
pub(super) fn any_law(mut town: Town, dice: &mut Dice) -> Town {
    if dice.happens(0.6) {
        let tariff = Rule::TariffShare {
            service: dice.one_of(&[ADMISSION, VISIT]),
            tariff: number(20_000.0),
            share: number(0.3),
            cap: Some(number(5_000.0)),
        };
        let back = Rule::ReturnByPopulation {
            of: vec!["tariff".into()],
        };
        town = town.regime(vec![
            transfer("tariff", Party::Municipality, Party::State, tariff),
            transfer("return", Party::State, Party::Municipality, back),
        ]);
    }
    town = any_fee(town, dice);
    if dice.happens(0.3) {
        let course = CourseTariff {
            service: dice.one_of(&[ADMISSION, VISIT]),
            tariff: number(30_000.0),
            shares: [0.2, 0.45, 0.56].map(number).to_vec(),
            cap: dice.one_of(&[Some(number(13_000.0)), None]),
            cv: dice.one_of(&[0.0, 1.2]),
        };
        let course = Rule::Course(Box::new(course));
        town = town.regime(vec![transfer(
            "course",
            Party::Municipality,
            Party::Region,
            course,
        )]);
    }
    if !dice.divisible && dice.happens(0.3) {
        let rule = match dice.below(4) {
            0 => corridor(&town, dice),
            1 => suspense(dice),
            2 => any_steps(&town, dice),
            _ => availability(&town, dice),
        };
        let (from, to) = dice.one_of(&PAIRS[..4]);
        town = town.regime(vec![transfer("law's rule", from, to, Rule::OnTotals(rule))]);
    }
    town
}

/// A fee that is another from the second year on, or the same in all years.
fn any_fee(mut town: Town, dice: &mut Dice) -> Town {
    let fee = |name: &str, kroner, years| {
        let rule = Rule::GpFee {
            service: CONSULT,
            amount: number(kroner),
        };
        Transfer {
            years,
            ..transfer(name, Party::Region, Party::Gp, rule)
        }
    };
    if !dice.happens(0.4) {
        return town.regime(vec![fee("fee", 160.0, (2000, 2100))]);
    }
    for (name, kroner, years) in [
        ("fee", 160.0, (2000, START)),
        ("new fee", 185.0, (START + 1, 2100)),
    ] {
        town = town.regime(vec![fee(name, kroner, years)]);
        town.model.world.regimes.last_mut().expect("a regime").years = years;
    }
    town
}

/// One to three payments for what is counted, up to two rules on totals.
pub(super) fn any_payments(mut town: Town, dice: &mut Dice) -> Town {
    for i in 0..dice.one_of(&[1, 2, 3]) {
        let (from, to) = dice.one_of(&PAIRS);
        let rule = any_payment(&town, dice);
        town = town.pays(&format!("payment {i}"), from, to, rule);
        if dice.happens(0.2) {
            let latest = town
                .model
                .agreement
                .transfers
                .last_mut()
                .expect("a payment");
            latest.years = dice.one_of(&[(START, START + 1), (START + 1, 2100)]);
        }
    }
    let to_state = |t: &&Transfer| t.to == Party::State;
    let given = town.model.agreement.transfers.iter().find(to_state);
    if let (Some(given), true) = (given, dice.happens(0.6)) {
        let of = vec![given.name.clone()];
        let back = Rule::ReturnByPopulation { of };
        town = town.pays("agreed return", Party::State, Party::Municipality, back);
    }
    let rules = if dice.divisible {
        0
    } else {
        dice.one_of(&[0, 1, 2])
    };
    for i in 0..rules {
        let (from, to) = dice.one_of(&PAIRS[..4]);
        if dice.happens(0.25) {
            let (from, to, rule) = any_ceiling(&town, dice);
            town = town.pays(&format!("rule {i}"), from, to, rule);
            continue;
        }
        let rule = any_rule(&mut town, dice, i);
        town = town.pays(&format!("rule {i}"), from, to, Rule::OnTotals(rule));
    }
    town
}

/// Indices of mechanisms of which `of` holds.
fn those(town: &Town, of: impl Fn(&MechanismKind) -> bool) -> Vec<usize> {
    let mechanisms = town.model.agreement.mechanisms.iter().enumerate();
    mechanisms
        .filter(|(_, m)| of(&m.kind))
        .map(|(k, _)| k)
        .collect()
}

fn any_payment(town: &Town, dice: &mut Dice) -> Rule {
    use MechanismKind::*;
    let costed = those(town, |k| matches!(k, Provide(_) | Operate(_)));
    let counted = those(town, |k| {
        matches!(k, Effect(_) | Shift(_) | Provide(_) | Operate(_))
    });
    let service = dice.one_of(&[ADMISSION, NURSE_HOUR, ACUTE_TEAM]);
    match dice.below(8) {
        0 if !costed.is_empty() => Rule::ActualCost {
            mechanism: dice.one_of(&costed),
            overhead: Some(number(0.05)),
        },
        1 | 2 if !counted.is_empty() => per_unit_of_mechanism(dice.one_of(&counted), 900.0),
        3 => Rule::PerCoveredPersonYear {
            coverage: dice.below(town.model.agreement.coverages.len()),
            amount: number(500.0),
        },
        4 => Rule::LumpSum {
            amount_per_year: number(1e5),
            key: dice.one_of(&[Key::Equal, Key::Population]),
        },
        5 => Rule::TariffShare {
            service,
            tariff: number(3_000.0),
            share: number(0.3),
            cap: None,
        },
        6 => Rule::PerUnit {
            counted: Counted::Service(service),
            price: tiered(),
        },
        _ => per_unit(service, 700.0),
    }
}

fn tiered() -> UnitPrice {
    let tier = |up_to, amount| Tier {
        up_to,
        amount: number(amount),
    };
    UnitPrice::Tiered {
        tiers: vec![tier(Some(2), 100.0), tier(None, 50.0)],
        course_length: vec![0.5, 0.0, 0.0, 0.5],
        cap: Some(number(250.0)),
    }
}

fn any_rule(town: &mut Town, dice: &mut Dice, i: usize) -> TotalRule {
    let half = town.figure(&format!("half:{i}"), beta_law(0.5, 0.02));
    let key = dice.one_of(&[Key::Population, Key::Equal]);
    let funded = those(town, |k| {
        !matches!(k, MechanismKind::Effect(_) | MechanismKind::Shift(_))
    });
    match dice.below(8) {
        0 | 1 => TotalRule::Pool {
            services: dice.one_of(&[
                vec![ADMISSION, NURSE_HOUR],
                vec![VISIT, MONITORING, ADMISSION],
            ]),
            share: half,
            deficit_share: dice.one_of(&[None, Some(number(0.3))]),
            key,
        },
        2 => TotalRule::GainShare(Box::new(GainShare {
            service: dice.one_of(&[ADMISSION, VISIT]),
            value: number(5_000.0),
            share: half,
            minimum_savings: number(dice.one_of(&[0.0, 0.02])),
            loss_share: dice.one_of(&[None, Some(number(0.4))]),
            max_per_year: dice.one_of(&[None, Some(number(2e6))]),
            control_cv: dice.one_of(&[None, Some(number(0.02))]),
            key,
        })),
        3 if !funded.is_empty() => TotalRule::Fund {
            mechanisms: vec![dice.one_of(&funded)],
            share: half,
            cap: number(dice.one_of(&[1e6, 1e7])),
            per_year_cap: dice.one_of(&[None, Some(number(8e5))]),
        },
        4 => availability(town, dice),
        5 => suspense(dice),
        6 => any_steps(town, dice),
        7 => {
            let n = town.model.world.municipalities.len();
            let weights = (1..=n).map(|m| m as f64 / (n * (n + 1) / 2) as f64);
            TotalRule::NeedSum {
                amount_per_year: number(1e6),
                weights: weights.collect(),
            }
        }
        _ => corridor(town, dice),
    }
}

/// On the fee of law, or on the first agreed payment; from who was paid to who paid.
fn any_ceiling(town: &Town, dice: &mut Dice) -> (Party, Party, Rule) {
    let ceiling = |of: &str, limit: f64| {
        Rule::OnTotals(TotalRule::Ceiling {
            of: vec![of.into()],
            limit_per_year: number(limit),
            claw_back: number(0.5),
        })
    };
    let limit = dice.one_of(&[0.95, 1.0, 1.02]);
    if dice.happens(0.5) {
        let paid = &town.model.agreement.transfers[0];
        return (paid.to, paid.from, ceiling(&paid.name, limit * 5e5));
    }
    let expected = 160.0 * units(town, CONSULT);
    (Party::Gp, Party::Region, ceiling("fee", limit * expected))
}

fn corridor(town: &Town, dice: &mut Dice) -> TotalRule {
    let (service, kroner) = dice.one_of(&[(NURSE_HOUR, 500.0), (VISIT, 2_000.0)]);
    let expected = kroner * units(town, service);
    TotalRule::Corridor {
        services: vec![service],
        target: number(expected),
        width: number(expected * dice.one_of(&[0.005, 0.05])),
        share: number(0.5),
        key: Key::Equal,
    }
}

fn availability(town: &Town, dice: &mut Dice) -> TotalRule {
    let service = dice.one_of(&[ACUTE_TEAM, NURSE_HOUR]);
    TotalRule::Availability {
        service,
        capacity: number(units(town, service) * dice.one_of(&[0.98, 1.0, 1.1])),
        price: number(300.0),
        key: Key::Population,
    }
}

fn suspense(dice: &mut Dice) -> TotalRule {
    TotalRule::Suspense(Box::new(Suspense {
        service: dice.one_of(&[ADMISSION, NURSE_HOUR]),
        unclear: number(0.3),
        acting: number(0.25),
        liable: number(0.75),
        lag_years: dice.one_of(&[0, 1, 2]),
        settled: number(0.8),
    }))
}

/// Criteria on services that do not share their counts: the expectation takes them as independent.
fn any_steps(town: &Town, dice: &mut Dice) -> TotalRule {
    let groups = dice.one_of(&[vec![KOL, REST], Vec::new()]);
    let criterion = |service, near: f64, rise| Criterion {
        service,
        groups: groups.clone(),
        reference: number(near * units(town, service)),
        rise,
    };
    TotalRule::Steps(Box::new(Steps {
        pool_per_year: number(1e6),
        paid_by_met: vec![0.0, 0.33, 1.0],
        criteria: vec![
            criterion(ADMISSION, dice.one_of(&[0.98, 1.0]), false),
            criterion(VISIT, 1.0, dice.happens(0.5)),
        ],
        enforced: dice.happens(0.8),
    }))
}
