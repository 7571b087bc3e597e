//! A file against the grammar: unknown keys and wrong types, then what is missing.
//!
//! Types are looked at file by file, so that a fault stands where it was written; missing keys
//! only after the files of a chain are laid over each other, since a base may hold them.

use super::{BLANK, Field, Keys, Need, Record, Shape, Slot};
use crate::diagnostic::{Fault, Faults, Span};
use crate::scenario::near::{listed, nearest};
use crate::scenario::tree::{Entry, Node, Table, Value};
use crate::units::{NumberFault, Share, Unit};

/// One pass over a file.
pub struct Walk<'a> {
    /// Where faults go.
    pub faults: &'a mut Faults,
}

impl Walk<'_> {
    /// Checks every key and value of a table; `place` names it in messages.
    pub fn record(&mut self, record: &'static Record, table: &Table, place: &str) {
        for entry in &table.entries {
            match record.field(&entry.key) {
                Some(field) => self.field(field, entry, place),
                None => self
                    .faults
                    .raise(entry.key_span, unknown_key(record, &entry.key, place)),
            }
        }
    }

    fn field(&mut self, field: &'static Field, entry: &Entry, place: &str) {
        if field.need == Need::Gate && is_blank(&entry.node) {
            return;
        }
        self.shape(
            &field.shape,
            &entry.node,
            &entry.key,
            &inner_place(place, &entry.key),
        );
    }

    fn shape(&mut self, shape: &'static Shape, node: &Node, key: &str, place: &str) {
        match shape {
            Shape::Text | Shape::Path => self.text(shape, node, key),
            Shape::Id => self.id(node, key),
            Shape::Words => self.words(node, key, place),
            Shape::Flag => self.want(node.flag().is_some(), shape, node, key),
            Shape::Number => {
                self.number(shape, node, key);
            }
            Shape::Positive => self.number_in(shape, node, key, |v| v > 0.0, "(0, ∞)"),
            Shape::NonNegative => self.non_negative(shape, node, key),
            Shape::Fraction => self.fraction(shape, node, key),
            Shape::Whole(low, high) => self.whole(shape, node, key, *low, *high),
            Shape::Year | Shape::Date => self.date(shape, node, key),
            Shape::Day => self.day(node, key),
            Shape::Choice(words) => self.choice(shape, words, node, key),
            Shape::Slot(slot) => self.slot(shape, slot, node, key),
            Shape::List(item) => self.list(shape, item, node, key, place),
            Shape::Items(record, identity) => self.items(shape, record, *identity, node, key),
            Shape::Record(record) | Shape::Section(record) => match node.table() {
                Some(table) => self.record(record, table, place),
                None => self.wrong_type(shape, node, key),
            },
            Shape::Map(keys, value) => self.map(shape, *keys, value, node, key, place),
            Shape::Either(shapes) => match shapes.iter().find(|shape| shape.takes(node)) {
                Some(inner) => self.shape(inner, node, key, place),
                None => self.wrong_type(shape, node, key),
            },
        }
    }

    fn text(&mut self, shape: &Shape, node: &Node, key: &str) {
        match node.text() {
            Some(text) if text.trim().is_empty() => {
                self.faults.raise(
                    node.span,
                    Fault::EmptyText {
                        key: key.to_owned(),
                    },
                );
            }
            Some(_) => {}
            None => self.wrong_type(shape, node, key),
        }
    }

    fn id(&mut self, node: &Node, key: &str) {
        match node.text() {
            Some(name) => self.name(name, node.span),
            None => self.wrong_type(&Shape::Id, node, key),
        }
    }

    fn name(&mut self, name: &str, at: Span) {
        if !is_id(name) {
            self.faults.raise(
                at,
                Fault::BadName {
                    name: name.to_owned(),
                    suggestion: as_id(name),
                },
            );
        }
    }

    fn words(&mut self, node: &Node, key: &str, place: &str) {
        let Some(table) = node.table() else {
            return self.wrong_type(&Shape::Words, node, key);
        };
        for entry in &table.entries {
            match entry.key.as_str() {
                "da" | "en" => self.text(&Shape::Text, &entry.node, &entry.key),
                other => {
                    let near = nearest(other, ["da", "en"]);
                    let (key, table) = (other.to_owned(), place.to_owned());
                    let fault = Fault::UnknownKey {
                        key,
                        table,
                        near,
                        allowed: "da, en".into(),
                    };
                    self.faults.raise(entry.key_span, fault);
                }
            }
        }
        if table.node("da").is_none() {
            let meaning = "the Danish text; `en` may follow".to_owned();
            let fault = Fault::MissingKey {
                key: "da".into(),
                table: place.to_owned(),
                meaning,
            };
            self.faults.raise(node.span, fault);
        }
    }

    /// The number, if it is one and finite.
    fn number(&mut self, shape: &Shape, node: &Node, key: &str) -> Option<f64> {
        let Some(value) = node.number() else {
            self.wrong_type(shape, node, key);
            return None;
        };
        if !value.is_finite() {
            let fault = Fault::NotFinite {
                key: key.to_owned(),
                found: node.shown(),
            };
            self.faults.raise(node.span, fault);
            return None;
        }
        Some(value)
    }

    fn number_in(
        &mut self,
        shape: &Shape,
        node: &Node,
        key: &str,
        inside: fn(f64) -> bool,
        range: &str,
    ) {
        if let Some(value) = self.number(shape, node, key)
            && !inside(value)
        {
            let (key, range) = (key.to_owned(), range.to_owned());
            self.faults.raise(
                node.span,
                Fault::OutOfRange {
                    key,
                    found: value,
                    range,
                },
            );
        }
    }

    fn non_negative(&mut self, shape: &Shape, node: &Node, key: &str) {
        if let Some(value) = self.number(shape, node, key)
            && value < 0.0
        {
            let what = format!("`{key}`");
            self.faults
                .raise(node.span, Fault::NegativeFigure { what, found: value });
        }
    }

    fn fraction(&mut self, shape: &Shape, node: &Node, key: &str) {
        if let Some(value) = self.number(shape, node, key)
            && let Err(wrong) = Share::new(value)
        {
            self.faults.raise(node.span, share_fault(wrong, key, value));
        }
    }

    fn whole(&mut self, shape: &Shape, node: &Node, key: &str, low: i64, high: i64) {
        let Some(value) = self.number(shape, node, key) else {
            return;
        };
        match node.whole() {
            None => self.wrong_type(shape, node, key),
            Some(_) if key == "schema" && value != 1.0 => {
                let fault = Fault::UnsupportedSchema {
                    found: node.shown(),
                };
                self.faults.raise(node.span, fault);
            }
            Some(whole) if whole < low || whole > high => {
                let range = format!("{low}–{high}");
                let fault = Fault::OutOfRange {
                    key: key.to_owned(),
                    found: value,
                    range,
                };
                self.faults.raise(node.span, fault);
            }
            Some(_) => {}
        }
    }

    fn date(&mut self, shape: &Shape, node: &Node, key: &str) {
        let good = match (&node.value, shape) {
            (Value::Integer(year), _) => is_year(*year),
            (Value::Text(text), Shape::Date) => month_of(text).is_some(),
            (Value::Text(_) | Value::Date(_) | Value::Float(_), _) => false,
            _ => return self.wrong_type(shape, node, key),
        };
        if !good {
            self.faults.raise(
                node.span,
                Fault::BadDate {
                    found: node.shown(),
                },
            );
        }
    }

    fn day(&mut self, node: &Node, key: &str) {
        let found = match &node.value {
            Value::Text(text) | Value::Date(text) => text,
            _ => return self.wrong_type(&Shape::Day, node, key),
        };
        if day_of(found).is_none() {
            let fault = Fault::BadDay {
                found: node.shown(),
            };
            self.faults.raise(node.span, fault);
        }
    }

    fn choice(&mut self, shape: &Shape, words: &'static [&'static str], node: &Node, key: &str) {
        let Some(found) = node.text() else {
            return self.wrong_type(shape, node, key);
        };
        if words.contains(&found) {
            return;
        }
        let fault = match key {
            "kind" => Fault::UnknownKind {
                found: found.to_owned(),
            },
            _ => Fault::NotOneOf {
                key: key.to_owned(),
                found: found.to_owned(),
                allowed: listed(words.iter().copied()),
                near: nearest(found, words.iter().copied()),
            },
        };
        self.faults.raise(node.span, fault);
    }

    fn slot(&mut self, shape: &Shape, slot: &Slot, node: &Node, key: &str) {
        if let Some(value) = node.number() {
            if !slot.number {
                let fault = Fault::BareFigure {
                    key: key.to_owned(),
                    found: node.shown(),
                };
                self.faults.raise(node.span, fault);
            } else if slot.units == [Unit::Share] {
                self.fraction(shape, node, key);
            } else if !value.is_finite() {
                self.number(shape, node, key);
            }
            return;
        }
        let named = node
            .text()
            .is_some_and(|text| text.len() > 1 && text.starts_with('@'));
        self.want(named || is_blank(node), shape, node, key);
    }

    fn list(&mut self, shape: &Shape, item: &'static Shape, node: &Node, key: &str, place: &str) {
        let Some(items) = node.list() else {
            return self.wrong_type(shape, node, key);
        };
        for node in items {
            self.shape(item, node, key, place);
        }
    }

    fn items(
        &mut self,
        shape: &Shape,
        record: &'static Record,
        identity: Option<&'static str>,
        node: &Node,
        key: &str,
    ) {
        let Some(items) = node.list() else {
            return self.wrong_type(shape, node, key);
        };
        let mut seen: Vec<(&str, Span)> = Vec::new();
        for item in items {
            let Some(table) = item.table() else {
                self.wrong_type(shape, item, key);
                continue;
            };
            self.record(record, table, &item_place(key, identity, table));
            let Some(name) = identity.and_then(|id| table.node(id)) else {
                continue;
            };
            let Some(text) = name.text() else { continue };
            match seen.iter().find(|(other, _)| *other == text) {
                Some((_, first)) => {
                    let what = format!("[[{key}]]");
                    let fault = Fault::DuplicateName {
                        name: text.to_owned(),
                        what,
                    };
                    self.faults
                        .raise_beside(name.span, fault, *first, "the first");
                }
                None => seen.push((text, name.span)),
            }
        }
    }

    fn map(
        &mut self,
        shape: &Shape,
        keys: Keys,
        value: &'static Shape,
        node: &Node,
        key: &str,
        place: &str,
    ) {
        let Some(table) = node.table() else {
            return self.wrong_type(shape, node, key);
        };
        for entry in &table.entries {
            self.map_key(keys, entry);
            self.shape(
                value,
                &entry.node,
                &entry.key,
                &inner_place(place, &entry.key),
            );
        }
    }

    fn map_key(&mut self, keys: Keys, entry: &Entry) {
        let key = &entry.key;
        let fault = match keys {
            Keys::Id => return self.name(key, entry.key_span),
            Keys::Level if !is_level(key) => Fault::BadLevel { found: key.clone() },
            Keys::LevelOrDied if !is_level(key) && key != "died" => {
                Fault::BadLevel { found: key.clone() }
            }
            Keys::Year if !key.parse().is_ok_and(is_year) => Fault::BadYear { found: key.clone() },
            Keys::Party if !super::PARTIES.contains(&key.as_str()) => Fault::NotOneOf {
                key: "party".into(),
                found: key.clone(),
                allowed: listed(super::PARTIES),
                near: nearest(key, super::PARTIES),
            },
            _ => return,
        };
        self.faults.raise(entry.key_span, fault);
    }

    fn want(&mut self, good: bool, shape: &Shape, node: &Node, key: &str) {
        if !good {
            self.wrong_type(shape, node, key);
        }
    }

    fn wrong_type(&mut self, shape: &Shape, node: &Node, key: &str) {
        let fault = match node.number() {
            // A bare number may never stand for a figure, whatever else could stand there.
            Some(_) if shape.is_figure() => Fault::BareFigure {
                key: key.to_owned(),
                found: node.shown(),
            },
            _ => Fault::WrongType {
                key: key.to_owned(),
                expected: shape.expected(),
                found: described(node),
            },
        };
        self.faults.raise(node.span, fault);
    }
}

impl Shape {
    /// Whether the value has the TOML type of this shape; used to choose among alternatives.
    fn takes(&self, node: &Node) -> bool {
        match self {
            Shape::Text | Shape::Id | Shape::Path | Shape::Choice(_) => node.text().is_some(),
            Shape::Words | Shape::Record(_) | Shape::Section(_) | Shape::Map(..) => {
                node.table().is_some()
            }
            Shape::Flag => node.flag().is_some(),
            Shape::Number | Shape::Positive | Shape::NonNegative | Shape::Fraction => {
                node.number().is_some()
            }
            Shape::Whole(..) | Shape::Year => node.number().is_some(),
            // "none" is a word, "2026-07" a date: told apart by the first digit.
            Shape::Date => match node.text() {
                Some(text) => text.starts_with(|c: char| c.is_ascii_digit()),
                None => node.number().is_some() || matches!(node.value, Value::Date(_)),
            },
            Shape::Day => node.text().is_some() || matches!(node.value, Value::Date(_)),
            Shape::Slot(slot) => match node.text() {
                Some(text) => text.starts_with('@') || is_blank(node),
                None => slot.number && node.number().is_some(),
            },
            Shape::List(_) | Shape::Items(..) => node.list().is_some(),
            Shape::Either(shapes) => shapes.iter().any(|shape| shape.takes(node)),
        }
    }

    fn is_figure(&self) -> bool {
        match self {
            Shape::Slot(slot) => !slot.number,
            Shape::Either(shapes) => shapes.iter().any(Shape::is_figure),
            _ => false,
        }
    }

    /// What should stand here, in words.
    pub fn expected(&self) -> String {
        match self {
            Shape::Text => "a text".into(),
            Shape::Id => "a name (a–z, digits, _)".into(),
            Shape::Path => "a path as text".into(),
            Shape::Words => "{ da = \"…\", en = \"…\" }".into(),
            Shape::Flag => "true or false".into(),
            Shape::Number => "a number".into(),
            Shape::Positive => "a number above 0".into(),
            Shape::NonNegative => "a number of at least 0".into(),
            Shape::Fraction => "a number between 0 and 1".into(),
            Shape::Whole(low, high) if low == high => format!("the number {low}"),
            Shape::Whole(..) => "a whole number".into(),
            Shape::Year => "a year such as 2026".into(),
            Shape::Date => "a year (2026) or a month (\"2026-07\")".into(),
            Shape::Day => "a day such as \"2026-11-27\"".into(),
            Shape::Choice(words) => words
                .iter()
                .map(|word| format!("\"{word}\""))
                .collect::<Vec<_>>()
                .join(" or "),
            Shape::Slot(slot) if slot.number => "a number or the \"@name\" of a parameter".into(),
            Shape::Slot(_) => "the \"@name\" of a parameter".into(),
            Shape::List(item) => format!("a list [ … ] of {}", item.expected()),
            Shape::Items(record, _) => format!("one or more tables [[{}]]", record.name),
            Shape::Record(_) | Shape::Section(_) => "a table { … }".into(),
            Shape::Map(_, value) => format!("a table {{ name = {} }}", value.expected()),
            Shape::Either(shapes) => shapes
                .iter()
                .map(Shape::expected)
                .collect::<Vec<_>>()
                .join(", or "),
        }
    }
}

/// Raises what is missing, and what stands twice, once a chain of files is laid together.
pub fn missing_keys(
    record: &'static Record,
    table: &Table,
    at: Span,
    place: &str,
    faults: &mut Faults,
) {
    for field in record.fields {
        match table.entry(field.key) {
            Some(entry) => missing_within(&field.shape, &entry.node, &entry.key, place, faults),
            None if field.need == Need::Required => {
                let (key, table) = (field.key.to_owned(), place.to_owned());
                faults.raise(
                    at,
                    Fault::MissingKey {
                        key,
                        table,
                        meaning: field.doc.to_owned(),
                    },
                );
            }
            None => {}
        }
    }
    let strange = table.keys().any(|key| record.field(key).is_none());
    for group in record.exactly_one {
        let found: Vec<&Entry> = table
            .entries
            .iter()
            .filter(|e| group.keys.contains(&e.key.as_str()))
            .collect();
        let none = found.is_empty() && !group.gate && !strange;
        if none || found.len() > 1 {
            let fault = Fault::ExactlyOne {
                table: place.to_owned(),
                keys: listed(group.keys.iter().copied()),
                found: listed(found.iter().map(|entry| entry.key.as_str())),
            };
            faults.raise(found.last().map_or(at, |entry| entry.key_span), fault);
        }
    }
}

fn missing_within(shape: &'static Shape, node: &Node, key: &str, place: &str, faults: &mut Faults) {
    match (shape, &node.value) {
        (Shape::Record(record) | Shape::Section(record), Value::Table(table)) => {
            missing_keys(record, table, node.span, &inner_place(place, key), faults);
        }
        // A variant says only its difference.
        (Shape::Map(..), _) if key == "variant" => {}
        (Shape::Map(_, value), Value::Table(table)) => {
            let place = inner_place(place, key);
            for entry in &table.entries {
                missing_within(value, &entry.node, &entry.key, &place, faults);
            }
        }
        (Shape::Items(record, identity), Value::List(items)) => {
            for item in items {
                let Some(table) = item.table() else { continue };
                let place = item_place(key, *identity, table);
                missing_keys(record, table, item.span, &place, faults);
            }
        }
        (Shape::List(inner), Value::List(items)) => {
            for item in items {
                missing_within(inner, item, key, place, faults);
            }
        }
        (Shape::Either(shapes), _) => {
            if let Some(inner) = shapes.iter().find(|shape| shape.takes(node)) {
                missing_within(inner, node, key, place, faults);
            }
        }
        _ => {}
    }
}

/// A value that says it is not agreed yet.
pub fn is_blank(node: &Node) -> bool {
    node.text().is_some_and(|text| BLANK.contains(&text))
}

/// January of `2026`, July of `2026-07`: (year, month 1–12).
pub fn month_of(text: &str) -> Option<(i32, u32)> {
    let (year, month) = match text.split_once('-') {
        Some((year, month)) if month.len() == 2 => (year, month.parse().ok()?),
        Some(_) => return None,
        None => (text, 1),
    };
    let year: i64 = year.parse().ok()?;
    (is_year(year) && (1..=12).contains(&month)).then_some((year as i32, month))
}

/// `2026-11-27`: (year, month 1–12, day of that month).
pub fn day_of(text: &str) -> Option<(i32, u32, u32)> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let (month, day) = text.rsplit_once('-').filter(|(_, day)| day.len() == 2)?;
    let (year, month) = month_of(month).filter(|_| month.contains('-') && digits(text))?;
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let day: u32 = day.parse().ok()?;
    (1..=days).contains(&day).then_some((year, month, day))
}

fn is_year(year: i64) -> bool {
    (1900..=2200).contains(&year)
}

fn is_level(key: &str) -> bool {
    key.parse::<u8>()
        .is_ok_and(|level| (1..=99).contains(&level))
}

fn is_id(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// A name that may be used: Danish letters spelt out, everything else an underscore.
fn as_id(name: &str) -> String {
    let mut id = String::new();
    for c in name.to_lowercase().chars() {
        match c {
            'æ' => id.push_str("ae"),
            'ø' => id.push_str("oe"),
            'å' => id.push_str("aa"),
            c if c.is_ascii_alphanumeric() => id.push(c),
            _ if id.ends_with('_') => {}
            _ => id.push('_'),
        }
    }
    let id = id.trim_matches('_');
    if id.starts_with(|c: char| c.is_ascii_digit()) || id.is_empty() {
        return format!("n{id}");
    }
    id.to_owned()
}

/// What is wrong with a share, as a fault.
pub fn share_fault(wrong: NumberFault, name: &str, found: f64) -> Fault {
    match wrong {
        NumberFault::LooksLikePercent => Fault::GivenInPercent {
            name: name.to_owned(),
            found,
        },
        _ => Fault::ShareOutside {
            name: name.to_owned(),
            found,
        },
    }
}

fn unknown_key(record: &'static Record, key: &str, place: &str) -> Fault {
    let known = || record.fields.iter().map(|field| field.key);
    let near = nearest(key, known());
    if record.name == "law" {
        return Fault::UnknownLaw {
            found: key.to_owned(),
            near,
            allowed: listed(known()),
        };
    }
    Fault::UnknownKey {
        key: key.to_owned(),
        table: place.to_owned(),
        near,
        allowed: listed(known()),
    }
}

fn described(node: &Node) -> String {
    match &node.value {
        Value::List(_) | Value::Table(_) => node.kind().to_owned(),
        Value::Text(text) => format!("the text \"{text}\""),
        _ => node.shown(),
    }
}

/// `[coverage]` → `[coverage.monitorering]`; the file itself is "the file".
fn inner_place(place: &str, key: &str) -> String {
    match place.strip_suffix(']') {
        Some(open) if place.starts_with('[') && !place.starts_with("[[") => {
            format!("{open}.{key}]")
        }
        _ if place.starts_with("[[") => format!("{place}, `{key}`"),
        _ => format!("[{key}]"),
    }
}

fn item_place(key: &str, identity: Option<&str>, table: &Table) -> String {
    let name = identity.and_then(|id| table.node(id)).and_then(Node::text);
    match name {
        Some(name) => format!("[[{key}]] `{name}`"),
        None => format!("[[{key}]]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sources;
    use crate::scenario::grammar::{AGREEMENT, WORLD};
    use crate::scenario::tree::parse;

    fn told(record: &'static Record, text: &str) -> Vec<(&'static str, usize, usize)> {
        let mut sources = Sources::default();
        let file = sources.add("a.toml", text);
        let mut faults = Faults::default();
        let parsed = parse(file, &sources, &mut faults);
        let table = parsed.root.table().unwrap();
        Walk {
            faults: &mut faults,
        }
        .record(record, table, "the file");
        let told = faults.settle(&sources);
        told.iter()
            .map(|t| (t.code.as_str(), t.places[0].line, t.places[0].column))
            .collect()
    }

    #[test]
    fn seven_faults_of_seven_kinds_are_told_in_one_pass() {
        let text = concat!(
            "titel = { da = \"x\" }\n",
            "status = \"drafted\"\n",
            "horizon = \"ten\"\n",
            "[coverage.monitorering]\n",
            "uptake = 0.6\n",
            "start = { default = \"2026-13\" }\n",
            "ramp.table = [0.2, 60]\n",
            "[coverage.\"Ærø\"]\n",
        );
        let expected = [
            ("S020", 1, 1),
            ("S023", 2, 10),
            ("S022", 3, 11),
            ("S025", 5, 10),
            ("S026", 6, 21),
            ("S205", 7, 20),
            ("S029", 8, 11),
        ];
        assert_eq!(told(&AGREEMENT, text), expected);
    }

    #[test]
    fn a_blank_is_no_fault_in_a_slot_or_at_the_gate() {
        let text = concat!(
            "after_period = \"udfyldes_senere\"\n",
            "clinical = \"to_be_agreed\"\n",
            "[coverage.m]\nuptake = \"udfyldes_senere\"\nramp = \"udfyldes_senere\"\n",
        );
        assert_eq!(told(&AGREEMENT, text), []);
        assert_eq!(
            told(&AGREEMENT, "status = \"udfyldes_senere\"\n"),
            [("S023", 1, 10)]
        );
    }

    #[test]
    fn a_cost_is_one_slot_or_one_a_party_and_never_a_bare_figure() {
        let service = |cost: &str| format!("[service.s]\nunit_cost = {cost}\n");
        assert_eq!(told(&WORLD, &service("\"@a\"")), []);
        assert_eq!(
            told(
                &WORLD,
                &service("{ region = \"@a\", municipality = \"@b\" }")
            ),
            []
        );
        assert_eq!(told(&WORLD, &service("4000")), [("S025", 2, 13)]);
        assert_eq!(
            told(&WORLD, &service("{ regin = \"@a\" }")),
            [("S023", 2, 15)]
        );
    }

    #[test]
    fn not_a_number_and_infinity_are_refused_everywhere() {
        assert_eq!(
            told(&WORLD, "[service.s]\ndispersion = nan\n"),
            [("S027", 2, 14)]
        );
        assert_eq!(
            told(&WORLD, "[service.s]\nvariable = -inf\n"),
            [("S027", 2, 12)]
        );
    }

    #[test]
    fn names_that_cannot_be_used_are_respelt() {
        assert_eq!(as_id("Ærø-kommune 2"), "aeroe_kommune_2");
        assert_eq!(as_id("2027"), "n2027");
    }
}
