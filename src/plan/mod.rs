//! Lowers a Model to a Program.

mod algebra;
mod booking;
mod cells;
mod counting;
mod counts;
mod forms;
mod lower;
mod lowered;
mod program;
mod reference;
mod rows;
mod totals;
mod trace;
mod weights;

pub use algebra::*;
pub use counts::*;
pub use forms::*;
pub use lower::{Scope, lower, lower_within};
pub use lowered::*;
pub use program::*;
pub use reference::Reference;
pub use rows::*;
pub use totals::COVERED_PERSON_YEAR;
pub use trace::{Atom, Trace, Traced};
