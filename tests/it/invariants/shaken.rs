//! The shipped agreements with other figures: every law of theirs up to 30 % higher or lower,
//! through the reader.
//!
//! What holds of an agreement must not hang on the figures it happens to state.

use super::plan_and_reference::departure;
use super::*;
use fairbalance::scenario::read;
use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};
use std::path::Path;

/// The laws whose figures are turned; all figures of one law by the same factor, so that they stay
/// in order.
const LAWS: [&str; 7] = [
    "fixed",
    "beta",
    "gamma",
    "lognormal",
    "normal",
    "pert",
    "three_point",
];

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder can be listed") {
        let path = entry.expect("an entry").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, &to).expect("a copy");
        }
    }
}

/// A line `law.x = …` with its figures times a factor; `None` for any other line.
fn shaken(line: &str, random: &mut Xoshiro256PlusPlus) -> Option<String> {
    let (law, figures) = line.strip_prefix("law.")?.split_once(" = ")?;
    if !LAWS.contains(&law) {
        return None;
    }
    let figures = figures.split('#').next().unwrap_or_default();
    let stated = numbers(figures);
    let most = stated.iter().map(|(_, x)| x.abs()).fold(0.0, f64::max);
    let mut factor = 0.7 + 0.6 * random.random::<f64>();
    if most <= 1.0 {
        // a share stays a share, and a beta law's mean below 1
        factor = factor.min(if law == "beta" { 0.97 } else { 1.0 } / most.max(1e-9));
    }
    if law == "beta" {
        // its error stays below what its mean allows: (1 − m)·m falls at most as the error does
        factor = factor.min((1.0 - 0.5 * (1.0 - most)) / most);
    }
    let mut text = String::from(line.split(" = ").next()?);
    text.push_str(" = ");
    let mut from = 0;
    for (at, x) in stated {
        text.push_str(&figures[from..at.start]);
        text.push_str(&format!("{}", x * factor));
        from = at.end;
    }
    text.push_str(&figures[from..]);
    Some(text)
}

/// Where the numbers of a text stand; digits of a name (`ci95`) are none.
fn numbers(text: &str) -> Vec<(std::ops::Range<usize>, f64)> {
    let of_number = |c: char| c.is_ascii_digit() || ".-_e".contains(c);
    let of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let word = rest.find(|c| !of_name(c)).unwrap_or(rest.len());
        let first = rest.chars().next().expect("not at the end");
        if first.is_ascii_digit() || first == '-' {
            let length = rest.find(|c| !of_number(c)).unwrap_or(rest.len());
            let number = rest[..length].replace('_', "");
            found.push((at..at + length, number.parse().expect("a number")));
            at += length;
        } else {
            at += word.max(first.len_utf8());
        }
    }
    found
}

/// Catches: a claim that holds for the figures shipped only; a figure within reach that the reader
/// takes and the plan cannot compute. Refusals are told by name and must be few: where shares
/// of one whole are turned one by one, they may pass it.
#[test]
fn shipped_agreements_with_other_figures_keep_the_claims() {
    let library = tempfile::tempdir().expect("a folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    copy(&root, library.path());
    let mut random = Xoshiro256PlusPlus::seed_from_u64(30);
    let (mut turned, mut refused) = (0, Vec::new());
    for (name, _) in shipped() {
        let path = library.path().join(name).join("agreement.toml");
        let stated = std::fs::read_to_string(&path).expect("an agreement");
        let lines = stated.lines().map(|line| match shaken(line, &mut random) {
            Some(line) => {
                turned += 1;
                line
            }
            None => line.to_owned(),
        });
        let lines: Vec<String> = lines.collect();
        std::fs::write(&path, lines.join("\n")).expect("written");
    }
    assert!(turned > 200, "{turned} laws turned");
    for (name, shipped) in shipped() {
        let model = match read(&library.path().join(name)) {
            Ok(read) => read.model,
            Err(told) => {
                refused.push((name, told.text(false)));
                continue;
            }
        };
        let block = Block::of(&model);
        let (off, id) = departure(&model, &block, 11);
        assert!(off <= 1e-10, "{name}: {id:?} off by {off:e}");
        settlement::transfers_cancel(name, &block);
        settlement::parties_are_society(name, &block);
        let nobody = nothing_done::with_nobody(&model);
        assert_eq!(nothing_done::changed(&nobody, |_| true), [""; 0], "{name}");
        assert_eq!(model.parameters.len(), shipped.parameters.len(), "{name}");
    }
    for (name, told) in &refused {
        println!("{name} is refused: {told}");
    }
    assert!(refused.len() <= 3, "{} are refused", refused.len());
}
