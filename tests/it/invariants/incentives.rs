//! What one more is worth to whom; frames; who holds a task when.

use super::*;
use fairbalance::analysis::holders;
use fairbalance::model::*;
use fairbalance::plan::{Incentive, Margin, Purse, incentives};

fn number(x: f64) -> Value {
    Value::Number(x)
}

/// 1,000 chronic inhabitants a town, at one level, nobody using anything but what a test says.
fn plain(towns: usize) -> Town {
    let mut town = Town::of(towns).one_year().prevalence(1.0).uptake(1.0);
    let world = &mut town.model.world;
    for by_band in &mut world.population.persons {
        *by_band = vec![vec![1_000.0; 40], vec![0.0; 40], vec![0.0; 40]];
    }
    for group in &mut world.groups {
        group.levels = vec![(1, 1.0)];
    }
    if let GroupShare::Prevalence { profile, .. } = &mut world.groups[0].share {
        *profile = vec![1.0; 3];
    }
    for service in &mut world.services {
        service.age_factor = vec![1.0; 3];
        service.municipality_factor = vec![1.0; towns];
        for rate in &mut service.rates {
            rate.rate = number(0.0);
            rate.level_factor = vec![1.0];
        }
    }
    town.model.agreement.coverages[0].cells = vec![(KOL, 1)];
    town
}

fn row(model: &Model, margin: Margin) -> Incentive {
    let rows = incentives(model);
    let found = rows.into_iter().find(|r| r.margin == margin);
    found.expect("a row of the table")
}

fn at(values: &[f64], purse: Purse) -> f64 {
    let place = Purse::ALL.iter().position(|p| *p == purse);
    values[place.expect("it is shown")]
}

fn against(values: &[f64], purse: Purse) -> bool {
    let place = Purse::ALL.iter().position(|p| *p == purse);
    Incentive::against(values, place.expect("it is shown"))
}

const REGION_: Purse = Purse::Party(Party::Region);
const OWN: Purse = Purse::OwnMunicipality;

/// Follow-up by the municipality, admissions avoided at the hospital.
fn follow_up() -> Town {
    plain(1)
        .rate(ADMISSION, KOL, 0.5)
        .effect(ADMISSION, 0.8)
        .provide(NURSE_HOUR, 2.0)
}

/// A covered person-year avoids 0.1 admissions (4,000 kr.) and costs two hours (1,000 kr.):
/// society saves 3,000, the municipality pays: its pull is against society. With 1,200 kr. per
/// covered person-year from the region it gains 200, the region keeps 2,800: no flag.
#[test]
fn a_pull_against_society_is_flagged_and_a_cost_reflective_payment_removes_it() {
    let year = Margin::PersonYear(0);
    let bare = row(&follow_up().build(), year);
    let close = |x: f64, y: f64| assert!((x - y).abs() < 1e-6, "{x} and {y}");
    close(at(&bare.at_once, REGION_), -4_000.0);
    close(at(&bare.at_once, OWN), 1_000.0);
    close(at(&bare.at_once, Purse::Society), -3_000.0);
    assert!(against(&bare.at_once, OWN) && !against(&bare.at_once, REGION_));
    let rule = Rule::PerCoveredPersonYear {
        coverage: 0,
        amount: number(1_200.0),
    };
    let paid = follow_up().pays("paid", Party::Region, Party::Municipality, rule);
    let paid = row(&paid.build(), year);
    close(at(&paid.at_once, REGION_), -2_800.0);
    close(at(&paid.at_once, OWN), -200.0);
    close(at(&paid.at_once, Purse::Society), -3_000.0);
    assert!(!against(&paid.at_once, OWN) && !against(&paid.at_once, REGION_));
}

/// One avoided admission saves 12,000 of 40,000 at once and 20,000 more when capacity has
/// followed; a pool by half leaves each side half of what the margin is at once.
#[test]
fn a_unit_is_valued_at_once_and_released_and_through_a_pool() {
    let rule = steps(100.0, 1, 0, Phase::Known(number(0.5)));
    let town = follow_up()
        .variable(ADMISSION, 0.3)
        .release(ADMISSION, 0.5, rule);
    let unit = row(&town.clone().build(), Margin::Unit(0));
    assert!((at(&unit.at_once, REGION_) + 12_000.0).abs() < 1e-6);
    assert!((at(&unit.released, REGION_) + 32_000.0).abs() < 1e-6);
    let pool = Rule::OnTotals(TotalRule::Pool {
        services: vec![ADMISSION, NURSE_HOUR],
        share: number(0.5),
        deficit_share: None,
        key: Key::Population,
    });
    let pooled = town.pays("pool", Party::Region, Party::Municipality, pool);
    let unit = row(&pooled.build(), Margin::Unit(0));
    assert!((at(&unit.at_once, REGION_) + 6_000.0).abs() < 1e-6);
    assert!((at(&unit.at_once, OWN) + 6_000.0).abs() < 1e-6);
    assert!((at(&unit.at_once, Purse::Society) + 12_000.0).abs() < 1e-6);
}

/// A finished-treatment day from day 3, one fewer, in one of two equal towns: 5,928 kr. saved,
/// half of the state's 3,952 lost in return (1,976 each); the region loses 1,976. Beds at 2,500.
#[test]
fn a_day_fewer_is_worth_its_tariff_less_the_return() {
    let law = vec![
        transfer(
            "region",
            Party::Municipality,
            Party::Region,
            per_unit(ADMISSION, 1_976.0),
        ),
        transfer(
            "state",
            Party::Municipality,
            Party::State,
            per_unit(ADMISSION, 3_952.0),
        ),
        transfer(
            "return",
            Party::State,
            Party::Municipality,
            Rule::ReturnByPopulation {
                of: vec!["state".into()],
            },
        ),
    ];
    let town = plain(2)
        .rate(ADMISSION, KOL, 0.5)
        .unit_cost(ADMISSION, Party::Region, 2_500.0)
        .effect(ADMISSION, 0.8)
        .regime(law);
    let unit = row(&town.build(), Margin::Unit(0));
    let found = [
        OWN,
        Purse::OtherMunicipalities,
        REGION_,
        Purse::Party(Party::State),
        Purse::Society,
    ]
    .map(|p| at(&unit.at_once, p).round());
    assert_eq!(
        found,
        [
            -5_928.0 + 1_976.0,
            1_976.0,
            1_976.0 - 2_500.0,
            0.0,
            -2_500.0
        ]
    );
}

/// Catches: a slope that is not the derivative of what is booked. A ceiling exactly at the
/// expected payment takes back half of its share at the margin: Φ(0) = ½. One visit more moves
/// 160 kr. of fee and ½ · 0.5 · 160 = 40 back.
#[test]
fn a_ceiling_s_slope_is_its_share_times_the_chance_of_being_above_it() {
    let fee = transfer(
        "fee",
        Party::Region,
        Party::Gp,
        Rule::GpFee {
            service: CONSULT,
            amount: number(160.0),
        },
    );
    let ceiling = Rule::OnTotals(TotalRule::Ceiling {
        of: vec!["fee".into()],
        limit_per_year: number(1_000.0 * 160.0 * 2.0),
        claw_back: number(0.5),
    });
    let town = plain(1)
        .rate(CONSULT, KOL, 1.0)
        .provide(CONSULT, 1.0)
        .regime(vec![fee])
        .pays("ceiling", Party::Gp, Party::Region, ceiling);
    let unit = row(&town.build(), Margin::Unit(0));
    assert!((at(&unit.at_once, REGION_) - 120.0).abs() < 1e-6);
    assert!((at(&unit.at_once, Purse::Party(Party::Gp)) - (140.0 - 120.0)).abs() < 1e-6);
}

/// A known cost of 1,000,000: a frame just below is exceeded for certain, by 1 kr.; a very large
/// one never.
#[test]
fn a_frame_just_below_a_known_cost_is_exceeded_for_certain_and_a_large_one_never() {
    for (frame, exceeded, overrun) in [(999_999.0, 1.0, 1.0), (1e12, 0.0, 0.0)] {
        let mut town = plain(1).invest(
            Party::Municipality,
            1_000_000.0,
            InvestBasis::Once(START),
            PhaseOfCost::Operation,
        );
        town.model.agreement.frames = vec![Frame {
            party: Party::Municipality,
            amount: number(frame),
        }];
        let findings = assessed(&town.build(), 512).findings;
        let row = &findings.frames[0];
        assert_eq!((row.exceeded, row.year), (exceeded, START));
        assert!((row.overrun - overrun).abs() < 1e-6, "{}", row.overrun);
    }
}

/// Phase-in and operation are lines of their own that add up, and a steady year has no one-off.
#[test]
fn a_run_across_a_date_says_who_holds_the_task_before_and_after() {
    let mut town = plain(1)
        .effect(ADMISSION, 0.9)
        .period(START, START + 3)
        .horizon(4);
    let change = START + 2;
    let owner = Dated::new(vec![(2007, Party::Municipality), (change, Party::Region)]);
    town.service_mut(ADMISSION).owner = owner.expect("ascending");
    let rows = holders(&town.build());
    assert_eq!(
        rows.len(),
        2,
        "a line before and one from the date of change"
    );
    assert_eq!(
        (rows[0].from, rows[0].to, rows[0].owner),
        (START, change - 1, Party::Municipality)
    );
    assert_eq!(
        (rows[1].from, rows[1].to, rows[1].owner),
        (change, START + 3, Party::Region)
    );
    assert_eq!(rows[0].producer, rows[1].producer);
}

/// Catches: a premium printed as 0 or as the payment; a row missing for a rule that pays.
#[test]
fn findings_hold_every_payment_with_its_chance_premium() {
    let gain = GainShare {
        service: ADMISSION,
        value: number(10_000.0),
        share: number(0.5),
        minimum_savings: number(0.02),
        loss_share: None,
        max_per_year: None,
        control_cv: None,
        key: Key::Population,
    };
    let gain = Rule::OnTotals(TotalRule::GainShare(Box::new(gain)));
    let town = plain(2)
        .rate(ADMISSION, KOL, 0.5)
        .pays("gain", Party::Region, Party::Municipality, gain)
        .lump_sum(Party::Region, Party::Municipality, 7_000.0);
    let findings = assessed(&town.build(), 512).findings;
    let of = |i: u16| {
        let tag = Tag::AgreementTransfer(i);
        findings
            .settlement
            .iter()
            .find(|r| r.tag == tag)
            .expect("a row")
    };
    // luck alone: 5,000 · √1,000 · φ(20/√1,000) = 51,640 kr.
    let premium = of(0).chance_premium.expect("the rule bends");
    assert!((premium - 51_640.0).abs() < 20.0 && (of(0).paid - premium).abs() < 1e-6);
    assert_eq!((of(1).paid, of(1).chance_premium), (7_000.0, None));
}

/// Catches: phase-in and operation that do not add up to a party's line, or a one-off left in a
/// steady year.
#[test]
fn phase_in_and_operation_are_the_whole_line_and_a_steady_year_has_no_one_off() {
    let town = follow_up().period(START, START + 2).horizon(3);
    let town = town
        .invest(
            Party::Municipality,
            300_000.0,
            InvestBasis::Once(START),
            PhaseOfCost::PhaseIn,
        )
        .invest(
            Party::Municipality,
            50_000.0,
            InvestBasis::Yearly(START, START + 2),
            PhaseOfCost::Operation,
        );
    let findings = assessed(&town.build(), 512).findings;
    let rows = findings
        .budget
        .iter()
        .filter(|r| r.account == MUNICIPALITIES);
    // two hours of 500 kr. for 1,000 covered: 1,000,000 a year
    let lines: Vec<(f64, f64)> = rows
        .map(|r| (r.phase_in, r.value.mean - r.phase_in))
        .collect();
    assert_eq!(
        lines,
        [
            (300_000.0, 1_050_000.0),
            (0.0, 1_050_000.0),
            (0.0, 1_050_000.0)
        ]
    );
}

/// Catches: a municipality's floor taken as its head count's part of all budgets.
///
/// Two towns of 1,000; 100 and 300 admissions' worth of municipal care at 500 kr. an hour, no
/// discount: budgets of 50,000 and 150,000, a floor of a tenth: 5,000 and 15,000 kr.
#[test]
fn a_municipality_s_own_floor_follows_its_own_affected_budget() {
    let mut town = plain(2).rate(NURSE_HOUR, KOL, 0.1).effect(NURSE_HOUR, 0.9);
    town.service_mut(NURSE_HOUR).municipality_factor = vec![1.0, 3.0];
    town.model.balance.municipality = Tolerance::ShareOfBudget(0.1);
    let verdict = assessed(&town.build(), 512).verdict;
    let floors: Vec<f64> = verdict.municipalities.iter().map(|m| m.tau).collect();
    assert_eq!(floors, [5_000.0, 15_000.0]);
}

/// The shipped world's co-financing: marginal shares by age in 2018, nothing at the margin from
/// 2019 on, a fixed sum to 2026, and no rule left out or doubled between 2018 and 2045.
#[test]
fn the_shipped_worlds_co_financing_is_one_unbroken_series_without_a_margin_after_2018() {
    let (_, model) = &shipped()[0];
    let named = |prefix: &str, year: i32| -> Vec<&Transfer> {
        let regimes = model.world.regimes.iter();
        let in_force = regimes.filter(|r| r.years.0 <= year && year <= r.years.1);
        let transfers = in_force.flat_map(|r| &r.transfers);
        transfers.filter(|t| t.name.starts_with(prefix)).collect()
    };
    let by_age = |t: &&Transfer| matches!(t.rule, Rule::Course(_));
    assert!(named("kmf_2018", 2018).iter().all(by_age) && named("kmf_2018", 2018).len() == 2);
    let fixed = |t: &&&Transfer| matches!(t.rule, Rule::LumpSum { .. });
    assert_eq!(named("kmf", 2026).iter().filter(fixed).count(), 1);
    assert!(named("kmf", 2027).is_empty() && named("kmf", 2029).is_empty());
    for transfer in named("kmf", 2026) {
        if let Rule::TariffShare { share, .. } = transfer.rule {
            let Value::Parameter(id) = share else {
                panic!("a figure with a source")
            };
            let Quantity::Law(law) = &model.parameter(id).quantity else {
                panic!("a law")
            };
            assert_eq!(law.mean(), 0.0, "nothing at the margin");
        }
    }
}
