//! Quiet shift: what unchanged practice itself moves from hospital to municipality.
//!
//! ```text
//!   gone_t  = max(0, 1 − (1 + yearly)^(t − since))     share of the service's volume
//!   V_t     = V⁰_t · (1 − gone_t)                      in both arms
//!   W_t     = W⁰_t + units · V⁰_t · gone_t             the work it creates elsewhere, in both arms
//! ```
//!
//! Promise: it sits in the counterfactual's volumes, so no difference between arms can hold it.
//! Absent: readmissions as a price of shorter stays; they are spill units like any other.

use super::algebra::Algebra;
use super::cells::Cells;
use super::lower::Walk;
use crate::model::*;

impl<V: Clone> Cells<'_, V> {
    /// A cell's volume once the world's quiet shifts have acted on it.
    pub(super) fn drifted<A: Algebra<Value = V>>(
        &mut self,
        algebra: &mut A,
        (m, t): (usize, usize),
        service: ServiceId,
        group: GroupId,
        level_index: usize,
        plain: V,
    ) -> V {
        let model = self.model();
        let mut terms = vec![(1.0, plain.clone())];
        for drift in &model.world.drifts {
            if drift.service == service {
                let gone = self.gone(algebra, drift, t);
                terms.push((-1.0, algebra.multiply(&plain, &gone)));
            }
            for (_, units) in drift.spill.iter().filter(|(to, _)| *to == service) {
                let before = self.undrifted(algebra, m, t, drift.service, group, level_index);
                let gone = self.gone(algebra, drift, t);
                let gone = algebra.multiply(&before, &gone);
                let units = slot(algebra, *units);
                terms.push((1.0, algebra.multiply(&gone, &units)));
            }
        }
        let terms: Vec<(f64, &V)> = terms.iter().map(|(w, v)| (*w, v)).collect();
        algebra.sum(&terms)
    }

    /// Share of the service's volume that is gone by a year.
    fn gone<A: Algebra<Value = V>>(&mut self, algebra: &mut A, drift: &Drift, t: usize) -> V {
        let since = (self.year(t) - drift.since).max(0) as u32;
        let yearly = slot(algebra, drift.yearly);
        let growth = algebra.growth(&yearly, since);
        let gone = algebra.complement(&growth);
        algebra.positive(&gone)
    }
}

/// What a drift has moved in a year.
pub(super) struct Drifted<V> {
    /// Units gone from the service.
    pub gone: V,
    /// Units created, in the order of the spill.
    pub created: Vec<V>,
    /// Kroner by party: full cost where work comes, what follows volume where it goes.
    pub kroner: Vec<(Party, V)>,
}

impl<A: Algebra> Walk<'_, A> {
    /// Units and kroner that a drift has moved by a year, in both arms alike.
    pub(super) fn drifted(&mut self, drift: &Drift, t: usize) -> Drifted<A::Value> {
        let world = &self.model.world;
        let stated = &world.services[drift.service.0 as usize];
        let mut terms = Vec::new();
        for m in 0..world.municipalities.len() {
            for rate in &stated.rates {
                for l in 0..world.groups[rate.group.0 as usize].levels.len() {
                    let algebra = &mut self.algebra;
                    terms.push(
                        self.cells
                            .undrifted(algebra, m, t, drift.service, rate.group, l),
                    );
                }
            }
        }
        let before = self.total(&terms);
        let gone = self.cells.gone(&mut self.algebra, drift, t);
        let gone = self.algebra.multiply(&before, &gone);
        let mut kroner = Vec::new();
        let mut cost = |walk: &mut Self, service: ServiceId, units: &A::Value, sign: f64| {
            let producer = walk.model.world.services[service.0 as usize]
                .producer
                .at(walk.years[t]);
            // hours that come are paid in full; a day that goes saves what follows volume
            let cost = match sign > 0.0 {
                true => walk.unit_cost(service, producer, t),
                false => walk.variable_cost(service, producer, t),
            };
            let amount = walk.algebra.multiply(units, &cost);
            kroner.push((producer, walk.algebra.scale(&amount, sign)));
        };
        cost(self, drift.service, &gone, -1.0);
        let mut created = Vec::new();
        for (to, units) in &drift.spill {
            let units = self.value(*units);
            let units = self.algebra.multiply(&gone, &units);
            cost(self, *to, &units, 1.0);
            created.push(units);
        }
        Drifted {
            gone,
            created,
            kroner,
        }
    }
}

fn slot<A: Algebra>(algebra: &mut A, value: Value) -> A::Value {
    match value {
        Value::Number(x) => algebra.number(x),
        Value::Parameter(id) => algebra.parameter(id),
    }
}
