//! Agreements as an economist would try them: each is read as shipped, a figure is set to a value
//! whose answer is known beforehand, and every one of 512 draws must show it.

use crate::support::*;
use fairbalance::model::*;
use fairbalance::plan::RowId;
use fairbalance::random::Law;
use std::path::Path;

/// Visits = the team's hours ÷ (time with the citizen + time on the road), where more are
/// referred than it can serve: 8 posts × 1,150 hours ÷ (1.2 + 0.7) hours = 4,842 visits a year,
/// ÷ (1.2 + 1.4) = 3,538. The wages are the same kroner.
///
/// Catches: travel that costs nothing, or a team that grows with the distance.
///
/// B1: more travel, fewer visits.
#[test]
fn an_outreach_team_that_drives_further_makes_fewer_visits_for_the_same_wages() {
    let team = Shipped::read("udgaaende-hospitalsteam")
        .set("timer_pr_aarsvaerk", 1150.0)
        .set("timer_pr_besoeg", 1.2)
        .set("kommunens_kompetence", 0.0)
        .set("laegens_kompetence", 0.0);
    let near = team.clone().set("koersel_pr_besoeg", 0.7).run();
    let far = team.set("koersel_pr_besoeg", 1.4).run();
    for (run, visits) in [(&near, 8.0 * 1150.0 / 1.9), (&far, 8.0 * 1150.0 / 2.6)] {
        for made in run.change("udgaaende_besoeg", 2029) {
            assert!((made / visits - 1.0).abs() < 1e-9, "{made} visits");
        }
    }
    assert_eq!(
        near.source(REGION, "teamets_loen"),
        far.source(REGION, "teamets_loen")
    );
}

/// Catches: an effect that works through anything but its ratio.
///
/// B1: a hazard ratio of 1 is pure cost.
#[test]
fn an_outreach_team_without_effect_is_pure_cost() {
    let run = Shipped::read("udgaaende-hospitalsteam")
        .set("hr_genindlaeggelse", 1.0)
        .set("rr_hjemmesygepleje_udgaaende", 1.0)
        .set("raadgivningstimer", 0.0)
        .run();
    run.nothing_of("akutte_indlaeggelser");
    run.every_year(REGION, |kroner| kroner > 0.0);
    run.every_year(MUNICIPALITIES, |kroner| kroner == 0.0);
}

/// Catches: a team sent where the municipality or the doctor could have gone.
///
/// B2: a task with municipal or general-practice competence gets no hospital visit.
#[test]
fn what_municipality_or_doctor_can_do_gets_no_hospital_visit() {
    for able in ["kommunens_kompetence", "laegens_kompetence"] {
        let agreement = Shipped::read("udgaaende-hospitalsteam");
        agreement
            .clone()
            .set(able, 1.0)
            .run()
            .nothing_of("udgaaende_besoeg");
        let some = agreement.clone().set(able, 0.9).run();
        let none_able = agreement.set(able, 0.0).run();
        let (some, all) = (
            some.change("udgaaende_besoeg", 2029),
            none_able.change("udgaaende_besoeg", 2029),
        );
        assert!(some.iter().zip(&all).all(|(s, a)| 0.0 < *s && s < a));
    }
}

/// Catches: advice that acts without hours, or whose second hour gives as much as its first.
///
/// B3: no hours are the baseline; diminishing returns.
#[test]
fn advice_starts_at_nothing_and_gives_less_for_each_hour() {
    let only_advice = Shipped::read("udgaaende-hospitalsteam")
        .set("optag_udgaaende", 0.0)
        .set("teamets_loen", 0.0)
        .set("opstart_team", 0.0);
    let hours = |h: f64| only_advice.clone().set("raadgivningstimer", h).run();
    hours(0.0).nothing_at_all();
    let saved = |h: f64| hours(h).change("ambulante_besoeg", 2029);
    let (first, second) = (saved(0.1), saved(0.2));
    for (one, two) in first.iter().zip(&second) {
        assert!(two < one && *one < 0.0, "more hours settle more locally");
        assert!(
            two - one > *one,
            "the second hour settles less than the first"
        );
    }
}

/// Catches: alarms, measurements or effects that do not follow detection.
///
/// B4: detection 0 is the baseline.
#[test]
fn early_warning_that_detects_nothing_leaves_only_its_training() {
    let blind = Shipped::read("raadgivning-foer-krisen").set("andel_opdaget", 0.0);
    blind
        .clone()
        .set("oplaering_opsporing", 0.0)
        .run()
        .nothing_at_all();
    let run = blind.run();
    run.nothing_of("akutte_indlaeggelser");
    run.every_year(REGION, |kroner| kroner == 0.0);
    let training = run.source(MUNICIPALITIES, "oplaering");
    let x = run.block.x(MUNICIPALITIES);
    assert!(training.iter().zip(&x).all(|(t, x)| *t > 0.0 && *t == -x));
}

/// Odds of detection: 0.6/0.4 against 0.3/0.7 is 3.5 times the false alarms for twice the
/// detection.
///
/// Catches: sensitivity that is free.
///
/// B4: sensitivity is paid for in false alarms.
#[test]
fn twice_the_detection_is_three_and_a_half_times_the_false_alarms() {
    let agreement = Shipped::read("raadgivning-foer-krisen");
    let cost = |share: f64| {
        let run = agreement.clone().set("andel_opdaget", share).run();
        run.source(REGION, "falsk_alarm_raad")
    };
    for (low, high) in cost(0.3).iter().zip(&cost(0.6)) {
        assert!((high / low - 3.5).abs() < 1e-9, "{high} / {low}");
    }
}

/// Catches: training or quality assurance that is charged where nothing is delegated.
///
/// B6: coverage 0 is identity.
#[test]
fn delegating_no_action_changes_nothing() {
    Shipped::read("rammedelegation")
        .set("andel_handlinger_daekket", 0.0)
        .run()
        .nothing_at_all();
}

/// Everything delegated and every call dropped: 2029, when every municipality is fully phased
/// in, has no call left, and no year has fewer than none.
///
/// Catches: calls saved that were never made.
///
/// B6: the effect is bounded by the call volume.
#[test]
fn delegation_saves_no_more_calls_than_are_made() {
    let run = Shipped::read("rammedelegation")
        .set("andel_handlinger_daekket", 1.0)
        .set("andel_opkald_der_falder_bort", 1.0)
        .run();
    for year in 2026..=2029 {
        let (with, without) = (run.with("opkald", year), run.without("opkald", year));
        assert!(with.iter().zip(&without).all(|(w, wo)| *w >= -1e-9 * wo));
    }
    let last = run.with("opkald", 2029);
    let made = run.without("opkald", 2029);
    assert!(last.iter().zip(&made).all(|(w, m)| w.abs() < 1e-9 * m));
}

/// Catches: a saving on visits, or on the citizen's travel, that nothing replaced.
///
/// B19: s = 0, cost up, no saving.
#[test]
fn digital_consultations_that_replace_nothing_only_cost() {
    let run = Shipped::read("digital-konsultation")
        .set("erstatningsandel", 0.0)
        .run();
    run.nothing_of("ambulante_besoeg");
    run.nothing_of("borgerens_fremmoeder");
    run.every_year(REGION, |kroner| kroner > 0.0);
    run.every_year(Account::Party(Party::Citizen), |kroner| kroner > 0.0);
}

/// Digital consultations = s + (1 − s) of what is offered: their number does not depend on s,
/// and the visits saved are s of them.
///
/// Catches: the additive part counted per visit that is gone.
///
/// B19: 1 − s is additive; the citizen's attendances follow the visits.
#[test]
fn the_share_that_replaces_and_the_rest_make_up_all_digital_consultations() {
    let agreement = Shipped::read("digital-konsultation");
    let run = |s: f64| agreement.clone().set("erstatningsandel", s).run();
    let (few, many) = (run(0.3), run(0.9));
    let digital = few.change("virtuelle_kontakter", 2029);
    for (s, run) in [(0.3, &few), (0.9, &many)] {
        let all = run.change("virtuelle_kontakter", 2029);
        let visits = run.change("ambulante_besoeg", 2029);
        let attendances = run.change("borgerens_fremmoeder", 2029);
        for i in 0..all.len() {
            assert!(
                (all[i] / digital[i] - 1.0).abs() < 1e-9,
                "all are delivered"
            );
            assert!((visits[i] / all[i] + s).abs() < 1e-9, "s of them replace");
            assert!((attendances[i] / visits[i] - 1.0).abs() < 1e-9);
        }
    }
}

/// A conversation of 0.4 hours takes 0.4 of the hospital's hours and, with 0.15 of preparation,
/// 0.55 of the municipality's; a meeting moved to video takes 0.55 of the municipality's and no
/// more of the hospital's than before.
///
/// Catches: time of one side that has no counterpart on the other, or a readmission effect that
/// nobody has shown.
///
/// B21: the time ledger balances; the effect on readmissions is 0.
#[test]
fn every_hour_on_video_has_its_counterpart_on_the_other_side() {
    let run = Shipped::read("stoettet-udskrivning-video")
        .set("samtalens_laengde", 0.4)
        .set("forberedelse", 0.15)
        .set("rr_genindlaeggelse_video", 1.0)
        .run();
    run.nothing_of("indlaeggelser");
    let hospital = run.change("hospitalets_timer", 2029);
    let municipality = run.change("kommunens_timer", 2029);
    let meetings = run.change("moeder_paa_hospitalet", 2029);
    for i in 0..hospital.len() {
        let conversations = hospital[i] / 0.4 - meetings[i];
        assert!((municipality[i] / 0.55 / conversations - 1.0).abs() < 1e-9);
    }
}

/// Catches: an effect that survives where the trial's is said to be lost.
///
/// B38: attenuation 0 is pure cost.
#[test]
fn follow_up_that_keeps_nothing_of_the_trial_is_pure_cost() {
    let run = Shipped::read("opfoelgende-hjemmebesoeg")
        .set("forsoeg_til_drift", 0.0)
        .run();
    run.nothing_of("indlaeggelser");
    run.every_year(REGION, |kroner| kroner > 0.0);
    run.every_year(MUNICIPALITIES, |kroner| kroner > 0.0);
}

/// Catches: an attenuation that is shown and not used.
///
/// BT6: the way from trial to operation is one visible figure.
#[test]
fn admissions_avoided_by_follow_up_are_proportional_to_what_operation_keeps() {
    let agreement = Shipped::read("opfoelgende-hjemmebesoeg").set("rr_genindlaeggelse", 0.76);
    let avoided = |kept: f64| {
        let run = agreement.clone().set("forsoeg_til_drift", kept).run();
        run.change("indlaeggelser", 2029)
    };
    for (some, all) in avoided(0.4).iter().zip(&avoided(1.0)) {
        assert!((some / all - 0.4).abs() < 1e-9 && *all < 0.0);
    }
}

/// Normal(728, 756) euro is below 0 with probability Φ(−0.963) = 0.168. Society's sign is the
/// sign of that one figure, and 512 draws are 512 strata of it: one stratum is 0.002.
///
/// Catches: a total that also depends on how the municipality's part is guessed, or a cost that
/// is only partly released.
///
/// BT2, B18: the interval gives a probability of saving of about 17 %.
#[test]
fn the_trials_interval_gives_one_chance_in_six_of_saving() {
    let run = Shipped::read("hjemmemonitorering-uselekteret").run();
    let gains = run.block.x(SOCIETY).iter().filter(|x| **x >= 0.0).count();
    assert!(
        (gains as f64 / 512.0 - 0.168).abs() < 0.004,
        "{gains} of 512"
    );
    let dearer = Shipped::read("hjemmemonitorering-uselekteret")
        .set("sygeplejetimer", 20.0)
        .run();
    let (here, there) = (run.block.x(SOCIETY), dearer.block.x(SOCIETY));
    for ((x, y), paid) in here.iter().zip(&there).zip(dearer.block.x(MUNICIPALITIES)) {
        assert!((x - y).abs() < 1e-6 * paid.abs(), "{x} and {y}");
    }
}

/// In standard errors from the trial's mean: 202 million a year over 13,500 participants is
/// (62,724 − 42,340)/5,632 = 3.6 for everybody, (50,300 − 42,340)/9,755 = 0.8 for GOLD 3; even
/// over all 50,000 it is (62,724 − 53,260)/5,632 = 1.7.
///
/// Catches: a figure in the file that is no longer the published one.
///
/// BT2: the business case lies far out in the tail for all, less far for the severe.
#[test]
fn the_business_case_is_far_from_the_trial_and_nearer_for_the_severe() {
    let law = |variant: &str| {
        let name = format!("hjemmemonitorering-uselekteret{variant}");
        Shipped::read(&name).law("udgift_med")
    };
    let (all, severe, case) = (law(""), law("#svaer_kol"), law("#business_case"));
    let away = |from: &Law, cost: f64| (from.mean() - cost) / from.sd();
    assert!(case.is_fixed());
    assert!((away(&all, case.mean()) - 3.62).abs() < 0.01);
    assert!((away(&severe, case.mean()) - 0.82).abs() < 0.01);
    assert!((away(&all, 57_300.0 - 202e6 / 50_000.0) - 1.68).abs() < 0.01);
    let severe = Shipped::read("hjemmemonitorering-uselekteret#svaer_kol").run();
    let gains = severe
        .block
        .x(SOCIETY)
        .iter()
        .filter(|x| **x >= 0.0)
        .count();
    // Φ(7,000/9,755) = 0.763.
    assert!(
        (gains as f64 / 512.0 - 0.763).abs() < 0.004,
        "{gains} of 512"
    );
}

/// Catches: a change of owner that changes what is done, or a bill that follows who signed.
///
/// B48: the switch of owner moves cost, not volume.
#[test]
fn prevention_costs_the_same_and_somebody_else_when_its_owner_changes() {
    let run = Shipped::read("patientrettet-forebyggelse")
        .set("rr_ambulant_forebyggelse", 1.0)
        .run();
    let budget = |account, year| run.lane(RowId::Budget(account, run.year(year)));
    let nothing = |lane: Vec<f64>| lane.iter().all(|kroner| *kroner == 0.0);
    assert!(nothing(budget(REGION, 2026)) && nothing(budget(MUNICIPALITIES, 2027)));
    let before = (budget(MUNICIPALITIES, 2026), run.change("forloeb", 2026));
    let after = (budget(REGION, 2027), run.change("forloeb", 2027));
    for i in 0..before.0.len() {
        let (then, now) = (before.0[i] / before.1[i], after.0[i] / after.1[i]);
        assert!(before.1[i] > 0.0 && (now / then - 1.0).abs() < 1e-9);
    }
}

/// Catches: a freed slot that saves money although somebody else takes it.
///
/// B47: backfill of 100 % leaves no cashable saving.
#[test]
fn controls_whose_slots_are_all_filled_again_save_the_region_nothing() {
    let run = Shipped::read("kronikerkontrol-til-almen-praksis")
        .set("genopfyldning", 1.0)
        .run();
    run.every_year(REGION, |kroner| kroner > 0.0);
    let some = Shipped::read("kronikerkontrol-til-almen-praksis")
        .set("genopfyldning", 0.0)
        .run();
    let last = RowId::Budget(REGION, run.block.years() - 1);
    let (all, none) = (run.lane(last), some.lane(last));
    assert!(none.iter().zip(&all).all(|(n, a)| n < a));
}

/// Catches: time that becomes money without anybody's budget being smaller.
///
/// B22: realised share 0 is 0 kr.; the time stands on a line of its own.
#[test]
fn time_saved_by_shared_data_is_money_only_where_a_budget_is_smaller() {
    let agreement = Shipped::read("datadeling");
    let none = agreement.clone().set("indfriet", 0.0).run();
    let no_time = agreement
        .clone()
        .set("indfriet", 0.0)
        .set("tid_pr_kontakt_kommune", 0.0)
        .set("tid_pr_kontakt_hospital", 0.0)
        .set("tid_pr_kontakt_klinik", 0.0)
        .run();
    for account in [REGION, MUNICIPALITIES, SOCIETY] {
        assert_eq!(
            none.block.x(account),
            no_time.block.x(account),
            "{account:?}"
        );
    }
    let half = agreement.set("indfriet", 0.5).run();
    let saved = half.source(MUNICIPALITIES, "tid_kommune");
    let (with, without) = (half.block.x(MUNICIPALITIES), none.block.x(MUNICIPALITIES));
    for i in 0..saved.len() {
        assert!(saved[i] < 0.0);
        assert!((with[i] - without[i] + saved[i]).abs() < 1e-9 * without[i].abs());
    }
    let beside = none.block.program.rows.iter();
    let hours = beside.filter(|row| matches!(row.id, RowId::Gauge(_)));
    assert!(hours.count() > 0, "hours and their value are shown beside");
}

/// A shipped scenario with some of its figures set.
#[derive(Clone)]
struct Shipped {
    model: Model,
}

impl Shipped {
    fn read(name: &str) -> Shipped {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("scenarios")
            .join(name);
        let read = fairbalance::scenario::read(&path);
        let model = read
            .unwrap_or_else(|told| panic!("{}", told.text(false)))
            .model;
        assert_eq!(model.blanks.len(), 0, "{name} is klarlagt");
        Shipped { model }
    }

    /// Fixes a figure; a formula is not a figure.
    fn set(mut self, name: &str, value: f64) -> Shipped {
        let found = self.model.parameters.iter_mut().find(|p| p.name == name);
        let parameter = found.unwrap_or_else(|| panic!("a parameter {name}"));
        assert!(
            matches!(parameter.quantity, Quantity::Law(_)),
            "{name} is a law"
        );
        parameter.quantity = Quantity::Law(Law::fixed(value).expect("a number"));
        self
    }

    fn law(&self, name: &str) -> Law {
        let found = self.model.parameters.iter().find(|p| p.name == name);
        match &found
            .unwrap_or_else(|| panic!("a parameter {name}"))
            .quantity
        {
            Quantity::Law(law) => law.clone(),
            _ => panic!("{name} is a law"),
        }
    }

    fn run(self) -> Run {
        let block = Block::of(&self.model);
        Run {
            model: self.model,
            block,
        }
    }
}

/// 512 draws of it.
struct Run {
    model: Model,
    block: Block,
}

impl Run {
    fn indicator(&self, id: &str) -> usize {
        let at = self
            .model
            .agreement
            .indicators
            .iter()
            .position(|i| i.id == id);
        at.unwrap_or_else(|| panic!("an indicator {id}"))
    }

    fn year(&self, year: i32) -> usize {
        let years = &self.block.program.years;
        years
            .iter()
            .position(|y| *y == year)
            .expect("a year that is shown")
    }

    fn lane(&self, id: RowId) -> Vec<f64> {
        self.block.lane(id)
    }

    /// Units of an indicator, agreement minus unchanged practice.
    fn change(&self, id: &str, year: i32) -> Vec<f64> {
        self.block.lane(RowId::IndicatorDifference(
            self.indicator(id),
            self.year(year),
        ))
    }

    fn with(&self, id: &str, year: i32) -> Vec<f64> {
        self.block.lane(RowId::IndicatorAgreement(
            self.indicator(id),
            self.year(year),
        ))
    }

    fn without(&self, id: &str, year: i32) -> Vec<f64> {
        self.block
            .lane(RowId::Indicator(self.indicator(id), self.year(year)))
    }

    /// Present value of a mechanism's cost to an account.
    fn source(&self, account: Account, mechanism: &str) -> Vec<f64> {
        let all = &self.model.agreement.mechanisms;
        let at = all.iter().position(|m| m.name == mechanism);
        let at = at.unwrap_or_else(|| panic!("a mechanism {mechanism}"));
        self.block
            .lane(RowId::Waterfall(account, Tag::Mechanism(at as u16)))
    }

    /// An indicator does not move, to the last bit.
    fn nothing_of(&self, id: &str) {
        for year in &self.block.program.years {
            let change = self.change(id, *year);
            assert!(change.iter().all(|x| *x == 0.0), "{id} in {year}");
        }
    }

    /// No account's budget moves, to the last bit.
    fn nothing_at_all(&self) {
        for account in Account::ALL {
            self.every_year(account, |kroner| kroner == 0.0);
        }
        for indicator in self.model.agreement.indicators.iter() {
            if !indicator.services.is_empty() {
                self.nothing_of(&indicator.id);
            }
        }
    }

    /// A claim on the budget effect of every year and draw.
    fn every_year(&self, account: Account, claim: impl Fn(f64) -> bool) {
        for (t, year) in self.block.program.years.iter().enumerate() {
            let Some(budget) = self.block.row(RowId::Budget(account, t)) else {
                assert!(claim(0.0), "{account:?} has nothing in {year}");
                continue;
            };
            let off = budget.iter().find(|kroner| !claim(**kroner));
            assert!(off.is_none(), "{account:?} in {year}: {off:?}");
        }
    }
}
