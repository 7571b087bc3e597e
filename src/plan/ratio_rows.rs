//! Indicators divided by persons or by courses begun, in the last year of the verdict horizon.
//!
//! ```text
//!   before  N₀ ÷ D₀      change  N₁ ÷ D₁ − N₀ ÷ D₀      by the found  (N₁ + A) ÷ (D₁ + F) − N₁ ÷ D₁
//! ```
//!
//! N units, D persons of the indicator's cells or courses begun; F persons newly found, A the units
//! they use anyway. Draw by draw. Absent: kroner; what is found moves none.

use super::algebra::Algebra;
use super::lower::{Place, Walk};
use super::study_rows::{Stage, StudyRow};
use super::targeting::Terms;
use crate::model::*;

/// A part of a ratio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RatioPart {
    /// Units divided by persons or courses; those newly found are left out.
    Ratio(Stage),
    /// Persons, or courses begun.
    Divisor(Stage),
    /// Persons newly found.
    Found,
    /// What counting them changes the ratio by.
    ByFound,
    /// Of a course: units per contact, as they are seen one contact at a time.
    PerContact(Stage),
}

type Rows<V> = Vec<(StudyRow, V)>;

impl<A: Algebra> Walk<'_, A> {
    pub(super) fn ratio_rows(&mut self, i: usize, per: Per, rows: &mut Rows<A::Value>) {
        let t = self.shown();
        let (before, change) = self.indicators[i][t].clone();
        let (before, change) = (self.total(&before), self.total(&change));
        let after = self.algebra.sum(&[(1.0, &before), (1.0, &change)]);
        let divisor = match per {
            Per::Person => self.persons_of(i, t),
            Per::Course(_) => self.over(i, 0),
        };
        let with = self.compared(i, (&before, &after), &divisor, rows, RatioPart::Ratio);
        rows.push((
            StudyRow::Ratio(i, RatioPart::Divisor(Stage::Before)),
            divisor.0.clone(),
        ));
        rows.push((
            StudyRow::Ratio(i, RatioPart::Divisor(Stage::Change)),
            divisor.1.clone(),
        ));
        match per {
            Per::Person => self.found_rows(i, t, (&after, &with), &divisor, rows),
            Per::Course(_) => {
                let contacts = self.over(i, 1);
                let part = RatioPart::PerContact;
                self.compared(i, (&before, &after), &contacts, rows, part);
            }
        }
    }

    /// Units over a divisor before and after; the rows, and the ratio with the agreement.
    fn compared(
        &mut self,
        i: usize,
        (before, after): (&A::Value, &A::Value),
        divisor: &(A::Value, A::Value),
        rows: &mut Rows<A::Value>,
        part: fn(Stage) -> RatioPart,
    ) -> A::Value {
        let divisor_after = self.algebra.sum(&[(1.0, &divisor.0), (1.0, &divisor.1)]);
        let without = self.algebra.ratio(before, &divisor.0);
        let with = self.algebra.ratio(after, &divisor_after);
        let change = self.algebra.sum(&[(1.0, &with), (-1.0, &without)]);
        rows.push((StudyRow::Ratio(i, part(Stage::Before)), without));
        rows.push((StudyRow::Ratio(i, part(Stage::Change)), change));
        with
    }

    /// Persons of the cells that an indicator counts: before, and change.
    fn persons_of(&mut self, i: usize, t: usize) -> (A::Value, A::Value) {
        let (mut before, mut change) = (Vec::new(), Vec::new());
        for (_, cells) in self.cells_by_level(i) {
            for cell in cells {
                let (persons, more) = self.persons_in(t, cell);
                before.push(persons);
                change.push(more);
            }
        }
        (self.total(&before), self.total(&change))
    }

    /// Those newly found whom an indicator counts, and what they do to its ratio.
    fn found_rows(
        &mut self,
        i: usize,
        t: usize,
        (after, with): (&A::Value, &A::Value),
        divisor: &(A::Value, A::Value),
        rows: &mut Rows<A::Value>,
    ) {
        let model = self.model;
        let indicator = &model.agreement.indicators[i];
        let counts = |d: &&Detection| {
            indicator.groups.contains(&d.group)
                && (indicator.levels.is_empty() || indicator.levels.contains(&d.level))
        };
        let (mut persons, mut units) = (Vec::new(), Vec::new());
        for detection in model.agreement.detections.iter().filter(counts) {
            let share = self.value(detection.share);
            let c = detection.coverage;
            for m in 0..model.world.municipalities.len() {
                if self.coverages[c].pace[m][t] == 0.0 {
                    continue;
                }
                for &cell in &model.agreement.coverages[c].cells {
                    let covered = self.covered_persons(c, m, t, cell);
                    persons.push(self.algebra.multiply(&covered, &share));
                    for &service in &indicator.services {
                        let used = self.used_by_covered(c, (m, t), cell, service);
                        units.push(self.algebra.multiply(&used, &share));
                    }
                }
            }
        }
        if persons.is_empty() {
            return;
        }
        let (found, used) = (self.total(&persons), self.total(&units));
        let all = self.algebra.sum(&[(1.0, after), (1.0, &used)]);
        let of = self
            .algebra
            .sum(&[(1.0, &divisor.0), (1.0, &divisor.1), (1.0, &found)]);
        let counted = self.algebra.ratio(&all, &of);
        let by_found = self.algebra.sum(&[(1.0, &counted), (-1.0, with)]);
        rows.push((StudyRow::Ratio(i, RatioPart::Found), found));
        rows.push((StudyRow::Ratio(i, RatioPart::ByFound), by_found));
    }

    /// Units of a service that the covered of a cell use in unchanged practice.
    fn used_by_covered(
        &mut self,
        c: usize,
        (m, t): (usize, usize),
        cell: (GroupId, u8),
        service: ServiceId,
    ) -> A::Value {
        let rates = &self.model.world.services[service.0 as usize].rates;
        if !rates.iter().any(|rate| rate.group == cell.0) {
            return self.algebra.number(0.0);
        }
        let pace = self.coverages[c].pace[m][t];
        let share = self.coverages[c].share.clone();
        let volume = self.volume_of((m, t), cell, service);
        let covered = self.algebra.multiply(&volume, &share);
        let covered = self.reach_units(c, (m, t), cell, service, covered);
        let covered = self.algebra.scale(&covered, pace);
        self.rationed(c, t, covered)
    }

    /// Terms of the courses that indicators are shown over, in the year they are shown for.
    pub(super) fn indicate_courses(
        &mut self,
        place: Place,
        service: ServiceId,
        units: &A::Value,
        difference: bool,
    ) {
        let model = self.model;
        let Some((group, level)) = place.cell else {
            return;
        };
        for (i, indicator) in model.agreement.indicators.iter().enumerate() {
            let Some(Per::Course(c)) = indicator.per else {
                continue;
            };
            let course = &model.world.courses[c];
            let groups = match indicator.groups.is_empty() {
                true => &course.groups,
                false => &indicator.groups,
            };
            let here = groups.contains(&group)
                && (indicator.levels.is_empty() || indicator.levels.contains(&level));
            let outcome = indicator.services.contains(&service);
            if !here || outcome || !course.services.contains(&service) || place.t != self.shown() {
                continue;
            }
            let begins = course.services[0] == service;
            let [begun, contacts] = self.reach.over.entry(i).or_default();
            let note = |terms: &mut Terms<A::Value>| {
                let side = if difference {
                    &mut terms.1
                } else {
                    &mut terms.0
                };
                side.push(units.clone());
            };
            if begins {
                note(begun);
            }
            note(contacts);
        }
    }

    /// Courses begun (0) or contacts (1) of an indicator over a course: before, and change.
    fn over(&mut self, i: usize, which: usize) -> (A::Value, A::Value) {
        let terms = self.reach.over.get(&i).map(|both| both[which].clone());
        let (before, change) = terms.unwrap_or_default();
        (self.total(&before), self.total(&change))
    }
}
