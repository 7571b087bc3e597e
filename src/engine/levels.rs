//! The level propagator: all years and levels of a group at once, for a block of replicates.
//!
//! ```text
//!   move columns ─┐
//!   cut columns  ─┼→ strips of lanes, states in registers ─→ one column a year and level
//!   shares       ─┘
//! ```
//!
//! Its scalar twins, with formula and citation, are `Course::shares` and `Course::emptied`: the
//! same operations in the same order, so the same bits. Absent: what a level is.

use crate::model::Course;
use crate::numeric::kernel;
use crate::plan::{Column, LevelKernel};
use crate::random::BLOCK;

/// Lanes that pass together: two of the widest registers for each level.
const WIDE: usize = 16;
/// More levels than this take the general path.
const FEW: usize = 4;

type Strip = [f64; WIDE];

/// Computes a kernel's columns into `out`, from the columns before it.
pub(super) fn propagate(kernel: &LevelKernel, columns: &[f64], out: &mut [f64]) {
    let course = &kernel.course;
    match &kernel.change {
        None => shares_block(course, columns, &kernel.moves, out),
        Some((shares, cuts)) => emptied_block(course, columns, &kernel.moves, shares, cuts, out),
    }
}

kernel! {
    fn shares_block(course: &Course, columns: &[f64], moves: &[Column], out: &mut [f64]) {
        for strip in 0..BLOCK / WIDE {
            match course.levels.len() {
                2 => shares_of::<2>(course, columns, moves, strip, out),
                3 => shares_of::<3>(course, columns, moves, strip, out),
                FEW => shares_of::<FEW>(course, columns, moves, strip, out),
                _ => shares_of::<MOST>(course, columns, moves, strip, out),
            }
        }
    }
}

kernel! {
    fn emptied_block(
        course: &Course,
        columns: &[f64],
        moves: &[Column],
        shares: &[Column],
        cuts: &[Vec<Column>],
        out: &mut [f64],
    ) {
        for strip in 0..BLOCK / WIDE {
            let from = (columns, moves, shares, cuts);
            match course.levels.len() {
                2 => emptied_of::<2>(course, from, strip, out),
                3 => emptied_of::<3>(course, from, strip, out),
                FEW => emptied_of::<FEW>(course, from, strip, out),
                _ => emptied_of::<MOST>(course, from, strip, out),
            }
        }
    }
}

/// Most levels a group may have (checked with the scenario).
const MOST: usize = crate::model::MOST_LEVELS;

#[inline(always)]
fn load(columns: &[f64], column: Column, strip: usize) -> &Strip {
    let at = column.0 as usize * BLOCK + strip * WIDE;
    columns[at..at + WIDE].first_chunk().unwrap_or(&[0.0; WIDE])
}

#[inline(always)]
fn store(out: &mut [f64], figure: usize, strip: usize, values: &Strip) {
    let at = figure * BLOCK + strip * WIDE;
    out[at..at + WIDE].copy_from_slice(values);
}

/// Probabilities as used: those out of a level that exceed 1 together are scaled down to 1.
#[inline(always)]
fn scaled<const L: usize>(course: &Course, p: &mut [Strip]) {
    let mut leaving = [[0.0; WIDE]; L];
    for ((from, _), p) in course.moves.iter().zip(p.iter()) {
        for w in 0..WIDE {
            leaving[*from][w] += p[w];
        }
    }
    for all in &mut leaving {
        for x in all.iter_mut() {
            *x = if *x > 1.0 { 1.0 / *x } else { 1.0 };
        }
    }
    for ((from, _), p) in course.moves.iter().zip(p.iter_mut()) {
        for w in 0..WIDE {
            p[w] *= leaving[*from][w];
        }
    }
}

#[inline(always)]
fn shares_of<const L: usize>(
    course: &Course,
    columns: &[f64],
    moves: &[Column],
    strip: usize,
    out: &mut [f64],
) {
    let n = course.levels.len();
    let mut p: Vec<Strip> = moves.iter().map(|c| *load(columns, *c, strip)).collect();
    scaled::<L>(course, &mut p);
    let mut state = [[0.0; WIDE]; L];
    for (l, (level, start)) in state.iter_mut().zip(&course.start).enumerate() {
        *level = [*start; WIDE];
        store(out, l, strip, level);
    }
    for t in 1..course.years() {
        let mut now = state;
        for ((from, to), p) in course.moves.iter().zip(&p) {
            let mut flow = [0.0; WIDE];
            for w in 0..WIDE {
                flow[w] = state[*from][w] * p[w];
                now[*from][w] -= flow[w];
            }
            if let Some(to) = to {
                for w in 0..WIDE {
                    now[*to][w] += flow[w];
                }
            }
        }
        close::<L>(course, t, n, &mut now);
        for (l, share) in now.iter().enumerate().take(n) {
            store(out, t * n + l, strip, share);
        }
        state = now;
    }
}

/// Last year's persons per person this year, and newcomers for the rest.
#[inline(always)]
fn close<const L: usize>(course: &Course, t: usize, n: usize, now: &mut [Strip; L]) {
    let kept = course.kept[t];
    for level in now.iter_mut() {
        for x in level {
            *x *= kept;
        }
    }
    if course.closed {
        return;
    }
    let mut newcomers = [0.0; WIDE];
    for level in now.iter().take(n) {
        for w in 0..WIDE {
            newcomers[w] += level[w];
        }
    }
    for x in &mut newcomers {
        *x = 1.0 - *x;
    }
    for (level, q) in now.iter_mut().zip(&course.inflow) {
        for w in 0..WIDE {
            level[w] += newcomers[w] * q;
        }
    }
}

/// Columns, moves, shares by year and level, cuts by year and move.
type From<'c> = (&'c [f64], &'c [Column], &'c [Column], &'c [Vec<Column>]);

#[inline(always)]
fn emptied_of<const L: usize>(
    course: &Course,
    (columns, moves, shares, cuts): From<'_>,
    strip: usize,
    out: &mut [f64],
) {
    let n = course.levels.len();
    let stated: Vec<Strip> = moves.iter().map(|c| *load(columns, *c, strip)).collect();
    let mut old = stated.clone();
    scaled::<L>(course, &mut old);
    let mut new = old.clone();
    let mut change = [[0.0; WIDE]; L];
    for (l, level) in change.iter().enumerate().take(n) {
        store(out, l, strip, level);
    }
    for t in 1..course.years() {
        // a pace that stands still asks for nothing new
        if t == 1 || cuts[t - 1] != cuts[t - 2] {
            for (k, p) in new.iter_mut().enumerate() {
                let cut = load(columns, cuts[t - 1][k], strip);
                for w in 0..WIDE {
                    p[w] = stated[k][w] * (1.0 - cut[w]);
                }
            }
            scaled::<L>(course, &mut new);
        }
        let mut now = change;
        for (k, (from, to)) in course.moves.iter().enumerate() {
            let before = load(columns, shares[(t - 1) * n + from], strip);
            let mut flow = [0.0; WIDE];
            for w in 0..WIDE {
                flow[w] = change[*from][w] * new[k][w] + before[w] * (new[k][w] - old[k][w]);
                now[*from][w] -= flow[w];
            }
            if let Some(to) = to {
                for w in 0..WIDE {
                    now[*to][w] += flow[w];
                }
            }
        }
        let kept = course.kept[t];
        for l in 0..n {
            let share = load(columns, shares[t * n + l], strip);
            let mut fewer = [0.0; WIDE];
            for w in 0..WIDE {
                now[l][w] *= kept;
                fewer[w] = if share[w] > 0.0 {
                    -now[l][w] / share[w]
                } else {
                    0.0
                };
            }
            store(out, t * n + l, strip, &fewer);
        }
        change = now;
    }
}
