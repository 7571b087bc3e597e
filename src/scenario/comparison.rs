//! Two scenarios side by side: what differs, and the first with any part of that.
//!
//! ```text
//! A, B ─compose→ trees ─difference→ differences ──some of them──▶ A with those ─check→ Model
//! ```
//!
//! Promise: A with every difference says what B says, but for tables in files of their own, which
//! are named. Absent: what a difference costs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::check::check;
use super::compose::{Composed, Kind, Layered};
use super::difference::{Change, Step, along, apply, difference};
use super::tree::{Entry, Node, Table, Value};
use super::{Inputs, Read, composed, read};
use crate::diagnostic::{Diagnostics, Faults, Span};
use crate::model::{Model, Words};

/// Keys that say where something stands, not what.
const PLACES: [&str; 6] = ["schema", "kind", "extends", "world", "balance", "variant"];

/// Two scenarios and what differs.
#[derive(Debug)]
pub struct Comparison {
    /// The first.
    pub a: Read,
    /// The second.
    pub b: Read,
    /// What differs in their TOML files.
    pub differences: Vec<Difference>,
    /// Tables whose content differs, by path.
    pub tables: Vec<String>,
    path: PathBuf,
}

/// One thing that differs, and in which file it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Agreement, world or balance principle.
    pub part: Kind,
    /// What differs.
    pub change: Change,
    /// Name for readers of the thing that it is, or is inside of.
    pub label: Option<Words>,
}

impl Comparison {
    /// Reads both.
    ///
    /// # Errors
    /// The faults of the first that has any.
    pub fn of(a: &Path, b: &Path) -> Result<Comparison, Diagnostics> {
        let (read_a, read_b) = (read(a)?, read(b)?);
        let trees = |path: &Path| composed(path, &mut Faults::default());
        let (tree_a, tree_b) = (trees(a), trees(b));
        let parts = [Kind::Agreement, Kind::World, Kind::Balance];
        let within = |part: Kind| {
            let (Some(a), Some(b)) = (layer(&tree_a, part), layer(&tree_b, part)) else {
                return Vec::new();
            };
            let changes = difference(&content(&a.table), &content(&b.table)).into_iter();
            let named = changes.map(|change| Difference {
                part,
                label: label(&b.table, &change).or_else(|| label(&a.table, &change)),
                change,
            });
            named.collect()
        };
        Ok(Comparison {
            differences: parts.into_iter().flat_map(within).collect(),
            tables: tables(&read_a.inputs, &read_b.inputs),
            a: read_a,
            b: read_b,
            path: a.to_owned(),
        })
    }

    /// A with some of the differences; `None` where they cannot stand without others.
    pub fn a_with(&self, which: &BTreeSet<usize>) -> Option<Model> {
        let mut faults = Faults::default();
        let mut composed = composed(&self.path, &mut faults);
        for index in which {
            let Difference { part, change, .. } = &self.differences[*index];
            let layered = layer_mut(&mut composed, *part)?;
            let change = standing_at(change, layered.head);
            layered.table = apply(&layered.table, &change);
        }
        let (model, _) = check(composed, &mut faults);
        model.filter(|model| !faults.any_error() && model.blanks.is_empty())
    }

    /// What must be made together: each difference alone, or, where it cannot stand, with those it
    /// names or is named by and with its equally helpless neighbours. In order of the first.
    pub fn steps(&self) -> Vec<BTreeSet<usize>> {
        let all = 0..self.differences.len();
        let alone: Vec<bool> = all
            .clone()
            .map(|i| self.a_with(&[i].into()).is_some())
            .collect();
        let mut steps: Vec<BTreeSet<usize>> = Vec::new();
        for index in all {
            let step = match alone[index] {
                true => BTreeSet::from([index]),
                false => self.bound_to(index, &alone),
            };
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
        steps
    }

    fn bound_to(&self, index: usize, alone: &[bool]) -> BTreeSet<usize> {
        let mut bound = BTreeSet::from([index]);
        loop {
            let is_bound = |i: usize| bound.iter().any(|j| self.are_bound(i, *j, alone));
            let all = 0..self.differences.len();
            let more: Vec<usize> = all.filter(|i| !bound.contains(i) && is_bound(*i)).collect();
            if more.is_empty() {
                return bound;
            }
            bound.extend(more);
        }
    }

    fn are_bound(&self, i: usize, j: usize, alone: &[bool]) -> bool {
        // One that stands alone may be needed, but needs nobody.
        if alone[i] && alone[j] {
            return false;
        }
        let neighbours = !alone[i] && !alone[j];
        let (i, j) = (&self.differences[i].change, &self.differences[j].change);
        mentions(i, j) || mentions(j, i) || (neighbours && item(i).is_some() && item(i) == item(j))
    }
}

impl Difference {
    /// Whether it is a whole thing, not a part of one.
    pub fn is_whole(&self) -> bool {
        let path = &self.change.path;
        path.len() < 2 || item(&self.change).is_some_and(|item| item.len() == path.len())
    }

    /// Name of the figure that it is, or is inside of.
    pub fn parameter(&self) -> Option<&str> {
        match &self.change.path[..] {
            [Step::Key(key), Step::Key(name), ..] if key == "parameter" => Some(name),
            _ => None,
        }
    }

    /// First key of its place.
    pub fn key(&self) -> &str {
        match self.change.path.first() {
            Some(Step::Key(name) | Step::Named(name)) => name,
            None => "",
        }
    }

    /// Before and after on one line, without what is the same in both.
    pub fn shown(&self) -> (String, String) {
        let reduced = match (table_of(&self.change.before), table_of(&self.change.after)) {
            (Some(before), Some(after)) => Change {
                path: self.change.path.clone(),
                before: Some(without_same(before, after)),
                after: Some(without_same(after, before)),
            },
            _ => self.change.clone(),
        };
        reduced.shown()
    }
}

/// The label that stands deepest on the way to a change.
fn label(table: &Table, change: &Change) -> Option<Words> {
    let labels = along(table, &change.path).into_iter().rev();
    let mut labels = labels.filter_map(|node| node.table()?.node("label"));
    let label = labels.next()?;
    let in_language = |key: &str| {
        let text = label
            .table()
            .and_then(|table| table.node(key))
            .and_then(Node::text);
        text.or(label.text()).map(str::to_owned)
    };
    let da = in_language("da")?;
    Some(Words {
        en: in_language("en").unwrap_or_else(|| da.clone()),
        da,
    })
}

fn table_of(node: &Option<Node>) -> Option<&Node> {
    node.as_ref().filter(|node| node.table().is_some())
}

fn without_same(node: &Node, other: &Node) -> Node {
    let text = |node: &Node| {
        let alone = Change {
            path: Vec::new(),
            before: None,
            after: Some(node.clone()),
        };
        alone.shown().1
    };
    let other = other.table();
    let differs = |entry: &&Entry| {
        let twin = other.and_then(|table| table.node(&entry.key));
        twin.is_none_or(|twin| text(twin) != text(&entry.node))
    };
    let entries = node
        .table()
        .map(|table| table.entries.iter().filter(differs).cloned());
    Node {
        span: node.span,
        value: Value::Table(Table {
            entries: entries.into_iter().flatten().collect(),
        }),
    }
}

/// The named thing that a change is inside of: a mechanism, a transfer, a parameter.
fn item(change: &Change) -> Option<&[Step]> {
    let names = |step: &Step| matches!(step, Step::Named(_));
    match change.path.iter().position(names) {
        Some(at) => Some(&change.path[..=at]),
        None => change.path.get(..2),
    }
}

/// Whether a change's text holds the name of the thing that another is, or is inside of.
fn mentions(change: &Change, other: &Change) -> bool {
    let Some([.., Step::Key(name) | Step::Named(name)]) = item(other) else {
        return false;
    };
    let (before, after) = change.shown();
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let holds = |text: &str| text.split(|c| !is_part(c)).any(|word| word == name);
    holds(&before) || holds(&after)
}

fn layer(composed: &Composed, part: Kind) -> Option<&Layered> {
    match part {
        Kind::Agreement => composed.agreement.as_ref(),
        Kind::World => composed.world.as_ref(),
        Kind::Balance => composed.balance.as_ref(),
        Kind::Portfolio => None,
    }
}

fn layer_mut(composed: &mut Composed, part: Kind) -> Option<&mut Layered> {
    match part {
        Kind::Agreement => composed.agreement.as_mut(),
        Kind::World => composed.world.as_mut(),
        Kind::Balance => composed.balance.as_mut(),
        Kind::Portfolio => None,
    }
}

fn content(table: &Table) -> Table {
    let mut table = table.clone();
    table
        .entries
        .retain(|entry| !PLACES.contains(&entry.key.as_str()));
    table
}

/// The change with every place in A's own file: B's places mean nothing there.
fn standing_at(change: &Change, at: Span) -> Change {
    Change {
        path: change.path.clone(),
        before: None,
        after: change.after.as_ref().map(|node| node_at(node, at)),
    }
}

fn node_at(node: &Node, at: Span) -> Node {
    let value = match &node.value {
        Value::List(items) => Value::List(items.iter().map(|item| node_at(item, at)).collect()),
        Value::Table(table) => Value::Table(Table {
            entries: table
                .entries
                .iter()
                .map(|entry| entry_at(entry, at))
                .collect(),
        }),
        plain => plain.clone(),
    };
    Node { span: at, value }
}

fn entry_at(entry: &Entry, at: Span) -> Entry {
    Entry {
        key: entry.key.clone(),
        key_span: at,
        node: node_at(&entry.node, at),
    }
}

/// Tables that only one of them reads, or that hold something else.
fn tables(a: &Inputs, b: &Inputs) -> Vec<String> {
    let table = |path: &str| !path.ends_with(".toml");
    let missing = |from: &Inputs, in_: &Inputs| -> Vec<String> {
        let new = from
            .iter()
            .filter(|input| table(&input.path) && !in_.contains(input));
        new.map(|input| input.path.clone()).collect()
    };
    let mut paths = missing(a, b);
    paths.extend(missing(b, a));
    paths.sort();
    paths.dedup();
    paths
}
