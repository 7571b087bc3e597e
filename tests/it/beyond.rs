//! Beyond the period and outside the agreement: payback, effects that come too late, free riders.

use crate::support::*;
use fairbalance::analysis::{OutsideRow, PaybackRow, RunningAccount, staying_out};
use fairbalance::model::*;
use fairbalance::plan::RowId;
use fairbalance::random::Seed;
use fairbalance::report::{Language, Run, compose, result_json};

/// Both languages of the report, and `result.json`.
pub fn told(model: &Model) -> (String, String, serde_json::Value) {
    let (settings, assessment) = (fixed(2048), assessed(model, 2048));
    let run = Run {
        id: "0123456789abcdef",
        balance_hash: "fedcba9876543210",
        input_hash: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        model,
        settings: &settings,
        assessment: &assessment,
    };
    let json = result_json(&run).expect("every figure is finite");
    let json = serde_json::from_slice(&json).expect("JSON");
    let text = |language| format!("{:?}", compose(&run, language));
    (text(Language::Da), text(Language::En), json)
}

/// A hundred persons with 20 admissions a year at 10,000 kr. and an investment of 300,000 kr. by
/// the region in the first of six years; four years are judged.
fn invested_early(figure: impl Into<Figure>, lag_months: u32) -> Town {
    let mut town = persons(100.0)
        .period(START, START + 3)
        .horizon(6)
        .rate(ADMISSION, KOL, 0.2)
        .unit_cost(ADMISSION, Party::Region, 10_000.0)
        .effect_with(ADMISSION, figure, |e| e.lag_months = lag_months)
        .invest(
            Party::Region,
            300_000.0,
            InvestBasis::Once(START),
            PhaseOfCost::PhaseIn,
        );
    town.model.balance.horizon_years = 4;
    town
}

fn running(model: &Model, account: Account) -> PaybackRow {
    let found = assessed(model, 2048).findings.payback;
    let row = found.accounts.into_iter().find(|r| r.account == account);
    row.expect("every account has a row")
}

/// A11. Half of 20 admissions at 10,000 kr. is 100,000 kr. a year: the running account is 200, 100
/// and 0 thousand behind after one, two and three years, so the third is the year of payback. At
/// 3.5 % a year it is 200.0, 103.4 and 10.0 thousand behind and comes back in the fourth
/// (10.0 − 100,000 ÷ 1.035³ < 0). The municipalities were never behind.
#[test]
fn an_early_investment_is_paid_back_in_the_year_worked_by_hand() {
    let mut town = invested_early(0.5, 0);
    town.model.balance.discount = vec![(u32::MAX, 0.035)];
    let model = town.build();
    let row = running(&model, REGION);
    let expected = RunningAccount {
        deepest: 200_000.0,
        deepest_year: START,
        year: Some(START + 2),
        years: Some(3),
    };
    assert_eq!(row.plain, expected);
    let fourth = (Some(START + 3), Some(4));
    assert_eq!((row.discounted.year, row.discounted.years), fourth);
    assert_eq!(row.paid_back, 1.0);
    let municipalities = running(&model, MUNICIPALITIES);
    assert!(!municipalities.plain.behind() && municipalities.plain.year.is_none());
    let (danish, english, json) = told(&model);
    assert!(
        danish.contains(&format!("{} (3. år)", START + 2)),
        "{danish}"
    );
    assert!(
        english.contains(&format!("{} (year 3)", START + 2)),
        "{english}"
    );
    let region = &json["payback"]["accounts"][0];
    assert_eq!(region["undiscounted"]["payback_year"], START + 2);
    assert_eq!(region["discounted"]["payback_year"], START + 3);
    assert_eq!(json["payback"]["no_gain_inside_horizon"], false);
}

/// A11. A further expense in the fourth year (250,000 kr.) throws the account, level after the
/// third, 150 and 50 thousand behind again; it is level in the sixth and stays so. Catches a year
/// of payback that does not last.
#[test]
fn a_payback_that_does_not_last_is_no_payback() {
    let town = invested_early(0.5, 0).invest(
        Party::Region,
        250_000.0,
        InvestBasis::Once(START + 3),
        PhaseOfCost::PhaseIn,
    );
    let row = running(&town.build(), REGION);
    assert_eq!(row.plain.year, Some(START + 5));
    assert_eq!(row.paid_back, 0.0, "150,000 behind after four years");
}

/// A11. With a share of the admissions avoided that is uniform on (0, 1), four years save
/// 800,000 kr. times the share: 300,000 is reached in 5 of 8 draws (± 0.002, stratified).
#[test]
fn how_often_it_is_paid_back_is_counted_over_the_draws() {
    let row = running(&invested_early(uniform(0.0, 1.0), 0).build(), REGION);
    assert!((row.paid_back - 0.625).abs() < 0.002, "{}", row.paid_back);
}

/// A11. Without an effect the present value is the investment and the account never comes back.
#[test]
fn without_effect_the_present_value_is_the_investment() {
    let model = invested_early(1.0, 0).build();
    assert_eq!(Block::of(&model).certain_x(REGION), -300_000.0);
    let row = running(&model, REGION);
    assert_eq!((row.plain.deepest, row.plain.year), (300_000.0, None));
    let (danish, english, _) = told(&model);
    assert!(
        danish.contains(&format!("ikke inden {}", START + 5)),
        "{danish}"
    );
    assert!(
        english.contains(&format!("not by {}", START + 5)),
        "{english}"
    );
}

/// A11. A lag of 48 months with four years judged: X is the investment alone, and the report says
/// that there is no gain inside the period and when it begins. A month less, and it has begun.
#[test]
fn a_lag_beyond_the_horizon_leaves_no_gain_inside_it_and_the_report_says_so() {
    let model = invested_early(0.5, 48).build();
    assert_eq!(Block::of(&model).certain_x(REGION), -300_000.0);
    let (danish, english, json) = told(&model);
    assert!(
        danish.contains("Ingen gevinst inden for perioden"),
        "{danish}"
    );
    assert!(
        danish.contains(&format!("virker først fra {}", START + 4)),
        "{danish}"
    );
    assert!(english.contains("No gain inside the period"), "{english}");
    assert_eq!(json["payback"]["late_effects"][0]["first_year"], START + 4);
    assert_eq!(json["payback"]["no_gain_inside_horizon"], true);
    let (danish, _, json) = told(&invested_early(0.5, 47).build());
    assert!(
        !danish.contains("Ingen gevinst inden for perioden"),
        "{danish}"
    );
    assert_eq!(json["payback"]["late_effects"], serde_json::json!([]));
}

/// A11. Beside an effect at once, a late one is named without saying that nothing is gained.
#[test]
fn a_late_effect_beside_one_in_time_is_named_alone() {
    let model = invested_early(0.5, 0)
        .effect_with(VISIT, 0.5, |e| e.lag_months = 60)
        .build();
    let (danish, _, json) = told(&model);
    assert_eq!(json["payback"]["late_effects"][0]["first_year"], START + 5);
    assert!(
        danish.contains(&format!("virker først fra {}", START + 5)),
        "{danish}"
    );
    assert!(
        !danish.contains("Ingen gevinst inden for perioden"),
        "{danish}"
    );
}

/// A11. A transition works a year later than its lag says, because those who moved last year are
/// at another level this year: 36 months bring the first change in the fifth year, beyond the four
/// judged. An agreement that ends before never sees its effect.
#[test]
fn a_transition_is_late_by_its_lag_and_a_year() {
    let mut town = Town::of(1)
        .worsening()
        .period(START, START + 3)
        .horizon(6)
        .transition_with(&[(1, Some(2))], 0.5, |t| t.lag_months = 36);
    town.model.balance.horizon_years = 4;
    let model = town.clone().build();
    let block = Block::of(&model);
    let moved = |t| block.lane(RowId::PersonsDifference(0, t));
    assert!(moved(3).iter().all(|persons| *persons == 0.0));
    assert!(moved(4).iter().all(|persons| *persons > 0.0));
    let late = assessed(&model, 2048).findings.payback.late;
    assert_eq!((late.len(), late[0].year), (1, Some(START + 4)));
    town.model.agreement.after_period = AfterPeriod::Ends;
    let ended = town.period(START, START + 2).build();
    let late = assessed(&ended, 2048).findings.payback.late;
    assert_eq!((late.len(), late[0].year), (1, None));
}

// ---- Outside ------------------------------------------------------------------------------------

/// Two municipalities of a hundred persons, an admission each. The agreement avoids one in ten,
/// takes a nurse hour (500 kr.) a person, and a system of 60,000 kr. that those who take part
/// share. The municipality pays 8,000 kr. of an admission to the state, which returns the whole by
/// population, whoever takes part. The second municipality takes part or not.
fn two_neighbours(second_takes_part: bool) -> Model {
    two_neighbours_with(second_takes_part, 0.9)
}

fn two_neighbours_with(second_takes_part: bool, ratio: f64) -> Model {
    let regime = vec![
        transfer(
            "tariff",
            Party::Municipality,
            Party::State,
            Rule::TariffShare {
                service: ADMISSION,
                tariff: Value::Number(40_000.0),
                share: Value::Number(0.2),
                cap: None,
            },
        ),
        transfer(
            "return",
            Party::State,
            Party::Municipality,
            Rule::ReturnByPopulation {
                of: vec!["tariff".into()],
            },
        ),
    ];
    let mut town = persons_in(2, 100.0)
        .rate(ADMISSION, KOL, 1.0)
        .regime(regime)
        .effect(ADMISSION, ratio)
        .provide(NURSE_HOUR, 1.0)
        .invest(
            Party::Municipality,
            60_000.0,
            InvestBasis::Once(START),
            PhaseOfCost::Operation,
        );
    let agreement = &mut town.model.agreement;
    if !second_takes_part {
        agreement.coverages[0].start[1] = None;
        if let MechanismKind::Invest(invest) = &mut agreement.mechanisms[2].kind {
            invest.recipients[1] = false;
        }
    }
    agreement.reports.staying_out = vec![MunicipalityId(1)];
    town.build()
}

fn neighbour(second_takes_part: bool) -> OutsideRow {
    let model = two_neighbours(second_takes_part);
    let rows = staying_out(&model, Seed(1)).expect("threads");
    rows[0].clone()
}

#[track_caller]
fn kroner(what: &str, found: f64, expected: f64) {
    assert!(
        (found - expected).abs() < 1e-6,
        "{what}: {found}, not {expected}"
    );
}

/// E8. Outside: the first avoids 10 admissions, so the state has 80,000 kr. less to return, half
/// of it to each: −40,000. Inside: 80,000 saved, 80,000 less returned, 50,000 for nurses and half
/// of the system: −80,000. The free-rider gain is 40,000. Its staying out gives the other, which
/// loses 80,000 − 40,000 − 50,000 − 60,000 = −70,000 alone and −80,000 together, 10,000; it costs
/// the region ten admissions, 400,000, and society 400,000 − 50,000. Asked of a municipality that
/// is inside or outside, the answer is the same.
#[test]
fn the_free_rider_gain_is_the_one_worked_by_hand() {
    for takes_part in [false, true] {
        let row = neighbour(takes_part);
        assert_eq!(row.takes_part, takes_part);
        kroner("outside", row.outside.mean, -40_000.0);
        kroner("inside", row.inside.mean, -80_000.0);
        kroner("free ride", row.free_ride.mean, 40_000.0);
        kroner("the other", row.others.mean, 10_000.0);
        let of = |account: Account| {
            let mut found = row.accounts.iter();
            found.find(|(a, _)| *a == account).expect("shown").1.mean
        };
        kroner("region", of(REGION), -400_000.0);
        kroner("society", of(SOCIETY), -350_000.0);
    }
}

/// E8. One of the two readings is the agreement as it stands: its own X comes out again.
#[test]
fn the_agreement_as_it_stands_is_one_of_the_two_readings() {
    for takes_part in [false, true] {
        let model = two_neighbours(takes_part);
        let own = certain(&Block::of(&model).lane(RowId::MunicipalityX(1)));
        let row = neighbour(takes_part);
        let read = if takes_part { row.inside } else { row.outside };
        assert_eq!(read.mean, own);
    }
}

/// E8. The report names the gain in both languages. With a tenth more admissions the first pays the
/// state 80,000 kr. more, of which half comes to the second: it rides free. With a tenth fewer it
/// only avoids its own expense. Without the nurses and the system it is 0 inside and −40,000
/// outside, and taking part pays.
#[test]
fn the_report_says_whether_staying_outside_pays() {
    let riding = two_neighbours_with(false, 1.1);
    let row = &staying_out(&riding, Seed(1)).expect("threads")[0];
    kroner("outside", row.outside.mean, 40_000.0);
    let (danish, english, _) = told(&riding);
    assert!(danish.contains("(gratistgevinst)"), "{danish}");
    assert!(english.contains("(free-rider gain)"), "{english}");
    let (danish, english, json) = told(&two_neighbours(false));
    assert!(danish.contains("men undgår sin egen udgift"), "{danish}");
    assert!(english.contains("but avoids its own expense"), "{english}");
    let row = &json["staying_out"][0];
    assert_eq!(row["municipality"], "702");
    let gain = row["free_rider_gain"]["mean"].as_f64();
    kroner("in the file", gain.expect("a number"), 40_000.0);
    let mut model = two_neighbours(false);
    model.agreement.mechanisms.truncate(1);
    let (danish, english, _) = told(&model);
    assert!(danish.contains("Det betaler sig at være med"), "{danish}");
    assert!(english.contains("Taking part pays"), "{english}");
    model.agreement.reports.staying_out.clear();
    assert!(!told(&model).0.contains("Hvis en kommune står udenfor"));
}

/// E8. Who comes in starts when most others do, the earliest of two as common, and shares what
/// all who take part share; a list of payers that leaves somebody out stays as it is.
#[test]
fn who_comes_in_does_as_most_others() {
    let mut town = Town::of(4).invest(
        Party::Municipality,
        1_000.0,
        InvestBasis::Once(START),
        PhaseOfCost::PhaseIn,
    );
    let (early, late) = (Month::january(START), Month::january(START + 1));
    let agreement = &mut town.model.agreement;
    agreement.coverages[0].start = vec![Some(late), Some(early), Some(late), None];
    let shares = |agreement: &Agreement| match &agreement.mechanisms[0].kind {
        MechanismKind::Invest(invest) => invest.recipients.clone(),
        _ => unreachable!("an investment"),
    };
    let set = |agreement: &mut Agreement, recipients: [bool; 4]| {
        if let MechanismKind::Invest(invest) = &mut agreement.mechanisms[0].kind {
            invest.recipients = recipients.to_vec();
        }
    };
    set(agreement, [true, true, true, false]);
    let joined = agreement.with_municipality(3);
    assert_eq!(joined.coverages[0].start[3], Some(late));
    assert_eq!(shares(&joined), [true; 4]);
    assert_eq!(joined.without_municipality(3), *agreement);
    set(agreement, [true, true, false, false]);
    assert_eq!(
        shares(&agreement.with_municipality(3)),
        [true, true, false, false]
    );
    agreement.coverages[0].start = vec![Some(late), Some(early), None, None];
    let joined = agreement.with_municipality(3);
    assert_eq!(joined.coverages[0].start[3], Some(early));
    assert_eq!(agreement.with_municipality(0), *agreement);
}
