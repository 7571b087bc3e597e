//! A scenario with the bytes of every file it was read from.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::exit::Stop;
use super::output;
use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::report::digest;
use crate::scenario::{self, Inputs};

/// A scenario that was read.
pub struct Loaded {
    /// The checked scenario.
    pub model: Model,
    /// Path below the scenario library and content of every file, in the order they were opened.
    pub inputs: Vec<(String, Vec<u8>)>,
}

/// Reads a scenario; warnings go to standard error.
///
/// # Errors
/// Its faults, or a file that changed meanwhile.
pub fn load(path: &Path, json: bool) -> Result<Loaded, Stop> {
    let faults = |diagnostics: Diagnostics| Stop::Invalid { diagnostics, json };
    let read = scenario::read(path).map_err(faults)?;
    if !read.warnings.is_empty() && !json {
        output::diagnostics(&read.warnings, false);
    }
    let inputs = contents(path, &read.inputs).map_err(Stop::io("reading the scenario again"))?;
    Ok(Loaded {
        model: read.model,
        inputs,
    })
}

/// The bytes behind the hashes: copied into the run folder, so they must be what was computed on.
pub fn contents(path: &Path, inputs: &Inputs) -> io::Result<Vec<(String, Vec<u8>)>> {
    let Some(first) = inputs.first() else {
        return Ok(Vec::new());
    };
    let library = library(path, &first.path)?;
    inputs
        .iter()
        .map(|input| {
            let content = fs::read(library.join(&input.path))?;
            if digest(&content) != input.sha256 {
                let changed = format!("{} was changed meanwhile; run again", input.path);
                return Err(io::Error::other(changed));
            }
            Ok((input.path.clone(), content))
        })
        .collect()
}

/// The folder that input paths start from: above the file a user named, as far as its path says.
fn library(path: &Path, first: &str) -> io::Result<PathBuf> {
    let main = Path::new(first);
    let named = without_variant(path);
    let file = match named.is_dir() {
        true => named.join(main.file_name().unwrap_or_default()),
        false => named,
    };
    let file = file.canonicalize()?;
    let library = file.ancestors().nth(main.components().count());
    Ok(library.unwrap_or(&file).to_owned())
}

/// `scenarios/kol#variant` → `scenarios/kol`.
fn without_variant(path: &Path) -> PathBuf {
    match path.to_string_lossy().rsplit_once('#') {
        Some((before, _)) if !path.exists() => PathBuf::from(before),
        _ => path.to_owned(),
    }
}
