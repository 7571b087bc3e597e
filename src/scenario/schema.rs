//! The grammar as a JSON Schema (draft 2020-12) that an editor can use for TOML.
//!
//! ```text
//! grammar::Record ─→ { type: object, properties: { key: { description, … } }, … }
//! ```
//!
//! *Promise:* what the reader accepts validates; every key carries its sentence.
//! *Absent:* what a schema cannot say: references, units, years. Keys that a file may inherit from
//! the one it extends are not required here; the reader tells them when they are missing.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::grammar::{
    AGREEMENT, BALANCE, BLANK, ExactlyOne, Field, Keys, Need, PARTIES, PORTFOLIO, Record, Shape,
    WORLD,
};

/// The schema of all scenario files: one of four, told apart by `kind`.
pub fn schema() -> Value {
    let mut definitions = Definitions::default();
    let files: Vec<Value> = [&AGREEMENT, &WORLD, &BALANCE, &PORTFOLIO]
        .into_iter()
        .map(|record| definitions.reference(record, Inherits::File))
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "fairbalance scenario file, schema 1",
        "description": "An agreement, the world it is compared with, the balance principle, or a portfolio of agreements.",
        "type": "object",
        "required": ["schema", "kind"],
        "oneOf": files,
        "$defs": definitions.written,
    })
}

/// Whether keys may come from a file this one extends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Inherits {
    /// A file: its `schema` and `kind` are its own, the rest may be inherited if it extends.
    File,
    /// A named table that may say only its difference.
    Keys,
    /// A table that stands or falls whole.
    Nothing,
}

#[derive(Debug, Default)]
struct Definitions {
    written: BTreeMap<String, Value>,
}

impl Definitions {
    fn reference(&mut self, record: &'static Record, inherits: Inherits) -> Value {
        let suffix = match inherits {
            Inherits::File => "_file",
            Inherits::Keys => "_part",
            Inherits::Nothing => "",
        };
        let name = format!("{}{suffix}", record.name.replace([' ', '.'], "_"));
        if !self.written.contains_key(&name) {
            // The name first: a variant of an agreement is an agreement.
            self.written.insert(name.clone(), Value::Null);
            let definition = self.record(record, inherits);
            self.written.insert(name.clone(), definition);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    fn record(&mut self, record: &'static Record, inherits: Inherits) -> Value {
        let properties: Map<String, Value> = record
            .fields
            .iter()
            .map(|field| (field.key.to_owned(), self.field(field)))
            .collect();
        let mut schema = json!({
            "type": "object",
            "description": record.doc,
            "properties": properties,
            "additionalProperties": false,
        });
        let must = |fields: &[Field]| -> Vec<&str> {
            fields
                .iter()
                .filter(|f| f.need == Need::Required)
                .map(|f| f.key)
                .collect()
        };
        match inherits {
            Inherits::Keys => {}
            Inherits::Nothing => {
                schema["required"] = json!(must(record.fields));
                let groups: Vec<Value> = record
                    .exactly_one
                    .iter()
                    .filter(|g| !g.gate)
                    .map(one_of)
                    .collect();
                if !groups.is_empty() {
                    schema["allOf"] = json!(groups);
                }
            }
            Inherits::File => {
                schema["properties"]["kind"] = json!({ "const": record.name });
                schema["required"] = json!(["schema", "kind"]);
                schema["if"] = json!({ "not": { "required": ["extends"] } });
                schema["then"] = json!({ "required": must(record.fields) });
            }
        }
        schema
    }

    fn field(&mut self, field: &'static Field) -> Value {
        let shape = self.shape(&field.shape);
        let described = match field.need {
            Need::Gate => json!({ "anyOf": [shape, { "enum": BLANK }] }),
            _ if shape.get("$ref").is_some() => json!({ "allOf": [shape] }),
            _ => shape,
        };
        let mut described = described;
        described["description"] = json!(field.doc);
        described
    }

    fn shape(&mut self, shape: &'static Shape) -> Value {
        match shape {
            Shape::Text | Shape::Path => json!({ "type": "string", "minLength": 1 }),
            Shape::Id => json!({ "type": "string", "pattern": ID }),
            Shape::Words => json!({
                "type": "object",
                "properties": {
                    "da": { "type": "string", "minLength": 1 },
                    "en": { "type": "string", "minLength": 1 },
                },
                "required": ["da"],
                "additionalProperties": false,
            }),
            Shape::Flag => json!({ "type": "boolean" }),
            Shape::Number => json!({ "type": "number" }),
            Shape::Positive => json!({ "type": "number", "exclusiveMinimum": 0 }),
            Shape::NonNegative => json!({ "type": "number", "minimum": 0 }),
            Shape::Fraction => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
            Shape::Whole(low, high) => {
                json!({ "type": "integer", "minimum": low, "maximum": high })
            }
            Shape::Year => year(),
            Shape::Date => json!({
                "anyOf": [year(), { "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2})?$" }],
            }),
            Shape::Day => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
            Shape::Choice(words) => json!({ "enum": words }),
            Shape::Slot(slot) => {
                let units: Vec<&str> = slot.units.iter().map(|unit| unit.key()).collect();
                let comment = format!("a parameter in {}", units.join(" or "));
                let named = json!({ "type": "string", "pattern": "^@.+", "description": comment });
                let mut ways = vec![named, json!({ "enum": BLANK })];
                if slot.number {
                    ways.push(json!({ "type": "number" }));
                }
                json!({ "anyOf": ways })
            }
            Shape::List(item) => json!({ "type": "array", "items": self.shape(item) }),
            Shape::Items(record, _) => {
                let items = self.reference(record, Inherits::Nothing);
                json!({ "type": "array", "items": items })
            }
            Shape::Record(record) => self.reference(record, Inherits::Nothing),
            Shape::Section(record) => self.reference(record, Inherits::Keys),
            Shape::Map(keys, value) => json!({
                "type": "object",
                "propertyNames": key_names(*keys),
                "additionalProperties": self.shape(value),
            }),
            Shape::Either(shapes) => {
                let ways: Vec<Value> = shapes.iter().map(|shape| self.shape(shape)).collect();
                json!({ "anyOf": ways })
            }
        }
    }
}

const ID: &str = "^[a-z][a-z0-9_]*$";

fn year() -> Value {
    json!({ "type": "integer", "minimum": 1900, "maximum": 2200 })
}

fn one_of(group: &ExactlyOne) -> Value {
    let ways: Vec<Value> = group
        .keys
        .iter()
        .map(|key| json!({ "required": [key] }))
        .collect();
    json!({ "oneOf": ways })
}

fn key_names(keys: Keys) -> Value {
    match keys {
        Keys::Id => json!({ "pattern": ID }),
        Keys::Level => json!({ "pattern": "^[1-9][0-9]?$" }),
        Keys::LevelOrDied => json!({ "pattern": "^([1-9][0-9]?|died)$" }),
        Keys::Year => json!({ "pattern": "^[0-9]{4}$" }),
        Keys::Party => json!({ "enum": PARTIES }),
        Keys::AgeBand | Keys::Group | Keys::Municipality | Keys::LevelOrGroup => {
            json!({ "minLength": 1 })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_is_a_valid_schema_and_every_key_is_explained() {
        let schema = schema();
        assert!(jsonschema::meta::is_valid(&schema));
        for (name, definition) in schema["$defs"].as_object().unwrap() {
            for (key, property) in definition["properties"].as_object().unwrap() {
                let kind = property.get("const").is_some();
                assert!(kind || property["description"].is_string(), "{name}.{key}");
            }
        }
    }

    #[test]
    fn a_misspelt_key_and_a_bare_figure_do_not_validate() {
        let validator = jsonschema::validator_for(&schema()).unwrap();
        let balance = json!({
            "schema": 1, "kind": "balance", "title": { "da": "x" }, "rule": "no_loser",
            "confidence": 0.8, "horizon_years": 4, "discount": { "steps": [{ "rate": 0.035 }] },
        });
        assert!(validator.is_valid(&balance));
        let mut misspelt = balance.clone();
        misspelt["confidenc"] = json!(0.8);
        assert!(!validator.is_valid(&misspelt));
        let figure = json!({
            "schema": 1, "kind": "agreement", "extends": "../x", "coverage": { "m": { "uptake": 0.6 } },
        });
        assert!(!validator.is_valid(&figure));
    }
}
