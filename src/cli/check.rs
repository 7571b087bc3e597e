//! `check`: every fault and every blank, without computing.

use serde_json::json;

use super::arguments::CheckArguments;
use super::exit::{Exit, Stop};
use super::output;
use crate::diagnostic::Diagnostics;
use crate::model::{Blank, Model};
use crate::report::{Language, blank_words};
use crate::scenario;

/// Reads a scenario, a world or a balance principle and tells what there is to say.
///
/// # Errors
/// Its faults.
pub fn check(arguments: &CheckArguments) -> Result<Exit, Stop> {
    let language = Language::from(arguments.lang);
    match scenario::read(&arguments.scenario) {
        Ok(read) => tell(&read.model, &read.warnings, language, arguments.json),
        // A world or a balance principle is no agreement, yet may be valid by itself.
        Err(_) => alone(arguments),
    }
}

fn alone(arguments: &CheckArguments) -> Result<Exit, Stop> {
    let diagnostics = scenario::inspect(&arguments.scenario);
    let json = arguments.json;
    if diagnostics.any_error() {
        return Err(Stop::Invalid { diagnostics, json });
    }
    if !diagnostics.is_empty() || json {
        output::diagnostics(&diagnostics, json);
    }
    if !json {
        let words = match Language::from(arguments.lang) {
            Language::Da => "gyldig",
            Language::En => "valid",
        };
        output::to_stdout(format!("{}: {words}\n", arguments.scenario.display()).as_bytes())?;
    }
    Ok(Exit::Done)
}

fn tell(
    model: &Model,
    warnings: &Diagnostics,
    language: Language,
    json: bool,
) -> Result<Exit, Stop> {
    if json {
        output::to_stdout(format!("{:#}\n", as_json(model, warnings)).as_bytes())?;
    } else {
        if !warnings.is_empty() {
            output::diagnostics(warnings, false);
        }
        output::to_stdout(in_words(model, language).as_bytes())?;
    }
    Ok(match model.blanks.is_empty() {
        true => Exit::Done,
        false => Exit::NotClarified,
    })
}

fn as_json(model: &Model, warnings: &Diagnostics) -> serde_json::Value {
    let blank = |blank: &Blank| {
        json!({
            "item": blank.item,
            "words": { "da": blank.words.da, "en": blank.words.en },
            "file": blank.origin.file,
            "line": blank.origin.line,
            "column": blank.origin.column,
        })
    };
    json!({
        "valid": true,
        "clarified": model.blanks.is_empty(),
        "scenario": model.scenario,
        "diagnostics": warnings.json(),
        "blanks": model.blanks.iter().map(blank).collect::<Vec<_>>(),
    })
}

fn in_words(model: &Model, language: Language) -> String {
    let parameters = model.parameters.len();
    let head = match (language, model.blanks.is_empty()) {
        (Language::Da, true) => format!("gyldig og klarlagt, {parameters} forudsætninger"),
        (Language::Da, false) => "gyldig, men ikke klarlagt. Det mangler:".into(),
        (Language::En, true) => format!("valid and clarified, {parameters} parameters"),
        (Language::En, false) => "valid, but not clarified. Missing:".into(),
    };
    let mut text = format!("{}: {head}\n", model.scenario);
    for blank in &model.blanks {
        text.push_str(&format!("  • {}\n", blank_words(blank, language)));
    }
    text
}
