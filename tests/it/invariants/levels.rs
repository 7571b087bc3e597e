//! Level dynamics: persons are conserved, nothing done is exactly nothing, more effect is never
//! less of it, and who does not die costs.

use super::*;
use fairbalance::model::*;
use fairbalance::plan::{Column, Form, Program, RowId};

/// A town whose chronic levels move, one municipality, undiscounted, ten years.
fn moving() -> Town {
    Town::of(2)
        .growing(0.01)
        .worsening()
        .utilities([0.8, 0.6, 0.3])
        .period(START, START + 9)
        .horizon(10)
        .undiscounted()
}

fn sum(rows: impl Iterator<Item = Vec<f64>>) -> Vec<f64> {
    rows.reduce(|a, b| a.iter().zip(&b).map(|(x, y)| x + y).collect())
        .expect("some rows")
}

/// Catches: a move that loses persons, newcomers that do not close onto the table.
#[test]
fn the_levels_of_unchanged_practice_sum_to_the_population_in_every_draw_and_year() {
    let town = moving().transition(&[(1, Some(2))], lognormal(0.7, 0.1));
    let model = town.build();
    let block = Block::of(&model);
    for (t, year) in block.program.years.iter().enumerate() {
        let persons = sum((0..3).map(|l| block.lane(RowId::Persons(l, t))));
        // 5 % of everybody, by the age profile 0.5, 2, 3
        let town: f64 = (0..2)
            .map(|m| {
                let n = |b: usize| model.world.population.persons(m, b, *year);
                0.05 * (0.5 * n(0) + 2.0 * n(1) + 3.0 * n(2))
            })
            .sum();
        for x in persons {
            assert!((x / town - 1.0).abs() < 1e-12, "{year}: {x} against {town}");
        }
    }
}

/// Nobody dies of a lower risk of worsening alone where worsening kills nobody: the levels'
/// differences sum to 0 if the mortality of all levels is 0.
#[test]
fn without_death_a_transition_moves_persons_and_makes_none() {
    let moves = vec![
        (1, Some(2), beta_law(0.1, 0.01)),
        (2, Some(3), beta_law(0.2, 0.02)),
        (3, Some(1), beta_law(0.05, 0.01)),
    ];
    let town = Town::of(2)
        .moving(moves)
        .transition(&[(1, Some(2)), (2, Some(3))], 0.6);
    let block = Block::of(&town.build());
    for t in 0..block.years() {
        let moved = block.lane(RowId::PersonsDifference(0, t));
        let more = block.lane(RowId::Additional(t));
        for (x, all) in moved.iter().zip(&more) {
            assert!(all.abs() < 1e-9, "{all} persons made in year {t}");
            assert!(t == 0 || *x > 1.0, "level 1 keeps persons");
        }
    }
}

/// Where everybody dies within a year whatever is done, each year's persons are its newcomers:
/// levels as newcomers enter, and no difference.
#[test]
fn at_mortality_one_every_year_s_persons_are_newcomers() {
    let moves = (1..=3).map(|l| (l, None, 1.0)).collect();
    let block = Block::of(&Town::of(1).moving(moves).effect(ADMISSION, 0.9).build());
    for t in 1..block.years() {
        let [first, second, third] = [0, 1, 2].map(|l| certain(&block.lane(RowId::Persons(l, t))));
        // town 1: 0.05 · (0.5 · 40,000 + 2 · 8,000 + 3 · 2,000) = 2,100
        assert!((first - 2_100.0).abs() < 1e-9);
        assert_eq!((second, third), (0.0, 0.0));
    }
}

/// Catches: newcomers in a closed cohort, or a cohort that follows the table's growth.
#[test]
fn a_closed_cohort_only_dies() {
    let moves = (1..=3).map(|l| (l, None, 0.1)).collect();
    let town = Town::of(1)
        .growing(0.02)
        .moving(moves)
        .closed()
        .effect(ADMISSION, 0.9);
    let block = Block::of(&town.build());
    let first: f64 = (0..3)
        .map(|l| certain(&block.lane(RowId::Persons(l, 0))))
        .sum();
    let mut alive = first;
    for t in 1..block.years() {
        alive *= 0.9;
        let persons: f64 = (0..3)
            .map(|l| certain(&block.lane(RowId::Persons(l, t))))
            .sum();
        assert!((persons / alive - 1.0).abs() < 1e-12);
    }
}

/// Catches: a difference made by subtracting two paths.
#[test]
fn a_ratio_of_one_is_exactly_nothing_in_every_row_and_draw() {
    let town = moving()
        .transition(&[(1, Some(2)), (2, None)], 1.0)
        .dispersed(ADMISSION, 1.5);
    let block = Block::of(&town.build());
    for row in &block.program.rows {
        let difference = matches!(
            row.id,
            RowId::Budget(..)
                | RowId::X(..)
                | RowId::PersonsDifference(..)
                | RowId::Additional(_)
                | RowId::QalyDifference(_)
                | RowId::QalyGain(_)
                | RowId::MunicipalityX(_)
        );
        if difference {
            assert!(
                block.form(&row.form).iter().all(|x| *x == 0.0),
                "{:?}",
                row.id
            );
        }
    }
}

/// Catches: two capacity paths that are equal year by year, and leave dust where discounted years
/// are added up path by path.
#[test]
fn a_ratio_of_one_releases_exactly_nothing_over_the_years() {
    let town = moving()
        .release(ADMISSION, 0.3, steps(20.0, 3, 1, Phase::Uncertain))
        .transition(&[(3, None), (2, Some(1))], 1.0);
    let mut town = town;
    town.model.balance.discount = vec![(u32::MAX, 0.035)];
    let block = Block::of(&town.build());
    for account in Account::ALL {
        assert_eq!(block.certain_x(account), 0.0, "{account:?}");
    }
}

/// Catches: the same of law that bends: what it takes in both arms is computed on persons who are
/// there and on persons who would be, and comes to the same.
#[test]
fn a_ratio_of_one_leaves_law_that_bends_at_exactly_nothing_over_the_years() {
    let number = Value::Number;
    let town = moving().rate(VISIT, KOL, gamma_law(1.2, 0.1)).follow(VISIT);
    let visits = Block::of(&town.clone().build()).lane(RowId::Indicator(0, 0));
    // visits of 2,000 kr. cost what is expected, and chance is some 0.3 mio. kr.: both bends pay
    let corridor = |width: f64| TotalRule::Corridor {
        services: vec![VISIT],
        target: number(2_000.0 * visits[0]),
        width: number(width),
        share: number(0.5),
        key: Key::Population,
    };
    let (from, to) = (Party::Municipality, Party::Region);
    let of = |width: f64| {
        let law = transfer("law", from, to, Rule::OnTotals(corridor(width)));
        let mut town = town
            .clone()
            .regime(vec![law])
            .release(VISIT, 0.3, steps(20.0, 3, 1, Phase::Uncertain))
            .transition(&[(3, None), (2, Some(1))], 1.0);
        town.model.balance.discount = vec![(u32::MAX, 0.035)];
        Block::of(&town.build())
    };
    let law = |e: &&fairbalance::plan::Entry<Form>| {
        matches!(e.key.tag, Tag::RegimeTransfer(..)) && e.key.arm == Arm::Counterfactual
    };
    for width in [5e4, 1e5, 2e5, 3e5, 5e5] {
        let block = of(width);
        let at_work = block.program.entries.iter().any(|e| law(&e));
        assert!(at_work, "law is in the counterfactual");
        for account in Account::ALL {
            assert_eq!(block.certain_x(account), 0.0, "{account:?} at {width}");
        }
    }
}

/// Catches: a ratio applied in the year it is agreed, before anybody has moved.
#[test]
fn the_first_year_s_persons_are_the_same_in_both_arms() {
    let block = Block::of(&moving().transition(&[(2, None)], 0.5).build());
    assert_eq!(certain(&block.lane(RowId::Additional(0))), 0.0);
    assert!(block.lane(RowId::Additional(1)).iter().all(|x| *x > 0.0));
}

/// The lower the ratio on dying, the more are alive and the more health there is, year by year
/// and draw by draw.
#[test]
fn the_lower_the_ratio_the_more_survive() {
    let at = |ratio: f64| Block::of(&moving().transition(&[(2, None), (3, None)], ratio).build());
    let by_ratio = [1.2, 1.0, 0.8, 0.4].map(at);
    for pair in by_ratio.windows(2) {
        for t in 1..pair[0].years() {
            for row in [RowId::Additional(t), RowId::QalyDifference(t)] {
                let (less, more) = (pair[0].lane(row), pair[1].lane(row));
                assert!(less.iter().zip(&more).all(|(a, b)| a < b), "{row:?}");
            }
        }
    }
}

/// No free lunch: those who do not die use services, so society pays for them.
#[test]
fn avoided_deaths_raise_later_cost() {
    let block = Block::of(&moving().transition(&[(3, None)], 0.5).build());
    for t in 1..block.years() {
        assert!(
            block
                .lane(RowId::Budget(SOCIETY, t))
                .iter()
                .all(|x| *x > 0.0),
            "year {t}"
        );
    }
}

/// Catches: a transition booked on the services of its coverage only.
#[test]
fn every_service_of_the_group_meets_the_persons_who_are_there() {
    let model = moving().transition(&[(3, None)], 0.5).build();
    let program = Block::of(&model).program;
    for (s, service) in model.world.services.iter().enumerate() {
        let used = service
            .rates
            .iter()
            .any(|r| r.group == KOL && r.rate != Value::Number(0.0));
        let booked = program.entries.iter().any(|e| {
            e.key.arm == Arm::Agreement
                && e.key.service == Some(ServiceId(s as u16))
                && e.key.tag == Tag::Mechanism(0)
                && !e.kroner.terms.is_empty()
        });
        assert_eq!(used, booked, "{}", service.id);
    }
}

/// An effect meets the persons who are there: what both do is volume × (1 − φ) × effect. The part
/// they do to each other is its own line, and the lines add up.
#[test]
fn an_effect_and_a_transition_meet_in_the_interaction_line() {
    let with = |town: Town| Block::of(&town.build());
    let effect = |town: Town| town.effect(ADMISSION, 0.8);
    let moved = |town: Town| town.transition(&[(1, Some(2)), (2, Some(3))], 0.6);
    let (both, one, other) = (
        with(effect(moved(moving()))),
        with(moved(moving())),
        with(effect(moving())),
    );
    let line = |block: &Block, tag: Tag| {
        let at = block.program.row(RowId::Waterfall(SOCIETY, tag));
        let at = at.expect("a line of the waterfall");
        block.form(&block.program.rows[at].form)
    };
    let (a, b) = (
        line(&both, Tag::Mechanism(0)),
        line(&both, Tag::Mechanism(1)),
    );
    let both_do = line(&both, Tag::Interaction);
    let (alone_a, alone_b) = (
        line(&one, Tag::Mechanism(0)),
        line(&other, Tag::Mechanism(0)),
    );
    let x = both.x(SOCIETY);
    for i in 0..x.len() {
        assert!(
            (a[i] / alone_a[i] - 1.0).abs() < 1e-9,
            "the transition alone"
        );
        assert!((b[i] / alone_b[i] - 1.0).abs() < 1e-9, "the effect alone");
        // fewer severely ill: less is left for the effect to avoid
        assert!(both_do[i] > 0.0);
        assert!(((a[i] + b[i] + both_do[i]) / -x[i] - 1.0).abs() < 1e-9);
    }
}

/// A programme is provided to the persons who are there: survivors get it too.
#[test]
fn survivors_are_provided_for() {
    let town = moving()
        .transition(&[(3, None)], 0.5)
        .provide(MONITORING, 10.0)
        .only(MONITORING);
    let block = Block::of(&town.build());
    for t in 1..block.years() {
        let more = block.lane(RowId::Additional(t));
        let before = sum((0..3).map(|l| block.lane(RowId::Persons(l, t))));
        let cost = block.lane(RowId::Budget(MUNICIPALITIES, t));
        // half take part, 10 units at 300 kr.
        for ((n, extra), kroner) in before.iter().zip(&more).zip(&cost) {
            let expected = 0.5 * (n + extra) * 10.0 * 300.0;
            assert!((kroner / expected - 1.0).abs() < 1e-9);
        }
    }
}

/// Two municipalities that start at different times have columns of their own, not more: one set
/// of states for unchanged practice and one for each pace.
#[test]
fn municipalities_are_weights_and_paces_are_columns() {
    let states = |program: &Program| {
        let is_state =
            |n: &&fairbalance::plan::Node| matches!(n, fairbalance::plan::Node::Levels(..));
        program.nodes.iter().filter(is_state).count()
    };
    let of = |town: Town| states(&Block::of(&town.build()).program);
    let town = |municipalities| {
        Town::of(municipalities)
            .worsening()
            .transition(&[(1, Some(2))], lognormal(0.8, 0.1))
    };
    // 6 years × 3 levels, unchanged practice and one pace
    assert_eq!(of(town(1)), 36);
    assert_eq!(of(town(4)), 36);
    assert_eq!(of(town(4).start(1, Some((START + 1, 1)))), 54);
}

/// Moves that exceed everybody in a draw are scaled down together: nobody is negative.
#[test]
fn no_level_is_ever_negative_however_high_the_ratio() {
    let town = moving().transition(&[(2, Some(3)), (2, None), (1, Some(2))], 30.0);
    let block = Block::of(&town.uptake(1.0).build());
    let value = |form: &Form, lane: usize| -> f64 {
        let term = |(c, w): &(Column, f64)| w * block.basis.lane(*c)[lane];
        form.terms.iter().map(term).sum()
    };
    for t in 0..block.years() {
        for l in 0..3 {
            let row = |id| &block.program.rows[block.program.row(id).expect("a row")].form;
            let (before, change) = (
                row(RowId::Persons(l, t)),
                row(RowId::PersonsDifference(l, t)),
            );
            for lane in 0..512 {
                let there = value(before, lane) + value(change, lane);
                assert!(there > -1e-6, "level {l}, year {t}: {there}");
            }
        }
    }
}
