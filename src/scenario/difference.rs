//! What differs between two scenarios, item by item, and one laid into the other.
//!
//! ```text
//!   A, B ─resolve→ plain trees ─difference→ changes ─apply one→ A with that change
//! ```
//!
//! An item is what an author would call one thing: a parameter, a named mechanism or transfer, a
//! service, a group, a coverage, any other key. Text for readers is an item too: it is listed,
//! and its effect is nothing.
//! Absent: files and figures. What a change costs is the business of `analysis`.

use super::tree::{Entry, Node, Table, Value};

/// A step into a tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A key of a table.
    Key(String),
    /// The item of a list that has this `name` or `id`.
    Named(String),
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Where.
    pub path: Vec<Step>,
    /// What stood in A.
    pub before: Option<Node>,
    /// What stands in B.
    pub after: Option<Node>,
}

impl Change {
    /// The place in words: `parameter.rr`, `effect[faerre_indlaeggelser].lag_months`.
    pub fn place(&self) -> String {
        let mut text = String::new();
        for step in &self.path {
            match step {
                Step::Key(key) if text.is_empty() => text.push_str(key),
                Step::Key(key) => {
                    text.push('.');
                    text.push_str(key);
                }
                Step::Named(name) => text.push_str(&format!("[{name}]")),
            }
        }
        text
    }

    /// Before and after as an author would write them, on one line.
    pub fn shown(&self) -> (String, String) {
        let text = |node: &Option<Node>| node.as_ref().map_or("–".into(), in_line);
        (text(&self.before), text(&self.after))
    }
}

/// Tables whose entries are things of their own.
const COLLECTIONS: [&str; 5] = ["parameter", "service", "group", "coverage", "price_index"];

/// What differs between two trees, in the order of B, then what B lost.
pub fn difference(a: &Table, b: &Table) -> Vec<Change> {
    let mut changes = Vec::new();
    compare_tables(a, b, &mut Vec::new(), &mut changes);
    changes
}

fn compare_tables(a: &Table, b: &Table, path: &mut Vec<Step>, changes: &mut Vec<Change>) {
    for entry in &b.entries {
        path.push(Step::Key(entry.key.clone()));
        match a.node(&entry.key) {
            Some(before) => compare(before, &entry.node, path, changes),
            None => push(changes, path, None, Some(&entry.node)),
        }
        path.pop();
    }
    for entry in &a.entries {
        if b.node(&entry.key).is_none() {
            path.push(Step::Key(entry.key.clone()));
            push(changes, path, Some(&entry.node), None);
            path.pop();
        }
    }
}

fn push(changes: &mut Vec<Change>, path: &[Step], before: Option<&Node>, after: Option<&Node>) {
    changes.push(Change {
        path: path.to_vec(),
        before: before.cloned(),
        after: after.cloned(),
    });
}

/// Whether a change inside this path is told apart from its neighbours.
fn opens(path: &[Step]) -> bool {
    match path {
        [Step::Key(key)] => COLLECTIONS.contains(&key.as_str()),
        [Step::Key(key), Step::Key(_)] => key == "service" || key == "coverage" || key == "group",
        [Step::Key(_), Step::Named(_)] => true,
        _ => false,
    }
}

fn compare(a: &Node, b: &Node, path: &mut Vec<Step>, changes: &mut Vec<Change>) {
    if same(a, b) {
        return;
    }
    match (&a.value, &b.value) {
        (Value::Table(left), Value::Table(right)) if opens(path) => {
            compare_tables(left, right, path, changes);
        }
        (Value::List(left), Value::List(right)) if named(left) && named(right) => {
            compare_named(left, right, path, changes);
        }
        _ => push(changes, path, Some(a), Some(b)),
    }
}

/// The name an item of a list goes by.
fn name_of(node: &Node) -> Option<String> {
    let table = node.table()?;
    let key = |k: &str| table.node(k).and_then(|n| n.text()).map(str::to_string);
    let words = || {
        let da = table.node("name")?.table()?.node("da")?;
        da.text().map(str::to_string)
    };
    key("name")
        .or_else(|| key("id"))
        .or_else(|| key("service"))
        .or_else(words)
}

fn named(items: &[Node]) -> bool {
    let names: Vec<Option<String>> = items.iter().map(name_of).collect();
    let mut known: Vec<&String> = names.iter().flatten().collect();
    known.sort_unstable();
    known.dedup();
    !items.is_empty() && known.len() == items.len()
}

fn compare_named(a: &[Node], b: &[Node], path: &mut Vec<Step>, changes: &mut Vec<Change>) {
    let find = |items: &[Node], name: &str| {
        items
            .iter()
            .find(|n| name_of(n).as_deref() == Some(name))
            .cloned()
    };
    for item in b {
        let name = name_of(item).unwrap_or_default();
        path.push(Step::Named(name.clone()));
        match find(a, &name) {
            Some(before) => compare(&before, item, path, changes),
            None => push(changes, path, None, Some(item)),
        }
        path.pop();
    }
    for item in a {
        let name = name_of(item).unwrap_or_default();
        if find(b, &name).is_none() {
            path.push(Step::Named(name));
            push(changes, path, Some(item), None);
            path.pop();
        }
    }
}

/// Equal values, wherever they stand.
fn same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Table(left), Value::Table(right)) => {
            let within = |e: &Entry| right.node(&e.key).is_some_and(|n| same(&e.node, n));
            left.entries.len() == right.entries.len() && left.entries.iter().all(within)
        }
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(x, y)| same(x, y))
        }
        (Value::Integer(_) | Value::Float(_), Value::Integer(_) | Value::Float(_)) => {
            a.number() == b.number()
        }
        (left, right) => left == right,
    }
}

/// The values that a path leads through, as far as they are there.
pub fn along<'t>(table: &'t Table, path: &[Step]) -> Vec<&'t Node> {
    let mut nodes: Vec<&Node> = Vec::new();
    for step in path {
        let below = match (step, nodes.last()) {
            (Step::Key(key), None) => table.node(key),
            (Step::Key(key), Some(node)) => node.table().and_then(|table| table.node(key)),
            (Step::Named(name), above) => {
                let items = above.and_then(|node| node.list()).into_iter().flatten();
                items
                    .into_iter()
                    .find(|node| name_of(node).as_ref() == Some(name))
            }
        };
        match below {
            Some(node) => nodes.push(node),
            None => break,
        }
    }
    nodes
}

/// The tree with one change made.
pub fn apply(tree: &Table, change: &Change) -> Table {
    let mut tree = tree.clone();
    set_in_table(&mut tree, &change.path, change.after.as_ref());
    tree
}

fn set_in_table(table: &mut Table, path: &[Step], value: Option<&Node>) {
    let [Step::Key(key), rest @ ..] = path else {
        return;
    };
    let at = table.entries.iter().position(|e| e.key == *key);
    match (at, rest.is_empty(), value) {
        (Some(at), true, None) => {
            table.entries.remove(at);
        }
        (Some(at), true, Some(value)) => table.entries[at].node = value.clone(),
        (Some(at), false, _) => set_in_node(&mut table.entries[at].node, rest, value),
        (None, true, Some(value)) => {
            let key_span = value.span;
            table.entries.push(Entry {
                key: key.clone(),
                key_span,
                node: value.clone(),
            });
        }
        (None, _, _) => {}
    }
}

fn set_in_node(node: &mut Node, path: &[Step], value: Option<&Node>) {
    match (&mut node.value, path) {
        (Value::Table(table), [Step::Key(_), ..]) => set_in_table(table, path, value),
        (Value::List(items), [Step::Named(name), rest @ ..]) => {
            let at = items.iter().position(|n| name_of(n).as_ref() == Some(name));
            match (at, rest.is_empty(), value) {
                (Some(at), true, None) => {
                    items.remove(at);
                }
                (Some(at), true, Some(value)) => items[at] = value.clone(),
                (Some(at), false, _) => set_in_node(&mut items[at], rest, value),
                (None, true, Some(value)) => items.push(value.clone()),
                (None, _, _) => {}
            }
        }
        _ => {}
    }
}

/// A value on one line.
fn in_line(node: &Node) -> String {
    match &node.value {
        Value::List(items) => {
            let parts: Vec<String> = items.iter().map(in_line).collect();
            format!("[{}]", parts.join(", "))
        }
        Value::Table(table) => {
            let part = |e: &Entry| format!("{} = {}", e.key, in_line(&e.node));
            let parts: Vec<String> = table.entries.iter().map(part).collect();
            format!("{{ {} }}", parts.join(", "))
        }
        _ => node.shown(),
    }
}
