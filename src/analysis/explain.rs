//! From a printed figure to what it rests on: ledger lines, formulas, parameters, sources.
//!
//! Every linear figure is Σ weight · entry ([`RowRule`]); an explanation groups those entries by
//! mechanism and service, says each group's formula, and lists the parameters behind it. A figure
//! that is no such sum (a quantile, a probability, a compensation) names the figures it is made of.

use super::Findings;
use crate::model::{Account, EntryKey, Model, ParameterId, Party, Tag};
use crate::plan::{RowId, RowRule, Trace, Traced, lower};
use std::collections::BTreeMap;

/// A figure that can be explained.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// `years.<party>.<year>`: budget effect of a year.
    Year(Account, i32),
    /// `x.<party>`: X over the verdict horizon.
    X(Account),
    /// `municipalities.<code>`: X of a municipality.
    Municipality(usize),
    /// `indicators.<id>.<year>`: difference of an indicator.
    Indicator(usize, i32),
    /// `waterfall.<party>.<mechanism>`: one line of the waterfall.
    Waterfall(Account, Tag),
    /// `running.<party>.<year>`: budget effects added up to the end of a year.
    Running(Account, i32),
    /// `phase_in.<party>`: the part of the verdict years' budget effect that is phase-in.
    PhaseIn(Account),
    /// `gp.<year>`: fees and services of general practice in a year.
    Gp(i32),
    /// `probability.<party>`: in what share of the draws an account holds.
    Probability(Account),
    /// `compensation.<t_star, t_full, t_mean or zone>`: what a lump sum can settle.
    Compensation(Settled),
    /// `liquidity.<party>`: worst year and deepest deficit, with chance.
    Liquidity(Account),
    /// `parameters.<name>`: an assumption.
    Parameter(ParameterId),
}

/// A point of the bargaining zone, or its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The zone's point nearest 0.
    TStar,
    /// The same without limits.
    TFull,
    /// No one loses on average.
    TMean,
    /// The two ends.
    Zone,
}

impl Settled {
    /// Every one, in table order.
    pub const ALL: [Settled; 4] = [
        Settled::TStar,
        Settled::TFull,
        Settled::TMean,
        Settled::Zone,
    ];

    /// The key in figure ids.
    pub fn key(self) -> &'static str {
        match self {
            Settled::TStar => "t_star",
            Settled::TFull => "t_full",
            Settled::TMean => "t_mean",
            Settled::Zone => "zone",
        }
    }
}

/// The two sides of the balance.
const SIDES: [Account; 2] = [
    Account::Party(Party::Region),
    Account::Party(Party::Municipality),
];

impl Figure {
    /// Whether it is a sum of ledger lines or an indicator: whether it has a formula.
    pub fn has_formula(self) -> bool {
        matches!(
            self,
            Figure::Year(..)
                | Figure::X(_)
                | Figure::Municipality(_)
                | Figure::Indicator(..)
                | Figure::Waterfall(..)
        )
    }
}

/// Ids of the figures that a figure is made of, where it is no sum of ledger lines.
pub fn made_of(model: &Model, findings: &Findings, figure: Figure) -> Vec<String> {
    let x = |account: Account| format!("x.{}", account.key());
    let years = |account: Account| {
        let years = findings.years.iter();
        years.map(move |y| format!("years.{}.{y}", account.key()))
    };
    match figure {
        Figure::Probability(account) => vec![x(account)],
        Figure::Compensation(_) => SIDES.map(x).to_vec(),
        Figure::Liquidity(account) => years(account).collect(),
        Figure::Running(account, last) => {
            let counted = findings.years.iter().filter(|y| **y <= last).count();
            years(account).take(counted).collect()
        }
        Figure::PhaseIn(account) => years(account)
            .take(findings.verdict_years as usize)
            .collect(),
        Figure::Gp(year) => vec![format!("years.gp.{year}")],
        Figure::Parameter(id) => {
            let mut named = Vec::new();
            if let crate::model::Quantity::Formula(formula) = &model.parameter(id).quantity {
                parameters_of(formula, &mut named);
            }
            named.sort_unstable();
            named.dedup();
            let name = |id: &ParameterId| format!("parameters.{}", model.parameter(*id).name);
            named.iter().map(name).collect()
        }
        Figure::Year(..)
        | Figure::X(_)
        | Figure::Municipality(_)
        | Figure::Indicator(..)
        | Figure::Waterfall(..) => Vec::new(),
    }
}

fn parameters_of(formula: &crate::model::Formula, into: &mut Vec<ParameterId>) {
    use crate::model::Formula;
    match formula {
        Formula::Number(_) => {}
        Formula::Parameter(id) => into.push(*id),
        Formula::Add(a, b)
        | Formula::Subtract(a, b)
        | Formula::Multiply(a, b)
        | Formula::Divide(a, b) => {
            parameters_of(a, into);
            parameters_of(b, into);
        }
    }
}

/// One group of entries behind a figure.
#[derive(Debug, Clone)]
pub struct ExplainedLine {
    /// Mechanism or transfer.
    pub tag: Option<Tag>,
    /// Service id, where there is one.
    pub service: Option<String>,
    /// Mean contribution.
    pub mean: f64,
    /// Terms of its formula: (weight, text), largest first.
    pub formula: Vec<(f64, String)>,
    /// Parameters it rests on.
    pub parameters: Vec<ParameterId>,
}

/// An explanation.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// Which figure.
    pub figure: Figure,
    /// Mean: the sum of the lines.
    pub mean: f64,
    /// Lines, largest first.
    pub lines: Vec<ExplainedLine>,
    /// All parameters, in id order.
    pub parameters: Vec<ParameterId>,
}

/// Every figure id of a scenario, in table order.
pub fn figure_ids(model: &Model, findings: &Findings) -> Vec<String> {
    let mut ids: Vec<String> = Account::ALL
        .iter()
        .map(|a| format!("x.{}", a.key()))
        .collect();
    for account in Account::ALL {
        ids.extend(
            findings
                .years
                .iter()
                .map(|y| format!("years.{}.{y}", account.key())),
        );
    }
    ids.extend(
        model
            .world
            .municipalities
            .iter()
            .map(|m| format!("municipalities.{}", m.code)),
    );
    for row in &findings.indicators {
        let id = &model.agreement.indicators[row.indicator].id;
        ids.push(format!("indicators.{id}.{}", row.year));
    }
    for row in &findings.waterfall {
        ids.push(format!(
            "waterfall.{}.{}",
            row.account.key(),
            tag_id(model, row.tag)
        ));
    }
    ids.extend(others(model, findings));
    ids
}

/// Ids of the figures that are no sum of ledger lines.
fn others(model: &Model, findings: &Findings) -> Vec<String> {
    let mut ids = Vec::new();
    for row in &findings.running {
        ids.push(format!("running.{}.{}", row.account.key(), row.year));
    }
    for account in Account::ALL {
        ids.push(format!("phase_in.{}", account.key()));
        ids.push(format!("probability.{}", account.key()));
    }
    for row in &findings.liquidity {
        ids.push(format!("liquidity.{}", row.account.key()));
    }
    ids.extend(findings.gp.iter().map(|row| format!("gp.{}", row.year)));
    ids.extend(Settled::ALL.map(|s| format!("compensation.{}", s.key())));
    let parameters = model.parameters.iter();
    ids.extend(parameters.map(|p| format!("parameters.{}", p.name)));
    ids
}

/// Name of a tag in figure ids and result files.
pub fn tag_id(model: &Model, tag: Tag) -> String {
    match tag {
        Tag::Base => "base".into(),
        Tag::Mechanism(k) => model.agreement.mechanisms[k as usize].name.clone(),
        Tag::Interaction => "interaction".into(),
        Tag::Release => "release".into(),
        Tag::Backfill => "backfill".into(),
        Tag::AgreementTransfer(i) => model.agreement.transfers[i as usize].name.clone(),
        Tag::RegimeTransfer(r, i) => model.world.regimes[r as usize].transfers[i as usize]
            .name
            .clone(),
    }
}

/// The figure with an id; `None` if there is none.
pub fn figure(model: &Model, findings: &Findings, id: &str) -> Option<Figure> {
    let account = |key: &str| Account::ALL.into_iter().find(|a| a.key() == key);
    let parts: Vec<&str> = id.split('.').collect();
    match parts.as_slice() {
        ["x", key] => Some(Figure::X(account(key)?)),
        ["years", key, year] => {
            let year = year.parse().ok().filter(|y| findings.years.contains(y))?;
            Some(Figure::Year(account(key)?, year))
        }
        ["municipalities", code] => {
            let known = &model.world.municipalities;
            known
                .iter()
                .position(|m| m.code == *code || m.name == *code)
                .map(Figure::Municipality)
        }
        ["indicators", name, year] => {
            let at = model
                .agreement
                .indicators
                .iter()
                .position(|i| i.id == *name)?;
            let year: i32 = year.parse().ok()?;
            let found = findings
                .indicators
                .iter()
                .any(|r| r.indicator == at && r.year == year);
            found.then_some(Figure::Indicator(at, year))
        }
        ["waterfall", key, name] => {
            let account = account(key)?;
            let row = findings
                .waterfall
                .iter()
                .find(|r| r.account == account && tag_id(model, r.tag) == *name)?;
            Some(Figure::Waterfall(account, row.tag))
        }
        _ => other(model, findings, parts.as_slice()),
    }
}

/// The figure of an id that is no sum of ledger lines.
fn other(model: &Model, findings: &Findings, parts: &[&str]) -> Option<Figure> {
    let account = |key: &str| Account::ALL.into_iter().find(|a| a.key() == key);
    let year = |year: &str| year.parse().ok().filter(|y| findings.years.contains(y));
    match parts {
        ["running", key, last] => Some(Figure::Running(account(key)?, year(last)?)),
        ["phase_in", key] => Some(Figure::PhaseIn(account(key)?)),
        ["probability", key] => Some(Figure::Probability(account(key)?)),
        ["liquidity", key] => Some(Figure::Liquidity(account(key)?)),
        ["gp", of] => Some(Figure::Gp(year(of)?)),
        ["compensation", key] => {
            let settled = Settled::ALL.into_iter().find(|s| s.key() == *key)?;
            Some(Figure::Compensation(settled))
        }
        ["parameters", ..] => {
            let name = parts[1..].join(".");
            let mut at = model.parameters.iter().map(|p| p.name == name);
            let at = at.position(|found| found)?;
            Some(Figure::Parameter(ParameterId(at as u32)))
        }
        _ => None,
    }
}

/// Explains a figure of a run.
pub fn explain(model: &Model, findings: &Findings, figure: Figure) -> Explanation {
    let Some(id) = row_of(figure, &findings.years, findings.verdict_years as usize) else {
        return finish(figure, Vec::new());
    };
    let (lowered, mut trace) = lower(model, Trace::new(model));
    if let Figure::Indicator(i, year) = figure {
        let t = (year - lowered.years[0]) as usize;
        let traced = lowered.indicators[i][t].1.clone();
        return explain_indicator(model, findings, &trace, figure, (i, year), &traced);
    }
    let rule = RowRule::new(&lowered);
    let mut groups: BTreeMap<(Tag, Option<u16>), Group> = BTreeMap::new();
    for (entry, line) in lowered.entries.iter().zip(&findings.ledger) {
        debug_assert_eq!(entry.key, line.key);
        let weight = rule.weight(id, &entry.key, entry.counted);
        if weight != 0.0 {
            let group = groups.entry(group_of(&entry.key)).or_default();
            group.0 += weight * line.mean;
            group.1.push((weight, entry.kroner.clone()));
        }
    }
    let mut lines: Vec<ExplainedLine> = groups
        .into_iter()
        .map(|((tag, service), (mean, terms))| {
            let terms: Vec<(f64, &Traced)> = terms.iter().map(|(w, v)| (*w, v)).collect();
            let sum = crate::plan::Algebra::sum(&mut trace, &terms);
            line(model, &trace, Some(tag), service, mean, &sum)
        })
        .filter(|l| !l.formula.is_empty())
        .collect();
    lines.sort_by(|a, b| {
        b.mean
            .abs()
            .total_cmp(&a.mean.abs())
            .then(a.tag.cmp(&b.tag))
    });
    finish(figure, lines)
}

/// Mean contribution, and the weighted entries it comes from.
type Group = (f64, Vec<(f64, Traced)>);

fn group_of(key: &EntryKey) -> (Tag, Option<u16>) {
    (key.tag, key.service.map(|s| s.0))
}

/// The row of a figure; `None` where it is no sum of ledger lines.
fn row_of(figure: Figure, years: &[i32], verdict_years: usize) -> Option<RowId> {
    Some(match figure {
        Figure::Year(account, year) => RowId::Budget(account, (year - years[0]) as usize),
        Figure::X(account) => RowId::X(account, verdict_years),
        Figure::Municipality(m) => RowId::MunicipalityX(m),
        Figure::Waterfall(account, tag) => RowId::Waterfall(account, tag),
        Figure::Indicator(i, year) => RowId::IndicatorDifference(i, (year - years[0]) as usize),
        Figure::Running(..)
        | Figure::PhaseIn(_)
        | Figure::Gp(_)
        | Figure::Probability(_)
        | Figure::Compensation(_)
        | Figure::Liquidity(_)
        | Figure::Parameter(_) => return None,
    })
}

fn line(
    model: &Model,
    trace: &Trace<'_>,
    tag: Option<Tag>,
    service: Option<u16>,
    mean: f64,
    traced: &Traced,
) -> ExplainedLine {
    ExplainedLine {
        tag,
        service: service.map(|s| model.world.services[s as usize].id.clone()),
        mean,
        formula: trace.terms(traced),
        parameters: trace.parameters(traced),
    }
}

fn explain_indicator(
    model: &Model,
    findings: &Findings,
    trace: &Trace<'_>,
    figure: Figure,
    (i, year): (usize, i32),
    traced: &Traced,
) -> Explanation {
    let row = findings
        .indicators
        .iter()
        .find(|r| r.indicator == i && r.year == year);
    let mean = row.map_or(0.0, |r| r.difference.mean);
    // of several services added together the line names none
    let service = match model.agreement.indicators[i].services.as_slice() {
        [only] => Some(only.0),
        _ => None,
    };
    finish(
        figure,
        vec![line(model, trace, None, service, mean, traced)],
    )
}

fn finish(figure: Figure, lines: Vec<ExplainedLine>) -> Explanation {
    let mut parameters: Vec<ParameterId> =
        lines.iter().flat_map(|l| l.parameters.clone()).collect();
    parameters.sort_unstable();
    parameters.dedup();
    Explanation {
        figure,
        mean: lines.iter().map(|l| l.mean).sum(),
        lines,
        parameters,
    }
}
