//! τ: the present value over the verdict horizon of a signed yearly floor, fixed before the run.

use crate::analysis::ChanceFindings;
use crate::model::{Account, BalanceRule, Model, Party, Tolerance};
use crate::plan::Program;

/// The floors of a run, in kroner of present value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tolerances {
    pub region: f64,
    pub municipality: f64,
    /// By municipality.
    pub each: Vec<f64>,
}

/// Fixes the floors.
pub(super) fn fix(model: &Model, program: &Program, chance: &ChanceFindings) -> Tolerances {
    let rule = &model.balance;
    let all: Vec<usize> = (0..program.municipalities).collect();
    let floor = |tolerance: Tolerance, account: Account, of: &[usize]| {
        let people = persons(model, program, of);
        let signed = match tolerance {
            Tolerance::PerInhabitant(kroner) => kroner * people,
            Tolerance::ShareOfBudget(part) => match of {
                [m] => part * chance.municipality_affected[*m],
                _ => part * chance.affected_budget[account.index()],
            },
        };
        let values = match of {
            [m] => &chance.municipality_x_at_means[*m],
            _ => &chance.x_at_means[account.index()],
        };
        printed((signed + chance_part(rule, values, people)).max(0.0))
    };
    let (region, municipality) = (
        Account::Party(Party::Region),
        Account::Party(Party::Municipality),
    );
    Tolerances {
        region: floor(rule.region, region, &all),
        municipality: floor(rule.municipality, municipality, &all),
        each: all
            .iter()
            .map(|m| floor(rule.municipality, municipality, &[*m]))
            .collect(),
    }
}

/// Σ d_t · inhabitants over the verdict horizon.
fn persons(model: &Model, program: &Program, of: &[usize]) -> f64 {
    let year = |t: usize| -> f64 {
        let people = |m: &usize| model.world.population.total(*m, program.years[t]);
        program.discount[t] * of.iter().map(people).sum::<f64>()
    };
    (0..program.verdict_years).map(year).sum()
}

fn chance_part(rule: &BalanceRule, values: &[f64], people: f64) -> f64 {
    if !rule.chance {
        return 0.0;
    }
    ChanceFindings::band(values, rule.confidence).min(rule.chance_max * people)
}

/// Rounded to the digits that are printed (three significant ones), so that the constant tested
/// is the constant read.
fn printed(x: f64) -> f64 {
    if x == 0.0 {
        return 0.0;
    }
    let mut place = 1.0;
    while x / place >= 1000.0 {
        place *= 10.0;
    }
    (x / place).round() * place
}
