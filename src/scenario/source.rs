//! Opening the files of a scenario: inside its library, of a sane size, UTF-8.
//!
//! ```text
//! scenarios/                 ← the library: `world`, `extends`, `balance` may reach all of it
//!   balanceprincip.toml
//!   kol/agreement.toml       ← a file's own folder: tables may reach no further
//!   worlds/midtjylland/world.toml, befolkning.csv
//! ```
//!
//! *Promise:* no file outside the library is read, whatever a path or a symbolic link says; a
//! file that is too large is refused before it is read; every file read is hashed, in order.
//! *Absent:* what is in the files.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use super::near::nearest;
use crate::diagnostic::{Fault, Faults, FileId, Sources, Span};

/// One file read, by its path below the scenario library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Path below the library, with `/`.
    pub path: String,
    /// SHA-256 of its bytes in lower-case hexadecimal, as `sha256sum` prints it.
    pub sha256: String,
}

/// Every file a scenario was read from, in the order they were opened.
pub type Inputs = Vec<Input>;

/// What a file is read as: decides its size limit and what a folder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A TOML file; a folder stands for the file of this name in it.
    Toml(&'static str),
    /// A table.
    Table,
}

impl Form {
    fn limit(self) -> u64 {
        match self {
            Form::Toml(_) => 1_000_000,
            Form::Table => 50_000_000,
        }
    }

    /// The shown path of a file when the reference named its folder.
    fn within(self, path: PathBuf, real: &Path) -> PathBuf {
        match self {
            Form::Toml(main) if real.ends_with(main) && !path.ends_with(main) => path.join(main),
            _ => path,
        }
    }
}

/// How far a reference may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Not out of the folder of the file that names it.
    Folder,
    /// Anywhere in the scenario library.
    Library,
}

/// A file that was read.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Its text and name, in [`Library::sources`].
    pub file: FileId,
    /// The folder its own references start from.
    pub folder: Folder,
}

/// A folder, as it really is and as the author calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    real: PathBuf,
    shown: PathBuf,
}

/// The folders one reading may see, and what it has seen.
#[derive(Debug, Default)]
pub struct Library {
    root: PathBuf,
    /// The texts read so far.
    pub sources: Sources,
    /// Hashes of the files read so far.
    pub inputs: Inputs,
    opened: Vec<(PathBuf, Opened)>,
}

impl Library {
    /// Opens the file a user names (or `main` in the folder a user names). The library is the
    /// folder above the file's own.
    pub fn open(
        path: &Path,
        mains: &[&'static str],
        faults: &mut Faults,
    ) -> (Library, Option<Opened>) {
        let mut library = Library {
            root: PathBuf::new(),
            sources: Sources::default(),
            inputs: Vec::new(),
            opened: Vec::new(),
        };
        let opened = library.open_first(path, mains, faults);
        (library, opened)
    }

    fn open_first(
        &mut self,
        path: &Path,
        mains: &[&'static str],
        faults: &mut Faults,
    ) -> Option<Opened> {
        let path = mains
            .iter()
            .map(|main| path.join(main))
            .find(|p| p.is_file())
            .unwrap_or_else(|| {
                if path.is_dir() {
                    path.join(mains[0])
                } else {
                    path.to_owned()
                }
            });
        // A file that cannot be opened still needs a name for its diagnostic to stand at.
        let real = match path.canonicalize() {
            Ok(real) => real,
            Err(error) => {
                let at = Span::head(self.sources.add(shown(&path), ""));
                faults.raise(at, cannot_open(&path, &shown(&path), &error));
                return None;
            }
        };
        let folder = Folder {
            real: real.parent().map(Path::to_owned).unwrap_or_default(),
            shown: path.parent().map(Path::to_owned).unwrap_or_default(),
        };
        self.root = library_above(&folder.real);
        self.load(real, &path, folder, Form::Toml(mains[0]), None, faults)
    }

    /// Opens a file that another file names at `at`.
    pub fn follow(
        &mut self,
        from: &Folder,
        reference: &str,
        at: Span,
        (form, reach): (Form, Reach),
        faults: &mut Faults,
    ) -> Option<Opened> {
        match self.resolve(from, reference, (form, reach)) {
            Err(fault) => {
                faults.raise(at, fault);
                None
            }
            Ok(real) => {
                if let Some((_, opened)) = self.opened.iter().find(|(path, _)| *path == real) {
                    return Some(opened.clone());
                }
                let path = normal(&form.within(from.shown.join(reference), &real));
                let folder = Folder {
                    real: real.parent().map(Path::to_owned).unwrap_or_default(),
                    shown: path.parent().map(Path::to_owned).unwrap_or_default(),
                };
                self.load(real, &path, folder, form, Some(at), faults)
            }
        }
    }

    /// The real path behind a reference, if the reference may be followed.
    fn resolve(
        &self,
        from: &Folder,
        reference: &str,
        (form, reach): (Form, Reach),
    ) -> Result<PathBuf, Fault> {
        if is_absolute(reference) {
            return Err(Fault::AbsolutePath {
                path: reference.to_owned(),
            });
        }
        let allowed = match reach {
            Reach::Folder => &from.real,
            Reach::Library => &self.root,
        };
        let outside = || Fault::OutsideLibrary {
            path: reference.to_owned(),
            allowed: allowed
                .file_name()
                .map_or("/".into(), |n| n.to_string_lossy().into_owned()),
        };
        // Before the disk is asked: a path that leaves must not even tell whether a file exists.
        let wanted = normal(&from.real.join(reference));
        if !wanted.starts_with(allowed) {
            return Err(outside());
        }
        let missing = |path: &Path, error: &std::io::Error| cannot_open(path, reference, error);
        let mut real = wanted
            .canonicalize()
            .map_err(|error| missing(&wanted, &error))?;
        if let (Form::Toml(main), true) = (form, real.is_dir()) {
            let inner = real.join(main);
            real = inner.canonicalize().map_err(|_| Fault::NotAFile {
                path: reference.to_owned(),
                wanted: main.to_owned(),
            })?;
        }
        if !real.starts_with(allowed) {
            Err(outside())
        } else {
            Ok(real)
        }
    }

    fn load(
        &mut self,
        real: PathBuf,
        path: &Path,
        folder: Folder,
        form: Form,
        named_at: Option<Span>,
        faults: &mut Faults,
    ) -> Option<Opened> {
        let name = shown(path);
        let bytes = match read_limited(&real, &name, form) {
            Ok(bytes) => bytes,
            Err(fault) => {
                let at = named_at.unwrap_or_else(|| Span::head(self.sources.add(name, "")));
                faults.raise(at, fault);
                return None;
            }
        };
        self.inputs.push(Input {
            path: self.below_root(&real),
            sha256: hex(&bytes),
        });
        let (text, broken) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let byte = error.as_bytes()[at];
                (
                    String::from_utf8_lossy(error.as_bytes()).into_owned(),
                    Some((at, byte)),
                )
            }
        };
        let file = self.sources.add(name, text);
        if let Some((at, byte)) = broken {
            faults.raise(Span::new(file, at..at + 1), not_utf8(byte));
            return None;
        }
        let opened = Opened { file, folder };
        self.opened.push((real, opened.clone()));
        Some(opened)
    }

    /// The path of an opened file below the library, with `/`.
    pub fn path_of(&self, file: FileId) -> String {
        let opened = self.opened.iter().find(|(_, opened)| opened.file == file);
        opened.map_or_else(
            || self.sources.name(file).to_owned(),
            |(real, _)| self.below_root(real),
        )
    }

    /// The folder of an opened file.
    pub fn folder_of(&self, file: FileId) -> Option<Folder> {
        let found = self.opened.iter().find(|(_, opened)| opened.file == file);
        found.map(|(_, opened)| opened.folder.clone())
    }

    fn below_root(&self, real: &Path) -> String {
        shown(real.strip_prefix(&self.root).unwrap_or(real))
    }
}

impl Folder {
    /// The folder's own name, e.g. `kol-hjemmemonitorering`.
    pub fn name(&self) -> String {
        self.real
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default()
    }
}

/// The folder above a file's own; for `portfolios/<name>` the one above `portfolios`, whose
/// agreements stand beside it.
fn library_above(folder: &Path) -> PathBuf {
    let above = folder.parent().unwrap_or(folder);
    match above.file_name().is_some_and(|name| name == "portfolios") {
        true => above.parent().unwrap_or(above).to_owned(),
        false => above.to_owned(),
    }
}

fn read_limited(real: &Path, name: &str, form: Form) -> Result<Vec<u8>, Fault> {
    let unreadable = |error: std::io::Error| Fault::Unreadable {
        path: name.to_owned(),
        reason: error.to_string(),
    };
    let about = real.metadata().map_err(unreadable)?;
    // A pipe or a device would never end.
    if !about.is_file() {
        let wanted = match form {
            Form::Toml(main) => main,
            Form::Table => "table",
        };
        return Err(Fault::NotAFile {
            path: name.to_owned(),
            wanted: wanted.to_owned(),
        });
    }
    let too_large = |bytes| Fault::FileTooLarge {
        path: name.to_owned(),
        bytes,
        limit: form.limit(),
    };
    if about.len() > form.limit() {
        return Err(too_large(about.len()));
    }
    let mut bytes = Vec::with_capacity(about.len() as usize);
    let file = File::open(real).map_err(unreadable)?;
    file.take(form.limit() + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > form.limit() {
        Err(too_large(bytes.len() as u64))
    } else {
        Ok(bytes)
    }
}

fn cannot_open(path: &Path, reference: &str, error: &std::io::Error) -> Fault {
    if error.kind() != std::io::ErrorKind::NotFound {
        return Fault::Unreadable {
            path: reference.to_owned(),
            reason: error.to_string(),
        };
    }
    Fault::MissingFile {
        path: reference.to_owned(),
        near: neighbour(path),
    }
}

/// A file or folder beside the missing one whose name is close to it.
fn neighbour(missing: &Path) -> Option<String> {
    let wanted = missing.file_name()?.to_string_lossy().into_owned();
    let mut names: Vec<String> = std::fs::read_dir(missing.parent()?)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .collect();
    names.sort();
    nearest(&wanted, names.iter().map(String::as_str))
}

fn is_absolute(reference: &str) -> bool {
    let drive = reference.as_bytes().get(1) == Some(&b':');
    drive || reference.starts_with(['/', '\\', '~'])
}

/// The path without `.` and, where it can be said without asking the disk, without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            (Component::ParentDir, Some(Component::RootDir)) => {}
            _ => parts.push(part),
        }
    }
    parts.into_iter().collect()
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn not_utf8(byte: u8) -> Fault {
    let guess = if byte >= 0xa0 {
        char::from(byte).to_string()
    } else {
        String::new()
    };
    Fault::NotUtf8 {
        byte: format!("0x{byte:02X}"),
        guess,
    }
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Shelf {
        folder: tempfile::TempDir,
    }

    impl Shelf {
        fn new() -> Shelf {
            let folder = tempfile::tempdir().unwrap();
            std::fs::create_dir_all(folder.path().join("library/kol")).unwrap();
            let shelf = Shelf { folder };
            shelf.write("library/kol/agreement.toml", b"schema = 1\n");
            shelf
        }

        fn write(&self, path: &str, bytes: &[u8]) {
            std::fs::write(self.folder.path().join(path), bytes).unwrap();
        }

        /// Follows one reference from the scenario and says what came of it.
        fn follow(
            &self,
            reference: &str,
            form: Form,
            reach: Reach,
        ) -> Result<Inputs, &'static str> {
            let mut faults = Faults::default();
            let path = self.folder.path().join("library/kol");
            let (mut library, opened) = Library::open(&path, &["agreement.toml"], &mut faults);
            let opened = opened.expect("the scenario itself opens");
            let at = Span::head(opened.file);
            library.follow(&opened.folder, reference, at, (form, reach), &mut faults);
            let told = faults.settle(&library.sources);
            match told.iter().next() {
                Some(fault) => Err(fault.code.as_str()),
                None => Ok(library.inputs),
            }
        }
    }

    #[test]
    fn a_table_reaches_no_further_than_its_folder_and_a_world_no_further_than_the_library() {
        let shelf = Shelf::new();
        shelf.write("library/common.csv", b"a\n");
        shelf.write("secret.toml", b"a = 1\n");
        let world = Form::Toml("world.toml");
        assert_eq!(
            shelf.follow("../common.csv", Form::Table, Reach::Folder),
            Err("S002")
        );
        assert!(
            shelf
                .follow("../common.csv", Form::Table, Reach::Library)
                .is_ok()
        );
        assert_eq!(
            shelf.follow("../../secret.toml", world, Reach::Library),
            Err("S002")
        );
        assert_eq!(
            shelf.follow("/etc/passwd", world, Reach::Library),
            Err("S003")
        );
        assert_eq!(
            shelf.follow("C:\\data.csv", Form::Table, Reach::Folder),
            Err("S003")
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_leads_nowhere_else() {
        let shelf = Shelf::new();
        shelf.write("secret.csv", b"a\n");
        let link = shelf.folder.path().join("library/kol/innocent.csv");
        std::os::unix::fs::symlink(shelf.folder.path().join("secret.csv"), link).unwrap();
        assert_eq!(
            shelf.follow("innocent.csv", Form::Table, Reach::Folder),
            Err("S002")
        );
    }

    #[test]
    fn a_file_of_200_megabytes_is_refused_without_reading_it() {
        let shelf = Shelf::new();
        let path = shelf.folder.path().join("library/kol/big.csv");
        // Sparse: it takes no room, and would take no room in memory either.
        File::create(path).unwrap().set_len(200_000_000).unwrap();
        assert_eq!(
            shelf.follow("big.csv", Form::Table, Reach::Folder),
            Err("S004")
        );
        assert_eq!(
            shelf.follow("big.csv", Form::Toml("w"), Reach::Folder),
            Err("S004")
        );
    }

    #[test]
    fn a_missing_file_and_a_file_in_windows_1252_are_told_apart() {
        let shelf = Shelf::new();
        shelf.write("library/kol/befolkning.csv", b"navn\n\xc6r\xf8\n");
        assert_eq!(
            shelf.follow("befolkning.csv", Form::Table, Reach::Folder),
            Err("S005")
        );
        assert_eq!(
            shelf.follow("befolknin.csv", Form::Table, Reach::Folder),
            Err("S001")
        );
        assert_eq!(
            neighbour(&shelf.folder.path().join("library/kol/befolknin.csv")).as_deref(),
            Some("befolkning.csv")
        );
    }

    #[test]
    fn hashes_are_those_of_sha256sum_and_paths_start_at_the_library() {
        let shelf = Shelf::new();
        shelf.write("library/kol/a.csv", b"abc");
        let inputs = shelf.follow("./a.csv", Form::Table, Reach::Folder).unwrap();
        assert_eq!(inputs[1].path, "kol/a.csv");
        // FIPS 180-2, appendix B.1.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(inputs[1].sha256, abc);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_a_file() {
        let shelf = Shelf::new();
        assert_eq!(shelf.follow(".", Form::Table, Reach::Folder), Err("S006"));
    }
}
