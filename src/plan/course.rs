//! A share of a tariff, course by course: the share may follow age, the value of a course vary.
//!
//! One unit in a municipality and year has the age of the service's courses there: persons × age
//! factor, the groups together at their mean prevalence. The cap's expectation is exact under a
//! gamma law of a course's value ([`Kink::Limited`]).
//! Absent: courses of one person, and an age mix that moves with a draw.

use super::algebra::Algebra;
use super::kink::Kink;
use super::lower::Walk;
use super::reference::Reference;
use crate::model::*;
use std::collections::BTreeSet;

impl<A: Algebra> Walk<'_, A> {
    /// Kroner of one course: Σ over age bands of its share of courses × E min(share · V, cap).
    pub(super) fn course_amount(&mut self, course: &CourseTariff, m: usize, t: usize) -> A::Value {
        let tariff = self.amount(course.tariff, self.years[t]);
        let cap = course.cap.map(|cap| self.amount(cap, self.years[t]));
        let mix = self.age_mix(course.service, m, t);
        let mut terms = Vec::new();
        for (share, weight) in merged(&course.shares, &mix) {
            let share = self.value(share);
            let amount = self.algebra.multiply(&tariff, &share);
            let amount = match (&cap, course.cv > 0.0) {
                (None, _) => amount,
                (Some(cap), false) => self.algebra.minimum(&amount, cap),
                (Some(cap), true) => {
                    let cv = self.algebra.number(course.cv);
                    self.algebra.bent(Kink::Limited, &amount, &cv, cap)
                }
            };
            terms.push((weight, amount));
        }
        let terms: Vec<(f64, &A::Value)> = terms.iter().map(|(w, v)| (*w, v)).collect();
        self.algebra.sum(&terms)
    }

    fn age_mix(&mut self, service: ServiceId, m: usize, t: usize) -> Vec<f64> {
        age_mix(self.model, &self.means(), service, m, self.years[t])
    }

    /// Every parameter at its mean; formulas at the means of what they use.
    pub(super) fn means(&self) -> Vec<f64> {
        means_of(self.model)
    }
}

/// Share of a service's units in a municipality by age band; population where there are none.
fn age_mix(model: &Model, means: &[f64], service: ServiceId, m: usize, year: i32) -> Vec<f64> {
    let stated = &model.world.services[service.0 as usize];
    let value = |v: Value| match v {
        Value::Number(x) => x,
        Value::Parameter(id) => means[id.0 as usize],
    };
    let population = &model.world.population;
    let groups = &model.world.groups;
    let known = |b: usize| -> f64 {
        let part = |g: &Group| match &g.share {
            GroupShare::Prevalence {
                prevalence,
                profile,
            } => value(*prevalence) * profile[b],
            GroupShare::Rest => 0.0,
        };
        groups.iter().map(part).sum()
    };
    let rate = |rate: &Rate, b: usize| {
        let group = &groups[rate.group.0 as usize];
        let persons = match &group.share {
            GroupShare::Prevalence {
                prevalence,
                profile,
            } => value(*prevalence) * profile[b],
            GroupShare::Rest => (1.0 - known(b)).max(0.0),
        };
        let levels = group.levels.iter().zip(&rate.level_factor);
        persons * value(rate.rate) * levels.map(|((_, s), f)| s * f).sum::<f64>()
    };
    let units = |b: usize| -> f64 {
        let people = population.persons(m, b, year) * stated.age_factor[b];
        stated.rates.iter().map(|r| rate(r, b)).sum::<f64>() * people
    };
    let bands = population.age_bands.len();
    let mut mix: Vec<f64> = (0..bands).map(units).collect();
    if mix.iter().sum::<f64>() <= 0.0 {
        let persons = |b| population.persons(m, b, year);
        mix = (0..bands).map(persons).collect();
    }
    let all: f64 = mix.iter().sum();
    mix.iter().map(|x| x / all).collect()
}

/// Whether a course tariff whose share follows age would read another age mix, were the parameter
/// known to be `value`: then the compiled program is no longer that of the model.
pub fn moves_an_age_mix(model: &Model, parameter: ParameterId, value: f64) -> bool {
    let regimes = model.world.regimes.iter().flat_map(|r| &r.transfers);
    let transfers = regimes.chain(&model.agreement.transfers);
    let stepped = transfers.filter_map(|transfer| match &transfer.rule {
        Rule::Course(course) => Some(course).filter(|c| follows_age(c)),
        _ => None,
    });
    let services: BTreeSet<ServiceId> = stepped.map(|course| course.service).collect();
    if services.is_empty() {
        return false;
    }
    let (before, after) = (means_of(model), means_with(model, Some((parameter, value))));
    let year = model.agreement.first_year();
    services.into_iter().any(|service| {
        (0..model.world.municipalities.len()).any(|m| {
            let before = age_mix(model, &before, service, m, year);
            let after = age_mix(model, &after, service, m, year);
            before.iter().zip(&after).any(|(a, b)| (a - b).abs() > 1e-9)
        })
    })
}

/// Whether a course's share differs between age bands.
fn follows_age(course: &CourseTariff) -> bool {
    course.shares.windows(2).any(|pair| pair[0] != pair[1])
}

/// Every parameter at its mean; formulas at the means of what they use.
pub fn means_of(model: &Model) -> Vec<f64> {
    means_with(model, None)
}

/// The same with one parameter at a given value.
fn means_with(model: &Model, set: Option<(ParameterId, f64)>) -> Vec<f64> {
    let mean = |(at, p): (usize, &Parameter)| match (&p.quantity, set) {
        (_, Some((id, value))) if id.0 as usize == at => value,
        (Quantity::Law(law), _) => law.mean(),
        _ => 0.0,
    };
    let drawn: Vec<f64> = model.parameters.iter().enumerate().map(mean).collect();
    let mut reference = Reference::new(model, &drawn);
    (0..drawn.len())
        .map(|p| reference.parameter(ParameterId(p as u32)))
        .collect()
}

/// Bands with the same share are one.
fn merged(shares: &[Value], mix: &[f64]) -> Vec<(Value, f64)> {
    let mut merged: Vec<(Value, f64)> = Vec::new();
    for (share, weight) in shares.iter().zip(mix) {
        match merged.iter_mut().find(|(s, _)| s == share) {
            Some((_, sum)) => *sum += weight,
            None => merged.push((*share, *weight)),
        }
    }
    merged
}
