//! `compare`: what differs between two scenarios or runs, and what each difference moves.
//!
//! Each difference is made alone in A and computed on A's own draws; what is left over is changes
//! acting together and tables. A change that cannot stand alone is made with those it names.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::arguments::CompareArguments;
use super::exit::{Exit, Stop};
use super::output;
use super::progress::Bar;
use crate::analysis::{QuickX, quick_x};
use crate::engine::{NoDraws, Progress};
use crate::model::Model;
use crate::random::Seed;
use crate::report::{
    COMPARED_ACCOUNTS, ChangeLine, Compared, Effects, Language, Side, blank_words, comparison,
    comparison_json, terminal,
};
use crate::scenario::{Comparison, Difference};
use crate::stats::Estimate;
use crate::verdict::assess;

/// Compares two scenarios or run folders.
///
/// # Errors
/// Faults of either.
pub fn compare(arguments: &CompareArguments) -> Result<Exit, Stop> {
    let json = arguments.json;
    let language = Language::from(arguments.lang);
    let (a, b) = (scenario_of(&arguments.a)?, scenario_of(&arguments.b)?);
    let found =
        Comparison::of(&a, &b).map_err(|diagnostics| Stop::Invalid { diagnostics, json })?;
    if let Some(exit) = not_clarified(&found, language) {
        return Ok(exit);
    }
    let bar = Bar::new(language, json);
    let compared = computed(arguments, &found, &bar);
    bar.clear();
    let compared = compared?;
    let text = match json {
        true => comparison_json(&compared).map_err(Stop::io("comparing"))?,
        false => terminal(&comparison(&compared, language), output::setting()).into_bytes(),
    };
    output::to_stdout(&text)?;
    Ok(Exit::Done)
}

/// A run folder stands for the inputs that it kept.
fn scenario_of(path: &Path) -> Result<PathBuf, Stop> {
    let manifest = path.join("manifest.json");
    if !manifest.is_file() {
        return Ok(path.to_owned());
    }
    let reading = || Stop::io(format!("reading {}", manifest.display()));
    let text = fs::read_to_string(&manifest).map_err(reading())?;
    let manifest: serde_json::Value =
        serde_json::from_str(&text).map_err(|e| reading()(std::io::Error::other(e)))?;
    let name = manifest["identity"]["scenario"]
        .as_str()
        .unwrap_or_default();
    Ok(path.join("inputs").join(name))
}

fn not_clarified(found: &Comparison, language: Language) -> Option<Exit> {
    let blanks = found.a.model.blanks.iter().chain(&found.b.model.blanks);
    let said: Vec<String> = blanks
        .map(|b| format!("  • {}\n", blank_words(b, language)))
        .collect();
    if said.is_empty() {
        return None;
    }
    output::to_stderr(&said.concat());
    Some(Exit::NotClarified)
}

fn computed(
    arguments: &CompareArguments,
    found: &Comparison,
    progress: &dyn Progress,
) -> Result<Compared, Stop> {
    let seed = Seed(arguments.seed);
    let quick = |model: &Model| quick_x(model, seed).map_err(Stop::io("computing"));
    let (a, b) = (quick(&found.a.model)?, quick(&found.b.model)?);
    let mut changes: Vec<ChangeLine> = found.differences.iter().map(unmade).collect();
    let steps = found.steps();
    for (done, step) in steps.iter().enumerate() {
        progress.advance("differences", done, steps.len());
        make(found, step, &a, seed, &mut changes)?;
    }
    let total = effects(|account| b.minus(&a, account));
    let each: Vec<&Effects> = changes.iter().filter_map(|c| c.effect.as_ref()).collect();
    Ok(Compared {
        rest: rest(&total, &each),
        a: side(&arguments.a, &found.a.model, &a, arguments)?,
        b: side(&arguments.b, &found.b.model, &b, arguments)?,
        changes,
        tables: found.tables.clone(),
        total,
        price_level: found.a.model.world.price_level,
    })
}

fn side(
    path: &Path,
    model: &Model,
    x: &QuickX,
    arguments: &CompareArguments,
) -> Result<Side, Stop> {
    let settings = arguments.settings();
    let assessment = assess(model, &settings, &mut NoDraws, &crate::engine::Silent);
    Ok(Side {
        name: path.display().to_string(),
        outcome: assessment.map_err(Stop::io("computing"))?.verdict.outcome,
        x: effects(|account| x.x(account)),
    })
}

fn unmade(difference: &Difference) -> ChangeLine {
    let (before, after) = difference.shown();
    ChangeLine {
        place: difference.change.place(),
        before,
        after,
        with: Vec::new(),
        effect: None,
    }
}

/// Makes a step and writes its effect to the line of the first that could not stand alone.
fn make(
    found: &Comparison,
    step: &BTreeSet<usize>,
    a: &QuickX,
    seed: Seed,
    changes: &mut [ChangeLine],
) -> Result<(), Stop> {
    let Some(model) = found.a_with(step) else {
        return Ok(());
    };
    let made = quick_x(&model, seed).map_err(Stop::io("computing"))?;
    let Some(told) = step.iter().copied().find(|i| changes[*i].effect.is_none()) else {
        return Ok(());
    };
    let others = step.iter().filter(|i| **i != told);
    changes[told].with = others
        .map(|i| found.differences[*i].change.place())
        .collect();
    changes[told].effect = Some(effects(|account| made.minus(a, account)));
    Ok(())
}

fn effects(of: impl Fn(crate::model::Account) -> Estimate) -> Effects {
    COMPARED_ACCOUNTS.map(of)
}

/// What the single effects leave of the total; exactly nothing where nothing but rounding is left.
fn rest(total: &Effects, each: &[&Effects]) -> Effects {
    std::array::from_fn(|account| {
        let explained: f64 = each.iter().map(|effect| effect[account].mean).sum();
        let mean = total[account].mean - explained;
        let squares = each
            .iter()
            .map(|effect| effect[account].mcse)
            .chain([total[account].mcse]);
        let rounding = 1e-9 * (total[account].mean.abs() + explained.abs() + 1.0);
        Estimate {
            mean: if mean.abs() <= rounding { 0.0 } else { mean },
            mcse: squares.map(|mcse| mcse * mcse).sum::<f64>().sqrt(),
        }
    })
}
