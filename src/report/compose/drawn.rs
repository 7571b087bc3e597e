//! The charts of the whole report, each with the words that say the same.
//!
//! ```text
//! findings ─▶ fans · waterfalls · bars of municipalities · indicators · shares
//! verdict ──▶ the bargaining zone
//! ```
//!
//! Promise: what is drawn is what the tables print; a waterfall's steps add up to its total as
//! printed. Absent: a chart where there is nothing to draw.

use super::pen::{Pen, interval_error, largest};
use super::{activity, municipalities};
use crate::analysis::{
    Account, ImportanceRow, IndicatorRow, MunicipalityRow, Summary, WATCHED, WaterfallRow, YearRow,
};
use crate::model::{Indicator, IndicatorTag, Principle};
use crate::report::chart::{Bar, Chart, Kind, Line, Point, Range};
use crate::report::document::{Block, Figure, Text};
use crate::report::explain::tag_label;
use crate::report::number::{Scale, agreeing, power_of_ten, supported_place};
use crate::report::words::charts as words;
use crate::report::words::{Term, account_label, annex, kroner_unit};

/// Steps of a waterfall, at most; the rest are added up.
const STEPS: usize = 12;
/// Indicators drawn.
const INDICATORS: usize = 3;
/// Assumptions drawn.
const ASSUMPTIONS: usize = 8;

/// A summary in printed units.
fn point(value: &Summary, unit: f64) -> Point {
    Point {
        value: value.mean / unit,
        low: value.p10 / unit,
        high: value.p90 / unit,
    }
}

fn figure(caption: String, reads: String, says: Text, unit: String, kind: Kind) -> Block {
    Block::Figure(Figure {
        caption,
        reads,
        says,
        chart: Chart { unit, kind },
    })
}

// ---- money ------------------------------------------------------------------------------------

/// Each party's budget over the years.
pub fn fans(pen: &Pen) -> Option<Block> {
    let findings = pen.findings();
    let rows = |account: Account| -> Vec<&YearRow> {
        let rows = findings.budget.iter();
        rows.filter(|r| r.account == account).collect()
    };
    let moved = |account: &Account| {
        let mut rows = rows(*account).into_iter();
        rows.any(|row| row.value != Summary::default())
    };
    let accounts: Vec<Account> = pen.accounts().into_iter().filter(moved).collect();
    if accounts.is_empty() || findings.years.len() < 2 {
        return None;
    }
    let scale = Scale::of_column(largest(findings.budget.iter().map(|r| &r.value)));
    let unit = power_of_ten(scale.unit);
    let line = |account: &Account| Line {
        label: account_label(pen.language, *account).to_owned(),
        points: rows(*account)
            .iter()
            .map(|r| point(&r.value, unit))
            .collect(),
    };
    let says = |account: &Account| {
        let rows = rows(*account);
        let (first, last) = (rows.first()?, rows.last()?);
        let of = |row: &YearRow| pen.amount(row.value.mean, row.value.mcse);
        let (of_first, of_last) = (of(first), of(last));
        Some(words::fan_says(
            pen.language,
            account_label(pen.language, *account),
            (first.year, &of_first),
            (last.year, &of_last),
        ))
    };
    let said: Vec<String> = accounts.iter().filter_map(says).collect();
    let ends = [findings.years.first(), findings.years.last()];
    let of = |a: &Account| {
        let key = a.key();
        ends.map(|year| year.map(|y| format!("years.{key}.{y}")))
    };
    let led = accounts.iter().flat_map(of).flatten();
    let kroner = kroner_unit(pen.language, scale);
    Some(figure(
        words::fans(pen.language, kroner, pen.price_level()),
        words::READS_FANS.text(pen.language),
        Text::from(said.join(" ")).leading(led),
        kroner.to_owned(),
        Kind::Fans {
            years: findings.years.iter().map(i32::to_string).collect(),
            lines: accounts.iter().map(line).collect(),
        },
    ))
}

/// Where the amount of each watched account comes from.
pub fn waterfalls(pen: &Pen) -> Vec<Block> {
    let drawn = WATCHED.into_iter();
    drawn
        .filter_map(|account| waterfall(pen, account))
        .collect()
}

/// Steps of a waterfall, what each prints, and on which scale.
pub struct Waterfall {
    /// The steps with their means and errors.
    steps: Vec<Step>,
    /// What each prints (kr.): they add up to what the total prints.
    pub rounded: Vec<f64>,
    scale: Scale,
}

/// What a watched account's amount is made of; `None` where nothing moves.
pub fn steps_of(pen: &Pen, account: Account) -> Option<Waterfall> {
    let rows = pen.findings().waterfall.iter();
    let rows = rows.filter(|row| row.account == account && row.mean != 0.0);
    let mut rows: Vec<&WaterfallRow> = rows.collect();
    if rows.is_empty() {
        return None;
    }
    // extra expenditure first, savings after: the path goes out and comes back
    rows.sort_by(|a, b| b.mean.total_cmp(&a.mean).then(a.tag.cmp(&b.tag)));
    let steps = steps(pen, &rows);
    let values: Vec<f64> = steps.iter().map(|(_, mean, _)| *mean).collect();
    let scale = step_scale(&steps);
    Some(Waterfall {
        rounded: agreeing(&values, scale),
        steps,
        scale,
    })
}

fn waterfall(pen: &Pen, account: Account) -> Option<Block> {
    let Waterfall {
        steps,
        rounded,
        scale,
    } = steps_of(pen, account)?;
    let values: Vec<f64> = steps.iter().map(|(_, mean, _)| *mean).collect();
    let unit = power_of_ten(scale.unit);
    let total: f64 = rounded.iter().sum();
    let bar = |label: &str, value: f64| Bar {
        label: label.to_owned(),
        point: Point::exact(value / unit),
        text: pen.cell(scale, value, 0.0),
    };
    let bars = steps.iter().zip(&rounded);
    let bars: Vec<Bar> = bars
        .map(|((label, ..), value)| bar(label, *value))
        .collect();
    let label = account_label(pen.language, account);
    let kroner = kroner_unit(pen.language, scale);
    Some(figure(
        words::waterfall(
            pen.language,
            label,
            kroner,
            pen.price_level(),
            pen.horizon(),
        ),
        words::READS_WATERFALL.text(pen.language),
        Text::from(waterfall_says(pen, &steps, &values)).leading([format!("x.{}", account.key())]),
        kroner.to_owned(),
        Kind::Waterfall {
            steps: bars,
            total: bar(&pen.term(Term::InTotal), total),
        },
    ))
}

/// The scale of all steps and their total, no finer than the least sure of them supports.
fn step_scale(steps: &[Step]) -> Scale {
    let total: f64 = steps.iter().map(|(_, mean, _)| *mean).sum();
    let sizes = steps.iter().map(|(_, mean, _)| mean.abs());
    let scale = Scale::of_column(sizes.fold(total.abs(), f64::max));
    let error = steps.iter().map(|(_, _, error)| *error);
    let error = error.fold(0.0, f64::max) / power_of_ten(scale.unit);
    let supported = supported_place(error).unwrap_or(scale.finest);
    Scale {
        finest: scale.finest.max(supported),
        ..scale
    }
}

/// (name, mean, error).
type Step = (String, f64, f64);

/// The largest by themselves, the rest as one.
fn steps(pen: &Pen, rows: &[&WaterfallRow]) -> Vec<Step> {
    let mut by_size: Vec<f64> = rows.iter().map(|r| r.mean.abs()).collect();
    by_size.sort_by(|a, b| b.total_cmp(a));
    let least = by_size.get(STEPS).copied().unwrap_or(0.0);
    let (large, small): (Vec<&WaterfallRow>, Vec<&WaterfallRow>) =
        rows.iter().partition(|r| r.mean.abs() > least);
    let step = |row: &&WaterfallRow| {
        let label = tag_label(pen.model(), row.tag, pen.language);
        (label, row.mean, row.mcse)
    };
    let mut steps: Vec<Step> = large.iter().map(step).collect();
    if !small.is_empty() {
        let mean = small.iter().map(|r| r.mean).sum();
        let error = small.iter().map(|r| r.mcse).sum();
        steps.push((words::OTHER_STEPS.text(pen.language), mean, error));
    }
    steps
}

fn waterfall_says(pen: &Pen, steps: &[Step], values: &[f64]) -> String {
    let amount = |(_, mean, error): &Step| pen.amount(*mean, *error);
    let up = steps.iter().filter(|s| s.1 > 0.0);
    let up = up.max_by(|a, b| a.1.total_cmp(&b.1));
    let down = steps.iter().filter(|s| s.1 < 0.0);
    let down = down.min_by(|a, b| a.1.total_cmp(&b.1));
    let said = |step: Option<&Step>| step.map(|s| (s.0.clone(), amount(s)));
    let (up, down) = (said(up), said(down));
    let total = values.iter().sum();
    let error: f64 = steps.iter().map(|s| s.2).sum();
    words::waterfall_says(
        pen.language,
        up.as_ref().map(|(l, a)| (l.as_str(), a.as_str())),
        down.as_ref().map(|(l, a)| (l.as_str(), a.as_str())),
        &pen.amount(total, error),
    )
}

// ---- municipalities ---------------------------------------------------------------------------

/// Municipalities by kroner per inhabitant, the dearest first; `own` is marked by an arrow.
pub fn municipal_bars(pen: &Pen, own: Option<&str>) -> Block {
    let mut rows: Vec<&MunicipalityRow> = pen.findings().municipalities.iter().collect();
    rows.sort_by(|a, b| a.per_inhabitant.total_cmp(&b.per_inhabitant));
    let bar = |row: &&MunicipalityRow| {
        let each = municipalities::per_inhabitant(row);
        let name = &pen.model().world.municipalities[row.municipality.0 as usize].name;
        Bar {
            label: match own == Some(name.as_str()) {
                true => format!("➤ {name}"),
                false => name.clone(),
            },
            point: point(&each, 1.0),
            text: pen.cell(Scale::PER_INHABITANT, each.mean, each.mcse),
        }
    };
    figure(
        annex::bars(
            pen.language,
            pen.findings().verdict_years,
            pen.price_level(),
        ),
        annex::READS_BARS.text(pen.language),
        municipalities::spread(pen),
        pen.term(Term::KronerPerInhabitant),
        Kind::Bars(rows.iter().map(bar).collect()),
    )
}

// ---- activity ---------------------------------------------------------------------------------

/// Indicators that the agreement moves, without and with it.
pub fn indicators(pen: &Pen) -> Vec<Block> {
    let stated = pen.model().agreement.indicators.iter().enumerate();
    let modelled = stated.filter(|(_, i)| i.tag != IndicatorTag::NotModelled);
    let drawn = modelled.filter_map(|(at, indicator)| {
        let rows = pen.findings().indicators.iter();
        let rows: Vec<&IndicatorRow> = rows.filter(|r| r.indicator == at).collect();
        levels(pen, indicator, &rows)
    });
    drawn.take(INDICATORS).collect()
}

fn levels(pen: &Pen, stated: &Indicator, rows: &[&IndicatorRow]) -> Option<Block> {
    let moved = rows.iter().any(|r| r.difference != Summary::default());
    let last = rows.last().filter(|_| moved && rows.len() > 1)?;
    let line = |term: Term, of: &dyn Fn(&IndicatorRow) -> Summary| Line {
        label: pen.term(term),
        points: rows.iter().map(|r| point(&of(r), 1.0)).collect(),
    };
    let scale = activity::scale(largest(rows.iter().map(|r| &r.counterfactual)));
    let count = |s: &Summary| pen.plain(scale, s.mean, s.mcse);
    let (without, with) = (count(&last.counterfactual), count(&last.agreement));
    let says = words::level_says(pen.language, last.year, &without, &with);
    let label = pen.language.of(&stated.label);
    Some(figure(
        words::levels(pen.language, label),
        words::READS_LEVELS.text(pen.language),
        Text::from(says).leading([format!("indicators.{}.{}", stated.id, last.year)]),
        words::A_YEAR.text(pen.language),
        Kind::Levels {
            years: rows.iter().map(|r| r.year.to_string()).collect(),
            lines: vec![
                line(Term::Without, &|r| r.counterfactual),
                line(Term::With, &|r| r.agreement),
            ],
        },
    ))
}

// ---- grounds ----------------------------------------------------------------------------------

/// What explains most of each account's uncertainty.
pub fn shares(pen: &Pen) -> Vec<Block> {
    let drawn = WATCHED.into_iter();
    drawn.filter_map(|account| share(pen, account)).collect()
}

fn share(pen: &Pen, account: Account) -> Option<Block> {
    let rows = pen.findings().importance.iter();
    let visible = |row: &&ImportanceRow| row.account == account && row.share > 2.0 * row.mcse;
    let rows: Vec<&ImportanceRow> = rows.filter(visible).take(ASSUMPTIONS).collect();
    let first = rows.first()?;
    let label = |row: &ImportanceRow| {
        let parameter = pen.model().parameter(row.parameter);
        pen.language.of(&parameter.label).to_owned()
    };
    let id = |row: &&ImportanceRow| {
        let parameter = pen.model().parameter(row.parameter);
        format!("parameters.{}", parameter.name)
    };
    let percent = |row: &ImportanceRow| pen.plain(Scale::PERCENT, row.share, row.mcse);
    let bar = |row: &&ImportanceRow| Bar {
        label: label(row),
        point: Point {
            value: 100.0 * row.share,
            low: 100.0 * (row.share - 1.96 * row.mcse).max(0.0),
            high: 100.0 * (row.share + 1.96 * row.mcse).min(1.0),
        },
        text: format!("{}\u{a0}%", percent(row)),
    };
    Some(figure(
        words::shares(pen.language, account_label(pen.language, account)),
        words::READS_SHARES.text(pen.language),
        Text::from(words::share_says(
            pen.language,
            &label(first),
            &percent(first),
        ))
        .leading(rows.iter().map(id)),
        words::PERCENT.text(pen.language),
        Kind::Shares(rows.iter().map(bar).collect()),
    ))
}

// ---- the zone ---------------------------------------------------------------------------------

/// What each side can accept, and the named sums, on one line.
pub fn zone(pen: &Pen) -> Option<Block> {
    let compensation = &pen.verdict().compensation;
    // where a profit is forbidden a side has more than one end
    if pen.model().balance.principle == Principle::NoLossNoProfit {
        return None;
    }
    let ((low, low_interval), (high, high_interval)) = compensation.ends;
    let sums = [
        (Term::TStar, compensation.t_star),
        (Term::TFull, compensation.t_full),
        (Term::TMean, compensation.t_mean),
    ];
    let named = sums.iter().filter_map(|(_, sum)| sum.map(|s| s.value));
    let sizes = named.chain([low, high]).map(f64::abs);
    let size = sizes.fold(0.0, f64::max);
    if size == 0.0 || !size.is_finite() {
        return None;
    }
    let scale = Scale::of_column(size);
    let unit = power_of_ten(scale.unit);
    let text = |value: f64, interval| pen.cell(scale, value, interval_error(interval));
    let mut rows = vec![
        Range {
            label: words::MUNICIPALITIES_NEED.text(pen.language),
            from: Some(low / unit),
            to: None,
            text: words::at_least(pen.language, &text(low, low_interval)),
        },
        Range {
            label: words::REGION_AFFORDS.text(pen.language),
            from: None,
            to: Some(high / unit),
            text: words::at_most(pen.language, &text(high, high_interval)),
        },
    ];
    rows.extend(sums.into_iter().filter_map(|(term, sum)| {
        let sum = sum?;
        Some(Range {
            label: pen.term(term),
            from: Some(sum.value / unit),
            to: Some(sum.value / unit),
            text: text(sum.value, sum.interval),
        })
    }));
    let common = compensation.zone.map(|(from, to)| {
        let name = words::ZONE.text(pen.language);
        ((from / unit, to / unit), name)
    });
    let says = match common {
        Some(_) => words::ZONE_IS_THERE,
        None => words::ZONE_IS_EMPTY,
    };
    let kroner = kroner_unit(pen.language, scale);
    Some(figure(
        words::zone(pen.language, kroner, pen.price_level()),
        words::READS_ZONE.text(pen.language),
        Text::from(says.text(pen.language)).leading(["compensation.zone"]),
        kroner.to_owned(),
        Kind::Ranges { rows, common },
    ))
}
