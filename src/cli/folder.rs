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

use super::files::Files;
use crate::report::{Output, digest};

/// In the name of every folder that is not complete.
const PARTIAL: &str = ".partial-";

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
    /// Begins a run's folder aside, after taking away what dead runs of this scenario left.
    ///
    /// # Errors
    /// Where the folder cannot be made.
    pub fn begin(output: &Path, scenario: &str, run_id: &str) -> io::Result<RunFolder> {
        let home = output.join(file_name(scenario));
        RunFolder::aside(&home, run_id, ".")
    }

    /// Begins any folder aside, after taking away what dead programs left of this very folder.
    ///
    /// # Errors
    /// Where the folder cannot be made, and a path that names none.
    pub fn begin_at(folder: &Path) -> io::Result<RunFolder> {
        let Some(name) = folder.file_name().map(|name| name.to_string_lossy()) else {
            let message = format!("{} names no folder", folder.display());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        };
        let home = match folder.parent() {
            Some(home) if home != Path::new("") => home,
            _ => Path::new("."),
        };
        let mut begun = RunFolder::aside(home, &name, &format!(".{name}.partial-"))?;
        begun.complete = folder.to_owned();
        Ok(begun)
    }

    /// Begins `home/name` aside; what is left over and begins so is taken away first.
    fn aside(home: &Path, name: &str, leftover: &str) -> io::Result<RunFolder> {
        fs::create_dir_all(home)?;
        // Held while cleaning and making, so that nobody cleans what is not locked yet.
        let _turn = locked(home);
        remove_leftovers(home, leftover)?;
        let partial = home.join(format!(".{name}.partial-{}", std::process::id()));
        fs::create_dir(&partial)?;
        Ok(RunFolder {
            _alive: locked(&partial),
            complete: home.join(name),
            partial,
            outputs: Vec::new(),
        })
    }

    /// Gives the folder its final name.
    ///
    /// # Errors
    /// Those of the disk; and where a folder of that name holds other bytes, which is left alone.
    pub fn publish(self) -> io::Result<Published> {
        sync_folders(&self.partial)?;
        // A folder that somebody made for this and that is still empty is as good as none.
        if !self.complete.exists() || is_empty(&self.complete) {
            match fs::rename(&self.partial, &self.complete) {
                Ok(()) => return self.arrived(),
                // Another process may have been first.
                Err(_) if self.complete.exists() => {}
                Err(error) => return Err(error),
            }
        }
        if !self.complete.is_dir() {
            let message = format!("{} is a file, not a folder", self.complete.display());
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
        }
        match first_difference(&self.partial, &self.complete)? {
            None => Ok(Published::Same(self.complete.clone())),
            Some(file) => Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                format!(
                    "{} already holds another {file}: it was changed after it was written, or is \
                     another folder. Move it away and try again",
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

impl Files for RunFolder {
    type File = Hashed;

    fn create(&self, name: &str) -> io::Result<Hashed> {
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

    /// Everything is on the disk then.
    fn keep(&mut self, name: &str, file: Hashed) -> io::Result<()> {
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

    fn outputs(&self) -> &[Output] {
        &self.outputs
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

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

fn remove_leftovers(home: &Path, leftover: &str) -> io::Result<()> {
    for entry in fs::read_dir(home)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_leftover = name.starts_with(leftover) && name.contains(PARTIAL);
        if is_leftover && entry.file_type()?.is_dir() && is_dead(&entry.path()) {
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

/// Puts files that are missing into a complete folder. All of them are written aside before the
/// first gets its name, and an error takes away those that have got it.
///
/// # Errors
/// Those of the disk.
pub fn restore(folder: &Path, missing: &[(&str, &[u8])]) -> io::Result<()> {
    let mut aside = RunFolder::aside(folder, "report", ".report.partial-")?;
    for (name, content) in missing {
        aside.write(name, content)?;
    }
    let mut placed: Vec<PathBuf> = Vec::new();
    for (name, _) in missing {
        let place = folder.join(name);
        let above = place.parent().unwrap_or(folder);
        let moved =
            fs::create_dir_all(above).and_then(|()| fs::rename(aside.partial.join(name), &place));
        if let Err(error) = moved {
            for file in placed {
                let _ = fs::remove_file(file);
            }
            return Err(error);
        }
        placed.push(place);
    }
    sync_folders(folder)
}

/// Whether a name at the top of a folder belongs to a program that is still writing.
pub fn is_unfinished(name: &str) -> bool {
    name.starts_with('.') && name.contains(PARTIAL)
}

/// Writes one file, whole or not at all; one that stood there is replaced.
///
/// # Errors
/// Those of the disk.
pub fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy()) else {
        let message = format!("{} names no file", path.display());
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    };
    let aside = path.with_file_name(format!(".{name}{PARTIAL}{}", std::process::id()));
    let write = || {
        let mut file = File::create_new(&aside)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&aside, path)
    };
    let written = write();
    if written.is_err() {
        let _ = fs::remove_file(&aside);
    }
    written
}

/// Hash of every file below a folder, by its path with `/`.
///
/// # Errors
/// Those of the disk.
pub fn contents(folder: &Path) -> io::Result<BTreeMap<String, String>> {
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
