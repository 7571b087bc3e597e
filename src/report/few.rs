//! Counts so small that somebody might be known by them: one rule for every file of a run.
//!
//! ```text
//!   0 < count < 5      "<5" in tables, pages and CSV · null and "suppressed": "<5" in JSON
//!                      null in Parquet
//!   a change           shown, unless a count that it changes is not: then neither may it be
//!   one alone hidden   the next smallest of its total goes too, or a subtraction would tell
//! ```
//!
//! A count is of persons or events. Expectations are suppressed as observations would be: a reader
//! cannot tell the two apart. Absent: kroner, rates, and inhabitants of municipalities.

use std::collections::BTreeMap;

use crate::analysis::{LevelRow, Summary};

/// The least count that is shown.
pub const FEWEST: f64 = 5.0;

/// What stands where a count does not.
pub const FEW: &str = "<5";

/// Whether a count is too small to be shown; none at all is nobody.
pub fn few(count: f64) -> bool {
    count != 0.0 && count.abs() < FEWEST
}

/// Whether any of the counts is: of a row whose cells give each other away.
pub fn any_few<'s>(counts: impl IntoIterator<Item = &'s Summary>) -> bool {
    counts.into_iter().any(|count| few(count.mean))
}

/// Persons at a level that are hidden, row by row; the levels of a group in a year add up to it.
pub fn hidden_levels(rows: &[LevelRow]) -> Vec<bool> {
    let cell = |row: &LevelRow| ((row.group, row.year), Some(row.counterfactual.mean));
    hidden(&rows.iter().map(cell).collect::<Vec<_>>())
}

/// Which cells are hidden: the few, and where one is alone in it among those that add up to the
/// same total (the same `K`), the smallest of the others.
pub fn hidden<K: Ord>(cells: &[(K, Option<f64>)]) -> Vec<bool> {
    let mut totals: BTreeMap<&K, Vec<usize>> = BTreeMap::new();
    for (at, (total, count)) in cells.iter().enumerate() {
        // nobody is nobody: no reader subtracts a zero
        if count.is_some_and(|count| count != 0.0) {
            totals.entry(total).or_default().push(at);
        }
    }
    let size = |at: &usize| cells[*at].1.unwrap_or(0.0).abs();
    let mut hidden = vec![false; cells.len()];
    for mut members in totals.into_values() {
        members.sort_by(|a, b| size(a).total_cmp(&size(b)).then(a.cmp(b)));
        let few = members.iter().filter(|at| few(size(at))).count();
        let hides = if few == 1 { 2 } else { few };
        members.iter().take(hides).for_each(|at| hidden[*at] = true);
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_is_alone_in_being_few_takes_the_next_smallest_with_it() {
        let cells = |counts: [f64; 4]| counts.map(|count| ("total", Some(count)));
        assert_eq!(
            hidden(&cells([90.0, 3.0, 40.0, 0.0])),
            [false, true, true, false]
        );
        assert_eq!(
            hidden(&cells([2.0, 3.0, 40.0, 9.0])),
            [true, true, false, false]
        );
        assert_eq!(hidden(&cells([90.0, 30.0, 40.0, 0.0])), [false; 4]);
        let apart = [("a", Some(3.0)), ("b", Some(40.0)), ("a", None)];
        assert_eq!(hidden(&apart), [true, false, false]);
    }

    #[test]
    fn one_to_four_are_few_and_nobody_is_not() {
        for (count, hidden) in [
            (0.0, false),
            (0.2, true),
            (4.999, true),
            (5.0, false),
            (-3.0, true),
        ] {
            assert_eq!(few(count), hidden, "{count}");
        }
    }
}
