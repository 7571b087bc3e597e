//! Basis columns of one block: draws, and what is computed from them lane by lane.
//!
//! A pure function of (program, seed, block number). Absent: what the columns mean.

use super::levels::propagate;
use crate::numeric::kernel;
use crate::plan::{CapacityKernel, Column, Form, Node, Program, capacity_path, past_use};
use crate::random::{Address, BLOCK, Seed, latin_hypercube};

/// Columns of a block: `BLOCK` values each, one per replicate.
pub struct Basis {
    /// Column after column.
    columns: Vec<f64>,
    /// Uniforms behind each draw, after correlation.
    pub uniforms: Vec<Vec<f64>>,
}

/// Which values the parameters take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Drawn, block by block.
    Draws,
    /// Every parameter at its mean.
    Means,
}

impl Basis {
    /// Draws and evaluates the columns of block `block`.
    pub fn evaluate(program: &Program, seed: Seed, block: u64, at: At) -> Basis {
        let mut basis = Basis {
            columns: vec![0.0; program.nodes.len() * BLOCK],
            uniforms: Vec::new(),
        };
        basis.draw(program, seed, block, at);
        for (column, node) in program.nodes.iter().enumerate() {
            if program.live[column] {
                basis.compute(program, column, node);
            }
        }
        basis
    }

    /// Evaluates the columns with given values: `values[draw][lane]`.
    pub fn at_values(program: &Program, values: &[Vec<f64>]) -> Basis {
        let mut basis = Basis {
            columns: vec![0.0; program.nodes.len() * BLOCK],
            uniforms: Vec::new(),
        };
        for (draw, value) in program.draws.iter().zip(values) {
            basis.lane_mut(draw.column).copy_from_slice(value);
        }
        for (column, node) in program.nodes.iter().enumerate() {
            if program.live[column] {
                basis.compute(program, column, node);
            }
        }
        basis
    }

    /// A column's values.
    pub fn lane(&self, column: Column) -> &[f64] {
        let at = column.0 as usize * BLOCK;
        &self.columns[at..at + BLOCK]
    }

    fn lane_mut(&mut self, column: Column) -> &mut [f64] {
        let at = column.0 as usize * BLOCK;
        &mut self.columns[at..at + BLOCK]
    }

    /// Values of a form.
    pub fn form(&self, form: &Form, out: &mut [f64]) {
        weighted_sum(&self.columns, &form.terms, out);
    }

    fn draw(&mut self, program: &Program, seed: Seed, block: u64, at: At) {
        if at == At::Means {
            for draw in &program.draws {
                let mean = draw.law.mean();
                self.lane_mut(draw.column).fill(mean);
            }
            return;
        }
        let mut uniforms: Vec<Vec<f64>> = Vec::with_capacity(program.draws.len());
        for draw in &program.draws {
            let mut u = vec![0.0; BLOCK];
            let key = Address::new("parameter")
                .text(&draw.name)
                .number(block)
                .key(seed);
            latin_hypercube(key, &mut u);
            uniforms.push(u);
        }
        for linked in &program.linked {
            let mut group: Vec<Vec<f64>> = linked
                .draws
                .iter()
                .map(|d| std::mem::take(&mut uniforms[*d]))
                .collect();
            linked.copula.correlate(&mut group);
            for (d, u) in linked.draws.iter().zip(group) {
                uniforms[*d] = u;
            }
        }
        for (draw, u) in program.draws.iter().zip(&uniforms) {
            draw.law.fill(u, self.lane_mut(draw.column));
        }
        self.uniforms = uniforms;
    }

    fn compute(&mut self, program: &Program, column: usize, node: &Node) {
        let (before, rest) = self.columns.split_at_mut(column * BLOCK);
        let out = &mut rest[..BLOCK];
        let lane = |c: &Column| &before[c.0 as usize * BLOCK..c.0 as usize * BLOCK + BLOCK];
        match node {
            Node::One => out.fill(1.0),
            Node::Draw(_) => {}
            Node::Complement(a) => map(lane(a), out, |x| 1.0 - x),
            Node::Positive(a) => map(lane(a), out, |x| x.max(0.0)),
            Node::Growth(a, k) => {
                map(lane(a), out, |x| (0..*k).fold(1.0, |g, _| g * (1.0 + x)));
            }
            Node::Product(a, b) => product(lane(a), lane(b), out),
            Node::Quotient(a, b) => zip(lane(a), lane(b), out, |x, y| x / y),
            Node::Ratio(a, b) => {
                zip(
                    lane(a),
                    lane(b),
                    out,
                    |x, y| if y == 0.0 { 0.0 } else { x / y },
                );
            }
            Node::PastUse(what, rate, shape, at_least) => {
                zip(lane(rate), lane(shape), out, |rate, shape| {
                    past_use(*what, rate, shape, *at_least)
                });
            }
            Node::Minimum(a, b) => zip(lane(a), lane(b), out, f64::min),
            Node::Rationed(cap, demand) => {
                zip(lane(cap), lane(demand), out, |c, d| {
                    if d > c { c / d } else { 1.0 }
                });
            }
            Node::Bent(kink, a, b, c) => {
                let (a, b, c) = (lane(a), lane(b), lane(c));
                for (i, o) in out.iter_mut().enumerate() {
                    *o = kink.at(a[i], b[i], c[i]);
                }
            }
            Node::Pinned(form) => weighted_sum(before, &form.terms, out),
            Node::Capacity(kernel, 0) => {
                self.capacity(&program.kernels[*kernel as usize], column);
            }
            Node::Levels(kernel, 0) => {
                let kernel = &program.level_kernels[*kernel as usize];
                propagate(kernel, before, &mut rest[..kernel.course.size() * BLOCK]);
            }
            Node::Levels(..) => {}   // computed with the kernel's first figure
            Node::Capacity(..) => {} // computed with the kernel's first year
        }
    }

    /// All years of a capacity path; its columns stand together from `first` on.
    fn capacity(&mut self, kernel: &CapacityKernel, first: usize) {
        let years = kernel.volumes.len();
        let mut volumes = vec![0.0; years];
        let mut paid = vec![0.0; years];
        for lane in 0..BLOCK {
            for (v, column) in volumes.iter_mut().zip(&kernel.volumes) {
                *v = self.columns[column.0 as usize * BLOCK + lane];
            }
            let phase = self.columns[kernel.phase.0 as usize * BLOCK + lane];
            capacity_path(&kernel.rule, phase, &volumes, &mut paid);
            for (t, p) in paid.iter().enumerate() {
                self.columns[(first + t) * BLOCK + lane] = *p;
            }
        }
    }
}

fn map(a: &[f64], out: &mut [f64], f: impl Fn(f64) -> f64) {
    for (o, x) in out.iter_mut().zip(a) {
        *o = f(*x);
    }
}

fn zip(a: &[f64], b: &[f64], out: &mut [f64], f: impl Fn(f64, f64) -> f64) {
    for ((o, x), y) in out.iter_mut().zip(a).zip(b) {
        *o = f(*x, *y);
    }
}

kernel! {
    /// out = a · b, lane by lane.
    pub fn product(a: &[f64], b: &[f64], out: &mut [f64]) {
        for ((o, x), y) in out.iter_mut().zip(a).zip(b) {
            *o = x * y;
        }
    }
}

/// Lanes that stay in registers while the terms of a form pass by.
const STRIP: usize = 64;

kernel! {
    /// out = Σ weight · column over the terms in their order: the same bits on every path.
    pub fn weighted_sum(columns: &[f64], terms: &[(Column, f64)], out: &mut [f64]) {
        for (s, strip) in out.chunks_exact_mut(STRIP).enumerate() {
            let mut sum = [0.0f64; STRIP];
            for (column, weight) in terms {
                let at = column.0 as usize * BLOCK + s * STRIP;
                let lane = &columns[at..at + STRIP];
                for (o, x) in sum.iter_mut().zip(lane) {
                    *o += weight * x;
                }
            }
            strip.copy_from_slice(&sum);
        }
    }
}
