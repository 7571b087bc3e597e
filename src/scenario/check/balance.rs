//! The balance principle.

use super::prices::Prices;
use super::services::place_or;
use super::transfers::division;
use super::world::CheckedWorld;
use super::{Checking, list, number, party, whole, words, year};
use crate::diagnostic::{Fault, Span};
use crate::model::{BalanceRule, Key, Principle, Tolerance};
use crate::scenario::compose::Layered;
use crate::scenario::tree::{Node, Table};

impl Checking<'_> {
    /// Checks what both sides have signed. Tolerances are taken to the world's price level.
    pub fn balance(
        &mut self,
        balance: &Layered,
        world: Option<&CheckedWorld>,
    ) -> Option<BalanceRule> {
        let table = &balance.table;
        let prices = world.and_then(|world| world.prices.as_ref());
        let confidence = self.confidence(table);
        let region = self.tolerance(table, "region", "pl_region", balance.head, prices);
        let municipality = self.tolerance(
            table,
            "municipality",
            "pl_municipality",
            balance.head,
            prices,
        );
        let discount = self.discount(table);
        let chance_max = number(table, "chance_max").unwrap_or(0.0);
        let chance_max = if chance_max > 0.0 {
            self.priced(table, balance.head, chance_max, "pl_region", prices)
        } else {
            Some(0.0)
        };
        if list(table, "signed_by").is_empty() {
            self.raise(
                place_or(table, "signed_by", balance.head),
                Fault::NotSigned {},
            );
        }
        let signed_by = list(table, "signed_by");
        let compensation = table.node("compensation").and_then(Node::table);
        Some(BalanceRule {
            title: words(table, "title")?,
            principle: match table.node("rule")?.text()? {
                "no_loser" => Principle::NoLoser,
                "no_loss_no_profit" => Principle::NoLossNoProfit,
                _ => return None,
            },
            no_profit_for: list(table, "no_profit_for")
                .iter()
                .filter_map(party)
                .collect(),
            confidence: confidence?,
            horizon_years: whole(table, "horizon_years")?,
            region: region?,
            municipality: municipality?,
            chance: table.node("chance").and_then(Node::flag).unwrap_or(false),
            chance_max: chance_max?,
            discount: discount?,
            net_tax_factor: number(table, "net_tax_factor").unwrap_or(1.0),
            kroner_per_qaly: number(table, "kroner_per_qaly"),
            key: match compensation.and_then(|c| c.node("key")) {
                Some(node) => division(node)?,
                None => Key::Population,
            },
            signed_by: signed_by
                .iter()
                .filter_map(|n| n.text().map(str::to_owned))
                .collect(),
            origin: self.origin(balance.head),
        })
    }

    fn confidence(&mut self, table: &Table) -> Option<f64> {
        let found = number(table, "confidence")?;
        let sound = found > 0.5 && found < 1.0;
        if !sound {
            self.raise(table.node("confidence")?.span, Fault::Confidence { found });
        }
        sound.then_some(found)
    }

    fn tolerance(
        &mut self,
        table: &Table,
        party: &str,
        index: &'static str,
        head: Span,
        prices: Option<&Prices>,
    ) -> Option<Tolerance> {
        let all = table.node("tolerance");
        let Some(node) = all.and_then(Node::table).and_then(|all| all.node(party)) else {
            let at = all.map_or(head, |node| node.span);
            self.raise(
                at,
                Fault::ToleranceMissing {
                    party: party.to_owned(),
                },
            );
            return None;
        };
        let stated = node.table()?;
        if let Some(share) = number(stated, "share_of_budget") {
            return Some(Tolerance::ShareOfBudget(share));
        }
        let found = number(stated, "per_inhabitant")?;
        if found < 0.0 {
            let party = party.to_owned();
            let at = stated.node("per_inhabitant")?.span;
            self.raise(at, Fault::NegativeTolerance { party, found });
            return None;
        }
        if found == 0.0 {
            return Some(Tolerance::PerInhabitant(0.0));
        }
        self.priced(table, head, found, index, prices)
            .map(Tolerance::PerInhabitant)
    }

    /// kr. of `price_year` at the world's price level.
    fn priced(
        &mut self,
        table: &Table,
        head: Span,
        kroner: f64,
        index: &'static str,
        prices: Option<&Prices>,
    ) -> Option<f64> {
        let Some(stated) = table.node("price_year") else {
            // One year holds for the whole file, so its absence is told once, at its head.
            let (name, unit) = ("tolerance".to_owned(), "kr. per inhabitant".to_owned());
            self.raise(head, Fault::PriceYearMissing { name, unit });
            return None;
        };
        let factor = self.at_price_level(prices?, index, year(stated)?, stated.span)?;
        Some(kroner * factor)
    }

    fn discount(&mut self, table: &Table) -> Option<Vec<(u32, f64)>> {
        let steps = table.node("discount")?.table()?.node("steps")?;
        let items = steps.list()?;
        let mut discount: Vec<(u32, f64)> = Vec::new();
        let mut sound = true;
        for (index, item) in items.iter().enumerate() {
            let step = item.table()?;
            let rate = step.node("rate")?;
            let found = rate.number().filter(|rate| rate.is_finite())?;
            if !(0.0..1.0).contains(&found) {
                self.raise(rate.span, Fault::DiscountRate { found });
                sound = false;
            }
            let last = index + 1 == items.len();
            let to_year = whole(step, "to_year");
            let before = discount.last().map_or(0, |(to, _)| *to);
            let why = match to_year {
                Some(_) if last => Some("the last one must be open"),
                None if !last => Some("only the last one is open"),
                Some(to) if to <= before => Some("to_year must rise"),
                _ => None,
            };
            if let Some(why) = why {
                self.raise(
                    item.span,
                    Fault::DiscountSteps {
                        why: why.to_owned(),
                    },
                );
                return None;
            }
            discount.push((to_year.unwrap_or(u32::MAX), found));
        }
        if discount.is_empty() {
            let why = "there are none".to_owned();
            self.raise(steps.span, Fault::DiscountSteps { why });
            return None;
        }
        sound.then_some(discount)
    }
}
