//! The commands: what a user types, and what comes back.
//!
//! ```text
//! run     scenario ─read▶ Model ─assess▶ Assessment ─compose▶ terminal
//!                                              └─render▶ run folder
//! report  run folder ─▶ is it as it was written? ─▶ its papers once more, to the byte
//! portfolio  agreements in force and proposed ─▶ each verdict beside the portfolio's
//! check   scenario ─read▶ faults, blanks
//! compare A, B ─▶ what differs, what each difference moves ─▶ --report: a page of sentences
//! explain scenario, figure ─▶ lines, formulas, parameters, sources
//! follow  run folder, observed quarters ─▶ in or out of the band
//! schema  ─▶ JSON Schema of scenario files
//! ```
//!
//! Promise: the only room that writes files; a run folder is there whole or not at all; standard
//! output holds results, standard error everything else. Absent: figures of its own.

mod arguments;
mod check;
mod compare;
mod exit;
mod explain;
mod files;
mod folder;
mod follow;
mod internal;
mod output;
mod portfolio;
mod progress;
mod reading;
mod record;
mod report;
mod run;
mod schema;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use exit::{Exit, Stop};

/// Parses the arguments, runs the command, and says how it went.
pub fn main() -> ExitCode {
    internal::install_hook();
    internal::guarded(|| {
        let arguments = Arguments::parse();
        match dispatch(arguments.command) {
            Ok(exit) => exit,
            Err(stop) => stop.tell(),
        }
    })
    .into()
}

fn dispatch(command: Command) -> Result<Exit, Stop> {
    match command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Report(arguments) => report::report(&arguments),
        Command::Portfolio(arguments) => portfolio::portfolio(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Compare(arguments) => compare::compare(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Follow(arguments) => follow::follow(&arguments),
        Command::Schema => schema::schema(),
    }
}
