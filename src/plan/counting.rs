//! Counts for the C layer: one cell's count, thinned into independent fates.

use super::algebra::Algebra;
use super::booking::Posting;
use super::lower::{ComplementOf, Counting, Place, Thinned, Walk};
use super::lowered::{Charge, CountClass, Fate};
use crate::model::*;

impl<A: Algebra> Walk<'_, A> {
    /// Charges of one unit: what it costs in the counterfactual, and what is different.
    pub(super) fn charges(
        &self,
        postings: &[Posting<A::Value>],
        m: usize,
        counterfactual: bool,
        sign: f64,
    ) -> Vec<Charge<A::Value>> {
        let charge = |p: &Posting<A::Value>| Charge {
            party: p.party,
            municipality: MunicipalityId(p.municipality.unwrap_or(m) as u16),
            resource: p.transfer.is_none(),
            meter: p.meter,
            kroner: p.kroner.clone(),
            level: if counterfactual { 1.0 } else { 0.0 },
            difference: sign,
            events: if p.cv > 0.0 { 1.0 } else { 0.0 },
            cv: p.cv,
        };
        postings.iter().map(charge).collect()
    }

    /// The same postings for `ratio` units for each unit counted.
    pub(super) fn charges_times(
        &mut self,
        postings: &[Posting<A::Value>],
        m: usize,
        ratio: &A::Value,
        events: f64,
    ) -> Vec<Charge<A::Value>> {
        let scaled: Vec<Posting<A::Value>> = postings
            .iter()
            .map(|p| Posting {
                kroner: self.algebra.multiply(&p.kroner, ratio),
                ..p.clone()
            })
            .collect();
        let mut charges = self.charges(&scaled, m, false, 1.0);
        charges
            .iter_mut()
            .filter(|c| c.cv > 0.0)
            .for_each(|c| c.events = events);
        charges
    }

    /// What mechanism k takes from a cell's own units and from those added before it, and what
    /// it adds where its ratio exceeds 1.
    pub(super) fn push_fates(
        &mut self,
        place: Place,
        service: ServiceId,
        k: usize,
        earlier: Option<&Thinned<A::Value>>,
        fates: &mut Vec<Fate<A::Value>>,
    ) {
        if self.counting == Counting::Nothing {
            return;
        }
        let (m, t) = (place.m, place.t);
        let name = self.model.agreement.mechanisms[k].name.clone();
        let before = self.postings(Arm::Counterfactual, service, m, t);
        let before = self.with_meters(&before, Some(service), None, true);
        let now = self.metered_postings(service, m, t);
        let mut elsewhere = self.moved_charges(k, m, t);
        if let Some(share) = self.backfill_of(service, k) {
            elsewhere.extend(self.charges_times(&now, m, &share, 1.0));
        }
        let mut push = |what: &str, fraction, charges| {
            fates.push(Fate {
                name: format!("{name}/{what}"),
                fraction,
                mean: None,
                charges,
            });
        };
        let own = earlier.map(|e| self.algebra.complement_of(&e.gone));
        let fraction = self.freed_fraction(k, place, own.as_ref());
        let mut charges = self.charges(&before, m, true, -1.0);
        charges.extend(elsewhere.clone());
        push("taken", fraction, charges);
        if let Some(added) = earlier.and_then(|e| e.added.as_ref()) {
            let fraction = self.freed_fraction(k, place, Some(added));
            let mut charges = self.charges(&now, m, false, -1.0);
            charges.extend(elsewhere);
            push("taken again", fraction, charges);
        }
        let left = earlier.map(|e| self.algebra.complement_of(&e.net));
        let Some(fraction) = self.added_fraction(k, place, left.as_ref()) else {
            return;
        };
        let mut charges = self.charges(&now, m, false, 1.0);
        let paid = self.mechanism_postings(k, m, t);
        let paid = self.with_meters(&paid, None, None, false);
        charges.extend(self.charges(&paid, m, false, -1.0));
        push("added", fraction, charges);
    }

    /// Postings of one unit under the agreement, with what they add to the meters.
    fn metered_postings(
        &mut self,
        service: ServiceId,
        m: usize,
        t: usize,
    ) -> Vec<Posting<A::Value>> {
        let now = self.postings(Arm::Agreement, service, m, t);
        let k = self.operated_by(service, m, t);
        self.with_meters(&now, Some(service), k, true)
    }

    /// The mechanism that operates a service here.
    fn operated_by(&self, service: ServiceId, m: usize, t: usize) -> Option<usize> {
        let operated = self.operated(service, m, t);
        operated.map(|(at, _)| self.operations[at].mechanism)
    }

    /// What a moved or avoided unit becomes elsewhere, and what is paid for it.
    fn moved_charges(&mut self, k: usize, m: usize, t: usize) -> Vec<Charge<A::Value>> {
        let paid = self.mechanism_postings(k, m, t);
        let paid = self.with_meters(&paid, None, None, false);
        let mut charges = self.charges(&paid, m, false, 1.0);
        if let MechanismKind::Shift(shift) = &self.model.agreement.mechanisms[k].kind {
            for (to, ratio) in &shift.to {
                let there = self.metered_postings(*to, m, t);
                let events = events_of(*ratio);
                let ratio = self.value(*ratio);
                charges.extend(self.charges_times(&there, m, &ratio, events));
            }
        }
        charges
    }

    /// The cell's count with its fates; what is left keeps its cost in both arms.
    pub(super) fn push_count(
        &mut self,
        place: Place,
        service: ServiceId,
        mean: A::Value,
        mut fates: Vec<Fate<A::Value>>,
        gone: Option<A::Value>,
    ) {
        if self.counting == Counting::Nothing {
            return;
        }
        let (m, t) = (place.m, place.t);
        let mut charges = match self.counting {
            Counting::Levels => {
                let before = self.postings(Arm::Counterfactual, service, m, t);
                let before = self.with_meters(&before, Some(service), None, true);
                self.charges(&before, m, true, 0.0)
            }
            _ => Vec::new(),
        };
        let operator = self.operated_by(service, m, t);
        for (sign, posting) in self.postings_swapped(service, m, t) {
            let k = operator.filter(|_| sign > 0.0);
            let posting = self.with_meters(&[posting], Some(service), k, false);
            charges.extend(self.charges(&posting, m, false, sign));
        }
        if !charges.is_empty() {
            let fraction = match &gone {
                None => self.algebra.number(1.0),
                Some(gone) => self.algebra.complement_of(gone),
            };
            fates.push(Fate {
                name: "kept".into(),
                fraction,
                mean: None,
                charges,
            });
        }
        if !self.metering {
            fates.extend(self.event_fates(place, service));
        }
        self.push_class(place, service, "", mean, fates);
    }

    fn push_class(
        &mut self,
        place: Place,
        service: ServiceId,
        mechanism: &str,
        mean: A::Value,
        mut fates: Vec<Fate<A::Value>>,
    ) {
        if fates.is_empty() {
            return;
        }
        self.keep_metered_groups(place, &mut fates);
        let stated = &self.model.world.services[service.0 as usize];
        if stated.dispersion <= 1.0 {
            for fate in &mut fates {
                fate.mean = Some(self.algebra.multiply(&mean, &fate.fraction));
            }
        }
        let cell = place.cell.map_or(String::new(), |(group, level)| {
            format!("{}:{level}", self.model.world.groups[group.0 as usize].id)
        });
        self.counts.push(CountClass {
            year: self.years[place.t],
            municipality: MunicipalityId(place.m as u16),
            service: stated.id.clone(),
            cell: format!("{cell}{mechanism}"),
            mean,
            dispersion: stated.dispersion,
            fates,
        });
    }

    /// Counts of services that nothing touches but a provision per event reads.
    pub(super) fn count_events(&mut self, m: usize, t: usize) {
        if self.counting == Counting::Nothing {
            return;
        }
        let mut parents: Vec<ServiceId> = Vec::new();
        for mechanism in &self.model.agreement.mechanisms {
            if let MechanismKind::Provide(provide) = &mechanism.kind
                && let Quota::PerEvent(parent, _) = &provide.quantity
                && !self.affected[parent.0 as usize]
                && !parents.contains(parent)
            {
                parents.push(*parent);
            }
        }
        for parent in parents {
            for rate in &self.model.world.services[parent.0 as usize].rates {
                let levels = &self.model.world.groups[rate.group.0 as usize].levels;
                for (l, (level, _)) in levels.iter().enumerate() {
                    let cell = Some((rate.group, *level));
                    let place = Place { m, t, cell };
                    let fates = self.event_fates(place, parent);
                    if !fates.is_empty() {
                        let algebra = &mut self.algebra;
                        let mean = self.cells.volume(algebra, m, t, parent, rate.group, l);
                        self.push_class(place, parent, "", mean, fates);
                    }
                }
            }
        }
    }

    /// Provisions per event read the parent's count: events among the covered that remain.
    fn event_fates(&mut self, place: Place, service: ServiceId) -> Vec<Fate<A::Value>> {
        let mut fates: Vec<Fate<A::Value>> = Vec::new();
        let Some(cell) = place.cell else { return fates };
        for (c, coverage) in self.model.agreement.coverages.iter().enumerate() {
            let pace = self.coverages[c].pace[place.m][place.t];
            if pace == 0.0 || !coverage.cells.contains(&cell) {
                continue;
            }
            // all provisions on one event are charged to the same count
            let charges = self.event_charges(place, service, c);
            if !charges.is_empty() {
                let fraction = self.remaining_fraction(place, service, cell, c);
                let name = format!("{}/event", coverage.id);
                fates.push(Fate {
                    name,
                    fraction,
                    mean: None,
                    charges,
                });
            }
        }
        fates
    }

    /// What the provisions of a coverage add to each remaining event of a service.
    fn event_charges(
        &mut self,
        place: Place,
        service: ServiceId,
        coverage: usize,
    ) -> Vec<Charge<A::Value>> {
        let mut charges = Vec::new();
        for (k, mechanism) in self.model.agreement.mechanisms.iter().enumerate() {
            let MechanismKind::Provide(provide) = &mechanism.kind else {
                continue;
            };
            let Quota::PerEvent(parent, units) = &provide.quantity else {
                continue;
            };
            if *parent != service || provide.coverage != coverage {
                continue;
            }
            let events = events_of(*units);
            let ratio = self.value(*units);
            let mut there = self
                .postings(Arm::Agreement, provide.service, place.m, place.t)
                .to_vec();
            there.extend(self.mechanism_postings(k, place.m, place.t));
            let there = self.with_meters(&there, Some(provide.service), Some(k), true);
            charges.extend(self.charges_times(&there, place.m, &ratio, events));
        }
        charges
    }

    /// New units per person: a count of its own.
    pub(super) fn push_provided(
        &mut self,
        place: Place,
        k: usize,
        service: ServiceId,
        units: &A::Value,
        per_event: bool,
    ) {
        // a provision per event is charged to the parent's count
        if per_event || self.counting == Counting::Nothing {
            return;
        }
        let (m, t) = (place.m, place.t);
        let mut now = self.postings(Arm::Agreement, service, m, t).to_vec();
        now.extend(self.mechanism_postings(k, m, t));
        let now = self.with_meters(&now, Some(service), Some(k), true);
        let charges = self.charges(&now, m, false, 1.0);
        let name = self.model.agreement.mechanisms[k].name.clone();
        let fraction = self.algebra.number(1.0);
        let fate = Fate {
            name: format!("{name}/provided"),
            fraction,
            mean: None,
            charges,
        };
        self.push_class(
            place,
            service,
            &format!("/{name}"),
            units.clone(),
            vec![fate],
        );
    }
}

/// Units with a cost of their own in `ratio` units: as many, or taken together where the ratio
/// is drawn.
fn events_of(ratio: Value) -> f64 {
    match ratio {
        Value::Number(units) if units > 0.0 => units,
        _ => 1.0,
    }
}
