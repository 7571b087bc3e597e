//! `explain`: from a printed figure to what it rests on.

use super::arguments::ExplainArguments;
use super::exit::{Exit, Stop};
use super::output;
use super::progress::Bar;
use super::reading::{Loaded, load};
use crate::analysis;
use crate::engine::NoDraws;
use crate::report::{Language, blank_words, explanation, explanation_json, terminal};
use crate::scenario::near::nearest;
use crate::verdict::{Assessment, Outcome, assess};

/// Explains one figure, or lists them all.
///
/// # Errors
/// Faults of the scenario; a figure that does not exist.
pub fn explain(arguments: &ExplainArguments) -> Result<Exit, Stop> {
    let language = Language::from(arguments.lang);
    let loaded = load(&arguments.scenario, arguments.json)?;
    arguments.settings.warn(language);
    let bar = Bar::new(language, arguments.json);
    let settings = arguments.settings.settings();
    let assessment = assess(&loaded.model, &settings, &mut NoDraws, &bar);
    bar.clear();
    let assessment = assessment.map_err(Stop::io("computing"))?;
    if assessment.verdict.outcome == Outcome::NotClarified {
        return not_clarified(&loaded, language);
    }
    match &arguments.figure {
        None => list(&loaded, &assessment),
        Some(id) => one(arguments, &loaded, &assessment, id),
    }
}

fn one(
    arguments: &ExplainArguments,
    loaded: &Loaded,
    assessment: &Assessment,
    id: &str,
) -> Result<Exit, Stop> {
    let (model, findings) = (&loaded.model, &assessment.findings);
    let Some(figure) = analysis::figure(model, findings, id) else {
        return unknown(loaded, assessment, id);
    };
    let explained = analysis::explain(model, findings, figure);
    if arguments.json {
        let json = explanation_json(model, findings, id, &explained);
        output::to_stdout(&json.map_err(Stop::io("explaining"))?)?;
    } else {
        let language = Language::from(arguments.lang);
        let document = explanation(model, findings, id, &explained, language);
        output::to_stdout(terminal(&document, output::setting()).as_bytes())?;
    }
    Ok(Exit::Done)
}

fn list(loaded: &Loaded, assessment: &Assessment) -> Result<Exit, Stop> {
    let ids = analysis::figure_ids(&loaded.model, &assessment.findings);
    output::to_stdout(format!("{}\n", ids.join("\n")).as_bytes())?;
    Ok(Exit::Done)
}

fn unknown(loaded: &Loaded, assessment: &Assessment, id: &str) -> Result<Exit, Stop> {
    let ids = analysis::figure_ids(&loaded.model, &assessment.findings);
    let near = nearest(id, ids.iter().map(String::as_str));
    let remedy = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "leave the figure out to list all of them".into(),
    };
    output::to_stderr(&format!(
        "error: there is no figure `{id}`\n  = help: {remedy}\n"
    ));
    Ok(Exit::Invalid)
}

fn not_clarified(loaded: &Loaded, language: Language) -> Result<Exit, Stop> {
    for blank in &loaded.model.blanks {
        output::to_stderr(&format!("  • {}\n", blank_words(blank, language)));
    }
    Ok(Exit::NotClarified)
}
