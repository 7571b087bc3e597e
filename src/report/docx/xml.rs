//! What all parts of the file share: declaration, names of namespaces, escaping.

use crate::report::words::Language;

/// First line of every part.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// Namespaces of a part with text.
pub const TEXT_SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
     xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"";

/// Name of a language as files know it.
pub fn code(language: Language) -> &'static str {
    match language {
        Language::Da => "da-DK",
        Language::En => "en-GB",
    }
}

/// Text for between tags or inside quotes. Characters that XML cannot hold are left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(' '),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// A run of text, bold or not.
pub fn run(text: &str, bold: bool) -> String {
    let look = if bold { "<w:rPr><w:b/></w:rPr>" } else { "" };
    format!(
        "<w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escaped(text)
    )
}

/// A paragraph of runs in a style; `more` follows the style's name among its properties.
pub fn paragraph(style: &str, more: &str, runs: &str) -> String {
    let style = match style {
        "Normal" => String::new(),
        style => format!("<w:pStyle w:val=\"{style}\"/>"),
    };
    match (style.as_str(), more) {
        ("", "") => format!("<w:p>{runs}</w:p>"),
        (style, more) => format!("<w:p><w:pPr>{style}{more}</w:pPr>{runs}</w:p>"),
    }
}
