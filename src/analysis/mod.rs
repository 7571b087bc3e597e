//! From draws to findings: what is printed, each number with its error.
//!
//! Promise: every figure that any document prints is a field of [`Findings`].
//! Absent: verdicts, words, files.

mod findings;

pub use findings::*;
