//! Booking places, agency hours, saved time and joint operation.
//!
//! ```text
//!   places      places × cost, used or not
//!   agency      max(0, net hours − supply) × hourly cost × premium
//!   saved time  −covered × hours × hourly cost × realised share; the rest is shown beside
//!   joint       host + guest − shared · min(fixed, fixed), then the guest's part to the host
//! ```
//!
//! None of them follows counts: in the C layer they stand at their expectation.

use super::algebra::Algebra;
use super::booking::within;
use super::lower::Walk;
use crate::model::*;

impl<A: Algebra> Walk<'_, A> {
    /// Books every mechanism that is a resource of its own.
    pub(super) fn book_resources(&mut self) {
        let model = self.model;
        for (k, mechanism) in model.agreement.mechanisms.iter().enumerate() {
            for t in 0..self.years.len() {
                match &mechanism.kind {
                    MechanismKind::Places(places) => self.book_places(k, places, t),
                    MechanismKind::Workforce(workforce) => self.book_agency(k, workforce, t),
                    MechanismKind::SavedTime(saved) => self.book_saved_time(k, saved, t),
                    MechanismKind::Joint(joint) => self.book_joint(k, joint, t),
                    _ => {}
                }
            }
        }
    }

    /// What all places of a mechanism cost in a year, used or not.
    pub(super) fn places_cost(&mut self, places: &Places, t: usize) -> A::Value {
        if !within(places.years, self.years[t]) {
            return self.algebra.number(0.0);
        }
        let number = self.value(places.places);
        let cost = self.amount(places.cost_per_place, self.years[t]);
        self.algebra.multiply(&number, &cost)
    }

    fn book_places(&mut self, k: usize, places: &Places, t: usize) {
        let cost = self.places_cost(places, t);
        let shared = (places.key, places.recipients.as_slice());
        self.book_shared(k, places.party, shared, t, &cost);
    }

    /// Hours of a workforce that the agreement adds, less what it frees.
    pub(super) fn net_hours(&mut self, workforce: &Workforce, t: usize) -> A::Value {
        let mut terms = Vec::new();
        for (service, hours) in &workforce.hours {
            let hours = self.value(*hours);
            for m in 0..self.model.world.municipalities.len() {
                let units = self.units_gained(workforce.party, *service, m, t);
                terms.push(self.algebra.multiply(&units, &hours));
            }
        }
        self.total(&terms)
    }

    /// Units of a service that a party produces under the agreement and did not before.
    fn units_gained(&mut self, party: Party, service: ServiceId, m: usize, t: usize) -> A::Value {
        let s = service.0 as usize;
        let after = self.produced_by(party, service, m, t);
        let stated = &self.model.world.services[s].producer;
        let before = if stated.at(self.years[t]) == party {
            1.0
        } else {
            0.0
        };
        let base = self.base[s][m][t].clone();
        let base = self.total(&base);
        let change = self.change[s][m][t].clone();
        let change = self.total(&change);
        self.algebra
            .sum(&[(after - before, &base), (after, &change)])
    }

    /// Hours beyond the supply, never negative.
    pub(super) fn short_hours(&mut self, workforce: &Workforce, t: usize) -> A::Value {
        let net = self.net_hours(workforce, t);
        let supply = self.value(workforce.supply);
        let short = self.algebra.sum(&[(1.0, &net), (-1.0, &supply)]);
        self.algebra.positive(&short)
    }

    fn book_agency(&mut self, k: usize, workforce: &Workforce, t: usize) {
        let Shortage::Agency {
            hourly_cost,
            premium,
        } = &workforce.shortage
        else {
            return;
        };
        let short = self.short_hours(workforce, t);
        let cost = self.amount(*hourly_cost, self.years[t]);
        let premium = self.value(*premium);
        let beyond = self.algebra.multiply(&cost, &premium);
        let kroner = self.algebra.multiply(&short, &beyond);
        let shared = (Key::Population, workforce.recipients.as_slice());
        self.book_shared(k, workforce.party, shared, t, &kroner);
    }

    /// Hours saved in one municipality.
    fn saved_hours_in(&mut self, saved: &SavedTime, m: usize, t: usize) -> A::Value {
        let cells = self.model.agreement.coverages[saved.coverage].cells.clone();
        let persons: Vec<A::Value> = cells
            .into_iter()
            .map(|cell| self.covered_persons(saved.coverage, m, t, cell))
            .collect();
        let persons = self.total(&persons);
        let hours = self.value(saved.hours);
        self.algebra.multiply(&persons, &hours)
    }

    /// Hours saved in a year, everywhere.
    pub(super) fn saved_hours(&mut self, saved: &SavedTime, t: usize) -> A::Value {
        let places = 0..self.model.world.municipalities.len();
        let terms: Vec<A::Value> = places.map(|m| self.saved_hours_in(saved, m, t)).collect();
        self.total(&terms)
    }

    /// Kroner of saved time that no budget sees.
    pub(super) fn saved_beside(&mut self, saved: &SavedTime, t: usize) -> A::Value {
        let hours = self.saved_hours(saved, t);
        let cost = self.amount(saved.hourly_cost, self.years[t]);
        let realised = self.value(saved.realised);
        let kept = self.algebra.complement(&realised);
        let value = self.algebra.multiply(&hours, &cost);
        self.algebra.multiply(&value, &kept)
    }

    fn book_saved_time(&mut self, k: usize, saved: &SavedTime, t: usize) {
        let cost = self.amount(saved.hourly_cost, self.years[t]);
        let realised = self.value(saved.realised);
        let cash = self.algebra.multiply(&cost, &realised);
        for m in 0..self.model.world.municipalities.len() {
            let hours = self.saved_hours_in(saved, m, t);
            let kroner = self.algebra.multiply(&hours, &cash);
            let kroner = self.algebra.scale(&kroner, -1.0);
            let key = self.resource_key(k, saved.party, m, t, Kind::Resource);
            self.ledger.book(key, false, None, kroner);
        }
    }

    /// Yearly costs of a joint operation.
    pub(super) fn joint_costs(&mut self, joint: &Joint, t: usize) -> JointCosts<A::Value> {
        let year = self.years[t];
        let both = |walk: &mut Self, (fixed, variable): (Value, Option<Value>)| {
            let fixed = walk.amount(fixed, year);
            let all = match variable {
                Some(variable) => {
                    let variable = walk.amount(variable, year);
                    walk.algebra.sum(&[(1.0, &fixed), (1.0, &variable)])
                }
                None => fixed.clone(),
            };
            (fixed, all)
        };
        let (host_fixed, host) = both(self, joint.host_cost);
        let (guest_fixed, guest) = both(self, joint.guest_cost);
        let smaller = self.algebra.minimum(&host_fixed, &guest_fixed);
        let shared = self.value(joint.shared);
        let saved = self.algebra.multiply(&smaller, &shared);
        let joint_cost = self
            .algebra
            .sum(&[(1.0, &host), (1.0, &guest), (-1.0, &saved)]);
        let by_shapley = self.algebra.sum(&[(1.0, &guest), (-0.5, &saved)]);
        let by_key = match joint.split {
            Split::Key(host_share) => {
                let share = self.value(host_share);
                let rest = self.algebra.complement(&share);
                Some(self.algebra.multiply(&joint_cost, &rest))
            }
            Split::Shapley => None,
        };
        JointCosts {
            guest,
            saved,
            joint: joint_cost,
            paid: by_key.unwrap_or_else(|| by_shapley.clone()),
            by_shapley,
        }
    }

    fn book_joint(&mut self, k: usize, joint: &Joint, t: usize) {
        if !within(joint.years, self.years[t]) {
            return;
        }
        let costs = self.joint_costs(joint, t);
        let shared = (Key::Population, joint.recipients.as_slice());
        // the host takes the guest's cost over, less what is not needed twice
        let taken = self
            .algebra
            .sum(&[(1.0, &costs.guest), (-1.0, &costs.saved)]);
        let spared = self.algebra.scale(&costs.guest, -1.0);
        self.book_shared(k, joint.host, shared, t, &taken);
        self.book_shared(k, joint.guest, shared, t, &spared);
        let received = self.algebra.scale(&costs.paid, -1.0);
        for (party, kroner) in [(joint.guest, &costs.paid), (joint.host, &received)] {
            for m in 0..self.model.world.municipalities.len() {
                let share = self.key_share(shared.0, shared.1, m, t);
                if share == 0.0 {
                    continue;
                }
                let kroner = self.algebra.scale(kroner, share);
                let mut key = self.resource_key(k, party, m, t, Kind::Transfer);
                (key.producer, key.payer) = (joint.host, joint.guest);
                self.ledger.book(key, false, None, kroner);
            }
        }
    }

    fn book_shared(
        &mut self,
        k: usize,
        party: Party,
        (key, recipients): (Key, &[bool]),
        t: usize,
        kroner: &A::Value,
    ) {
        for m in 0..self.model.world.municipalities.len() {
            let share = self.key_share(key, recipients, m, t);
            if share == 0.0 {
                continue;
            }
            let kroner = self.algebra.scale(kroner, share);
            let key = self.resource_key(k, party, m, t, Kind::Resource);
            self.ledger.book(key, false, None, kroner);
        }
    }

    fn resource_key(&self, k: usize, party: Party, m: usize, t: usize, kind: Kind) -> EntryKey {
        EntryKey {
            arm: Arm::Agreement,
            year: self.years[t],
            municipality: MunicipalityId(m as u16),
            cell: None,
            service: None,
            producer: party,
            payer: party,
            owner: party,
            tag: Tag::Mechanism(k as u16),
            kind,
            cash: CashClass::Cash,
            phase: PhaseOfCost::Operation,
            party,
        }
    }
}

/// What a joint operation costs in a year.
pub(super) struct JointCosts<V> {
    /// The guest alone.
    pub guest: V,
    /// Not needed twice.
    pub saved: V,
    /// Together.
    pub joint: V,
    /// What the guest pays the host.
    pub paid: V,
    /// What it would pay if the saving were halved.
    pub by_shapley: V,
}
