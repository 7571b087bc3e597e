//! Columns of words: eight interleaved xoshiro256++ generators under one key.
//!
//! ```text
//! word   0 1 2 3 4 5 6 7 | 8 9 …        replicate = word mod 512
//! lane   0 1 2 3 4 5 6 7 | 0 1 …        lanes are eight whatever the vector width
//! ```
//!
//! D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47
//! (2021), doi:10.1145/3460772. The states are filled by a mixer, as the authors advise.
//!
//! Absent: jumping ahead. A new address is a new key.

use super::{BLOCK, Key, open_uniform};
use crate::numeric::kernel;

const LANES: usize = 8;
type Row = [u64; LANES];
type State = [Row; 4];

/// Columns of random words for one key. Each call gives the next word of every replicate.
#[derive(Debug, Clone)]
pub struct Lanes {
    state: State,
}

impl Lanes {
    /// The first column's position of a key.
    pub fn new(key: Key) -> Lanes {
        let mut state = [[0; LANES]; 4];
        seed_state(key.0[0], key.0[1], &mut state);
        Lanes { state }
    }

    /// The state as given, for known answers.
    #[doc(hidden)]
    pub fn from_state(state: [[u64; 8]; 4]) -> Lanes {
        Lanes { state }
    }

    /// The next word of every replicate.
    pub fn fill_words(&mut self, out: &mut [u64; BLOCK]) {
        words(&mut self.state, out);
    }

    /// The next uniform in the open interval (0, 1) of every replicate.
    ///
    /// # Panics
    /// If `out` is not [`BLOCK`] long.
    pub fn fill_uniforms(&mut self, out: &mut [f64]) {
        assert_eq!(out.len(), BLOCK, "a column is one block");
        uniforms(&mut self.state, out);
    }
}

kernel! {
    /// Each state word is a bijection of either half of the key, through two rounds of
    /// Stafford's thirteenth mixer on a Weyl sequence.
    fn seed_state(first: u64, second: u64, state: &mut State) {
        for (i, row) in state.iter_mut().enumerate() {
            for (j, word) in row.iter_mut().enumerate() {
                let n = (i * LANES + j + 1) as u64;
                let inner = mix(first.wrapping_add(n.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
                *word = mix(inner ^ second.wrapping_add(n.wrapping_mul(0xD1B5_4A32_D192_ED03)));
            }
        }
    }
}

#[inline(always)]
fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

kernel! {
    fn words(state: &mut State, out: &mut [u64; BLOCK]) {
        let [mut a, mut b, mut c, mut d] = *state;
        for chunk in out.chunks_exact_mut(LANES) {
            chunk.copy_from_slice(&step(&mut a, &mut b, &mut c, &mut d));
        }
        *state = [a, b, c, d];
    }
}

kernel! {
    fn uniforms(state: &mut State, out: &mut [f64]) {
        let [mut a, mut b, mut c, mut d] = *state;
        for chunk in out.chunks_exact_mut(LANES) {
            let words = step(&mut a, &mut b, &mut c, &mut d);
            for i in 0..LANES {
                chunk[i] = open_uniform(words[i]);
            }
        }
        *state = [a, b, c, d];
    }
}

/// One step of all eight generators.
#[inline(always)]
fn step(a: &mut Row, b: &mut Row, c: &mut Row, d: &mut Row) -> Row {
    let mut words = [0; LANES];
    for i in 0..LANES {
        words[i] = a[i].wrapping_add(d[i]).rotate_left(23).wrapping_add(a[i]);
        let t = b[i] << 17;
        c[i] ^= a[i];
        d[i] ^= b[i];
        b[i] ^= c[i];
        a[i] ^= d[i];
        c[i] ^= t;
        d[i] = d[i].rotate_left(45);
    }
    words
}
