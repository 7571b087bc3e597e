//! The figures of a `result.json`, each with what it is a figure of.
//!
//! ```text
//!   { "party": "region", "year": 2027, "mean": -1.4e6 }  ─▶  1.4e6 of region, 2027 · years.mean
//! ```
//!
//! A printed number is looked for among those that its place does not contradict: in the row of
//! the region and the column of 2027, a figure of the municipalities or of 2028 is no proof.

use std::collections::BTreeSet;

use serde_json::Value;

use super::reading::Said;
use super::token::{DANISH, ENGLISH, Marks, Token, tokens};
use fairbalance::report::Language;

/// Factors between a figure and its print.
const UNITS: [(&str, f64); 10] = [
    ("mio.", 1e6),
    ("million", 1e6),
    ("mia.", 1e9),
    ("billion", 1e9),
    ("1.000 kr", 1e3),
    ("1,000", 1e3),
    ("%", 1e-2),
    ("per cent", 1e-2),
    ("procent", 1e-2),
    ("promille", 1e-3),
];

/// What a figure is a figure of.
#[derive(Debug, Clone, Default, PartialEq)]
struct Of {
    party: Option<String>,
    year: Option<i64>,
    place: Option<String>,
}

struct Fact {
    value: f64,
    of: Of,
}

/// All that a result holds.
pub struct Known {
    language: Language,
    marks: Marks,
    facts: Vec<Fact>,
    years: BTreeSet<i64>,
    /// Strings with digits in them, longest first.
    texts: Vec<String>,
    /// (code, name) of municipalities.
    places: Vec<(String, String)>,
}

impl Known {
    /// The figures of a result.
    pub fn of(result: &Value, language: Language) -> Known {
        let mut known = Known {
            language,
            marks: match language {
                Language::Da => DANISH,
                Language::En => ENGLISH,
            },
            facts: Vec::new(),
            years: BTreeSet::new(),
            texts: Vec::new(),
            places: Vec::new(),
        };
        known.walk(result, "", &Of::default());
        known.facts.sort_by(|a, b| a.value.total_cmp(&b.value));
        known.texts.sort_by_key(|t| std::cmp::Reverse(t.len()));
        known.texts.dedup();
        known
    }

    fn walk(&mut self, value: &Value, key: &str, of: &Of) {
        match value {
            Value::Number(number) => {
                let value = number.as_f64().expect("a number");
                let year = value.fract() == 0.0 && (1900.0..2200.0).contains(&value);
                if year {
                    self.years.insert(value as i64);
                }
                self.facts.push(Fact {
                    value: value.abs(),
                    of: of.clone(),
                });
            }
            Value::String(text) => {
                if let Some(day) = day_of(text) {
                    self.facts.push(Fact {
                        value: day,
                        of: of.clone(),
                    });
                } else if text.contains(|c: char| c.is_ascii_digit()) {
                    let text = text.replace(['\u{a0}', '\n'], " ");
                    if key == "formula" && self.language == Language::Da {
                        self.texts.push(in_danish(&text));
                    }
                    self.texts.push(text);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.walk(item, key, of)),
            Value::Object(map) => {
                let mut of = of.clone();
                let text = |key: &str| map.get(key).and_then(Value::as_str).map(str::to_owned);
                of.party = text("party")
                    .or(text("account"))
                    .or(text("purse"))
                    .or(of.party);
                of.year = map.get("year").and_then(Value::as_i64).or(of.year);
                if let (Some(code), Some(name)) = (text("code"), text("name")) {
                    self.places.push((code.clone(), name));
                    of.place = Some(code);
                } else if key == "staying_out" {
                    of.place = text("municipality").or(of.place);
                }
                for (key, value) in map {
                    self.walk(value, key, &of);
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// Why a printed number is not known, one line each; empty where every one is.
    pub fn unknown(&self, said: &Said) -> Vec<String> {
        if let Some(number) = said.number {
            return self.unknown_cell(said, number).into_iter().collect();
        }
        // the number and the constants of an equation are no figures of the run
        let equation = said.row.iter().any(|label| label.starts_with("M-"));
        if equation || said.text.starts_with("M-") {
            return Vec::new();
        }
        let text = self.masked(&said.text);
        let of = self.place(said);
        let mut missing = Vec::new();
        for token in tokens(&text, self.marks) {
            if !self.holds(&token, said, &text, &of) {
                missing.push(line(said, &text, &token));
            }
        }
        missing
    }

    /// Of the numbers with three significant digits or more, each with one of the first three
    /// digits changed to every other: how many there are, and how many pass as known.
    pub fn passes(&self, said: &Said) -> (usize, usize) {
        if said.number.is_some() {
            return (0, 0);
        }
        let text = self.masked(&said.text);
        let of = self.place(said);
        let (mut all, mut passed) = (0, 0);
        let told = tokens(&text, self.marks).into_iter();
        for token in told.filter(|t| t.significant >= 3 && !t.year) {
            for wrong in changed(&text, &token) {
                let found = tokens(&wrong, self.marks);
                let Some(token) = found.iter().find(|t| t.at == token.at) else {
                    continue;
                };
                all += 1;
                passed += usize::from(self.holds(token, said, &wrong, &of));
            }
        }
        (all, passed)
    }

    /// A text without the strings that the result holds word for word: labels, sources, hashes.
    fn masked(&self, text: &str) -> String {
        let text = text.replace(['\u{a0}', '\u{202f}'], " ");
        let mut text = without_references(&text);
        for known in &self.texts {
            let whole = text.trim() == known;
            if whole || (known.chars().count() > 3 && text.contains(known.as_str())) {
                text = text.replace(known.as_str(), "…");
            }
        }
        text
    }

    /// What the place of a text says that its figures are of.
    fn place(&self, said: &Said) -> Of {
        let labels: Vec<&str> = said
            .row
            .iter()
            .chain([&said.column])
            .map(|label| label.trim_start_matches("➤ "))
            .collect();
        let account = labels.iter().find_map(|label| account(label));
        let year = labels.iter().find_map(|label| {
            let year: i64 = label.trim_end_matches(".0").parse().ok()?;
            self.years.contains(&year).then_some(year)
        });
        // a page of one municipality also names the dearest and the cheapest
        let named = |(code, name): &&(String, String)| {
            !said.document.contains(&format!("/{code}.")) && said.text.contains(name.as_str())
        };
        let own = said.drawn.is_none() && !self.places.iter().any(|place| named(&place));
        let mut places = self.places.iter();
        let place = places.find(|(code, name)| {
            labels.contains(&name.as_str()) || (own && said.document.contains(&format!("/{code}.")))
        });
        Of {
            party: account.map(str::to_owned),
            year,
            place: place.map(|(code, _)| code.clone()),
        }
    }

    fn near(&self, value: f64, half: f64, of: &Of) -> bool {
        let slack = half * (1.0 + 1e-9) + 1e-9 * value.abs() + 1e-12;
        let from = self.facts.partition_point(|f| f.value < value - slack);
        self.facts[from..]
            .iter()
            .take_while(|f| f.value <= value + slack)
            .any(|f| agrees(&f.of, of))
    }

    fn holds(&self, token: &Token, said: &Said, text: &str, of: &Of) -> bool {
        let before = text[..token.at].trim_end();
        let after = text[token.end()..].trim_start();
        if token.year && self.years.contains(&(token.value as i64)) {
            return true;
        }
        if let Some(of_so_many) = self.tally(token, before, after) {
            return of_so_many;
        }
        // the number of a point, and of a quarter
        if (before.is_empty() && after.starts_with('.')) || before.ends_with("kvartal") {
            return true;
        }
        let scales = self.scales(said, before, after);
        // "<0,001": the figure is smaller than what is printed
        if before.ends_with('<') {
            let smaller = |scale: f64| {
                self.facts
                    .partition_point(|f| f.value < token.value * scale)
            };
            return scales.iter().any(|scale| smaller(*scale) > 0);
        }
        scales
            .iter()
            .any(|scale| self.near(token.value * scale, token.half * scale, of))
    }

    /// "8 ud af 10": a probability (or what is left of it) that rounds to it. `None` where the
    /// number is no part of a tally, or the words say *all* or *none* of those that were made.
    fn tally(&self, token: &Token, before: &str, after: &str) -> Option<bool> {
        let (da, en) = ("ud af ", "out of ");
        let of = [da, en, "of "].iter().find_map(|of| after.strip_prefix(of));
        if let Some(rest) = of {
            let all = tokens(rest, self.marks).first()?.value;
            if all != 10.0 && all != 100.0 {
                return None;
            }
            let p = token.value / all;
            let none = Of::default();
            let half = 0.5 / all;
            let edge = before.ends_with("end") || before.ends_with("than");
            let half = if edge { 2.0 * half } else { half };
            return Some(self.near(p, half, &none) || self.near(1.0 - p, half, &none));
        }
        let hundred = token.value == 10.0 || token.value == 100.0;
        let ends = before.ends_with(da.trim()) || before.ends_with(" of");
        (hundred && ends).then_some(true)
    }

    /// Kroner, or whatever is counted, in one printed unit.
    fn scales(&self, said: &Said, before: &str, after: &str) -> Vec<f64> {
        let after = after.trim_start_matches("DKK ").to_lowercase();
        let own = UNITS.iter().find(|(unit, _)| after.starts_with(unit));
        if let Some((_, scale)) = own {
            return vec![*scale];
        }
        if let Some(scale) = shared(&after).or_else(|| bracketed(&after)) {
            return vec![scale];
        }
        // "62 % ±1"
        let error = before.strip_suffix('±').map(str::trim_end);
        if error.is_some_and(|before| before.ends_with('%')) {
            return vec![1e-2];
        }
        if after.starts_with("kr") || before.ends_with("DKK") {
            return vec![1.0];
        }
        let cell = !said.column.is_empty();
        for (place, caption) in [(&said.column, false), (&said.under, true)] {
            // "80 %-interval" names no unit
            let place = ["%-interval", "%-fraktil", "% interval", "% quantile"]
                .iter()
                .fold(place.to_lowercase(), |place, of| place.replace(of, ""));
            let named = UNITS.iter().filter(|(unit, _)| place.contains(unit));
            let mut named: Vec<f64> = named.map(|(_, scale)| *scale).collect();
            let kroner = place.contains("kr.") || place.contains("dkk");
            if named.is_empty() && !kroner {
                continue;
            }
            // a table may hold two units, and the caption names them both; words below a table
            // have their own
            if named.is_empty() || caption || !cell {
                named.push(1.0);
            }
            return named;
        }
        vec![1.0]
    }

    fn unknown_cell(&self, said: &Said, number: f64) -> Option<String> {
        // what the sheet computes from its own cells, for whoever checks
        let checks = |label: &String| label.starts_with("Kontrol:") || label.starts_with("Check:");
        if said.row.iter().any(checks) {
            return None;
        }
        let of = self.place(said);
        let value = number.abs();
        let scales = [1.0, 1e3, 1e6];
        let holds = |scale: &f64| self.near(value * scale, 1e-9 * value * scale, &of);
        if self.years.contains(&(value as i64)) && value.fract() == 0.0 {
            return None;
        }
        (!scales.iter().any(holds)).then(|| {
            format!(
                "{} › {} › {} × {}: the cell {number}",
                said.document,
                said.under,
                said.row.join(" / "),
                said.column
            )
        })
    }

    /// Language of the papers that are read.
    pub fn language(&self) -> Language {
        self.language
    }
}

/// A formula as a Danish page prints it: the result holds it in English.
fn in_danish(formula: &str) -> String {
    let operations = [
        ("past use of the picked[", "udvalgtes tidligere forbrug["),
        ("use of the picked[", "udvalgtes forbrug["),
        ("picked[", "udvalgte["),
        ("capacity[", "kapacitet["),
        ("ceiling(", "loft("),
        ("share(", "andel("),
        ("share[", "andel["),
        ("P above(", "P over("),
        ("fewer[", "færre["),
        (" level ", " niveau "),
        (", year ", ", år "),
        (" terms)", " led)"),
    ];
    let mut text = formula.to_owned();
    for (en, da) in operations {
        text = text.replace(en, da);
    }
    let signs: Vec<char> = text.chars().collect();
    let digit = |at: usize| signs.get(at).is_some_and(char::is_ascii_digit);
    // a point between digits of a name such as `optag.2026` is no decimal mark
    let of_name = |at: usize| {
        let word = signs[..at].iter().rev();
        let mut word = word.take_while(|c| c.is_alphanumeric() || **c == '_' || **c == '.');
        word.any(|c| c.is_alphabetic() || *c == '_')
    };
    let marked = signs.iter().enumerate().map(|(at, sign)| match sign {
        '.' if at > 0 && digit(at - 1) && digit(at + 1) && !of_name(at) => ',',
        sign => *sign,
    });
    marked.collect()
}

/// A text without the numbers of equations and the addresses of papers: they are no figures.
fn without_references(text: &str) -> String {
    let word = |word: &str| {
        let number = word
            .strip_prefix("M-")
            .map(|n| n.trim_end_matches(['.', ',', ':']));
        let equation =
            number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        match equation || word.starts_with("doi:") {
            true => "…".to_owned(),
            false => word.to_owned(),
        }
    };
    text.split(' ').map(word).collect::<Vec<String>>().join(" ")
}

/// The text with one of the first three significant digits of a number changed.
fn changed(text: &str, token: &Token) -> Vec<String> {
    let first = token.text.find(|c: char| ('1'..='9').contains(&c));
    let digits = token
        .text
        .char_indices()
        .skip_while(|(at, _)| Some(*at) < first);
    let digits: Vec<(usize, char)> = digits.filter(|(_, c)| c.is_ascii_digit()).take(3).collect();
    let mut wrong = Vec::new();
    for (n, (at, is)) in digits.iter().enumerate() {
        let others = ('0'..='9').filter(|c| c != is && (n > 0 || *c != '0'));
        for other in others {
            let at = token.at + at;
            wrong.push(format!("{}{other}{}", &text[..at], &text[at + 1..]));
        }
    }
    wrong
}

/// The day of the month of an ISO date.
fn day_of(text: &str) -> Option<f64> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let date = year.len() == 4 && month.len() == 2 && day.len() == 2;
    (date && parts.iter().all(|part| digits(part))).then(|| day.parse().ok())?
}

/// "45 (37,3–52,8) %": the unit of a value and its interval stands behind both.
fn bracketed(after: &str) -> Option<f64> {
    let of = |c: char| c.is_ascii_digit() || "+−-–.,() ".contains(c);
    let unit = after.contains(')').then(|| after.trim_start_matches(of))?;
    let unit = UNITS.iter().find(|(known, _)| unit.starts_with(known))?;
    Some(unit.1)
}

/// "2,1 til 3,4 mio. kr." and "97 % ±0,4": the unit of the next number is that of this one.
fn shared(after: &str) -> Option<f64> {
    let rest = ["til ", "to ", "– ", "–", "og ", "and "]
        .iter()
        .find_map(|link| after.strip_prefix(link))?;
    let digits = |c: char| c.is_ascii_digit() || "+−-.,".contains(c);
    let rest = rest.trim_start_matches(digits).trim_start();
    let unit = UNITS.iter().find(|(unit, _)| rest.starts_with(unit))?;
    Some(unit.1)
}

fn agrees(figure: &Of, place: &Of) -> bool {
    fn same<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
        a.is_none() || b.is_none() || a == b
    }
    same(&figure.party, &place.party)
        && same(&figure.year, &place.year)
        && same(&figure.place, &place.place)
}

fn account(label: &str) -> Option<&'static str> {
    Some(match label {
        "Regionen" | "The region" => "region",
        "Kommunerne under ét" | "The municipalities together" => "municipality",
        "Almen praksis" | "General practice" => "gp",
        "Staten" | "The state" => "state",
        "Borgerne" | "Citizens" => "citizen",
        "Civilsamfundet" | "Civil society" => "civil_society",
        "Samfundet" | "Society" => "society",
        _ => return None,
    })
}

fn line(said: &Said, text: &str, token: &Token) -> String {
    let from = text[..token.at].char_indices().rev().nth(70);
    let to = text[token.end()..].char_indices().nth(50);
    let from = from.map_or(0, |(at, _)| at);
    let to = to.map_or(text.len(), |(at, _)| token.end() + at);
    format!(
        "{} › {} › {} × {}: {} in “{}”",
        said.document,
        said.under,
        said.row.join(" / "),
        said.column,
        token.text,
        &text[from..to]
    )
}
