//! The run folder from outside: whole or not at all, and the same for the same input.

use std::fs;
use std::path::{Path, PathBuf};

use super::{fairbalance, files, run, scenario, scenarios, stderr, stdout};
use fairbalance::report::digest;
use serde_json::Value;

const KOL: &str = "kol-hjemmemonitorering";

fn folder(out: &Path, more: &[&str]) -> PathBuf {
    let mut arguments = vec!["--quiet"];
    arguments.extend(more);
    let output = run(KOL, out, &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    PathBuf::from(stdout(&output).trim_end())
}

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let read = |file: String| (file.clone(), fs::read(folder.join(file)).unwrap());
    files(folder).into_iter().map(read).collect()
}

#[test]
fn a_run_folder_is_complete_and_holds_its_inputs() {
    let out = tempfile::tempdir().unwrap();
    let folder = folder(out.path(), &[]);
    let written = files(&folder);
    for file in [
        "result.json",
        "ledger.csv",
        "ledger.parquet",
        "draws.parquet",
        "manifest.json",
        "inputs/balanceprincip.toml",
        "inputs/kol-hjemmemonitorering/agreement.toml",
    ] {
        assert!(written.iter().any(|w| w == file), "{file} in {written:?}");
    }
    assert!(
        files(out.path())
            .iter()
            .all(|file| !file.contains(".partial-"))
    );
}

#[test]
fn the_manifest_binds_inputs_settings_and_outputs() {
    let out = tempfile::tempdir().unwrap();
    let folder = folder(out.path(), &["--seed", "7"]);
    let manifest: Value =
        serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(
        manifest["run_id"],
        folder.file_name().unwrap().to_str().unwrap()
    );
    assert_eq!(manifest["identity"]["settings"]["seed"], 7);
    let encoded = serde_json::to_vec(&manifest["identity"]).unwrap();
    assert_eq!(
        manifest["run_id"],
        digest(&encoded)[..16],
        "anyone can check the name"
    );
    let listed = |list: &Value, name: &str, below: &str| {
        for file in list.as_array().unwrap() {
            let path = file[name].as_str().unwrap();
            let bytes = fs::read(folder.join(below).join(path)).unwrap();
            assert_eq!(file["sha256"], digest(&bytes), "{path}");
        }
    };
    listed(&manifest["identity"]["inputs"], "path", "inputs");
    listed(&manifest["outputs"], "file", "");
    assert_eq!(manifest["balance_principle"]["path"], "balanceprincip.toml");
}

#[test]
fn the_same_input_gives_the_same_folder_on_any_number_of_threads() {
    let (one, eight) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let a = folder(one.path(), &["--threads", "1"]);
    let b = folder(eight.path(), &["--threads", "8"]);
    assert_eq!(a.file_name(), b.file_name());
    assert_eq!(contents(&a), contents(&b));
}

#[test]
fn a_second_run_says_that_the_folder_stood_there() {
    let out = tempfile::tempdir().unwrap();
    folder(out.path(), &[]);
    let again = run(KOL, out.path(), &[]);
    assert_eq!(again.status.code(), Some(0));
    assert!(stdout(&again).contains("stod der i forvejen med samme indhold"));
}

#[test]
fn another_seed_gives_another_folder() {
    let out = tempfile::tempdir().unwrap();
    assert_ne!(
        folder(out.path(), &["--seed", "1"]),
        folder(out.path(), &["--seed", "2"])
    );
}

#[test]
fn a_run_can_be_repeated_from_the_inputs_it_kept() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let original = folder(first.path(), &[]);
    let output = fairbalance()
        .arg("run")
        .arg(original.join("inputs").join(KOL))
        .args(["--replicates", "2048", "--quiet", "--out"])
        .arg(second.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let repeated = PathBuf::from(stdout(&output).trim_end());
    assert_eq!(contents(&original), contents(&repeated));
}

#[test]
fn a_place_that_cannot_be_written_exits_74_and_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("a-file");
    fs::write(&file, "").unwrap();
    let output = run(KOL, &file.join("output"), &[]);
    assert_eq!(output.status.code(), Some(74), "{}", stderr(&output));
    assert!(stderr(&output).contains("a-file"), "{}", stderr(&output));
    assert_eq!(files(home.path()), ["a-file"]);
}

/// Catches: a file of somebody else's replaced by a folder, or half a folder left beside it.
#[test]
fn a_file_where_a_folder_should_be_exits_74_and_is_left_alone() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join(KOL), "mine").unwrap();
    let output = run(KOL, home.path(), &[]);
    assert_eq!(output.status.code(), Some(74), "{}", stderr(&output));
    assert_eq!(files(home.path()), [KOL]);
    assert_eq!(fs::read(home.path().join(KOL)).unwrap(), b"mine");
    let out = tempfile::tempdir().unwrap();
    let folder = folder(out.path(), &[]);
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "mine").unwrap();
    let again = run(KOL, out.path(), &[]);
    assert_eq!(again.status.code(), Some(74), "{}", stderr(&again));
    assert!(stderr(&again).contains("is a file"), "{}", stderr(&again));
    assert_eq!(fs::read(&folder).unwrap(), b"mine");
    assert_eq!(files(out.path()).len(), 1);
}

/// Catches: a paper that somebody edited overwritten by a later run of the same input.
#[test]
fn an_edited_paper_is_named_and_left_alone_by_the_next_run() {
    let out = tempfile::tempdir().unwrap();
    let folder = folder(out.path(), &[]);
    fs::write(folder.join("bilag.docx"), "mine").unwrap();
    let again = run(KOL, out.path(), &[]);
    assert_eq!(again.status.code(), Some(74));
    assert!(stderr(&again).contains("bilag.docx"), "{}", stderr(&again));
    assert_eq!(fs::read(folder.join("bilag.docx")).unwrap(), b"mine");
}

#[test]
fn a_folder_changed_after_its_run_is_left_alone_and_told() {
    let out = tempfile::tempdir().unwrap();
    let folder = folder(out.path(), &[]);
    fs::write(folder.join("result.json"), "{}").unwrap();
    let again = run(KOL, out.path(), &[]);
    assert_eq!(again.status.code(), Some(74));
    assert!(stderr(&again).contains("result.json"), "{}", stderr(&again));
    assert_eq!(
        fs::read_to_string(folder.join("result.json")).unwrap(),
        "{}"
    );
}

/// A limit on the size of a file stands in for a full disk: with the signal ignored a write
/// fails in the middle, with it the process is killed in the middle.
#[cfg(unix)]
mod limited {
    use super::*;
    use std::process::{Command, Output};

    /// Runs with files limited to so many blocks of 512 bytes.
    fn run_limited(prepare: &str, blocks: u32, out: &Path) -> Output {
        let program = fairbalance().get_program().to_owned();
        let script = format!("{prepare} ulimit -f {blocks}; exec \"$0\" \"$@\"");
        Command::new("sh")
            .args(["-c", &script])
            .arg(program)
            .arg("run")
            .arg(scenario(KOL))
            .args(["--replicates", "4096", "--out"])
            .arg(out)
            .output()
            .unwrap()
    }

    #[test]
    fn a_disk_that_fills_up_leaves_no_folder() {
        let out = tempfile::tempdir().unwrap();
        for blocks in [0, 1, 64, 1024] {
            let output = run_limited("trap '' XFSZ;", blocks, out.path());
            assert_eq!(
                output.status.code(),
                Some(74),
                "{blocks}: {}",
                stderr(&output)
            );
            assert_eq!(files(out.path()), Vec::<String>::new(), "{blocks}");
        }
    }

    #[test]
    fn a_killed_run_leaves_no_folder_and_the_next_run_cleans_up() {
        let out = tempfile::tempdir().unwrap();
        let killed = run_limited("", 64, out.path());
        assert_eq!(killed.status.code(), None, "killed by a signal");
        let left = files(out.path());
        assert!(!left.is_empty(), "it was in the middle of writing");
        assert!(
            left.iter().all(|file| file.contains(".partial-")),
            "{left:?}"
        );
        folder(out.path(), &[]);
        let left = files(out.path());
        assert!(
            left.iter().all(|file| !file.contains(".partial-")),
            "{left:?}"
        );
    }
}

#[test]
fn the_scenarios_folder_is_never_written_to() {
    let before = files(&scenarios());
    let out = tempfile::tempdir().unwrap();
    folder(out.path(), &[]);
    assert_eq!(before, files(&scenarios()));
}
