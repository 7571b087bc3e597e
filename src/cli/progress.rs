//! Progress on standard error, where someone is looking.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};

use crate::engine::Progress;
use crate::report::Language;

/// A bar on a terminal, nothing elsewhere.
pub struct Bar {
    bar: ProgressBar,
    language: Language,
}

impl Bar {
    /// A bar; hidden when quiet or where standard error is not a terminal.
    pub fn new(language: Language, quiet: bool) -> Bar {
        let bar = match !quiet && io::stderr().is_terminal() {
            true => ProgressBar::new(0),
            false => ProgressBar::hidden(),
        };
        if let Ok(style) = ProgressStyle::with_template("  {msg:24} {bar:30} {pos}/{len}") {
            bar.set_style(style);
        }
        Bar { bar, language }
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn advance(&self, stage: &'static str, done: usize, total: usize) {
        self.bar.set_message(words(self.language, stage));
        self.bar.set_length(total as u64);
        self.bar.set_position(done as u64);
    }
}

fn words(language: Language, stage: &'static str) -> &'static str {
    match (stage, language) {
        ("chance", Language::Da) => "tilfældige udsving",
        ("chance", Language::En) => "chance",
        ("expectation", Language::Da) => "forudsætninger",
        ("expectation", Language::En) => "assumptions",
        ("differences", Language::Da) => "forskelle",
        ("differences", Language::En) => "differences",
        _ => stage,
    }
}
