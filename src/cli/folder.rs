//! A run's folder: whole or not at all.
//!
//! ```text
//! output/<scenario>/.<run-id>.partial-<pid>   written, synced, locked by the living
//!            │ rename
//!            ▼
//! output/<scenario>/<run-id>                  complete, never touched again
//! ```
//!
//! Promise: under the final name stands a complete folder or nothing, whether the disk fills up,
//! the folder cannot be written or the process is killed. What dead runs left is taken away by the
//! next run: a living one holds a lock on its folder, which the system releases at its end.
//! Absent: what the files say.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::report::{Output, digest};

/// A folder that is being written.
#[derive(Debug)]
pub struct RunFolder {
    partial: PathBuf,
    complete: PathBuf,
    outputs: Vec<Output>,
    /// Held while this run lives; `None` where folders cannot be locked.
    _alive: Option<File>,
}

/// How a folder came to stand under its final name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Published {
    /// It was written now.
    New(PathBuf),
    /// It stood there already, byte for byte the same.
    Same(PathBuf),
}

impl Published {
    /// The folder.
    pub fn path(&self) -> &Path {
        match self {
            Published::New(path) | Published::Same(path) => path,
        }
    }
}

impl RunFolder {
    /// Begins a folder aside, after taking away what dead runs of this scenario left.
    ///
    /// # Errors
    /// Where the folder cannot be made.
    pub fn begin(output: &Path, scenario: &str, run_id: &str) -> io::Result<RunFolder> {
        let home = output.join(file_name(scenario));
        fs::create_dir_all(&home)?;
        // Held while cleaning and making, so that nobody cleans what is not locked yet.
        let _turn = locked(&home);
        remove_leftovers(&home)?;
        let partial = home.join(format!(".{run_id}.partial-{}", std::process::id()));
        fs::create_dir(&partial)?;
        Ok(RunFolder {
            _alive: locked(&partial),
            complete: home.join(run_id),
            partial,
            outputs: Vec::new(),
        })
    }

    /// What has been written, in order.
    pub fn outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// Writes a file from memory; `name` may hold `/`.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn write(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        let mut file = self.create(name)?;
        file.write_all(content)?;
        self.keep(name, file)
    }

    /// Opens a file to be streamed to; [`RunFolder::keep`] ends it.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn create(&self, name: &str) -> io::Result<Hashed> {
        let path = self.partial.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(Hashed {
            file: BufWriter::new(File::create_new(path)?),
            hash: Sha256::new(),
            bytes: 0,
        })
    }

    /// Ends a streamed file: everything on the disk, hash and size noted.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn keep(&mut self, name: &str, file: Hashed) -> io::Result<()> {
        let hash = file.hash.finalize();
        let file_on_disk = file
            .file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        file_on_disk.sync_all()?;
        self.outputs.push(Output {
            file: name.to_owned(),
            bytes: file.bytes,
            sha256: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        });
        Ok(())
    }

    /// Gives the folder its final name.
    ///
    /// # Errors
    /// Those of the disk; and where a folder of that name holds other bytes, which is left alone.
    pub fn publish(self) -> io::Result<Published> {
        sync_folders(&self.partial)?;
        if !self.complete.exists() {
            match fs::rename(&self.partial, &self.complete) {
                Ok(()) => return self.arrived(),
                // Another process may have been first.
                Err(_) if self.complete.exists() => {}
                Err(error) => return Err(error),
            }
        }
        match first_difference(&self.partial, &self.complete)? {
            None => Ok(Published::Same(self.complete.clone())),
            Some(file) => Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                format!(
                    "{} already holds another {file}; it was changed after its run. \
                     Move that folder away and run again",
                    self.complete.display()
                ),
            )),
        }
    }

    fn arrived(&self) -> io::Result<Published> {
        if let Some(home) = self.complete.parent() {
            sync_folder(home)?;
        }
        Ok(Published::New(self.complete.clone()))
    }
}

/// A run that stops short takes its folder with it.
impl Drop for RunFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.partial);
    }
}

/// A file that is hashed while it is written.
#[derive(Debug)]
pub struct Hashed {
    file: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A scenario's name as a folder's: letters, digits, `-`, `_` and `.` stay, the rest becomes `-`.
fn file_name(scenario: &str) -> String {
    let kept = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let name: String = scenario
        .chars()
        .map(|c| if kept(c) { c } else { '-' })
        .collect();
    let name = name.trim_start_matches('.');
    if name.is_empty() {
        "scenario".into()
    } else {
        name.into()
    }
}

/// A lock on a folder that ends with the process; `None` where the system has none.
fn locked(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

fn remove_leftovers(home: &Path) -> io::Result<()> {
    for entry in fs::read_dir(home)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') && name.contains(".partial-") && is_dead(&entry.path()) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// Whether nobody holds the folder. Where it cannot be asked, it is left alone.
fn is_dead(folder: &Path) -> bool {
    let Ok(folder) = File::open(folder) else {
        return false;
    };
    match folder.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => false,
    }
}

fn sync_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    sync_folder(folder)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Elsewhere a folder cannot be opened, and needs no sync.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The first file, in name order, that is not the same in both folders.
fn first_difference(ours: &Path, theirs: &Path) -> io::Result<Option<String>> {
    let (ours, theirs) = (contents(ours)?, contents(theirs)?);
    let names = ours.keys().chain(theirs.keys());
    let different = names.filter(|name| ours.get(*name) != theirs.get(*name));
    Ok(different.min().cloned())
}

/// Hash of every file below a folder, by its path.
fn contents(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            let below = contents(&entry.path())?;
            found.extend(
                below
                    .into_iter()
                    .map(|(path, hash)| (format!("{name}/{path}"), hash)),
            );
        } else {
            found.insert(name, digest(&fs::read(entry.path())?));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn write(output: &Path, content: &[u8]) -> io::Result<Published> {
        let mut folder = RunFolder::begin(output, "kol", "0123")?;
        folder.write("result.json", content)?;
        folder.write("inputs/kol/agreement.toml", b"schema = 1")?;
        folder.publish()
    }

    #[test]
    fn a_published_folder_stands_alone_and_whole() {
        let output = tempfile::tempdir().unwrap();
        let published = write(output.path(), b"{}").unwrap();
        assert_eq!(published, Published::New(output.path().join("kol/0123")));
        assert_eq!(names(&output.path().join("kol")), ["0123"]);
        assert_eq!(names(published.path()), ["inputs", "result.json"]);
    }

    #[test]
    fn the_same_bytes_are_left_as_they_stand() {
        let output = tempfile::tempdir().unwrap();
        write(output.path(), b"{}").unwrap();
        let again = write(output.path(), b"{}").unwrap();
        assert_eq!(again, Published::Same(output.path().join("kol/0123")));
        assert_eq!(names(&output.path().join("kol")), ["0123"]);
    }

    #[test]
    fn a_folder_that_was_changed_afterwards_is_never_overwritten() {
        let output = tempfile::tempdir().unwrap();
        write(output.path(), b"{}").unwrap();
        let changed = output.path().join("kol/0123/result.json");
        fs::write(&changed, b"{\"better\": true}").unwrap();
        let error = write(output.path(), b"{}").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert!(error.to_string().contains("result.json"), "{error}");
        assert_eq!(fs::read(changed).unwrap(), b"{\"better\": true}");
    }

    #[test]
    fn a_run_that_stops_short_leaves_nothing() {
        let output = tempfile::tempdir().unwrap();
        let mut folder = RunFolder::begin(output.path(), "kol", "0123").unwrap();
        folder.write("result.json", b"{").unwrap();
        drop(folder);
        assert!(names(&output.path().join("kol")).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn what_dead_runs_left_is_taken_away_and_the_living_are_left_alone() {
        let output = tempfile::tempdir().unwrap();
        let home = output.path().join("kol");
        let dead = home.join(".ffff.partial-1");
        fs::create_dir_all(dead.join("inputs")).unwrap();
        let living = RunFolder::begin(output.path(), "kol", "0123").unwrap();
        assert!(!dead.exists());
        let other = RunFolder::begin(output.path(), "kol", "4567").unwrap();
        assert!(living.partial.exists() && other.partial.exists());
    }

    #[test]
    fn outputs_carry_the_hash_that_sha256sum_prints() {
        let output = tempfile::tempdir().unwrap();
        let mut folder = RunFolder::begin(output.path(), "kol", "0123").unwrap();
        folder.write("a.txt", b"abc").unwrap();
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(folder.outputs()[0].sha256, abc);
        assert_eq!(folder.outputs()[0].bytes, 3);
    }

    #[test]
    fn no_scenario_name_leads_out_of_the_output_folder() {
        for (scenario, folder) in [
            ("../../etc", "-..-etc"),
            ("kol#uden", "kol-uden"),
            ("..", "scenario"),
            ("ældre-2027", "ældre-2027"),
        ] {
            assert_eq!(file_name(scenario), folder);
        }
    }
}
