//! Exit codes, and the ways in which a command stops short.

use std::io;
use std::process::ExitCode;

use super::output;
use super::record::Trouble;
use crate::diagnostic::Diagnostics;

/// How a command ended. The numbers do not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Computed, or valid.
    Done = 0,
    /// Invalid input; clap ends with the same number on wrong usage.
    Invalid = 2,
    /// Not *klarlagt*: no verdict.
    NotClarified = 3,
    // 4 is kept for gates that a user sets.
    /// A fault of the program's own.
    Internal = 70,
    /// A file could not be read or written.
    Unwritten = 74,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Why a command stopped.
#[derive(Debug)]
pub enum Stop {
    /// The scenario cannot be read as it stands.
    Invalid {
        /// What is wrong with it.
        diagnostics: Diagnostics,
        /// As JSON on standard output instead of text on standard error.
        json: bool,
    },
    /// A run folder is not what a run wrote.
    Refused {
        /// What is wrong with it.
        troubles: Vec<Trouble>,
        /// As JSON on standard output instead of text on standard error.
        json: bool,
    },
    /// A file could not be read or written.
    Io {
        /// What was being done.
        doing: String,
        /// What the system said.
        error: io::Error,
    },
    /// The program contradicts itself.
    Internal(String),
}

impl Stop {
    /// Wraps an error of the system with what was being done.
    pub fn io(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Stop {
        let doing = doing.into();
        move |error| match error.kind() {
            // A figure that is not finite: the disk is not to blame.
            io::ErrorKind::InvalidData => Stop::Internal(format!("{doing}: {error}")),
            _ => Stop::Io { doing, error },
        }
    }

    /// Tells the user, and gives the exit code.
    pub fn tell(self) -> Exit {
        match self {
            Stop::Invalid { diagnostics, json } => {
                output::diagnostics(&diagnostics, json);
                Exit::Invalid
            }
            Stop::Refused { troubles, json } => {
                output::troubles(&troubles, json);
                Exit::Invalid
            }
            Stop::Io { doing, error } => {
                output::to_stderr(&format!("error: {doing}: {error}\n"));
                Exit::Unwritten
            }
            Stop::Internal(what) => {
                output::to_stderr(&super::internal::message(&what, None));
                Exit::Internal
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes_do_not_change() {
        let codes = [
            Exit::Done,
            Exit::Invalid,
            Exit::NotClarified,
            Exit::Internal,
            Exit::Unwritten,
        ];
        assert_eq!(codes.map(|exit| exit as u8), [0, 2, 3, 70, 74]);
    }

    #[test]
    fn a_figure_that_is_not_finite_is_our_fault_and_a_full_disk_is_not() {
        let figure = io::Error::new(io::ErrorKind::InvalidData, "years is NaN");
        assert!(matches!(Stop::io("writing")(figure), Stop::Internal(_)));
        let disk = io::Error::from(io::ErrorKind::StorageFull);
        assert!(matches!(Stop::io("writing")(disk), Stop::Io { .. }));
    }
}
