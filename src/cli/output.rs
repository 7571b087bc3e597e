//! Writing to the two streams. A reader that has gone away is no fault.

use std::io::{self, IsTerminal, Write};

use serde_json::json;

use super::exit::Stop;
use super::record::Trouble;
use crate::diagnostic::Diagnostics;
use crate::report::Setting;

/// Width where there is no terminal to ask.
const WIDTH: usize = 100;
/// Tables need this much; text wider than that is tiring.
const BOUNDS: (usize, usize) = (72, 160);

/// Writes to standard output.
///
/// # Errors
/// Those of the stream, except that its reader has gone.
pub fn to_stdout(text: &[u8]) -> Result<(), Stop> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(Stop::io("writing to standard output")),
    }
}

/// Writes to standard error; there is nowhere to report that it failed.
pub fn to_stderr(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Diagnostics as text on standard error, or as JSON on standard output.
pub fn diagnostics(diagnostics: &Diagnostics, json: bool) {
    if json {
        let faults = json!({
            "valid": !diagnostics.any_error(),
            "diagnostics": diagnostics.json(),
        });
        let _ = to_stdout(format!("{faults:#}\n").as_bytes());
    } else {
        to_stderr(&diagnostics.text(may_style(io::stderr().is_terminal())));
    }
}

/// What is wrong with a run folder, as text on standard error or as JSON on standard output.
pub fn troubles(troubles: &[Trouble], json: bool) {
    if json {
        let list: Vec<_> = troubles.iter().map(Trouble::json).collect();
        let faults = json!({ "valid": false, "diagnostics": list });
        let _ = to_stdout(format!("{faults:#}\n").as_bytes());
    } else {
        let texts: Vec<String> = troubles.iter().map(Trouble::text).collect();
        to_stderr(&texts.join("\n"));
    }
}

/// How the terminal wants its text.
pub fn setting() -> Setting {
    let is_terminal = io::stdout().is_terminal();
    let asked = terminal_size::terminal_size_of(io::stdout());
    let width = asked.map_or(WIDTH, |(terminal_size::Width(width), _)| usize::from(width));
    Setting {
        width: width.clamp(BOUNDS.0, BOUNDS.1),
        bold: may_style(is_terminal),
    }
}

/// Styling only on a terminal, and not where the user asks for none (<https://no-color.org>).
fn may_style(is_terminal: bool) -> bool {
    is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
