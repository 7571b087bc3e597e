//! Psychiatry, the young, prevention, the tasks that move by law in 2027, antibiotics at home,
//! coping courses and volunteers: each agreement is read as shipped, figures are set to values
//! whose answer is known, and the scalar reference is read with all other figures at their
//! medians.

use crate::support::*;
use fairbalance::model::*;
use fairbalance::plan::RowId;
use fairbalance::random::Law;
use std::path::Path;

const CIVIL_SOCIETY: Account = Account::Party(Party::CivilSociety);

/// A course costs 10 hours (median of 4–10–16) × 900 kr. at the prices of 2026, that is
/// 9,000 · 100/103 = 8,737.86 kr. at the prices of 2025.
///
/// Catches: an owner switch that stops or starts courses, books the cost twice or nowhere, or
/// reaches years before it.
///
/// B48: owner switch moves cost, not volume.
#[test]
fn the_switch_of_owner_moves_the_courses_cost_and_no_course() {
    let by_law = Figures::of(shipped("kommunal-forebyggelse"));
    let mut never = shipped("kommunal-forebyggelse");
    let courses = service(&never, "patientrettet_forebyggelse_forloeb");
    let courses = &mut never.world.services[courses];
    courses.producer = Dated::always(Party::Municipality);
    courses.payer = Dated::always(Party::Municipality);
    courses.owner = Dated::always(Party::Municipality);
    let never = Figures::of(never);

    for id in ["forebyggelsesforloeb", "indlaeggelser_kol"] {
        assert_eq!(by_law.units(id), never.units(id), "{id}");
    }
    let (regions, municipal) = (by_law.budget(REGION), never.budget(REGION));
    let (local, still_local) = (by_law.budget(MUNICIPALITIES), never.budget(MUNICIPALITIES));
    let society = (by_law.budget(SOCIETY), never.budget(SOCIETY));
    for (t, new) in by_law.change("forebyggelsesforloeb").iter().enumerate() {
        let cost = if t == 0 { 0.0 } else { new * 9_000.0 / 1.03 };
        assert!(*new > 100.0, "there are new courses every year");
        close("to the region", regions[t] - municipal[t], cost);
        close("from the municipalities", local[t] - still_local[t], -cost);
        close("society", society.0[t], society.1[t]);
    }
}

/// Catches: courses paid for only when completed, or an effect on those who dropped out.
///
/// B48: course price, uptake, completion, effect.
#[test]
fn a_course_nobody_completes_costs_the_same_and_prevents_nothing() {
    let some = Figures::of(shipped("kommunal-forebyggelse"));
    let none = Figures::of(with("gennemfoert", 0.0, shipped("kommunal-forebyggelse")));
    assert_eq!(
        some.change("forebyggelsesforloeb"),
        none.change("forebyggelsesforloeb")
    );
    assert!(some.change("indlaeggelser_kol")[3] < -1.0);
    assert!(none.change("indlaeggelser_kol").iter().all(|x| *x == 0.0));
    let twice = with("optag_kol", 0.3, shipped("kommunal-forebyggelse"));
    let once = with("optag_kol", 0.15, shipped("kommunal-forebyggelse"));
    let avoided = |model| Figures::of(model).change("indlaeggelser_kol")[5];
    close("uptake", avoided(twice), 2.0 * avoided(once));
}

/// Full payment of what it costs: the operator ends at 0 whatever a unit costs and however many
/// there are. One municipality that takes no part, or not yet, has neither.
///
/// Catches: a payment on another volume, price level or cost than the operator's own.
///
/// E11: what the law moves on 1 January 2027 is operated and paid from that day.
#[test]
fn paid_at_full_cost_an_operator_neither_loses_nor_profits() {
    let agreements: [(&str, &[(&str, f64)]); 3] = [
        ("midlertidige-pladser-2027", &[("bogfoert_forhold", 1.0)]),
        (
            "specialiseret-rehabilitering-2027",
            &[("bogfoert_forhold", 1.0)],
        ),
        (
            "patientrettet-forebyggelse-2027",
            &[("aftalt_tillaeg", 0.05), ("indirekte_andel", 0.05)],
        ),
    ];
    for (name, values) in agreements {
        for stretch in [1.0, 1.7] {
            let mut model = set(values, shipped(name));
            for service in &mut model.world.services {
                service
                    .municipality_factor
                    .iter_mut()
                    .for_each(|f| *f *= stretch);
            }
            let places = model.world.municipalities.len();
            let figures = Figures::of(model);
            for m in 0..places {
                let y = figures.row(RowId::MunicipalityY(m));
                assert!(y.abs() < 1e-3, "{name}: {y}");
            }
        }
    }
}

/// Horsens begins in July 2027 and the region operates there until then: half of that year's
/// payment. Skanderborg has no centre.
///
/// Catches: participation by municipality that an operated task ignores.
///
/// E11: dated rules; each municipality from its own date.
#[test]
fn a_centre_that_joins_in_july_is_paid_for_half_the_year() {
    // a bookkeeping error of 10 % makes each municipality's payment visible as its own Y
    let name = "specialiseret-rehabilitering-2027";
    let model = with("bogfoert_forhold", 1.1, shipped(name));
    let mut from_january = model.clone();
    let horsens = municipality(&model, "Horsens");
    for mechanism in &mut from_january.agreement.mechanisms {
        if let MechanismKind::Operate(operate) = &mut mechanism.kind {
            operate.start[horsens] = operate.start[municipality(&model, "Aarhus")];
        }
    }
    let without = municipality(&model, "Skanderborg");
    let (july, january) = (Figures::of(model), Figures::of(from_january));
    assert_eq!(july.row(RowId::MunicipalityY(without)), 0.0);
    let (late, early) = (
        july.row(RowId::MunicipalityY(horsens)),
        january.row(RowId::MunicipalityY(horsens)),
    );
    // 3.5 of 4 years, discounted: (½ + d + d² + d³)/(1 + d + d² + d³) with d = 1/1.035 is 0.869,
    // but for the little that the population grows
    assert!((late / early - 0.869).abs() < 0.002, "{late} of {early}");
}

/// 2,300 kr. a day against 3,000 · 0.97 = 2,910 kr.: the municipalities lose 610 kr. a day.
///
/// Catches: a price that reaches society's cost, or a loss that only one side sees.
///
/// E11: the payment belongs to the agreement, the law to both arms.
#[test]
fn a_fixed_price_set_too_low_moves_money_and_no_cost() {
    let cost = Figures::of(with(
        "bogfoert_forhold",
        1.0,
        shipped("midlertidige-pladser-2027"),
    ));
    let price = Figures::of(shipped("midlertidige-pladser-2027#fast_doegnpris"));
    assert_eq!(
        cost.budget(SOCIETY),
        price.budget(SOCIETY),
        "to the last bit"
    );
    let (region, local) = (cost.budget(REGION), cost.budget(MUNICIPALITIES));
    let (region_now, local_now) = (price.budget(REGION), price.budget(MUNICIPALITIES));
    for (t, (days, _)) in price.units("doegn").iter().enumerate() {
        let lost = days * (3_000.0 * 0.97 - 2_300.0);
        close("municipalities", local_now[t] - local[t], lost);
        close("region", region_now[t] - region[t], -lost);
    }
}

/// Catches: a flag nobody reads. The task may change hands (it is operated by others), and may
/// not be moved to another level.
///
/// F7: a task flagged specialised is operated by another party and never shifted.
#[test]
fn specialised_rehabilitation_changes_hands_and_is_never_shifted() {
    let model = shipped("specialiseret-rehabilitering-2027");
    let at = service(&model, "specialiseret_rehabilitering_forloeb");
    assert!(model.world.services[at].specialised);
    let change = Figures::of(model).change("rehabiliteringsforloeb");
    assert!(change.iter().all(|units| *units == 0.0), "{change:?}");
}

/// 0.9 visits at home for each clinic visit that moves; a tenth fewer bed-days among the covered;
/// half an hour of support at each home visit and eight hours a year besides.
///
/// Catches: a ledger that shows the beds and forgets the contacts, or the other way round.
///
/// B42: bed-days, contacts and social-psychiatry hours are all in the ledger.
#[test]
fn near_psychiatry_books_beds_contacts_and_support_each_on_its_own() {
    let figures = [
        ("rr_sengedage", 0.9),
        ("genopfyldning", 0.0),
        ("udgaaende_pr_besoeg", 0.9),
    ];
    let mut model = set(&figures, shipped("naer-psykiatri"));
    follow(&mut model, "socialpsykiatri_time");
    let found = Figures::of(model);
    let (beds, clinic, home, support) = (
        found.change("psykiatri_sengedage"),
        found.change("psykiatri_ambulant"),
        found.change("psykiatri_udgaaende"),
        found.change("socialpsykiatri_time"),
    );
    for t in 1..4 {
        assert!(beds[t] < -100.0 && clinic[t] < -1_000.0 && support[t] > 1_000.0);
        close("visits at home", home[t], -0.9 * clinic[t]);
    }
    assert!(found.of_mechanism(REGION, "sengedage") < 0.0);
    assert!(found.of_mechanism(REGION, "ambulant_til_hjem") != 0.0);
    assert!(found.of_mechanism(MUNICIPALITIES, "ambulant_til_hjem") > 0.0);
    assert!(found.of_mechanism(MUNICIPALITIES, "mere_stoette") > 0.0);
}

/// Catches: an effect on somatic admissions that reaches citizens outside the group.
///
/// B43: a group-specific ratio only.
#[test]
fn the_somatic_review_avoids_admissions_in_its_own_group_only() {
    let figures = [("rr_somatisk", 0.8), ("rr_sengedage", 1.0)];
    let mut model = set(&figures, shipped("naer-psykiatri"));
    follow(&mut model, "akut_indlaeggelse");
    let found = Figures::of(model);
    let in_group = found.units("somatiske_indlaeggelser");
    let everybody = found.units("akut_indlaeggelse");
    for (group, all) in in_group.iter().zip(&everybody).skip(2) {
        assert!(all.0 > 10.0 * group.0, "most admissions are others'");
        assert!(group.1 < group.0);
        // the others' part is the same with and without
        close("others", all.1 - group.1, all.0 - group.0);
    }
}

/// Catches: a group that exists in psychiatry only.
///
/// C12: psychiatric and somatic use of the same citizens, both ledgers filled.
#[test]
fn citizens_with_severe_mental_illness_have_psychiatric_and_somatic_use() {
    let figures = [("rr_somatisk", 0.8), ("rr_sengedage", 0.9)];
    let found = Figures::of(set(&figures, shipped("naer-psykiatri")));
    for id in ["psykiatri_sengedage", "somatiske_indlaeggelser"] {
        assert!(
            found.units(id).iter().all(|(without, _)| *without > 500.0),
            "{id}"
        );
    }
    assert!(found.of_mechanism(REGION, "sengedage") < 0.0);
    assert!(found.of_mechanism(REGION, "somatiske_indlaeggelser") < 0.0);
}

/// Levels 1–3 have 0.81 of 0.998 of the referrals (0.55·0.2 + 0.28·1.2 + 0.13·2.8 of that +
/// 0.04·4.7), and half of their citizens are reached. Of what those levels have, half of a fifth
/// stays in the municipality (0.1); half of a tenth of the rest is avoided (0.9·0.05).
///
/// Catches: a referral lost on the way, or counted both as moved and as avoided.
///
/// B44, C13: in = out. There is no waiting in the model, and the indicator says so.
#[test]
fn every_referral_is_kept_moved_or_avoided() {
    let figures = [
        ("naaet", 0.5),
        ("andel_til_kommune", 0.2),
        ("rr_henvisning", 0.9),
        ("forloeb_pr_henvisning", 1.0),
        ("nye_forloeb", 0.0),
    ];
    let model = set(&figures, shipped("unge-i-mistrivsel"));
    let waiting = model.agreement.indicators.iter();
    let waiting: Vec<_> = waiting.filter(|i| i.id == "ventetid_under_18").collect();
    assert_eq!(waiting[0].tag, IndicatorTag::NotModelled);
    let found = Figures::of(model);
    let years = found.units("henvisninger").into_iter();
    let moved = found.change("tidlige_forloeb");
    // from 2031 on the offer is open everywhere and its effect is in full
    for ((without, with), moved) in years.zip(moved).skip(5) {
        let reached = without * 0.81 / 0.998;
        close("moved", moved, 0.1 * reached);
        let avoided = 0.9 * 0.05 * reached;
        close("in = out", without, with + moved + avoided);
    }
}

/// Catches: contacts of the young that are no contacts to psychiatry.
///
/// D10: contacts to psychiatry, the young and all: the parts add up.
#[test]
fn contacts_of_the_young_add_up_over_levels() {
    let mut model = with("rr_henvisning", 0.9, shipped("unge-i-mistrivsel"));
    for level in 1..=4 {
        let at = follow(&mut model, "bup_kontakt");
        let part = &mut model.agreement.indicators[at];
        part.id = format!("level {level}");
        part.levels = vec![level];
    }
    let found = Figures::of(model);
    for (t, (_, all)) in found.units("kontakter").iter().enumerate() {
        let part = |level: u8| found.units(&format!("level {level}"))[t].1;
        close("levels", (1..=4).map(part).sum(), *all);
    }
}

/// A fifth fewer consultations among those who complete, all of it lost after a year: the class
/// of 2026 (begun between January and September 2026) has an effect in 2026 and 2027 and none
/// after; without decay it lasts.
///
/// Catches: decay that only slows, or that turns an effect around.
///
/// B49: decay 100 % is a one-year effect.
#[test]
fn an_effect_lost_within_a_year_is_a_one_year_effect() {
    let years = |decay: f64| {
        let mut model = with("rr_konsultation", 0.8, shipped("mestringskursus"));
        let all = &mut model.agreement.mechanisms;
        all.retain(|m| !["laegebesoeg_2027", "laegebesoeg_2028"].contains(&m.name.as_str()));
        for mechanism in all {
            if let MechanismKind::Effect(effect) = &mut mechanism.kind {
                effect.decay = decay;
            }
        }
        Figures::of(model).change("konsultationer")
    };
    let (gone, half, kept) = (years(1.0), years(0.5), years(0.0));
    assert!(gone[0] < 0.0 && gone[1] < 0.0);
    assert!(gone[2..].iter().all(|x| *x == 0.0), "{gone:?}");
    assert!(
        half[2] < 0.0 && half[3..].iter().all(|x| *x == 0.0),
        "{half:?}"
    );
    assert!(kept.iter().all(|x| *x < 0.0));
    // by 2028 all have begun: κ is the uptake, and the reduction 0.028 · 0.75 · 0.2 of all
    // consultations but those of Samsø, which has no class in 2026
    assert!(gone[0] > half[0] && half[0] > kept[0]);
}

/// 2,500 kr. for each who begins (median), paid by the municipality the year they begin.
///
/// Catches: a course paid for again each year.
///
/// B49: course cost.
#[test]
fn a_coping_course_is_paid_once_by_the_municipality() {
    let flat = [("rr_konsultation", 1.0), ("instruktoerer", 0.0)];
    let figures = Figures::of(set(&flat, shipped("mestringskursus")));
    let courses = figures.change("kurser");
    for (t, kroner) in figures.budget(MUNICIPALITIES).iter().enumerate() {
        close("a year's courses", *kroner, courses[t] * 2_500.0);
    }
    assert!(courses[..3].iter().all(|c| *c > 500.0));
    assert!(courses[3..].iter().all(|c| *c == 0.0), "{courses:?}");
    assert!(figures.budget(REGION).iter().all(|x| *x == 0.0));
}

/// Only the hours that fall away, and nothing spent on coordination.
///
/// Catches: volunteers' hours credited at more than the task they replace, or their shadow price
/// in the public budget.
///
/// B28: priced 0 in the budget view; the saving is at most the cost of the substituted task.
#[test]
fn volunteers_save_at_most_what_the_hours_they_replace_cost() {
    let free = [
        ("koordinatortimer", 0.0),
        ("introduktion_pr_frivillig", 0.0),
        ("opstart", 0.0),
    ];
    let mut model = set(&free, shipped("frivillige-besoegsvenner"));
    let at = service(&model, "hjemmepleje_time");
    let hour = &model.world.services[at].unit_cost;
    let Some((_, Value::Parameter(hour))) = hour.first() else {
        panic!("home care has its own cost");
    };
    let name = model.parameters[hour.0 as usize].name.clone();
    model = with(&name, 500.0, model);
    let hour = 500.0 / 1.03; // at the prices of 2026
    let found = Figures::of(model.clone());
    let saved = found.budget(MUNICIPALITIES);
    for (t, hours) in found.change("hjemmeplejetimer").iter().enumerate() {
        assert!(*hours < -100.0);
        assert!(
            saved[t] < 0.0 && saved[t] >= hours * hour,
            "{} kr.",
            saved[t]
        );
    }
    assert_eq!(found.budget(SOCIETY), saved, "no shadow price in it");

    let dearer = Figures::of(with("skyggepris_frivillig_time", 1_000.0, model));
    assert_eq!(dearer.budget(SOCIETY), saved);
    let shadow = (found.budget(CIVIL_SOCIETY), dearer.budget(CIVIL_SOCIETY));
    assert!(
        shadow
            .0
            .iter()
            .zip(&shadow.1)
            .all(|(a, b)| 0.0 < *a && a < b)
    );
}

/// Three in ten who stop are 900 · 0.3 = 270 kr. a year for each citizen visited.
///
/// Catches: attrition that is free.
///
/// B28: attrition, coordinator wage.
#[test]
fn volunteers_who_stop_and_coordinators_cost_the_municipality() {
    let budget = |name: &str, value: f64| {
        Figures::of(with(name, value, shipped("frivillige-besoegsvenner"))).budget(MUNICIPALITIES)
    };
    for (name, few, many) in [
        ("andel_frivillige_stopper", 0.1, 0.6),
        ("koordinatortimer", 1.0, 8.0),
    ] {
        let (few, many) = (budget(name, few), budget(name, many));
        assert!(few.iter().zip(&many).all(|(f, m)| f < m), "{name}");
    }
}

/// Nobody goes home: 3 mio. kr. (median of that law) in the region and the municipalities'
/// training in 2026, and nothing else, ever.
///
/// Catches: a saving without a patient at home.
///
/// B5: occupancy 0 is cost without gain; no more days at home than there are days.
#[test]
fn with_nobody_treated_at_home_the_start_up_is_all_there_is() {
    let nobody = Figures::of(with("siger_ja", 0.0, shipped("hjemme-iv-antibiotika")));
    for account in [REGION, MUNICIPALITIES] {
        let budget = nobody.budget(account);
        assert!(budget[0] > 1e6, "{budget:?}");
        assert!(budget[1..].iter().all(|x| *x == 0.0), "{budget:?}");
    }
    assert!(nobody.change("sengedage_iv").iter().all(|x| *x == 0.0));

    let all = [("siger_ja", 1.0), ("egnet", 1.0), ("andel_af_dagene", 1.0)];
    let everybody = Figures::of(set(&all, shipped("hjemme-iv-antibiotika")));
    for (days, left) in everybody.units("sengedage_iv") {
        assert!(left > -1e-9 * days && left < days);
    }
}

/// An acute nursing contact for each bed-day saved is municipal work in 2026 and the region's
/// from 1 January 2027 on, with the same agreement.
///
/// Catches: a receiver that keeps the producer of the agreement's first year.
///
/// E11: rule change on the date boundary.
#[test]
fn acute_nursing_at_home_changes_payer_on_the_first_of_january_2027() {
    let run = |contacts: f64| {
        let model = shipped("hjemme-iv-antibiotika");
        Figures::of(with("akutkontakter_pr_doegn", contacts, model))
    };
    let (none, one) = (run(0.0), run(1.0));
    let extra = |account: Account| -> Vec<f64> {
        let (with, without) = (one.budget(account), none.budget(account));
        with.iter().zip(without).map(|(a, b)| a - b).collect()
    };
    let (region, local) = (extra(REGION), extra(MUNICIPALITIES));
    assert!(
        local[0] > 1e4 && region[0] == 0.0,
        "2026: {local:?} {region:?}"
    );
    for t in 1..one.years() {
        assert!(region[t] > 1e5 && local[t].abs() < 1e-6, "{local:?}");
    }
}

/// A shipped agreement, by its folder's name (with `#variant`).
fn shipped(name: &str) -> Model {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let read = fairbalance::scenario::read(&root.join(name));
    let model = read
        .unwrap_or_else(|told| panic!("{}", told.text(false)))
        .model;
    assert!(model.blanks.is_empty(), "{name} is klarlagt");
    model
}

/// The model with one figure set; a formula is not a figure.
fn with(name: &str, value: f64, mut model: Model) -> Model {
    let found = model.parameters.iter_mut().find(|p| p.name == name);
    let parameter = found.unwrap_or_else(|| panic!("a parameter {name}"));
    assert!(matches!(parameter.quantity, Quantity::Law(_)), "{name}");
    parameter.quantity = Quantity::Law(Law::fixed(value).expect("a number"));
    model
}

fn set(values: &[(&str, f64)], model: Model) -> Model {
    values
        .iter()
        .fold(model, |model, (name, value)| with(name, *value, model))
}

/// Follows a service in all groups and levels, under its own name; returns where.
fn follow(model: &mut Model, id: &str) -> usize {
    let service = ServiceId(service(model, id) as u16);
    let all = &mut model.agreement.indicators;
    let mut indicator = all[0].clone();
    indicator.id = id.to_owned();
    indicator.services = vec![service];
    indicator.groups = Vec::new();
    indicator.levels = Vec::new();
    all.push(indicator);
    all.len() - 1
}

fn service(model: &Model, id: &str) -> usize {
    let at = model.world.services.iter().position(|s| s.id == id);
    at.unwrap_or_else(|| panic!("a service {id}"))
}

fn municipality(model: &Model, name: &str) -> usize {
    let all = &model.world.municipalities;
    let at = all.iter().position(|m| m.name == name);
    at.unwrap_or_else(|| panic!("a municipality {name}"))
}

/// Every row of the scalar reference, with all parameters at their medians.
struct Figures {
    model: Model,
    rows: Vec<(RowId, f64)>,
}

impl Figures {
    fn of(model: Model) -> Figures {
        let median = |p: &Parameter| match &p.quantity {
            Quantity::Law(law) => law.quantile(0.5),
            _ => 0.0, // a formula is computed from the others
        };
        let draws: Vec<f64> = model.parameters.iter().map(median).collect();
        let rows = reference_rows(&model, &draws);
        Figures { model, rows }
    }

    /// A row; one that does not exist is 0: nothing was booked.
    fn row(&self, id: RowId) -> f64 {
        let row = self.rows.iter().find(|(found, _)| *found == id);
        row.map_or(0.0, |(_, value)| *value)
    }

    fn years(&self) -> usize {
        self.model.agreement.horizon as usize
    }

    /// Budget effect by year.
    fn budget(&self, account: Account) -> Vec<f64> {
        let year = |t| self.row(RowId::Budget(account, t));
        (0..self.years()).map(year).collect()
    }

    /// Units of an indicator by year: (without, with).
    fn units(&self, id: &str) -> Vec<(f64, f64)> {
        let all = &self.model.agreement.indicators;
        let at = all.iter().position(|i| i.id == id);
        let at = at.unwrap_or_else(|| panic!("an indicator {id}"));
        let without = |t| self.row(RowId::Indicator(at, t));
        let with = |t| self.row(RowId::IndicatorAgreement(at, t));
        (0..self.years()).map(|t| (without(t), with(t))).collect()
    }

    /// Agreement minus unchanged practice by year.
    fn change(&self, id: &str) -> Vec<f64> {
        let all = &self.model.agreement.indicators;
        let at = all.iter().position(|i| i.id == id);
        let at = at.unwrap_or_else(|| panic!("an indicator {id}"));
        let year = |t| self.row(RowId::IndicatorDifference(at, t));
        (0..self.years()).map(year).collect()
    }

    /// Σ d_t · budget effect of an account from one mechanism, acting alone.
    fn of_mechanism(&self, account: Account, name: &str) -> f64 {
        let all = &self.model.agreement.mechanisms;
        let at = all.iter().position(|m| m.name == name);
        let at = at.unwrap_or_else(|| panic!("a mechanism {name}")) as u16;
        self.row(RowId::Waterfall(account, Tag::Mechanism(at)))
    }
}

/// Equal but for the rounding of sums.
#[track_caller]
fn close(what: &str, found: f64, expected: f64) {
    let scale = found.abs().max(expected.abs()).max(1.0);
    let off = (found - expected).abs();
    assert!(off <= 1e-8 * scale, "{what}: {found}, expected {expected}");
}
