//! From files to a model: what an author writes, read, composed and checked.
//!
//! ```text
//! path ─source→ text ─tree→ keys with places ─compose→ layers ─check→ Model
//!        │               │                      │               └ blanks: not yet agreed
//!        │ size, UTF-8,   │ syntax              │ extends, world, balance, #variant
//!        │ nothing outside the library          └ grammar: keys, types (also the JSON Schema)
//! ```
//!
//! *Promise:* every fault of every file is told in one pass, with file, line, column and remedy; a
//! [`Model`] comes out only if there is no error; every file read is listed with its hash.
//! *Absent:* defaults for figures, network, and anything that writes.

mod check;
mod comparison;
pub mod compose;
pub mod difference;
pub mod grammar;
pub mod near;
mod portfolio;
pub mod schema;
pub mod source;
pub mod statbank;
pub mod table;
pub mod tree;

use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostics, Fault, Faults};
use crate::model::Model;
pub use comparison::{Comparison, Difference};
pub use compose::Kind;
use compose::{Composed, compose};
pub use portfolio::{ReadPortfolio, read_portfolio};
pub use source::{Input, Inputs};

/// A scenario that was read.
#[derive(Debug)]
pub struct Read {
    /// The checked scenario.
    pub model: Model,
    /// The files it was read from, in the order they were opened, with their hashes.
    pub inputs: Inputs,
    /// What its author should look at all the same.
    pub warnings: Diagnostics,
}

/// Reads an agreement: a folder, its file, or either with `#variant` at the end.
///
/// # Errors
/// Every fault of the agreement, its world, its tables and its balance principle; also if the
/// path leads to a world or a balance principle, which nothing can be computed from alone.
pub fn read(path: &Path) -> Result<Read, Diagnostics> {
    let mut faults = Faults::default();
    let composed = composed(path, &mut faults);
    if let (Some(kind), Some(head)) = (composed.kind, composed.head)
        && kind != Kind::Agreement
    {
        let path = composed.library.sources.name(head.file).to_owned();
        let (found, expected) = (kind.key().to_owned(), Kind::Agreement.key().to_owned());
        faults.raise(
            head,
            Fault::WrongKind {
                path,
                found,
                expected,
            },
        );
    }
    let (model, library) = check::check(composed, &mut faults);
    let told = faults.settle(&library.sources);
    match model {
        Some(model) if !told.any_error() => Ok(Read {
            model,
            inputs: library.inputs,
            warnings: told,
        }),
        _ => Err(told),
    }
}

/// What there is to say about a file of any kind: an agreement with all it rests on, a world or a
/// balance principle alone.
pub fn inspect(path: &Path) -> Diagnostics {
    let mut faults = Faults::default();
    let composed = composed(path, &mut faults);
    if composed.kind == Some(Kind::Portfolio) {
        let mut faults = Faults::default();
        let (_, library) = portfolio::portfolio(path, &mut faults);
        return faults.settle(&library.sources);
    }
    let (_, library) = check::check(composed, &mut faults);
    faults.settle(&library.sources)
}

fn composed(path: &Path, faults: &mut Faults) -> Composed {
    let (path, variant) = split_variant(path);
    compose(&path, variant.as_deref(), faults)
}

/// `scenarios/kol#uden_kompensation` → the path and the variant.
fn split_variant(path: &Path) -> (PathBuf, Option<String>) {
    let text = path.to_string_lossy();
    match text.rsplit_once('#') {
        // A folder may have such a name; then it is no variant.
        Some((before, variant)) if !path.exists() => {
            (PathBuf::from(before), Some(variant.to_owned()))
        }
        _ => (path.to_owned(), None),
    }
}
