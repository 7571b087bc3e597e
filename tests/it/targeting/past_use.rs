//! Picking by past use.

use crate::support::*;
use fairbalance::model::*;
use fairbalance::plan::{PastUse, PickedPart, RowId, StudyRow, past_use};
use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Gamma, Poisson};

fn picked(block: &Block, part: PickedPart) -> Vec<f64> {
    block.lane(RowId::Study(StudyRow::Picked(0, part)))
}

/// BT3, C8. A programme without effect on those with two admissions or more last year.
///
/// Camden's hotspotting looked like a fall of 38 percentage points and was 62.3 against 61.7 %
/// readmitted against controls (Finkelstein et al., N Engl J Med 382, 2020, 152–162). Here, with
/// shape 3.5 (persons differ, but not only by who they are), the picked fall by more than 38 % before/after in
/// every draw, and by exactly nothing against what would have happened anyway. Catches: an effect
/// read off a before/after difference; a selection that forgets that chance helped to select.
#[test]
fn a_null_programme_falls_before_after_and_has_no_controlled_effect() {
    let model = Town::of(2)
        .rate(ADMISSION, KOL, gamma_law(0.4, 0.03))
        .picking(ADMISSION, 2, gamma_law(3.5, 0.1))
        .effect(ADMISSION, 1.0)
        .build();
    let block = Block::of(&model);
    let observed = picked(&block, PickedPart::Observed);
    let expected = picked(&block, PickedPart::Expected);
    for (before, after) in observed.iter().zip(&expected) {
        assert!(1.0 - after / before > 0.38, "{before} to {after}");
    }
    assert_eq!(certain(&picked(&block, PickedPart::Effect)), 0.0);
    for account in Account::ALL {
        assert_eq!(block.certain_x(account), 0.0);
    }
}

/// Catches: a wrong probability, a wrong posterior mean, the events of the wrong year. A million
/// persons: the standard error of a share of 0.1 is 0.0003, of the events' share about 0.002; 5
/// standard errors are allowed for each of 12 figures (a false alarm once in 150,000 seeds).
#[test]
fn the_closed_form_is_what_a_million_persons_do() {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(7);
    const PERSONS: usize = 1_000_000;
    for (rate, shape, at_least) in [(0.6, 0.5, 1), (0.6, 0.5, 3), (2.0, 1.3, 4), (0.1, 3.0, 2)] {
        let persons = Gamma::new(shape, rate / shape).expect("a gamma");
        let mut count = |lambda: f64| match lambda > 0.0 {
            true => Poisson::new(lambda).expect("a rate").sample(&mut rng),
            false => 0.0,
        };
        let mut law = Xoshiro256PlusPlus::seed_from_u64(8);
        // sums and sums of squares: picked, their events before, their events after
        let mut sums = [(0.0f64, 0.0f64); 3];
        for _ in 0..PERSONS {
            let lambda = persons.sample(&mut law);
            let (before, after) = (count(lambda), count(lambda));
            if before >= f64::from(at_least) {
                for (sum, x) in sums.iter_mut().zip([1.0, before, after]) {
                    sum.0 += x;
                    sum.1 += x * x;
                }
            }
        }
        let closed = [
            past_use(PastUse::Persons, rate, shape, at_least),
            past_use(PastUse::Observed, rate, shape, at_least) * rate,
            past_use(PastUse::Expected, rate, shape, at_least) * rate,
        ];
        for ((sum, squares), closed) in sums.into_iter().zip(closed) {
            let n = PERSONS as f64;
            let (mean, squares) = (sum / n, squares / n);
            let error = ((squares - mean * mean) / n).sqrt();
            let off = (mean - closed).abs() / error;
            assert!(off < 5.0, "{rate} {shape} {at_least}: {mean} and {closed}");
        }
    }
}

/// Catches: an effect spread over everybody, though the picked have most of the events; and a
/// service that does not follow, taken as if it did.
#[test]
fn the_picked_are_few_and_have_many_of_the_events() {
    let with = |follows: Vec<ServiceId>| {
        let model = Town::of(1)
            .picking(ADMISSION, 2, 0.8)
            .selection(|s| s.follows = follows)
            .effect(ADMISSION, 0.5)
            .effect(VISIT, 0.5)
            .follow(ADMISSION)
            .follow(VISIT)
            .build();
        let block = Block::of(&model);
        let share = |i: usize| {
            let change = certain(&block.lane(RowId::IndicatorDifference(i, 0)));
            let before = of_kol(&model, i);
            -2.0 * change / (0.5 * before)
        };
        (share(0), share(1))
    };
    let (admissions, visits) = with(Vec::new());
    let (again, followed) = with(vec![VISIT]);
    assert_eq!(admissions, again);
    assert!(admissions > 1.9 * visits, "{admissions} and {visits}");
    assert!(followed > 1.9 * visits, "{followed} and {visits}");
}

/// Units of the covered group without the agreement: an indicator of everybody, by hand.
fn of_kol(model: &Model, i: usize) -> f64 {
    let service = model.agreement.indicators[i].services[0];
    let stated = &model.world.services[service.0 as usize];
    let Value::Number(rate) = stated.rates[0].rate else {
        panic!("a number");
    };
    // 5 % × profile × persons by band, levels 0.5·0.5 + 0.3·1 + 0.2·2.5 = 1.05, factor 1.0
    let bands = [40_000.0 * 0.5, 8_000.0 * 2.0, 2_000.0 * 3.0];
    let exposed: f64 = bands
        .iter()
        .zip(&stated.age_factor)
        .map(|(n, a)| n * a)
        .sum();
    0.05 * exposed * rate * 1.05
}

/// Catches: an excess that never fades, or that fades in the year of entry already. With
/// persistence 0 the picked have everybody's rate from the second year on; with 1 they keep theirs.
#[test]
fn the_excess_fades_from_the_second_year_on() {
    let falls = |persistence: f64| -> Vec<f64> {
        let model = Town::of(1)
            .picking(ADMISSION, 2, 0.8)
            .selection(|s| s.persistence = Some(Value::Number(persistence)))
            .effect(ADMISSION, 0.5)
            .follow(ADMISSION)
            .build();
        let block = Block::of(&model);
        let year = |t: usize| -certain(&block.lane(RowId::IndicatorDifference(0, t)));
        (0..3).map(year).collect()
    };
    let (kept, half, gone) = (falls(1.0), falls(0.5), falls(0.0));
    assert_eq!(kept[0], gone[0]);
    assert!((kept[2] - kept[0]).abs() < 1e-9 * kept[0]);
    assert!(gone[1] < 0.5 * kept[1] && (gone[2] - gone[1]).abs() < 1e-9 * gone[1]);
    // halfway down after one year, three quarters after two
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9 * b, "{a} and {b}");
    near(half[1], 0.5 * (kept[1] + gone[1]));
    near(half[2], 0.25 * kept[2] + 0.75 * gone[2]);
}

/// Catches: a share of a group known only as "everybody else", whose age bands have uncertain
/// weights, computed with the wrong ones.
#[test]
fn everybody_else_can_be_picked_too() {
    let model = Town::of(1)
        .prevalence(0.05)
        .picking(ADMISSION, 1, 0.8)
        .effect(ADMISSION, 0.5);
    let mut model = model.build();
    model.agreement.coverages[0].cells = vec![(REST, 1)];
    let block = Block::of(&model);
    let persons = certain(&picked(&block, PickedPart::Persons));
    // 40,000·(1 − 0.05·0.5), 8,000·(1 − 0.05·2), 2,000·(1 − 0.05·3); four fifths at level 1,
    // half of them take part; rate 0.08 × age factor
    let bands = [(39_000.0, 0.7), (7_200.0, 1.5), (1_700.0, 2.5)];
    let one = |(n, age): (f64, f64)| 0.8 * 0.5 * n * past_use(PastUse::Persons, 0.08 * age, 0.8, 1);
    let by_hand: f64 = bands.into_iter().map(one).sum();
    assert!(
        (persons - by_hand).abs() < 1e-9 * by_hand,
        "{persons} and {by_hand}"
    );
}

// ---- Person by person ------------------------------------------------------------------------

const PEOPLE: [usize; 3] = [1_500, 900, 600];
const RATES: [f64; 3] = [0.3, 0.6, 1.5];
const SHAPE: f64 = 0.7;
const UPTAKE: f64 = 0.4;
const RATIO: f64 = 0.6;
const COST: f64 = 40_000.0;
const CALLS: f64 = 6.0;
const CALL_COST: f64 = 300.0;

/// A year of persons: the picked, the region's and the municipality's budget effect, and the
/// picked persons' events before and after. Written from the text: persons have rates, a year is
/// lived, some are picked and take part, another year is lived.
fn year_of_persons(rng: &mut Xoshiro256PlusPlus) -> [f64; 5] {
    let mut found = [0.0; 5];
    for (n, rate) in PEOPLE.into_iter().zip(RATES) {
        let law = Gamma::new(SHAPE, rate / SHAPE).expect("a gamma");
        for _ in 0..n {
            let lambda = law.sample(rng).max(1e-12);
            let events = Poisson::new(lambda).expect("a rate");
            let before = events.sample(rng);
            if before < 2.0 || rng.random::<f64>() >= UPTAKE {
                continue;
            }
            let after = events.sample(rng);
            let avoided = (0..after as usize)
                .filter(|_| rng.random::<f64>() >= RATIO)
                .count() as f64;
            let calls = Poisson::new(CALLS).expect("a mean").sample(rng);
            found[0] += 1.0;
            found[1] -= avoided * COST;
            found[2] += calls * CALL_COST;
            found[3] += before;
            found[4] += after;
        }
    }
    found
}

/// Oracle: persons are simulated one by one and picked by what they did; the engine knows only
/// cells. 600 worlds; each mean within 4.5 standard errors (five figures: a false alarm once in
/// 30,000 seeds). A share of the picked wrong by 1 % is seen (relative standard error 0.2 %).
/// Only means are compared: a cell's count is drawn as one, so that the spread between persons is
/// in the world's stated dispersion and not drawn again.
#[test]
fn persons_picked_one_by_one_agree_with_the_cells() {
    let mut town = Town::of(1).prevalence(0.3).horizon(1).period(START, START);
    let world = &mut town.model.world;
    world.population.persons = vec![vec![vec![10_000.0; 40], vec![0.0; 40], vec![0.0; 40]]];
    if let GroupShare::Prevalence { profile, .. } = &mut world.groups[0].share {
        *profile = vec![1.0, 0.0, 0.0];
    }
    world.groups[0].levels = vec![(1, 0.5), (2, 0.3), (3, 0.2)];
    let admission = &mut world.services[ADMISSION.0 as usize];
    admission.age_factor = vec![1.0; 3];
    admission.rates[0].rate = Value::Number(1.0);
    admission.rates[0].level_factor = RATES.to_vec();
    let model = town
        .uptake(UPTAKE)
        .unit_cost(ADMISSION, Party::Region, COST)
        .unit_cost(MONITORING, Party::Municipality, CALL_COST)
        .picking(ADMISSION, 2, SHAPE)
        .effect(ADMISSION, RATIO)
        .provide(MONITORING, CALLS)
        .build();
    let block = Block::of(&model);
    let engine = [
        certain(&picked(&block, PickedPart::Persons)),
        certain(&block.lane(RowId::Budget(REGION, 0))),
        certain(&block.lane(RowId::Budget(MUNICIPALITIES, 0))),
        certain(&picked(&block, PickedPart::Observed)),
        certain(&picked(&block, PickedPart::Expected)),
    ];
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(11);
    let worlds: Vec<[f64; 5]> = (0..600).map(|_| year_of_persons(&mut rng)).collect();
    for (at, engine) in engine.into_iter().enumerate() {
        let values: Vec<f64> = worlds.iter().map(|w| w[at]).collect();
        let (mean, variance) = moments(&values);
        let z = (mean - engine) / (variance / values.len() as f64).sqrt();
        assert!(z.abs() < 4.5, "figure {at}: {mean} and {engine} (z {z:.1})");
    }
}
