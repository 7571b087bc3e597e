//! The gate that every number passes on its way to a file: finite, and zero without a sign.

use std::io;

use serde::ser::{Error, Serialize, Serializer};

/// A number in a result.
#[derive(Debug, Clone, Copy)]
pub struct Figure(pub f64);

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_finite() {
            serializer.serialize_f64(unsigned_zero(self.0))
        } else {
            Err(S::Error::custom(format!("a figure is {}", self.0)))
        }
    }
}

/// −0 as 0; every other number as it is.
pub fn unsigned_zero(x: f64) -> f64 {
    x + 0.0
}

/// The number as a file may hold it.
///
/// # Errors
/// Names the place where a number is not finite.
pub fn finite(x: f64, place: impl FnOnce() -> String) -> io::Result<f64> {
    if x.is_finite() {
        return Ok(unsigned_zero(x));
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidData,
        format!("{} is {x}", place()),
    ))
}
