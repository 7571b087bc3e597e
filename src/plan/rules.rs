//! Each rule on totals as a [`Bend`]: pool, gain share, fund, suspense, steps, and the totals
//! that they read.
//!
//! Absent: when a rule is in force, and what it books.

use super::algebra::Algebra;
use super::bend::*;
use super::gauge::{Metered, Part, Reading, Total};
use super::kink::Kink;
use super::lower::Walk;
use super::settle::Tagged;
use crate::model::*;

impl<'m, A: Algebra> Walk<'m, A> {
    pub(super) fn meter(&self, meter: &Metered) -> u16 {
        let at = self.meters.iter().position(|m| m == meter);
        at.unwrap_or(0) as u16
    }

    /// A total of readings and a certain part.
    pub(super) fn read_total(
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

    pub(super) fn push_total(&mut self, total: Total<A::Value>) -> usize {
        self.totals.push(total);
        self.totals.len() - 1
    }

    pub(super) fn part(meter: u16, reading: Reading, t: usize, weight: f64) -> Part {
        Part {
            meter,
            reading,
            municipality: None,
            t,
            weight,
        }
    }

    pub(super) fn units_total(
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

    pub(super) fn paid_total(&mut self, tags: &[Tag], reading: Reading, t: usize) -> usize {
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

    pub(super) fn cost_total(
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
    pub(super) fn certain_cost(
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
    pub(super) fn pool(
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
    pub(super) fn own_cost(
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
    pub(super) fn gain_share(
        &mut self,
        bend: &mut Bend<A::Value>,
        gain: &GainShare,
        reading: Reading,
    ) {
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
    pub(super) fn drawn(
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

    pub(super) fn eligible(
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
    pub(super) fn suspense(
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
    pub(super) fn share_to_move(&mut self, suspense: &Suspense) -> A::Value {
        let unclear = self.value(suspense.unclear);
        let settled = self.value(suspense.settled);
        let (acting, liable) = (self.value(suspense.acting), self.value(suspense.liable));
        let moved = self.algebra.sum(&[(1.0, &liable), (-1.0, &acting)]);
        let moved = self.algebra.multiply(&unclear, &moved);
        self.algebra.multiply(&moved, &settled)
    }

    /// What is still to be settled at a year's end.
    pub(super) fn outstanding(
        &mut self,
        tagged: Tagged<'m>,
        rule: &TotalRule,
        t: usize,
    ) -> A::Value {
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

    pub(super) fn criteria(&mut self, bend: &mut Bend<A::Value>, steps: &Steps, reading: Reading) {
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
}
