//! What is booked on totals once the cells are done: operation, capacity, investment, agreed
//! sums, memo lines; and the closing of the walk.

use super::algebra::Algebra;
use super::booking::{Posting, agreed_in};
use super::lower::{Place, Walk};
use super::lowered::Lowered;
use crate::model::*;

/// The unit of a payment per covered citizen.
pub const COVERED_PERSON_YEAR: &str = "covered_person_year";

impl<A: Algebra> Walk<'_, A> {
    pub(super) fn total(&mut self, terms: &[A::Value]) -> A::Value {
        let weighted: Vec<(f64, &A::Value)> = terms.iter().map(|v| (1.0, v)).collect();
        self.algebra.sum(&weighted)
    }

    /// What the volume before the agreement books differently under it: another operator's
    /// cost, and payments the agreement counts on a service.
    pub(super) fn book_swaps(&mut self) {
        for s in 0..self.model.world.services.len() {
            if !self.affected[s] {
                continue;
            }
            for m in 0..self.model.world.municipalities.len() {
                for t in 0..self.years.len() {
                    self.book_swap(ServiceId(s as u16), m, t);
                }
            }
        }
    }

    fn book_swap(&mut self, service: ServiceId, m: usize, t: usize) {
        let swapped = self.postings_swapped(service, m, t);
        if swapped.is_empty() {
            return;
        }
        let terms = self.base[service.0 as usize][m][t].clone();
        let volume = self.total(&terms);
        let place = Place { m, t, cell: None };
        let operated = self.operated(service, m, t);
        let k = operated.map_or(0, |(at, _)| self.operations[at].mechanism);
        for (sign, posting) in swapped {
            let kroner = self.algebra.multiply(&volume, &posting.kroner);
            let kroner = self.algebra.scale(&kroner, sign);
            if posting.transfer.is_none() && sign > 0.0 {
                self.received[t].push((posting.party, kroner.clone()));
            }
            let tag = Tag::Mechanism(k as u16);
            let key = self.service_key(Arm::Agreement, place, service, tag, &posting);
            self.ledger.book(key, true, None, kroner);
        }
        if let Some((_, share)) = operated {
            let operated = self.algebra.scale(&volume, share);
            self.mechanism_units[k][m][t].push(operated);
        }
    }

    /// Postings of the agreement (+) and of the counterfactual (−) that the volume before the
    /// agreement books differently: resources only where another operator runs the service.
    pub(super) fn postings_swapped(
        &mut self,
        service: ServiceId,
        m: usize,
        t: usize,
    ) -> Vec<(f64, Posting<A::Value>)> {
        let operated = self.operated(service, m, t).is_some();
        let differs = |p: &Posting<A::Value>| match p.transfer {
            None => operated,
            Some(Tag::RegimeTransfer(..)) => false,
            Some(_) => true,
        };
        let new = self.postings(Arm::Agreement, service, m, t);
        let old = self.postings(Arm::Counterfactual, service, m, t);
        let new = new.iter().map(|p| (1.0, p.clone()));
        let old = old.iter().map(|p| (-1.0, p.clone()));
        new.chain(old).filter(|(_, p)| differs(p)).collect()
    }

    /// Capacity paths of both arms, site by site.
    pub(super) fn book_capacity(&mut self) {
        let mut freed: Vec<(Party, usize, A::Value)> = Vec::new();
        for s in 0..self.model.world.services.len() {
            let service = ServiceId(s as u16);
            let stated = &self.model.world.services[s];
            let released = stated.semi_fixed != Value::Number(0.0) && self.affected[s];
            if !released || self.not_built(service) {
                continue;
            }
            let Some(rule) = self.model.release_of(service).cloned() else {
                continue;
            };
            for site in self.sites(service, &rule) {
                self.book_site(service, &rule, &site, &mut freed);
            }
        }
        self.memo_lines(freed);
    }

    /// Municipalities whose volume stands on one capacity.
    fn sites(&self, service: ServiceId, rule: &Release) -> Vec<Vec<usize>> {
        let world = &self.model.world;
        let all = 0..world.municipalities.len();
        let producer = world.services[service.0 as usize]
            .producer
            .at(self.years[0]);
        if rule.site == Site::Municipality || producer == Party::Municipality {
            return all.map(|m| vec![m]).collect();
        }
        let mut regions: Vec<&str> = Vec::new();
        for m in all.clone() {
            let code = world.municipalities[m].region_code.as_str();
            if !regions.contains(&code) {
                regions.push(code);
            }
        }
        let of = |code: &str| -> Vec<usize> {
            all.clone()
                .filter(|m| world.municipalities[*m].region_code == code)
                .collect()
        };
        regions.into_iter().map(of).collect()
    }

    fn book_site(
        &mut self,
        service: ServiceId,
        rule: &Release,
        site: &[usize],
        freed: &mut Vec<(Party, usize, A::Value)>,
    ) {
        let s = service.0 as usize;
        let years = self.years.len();
        let phase = self.phase(service, rule, site);
        let mut before = Vec::new();
        let mut after = Vec::new();
        let mut changes = Vec::new();
        for t in 0..years {
            let base: Vec<A::Value> = site
                .iter()
                .flat_map(|m| self.base[s][*m][t].clone())
                .collect();
            let base = self.total(&base);
            let change = self.site_change(service, site, t);
            after.push(self.algebra.sum(&[(1.0, &base), (1.0, &change)]));
            before.push(base);
            changes.push(change);
        }
        // what stands at the start is the counterfactual's need, in both arms: a fall in the
        // first year waits like any other
        let standing = before[0].clone();
        before.insert(0, standing.clone());
        after.insert(0, standing);
        let paid_before = self.algebra.capacity(rule, &phase, &before);
        let paid_after = self.algebra.capacity(rule, &phase, &after);
        for t in 0..years {
            let paid = (&paid_before[t + 1], &paid_after[t + 1]);
            self.book_site_year(service, site, t, paid, &changes[t], freed);
        }
    }

    /// Change of the volume that stands on a site's capacity: what is operated elsewhere leaves it.
    fn site_change(&mut self, service: ServiceId, site: &[usize], t: usize) -> A::Value {
        let s = service.0 as usize;
        let mut terms = Vec::new();
        for m in site {
            let change = self.change[s][*m][t].clone();
            match self.operated(service, *m, t) {
                None => terms.extend(change),
                Some((_, share)) => {
                    let base = self.base[s][*m][t].clone();
                    let base = self.total(&base);
                    terms.push(self.algebra.scale(&base, -share));
                    for c in &change {
                        terms.push(self.algebra.scale(c, 1.0 - share));
                    }
                }
            }
        }
        self.total(&terms)
    }

    fn phase(&mut self, service: ServiceId, rule: &Release, site: &[usize]) -> A::Value {
        match rule.phase {
            Phase::Known(value) => self.value(value),
            Phase::Uncertain => {
                let world = &self.model.world;
                let code = (rule.site == Site::Municipality)
                    .then(|| world.municipalities[site[0]].code.as_str());
                let name = phase_name(&world.services[service.0 as usize].id, code);
                let at = self.model.parameters.iter().position(|p| p.name == name);
                match at {
                    Some(at) => self.algebra.parameter(ParameterId(at as u32)),
                    None => self.algebra.number(0.5),
                }
            }
        }
    }

    fn book_site_year(
        &mut self,
        service: ServiceId,
        site: &[usize],
        t: usize,
        (before, after): (&A::Value, &A::Value),
        change: &A::Value,
        freed: &mut Vec<(Party, usize, A::Value)>,
    ) {
        let stated = &self.model.world.services[service.0 as usize];
        let producer = stated.producer.at(self.years[t]);
        let semi_fixed = stated.semi_fixed;
        let cost = self.unit_cost(service, producer, t);
        let share = self.value(semi_fixed);
        let cost = self.algebra.multiply(&cost, &share);
        let difference = self.algebra.sum(&[(1.0, after), (-1.0, before)]);
        // two paths that are equal differ by nothing, also where years are added up
        let difference = self.algebra.atom(&difference);
        let standing = self.algebra.multiply(&cost, before);
        let released = self.algebra.multiply(&cost, &difference);
        let persons: Vec<f64> = site
            .iter()
            .map(|m| self.model.world.population.total(*m, self.years[t]))
            .collect();
        let all: f64 = persons.iter().sum();
        for (m, n) in site.iter().zip(&persons) {
            let place = Place {
                m: *m,
                t,
                cell: None,
            };
            let kroner = [
                (Arm::Counterfactual, self.algebra.scale(&standing, n / all)),
                (Arm::Agreement, self.algebra.scale(&released, n / all)),
            ];
            for (arm, kroner) in kroner {
                let posting = Posting {
                    party: producer,
                    municipality: None,
                    transfer: None,
                    meter: None,
                    kroner: kroner.clone(),
                    cv: 0.0,
                };
                let key = self.service_key(arm, place, service, Tag::Release, &posting);
                self.ledger.book(key, false, None, kroner);
            }
        }
        let unreleased = self.unreleased(&cost, &difference, change);
        freed.push((producer, t, unreleased));
    }

    /// Freed and not released: min(freed, freed − what was closed), never negative (kr.).
    fn unreleased(
        &mut self,
        cost: &A::Value,
        difference: &A::Value,
        change: &A::Value,
    ) -> A::Value {
        let freed = self.algebra.scale(change, -1.0);
        let freed = self.algebra.positive(&freed);
        let open = self.algebra.sum(&[(1.0, difference), (-1.0, change)]);
        let open = self.algebra.positive(&open);
        let units = self.algebra.minimum(&freed, &open);
        self.algebra.multiply(&units, cost)
    }

    /// Freed capacity by party and year, and double running against the other parties' new cost.
    fn memo_lines(&mut self, freed: Vec<(Party, usize, A::Value)>) {
        for party in Party::ALL {
            for t in 0..self.years.len() {
                let own: Vec<A::Value> = freed
                    .iter()
                    .filter(|(p, at, _)| *p == party && *at == t)
                    .map(|(_, _, v)| v.clone())
                    .collect();
                if own.is_empty() {
                    continue;
                }
                let open = self.total(&own);
                self.memos
                    .push((party, t, CashClass::FreedCapacity, open.clone()));
                let received = self.received[t]
                    .iter()
                    .filter(|(p, _)| *p != party)
                    .map(|(_, v)| v.clone())
                    .collect::<Vec<_>>();
                let received = self.total(&received);
                let received = self.algebra.positive(&received);
                let twice = self.algebra.minimum(&received, &open);
                self.memos.push((party, t, CashClass::DoubleRunning, twice));
            }
        }
    }

    /// Amounts bought, in their arm.
    pub(super) fn book_investments(&mut self) {
        for (k, mechanism) in self.model.agreement.mechanisms.iter().enumerate() {
            let MechanismKind::Invest(invest) = &mechanism.kind else {
                continue;
            };
            for t in 0..self.years.len() {
                self.book_investment(k, invest, t);
            }
        }
    }

    fn book_investment(&mut self, k: usize, invest: &Invest, t: usize) {
        let year = self.years[t];
        let amount = self.amount(invest.amount, year);
        let on = match invest.basis {
            InvestBasis::Once(when) => when == year,
            InvestBasis::Yearly(from, to) => from <= year && year <= to,
            InvestBasis::PerNewPerson(_) | InvestBasis::PerPersonYear(_) => true,
        };
        if !on {
            return;
        }
        for m in 0..self.model.world.municipalities.len() {
            let (kroner, gone) = match invest.basis {
                InvestBasis::Once(_) | InvestBasis::Yearly(..) => {
                    let share = self.key_share(invest.key, &invest.recipients, m, t);
                    (self.algebra.scale(&amount, share), None)
                }
                InvestBasis::PerNewPerson(c) => self.per_person(c, m, t, &amount, true),
                InvestBasis::PerPersonYear(c) => self.per_person(c, m, t, &amount, false),
            };
            self.book_invested(Tag::Mechanism(k as u16), invest, m, t, kroner);
            if let Some(gone) = gone {
                let back = self.algebra.scale(&gone, -1.0);
                self.book_invested(Tag::Interaction, invest, m, t, back);
            }
        }
    }

    /// An amount for each person covered, and what of it goes with persons no longer there.
    fn per_person(
        &mut self,
        c: usize,
        m: usize,
        t: usize,
        amount: &A::Value,
        new: bool,
    ) -> (A::Value, Option<A::Value>) {
        let cells = self.model.agreement.coverages[c].cells.clone();
        let mut gone = Vec::new();
        let persons: Vec<A::Value> = cells
            .into_iter()
            .map(|cell| {
                let persons = if new {
                    self.new_persons(c, m, t, cell)
                } else {
                    self.covered_persons(c, m, t, cell)
                };
                let cell = Some(cell);
                gone.extend(self.gone_with_persons(Place { m, t, cell }, &persons));
                persons
            })
            .collect();
        let persons = self.total(&persons);
        let gone = (!gone.is_empty()).then(|| self.total(&gone));
        let gone = gone.map(|gone| self.algebra.multiply(&gone, amount));
        (self.algebra.multiply(&persons, amount), gone)
    }

    /// A municipality's share of an amount.
    pub(super) fn key_share(&self, key: Key, recipients: &[bool], m: usize, t: usize) -> f64 {
        if !recipients[m] {
            return 0.0;
        }
        let all = (0..recipients.len()).filter(|o| recipients[*o]);
        match key {
            Key::Equal => 1.0 / all.count() as f64,
            Key::Population => {
                let persons = |o: usize| self.model.world.population.total(o, self.years[t]);
                persons(m) / all.map(persons).sum::<f64>()
            }
        }
    }

    fn book_invested(&mut self, tag: Tag, invest: &Invest, m: usize, t: usize, kroner: A::Value) {
        let key = |arm| EntryKey {
            arm,
            year: self.years[t],
            municipality: MunicipalityId(m as u16),
            cell: None,
            service: None,
            producer: invest.party,
            payer: invest.party,
            owner: invest.party,
            tag,
            kind: Kind::Resource,
            cash: CashClass::Cash,
            phase: invest.phase,
            party: invest.party,
        };
        match invest.arm {
            Arm::Agreement => self.ledger.book(key(Arm::Agreement), false, None, kroner),
            Arm::Counterfactual => {
                let spared = self.algebra.scale(&kroner, -1.0);
                self.ledger
                    .book(key(Arm::Counterfactual), false, None, kroner);
                self.ledger.book(key(Arm::Agreement), false, None, spared);
            }
        }
    }

    /// Agreed payments that do not follow a service's own units.
    pub(super) fn book_agreement_transfers(&mut self) {
        let model = self.model;
        for (i, transfer) in model.agreement.transfers.iter().enumerate() {
            for t in 0..self.years.len() {
                if !agreed_in(&model.agreement, transfer, self.years[t]) {
                    continue;
                }
                for m in 0..model.world.municipalities.len() {
                    if let Some(amount) = self.agreed_sum(transfer, m, t) {
                        self.book_transfer(
                            Tag::AgreementTransfer(i as u16),
                            transfer,
                            m,
                            t,
                            amount,
                        );
                    }
                }
            }
        }
        self.book_mechanism_payments();
    }

    fn agreed_sum(&mut self, transfer: &Transfer, m: usize, t: usize) -> Option<A::Value> {
        match &transfer.rule {
            Rule::LumpSum {
                amount_per_year,
                key,
            } => {
                let amount = self.amount(*amount_per_year, self.years[t]);
                let share = self.key_share(*key, &self.sharing(transfer), m, t);
                Some(self.algebra.scale(&amount, share))
            }
            Rule::PerCoveredPersonYear { coverage, amount } => {
                let amount = self.amount(*amount, self.years[t]);
                let (all, gone) = self.per_person(*coverage, m, t, &amount, false);
                Some(match gone {
                    None => all,
                    Some(gone) => self.algebra.sum(&[(1.0, &all), (-1.0, &gone)]),
                })
            }
            _ => None,
        }
    }

    /// Who shares a sum: the municipalities that take part, or all where nobody starts anything.
    pub(super) fn sharing(&self, transfer: &Transfer) -> Vec<bool> {
        let municipalities = self.model.world.municipalities.len();
        let part = self.model.agreement.taking_part(transfer, municipalities);
        if part.contains(&true) {
            part
        } else {
            vec![true; part.len()]
        }
    }

    pub(super) fn transfer_key(
        &self,
        tag: Tag,
        transfer: &Transfer,
        m: usize,
        t: usize,
        party: Party,
    ) -> EntryKey {
        EntryKey {
            arm: Arm::Agreement,
            year: self.years[t],
            municipality: MunicipalityId(m as u16),
            cell: None,
            service: None,
            producer: transfer.to,
            payer: transfer.from,
            owner: transfer.to,
            tag,
            kind: Kind::Transfer,
            cash: CashClass::Cash,
            phase: PhaseOfCost::Operation,
            party,
        }
    }

    fn book_transfer(
        &mut self,
        tag: Tag,
        transfer: &Transfer,
        m: usize,
        t: usize,
        amount: A::Value,
    ) {
        let received = self.algebra.scale(&amount, -1.0);
        for (party, kroner) in [(transfer.from, amount), (transfer.to, received)] {
            let key = self.transfer_key(tag, transfer, m, t, party);
            self.ledger.book(key, false, None, kroner);
        }
    }

    /// Payments per unit avoided, moved or provided.
    fn book_mechanism_payments(&mut self) {
        for k in 0..self.model.agreement.mechanisms.len() {
            for t in 0..self.years.len() {
                for m in 0..self.model.world.municipalities.len() {
                    let postings = self.mechanism_postings(k, m, t);
                    if postings.is_empty() {
                        continue;
                    }
                    let terms = self.mechanism_units[k][m][t].clone();
                    let units = self.total(&terms);
                    for posting in &postings {
                        self.book_mechanism_payment(posting, m, t, &units);
                    }
                }
            }
        }
    }

    fn book_mechanism_payment(
        &mut self,
        posting: &Posting<A::Value>,
        m: usize,
        t: usize,
        units: &A::Value,
    ) {
        let Some(Tag::AgreementTransfer(i)) = posting.transfer else {
            return;
        };
        let transfer = &self.model.agreement.transfers[i as usize];
        let kroner = self.algebra.multiply(units, &posting.kroner);
        let m = posting.municipality.unwrap_or(m);
        let key = self.transfer_key(Tag::AgreementTransfer(i), transfer, m, t, posting.party);
        self.ledger.book(key, true, None, kroner);
    }

    /// What a payment per unit would count: units of an operated task, else covered person-years.
    fn main_activity(&mut self) -> Option<(String, Vec<A::Value>)> {
        let years = 0..self.years.len();
        if let Some(operation) = self.operations.first() {
            let (k, service) = (operation.mechanism, operation.service);
            let units = years.map(|t| {
                let by_place = self.mechanism_units[k].iter();
                let terms: Vec<A::Value> =
                    by_place.flat_map(|by_year| by_year[t].clone()).collect();
                self.total(&terms)
            });
            let units = units.collect();
            return Some((
                self.model.world.services[service.0 as usize].id.clone(),
                units,
            ));
        }
        if self.coverages.is_empty() {
            return None;
        }
        let units = years.map(|t| self.covered_in(t)).collect();
        Some((COVERED_PERSON_YEAR.to_string(), units))
    }

    /// Covered person-years of all coverages in a year.
    fn covered_in(&mut self, t: usize) -> A::Value {
        let mut persons = Vec::new();
        for c in 0..self.coverages.len() {
            for m in 0..self.model.world.municipalities.len() {
                for cell in self.model.agreement.coverages[c].cells.clone() {
                    let covered = self.covered_persons(c, m, t, cell);
                    let cell = Some(cell);
                    persons.push(self.of_persons_there(Place { m, t, cell }, covered));
                }
            }
        }
        self.total(&persons)
    }

    pub(super) fn close(mut self) -> (Lowered<A::Value>, A) {
        let gauges = self.gauges();
        let activity = self.main_activity();
        let persons = self.persons_by_level();
        let qalys = self.qalys(&persons);
        let study = self.study_rows();
        let indicators = std::mem::take(&mut self.indicators);
        let indicators = indicators
            .iter()
            .zip(&self.model.agreement.indicators)
            .map(|(by_year, indicator)| {
                if indicator.services.is_empty() {
                    return Vec::new();
                }
                let sums = by_year.iter();
                sums.map(|(before, change)| {
                    let weigh = |terms: &'_ [A::Value], algebra: &mut A| {
                        let weighted: Vec<(f64, &A::Value)> =
                            terms.iter().map(|v| (1.0, v)).collect();
                        algebra.sum(&weighted)
                    };
                    (
                        weigh(before, &mut self.algebra),
                        weigh(change, &mut self.algebra),
                    )
                })
                .collect()
            })
            .collect();
        let gp_units = std::mem::take(&mut self.gp_units);
        let gp_units = gp_units.iter().map(|terms| {
            let weighted: Vec<(f64, &A::Value)> = terms.iter().map(|v| (1.0, v)).collect();
            self.algebra.sum(&weighted)
        });
        let gp_units = gp_units.collect();
        let balance = &self.model.balance;
        let agreement = &self.model.agreement;
        let verdict_years =
            balance.verdict_years(agreement.period, self.years[0], agreement.horizon) as usize;
        let discount = (0..self.years.len())
            .map(|k| balance.discount_factor(k as u32))
            .collect();
        let operated = self
            .operations
            .iter()
            .map(|o| Tag::Mechanism(o.mechanism as u16))
            .collect();
        let frames = self.frames();
        let mut algebra = self.algebra;
        let lowered = Lowered {
            years: self.years,
            verdict_years,
            discount,
            entries: self.ledger.close(&mut algebra),
            touched: self.touched,
            counts: self.counts,
            indicators,
            gp_units,
            memos: self.memos,
            activity,
            operated,
            totals: self.totals,
            bends: self.bends,
            bend_lines: self.bend_lines,
            frames,
            gauges,
            persons,
            qalys,
            study,
        };
        (lowered, algebra)
    }
}
