//! Diagnostics as text for a person and as JSON for a program.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use serde_json::json;

use super::{Diagnostic, Diagnostics, Place, Severity};

impl Diagnostics {
    /// As text, one block a diagnostic and a line of sums at the end; colour only when asked.
    pub fn text(&self, colour: bool) -> String {
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let renderer = renderer.decor_style(DecorStyle::Unicode);
        let mut text = String::new();
        for item in self.iter() {
            text.push_str(&renderer.render(&[group(item)]));
            text.push_str("\n\n");
        }
        text.push_str(&self.sums());
        text
    }

    /// As a JSON array: `code, severity, file, line, column, found, message, remedy, also`.
    pub fn json(&self) -> serde_json::Value {
        self.iter().map(as_json).collect()
    }

    fn sums(&self) -> String {
        let errors = self.errors();
        let warnings = self.len() - errors;
        let count = |n: usize, word: &str| match n {
            0 => None,
            1 => Some(format!("1 {word}")),
            n => Some(format!("{n} {word}s")),
        };
        let parts: Vec<String> = [count(errors, "error"), count(warnings, "warning")]
            .into_iter()
            .flatten()
            .collect();
        if parts.is_empty() {
            String::new()
        } else {
            format!("{}\n", parts.join(", "))
        }
    }
}

fn group(item: &Diagnostic) -> Group<'_> {
    let level = match item.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut elements = Vec::new();
    for (index, place) in item.places.iter().enumerate() {
        elements.extend(place_elements(place, index == 0));
    }
    let title = level
        .primary_title(item.message.as_str())
        .id(item.code.as_str());
    title
        .elements(elements)
        .element(Level::HELP.message(item.remedy.as_str()))
}

fn place_elements(place: &Place, primary: bool) -> Vec<Element<'_>> {
    let kind = if primary {
        AnnotationKind::Primary
    } else {
        AnnotationKind::Context
    };
    let origin = || {
        Origin::path(place.file.as_str())
            .line(place.line)
            .char_column(place.column)
    };
    let Some(excerpt) = &place.excerpt else {
        return vec![origin().into()];
    };
    let annotation = kind
        .span(excerpt.marked.clone())
        .label(place.label.as_deref());
    let snippet = Snippet::source(excerpt.text.as_str()).annotation(annotation);
    if excerpt.cut {
        return vec![origin().into(), snippet.line_numbering(false).into()];
    }
    vec![
        snippet
            .path(place.file.as_str())
            .line_start(place.line)
            .into(),
    ]
}

fn as_json(item: &Diagnostic) -> serde_json::Value {
    let place = &item.places[0];
    let also: Vec<serde_json::Value> = item.places[1..]
        .iter()
        .map(|p| json!({ "file": p.file, "line": p.line, "column": p.column, "label": p.label }))
        .collect();
    json!({
        "code": item.code.as_str(),
        "severity": item.severity.as_str(),
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "found": item.found,
        "message": item.message,
        "remedy": item.remedy,
        "also": also,
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Fault, Faults, Sources, Span};

    fn one() -> crate::diagnostic::Diagnostics {
        let text = "schema = 1\nkind = \"balance\"\nrate = 3.5\n";
        let mut sources = Sources::default();
        let file = sources.add("scenarios/kol/balance.toml", text);
        let at = text.find("3.5").unwrap();
        let mut faults = Faults::default();
        faults.raise(
            Span::new(file, at..at + 3),
            Fault::DiscountRate { found: 3.5 },
        );
        faults.settle(&sources)
    }

    #[test]
    fn text_names_code_place_value_and_remedy() {
        let text = one().text(false);
        for part in [
            "error[S012]",
            "scenarios/kol/balance.toml:3:8",
            "rate = 3.5",
            "━━━",
            "0.035",
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        assert!(!text.contains('\u{1b}'), "colour was not asked for");
        assert!(one().text(true).contains('\u{1b}'));
    }

    #[test]
    fn json_holds_the_same_facts() {
        let json = one().json();
        assert_eq!(json[0]["code"], "S012");
        assert_eq!(
            (json[0]["line"].as_u64(), json[0]["column"].as_u64()),
            (Some(3), Some(8))
        );
        assert_eq!(json[0]["found"], "3.5");
    }

    #[test]
    fn person_level_lines_are_never_shown() {
        let mut sources = Sources::default();
        let file = sources.add("persons.csv", "id;cost\n010190-1234;5\n");
        sources.hide(file);
        let mut faults = Faults::default();
        faults.raise(
            Span::new(file, 8..19),
            Fault::PersonLevel {
                column: "id".into(),
            },
        );
        let text = faults.settle(&sources).text(false);
        assert!(
            text.contains("persons.csv:2:1") && !text.contains("010190"),
            "{text}"
        );
    }
}
