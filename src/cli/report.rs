//! `report`: a run's papers once more, from what its folder holds.
//!
//! ```text
//! RUN ─▶ is it as it was written? ─▶ computed again from inputs/ ─▶ the same to the byte?
//!                                                 ├─ what is missing, back into RUN
//!                                                 └─ or the papers, into --out DIR
//! ```
//!
//! Promise: what is written is what `run` wrote, byte for byte, or nothing is written and the
//! reason has a name. Absent: a changed file overwritten.

use std::path::{Path, PathBuf};

use super::arguments::ReportArguments;
use super::exit::{Exit, Stop};
use super::files::{Files, Remembered};
use super::folder::{Published, RunFolder, restore};
use super::output;
use super::portfolio;
use super::progress::Bar;
use super::reading::{Loaded, contents};
use super::record::{Record, Trouble};
use super::run;
use crate::engine::Progress;
use crate::report::Language;
use crate::scenario;

/// Renders a run's papers again, or only says whether everything is as it was written.
///
/// # Errors
/// What is wrong with the folder, by name; files that cannot be read or written.
pub fn report(arguments: &ReportArguments) -> Result<Exit, Stop> {
    let json = arguments.json;
    let language = Language::from(arguments.lang);
    let record = Record::open(&arguments.run, json)?;
    let (extra, troubles) = split(record.differences()?);
    stop_at(troubles_of(arguments.check, &extra, &troubles), json)?;
    let bar = Bar::new(language, json);
    let again = again(&record, json, &bar);
    bar.clear();
    let again = again?;
    stop_at(again.unlike(&record), json)?;
    let said = match (&arguments.check, &arguments.out) {
        (true, _) => sound(language, &record),
        (false, Some(out)) => written(language, &again.write_papers(out)?),
        (false, None) => restored(language, &record, &again.put_back(&record, &troubles)?),
    };
    if !arguments.check {
        left_alone(&extra);
    }
    output::to_stdout(
        match json {
            true => format!(
                "{}\n",
                serde_json::json!({ "valid": true, "run_id": record.run_id })
            ),
            false => said,
        }
        .as_bytes(),
    )?;
    Ok(Exit::Done)
}

/// Files that the run did not write, and all other troubles.
fn split(troubles: Vec<Trouble>) -> (Vec<Trouble>, Vec<Trouble>) {
    let is_extra = |trouble: &Trouble| matches!(trouble, Trouble::Extra(_));
    troubles.into_iter().partition(is_extra)
}

/// What keeps the command from going on. A missing output is what it is there to mend, and a file
/// of somebody else's is left alone; asked whether all is as it was written, both say no.
fn troubles_of(check: bool, extra: &[Trouble], troubles: &[Trouble]) -> Vec<Trouble> {
    let mendable = |trouble: &&Trouble| matches!(trouble, Trouble::OutputMissing(_));
    match check {
        true => troubles.iter().chain(extra).cloned().collect(),
        false => troubles.iter().filter(|t| !mendable(t)).cloned().collect(),
    }
}

fn stop_at(troubles: Vec<Trouble>, json: bool) -> Result<(), Stop> {
    match troubles.is_empty() {
        true => Ok(()),
        false => Err(Stop::Refused { troubles, json }),
    }
}

// ---- computing again --------------------------------------------------------------------------

/// A run's files made once more.
struct Again {
    files: Remembered,
    papers: Vec<String>,
}

/// Makes the run's files from the inputs that the folder kept.
fn again(record: &Record, json: bool, progress: &dyn Progress) -> Result<Again, Stop> {
    for path in record.scenarios("portfolio") {
        if let Some(again) = portfolio_again(record, &path, json, progress)? {
            return Ok(again);
        }
    }
    for path in record.scenarios("agreement") {
        if let Some(again) = agreement_again(record, &path, json, progress)? {
            return Ok(again);
        }
    }
    let troubles = vec![Trouble::OtherRun(record.folder.join("inputs"))];
    Err(Stop::Refused { troubles, json })
}

/// `None` where this file with these settings is another run.
fn agreement_again(
    record: &Record,
    path: &Path,
    json: bool,
    progress: &dyn Progress,
) -> Result<Option<Again>, Stop> {
    let faults = |diagnostics| Stop::Invalid { diagnostics, json };
    let read = scenario::read(path).map_err(faults)?;
    let inputs = contents(path, &read.inputs).map_err(reading(path))?;
    let loaded = Loaded {
        model: read.model,
        inputs,
    };
    let task = run::Task::new(&loaded, record.settings())?;
    if task.id() != record.run_id {
        return Ok(None);
    }
    let mut files = Remembered::default();
    let made = task.make(&mut files, progress).map_err(computing())?;
    Ok(Some(Again {
        files,
        papers: made.papers,
    }))
}

/// `None` where this file with these settings is another run.
fn portfolio_again(
    record: &Record,
    path: &Path,
    json: bool,
    progress: &dyn Progress,
) -> Result<Option<Again>, Stop> {
    let faults = |diagnostics| Stop::Invalid { diagnostics, json };
    let read = scenario::read_portfolio(path).map_err(faults)?;
    let inputs = contents(path, &read.inputs).map_err(reading(path))?;
    let task = portfolio::Task::new(&read.portfolio, inputs, record.settings())?;
    if task.id() != record.run_id {
        return Ok(None);
    }
    let mut files = Remembered::default();
    let made = task.make(&mut files, progress).map_err(computing())?;
    Ok(Some(Again {
        files,
        papers: made.papers,
    }))
}

fn reading(path: &Path) -> impl FnOnce(std::io::Error) -> Stop {
    Stop::io(format!("reading {} again", path.display()))
}

fn computing() -> impl FnOnce(std::io::Error) -> Stop {
    Stop::io("computing again")
}

impl Again {
    /// Files that are not what the manifest says, the manifest itself included.
    fn unlike(&self, record: &Record) -> Vec<Trouble> {
        let made = |name: &str| self.files.outputs().iter().find(|o| o.file == name);
        let lost = record
            .written
            .iter()
            .filter(|(name, hash)| made(name).is_none_or(|output| output.sha256 != **hash));
        let lost = lost.map(|(name, _)| name.as_str());
        let new = self
            .files
            .outputs()
            .iter()
            .map(|output| output.file.as_str());
        let new =
            new.filter(|name| *name != "manifest.json" && !record.written.contains_key(*name));
        let differ = |name| Trouble::Differs(record.folder.join(name));
        let troubles: Vec<Trouble> = lost.chain(new).map(differ).collect();
        let manifest = self.files.iter().find(|(o, _)| o.file == "manifest.json");
        let same = manifest.is_some_and(|(_, content)| content == record.manifest);
        if troubles.is_empty() && !same {
            let why = "it lists the same files in another way".to_owned();
            return vec![Trouble::ManifestChanged(record.manifest_path(), why)];
        }
        troubles
    }

    /// Writes the papers into a folder of their own, whole or not at all.
    fn write_papers(&self, out: &Path) -> Result<Published, Stop> {
        let write = || {
            let mut folder = RunFolder::begin_at(out)?;
            for (output, content) in self.files.iter() {
                if self.papers.contains(&output.file) {
                    folder.write(&output.file, content)?;
                }
            }
            folder.publish()
        };
        write().map_err(Stop::io(format!("writing {}", out.display())))
    }

    /// Puts what is missing back; what stands there is the same already.
    fn put_back(&self, record: &Record, missing: &[Trouble]) -> Result<Vec<String>, Stop> {
        let places: Vec<&Path> = missing.iter().map(Trouble::place).collect();
        let is_missing = |name: &str| places.contains(&record.folder.join(name).as_path());
        let files = self
            .files
            .iter()
            .map(|(o, content)| (o.file.as_str(), content));
        let files: Vec<(&str, &[u8])> = files.filter(|(name, _)| is_missing(name)).collect();
        if !files.is_empty() {
            let writing = Stop::io(format!("writing into {}", record.folder.display()));
            restore(&record.folder, &files).map_err(writing)?;
        }
        Ok(files.iter().map(|(name, _)| (*name).to_owned()).collect())
    }
}

// ---- what is said -----------------------------------------------------------------------------

fn sound(language: Language, record: &Record) -> String {
    let (files, run) = (record.written.len() + 1, &record.run_id);
    match language {
        Language::Da => format!(
            "Kørsel {run}: alle {files} filer er, som de blev skrevet, og genberegnet giver de det samme.\n"
        ),
        Language::En => format!(
            "Run {run}: all {files} files are as they were written, and computed again they are the same.\n"
        ),
    }
}

fn restored(language: Language, record: &Record, files: &[String]) -> String {
    let folder = record.folder.display();
    let list: String = files.iter().map(|file| format!("  {file}\n")).collect();
    match (language, files.len()) {
        (Language::Da, 0) => format!("Alle papirer står i {folder}, som de blev skrevet.\n"),
        (Language::En, 0) => format!("All papers stand in {folder} as they were written.\n"),
        (Language::Da, _) => format!("Lavet igen i {folder}, som de blev skrevet:\n{list}"),
        (Language::En, _) => format!("Made again in {folder} as they were written:\n{list}"),
    }
}

fn written(language: Language, folder: &Published) -> String {
    let path = folder.path().display();
    match (language, folder) {
        (Language::Da, Published::New(_)) => format!("Papirer: {path}\n"),
        (Language::Da, Published::Same(_)) => {
            format!("Papirer: {path} (stod der i forvejen med samme indhold)\n")
        }
        (Language::En, Published::New(_)) => format!("Papers: {path}\n"),
        (Language::En, Published::Same(_)) => {
            format!("Papers: {path} (they stood there already with the same content)\n")
        }
    }
}

/// Tells of files that somebody put into the folder.
fn left_alone(extra: &[Trouble]) {
    let places: Vec<PathBuf> = extra.iter().map(|t| t.place().to_owned()).collect();
    for place in places {
        let place = place.display();
        output::to_stderr(&format!(
            "note: {place} was not written by the run; left alone\n"
        ));
    }
}
