//! Words of the what-if, both languages side by side.

use super::Language;
pub use super::accountability::Both;

/// Heading.
pub const TITLE: Both = Both("Hvad nu hvis", "What if");
/// How it is used.
pub const HOW: Both = Both(
    "Flyt en forudsætning, og se, om konklusionen holder. En forudsætning, der flyttes, regnes som kendt med den valgte værdi; alt andet varierer, som det gør i beregningen. Beregningen sker her på siden, med de samme gentagelser som i rapporten, og ændrer ikke i rapporten.",
    "Move an assumption and see whether the conclusion stands. An assumption that is moved counts as known to have the value chosen; everything else varies as it does in the calculation. It is computed here in the page, on the same repetitions as the report, and changes nothing in the report.",
);
/// Floors do not move.
pub const FLOORS: Both = Both(
    "Parternes grænser er dem, der er aftalt og fastsat i kørslen; de flytter sig ikke med forudsætningerne.",
    "The parties' limits are those that were agreed and fixed in the run; they do not move with the assumptions.",
);
/// Without script.
pub const NEEDS_SCRIPT: Both = Both(
    "Her kan forudsætninger flyttes, hvis browseren må køre script på siden. Uden script gælder tallene ovenfor og rapporten uændret.",
    "Assumptions can be moved here if the browser may run script in the page. Without it, the report stands as it is.",
);
/// Legend of the sliders.
pub const ASSUMPTIONS: Both = Both("De stærkeste forudsætninger", "The strongest assumptions");
/// Legend of the slider.
pub const COMPENSATION: Both = Both(
    "Kompensation fra region til kommuner",
    "Compensation from region to municipalities",
);
/// Label of that slider.
pub const SUM: Both = Both(
    "Engangssum i nutidsværdi, ud over de betalinger, der er aftalt",
    "Lump sum in present value, in addition to the payments agreed",
);
/// Nothing is paid.
pub const NO_SUM: Both = Both("ingen", "none");
/// Button.
pub const RESET: Both = Both("Nulstil", "Reset");
/// Button.
pub const RESET_ALL: Both = Both("Nulstil alt", "Reset all");
/// Heading of the verdict.
pub const VERDICT: Both = Both("Konklusion med disse valg", "Conclusion with these choices");
/// A slider that is not moved; `{mean}`.
pub const VARIES: Both = Both("varierer, middel {mean}", "varies, mean {mean}");
/// A slider that is moved; `{value}`.
pub const FIXED: Both = Both("fast {value}", "fixed at {value}");
/// While draws are made; `{percent}`.
pub const COMPUTING: Both = Both(
    "beregner … {percent}\u{a0}%",
    "computing … {percent}\u{a0}%",
);
/// Nothing is moved.
pub const AS_RUN: Both = Both(
    "Intet er flyttet: som i rapporten.",
    "Nothing is moved: as in the report.",
);
/// So many are moved; `{count}`.
pub const MOVED: Both = Both("Flyttet: {count}.", "Moved: {count}.");
/// With a sum, every tested party holds.
pub const BALANCED_WITH_SUM: Both = Both(
    "I balance med den valgte kompensation, hvis den aftales.",
    "In balance with the compensation chosen, if it is agreed.",
);
/// With a sum, and another would do.
pub const ANOTHER_SUM: Both = Both(
    "Ikke i balance med den valgte kompensation; en anden sum kan give balance.",
    "Not in balance with the compensation chosen; another sum can give balance.",
);
/// With a sum: nothing decided.
pub const UNDECIDED_WITH_SUM: Both = Both(
    "Kan ikke afgøres med den valgte kompensation.",
    "Cannot be decided with the compensation chosen.",
);
/// With a sum: out of balance.
pub const UNBALANCED_WITH_SUM: Both = Both(
    "Ikke i balance, heller ikke med den valgte kompensation.",
    "Not in balance, nor with the compensation chosen.",
);
/// Label.
pub const BOUND: Both = Both("Kommuner, hver for sig", "Municipalities, one by one");
/// Of those bound one by one; `{holds}` of `{of}`.
pub const BOUND_HOLD: Both = Both(
    "{holds} af {of}, der er bundet af reglen, holder sig inden for grænsen.",
    "{holds} of {of} bound by the rule stay within the limit.",
);

/// What the table shows.
pub fn caption(language: Language, from: i32, to: i32, price_level: i32) -> String {
    match language {
        Language::Da => format!(
            "Samlet virkning {from}–{to} på hver parts udgifter i kr. ({price_level}-priser, nutidsværdi i {from}), i forhold til uændret praksis. Engangssummen er regnet med."
        ),
        Language::En => format!(
            "Total effect {from}–{to} on each party's expenditure in kroner ({price_level} prices, present value in {from}), against unchanged practice. The lump sum is counted."
        ),
    }
}

/// A longer run is shown in part.
pub fn first_of(language: Language, first: &str, of: &str) -> String {
    match language {
        Language::Da => format!("Siden regner på de første {first} af kørslens {of} gentagelser."),
        Language::En => {
            format!("The page computes the first {first} of the run's {of} repetitions.")
        }
    }
}

/// What cannot be moved here, and why.
pub fn left_out(language: Language, labels: &str) -> String {
    match language {
        Language::Da => format!(
            "Kan ikke flyttes her, fordi andet i beregningen ville skifte med (takstens aldersfordeling, en grænse for sikkerhed) eller fordi værdien kun kan være én: {labels}. Ret dem i scenariet, og kør igen."
        ),
        Language::En => format!(
            "Cannot be moved here, because something else in the calculation would change too (a tariff's age mix, a limit of safety) or because it can have one value only: {labels}. Change them in the scenario and run again."
        ),
    }
}

/// A parameter's unit; its key where there is no word for it.
pub fn unit(language: Language, key: &str, price_year: Option<i32>) -> String {
    let (da, en) = match key {
        "share" => ("(andel)", "(share)"),
        "ratio" => ("(forhold)", "(ratio)"),
        "persons" => ("personer", "persons"),
        "hours" => ("timer", "hours"),
        "units_per_person_year" => ("pr. person om året", "per person and year"),
        "units_per_person" => ("pr. person", "per person"),
        "units_per_unit" => ("pr. enhed", "per unit"),
        "units_per_year" => ("om året", "a year"),
        "kr_per_unit" => ("kr. pr. enhed", "DKK per unit"),
        "kr_per_person" => ("kr. pr. person", "DKK per person"),
        "kr_per_person_year" => ("kr. pr. person om året", "DKK per person and year"),
        "kr_per_year" => ("kr. om året", "DKK a year"),
        "kr" => ("kr.", "DKK"),
        "per_year" => ("(årlig vækst)", "(yearly growth)"),
        other => (other, other),
    };
    match (language, price_year) {
        (Language::Da, Some(year)) => format!("{da} ({year}-priser)"),
        (Language::En, Some(year)) => format!("{en} ({year} prices)"),
        (Language::Da, None) => da.to_owned(),
        (Language::En, None) => en.to_owned(),
    }
}
