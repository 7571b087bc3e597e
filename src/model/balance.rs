//! What the two sides have signed as a fair balance.

use super::{Origin, Party, Words};

/// Which principle decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Principle {
    /// No party loses more than its floor (the health agreement).
    NoLoser,
    /// The operator neither loses nor profits (horizontal agreements).
    NoLossNoProfit,
}

/// A party's signed yearly floor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tolerance {
    /// Kroner per inhabitant and year, at the run's price level.
    PerInhabitant(f64),
    /// Share of the party's counterfactual affected budget.
    ShareOfBudget(f64),
}

/// `balanceprincip.toml`, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct BalanceRule {
    /// Title.
    pub title: Words,
    /// Principle.
    pub principle: Principle,
    /// Parties that may not profit.
    pub no_profit_for: Vec<Party>,
    /// π: how sure one must be, in (0.5, 1).
    pub confidence: f64,
    /// Fewest years the verdict looks at.
    pub horizon_years: u32,
    /// The region's floor.
    pub region: Tolerance,
    /// The municipalities' floor.
    pub municipality: Tolerance,
    /// Whether the chance band enters the floor.
    pub chance: bool,
    /// Most that chance may add, kr. per inhabitant a year.
    pub chance_max: f64,
    /// Kroner of one QALY, for a stated net-benefit line; never in the verdict.
    pub kroner_per_qaly: Option<f64>,
    /// Real yearly discount rate: (last year counted from the start, rate); the last is open (`u32::MAX`).
    pub discount: Vec<(u32, f64)>,
    /// Net tax factor of the welfare view (1 leaves it out).
    pub net_tax_factor: f64,
    /// How compensation is divided among municipalities.
    pub key: super::Key,
    /// Who signed.
    pub signed_by: Vec<String>,
    /// Where it stands.
    pub origin: Origin,
}

impl BalanceRule {
    /// Present value of one krone `k` years after the first start year.
    ///
    /// d_k = ∏ 1/(1 + r_j), the rate of year j being that of its step (Ministry of Finance: 3.5 %
    /// to year 35, 2.5 % to 70, 1.5 % after).
    pub fn discount_factor(&self, k: u32) -> f64 {
        let rate = |year: u32| {
            let step = self.discount.iter().find(|(to, _)| year <= *to);
            step.or(self.discount.last()).map_or(0.0, |(_, r)| *r)
        };
        (1..=k).fold(1.0, |d, year| d / (1.0 + rate(year)))
    }

    /// Years the verdict looks at, given the agreement's period and the horizon computed.
    pub fn verdict_years(&self, period: (i32, i32), first_year: i32, horizon: u32) -> u32 {
        let period_years = (period.1 - first_year + 1).max(0) as u32;
        self.horizon_years.max(period_years).min(horizon)
    }
}
