//! Words of the table of reporting items for economic evaluations (CHEERS 2022).
//!
//! The items are named in our own words, in the order and with the numbers of the statement
//! (D. Husereau and others, *Consolidated Health Economic Evaluation Reporting
//! Standards 2022*, BMJ 376 (2022) e067975, doi:10.1136/bmj-2021-067975).

use super::Language;
pub use super::accountability::Both;

/// Heading and sheet.
pub const CHEERS: Both = Both("CHEERS 2022", "CHEERS 2022");
/// Caption.
pub const CAPTION: Both = Both(
    "Hvad en sundhedsøkonomisk evaluering bør oplyse (CHEERS 2022, Husereau m.fl., doi:10.1136/bmj-2021-067975, 28 punkter i egne ord), og hvor det står i denne beregning. »Ikke oplyst« er en blank, som ingen har udfyldt.",
    "What a health economic evaluation should report (CHEERS 2022, Husereau and others, doi:10.1136/bmj-2021-067975, 28 items in our own words), and where this calculation says it. “Not stated” is a blank that nobody has filled in.",
);
/// Column.
pub const ITEM: Both = Both("Punkt", "Item");
/// Column.
pub const ANSWER: Both = Both("Svar eller sted", "Answer or place");
/// Column.
pub const STATE: Both = Both("Status", "State");
/// Nobody has filled it in.
pub const NOT_STATED: Both = Both("ikke oplyst", "not stated");
/// It stands somewhere.
pub const STATED: Both = Both("oplyst", "stated");
/// Some of it does.
pub const PARTLY: Both = Both("delvist", "partly");
/// The model has nothing of it.
pub const NOT_RELEVANT: Both = Both("ikke relevant", "not relevant");

/// The items, in order.
pub const ITEMS: [Both; 28] = [
    Both("Titel", "Title"),
    Both("Resumé", "Summary"),
    Both("Baggrund og formål", "Background and aim"),
    Both("Analyseplan", "Plan of analysis"),
    Both("Hvem det gælder", "Whom it concerns"),
    Both("Sted og ramme", "Setting and place"),
    Both("Hvad der sammenlignes", "What is compared"),
    Both("Perspektiv", "Perspective"),
    Both("Tidshorisont", "Time horizon"),
    Both("Diskontering", "Discounting"),
    Both("Valg af udfald", "Choice of outcomes"),
    Both("Måling af udfald", "Measurement of outcomes"),
    Both("Værdi af udfald", "Value of outcomes"),
    Both("Ressourcer og priser", "Resources and prices"),
    Both("Valuta og prisår", "Currency and price year"),
    Both("Model og begrundelse", "Model and why"),
    Both("Beregning og antagelser", "Calculation and assumptions"),
    Both("Forskelle mellem grupper", "Differences between groups"),
    Both("Fordeling", "Distribution"),
    Both("Usikkerhed", "Uncertainty"),
    Both(
        "Inddragelse af borgere og andre",
        "Involvement of citizens and others",
    ),
    Both("Forudsætninger", "Parameters"),
    Both("Hovedresultat", "Main result"),
    Both("Hvad usikkerheden betyder", "What uncertainty means"),
    Both("Hvad inddragelsen ændrede", "What involvement changed"),
    Both(
        "Fund, begrænsninger og overførbarhed",
        "Findings, limits and transferability",
    ),
    Both("Hvem der har betalt", "Who paid"),
    Both("Interessekonflikter", "Conflicts of interest"),
];

/// Where nobody was asked.
pub const NO_ENGAGEMENT: Both = Both(
    "ikke oplyst: scenariet siger intet om, hvem der er spurgt",
    "not stated: the scenario says nothing about who was asked",
);
/// What involvement changed.
pub const NO_CHANGE: Both = Both(
    "ikke oplyst: scenariet siger intet om, hvad svarene ændrede",
    "not stated: the scenario says nothing about what the answers changed",
);
/// Funding.
pub const NO_FUNDING: Both = Both(
    "ikke oplyst: scenariet siger ikke, hvem der har betalt for beregningen",
    "not stated: the scenario does not say who paid for the calculation",
);
/// Conflicts.
pub const NO_CONFLICTS: Both = Both(
    "ikke oplyst: scenariet siger ikke, hvad de, der har regnet, har på spil",
    "not stated: the scenario does not say what those who calculated have at stake",
);
/// Plan.
pub const NO_PLAN: Both = Both(
    "ikke oplyst: scenariet henviser ikke til en analyseplan. Balanceprincippet er fastlagt i en fil for sig",
    "not stated: the scenario refers to no plan of analysis. The balance principle is fixed in a file of its own",
);
/// Outcomes without a value.
pub const NO_VALUE: Both = Both(
    "ikke relevant, fordi sundhed ikke regnes om til kroner i denne beregning",
    "not relevant, because health is not turned into kroner in this calculation",
);
/// One group of citizens.
pub const ONE_GROUP: Both = Both(
    "ikke relevant, fordi modellen har én målgruppe på ét niveau",
    "not relevant, because the model has one group at one level",
);
/// Who bears what.
pub const DISTRIBUTION: Both = Both(
    "Mellem parter og kommuner; mellem borgere efter indkomst eller uddannelse er ikke beregnet",
    "Between parties and municipalities; between citizens by income or education is not computed",
);
/// Uncertainty.
pub const UNCERTAINTY: Both = Both(
    "Alle usikre forudsætninger trækkes samtidig; tilfældige udsving vises for sig",
    "All uncertain assumptions are drawn at once; chance is shown by itself",
);
/// Findings.
pub const FINDINGS: Both = Both(
    "Konklusion og forbehold; hvad der ikke er regnet med, står i bilaget. Overførbarhed til andre steder er ikke vurderet",
    "Conclusion and reservations; what is not counted stands in the annex. Transferability to other places is not assessed",
);
/// Summary.
pub const SUMMARY: Both = Both(
    "Bilagets konklusion og teksten om økonomiske konsekvenser",
    "The annex's conclusion and the text on economic consequences",
);
/// Parameters.
pub const IN_TABLES: Both = Both(
    "arket Forudsætninger i tabeller.xlsx, med fordeling, kilde, karakter og godkendelse",
    "the sheet Assumptions of tables.xlsx, with distribution, source, grade and approval",
);
/// Perspective.
pub const PERSPECTIVE: Both = Both(
    "Hver parts budget, og samfundet som summen af ressourcer",
    "Each party's budget, and society as the sum of resources",
);
/// Model.
pub const MODEL: Both = Both(
    "Beregning af aftalen mod uændret praksis på de samme trækninger; beskrivelse og formler i metodebilaget",
    "The agreement against unchanged practice on the same draws; description and formulas in the method annex",
);

/// Where something is said.
pub fn under(language: Language, heading: &str) -> String {
    match language {
        Language::Da => format!("Afsnittet »{heading}«"),
        Language::En => format!("Section “{heading}”"),
    }
}

/// Years.
pub fn horizon(language: Language, years: u32, (from, to): (i32, i32), last: i32) -> String {
    match language {
        Language::Da => format!("{years} år, {from}–{to}; beregnet til og med {last}"),
        Language::En => format!("{years} years, {from}–{to}; computed to the end of {last}"),
    }
}

/// A rate, in per cent; to the year from the first, where it changes.
pub fn discount(language: Language, rates: &[(Option<u32>, String)]) -> String {
    let one = |(to, rate): &(Option<u32>, String)| match (language, to) {
        (Language::Da, Some(to)) => format!("{rate} % til år {to}"),
        (Language::En, Some(to)) => format!("{rate}% to year {to}"),
        (Language::Da, None) if rates.len() == 1 => format!("{rate} % om året, realt"),
        (Language::En, None) if rates.len() == 1 => format!("{rate}% a year, real"),
        (Language::Da, None) => format!("derefter {rate} %"),
        (Language::En, None) => format!("then {rate}%"),
    };
    rates.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Currency.
pub fn prices(language: Language, year: i32) -> String {
    match language {
        Language::Da => format!("Danske kroner i {year}-priser; ingen omregning af valuta"),
        Language::En => format!("Danish kroner in {year} prices; no conversion of currency"),
    }
}

/// How many parameters, and of them assumptions.
pub fn parameters(language: Language, all: &str, assumed: &str) -> String {
    match language {
        Language::Da => format!("{all} forudsætninger, heraf {assumed} antagelser (karakter C)"),
        Language::En => format!("{all} parameters, {assumed} of them assumptions (grade C)"),
    }
}

/// Groups and places.
pub fn setting(language: Language, world: &str, municipalities: &str) -> String {
    match language {
        Language::Da => format!("{world}: {municipalities} kommuner"),
        Language::En => format!("{world}: {municipalities} municipalities"),
    }
}

/// How it was calculated.
pub fn calculated(language: Language, times: &str) -> String {
    match language {
        Language::Da => format!("{times} gennemregninger"),
        Language::En => format!("{times} calculations"),
    }
}

/// Indicators with a figure, and without.
pub fn indicators(language: Language, modelled: &str, not: &str) -> String {
    match language {
        Language::Da => format!("{modelled} indikatorer er beregnet, {not} er nævnt uden tal"),
        Language::En => format!("{modelled} indicators are computed, {not} named without a figure"),
    }
}
