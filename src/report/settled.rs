//! Settlement in `result.json`: payments, incentives, frames, who holds a task.
//!
//! Signs: `paid` is positive from payer to payee; `at_once` and `released` positive is extra
//! expenditure.

use serde::Serialize;

use super::Run;
use super::finite::Figure;
use crate::analysis::tag_id;
use crate::plan::{Incentive, Margin, Purse};

/// One payment in one year.
#[derive(Serialize)]
pub struct SettlementFacts {
    transfer: String,
    year: i32,
    paid: Figure,
    mcse: Figure,
    chance_premium: Option<Figure>,
    outstanding: Figure,
}

/// Every payment that the agreement changes.
pub fn settlement(run: &Run) -> Vec<SettlementFacts> {
    let rows = run.assessment.findings.settlement.iter();
    rows.map(|row| SettlementFacts {
        transfer: tag_id(run.model, row.tag),
        year: row.year,
        paid: Figure(row.paid),
        mcse: Figure(row.mcse),
        chance_premium: row.chance_premium.map(Figure),
        outstanding: Figure(row.outstanding),
    })
    .collect()
}

/// What one more unit, or one more covered person-year, costs whom.
#[derive(Serialize)]
pub struct IncentiveFacts<'a> {
    of: &'static str,
    name: &'a str,
    year: i32,
    by: Vec<PurseFacts>,
}

#[derive(Serialize)]
struct PurseFacts {
    purse: &'static str,
    at_once: Figure,
    released: Figure,
    against_society_at_once: bool,
    against_society_released: bool,
}

/// The incentive table.
pub fn incentives<'a>(run: &Run<'a>) -> Vec<IncentiveFacts<'a>> {
    let agreement = &run.model.agreement;
    let facts = |row: &Incentive| {
        let (of, name) = match row.margin {
            Margin::Unit(k) => ("unit", agreement.mechanisms[k].name.as_str()),
            Margin::PersonYear(c) => ("person_year", agreement.coverages[c].id.as_str()),
        };
        let purses = Purse::ALL.iter().enumerate();
        let by = purses.map(|(p, purse)| PurseFacts {
            purse: purse.key(),
            at_once: Figure(row.at_once[p]),
            released: Figure(row.released[p]),
            against_society_at_once: Incentive::against(&row.at_once, p),
            against_society_released: Incentive::against(&row.released, p),
        });
        IncentiveFacts {
            of,
            name,
            year: row.year,
            by: by.collect(),
        }
    };
    run.assessment
        .findings
        .incentives
        .iter()
        .map(facts)
        .collect()
}

/// A frame in a year.
#[derive(Serialize)]
pub struct FrameFacts {
    party: &'static str,
    year: i32,
    frame: Figure,
    p_exceeded: Figure,
    mcse: Figure,
    expected_overrun: Figure,
}

/// Frames by party and year.
pub fn frames(run: &Run) -> Vec<FrameFacts> {
    let rows = run.assessment.findings.frames.iter();
    rows.map(|row| FrameFacts {
        party: row.party.key(),
        year: row.year,
        frame: Figure(row.frame),
        p_exceeded: Figure(row.exceeded),
        mcse: Figure(row.mcse),
        expected_overrun: Figure(row.overrun),
    })
    .collect()
}

/// Who holds a task in some years.
#[derive(Serialize)]
pub struct HolderFacts<'a> {
    service: &'a str,
    from: i32,
    to: i32,
    producer: &'static str,
    operator: Option<&'static str>,
    payer: &'static str,
    owner: &'static str,
}

/// Who holds each task when.
pub fn holders<'a>(run: &Run<'a>) -> Vec<HolderFacts<'a>> {
    let services = &run.model.world.services;
    let rows = run.assessment.findings.holders.iter();
    rows.map(|row| HolderFacts {
        service: &services[row.service.0 as usize].id,
        from: row.from,
        to: row.to,
        producer: row.producer.key(),
        operator: row.operator.map(|o| o.key()),
        payer: row.payer.key(),
        owner: row.owner.key(),
    })
    .collect()
}
