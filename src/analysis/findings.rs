//! The figures of a run.

use super::Health;
use crate::engine::Expectation;
pub use crate::model::Account;
use crate::model::{CashClass, EntryKey, MunicipalityId, ParameterId, Party, Tag};
use crate::plan::{Program, RowId};
use crate::stats::{BlockMeans, Histogram};

/// Mean with its Monte Carlo standard error, and the central 80 % interval over replicates.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Summary {
    /// Mean over replicates.
    pub mean: f64,
    /// Monte Carlo standard error of the mean.
    pub mcse: f64,
    /// 10 % quantile.
    pub p10: f64,
    /// 90 % quantile.
    pub p90: f64,
}

impl Summary {
    /// A total over replicates, its values kept in a settled histogram.
    pub fn of(means: &BlockMeans, histogram: &Histogram) -> Summary {
        let estimate = means.estimate();
        Summary {
            mean: estimate.mean + 0.0,
            mcse: estimate.mcse,
            p10: histogram.quantile(0.1),
            p90: histogram.quantile(0.9),
        }
    }

    /// A per-replicate row of a run; nothing where the program has no such row.
    pub fn of_row(program: &Program, expectation: &Expectation, id: RowId) -> Summary {
        let row = program.row(id).map(|row| &expectation.rows[row]);
        row.map_or_else(Summary::default, |found| {
            Summary::of(&found.means, &found.histogram)
        })
    }
}

/// Budget effect in one year: agreement minus counterfactual, undiscounted, fixed prices,
/// positive is extra expenditure (kr.).
#[derive(Debug, Clone, PartialEq)]
pub struct YearRow {
    /// Whose.
    pub account: Account,
    /// Calendar year.
    pub year: i32,
    /// Kroner.
    pub value: Summary,
    /// The part of the mean that is phase-in (the rest is operation).
    pub phase_in: f64,
}

/// Present value over a horizon of the budget effect with its sign turned: X, positive is better off (kr.).
#[derive(Debug, Clone, PartialEq)]
pub struct HorizonRow {
    /// Whose.
    pub account: Account,
    /// Years from the first.
    pub years: u32,
    /// Kroner of present value.
    pub value: Summary,
    /// Mean in the welfare view (× net tax factor).
    pub welfare_mean: f64,
}

/// One municipality's figures over the verdict horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct MunicipalityRow {
    /// Which.
    pub municipality: MunicipalityId,
    /// X in kr. of present value, positive is better off.
    pub x: Summary,
    /// X per inhabitant (inhabitants of the first year), kr. over the whole horizon.
    pub per_inhabitant: f64,
    /// Inhabitants in the first year.
    pub inhabitants: f64,
    /// Half-width of the central π interval of X under chance alone, at mean parameters (kr.).
    pub chance_band: f64,
    /// Y = payments received − cost of the task, where the rule asks for it.
    pub y: Option<Summary>,
    /// First month of the earliest coverage or operation, `None` takes no part (year, month).
    pub start: Option<(i32, u32)>,
}

/// An indicator in one year; means in units.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorRow {
    /// Index in `Agreement::indicators`.
    pub indicator: usize,
    /// Calendar year.
    pub year: i32,
    /// Unchanged practice.
    pub counterfactual: Summary,
    /// With the agreement.
    pub agreement: Summary,
    /// Agreement − counterfactual.
    pub difference: Summary,
}

/// A line of the waterfall: present value over the verdict horizon of the budget effect from
/// one source (positive is extra expenditure). The lines of an account add up to −X.
#[derive(Debug, Clone, PartialEq)]
pub struct WaterfallRow {
    /// Whose.
    pub account: Account,
    /// From what.
    pub tag: Tag,
    /// Mean.
    pub mean: f64,
    /// Its Monte Carlo standard error.
    pub mcse: f64,
}

/// What is reported beside, never added: freed but unreleased capacity, double running.
#[derive(Debug, Clone, PartialEq)]
pub struct MemoRow {
    /// Whose.
    pub party: Party,
    /// Calendar year.
    pub year: i32,
    /// Which.
    pub class: CashClass,
    /// Kroner.
    pub value: Summary,
}

/// General practice in one year (difference between the arms).
#[derive(Debug, Clone, PartialEq)]
pub struct GpRow {
    /// Calendar year.
    pub year: i32,
    /// Fee income, positive is more income (kr.).
    pub income: Summary,
    /// Resource cost, positive is more (kr.).
    pub resource: Summary,
    /// Units of services that general practice produces.
    pub units: Summary,
}

/// Share of Var(X) explained by one parameter alone (first-order, given data).
#[derive(Debug, Clone, PartialEq)]
pub struct ImportanceRow {
    /// Whose X.
    pub account: Account,
    /// Which parameter.
    pub parameter: ParameterId,
    /// Share of the variance.
    pub share: f64,
    /// Its standard error.
    pub mcse: f64,
    /// Correlation sign of the parameter with X: +1 more is better for the account, −1 worse.
    pub direction: i8,
}

/// Liquidity, with chance: kr. of budget effect, positive is extra expenditure.
#[derive(Debug, Clone, PartialEq)]
pub struct LiquidityRow {
    /// Whose.
    pub account: Account,
    /// The year whose mean budget effect is worst.
    pub worst_year: i32,
    /// Budget effect of each replicate's worst year.
    pub worst: Summary,
    /// Deepest cumulative deficit (undiscounted).
    pub deepest: Summary,
}

/// Variance of X: parameter and chance, from paired replicates of the C layer.
#[derive(Debug, Clone, PartialEq)]
pub struct VarianceRow {
    /// Whose.
    pub account: Account,
    /// From not knowing the parameters (kr.²).
    pub parameter: f64,
    /// From chance (kr.²).
    pub chance: f64,
    /// Half-width of the central π interval under chance alone at mean parameters (kr.).
    pub chance_band: f64,
}

/// One aggregated ledger entry with its error.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerLine {
    /// Address.
    pub key: EntryKey,
    /// Expected units behind a resource entry (difference for the agreement arm).
    pub units: Option<f64>,
    /// Mean kroner.
    pub mean: f64,
    /// Its Monte Carlo standard error.
    pub mcse: f64,
}

/// Everything a run found out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    /// Replicates of the E layer.
    pub replicates: usize,
    /// Parameter draws × inner replicates of the C layer.
    pub chance_replicates: (usize, usize),
    /// Whether the run stopped because every verdict was settled (else: budget reached, or fixed).
    pub settled: bool,
    /// Calendar years computed.
    pub years: Vec<i32>,
    /// The first so many of them make the verdict horizon.
    pub verdict_years: u32,
    /// Discount factor by year.
    pub discount: Vec<f64>,
    /// Account × year.
    pub budget: Vec<YearRow>,
    /// Account × horizon (4, 10, 20 and the verdict's, as far as computed).
    pub present_value: Vec<HorizonRow>,
    /// By municipality, code order.
    pub municipalities: Vec<MunicipalityRow>,
    /// Indicator × year.
    pub indicators: Vec<IndicatorRow>,
    /// Account × tag.
    pub waterfall: Vec<WaterfallRow>,
    /// Beside.
    pub memo: Vec<MemoRow>,
    /// General practice.
    pub gp: Vec<GpRow>,
    /// Strongest first, by account.
    pub importance: Vec<ImportanceRow>,
    /// By account.
    pub liquidity: Vec<LiquidityRow>,
    /// By account.
    pub variance: Vec<VarianceRow>,
    /// Every entry, in key order.
    pub ledger: Vec<LedgerLine>,
    /// Places, staff, citizens' time and what else is shown beside.
    pub resources: super::Resources,
    /// Persons by level and health, where levels move.
    pub health: Health,
    /// What each payment rule moves, by year.
    pub settlement: Vec<super::SettlementRow>,
    /// Marginal kroner by party.
    pub incentives: Vec<crate::plan::Incentive>,
    /// Frames by party and year.
    pub frames: Vec<super::FrameRow>,
    /// Who holds a touched task when.
    pub holders: Vec<super::HolderRow>,
    /// Approvals, evidence, safety, risk.
    pub accountability: super::Accountability,
    /// Running accounts, by account and year.
    pub running: Vec<super::RunningRow>,
    /// When the running accounts are level again.
    pub payback: super::Payback,
    /// The picked, levels, moved hours, the trial, the small unit.
    pub study: super::StudyFindings,
    /// What can be said of the resources where it is not *klarlagt*; nothing else is found then.
    pub bounds: Option<super::Bounds>,
}
