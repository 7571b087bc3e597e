//! Standard normals by inversion: one word a draw.
//!
//! Absent: mean and standard deviation. A law has them.

use super::{BLOCK, Key, Lanes};
use crate::numeric::normal_quantiles;

/// A standard normal for each replicate, within ±8.21.
///
/// # Panics
/// If `out` is not [`BLOCK`] long.
pub fn normal(key: Key, out: &mut [f64]) {
    normal_scores(&mut Lanes::new(key), out);
}

/// The next column of `lanes` as standard normals.
pub(super) fn normal_scores(lanes: &mut Lanes, out: &mut [f64]) {
    let mut uniforms = [0.0; BLOCK];
    lanes.fill_uniforms(&mut uniforms);
    normal_quantiles(&uniforms, out);
}
