//! The rooms of `src/` and the order they stand in.
//!
//! One package has no crate walls, so the order is this test:
//! units, diagnostic, numeric, stats → random → model → scenario → plan → engine → analysis →
//! verdict → report → cli. A room may read itself and the rooms before it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Rooms by height. Those of height 0 may read each other as long as they form no circle.
const ROOMS: [(&str, u8); 13] = [
    ("units", 0),
    ("diagnostic", 0),
    ("numeric", 0),
    ("stats", 0),
    ("random", 1),
    ("model", 2),
    ("scenario", 3),
    ("plan", 4),
    ("engine", 5),
    ("analysis", 6),
    ("verdict", 7),
    ("report", 8),
    ("cli", 9),
];

/// Imports that the order would allow and the design does not: (room, never reads).
const NEVER: [(&str, &str); 4] = [
    ("plan", "scenario"),
    ("engine", "scenario"),
    ("analysis", "scenario"),
    ("verdict", "scenario"),
];

struct File {
    path: PathBuf,
    /// Room and modules below it; empty for `lib.rs` and `main.rs`.
    modules: Vec<String>,
    code: String,
}

impl File {
    fn room(&self) -> Option<&str> {
        self.modules.first().map(String::as_str)
    }
}

fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&root, &root, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).expect("src can be read") {
        let path = entry.expect("an entry of src can be read").path();
        if path.is_dir() {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let inside = path.strip_prefix(root).expect("below src").to_path_buf();
            let mut modules: Vec<String> = inside
                .with_extension("")
                .iter()
                .map(|part| part.to_string_lossy().into_owned())
                .collect();
            if modules.last().is_some_and(|m| m == "mod") {
                modules.pop();
            }
            if modules == ["lib"] || modules == ["main"] {
                modules.clear();
            }
            let text = std::fs::read_to_string(&path).expect("source is text");
            found.push(File {
                path: inside,
                modules,
                code: without_comments_and_texts(&text),
            });
        }
    }
}

/// Code alone: comments, string and character literals become blanks.
fn without_comments_and_texts(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut i = 0;
    while i < chars.len() {
        let next = chars.get(i + 1).copied().unwrap_or(' ');
        match chars[i] {
            '/' if next == '/' => {
                while i < chars.len() && chars[i] != '\n' {
                    i += 1;
                }
            }
            '/' if next == '*' => {
                i += 2;
                while i + 1 < chars.len() && !(chars[i] == '*' && chars[i + 1] == '/') {
                    i += 1;
                }
                i += 2;
            }
            'r' if next == '"' || next == '#' && chars.get(i + 2) == Some(&'"') => {
                let hashes = usize::from(next == '#');
                i += 2 + hashes;
                while i < chars.len()
                    && !(chars[i] == '"' && (hashes == 0 || chars.get(i + 1) == Some(&'#')))
                {
                    i += 1;
                }
                i += 1 + hashes;
            }
            '"' => {
                i += 1;
                while i < chars.len() && chars[i] != '"' {
                    i += if chars[i] == '\\' { 2 } else { 1 };
                }
                i += 1;
                out.push(' ');
            }
            '\'' if next == '\\' => {
                i += 3;
                while i < chars.len() && chars[i] != '\'' {
                    i += 1;
                }
                i += 1;
            }
            '\'' if chars.get(i + 2) == Some(&'\'') => i += 3,
            c => {
                out.push(c);
                i += 1;
            }
        }
    }
    out
}

/// Words and punctuation, `::` as one.
fn tokens(code: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            tokens.push(std::mem::take(&mut word));
        }
        if c == ':' && chars.peek() == Some(&':') {
            chars.next();
            tokens.push("::".into());
        } else if !c.is_whitespace() {
            tokens.push(c.to_string());
        }
    }
    tokens.push(word);
    tokens
}

/// Rooms named after `crate::` (one, or several in braces), also by enough `super::`s, also in
/// the binary through the crate's own name.
fn rooms_read(file: &File) -> BTreeSet<String> {
    let tokens = tokens(&file.code);
    let known = |t: &String| ROOMS.iter().any(|(room, _)| room == t);
    let mut rooms = BTreeSet::new();
    for at in 0..tokens.len() {
        let after = match tokens[at].as_str() {
            "crate" | "fairbalance" => at + 1,
            "super" if at == 0 || tokens[at - 1] != "::" => {
                let mut end = at;
                let mut supers = 1;
                while tokens.get(end + 1).is_some_and(|t| t == "::")
                    && tokens.get(end + 2).is_some_and(|t| t == "super")
                {
                    (end, supers) = (end + 2, supers + 1);
                }
                if supers < file.modules.len() {
                    continue;
                }
                end + 1
            }
            _ => continue,
        };
        if tokens.get(after).is_none_or(|t| t != "::") {
            continue;
        }
        match tokens.get(after + 1) {
            Some(open) if open == "{" => rooms.extend(first_words(&tokens[after + 2..])),
            Some(word) => {
                rooms.insert(word.clone());
            }
            None => {}
        }
    }
    rooms.into_iter().filter(|r| known(r)).collect()
}

/// First segments of a brace group that has just been opened.
fn first_words(tokens: &[String]) -> Vec<String> {
    let (mut depth, mut fresh, mut words) = (1, true, Vec::new());
    for token in tokens {
        match token.as_str() {
            "{" => depth += 1,
            "}" if depth == 1 => break,
            "}" => depth -= 1,
            "," if depth == 1 => fresh = true,
            word if fresh && depth == 1 => {
                words.push(word.to_string());
                fresh = false;
            }
            _ => {}
        }
    }
    words
}

fn height(room: &str) -> Option<u8> {
    ROOMS.iter().find(|(r, _)| *r == room).map(|(_, h)| *h)
}

/// Catches: an engine that reads scenario files, a model that knows a report, and every other
/// import against the order, at the file that does it.
#[test]
fn no_room_imports_a_room_above_it() {
    let mut faults = Vec::new();
    for file in files() {
        let Some(room) = file.room() else { continue };
        for other in rooms_read(&file) {
            let upward = height(&other) > height(room);
            let never = NEVER.contains(&(room, other.as_str()));
            if upward || never {
                faults.push(format!("{} reads {other}", file.path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "against the order: {faults:#?}");
}

/// Catches: two rooms of the same height that come to need each other.
#[test]
fn rooms_form_no_circle() {
    let mut reads: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files() {
        if let Some(room) = file.room() {
            let others = rooms_read(&file).into_iter().filter(|o| o != room);
            reads.entry(room.to_string()).or_default().extend(others);
        }
    }
    // take away rooms that read nothing that is left; a circle is what cannot be taken away
    while let Some(leaf) = reads
        .iter()
        .find(|(_, others)| others.iter().all(|o| !reads.contains_key(o)))
        .map(|(room, _)| room.clone())
    {
        reads.remove(&leaf);
    }
    assert!(reads.is_empty(), "these rooms read each other: {reads:?}");
}

/// Catches: a file beside the rooms, a room that the order does not know, code in `lib.rs`, a
/// module mounted from elsewhere, and a room that adds methods to another room's type.
#[test]
fn no_file_mixes_two_rooms() {
    let mut faults = Vec::new();
    for file in files() {
        let name = file.path.display();
        let Some(room) = file.room() else {
            let items = tokens(&file.code);
            let own = ["struct", "enum", "trait", "impl"];
            if items.iter().any(|t| own.contains(&t.as_str())) {
                faults.push(format!("{name} holds code of its own"));
            }
            continue;
        };
        if height(room).is_none() {
            faults.push(format!("{name} stands in no known room"));
        }
        if file.code.contains("#[path") || file.code.contains("include!(") {
            faults.push(format!("{name} mounts a file from elsewhere"));
        }
        for foreign in foreign_impls(&file) {
            faults.push(format!("{name} adds methods to another room's {foreign}"));
        }
    }
    assert!(faults.is_empty(), "mixed: {faults:#?}");
}

/// Types of other rooms that the file writes an inherent `impl` for.
fn foreign_impls(file: &File) -> Vec<String> {
    let tokens = tokens(&file.code);
    let imported = imported_from_other_rooms(file, &tokens);
    let mut foreign = Vec::new();
    for at in 0..tokens.len() {
        let starts = at == 0 || ["}", ";", "{", "]"].contains(&tokens[at - 1].as_str());
        if tokens[at] != "impl" || !starts {
            continue;
        }
        let head: Vec<&str> = tokens[at + 1..]
            .iter()
            .map(String::as_str)
            .take_while(|t| *t != "{")
            .collect();
        if head.contains(&"for") {
            continue;
        }
        let subject = head.iter().find(|t| imported.contains(**t));
        let named = head.contains(&"crate");
        let generic = head.first() == Some(&"<");
        let first = head.first().copied().unwrap_or_default();
        if named || !generic && imported.contains(first) {
            foreign.push(subject.unwrap_or(&first).to_string());
        }
    }
    foreign
}

fn imported_from_other_rooms(file: &File, tokens: &[String]) -> BTreeSet<String> {
    let mut imported = BTreeSet::new();
    for at in 0..tokens.len().saturating_sub(3) {
        if tokens[at] == "use"
            && tokens[at + 1] == "crate"
            && Some(tokens[at + 3].as_str()) != file.room()
        {
            let names = tokens[at + 4..].iter().take_while(|t| *t != ";");
            imported.extend(
                names
                    .filter(|t| t.chars().next().is_some_and(char::is_uppercase))
                    .cloned(),
            );
        }
    }
    imported
}

/// Catches: a scanner that finds nothing, which would let every other test here pass.
#[test]
fn the_scanner_sees_imports_in_every_way_of_writing_them() {
    let file = |modules: &[&str], code: &str| File {
        path: PathBuf::from("x.rs"),
        modules: modules.iter().map(|m| m.to_string()).collect(),
        code: without_comments_and_texts(code),
    };
    let read = |modules: &[&str], code: &str| -> Vec<String> {
        rooms_read(&file(modules, code)).into_iter().collect()
    };
    assert_eq!(read(&["a", "b"], "use crate::model::X;"), ["model"]);
    assert_eq!(
        read(&["a"], "use crate::{model::{X, Y}, plan::Z};"),
        ["model", "plan"]
    );
    assert_eq!(read(&["a"], "fn f() { crate::cli::run() }"), ["cli"]);
    assert_eq!(
        read(&["a", "b"], "use super::super::report::R;"),
        ["report"]
    );
    assert_eq!(read(&["a", "b"], "use super::report::R;"), [""; 0]);
    assert_eq!(
        read(&["a"], "// crate::model\nlet x = \"crate::plan\";"),
        [""; 0]
    );
    assert!(rooms_read(&file(&["random"], "$crate::numeric::Isa")).contains("numeric"));
    let foreign = file(
        &["engine"],
        "use crate::model::Model; impl Model { fn f() {} }",
    );
    assert_eq!(foreign_impls(&foreign), ["Model"]);
    assert!(files().len() > 50);
}
