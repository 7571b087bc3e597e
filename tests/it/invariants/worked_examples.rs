//! 13: the worked examples come out to the krone, with their arithmetic.

use super::*;
use fairbalance::model::*;
use fairbalance::plan::RowId;
use fairbalance::verdict::{Outcome, Standing};

#[track_caller]
fn to_the_krone(what: &str, found: f64, expected: f64) {
    assert!(
        (found - expected).abs() < 1e-6,
        "{what}: {found}, expected {expected}"
    );
}

/// Extra expenditure of an account in the one year.
fn budget(block: &Block, account: Account) -> f64 {
    certain(&block.lane(RowId::Budget(account, 0)))
}

fn fee(kroner: f64) -> Transfer {
    let rule = Rule::GpFee {
        service: CONSULT,
        amount: Value::Number(kroner),
    };
    transfer("fee", Party::Region, Party::Gp, rule)
}

/// Units of two services are added: 100 persons with 0.4 admissions and 1.2 visits each are
/// 40 + 120 = 160 units; half the admissions and a tenth of the visits fewer are −20 − 12 = −32.
/// One service alone has its own part of both.
#[test]
fn an_indicator_over_two_services_adds_their_units() {
    let mut town = persons(100.0)
        .rate(ADMISSION, KOL, 0.4)
        .rate(VISIT, KOL, 1.2)
        .effect(ADMISSION, 0.5)
        .effect(VISIT, 0.9)
        .follow(ADMISSION)
        .follow(VISIT)
        .follow(ADMISSION);
    town.model.agreement.indicators[2].services = vec![ADMISSION, VISIT];
    let block = Block::of(&town.build());
    for (i, before, change) in [(0, 40.0, -20.0), (1, 120.0, -12.0), (2, 160.0, -32.0)] {
        let unchanged = certain(&block.lane(RowId::Indicator(i, 0)));
        let difference = certain(&block.lane(RowId::IndicatorDifference(i, 0)));
        to_the_krone("unchanged practice", unchanged, before);
        to_the_krone("difference", difference, change);
    }
}

/// One admission that becomes municipal care and a visit to the general practitioner.
fn one_admission_avoided() -> Town {
    persons(1.0)
        .rate(ADMISSION, KOL, 1.0)
        .variable(ADMISSION, 0.3)
        .unit_cost(NURSE_HOUR, Party::Municipality, 8_000.0)
        .shift(ADMISSION, 1.0, &[(NURSE_HOUR, 1.0), (CONSULT, 1.0)])
        .regime(vec![fee(160.0)])
}

/// Average cost 40,000, variable 30 %: 12,000 saved and 160 paid, −11,840 for the region; care
/// 8,000 for the municipality; the clinic 140 − 160 = −20; society −12,000 + 8,000 + 140.
#[test]
fn one_admission_avoided_comes_out_as_in_the_text() {
    let block = Block::of(&one_admission_avoided().build());
    to_the_krone("region", budget(&block, REGION), -11_840.0);
    to_the_krone("municipality", budget(&block, MUNICIPALITIES), 8_000.0);
    to_the_krone("general practice", budget(&block, GP), -20.0);
    to_the_krone("society", budget(&block, SOCIETY), -3_860.0);
}

/// The semi-fixed half, 20,000, follows when the step is closed (at once: no lasting period, no
/// lag; need falls from ⌈1 + ½⌉ = 2 steps to ⌈0 + ½⌉ = 1): the region's line grows by it, the
/// others stay.
#[test]
fn after_release_the_region_s_line_grows_and_the_others_stay() {
    let rule = steps(1.0, 1, 0, Phase::Known(Value::Number(0.5)));
    let town = one_admission_avoided().release(ADMISSION, 0.5, rule);
    let block = Block::of(&town.build());
    to_the_krone("region", budget(&block, REGION), -31_840.0);
    to_the_krone("municipality", budget(&block, MUNICIPALITIES), 8_000.0);
    to_the_krone("general practice", budget(&block, GP), -20.0);
    to_the_krone("society", budget(&block, SOCIETY), -23_860.0);
}

/// Catches: capacity that is closed in the year it becomes idle although the rule says that a
/// fall must last. Ten units a year fall to none from the first year on; L = 3 years, lag 1:
/// the highest need of years t−2 … t, a year later, falls in the fourth year. Until then
/// nothing is released, and all of it stands beside as freed capacity.
#[test]
fn capacity_freed_in_the_first_year_waits_for_the_lasting_period_and_the_lag() {
    let mut town = persons(10.0)
        .rate(ADMISSION, KOL, 1.0)
        .variable(ADMISSION, 0.0)
        .release(
            ADMISSION,
            1.0,
            steps(1.0, 3, 1, Phase::Known(Value::Number(0.5))),
        )
        .effect(ADMISSION, 0.0);
    town.model.agreement.horizon = 6;
    let block = Block::of(&town.build());
    let saved: Vec<f64> = (0..6)
        .map(|t| -certain(&block.lane(RowId::Budget(REGION, t))))
        .collect();
    assert_eq!(saved, [0.0, 0.0, 0.0, 400_000.0, 400_000.0, 400_000.0]);
    let beside = |class: CashClass, t: usize| {
        let memos = &block.program.memos;
        let at = memos.iter().position(|m| *m == (Party::Region, t, class));
        certain(&block.lane(RowId::Memo(at.expect("a memo line"))))
    };
    assert_eq!(beside(CashClass::FreedCapacity, 0), 400_000.0);
    assert_eq!(beside(CashClass::FreedCapacity, 4), 0.0);
}

/// Half of what is left is closed each year: 10 steps fall to 0, so 5, 2.5, 1.25 … are paid.
#[test]
fn the_cost_of_closed_capacity_ends_at_the_stated_speed() {
    let mut town = persons(10.0)
        .rate(ADMISSION, KOL, 1.0)
        .variable(ADMISSION, 0.0)
        .release(
            ADMISSION,
            1.0,
            Release {
                closing: 0.5,
                ..steps(1.0, 1, 0, Phase::Known(Value::Number(0.5)))
            },
        )
        .effect(ADMISSION, 0.0);
    town.model.agreement.horizon = 4;
    let block = Block::of(&town.build());
    let saved: Vec<f64> = (0..4)
        .map(|t| -certain(&block.lane(RowId::Budget(REGION, t))))
        .collect();
    assert_eq!(saved, [200_000.0, 300_000.0, 350_000.0, 375_000.0]);
}

/// Expected release over an unknown phase is smooth: 30 units fewer with steps of 100 release
/// 30 units' worth on average (P(a step edge lies between) = 0.3), though each draw releases
/// 0 or 100.
///
/// 512 stratified draws of the phase place 153 or 154 of them in an interval of length 0.3.
#[test]
fn an_unknown_phase_makes_the_expected_release_smooth() {
    let town = persons(1_000.0)
        .rate(ADMISSION, KOL, 1.0)
        .variable(ADMISSION, 0.0)
        .release(ADMISSION, 1.0, steps(100.0, 1, 0, Phase::Uncertain))
        .effect(ADMISSION, 0.97);
    let block = Block::of(&town.build());
    let saved = block.x(REGION);
    assert!(saved.iter().all(|x| *x == 0.0 || (*x - 4e6).abs() < 1e-6));
    let mean = saved.iter().sum::<f64>() / saved.len() as f64;
    assert!((mean / (30.0 * 40_000.0) - 1.0).abs() < 0.01, "{mean}");
}

/// 100 days fewer at day 3+ in a municipality with 5 % of the population. A day costs it
/// 5,928 kr.: 1,976 to the region and 3,952 to the state, which returns its part to all
/// municipalities of the region by population.
///
/// It saves 100 · 5,928 = 592,800; in return it loses 5 % of 395,200 = 19,760, the others
/// 95 % = 375,440; the region loses 100 · 1,976 = 197,600; the state ends at 0.
#[test]
fn a_hundred_finished_treatment_days_fewer_come_out_as_in_the_text() {
    let mut town = Town::of(2)
        .one_year()
        .prevalence(1.0)
        .uptake(1.0)
        .start(1, None);
    let world = &mut town.model.world;
    world.population.persons = vec![
        vec![vec![5_000.0; 40], vec![0.0; 40], vec![0.0; 40]],
        vec![vec![95_000.0; 40], vec![0.0; 40], vec![0.0; 40]],
    ];
    if let GroupShare::Prevalence { profile, .. } = &mut world.groups[0].share {
        *profile = vec![1.0; 3];
    }
    for service in &mut world.services {
        service.age_factor = vec![1.0; 3];
        service.municipality_factor = vec![1.0; 2];
        for rate in &mut service.rates {
            rate.level_factor.fill(1.0);
        }
    }
    let to_region = transfer(
        "region's part",
        Party::Municipality,
        Party::Region,
        per_unit(ADMISSION, 1_976.0),
    );
    let to_state = transfer(
        "state's part",
        Party::Municipality,
        Party::State,
        per_unit(ADMISSION, 3_952.0),
    );
    let of = vec!["state's part".to_string()];
    let returned = transfer(
        "return",
        Party::State,
        Party::Municipality,
        Rule::ReturnByPopulation { of },
    );
    // 5,000 persons with 0.04 days each: 200 days, half of them avoided
    let model = town
        .rate(ADMISSION, KOL, 0.04)
        .rate(ADMISSION, REST, 0.0)
        .unit_cost(ADMISSION, Party::Region, 0.0)
        .effect(ADMISSION, 0.5)
        .regime(vec![to_region, to_state, returned])
        .build();
    let block = Block::of(&model);
    let x = |m: usize| certain(&block.lane(RowId::MunicipalityX(m)));
    to_the_krone("it", x(0), 592_800.0 - 19_760.0);
    to_the_krone("the others", x(1), -375_440.0);
    to_the_krone("region", block.certain_x(REGION), -197_600.0);
    to_the_krone("state", block.certain_x(STATE), 0.0);
    to_the_krone("society", block.certain_x(SOCIETY), 0.0);
}

/// Days 1–2 at 100 kr., days 3+ at 50; half of the courses last one day, half four: a course
/// costs ½ · 100 + ½ · (200 + 100) = 200 on average over 2.5 days, 80 kr. a day. With a cap of
/// 250 a course: ½ · 100 + ½ · 250 = 175, 70 kr. a day.
#[test]
fn a_price_by_day_tiers_is_its_mean_over_the_lengths_of_courses() {
    for (cap, price) in [(None, 80.0), (Some(Value::Number(250.0)), 70.0)] {
        let rule = Rule::PerUnit {
            counted: Counted::Service(ADMISSION),
            price: UnitPrice::Tiered {
                tiers: vec![
                    Tier {
                        up_to: Some(2),
                        amount: Value::Number(100.0),
                    },
                    Tier {
                        up_to: None,
                        amount: Value::Number(50.0),
                    },
                ],
                course_length: vec![0.5, 0.0, 0.0, 0.5],
                cap,
            },
        };
        let town = persons(1_000.0)
            .rate(ADMISSION, KOL, 1.0)
            .effect(ADMISSION, 0.9)
            .regime(vec![transfer(
                "days",
                Party::Municipality,
                Party::Region,
                rule,
            )]);
        let block = Block::of(&town.build());
        to_the_krone("saved", block.certain_x(MUNICIPALITIES), 100.0 * price);
    }
}

/// A share of a tariff with a cap: 20 % of 30,000 is 6,000, at most 5,000.
#[test]
fn a_share_of_a_tariff_stops_at_its_cap() {
    for (cap, paid) in [(None, 6_000.0), (Some(Value::Number(5_000.0)), 5_000.0)] {
        let rule = Rule::TariffShare {
            service: ADMISSION,
            tariff: Value::Number(30_000.0),
            share: Value::Number(0.2),
            cap,
        };
        let town = persons(10.0)
            .rate(ADMISSION, KOL, 1.0)
            .effect(ADMISSION, 0.9)
            .regime(vec![transfer(
                "kmf",
                Party::Municipality,
                Party::Region,
                rule,
            )]);
        let block = Block::of(&town.build());
        to_the_krone("saved", block.certain_x(MUNICIPALITIES), paid);
    }
}

/// Operating for payment: municipal cost 100, payment 100, the region's own operation 110:
/// X_R = 110 − 100 = +10, X_K = 100 − 100 = 0.
#[test]
fn operating_for_payment_comes_out_as_in_the_text() {
    let town = persons(1.0)
        .rate(ACUTE_TEAM, KOL, 1.0)
        .unit_cost(ACUTE_TEAM, Party::Region, 110.0)
        .operate(
            ACUTE_TEAM,
            Party::Municipality,
            100.0,
            OperateCapacity::NotBuilt,
        )
        .pays(
            "payment",
            Party::Region,
            Party::Municipality,
            per_unit_of_mechanism(0, 100.0),
        )
        .principle(Principle::NoLossNoProfit);
    let model = town.build();
    let block = Block::of(&model);
    to_the_krone("region", block.certain_x(REGION), 10.0);
    to_the_krone("municipality", block.certain_x(MUNICIPALITIES), 0.0);
    to_the_krone("Y", certain(&block.lane(RowId::Y)), 0.0);
    let verdict = assessed(&model, 512).verdict;
    assert_eq!(verdict.outcome, Outcome::Balanced);
    assert_eq!(verdict.parties[1].standing, Standing::Holds);
}

/// X_K ~ N(−8, 1), X_R ~ N(−2, 5), τ = 1: the zone reaches from −Q₂₀(X_K) − 1 = 8 + 0.84 − 1 =
/// 7.84 up to Q₂₀(X_R) + 1 = −2 − 4.21 + 1 = −5.21: empty. The municipality is burdened
/// (P(X_K ≥ −1) = P(Z ≥ 7)), so the outcome is `unbalanced`, not `undecided`.
///
/// The ends are quantiles of 20,480 stratified draws: standard error of the wider one below
/// 5 · 1.43/√20,480 = 0.05, so ±0.25 is five of them.
#[test]
fn an_empty_zone_with_a_burdened_party_is_unbalanced_and_not_undecided() {
    let town = persons(1.0)
        .invest(
            Party::Municipality,
            normal(8.0, 1.0),
            InvestBasis::Once(START),
            PhaseOfCost::Operation,
        )
        .invest(
            Party::Region,
            normal(2.0, 5.0),
            InvestBasis::Once(START),
            PhaseOfCost::Operation,
        )
        .floor(1.0);
    let verdict = assessed(&town.build(), 20_480).verdict;
    assert_eq!(verdict.parties[0].tau, 1.0);
    assert_eq!(verdict.outcome, Outcome::Unbalanced);
    assert_eq!(verdict.compensation.zone, None);
    let (low, high) = (verdict.compensation.ends.0.0, verdict.compensation.ends.1.0);
    assert!((low - 7.8416).abs() < 0.25, "{low}");
    assert!((high + 5.2081).abs() < 0.25, "{high}");
    assert_eq!(verdict.parties[1].standing, Standing::Burdened);
    // P(X_R ≥ −1) = P(Z ≥ 0.2) = 0.42: between 0.2 and 0.8
    assert_eq!(verdict.parties[0].standing, Standing::Undecided);
}

/// 60 % and 60 % avoid 84 %, in any order; attenuation keeps 75 % of an effect.
#[test]
fn effects_combine_by_what_they_leave() {
    let avoided = |ratios: &[f64]| {
        let town = ratios.iter().fold(
            persons(100.0).rate(ADMISSION, KOL, 1.0).follow(ADMISSION),
            |town, ratio| town.effect(ADMISSION, *ratio),
        );
        -certain(&Block::of(&town.build()).lane(RowId::IndicatorDifference(0, 0)))
    };
    to_the_krone("two of 60 %", avoided(&[0.4, 0.4]), 84.0);
    to_the_krone("60 % and 50 %", avoided(&[0.4, 0.5]), 80.0);
    to_the_krone("50 % and 60 %", avoided(&[0.5, 0.4]), 80.0);
    to_the_krone("20 % more, then half", avoided(&[1.2, 0.5]), 40.0);
    let kept = persons(100.0)
        .rate(ADMISSION, KOL, 1.0)
        .effect_with(ADMISSION, 0.6, |e| {
            e.attenuation = Some(Value::Number(0.75))
        })
        .follow(ADMISSION);
    let block = Block::of(&kept.build());
    to_the_krone(
        "attenuated",
        certain(&block.lane(RowId::IndicatorDifference(0, 0))),
        -30.0,
    );
}

/// One visit becomes 1.2 consultations and 0.3 nurse hours: of 1,000 visits 400 move, so
/// −400 · 2,000 = −800,000 and 480 fees of 160 for the region, 120 hours of 500 for the
/// municipality, 480 · (140 − 160) for the clinics.
#[test]
fn one_unit_becomes_a_vector_of_units_elsewhere() {
    let town = persons(1_000.0)
        .rate(VISIT, KOL, 1.0)
        .shift(VISIT, 0.4, &[(CONSULT, 1.2), (NURSE_HOUR, 0.3)])
        .regime(vec![fee(160.0)]);
    let block = Block::of(&town.build());
    to_the_krone("region", budget(&block, REGION), -800_000.0 + 76_800.0);
    to_the_krone("municipality", budget(&block, MUNICIPALITIES), 60_000.0);
    to_the_krone("clinics", budget(&block, GP), -9_600.0);
}

/// Net reduction = freed · (1 − backfill): 100 freed, 25 filled again.
#[test]
fn backfill_takes_back_its_share_of_what_is_freed_outside_the_indicators() {
    let town = persons(1_000.0)
        .rate(ADMISSION, KOL, 1.0)
        .effect(ADMISSION, 0.9)
        .backfill(ADMISSION, 0.25)
        .follow(ADMISSION);
    let block = Block::of(&town.build());
    to_the_krone("region", budget(&block, REGION), -75.0 * 40_000.0);
    let indicator = certain(&block.lane(RowId::IndicatorDifference(0, 0)));
    to_the_krone("the group's own admissions", indicator, -100.0);
}

/// A period of two years out of four, 100 admissions avoided a year at 40,000 kr. for a payment
/// of 1,000,000: what happens afterwards is what the agreement says of activity and payment.
#[test]
fn after_the_period_activity_and_payment_follow_what_was_agreed() {
    let years = |after: AfterPeriod| -> Vec<f64> {
        let mut town = persons(1_000.0)
            .rate(ADMISSION, KOL, 1.0)
            .effect(ADMISSION, 0.9)
            .lump_sum(Party::Region, Party::Municipality, 1e6)
            .period(START, START + 1)
            .after(after);
        town.model.agreement.horizon = 4;
        let block = Block::of(&town.build());
        (0..4)
            .map(|t| certain(&block.lane(RowId::Budget(REGION, t))).round())
            .collect()
    };
    let (both, saved) = (-3e6, -4e6);
    assert_eq!(years(AfterPeriod::Ends), [both, both, 0.0, 0.0]);
    assert_eq!(
        years(AfterPeriod::ContinuesWithout),
        [both, both, saved, saved]
    );
    assert_eq!(years(AfterPeriod::ContinuesWithSettlement), [both; 4]);
}

/// The same for an operator: 1,000 units at 1,100 against 1,000 kr., until the period ends.
#[test]
fn after_the_period_an_operator_stops_where_the_agreement_ends() {
    let years = |after: AfterPeriod| -> Vec<f64> {
        let mut town = persons(1_000.0)
            .rate(ACUTE_TEAM, KOL, 1.0)
            .operate(
                ACUTE_TEAM,
                Party::Municipality,
                1_000.0,
                OperateCapacity::NotBuilt,
            )
            .period(START, START + 1)
            .after(after);
        town.model.agreement.horizon = 4;
        let block = Block::of(&town.build());
        (0..4)
            .map(|t| certain(&block.lane(RowId::Budget(SOCIETY, t))).round())
            .collect()
    };
    assert_eq!(years(AfterPeriod::Ends), [-1e5, -1e5, 0.0, 0.0]);
    assert_eq!(years(AfterPeriod::ContinuesWithout), [-1e5; 4]);
}

/// 1.035⁻¹ … to year 35, then 2.5 %: d₃₆ = 1.035⁻³⁵ / 1.025.
#[test]
fn the_discount_rate_steps_down_with_time() {
    let rule = Town::of(1).model.balance;
    let factor = |k: u32, rate: f64| (0..k).fold(1.0, |d, _| d / (1.0 + rate));
    assert_eq!(rule.discount_factor(0), 1.0);
    assert_eq!(rule.discount_factor(4), factor(4, 0.035));
    let at_36 = factor(35, 0.035) / 1.025;
    assert!((rule.discount_factor(36) / at_36 - 1.0).abs() < 1e-14);
}
