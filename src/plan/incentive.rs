//! Marginal kroner of one more unit of what an agreement does, by party and for society.
//!
//! ```text
//!   one unit more ─┬─ postings of the units it adds and takes ─┐
//!                  ├─ payments counted on it ──────────────────┼─▶ kr. by party │ society
//!                  └─ slope of every rule on totals ───────────┘
//! ```
//!
//! At mean parameters, in the first full year, for a citizen of the largest municipality that
//! takes part. Capacity stands still ("at once") or has followed ("released").
//! Absent: verdicts; whether an unequal pull matters is for the parties.

use super::bend::{Bend, Shape};
use super::booking::Posting;
use super::course::means_of;
use super::gauge::{Part, Reading};
use super::kink::above;
use super::lower::{Counting, Scope, Walk, walked};
use super::reference::Reference;
use crate::model::*;
use crate::numeric::normal_density;

/// Of what there is one more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Margin {
    /// One unit that a mechanism (index) avoids, moves, provides or operates.
    Unit(usize),
    /// One covered person-year of a coverage (index).
    PersonYear(usize),
}

/// Whose account a marginal amount falls on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purse {
    /// A party that is no municipality.
    Party(Party),
    /// The citizen's own municipality.
    OwnMunicipality,
    /// The other municipalities together.
    OtherMunicipalities,
    /// Resource use of all.
    Society,
}

impl Purse {
    /// Those that are shown, in table order.
    pub const ALL: [Purse; 6] = [
        Purse::Party(Party::Region),
        Purse::OwnMunicipality,
        Purse::OtherMunicipalities,
        Purse::Party(Party::Gp),
        Purse::Party(Party::State),
        Purse::Society,
    ];

    /// The key in results.
    pub fn key(self) -> &'static str {
        match self {
            Purse::Party(party) => party.key(),
            Purse::OwnMunicipality => "own_municipality",
            Purse::OtherMunicipalities => "other_municipalities",
            Purse::Society => "society",
        }
    }

    /// Whether it decides on the task, so that a pull against society is *kassetænkning*.
    pub fn decides(self) -> bool {
        matches!(
            self,
            Purse::Party(Party::Region | Party::Gp) | Purse::OwnMunicipality
        )
    }
}

/// Marginal extra expenditure (kr.), by [`Purse::ALL`].
#[derive(Debug, Clone, PartialEq)]
pub struct Incentive {
    /// Of what.
    pub margin: Margin,
    /// In which year's rules.
    pub year: i32,
    /// While capacity stands still.
    pub at_once: Vec<f64>,
    /// When capacity has followed.
    pub released: Vec<f64>,
}

impl Incentive {
    /// Whether a purse is pulled against society: it pays more where society saves, or the other
    /// way round.
    pub fn against(values: &[f64], purse: usize) -> bool {
        let society = values[values.len() - 1];
        let own = values[purse];
        Purse::ALL[purse].decides()
            && own * society < 0.0
            && own.abs() >= 1.0
            && society.abs() >= 1.0
    }
}

/// The incentives of an agreement.
pub fn incentives(model: &Model) -> Vec<Incentive> {
    let means = means_of(model);
    // capacity steps have no slope: what follows volume at once is looked at by itself
    let mut still = model.clone();
    for service in &mut still.world.services {
        service.semi_fixed = Value::Number(0.0);
    }
    let Some((m, t)) = where_and_when(&still) else {
        return Vec::new();
    };
    // nothing that is booked in a year reads later ones
    let mut upto = still.clone();
    upto.agreement.horizon = t as u32 + 1;
    let mut year = at_means(&upto, &means);
    let mut whole;
    let walk = match year.meters.is_empty() {
        true => &mut year,
        // a rule on totals may count this year's units in a later one
        false => {
            whole = at_means(&still, &means);
            &mut whole
        }
    };
    let mut all = Vec::new();
    for (k, mechanism) in model.agreement.mechanisms.iter().enumerate() {
        if !matches!(mechanism.kind, MechanismKind::Invest(_)) {
            let at_once = walk.of_unit(k, m, t);
            all.push(released(
                model,
                &means,
                Margin::Unit(k),
                walk.years[t],
                at_once,
                &walk.units_of(k, m, t),
                t,
            ));
        }
    }
    for c in 0..model.agreement.coverages.len() {
        all.extend(of_person_year(model, &upto, &means, &mut year, c, t));
    }
    all
}

fn at_means<'m>(model: &'m Model, means: &[f64]) -> Walk<'m, Reference> {
    let reference = Reference::new(model, means);
    walked(model, reference, Scope::Affected, Counting::Nothing)
}

/// Adds the semi-fixed cost of the units changed, at their producers.
fn released(
    model: &Model,
    means: &[f64],
    margin: Margin,
    year: i32,
    at_once: Vec<f64>,
    changed: &[(ServiceId, f64)],
    t: usize,
) -> Incentive {
    let mut with = at_once.clone();
    let mut walk = Walk::new(model, Reference::new(model, means));
    for (service, units) in changed {
        let stated = &model.world.services[service.0 as usize];
        let producer = stated.producer.at(year);
        let cost = walk.unit_cost(*service, producer, t) * walk.value(stated.semi_fixed) * units;
        let purse = match producer {
            Party::Municipality => Purse::OwnMunicipality,
            party => Purse::Party(party),
        };
        add(&mut with, purse, cost);
        if Account::Society.holds(producer, true) {
            add(&mut with, Purse::Society, cost);
        }
    }
    Incentive {
        margin,
        year,
        at_once,
        released: with,
    }
}

fn add(values: &mut [f64], purse: Purse, kroner: f64) {
    if let Some(at) = Purse::ALL.iter().position(|p| *p == purse) {
        values[at] += kroner;
    }
}

/// Share of the uptake that is taken away to see what a person-year is worth.
const STEP: f64 = 0.01;

/// A covered person-year more: the agreement with a hundredth less uptake, per person-year.
fn of_person_year(
    model: &Model,
    upto: &Model,
    means: &[f64],
    walk: &mut Walk<'_, Reference>,
    c: usize,
    t: usize,
) -> Option<Incentive> {
    let mut fewer = upto.clone();
    let uptake = walk.value(upto.agreement.coverages[c].uptake);
    fewer.agreement.coverages[c].uptake = Value::Number(uptake * (1.0 - STEP));
    let mut other = at_means(&fewer, means);
    let persons = walk.covered(c, t) - other.covered(c, t);
    if persons <= 0.0 {
        return None;
    }
    let (more, less) = (walk.booked(t), other.booked(t));
    let at_once: Vec<f64> = more
        .iter()
        .zip(&less)
        .map(|(a, b)| (a - b) / persons)
        .collect();
    let mut changed = Vec::new();
    for s in 0..model.world.services.len() {
        let of = |walk: &Walk<'_, Reference>| -> f64 {
            walk.change[s].iter().flat_map(|by_year| &by_year[t]).sum()
        };
        changed.push((ServiceId(s as u16), (of(walk) - of(&other)) / persons));
    }
    let year = walk.years[t];
    let margin = Margin::PersonYear(c);
    Some(released(model, means, margin, year, at_once, &changed, t))
}

/// The largest municipality that takes part, and the first full year.
fn where_and_when(model: &Model) -> Option<(usize, usize)> {
    let (agreement, years) = (&model.agreement, model.years());
    let all = 0..model.world.municipalities.len();
    let part = all.filter(|m| agreement.start_of(*m).is_some());
    let size = |m: &usize| model.world.population.total(*m, years[0]);
    let m = part.max_by(|a, b| size(a).total_cmp(&size(b)).then(b.cmp(a)))?;
    let (year, month) = agreement.start_of(m)?;
    let full = if month == 1 { year } else { year + 1 };
    let t = years.iter().position(|y| *y >= full)?;
    Some((m, t))
}

impl Walk<'_, Reference> {
    /// Units that one unit of a mechanism adds (+) and takes (−).
    fn units_of(&mut self, k: usize, m: usize, t: usize) -> Vec<(ServiceId, f64)> {
        let model = self.model;
        match &model.agreement.mechanisms[k].kind {
            MechanismKind::Effect(effect) => vec![(effect.service, -1.0)],
            MechanismKind::Shift(shift) => {
                let mut units = vec![(shift.from, -1.0)];
                for (to, ratio) in &shift.to {
                    units.push((*to, self.value(*ratio)));
                }
                units
            }
            MechanismKind::Provide(provide) => vec![(provide.service, 1.0)],
            MechanismKind::Operate(operate) => match self.operated(operate.service, m, t) {
                Some((_, share)) => vec![(operate.service, -share)],
                None => Vec::new(),
            },
            MechanismKind::Invest(_)
            | MechanismKind::Places(_)
            | MechanismKind::Workforce(_)
            | MechanismKind::SavedTime(_)
            | MechanismKind::Joint(_)
            | MechanismKind::Transition(_) => Vec::new(),
        }
    }

    /// Marginal kroner of one unit of a mechanism while capacity stands still.
    fn of_unit(&mut self, k: usize, m: usize, t: usize) -> Vec<f64> {
        let mut postings: Vec<(f64, Posting<f64>)> = Vec::new();
        let operates = matches!(
            self.model.agreement.mechanisms[k].kind,
            MechanismKind::Operate(_)
        );
        for (service, units) in self.units_of(k, m, t) {
            if operates {
                for (sign, posting) in self.postings_swapped(service, m, t) {
                    let k = (sign > 0.0).then_some(k);
                    let posting = self.with_meters(&[posting], Some(service), k, false);
                    postings.extend(posting.into_iter().map(|p| (sign, p)));
                }
                continue;
            }
            let unit = self.postings(Arm::Agreement, service, m, t);
            let unit = self.with_meters(&unit, Some(service), Some(k), true);
            postings.extend(unit.into_iter().map(|p| (units, p)));
        }
        let paid = self.mechanism_postings(k, m, t);
        let paid = self.with_meters(&paid, None, None, false);
        postings.extend(paid.into_iter().map(|p| (1.0, p)));
        let mut values = vec![0.0; Purse::ALL.len()];
        for (times, posting) in postings.iter().filter(|(_, p)| p.meter.is_none()) {
            let kroner = times * posting.kroner;
            let own = posting.municipality.is_none_or(|o| o == m);
            add(&mut values, purse(posting.party, own), kroner);
            if Account::Society.holds(posting.party, posting.transfer.is_none()) {
                add(&mut values, Purse::Society, kroner);
            }
        }
        let metered: Vec<(f64, u16, f64)> = postings
            .iter()
            .filter_map(|(times, p)| Some((*times, p.meter?, p.kroner)))
            .collect();
        for bend in &self.bends {
            self.slope(bend, &metered, (m, t), &mut values);
        }
        values
    }

    /// What one unit moves by a rule on totals: the slope of its expectation.
    fn slope(
        &self,
        bend: &Bend<f64>,
        metered: &[(f64, u16, f64)],
        (m, t): (usize, usize),
        values: &mut [f64],
    ) {
        if bend.arm == Arm::Counterfactual {
            return;
        }
        let moved = |parts: &[Part]| -> f64 {
            let reads = |p: &&Part| {
                p.t == t
                    && p.reading != Reading::Before
                    && p.municipality.is_none_or(|o| o as usize == m)
            };
            let weight = |p: &Part| -> f64 {
                let own = metered.iter().filter(|(_, meter, _)| *meter == p.meter);
                own.map(|(times, _, kroner)| times * kroner * p.weight)
                    .sum()
            };
            parts.iter().filter(reads).map(weight).sum()
        };
        let total = |i: usize| -> f64 {
            let total = &self.totals[i];
            let limited: f64 = total
                .limited
                .iter()
                .map(|(other, limit)| {
                    let other = &self.totals[*other];
                    let open = 1.0 - above(other.mean, other.variance, *limit);
                    other.factor * moved(&other.parts) * open
                })
                .sum();
            total.factor * moved(&total.parts) + limited
        };
        let mut common = 0.0;
        for term in &bend.terms {
            let read = &self.totals[term.total];
            let by = total(term.total);
            let slope = match term.shape {
                Shape::One => 0.0,
                Shape::Level => 1.0,
                Shape::Excess => above(read.mean, read.variance, term.threshold),
                Shape::Above if read.variance > 0.0 => {
                    let sd = read.variance.sqrt();
                    normal_density((read.mean - term.threshold) / sd) / sd
                }
                Shape::Above => 0.0,
            };
            common += term.coefficient * slope * by;
        }
        let mut own = 0.0;
        for piece in bend.own.iter().filter(|o| o.municipality as usize == m) {
            own += piece.factor * moved(&piece.parts);
        }
        let share: f64 = bend
            .shares
            .iter()
            .filter(|(o, _)| *o as usize == m)
            .map(|(_, s)| s)
            .sum();
        for (party, sign) in [(bend.from, 1.0), (bend.to, -1.0)] {
            add(values, purse(party, true), sign * (own + common * share));
            add(values, purse(party, false), sign * common * (1.0 - share));
        }
    }

    fn covered(&mut self, c: usize, t: usize) -> f64 {
        let cells = self.model.agreement.coverages[c].cells.clone();
        let mut persons = 0.0;
        for m in 0..self.model.world.municipalities.len() {
            for cell in &cells {
                persons += self.covered_persons(c, m, t, *cell);
            }
        }
        persons
    }

    /// Budget effect of a year by purse; all municipalities are the citizens' own.
    fn booked(&self, t: usize) -> Vec<f64> {
        let mut values = vec![0.0; Purse::ALL.len()];
        let year = self.years[t];
        let takes = |key: &EntryKey| key.arm == Arm::Agreement && key.year == year;
        for counted in [true, false] {
            for party in Party::ALL {
                let ours = |key: &EntryKey| takes(key) && key.party == party;
                let sum: f64 = self.ledger.booked(counted, ours).iter().sum();
                add(&mut values, purse(party, true), sum);
                let resource = |key: &EntryKey| ours(key) && key.kind == Kind::Resource;
                if Account::Society.holds(party, true) {
                    let sum: f64 = self.ledger.booked(counted, resource).iter().sum();
                    add(&mut values, Purse::Society, sum);
                }
            }
        }
        values
    }
}

fn purse(party: Party, own: bool) -> Purse {
    match (party, own) {
        (Party::Municipality, true) => Purse::OwnMunicipality,
        (Party::Municipality, false) => Purse::OtherMunicipalities,
        (party, _) => Purse::Party(party),
    }
}
