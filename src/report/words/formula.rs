//! A traced formula in the reader's language: operations by name, numbers with his decimal mark.
//!
//! `plan::trace` writes an operation as `#key`, which no parameter's name can be, and numbers with
//! a point. Absent: a parser; what is no key and no number stays as it is.

use super::Language;

/// Danish and English names of the operations, by key.
const OPERATIONS: [(&str, &str, &str); 11] = [
    ("capacity", "kapacitet", "capacity"),
    ("rationed", "loft", "ceiling"),
    ("ratio", "andel", "share"),
    ("picked", "udvalgte", "picked"),
    ("their_use", "udvalgtes forbrug", "use of the picked"),
    (
        "their_past_use",
        "udvalgtes tidligere forbrug",
        "past use of the picked",
    ),
    ("exceeds", "P over", "P above"),
    ("fewer", "færre", "fewer"),
    ("level", "niveau", "level"),
    ("year", "år", "year"),
    ("more_terms", "led", "terms"),
];

/// The formula as it is printed.
pub fn formula(language: Language, traced: &str) -> String {
    let mut text = String::with_capacity(traced.len());
    let mut rest = traced;
    while let Some(first) = rest.chars().next() {
        let (word, after) = rest.split_at(token(rest, first));
        match word.strip_prefix('#') {
            Some(key) => text.push_str(operation(language, key)),
            None if is_number(word) => text.push_str(&number(language, word)),
            None => text.push_str(word),
        }
        rest = after;
    }
    text
}

/// Length of what begins a text: a name, key or number, or one sign.
fn token(rest: &str, first: char) -> usize {
    let of_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ':' | '-');
    let skip = if first == '#' { 1 } else { 0 };
    let end = rest[skip..].find(|c| !of_word(c));
    let end = end.map_or(rest.len(), |at| at + skip);
    end.max(first.len_utf8())
}

fn is_number(word: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    match unsigned.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(unsigned),
    }
}

/// A number with a real minus and the reader's decimal mark.
fn number(language: Language, word: &str) -> String {
    let signed = word.replacen('-', "\u{2212}", 1);
    match language {
        Language::Da => signed.replace('.', ","),
        Language::En => signed,
    }
}

fn operation(language: Language, key: &str) -> &str {
    let known = OPERATIONS.iter().find(|(known, ..)| *known == key);
    match (known, language) {
        (Some((_, da, _)), Language::Da) => da,
        (Some((_, _, en)), Language::En) => en,
        (None, _) => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Catches: a Danish word or decimal comma on an English page, a mark of the trace that shows,
    /// and a parameter's name taken for a number.
    #[test]
    fn operations_and_numbers_are_told_in_the_readers_language() {
        let traced = "#capacity[0.2500 × uptake.2026.5 + … (7 #more_terms)] × (1 − -0.10)^2";
        assert_eq!(
            formula(Language::Da, traced),
            "kapacitet[0,2500 × uptake.2026.5 + … (7 led)] × (1 − −0,10)^2"
        );
        assert_eq!(
            formula(Language::En, traced),
            "capacity[0.2500 × uptake.2026.5 + … (7 terms)] × (1 − −0.10)^2"
        );
    }

    /// Catches: a key that the trace writes and this table lacks.
    #[test]
    fn every_key_of_the_trace_has_words() {
        let trace = include_str!("../../plan/trace.rs");
        let code = trace.lines().filter(|line| !line.trim().starts_with("//"));
        let code = code.collect::<Vec<&str>>().join("\n");
        let keys: Vec<&str> = code
            .split('#')
            .skip(1)
            .filter_map(|rest| {
                let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '_'))?;
                (end > 0).then(|| &rest[..end])
            })
            .collect();
        assert!(keys.len() >= OPERATIONS.len(), "{keys:?}");
        for key in keys {
            let known = OPERATIONS.iter().any(|(known, ..)| *known == key);
            assert!(known || key == "derive", "{key}");
        }
    }
}
