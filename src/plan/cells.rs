//! Persons and volumes of a cell: numbers (persons, factors) times a few uncertain rates.

use super::algebra::Algebra;
use crate::model::*;
use rustc_hash::FxHashMap;

/// Caches of what many cells share.
pub(super) struct Cells<'m, V> {
    model: &'m Model,
    years: Vec<i32>,
    /// prevalence of a group, or nothing for the rest.
    prevalence: FxHashMap<GroupId, V>,
    /// rate × growth of (service, group, year index).
    rates: FxHashMap<(ServiceId, GroupId, usize), V>,
    /// prevalence(of) × rate × growth: (service, group, year index, group of the prevalence).
    products: FxHashMap<(ServiceId, GroupId, usize, GroupId), V>,
    /// Of a group whose levels move: probability of each move, share by year and level.
    paths: FxHashMap<GroupId, Path<V>>,
    /// rate × prevalence × growth × share of a level that moves.
    moving: FxHashMap<(ServiceId, GroupId, usize, usize), V>,
}

/// Probability of each move; share by year and level.
type Path<V> = (Vec<V>, Vec<V>);

impl<'m, V: Clone> Cells<'m, V> {
    pub(super) fn new(model: &'m Model, years: &[i32]) -> Self {
        Cells {
            model,
            years: years.to_vec(),
            prevalence: FxHashMap::default(),
            rates: FxHashMap::default(),
            products: FxHashMap::default(),
            paths: FxHashMap::default(),
            moving: FxHashMap::default(),
        }
    }

    /// Persons of a group's age profile (number), weighted by an age factor. A closed cohort
    /// stays the first year's.
    fn exposure(&self, m: usize, t: usize, group: GroupId, age_factor: Option<&[f64]>) -> f64 {
        let dynamics = &self.model.world.groups[group.0 as usize].dynamics;
        let closed = dynamics.as_ref().is_some_and(|d| d.closed);
        let year = self.years[if closed { 0 } else { t }];
        let world = &self.model.world;
        world.groups[group.0 as usize].exposure(&world.population, m, year, age_factor)
    }

    /// A group's moves and the shares of its levels; empty where they do not move.
    pub(super) fn path<A: Algebra<Value = V>>(
        &mut self,
        algebra: &mut A,
        group: GroupId,
    ) -> Path<V> {
        if let Some(path) = self.paths.get(&group) {
            return path.clone();
        }
        let world = &self.model.world;
        let stated = &world.groups[group.0 as usize];
        let Some(course) = stated.course(&world.population, &self.years) else {
            return (Vec::new(), Vec::new());
        };
        let dynamics = self.model.world.groups[group.0 as usize].dynamics.iter();
        let moves: Vec<V> = dynamics
            .flat_map(|d| &d.moves)
            .map(|moved| slot(algebra, moved.probability))
            .collect();
        let shares = algebra.shares(&course, &moves);
        self.paths.insert(group, (moves.clone(), shares.clone()));
        (moves, shares)
    }

    /// The share of a level that moves, in a year.
    fn moving_share<A: Algebra<Value = V>>(
        &mut self,
        algebra: &mut A,
        group: GroupId,
        t: usize,
        level_index: usize,
    ) -> Option<V> {
        let levels = &self.model.world.groups[group.0 as usize].levels;
        let at = t * levels.len() + level_index;
        self.path(algebra, group).1.get(at).cloned()
    }

    fn prevalence<A: Algebra<Value = V>>(&mut self, algebra: &mut A, group: GroupId) -> Option<V> {
        let GroupShare::Prevalence { prevalence, .. } =
            &self.model.world.groups[group.0 as usize].share
        else {
            return None;
        };
        if let Some(v) = self.prevalence.get(&group) {
            return Some(v.clone());
        }
        let v = slot(algebra, *prevalence);
        self.prevalence.insert(group, v.clone());
        Some(v)
    }

    /// Other groups, which the rest does without.
    fn others(&self) -> Vec<GroupId> {
        let ids = (0..self.model.world.groups.len()).map(|g| GroupId(g as u16));
        let known = |g: &GroupId| self.model.world.groups[g.0 as usize].share != GroupShare::Rest;
        ids.filter(known).collect()
    }

    /// Persons in a cell (person-years).
    pub(super) fn persons<A: Algebra<Value = V>>(
        &mut self,
        algebra: &mut A,
        m: usize,
        t: usize,
        (group, level): (GroupId, u8),
    ) -> V {
        let levels = &self.model.world.groups[group.0 as usize].levels;
        let share = levels
            .iter()
            .find(|(l, _)| *l == level)
            .map_or(0.0, |(_, s)| *s);
        let moving = levels.iter().position(|(l, _)| *l == level);
        let moving = moving.and_then(|l| self.moving_share(algebra, group, t, l));
        if let (Some(moving), Some(prevalence)) = (moving, self.prevalence(algebra, group)) {
            let of_all = algebra.multiply(&prevalence, &moving);
            return algebra.scale(&of_all, self.exposure(m, t, group, None));
        }
        match self.prevalence(algebra, group) {
            Some(prevalence) => {
                let exposure = self.exposure(m, t, group, None);
                algebra.scale(&prevalence, exposure * share)
            }
            None => {
                let all = algebra.number(self.exposure(m, t, group, None) * share);
                let mut terms = vec![(1.0, all)];
                for other in self.others() {
                    let exposure = self.exposure(m, t, other, None);
                    if let Some(p) = self.prevalence(algebra, other) {
                        terms.push((-exposure * share, p));
                    }
                }
                total(algebra, &terms)
            }
        }
    }

    pub(super) fn model(&self) -> &'m Model {
        self.model
    }

    pub(super) fn year(&self, t: usize) -> i32 {
        self.years[t]
    }

    /// Expected units of a service in a cell before the agreement, quiet shift included.
    pub(super) fn volume<A: Algebra<Value = V>>(
        &mut self,
        algebra: &mut A,
        m: usize,
        t: usize,
        service: ServiceId,
        group: GroupId,
        level_index: usize,
    ) -> V {
        let plain = self.undrifted(algebra, m, t, service, group, level_index);
        if self.model.world.drifts.is_empty() {
            return plain;
        }
        self.drifted(algebra, (m, t), service, group, level_index, plain)
    }

    /// Expected units of a service in a cell before the agreement, without quiet shift.
    pub(super) fn undrifted<A: Algebra<Value = V>>(
        &mut self,
        algebra: &mut A,
        m: usize,
        t: usize,
        service: ServiceId,
        group: GroupId,
        level_index: usize,
    ) -> V {
        let stated = &self.model.world.services[service.0 as usize];
        let Some(rate) = stated.rates.iter().find(|r| r.group == group) else {
            return algebra.number(0.0);
        };
        let ages = Some(stated.age_factor.as_slice());
        let factor = rate.level_factor[level_index] * stated.municipality_factor[m];
        if let Some(product) = self.moving_product(algebra, service, group, t, level_index) {
            return algebra.scale(&product, self.exposure(m, t, group, ages) * factor);
        }
        let share = self.model.world.groups[group.0 as usize].levels[level_index].1;
        let factor = share * rate.level_factor[level_index] * stated.municipality_factor[m];
        if self.prevalence(algebra, group).is_some() {
            let product = self.product(algebra, service, group, t, group);
            return algebra.scale(&product, self.exposure(m, t, group, ages) * factor);
        }
        let rate = self.rate(algebra, service, group, t);
        let mut terms = vec![(self.exposure(m, t, group, ages) * factor, rate)];
        for other in self.others() {
            let exposure = self.exposure(m, t, other, ages);
            terms.push((
                -exposure * factor,
                self.product(algebra, service, group, t, other),
            ));
        }
        total(algebra, &terms)
    }

    /// Persons of a group in one age band, times `factor`; `None` where there can be none. The
    /// share of a level is left out: it is the same in every band.
    pub(super) fn in_band<A: Algebra<Value = V>>(
        &mut self,
        algebra: &mut A,
        (m, t): (usize, usize),
        group: GroupId,
        band: usize,
        factor: f64,
    ) -> Option<V> {
        let world = &self.model.world;
        let closed = world.groups[group.0 as usize]
            .dynamics
            .as_ref()
            .is_some_and(|d| d.closed);
        let year = self.years[if closed { 0 } else { t }];
        let all = world.population.persons(m, band, year) * factor;
        let profile = |g: GroupId| match &world.groups[g.0 as usize].share {
            GroupShare::Prevalence { profile, .. } => profile[band],
            GroupShare::Rest => 1.0,
        };
        let exposure = all * profile(group);
        if exposure == 0.0 {
            return None;
        }
        if self.prevalence(algebra, group).is_some() {
            // the prevalence is the same in every band
            return Some(algebra.number(exposure));
        }
        let mut terms = vec![(1.0, algebra.number(exposure))];
        for other in self.others() {
            if let Some(p) = self.prevalence(algebra, other) {
                terms.push((-all * profile(other), p));
            }
        }
        Some(total(algebra, &terms))
    }

    /// The rate of a group in a calendar year, computed or not.
    pub(super) fn rate_in<A: Algebra<Value = V>>(
        &mut self,
        algebra: &mut A,
        service: ServiceId,
        group: GroupId,
        year: i32,
    ) -> V {
        let stated = &self.model.world.services[service.0 as usize];
        let rate = stated.rates.iter().find(|r| r.group == group);
        let v = slot(algebra, rate.map_or(Value::Number(0.0), |r| r.rate));
        let Some(trend) = stated.trend else { return v };
        let since = (year - self.model.world.price_level).max(0) as u32;
        let trend = slot(algebra, trend);
        let growth = algebra.growth(&trend, since);
        algebra.multiply(&v, &growth)
    }

    /// prevalence × rate × growth × share of a level that moves.
    fn moving_product<A: Algebra<Value = V>>(
        &mut self,
        algebra: &mut A,
        service: ServiceId,
        group: GroupId,
        t: usize,
        level_index: usize,
    ) -> Option<V> {
        let key = (service, group, t, level_index);
        if let Some(v) = self.moving.get(&key) {
            return Some(v.clone());
        }
        let share = self.moving_share(algebra, group, t, level_index)?;
        let product = self.product(algebra, service, group, t, group);
        let v = algebra.multiply(&product, &share);
        self.moving.insert(key, v.clone());
        Some(v)
    }

    /// rate × (1 + trend)^(years since the price level's year).
    fn rate<A: Algebra<Value = V>>(
        &mut self,
        algebra: &mut A,
        service: ServiceId,
        group: GroupId,
        t: usize,
    ) -> V {
        if let Some(v) = self.rates.get(&(service, group, t)) {
            return v.clone();
        }
        let stated = &self.model.world.services[service.0 as usize];
        let rate = stated
            .rates
            .iter()
            .find(|r| r.group == group)
            .map(|r| r.rate);
        let mut v = slot(algebra, rate.unwrap_or(Value::Number(0.0)));
        if let Some(trend) = stated.trend {
            let since = (self.years[t] - self.model.world.price_level).max(0) as u32;
            let trend = slot(algebra, trend);
            let growth = algebra.growth(&trend, since);
            v = algebra.multiply(&v, &growth);
        }
        self.rates.insert((service, group, t), v.clone());
        v
    }

    fn product<A: Algebra<Value = V>>(
        &mut self,
        algebra: &mut A,
        service: ServiceId,
        group: GroupId,
        t: usize,
        of: GroupId,
    ) -> V {
        let key = (service, group, t, of);
        if let Some(v) = self.products.get(&key) {
            return v.clone();
        }
        let rate = self.rate(algebra, service, group, t);
        let v = match self.prevalence(algebra, of) {
            Some(prevalence) => algebra.multiply(&prevalence, &rate),
            None => rate,
        };
        self.products.insert(key, v.clone());
        v
    }
}

fn slot<A: Algebra>(algebra: &mut A, value: Value) -> A::Value {
    match value {
        Value::Number(x) => algebra.number(x),
        Value::Parameter(id) => algebra.parameter(id),
    }
}

fn total<A: Algebra>(algebra: &mut A, terms: &[(f64, A::Value)]) -> A::Value {
    let terms: Vec<(f64, &A::Value)> = terms.iter().map(|(w, v)| (*w, v)).collect();
    algebra.sum(&terms)
}
