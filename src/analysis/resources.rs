//! Places, staff, saved time, quiet shift, break-even, tasks, aims: read from rows, never added.
//!
//! A quotient of two uncertain figures is formed of their means, and refused where its divisor
//! cannot be told from nothing.

use super::{Account, Summary};
use crate::engine::Expectation;
use crate::model::{LeonOption, LeonTask, Model};
use crate::plan::{ANGLES, Gauge, GaugeKey, Program, RowId};

/// How sure one must be that something is avoided before a price is put on it.
const SURE: f64 = 0.9;

/// What a run found out beside the accounts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Resources {
    /// Gauges, in the order of the model's own lists.
    pub gauges: Vec<GaugeRow>,
    /// Resource use of everybody by year, citizens' and volunteers' time included (difference).
    pub extended: Vec<Summary>,
    /// Its X over the verdict horizon: positive is better off.
    pub extended_x: Summary,
    /// Break-even volumes.
    pub break_evens: Vec<BreakEvenRow>,
    /// Tasks by lowest effective level.
    pub tasks: Vec<TaskRow>,
    /// Indicators that the three aims name.
    pub aims: Vec<AimRow>,
    /// Who gains.
    pub gains: Vec<GainRow>,
}

/// A gauge.
#[derive(Debug, Clone, PartialEq)]
pub struct GaugeRow {
    /// Where it stands.
    pub key: GaugeKey,
    /// Its value.
    pub value: Summary,
    /// Share of replicates in which it is above 0.
    pub above_zero: f64,
}

/// From one angle, how many moved units pay for a local offer's fixed cost.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakEvenRow {
    /// Index in `Reports::break_evens`.
    pub index: usize,
    /// Whose angle; `None` is the extended view of society.
    pub angle: Option<Account>,
    /// Whether capacity has followed (else only what follows volume at once is saved).
    pub in_time: bool,
    /// Calendar year (the last of the verdict horizon).
    pub year: i32,
    /// Fixed yearly kroner.
    pub fixed: Summary,
    /// Kroner saved for a unit, payments included.
    pub saving: Summary,
    /// Mean kroner a unit from what moves along.
    pub also: f64,
    /// Units moved.
    pub moved: Summary,
    /// Mean fixed ÷ mean saving; `None`: no volume pays.
    pub volume: Option<f64>,
    /// Share of replicates in which the units moved pay for it.
    pub pays: f64,
}

/// A task with its options weighed.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskRow {
    /// Index in `Reports::tasks`.
    pub task: usize,
    /// Options in file order.
    pub options: Vec<OptionRow>,
    /// The lowest effective level.
    pub lowest: Option<usize>,
    /// Cost with the actual producer less cost at the lowest effective level, kr. a unit.
    pub gap: Option<Summary>,
}

/// One option of a task.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionRow {
    /// Societal cost of a unit.
    pub cost: Summary,
    /// Whether it can do the task.
    pub standing: OptionStanding,
    /// Compared with who does it now, on three axes.
    pub reading: Reading,
}

/// Whether an option can do a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionStanding {
    /// The cheapest that can.
    Lowest,
    /// It can, at a higher cost.
    Effective,
    /// Its quality is below the floor.
    BelowFloor,
    /// It may not.
    NotAdmissible,
    /// It has no capacity for it.
    NoCapacity,
}

impl OptionStanding {
    /// The key in results.
    pub fn key(self) -> &'static str {
        match self {
            OptionStanding::Lowest => "lowest_effective",
            OptionStanding::Effective => "effective",
            OptionStanding::BelowFloor => "below_floor",
            OptionStanding::NotAdmissible => "not_admissible",
            OptionStanding::NoCapacity => "no_capacity",
        }
    }
}

/// Three axes read side by side; there is no index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// No axis differs.
    Same,
    /// None worse, at least one better.
    Better,
    /// One better, another worse.
    TradeOff,
    /// None better, at least one worse.
    Worse,
    /// An axis is not known, and the known ones do not settle it.
    Unknown,
}

impl Reading {
    /// The key in results.
    pub fn key(self) -> &'static str {
        match self {
            Reading::Same => "same",
            Reading::Better => "better",
            Reading::TradeOff => "trade_off",
            Reading::Worse => "worse",
            Reading::Unknown => "unknown",
        }
    }

    /// Reads axes of +1 (better), 0, −1 (worse) and `None` (not known).
    pub fn of(axes: &[Option<i8>]) -> Reading {
        let any = |sign: i8| axes.contains(&Some(sign));
        match (any(1), any(-1), axes.contains(&None)) {
            (true, true, _) => Reading::TradeOff,
            (_, _, true) => Reading::Unknown,
            (true, false, _) => Reading::Better,
            (false, true, _) => Reading::Worse,
            (false, false, _) => Reading::Same,
        }
    }
}

/// An indicator that an aim names, over the verdict horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct AimRow {
    /// Index in `Agreement::indicators`.
    pub indicator: usize,
    /// Whether fewer is better (else more).
    pub fewer: bool,
    /// Units in the wanted direction, undiscounted.
    pub won: Summary,
    /// Share of replicates in which anything is won.
    pub p_won: f64,
    /// Share in which something is won and society does not pay more.
    pub p_dominates: f64,
    /// Society's extra kroner (present value) for a unit won: `None` where that is not defined.
    pub kroner_each: Option<f64>,
}

/// How one side comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gain {
    /// Surely better off.
    Gains,
    /// Nothing happens to it.
    Neutral,
    /// Surely worse off.
    Loses,
    /// Neither can be said.
    Uncertain,
}

impl Gain {
    /// The key in results.
    pub fn key(self) -> &'static str {
        match self {
            Gain::Gains => "gains",
            Gain::Neutral => "neutral",
            Gain::Loses => "loses",
            Gain::Uncertain => "uncertain",
        }
    }
}

/// One side and how it comes out; `None` is the citizens' health.
#[derive(Debug, Clone, PartialEq)]
pub struct GainRow {
    /// Who.
    pub account: Option<Account>,
    /// Share of replicates in which it is better off.
    pub p_gain: f64,
    /// How.
    pub gain: Gain,
}

/// Reads everything beside the accounts.
pub fn resources(model: &Model, program: &Program, expectation: &Expectation) -> Resources {
    let reader = Reader {
        model,
        program,
        expectation,
    };
    let gauges = reader.gauges();
    Resources {
        extended: (0..program.years.len())
            .map(|t| reader.summary(RowId::Extended(t)))
            .collect(),
        extended_x: reader.summary(RowId::ExtendedX),
        break_evens: reader.break_evens(&gauges),
        tasks: reader.tasks(&gauges),
        aims: reader.aims(),
        gains: reader.gains(),
        gauges,
    }
}

struct Reader<'a> {
    model: &'a Model,
    program: &'a Program,
    expectation: &'a Expectation,
}

impl Reader<'_> {
    fn summary(&self, id: RowId) -> Summary {
        Summary::of_row(self.program, self.expectation, id)
    }

    fn above_zero(&self, id: RowId) -> f64 {
        let row = self.program.row(id);
        row.map_or(0.0, |row| {
            1.0 - self.expectation.rows[row].histogram.share_at_most(0.0)
        })
    }

    fn gauges(&self) -> Vec<GaugeRow> {
        let keys = self.program.gauges.iter().enumerate();
        keys.map(|(i, key)| GaugeRow {
            key: *key,
            value: self.summary(RowId::Gauge(i)),
            above_zero: self.above_zero(RowId::Gauge(i)),
        })
        .collect()
    }

    fn break_evens(&self, gauges: &[GaugeRow]) -> Vec<BreakEvenRow> {
        let t = self.program.verdict_years.max(1) - 1;
        let find = |gauge: Gauge, subject: usize, part: usize, account: Option<Account>| {
            let key = GaugeKey {
                gauge,
                subject,
                part,
                account,
                year: Some(t),
            };
            gauges.iter().find(|row| row.key == key)
        };
        let mut rows = Vec::new();
        for b in 0..self.model.agreement.reports.break_evens.len() {
            for angle in ANGLES {
                for part in 0..2 {
                    let fixed = find(Gauge::BreakEvenFixed, b, 0, angle);
                    let saving = find(Gauge::BreakEvenSaving, b, part, angle);
                    let net = find(Gauge::BreakEvenNet, b, part, angle);
                    let also = find(Gauge::BreakEvenAlso, b, part, angle);
                    let also = also.map_or(Summary::default(), |row| row.value);
                    let moved = find(Gauge::BreakEvenMoved, b, 0, None);
                    let (Some(fixed), Some(saving), Some(net), Some(moved)) =
                        (fixed, saving, net, moved)
                    else {
                        continue;
                    };
                    let moving = moved.value.mean;
                    let along = match moving > 0.0 {
                        true => also.mean / moving,
                        false => 0.0,
                    };
                    let error = saving.value.mcse + also.mcse / moving.max(1.0);
                    rows.push(BreakEvenRow {
                        also: along,
                        index: b,
                        angle,
                        in_time: part == 1,
                        year: self.program.years[t],
                        fixed: fixed.value,
                        saving: saving.value,
                        moved: moved.value,
                        volume: quotient(&fixed.value, saving.value.mean + along, error),
                        pays: net.above_zero,
                    });
                }
            }
        }
        rows
    }

    fn tasks(&self, gauges: &[GaugeRow]) -> Vec<TaskRow> {
        let tasks = self.model.agreement.reports.tasks.iter().enumerate();
        tasks
            .map(|(l, task)| {
                let of = |gauge: Gauge, part: usize| {
                    let found = gauges.iter().find(|row| {
                        row.key.gauge == gauge && row.key.subject == l && row.key.part == part
                    });
                    found.map_or(Summary::default(), |row| row.value)
                };
                let costs: Vec<Summary> = (0..task.options.len())
                    .map(|o| of(Gauge::LeonCost, o))
                    .collect();
                let (options, lowest) = weigh(task, &costs);
                TaskRow {
                    task: l,
                    options,
                    lowest,
                    gap: lowest.map(|o| of(Gauge::LeonGap, o)),
                }
            })
            .collect()
    }

    fn aims(&self) -> Vec<AimRow> {
        let Some(aims) = &self.model.agreement.reports.aims else {
            return Vec::new();
        };
        let society = RowId::X(Account::Society, self.program.verdict_years);
        let cost = self.summary(society);
        let fewer = aims.fewer.iter().map(|i| (*i, true));
        let all = fewer.chain(aims.more.iter().map(|i| (*i, false)));
        all.map(|(indicator, fewer)| {
            let won = self.summary(RowId::Avoided(indicator));
            let p_won = self.above_zero(RowId::Avoided(indicator));
            AimRow {
                indicator,
                fewer,
                won,
                p_won,
                p_dominates: self.above_zero(RowId::Dominates(indicator)),
                kroner_each: (p_won >= SURE && won.mean > 2.0 * won.mcse)
                    .then(|| -cost.mean / won.mean + 0.0),
            }
        })
        .collect()
    }

    /// Region, municipalities and citizens: who is surely better or worse off.
    fn gains(&self) -> Vec<GainRow> {
        let confidence = self.model.balance.confidence;
        let horizon = self.program.verdict_years;
        let mut rows: Vec<GainRow> = super::WATCHED
            .iter()
            .filter(|account| **account != Account::Society)
            .map(|account| self.gain(Some(*account), RowId::X(*account, horizon), confidence))
            .collect();
        let Some(aims) = &self.model.agreement.reports.aims else {
            return rows;
        };
        // the citizens gain if every aim is won: the least sure of them speaks
        let named = aims.fewer.iter().chain(&aims.more);
        let health = named
            .map(|i| self.gain(None, RowId::Avoided(*i), confidence))
            .min_by(|a, b| a.p_gain.total_cmp(&b.p_gain));
        rows.extend(health);
        rows
    }

    fn gain(&self, account: Option<Account>, id: RowId, confidence: f64) -> GainRow {
        let summary = self.summary(id);
        let p_gain = self.above_zero(id);
        let nothing = summary == Summary::default();
        let gain = match p_gain {
            _ if nothing => Gain::Neutral,
            p if p >= confidence => Gain::Gains,
            p if p <= 1.0 - confidence => Gain::Loses,
            _ => Gain::Uncertain,
        };
        GainRow {
            account,
            p_gain,
            gain,
        }
    }
}

/// Mean ÷ mean; `None` where the divisor is not surely above 0.
fn quotient(fixed: &Summary, saving: f64, error: f64) -> Option<f64> {
    (saving > 2.0 * error && saving > 0.0).then(|| fixed.mean / saving + 0.0)
}

/// Every option's standing, and the lowest effective level.
fn weigh(task: &LeonTask, costs: &[Summary]) -> (Vec<OptionRow>, Option<usize>) {
    let blocked = |option: &LeonOption| match option {
        o if !o.admissible => Some(OptionStanding::NotAdmissible),
        o if o.quality < task.floor => Some(OptionStanding::BelowFloor),
        o if o
            .capacity
            .is_some_and(|c| c <= 0.0 || c < task.volume.unwrap_or(0.0)) =>
        {
            Some(OptionStanding::NoCapacity)
        }
        _ => None,
    };
    let able = (0..task.options.len()).filter(|o| blocked(&task.options[*o]).is_none());
    let lowest = able.min_by(|a, b| costs[*a].mean.total_cmp(&costs[*b].mean));
    let row = |o: usize| OptionRow {
        cost: costs[o],
        standing: match blocked(&task.options[o]) {
            Some(standing) => standing,
            None if lowest == Some(o) => OptionStanding::Lowest,
            None => OptionStanding::Effective,
        },
        reading: compared(task, costs, o),
    };
    ((0..task.options.len()).map(row).collect(), lowest)
}

/// An option beside who does the task now: health, experience, cost.
fn compared(task: &LeonTask, costs: &[Summary], o: usize) -> Reading {
    let (own, now) = (&task.options[o], &task.options[task.actual]);
    let sign = |better: f64| match better {
        x if x > 0.0 => 1,
        x if x < 0.0 => -1,
        _ => 0,
    };
    let experience = match (own.experience, now.experience) {
        (Some(own), Some(now)) => Some(sign(own - now)),
        (None, None) if o == task.actual => Some(0),
        _ => None,
    };
    Reading::of(&[
        Some(sign(own.quality - now.quality)),
        experience,
        Some(sign(costs[task.actual].mean - costs[o].mean)),
    ])
}
