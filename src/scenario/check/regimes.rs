//! Dated law: it holds in both arms.

use super::transfers::{Known, Within, uncounted};
use super::world::CheckedWorld;
use super::{Checking, items, text_or_empty, words, year};
use crate::diagnostic::{Fault, Span};
use crate::model::{Regime, Transfer};
use crate::scenario::tree::{Node, Table};

impl Checking<'_> {
    /// The regimes in file order.
    pub fn regimes(&mut self, world: &Table, checked: &CheckedWorld) -> Option<Vec<Regime>> {
        let mut regimes: Vec<Option<Regime>> = Vec::new();
        let known = Known {
            services: &checked.service_names,
            coverages: &[],
            mechanisms: &[],
            transfers: &transfer_names(world),
            groups: &checked.group_names,
            bands: checked.bands.as_deref(),
            places: checked.places.as_ref(),
            uncounted: &items(world, "regime")
                .flat_map(|(regime, _)| uncounted(regime))
                .collect::<Vec<_>>(),
            law: true,
        };
        self.series(world);
        for (table, at) in items(world, "regime") {
            regimes.push(self.regime(table, at, &known));
        }
        let regimes = regimes.into_iter().collect::<Option<Vec<Regime>>>();
        if let Some(regimes) = &regimes {
            self.regimes_apart(regimes, world);
        }
        regimes
    }

    fn regime(&mut self, table: &Table, at: Span, known: &Known<'_>) -> Option<Regime> {
        let label = words(table, "name")?;
        let from = table.node("from").and_then(year)?;
        let to_node = table.node("to")?;
        let years = self.in_order(to_node.span, "the regime", from, year(to_node)?)?;
        let legal_basis = text_or_empty(table, "legal_basis");
        let within = Within {
            years,
            legal_basis: Some(&legal_basis),
            strict: true,
        };
        let transfers: Vec<Option<Transfer>> = items(table, "transfer")
            .map(|(transfer, at)| self.transfer(transfer, at, &within, known))
            .collect();
        let transfers: Vec<Transfer> = transfers.into_iter().collect::<Option<_>>()?;
        self.ceilings_turn_back(table, &transfers, &[]);
        Some(Regime {
            label,
            years,
            transfers,
            source: text_or_empty(table, "source"),
            origin: self.origin(at),
            legal_basis,
        })
    }

    /// A transfer of one name is posted by one regime at a time.
    fn regimes_apart(&mut self, regimes: &[Regime], world: &Table) {
        let named = |i: usize, j: usize| -> Option<Span> {
            let regime = items(world, "regime").nth(i)?.0;
            let transfer = items(regime, "transfer").nth(j)?.0;
            transfer.node("name").map(|node| node.span)
        };
        let all: Vec<(usize, usize, &Transfer)> = regimes
            .iter()
            .enumerate()
            .flat_map(|(i, r)| r.transfers.iter().enumerate().map(move |(j, t)| (i, j, t)))
            .collect();
        for (n, (i, j, one)) in all.iter().enumerate() {
            for (_, _, other) in all[..n].iter().filter(|(k, ..)| k != i) {
                let year = one.years.0.max(other.years.0);
                let overlap = year <= one.years.1.min(other.years.1);
                if let (true, true, Some(at)) = (one.name == other.name, overlap, named(*i, *j)) {
                    self.raise(
                        at,
                        Fault::RegimesOverlap {
                            name: one.name.clone(),
                            year,
                        },
                    );
                }
            }
        }
    }
}

/// The names of all transfers that regimes order.
pub fn transfer_names(world: &Table) -> Vec<String> {
    items(world, "regime")
        .flat_map(|(regime, _)| items(regime, "transfer"))
        .filter_map(|(transfer, _)| {
            transfer
                .node("name")
                .and_then(Node::text)
                .map(str::to_owned)
        })
        .collect()
}
