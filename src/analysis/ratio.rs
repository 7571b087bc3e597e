//! Indicators divided by persons or by courses, and what newly found persons do to them.
//!
//! Promise: a ratio whose divisor has grown never stands without the one whose has not.
//! Absent: words.

use super::Summary;
use crate::plan::{Program, RatioPart, RowId, Stage, StudyRow};

/// An indicator as a ratio, in the last year of the verdict horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct RatioRow {
    /// Index in the agreement's indicators.
    pub indicator: usize,
    /// Unchanged practice.
    pub before: Summary,
    /// Agreement − unchanged practice; those newly found are left out.
    pub change: Summary,
    /// Persons, or courses begun: unchanged practice, and change.
    pub divisor: (Summary, Summary),
    /// Persons newly found, and what counting them changes the ratio by.
    pub found: Option<(Summary, Summary)>,
    /// Of a course: the same units per contact, unchanged practice and change.
    pub per_contact: Option<(Summary, Summary)>,
}

impl RatioRow {
    /// The ratio with the agreement among the same persons.
    pub fn with(&self) -> f64 {
        self.before.mean + self.change.mean
    }

    /// Whether those newly found lower the ratio: the divisor has grown, no use has fallen.
    pub fn lowered_by_found(&self) -> bool {
        let clearly = |s: &Summary| s.mean < 0.0 && s.mean < -2.0 * s.mcse;
        self.found.as_ref().is_some_and(|(_, by)| clearly(by))
    }

    /// Whether what is seen per contact goes the other way than per course.
    pub fn contacts_mislead(&self) -> bool {
        let clearly = |s: &Summary| s.mean.abs() > 2.0 * s.mcse;
        self.per_contact.as_ref().is_some_and(|(_, change)| {
            let opposed = change.mean * self.change.mean < 0.0 && clearly(&self.change);
            let nothing = self.change.mean == 0.0 && change.mean != 0.0;
            clearly(change) && (opposed || nothing)
        })
    }
}

/// The ratios, given the summary of a row.
pub(super) fn ratios(program: &Program, summary: &dyn Fn(StudyRow) -> Summary) -> Vec<RatioRow> {
    let there = |row: StudyRow| program.row(RowId::Study(row)).is_some();
    let rows = program.rows.iter().filter_map(|row| match row.id {
        RowId::Study(StudyRow::Ratio(i, RatioPart::Ratio(Stage::Before))) => Some(i),
        _ => None,
    });
    let row = |indicator: usize| {
        let of = |part| StudyRow::Ratio(indicator, part);
        let both = |a, b| there(of(a)).then(|| (summary(of(a)), summary(of(b))));
        let (before, change) = (Stage::Before, Stage::Change);
        RatioRow {
            indicator,
            before: summary(of(RatioPart::Ratio(before))),
            change: summary(of(RatioPart::Ratio(change))),
            divisor: (
                summary(of(RatioPart::Divisor(before))),
                summary(of(RatioPart::Divisor(change))),
            ),
            found: both(RatioPart::Found, RatioPart::ByFound),
            per_contact: both(RatioPart::PerContact(before), RatioPart::PerContact(change)),
        }
    };
    rows.map(row).collect()
}
