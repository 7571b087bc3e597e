//! Several agreements on one world: together, and each against those in force.

mod figures;
mod files;

use crate::support::Town;
use fairbalance::model::{Agreement, Member, Model, Portfolio, Words};

/// A portfolio of agreements on one town; members are (id, in force, agreement).
///
/// All of them must have been written on clones of the same town, so that slots mean the same.
pub fn portfolio(town: &Town, members: Vec<(&str, bool, Agreement)>) -> Portfolio {
    let Model {
        world,
        balance,
        parameters,
        correlations,
        ..
    } = town.model.clone();
    let member = |(id, in_force, agreement): (&str, bool, Agreement)| Member {
        id: id.into(),
        in_force,
        agreement,
        blanks: Vec::new(),
    };
    Portfolio {
        id: "portfolio".into(),
        title: Words::same("portfolio"),
        members: members.into_iter().map(member).collect(),
        world,
        balance,
        parameters,
        correlations,
    }
}
