//! A fault of the program's own: said as such, with what to send, and exit code 70.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

use super::exit::Exit;
use super::output;

/// Replaces the standard panic message.
pub fn install_hook() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string);
        let what = payload(info);
        output::to_stderr(&message(&what, place.as_deref()));
        let backtrace = Backtrace::capture();
        if backtrace.status() == BacktraceStatus::Captured {
            output::to_stderr(&format!("\n{backtrace}\n"));
        }
    }));
}

/// Runs a command; a panic in it becomes [`Exit::Internal`].
pub fn guarded(command: impl FnOnce() -> Exit) -> Exit {
    panic::catch_unwind(AssertUnwindSafe(command)).unwrap_or(Exit::Internal)
}

/// What a user reads and can send.
pub fn message(what: &str, place: Option<&str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let place = place.map_or(String::new(), |place| format!(" at {place}"));
    format!(
        "fairbalance has met a fault of its own; your scenario is not to blame.\n\
         Nothing is left half written. Please send the maintainers this text, the command and\n\
         the scenario's folder (check first that it holds nothing confidential).\n\
         \n  fault    {what}{place}\n  version  fairbalance {version}, {system}\n"
    )
}

fn payload(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let text = payload.downcast_ref::<&str>().map(|text| text.to_string());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "without a message".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_exit_code_70() {
        let exit = guarded(|| panic!("a test of the guard; this message is expected"));
        assert_eq!(exit, Exit::Internal);
    }

    #[test]
    fn the_message_says_what_where_and_what_to_send() {
        let text = message("index out of bounds", Some("src/plan/mod.rs:3:1"));
        for part in [
            "index out of bounds at src/plan/mod.rs:3:1",
            "send",
            "0.1.0",
        ] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }
}
