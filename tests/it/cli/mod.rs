//! The program from outside: arguments in; text, exit code and files out.

mod again;
mod folder;
mod portfolio_papers;
mod since;
mod talk;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use assert_cmd::cargo::CommandCargoExt;

/// The shipped scenarios.
pub fn scenarios() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

/// A shipped scenario.
pub fn scenario(name: &str) -> PathBuf {
    scenarios().join(name)
}

/// The program, away from any terminal and from the caller's wishes.
pub fn fairbalance() -> Command {
    let mut command = Command::cargo_bin("fairbalance").expect("the program was built");
    command.env_remove("NO_COLOR").env_remove("RUST_BACKTRACE");
    command
}

/// Runs a scenario into `out`, 2,048 replicates.
pub fn run(name: &str, out: &Path, more: &[&str]) -> Output {
    fairbalance()
        .arg("run")
        .arg(scenario(name))
        .args(["--replicates", "2048", "--out"])
        .arg(out)
        .args(more)
        .output()
        .expect("the program starts")
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// Paths of all files below a folder, in order.
pub fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return found;
    };
    for entry in entries {
        let entry = entry.expect("a readable folder");
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            found.extend(
                files(&entry.path())
                    .into_iter()
                    .map(|below| format!("{name}/{below}")),
            );
        } else {
            found.push(name);
        }
    }
    found.sort();
    found
}
