//! A TOML file as a tree in which every key and value knows its place.
//!
//! ```text
//! text ─parse (recovering)→ Table { Entry { key, span, Node { span, Value } } … } in file order
//!            └──────────────→ Fault::Syntax, one for each broken place
//! ```
//!
//! *Promise:* file order is kept; a broken line costs that line, not the file.
//! *Absent:* what the keys mean.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Fault, Faults, FileId, Sources, Span};

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where the value stands; of a table its header or its braces.
    pub span: Span,
    /// What stands there.
    pub value: Value,
}

/// What TOML can say.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a decimal point; may be NaN or infinite.
    Float(f64),
    /// true or false.
    Flag(bool),
    /// A TOML date, which no key of the grammar takes.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

/// A table in file order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The entries in file order; keys are unique.
    pub entries: Vec<Entry>,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// Its value.
    pub node: Node,
}

impl Table {
    /// The value of a key.
    pub fn node(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The key with its value.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The keys in file order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.key.as_str())
    }
}

impl Node {
    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, whole or not.
    pub fn number(&self) -> Option<f64> {
        match self.value {
            Value::Integer(value) => Some(value as f64),
            Value::Float(value) => Some(value),
            _ => None,
        }
    }

    /// The whole number; 3.0 is one too.
    pub fn whole(&self) -> Option<i64> {
        match self.value {
            Value::Integer(value) => Some(value),
            Value::Float(value) if value.fract() == 0.0 && value.abs() < 1e15 => Some(value as i64),
            _ => None,
        }
    }

    /// true or false.
    pub fn flag(&self) -> Option<bool> {
        match self.value {
            Value::Flag(value) => Some(value),
            _ => None,
        }
    }

    /// The table, if it is one.
    pub fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The items, if it is a list.
    pub fn list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The kind of value in words: "a text".
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Text(_) => "a text",
            Value::Integer(_) | Value::Float(_) => "a number",
            Value::Flag(_) => "true or false",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }

    /// The value as written, short.
    pub fn shown(&self) -> String {
        match &self.value {
            Value::Text(text) => format!("\"{text}\""),
            Value::Integer(value) => value.to_string(),
            Value::Float(value) => value.to_string(),
            Value::Flag(value) => value.to_string(),
            Value::Date(date) => date.clone(),
            Value::List(_) | Value::Table(_) => self.kind().to_owned(),
        }
    }
}

/// A file as far as it could be read.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The file itself, as a node whose span is its first byte.
    pub root: Node,
    /// 0-based lines on which the syntax is broken.
    pub broken_lines: Vec<usize>,
}

/// Parses a file, raising a fault for every broken place.
pub fn parse(file: FileId, sources: &Sources, faults: &mut Faults) -> Parsed {
    let text = sources.text(file).clone();
    let (table, errors) = DeTable::parse_recoverable(&text);
    let mut broken_lines = Vec::new();
    for error in &errors {
        let at = Span::new(file, visible(&text, error.span().unwrap_or(0..0)));
        let line = sources.place(at).line - 1;
        // One broken line makes the parser stumble several times; the first says it best.
        if !broken_lines.contains(&line) {
            broken_lines.push(line);
            faults.raise(
                at,
                Fault::Syntax {
                    what: error.message().replace('\n', ", "),
                },
            );
        }
    }
    let mut planting = Planting { file, faults };
    let root = Node {
        span: Span::head(file),
        value: Value::Table(planting.table(table.get_ref())),
    };
    Parsed { root, broken_lines }
}

/// An error at the end of a line is shown on that line, not at the start of the next.
fn visible(text: &str, range: Range<usize>) -> Range<usize> {
    let start = range.start.min(text.len());
    if text[start..].starts_with(['\n', '\r']) || start == text.len() {
        let before = text[..start].trim_end_matches(['\n', '\r']).len();
        return before..before;
    }
    start..range.end.min(text.len())
}

struct Planting<'a> {
    file: FileId,
    faults: &'a mut Faults,
}

impl Planting<'_> {
    fn table(&mut self, table: &DeTable<'_>) -> Table {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_span: Span::new(self.file, key.span()),
                node: self.node(value),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span.start);
        Table { entries }
    }

    fn node(&mut self, value: &Spanned<DeValue<'_>>) -> Node {
        let span = Span::new(self.file, value.span());
        let value = match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => {
                match i64::from_str_radix(number.as_str(), number.radix()) {
                    Ok(number) => Value::Integer(number),
                    Err(_) => {
                        self.faults.raise(span, too_large());
                        Value::Integer(0)
                    }
                }
            }
            DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Datetime(date) => Value::Date(date.to_string()),
            DeValue::Array(items) => {
                Value::List(items.iter().map(|item| self.node(item)).collect())
            }
            DeValue::Table(table) => Value::Table(self.table(table)),
        };
        Node { span, value }
    }
}

fn too_large() -> Fault {
    Fault::Syntax {
        what: "a whole number larger than a computer counts".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Parsed, crate::diagnostic::Diagnostics) {
        let mut sources = Sources::default();
        let file = sources.add("a.toml", text);
        let mut faults = Faults::default();
        let parsed = parse(file, &sources, &mut faults);
        (parsed, faults.settle(&sources))
    }

    #[test]
    fn entries_keep_the_order_of_the_file() {
        let (parsed, _) = read("b = 1\na = 2\n[z]\n[c]\n");
        let keys: Vec<&str> = parsed.root.table().unwrap().keys().collect();
        assert_eq!(keys, ["b", "a", "z", "c"]);
    }

    #[test]
    fn several_broken_lines_are_told_at_once_and_the_rest_is_read() {
        let (parsed, told) = read("a = 1\nb = \"x\nc = = 2\nd = 4\ne = 1.2.3\n");
        let lines: Vec<usize> = told.iter().map(|fault| fault.places[0].line).collect();
        assert_eq!(lines, [2, 3, 5]);
        assert_eq!(
            parsed.root.table().unwrap().node("d").unwrap().number(),
            Some(4.0)
        );
    }

    #[test]
    fn a_table_stands_at_its_header() {
        let text = "x = 1\n[parameter.rr]\nlaw.fixed = 1\n[[effect]]\n[[effect]]\n";
        let (parsed, _) = read(text);
        let root = parsed.root.table().unwrap();
        let parameter = root.node("parameter").unwrap().table().unwrap();
        let span = parameter.node("rr").unwrap().span;
        assert_eq!(
            &text[span.start as usize..span.end as usize],
            "[parameter.rr]"
        );
        let effects = root.node("effect").unwrap().list().unwrap();
        let second = effects[1].span;
        assert_eq!(
            (
                &text[second.start as usize..second.end as usize],
                second.start
            ),
            ("[[effect]]", 46)
        );
    }

    #[test]
    fn numbers_with_underscores_and_other_bases_are_numbers() {
        let (parsed, told) = read("a = 1_200\nb = 0x10\nc = 1_000.5\nd = inf\n");
        let root = parsed.root.table().unwrap();
        assert!(told.is_empty());
        assert_eq!(root.node("a").unwrap().number(), Some(1200.0));
        assert_eq!(root.node("b").unwrap().number(), Some(16.0));
        assert_eq!(root.node("c").unwrap().number(), Some(1000.5));
        assert_eq!(root.node("d").unwrap().number(), Some(f64::INFINITY));
    }
}
