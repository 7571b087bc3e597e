//! Where a draw lives: an address, hashed with the seed into a 128-bit key.
//!
//! ```text
//! format · kind · (tag, length, bytes)… · seed ─SHA-256→ first 16 bytes ─→ Key
//! ```
//!
//! Absent: counters handed out in order. Adding a parameter never moves another one's draws.

use sha2::{Digest, Sha256};

/// The run's seed, chosen by the user and printed in the manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Seed(pub u64);

/// 128 bits that stand for (seed, address). Keys of different addresses coincide with
/// probability 2⁻¹²⁸ a pair, so a run of 10⁹ addresses meets a collision once in 10²⁰ runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(pub [u64; 2]);

/// A draw's name: a kind and any number of texts and numbers.
///
/// Parts are tagged and their lengths written, so `text("ab").text("c")` and
/// `text("a").text("bc")` are different addresses. An address is cheap to clone: keep the part
/// that is common and append the block's number.
#[derive(Debug, Clone)]
pub struct Address {
    hasher: Sha256,
}

impl Address {
    /// An address of a kind, such as `"parameter"` or `"count"`.
    pub fn new(kind: &str) -> Address {
        let mut hasher = Sha256::new();
        hasher.update(super::DRAW_FORMAT.to_le_bytes());
        Address { hasher }.text(kind)
    }

    /// With a text appended.
    pub fn text(mut self, text: &str) -> Address {
        let mut head = [0; 9];
        head[0] = b't';
        head[1..].copy_from_slice(&(text.len() as u64).to_le_bytes());
        self.hasher.update(head);
        self.hasher.update(text.as_bytes());
        self
    }

    /// With a number appended.
    pub fn number(mut self, number: u64) -> Address {
        let mut part = [0; 9];
        part[0] = b'n';
        part[1..].copy_from_slice(&number.to_le_bytes());
        self.hasher.update(part);
        self
    }

    /// The key of this address under a seed.
    pub fn key(&self, seed: Seed) -> Key {
        let mut hasher = self.hasher.clone();
        let mut part = [0; 9];
        part[0] = b's';
        part[1..].copy_from_slice(&seed.0.to_le_bytes());
        hasher.update(part);
        let digest = hasher.finalize();
        let word = |at: usize| {
            (at..at + 8)
                .rev()
                .fold(0, |w, i| w << 8 | u64::from(digest[i]))
        };
        Key([word(0), word(8)])
    }
}
