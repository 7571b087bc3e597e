#![doc = include_str!("docs/architecture.md")]
#![warn(missing_docs)]

pub mod analysis;
pub mod cli;
pub mod diagnostic;
pub mod engine;
pub mod model;
pub mod numeric;
pub mod plan;
pub mod random;
pub mod report;
pub mod scenario;
pub mod stats;
pub mod units;
pub mod verdict;

/// What agreements ask of the program, row by row, and the scenario or test that answers it.
// (only where documentation is made: the page is written by a test, and must not rebuild the program)
#[cfg_attr(doc, doc = include_str!("docs/mission.md"))]
pub mod mission {}

/// What is computed, in the terms of scenario files and reports.
#[doc = include_str!("docs/method.md")]
pub mod method {}
