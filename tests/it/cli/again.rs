//! A run folder that stands: its papers once more, or a named reason why not.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use super::{fairbalance, files, run, stderr, stdout};
use fairbalance::report::digest;

const VARIANT: &str = "kol-hjemmemonitorering#uden_bidrag";

/// A run folder, copied away from where it was written.
fn moved(home: &TempDir) -> PathBuf {
    let out = home.path().join("output");
    let output = run(VARIANT, &out, &["--seed", "7", "--quiet"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let to = home.path().join("elsewhere");
    copy(Path::new(stdout(&output).trim_end()), &to);
    fs::remove_dir_all(out).unwrap();
    to
}

pub fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let place = to.join(&file);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::copy(from.join(&file), place).unwrap();
    }
}

fn report(folder: &Path, more: &[&str]) -> std::process::Output {
    let mut command = fairbalance();
    command.arg("report").arg(folder).args(more);
    command.output().unwrap()
}

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let read = |file: String| (file.clone(), fs::read(folder.join(file)).unwrap());
    files(folder).into_iter().map(read).collect()
}

/// That it ends with 2, names the trouble, and changes no file of the folder.
fn refused(folder: &Path, code: &str, named: &str) {
    let before = contents(folder);
    for more in [&[][..], &["--check"]] {
        let output = report(folder, more);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        let said = stderr(&output);
        assert!(said.contains(code) && said.contains(named), "{said}");
        assert!(said.contains("= help: "), "a remedy in {said}");
        assert_eq!(stdout(&output), "");
    }
    assert!(before == contents(folder), "{code} changed the folder");
}

/// Catches: a paper that depends on where or when it is rendered, a variant or a seed lost.
#[test]
fn papers_that_were_deleted_come_back_to_the_byte_wherever_the_folder_lies() {
    let home = tempfile::tempdir().unwrap();
    let folder = moved(&home);
    let written = contents(&folder);
    let output = report(&folder, &["--check"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("som de blev skrevet"));
    for lost in [
        "bilag.docx",
        "report.html",
        "kommuner/615.html",
        "ledger.parquet",
    ] {
        fs::remove_file(folder.join(lost)).unwrap();
    }
    fs::remove_dir_all(folder.join("municipalities")).unwrap();
    let missing = report(&folder, &["--check"]);
    assert_eq!(missing.status.code(), Some(2), "{}", stdout(&missing));
    assert!(stderr(&missing).contains("R010"), "{}", stderr(&missing));
    let output = report(&folder, &["--lang", "en"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stdout(&output).contains("  bilag.docx\n"),
        "{}",
        stdout(&output)
    );
    assert!(written == contents(&folder), "not as they were written");
}

/// Catches: papers that differ from the run's, a folder half-written, one overwritten.
#[test]
fn papers_go_into_a_folder_of_their_own_whole_or_not_at_all() {
    let home = tempfile::tempdir().unwrap();
    let folder = moved(&home);
    let before = contents(&folder);
    let out = home.path().join("papirer");
    let to = out.to_string_lossy().into_owned();
    let output = report(&folder, &["--out", &to]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let papers = contents(&out);
    assert!(papers.iter().any(|(name, _)| name == "bilag.docx"));
    assert!(papers.iter().any(|(name, _)| name == "annex.docx"));
    for (name, content) in &papers {
        assert!(before.contains(&(name.clone(), content.clone())), "{name}");
    }
    let again = report(&folder, &["--out", &to]);
    assert_eq!(again.status.code(), Some(0), "{}", stderr(&again));
    assert!(stdout(&again).contains("i forvejen"), "{}", stdout(&again));
    fs::write(out.join("bilag.docx"), "mine").unwrap();
    let other = report(&folder, &["--out", &to]);
    assert_eq!(other.status.code(), Some(74), "{}", stderr(&other));
    assert!(stderr(&other).contains("bilag.docx"), "{}", stderr(&other));
    assert_eq!(fs::read(out.join("bilag.docx")).unwrap(), b"mine");
    fs::write(home.path().join("a-file"), "").unwrap();
    let below = home.path().join("a-file").join("papirer");
    let nowhere = report(&folder, &["--out", &below.to_string_lossy()]);
    assert_eq!(nowhere.status.code(), Some(74), "{}", stderr(&nowhere));
    assert!(before == contents(&folder));
    let left = fs::read_dir(home.path()).unwrap().count();
    assert_eq!(
        left, 3,
        "the folder, the papers and the file, nothing half-written"
    );
}

/// Catches: a folder believed that is none.
#[test]
fn what_is_no_run_folder_is_refused_by_name() {
    let home = tempfile::tempdir().unwrap();
    refused(&home.path().join("nothing"), "R001", "nothing");
    refused(home.path(), "R002", "manifest.json");
    let manifest = home.path().join("manifest.json");
    for (text, code, named) in [
        ("{", "R003", "manifest.json"),
        ("{}", "R004", "no schema version"),
        (
            "{\"schema_version\": \"2\"}",
            "R004",
            "schema version \"2\"",
        ),
        ("{\"schema_version\": \"1\"}", "R005", "made by ? ?"),
    ] {
        fs::write(&manifest, text).unwrap();
        refused(home.path(), code, named);
    }
}

/// Changes what a manifest says; with `signed` the run id is made to fit it.
fn forged(folder: &Path, signed: bool, change: impl Fn(&mut Value)) {
    let path = folder.join("manifest.json");
    let mut manifest: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    change(&mut manifest);
    if signed {
        let identity = serde_json::to_vec(&manifest["identity"]).unwrap();
        manifest["run_id"] = digest(&identity)[..16].into();
    }
    let text = serde_json::to_string_pretty(&manifest).unwrap();
    fs::write(path, text + "\n").unwrap();
}

/// Catches: papers rendered from another program's figures, from changed inputs or settings, or
/// put beside a file that says something else.
#[test]
fn what_was_changed_after_the_run_is_named_and_nothing_is_written() {
    let home = tempfile::tempdir().unwrap();
    let whole = moved(&home);
    let fresh = |name: &str| {
        let folder = home.path().join(name);
        copy(&whole, &folder);
        fs::remove_file(folder.join("borger.html")).unwrap();
        folder
    };
    let append = |folder: &Path, file: &str| {
        let mut content = fs::read(folder.join(file)).unwrap();
        content.extend(b"\n");
        fs::write(folder.join(file), content).unwrap();
    };
    let folder = fresh("version");
    forged(&folder, true, |m| m["identity"]["version"] = "0.0.9".into());
    refused(&folder, "R005", "made by fairbalance 0.0.9");
    let folder = fresh("draws");
    forged(&folder, true, |m| m["identity"]["draw_format"] = 99.into());
    refused(&folder, "R005", "draw format 99");
    let folder = fresh("features");
    forged(&folder, true, |m| {
        m["identity"]["features"] = serde_json::json!(["x"])
    });
    refused(&folder, "R005", "features");
    let folder = fresh("identity");
    forged(&folder, false, |m| {
        m["identity"]["settings"]["seed"] = 8.into()
    });
    refused(&folder, "R006", "manifest.json");
    let folder = fresh("input");
    append(&folder, "inputs/kol-hjemmemonitorering/agreement.toml");
    refused(&folder, "R007", "agreement.toml");
    let folder = fresh("no-input");
    fs::remove_file(folder.join("inputs/balanceprincip.toml")).unwrap();
    refused(&folder, "R008", "balanceprincip.toml");
    let folder = fresh("output");
    append(&folder, "bilag.docx");
    refused(&folder, "R009", "bilag.docx");
}

/// Catches: a seed or a result forged together with its hash, which hashes alone do not show.
#[test]
fn a_folder_forged_with_its_manifest_is_found_by_computing_again() {
    let home = tempfile::tempdir().unwrap();
    let whole = moved(&home);
    let seed = home.path().join("seed");
    copy(&whole, &seed);
    forged(&seed, true, |m| {
        m["identity"]["settings"]["seed"] = 8.into()
    });
    refused(&seed, "R013", "result.json");
    let result = home.path().join("result");
    copy(&whole, &result);
    fs::write(result.join("result.json"), "{}\n").unwrap();
    forged(&result, false, |m| {
        for output in m["outputs"].as_array_mut().unwrap() {
            if output["file"] == "result.json" {
                output["sha256"] = digest(b"{}\n").into();
            }
        }
    });
    refused(&result, "R013", "result.json");
}

/// Catches: somebody's note in the folder deleted, or passed over when asked for all.
#[test]
fn a_file_of_somebody_else_is_left_alone_and_told() {
    let home = tempfile::tempdir().unwrap();
    let folder = moved(&home);
    fs::write(folder.join("notat.txt"), "mit").unwrap();
    let output = report(&folder, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("notat.txt"), "{}", stderr(&output));
    let check = report(&folder, &["--check", "--json"]);
    assert_eq!(check.status.code(), Some(2));
    let told: Value = serde_json::from_slice(&check.stdout).unwrap();
    assert_eq!(told["diagnostics"][0]["code"], "R011", "{told:#}");
    assert_eq!(fs::read(folder.join("notat.txt")).unwrap(), b"mit");
}

/// Catches: a disk that fills up while papers are put back.
#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_puts_no_paper_back() {
    let home = tempfile::tempdir().unwrap();
    let folder = moved(&home);
    for lost in ["annex.docx", "borger.html", "rapport.html"] {
        fs::remove_file(folder.join(lost)).unwrap();
    }
    let before = contents(&folder);
    let script = "trap '' XFSZ; ulimit -f 40; exec \"$0\" \"$@\"";
    let output = std::process::Command::new("sh")
        .args(["-c", script])
        .arg(fairbalance().get_program())
        .arg("report")
        .arg(&folder)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(74), "{}", stderr(&output));
    assert!(before == contents(&folder), "something was put back");
}
