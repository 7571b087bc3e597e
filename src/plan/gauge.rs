//! Meters: what a rule on totals reads, with the mean and the variance that its counts give.
//!
//! ```text
//!   postings of a unit ──▶ charges of a fate on a meter ─┬─▶ C layer: the counted total
//!                                                       └─▶ E layer: its mean and variance
//! ```
//!
//! A class of counts with mean μ and dispersion d, thinned into fates f with weights W_f on a
//! total, gives it Σ μ f W_f, and the variance Σ μ f (W_f² + cv² W_cv²) + (d − 1) μ (Σ f W_f)²:
//! what the C layer draws, exactly. Classes are independent.
//! Absent: the rule itself (`settle`).

use super::algebra::Algebra;
use super::booking::Posting;
use super::lower::{Place, Walk};
use super::lowered::{CountClass, Fate};
use crate::model::*;

/// What a meter counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Metered {
    /// Kroner that transfers with these tags moved, as their payer paid them.
    Paid(Vec<Tag>),
    /// Variable resource cost of services at a party.
    Cost(Vec<ServiceId>, Party),
    /// Units of a service in groups (empty: all).
    Units(ServiceId, Vec<GroupId>),
    /// Resource cost of provided or operated units of mechanisms at a party.
    Mechanisms(Vec<usize>, Party),
}

/// In which arm a meter is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// Unchanged practice.
    Before,
    /// With the agreement.
    After,
    /// The second minus the first.
    Difference,
}

/// A weighted reading of a meter.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Index of the meter.
    pub meter: u16,
    /// Which arm.
    pub reading: Reading,
    /// Of one municipality of residence, or of all.
    pub municipality: Option<u16>,
    /// Year index.
    pub t: usize,
    /// Weight.
    pub weight: f64,
}

/// A total that a rule bends on: factor · (Σ weight · reading + certain + noise) + Σ min(total, limit).
#[derive(Debug, Clone)]
pub struct Total<V> {
    /// Address of its noise.
    pub address: String,
    /// What is read.
    pub parts: Vec<Part>,
    /// What does not follow counts.
    pub certain: V,
    /// Multiplies readings, certain part and noise.
    pub factor: V,
    /// Standard deviation of an independent normal error.
    pub noise: Option<V>,
    /// Earlier totals, each at most its limit.
    pub limited: Vec<(usize, V)>,
    /// Mean given the parameters.
    pub mean: V,
    /// Variance given the parameters.
    pub variance: V,
}

impl<V> Total<V> {
    /// Every value that the C layer reads.
    pub fn forms(&self) -> impl Iterator<Item = &V> {
        let limits = self.limited.iter().map(|(_, limit)| limit);
        limits
            .chain([&self.certain, &self.factor])
            .chain(&self.noise)
    }
}

impl Reading {
    /// How often a charge counts in this reading.
    pub fn times(self, level: f64, difference: f64) -> f64 {
        match self {
            Reading::Before => level,
            Reading::After => level + difference,
            Reading::Difference => difference,
        }
    }

    /// Whether entries of an arm belong to it.
    pub fn takes(self, arm: Arm) -> bool {
        match self {
            Reading::Before => arm == Arm::Counterfactual,
            Reading::After => true,
            Reading::Difference => arm == Arm::Agreement,
        }
    }
}

impl<A: Algebra> Walk<'_, A> {
    /// Postings, and what each adds to the meters. `units`: the postings are those of one whole
    /// unit of the service; `k`: the mechanism that provides or operates it.
    pub(super) fn with_meters(
        &mut self,
        postings: &[Posting<A::Value>],
        service: Option<ServiceId>,
        k: Option<usize>,
        units: bool,
    ) -> Vec<Posting<A::Value>> {
        let mut all = postings.to_vec();
        for i in 0..self.meters.len() {
            let meter = Some(i as u16);
            if let (Metered::Units(counted, _), true) = (&self.meters[i], units) {
                if service == Some(*counted) {
                    let kroner = self.algebra.number(1.0);
                    all.push(Posting {
                        party: Party::Region,
                        municipality: None,
                        transfer: None,
                        meter,
                        kroner,
                        cv: 0.0,
                    });
                }
                continue;
            }
            let read = postings.iter().filter(|p| self.reads(i, p, service, k));
            let read: Vec<_> = read.map(|p| Posting { meter, ..p.clone() }).collect();
            all.extend(read);
        }
        all
    }

    fn reads(
        &self,
        meter: usize,
        posting: &Posting<A::Value>,
        service: Option<ServiceId>,
        k: Option<usize>,
    ) -> bool {
        let resource = posting.transfer.is_none();
        match &self.meters[meter] {
            Metered::Units(..) => false,
            Metered::Cost(services, party) => {
                resource
                    && posting.party == *party
                    && service.is_some_and(|s| services.contains(&s))
            }
            Metered::Mechanisms(of, party) => {
                resource && posting.party == *party && k.is_some_and(|k| of.contains(&k))
            }
            Metered::Paid(tags) => posting.transfer.is_some_and(|tag| {
                tags.contains(&tag) && posting.party == self.transfer_of(tag).from
            }),
        }
    }

    /// The transfer behind a tag of one.
    pub(super) fn transfer_of(&self, tag: Tag) -> &Transfer {
        match tag {
            Tag::RegimeTransfer(r, i) => {
                &self.model.world.regimes[r as usize].transfers[i as usize]
            }
            Tag::AgreementTransfer(i) => &self.model.agreement.transfers[i as usize],
            _ => unreachable!("only transfers have such tags"),
        }
    }

    /// Units of a service in some groups only: charges in other cells do not count.
    pub(super) fn keep_metered_groups(&self, place: Place, fates: &mut [Fate<A::Value>]) {
        if self.meters.is_empty() {
            return;
        }
        let group = place.cell.map(|(group, _)| group);
        let counts = |meter: Option<u16>| match meter.map(|i| &self.meters[i as usize]) {
            Some(Metered::Units(_, groups)) => {
                groups.is_empty() || group.is_some_and(|g| groups.contains(&g))
            }
            _ => true,
        };
        for fate in fates {
            fate.charges.retain(|c| counts(c.meter));
        }
    }

    /// Finds classes by year and municipality of residence.
    pub(super) fn index_counts(&mut self) {
        let empty = vec![Vec::new(); self.model.world.municipalities.len()];
        self.count_index = vec![empty; self.years.len()];
        for (at, class) in self.counts.iter().enumerate() {
            let t = (class.year - self.years[0]) as usize;
            self.count_index[t][class.municipality.0 as usize].push(at);
        }
    }

    /// Mean and variance of weighted readings.
    pub(super) fn gauge(&mut self, parts: &[Part]) -> (A::Value, A::Value) {
        let counts = std::mem::take(&mut self.counts);
        let index = std::mem::take(&mut self.count_index);
        let (mut mean, mut variance) = (Vec::new(), Vec::new());
        let mut years: Vec<usize> = parts.iter().map(|p| p.t).collect();
        years.sort_unstable();
        years.dedup();
        for t in years {
            let own: Vec<&Part> = parts.iter().filter(|p| p.t == t).collect();
            // a part of one municipality reads its residents only
            let read = |m: usize| {
                let mut of = own.iter().map(|p| p.municipality);
                of.any(|one| one.is_none_or(|one| one as usize == m))
            };
            for m in (0..index[t].len()).filter(|m| read(*m)) {
                for at in &index[t][m] {
                    self.gauge_class(&counts[*at], &own, &mut mean, &mut variance);
                }
            }
        }
        self.counts = counts;
        self.count_index = index;
        (self.total(&mean), self.total(&variance))
    }

    fn gauge_class(
        &mut self,
        class: &CountClass<A::Value>,
        parts: &[&Part],
        mean: &mut Vec<A::Value>,
        variance: &mut Vec<A::Value>,
    ) {
        let mut together = Vec::new();
        for fate in &class.fates {
            let Some((weight, spread)) = self.weight_of(fate, parts) else {
                continue;
            };
            let count = self.algebra.multiply(&class.mean, &fate.fraction);
            mean.push(self.algebra.multiply(&count, &weight));
            let square = self.algebra.multiply(&weight, &weight);
            variance.push(self.algebra.multiply(&count, &square));
            if let Some((own, by)) = spread {
                let square = self.algebra.multiply(&own, &own);
                let square = self.algebra.scale(&square, by);
                variance.push(self.algebra.multiply(&count, &square));
            }
            together.push(self.algebra.multiply(&fate.fraction, &weight));
        }
        if class.dispersion > 1.0 && !together.is_empty() {
            let whole = self.total(&together);
            let square = self.algebra.multiply(&whole, &whole);
            let shared = self.algebra.multiply(&class.mean, &square);
            variance.push(self.algebra.scale(&shared, class.dispersion - 1.0));
        }
    }

    /// Weight of one unit of a fate, and the part of it whose cost varies, with cv²/events.
    #[allow(
        clippy::type_complexity,
        reason = "a pair and what belongs to its second half"
    )]
    fn weight_of(
        &mut self,
        fate: &Fate<A::Value>,
        parts: &[&Part],
    ) -> Option<(A::Value, Option<(A::Value, f64)>)> {
        let (mut all, mut varying) = (Vec::new(), Vec::new());
        let mut by = 0.0;
        for charge in fate.charges.iter().filter(|c| c.meter.is_some()) {
            let reads = |p: &&&Part| {
                Some(p.meter) == charge.meter
                    && p.municipality.is_none_or(|m| m == charge.municipality.0)
            };
            for part in parts.iter().filter(reads) {
                let times = part.reading.times(charge.level, charge.difference);
                if times != 0.0 {
                    all.push((part.weight * times, &charge.kroner));
                    if charge.cv > 0.0 {
                        varying.push((part.weight * times, &charge.kroner));
                        by = charge.cv * charge.cv / charge.events;
                    }
                }
            }
        }
        if all.is_empty() {
            return None;
        }
        let weight = self.algebra.sum(&all);
        let spread = (!varying.is_empty()).then(|| (self.algebra.sum(&varying), by));
        Some((weight, spread))
    }
}
