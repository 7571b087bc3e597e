//! The part of a cell that a coverage reaches, where it picks by past use or by assigned level.
//!
//! ```text
//!   share of the persons  = P(assigned level wanted | true level) × S
//!   share of the events   = the same × ( S + (V − S) · what is left of the excess )
//!                                            V for the counted service and those that follow it
//! ```
//!
//! *Which year.* The index year is the year before the municipality's start; whoever joins later
//! along the ramp is picked by the same count. A person's rate lasts: in the gamma model the
//! picked keep V in every later year, the whole regression to the mean lying between the index
//! year and the first. With a stated persistence ρ the excess V − S fades by ρ for each year
//! since a person joined; where the group's levels move, all of it is gone after the year of entry. Prevalences and rates of age bands enter band by band, exactly.
//!
//! Absent: months (the index year is a calendar year), and an own index of use for each entry
//! year: with a trend g the picked share of later joiners is off by that of g years' growth.

use super::algebra::Algebra;
use super::lower::{ComplementOf, Place, Thinned, Walk};
use super::past_use::PastUse;
use crate::model::*;
use rustc_hash::FxHashMap;

/// A cell of the model: group and true need level.
type Cell = (GroupId, u8);

/// Terms before the agreement, and of what it changes.
pub(super) type Terms<V> = (Vec<V>, Vec<V>);

/// Factors already computed.
pub(super) struct Reach<V> {
    factors: FxHashMap<(usize, usize, usize, Cell, Option<ServiceId>), V>,
    /// Terms of an indicator by level: (indicator, level) → before the agreement, and change.
    pub by_level: FxHashMap<(usize, u8), Terms<V>>,
    /// Terms of an indicator over a course: courses begun, and contacts, each before the
    /// agreement and change.
    pub over: FxHashMap<usize, [Terms<V>; 2]>,
}

impl<V> Default for Reach<V> {
    fn default() -> Self {
        Reach {
            factors: FxHashMap::default(),
            by_level: FxHashMap::default(),
            over: FxHashMap::default(),
        }
    }
}

/// What mechanisms have made of a volume; nothing yet where `None`.
type Made<V> = Option<Thinned<V>>;

impl<A: Algebra> Walk<'_, A> {
    /// Of a quantity of all persons of a cell, that of the persons a coverage reaches.
    pub(super) fn reach_persons(
        &mut self,
        coverage: usize,
        (m, t): (usize, usize),
        cell: Cell,
        all: A::Value,
    ) -> A::Value {
        self.reach(coverage, (m, t), cell, None, all)
    }

    /// Of a quantity proportional to a cell's units of a service, that of the reached.
    pub(super) fn reach_units(
        &mut self,
        coverage: usize,
        (m, t): (usize, usize),
        cell: Cell,
        service: ServiceId,
        all: A::Value,
    ) -> A::Value {
        self.reach(coverage, (m, t), cell, Some(service), all)
    }

    fn reach(
        &mut self,
        coverage: usize,
        (m, t): (usize, usize),
        cell: Cell,
        service: Option<ServiceId>,
        all: A::Value,
    ) -> A::Value {
        let stated = &self.model.agreement.coverages[coverage];
        if stated.selection.is_none() && stated.assigned.is_none() {
            return all;
        }
        let key = (coverage, m, t, cell, service);
        let factor = match self.reach.factors.get(&key) {
            Some(factor) => factor.clone(),
            None => {
                let factor = self.reach_factor(coverage, (m, t), cell, service);
                self.reach.factors.insert(key, factor.clone());
                factor
            }
        };
        self.algebra.multiply(&all, &factor)
    }

    fn reach_factor(
        &mut self,
        coverage: usize,
        place: (usize, usize),
        cell: Cell,
        service: Option<ServiceId>,
    ) -> A::Value {
        let assigned = self.assigned_share(coverage, cell);
        let Some(selection) = self.model.agreement.coverages[coverage].selection.clone() else {
            return assigned;
        };
        let persons = self.picked(coverage, place, cell, PastUse::Persons, service);
        let follows = |s: &ServiceId| *s == selection.service || selection.follows.contains(s);
        let picked = match service.filter(follows) {
            None => persons,
            Some(_) => {
                let expected = self.picked(coverage, place, cell, PastUse::Expected, service);
                self.faded(coverage, place, cell, &selection, persons, expected)
            }
        };
        self.algebra.multiply(&assigned, &picked)
    }

    /// S + (V − S) · the mean of ρ^(years since joining) over those who have joined.
    fn faded(
        &mut self,
        coverage: usize,
        (m, t): (usize, usize),
        (group, _): Cell,
        selection: &Selection,
        persons: A::Value,
        expected: A::Value,
    ) -> A::Value {
        // where levels move, who was picked is mixed with the others after the year of entry
        let moves = self.model.world.groups[group.0 as usize].dynamics.is_some();
        let persistence = match (moves, selection.persistence) {
            (true, _) => Value::Number(0.0),
            (false, Some(persistence)) => persistence,
            (false, None) => return expected,
        };
        let joined = self.coverages[coverage].new[m][..=t].to_vec();
        let all: f64 = joined.iter().sum();
        if all == 0.0 {
            return expected;
        }
        let left = self.value(persistence);
        let mut power = self.algebra.number(1.0);
        let mut terms = Vec::new();
        for share in joined.iter().rev() {
            terms.push((share / all, power.clone()));
            power = self.algebra.multiply(&power, &left);
        }
        let weighted: Vec<(f64, &A::Value)> = terms.iter().map(|(w, v)| (*w, v)).collect();
        let left = self.algebra.sum(&weighted);
        let excess = self.algebra.sum(&[(1.0, &expected), (-1.0, &persons)]);
        let excess = self.algebra.multiply(&excess, &left);
        self.algebra.sum(&[(1.0, &persons), (1.0, &excess)])
    }

    /// Share of a cell's persons, or of a service's units, that are the picked ones'.
    pub(super) fn picked(
        &mut self,
        coverage: usize,
        (m, t): (usize, usize),
        cell: Cell,
        what: PastUse,
        service: Option<ServiceId>,
    ) -> A::Value {
        let Some(selection) = self.model.agreement.coverages[coverage].selection.clone() else {
            return self.algebra.number(1.0);
        };
        let model = self.model;
        let weighed = service.map(|s| &model.world.services[s.0 as usize]);
        let mut parts = Vec::new();
        for band in 0..model.world.population.age_bands.len() {
            let age = weighed.map_or(1.0, |s| s.age_factor[band]);
            let weight = self
                .cells
                .in_band(&mut self.algebra, (m, t), cell.0, band, age);
            let Some(weight) = weight else { continue };
            let share = self.picked_in_band(coverage, m, cell, band, what, &selection);
            parts.push((weight, share));
        }
        let mut terms = Vec::new();
        for (weight, share) in &parts {
            terms.push(self.algebra.multiply(weight, share));
        }
        let picked = self.total(&terms);
        let all: Vec<A::Value> = parts.into_iter().map(|(weight, _)| weight).collect();
        let all = self.total(&all);
        self.algebra.ratio(&picked, &all)
    }

    fn picked_in_band(
        &mut self,
        coverage: usize,
        m: usize,
        (group, level): Cell,
        band: usize,
        what: PastUse,
        selection: &Selection,
    ) -> A::Value {
        let model = self.model;
        let service = &model.world.services[selection.service.0 as usize];
        let stated = &model.world.groups[group.0 as usize];
        let at = stated.levels.iter().position(|(l, _)| *l == level);
        let rate = service.rates.iter().find(|r| r.group == group);
        let (Some(at), Some(rate)) = (at, rate) else {
            return self.algebra.number(0.0);
        };
        let factor =
            rate.level_factor[at] * service.municipality_factor[m] * service.age_factor[band];
        let year = self.index_year(coverage, m);
        let algebra = &mut self.algebra;
        let rate = self.cells.rate_in(algebra, selection.service, group, year);
        let rate = self.algebra.scale(&rate, factor);
        let shape = self.value(selection.shape);
        self.algebra
            .past_use(what, &rate, &shape, selection.at_least)
    }

    /// The year whose use decides: the one before the municipality's start.
    fn index_year(&self, coverage: usize, m: usize) -> i32 {
        let start = self.model.agreement.coverages[coverage].start[m];
        start.map_or(self.years[0], Month::year) - 1
    }

    /// P(the assigned level is wanted | the true level).
    pub(super) fn assigned_share(&mut self, coverage: usize, (_, level): Cell) -> A::Value {
        let model = self.model;
        let Some(assigned) = &model.agreement.coverages[coverage].assigned else {
            return self.algebra.number(1.0);
        };
        let classification = &model.world.classifications[assigned.classification];
        let wanted = |read: u8| assigned.levels.contains(&read);
        match &classification.reading {
            Reading::Factors {
                factors,
                joint,
                misread,
            } => {
                let misread = self.value(*misread);
                let truly = joint.iter().filter(|(truly, ..)| *truly == level);
                let share: f64 = truly.clone().map(|(_, _, by_wrong)| by_wrong[0]).sum();
                let read: Vec<&Vec<f64>> = truly
                    .filter(|(_, read, _)| wanted(*read))
                    .map(|(_, _, by_wrong)| by_wrong)
                    .collect();
                self.polynomial(&read, &misread, *factors, share)
            }
            Reading::Screened {
                sensitivity,
                specificity,
            } => {
                let levels = &model.world.groups[classification.group.0 as usize].levels;
                let (low, high) = (levels[0].0, levels[1].0);
                let right = match level == high {
                    true => *sensitivity,
                    false => *specificity,
                };
                let right = self.value(right);
                let other = if level == high { low } else { high };
                match (wanted(level), wanted(other)) {
                    (true, true) => self.algebra.number(1.0),
                    (true, false) => right,
                    (false, true) => self.algebra.complement(&right),
                    (false, false) => self.algebra.number(0.0),
                }
            }
        }
    }

    /// Σ_k w_k m^k (1 − m)^(K − k) / share.
    fn polynomial(
        &mut self,
        weights: &[&Vec<f64>],
        misread: &A::Value,
        factors: u32,
        share: f64,
    ) -> A::Value {
        let right = self.algebra.complement(misread);
        let mut terms = Vec::new();
        for k in 0..=factors as usize {
            let weight: f64 = weights.iter().map(|by_wrong| by_wrong[k]).sum();
            if weight == 0.0 || share == 0.0 {
                continue;
            }
            let mut power = self.algebra.number(weight / share);
            for n in 0..factors as usize {
                let factor = if n < k { misread } else { &right };
                power = self.algebra.multiply(&power, factor);
            }
            terms.push(power);
        }
        self.total(&terms)
    }

    /// Whether no person can be under both mechanisms: their coverages want different assigned
    /// levels of one classification.
    pub(super) fn exclusive(&self, k: usize, other: usize) -> bool {
        let assigned = |k: usize| {
            let coverage = match &self.model.agreement.mechanisms[k].kind {
                MechanismKind::Effect(e) => e.coverage,
                MechanismKind::Shift(s) => s.coverage,
                _ => return None,
            };
            self.model.agreement.coverages[coverage].assigned.as_ref()
        };
        let (Some(a), Some(b)) = (assigned(k), assigned(other)) else {
            return false;
        };
        a.classification == b.classification && a.levels.iter().all(|l| !b.levels.contains(l))
    }

    /// What the mechanisms before k have made of the persons that k can act on. `at_first` is
    /// what stands before any mechanism, `all` what the earlier ones have made of everybody.
    pub(super) fn met_by(
        &mut self,
        k: usize,
        earlier: &[usize],
        place: Place,
        (at_first, all): (Option<&Thinned<A::Value>>, &Made<A::Value>),
    ) -> Option<Thinned<A::Value>> {
        if !self.apart(k, earlier) {
            return all.clone();
        }
        let met: Vec<usize> = earlier
            .iter()
            .copied()
            .filter(|other| !self.exclusive(k, *other))
            .collect();
        let mut made = at_first.cloned();
        for (n, &other) in met.iter().enumerate() {
            let before = self.met_by(other, &met[..n], place, (at_first, &made));
            made = Some(self.thinned_of(other, &met[..n], place, (made, before)));
        }
        made
    }

    /// Whether some earlier mechanism acts on other persons than k.
    fn apart(&self, k: usize, earlier: &[usize]) -> bool {
        earlier.iter().any(|other| self.exclusive(k, *other))
    }

    /// What mechanism k makes of everybody, having met only a part of what came before.
    pub(super) fn thinned_of(
        &mut self,
        k: usize,
        earlier: &[usize],
        place: Place,
        (all, before): (Made<A::Value>, Made<A::Value>),
    ) -> Thinned<A::Value> {
        if !self.apart(k, earlier) {
            return self.thinned(k, place, before);
        }
        let alone = self.thinned(k, place, None);
        let Some(all) = all else { return alone };
        let Some(before) = before else {
            return Thinned {
                net: self.algebra.sum(&[(1.0, &all.net), (1.0, &alone.net)]),
                gone: self.algebra.sum(&[(1.0, &all.gone), (1.0, &alone.gone)]),
                added: self.both(all.added, alone.added),
            };
        };
        let kept = match (all.added, &before.added) {
            (Some(added), Some(met)) => {
                let again = self.algebra.multiply(met, &alone.gone);
                Some(self.algebra.sum(&[(1.0, &added), (-1.0, &again)]))
            }
            (added, _) => added,
        };
        let left = self.algebra.complement_of(&before.net);
        let new = alone.added.map(|a| self.algebra.multiply(&a, &left));
        Thinned {
            net: self.taken_after(&all.net, &before.net, &alone.net),
            gone: self.taken_after(&all.gone, &before.gone, &alone.gone),
            added: self.both(kept, new),
        }
    }

    fn both(&mut self, a: Option<A::Value>, b: Option<A::Value>) -> Option<A::Value> {
        match (a, b) {
            (Some(a), Some(b)) => Some(self.algebra.sum(&[(1.0, &a), (1.0, &b)])),
            (a, b) => a.or(b),
        }
    }

    /// all + share · (1 − met).
    fn taken_after(&mut self, all: &A::Value, met: &A::Value, share: &A::Value) -> A::Value {
        let both = self.algebra.multiply(met, share);
        self.algebra.sum(&[(1.0, all), (1.0, share), (-1.0, &both)])
    }
}
