//! From the laid tree to a [`Model`]: what the keys mean together.
//!
//! ```text
//!           ┌ parameters ─ laws, formulas, prices ┐
//! Composed ─┤ world: population, groups, services, regimes ├─▶ Model + blanks
//!           └ agreement: coverage, mechanisms, transfers, settlement ┘
//!                     └ gate: what is not *klarlagt* is named, not refused
//! ```
//!
//! *Promise:* existing is the proof. A [`Model`] comes out only if no error was raised, so nobody
//! downstream checks again; every fault of every part is told in one pass.
//! *Absent:* types and unknown keys; the grammar has dealt with them, so a value of the wrong type
//! is passed over here in silence.

mod agreement;
mod balance;
mod capacity;
mod correlation;
mod coverage;
mod dirichlet;
mod dynamics;
mod figures;
mod formula;
mod gate;
mod governance;
mod groups;
mod indicators;
mod laws;
mod mechanisms;
mod population;
mod prices;
mod ratios;
mod regimes;
mod reports;
mod services;
mod settlement;
mod staying_out;
mod targeting;
mod totals;
mod transfers;
mod world;

use super::compose::{Composed, Layered};
use super::grammar::{Record, is_blank, units_of};
use super::near::{listed, nearest};
use super::source::Library;
use super::tree::{Node, Table};
use crate::diagnostic::{Fault, Faults, Span};
use crate::model::{
    Blank, Mechanism, MechanismKind, Model, Origin, Party, Principle, Value, Words,
};
use crate::random::Law;
use crate::units::Unit;

use figures::Figures;
use gate::Missing;

/// Makes the model of a composed scenario; `None` once an error stands.
pub fn check(composed: Composed, faults: &mut Faults) -> (Option<Model>, Library) {
    check_beside(composed, Beside::default(), faults)
}

/// What else is read in the same breath: agreements of the same portfolio.
#[derive(Debug, Default)]
pub struct Beside {
    /// Agreements whose figures are in use too.
    pub mentioned: Vec<Table>,
}

/// The same, with figures of other agreements in use beside: their ids are shared.
pub fn check_beside(
    composed: Composed,
    beside: Beside,
    faults: &mut Faults,
) -> (Option<Model>, Library) {
    let Composed {
        mut library,
        agreement,
        world,
        balance,
        ..
    } = composed;
    let mut checking = Checking {
        faults,
        library: &mut library,
        figures: Figures::default(),
        blanks: Vec::new(),
        beside,
    };
    let whole = |layered: Option<Layered>| layered.filter(|layered| layered.whole);
    // Without its world an agreement's names cannot be known, but its own laws can be checked.
    let orphan = agreement.is_some() && !world.as_ref().is_some_and(|world| world.whole);
    let (agreement, world, balance) = (whole(agreement), whole(world), whole(balance));
    let world_table = world.as_ref().map(|world| &world.table);
    let agreement_table = agreement.as_ref().map(|agreement| &agreement.table);
    checking.read_figures(world_table, agreement_table, !orphan);
    let correlations = checking.correlations(world_table, agreement_table);
    let world = world.and_then(|world| checking.world(&world));
    let balance = balance.and_then(|b| checking.balance(&b, world.as_ref()));
    let agreement = match (&agreement, &world) {
        (Some(agreement), Some(world)) => checking.agreement(agreement, world),
        _ => None,
    };
    checking.warn_unused_figures();
    checking.blank_figures();
    let Checking {
        figures,
        mut blanks,
        ..
    } = checking;
    blanks.sort_by(|a, b| (&a.origin, &a.item).cmp(&(&b.origin, &b.item)));
    blanks.dedup();
    if faults.any_error() {
        return (None, library);
    }
    let model = (|| {
        let (scenario, agreement) = agreement?;
        let mut model = Model {
            scenario,
            world: world?.finish()?,
            agreement,
            balance: balance?,
            parameters: figures.finish()?,
            correlations,
            blanks,
        };
        model.blanks.extend(nothing_operated(&model));
        // How full the last step of capacity is, where nobody knows, is drawn like any figure.
        model.add_phases(&Law::uniform(0.0, 1.0).ok()?);
        Some(model)
    })();
    (model, library)
}

/// "No loss, no profit" binds an operator: without an operated task there is nothing to test.
fn nothing_operated(model: &Model) -> Option<Blank> {
    let operates = |m: &Mechanism| matches!(m.kind, MechanismKind::Operate(_));
    let bound = model.balance.principle == Principle::NoLossNoProfit;
    let missing = bound && !model.agreement.mechanisms.iter().any(operates);
    missing.then(|| Blank {
        item: "operate".into(),
        words: Words {
            da: "Hvem der driver opgaven: hverken tab eller gevinst gælder den, der driver den"
                .into(),
            en: "Who operates the task: no loss, no profit binds its operator".into(),
        },
        origin: model.balance.origin.clone(),
    })
}

/// One pass over a scenario: where faults and blanks go, and what figures there are.
struct Checking<'a> {
    faults: &'a mut Faults,
    library: &'a mut Library,
    figures: Figures,
    blanks: Vec<Blank>,
    beside: Beside,
}

/// What stands in a value slot.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Slot {
    /// A figure or a number.
    Value(Value),
    /// Left open, at this place.
    Blank(Span),
    /// Not there.
    Absent,
    /// Wrong, and told.
    Broken,
}

/// What a model holds in a blank slot: loud, should anybody compute with it.
const OPEN: Value = Value::Number(f64::NAN);

impl Checking<'_> {
    fn raise(&mut self, at: Span, fault: Fault) {
        self.faults.raise(at, fault);
    }

    fn blank(&mut self, at: Span, missing: Missing<'_>) {
        let blank = self.blank_at(at, missing);
        self.blanks.push(blank);
    }

    fn blank_at(&self, at: Span, missing: Missing<'_>) -> Blank {
        let (item, words) = missing.words();
        Blank {
            item: item.to_owned(),
            words,
            origin: self.origin(at),
        }
    }

    fn origin(&self, at: Span) -> Origin {
        let place = self.library.sources.place(at);
        Origin {
            file: self.library.path_of(at.file),
            line: place.line as u32,
            column: place.column as u32,
        }
    }

    /// What stands in the slot `key` of a table; its units are the grammar's.
    fn slot(&mut self, table: &Table, record: &'static Record, key: &str) -> Slot {
        match table.node(key) {
            Some(node) => self.slot_value(node, key, units_of(record, key)),
            None => Slot::Absent,
        }
    }

    fn slot_value(&mut self, node: &Node, key: &str, units: &[Unit]) -> Slot {
        if is_blank(node) {
            return Slot::Blank(node.span);
        }
        if let Some(number) = node.number() {
            return Slot::Value(Value::Number(number));
        }
        let Some(name) = node.text().and_then(|text| text.strip_prefix('@')) else {
            return Slot::Broken;
        };
        self.figure(name, node.span, key, units)
    }

    /// A figure that must be known before the agreement is clarified.
    fn gate_slot(
        &mut self,
        (table, at): (&Table, Span),
        record: &'static Record,
        key: &str,
        missing: Missing<'_>,
    ) -> Option<Value> {
        match self.slot(table, record, key) {
            Slot::Value(value) => Some(value),
            Slot::Broken => None,
            Slot::Blank(at) => {
                self.blank(at, missing);
                Some(OPEN)
            }
            Slot::Absent => {
                self.blank(at, missing);
                Some(OPEN)
            }
        }
    }

    /// A figure that may be left out: `Some(None)`; left open it is a blank.
    fn optional_slot(
        &mut self,
        table: &Table,
        record: &'static Record,
        key: &str,
        missing: Missing<'_>,
    ) -> Option<Option<Value>> {
        match self.slot(table, record, key) {
            Slot::Value(value) => Some(Some(value)),
            Slot::Absent => Some(None),
            Slot::Broken => None,
            Slot::Blank(at) => {
                self.blank(at, missing);
                Some(Some(OPEN))
            }
        }
    }

    /// The index of a name; unknown names are told with the nearest known one.
    fn reference(&mut self, what: &str, node: &Node, known: &[String]) -> Option<usize> {
        let name = node.text()?;
        let found = known.iter().position(|other| other == name);
        if found.is_none() {
            self.unknown(what, name, node.span, known);
        }
        found
    }

    fn unknown(&mut self, what: &str, name: &str, at: Span, known: &[String]) {
        let names = || known.iter().map(String::as_str);
        let fault = Fault::UnknownReference {
            what: what.to_owned(),
            name: name.to_owned(),
            near: nearest(name, names()),
            known: listed(names()),
        };
        self.raise(at, fault);
    }

    /// First and last year of `{ from, to }`, in order.
    fn years(&mut self, node: &Node, what: &str) -> Option<(i32, i32)> {
        let table = node.table()?;
        let from = table.node("from").and_then(year)?;
        let to = table.node("to").and_then(year)?;
        self.in_order(node.span, what, from, to)
    }

    fn in_order(&mut self, at: Span, what: &str, from: i32, to: i32) -> Option<(i32, i32)> {
        if from > to {
            self.raise(
                at,
                Fault::PeriodReversed {
                    what: what.to_owned(),
                    from,
                    to,
                },
            );
            return None;
        }
        Some((from, to))
    }
}

/// Reader's text; the Danish one stands in for an English one that is missing.
fn words(table: &Table, key: &str) -> Option<Words> {
    let table = table.node(key)?.table()?;
    let da = table.node("da")?.text()?.to_owned();
    let en = table
        .node("en")
        .and_then(Node::text)
        .map_or_else(|| da.clone(), str::to_owned);
    Some(Words { da, en })
}

/// Reader's text, or the name made readable.
fn label(table: &Table, name: &str) -> Words {
    words(table, "label").unwrap_or_else(|| Words::same(name.replace('_', " ")))
}

fn text(table: &Table, key: &str) -> Option<String> {
    let node = table.node(key)?;
    if is_blank(node) {
        None
    } else {
        node.text().map(str::to_owned)
    }
}

fn text_or_empty(table: &Table, key: &str) -> String {
    text(table, key).unwrap_or_default()
}

fn number(table: &Table, key: &str) -> Option<f64> {
    table.node(key)?.number().filter(|value| value.is_finite())
}

fn whole(table: &Table, key: &str) -> Option<u32> {
    u32::try_from(table.node(key)?.whole()?).ok()
}

fn year(node: &Node) -> Option<i32> {
    node.whole()
        .and_then(|year| i32::try_from(year).ok())
        .filter(|y| (1900..=2200).contains(y))
}

fn party(node: &Node) -> Option<Party> {
    Party::from_key(node.text()?)
}

fn list<'a>(table: &'a Table, key: &str) -> &'a [Node] {
    table.node(key).and_then(Node::list).unwrap_or_default()
}

/// The tables of `[[key]]` with their places.
fn items<'a>(table: &'a Table, key: &str) -> impl Iterator<Item = (&'a Table, Span)> + use<'a> {
    list(table, key)
        .iter()
        .filter_map(|node| Some((node.table()?, node.span)))
}

/// The named tables of `[key.name]`.
fn named<'a>(
    table: &'a Table,
    key: &str,
) -> impl Iterator<Item = (&'a str, &'a Table, Span)> + use<'a> {
    let entries = table
        .node(key)
        .and_then(Node::table)
        .map(|t| t.entries.as_slice());
    entries
        .unwrap_or_default()
        .iter()
        .filter_map(|entry| Some((entry.key.as_str(), entry.node.table()?, entry.node.span)))
}
