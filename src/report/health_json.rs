//! Persons, QALYs and the verdict at other horizons in `result.json`.

use serde::Serialize;

use super::Run;
use super::few::{FEW, hidden_levels};
use super::finite::Figure;
use super::spread::Spread;
use crate::analysis::{Account, QalyPrice};

#[derive(Serialize)]
pub(super) struct HealthFacts<'a> {
    levels: Vec<LevelFacts<'a>>,
    additional_persons: Vec<YearFacts>,
    qalys: Vec<QalyFacts>,
    /// Discounted, by horizon.
    gain: Vec<GainFacts>,
    kroner_per_qaly_valued: Option<Figure>,
}

#[derive(Serialize)]
struct LevelFacts<'a> {
    group: &'a str,
    level: u8,
    year: i32,
    counterfactual: Option<Spread>,
    difference: Option<Spread>,
    suppressed: Option<&'static str>,
}

#[derive(Serialize)]
struct YearFacts {
    year: i32,
    #[serde(flatten)]
    value: Spread,
}

#[derive(Serialize)]
struct QalyFacts {
    year: i32,
    counterfactual: Spread,
    difference: Spread,
}

#[derive(Serialize)]
struct GainFacts {
    years: u32,
    #[serde(flatten)]
    qalys: Spread,
    price: &'static str,
    kroner_per_qaly: Option<Figure>,
    net_benefit: Option<Figure>,
}

/// Health, where levels move.
pub(super) fn health<'a>(run: &Run<'a>) -> Option<HealthFacts<'a>> {
    let health = &run.assessment.findings.health;
    if health.levels.is_empty() {
        return None;
    }
    let groups = &run.model.world.groups;
    let valued = run.model.balance.kroner_per_qaly;
    let gain = |(years, qalys): &(u32, crate::analysis::Summary)| {
        let mut rows = run.assessment.findings.present_value.iter();
        let society = rows.find(|r| r.account == Account::Society && r.years == *years)?;
        let price = QalyPrice::of(qalys, &society.value);
        Some(GainFacts {
            years: *years,
            qalys: qalys.into(),
            price: price.key(),
            kroner_per_qaly: match price {
                QalyPrice::Kroner(kroner) => Some(Figure(kroner)),
                _ => None,
            },
            net_benefit: valued.map(|v| Figure(v * qalys.mean + society.value.mean)),
        })
    };
    Some(HealthFacts {
        levels: health
            .levels
            .iter()
            .zip(hidden_levels(&health.levels))
            .map(|(row, hidden)| LevelFacts {
                group: &groups[row.group.0 as usize].id,
                level: row.level,
                year: row.year,
                counterfactual: (!hidden).then(|| (&row.counterfactual).into()),
                difference: (!hidden).then(|| (&row.difference).into()),
                suppressed: hidden.then_some(FEW),
            })
            .collect(),
        additional_persons: health
            .additional
            .iter()
            .map(|(year, value)| YearFacts {
                year: *year,
                value: value.into(),
            })
            .collect(),
        qalys: health
            .qalys
            .iter()
            .map(|row| QalyFacts {
                year: row.year,
                counterfactual: (&row.counterfactual).into(),
                difference: (&row.difference).into(),
            })
            .collect(),
        gain: health.gain.iter().filter_map(gain).collect(),
        kroner_per_qaly_valued: valued.map(Figure),
    })
}

#[derive(Serialize)]
pub(super) struct HorizonFacts {
    years: u32,
    outcome: Option<&'static str>,
    p_society: Figure,
    parties: Vec<HorizonParty>,
    society_x_mean: Figure,
}

#[derive(Serialize)]
struct HorizonParty {
    party: &'static str,
    p_holds: Figure,
    status: &'static str,
    x_mean: Figure,
}

/// The verdict read at every horizon.
pub(super) fn horizons(run: &Run) -> Vec<HorizonFacts> {
    let one = |h: &crate::verdict::HorizonVerdict| HorizonFacts {
        years: h.years,
        outcome: h.outcome.map(|o| o.key()),
        p_society: Figure(h.society),
        parties: h
            .parties
            .iter()
            .zip(&h.x)
            .map(|((account, p, standing), (_, x))| HorizonParty {
                party: account.key(),
                p_holds: Figure(*p),
                status: standing.key(),
                x_mean: Figure(*x),
            })
            .collect(),
        society_x_mean: Figure(h.x.last().map_or(0.0, |(_, x)| *x)),
    };
    run.assessment.verdict.horizons.iter().map(one).collect()
}
