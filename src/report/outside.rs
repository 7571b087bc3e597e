//! What staying outside gives and costs, in `result.json`.

use super::Run;
use super::finite::Figure;
use crate::analysis::OutsideRow;
use crate::model::Account;
use crate::stats::Estimate;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct OutsideFacts<'a> {
    municipality: &'a str,
    takes_part: bool,
    x_outside: EstimateFacts,
    x_inside: EstimateFacts,
    free_rider_gain: EstimateFacts,
    other_municipalities: EstimateFacts,
    accounts: Vec<AccountFacts>,
}

#[derive(Serialize)]
struct AccountFacts {
    account: &'static str,
    change: EstimateFacts,
}

#[derive(Serialize)]
struct EstimateFacts {
    mean: Figure,
    mcse: Figure,
}

impl From<Estimate> for EstimateFacts {
    fn from(estimate: Estimate) -> Self {
        EstimateFacts {
            mean: Figure(estimate.mean),
            mcse: Figure(estimate.mcse),
        }
    }
}

/// The section.
pub(super) fn facts<'a>(run: &Run<'a>) -> Vec<OutsideFacts<'a>> {
    let places = &run.model.world.municipalities;
    let of_account = |(account, change): &(Account, Estimate)| AccountFacts {
        account: account.key(),
        change: (*change).into(),
    };
    let one = |row: &OutsideRow| OutsideFacts {
        municipality: &places[row.municipality.0 as usize].code,
        takes_part: row.takes_part,
        x_outside: row.outside.into(),
        x_inside: row.inside.into(),
        free_rider_gain: row.free_ride.into(),
        other_municipalities: row.others.into(),
        accounts: row.accounts.iter().map(of_account).collect(),
    };
    run.assessment.staying_out.iter().map(one).collect()
}
