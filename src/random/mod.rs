//! A draw is a function of its address: the same seed, name and replicate give the same bits,
//! whatever else is drawn, on however many threads, on whichever machine.
//!
//! ```text
//!            ┌→ latin_hypercube ─→ Law::fill ─→ Copula    parameters, one stratum a replicate
//! Address ─→ Key
//!   + Seed   └→ Lanes ─→ poisson, gamma, normal           chance, one column a replicate
//!                └ rejected? ─→ Stream (key, replicate)
//! ```
//!
//! A block is [`BLOCK`] replicates. Word j of a column belongs to replicate j by construction,
//! every sampler takes the same number of words whatever branch it follows, and a rejected
//! replicate goes on in a stream of its own. So no hardware width and no neighbour matters.
//! [`BLOCK`], the encoding of addresses, the generators and the samplers together are the *draw
//! format*: any change to one of them raises [`DRAW_FORMAT`].
//!
//! Absent: a generator that is handed around. Nothing here has state that outlives a block,
//! and nothing knows scenarios, parties or files.

mod address;
mod copula;
mod gamma;
mod hypercube;
mod lanes;
mod law;
mod normal;
mod poisson;
mod stream;

pub use address::{Address, Key, Seed};
pub use copula::{Copula, NotPsd};
pub use gamma::gamma;
pub use hypercube::latin_hypercube;
pub use lanes::Lanes;
pub use law::{Described, IntervalFamily, Law, LawFault, LawTerms};
pub use normal::normal;
pub use poisson::poisson;
pub use stream::Stream;
#[doc(hidden)]
pub use stream::philox4x32;

/// Replicates in a block: a constant of the draw format.
pub const BLOCK: usize = 512;

/// The draw format's version, printed in a run's manifest.
pub const DRAW_FORMAT: u32 = 1;

/// One value for each replicate of a block.
pub type Lane = [f64; BLOCK];

/// Bits to a uniform in the open interval: an odd multiple of 2⁻⁵³, so neither 0 nor 1.
#[inline(always)]
fn open_uniform(word: u64) -> f64 {
    // [1, 2) less (1 − 2⁻⁵³); the subtraction is exact.
    f64::from_bits(0x3ff0_0000_0000_0000 | (word >> 12)) - (1.0 - f64::EPSILON / 2.0)
}
