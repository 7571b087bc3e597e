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
use super::booking::{agreed_in, within};
use super::gauge::{Metered, Part, Reading, Total};
use super::kink::Kink;
use super::lower::Walk;
use crate::model::*;
use std::collections::BTreeMap;

/// How a term reads its total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// 1, whatever the total.
    One,
    /// The total.
    Level,
    /// max(0, total − threshold).
    Excess,
    /// 1 where the total is at least the threshold, else 0.
    Above,
}

/// One term of a payment: coefficient × shape(total).
#[derive(Debug, Clone)]
pub struct Term<V> {
    /// How the total is read.
    pub shape: Shape,
    /// Which total.
    pub total: usize,
    /// Where it bends.
    pub threshold: V,
    /// Kroner per unit of the shape.
    pub coefficient: V,
}

/// Part of a payment that follows a municipality's own residents: factor × (readings + certain).
#[derive(Debug, Clone)]
pub struct Own<V> {
    /// Municipality of residence.
    pub municipality: u16,
    /// What is read.
    pub parts: Vec<Part>,
    /// What does not follow counts.
    pub certain: V,
    /// Kroner per unit read.
    pub factor: V,
}

/// A pool paid by the number of criteria met.
#[derive(Debug, Clone)]
pub struct StepTerms<V> {
    /// Kroner.
    pub pool: V,
    /// Share paid by number met.
    pub paid: Vec<f64>,
    /// (total, threshold): met at or above it.
    pub criteria: Vec<(usize, V)>,
}

/// A payment of one rule in one year and arm: positive goes from payer to payee.
#[derive(Debug, Clone)]
pub struct Bend<V> {
    /// The transfer.
    pub tag: Tag,
    /// Payer.
    pub from: Party,
    /// Payee.
    pub to: Party,
    /// Year index.
    pub t: usize,
    /// Which arm it is paid in.
    pub arm: Arm,
    /// How the common part is divided: (municipality, share).
    pub shares: Vec<(u16, f64)>,
    /// The common part.
    pub terms: Vec<Term<V>>,
    /// Criteria met, also common.
    pub steps: Option<StepTerms<V>>,
    /// Each municipality's own part.
    pub own: Vec<Own<V>>,
}

/// What a rule pays in a year, agreement minus counterfactual.
#[derive(Debug, Clone)]
pub struct BendLine<V> {
    /// The transfer.
    pub tag: Tag,
    /// Year index.
    pub t: usize,
    /// Expectation over chance.
    pub paid: V,
    /// The rule of the expected totals.
    pub plain: V,
    /// Waiting to be settled at the year's end (positive: the payer will pay more).
    pub outstanding: V,
}

impl<V> Bend<V> {
    /// Every value that the C layer reads.
    pub fn forms(&self) -> impl Iterator<Item = &V> {
        let terms = self.terms.iter();
        let terms = terms.flat_map(|t| [&t.threshold, &t.coefficient]);
        let own = self.own.iter().flat_map(|o| [&o.certain, &o.factor]);
        let steps = self.steps.iter().flat_map(|s| {
            let thresholds = s.criteria.iter().map(|(_, threshold)| threshold);
            thresholds.chain([&s.pool])
        });
        terms.chain(own).chain(steps)
    }
}

impl<V> BendLine<V> {
    /// Its values.
    pub fn forms(&self) -> impl Iterator<Item = &V> {
        [&self.paid, &self.plain, &self.outstanding].into_iter()
    }
}

/// Signed amounts by municipality.
type Parts<V> = BTreeMap<u16, Vec<(f64, V)>>;

/// A transfer with its tag, law or agreed.
type Tagged<'m> = (Tag, &'m Transfer);

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

    fn tags_named(&self, names: &[String]) -> Vec<Tag> {
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

    fn term(
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

    // ---- totals -------------------------------------------------------------------------------

    fn meter(&self, meter: &Metered) -> u16 {
        let at = self.meters.iter().position(|m| m == meter);
        at.unwrap_or(0) as u16
    }

    /// A total of readings and a certain part.
    fn read_total(
        &mut self,
        parts: Vec<Part>,
        certain: A::Value,
        factor: A::Value,
        noise: Option<A::Value>,
    ) -> usize {
        let (mean, variance) = self.gauge(&parts);
        let mean = self.algebra.sum(&[(1.0, &mean), (1.0, &certain)]);
        let variance = match &noise {
            Some(sd) => {
                let square = self.algebra.multiply(sd, sd);
                self.algebra.sum(&[(1.0, &variance), (1.0, &square)])
            }
            None => variance,
        };
        let square = self.algebra.multiply(&factor, &factor);
        let mean = self.algebra.multiply(&mean, &factor);
        let variance = self.algebra.multiply(&variance, &square);
        self.push_total(Total {
            address: String::new(),
            parts,
            certain,
            factor,
            noise,
            limited: Vec::new(),
            mean,
            variance,
        })
    }

    fn push_total(&mut self, total: Total<A::Value>) -> usize {
        self.totals.push(total);
        self.totals.len() - 1
    }

    fn part(meter: u16, reading: Reading, t: usize, weight: f64) -> Part {
        Part {
            meter,
            reading,
            municipality: None,
            t,
            weight,
        }
    }

    fn units_total(
        &mut self,
        service: ServiceId,
        groups: &[GroupId],
        reading: Reading,
        t: usize,
    ) -> usize {
        let meter = self.meter(&Metered::Units(service, groups.to_vec()));
        let (none, one) = (self.algebra.number(0.0), self.algebra.number(1.0));
        self.read_total(vec![Self::part(meter, reading, t, 1.0)], none, one, None)
    }

    fn paid_total(&mut self, tags: &[Tag], reading: Reading, t: usize) -> usize {
        let meter = self.meter(&Metered::Paid(tags.to_vec()));
        let year = self.years[t];
        let payers: Vec<(Tag, Party)> = tags
            .iter()
            .map(|tag| (*tag, self.transfer_of(*tag).from))
            .collect();
        let sums = self.ledger.booked(false, |key| {
            reading.takes(key.arm) && key.year == year && payers.contains(&(key.tag, key.party))
        });
        let certain = self.total(&sums);
        let one = self.algebra.number(1.0);
        self.read_total(vec![Self::part(meter, reading, t, 1.0)], certain, one, None)
    }

    fn cost_total(
        &mut self,
        services: &[ServiceId],
        party: Party,
        reading: Reading,
        t: usize,
    ) -> usize {
        let meter = self.meter(&Metered::Cost(services.to_vec(), party));
        let certain = self.certain_cost(services, party, reading, t, None);
        let one = self.algebra.number(1.0);
        self.read_total(vec![Self::part(meter, reading, t, 1.0)], certain, one, None)
    }

    /// Cost that does not follow counts: capacity paid for, fixed cost.
    fn certain_cost(
        &mut self,
        services: &[ServiceId],
        party: Party,
        reading: Reading,
        t: usize,
        municipality: Option<u16>,
    ) -> A::Value {
        let year = self.years[t];
        let booked = self.ledger.booked(false, |key| {
            key.kind == Kind::Resource
                && key.cash == CashClass::Cash
                && reading.takes(key.arm)
                && key.year == year
                && key.party == party
                && key.service.is_some_and(|s| services.contains(&s))
                && municipality.is_none_or(|m| key.municipality.0 == m)
        });
        self.total(&booked)
    }

    // ---- the rules ----------------------------------------------------------------------------

    /// from bears `share` of the pooled change X (`deficit_share` where X > 0): it pays what is
    /// missing from its own change to that. Each municipality ends at its key's share.
    fn pool(
        &mut self,
        bend: &mut Bend<A::Value>,
        services: &[ServiceId],
        share: Value,
        deficit_share: Option<Value>,
    ) {
        let t = bend.t;
        let sides = [bend.from, bend.to];
        let reading = Reading::Difference;
        let parts = sides.map(|party| {
            let meter = self.meter(&Metered::Cost(services.to_vec(), party));
            Self::part(meter, reading, t, 1.0)
        });
        let certain = sides.map(|party| self.certain_cost(services, party, reading, t, None));
        let certain = self.algebra.sum(&[(1.0, &certain[0]), (1.0, &certain[1])]);
        let one = self.algebra.number(1.0);
        let total = self.read_total(parts.to_vec(), certain, one.clone(), None);
        let share = self.value(share);
        let to_pays = bend.to == Party::Municipality;
        let level = match to_pays {
            true => self.algebra.sum(&[(1.0, &share), (-1.0, &one)]),
            false => share.clone(),
        };
        self.term(bend, Shape::Level, total, None, &level);
        if let Some(deficit) = deficit_share {
            let deficit = self.value(deficit);
            let more = self.algebra.sum(&[(1.0, &deficit), (-1.0, &share)]);
            self.term(bend, Shape::Excess, total, None, &more);
        }
        let (party, sign) = if to_pays {
            (bend.to, 1.0)
        } else {
            (bend.from, -1.0)
        };
        let factor = self.algebra.number(sign);
        self.own_cost(bend, services, party, reading, t, &factor);
    }

    /// Each municipality's residents' cost at a party.
    fn own_cost(
        &mut self,
        bend: &mut Bend<A::Value>,
        services: &[ServiceId],
        party: Party,
        reading: Reading,
        t: usize,
        factor: &A::Value,
    ) {
        let meter = self.meter(&Metered::Cost(services.to_vec(), party));
        for m in 0..self.model.world.municipalities.len() as u16 {
            let certain = self.certain_cost(services, party, reading, t, Some(m));
            let part = Part {
                municipality: Some(m),
                ..Self::part(meter, reading, t, 1.0)
            };
            bend.own.push(Own {
                municipality: m,
                parts: vec![part],
                certain,
                factor: factor.clone(),
            });
        }
    }

    /// S = C − V, C the expected volume of unchanged practice. With k = share · value: kS where
    /// S reaches the margin, at most the maximum; and the same for units too many.
    fn gain_share(&mut self, bend: &mut Bend<A::Value>, gain: &GainShare, reading: Reading) {
        let t = bend.t;
        let meter = self.meter(&Metered::Units(gain.service, Vec::new()));
        let (control, _) = self.gauge(&[Self::part(meter, Reading::Before, t, 1.0)]);
        let noise = gain.control_cv.map(|cv| {
            let cv = self.value(cv);
            self.algebra.multiply(&cv, &control)
        });
        let minimum = self.value(gain.minimum_savings);
        let margin = self.algebra.multiply(&minimum, &control);
        let value = self.amount(gain.value, self.years[t]);
        let most = gain
            .max_per_year
            .map(|most| self.amount(most, self.years[t]));
        let sides = [(Some(gain.share), 1.0), (gain.loss_share, -1.0)];
        for (share, sign) in sides {
            let Some(share) = share else { continue };
            let share = self.value(share);
            let k = self.algebra.multiply(&share, &value);
            let certain = self.algebra.scale(&control, sign);
            let parts = vec![Self::part(meter, reading, t, -sign)];
            let total = self.read_total(parts, certain, k.clone(), noise.clone());
            // both sides read one error of the control trajectory
            self.totals[total].address = format!("{}/{t}", self.transfer_of(bend.tag).name);
            let margin = self.algebra.multiply(&k, &margin);
            let direction = self.algebra.number(sign);
            let jump = match &most {
                Some(most) => self.algebra.minimum(&margin, most),
                None => margin.clone(),
            };
            let jump = self.algebra.scale(&jump, sign);
            self.term(bend, Shape::Above, total, Some(&margin), &jump);
            self.term(bend, Shape::Excess, total, Some(&margin), &direction);
            if let Some(most) = &most {
                let least = self.algebra.minimum(&margin, most);
                let end = [(1.0, &margin), (1.0, most), (-1.0, &least)];
                let end = self.algebra.sum(&end);
                let back = self.algebra.number(-sign);
                self.term(bend, Shape::Excess, total, Some(&end), &back);
            }
        }
    }

    /// Everything eligible up to a year, before the cap of the whole fund.
    fn drawn(
        &mut self,
        tagged: Tagged<'m>,
        mechanisms: &[usize],
        (share, per_year_cap): (Value, Option<Value>),
        upto: i64,
    ) -> Option<usize> {
        let years: Vec<usize> = (0..self.years.len())
            .filter(|t| *t as i64 <= upto && self.in_force(tagged, *t))
            .collect();
        if years.is_empty() {
            return None;
        }
        let party = tagged.1.to;
        let share = self.value(share);
        match per_year_cap {
            None => Some(self.eligible(mechanisms, party, &years, &share)),
            Some(most) => {
                let mut limited = Vec::new();
                let (mut means, mut variances) = (Vec::new(), Vec::new());
                for t in years {
                    let total = self.eligible(mechanisms, party, &[t], &share);
                    let most = self.amount(most, self.years[t]);
                    let (mean, variance) = {
                        let total = &self.totals[total];
                        (total.mean.clone(), total.variance.clone())
                    };
                    let over = self.algebra.bent(Kink::Excess, &mean, &variance, &most);
                    let full = self.algebra.bent(Kink::Above, &mean, &variance, &most);
                    let open = self.algebra.complement(&full);
                    means.push(self.algebra.sum(&[(1.0, &mean), (-1.0, &over)]));
                    variances.push(self.algebra.multiply(&variance, &open));
                    limited.push((total, most));
                }
                let (mean, variance) = (self.total(&means), self.total(&variances));
                let (certain, factor) = (self.algebra.number(0.0), self.algebra.number(1.0));
                Some(self.push_total(Total {
                    address: String::new(),
                    parts: Vec::new(),
                    certain,
                    factor,
                    noise: None,
                    limited,
                    mean,
                    variance,
                }))
            }
        }
    }

    fn eligible(
        &mut self,
        mechanisms: &[usize],
        party: Party,
        years: &[usize],
        share: &A::Value,
    ) -> usize {
        let meter = self.meter(&Metered::Mechanisms(mechanisms.to_vec(), party));
        let parts = years
            .iter()
            .map(|t| Self::part(meter, Reading::After, *t, 1.0));
        let parts = parts.collect();
        let within: Vec<i32> = years.iter().map(|t| self.years[*t]).collect();
        let booked = self.ledger.booked(false, |key| {
            let ours = matches!(key.tag, Tag::Mechanism(k) if mechanisms.contains(&(k as usize)));
            ours && key.kind == Kind::Resource
                && key.arm == Arm::Agreement
                && key.party == party
                && within.contains(&key.year)
        });
        let certain = self.total(&booked);
        self.read_total(parts, certain, share.clone(), None)
    }

    /// Act first: from's interim cost is made `acting` of the unclear part; `lag` years later the
    /// settled share of it is taken to `liable`.
    fn suspense(
        &mut self,
        tagged: Tagged<'m>,
        suspense: &Suspense,
        reading: Reading,
        bend: &mut Bend<A::Value>,
    ) {
        let services = [suspense.service];
        let unclear = self.value(suspense.unclear);
        let acting = self.value(suspense.acting);
        let (from, to) = (bend.from, bend.to);
        if self.in_force(tagged, bend.t) {
            let one = self.algebra.number(1.0);
            let missing = self.algebra.sum(&[(1.0, &acting), (-1.0, &one)]);
            let missing = self.algebra.multiply(&unclear, &missing);
            let taken = self.algebra.multiply(&unclear, &acting);
            let t = bend.t;
            self.own_cost(bend, &services, from, reading, t, &missing);
            self.own_cost(bend, &services, to, reading, t, &taken);
        }
        let Some(acted) = bend.t.checked_sub(suspense.lag_years as usize) else {
            return;
        };
        if self.in_force(tagged, acted) {
            let moved = self.share_to_move(suspense);
            self.own_cost(bend, &services, from, reading, acted, &moved);
            self.own_cost(bend, &services, to, reading, acted, &moved);
        }
    }

    /// Share of the task's cost that is moved to the payer when it is settled.
    fn share_to_move(&mut self, suspense: &Suspense) -> A::Value {
        let unclear = self.value(suspense.unclear);
        let settled = self.value(suspense.settled);
        let (acting, liable) = (self.value(suspense.acting), self.value(suspense.liable));
        let moved = self.algebra.sum(&[(1.0, &liable), (-1.0, &acting)]);
        let moved = self.algebra.multiply(&unclear, &moved);
        self.algebra.multiply(&moved, &settled)
    }

    /// What is still to be settled at a year's end.
    fn outstanding(&mut self, tagged: Tagged<'m>, rule: &TotalRule, t: usize) -> A::Value {
        let TotalRule::Suspense(suspense) = rule else {
            return self.algebra.number(0.0);
        };
        let services = [suspense.service];
        let first = (t + 1).saturating_sub(suspense.lag_years as usize);
        let mut waiting = Vec::new();
        for acted in first..=t {
            if !self.in_force(tagged, acted) {
                continue;
            }
            for party in [tagged.1.from, tagged.1.to] {
                let total = self.cost_total(&services, party, Reading::After, acted);
                waiting.push(self.totals[total].mean.clone());
            }
        }
        let cost = self.total(&waiting);
        let moved = self.share_to_move(suspense);
        self.algebra.multiply(&cost, &moved)
    }

    fn criteria(&mut self, bend: &mut Bend<A::Value>, steps: &Steps, reading: Reading) {
        let pool = self.amount(steps.pool_per_year, self.years[bend.t]);
        if !steps.enforced {
            let last = steps.paid_by_met.last().copied().unwrap_or(0.0);
            bend.steps = Some(StepTerms {
                pool,
                paid: vec![last],
                criteria: Vec::new(),
            });
            return;
        }
        let mut criteria = Vec::new();
        for criterion in &steps.criteria {
            let meter = Metered::Units(criterion.service, criterion.groups.clone());
            let meter = self.meter(&meter);
            let sign = if criterion.rise { 1.0 } else { -1.0 };
            let (none, one) = (self.algebra.number(0.0), self.algebra.number(1.0));
            let part = Self::part(meter, reading, bend.t, sign);
            let total = self.read_total(vec![part], none, one, None);
            let reference = self.value(criterion.reference);
            criteria.push((total, self.algebra.scale(&reference, sign)));
        }
        bend.steps = Some(StepTerms {
            pool,
            paid: steps.paid_by_met.clone(),
            criteria,
        });
    }

    // ---- expectation and booking --------------------------------------------------------------

    /// The common part; without chance where `chance` is false.
    fn common(&mut self, bend: &Bend<A::Value>, chance: bool) -> A::Value {
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

    fn moments(&mut self, total: usize, chance: bool) -> (A::Value, A::Value) {
        let total = &self.totals[total];
        let mean = total.mean.clone();
        let variance = match chance {
            true => total.variance.clone(),
            false => self.algebra.number(0.0),
        };
        (mean, variance)
    }

    /// pool · Σ paid(n) · P(n criteria met), the criteria taken as independent given the parameters.
    fn expected_steps(&mut self, steps: &StepTerms<A::Value>, chance: bool) -> A::Value {
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

    fn own_mean(&mut self, own: &Own<A::Value>) -> A::Value {
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

    fn paid_without_chance(&mut self, bend: &Bend<A::Value>) -> A::Value {
        let mut sum = vec![self.common(bend, false)];
        for own in &bend.own {
            sum.push(self.own_mean(own));
        }
        self.total(&sum)
    }

    // ---- sums ---------------------------------------------------------------------------------

    /// Sums that law fixes: in the counterfactual, and so no difference.
    fn book_law_sums(&mut self) {
        for (tag, transfer) in self.all_transfers() {
            let (
                Tag::RegimeTransfer(..),
                Rule::LumpSum {
                    amount_per_year,
                    key,
                },
            ) = (tag, &transfer.rule)
            else {
                continue;
            };
            for t in 0..self.years.len() {
                if self.in_force((tag, transfer), t) {
                    let all = vec![true; self.model.world.municipalities.len()];
                    let amount = self.amount(*amount_per_year, self.years[t]);
                    for m in 0..all.len() {
                        let share = self.key_share(*key, &all, m, t);
                        let part = self.algebra.scale(&amount, share);
                        self.book_sum(Arm::Counterfactual, (tag, transfer), m, t, &part);
                    }
                }
            }
        }
    }

    fn book_by_need(&mut self, tagged: Tagged<'m>, t: usize, amount: Value, weights: &[f64]) {
        if !self.in_force(tagged, t) {
            return;
        }
        let arm = match tagged.0 {
            Tag::RegimeTransfer(..) => Arm::Counterfactual,
            _ => Arm::Agreement,
        };
        let amount = self.amount(amount, self.years[t]);
        for (m, weight) in weights.iter().enumerate() {
            let part = self.algebra.scale(&amount, *weight);
            self.book_sum(arm, tagged, m, t, &part);
        }
    }

    fn book_sum(
        &mut self,
        arm: Arm,
        (tag, transfer): Tagged<'m>,
        m: usize,
        t: usize,
        amount: &A::Value,
    ) {
        for (party, sign) in [(transfer.from, 1.0), (transfer.to, -1.0)] {
            let mut key = self.transfer_key(tag, transfer, m, t, party);
            key.arm = arm;
            let kroner = self.algebra.scale(amount, sign);
            self.ledger.book(key, false, None, kroner);
        }
    }

    /// What is returned of sums, of payments for the covered, and of what rules on totals paid;
    /// payments for units are returned with the units.
    fn book_sum_returns(&mut self) {
        for (tag, transfer) in self.all_transfers() {
            let Rule::ReturnByPopulation { of } = &transfer.rule else {
                continue;
            };
            let sums: Vec<(Tag, Party)> = self
                .tags_named(of)
                .into_iter()
                .map(|tag| (tag, self.transfer_of(tag)))
                .filter(|(_, t)| is_sum(&t.rule))
                .map(|(tag, t)| (tag, t.from))
                .collect();
            if sums.is_empty() {
                continue;
            }
            let law = matches!(tag, Tag::RegimeTransfer(..));
            for t in 0..self.years.len() {
                if !self.in_force((tag, transfer), t) {
                    continue;
                }
                for arm in [Arm::Counterfactual, Arm::Agreement] {
                    // an agreed return does not reach back into unchanged practice
                    let arms: &[Arm] = match (law, arm) {
                        (true, _) => &[arm],
                        (false, Arm::Agreement) => &[Arm::Counterfactual, Arm::Agreement],
                        (false, Arm::Counterfactual) => continue,
                    };
                    self.return_sums((tag, transfer), &sums, t, arms, arm);
                }
            }
        }
    }

    fn return_sums(
        &mut self,
        tagged: Tagged<'m>,
        sums: &[(Tag, Party)],
        t: usize,
        read: &[Arm],
        arm: Arm,
    ) {
        let year = self.years[t];
        for counted in [false, true] {
            for m in 0..self.model.world.municipalities.len() {
                let paid = self.ledger.booked(counted, |key| {
                    read.contains(&key.arm)
                        && key.year == year
                        && key.municipality.0 as usize == m
                        && sums.contains(&(key.tag, key.party))
                });
                if paid.is_empty() {
                    continue;
                }
                let paid = self.total(&paid);
                for (other, share) in self.population_shares(m, t) {
                    for (party, sign) in [(tagged.1.from, share), (tagged.1.to, -share)] {
                        let mut key = self.transfer_key(tagged.0, tagged.1, other, t, party);
                        key.arm = arm;
                        let kroner = self.algebra.scale(&paid, sign);
                        // the C layer draws no returns of sums: they are certain there
                        self.ledger.book(key, false, None, kroner);
                    }
                }
            }
        }
    }

    /// Frames by party and year.
    pub(super) fn frames(&mut self) -> Vec<(Party, usize, A::Value)> {
        let model = self.model;
        let mut frames = Vec::new();
        for frame in &model.agreement.frames {
            for t in 0..self.years.len() {
                frames.push((frame.party, t, self.amount(frame.amount, self.years[t])));
            }
        }
        frames
    }
}

fn is_sum(rule: &Rule) -> bool {
    matches!(
        rule,
        Rule::LumpSum { .. } | Rule::PerCoveredPersonYear { .. } | Rule::OnTotals(_)
    )
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
