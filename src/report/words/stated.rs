//! What a scenario's file says, in words: a value and the field it stands in.
//!
//! ```text
//!   { quarters_outside = 2 }  ─▶  kvartaler i træk uden for båndet 2
//!   { Skive = "2027-01" }     ─▶  Skive 2027-01
//! ```
//!
//! Absent: the file's own order, comments and layout; a text that is no value stays as it is.

use toml::Value;

use super::Language;
use super::accountability::Both;
use crate::report::number::number_of;

/// Names of the fields that drafts change most.
const FIELDS: [(&str, Both); 27] = [
    ("amount", Both("beløb", "amount")),
    ("attenuation", Both("dæmpning", "attenuation")),
    ("date", Both("dato", "date")),
    ("dates", Both("måledage", "days of measuring")),
    ("default", Both("ellers", "otherwise")),
    ("eligible", Both("egnede", "eligible")),
    ("from", Both("fra", "from")),
    ("gain_owner", Both("ejer af gevinsten", "owner of the gain")),
    ("lag_months", Both("forsinkelse i måneder", "lag in months")),
    ("legal_basis", Both("hjemmel", "legal basis")),
    ("levels", Both("niveauer", "levels")),
    ("linear", Both("jævnt", "evenly")),
    ("months", Both("måneder", "months")),
    ("number", Both("nummer", "number")),
    ("price", Both("pris", "price")),
    (
        "quarters_outside",
        Both(
            "kvartaler i træk uden for båndet",
            "quarters in a row outside the band",
        ),
    ),
    ("ramp", Both("indfasning", "phase-in")),
    (
        "rate_ratio",
        Both("forhold mellem hyppigheder", "rate ratio"),
    ),
    ("regulation", Both("regulering", "regulation")),
    ("responsible", Both("ansvarlig", "responsible")),
    ("s_curve", Both("S-kurve", "S-curve")),
    ("share", Both("andel", "share")),
    ("start", Both("start", "start")),
    ("to", Both("til", "to")),
    (
        "trigger",
        Both(
            "hvad der ellers fører til drøftelse",
            "what else leads to a discussion",
        ),
    ),
    ("uptake", Both("optag", "uptake")),
    ("years", Both("år", "years")),
];

const NOTHING: Both = Both("ikke nævnt", "not stated");
const YES: Both = Both("ja", "yes");
const NO: Both = Both("nej", "no");

/// The name of the field at the end of a place such as `effect[x].lag_months`.
pub fn field(language: Language, place: &str) -> Option<String> {
    let key = place.rsplit('.').next()?;
    let known = FIELDS.iter().find(|(known, _)| *known == key);
    known.map(|(_, name)| name.text(language))
}

/// A value as it stands in a file, in words.
pub fn stated(language: Language, text: &str) -> String {
    let line = format!("value = {text}");
    match toml::from_str::<toml::Table>(&line) {
        Ok(table) if table.len() == 1 => value(language, &table["value"]),
        _ => text.to_owned(),
    }
}

fn value(language: Language, stated: &Value) -> String {
    match stated {
        Value::String(text) => text.strip_prefix('@').unwrap_or(text).to_owned(),
        Value::Integer(n) => n.to_string(),
        Value::Float(x) => number_of(language, *x),
        Value::Boolean(yes) => if *yes { YES } else { NO }.text(language),
        Value::Datetime(day) => day.to_string(),
        Value::Array(all) => {
            let all: Vec<String> = all.iter().map(|one| value(language, one)).collect();
            all.join(", ")
        }
        Value::Table(table) => entries(language, table),
    }
}

fn entries(language: Language, table: &toml::Table) -> String {
    if let Some(text) = both(language, table) {
        return text;
    }
    let entry = |(key, stated): (&String, &Value)| {
        let name = field(language, key).unwrap_or_else(|| key.clone());
        format!("{name} {}", value(language, stated))
    };
    match table.is_empty() {
        true => NOTHING.text(language),
        false => table.iter().map(entry).collect::<Vec<String>>().join("; "),
    }
}

/// A text in two languages, in the reader's.
fn both(language: Language, table: &toml::Table) -> Option<String> {
    let known = |key: &String| key == "da" || key == "en";
    if table.is_empty() || !table.keys().all(known) {
        return None;
    }
    let own = match language {
        Language::Da => table.get("da").or(table.get("en")),
        Language::En => table.get("en").or(table.get("da")),
    };
    own.and_then(Value::as_str).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Catches: braces, quotes and keys of the file in a sentence that a council reads.
    #[test]
    fn a_value_is_told_without_the_files_signs() {
        let da = |text| stated(Language::Da, text);
        assert_eq!(
            da("{ quarters_outside = 2 }"),
            "kvartaler i træk uden for båndet 2"
        );
        assert_eq!(da("{ Skive = \"2027-01\" }"), "Skive 2027-01");
        assert_eq!(da("{  }"), "ikke nævnt");
        assert_eq!(da("[3, 4]"), "3, 4");
        assert_eq!(da("\"@optag\""), "optag");
        assert_eq!(da("0.5"), "0,5");
        assert_eq!(da("{ da = \"Ja tak\", en = \"Yes\" }"), "Ja tak");
        assert_eq!(da("fra et sted"), "fra et sted");
        assert_eq!(
            stated(Language::En, "{ s_curve = { years = 3 } }"),
            "S-curve years 3"
        );
        assert_eq!(
            field(Language::Da, "effect[x].lag_months").as_deref(),
            Some("forsinkelse i måneder")
        );
        assert_eq!(field(Language::Da, "effect[x].unknown"), None);
    }
}
