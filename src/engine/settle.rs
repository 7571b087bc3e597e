//! Rules on totals in the C layer: the rule itself, applied to the counted totals of a replicate.
//!
//! ```text
//!   meters (counted) ─→ totals ─→ payment ─→ budgets of the two parties, municipality by municipality
//! ```
//!
//! Promise: pays what `plan` takes the expectation of. Absent: what the totals mean.

use super::basis::Basis;
use crate::model::{Account, Arm, Party};
use crate::numeric::normal_quantiles;
use crate::plan::{Bend, Form, Part, Program, Shape, StepTerms, Target, Term, Total};
use crate::random::{Address, BLOCK, Seed, latin_hypercube};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

type Lane = Vec<f64>;

/// Adds every payment of a rule on totals to the budgets in `values`.
pub(super) fn settle(
    program: &Program,
    basis: &Basis,
    place: (Seed, u64, u64),
    values: &mut [Lane],
) {
    if program.bends.is_empty() {
        return;
    }
    let targets = program.counts.targets.iter().enumerate();
    let mut desk = Desk {
        basis,
        index: targets.map(|(i, t)| (*t, i)).collect(),
        totals: Vec::new(),
        place,
    };
    for total in &program.totals {
        let value = desk.total(total, values);
        desk.totals.push(value);
    }
    // law is stated arm by arm, unchanged practice first: only the difference is booked
    let mut before: Amounts = BTreeMap::new();
    for bend in &program.bends {
        let amounts = desk.amounts(bend, values);
        match bend.arm {
            Arm::Counterfactual => {
                desk.book_level(bend, &amounts, values);
                before = amounts;
            }
            Arm::Agreement => {
                let before = std::mem::take(&mut before);
                desk.book(bend, &amounts, &before, values);
            }
        }
    }
}

/// A payment by municipality of residence.
type Amounts = BTreeMap<u16, Lane>;

struct Desk<'b> {
    basis: &'b Basis,
    index: FxHashMap<Target, usize>,
    totals: Vec<Lane>,
    place: (Seed, u64, u64),
}

impl Desk<'_> {
    fn form(&self, form: &Form) -> Lane {
        let mut out = vec![0.0; BLOCK];
        self.basis.form(form, &mut out);
        out
    }

    fn read(&self, parts: &[Part], values: &[Lane]) -> Lane {
        let mut sum = vec![0.0; BLOCK];
        for p in parts {
            let target = Target::Meter(p.meter, p.reading, p.municipality, p.t);
            if let Some(at) = self.index.get(&target) {
                add(&mut sum, p.weight, &values[*at]);
            }
        }
        sum
    }

    fn total(&self, total: &Total<Form>, values: &[Lane]) -> Lane {
        let mut sum = self.read(&total.parts, values);
        add(&mut sum, 1.0, &self.form(&total.certain));
        if let Some(sd) = &total.noise {
            let noise = self.noise(&total.address);
            let sd = self.form(sd);
            let error = |((sum, z), sd): ((&mut f64, &f64), &f64)| *sum += z * sd;
            sum.iter_mut().zip(&noise).zip(&sd).for_each(error);
        }
        multiply(&mut sum, &self.form(&total.factor));
        for (other, limit) in &total.limited {
            let limit = self.form(limit);
            let other = &self.totals[*other];
            for ((sum, x), limit) in sum.iter_mut().zip(other).zip(&limit) {
                *sum += x.min(*limit);
            }
        }
        sum
    }

    /// Standard normal errors of a control trajectory.
    fn noise(&self, address: &str) -> Lane {
        let (seed, block, inner) = self.place;
        let key = Address::new("control")
            .text(address)
            .number(inner)
            .number(block)
            .key(seed);
        let mut uniforms = vec![0.0; BLOCK];
        latin_hypercube(key, &mut uniforms);
        let mut z = vec![0.0; BLOCK];
        normal_quantiles(&uniforms, &mut z);
        z
    }

    fn amounts(&self, bend: &Bend<Form>, values: &[Lane]) -> Amounts {
        let mut common = vec![0.0; BLOCK];
        for term in &bend.terms {
            self.term(term, &mut common);
        }
        if let Some(steps) = &bend.steps {
            self.steps(steps, &mut common);
        }
        let mut amounts = Amounts::new();
        let none = || vec![0.0; BLOCK];
        for (m, share) in &bend.shares {
            add(amounts.entry(*m).or_insert_with(none), *share, &common);
        }
        for own in &bend.own {
            let mut amount = self.read(&own.parts, values);
            add(&mut amount, 1.0, &self.form(&own.certain));
            multiply(&mut amount, &self.form(&own.factor));
            add(
                amounts.entry(own.municipality).or_insert_with(none),
                1.0,
                &amount,
            );
        }
        amounts
    }

    fn term(&self, term: &Term<Form>, sum: &mut [f64]) {
        let total = &self.totals[term.total];
        let threshold = self.form(&term.threshold);
        let coefficient = self.form(&term.coefficient);
        for (i, sum) in sum.iter_mut().enumerate() {
            let (x, c) = (total[i], threshold[i]);
            let read = match term.shape {
                Shape::One => 1.0,
                Shape::Level => x,
                Shape::Excess => (x - c).max(0.0),
                Shape::Above if x >= c => 1.0,
                Shape::Above => 0.0,
            };
            *sum += coefficient[i] * read;
        }
    }

    fn steps(&self, steps: &StepTerms<Form>, sum: &mut [f64]) {
        let pool = self.form(&steps.pool);
        let mut met = vec![0usize; BLOCK];
        for (total, threshold) in &steps.criteria {
            let threshold = self.form(threshold);
            for (i, met) in met.iter_mut().enumerate() {
                if self.totals[*total][i] >= threshold[i] {
                    *met += 1;
                }
            }
        }
        let last = steps.paid.len().saturating_sub(1);
        for (i, sum) in sum.iter_mut().enumerate() {
            *sum += pool[i] * steps.paid[met[i].min(last)];
        }
    }

    /// Two postings: the payer's budget rises by what the payee's falls.
    fn book(&self, bend: &Bend<Form>, amounts: &Amounts, before: &Amounts, values: &mut [Lane]) {
        for (m, amount) in amounts {
            let mut more = amount.clone();
            if let Some(before) = before.get(m) {
                add(&mut more, -1.0, before);
            }
            for (party, sign) in [(bend.from, 1.0), (bend.to, -1.0)] {
                let budget = Target::Budget(Account::Party(party), bend.t);
                self.hit(budget, sign, &more, values);
                if party == Party::Municipality {
                    let own = Target::Municipality(*m as usize, bend.t);
                    self.hit(own, sign, &more, values);
                }
            }
        }
    }

    fn book_level(&self, bend: &Bend<Form>, amounts: &Amounts, values: &mut [Lane]) {
        for (m, amount) in amounts {
            for (party, sign) in [(bend.from, 1.0), (bend.to, -1.0)] {
                let level = Target::Level(Account::Party(party), bend.t);
                self.hit(level, sign, amount, values);
                if party == Party::Municipality {
                    let own = Target::MunicipalityLevel(*m as usize, bend.t);
                    self.hit(own, sign, amount, values);
                }
            }
        }
    }

    fn hit(&self, target: Target, by: f64, amount: &[f64], values: &mut [Lane]) {
        if let Some(at) = self.index.get(&target) {
            add(&mut values[*at], by, amount);
        }
    }
}

fn add(sum: &mut [f64], by: f64, values: &[f64]) {
    sum.iter_mut().zip(values).for_each(|(s, x)| *s += by * x);
}

fn multiply(sum: &mut [f64], by: &[f64]) {
    sum.iter_mut().zip(by).for_each(|(s, x)| *s *= x);
}
