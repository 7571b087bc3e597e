//! A quantile function as quintics in the normal score.
//!
//! ```text
//! z = −8.5 … 8.5 in 256 steps ─ value, slope, curvature at each node ─→ one quintic a step
//! ```
//!
//! What is tabulated is an unbounded scale of the value (its logarithm, its logit), which is
//! smooth in z over the whole line: with h = 0.066 the remainder h⁶|y⁽⁶⁾|/46,080 is 2e-12 times
//! a sixth derivative of order one over the smallest shape.
//!
//! Absent: any library function. Nodes are solved with this crate's own, so that the table has
//! the same bits on every machine.

use crate::numeric::{exp, ln, normal_cdf, normal_density};

/// The table covers scores up to this size, probability 1e-17 beyond.
pub(super) const EDGE: f64 = 8.5;
const STEPS: usize = 256;
const LAST: f64 = STEPS as f64 - 1.0;
const PER_UNIT: f64 = STEPS as f64 / (2.0 * EDGE);

/// A law on its unbounded scale y: what it takes to solve P(Y ≤ y) = Φ(z).
pub(super) trait Solvable {
    /// (ln P(Y ≤ y), ln P(Y > y)); both concave in y.
    fn ln_tails(&self, y: f64) -> (f64, f64);
    /// ln of the density of Y.
    fn ln_density(&self, y: f64) -> f64;
    /// The derivative of that.
    fn ln_density_slope(&self, y: f64) -> f64;
    /// Some y from which to start at z = 0.
    fn start(&self) -> f64;
    /// A y that no score reaches, where the upper tail is still a number.
    fn ceiling(&self) -> f64;
    /// y(z) in closed form, where the parameters are so large that an expansion is exact.
    fn expansion(&self, z: f64) -> Option<f64>;
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    quintics: Box<[[f64; 6]; STEPS]>,
}

impl Table {
    pub(super) fn new(law: &impl Solvable) -> Table {
        let nodes = nodes(law);
        let quintics = std::array::from_fn(|i| quintic(nodes[i], nodes[i + 1]));
        Table {
            quintics: Box::new(quintics),
        }
    }

    /// y at a score within ±[`EDGE`].
    #[inline(always)]
    pub(super) fn at(&self, z: f64) -> f64 {
        const ROUNDER: f64 = 6_755_399_441_055_744.0;
        let position = (z + EDGE) * PER_UNIT;
        // The step's middle rounds to the step: no conversion, and no bound to check below.
        let step = (position - 0.5 + ROUNDER) - ROUNDER;
        let step = if step < 0.0 { 0.0 } else { step };
        let step = if step > LAST { LAST } else { step };
        let t = position - step;
        let [a, b, c, d, e, f] = self.quintics[(step + ROUNDER).to_bits() as usize % STEPS];
        a + t * (b + t * (c + t * (d + t * (e + t * f))))
    }
}

/// y(z) to full precision, without the table.
pub(super) fn solve(law: &impl Solvable, z: f64) -> f64 {
    solve_from(law, z, law.start())
}

/// (y, dy/dz, d²y/dz²) at each node, from the middle outward, each node starting the next.
fn nodes(law: &impl Solvable) -> Vec<[f64; 3]> {
    let mut nodes = vec![[0.0; 3]; STEPS + 1];
    let middle = STEPS / 2;
    nodes[middle] = node(law, 0.0, law.start());
    for i in middle + 1..=STEPS {
        nodes[i] = node(law, score(i), ahead(nodes[i - 1], 1.0 / PER_UNIT));
    }
    for i in (0..middle).rev() {
        nodes[i] = node(law, score(i), ahead(nodes[i + 1], -1.0 / PER_UNIT));
    }
    nodes
}

fn score(i: usize) -> f64 {
    (i as f64 - (STEPS / 2) as f64) / PER_UNIT
}

fn ahead([y, slope, curvature]: [f64; 3], h: f64) -> f64 {
    y + h * (slope + 0.5 * h * curvature)
}

/// dP/dy · dy/dz = φ(z) gives the slope; its logarithmic derivative gives the curvature.
fn node(law: &impl Solvable, z: f64, guess: f64) -> [f64; 3] {
    let y = solve_from(law, z, guess);
    let slope = exp(ln(normal_density(z)) - law.ln_density(y));
    [y, slope, slope * (-z - law.ln_density_slope(y) * slope)]
}

/// Newton on the logarithm of the smaller tail, which is concave in y: it converges from
/// either side.
fn solve_from(law: &impl Solvable, z: f64, guess: f64) -> f64 {
    if let Some(y) = law.expansion(z) {
        return y;
    }
    let goal = ln(normal_cdf(-z.abs()));
    // From the flat left the first step overshoots, harmlessly unless the tail underflows.
    let ceiling = law.ceiling();
    let mut y = guess;
    for _ in 0..200 {
        let (lower, upper) = law.ln_tails(y);
        let (tail, sign) = if z <= 0.0 {
            (lower, -1.0)
        } else {
            (upper, 1.0)
        };
        let step = sign * (tail - goal) * exp(tail - law.ln_density(y));
        y = if y + step > ceiling {
            ceiling
        } else {
            y + step
        };
        if step.abs() < 1e-10 {
            break;
        }
    }
    y
}

/// The polynomial in t ∈ [0, 1] that meets value, slope and curvature at both ends.
fn quintic(left: [f64; 3], right: [f64; 3]) -> [f64; 6] {
    let h = 1.0 / PER_UNIT;
    let (rise, d0, d1) = (right[0] - left[0], h * left[1], h * right[1]);
    let (s0, s1) = (h * h * left[2], h * h * right[2]);
    [
        left[0],
        d0,
        0.5 * s0,
        10.0 * rise - 6.0 * d0 - 4.0 * d1 - 0.5 * (3.0 * s0 - s1),
        -15.0 * rise + 8.0 * d0 + 7.0 * d1 + 0.5 * (3.0 * s0 - 2.0 * s1),
        6.0 * rise - 3.0 * (d0 + d1) - 0.5 * (s0 - s1),
    ]
}
