//! The one way through, from a model to its findings and verdict.

use crate::analysis::Findings;
use crate::engine::{DrawSink, Progress, RunSettings};
use crate::model::Model;
use crate::verdict::Verdict;

/// Findings and verdict of one agreement.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The figures (empty where the model is not *klarlagt*).
    pub findings: Findings,
    /// The verdict.
    pub verdict: Verdict,
}

/// Lowers, runs and judges a model. A pure function of model and settings (threads do not reach it).
///
/// # Errors
/// Only those of the sink.
pub fn assess(
    _model: &Model,
    _settings: &RunSettings,
    _draws: &mut dyn DrawSink,
    _progress: &dyn Progress,
) -> std::io::Result<Assessment> {
    Err(std::io::Error::other("the engine is being built"))
}
