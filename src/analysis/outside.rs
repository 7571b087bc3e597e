//! What staying outside gives a municipality and costs the others.
//!
//! ```text
//!   outside ── X of the municipality: what the others' taking part brings it
//!   inside  ── X of the municipality: what taking part itself brings it
//!   free-rider gain = outside − inside, draw by draw
//! ```
//!
//! Both on the same draws; one of the two is the agreement as it stands. Absent: what a
//! municipality would do, and two of them staying out together.

use super::quick::{block_means, estimate};
use crate::model::{Account, Model, MunicipalityId, Party};
use crate::plan::{Chance, Program, RowId};
use crate::random::Seed;
use crate::stats::Estimate;
use std::io;

/// Whose X is compared, beside the municipality's own.
const READ: [Account; 4] = [
    Account::Party(Party::Region),
    Account::Party(Party::Municipality),
    Account::Party(Party::Gp),
    Account::Society,
];

/// A municipality outside and inside; X in kr. of present value, positive is better off.
#[derive(Debug, Clone, PartialEq)]
pub struct OutsideRow {
    /// Which.
    pub municipality: MunicipalityId,
    /// Whether it takes part in the agreement as it stands.
    pub takes_part: bool,
    /// Its X while outside.
    pub outside: Estimate,
    /// Its X while taking part.
    pub inside: Estimate,
    /// Its X outside less inside: positive, and staying out pays.
    pub free_ride: Estimate,
    /// What its staying out changes for the other municipalities together.
    pub others: Estimate,
    /// The same for region, general practice and society (itself included).
    pub accounts: Vec<(Account, Estimate)>,
}

impl OutsideRow {
    /// Whether the others' taking part gives it something while it stays outside.
    pub fn rides(&self) -> bool {
        self.outside.mean > (2.0 * self.outside.mcse).max(1.0)
    }
}

/// The municipalities that the agreement asks about.
///
/// # Errors
/// If the system gives no threads.
pub fn staying_out(model: &Model, seed: Seed) -> io::Result<Vec<OutsideRow>> {
    let asked = model.agreement.reports.staying_out.iter();
    asked.map(|m| one(model, *m, seed)).collect()
}

fn one(model: &Model, municipality: MunicipalityId, seed: Seed) -> io::Result<OutsideRow> {
    let m = municipality.0 as usize;
    let agreement = &model.agreement;
    let means = |agreement| -> io::Result<Vec<Vec<f64>>> {
        let model = Model {
            agreement,
            ..model.clone()
        };
        let program = Program::compile(&model, Chance::Differences);
        let mut rows = vec![RowId::MunicipalityX(m)];
        rows.extend(READ.map(|a| RowId::X(a, program.verdict_years)));
        block_means(&program, seed, &rows)
    };
    let outside = means(agreement.without_municipality(m))?;
    let inside = means(agreement.with_municipality(m))?;
    let alone = |means: &[Vec<f64>]| estimate(means[0].iter().copied());
    let change = |row: usize| -> Vec<f64> {
        let pairs = outside[row].iter().zip(&inside[row]);
        pairs.map(|(out, within)| out - within).collect()
    };
    let own = change(0);
    let all = change(2);
    let accounts = READ.into_iter().enumerate();
    let accounts = accounts.filter(|(_, a)| *a != Account::Party(Party::Municipality));
    Ok(OutsideRow {
        municipality,
        takes_part: agreement.start_of(m).is_some(),
        outside: alone(&outside),
        inside: alone(&inside),
        others: estimate(all.iter().zip(&own).map(|(all, own)| all - own)),
        free_ride: estimate(own.into_iter()),
        accounts: accounts
            .map(|(i, a)| (a, estimate(change(i + 1).into_iter())))
            .collect(),
    })
}
