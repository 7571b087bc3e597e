//! What must hold whatever the scenario: the invariants of the model, by number.
//!
//! 1, 2 `nothing_done` · 3 `settlement` · 4 `sums` · 5 `mirrors` · 6 `direction` ·
//! 7 `same_bits` · 8 `addresses` · 9 `bounds` · 10 `inputs` · 11 `two_layers` ·
//! 12 `person_by_person` (beside this folder) · 13 `worked_examples` · 14 `plan_and_reference` ·
//! `rules_on_totals` holds every settlement rule to 3, 11, 13 and 14 ·
//! `levels` holds what moves between need levels ·
//! `incentives` what one more is worth to whom · `marks` what a figure rests on ·
//! `any_town` holds all of it on towns and portfolios put together by chance ·
//! `shaken` on the shipped with other figures ·
//! and what a run that stops by itself may say: `stopping`

mod addresses;
mod any_town;
mod bounds;
mod direction;
mod incentives;
mod inputs;
mod levels;
mod marks;
mod mirrors;
mod nothing_done;
mod plan_and_reference;
mod rules_on_totals;
mod same_bits;
mod settlement;
mod shaken;
mod stopping;
mod sums;
mod two_layers;
mod worked_examples;

use crate::support::*;
use fairbalance::model::Model;

/// Models made in code: every mechanism at once, and ratios on either side of 1.
fn made() -> Vec<(String, Model)> {
    let made = [
        ("everything", everything()),
        ("places, staff and citizens", stretched()),
        ("everything, and levels that move", everything_moving()),
        (
            "moves either way of 1",
            Town::of(2)
                .worsening()
                .utilities([0.8, 0.6, 0.3])
                .transition(&[(1, Some(2)), (2, Some(3))], lognormal(1.0, 0.3))
                .effect(ADMISSION, lognormal(1.0, 0.3))
                .dispersed(ADMISSION, 2.0),
        ),
        ("everything, picked by past use", everything_picked()),
        ("routed by level", routed(beta_law(0.15, 0.04))),
        (
            "a plain effect",
            Town::of(2).effect(ADMISSION, lognormal(0.8, 0.2)),
        ),
        (
            "two effects either way of 1",
            Town::of(2)
                .effect(ADMISSION, lognormal(1.0, 0.3))
                .effect(ADMISSION, lognormal(1.0, 0.3))
                .dispersed(ADMISSION, 2.0),
        ),
    ];
    made.into_iter()
        .map(|(name, town)| (name.to_string(), town.build()))
        .collect()
}

/// Every model that a general claim is tried on: those made in code, then those shipped.
fn models() -> Vec<(String, Model)> {
    made()
        .into_iter()
        .chain(shipped().iter().cloned())
        .collect()
}

pub use plan_and_reference::departure;
