//! A run folder that stands: what it says of itself, and whether it still is so.
//!
//! ```text
//! manifest.json ─read▶ Record ─┬─ program, version, draw format, features: this program's?
//!                              ├─ run id: the hash of the identity?
//!                              └─ every file: the hash that was noted?      ─▶ Trouble, by name
//! ```
//!
//! Promise: nothing is computed from a folder that does not say of itself what it holds; every
//! trouble names the file and what to do. Absent: computing again, and writing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};

use super::exit::Stop;
use super::folder::{contents, is_unfinished};
use crate::engine::RunSettings;
use crate::random::Seed;
use crate::report::{Identity, MANIFEST_SCHEMA, digest};

const MANIFEST: &str = "manifest.json";
const INPUTS: &str = "inputs/";
/// What of an identity says which program made the run.
const PROGRAM: [&str; 4] = ["program", "version", "draw_format", "features"];

/// A run folder and what it says of itself.
#[derive(Debug)]
pub struct Record {
    /// The folder.
    pub folder: PathBuf,
    /// Its name: the hash of the identity.
    pub run_id: String,
    /// `manifest.json` as it stands.
    pub manifest: Vec<u8>,
    /// Hash of every file that the run wrote, by its path; the manifest is not among them.
    pub written: BTreeMap<String, String>,
    scenario: String,
    settings: RunSettings,
    inputs: Vec<String>,
}

/// What is wrong with a run folder. Codes do not change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// There is no such folder.
    NoFolder(PathBuf),
    /// A folder without a manifest.
    NoManifest(PathBuf),
    /// The manifest is not what a run writes.
    Unreadable(PathBuf, String),
    /// The manifest has another form.
    OtherSchema(PathBuf, String),
    /// Another program made it.
    OtherProgram(PathBuf, String),
    /// The manifest says something else than when it was written.
    ManifestChanged(PathBuf, String),
    /// An input is not what was computed on.
    InputChanged(PathBuf),
    /// An input is gone.
    InputMissing(PathBuf),
    /// A file is not what the run wrote.
    OutputChanged(PathBuf),
    /// A file is gone.
    OutputMissing(PathBuf),
    /// A file that the run did not write.
    Extra(PathBuf),
    /// The inputs do not give this run.
    OtherRun(PathBuf),
    /// Computed again, a file is another.
    Differs(PathBuf),
}

impl Record {
    /// Reads a run folder's manifest.
    ///
    /// # Errors
    /// A folder that is none, and a manifest that this program did not write.
    pub fn open(folder: &Path, json: bool) -> Result<Record, Stop> {
        let refused = |trouble: Trouble| Stop::Refused {
            troubles: vec![trouble],
            json,
        };
        if !folder.is_dir() {
            return Err(refused(Trouble::NoFolder(folder.to_owned())));
        }
        let path = folder.join(MANIFEST);
        if !path.is_file() {
            return Err(refused(Trouble::NoManifest(folder.to_owned())));
        }
        let reading = Stop::io(format!("reading {}", path.display()));
        let manifest = fs::read(&path).map_err(reading)?;
        read(folder, path, manifest).map_err(refused)
    }

    /// How it was run.
    pub fn settings(&self) -> RunSettings {
        self.settings.clone()
    }

    /// Where its scenario or portfolio may stand among the inputs it kept: usually one place, more
    /// where a file builds on another of the same folder.
    pub fn scenarios(&self, kind: &str) -> Vec<PathBuf> {
        let (name, variant) = match self.scenario.split_once('#') {
            Some((name, variant)) => (name, format!("#{variant}")),
            None => (self.scenario.as_str(), String::new()),
        };
        let named = |path: &&String| {
            let folder = Path::new(path).parent().and_then(Path::file_name);
            folder.is_some_and(|folder| folder == name) && path.ends_with(".toml")
        };
        let of_kind = |path: &&String| {
            let text = fs::read_to_string(self.folder.join(INPUTS).join(path));
            let table = text.ok().and_then(|text| text.parse::<toml::Table>().ok());
            table.is_some_and(|t| t.get("kind").and_then(toml::Value::as_str) == Some(kind))
        };
        let found = self.inputs.iter().filter(named).filter(of_kind);
        let place = |path: &String| self.folder.join(INPUTS).join(format!("{path}{variant}"));
        found.map(place).collect()
    }

    /// Every file that is not as it was written, in name order.
    ///
    /// # Errors
    /// Files that cannot be read.
    pub fn differences(&self) -> Result<Vec<Trouble>, Stop> {
        let reading = Stop::io(format!("reading {}", self.folder.display()));
        let standing = contents(&self.folder).map_err(reading)?;
        let mut troubles = Vec::new();
        for (name, hash) in &self.written {
            let path = self.folder.join(name);
            let is_input = name.starts_with(INPUTS);
            match standing.get(name) {
                Some(found) if found == hash => {}
                Some(_) if is_input => troubles.push(Trouble::InputChanged(path)),
                Some(_) => troubles.push(Trouble::OutputChanged(path)),
                None if is_input => troubles.push(Trouble::InputMissing(path)),
                None => troubles.push(Trouble::OutputMissing(path)),
            }
        }
        let known = |name: &&String| {
            let top = name.split('/').next().unwrap_or_default();
            self.written.contains_key(*name) || *name == MANIFEST || is_unfinished(top)
        };
        let extra = standing.keys().filter(|name| !known(name));
        troubles.extend(extra.map(|name| Trouble::Extra(self.folder.join(name))));
        Ok(troubles)
    }

    /// The manifest's place.
    pub fn manifest_path(&self) -> PathBuf {
        self.folder.join(MANIFEST)
    }
}

#[derive(Deserialize)]
struct Manifest {
    run_id: String,
    identity: Identified,
    outputs: Vec<Written>,
}

#[derive(Deserialize)]
struct Identified {
    scenario: String,
    settings: Settings,
    inputs: Vec<Input>,
}

#[derive(Deserialize)]
struct Settings {
    seed: u64,
    replicates: Option<usize>,
    precision: Option<f64>,
    max_replicates: Option<usize>,
}

#[derive(Deserialize)]
struct Input {
    path: String,
}

#[derive(Deserialize)]
struct Written {
    file: String,
    sha256: String,
}

fn read(folder: &Path, path: PathBuf, bytes: Vec<u8>) -> Result<Record, Trouble> {
    let unreadable = |why: serde_json::Error| Trouble::Unreadable(path.clone(), why.to_string());
    let value: Value = serde_json::from_slice(&bytes).map_err(unreadable)?;
    let schema = &value["schema_version"];
    if *schema != MANIFEST_SCHEMA {
        let found = match schema {
            Value::Null => "no schema version".to_owned(),
            other => format!("schema version {other}"),
        };
        return Err(Trouble::OtherSchema(path, found));
    }
    if let Some(made_by) = other_program(&value["identity"]) {
        return Err(Trouble::OtherProgram(folder.to_owned(), made_by));
    }
    let manifest: Manifest = serde_json::from_value(value.clone()).map_err(unreadable)?;
    let encoded = serde_json::to_vec(&value["identity"]).map_err(unreadable)?;
    if digest(&encoded)[..16] != manifest.run_id {
        let why = "the run id is not the hash of the identity";
        return Err(Trouble::ManifestChanged(path, why.into()));
    }
    let plain = RunSettings::default();
    let asked = manifest.identity.settings;
    let written = manifest.outputs.into_iter().map(|o| (o.file, o.sha256));
    Ok(Record {
        folder: folder.to_owned(),
        run_id: manifest.run_id,
        manifest: bytes,
        written: written.collect(),
        scenario: manifest.identity.scenario,
        settings: RunSettings {
            seed: Seed(asked.seed),
            replicates: asked.replicates,
            precision: asked.precision,
            max_replicates: asked.max_replicates.unwrap_or(plain.max_replicates),
            threads: plain.threads,
        },
        inputs: manifest
            .identity
            .inputs
            .into_iter()
            .map(|i| i.path)
            .collect(),
    })
}

/// Which program an identity names, where it is not this one.
fn other_program(identity: &Value) -> Option<String> {
    let own = Identity::new("", &RunSettings::default(), []);
    let own = serde_json::to_value(&own).unwrap_or_default();
    if PROGRAM.iter().all(|key| identity[key] == own[key]) {
        return None;
    }
    let word = |key: &str| match &identity[key] {
        Value::String(text) => text.clone(),
        Value::Null => "?".into(),
        other => other.to_string(),
    };
    let mut made_by = format!("{} {}", word("program"), word("version"));
    if identity["draw_format"] != own["draw_format"] {
        made_by.push_str(&format!(", draw format {}", word("draw_format")));
    }
    if identity["features"] != own["features"] {
        made_by.push_str(&format!(", features {}", word("features")));
    }
    Some(made_by)
}

impl Trouble {
    /// The code, which does not change.
    pub fn code(&self) -> &'static str {
        match self {
            Trouble::NoFolder(_) => "R001",
            Trouble::NoManifest(_) => "R002",
            Trouble::Unreadable(..) => "R003",
            Trouble::OtherSchema(..) => "R004",
            Trouble::OtherProgram(..) => "R005",
            Trouble::ManifestChanged(..) => "R006",
            Trouble::InputChanged(_) => "R007",
            Trouble::InputMissing(_) => "R008",
            Trouble::OutputChanged(_) => "R009",
            Trouble::OutputMissing(_) => "R010",
            Trouble::Extra(_) => "R011",
            Trouble::OtherRun(_) => "R012",
            Trouble::Differs(_) => "R013",
        }
    }

    /// Where.
    pub fn place(&self) -> &Path {
        match self {
            Trouble::NoFolder(path)
            | Trouble::NoManifest(path)
            | Trouble::Unreadable(path, _)
            | Trouble::OtherSchema(path, _)
            | Trouble::OtherProgram(path, _)
            | Trouble::ManifestChanged(path, _)
            | Trouble::InputChanged(path)
            | Trouble::InputMissing(path)
            | Trouble::OutputChanged(path)
            | Trouble::OutputMissing(path)
            | Trouble::Extra(path)
            | Trouble::OtherRun(path)
            | Trouble::Differs(path) => path,
        }
    }

    /// What is wrong.
    pub fn message(&self) -> String {
        let own = concat!("fairbalance ", env!("CARGO_PKG_VERSION"));
        match self {
            Trouble::NoFolder(_) => "there is no such run folder".into(),
            Trouble::NoManifest(_) => "not a run folder: it holds no manifest.json".into(),
            Trouble::Unreadable(_, why) => format!("not a manifest that a run writes: {why}"),
            Trouble::OtherSchema(_, found) => {
                format!("the manifest has {found}, this program reads \"{MANIFEST_SCHEMA}\"")
            }
            Trouble::OtherProgram(_, made_by) => {
                format!("the run was made by {made_by}, this is {own}")
            }
            Trouble::ManifestChanged(_, why) => {
                format!("the manifest was changed after its run: {why}")
            }
            Trouble::InputChanged(_) => "an input was changed after the run".into(),
            Trouble::InputMissing(_) => "an input of the run is missing".into(),
            Trouble::OutputChanged(_) => "a file was changed after the run wrote it".into(),
            Trouble::OutputMissing(_) => "a file that the run wrote is missing".into(),
            Trouble::Extra(_) => "a file that the run did not write".into(),
            Trouble::OtherRun(_) => "the inputs of this folder do not give this run".into(),
            Trouble::Differs(_) => {
                "computed again from the same inputs, this file is another".into()
            }
        }
    }

    /// What to do.
    pub fn remedy(&self) -> &'static str {
        match self {
            Trouble::NoFolder(_) | Trouble::NoManifest(_) => {
                "name a folder that `fairbalance run` or `portfolio` has written, for instance output/<scenario>/<run-id>"
            }
            Trouble::Unreadable(..) | Trouble::ManifestChanged(..) => {
                "fetch the folder again from where it was kept, or run its inputs again"
            }
            Trouble::OtherSchema(..) | Trouble::OtherProgram(..) => {
                "run it again with this program (`fairbalance run <folder>/inputs/<scenario>`), or use that version"
            }
            Trouble::InputChanged(_) | Trouble::InputMissing(_) => {
                "fetch the folder again from where it was kept; a changed draft is a run of its own"
            }
            Trouble::OutputChanged(_) => {
                "move the file away and call `fairbalance report` again: it is made again as it was"
            }
            Trouble::OutputMissing(_) => "`fairbalance report` without --check makes it again",
            Trouble::Extra(_) => "keep it beside the folder, not in it",
            Trouble::OtherRun(_) | Trouble::Differs(_) => {
                "the folder was changed together with its manifest, or made by another build of this version: run its inputs again"
            }
        }
    }

    /// As text for a person.
    pub fn text(&self) -> String {
        let (code, message) = (self.code(), self.message());
        let (place, remedy) = (self.place().display(), self.remedy());
        format!("error[{code}]: {message}\n  --> {place}\n  = help: {remedy}\n")
    }

    /// As JSON for a program, in the form of a scenario's faults.
    pub fn json(&self) -> Value {
        json!({
            "code": self.code(),
            "severity": "error",
            "file": self.place().display().to_string(),
            "message": self.message(),
            "remedy": self.remedy(),
        })
    }
}
