//! A stream of its own for a replicate that was rejected: Philox4x32-10.
//!
//! J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
//! doi:10.1145/2063384.2063405. Counter-based: starting a stream costs nothing, and word n of
//! replicate j is a function of (key, j, n).
//!
//! Absent: speed over many words. Columns come from [`super::Lanes`].

use super::{Key, open_uniform};

/// The words of one replicate under one key.
#[derive(Debug, Clone)]
pub struct Stream {
    key: Key,
    replicate: u32,
    block: u32,
    spare: Option<u64>,
}

impl Stream {
    /// The stream of a replicate of the block that `key` stands for.
    pub fn new(key: Key, replicate: usize) -> Stream {
        Stream {
            key,
            replicate: replicate as u32,
            block: 0,
            spare: None,
        }
    }

    /// 64 random bits.
    pub fn word(&mut self) -> u64 {
        if let Some(word) = self.spare.take() {
            return word;
        }
        let [k, c] = self.key.0;
        let counter = [c as u32, (c >> 32) as u32, self.replicate, self.block];
        let x = philox4x32(counter, [k as u32, (k >> 32) as u32]);
        self.block += 1;
        self.spare = Some(u64::from(x[3]) << 32 | u64::from(x[2]));
        u64::from(x[1]) << 32 | u64::from(x[0])
    }

    /// A uniform in the open interval (0, 1).
    pub fn uniform(&mut self) -> f64 {
        open_uniform(self.word())
    }
}

/// Ten rounds of the 4×32-bit Philox bijection. Public for its known answers.
#[doc(hidden)]
pub fn philox4x32(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let ([mut a, mut b, mut c, mut d], [mut k, mut l]) = (counter, key);
    for _ in 0..10 {
        let left = u64::from(a) * 0xD251_1F53;
        let right = u64::from(c) * 0xCD9E_8D57;
        (a, b, c, d) = (
            (right >> 32) as u32 ^ b ^ k,
            right as u32,
            (left >> 32) as u32 ^ d ^ l,
            left as u32,
        );
        k = k.wrapping_add(0x9E37_79B9);
        l = l.wrapping_add(0xBB67_AE85);
    }
    [a, b, c, d]
}
