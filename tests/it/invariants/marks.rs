//! What a ledger entry is said to rest on is what moves it.

use super::*;
use fairbalance::model::{Model, ParameterId};
use fairbalance::plan::{Counting, Reference, Rests, Scope, lower_within};

fn kroner(model: &Model, draws: &[f64]) -> Vec<f64> {
    let reference = Reference::new(model, draws);
    let (lowered, _) = lower_within(model, reference, Scope::Affected, Counting::Nothing);
    lowered.entries.iter().map(|e| e.kroner).collect()
}

/// Catches: an operation that forgets one of its inputs, a mark lost on the way through a kernel,
/// so that a figure nobody approved is not counted among those the result rests on.
#[test]
fn an_entry_that_a_parameter_moves_is_marked_by_it() {
    let mut marked = 0;
    for (name, model) in models() {
        let block = Block::of(&model);
        let draws = draws_of(&model, &block, 7);
        let before = kroner(&model, &draws);
        // a few of many are enough where every municipality has a phase of its own
        let step = model.parameters.len().div_ceil(12).max(1);
        for p in (0..model.parameters.len()).step_by(step) {
            let mut moved = draws.clone();
            moved[p] *= 1.03;
            let after = kroner(&model, &moved);
            let on = |id: ParameterId| id.0 as usize == p;
            let marks = Rests::new(&model, on);
            let (lowered, _) = lower_within(&model, marks, Scope::Affected, Counting::Nothing);
            assert_eq!(lowered.entries.len(), before.len(), "{name}");
            for ((entry, a), b) in lowered.entries.iter().zip(&before).zip(&after) {
                marked += usize::from(entry.kroner.marked);
                assert!(
                    entry.kroner.marked || a.to_bits() == b.to_bits(),
                    "{name}: {} moves {:?} from {a} to {b}",
                    model.parameters[p].name,
                    entry.key
                );
            }
        }
    }
    assert!(marked > 1000, "the marks say something: {marked}");
}
