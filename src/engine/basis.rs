//! Basis columns of one block: draws, and what is computed from them lane by lane.
//!
//! A pure function of (program, seed, block number). Absent: what the columns mean.

use super::levels::propagate;
use crate::numeric::kernel;
use crate::plan::{CapacityKernel, Column, Form, Node, Program, past_use};
use crate::random::{Address, BLOCK, Seed, latin_hypercube};
use std::cell::Cell;

thread_local! {
    /// The columns of the block before: as large as a program, and not asked of the system anew
    /// for every block.
    static SPARE: Cell<Vec<f64>> = const { Cell::new(Vec::new()) };
}

/// Columns of a block: `BLOCK` values each, one per replicate. Columns that nothing reads hold
/// whatever was there before.
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
            columns: spare(program.nodes.len() * BLOCK),
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
            columns: spare(program.nodes.len() * BLOCK),
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
        let (before, out) = self.columns.split_at_mut(first * BLOCK);
        let lane = |c: &Column| &before[c.0 as usize * BLOCK..][..BLOCK];
        let phase = lane(&kernel.phase);
        let mut need = vec![0.0; kernel.volumes.len() * BLOCK];
        for (volume, need) in kernel.volumes.iter().zip(need.chunks_exact_mut(BLOCK)) {
            whole_steps(lane(volume), phase, kernel.rule.step, need);
        }
        for t in 0..kernel.volumes.len() {
            let (earlier, now) = out.split_at_mut(t * BLOCK);
            let stands = t.checked_sub(1).map(|y| &earlier[y * BLOCK..]);
            let recent = &need[kernel.rule.earliest(t) * BLOCK..(t + 1) * BLOCK];
            held(recent, stands, kernel.rule.closing, &mut now[..BLOCK]);
        }
    }
}

kernel! {
    /// Need in whole steps, lane by lane: as in [`crate::plan::capacity_path`].
    fn whole_steps(volume: &[f64], phase: &[f64], step: f64, need: &mut [f64]) {
        for ((n, v), phase) in need.iter_mut().zip(volume).zip(phase) {
            *n = (v / step + phase).ceil() * step;
        }
    }
}

kernel! {
    /// Capacity paid for in a year: the highest recent need, and what is not yet closed above it.
    fn held(recent: &[f64], stands: Option<&[f64]>, closing: f64, paid: &mut [f64]) {
        paid.fill(0.0);
        for year in recent.chunks_exact(BLOCK) {
            for (paid, need) in paid.iter_mut().zip(year) {
                *paid = paid.max(*need);
            }
        }
        if let Some(stands) = stands {
            for (paid, stood) in paid.iter_mut().zip(stands) {
                let surplus = stood - *paid;
                *paid = if surplus > 0.0 { *paid + (1.0 - closing) * surplus } else { *paid };
            }
        }
    }
}

impl Drop for Basis {
    fn drop(&mut self) {
        SPARE.set(std::mem::take(&mut self.columns));
    }
}

/// Room for so many values.
fn spare(size: usize) -> Vec<f64> {
    let mut columns = SPARE.take();
    if columns.len() < size {
        columns.resize(size, 0.0);
    }
    columns
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

/// Lanes that stay in registers while the terms of a form pass by: half of sixteen registers of
/// four, the other half is for what is added.
const STRIP: usize = 32;

kernel! {
    /// out = Σ weight · column over the terms in their order: the same bits on every path.
    // a call for eight stores costs more than the stores
    #[allow(clippy::manual_memcpy)]
    pub fn weighted_sum(columns: &[f64], terms: &[(Column, f64)], out: &mut [f64]) {
        for (s, strip) in out.chunks_exact_mut(STRIP).enumerate() {
            let mut sum = [0.0f64; STRIP];
            for (column, weight) in terms {
                let at = column.0 as usize * BLOCK + s * STRIP;
                let lane = &columns[at..at + STRIP];
                for i in 0..STRIP {
                    sum[i] += weight * lane[i];
                }
            }
            for i in 0..STRIP {
                strip[i] = sum[i];
            }
        }
    }
}
