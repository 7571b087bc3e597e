//! Who answers for the figures: approvals, signatures, evidence, safety, risk, goals.

use crate::reports::fixture::{Finished, compensated};
use crate::support::*;
use fairbalance::model::*;
use fairbalance::plan::RowId;
use fairbalance::random::Law;
use fairbalance::report::{Language, Setting, compose, terminal};

fn said(finished: &Finished) -> String {
    let setting = Setting {
        width: 100,
        bold: false,
    };
    let text = terminal(&compose(&finished.run(), Language::Da), setting);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything signed and approved: one effect whose figure binds the region.
fn approved(law: Law) -> Model {
    let mut model = Town::of(2).effect(ADMISSION, law).floor(2.0).build();
    model.agreement.status = Status::Approved;
    model.balance.signed_by = vec!["region: the council".into(), "municipalities: 2".into()];
    for parameter in &mut model.parameters {
        parameter.owner = Some(Party::Region);
        parameter.approved_by = vec!["region".into()];
    }
    model
}

/// A15. One approval taken back: the count, the shares and the status tell it.
///
/// The effect is all there is, so all of the region's money and uncertainty rests on it.
#[test]
fn an_approval_taken_back_makes_the_paper_provisional_and_shows_what_rests_on_it() {
    let mut model = approved(lognormal(0.9, 0.05));
    assert_eq!(model.status(), Status::Approved);
    let before = assessed(&model, 2048).findings.accountability;
    assert!(before.unapproved.is_empty());
    assert!(before.amounts.iter().all(|(_, share)| *share == 0.0));
    model.parameters[0].approved_by.clear();
    assert_eq!(model.status(), Status::Provisional);
    let after = assessed(&model, 2048).findings.accountability;
    assert_eq!(after.unapproved, [(Party::Region, 1)]);
    let (account, share) = after.amounts[0];
    assert_eq!((account, share), (REGION, 1.0));
    assert!(after.variance[0].1.mean > 0.9, "{:?}", after.variance);
}

/// A15. A fixed figure leaves no uncertainty, yet everything may rest on it.
#[test]
fn a_fixed_figure_that_nobody_approved_is_counted_too() {
    let mut model = approved(Law::fixed(0.9).expect("a law"));
    model.parameters[0].approved_by.clear();
    let found = assessed(&model, 2048).findings.accountability;
    assert_eq!(found.amounts[0], (REGION, 1.0));
    assert_eq!(found.variance[0].1.mean, 0.0);
}

/// E17. Both sides sign the thresholds: with one of them missing the paper is provisional.
#[test]
fn a_side_that_has_not_signed_makes_the_paper_provisional() {
    let mut model = approved(lognormal(0.9, 0.05));
    model.balance.signed_by.pop();
    assert_eq!(model.unsigned_sides(), [Party::Municipality]);
    assert_eq!(model.status(), Status::Provisional);
    model.agreement.status = Status::Draft;
    assert_eq!(model.status(), Status::Draft, "a draft is no further");
}

/// A32. Effects that rest on assumptions alone are said not to be documented.
#[test]
fn effects_without_evidence_are_said_to_be_undocumented() {
    let mut model = approved(lognormal(0.9, 0.05));
    let grades = |model: &Model| assessed(model, 2048).findings.accountability.evidence;
    assert_eq!(grades(&model), [(Grade::C, 1.0)]);
    model.parameters[0].grade = Grade::A;
    assert_eq!(grades(&model), [(Grade::A, 1.0)]);
    let mut finished = compensated();
    let sentence = "Effekten er ikke dokumenteret";
    assert!(!said(&finished).contains(sentence));
    finished.assessment.findings.accountability.evidence = vec![(Grade::C, 1.0)];
    assert!(said(&finished).contains(sentence));
}

/// A29. The mean of the worst tenth is never better than where it begins, and is the mean where
/// nothing varies.
#[test]
fn the_worst_tenth_is_no_better_than_its_best_and_certain_where_nothing_varies() {
    let found = assessed(&everything().build(), 2048)
        .findings
        .accountability;
    assert_eq!(found.tails.len(), Account::ALL.len());
    assert!(found.tails.iter().all(|t| t.shortfall <= t.worst_tenth));
    assert!(found.tails.iter().any(|t| t.shortfall < t.worst_tenth));
    let certain = assessed(&Town::of(1).effect(ADMISSION, 0.9).build(), 2048);
    let x = certain.verdict.parties[0].x.mean;
    let tail = &certain.findings.accountability.tails[0];
    assert!((tail.shortfall / x - 1.0).abs() < 1e-12, "{tail:?} {x}");
}

/// F2. Failures uniform between 0 and 4 %: at most 3 % in 75 of 100, at most 3.5 % in 87.5. With a
/// confidence of 80 % the first is a breach, the second is not.
#[test]
fn a_limit_of_safety_that_does_not_surely_hold_blocks_the_headline() {
    let mut town = Town::of(1);
    let failure_rate = town.figure("failures", uniform(0.0, 0.04));
    let mut model = town.effect(ADMISSION, 0.9).build();
    for (margin, within, breached) in [(0.03, 0.75, true), (0.035, 0.875, false)] {
        model.agreement.governance.safety = vec![Safety {
            what: Words::same("oversete forværringer"),
            failure_rate,
            margin,
            origin: Origin::default(),
        }];
        let found = assessed(&model, 2048).findings.accountability.safety;
        assert_eq!((found[0].within, found[0].breached), (within, breached));
        assert!((found[0].mean - 0.02).abs() < 1e-9);
    }
    let mut finished = compensated();
    let outcome = "I balance, hvis kompensationen aftales.";
    assert!(said(&finished).contains(outcome));
    finished.model.agreement.governance = model.agreement.governance.clone();
    let mut row = assessed(&model, 2048).findings.accountability.safety;
    row[0].breached = true;
    finished.assessment.findings.accountability.safety = row;
    let text = said(&finished);
    assert!(text.contains("Ingen økonomisk vurdering"), "{text}");
    assert!(!text.contains(outcome), "{text}");
}

/// D24. The stronger the effect, the likelier the goal, on the same draws; an agreement without
/// effect never reaches it.
#[test]
fn a_goal_is_likelier_the_stronger_the_effect() {
    let reached = |ratio: f64| {
        let mut model = Town::of(1)
            .uptake(1.0)
            .effect(ADMISSION, lognormal(ratio, 0.1))
            .follow(ADMISSION)
            .build();
        model.agreement.indicators[0].groups = vec![KOL];
        model.agreement.indicators[0].follow.target = Some(Target {
            change: -0.10,
            by_year: START + 2,
        });
        assessed(&model, 2048).findings.accountability.goals[0]
            .reached
            .mean
    };
    let found: Vec<f64> = [0.7, 0.85, 0.9, 1.0].into_iter().map(reached).collect();
    assert!(found.windows(2).all(|pair| pair[0] >= pair[1]), "{found:?}");
    // the median ratio 0.9 is 10 % fewer: half of the draws, ± 0.01 with stratified draws
    assert!((found[2] - 0.5).abs() < 0.02, "{found:?}");
    let mut none = Town::of(1).effect(ADMISSION, 1.0).follow(ADMISSION).build();
    none.agreement.indicators[0].follow.target = Some(Target {
        change: -0.10,
        by_year: START,
    });
    let goals = assessed(&none, 2048).findings.accountability.goals;
    assert_eq!(goals[0].reached.mean, 0.0);
}

/// A4. What is done and why stands before the conclusion, and that before the economy.
#[test]
fn the_professional_solution_stands_before_the_economy() {
    let mut finished = compensated();
    finished.model.agreement.clinical = Clinical {
        what: Words::same("Sygeplejersken følger borgeren"),
        why: Words::same("Færre forværringer"),
        evidence: "B".into(),
        recommended_by: "det faglige råd".into(),
    };
    let text = said(&finished);
    let at = |part: &str| {
        text.find(part)
            .unwrap_or_else(|| panic!("{part} in {text}"))
    };
    assert!(at("DEN FAGLIGE LØSNING") < at("Sygeplejersken følger borgeren"));
    assert!(at("Anbefales af") < at("KONKLUSION"));
    assert!(at("KONKLUSION") < at("HVEM BETALER"));
}

/// E16, E27. The review log and the legal basis are printed; without reviews it says so.
#[test]
fn reviews_and_legal_basis_are_printed() {
    let mut finished = compensated();
    assert!(said(&finished).contains("ikke gennemgået"));
    finished.model.agreement.settlement.legal_basis = "sundhedsloven § 205".into();
    finished.model.agreement.governance.reviews = vec![Review {
        what: "tallene".into(),
        who: "Økonomigruppen".into(),
        when: "2026-03".into(),
        result: "uden bemærkninger".into(),
    }];
    let text = said(&finished);
    for part in ["sundhedsloven § 205", "Økonomigruppen", "uden bemærkninger"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

/// A6. Without the sub-agreement nothing moves to general practice; pending, both are told.
#[test]
fn a_missing_sub_agreement_leaves_the_task_where_it_is() {
    let town = |state| {
        let mut town = Town::of(2).shift(VISIT, 0.4, &[(CONSULT, 1.2)]);
        town.model.agreement.coverages[0].sub_agreement = Some(state);
        town.build()
    };
    let none = assessed(&town(SubAgreement::None), 2048);
    assert!(none.findings.gp.iter().all(|year| year.units.mean == 0.0));
    assert_eq!(none.verdict.parties[0].x.mean, 0.0);
    let pending = assessed(&town(SubAgreement::Pending), 2048);
    assert!(pending.findings.gp[1].units.mean > 0.0);
    assert!(pending.verdict.presupposes_sub_agreement);
    let without = pending.without_sub_agreement.expect("it is told beside");
    assert!(
        without
            .present_value
            .iter()
            .all(|row| row.value.mean == 0.0)
    );
}

/// A5. A higher fee is the region's expense and general practice's income to the krone, and no
/// resource: 40 kr. more for each of the consultations that move.
#[test]
fn a_fee_moves_money_from_region_to_general_practice_and_no_resource() {
    let x = |fee: f64| {
        let rule = Rule::GpFee {
            service: CONSULT,
            amount: Value::Number(fee),
        };
        let town = Town::of(2)
            .one_year()
            .regime(vec![transfer("fee", Party::Region, Party::Gp, rule)])
            .shift(VISIT, 0.4, &[(CONSULT, 1.2)]);
        let block = Block::of(&town.build());
        let units = certain(&block.lane(RowId::GpUnits(0)));
        let x = [REGION, GP, SOCIETY, MUNICIPALITIES].map(|a| block.certain_x(a));
        (x, units)
    };
    let (low, units) = x(160.0);
    let (high, _) = x(200.0);
    let moved = 40.0 * units;
    assert!(moved > 0.0);
    assert!((low[0] - high[0] - moved).abs() < 1e-6 * moved);
    assert!((high[1] - low[1] - moved).abs() < 1e-6 * moved);
    assert_eq!((low[2], low[3]), (high[2], high[3]));
}

/// D2, D3, D7. A part of the population has no more events than all of it, in either arm.
#[test]
fn an_indicator_of_a_part_never_exceeds_that_of_the_whole() {
    let mut model = everything().follow(ADMISSION).build();
    let last = model.agreement.indicators.len() - 1;
    model.agreement.indicators[last].groups = vec![KOL];
    model.agreement.indicators[last].levels = vec![3];
    let block = Block::of(&model);
    for t in 0..block.years() {
        for id in [RowId::Indicator, RowId::IndicatorAgreement] {
            let (all, part) = (block.lane(id(0, t)), block.lane(id(last, t)));
            assert!(all.iter().zip(&part).all(|(all, part)| part <= all));
        }
    }
}

/// A24. A sum paid once is phase-in, in its year alone; what is paid each year is operation; the
/// two lines make the budget.
#[test]
fn what_is_paid_once_is_phase_in_and_leaves_the_steady_state_alone() {
    let (once, yearly) = (PhaseOfCost::PhaseIn, PhaseOfCost::Operation);
    let town = Town::of(1)
        .invest(Party::Region, 3e6, InvestBasis::Once(START), once)
        .invest(Party::Region, 1e6, InvestBasis::Yearly(START, 2100), yearly);
    let block = Block::of(&town.build());
    let line = |id| certain(&block.lane(id));
    let (first, later) = (RowId::Budget(REGION, 0), RowId::Budget(REGION, 3));
    assert!((line(first) - 4e6).abs() < 1e-6 && (line(later) - 1e6).abs() < 1e-6);
    assert!((line(RowId::PhaseIn(REGION, 0)) - 3e6).abs() < 1e-6);
    assert_eq!(line(RowId::PhaseIn(REGION, 3)), 0.0);
}

/// A16. Nothing is released: the giver's freed capacity is paid on, so the receiver's new cost is
/// borne twice, up to what was freed.
#[test]
fn without_release_every_new_krone_at_the_receiver_is_double_running() {
    let rule = steps(1e9, 1, 0, Phase::Known(Value::Number(0.5)));
    let town = Town::of(1)
        .variable(VISIT, 0.0)
        .release(VISIT, 1.0, rule)
        .shift(VISIT, 0.4, &[(NURSE_HOUR, 1.0)]);
    let block = Block::of(&town.build());
    let memos = block.program.memos.clone();
    let twice = |t: usize| {
        let is = |(_, at, class): &&(Party, usize, CashClass)| {
            *at == t && *class == CashClass::DoubleRunning
        };
        let at = memos.iter().position(|m| is(&m)).expect("a memo");
        certain(&block.lane(RowId::Memo(at)))
    };
    for t in 1..4 {
        // 500 kr. an hour for each visit moved, of 2,000 kr. freed: all of it is borne twice
        let received = certain(&block.lane(RowId::Budget(MUNICIPALITIES, t)));
        assert!(received > 0.0);
        assert!(
            (twice(t) / received - 1.0).abs() < 1e-12,
            "{} {received}",
            twice(t)
        );
    }
}
