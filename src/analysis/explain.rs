//! From a printed figure to what it rests on: ledger lines, formulas, parameters, sources.
//!
//! Every linear figure is Σ weight · entry ([`RowRule`]); an explanation groups those entries by
//! mechanism and service, says each group's formula, and lists the parameters behind it.

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
        _ => None,
    }
}

/// Explains a figure of a run.
pub fn explain(model: &Model, findings: &Findings, figure: Figure) -> Explanation {
    let (lowered, mut trace) = lower(model, Trace::new(model));
    if let Figure::Indicator(i, year) = figure {
        let t = (year - lowered.years[0]) as usize;
        let traced = lowered.indicators[i][t].1.clone();
        return explain_indicator(model, findings, &trace, figure, (i, year), &traced);
    }
    let id = row_of(figure, &lowered.years, lowered.verdict_years);
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

fn row_of(figure: Figure, years: &[i32], verdict_years: usize) -> RowId {
    match figure {
        Figure::Year(account, year) => RowId::Budget(account, (year - years[0]) as usize),
        Figure::X(account) => RowId::X(account, verdict_years),
        Figure::Municipality(m) => RowId::MunicipalityX(m),
        Figure::Waterfall(account, tag) => RowId::Waterfall(account, tag),
        Figure::Indicator(i, year) => RowId::IndicatorDifference(i, (year - years[0]) as usize),
    }
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

/// Which account a figure belongs to, for its sign convention.
pub fn account_of(figure: Figure) -> Option<Account> {
    match figure {
        Figure::Year(a, _) | Figure::X(a) | Figure::Waterfall(a, _) => Some(a),
        Figure::Municipality(_) => Some(Account::Party(Party::Municipality)),
        Figure::Indicator(..) => None,
    }
}
