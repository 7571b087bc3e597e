//! The verdict: is the balance fair, and what compensation would make it so?
//!
//! Promise: a pure function of findings, draws and the signed rule. Absent: words and files.

mod assess;
mod followed;
mod goals;
mod horizons;
mod judge;
mod outcome;
mod portfolio;
mod tolerance;
mod zone;

pub use assess::*;
pub use horizons::HorizonVerdict;
pub use judge::key_share;
pub use outcome::*;
pub use portfolio::*;

use crate::analysis::Summary;
