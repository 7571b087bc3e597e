//! Services: who produces, pays for and owns them, what they cost and how often they are used.

use super::population::Place;
use super::world::{CheckedService, CheckedWorld};
use super::{
    Checking, Missing, OPEN, Slot, label, named, number, party, text, text_or_empty, whole, words,
    year,
};
use crate::diagnostic::{Fault, Span};
use crate::model::{
    Blank, Dated, GroupId, Party, Phase, Rate, Release, Service, Site, Value, Words,
};
use crate::scenario::grammar::{RELEASE, Record, SERVICE, is_blank};
use crate::scenario::near::listed;
use crate::scenario::table::{Column, Figure, Told, column};
use crate::scenario::tree::{Node, Table};
use crate::units::Unit;

static FACTORS: [Column; 5] = [
    column("code"),
    column("service"),
    column("factor"),
    column("source"),
    column("grade"),
];

/// Factors of every service by municipality.
type Factors = Vec<Vec<f64>>;

impl Checking<'_> {
    /// The services in file order; faulty ones keep their name.
    pub fn services(
        &mut self,
        world: &Table,
        checked: &CheckedWorld,
    ) -> (Vec<String>, Vec<Option<CheckedService>>) {
        let names: Vec<String> = named(world, "service")
            .map(|(name, ..)| name.to_owned())
            .collect();
        let mut factors = vec![vec![1.0; checked.municipalities().len()]; names.len()];
        if let Some(node) = world.node("municipality_factors") {
            self.factors(node, &names, None, checked, &mut factors);
        }
        let mut services = Vec::new();
        for (index, (name, table, at)) in named(world, "service").enumerate() {
            if let Some(node) = table.node("municipality_factor") {
                self.factors(node, &names, Some(index), checked, &mut factors);
            }
            // Open questions of a service count only if the agreement touches it.
            let before = self.blanks.len();
            let service = self.service(name, table, at, checked, factors[index].clone());
            let blanks = self.blanks.split_off(before);
            services.push(service.map(|(service, payer_stated)| CheckedService {
                service,
                blanks,
                at,
                payer_stated,
            }));
        }
        (names, services)
    }

    fn service(
        &mut self,
        name: &str,
        table: &Table,
        at: Span,
        world: &CheckedWorld,
        municipality_factor: Vec<f64>,
    ) -> Option<(Service, bool)> {
        let label = label(table, name);
        let start = world.years.map(|years| years.0);
        let producer = self.role(table, "producer", start);
        let owner = self.role(table, "owner", start);
        let payer_stated = table.node("payer").is_some_and(|node| !is_blank(node));
        let payer = if payer_stated {
            self.role(table, "payer", start)
        } else {
            self.blank(place_or(table, "payer", at), Missing::Payer(&label));
            producer.clone()
        };
        let unit_cost = self.unit_cost(table, producer.as_ref());
        let shares = self.cost_shares(name, table, at, &label);
        let release = self.release_of(name, table, at, &label, shares);
        let rates = self.rates(table, &label, world);
        let age_factor = match (&world.bands, table.node("age_factor")) {
            (Some(bands), Some(node)) => self.by_band(node, bands, 1.0),
            (Some(bands), None) => Some(vec![1.0; bands.len()]),
            _ => None,
        };
        let trend = self.optional_slot(table, &SERVICE, "trend", Missing::Trend(&label));
        let dispersion = self.at_least_one(table, "dispersion");
        let (variable, semi_fixed) = shares?;
        let service = Service {
            id: name.to_owned(),
            unit_label: words(table, "unit_label")?,
            producer: producer?,
            payer: payer?,
            owner: owner?,
            unit_cost: unit_cost?,
            variable,
            semi_fixed,
            release: release?,
            dispersion: dispersion?,
            unit_cost_cv: number(table, "unit_cost_cv").unwrap_or(0.0),
            trend: trend?,
            rates: rates?,
            age_factor: age_factor?,
            municipality_factor,
            specialised: table
                .node("specialised")
                .and_then(Node::flag)
                .unwrap_or(false),
            origin: self.origin(at),
            label,
        };
        Some((service, payer_stated))
    }

    /// A party, or parties by first year.
    fn role(&mut self, table: &Table, key: &str, start: Option<i32>) -> Option<Dated<Party>> {
        let node = table.node(key)?;
        let Some(items) = node.list() else {
            return party(node).map(Dated::always);
        };
        let mut entries: Vec<(i32, Party)> = Vec::new();
        for item in items {
            let dated = item.table()?;
            let from = dated.node("from")?;
            let first = year(from)?;
            if entries.last().is_some_and(|(before, _)| first <= *before) {
                let (role, date) = (key.to_owned(), first.to_string());
                self.raise(from.span, Fault::TwoParties { role, date });
                return None;
            }
            entries.push((first, party(dated.node("party")?)?));
        }
        let Some((first, _)) = entries.first().copied() else {
            let (key, expected) = (key.to_owned(), "a party, or parties by date".to_owned());
            let found = "an empty list".to_owned();
            self.raise(
                node.span,
                Fault::WrongType {
                    key,
                    expected,
                    found,
                },
            );
            return None;
        };
        if let Some(start) = start.filter(|start| first > *start) {
            let (role, from) = (key.to_owned(), first.to_string());
            self.raise(node.span, Fault::PartyFromTooLate { role, from, start });
            return None;
        }
        Dated::new(entries)
    }

    /// The cost of one unit by party; which parties need one depends on the agreement.
    fn unit_cost(
        &mut self,
        table: &Table,
        producer: Option<&Dated<Party>>,
    ) -> Option<Vec<(Party, Value)>> {
        let units = [Unit::KrPerUnit];
        let Some(node) = table.node("unit_cost") else {
            return Some(Vec::new());
        };
        if let Some(by_party) = node.table() {
            let mut costs = Vec::new();
            for entry in &by_party.entries {
                match self.slot_value(&entry.node, "unit_cost", &units) {
                    Slot::Value(value) => costs.push((Party::from_key(&entry.key)?, value)),
                    Slot::Broken => return None,
                    Slot::Blank(_) | Slot::Absent => {}
                }
            }
            return Some(costs);
        }
        match self.slot_value(node, "unit_cost", &units) {
            // One cost for whoever produces by the world's dates, and for nobody else.
            Slot::Value(value) => {
                let mut costs: Vec<(Party, Value)> = Vec::new();
                for (_, party) in producer?.entries() {
                    if costs.iter().all(|(other, _)| other != party) {
                        costs.push((*party, value));
                    }
                }
                Some(costs)
            }
            Slot::Broken => None,
            Slot::Blank(_) | Slot::Absent => Some(Vec::new()),
        }
    }

    /// Variable and semi-fixed share; together at most the whole.
    fn cost_shares(
        &mut self,
        name: &str,
        table: &Table,
        at: Span,
        label: &Words,
    ) -> Option<(Value, Value)> {
        let missing = Missing::CostShare(label);
        let variable = self.optional_slot(table, &SERVICE, "variable", missing)?;
        let semi_fixed = self.optional_slot(table, &SERVICE, "semi_fixed", missing)?;
        let semi_fixed = semi_fixed.unwrap_or(Value::Number(0.0));
        let variable = variable.unwrap_or(Value::Number(1.0));
        let means = (self.figures.mean(variable), self.figures.mean(semi_fixed));
        if let (Some(one), Some(other)) = means
            && one + other > 1.0 + 1e-9
        {
            let sum = ((one + other) * 1e6).round() / 1e6;
            let service = name.to_owned();
            self.raise(
                place_or(table, "semi_fixed", at),
                Fault::CostShares { service, sum },
            );
            return None;
        }
        Some((variable, semi_fixed))
    }

    fn release_of(
        &mut self,
        name: &str,
        table: &Table,
        at: Span,
        label: &Words,
        shares: Option<(Value, Value)>,
    ) -> Option<Option<Release>> {
        let semi_fixed = shares.is_some_and(|(_, share)| share != Value::Number(0.0));
        match table.node("release") {
            Some(node) if !is_blank(node) => {
                let inner = node.table()?;
                self.release(name, inner, node.span, &RELEASE, label)
                    .map(Some)
            }
            _ if semi_fixed => {
                self.blank(place_or(table, "release", at), Missing::Release(label));
                Some(None)
            }
            _ => Some(None),
        }
    }

    /// A capacity rule, of the world or of an agreement's plan.
    pub fn release(
        &mut self,
        name: &str,
        table: &Table,
        at: Span,
        record: &'static Record,
        label: &Words,
    ) -> Option<Release> {
        let step = match table.node("step") {
            Some(node) if is_blank(node) => {
                self.blank(node.span, Missing::Release(label));
                f64::NAN
            }
            Some(node) => node.number()?,
            None => {
                self.raise(
                    at,
                    Fault::ReleaseWithoutStep {
                        service: name.to_owned(),
                    },
                );
                return None;
            }
        };
        let phase = match table
            .node("phase")
            .map(|node| node.text() == Some("uncertain"))
        {
            None | Some(true) => Phase::Uncertain,
            Some(false) => match self.slot(table, record, "phase") {
                Slot::Value(value) => Phase::Known(value),
                Slot::Blank(at) => {
                    self.blank(at, Missing::Release(label));
                    Phase::Uncertain
                }
                Slot::Absent | Slot::Broken => return None,
            },
        };
        let site = match text(table, "site").as_deref() {
            Some("municipality") => Site::Municipality,
            _ => Site::Party,
        };
        let closing = number(table, "closing").unwrap_or(1.0);
        if closing <= 0.0 {
            let range = "(0, 1]".to_owned();
            let fault = Fault::OutOfRange {
                key: "closing".to_owned(),
                found: closing,
                range,
            };
            self.raise(place_or(table, "closing", at), fault);
            return None;
        }
        Some(Release {
            step,
            lasting_years: whole(table, "lasting_years").unwrap_or(1),
            lag_years: whole(table, "lag_years").unwrap_or(0),
            closing,
            phase,
            site,
            source: text_or_empty(table, "source"),
            origin: self.origin(at),
        })
    }

    fn at_least_one(&mut self, table: &Table, key: &str) -> Option<f64> {
        let Some(node) = table.node(key) else {
            return Some(1.0);
        };
        let value = node.number().filter(|value| value.is_finite())?;
        if value < 1.0 {
            let (key, range) = (key.to_owned(), "[1, ∞)".to_owned());
            self.raise(
                node.span,
                Fault::OutOfRange {
                    key,
                    found: value,
                    range,
                },
            );
            return None;
        }
        Some(value)
    }

    /// Rates by group, with a factor for each of the group's levels.
    fn rates(&mut self, table: &Table, label: &Words, world: &CheckedWorld) -> Option<Vec<Rate>> {
        let mut rates = Vec::new();
        let mut sound = true;
        let entries = table
            .node("rate")
            .and_then(Node::table)
            .map(|t| t.entries.as_slice());
        for entry in entries.unwrap_or_default() {
            let group = world.group_names.iter().position(|name| *name == entry.key);
            let Some(group) = group else {
                self.unknown("group", &entry.key, entry.key_span, &world.group_names);
                sound = false;
                continue;
            };
            let rate = match self.slot_value(&entry.node, "rate", &[Unit::UnitsPerPersonYear]) {
                Slot::Value(value) => value,
                Slot::Blank(at) => {
                    self.blank(at, Missing::Rate(label));
                    OPEN
                }
                Slot::Broken | Slot::Absent => {
                    sound = false;
                    continue;
                }
            };
            rates.push((group, rate));
        }
        let factors = self.level_factors(table, world)?;
        sound.then_some(())?;
        rates
            .into_iter()
            .map(|(group, rate)| {
                let levels = &world.groups[group].as_ref()?.levels;
                let factor = |level: u8| {
                    factors
                        .get(&(Some(group), level))
                        .or(factors.get(&(None, level)))
                        .copied()
                };
                let level_factor = levels
                    .iter()
                    .map(|(level, _)| factor(*level).unwrap_or(1.0))
                    .collect();
                Some(Rate {
                    group: GroupId(group as u16),
                    rate,
                    level_factor,
                })
            })
            .collect()
    }

    /// Factors by level, for all groups or for one.
    fn level_factors(
        &mut self,
        table: &Table,
        world: &CheckedWorld,
    ) -> Option<std::collections::BTreeMap<(Option<usize>, u8), f64>> {
        let mut factors = std::collections::BTreeMap::new();
        let Some(node) = table.node("level_factor") else {
            return Some(factors);
        };
        let mut sound = true;
        for entry in &node.table()?.entries {
            if let Some(factor) = entry.node.number() {
                let Ok(level) = entry.key.parse::<u8>() else {
                    self.raise(
                        entry.key_span,
                        Fault::BadLevel {
                            found: entry.key.clone(),
                        },
                    );
                    sound = false;
                    continue;
                };
                let all = world.groups.iter().flatten().collect::<Vec<_>>();
                let known = |l: u8| all.iter().any(|g| g.levels.iter().any(|(k, _)| *k == l));
                if !known(level) && all.len() == world.groups.len() {
                    self.raise(entry.key_span, no_level(level, "any", &[]));
                    sound = false;
                }
                factors.insert((None, level), factor);
                continue;
            }
            let group = world.group_names.iter().position(|name| *name == entry.key);
            let Some(group) = group else {
                self.unknown("group", &entry.key, entry.key_span, &world.group_names);
                sound = false;
                continue;
            };
            let known: Option<Vec<u8>> = world.groups[group].as_ref().map(levels_of);
            for inner in &entry.node.table()?.entries {
                let level: u8 = inner.key.parse().ok()?;
                if let Some(known) = known.as_ref().filter(|known| !known.contains(&level)) {
                    self.raise(inner.key_span, no_level(level, &entry.key, known));
                    sound = false;
                }
                factors.insert((Some(group), level), inner.node.number()?);
            }
        }
        sound.then_some(factors)
    }

    /// Factors by municipality from a table, for all services or for one.
    fn factors(
        &mut self,
        node: &Node,
        names: &[String],
        only: Option<usize>,
        world: &CheckedWorld,
        factors: &mut Factors,
    ) {
        let Some(places) = &world.places else { return };
        let Some(mut table) = self.table(node, &FACTORS) else {
            return;
        };
        let mut told = Told::new(table.file());
        let mut seen = std::collections::BTreeSet::new();
        let mut sources = Vec::new();
        for row in 0..table.len() {
            let place = self.place_cell(&table, row, places, &mut told);
            let service = table.required(row, "service", &mut told, self.faults);
            let factor = table.number(row, "factor", Figure::Measure, &mut told, self.faults);
            self.sourced(&table, row, &mut sources, &mut told);
            let (Some(place), Some((service, at)), Some((factor, factor_at))) =
                (place, service, factor)
            else {
                continue;
            };
            let index = names.iter().position(|name| *name == service);
            let Some(index) = index.filter(|index| only.is_none_or(|only| only == *index)) else {
                let known = only.map_or_else(|| names.to_vec(), |only| vec![names[only].clone()]);
                let fault = Fault::UnknownReference {
                    what: "service".to_owned(),
                    near: crate::scenario::near::nearest(
                        &service,
                        known.iter().map(String::as_str),
                    ),
                    known: listed(known.iter().map(String::as_str)),
                    name: service,
                };
                told.raise(at, fault, self.faults);
                continue;
            };
            if factor < 0.0 {
                let what = "a factor".to_owned();
                told.raise(
                    factor_at,
                    Fault::NegativeFigure {
                        what,
                        found: factor,
                    },
                    self.faults,
                );
                continue;
            }
            let Place::Inside(m) = place else { continue };
            if !seen.insert((index, m)) {
                let cell = format!("{}, {}", places.world()[m].name, names[index]);
                told.raise(table.line(row), Fault::DuplicateCell { cell }, self.faults);
            }
            factors[index][m] = factor;
        }
        told.finish(self.faults);
    }
}

impl CheckedService {
    /// The open questions about it, now that the agreement touches it.
    pub fn open_questions(&self) -> &[Blank] {
        &self.blanks
    }
}

/// The fault of a level that a group does not have.
pub fn no_level(level: u8, group: &str, known: &[u8]) -> Fault {
    let known: Vec<String> = known.iter().map(u8::to_string).collect();
    Fault::LevelNotInGroup {
        level: level.to_string(),
        group: group.to_owned(),
        known: known.join(", "),
    }
}

/// The need levels of a group.
pub fn levels_of(group: &crate::model::Group) -> Vec<u8> {
    group.levels.iter().map(|(level, _)| *level).collect()
}

/// The place of a key, or of its table where the key is left out.
pub fn place_or(table: &Table, key: &str, otherwise: Span) -> Span {
    table.node(key).map_or(otherwise, |node| node.span)
}
