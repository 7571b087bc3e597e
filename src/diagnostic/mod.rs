//! Every message an author can get, in one place.
//!
//! ```text
//! Fault + Span ──raise──▶ Faults ──settle──▶ Diagnostics ──▶ text (a terminal)
//! (what, where)           (one pass)         (sorted)    └─▶ JSON (an editor)
//! ```
//!
//! *Promise:* a fault names the value found, the place (file, line, column) and the remedy, under
//! a code that never changes its meaning; all faults of a reading come at once.
//!
//! *Absent:* this room opens no file, knows no scenario key and decides no exit code.

mod collect;
mod fault;
mod place;
mod render;

pub use collect::{Diagnostic, Diagnostics, Faults, Severity};
pub use fault::{Code, Fault};
pub use place::{FileId, Place, Sources, Span};
