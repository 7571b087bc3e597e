//! How an extending file is laid over what it extends.
//!
//! A key of the extending file replaces the same key below it. Named tables (`[parameter.x]`,
//! `[service.x]`) are replaced key by key, so that a file may say only its difference; lists of
//! tables item by item where items have a name, otherwise they are added.

use super::{Record, Shape};
use crate::scenario::tree::{Entry, Node, Table, Value};

/// `over` laid over `base`; every key keeps the place it was written at.
pub fn lay(record: &'static Record, base: Table, over: Table) -> Table {
    let mut laid = base;
    for entry in over.entries {
        let shape = record.field(&entry.key).map(|field| &field.shape);
        match laid.entries.iter_mut().find(|below| below.key == entry.key) {
            Some(below) => lay_entry(shape, below, entry),
            None => laid.entries.push(entry),
        }
    }
    laid
}

fn lay_entry(shape: Option<&'static Shape>, below: &mut Entry, over: Entry) {
    let span = over.node.span;
    let value = match (
        shape,
        std::mem::replace(&mut below.node.value, Value::Flag(false)),
        over.node.value,
    ) {
        (Some(Shape::Section(record)), Value::Table(base), Value::Table(over)) => {
            Value::Table(lay(record, base, over))
        }
        (Some(Shape::Map(_, Shape::Section(record))), Value::Table(base), Value::Table(over)) => {
            Value::Table(lay_named(record, base, over))
        }
        (Some(Shape::Items(_, identity)), Value::List(base), Value::List(over)) => {
            Value::List(lay_items(*identity, base, over))
        }
        (_, _, over) => over,
    };
    below.key_span = over.key_span;
    below.node = Node { span, value };
}

fn lay_named(record: &'static Record, base: Table, over: Table) -> Table {
    let mut laid = base;
    for entry in over.entries {
        let Some(below) = laid.entries.iter_mut().find(|below| below.key == entry.key) else {
            laid.entries.push(entry);
            continue;
        };
        let base = std::mem::replace(&mut below.node.value, Value::Flag(false));
        below.node.span = entry.node.span;
        below.key_span = entry.key_span;
        below.node.value = match (base, entry.node.value) {
            (Value::Table(base), Value::Table(over)) => Value::Table(lay(record, base, over)),
            (_, over) => over,
        };
    }
    laid
}

fn lay_items(identity: Option<&'static str>, base: Vec<Node>, over: Vec<Node>) -> Vec<Node> {
    let name =
        |node: &Node| -> Option<String> { Some(node.table()?.node(identity?)?.text()?.to_owned()) };
    let mut laid = base;
    for item in over {
        let same = |below: &&mut Node| name(&item).is_some() && name(below) == name(&item);
        match laid.iter_mut().find(same) {
            Some(below) => *below = item,
            None => laid.push(item),
        }
    }
    laid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Faults, Sources};
    use crate::scenario::grammar::AGREEMENT;
    use crate::scenario::tree::parse;

    fn laid(base: &str, over: &str) -> Table {
        let mut sources = Sources::default();
        let mut faults = Faults::default();
        let [base, over] = [base, over].map(|text| {
            let file = sources.add("a.toml", text);
            let parsed = parse(file, &sources, &mut faults);
            parsed.root.table().unwrap().clone()
        });
        assert!(!faults.any_error());
        lay(&AGREEMENT, base, over)
    }

    #[test]
    fn a_named_table_is_replaced_key_by_key_and_its_law_whole() {
        let table = laid(
            "horizon = 10\n[parameter.rr]\nunit = \"ratio\"\nlaw.fixed = 1\n",
            "[parameter.rr]\nlaw.normal = { mean = 1, sd = 2 }\n",
        );
        let rr = table
            .node("parameter")
            .unwrap()
            .table()
            .unwrap()
            .node("rr")
            .unwrap();
        assert_eq!(
            rr.table().unwrap().node("unit").unwrap().text(),
            Some("ratio")
        );
        let law = rr.table().unwrap().node("law").unwrap().table().unwrap();
        assert_eq!(law.keys().collect::<Vec<_>>(), ["normal"]);
        assert_eq!(table.node("horizon").unwrap().number(), Some(10.0));
    }

    #[test]
    fn a_list_item_of_the_same_name_is_replaced_and_others_are_added() {
        let table = laid(
            "[[effect]]\nname = \"a\"\nlag_months = 1\n[[effect]]\nname = \"b\"\n",
            "[[effect]]\nname = \"a\"\n[[effect]]\nname = \"c\"\n",
        );
        let effects = table.node("effect").unwrap().list().unwrap();
        let names: Vec<_> = effects
            .iter()
            .map(|e| e.table().unwrap().node("name").unwrap().text().unwrap())
            .collect();
        assert_eq!(names, ["a", "b", "c"]);
        assert!(effects[0].table().unwrap().node("lag_months").is_none());
    }
}
