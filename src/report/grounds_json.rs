//! The part of `result.json` that explanations read: what each figure is made of, and how.
//!
//! ```text
//!   Grounds ─▶ sources ── by mechanism and service: by party and year, by municipality, formulas
//!          └─▶ indicators ── what changes each in the last verdict year
//! ```
//!
//! Promise: the contributions to a party and year add up to its mean. Absent: what the formulas'
//! parameters are (they stand under `parameters`).

use serde::Serialize;

use super::Run;
use super::finite::Figure;
use super::html::TERMS;
use super::words::{Language, formula as words};
use crate::analysis::{Rested, Source, tag_id};
use crate::model::{Account, ParameterId};

/// Everything under `grounds`.
#[derive(Serialize)]
pub(super) struct GroundFacts {
    sources: Vec<SourceFacts>,
    indicators: Vec<IndicatorGrounds>,
}

#[derive(Serialize)]
struct SourceFacts {
    mechanism: String,
    service: Option<String>,
    /// Undiscounted, kr.
    budget: Vec<OfYear>,
    /// Present value over the verdict years, kr.
    present: Vec<OfParty>,
    /// The same on each municipality.
    municipalities: Vec<OfPlace>,
    formulas: Vec<FormulaFacts>,
}

#[derive(Serialize)]
struct OfYear {
    party: &'static str,
    year: i32,
    mean: Figure,
}

#[derive(Serialize)]
struct OfParty {
    party: &'static str,
    mean: Figure,
}

#[derive(Serialize)]
struct OfPlace {
    code: String,
    name: String,
    mean: Figure,
}

#[derive(Serialize)]
struct FormulaFacts {
    party: &'static str,
    terms: Vec<TermFacts>,
    /// Terms that a page counts and does not write out.
    terms_counted: usize,
    parameters: Vec<String>,
}

#[derive(Serialize)]
struct TermFacts {
    weight: Figure,
    formula: String,
}

#[derive(Serialize)]
struct IndicatorGrounds {
    indicator: String,
    terms: Vec<TermFacts>,
    /// Terms that a page counts and does not write out.
    terms_counted: usize,
    parameters: Vec<String>,
}

/// The section.
pub(super) fn facts(run: &Run) -> GroundFacts {
    let found = run.assessment.grounds(run.model);
    let stated = &run.model.agreement.indicators;
    let indicators = stated.iter().zip(&found.indicators);
    GroundFacts {
        sources: found.sources.iter().map(|s| source(run, s)).collect(),
        indicators: indicators
            .map(|(indicator, rested)| IndicatorGrounds {
                indicator: indicator.id.clone(),
                terms: terms(rested),
                terms_counted: rested.formula.len().saturating_sub(TERMS),
                parameters: names(run, &rested.parameters),
            })
            .collect(),
    }
}

fn source(run: &Run, source: &Source) -> SourceFacts {
    let services = &run.model.world.services;
    let moved = |account: &Account| source.budget[account.index()].iter().any(|x| *x != 0.0);
    let accounts: Vec<Account> = Account::ALL.into_iter().filter(moved).collect();
    let places = run.model.world.municipalities.iter();
    let formulas = source.formulas.iter();
    SourceFacts {
        mechanism: tag_id(run.model, source.tag),
        service: source.service.map(|s| services[s as usize].id.clone()),
        budget: accounts
            .iter()
            .flat_map(|a| years(run, source, *a))
            .collect(),
        present: accounts
            .iter()
            .map(|account| OfParty {
                party: account.key(),
                mean: Figure(source.present[account.index()]),
            })
            .collect(),
        municipalities: places
            .zip(&source.municipalities)
            .map(|(place, mean)| OfPlace {
                code: place.code.clone(),
                name: place.name.clone(),
                mean: Figure(*mean),
            })
            .collect(),
        formulas: formulas
            .map(|(party, rested)| FormulaFacts {
                party: party.key(),
                terms: terms(rested),
                terms_counted: rested.formula.len().saturating_sub(TERMS),
                parameters: names(run, &rested.parameters),
            })
            .collect(),
    }
}

fn years(run: &Run, source: &Source, account: Account) -> Vec<OfYear> {
    let years = run.assessment.findings.years.iter();
    years
        .zip(&source.budget[account.index()])
        .map(|(year, mean)| OfYear {
            party: account.key(),
            year: *year,
            mean: Figure(*mean),
        })
        .collect()
}

fn terms(rested: &Rested) -> Vec<TermFacts> {
    let terms = rested.formula.iter();
    terms
        .map(|(weight, formula)| TermFacts {
            weight: Figure(*weight),
            formula: words(Language::En, formula),
        })
        .collect()
}

fn names(run: &Run, parameters: &[ParameterId]) -> Vec<String> {
    let named = parameters.iter().map(|id| run.model.parameter(*id));
    named.map(|parameter| parameter.name.clone()).collect()
}
