//! `result.json` of a portfolio: the portfolio's own result, each agreement's beside it.
//!
//! Promise: as of any result, every number is finite and the same run gives the same bytes.
//! Absent: words for readers, rounding.

use std::io;

use serde::Serialize;
use serde_json::{Map, Value};

use super::Run;
use super::finite::Figure;
use super::result::{HorizonFacts, SCHEMA_VERSION, Sections, cumulative, present_values, sections};
use crate::engine::RunSettings;
use crate::model::{Model, Portfolio};
use crate::verdict::{Assessment, PortfolioAssessment};

/// A finished run of a portfolio.
#[derive(Debug, Clone, Copy)]
pub struct PortfolioRun<'a> {
    /// Its name.
    pub id: &'a str,
    /// SHA-256 of the portfolio's signed rule of balance.
    pub balance_hash: &'a str,
    /// SHA-256 over the hashes of all its input files.
    pub input_hash: &'a str,
    /// What was asked.
    pub portfolio: &'a Portfolio,
    /// All members together.
    pub joint: &'a Model,
    /// How it was run.
    pub settings: &'a RunSettings,
    /// What was found.
    pub assessment: &'a PortfolioAssessment,
}

impl<'a> PortfolioRun<'a> {
    /// One assessment of it as a run: the portfolio's own, or an agreement's.
    pub fn run(&self, assessment: &'a Assessment) -> Run<'a> {
        Run {
            id: self.id,
            balance_hash: self.balance_hash,
            input_hash: self.input_hash,
            model: self.joint,
            settings: self.settings,
            assessment,
        }
    }
}

/// Sections of a single verdict that stand beside the portfolio's.
const BESIDE: [&str; 5] = ["verdict", "years", "present_values", "municipalities", "gp"];

/// The result of a portfolio as JSON.
///
/// # Errors
/// Names the section in which a figure is not finite.
pub fn portfolio_json(run: &PortfolioRun) -> io::Result<Vec<u8>> {
    let found = run.assessment;
    let mut result = Sections(Map::new());
    result.add("schema_version", SCHEMA_VERSION)?;
    result.add("run_id", run.id)?;
    result.add("portfolio", &run.portfolio.id)?;
    result.add("seed", run.settings.seed.0)?;
    result.add("replicates", found.joint.findings.replicates)?;
    result.add("settled", found.joint.findings.settled)?;
    result.add("agreements", members(run)?)?;
    result.add("in_force", found.in_force.as_ref().map(horizons))?;
    result.add("interaction", interaction(run))?;
    result.add("cumulative", cumulative(&found.joint.findings.running))?;
    result.add("joint", joint(run)?)?;
    let mut bytes = serde_json::to_vec_pretty(&result.0)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn horizons(findings: &crate::analysis::Findings) -> Vec<HorizonFacts> {
    present_values(&findings.present_value)
}

/// The portfolio's own sections; what names the run stands above already.
fn joint(run: &PortfolioRun) -> io::Result<Map<String, Value>> {
    let mut own = sections(&run.run(&run.assessment.joint))?;
    for above in ["schema_version", "run_id", "scenario", "seed", "cumulative"] {
        own.remove(above);
    }
    Ok(own)
}

#[derive(Serialize)]
struct MemberFacts {
    id: String,
    title: Value,
    in_force: bool,
    period: (i32, i32),
    clarified: bool,
    result: Option<Map<String, Value>>,
}

fn members(run: &PortfolioRun) -> io::Result<Vec<MemberFacts>> {
    let members = run.portfolio.members.iter().enumerate();
    let facts = |(i, member): (usize, &crate::model::Member)| {
        let mut proposed = run.assessment.proposed.iter();
        let assessment = proposed.find(|(at, _)| *at == i).map(|(_, a)| a);
        let result = match assessment {
            Some(assessment) => {
                let mut own = sections(&run.run(assessment))?;
                own.retain(|name, _| BESIDE.contains(&name.as_str()));
                Some(own)
            }
            None => None,
        };
        let title = &member.agreement.title;
        Ok(MemberFacts {
            id: member.id.clone(),
            title: serde_json::json!({ "da": title.da, "en": title.en }),
            in_force: member.in_force,
            period: member.agreement.period,
            clarified: member.blanks.is_empty(),
            result,
        })
    };
    members.map(facts).collect()
}

#[derive(Serialize)]
struct InteractionFacts {
    party: &'static str,
    mean: Figure,
    mcse: Figure,
}

fn interaction(run: &PortfolioRun) -> Vec<InteractionFacts> {
    let rows = run.assessment.interaction.iter();
    rows.map(|(account, estimate)| InteractionFacts {
        party: account.key(),
        mean: Figure(estimate.mean),
        mcse: Figure(estimate.mcse),
    })
    .collect()
}
