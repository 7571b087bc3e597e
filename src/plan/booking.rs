//! Costs and payments of a change of volume.
//!
//! One unit of a service in one municipality and year has *postings*: its variable cost on the
//! producer, and what regimes and agreed transfers move because of it. A change of volume books
//! units × postings; a count's fate is charged the same postings. So the E and the C layer cannot
//! differ in what a unit costs.

use super::algebra::Algebra;
use super::lower::{Change, Place, Walk};
use crate::model::*;
use std::rc::Rc;

/// What one unit books on one party.
#[derive(Clone)]
pub(super) struct Posting<V> {
    pub party: Party,
    /// Municipality booked; `None` is the municipality of residence.
    pub municipality: Option<usize>,
    /// `None`: the change's own tag (resource). Else the transfer's.
    pub transfer: Option<Tag>,
    /// Not booked at all, but read by a meter of a rule on totals.
    pub meter: Option<u16>,
    pub kroner: V,
    pub cv: f64,
}

impl<A: Algebra> Walk<'_, A> {
    /// Share of the unit cost that follows volume at once.
    pub(super) fn variable_share(&mut self, service: ServiceId) -> A::Value {
        if self.not_built(service) {
            return self.algebra.number(1.0);
        }
        self.value(self.model.world.services[service.0 as usize].variable)
    }

    /// Variable cost of one unit at a producer.
    pub(super) fn variable_cost(
        &mut self,
        service: ServiceId,
        producer: Party,
        t: usize,
    ) -> A::Value {
        let cost = self.unit_cost(service, producer, t);
        let share = self.variable_share(service);
        self.algebra.multiply(&cost, &share)
    }

    /// Full cost of one unit at a producer; 0 where none is stated (then the model is not run).
    pub(super) fn unit_cost(&mut self, service: ServiceId, producer: Party, t: usize) -> A::Value {
        let stated = self.model.world.services[service.0 as usize].unit_cost_of(producer);
        self.amount(stated.unwrap_or(Value::Number(0.0)), self.years[t])
    }

    /// Share of the year that another operator runs the service here.
    pub(super) fn operated(&self, service: ServiceId, m: usize, t: usize) -> Option<(usize, f64)> {
        let runs =
            |o: &super::lower::Operation<A::Value>| o.service == service && o.pace[m][t] > 0.0;
        let at = self.operations.iter().position(runs)?;
        Some((at, self.operations[at].pace[m][t]))
    }

    /// What one unit books in an arm, in one municipality and year.
    pub(super) fn postings(
        &mut self,
        arm: Arm,
        service: ServiceId,
        m: usize,
        t: usize,
    ) -> Rc<[Posting<A::Value>]> {
        if let Some(known) = self.postings.get(&(arm, service, m, t)) {
            return Rc::clone(known);
        }
        let mut postings = self.producer_postings(arm, service, m, t);
        let law = self.regime_postings(service, m, t);
        if arm == Arm::Agreement {
            let agreed = self.agreed_postings(service, m, t, &law);
            postings.extend(law);
            postings.extend(agreed);
        } else {
            postings.extend(law);
        }
        let postings: Rc<[_]> = postings.into();
        self.postings
            .insert((arm, service, m, t), Rc::clone(&postings));
        postings
    }

    fn producer_postings(
        &mut self,
        arm: Arm,
        service: ServiceId,
        m: usize,
        t: usize,
    ) -> Vec<Posting<A::Value>> {
        let stated = &self.model.world.services[service.0 as usize];
        let (producer, cv) = (stated.producer.at(self.years[t]), stated.unit_cost_cv);
        let own = self.variable_cost(service, producer, t);
        let resource = |party, kroner| Posting {
            party,
            municipality: None,
            transfer: None,
            meter: None,
            kroner,
            cv,
        };
        match self
            .operated(service, m, t)
            .filter(|_| arm == Arm::Agreement)
        {
            None => vec![resource(producer, own)],
            Some((at, share)) => {
                let operator = self.operations[at].operator;
                let cost = self.operator_cost(at, t);
                let kept = self.algebra.scale(&own, 1.0 - share);
                let moved = self.algebra.scale(&cost, share);
                vec![resource(producer, kept), resource(operator, moved)]
            }
        }
    }

    fn operator_cost(&mut self, at: usize, t: usize) -> A::Value {
        let (cost, slot) = (
            self.operations[at].unit_cost.clone(),
            self.operations[at].slot,
        );
        match slot {
            Value::Parameter(id) => match &self.model.parameter(id).price {
                Some(price) => self.algebra.scale(&cost, price.factor(self.years[t])),
                None => cost,
            },
            Value::Number(_) => cost,
        }
    }

    fn regime_postings(
        &mut self,
        service: ServiceId,
        m: usize,
        t: usize,
    ) -> Vec<Posting<A::Value>> {
        let model = self.model;
        let year = self.years[t];
        let regimes = model.world.regimes.iter().enumerate();
        let in_force = regimes.flat_map(|(r, regime)| {
            let transfers = regime.transfers.iter().enumerate();
            transfers
                .filter(move |(_, t)| within(regime.years, year) && within(t.years, year))
                .map(move |(i, t)| (Tag::RegimeTransfer(r as u16, i as u16), t))
        });
        let mut postings = Vec::new();
        let mut paid: Vec<(&str, A::Value)> = Vec::new();
        for (tag, transfer) in in_force.clone() {
            if let Some(amount) = self.amount_per_unit(&transfer.rule, service, m, t) {
                self.two_postings(&mut postings, tag, transfer, &amount);
                paid.push((transfer.name.as_str(), amount));
            }
        }
        self.book_returns(&mut postings, &paid, in_force, m, t);
        postings
    }

    /// What of the payments goes back: last, wherever the returns are stated.
    fn book_returns<'t>(
        &mut self,
        postings: &mut Vec<Posting<A::Value>>,
        paid: &[(&str, A::Value)],
        in_force: impl Iterator<Item = (Tag, &'t Transfer)>,
        m: usize,
        t: usize,
    ) {
        for (tag, transfer) in in_force {
            let Rule::ReturnByPopulation { of } = &transfer.rule else {
                continue;
            };
            let returned: Vec<(f64, &A::Value)> = paid
                .iter()
                .filter(|(name, _)| of.iter().any(|o| o == name))
                .map(|(_, v)| (1.0, v))
                .collect();
            if !returned.is_empty() {
                let sum = self.algebra.sum(&returned);
                self.return_postings(postings, tag, transfer, m, t, &sum);
            }
        }
    }

    /// Payment and receipt: two signs of one amount.
    fn two_postings(
        &mut self,
        postings: &mut Vec<Posting<A::Value>>,
        tag: Tag,
        transfer: &Transfer,
        amount: &A::Value,
    ) {
        let received = self.algebra.scale(amount, -1.0);
        for (party, kroner) in [(transfer.from, amount.clone()), (transfer.to, received)] {
            postings.push(Posting {
                party,
                municipality: None,
                transfer: Some(tag),
                meter: None,
                kroner,
                cv: 0.0,
            });
        }
    }

    /// The state's part goes back to all municipalities of the region by population.
    fn return_postings(
        &mut self,
        postings: &mut Vec<Posting<A::Value>>,
        tag: Tag,
        transfer: &Transfer,
        m: usize,
        t: usize,
        amount: &A::Value,
    ) {
        for (other, share) in self.population_shares(m, t) {
            let part = self.algebra.scale(amount, share);
            let received = self.algebra.scale(amount, -share);
            for (party, kroner) in [(transfer.from, part), (transfer.to, received)] {
                let municipality = Some(other);
                postings.push(Posting {
                    party,
                    municipality,
                    transfer: Some(tag),
                    meter: None,
                    kroner,
                    cv: 0.0,
                });
            }
        }
    }

    /// Share of the population of m's region, by municipality.
    pub(super) fn population_shares(&self, m: usize, t: usize) -> Vec<(usize, f64)> {
        let world = &self.model.world;
        let region = &world.municipalities[m].region_code;
        let within: Vec<usize> = (0..world.municipalities.len())
            .filter(|o| world.municipalities[*o].region_code == *region)
            .collect();
        let persons = |o: &usize| world.population.total(*o, self.years[t]);
        let all: f64 = within.iter().map(persons).sum();
        within.iter().map(|o| (*o, persons(o) / all)).collect()
    }

    /// Kroner a rule moves for one unit of a service (before which arm or mechanism is asked).
    fn amount_per_unit(
        &mut self,
        rule: &Rule,
        service: ServiceId,
        m: usize,
        t: usize,
    ) -> Option<A::Value> {
        let year = self.years[t];
        match rule {
            Rule::Course(course) if course.service == service => {
                Some(self.course_amount(course, m, t))
            }
            Rule::PerUnit {
                counted: Counted::Service(s),
                price,
            } if *s == service => Some(self.price(price, year)),
            Rule::GpFee { service: s, amount } if *s == service => Some(self.amount(*amount, year)),
            Rule::TariffShare {
                service: s,
                tariff,
                share,
                cap,
            } if *s == service => {
                let tariff = self.amount(*tariff, year);
                let share = self.value(*share);
                let amount = self.algebra.multiply(&tariff, &share);
                Some(match cap {
                    Some(cap) => {
                        let cap = self.amount(*cap, year);
                        self.algebra.minimum(&amount, &cap)
                    }
                    None => amount,
                })
            }
            _ => None,
        }
    }

    /// Mean price of a unit under the law of the length of a course.
    fn price(&mut self, price: &UnitPrice, year: i32) -> A::Value {
        match price {
            UnitPrice::Flat(amount) => self.amount(*amount, year),
            UnitPrice::Tiered {
                tiers,
                course_length,
                cap,
            } => {
                let amounts: Vec<A::Value> =
                    tiers.iter().map(|t| self.amount(t.amount, year)).collect();
                let cap = cap.map(|c| self.amount(c, year));
                let units: f64 = course_length
                    .iter()
                    .enumerate()
                    .map(|(i, p)| p * (i + 1) as f64)
                    .sum();
                let mut courses = Vec::new();
                for (i, share) in course_length.iter().enumerate() {
                    let course = self.course(tiers, &amounts, i as u32 + 1);
                    let course = match &cap {
                        Some(cap) => self.algebra.minimum(&course, cap),
                        None => course,
                    };
                    courses.push((share / units, course));
                }
                let terms: Vec<(f64, &A::Value)> = courses.iter().map(|(w, v)| (*w, v)).collect();
                self.algebra.sum(&terms)
            }
        }
    }

    /// Price of a whole course of so many units.
    fn course(&mut self, tiers: &[Tier], amounts: &[A::Value], length: u32) -> A::Value {
        let mut from = 0;
        let mut terms = Vec::new();
        for (tier, amount) in tiers.iter().zip(amounts) {
            let to = tier.up_to.unwrap_or(u32::MAX).min(length);
            terms.push((to.saturating_sub(from) as f64, amount));
            from = from.max(to);
        }
        self.algebra.sum(&terms)
    }

    /// Payments the agreement counts on a service, or on an operated task.
    fn agreed_postings(
        &mut self,
        service: ServiceId,
        m: usize,
        t: usize,
        law: &[Posting<A::Value>],
    ) -> Vec<Posting<A::Value>> {
        let model = self.model;
        let mut postings = Vec::new();
        let mut paid: Vec<(&str, A::Value)> = Vec::new();
        // an agreement may return what law lets its payer receive
        for posting in law.iter().filter(|p| p.municipality.is_none()) {
            if let Some(Tag::RegimeTransfer(r, i)) = posting.transfer {
                let transfer = &model.world.regimes[r as usize].transfers[i as usize];
                if transfer.from == posting.party {
                    paid.push((transfer.name.as_str(), posting.kroner.clone()));
                }
            }
        }
        let year = self.years[t];
        let transfers = model.agreement.transfers.iter().enumerate();
        let in_force = transfers
            .filter(|(_, transfer)| agreed_in(&model.agreement, transfer, year))
            .map(|(i, transfer)| (Tag::AgreementTransfer(i as u16), transfer));
        for (tag, transfer) in in_force.clone() {
            let amount = match self.amount_per_unit(&transfer.rule, service, m, t) {
                Some(amount) => Some(amount),
                None => self.operated_amount(&transfer.rule, service, m, t),
            };
            if let Some(amount) = amount {
                self.two_postings(&mut postings, tag, transfer, &amount);
                paid.push((transfer.name.as_str(), amount));
            }
        }
        self.book_returns(&mut postings, &paid, in_force, m, t);
        postings
    }

    fn operated_amount(
        &mut self,
        rule: &Rule,
        service: ServiceId,
        m: usize,
        t: usize,
    ) -> Option<A::Value> {
        let (at, share) = self.operated(service, m, t)?;
        let amount = self.mechanism_amount(rule, self.operations[at].mechanism, t)?;
        Some(self.algebra.scale(&amount, share))
    }

    /// Kroner a rule moves for one unit of a mechanism.
    fn mechanism_amount(&mut self, rule: &Rule, k: usize, t: usize) -> Option<A::Value> {
        match rule {
            Rule::PerUnit {
                counted: Counted::Mechanism(on),
                price,
            } if *on == k => Some(self.price(price, self.years[t])),
            Rule::ActualCost {
                mechanism,
                overhead,
            } if *mechanism == k => {
                let cost = self.mechanism_cost(k, t);
                Some(match overhead {
                    Some(overhead) => {
                        let added = self.value(*overhead);
                        let added = self.algebra.multiply(&cost, &added);
                        self.algebra.sum(&[(1.0, &cost), (1.0, &added)])
                    }
                    None => cost,
                })
            }
            _ => None,
        }
    }

    fn mechanism_cost(&mut self, k: usize, t: usize) -> A::Value {
        if let Some(at) = self.operations.iter().position(|o| o.mechanism == k) {
            return self.operator_cost(at, t);
        }
        match &self.model.agreement.mechanisms[k].kind {
            MechanismKind::Provide(provide) => {
                let stated = &self.model.world.services[provide.service.0 as usize];
                let producer = stated.producer.at(self.years[t]);
                self.unit_cost(provide.service, producer, t)
            }
            _ => self.algebra.number(0.0),
        }
    }

    /// Payments for one unit that a mechanism avoided, moved or provided.
    pub(super) fn mechanism_postings(
        &mut self,
        k: usize,
        m: usize,
        t: usize,
    ) -> Vec<Posting<A::Value>> {
        if self.operations.iter().any(|o| o.mechanism == k) {
            return Vec::new(); // booked with the operated service's own units
        }
        let model = self.model;
        let mut postings = Vec::new();
        let mut paid: Vec<(&str, A::Value)> = Vec::new();
        let year = self.years[t];
        let transfers = model.agreement.transfers.iter().enumerate();
        let in_force = transfers
            .filter(|(_, transfer)| agreed_in(&model.agreement, transfer, year))
            .map(|(i, transfer)| (Tag::AgreementTransfer(i as u16), transfer));
        for (tag, transfer) in in_force.clone() {
            if let Some(amount) = self.mechanism_amount(&transfer.rule, k, t) {
                self.two_postings(&mut postings, tag, transfer, &amount);
                paid.push((transfer.name.as_str(), amount));
            }
        }
        self.book_returns(&mut postings, &paid, in_force, m, t);
        postings
    }

    /// The key of an entry that belongs to a service.
    pub(super) fn service_key(
        &self,
        arm: Arm,
        place: Place,
        service: ServiceId,
        tag: Tag,
        posting: &Posting<A::Value>,
    ) -> EntryKey {
        let stated = &self.model.world.services[service.0 as usize];
        let year = self.years[place.t];
        let resource = posting.transfer.is_none();
        EntryKey {
            arm,
            year,
            municipality: MunicipalityId(posting.municipality.unwrap_or(place.m) as u16),
            cell: place.cell,
            service: Some(service),
            producer: if resource {
                posting.party
            } else {
                stated.producer.at(year)
            },
            payer: stated.payer.at(year),
            owner: stated.owner.at(year),
            tag: posting.transfer.unwrap_or(tag),
            kind: if resource {
                Kind::Resource
            } else {
                Kind::Transfer
            },
            cash: CashClass::Cash,
            phase: PhaseOfCost::Operation,
            party: posting.party,
        }
    }

    /// Unchanged practice: variable cost and payments of the volume, and its fixed cost.
    pub(super) fn book_base(&mut self, place: Place, service: ServiceId, volume: &A::Value) {
        let arm = Arm::Counterfactual;
        for posting in self.postings(arm, service, place.m, place.t).iter() {
            let kroner = self.algebra.multiply(volume, &posting.kroner);
            let key = self.service_key(arm, place, service, Tag::Base, posting);
            let resource = posting.transfer.is_none();
            self.ledger
                .book(key, true, resource.then(|| volume.clone()), kroner);
            if resource {
                let fixed = self.fixed_cost(service, posting.party, place.t);
                let kroner = self.algebra.multiply(volume, &fixed);
                self.ledger.book(key, false, None, kroner);
            }
        }
    }

    /// Fixed cost of one unit: what neither volume nor capacity moves. In both arms alike.
    fn fixed_cost(&mut self, service: ServiceId, producer: Party, t: usize) -> A::Value {
        let cost = self.unit_cost(service, producer, t);
        let variable = self.variable_share(service);
        let semi_fixed = self.semi_fixed_share(service);
        let one = self.algebra.number(1.0);
        let rest = self
            .algebra
            .sum(&[(1.0, &one), (-1.0, &variable), (-1.0, &semi_fixed)]);
        // two uncertain shares may exceed 1 in a draw: then nothing is fixed
        let share = self.algebra.positive(&rest);
        self.algebra.multiply(&cost, &share)
    }

    fn semi_fixed_share(&mut self, service: ServiceId) -> A::Value {
        if self.not_built(service) {
            return self.algebra.number(0.0);
        }
        self.value(self.model.world.services[service.0 as usize].semi_fixed)
    }

    /// Whether the counterfactual operator would have had to build: then its cost is all variable.
    pub(super) fn not_built(&self, service: ServiceId) -> bool {
        let built = |o: &super::lower::Operation<A::Value>| {
            o.service == service && o.capacity == OperateCapacity::NotBuilt
        };
        self.operations.iter().any(built)
    }

    /// Books a change of volume: its postings, and what else it touches.
    pub(super) fn change(&mut self, place: Place, change: Change<'_, A::Value>) {
        let Change {
            service,
            tag,
            units,
            indicated,
            received,
        } = change;
        for posting in self
            .postings(Arm::Agreement, service, place.m, place.t)
            .iter()
        {
            let kroner = self.algebra.multiply(units, &posting.kroner);
            let key = self.service_key(Arm::Agreement, place, service, tag, posting);
            let resource = posting.transfer.is_none();
            if resource && received {
                self.received[place.t].push((posting.party, kroner.clone()));
            }
            self.ledger
                .book(key, true, resource.then(|| units.clone()), kroner);
        }
        self.change[service.0 as usize][place.m][place.t].push(units.clone());
        let producer = &self.model.world.services[service.0 as usize].producer;
        if producer.at(self.years[place.t]) == Party::Gp {
            self.gp_units[place.t].push(units.clone());
        }
        if indicated {
            self.indicate(place, service, units, true);
        }
    }

    /// Adds units to the indicators that count them.
    pub(super) fn indicate(
        &mut self,
        place: Place,
        service: ServiceId,
        units: &A::Value,
        difference: bool,
    ) {
        let Some((group, level)) = place.cell else {
            return;
        };
        self.indicate_courses(place, service, units, difference);
        for (i, indicator) in self.model.agreement.indicators.iter().enumerate() {
            let counts = indicator.services.contains(&service)
                && (indicator.groups.is_empty() || indicator.groups.contains(&group))
                && (indicator.levels.is_empty() || indicator.levels.contains(&level));
            if counts {
                let terms = &mut self.indicators[i][place.t];
                if difference {
                    &mut terms.1
                } else {
                    &mut terms.0
                }
                .push(units.clone());
                self.indicate_level(i, place.t, level, units, difference);
            }
        }
    }
}

/// Whether a year lies in a closed interval of years.
pub(super) fn within(years: (i32, i32), year: i32) -> bool {
    years.0 <= year && year <= years.1
}

/// Whether an agreed payment is made in a year, the after-period rule included.
pub(super) fn agreed_in(agreement: &Agreement, transfer: &Transfer, year: i32) -> bool {
    let terms = agreement.terms_of_transfer(transfer);
    let last = terms.period.1;
    // a payment agreed to the period's end goes on with it; other years are as stated
    let to_the_end = transfer.years.0 <= last && transfer.years.1 == last;
    let goes_on = terms.after_period == AfterPeriod::ContinuesWithSettlement;
    within(transfer.years, year) && (year <= last || goes_on)
        || year > last && goes_on && to_the_end
}
