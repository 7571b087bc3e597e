//! fairbalance
pub mod numeric;
pub mod units;
pub mod diagnostic;
pub mod stats;
pub mod random;
pub mod model;
pub mod scenario;
pub mod plan;
pub mod engine;
pub mod analysis;
pub mod verdict;
pub mod report;
pub mod cli;
