//! Programs of other people that papers are opened with: a browser, an office suite, a PDF reader.
//!
//! Where one is not installed its tests say so and pass; with `CI` set it must be there.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// One heavy program at a time: they share a profile folder and two cores.
static TURN: Mutex<()> = Mutex::new(());

/// Where a program is, or `None` where the tests that need it cannot run.
///
/// # Panics
/// If it is missing where `CI` is set.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(name));
    let found = found.into_iter().find(|file| file.is_file());
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{name} is not installed");
        eprintln!("{name} is not installed: not tested here");
    }
    found
}

/// What a program prints.
///
/// # Panics
/// If it cannot be started or fails.
pub fn output(command: &mut Command) -> String {
    let _turn = TURN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let done = command.output().expect("the program starts");
    let error = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{command:?}: {error}");
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// A page as the browser holds it after its scripts have run for `milliseconds` of its own clock;
/// `None` where there is no browser.
///
/// A test that acts as a reader writes a copy of the page with a script of its own at the end,
/// which presses and moves and puts down what it sees in the page.
pub fn browsed(page: &Path, milliseconds: u32) -> Option<String> {
    let chromium = program("chromium")?;
    let profile = tempfile::tempdir().expect("a profile folder");
    let mut command = Command::new(chromium);
    command
        .args([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
        ])
        .args(["--disable-background-networking", "--window-size=1100,1400"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("--virtual-time-budget={milliseconds}"))
        .arg("--dump-dom")
        .arg(format!("file://{}", page.display()));
    Some(output(&mut command))
}

/// The PDF that the office suite makes of a document; `None` where there is no suite.
pub fn as_pdf(document: &Path) -> Option<PathBuf> {
    converted(document, "pdf")
}

/// The file that the office suite makes of a document, beside it.
///
/// # Panics
/// If it makes none.
pub fn converted(document: &Path, format: &str) -> Option<PathBuf> {
    let mut made = all_converted(std::slice::from_ref(&document.to_path_buf()), format)?;
    made.pop()
}

/// The files that the office suite makes of documents in one folder, beside them, started once.
///
/// # Panics
/// If it does not make all of them.
pub fn all_converted(documents: &[PathBuf], format: &str) -> Option<Vec<PathBuf>> {
    let soffice = program("soffice")?;
    let folder = documents[0].parent().expect("a file stands in a folder");
    let profile = tempfile::tempdir().expect("a profile folder");
    let mut command = Command::new(soffice);
    command
        .arg(format!(
            "-env:UserInstallation=file://{}",
            profile.path().display()
        ))
        .args(["--headless", "--convert-to", format, "--outdir"])
        .arg(folder)
        .args(documents);
    let said = output(&mut command);
    let extension = format.split(':').next().expect("a format");
    let made = documents.iter().map(|d| d.with_extension(extension));
    let made: Vec<PathBuf> = made.collect();
    for file in &made {
        assert!(file.is_file(), "{}: {said}", file.display());
    }
    Some(made)
}
