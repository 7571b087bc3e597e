//! From a portfolio's file to a [`Portfolio`]: every agreement read on the same world and the same
//! figures.
//!
//! ```text
//! portfolio.toml ─┬ world, balance
//!                 └ in_force, proposed ─compose→ agreements ─check, each beside the others→ members
//! ```
//!
//! *Promise:* a figure has one value in the whole portfolio, and one id; what is asked of an
//! agreement alone is asked of it here too. *Absent:* what the agreements do to each other.

use std::path::Path;

use super::check::{Beside, check_beside};
use super::compose::{Composed, Kind, Layered, Portfolios, compose_portfolio};
use super::difference::difference;
use super::source::{Inputs, Library};
use super::tree::{Entry, Node, Table, Value};
use crate::diagnostic::{Diagnostics, Fault, Faults, Span};
use crate::model::{Member, Model, Portfolio, Words};

/// A portfolio that was read.
#[derive(Debug)]
pub struct ReadPortfolio {
    /// The checked portfolio.
    pub portfolio: Portfolio,
    /// The files it was read from, in the order they were opened, with their hashes.
    pub inputs: Inputs,
    /// What its author should look at all the same.
    pub warnings: Diagnostics,
}

/// Reads a portfolio: its folder or its file.
///
/// # Errors
/// Every fault of the portfolio and of its agreements, their world and tables.
pub fn read_portfolio(path: &Path) -> Result<ReadPortfolio, Diagnostics> {
    let mut faults = Faults::default();
    let (portfolio, library) = portfolio(path, &mut faults);
    let told = faults.settle(&library.sources);
    match portfolio {
        Some(portfolio) if !told.any_error() => Ok(ReadPortfolio {
            portfolio,
            inputs: library.inputs,
            warnings: told,
        }),
        _ => Err(told),
    }
}

/// A portfolio, if it is sound, and what was read.
pub(super) fn portfolio(path: &Path, faults: &mut Faults) -> (Option<Portfolio>, Library) {
    let composed = compose_portfolio(path, faults);
    let Portfolios {
        library,
        portfolio,
        world,
        balance,
        members,
    } = composed;
    let Some(portfolio) = portfolio else {
        return (None, library);
    };
    if members.is_empty() && !faults.any_error() {
        faults.raise(portfolio.head, Fault::EmptyPortfolio {});
    }
    let mut checking = Checking {
        faults,
        library: Some(library),
        members: &members,
        balance,
    };
    if let Some(world) = &world {
        checking.one_world(world);
    }
    checking.one_value_each();
    let models = match checking.faults.any_error() {
        true => None,
        false => checking.models(),
    };
    let made = models.and_then(|models| checking.assemble(&portfolio, models));
    let library = checking.library.take();
    (made, library.unwrap_or_default())
}

/// An agreement of the portfolio as it was composed.
#[derive(Debug, Clone)]
pub struct Named {
    /// Where the portfolio names it.
    pub at: Span,
    /// Whether it is in force.
    pub in_force: bool,
    /// The agreement.
    pub agreement: Layered,
    /// Its own world.
    pub world: Option<Layered>,
}

struct Checking<'a> {
    faults: &'a mut Faults,
    /// Taken while a member is checked.
    library: Option<Library>,
    members: &'a [Named],
    balance: Option<Layered>,
}

impl Checking<'_> {
    fn one_world(&mut self, world: &Layered) {
        for member in self.members {
            let Some(own) = &member.world else { continue };
            if own.head != world.head {
                let fault = Fault::OtherWorld {
                    agreement: member.agreement.name.clone(),
                    found: own.name.clone(),
                    expected: world.name.clone(),
                };
                self.faults.raise(member.at, fault);
            }
        }
    }

    /// A parameter's law, unit and price are the same wherever it is used.
    fn one_value_each(&mut self) {
        for (i, member) in self.members.iter().enumerate() {
            for entry in parameters(&member.agreement.table) {
                for (j, other) in self.members.iter().enumerate() {
                    // told once, at the later of two that state it
                    let theirs = parameter(&other.agreement.table, &entry.key);
                    let theirs = match theirs {
                        Some(_) if j >= i => continue,
                        Some(theirs) => Some(theirs),
                        None => in_world(other, &entry.key),
                    };
                    let Some(theirs) = theirs.filter(|_| j != i) else {
                        continue;
                    };
                    if !same_figure(&entry.node, &theirs.node) {
                        self.two_values(entry, theirs, (member, other));
                    }
                }
            }
        }
    }

    fn two_values(&mut self, here: &Entry, there: &Entry, (member, other): (&Named, &Named)) {
        let fault = Fault::TwoValues {
            name: here.key.clone(),
            agreement: member.agreement.name.clone(),
            other: other.agreement.name.clone(),
        };
        let label = format!("the figure in {}", other.agreement.name);
        self.faults
            .raise_beside(here.key_span, fault, there.key_span, label);
    }

    /// Every member checked beside the others, so that they share ids of parameters.
    fn models(&mut self) -> Option<Vec<Model>> {
        let mut models = Vec::new();
        for (i, member) in self.members.iter().enumerate() {
            let mut agreement = member.agreement.clone();
            let others = || {
                let others = self.members.iter().enumerate().filter(|(j, _)| *j != i);
                others.map(|(_, other)| other)
            };
            for other in others() {
                share(&mut agreement.table, member, &other.agreement.table);
            }
            let beside = Beside {
                mentioned: others().map(|o| o.agreement.table.clone()).collect(),
            };
            let composed = Composed {
                library: self.library.take()?,
                kind: Some(Kind::Agreement),
                agreement: Some(agreement),
                world: member.world.clone(),
                balance: self.balance.clone(),
                head: Some(member.agreement.head),
            };
            let (model, library) = check_beside(composed, beside, self.faults);
            self.library = Some(library);
            models.push(model);
        }
        models.into_iter().collect()
    }

    fn assemble(&mut self, file: &Layered, models: Vec<Model>) -> Option<Portfolio> {
        let first = models.first()?;
        let stated = |name: &str| !name.starts_with("phase:");
        let portfolio = Portfolio {
            id: file.name.clone(),
            title: title(&file.table),
            world: first.world.clone(),
            balance: first.balance.clone(),
            parameters: first
                .parameters
                .iter()
                .filter(|p| stated(&p.name))
                .cloned()
                .collect(),
            correlations: first.correlations.clone(),
            members: members(self.members, models),
        };
        self.no_quarrel(&portfolio, file.head).then_some(portfolio)
    }

    /// One operator and one plan for capacity to a service.
    fn no_quarrel(&mut self, portfolio: &Portfolio, file: Span) -> bool {
        let twice = [
            (portfolio.operated_twice(), "operator"),
            (portfolio.released_twice(), "plan for its capacity"),
        ];
        let mut sound = true;
        if let Some((member, transfer)) = portfolio.indivisible() {
            let id = member.map(|i| portfolio.members[i].id.as_str());
            let mut members = self.members.iter();
            let at = members.find(|named| Some(named.agreement.name.as_str()) == id);
            let at = at.map_or(file, |named| named.at);
            self.faults.raise(at, Fault::Indivisible { transfer });
            sound = false;
        }
        for (found, what) in twice {
            let Some((member, service)) = found else {
                continue;
            };
            let fault = Fault::TwoPlans {
                agreement: portfolio.members[member].id.clone(),
                service: portfolio.world.services[service.0 as usize].id.clone(),
                what: what.to_owned(),
            };
            let at = self
                .members
                .iter()
                .find(|named| named.agreement.name == portfolio.members[member].id);
            if let Some(named) = at {
                self.faults.raise(named.at, fault);
                sound = false;
            }
        }
        sound
    }
}

/// Members in the order of the file, those in force first.
fn members(named: &[Named], models: Vec<Model>) -> Vec<Member> {
    let operated = models
        .iter()
        .any(|m| m.blanks.iter().all(|b| b.item != "operate"));
    let member = |(named, model): (&Named, Model)| {
        // an operator is asked of the portfolio, not of each agreement in it
        let asked = |item: &str| item != "operate" || !operated;
        Member {
            id: named.agreement.name.clone(),
            in_force: named.in_force,
            agreement: model.agreement,
            blanks: model
                .blanks
                .into_iter()
                .filter(|b| asked(&b.item))
                .collect(),
        }
    };
    let mut members: Vec<Member> = named.iter().zip(models).map(member).collect();
    members.sort_by_key(|member| !member.in_force);
    members
}

fn title(table: &Table) -> Words {
    let words = table.node("title").and_then(Node::table);
    let text = |key: &str| words?.node(key)?.text().map(str::to_owned);
    let da = text("da").unwrap_or_default();
    let en = text("en").unwrap_or_else(|| da.clone());
    Words { da, en }
}

fn parameters(table: &Table) -> &[Entry] {
    let own = table.node("parameter").and_then(Node::table);
    own.map(|table| table.entries.as_slice())
        .unwrap_or_default()
}

fn parameter<'t>(table: &'t Table, name: &str) -> Option<&'t Entry> {
    parameters(table).iter().find(|entry| entry.key == name)
}

fn in_world<'n>(member: &'n Named, name: &str) -> Option<&'n Entry> {
    parameter(&member.world.as_ref()?.table, name)
}

/// Labels, sources and approvals may be told in other words; the figure may not differ.
fn same_figure(a: &Node, b: &Node) -> bool {
    let figure = |node: &Node| {
        let entries = node.table().map(|table| table.entries.clone());
        let mut entries = entries.unwrap_or_default();
        entries.retain(|entry| ["law", "unit", "price", "truncate"].contains(&entry.key.as_str()));
        entries.sort_by(|a, b| a.key.cmp(&b.key));
        Table { entries }
    };
    difference(&figure(a), &figure(b)).is_empty()
}

/// Gives an agreement the parameters and correlations of another that it and its world lack.
fn share(table: &mut Table, member: &Named, other: &Table) {
    let lacking = parameters(other)
        .iter()
        .filter(|entry| parameter(table, &entry.key).is_none())
        .filter(|entry| in_world(member, &entry.key).is_none());
    let lacking: Vec<Entry> = lacking.cloned().collect();
    let at = member.agreement.head;
    let empty = || Value::Table(Table::default());
    if let Value::Table(own) = place((table, at), "parameter", empty) {
        own.entries.extend(lacking);
    }
    let stated = other.node("correlation").and_then(Node::list);
    let stated: Vec<Node> = stated.unwrap_or_default().to_vec();
    if let Value::List(own) = place((table, at), "correlation", || Value::List(Vec::new())) {
        for node in stated {
            let same = |o: &Node| match (o.table(), node.table()) {
                (Some(a), Some(b)) => difference(a, b).is_empty(),
                _ => false,
            };
            if !own.iter().any(same) {
                own.push(node);
            }
        }
    }
}

/// The value of a key, made where there is none.
fn place<'t>(
    (table, span): (&'t mut Table, Span),
    key: &str,
    new: impl FnOnce() -> Value,
) -> &'t mut Value {
    let at = match table.entries.iter().position(|entry| entry.key == key) {
        Some(at) => at,
        None => {
            table.entries.push(Entry {
                key: key.to_owned(),
                key_span: span,
                node: Node { span, value: new() },
            });
            table.entries.len() - 1
        }
    };
    &mut table.entries[at].node.value
}
