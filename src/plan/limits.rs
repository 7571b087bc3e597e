//! Coverage that cannot exceed its places or its staff.
//!
//! ```text
//!   D(r) = Σ units × hours that the limited coverages would use, at rationing r of what acts
//!          before them;      r ← min(1, there is / D(r)),  from r = 0 upwards
//! ```
//!
//! Work follows coverage in proportion, but for one thing: what earlier mechanisms of the same
//! coverage take away first. D falls in r, so each pass stays at or below the solution and the
//! next is not lower: work is never above what there is, and after n passes at most the n-th
//! power of the overlapping share below it.
//!
//! A limit holds on expected volume. Chance around it belongs to the highest mean occupancy.
//! Absent: costs.

use super::algebra::Algebra;
use super::booking::within;
use super::lower::{Place, Walk};
use crate::model::*;

/// Passes where mechanisms overlap: an overlap of a fifth is solved to some 3e-6.
const PASSES: usize = 8;

/// Rationing by coverage and year, before it is merged with other caps.
type Rations<V> = Vec<Option<Vec<V>>>;

/// What is known of the rationing of limited coverages.
pub(super) enum Rationing<'r, V> {
    /// Nothing yet: as if what they take first were nothing.
    Unknown,
    /// As a pass has found.
    Found(&'r Rations<V>),
    /// It is part of the coverages' caps.
    Settled,
}

impl<V> Clone for Rationing<'_, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V> Copy for Rationing<'_, V> {}

impl<A: Algebra> Walk<'_, A> {
    /// Rations every limited coverage, for the whole world and each year.
    pub(super) fn limit(&mut self) {
        let limits = self.binding();
        if limits.is_empty() {
            return;
        }
        let passes = if self.limited_overlap() { PASSES } else { 1 };
        let mut rations: Option<Rations<A::Value>> = None;
        for _ in 0..passes {
            let before = match &rations {
                None => Rationing::Unknown,
                Some(found) => Rationing::Found(found),
            };
            rations = Some(self.rations(&limits, before));
        }
        for (c, ration) in rations.unwrap_or_default().into_iter().enumerate() {
            let Some(ration) = ration else { continue };
            let merged = match self.coverages[c].cap.take() {
                None => ration,
                Some(cap) => {
                    let both = cap.iter().zip(&ration);
                    both.map(|(a, b)| self.algebra.multiply(a, b)).collect()
                }
            };
            self.coverages[c].cap = Some(merged);
        }
    }

    /// Places and workforces that some coverage is limited by.
    fn binding(&self) -> Vec<usize> {
        let coverages = &self.model.agreement.coverages;
        let cited = |k: &usize| coverages.iter().any(|c| c.limited_by.contains(k));
        (0..self.model.agreement.mechanisms.len())
            .filter(cited)
            .collect()
    }

    /// Whether anything acts before a limited coverage's own mechanism on the same service.
    fn limited_overlap(&self) -> bool {
        let agreement = &self.model.agreement;
        let acts = agreement.mechanisms.iter().filter_map(|m| match &m.kind {
            MechanismKind::Effect(e) => Some((e.coverage, e.service)),
            MechanismKind::Shift(s) => Some((s.coverage, s.from)),
            _ => None,
        });
        let limited: Vec<ServiceId> = acts
            .filter(|(c, _)| !agreement.coverages[*c].limited_by.is_empty())
            .map(|(_, service)| service)
            .collect();
        (1..limited.len()).any(|i| limited[..i].contains(&limited[i]))
    }

    /// One pass: min over a coverage's limits of what there is ÷ what would be used.
    fn rations(&mut self, limits: &[usize], before: Rationing<'_, A::Value>) -> Rations<A::Value> {
        let coverages = self.model.agreement.coverages.len();
        let mut rations: Rations<A::Value> = vec![None; coverages];
        for &k in limits {
            let factors: Vec<A::Value> = (0..self.years.len())
                .map(|t| {
                    let there_is = self.there_is(k, t);
                    let demand = self.work(k, t, before);
                    self.algebra.rationed(&there_is, &demand)
                })
                .collect();
            for (c, ration) in rations.iter_mut().enumerate() {
                if !self.model.agreement.coverages[c].limited_by.contains(&k) {
                    continue;
                }
                *ration = Some(match ration.take() {
                    None => factors.clone(),
                    Some(other) => {
                        let both = other.iter().zip(&factors);
                        both.map(|(a, b)| self.algebra.minimum(a, b)).collect()
                    }
                });
            }
        }
        rations
    }

    /// Units (of places) or hours (of staff) that there are in a year.
    pub(super) fn there_is(&mut self, k: usize, t: usize) -> A::Value {
        match &self.model.agreement.mechanisms[k].kind {
            MechanismKind::Places(places) if within(places.years, self.years[t]) => {
                let number = self.value(places.places);
                let occupancy = self.value(places.max_occupancy);
                let days = self.algebra.scale(&number, places.days);
                self.algebra.multiply(&days, &occupancy)
            }
            MechanismKind::Workforce(workforce) => self.value(workforce.supply),
            _ => self.algebra.number(0.0),
        }
    }

    /// What the limited coverages use, or (before they are rationed) would use.
    pub(super) fn work(
        &mut self,
        k: usize,
        t: usize,
        rations: Rationing<'_, A::Value>,
    ) -> A::Value {
        let mut terms = Vec::new();
        for c in 0..self.model.agreement.coverages.len() {
            if self.model.agreement.coverages[c].limited_by.contains(&k) {
                self.coverage_work(c, k, t, rations, &mut terms);
            }
        }
        self.total(&terms)
    }

    fn coverage_work(
        &mut self,
        c: usize,
        k: usize,
        t: usize,
        rations: Rationing<'_, A::Value>,
        terms: &mut Vec<A::Value>,
    ) {
        let model = self.model;
        for (j, mechanism) in model.agreement.mechanisms.iter().enumerate() {
            let used: Vec<(ServiceId, Option<Value>)> = match &mechanism.kind {
                MechanismKind::Provide(p) if p.coverage == c => vec![(p.service, None)],
                MechanismKind::Shift(s) if s.coverage == c => {
                    s.to.iter().map(|(to, ratio)| (*to, Some(*ratio))).collect()
                }
                MechanismKind::Effect(e) if e.coverage == c => vec![(e.service, None)],
                _ => continue,
            };
            for (service, ratio) in used {
                for m in 0..model.world.municipalities.len() {
                    let Some(hours) = self.hours_of(k, service, m, t) else {
                        continue;
                    };
                    let hours = match ratio {
                        Some(ratio) => {
                            let ratio = self.value(ratio);
                            self.algebra.multiply(&hours, &ratio)
                        }
                        None => hours,
                    };
                    self.mechanism_work(j, (m, t), &hours, rations, terms);
                }
            }
        }
    }

    /// Units or hours that one unit of a service takes of a limit; `None`: none of it.
    fn hours_of(&mut self, k: usize, service: ServiceId, m: usize, t: usize) -> Option<A::Value> {
        match &self.model.agreement.mechanisms[k].kind {
            MechanismKind::Places(places) if places.service == service => {
                Some(self.algebra.number(1.0))
            }
            MechanismKind::Workforce(workforce) => {
                let stated = workforce.hours.iter().find(|(s, _)| *s == service)?;
                let part = self.produced_by(workforce.party, service, m, t);
                let hours = self.value(stated.1);
                (part > 0.0).then(|| self.algebra.scale(&hours, part))
            }
            _ => None,
        }
    }

    /// Share of a service's units that a party produces here, operators counted.
    pub(super) fn produced_by(&self, party: Party, service: ServiceId, m: usize, t: usize) -> f64 {
        let stated = &self.model.world.services[service.0 as usize].producer;
        let own = if stated.at(self.years[t]) == party {
            1.0
        } else {
            0.0
        };
        match self.operated(service, m, t) {
            None => own,
            Some((at, share)) if self.operations[at].operator == party => {
                (1.0 - share) * own + share
            }
            Some((_, share)) => (1.0 - share) * own,
        }
    }

    fn mechanism_work(
        &mut self,
        j: usize,
        (m, t): (usize, usize),
        hours: &A::Value,
        rations: Rationing<'_, A::Value>,
        terms: &mut Vec<A::Value>,
    ) {
        let model = self.model;
        match &model.agreement.mechanisms[j].kind {
            MechanismKind::Provide(provide) => {
                self.provided_work((m, t), provide, hours, terms);
            }
            MechanismKind::Shift(Shift { coverage, from, .. })
            | MechanismKind::Effect(Effect {
                coverage,
                service: from,
                ..
            }) => {
                for cell in &model.agreement.coverages[*coverage].cells {
                    let place = Place {
                        m,
                        t,
                        cell: Some(*cell),
                    };
                    let acting = self.acting(place, *from, *cell);
                    if !acting.contains(&j) {
                        continue;
                    }
                    let left = self.left_by_earlier(j, place, &acting, rations);
                    let moved =
                        matches!(model.agreement.mechanisms[j].kind, MechanismKind::Shift(_));
                    let fraction = if moved {
                        Some(self.freed_fraction(j, place, Some(&left)))
                    } else {
                        self.added_fraction(j, place, Some(&left))
                    };
                    let Some(fraction) = fraction else { continue };
                    let volume = self.cell_volume(place, *from, *cell);
                    let units = self.algebra.multiply(&volume, &fraction);
                    terms.push(self.algebra.multiply(&units, hours));
                }
            }
            _ => {}
        }
    }

    fn provided_work(
        &mut self,
        (m, t): (usize, usize),
        provide: &Provide,
        hours: &A::Value,
        terms: &mut Vec<A::Value>,
    ) {
        let model = self.model;
        if self.coverages[provide.coverage].pace[m][t] == 0.0 {
            return;
        }
        for cell in &model.agreement.coverages[provide.coverage].cells {
            let place = Place {
                m,
                t,
                cell: Some(*cell),
            };
            match provide.quantity {
                Quota::PerPersonYear(units) => {
                    let persons = self.covered_persons(provide.coverage, m, t, *cell);
                    let units = self.value(units);
                    let units = self.algebra.multiply(&persons, &units);
                    terms.push(self.algebra.multiply(&units, hours));
                }
                Quota::PerEvent(event, units) => {
                    let (all, gone) = self.per_event(place, *cell, provide.coverage, event, units);
                    terms.push(self.algebra.multiply(&all, hours));
                    if let Some(gone) = gone {
                        let gone = self.algebra.multiply(&gone, hours);
                        terms.push(self.algebra.scale(&gone, -1.0));
                    }
                }
                // refused by the reader: who is new depends on the rationing of the year before
                Quota::PerNewPerson(_) => {}
            }
        }
    }

    /// Share of a cell's volume that earlier mechanisms leave; where they are rationed themselves,
    /// as the pass before found, or (first pass) as if they took nothing.
    fn left_by_earlier(
        &mut self,
        j: usize,
        place: Place,
        acting: &[usize],
        rations: Rationing<'_, A::Value>,
    ) -> A::Value {
        let mut left = self.algebra.number(1.0);
        for &e in acting.iter().take_while(|e| **e != j) {
            let less = self.freed_fraction(e, place, None);
            let more = self.added_fraction(e, place, None);
            let coverage = self.reductions[e].as_ref().map_or(0, |r| r.coverage);
            let limited = !self.model.agreement.coverages[coverage]
                .limited_by
                .is_empty();
            let taken = match rations {
                Rationing::Unknown if limited => self.algebra.number(0.0),
                Rationing::Found(found) => match &found[coverage] {
                    Some(ration) => self.algebra.multiply(&less, &ration[place.t]),
                    None => less,
                },
                _ => less,
            };
            let one = self.algebra.number(1.0);
            let mut terms = vec![(1.0, &one), (-1.0, &taken)];
            if let Some(more) = &more {
                terms.push((1.0, more));
            }
            let factor = self.algebra.sum(&terms);
            left = self.algebra.multiply(&left, &factor);
        }
        left
    }

    /// Volume of a service in one cell before the agreement.
    pub(super) fn cell_volume(
        &mut self,
        place: Place,
        service: ServiceId,
        (group, level): (GroupId, u8),
    ) -> A::Value {
        let levels = &self.model.world.groups[group.0 as usize].levels;
        let at = levels.iter().position(|(l, _)| *l == level).unwrap_or(0);
        let algebra = &mut self.algebra;
        self.cells
            .volume(algebra, place.m, place.t, service, group, at)
    }

    /// Share of a service's units that a shift moves, its upper bound kept.
    pub(super) fn moved_share(&mut self, shift: &Shift) -> A::Value {
        let share = self.value(shift.share);
        match shift.at_most {
            None => share,
            Some(most) => {
                let most = self.value(most);
                self.algebra.minimum(&share, &most)
            }
        }
    }
}
