//! Ratios: hospital use per person with a disease, and outcomes over a whole course.

use crate::beyond::told;
use crate::support::*;
use fairbalance::analysis::RatioRow;
use fairbalance::model::*;
use fairbalance::scenario::read;

/// A thousand persons, a hundred of them with the disease: an admission each a year, and one in
/// ten of the others'. The others are examined, and the admissions of the diseased are followed.
fn examined() -> Town {
    let mut town = persons(1_000.0)
        .prevalence(0.1)
        .rate(ADMISSION, KOL, 1.0)
        .rate(ADMISSION, REST, 0.1)
        .follow(ADMISSION);
    town.model.agreement.coverages[0].cells = vec![(REST, 1)];
    let indicator = &mut town.model.agreement.indicators[0];
    indicator.groups = vec![KOL];
    indicator.per = Some(Per::Person);
    town
}

/// One in twenty of the examined has the disease.
fn finds(mut town: Town) -> Town {
    town.model.agreement.detections = vec![Detection {
        name: "found".into(),
        label: Words::same("found"),
        coverage: 0,
        group: KOL,
        level: 1,
        share: Value::Number(0.05),
        origin: Origin::default(),
    }];
    town
}

fn ratio(model: &Model) -> RatioRow {
    assessed(model, 2048).findings.study.ratios[0].clone()
}

#[track_caller]
fn near(what: &str, found: f64, expected: f64) {
    let off = (found - expected).abs();
    assert!(
        off < 1e-12 * expected.abs().max(1.0),
        "{what}: {found}, not {expected}"
    );
}

/// D8. 100 admissions among 100 persons are 1 a person. Of the 900 others 45 are found; they go on
/// having 0.1 each: 104.5 ÷ 145. No use changes, so among the same persons nothing does, and
/// the report warns that the denominator has grown.
#[test]
fn detection_alone_lowers_the_ratio_and_the_report_warns() {
    let model = finds(examined()).build();
    let row = ratio(&model);
    near("unchanged", row.before.mean, 1.0);
    assert_eq!(row.change.mean, 0.0);
    let (found, by) = row.found.expect("persons are found");
    near("found", found.mean, 45.0);
    near("by the found", by.mean, 104.5 / 145.0 - 1.0);
    assert!(row.lowered_by_found());
    let (danish, english, json) = told(&model);
    assert!(
        danish.contains("Det er nævneren, der er vokset"),
        "{danish}"
    );
    assert!(
        english.contains("the denominator that has grown"),
        "{english}"
    );
    assert_eq!(json["study"]["ratios"][0]["lowered_by_found"], true);
}

/// D8. Detection moves no krone: with half a nurse hour (500 kr.) for each of the 900 examined
/// every account has the same draws with it and without, and the municipality its 225,000 kr.
#[test]
fn detection_costs_what_the_examination_costs_and_nothing_else() {
    let with = Block::of(&finds(examined().provide(NURSE_HOUR, 0.5)).build());
    let without = Block::of(&examined().provide(NURSE_HOUR, 0.5).build());
    for account in Account::ALL {
        assert_eq!(with.x(account), without.x(account), "{account:?}");
    }
    assert_eq!(with.certain_x(MUNICIPALITIES), -225_000.0);
    let alone = Block::of(&finds(examined()).build());
    for account in Account::ALL {
        assert_eq!(alone.certain_x(account), 0.0, "{account:?}");
    }
}

/// D8. Without detection there is no warning, whatever the activity does: one admission in four
/// fewer is a ratio of 0.75 and is said as it is.
#[test]
fn without_detection_there_is_no_warning() {
    let mut town = examined().effect(ADMISSION, 0.75);
    town.model.agreement.coverages[0].cells = vec![(KOL, 1)];
    let model = town.build();
    let row = ratio(&model);
    near("change", row.change.mean, -0.25);
    assert!(row.found.is_none() && !row.lowered_by_found());
    let (danish, english, _) = told(&model);
    assert!(!danish.contains("nævneren") && !english.contains("denominator"));
}

/// D8. Found persons who use as much as those known (an admission each) change no ratio, and there
/// is nothing to warn of; found at a level that the indicator leaves out they are not counted.
#[test]
fn only_milder_cases_that_are_counted_lower_the_ratio() {
    let alike = ratio(&finds(examined().rate(ADMISSION, REST, 1.0)).build());
    let by = alike.found.as_ref().expect("found").1.mean;
    assert!(by.abs() < 1e-12 && !alike.lowered_by_found(), "{by}");
    let mut town = finds(examined());
    town.model.agreement.indicators[0].levels = vec![1];
    town.model.agreement.detections[0].level = 2;
    assert!(ratio(&town.build()).found.is_none());
}

/// D8. Behind another agreement in a portfolio the examined are still its own: 45 of 900, not 5 of
/// the 100 that the first one covers.
#[test]
fn in_a_portfolio_the_examined_are_still_those_of_their_own_agreement() {
    let found = finds(examined());
    let mut first = examined().effect(VISIT, 0.9);
    first.model.agreement.coverages[0].cells = vec![(KOL, 1)];
    first.model.agreement.indicators.clear();
    let members = vec![
        ("first", false, first.model.agreement),
        ("second", false, found.model.agreement.clone()),
    ];
    let together = crate::portfolio::portfolio(&found, members).joint();
    let row = ratio(&together);
    near("found", row.found.expect("persons are found").0.mean, 45.0);
}

/// D8, F3. Divided rows are the same draw by draw in the plan and in the reference, with every
/// mechanism at work.
#[test]
fn divided_rows_equal_the_reference_with_everything_at_work() {
    let mut town = everything_moving().follow(ADMISSION);
    let share = town.figure("found", beta_law(0.05, 0.01));
    let mut examined = town.model.agreement.coverages[0].clone();
    examined.id = "examined".into();
    examined.cells = vec![(REST, 1), (REST, 2)];
    let agreement = &mut town.model.agreement;
    agreement.coverages.push(examined);
    agreement.detections = finds(Town::of(1)).model.agreement.detections;
    agreement.detections[0].coverage = 1;
    agreement.detections[0].share = share;
    agreement.indicators[0].groups = vec![KOL];
    agreement.indicators[0].per = Some(Per::Person);
    agreement.indicators[2].services = vec![ACUTE_TEAM];
    agreement.indicators[2].per = Some(Per::Course(0));
    town.model.world.courses = vec![course()];
    let model = town.build();
    let block = Block::of(&model);
    for lane in [0, 100, 511] {
        let (off, id) = crate::invariants::departure(&model, &block, lane);
        assert!(off <= 1e-10, "lane {lane}: {id:?} off by {off:e}");
    }
}

// ---- Over a course ------------------------------------------------------------------------------

fn course() -> CareCourse {
    CareCourse {
        id: "course".into(),
        label: Words::same("course"),
        services: vec![ADMISSION, VISIT, ACUTE_TEAM],
        groups: vec![KOL],
        source: "a test".into(),
        origin: Origin::default(),
    }
}

/// A hundred persons: 50 admissions begin a course, 200 visits follow, and 25 calls of the acute
/// team are its outcome. Fewer calls are better.
fn followed_over_a_course() -> Town {
    let mut town = persons(100.0)
        .rate(ADMISSION, KOL, 0.5)
        .rate(VISIT, KOL, 2.0)
        .rate(ACUTE_TEAM, KOL, 0.25)
        .follow(ACUTE_TEAM);
    town.model.world.courses = vec![course()];
    town.model.agreement.indicators[0].per = Some(Per::Course(0));
    town
}

/// F3. 25 outcomes are 0.5 a course and 25 ÷ 250 = 0.1 a contact. Half of the visits fewer leave
/// the courses and the outcomes as they are, 0.5 a course, but 25 ÷ 150 = 0.167 a contact: the
/// report says that the course is to be read.
#[test]
fn an_outcome_over_the_course_does_not_move_with_the_number_of_contacts() {
    let model = followed_over_a_course().effect(VISIT, 0.5).build();
    let row = ratio(&model);
    near("per course", row.before.mean, 0.5);
    assert_eq!(row.change.mean, 0.0);
    near("courses", row.divisor.0.mean, 50.0);
    let (before, change) = row.per_contact.expect("contacts are counted");
    near("per contact", before.mean, 0.1);
    near("change per contact", change.mean, 25.0 / 150.0 - 0.1);
    assert!(row.contacts_mislead());
    let (danish, english, json) = told(&model);
    assert!(
        danish.contains("Kvaliteten læses over forløbet"),
        "{danish}"
    );
    assert!(
        english.contains("Read quality over the course"),
        "{english}"
    );
    assert_eq!(json["study"]["ratios"][0]["course"], "course");
}

/// F3. A fifth fewer outcomes are 0.4 a course and 20 ÷ 250 a contact: both fall, and nothing is
/// said of contacts. A tenth fewer admissions are a tenth fewer courses: 25 ÷ 45.
#[test]
fn an_outcome_that_falls_and_a_course_that_is_not_begun_are_told_apart() {
    let fewer = ratio(&followed_over_a_course().effect(ACUTE_TEAM, 0.8).build());
    near("outcomes", fewer.change.mean, -0.1);
    assert!(!fewer.contacts_mislead());
    let begun = ratio(&followed_over_a_course().effect(ADMISSION, 0.9).build());
    near("courses", begun.divisor.1.mean, -5.0);
    near("per course", begun.change.mean, 25.0 / 45.0 - 0.5);
}

// ---- As shipped ---------------------------------------------------------------------------------

/// D8. The variant that looks for COPD lowers hospital use per person with COPD by its
/// denominator; the agreement itself does not.
#[test]
fn the_shipped_search_for_copd_warns_and_the_agreement_itself_does_not() {
    let found = |path: &str| {
        let model = read(std::path::Path::new(path)).expect("sound").model;
        ratio(&model)
    };
    let folder = "scenarios/kommunal-forebyggelse";
    let plain = found(folder);
    assert!(plain.change.mean < 0.0 && plain.found.is_none());
    let searched = found(&format!("{folder}#opsporing"));
    assert!(searched.lowered_by_found());
    let off = (searched.change.mean / plain.change.mean - 1.0).abs();
    assert!(
        off < 1e-9,
        "among the same persons nothing is different: {off}"
    );
}

/// F3. Readmissions after an infection: as many courses begin with treatment at home as without,
/// and readmissions a course are the world's share of them.
#[test]
fn the_shipped_course_begins_as_often_with_the_agreement_as_without() {
    let path = std::path::Path::new("scenarios/hjemme-iv-antibiotika");
    let row = ratio(&read(path).expect("sound").model);
    assert_eq!(row.divisor.1.mean, 0.0);
    // 16 % ± 2 points of those discharged, the mean of 2,048 stratified draws
    assert!(
        (row.before.mean - 0.16).abs() < 0.002,
        "{}",
        row.before.mean
    );
}
