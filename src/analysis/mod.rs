//! From draws to findings: what is printed, each number with its error.
//!
//! Promise: every figure that any document prints is a field of [`Findings`].
//! Absent: verdicts, words, files.

mod accountability;
mod bounds;
mod chance;
mod clusters;
mod collect;
mod explain;
mod findings;
mod grounds;
mod health;
mod outside;
mod payback;
mod quick;
mod ratio;
mod resources;
mod running;
mod settlement;
mod study;

pub use accountability::*;
pub use bounds::{BoundRow, Bounds, bounds};
pub use chance::{CHANCE_BLOCKS, ChanceFindings, INNER, run_chance};
pub use clusters::{ClusterRow, clusters};
pub use collect::{WATCHED, collect, collect_accounts};
pub use explain::*;
pub use findings::*;
pub use grounds::{Grounds, Rested, Source, grounds};
pub use health::{Health, LevelRow, QalyPrice, QalyRow};
pub use outside::*;
pub use payback::*;
pub use quick::{COMPARED, QuickX, quick_x};
pub use ratio::RatioRow;
pub use resources::*;
pub use running::{RunningRow, RunningWatch};
pub use settlement::*;
pub use study::*;
