//! Price indices, and the factor that takes each amount to the run's price level.

use std::collections::BTreeMap;

use super::laws::Drawn;
use super::{Checking, Slot, year};
use crate::diagnostic::{Fault, Span};
use crate::model::{Price, Regulation, Value};
use crate::scenario::grammar::PRICE_INDEX;
use crate::scenario::tree::{Node, Table};
use crate::units::{MissingIndexYear, PriceIndex, QuotedAmount};

/// The indices of a world and its price level.
#[derive(Debug)]
pub struct Prices {
    level: i32,
    years: (i32, i32),
    indices: BTreeMap<&'static str, PriceIndex>,
    /// Some index is faulty: what it lacks is not told twice.
    incomplete: bool,
}

impl Checking<'_> {
    /// Reads the indices and prices every amount.
    pub fn prices(&mut self, world: &Table, years: (i32, i32)) -> Option<Prices> {
        let node = world.node("price_level")?;
        let level = year(node)?;
        let mut prices = Prices {
            level,
            years,
            indices: BTreeMap::new(),
            incomplete: false,
        };
        for key in ["pl_region", "pl_municipality", "gp"] {
            let table = world.node("price_index").and_then(Node::table);
            let Some(index) = table.and_then(|table| table.node(key)) else {
                continue;
            };
            match self.index(index) {
                Some(index) if index.at(level).is_err() => {
                    let fault = Fault::PriceLevelMissing {
                        index: key.to_owned(),
                        level,
                    };
                    self.raise(node.span, fault);
                    prices.incomplete = true;
                }
                Some(index) => {
                    prices.indices.insert(key, index);
                }
                None => prices.incomplete = true,
            }
        }
        self.price_figures(&prices);
        Some(prices)
    }

    fn index(&mut self, node: &Node) -> Option<PriceIndex> {
        let table = node.table()?;
        let mut values = BTreeMap::new();
        for entry in &table.node("values")?.table()?.entries {
            values.insert(entry.key.parse().ok()?, entry.node.number()?);
        }
        let growth = match self.slot(table, &PRICE_INDEX, "future_growth") {
            Slot::Value(Value::Number(_)) | Slot::Broken => return None,
            Slot::Absent | Slot::Blank(_) => None,
            Slot::Value(Value::Parameter(id)) => {
                let figure = self.figures.by_id(id);
                match &figure.drawn {
                    Some(Drawn::Law(law)) if law.is_fixed() => Some(law.mean()),
                    None => return None,
                    _ => {
                        let name = table.node("future_growth").and_then(Node::text);
                        let name = name.unwrap_or_default().to_owned();
                        let at = table.node("future_growth").map_or(node.span, |n| n.span);
                        self.raise(at, Fault::NotFixed { name });
                        return None;
                    }
                }
            }
        };
        if values.is_empty() {
            let fault = Fault::EmptyTable {
                table: "the price index".to_owned(),
            };
            self.raise(table.node("values")?.span, fault);
        }
        PriceIndex::new(values, growth)
    }

    /// Gives every amount its price at the run's level.
    fn price_figures(&mut self, prices: &Prices) {
        let names: Vec<String> = self.figures.names().map(str::to_owned).collect();
        for name in names {
            let Some(figure) = self.figures.named(&name) else {
                continue;
            };
            let Some(stated) = figure.table.node("price").cloned() else {
                continue;
            };
            if figure.unit.is_some_and(|unit| unit.is_amount()) {
                let price = self.price(prices, &stated);
                self.figures.set_price(&name, price);
            }
        }
    }

    fn price(&mut self, prices: &Prices, stated: &Node) -> Option<Price> {
        let table = stated.table()?;
        let node = table.node("year")?;
        let quoted = year(node)?;
        let regulation = match table.node("regulation")?.text()? {
            "pl_region" => Regulation::PlRegion,
            "pl_municipality" => Regulation::PlMunicipality,
            "gp" => Regulation::Gp,
            "nominal" => Regulation::Nominal,
            _ => return None,
        };
        let factors = match regulation {
            Regulation::Nominal => self.nominal_factors(prices, quoted, node.span)?,
            _ => vec![(
                quoted,
                self.factor(prices, key_of(regulation), quoted, node.span)?,
            )],
        };
        Some(Price {
            year: quoted,
            regulation,
            factors,
        })
    }

    /// A nominal amount is paid with the same kroner every year, so each year has its own factor.
    fn nominal_factors(
        &mut self,
        prices: &Prices,
        quoted: i32,
        at: Span,
    ) -> Option<Vec<(i32, f64)>> {
        // Years before the amount was quoted count where the index reaches them.
        let reaches = |year| {
            let index = prices.indices.get(key_of(Regulation::Nominal));
            index.is_some_and(|index| index.at(year).is_ok())
        };
        let first = (prices.years.0..quoted)
            .find(|year| reaches(*year))
            .unwrap_or(quoted);
        let years = first..=prices.years.1.max(quoted);
        let deflator = key_of(Regulation::Nominal);
        years
            .map(|year| Some((year, self.factor(prices, deflator, year, at)?)))
            .collect()
    }

    /// kr. of `year` × factor = kr. of the price level.
    fn factor(&mut self, prices: &Prices, key: &'static str, year: i32, at: Span) -> Option<f64> {
        let Some(index) = prices.indices.get(key) else {
            if !prices.incomplete {
                let known: Vec<String> = prices.indices.keys().map(|k| (*k).to_owned()).collect();
                self.unknown("price index", key, at, &known);
            }
            return None;
        };
        match QuotedAmount::new(1.0, year).at_price_level(index, prices.level) {
            Ok(amount) => Some(amount.kroner()),
            Err(MissingIndexYear { year, from, to }) => {
                self.raise(
                    at,
                    Fault::PriceIndexMissing {
                        index: key.to_owned(),
                        year,
                        from,
                        to,
                    },
                );
                None
            }
        }
    }

    /// kr. of a price year at the run's level, for amounts that stand outside parameters.
    pub fn at_price_level(
        &mut self,
        prices: &Prices,
        key: &'static str,
        year: i32,
        at: Span,
    ) -> Option<f64> {
        self.factor(prices, key, year, at)
    }
}

/// The index that regulates an amount. What is not regulated is deflated by the regions' index.
fn key_of(regulation: Regulation) -> &'static str {
    match regulation {
        Regulation::PlRegion | Regulation::Nominal => "pl_region",
        Regulation::PlMunicipality => "pl_municipality",
        Regulation::Gp => "gp",
    }
}
