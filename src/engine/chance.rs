//! The C layer: counts sampled, on the same parameter draws as the E layer.
//!
//! Absent: what a target means. Rows come in as forms, counts as groups, targets go out as lanes.

use super::basis::{At, Basis};
use crate::numeric::kernel;
use crate::plan::{CountProgram, Form, Program};
use crate::random::{Address, BLOCK, Key, Seed, gamma, poisson};

/// Targets of one block and inner replicate: `values[target][lane]`, kroner that follow counts.
pub struct Counted {
    /// By target.
    pub values: Vec<Vec<f64>>,
}

/// Samples the counts of a block given its basis.
///
/// `inner` numbers independent repetitions of chance on the same parameters.
pub fn sample_counts(
    program: &Program,
    basis: &Basis,
    seed: Seed,
    block: u64,
    inner: u64,
) -> Counted {
    let counts = &program.counts;
    let mut sampler = Sampler {
        basis,
        seed,
        block,
        inner,
        values: vec![vec![0.0; BLOCK]; counts.targets.len()],
        scratch: Scratch::default(),
    };
    let intensities = sampler.intensities(counts);
    for group in &counts.groups {
        sampler.group(group, &intensities);
    }
    let place = (seed, block, inner);
    super::settle::settle(program, basis, place, &mut sampler.values);
    Counted {
        values: sampler.values,
    }
}

/// Values of the parts that do not follow counts, for given forms.
pub fn certain(basis: &Basis, forms: &[&Form]) -> Vec<Vec<f64>> {
    let lane = |form: &&Form| {
        let mut out = vec![0.0; BLOCK];
        basis.form(form, &mut out);
        out
    };
    forms.iter().map(lane).collect()
}

/// The basis of a block for the C layer.
pub fn chance_basis(program: &Program, seed: Seed, block: u64, at: At) -> Basis {
    Basis::evaluate(program, seed, block, at)
}

struct Scratch {
    mean: Vec<f64>,
    part: Vec<f64>,
    count: Vec<f64>,
    kroner: Vec<f64>,
    shape: Vec<f64>,
    spread: Vec<f64>,
}

impl Default for Scratch {
    fn default() -> Self {
        let lane = || vec![0.0; BLOCK];
        Scratch {
            mean: lane(),
            part: lane(),
            count: lane(),
            kroner: lane(),
            shape: lane(),
            spread: lane(),
        }
    }
}

struct Sampler<'b> {
    basis: &'b Basis,
    seed: Seed,
    block: u64,
    inner: u64,
    values: Vec<Vec<f64>>,
    scratch: Scratch,
}

impl Sampler<'_> {
    fn key(&self, kind: &str, address: &str) -> Key {
        Address::new(kind)
            .text(address)
            .number(self.inner)
            .number(self.block)
            .key(self.seed)
    }

    /// λ of every overdispersed class: gamma with mean μ and variance (d − 1)·μ.
    fn intensities(&mut self, counts: &CountProgram) -> Vec<Vec<f64>> {
        let mut all = Vec::with_capacity(counts.gammas.len());
        for class in &counts.gammas {
            let key = self.key("intensity", &class.address);
            self.basis.form(&class.mean, &mut self.scratch.mean);
            let excess = class.dispersion - 1.0;
            scale_positive(&self.scratch.mean, 1.0 / excess, &mut self.scratch.shape);
            let mut lambda = vec![0.0; BLOCK];
            gamma(key, &self.scratch.shape, &mut lambda);
            lambda.iter_mut().for_each(|x| *x *= excess);
            all.push(lambda);
        }
        all
    }

    fn group(&mut self, group: &crate::plan::Group, intensities: &[Vec<f64>]) {
        let key = self.key("count", &group.address);
        let scratch = &mut self.scratch;
        self.basis.form(&group.mean, &mut scratch.mean);
        for (class, fraction) in &group.parts {
            match fraction.constant() {
                Some(x) => add_scaled(&intensities[*class], x, &mut scratch.mean),
                None => {
                    self.basis.form(fraction, &mut scratch.part);
                    add_product(&intensities[*class], &scratch.part, &mut scratch.mean);
                }
            }
        }
        scale_positive(&scratch.mean, 1.0, &mut scratch.shape);
        poisson(key, &scratch.shape, &mut scratch.count);
        for (i, cost) in group.costs.iter().enumerate() {
            self.basis.form(&cost.kroner, &mut self.scratch.kroner);
            if cost.cv > 0.0 {
                self.spread(group, cost, i);
            } else {
                multiply_into(&self.scratch.count, &mut self.scratch.kroner);
            }
            for (target, times) in &cost.targets {
                add_scaled(&self.scratch.kroner, *times, &mut self.values[*target]);
            }
        }
    }

    /// n events of mean price κ and coefficient of variation c cost Gamma(n/c²) · κ · c².
    fn spread(&mut self, group: &crate::plan::Group, cost: &crate::plan::Cost, i: usize) {
        let squared = cost.cv * cost.cv;
        let key = self.key("cost", &format!("{}/{i}", group.address));
        let scratch = &mut self.scratch;
        scale_positive(&scratch.count, cost.events / squared, &mut scratch.shape);
        gamma(key, &scratch.shape, &mut scratch.spread);
        scratch
            .spread
            .iter_mut()
            .for_each(|x| *x *= squared / cost.events);
        multiply_into(&scratch.spread, &mut scratch.kroner);
    }
}

kernel! {
    /// out = max(0, by · a): a mean that rounding has made −1e-17 is 0.
    fn scale_positive(a: &[f64], by: f64, out: &mut [f64]) {
        for (o, x) in out.iter_mut().zip(a) {
            *o = (by * x).max(0.0);
        }
    }
}

kernel! {
    /// out += by · a.
    fn add_scaled(a: &[f64], by: f64, out: &mut [f64]) {
        for (o, x) in out.iter_mut().zip(a) {
            *o += by * x;
        }
    }
}

kernel! {
    /// out += a · b.
    fn add_product(a: &[f64], b: &[f64], out: &mut [f64]) {
        for ((o, x), y) in out.iter_mut().zip(a).zip(b) {
            *o += x * y;
        }
    }
}

kernel! {
    /// out *= a.
    fn multiply_into(a: &[f64], out: &mut [f64]) {
        for (o, x) in out.iter_mut().zip(a) {
            *o *= x;
        }
    }
}
