//! What every figure of a run rests on, found in one walk: contributions, formulas, parameters.
//!
//! ```text
//! ledger ───RowRule──▶ contribution of each (mechanism, service) to each account, year, municipality
//! model ──lower<Trace>──▶ its formula over the verdict years, and the parameters in it
//! ```
//!
//! Promise: for each account and year the contributions add up to the printed mean. Absent: a
//! formula of every year by itself; its weights change, its terms do not.

use super::Findings;
use crate::model::{Account, Arm, Model, ParameterId, Party, Tag};
use crate::plan::{Algebra, RowId, RowRule, Trace, Traced, lower};
use std::collections::BTreeMap;

/// What figures rest on.
#[derive(Debug, Clone, Default)]
pub struct Grounds {
    /// By mechanism or transfer and service, largest first.
    pub sources: Vec<Source>,
    /// One for each indicator of the agreement: what changes it in the last verdict year.
    pub indicators: Vec<Rested>,
}

/// A mechanism or transfer on a service: what it contributes, and how that is computed.
#[derive(Debug, Clone)]
pub struct Source {
    /// Mechanism or transfer.
    pub tag: Tag,
    /// Index of the service, where there is one.
    pub service: Option<u16>,
    /// Budget effect by [`Account::index`] and year, undiscounted (kr., + is extra expenditure).
    pub budget: Vec<Vec<f64>>,
    /// Present value over the verdict years by [`Account::index`] (kr., + is extra expenditure).
    pub present: Vec<f64>,
    /// The same on each municipality.
    pub municipalities: Vec<f64>,
    /// By the party that it is booked on: terms of the present value.
    pub formulas: Vec<(Party, Rested)>,
}

/// A formula, and the parameters in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rested {
    /// (weight, text), largest weight first.
    pub formula: Vec<(f64, String)>,
    /// Parameters, ascending.
    pub parameters: Vec<ParameterId>,
}

impl Source {
    fn new(tag: Tag, service: Option<u16>, years: usize, municipalities: usize) -> Source {
        Source {
            tag,
            service,
            budget: vec![vec![0.0; years]; Account::ALL.len()],
            present: vec![0.0; Account::ALL.len()],
            municipalities: vec![0.0; municipalities],
            formulas: Vec::new(),
        }
    }

    /// The largest present value on any party.
    fn size(&self) -> f64 {
        self.present.iter().fold(0.0, |most, x| most.max(x.abs()))
    }

    /// Whether it moves anything on anybody.
    pub fn moves(&self) -> bool {
        self.budget.iter().flatten().any(|x| *x != 0.0)
    }
}

/// What all figures of a run rest on.
pub fn grounds(model: &Model, findings: &Findings) -> Grounds {
    let within = within_verdict_years(model, findings);
    let (lowered, mut trace) = lower(&within, Trace::new(&within));
    let rule = RowRule::new(&lowered);
    let mut sources = contributions(model, findings, &rule);
    let mut terms: BTreeMap<Place, Vec<(f64, &Traced)>> = BTreeMap::new();
    for entry in &lowered.entries {
        let account = Account::Party(entry.key.party);
        let weight = rule.weight(
            RowId::Waterfall(account, entry.key.tag),
            &entry.key,
            entry.counted,
        );
        if weight != 0.0 {
            let service = entry.key.service.map(|s| s.0);
            let place = (entry.key.tag, service, entry.key.party);
            terms
                .entry(place)
                .or_default()
                .push((weight, &entry.kroner));
        }
    }
    for ((tag, service, party), terms) in terms {
        let sum = trace.sum(&terms);
        let rested = rested(&trace, &sum);
        let mut known = sources.iter_mut();
        let own = known.find(|s| s.tag == tag && s.service == service);
        if let Some(source) = own.filter(|_| !rested.formula.is_empty()) {
            source.formulas.push((party, rested));
        }
    }
    sources.retain(Source::moves);
    sources.sort_by(|a, b| {
        let by_place = (a.tag, a.service).cmp(&(b.tag, b.service));
        b.size().total_cmp(&a.size()).then(by_place)
    });
    let indicators = lowered.indicators.iter().map(|by_year| {
        let last = by_year.last();
        last.map_or_else(Rested::default, |(_, change)| rested(&trace, change))
    });
    Grounds {
        sources,
        indicators: indicators.collect(),
    }
}

/// Where a formula is booked.
type Place = (Tag, Option<u16>, Party);

/// The model cut to the verdict years: a walk in words costs by the year.
fn within_verdict_years(model: &Model, findings: &Findings) -> Model {
    let mut within = model.clone();
    within.agreement.horizon = findings.verdict_years.min(model.agreement.horizon).max(1);
    within
}

fn rested(trace: &Trace, sum: &Traced) -> Rested {
    Rested {
        formula: trace.terms(sum),
        parameters: trace.parameters(sum),
    }
}

/// One pass over the ledger's differences.
fn contributions(model: &Model, findings: &Findings, rule: &RowRule) -> Vec<Source> {
    let (years, all) = (findings.years.len(), model.world.municipalities.len());
    let first = findings.years.first().copied().unwrap_or_default();
    let mut sources: Vec<Source> = Vec::new();
    let mut places: BTreeMap<(Tag, Option<u16>), usize> = BTreeMap::new();
    let differences = findings.ledger.iter();
    for line in differences.filter(|line| line.key.arm == Arm::Agreement) {
        let service = line.key.service.map(|s| s.0);
        let at = *places.entry((line.key.tag, service)).or_insert_with(|| {
            sources.push(Source::new(line.key.tag, service, years, all));
            sources.len() - 1
        });
        let source = &mut sources[at];
        let t = (line.key.year - first) as usize;
        for account in [Account::Party(line.key.party), Account::Society] {
            let weight = |row| rule.weight(row, &line.key, false);
            let in_year = weight(RowId::Budget(account, t));
            source.budget[account.index()][t] += in_year * line.mean;
            let present = weight(RowId::Waterfall(account, line.key.tag));
            source.present[account.index()] += present * line.mean;
        }
        if line.key.party == Party::Municipality {
            let m = line.key.municipality.0 as usize;
            let present = -rule.weight(RowId::MunicipalityX(m), &line.key, false);
            source.municipalities[m] += present * line.mean;
        }
    }
    sources
}
