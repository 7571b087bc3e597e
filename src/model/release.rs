//! How capacity follows volume, and when its cost ends.

use super::{Origin, Value};

/// Whose capacity stands together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// One capacity for the producing party (a region's hospitals).
    Party,
    /// One capacity for each municipality of residence.
    Municipality,
}

/// How full the last step is at the start, as a share in (0, 1).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Phase {
    /// Unknown: uniform, one draw for each site, shared by the arms. The draw's
    /// address is `phase:<service>` (and `:<municipality code>`).
    Uncertain,
    /// Known.
    Known(Value),
}

/// The capacity rule of one service: need = ⌈V/step + phase⌉ steps; capacity rises to need at
/// once and falls to the highest need of the last `lasting_years`; its cost ends `lag_years`
/// later, at `closing` of what is left a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// Units of the service a year in one step.
    pub step: f64,
    /// Years a fall must last before capacity is closed (at least 1).
    pub lasting_years: u32,
    /// Years from closing to the end of the cost.
    pub lag_years: u32,
    /// Share of the remaining surplus whose cost ends each year, in (0, 1].
    pub closing: f64,
    /// How full the last step is.
    pub phase: Phase,
    /// Whose capacity stands together.
    pub site: Site,
    /// Source of the rule.
    pub source: String,
    /// Where it stands.
    pub origin: Origin,
}
