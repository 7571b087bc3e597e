//! What a run *is*: its inputs, its settings and its program; the run's name is their hash.
//!
//! ```text
//! input hashes ┐
//! settings     ├─ canonical JSON ─sha256─▶ first 16 hex = run id
//! program      ┘                └────────▶ manifest.json (+ hashes of what was written)
//! ```
//!
//! Promise: the same input gives the same name; everything that can reach a figure is in it.
//! Absent: clock, host, user, thread count and instruction set, none of which reach a figure.

use std::io;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::finite::Figure;
use crate::engine::RunSettings;
use crate::random::DRAW_FORMAT;

/// Version of the form of `manifest.json`.
pub const MANIFEST_SCHEMA: &str = "1";

/// Everything that reaches a figure.
#[derive(Debug, Clone, Serialize)]
pub struct Identity {
    program: &'static str,
    version: &'static str,
    draw_format: u32,
    features: Vec<&'static str>,
    scenario: String,
    settings: Settings,
    inputs: Vec<File>,
}

/// The settings that reach a figure. A fixed number of replicates makes precision idle.
#[derive(Debug, Clone, Serialize)]
struct Settings {
    seed: u64,
    replicates: Option<usize>,
    precision: Option<Figure>,
    max_replicates: Option<usize>,
}

/// A file by its content.
#[derive(Debug, Clone, Serialize)]
struct File {
    path: String,
    bytes: u64,
    sha256: String,
}

/// A file of the run folder.
#[derive(Debug, Clone, Serialize)]
pub struct Output {
    /// Name in the folder.
    pub file: String,
    /// Size.
    pub bytes: u64,
    /// Hash.
    pub sha256: String,
}

impl Identity {
    /// The identity of a run over input files given as (path, content).
    pub fn new<'f>(
        scenario: &str,
        settings: &RunSettings,
        inputs: impl IntoIterator<Item = (&'f str, &'f [u8])>,
    ) -> Identity {
        let mut inputs: Vec<File> = inputs
            .into_iter()
            .map(|(path, content)| File {
                path: path.to_owned(),
                bytes: content.len() as u64,
                sha256: digest(content),
            })
            .collect();
        inputs.sort_by(|a, b| a.path.cmp(&b.path));
        Identity {
            program: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            draw_format: DRAW_FORMAT,
            features: features(),
            scenario: scenario.to_owned(),
            settings: Settings::new(settings),
            inputs,
        }
    }

    /// Hash of the input file at a path.
    pub fn hash_of(&self, path: &str) -> Option<&str> {
        let file = self.inputs.iter().find(|file| file.path == path);
        file.map(|file| file.sha256.as_str())
    }

    /// SHA-256 over all input files: of the lines that `sha256sum` prints for them, by path.
    pub fn input_hash(&self) -> String {
        let line = |file: &File| format!("{}  {}\n", file.sha256, file.path);
        let lines: String = self.inputs.iter().map(line).collect();
        digest(lines.as_bytes())
    }

    /// First 16 hexadecimal digits of the hash of the canonical encoding.
    ///
    /// # Errors
    /// A setting that is not finite.
    pub fn run_id(&self) -> io::Result<String> {
        let mut id = digest(&serde_json::to_vec(self)?);
        id.truncate(16);
        Ok(id)
    }
}

/// What the program was built with that changes what it writes.
fn features() -> Vec<&'static str> {
    let pdf = cfg!(feature = "pdf").then_some("pdf");
    pdf.into_iter().collect()
}

impl Settings {
    fn new(settings: &RunSettings) -> Settings {
        let open = settings.replicates.is_none();
        Settings {
            seed: settings.seed.0,
            replicates: settings.replicates,
            precision: settings.precision.filter(|_| open).map(Figure),
            max_replicates: open.then_some(settings.max_replicates),
        }
    }
}

/// SHA-256 in hexadecimal, as `sha256sum` prints it.
pub fn digest(content: &[u8]) -> String {
    hexadecimal(&Sha256::digest(content))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `manifest.json`: the identity, the signed rule of balance and what was written.
///
/// # Errors
/// A setting that is not finite.
pub fn manifest_json(
    identity: &Identity,
    balance_file: &str,
    outputs: &[Output],
) -> io::Result<Vec<u8>> {
    #[derive(Serialize)]
    struct Manifest<'a> {
        schema_version: &'static str,
        run_id: String,
        input_hash: String,
        identity: &'a Identity,
        balance_principle: Option<&'a File>,
        outputs: &'a [Output],
    }
    let signed = identity
        .inputs
        .iter()
        .find(|file| file.path == balance_file);
    let manifest = Manifest {
        schema_version: MANIFEST_SCHEMA,
        run_id: identity.run_id()?,
        input_hash: identity.input_hash(),
        identity,
        balance_principle: signed,
        outputs,
    };
    let mut bytes = serde_json::to_vec_pretty(&manifest)?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(settings: &RunSettings, inputs: &[(&str, &[u8])]) -> String {
        let identity = Identity::new("kol", settings, inputs.iter().copied());
        identity.run_id().unwrap()
    }

    #[test]
    fn threads_and_the_order_of_inputs_do_not_reach_the_run_id() {
        let two_threads = RunSettings {
            threads: 2,
            ..RunSettings::default()
        };
        let a: [(&str, &[u8]); 2] = [("a.toml", b"a"), ("b.csv", b"b")];
        let b: [(&str, &[u8]); 2] = [("b.csv", b"b"), ("a.toml", b"a")];
        assert_eq!(id(&RunSettings::default(), &a), id(&two_threads, &b));
    }

    #[test]
    fn seed_replicates_precision_and_every_input_byte_reach_the_run_id() {
        let inputs: [(&str, &[u8]); 1] = [("a.toml", b"a")];
        let plain = RunSettings::default();
        let mut ids = vec![id(&plain, &inputs)];
        let variants = [
            RunSettings {
                seed: crate::random::Seed(2),
                ..plain.clone()
            },
            RunSettings {
                replicates: Some(4096),
                ..plain.clone()
            },
            RunSettings {
                precision: Some(0.01),
                ..plain.clone()
            },
            RunSettings {
                max_replicates: 8192,
                ..plain.clone()
            },
        ];
        ids.extend(variants.iter().map(|settings| id(settings, &inputs)));
        ids.push(id(&plain, &[("a.toml", b"b")]));
        ids.push(id(&plain, &[("b.toml", b"a")]));
        let all = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }

    #[test]
    fn a_fixed_number_of_replicates_makes_the_budget_idle() {
        let inputs: [(&str, &[u8]); 1] = [("a.toml", b"a")];
        let fixed = RunSettings {
            replicates: Some(4096),
            ..RunSettings::default()
        };
        let budget = RunSettings {
            max_replicates: 9,
            ..fixed.clone()
        };
        assert_eq!(id(&fixed, &inputs), id(&budget, &inputs));
    }
}
