//! `compare`: what differs between two scenarios or runs, and what each difference moves.
//!
//! Each difference is made alone in A and computed on A's own draws; what is left over is changes
//! acting together and tables. A change that cannot stand alone is made with those it names. With
//! `--report` the same as a page, written whole or not at all; the outcome of A with each change
//! alone is computed for it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::arguments::CompareArguments;
use super::exit::{Exit, Stop};
use super::folder::write_whole;
use super::output;
use super::progress::Bar;
use super::reading::contents;
use crate::analysis::{QuickX, quick_x};
use crate::engine::{NoDraws, Progress, Silent};
use crate::model::{Model, Words};
use crate::random::Seed;
use crate::report::{
    COMPARED_ACCOUNTS, ChangeLine, Compared, Document, Effects, Identity, Language, Side, Stated,
    Subject, blank_words, comparison, comparison_json, docx, page, since_last, terminal,
};
use crate::scenario::{Comparison, Difference, Read};
use crate::stats::Estimate;
use crate::verdict::{Assessment, assess};

/// Compares two scenarios or run folders.
///
/// # Errors
/// Faults of either.
pub fn compare(arguments: &CompareArguments) -> Result<Exit, Stop> {
    let json = arguments.json;
    let language = Language::from(arguments.lang);
    let sheet = match &arguments.report {
        None => None,
        Some(asked) => match Sheet::of(asked.as_deref(), language) {
            Ok(sheet) => Some(sheet),
            Err(why) => {
                output::to_stderr(&why);
                return Ok(Exit::Invalid);
            }
        },
    };
    let (a, b) = (scenario_of(&arguments.a)?, scenario_of(&arguments.b)?);
    let found =
        Comparison::of(&a, &b).map_err(|diagnostics| Stop::Invalid { diagnostics, json })?;
    if let Some(exit) = not_clarified(&found, language) {
        return Ok(exit);
    }
    let bar = Bar::new(language, json);
    let compared = computed(arguments, &found, (&a, &b), &bar);
    bar.clear();
    let compared = compared?;
    if let Some(sheet) = &sheet {
        sheet.write(&compared, language)?;
    }
    let text = match json {
        true => comparison_json(&compared).map_err(Stop::io("comparing"))?,
        false => terminal(&comparison(&compared, language), output::setting()).into_bytes(),
    };
    output::to_stdout(&text)?;
    if let Some(sheet) = sheet.filter(|_| !json) {
        output::to_stdout(sheet.whereabouts(language).as_bytes())?;
    }
    Ok(Exit::Done)
}

/// The page that `--report` asks for.
struct Sheet {
    path: PathBuf,
    form: Form,
}

/// How a page is set.
#[derive(Clone, Copy)]
enum Form {
    Html,
    Docx,
}

impl Sheet {
    /// The page at a path, which its ending sets; without one, a page in the current folder.
    fn of(asked: Option<&Path>, language: Language) -> Result<Sheet, String> {
        let named = match language {
            Language::Da => "sammenligning.html",
            Language::En => "comparison.html",
        };
        let path = asked.unwrap_or(Path::new(named)).to_owned();
        let ending = path.extension().and_then(|ending| ending.to_str());
        let form = match ending {
            Some("html") => Form::Html,
            Some("docx") => Form::Docx,
            _ => {
                return Err(format!(
                    "error: {} is neither a page nor a Word file\n  = help: end the file's name with .html or .docx\n",
                    path.display()
                ));
            }
        };
        Ok(Sheet { path, form })
    }

    fn write(&self, compared: &Compared, language: Language) -> Result<(), Stop> {
        let document = since_last(compared, language);
        let content = match self.form {
            Form::Html => page(&[document], language).into_bytes(),
            Form::Docx => self.word(&document, compared, language)?,
        };
        let writing = Stop::io(format!("writing {}", self.path.display()));
        write_whole(&self.path, &content).map_err(writing)
    }

    fn word(
        &self,
        document: &Document,
        compared: &Compared,
        language: Language,
    ) -> Result<Vec<u8>, Stop> {
        let (a, b) = (&compared.a.run_id, &compared.b.run_id);
        let version = env!("CARGO_PKG_VERSION");
        let foot = format!("fairbalance {version} · {a} → {b} · seed {}", compared.seed);
        let setting = Stop::io(format!("setting {}", self.path.display()));
        docx(document, &foot, language).map_err(setting)
    }

    fn whereabouts(&self, language: Language) -> String {
        let path = self.path.display();
        match language {
            Language::Da => format!("Side: {path}\n"),
            Language::En => format!("Page: {path}\n"),
        }
    }
}

/// A run folder stands for the inputs that it kept.
fn scenario_of(path: &Path) -> Result<PathBuf, Stop> {
    let Some(identity) = identity(path)? else {
        return Ok(path.to_owned());
    };
    let name = identity["scenario"].as_str().unwrap_or_default();
    Ok(path.join("inputs").join(name))
}

/// What a run folder's manifest says of the run; `None` of anything else.
fn identity(path: &Path) -> Result<Option<serde_json::Value>, Stop> {
    Ok(manifest(path)?.map(|mut manifest| manifest["identity"].take()))
}

fn manifest(path: &Path) -> Result<Option<serde_json::Value>, Stop> {
    let manifest = path.join("manifest.json");
    if !manifest.is_file() {
        return Ok(None);
    }
    let reading = || Stop::io(format!("reading {}", manifest.display()));
    let text = fs::read_to_string(&manifest).map_err(reading())?;
    let read = serde_json::from_str(&text);
    read.map(Some)
        .map_err(|e| reading()(std::io::Error::other(e)))
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
    places: (&Path, &Path),
    progress: &dyn Progress,
) -> Result<Compared, Stop> {
    let seed = Seed(arguments.seed);
    let quick = |model: &Model| quick_x(model, seed).map_err(Stop::io("computing"));
    let (a, b) = (quick(&found.a.model)?, quick(&found.b.model)?);
    let unmade = |difference| unmade(found, difference);
    let mut changes: Vec<ChangeLine> = found.differences.iter().map(unmade).collect();
    let steps = found.steps();
    for (done, step) in steps.iter().enumerate() {
        progress.advance("differences", done, steps.len());
        make(arguments, found, step, &a, &mut changes)?;
    }
    let total = effects(|account| b.minus(&a, account));
    let each: Vec<&Effects> = changes.iter().filter_map(|c| c.effect.as_ref()).collect();
    Ok(Compared {
        rest: rest(&total, &each),
        a: side((&arguments.a, places.0), &found.a, &a, arguments)?,
        b: side((&arguments.b, places.1), &found.b, &b, arguments)?,
        changes,
        tables: found.tables.clone(),
        total,
        price_level: found.a.model.world.price_level,
        seed: arguments.seed,
    })
}

/// One of the two; `asked` is what the user named and `place` the scenario behind it.
fn side(
    (asked, place): (&Path, &Path),
    read: &Read,
    x: &QuickX,
    arguments: &CompareArguments,
) -> Result<Side, Stop> {
    let model = &read.model;
    let Assessment {
        verdict, findings, ..
    } = judged(model, arguments)?;
    Ok(Side {
        name: asked.display().to_string(),
        outcome: verdict.outcome,
        x: effects(|account| x.x(account)),
        title: model.agreement.title.clone(),
        status: model.status(),
        run_id: run_id(asked, place, read, arguments)?,
        parties: verdict.parties,
        confidence: model.balance.confidence,
        replicates: findings.replicates,
        years: findings.verdict_years,
    })
}

fn judged(model: &Model, arguments: &CompareArguments) -> Result<Assessment, Stop> {
    let assessment = assess(model, &arguments.settings(), &mut NoDraws, &Silent);
    assessment.map_err(Stop::io("computing"))
}

/// The run folder's name; of a scenario, the name that `run` with the same seed would give.
fn run_id(
    asked: &Path,
    place: &Path,
    read: &Read,
    arguments: &CompareArguments,
) -> Result<String, Stop> {
    if let Some(manifest) = manifest(asked)? {
        return Ok(manifest["run_id"].as_str().unwrap_or_default().to_owned());
    }
    let naming = || Stop::io("naming the run");
    let inputs = contents(place, &read.inputs).map_err(naming())?;
    let files = inputs.iter();
    let files = files.map(|(path, content)| (path.as_str(), content.as_slice()));
    let identity = Identity::new(&read.model.scenario, &arguments.settings(), files);
    identity.run_id().map_err(naming())
}

fn unmade(found: &Comparison, difference: &Difference) -> ChangeLine {
    let (before, after) = difference.shown();
    ChangeLine {
        place: difference.change.place(),
        before,
        after,
        with: Vec::new(),
        effect: None,
        subject: subject(found, difference),
        is_new: difference.is_whole() && difference.change.before.is_none(),
        is_gone: difference.is_whole() && difference.change.after.is_none(),
        alone: None,
    }
}

/// A figure as both state it, or the thing that a place is.
fn subject(found: &Comparison, difference: &Difference) -> Subject {
    let stated = |model: &Model, name: &str| {
        let parameter = model.parameters.iter().find(|p| p.name == name)?;
        Some((parameter.label.clone(), Stated::of(model, parameter)))
    };
    if let Some(name) = difference.parameter() {
        let (before, now) = (stated(&found.a.model, name), stated(&found.b.model, name));
        let label = now
            .as_ref()
            .or(before.as_ref())
            .map(|(label, _)| label.clone());
        let label = label.or_else(|| difference.label.clone());
        return Subject::Figure {
            label: label.unwrap_or_else(|| Words {
                da: name.to_owned(),
                en: name.to_owned(),
            }),
            before: Box::new(before.map(|(_, stated)| stated)),
            now: Box::new(now.map(|(_, stated)| stated)),
        };
    }
    Subject::Thing {
        part: difference.part,
        key: difference.key().to_owned(),
        label: difference.label.clone(),
    }
}

/// Makes a step and writes its effect to the line of the first that could not stand alone.
fn make(
    arguments: &CompareArguments,
    found: &Comparison,
    step: &BTreeSet<usize>,
    a: &QuickX,
    changes: &mut [ChangeLine],
) -> Result<(), Stop> {
    let Some(model) = found.a_with(step) else {
        return Ok(());
    };
    let made = quick_x(&model, Seed(arguments.seed)).map_err(Stop::io("computing"))?;
    let Some(told) = step.iter().copied().find(|i| changes[*i].effect.is_none()) else {
        return Ok(());
    };
    let others = step.iter().filter(|i| **i != told);
    changes[told].with = others
        .map(|i| found.differences[*i].change.place())
        .collect();
    let effect = effects(|account| made.minus(a, account));
    if arguments.report.is_some() && effect.iter().any(|x| x.mean != 0.0) {
        changes[told].alone = Some(judged(&model, arguments)?.verdict.outcome);
    }
    changes[told].effect = Some(effect);
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
