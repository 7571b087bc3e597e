//! `follow`: observed quarters against the band that a run has written.

use std::fs;
use std::path::Path;

use serde_json::json;

use super::arguments::FollowArguments;
use super::exit::{Exit, Stop};
use super::output;
use crate::report::{Language, Observed, observed, read_bands};

/// Compares.
///
/// # Errors
/// Files that cannot be read, and lines that are no observation.
pub fn follow(arguments: &FollowArguments) -> Result<Exit, Stop> {
    let bands = text(&arguments.run.join("monitoring.csv"))?;
    let counted = text(&arguments.observed)?;
    let found = read_bands(&bands).and_then(|bands| observed(&counted, &bands));
    let found = match found {
        Ok(found) => found,
        Err(why) => {
            output::to_stderr(&format!("{why}\n"));
            return Ok(Exit::Invalid);
        }
    };
    let said = match arguments.json {
        true => format!("{:#}\n", as_json(&found)),
        false => in_words(&found, Language::from(arguments.lang)),
    };
    output::to_stdout(said.as_bytes())?;
    Ok(Exit::Done)
}

fn text(path: &Path) -> Result<String, Stop> {
    fs::read_to_string(path).map_err(Stop::io(format!("reading {}", path.display())))
}

fn as_json(found: &[Observed]) -> serde_json::Value {
    let row = |o: &Observed| {
        json!({
            "indicator": o.band.indicator,
            "year": o.band.year,
            "quarter": o.band.quarter,
            "observed": o.value,
            "expected": o.band.expected,
            "low": o.band.low,
            "high": o.band.high,
            "flag": o.flag(),
        })
    };
    found.iter().map(row).collect()
}

fn in_words(found: &[Observed], language: Language) -> String {
    let flag = |o: &Observed| match (o.flag(), language) {
        ("in", Language::Da) => "som ventet",
        ("in", Language::En) => "as expected",
        ("above", Language::Da) => "OVER båndet",
        ("above", Language::En) => "ABOVE the band",
        (_, Language::Da) => "UNDER båndet",
        (_, Language::En) => "BELOW the band",
    };
    let mut text = String::new();
    for o in found {
        let b = &o.band;
        text.push_str(&format!(
            "{} {}K{}: {:.0} ({:.0}–{:.0})  {}\n",
            b.indicator,
            b.year,
            b.quarter,
            o.value,
            b.low,
            b.high,
            flag(o)
        ));
    }
    let outside = found.iter().filter(|o| o.flag() != "in").count();
    let of = found.len();
    text.push_str(&match language {
        Language::Da => format!("{outside} af {of} kvartaler uden for båndet; hvert femte ventes, når alt går som aftalt.\n"),
        Language::En => format!("{outside} of {of} quarters outside the band; one in five is expected when all goes as agreed.\n"),
    });
    text
}
