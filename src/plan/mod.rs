//! Lowers a Model to a Program.

mod against;
mod algebra;
mod booking;
mod cells;
mod counting;
mod counts;
mod course;
mod forms;
mod gauge;
mod incentive;
mod kink;
mod lower;
mod lowered;
mod program;
mod reference;
mod rows;
mod settle;
mod totals;
mod trace;
mod weights;

pub use against::lower_proposal;
pub use algebra::*;
pub use counts::*;
pub use course::means_of;
pub use forms::*;
pub use gauge::{Part, Reading, Total};
pub use incentive::{Incentive, Margin, Purse, incentives};
pub use kink::{Kink, above, excess, limited};
pub use lower::{Scope, lower, lower_within};
pub use lowered::*;
pub use program::*;
pub use reference::Reference;
pub use rows::*;
pub use settle::{Bend, BendLine, Own, Shape, StepTerms, Term};
pub use totals::COVERED_PERSON_YEAR;
pub use trace::{Atom, Trace, Traced};
