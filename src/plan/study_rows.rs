//! Rows beside the ledger: the picked, the levels, the moved hours.
//!
//! ```text
//!   picked by past use:  persons · use last year · use next year without · and with  → regression
//!                                                                                     to the mean
//!   per person by level: before · change, and the gap between the highest and the lowest level
//!   moved hours:         by level, given and received; they sum to 0
//! ```
//!
//! Absent: kroner. Moved hours have the same producer and price, so they cost nothing.

use super::algebra::Algebra;
use super::lower::Walk;
use super::past_use::PastUse;
use crate::model::*;

/// A row of this kind. Coverages, indicators and reallocations by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StudyRow {
    /// Of a coverage that picks by past use, at full uptake in the first year of each
    /// municipality, at that year's rates.
    Picked(usize, PickedPart),
    /// Units per person at a need level in the last year of the verdict horizon.
    PerPerson(usize, u8, Stage),
    /// Units per person at the highest level less those at the lowest.
    Gap(usize, Stage),
    /// Units moved to (+) or from (−) the covered of a level: (reallocation, receives, level).
    Moved(usize, bool, u8),
    /// Covered persons of that level.
    MovedPersons(usize, bool, u8),
    /// Persons a trial would draw on.
    TrialPersons,
    /// Their events in a year without the agreement.
    TrialEvents,
    /// A figure that is stated of a trial or a unit, as drawn.
    Stated(Stated),
    /// Units of a service that a small unit pays for, in all municipalities, in the last year of
    /// the verdict horizon (index in [`BudgetUnit::services`]).
    Unit(usize, Stage),
    /// An indicator divided by persons or courses, in the last year of the verdict horizon.
    Ratio(usize, super::ratio_rows::RatioPart),
}

/// What is known of the picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PickedPart {
    /// How many.
    Persons,
    /// Their events in the year that decided.
    Observed,
    /// Their expected events in the next year, without any programme.
    Expected,
    /// What the programme, at full effect, changes that by.
    Effect,
}

/// Figures that no entry rests on: each is a row, so that it can be followed like any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stated {
    /// Rate without, where the trial states its own.
    TrialRate,
    /// The ratio hoped for.
    TrialRatio,
    /// The ratio after the trial, drawn towards what was believed before.
    TrialResult,
    /// Overrun of a unit's budget above which somebody else pays.
    StopLoss,
}

/// Before the agreement, or what it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Unchanged practice.
    Before,
    /// Agreement − unchanged practice.
    Change,
}

type Study<V> = Vec<(StudyRow, V)>;

/// (receives, level, terms of persons, terms of hours).
type Moved<V> = (bool, u8, Vec<V>, Vec<V>);

impl<A: Algebra> Walk<'_, A> {
    pub(super) fn study_rows(&mut self) -> Study<A::Value> {
        let mut rows = Vec::new();
        for c in 0..self.coverages.len() {
            if let Some(selection) = self.model.agreement.coverages[c].selection.clone() {
                self.picked_rows(c, selection.service, &mut rows);
            }
        }
        for i in 0..self.model.agreement.indicators.len() {
            if self.model.agreement.indicators[i].by_level {
                self.level_rows(i, &mut rows);
            }
        }
        for i in 0..self.model.agreement.indicators.len() {
            if let Some(per) = self.model.agreement.indicators[i].per {
                self.ratio_rows(i, per, &mut rows);
            }
        }
        for r in 0..self.model.agreement.reallocations.len() {
            self.moved_rows(r, &mut rows);
        }
        if let Some(pilot) = &self.model.agreement.pilot {
            self.trial_rows(pilot, &mut rows);
        }
        if let Some(unit) = &self.model.agreement.unit {
            self.unit_rows(unit, &mut rows);
        }
        rows
    }

    /// Terms of an indicator that is shown by level, in the year it is shown for.
    pub(super) fn indicate_level(
        &mut self,
        indicator: usize,
        t: usize,
        level: u8,
        units: &A::Value,
        difference: bool,
    ) {
        if !self.model.agreement.indicators[indicator].by_level || t != self.shown() {
            return;
        }
        let terms = self.reach.by_level.entry((indicator, level)).or_default();
        let terms = if difference {
            &mut terms.1
        } else {
            &mut terms.0
        };
        terms.push(units.clone());
    }

    /// The last year of the verdict horizon, by index.
    pub(super) fn shown(&self) -> usize {
        let agreement = &self.model.agreement;
        let balance = &self.model.balance;
        let years = balance.verdict_years(agreement.period, self.years[0], agreement.horizon);
        (years as usize).clamp(1, self.years.len()) - 1
    }

    fn picked_rows(&mut self, c: usize, service: ServiceId, rows: &mut Study<A::Value>) {
        let model = self.model;
        let mut parts: [Vec<A::Value>; 3] = Default::default();
        for m in 0..model.world.municipalities.len() {
            let Some(t) = self.coverages[c].pace[m].iter().position(|p| *p > 0.0) else {
                continue;
            };
            for &cell in &model.agreement.coverages[c].cells {
                let persons = self.cells.persons(&mut self.algebra, m, t, cell);
                let persons = self.picked_of(c, (m, t), cell, PastUse::Persons, None, persons);
                parts[0].push(persons);
                let volume = self.volume_of((m, t), cell, service);
                for (part, what) in [(1, PastUse::Observed), (2, PastUse::Expected)] {
                    let on = Some(service);
                    let units = self.picked_of(c, (m, t), cell, what, on, volume.clone());
                    parts[part].push(units);
                }
            }
        }
        let [persons, observed, expected] = parts.map(|terms| self.total(&terms));
        let effect = match self.gone_at_full(c, service) {
            None => self.algebra.number(0.0),
            Some(gone) => {
                let less = self.algebra.multiply(&expected, &gone);
                self.algebra.scale(&less, -1.0)
            }
        };
        let row = |part| StudyRow::Picked(c, part);
        rows.push((row(PickedPart::Persons), persons));
        rows.push((row(PickedPart::Observed), observed));
        rows.push((row(PickedPart::Expected), expected));
        rows.push((row(PickedPart::Effect), effect));
    }

    /// Whom a trial draws on: the coverage's citizens, as they would use the service next year.
    fn trial_rows(&mut self, pilot: &Pilot, rows: &mut Study<A::Value>) {
        let model = self.model;
        let (c, service) = (pilot.coverage, pilot.service);
        let coverage = &model.agreement.coverages[c];
        let goes_along = coverage
            .selection
            .as_ref()
            .is_some_and(|s| s.service == service || s.follows.contains(&service));
        let what = match goes_along {
            true => PastUse::Expected,
            false => PastUse::Persons,
        };
        let (mut persons, mut events) = (Vec::new(), Vec::new());
        for m in 0..model.world.municipalities.len() {
            if coverage.start[m].is_none() {
                continue;
            }
            for &cell in &coverage.cells {
                let all = self.cells.persons(&mut self.algebra, m, 0, cell);
                persons.push(self.picked_of(c, (m, 0), cell, PastUse::Persons, None, all));
                let volume = self.volume_of((m, 0), cell, service);
                events.push(self.picked_of(c, (m, 0), cell, what, Some(service), volume));
            }
        }
        let stated = [
            (Stated::TrialRate, pilot.rate),
            (Stated::TrialRatio, Some(pilot.rate_ratio)),
            (Stated::TrialResult, pilot.result),
        ];
        for (figure, value) in stated {
            if let Some(value) = value {
                rows.push((StudyRow::Stated(figure), self.value(value)));
            }
        }
        let (persons, events) = (self.total(&persons), self.total(&events));
        rows.push((StudyRow::TrialPersons, persons));
        rows.push((StudyRow::TrialEvents, events));
    }

    fn unit_rows(&mut self, unit: &BudgetUnit, rows: &mut Study<A::Value>) {
        if let Some(share) = unit.stop_loss {
            rows.push((StudyRow::Stated(Stated::StopLoss), self.value(share)));
        }
        let t = self.shown();
        for (i, service) in unit.services.iter().enumerate() {
            let s = service.0 as usize;
            let in_year = |grid: &[Vec<Vec<A::Value>>]| -> Vec<A::Value> {
                grid.iter().flat_map(|by_year| by_year[t].clone()).collect()
            };
            let (before, change) = (in_year(&self.base[s]), in_year(&self.change[s]));
            let (before, change) = (self.total(&before), self.total(&change));
            rows.push((StudyRow::Unit(i, Stage::Before), before));
            rows.push((StudyRow::Unit(i, Stage::Change), change));
        }
    }

    pub(super) fn volume_of(
        &mut self,
        (m, t): (usize, usize),
        (group, level): (GroupId, u8),
        service: ServiceId,
    ) -> A::Value {
        let levels = &self.model.world.groups[group.0 as usize].levels;
        let at = levels.iter().position(|(l, _)| *l == level).unwrap_or(0);
        let algebra = &mut self.algebra;
        self.cells.volume(algebra, m, t, service, group, at)
    }

    /// Of all persons or units of a cell, those of the picked who take part at full uptake.
    fn picked_of(
        &mut self,
        c: usize,
        place: (usize, usize),
        cell: (GroupId, u8),
        what: PastUse,
        service: Option<ServiceId>,
        all: A::Value,
    ) -> A::Value {
        let share = self.coverages[c].share.clone();
        let picked = self.picked(c, place, cell, what, service);
        let assigned = self.assigned_share(c, cell);
        let all = self.algebra.multiply(&all, &share);
        let all = self.algebra.multiply(&all, &assigned);
        self.algebra.multiply(&all, &picked)
    }

    /// Share of a service's events that a coverage's own mechanisms take at full effect.
    fn gone_at_full(&mut self, c: usize, service: ServiceId) -> Option<A::Value> {
        let mut gone: Option<A::Value> = None;
        for k in 0..self.model.agreement.mechanisms.len() {
            let (coverage, on) = match &self.model.agreement.mechanisms[k].kind {
                MechanismKind::Effect(e) => (e.coverage, e.service),
                MechanismKind::Shift(s) => (s.coverage, s.from),
                _ => continue,
            };
            if coverage != c || on != service {
                continue;
            }
            let own = self.own_fraction(k);
            gone = Some(match gone {
                None => own,
                Some(before) => {
                    let both = self.algebra.multiply(&before, &own);
                    self.algebra
                        .sum(&[(1.0, &before), (1.0, &own), (-1.0, &both)])
                }
            });
        }
        gone
    }

    fn level_rows(&mut self, i: usize, rows: &mut Study<A::Value>) {
        let t = self.shown();
        let mut by_level = Vec::new();
        for (level, cells) in self.cells_by_level(i) {
            let mut persons = Vec::new();
            for m in 0..self.model.world.municipalities.len() {
                for cell in &cells {
                    persons.push(self.cells.persons(&mut self.algebra, m, t, *cell));
                }
            }
            let persons = self.total(&persons);
            let (before, change) = self.reach.by_level.remove(&(i, level)).unwrap_or_default();
            let (before, change) = (self.total(&before), self.total(&change));
            let before = self.algebra.ratio(&before, &persons);
            let change = self.algebra.ratio(&change, &persons);
            rows.push((StudyRow::PerPerson(i, level, Stage::Before), before.clone()));
            rows.push((StudyRow::PerPerson(i, level, Stage::Change), change.clone()));
            by_level.push((before, change));
        }
        if let (Some((low, less)), Some((high, more))) = (by_level.first(), by_level.last()) {
            let gap = self.algebra.sum(&[(1.0, high), (-1.0, low)]);
            let change = self.algebra.sum(&[(1.0, more), (-1.0, less)]);
            rows.push((StudyRow::Gap(i, Stage::Before), gap));
            rows.push((StudyRow::Gap(i, Stage::Change), change));
        }
    }

    /// The cells an indicator counts, by level, ascending.
    pub(super) fn cells_by_level(&self, i: usize) -> Vec<(u8, Vec<(GroupId, u8)>)> {
        let indicator = &self.model.agreement.indicators[i];
        let mut by_level: Vec<(u8, Vec<(GroupId, u8)>)> = Vec::new();
        let services = &self.model.world.services;
        let services = indicator.services.iter().map(|s| &services[s.0 as usize]);
        let rates: Vec<GroupId> = services
            .flat_map(|s| s.rates.iter().map(|r| r.group))
            .collect();
        if indicator.services.is_empty() {
            return by_level;
        }
        for (g, group) in self.model.world.groups.iter().enumerate() {
            let id = GroupId(g as u16);
            let counted = match indicator.groups.is_empty() {
                true => rates.contains(&id),
                false => indicator.groups.contains(&id),
            };
            for (level, _) in group.levels.iter().filter(|_| counted) {
                if !indicator.levels.is_empty() && !indicator.levels.contains(level) {
                    continue;
                }
                match by_level.iter_mut().find(|(l, _)| l == level) {
                    Some((_, cells)) => cells.push((id, *level)),
                    None => by_level.push((*level, vec![(id, *level)])),
                }
            }
        }
        by_level.sort_by_key(|(level, _)| *level);
        by_level
    }

    /// Hours that move, in the last year of the verdict horizon: what each level of the giving
    /// coverage does without, and what each of the receiving one gets, by persons.
    fn moved_rows(&mut self, r: usize, rows: &mut Study<A::Value>) {
        let t = self.shown();
        let model = self.model;
        let stated = &model.agreement.reallocations[r];
        let mut sums: Vec<Moved<A::Value>> = Vec::new();
        for m in 0..model.world.municipalities.len() {
            let on = |c: usize, walk: &Self| walk.coverages[c].pace[m][t] > 0.0;
            if !on(stated.from, self) || !on(stated.to, self) {
                continue;
            }
            let given = self.covered_by_level(stated.from, m, t);
            let received = self.covered_by_level(stated.to, m, t);
            let receivers: Vec<A::Value> = received.iter().map(|(_, p)| p.clone()).collect();
            let receivers = self.total(&receivers);
            // where nobody receives, nobody gives
            let anybody = self.algebra.ratio(&receivers, &receivers);
            let units = self.value(stated.units);
            let units = self.algebra.multiply(&units, &anybody);
            let mut hours = Vec::new();
            for (level, persons) in given {
                let less = self.algebra.multiply(&persons, &units);
                hours.push(less.clone());
                let less = self.algebra.scale(&less, -1.0);
                add(&mut sums, (false, level), persons, less);
            }
            let hours = self.total(&hours);
            for (level, persons) in received {
                let share = self.algebra.ratio(&persons, &receivers);
                let more = self.algebra.multiply(&hours, &share);
                add(&mut sums, (true, level), persons, more);
            }
        }
        sums.sort_by_key(|(receives, level, ..)| (*receives, *level));
        for (receives, level, persons, units) in sums {
            let (persons, units) = (self.total(&persons), self.total(&units));
            rows.push((StudyRow::Moved(r, receives, level), units));
            rows.push((StudyRow::MovedPersons(r, receives, level), persons));
        }
    }

    /// Covered persons of a municipality by true level.
    fn covered_by_level(&mut self, c: usize, m: usize, t: usize) -> Vec<(u8, A::Value)> {
        let mut by_level: Vec<(u8, Vec<A::Value>)> = Vec::new();
        for cell in self.model.agreement.coverages[c].cells.clone() {
            let persons = self.covered_persons(c, m, t, cell);
            match by_level.iter_mut().find(|(level, _)| *level == cell.1) {
                Some((_, terms)) => terms.push(persons),
                None => by_level.push((cell.1, vec![persons])),
            }
        }
        by_level
            .into_iter()
            .map(|(level, terms)| (level, self.total(&terms)))
            .collect()
    }
}

/// Adds persons and units at a level on one side.
fn add<V>(sums: &mut Vec<Moved<V>>, (receives, level): (bool, u8), persons: V, units: V) {
    match sums.iter_mut().find(|s| (s.0, s.1) == (receives, level)) {
        Some(sum) => {
            sum.2.push(persons);
            sum.3.push(units);
        }
        None => sums.push((receives, level, vec![persons], vec![units])),
    }
}
