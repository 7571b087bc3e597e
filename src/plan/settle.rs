//! Rules on totals: which totals they read, where they bend, and what they book.
//!
//! ```text
//!   rule ─┬─ terms on totals (level, excess, above) ─ key ─┐
//!         ├─ each municipality's own cost ─────────────────┼─▶ two postings of opposite sign
//!         └─ criteria met ─ key ───────────────────────────┘
//! ```
//!
//! Promise: the E layer books the expectation and the C layer the rule itself, from one
//! description ([`Bend`]). Law stands in both arms and only the difference is booked.
//! Absent: society; no rule here reaches a resource entry.

use super::algebra::Algebra;
use super::bend::*;
use super::booking::{agreed_in, within};
use super::gauge::{Metered, Reading};
use super::kink::Kink;
use super::lower::Walk;
use crate::model::*;
use std::collections::BTreeMap;

/// Signed amounts by municipality.
type Parts<V> = BTreeMap<u16, Vec<(f64, V)>>;

/// A transfer with its tag, law or agreed.
pub(super) type Tagged<'m> = (Tag, &'m Transfer);

impl<'m, A: Algebra> Walk<'m, A> {
    /// Every transfer by a rule on totals that can make a difference.
    fn on_totals(&self) -> Vec<(Tagged<'m>, &'m TotalRule)> {
        let rule = |(tag, transfer): Tagged<'m>| match &transfer.rule {
            Rule::OnTotals(rule) => Some(((tag, transfer), rule)),
            _ => None,
        };
        self.all_transfers().into_iter().filter_map(rule).collect()
    }

    pub(super) fn all_transfers(&self) -> Vec<Tagged<'m>> {
        let model = self.model;
        let mut all = Vec::new();
        for (r, regime) in model.world.regimes.iter().enumerate() {
            let transfers = regime.transfers.iter().enumerate();
            all.extend(transfers.map(|(i, t)| (Tag::RegimeTransfer(r as u16, i as u16), t)));
        }
        let agreed = model.agreement.transfers.iter().enumerate();
        all.extend(agreed.map(|(i, t)| (Tag::AgreementTransfer(i as u16), t)));
        all
    }

    /// Whether a transfer is made in a year.
    pub(super) fn in_force(&self, (tag, transfer): Tagged<'_>, t: usize) -> bool {
        let year = self.years[t];
        match tag {
            Tag::RegimeTransfer(r, _) => {
                within(self.model.world.regimes[r as usize].years, year)
                    && within(transfer.years, year)
            }
            _ => agreed_in(&self.model.agreement, transfer, year),
        }
    }

    /// Makes the meters that rules read, and has the services behind them walked. A rule of law
    /// on services that the agreement does not touch is the same in both arms: left out.
    pub(super) fn install_meters(&mut self) {
        for ((tag, transfer), rule) in self.on_totals() {
            let services = self.read_services(rule);
            let walked = |s: &ServiceId| self.affected[s.0 as usize];
            let law = matches!(tag, Tag::RegimeTransfer(..));
            if law && !services.iter().any(walked) {
                continue;
            }
            for meter in self.meters_of(transfer, rule) {
                if !self.meters.contains(&meter) {
                    self.meters.push(meter);
                }
            }
            for service in services {
                let s = service.0 as usize;
                self.metered[s] = !self.affected[s];
            }
        }
    }

    /// Services whose units a rule reads, directly or through the transfers it counts.
    fn read_services(&self, rule: &TotalRule) -> Vec<ServiceId> {
        let mut services = rule.services();
        if let TotalRule::Ceiling { of, .. } = rule {
            for tag in self.tags_named(of) {
                services.extend(counted_service(&self.transfer_of(tag).rule));
            }
        }
        services
    }

    pub(super) fn tags_named(&self, names: &[String]) -> Vec<Tag> {
        let named = |(_, t): &Tagged<'m>| names.contains(&t.name);
        let all = self.all_transfers().into_iter();
        all.filter(named).map(|(tag, _)| tag).collect()
    }

    fn meters_of(&self, transfer: &Transfer, rule: &TotalRule) -> Vec<Metered> {
        let cost = |services: &[ServiceId], party| Metered::Cost(services.to_vec(), party);
        match rule {
            TotalRule::Ceiling { of, .. } => vec![Metered::Paid(self.tags_named(of))],
            TotalRule::Pool { services, .. } => {
                vec![cost(services, transfer.from), cost(services, transfer.to)]
            }
            TotalRule::GainShare(gain) => vec![Metered::Units(gain.service, Vec::new())],
            TotalRule::Corridor { services, .. } => vec![cost(services, transfer.to)],
            TotalRule::Fund { mechanisms, .. } => {
                vec![Metered::Mechanisms(mechanisms.clone(), transfer.to)]
            }
            TotalRule::Availability { service, .. } => {
                vec![Metered::Units(*service, Vec::new())]
            }
            TotalRule::Suspense(suspense) => {
                let services = [suspense.service];
                vec![cost(&services, transfer.from), cost(&services, transfer.to)]
            }
            TotalRule::Steps(steps) => {
                let units = |c: &Criterion| Metered::Units(c.service, c.groups.clone());
                steps.criteria.iter().map(units).collect()
            }
            TotalRule::NeedSum { .. } => Vec::new(),
        }
    }

    /// Books every rule on totals, in every year and arm; then what is returned of sums.
    pub(super) fn settle(&mut self) {
        self.book_law_sums();
        self.index_counts();
        for ((tag, transfer), rule) in self.on_totals() {
            let meters = self.meters_of(transfer, rule);
            if !meters.iter().all(|m| self.meters.contains(m)) {
                continue;
            }
            for t in 0..self.years.len() {
                if let TotalRule::NeedSum {
                    amount_per_year,
                    weights,
                } = rule
                {
                    self.book_by_need((tag, transfer), t, *amount_per_year, weights);
                } else {
                    self.settle_year((tag, transfer), rule, t);
                }
            }
        }
        self.book_sum_returns();
    }

    fn settle_year(&mut self, (tag, transfer): Tagged<'m>, rule: &TotalRule, t: usize) {
        let arms: &[Arm] = match tag {
            Tag::RegimeTransfer(..) => &[Arm::Counterfactual, Arm::Agreement],
            _ => &[Arm::Agreement],
        };
        let mut paid = Vec::new();
        let mut plain = Vec::new();
        let mut changed: Parts<A::Value> = BTreeMap::new();
        for &arm in arms {
            let Some(bend) = self.bend((tag, transfer), rule, t, arm) else {
                continue;
            };
            let sign = match arm {
                Arm::Counterfactual => -1.0,
                Arm::Agreement => 1.0,
            };
            for (m, amount) in self.expected_by_municipality(&bend) {
                // law that comes to the same in both arms is nothing, whatever it is added to
                let amount = match arms.len() {
                    2 => self.algebra.atom(&amount),
                    _ => amount,
                };
                if arm == Arm::Counterfactual {
                    self.book_paid(&bend, arm, m, &amount);
                }
                changed.entry(m).or_default().push((sign, amount.clone()));
                paid.push((sign, amount));
            }
            plain.push((sign, self.paid_without_chance(&bend)));
            self.bends.push(bend);
        }
        let Some(last) = self.bends.last().filter(|_| !plain.is_empty()).cloned() else {
            return;
        };
        for (m, amounts) in changed {
            let amounts: Vec<(f64, &A::Value)> = amounts.iter().map(|(w, v)| (*w, v)).collect();
            let amount = self.algebra.sum(&amounts);
            let amount = match arms.len() {
                2 => self.algebra.atom(&amount),
                _ => amount,
            };
            self.book_paid(&last, Arm::Agreement, m, &amount);
        }
        let sum = |walk: &mut Self, terms: Vec<(f64, A::Value)>| {
            let terms: Vec<(f64, &A::Value)> = terms.iter().map(|(w, v)| (*w, v)).collect();
            walk.algebra.sum(&terms)
        };
        let (paid, plain) = (sum(self, paid), sum(self, plain));
        let outstanding = self.outstanding((tag, transfer), rule, t);
        self.bend_lines.push(BendLine {
            tag,
            t,
            paid,
            plain,
            outstanding,
        });
    }

    /// The payment of a rule in a year and arm; `None` where nothing is paid.
    fn bend(
        &mut self,
        (tag, transfer): Tagged<'m>,
        rule: &TotalRule,
        t: usize,
        arm: Arm,
    ) -> Option<Bend<A::Value>> {
        let reading = match arm {
            Arm::Counterfactual => Reading::Before,
            Arm::Agreement => Reading::After,
        };
        let mut bend = Bend {
            tag,
            from: transfer.from,
            to: transfer.to,
            t,
            arm,
            shares: self.shares_of(transfer, rule.key(), t),
            terms: Vec::new(),
            steps: None,
            own: Vec::new(),
        };
        if let TotalRule::Suspense(suspense) = rule {
            self.suspense((tag, transfer), suspense, reading, &mut bend);
            return (!bend.own.is_empty()).then_some(bend);
        }
        if !self.in_force((tag, transfer), t) {
            return None;
        }
        match rule {
            TotalRule::Ceiling {
                of,
                limit_per_year,
                claw_back,
            } => {
                let tags = self.tags_named(of);
                let total = self.paid_total(&tags, reading, t);
                let limit = self.amount(*limit_per_year, self.years[t]);
                let share = self.value(*claw_back);
                self.term(&mut bend, Shape::Excess, total, Some(&limit), &share);
            }
            TotalRule::Pool {
                services,
                share,
                deficit_share,
                ..
            } => self.pool(&mut bend, services, *share, *deficit_share),
            TotalRule::GainShare(gain) => self.gain_share(&mut bend, gain, reading),
            TotalRule::Corridor {
                services,
                target,
                width,
                share,
                ..
            } => {
                let total = self.cost_total(services, transfer.to, reading, t);
                let target = self.amount(*target, self.years[t]);
                let width = self.amount(*width, self.years[t]);
                let share = self.value(*share);
                let high = self.algebra.sum(&[(1.0, &target), (1.0, &width)]);
                let low = self.algebra.sum(&[(1.0, &target), (-1.0, &width)]);
                // max(0, low − X) = low − X + max(0, X − low)
                let back = self.algebra.scale(&share, -1.0);
                let at_low = self.algebra.multiply(&back, &low);
                self.term(&mut bend, Shape::Excess, total, Some(&high), &share);
                self.term(&mut bend, Shape::One, total, None, &at_low);
                self.term(&mut bend, Shape::Level, total, None, &share);
                self.term(&mut bend, Shape::Excess, total, Some(&low), &back);
            }
            TotalRule::Fund {
                mechanisms,
                share,
                cap,
                per_year_cap,
            } => {
                let limits = (*share, *per_year_cap);
                let cap = self.amount(*cap, self.years[t]);
                for (upto, sign) in [(t as i64, 1.0), (t as i64 - 1, -1.0)] {
                    let Some(total) = self.drawn((tag, transfer), mechanisms, limits, upto) else {
                        continue;
                    };
                    let (plus, minus) = (self.algebra.number(sign), self.algebra.number(-sign));
                    self.term(&mut bend, Shape::Level, total, None, &plus);
                    self.term(&mut bend, Shape::Excess, total, Some(&cap), &minus);
                }
            }
            TotalRule::Availability {
                service,
                capacity,
                price,
                ..
            } => {
                let total = self.units_total(*service, &[], reading, t);
                let capacity = self.value(*capacity);
                let price = self.amount(*price, self.years[t]);
                let whole = self.algebra.multiply(&price, &capacity);
                let used = self.algebra.scale(&price, -1.0);
                self.term(&mut bend, Shape::One, total, None, &whole);
                self.term(&mut bend, Shape::Level, total, None, &used);
                self.term(&mut bend, Shape::Excess, total, Some(&capacity), &price);
            }
            TotalRule::Steps(steps) => self.criteria(&mut bend, steps, reading),
            TotalRule::Suspense(_) | TotalRule::NeedSum { .. } => {}
        }
        Some(bend)
    }

    pub(super) fn term(
        &mut self,
        bend: &mut Bend<A::Value>,
        shape: Shape,
        total: usize,
        threshold: Option<&A::Value>,
        coefficient: &A::Value,
    ) {
        let threshold = match threshold {
            Some(threshold) => threshold.clone(),
            None => self.algebra.number(0.0),
        };
        bend.terms.push(Term {
            shape,
            total,
            threshold,
            coefficient: coefficient.clone(),
        });
    }

    /// Who shares the common part: the municipalities by the key; where no municipality is a
    /// party, all of them by population say where the citizens live.
    fn shares_of(&self, transfer: &Transfer, key: Key, t: usize) -> Vec<(u16, f64)> {
        let municipal = [transfer.from, transfer.to].contains(&Party::Municipality);
        let all = self.model.world.municipalities.len();
        let recipients = match municipal {
            true => self.sharing(transfer),
            false => vec![true; all],
        };
        let key = if municipal { key } else { Key::Population };
        let share = |m: usize| (m as u16, self.key_share(key, &recipients, m, t));
        (0..all).map(share).filter(|(_, s)| *s != 0.0).collect()
    }

    // ---- expectation and booking --------------------------------------------------------------

    /// The common part; without chance where `chance` is false.
    pub(super) fn common(&mut self, bend: &Bend<A::Value>, chance: bool) -> A::Value {
        let mut sum = Vec::new();
        for term in &bend.terms {
            let (mean, variance) = self.moments(term.total, chance);
            let read = match term.shape {
                Shape::One => self.algebra.number(1.0),
                Shape::Level => mean,
                Shape::Excess => self
                    .algebra
                    .bent(Kink::Excess, &mean, &variance, &term.threshold),
                Shape::Above => self
                    .algebra
                    .bent(Kink::Above, &mean, &variance, &term.threshold),
            };
            sum.push(self.algebra.multiply(&read, &term.coefficient));
        }
        if let Some(steps) = &bend.steps {
            sum.push(self.expected_steps(steps, chance));
        }
        self.total(&sum)
    }

    pub(super) fn moments(&mut self, total: usize, chance: bool) -> (A::Value, A::Value) {
        let total = &self.totals[total];
        let mean = total.mean.clone();
        let variance = match chance {
            true => total.variance.clone(),
            false => self.algebra.number(0.0),
        };
        (mean, variance)
    }

    /// pool · Σ paid(n) · P(n criteria met), the criteria taken as independent given the parameters.
    pub(super) fn expected_steps(&mut self, steps: &StepTerms<A::Value>, chance: bool) -> A::Value {
        let mut met = vec![self.algebra.number(1.0)];
        for (total, threshold) in &steps.criteria {
            let (mean, variance) = self.moments(*total, chance);
            let yes = self.algebra.bent(Kink::Above, &mean, &variance, threshold);
            let no = self.algebra.complement(&yes);
            let mut next = Vec::new();
            for n in 0..=met.len() {
                let mut ways = Vec::new();
                if n < met.len() {
                    ways.push(self.algebra.multiply(&met[n], &no));
                }
                if n > 0 {
                    ways.push(self.algebra.multiply(&met[n - 1], &yes));
                }
                next.push(self.total(&ways));
            }
            met = next;
        }
        let last = steps.paid.len().saturating_sub(1);
        let paid = |n: usize| steps.paid[n.min(last)];
        let terms: Vec<(f64, &A::Value)> =
            met.iter().enumerate().map(|(n, p)| (paid(n), p)).collect();
        let share = self.algebra.sum(&terms);
        self.algebra.multiply(&steps.pool, &share)
    }

    pub(super) fn own_mean(&mut self, own: &Own<A::Value>) -> A::Value {
        let (mean, _) = self.gauge(&own.parts);
        let sum = self.algebra.sum(&[(1.0, &mean), (1.0, &own.certain)]);
        self.algebra.multiply(&sum, &own.factor)
    }

    /// A payment's expectation; one amount a municipality: law that is alike in both arms cancels
    /// to the last bit.
    fn expected_by_municipality(&mut self, bend: &Bend<A::Value>) -> Vec<(u16, A::Value)> {
        let common = self.common(bend, true);
        let mut parts: BTreeMap<u16, Vec<A::Value>> = BTreeMap::new();
        for (m, share) in &bend.shares {
            let part = self.algebra.scale(&common, *share);
            parts.entry(*m).or_default().push(part);
        }
        for own in &bend.own {
            let part = self.own_mean(own);
            parts.entry(own.municipality).or_default().push(part);
        }
        let whole = |(m, parts): (u16, Vec<A::Value>)| (m, self.total(&parts));
        parts.into_iter().map(whole).collect()
    }

    /// In the counterfactual, or as the agreement's difference.
    fn book_paid(&mut self, bend: &Bend<A::Value>, arm: Arm, m: u16, amount: &A::Value) {
        let transfer = self.transfer_of(bend.tag).clone();
        for (party, sign) in [(bend.from, 1.0), (bend.to, -1.0)] {
            let mut key = self.transfer_key(bend.tag, &transfer, m as usize, bend.t, party);
            key.arm = arm;
            let kroner = self.algebra.scale(amount, sign);
            self.ledger.book(key, true, None, kroner);
        }
    }

    pub(super) fn paid_without_chance(&mut self, bend: &Bend<A::Value>) -> A::Value {
        let mut sum = vec![self.common(bend, false)];
        for own in &bend.own {
            sum.push(self.own_mean(own));
        }
        self.total(&sum)
    }
}

/// The service a payment counts, if it counts one.
fn counted_service(rule: &Rule) -> Option<ServiceId> {
    match rule {
        Rule::PerUnit {
            counted: Counted::Service(service),
            ..
        }
        | Rule::TariffShare { service, .. }
        | Rule::GpFee { service, .. } => Some(*service),
        Rule::Course(course) => Some(course.service),
        _ => None,
    }
}
