//! Persons by level and quality-adjusted life years: what is followed where levels move.

use super::Summary;
use crate::model::{GroupId, Model};
use crate::plan::{Program, RowId, horizons_of};

/// Persons of all municipalities at one level in one year.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelRow {
    /// The group.
    pub group: GroupId,
    /// The level's number.
    pub level: u8,
    /// Calendar year.
    pub year: i32,
    /// Unchanged practice.
    pub counterfactual: Summary,
    /// Agreement − counterfactual.
    pub difference: Summary,
}

/// Quality-adjusted life years of one year.
#[derive(Debug, Clone, PartialEq)]
pub struct QalyRow {
    /// Calendar year.
    pub year: i32,
    /// Unchanged practice.
    pub counterfactual: Summary,
    /// Agreement − counterfactual.
    pub difference: Summary,
}

/// Health, where the agreement covers groups whose levels move.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Health {
    /// Group × level × year.
    pub levels: Vec<LevelRow>,
    /// Additional persons alive, by year.
    pub additional: Vec<(i32, Summary)>,
    /// By year; empty where no utility is stated.
    pub qalys: Vec<QalyRow>,
    /// Σ d_t · difference in QALYs, by horizon in years.
    pub gain: Vec<(u32, Summary)>,
}

/// Reads the rows of health.
pub(super) fn health(
    model: &Model,
    program: &Program,
    summary: &dyn Fn(RowId) -> Summary,
) -> Health {
    let mut health = Health::default();
    for (t, year) in program.years.iter().enumerate() {
        for (i, (group, level)) in program.persons.iter().enumerate() {
            health.levels.push(LevelRow {
                group: *group,
                level: model.world.groups[group.0 as usize].levels[*level].0,
                year: *year,
                counterfactual: summary(RowId::Persons(i, t)),
                difference: summary(RowId::PersonsDifference(i, t)),
            });
        }
        if program.row(RowId::Additional(t)).is_some() {
            health
                .additional
                .push((*year, summary(RowId::Additional(t))));
        }
        if program.row(RowId::Qaly(t)).is_some() {
            health.qalys.push(QalyRow {
                year: *year,
                counterfactual: summary(RowId::Qaly(t)),
                difference: summary(RowId::QalyDifference(t)),
            });
        }
    }
    for horizon in horizons_of(program.years.len(), program.verdict_years) {
        if program.row(RowId::QalyGain(horizon)).is_some() {
            let gain = summary(RowId::QalyGain(horizon));
            health.gain.push((horizon as u32, gain));
        }
    }
    health
}

/// What a QALY costs the public over a horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum QalyPrice {
    /// Kroner of extra expenditure for each QALY gained: a ratio of means.
    Kroner(f64),
    /// More health for less money.
    Saves,
    /// Less health: a price for a gain does not exist.
    Loses,
    /// The interval of the gain holds 0: a ratio would say nothing.
    Uncertain,
}

impl QalyPrice {
    /// From the gain and society's X (positive is better off) over one horizon.
    pub fn of(gain: &Summary, x: &Summary) -> QalyPrice {
        if gain.p90 < 0.0 {
            QalyPrice::Loses
        } else if gain.p10 <= 0.0 {
            QalyPrice::Uncertain
        } else if x.mean >= 0.0 {
            QalyPrice::Saves
        } else {
            QalyPrice::Kroner(-x.mean / gain.mean)
        }
    }

    /// The key in results.
    pub fn key(self) -> &'static str {
        match self {
            QalyPrice::Kroner(_) => "priced",
            QalyPrice::Saves => "saves",
            QalyPrice::Loses => "loses",
            QalyPrice::Uncertain => "uncertain",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(mean: f64, p10: f64, p90: f64) -> Summary {
        Summary {
            mean,
            mcse: 0.0,
            p10,
            p90,
        }
    }

    #[test]
    fn a_price_is_a_ratio_of_means_and_only_where_the_gain_is_certain() {
        let cost = summary(-600_000.0, -900_000.0, -300_000.0);
        let gain = summary(3.0, 1.0, 5.0);
        // 600,000 kr. for 3 QALYs
        assert_eq!(QalyPrice::of(&gain, &cost), QalyPrice::Kroner(200_000.0));
        let unsure = summary(3.0, -0.1, 6.0);
        assert_eq!(QalyPrice::of(&unsure, &cost), QalyPrice::Uncertain);
        let saving = summary(600_000.0, 300_000.0, 900_000.0);
        assert_eq!(QalyPrice::of(&gain, &saving), QalyPrice::Saves);
        let lost = summary(-3.0, -5.0, -1.0);
        assert_eq!(QalyPrice::of(&lost, &saving), QalyPrice::Loses);
    }
}
