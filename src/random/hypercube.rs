//! Latin hypercube: one uniform in every 1/512 of (0, 1), in keyed order.
//!
//! M. D. McKay, R. J. Beckman and W. J. Conover, Technometrics 21 (1979) 239–245,
//! doi:10.1080/00401706.1979.10489755. Blocks stay independent of each other, so errors come
//! from the spread of block means; within a block the naive standard error is never too small
//! (A. B. Owen, Ann. Statist. 25 (1997): at most n/(n − 1) times the variance of independent
//! draws).
//!
//! Absent: any order among dimensions. Each parameter is permuted by its own key.

use super::{BLOCK, Key, Lanes};

/// Stratified uniforms: exactly one in ((s, s + 1)/512) for each s, the strata in an order that
/// is a function of `key`. All lie in the open (0, 1).
///
/// # Panics
/// If `out` is not [`BLOCK`] long.
pub fn latin_hypercube(key: Key, out: &mut [f64]) {
    assert_eq!(out.len(), BLOCK, "a hypercube is one block");
    let mut lanes = Lanes::new(key);
    let (mut order, mut within) = ([0; BLOCK], [0; BLOCK]);
    lanes.fill_words(&mut order);
    lanes.fill_words(&mut within);
    let strata = permutation(&order);
    for ((out, stratum), word) in out.iter_mut().zip(strata).zip(within) {
        // Stratum and position are one 52-bit integer, so that no sum can round up to 1.
        *out = super::open_uniform(u64::from(stratum) << 55 | word >> 9);
    }
}

/// Fisher–Yates with one word a step. The choice among i is biased by less than i/2³².
fn permutation(words: &[u64; BLOCK]) -> [u16; BLOCK] {
    let mut order: [u16; BLOCK] = std::array::from_fn(|i| i as u16);
    for i in (1..BLOCK).rev() {
        let chosen = ((words[i] >> 32) * (i as u64 + 1)) >> 32;
        order.swap(i, chosen as usize);
    }
    order
}
