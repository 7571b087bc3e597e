//! The stop-smoking agreement: no gain before anybody has moved, and a verdict by horizon.

use crate::support::*;
use fairbalance::model::Model;
use fairbalance::plan::RowId;
use fairbalance::verdict::{Outcome, Standing};
use std::path::Path;

fn model() -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/rygestop");
    fairbalance::scenario::read(&path)
        .unwrap_or_else(|told| panic!("{}", told.text(false)))
        .model
}

/// B36. Catches: an effect on the year's own activity, persons moved before they are reached.
#[test]
fn the_region_gains_nothing_in_the_first_year_and_more_and_more_until_the_offer_has_ended() {
    let block = Block::of(&model());
    assert!(
        block
            .lane(RowId::Budget(REGION, 0))
            .iter()
            .all(|x| *x == 0.0)
    );
    assert!(
        block
            .lane(RowId::Budget(MUNICIPALITIES, 0))
            .iter()
            .all(|x| *x > 0.0)
    );
    let admissions = |t: usize| moments(&block.lane(RowId::IndicatorDifference(0, t))).0;
    // the offer runs to the end of the fourth year; who stopped in it has moved in the fifth
    for t in 1..5 {
        assert!(admissions(t) < admissions(t - 1), "year {t}");
    }
    assert!(admissions(10) < 0.0);
}

/// B36, A11. Catches: one horizon shown for another, τ of the wrong years.
#[test]
fn the_verdict_is_read_at_four_ten_and_twenty_years() {
    let assessment = assessed(&model(), 2048);
    let horizons = &assessment.verdict.horizons;
    let years: Vec<u32> = horizons.iter().map(|h| h.years).collect();
    assert_eq!(years, [4, 10, 20]);
    assert_eq!(horizons[0].outcome, Some(assessment.verdict.outcome));
    assert_eq!(horizons[0].outcome, Some(Outcome::Unbalanced));
    // the municipality pays first, its own gain in care comes late
    assert_eq!(horizons[0].parties[1].2, Standing::Burdened);
    let region: Vec<f64> = horizons.iter().map(|h| h.x[0].1).collect();
    let municipality: Vec<f64> = horizons.iter().map(|h| h.x[1].1).collect();
    assert!(region.is_sorted() && region[0] > 0.0, "{region:?}");
    assert!(
        municipality.is_sorted() && municipality[0] < 0.0,
        "{municipality:?}"
    );
}

/// D18, D19. Catches: survivors without cost, smokers who are not persons of the population.
#[test]
fn those_who_live_longer_are_counted_and_cost() {
    let block = Block::of(&model());
    let last = block.years() - 1;
    let additional = moments(&block.lane(RowId::Additional(last))).0;
    assert!(additional > 0.0);
    let smokers = moments(&block.lane(RowId::Persons(0, 0))).0;
    let inhabitants: f64 = (0..19)
        .map(|m| model().world.population.total(m, 2026))
        .sum();
    let share = smokers / inhabitants;
    assert!(
        share > 0.05 && share < 0.15,
        "daily smokers are {share} of all"
    );
}
