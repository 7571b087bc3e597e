//! Running accounts, and effects that begin too late, in `result.json`.

use super::Run;
use super::finite::Figure;
use crate::analysis::{PaybackRow, RunningAccount};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct PaybackFacts<'a> {
    accounts: Vec<AccountFacts>,
    late_effects: Vec<LateFacts<'a>>,
    no_gain_inside_horizon: bool,
}

#[derive(Serialize)]
struct AccountFacts {
    account: &'static str,
    undiscounted: RunningFacts,
    discounted: RunningFacts,
    p_paid_back_by_horizon: Figure,
}

#[derive(Serialize)]
struct RunningFacts {
    in_deficit: bool,
    deepest_mean: Figure,
    deepest_year: i32,
    payback_year: Option<i32>,
    payback_years: Option<u32>,
}

#[derive(Serialize)]
struct LateFacts<'a> {
    mechanism: &'a str,
    first_year: Option<i32>,
}

/// The section.
pub(super) fn facts<'a>(run: &Run<'a>) -> PaybackFacts<'a> {
    let found = &run.assessment.findings.payback;
    let account = |row: &PaybackRow| AccountFacts {
        account: row.account.key(),
        undiscounted: course(&row.plain),
        discounted: course(&row.discounted),
        p_paid_back_by_horizon: Figure(row.paid_back),
    };
    let mechanisms = &run.model.agreement.mechanisms;
    let late = found.late.iter().map(|late| LateFacts {
        mechanism: &mechanisms[late.mechanism].name,
        first_year: late.year,
    });
    PaybackFacts {
        accounts: found.accounts.iter().map(account).collect(),
        late_effects: late.collect(),
        no_gain_inside_horizon: found.none_inside,
    }
}

fn course(course: &RunningAccount) -> RunningFacts {
    RunningFacts {
        in_deficit: course.behind(),
        deepest_mean: Figure(course.deepest),
        deepest_year: course.deepest_year,
        payback_year: course.year,
        payback_years: course.years,
    }
}
