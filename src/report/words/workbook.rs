//! Words of the workbook of tables, both languages side by side.

use super::Language;
use super::accountability::Both;

/// A word in both languages.
pub type Word = Both;

/// Name of a sheet.
pub const COVER: Both = Both("Forside", "Cover");
/// Name of a sheet.
pub const PARTIES: Both = Both("Parter pr. år", "Parties by year");
/// Name of a sheet.
pub const RUNNING: Both = Both("Løbende regnskab", "Running account");
/// Name of a sheet.
pub const VERDICT: Both = Both("Vurdering", "Assessment");
/// Name of a sheet.
pub const COMPENSATION: Both = Both("Kompensation", "Compensation");
/// Name of a sheet.
pub const MUNICIPALITIES: Both = Both("Kommuner", "Municipalities");
/// Name of a sheet.
pub const INDICATORS: Both = Both("Indikatorer", "Indicators");
/// Name of a sheet.
pub const SOURCES: Both = Both("Kilder til virkning", "Sources of effect");
/// Name of a sheet.
pub const ASSUMPTIONS: Both = Both("Forudsætninger", "Assumptions");
/// Name of a sheet.
pub const UNCERTAINTY: Both = Both("Usikkerhed", "Uncertainty");

/// Link.
pub const BACK: Both = Both("← Til forsiden", "← To the cover");
/// Heading of the cover.
pub const CONTENTS: Both = Both("Indhold", "Contents");
/// Label.
pub const OUTCOME: Both = Both("Vurdering", "Assessment");
/// Label.
pub const RUN: Both = Both("Kørsel (hash af alle input)", "Run (hash of every input)");
/// Label.
pub const RULE: Both = Both("Balanceprincippets hash", "Hash of the balance principle");
/// Label.
pub const PROGRAM: Both = Both("Program", "Program");
/// Label.
pub const SEED: Both = Both("Frø (seed)", "Seed");
/// Label.
pub const TIMES: Both = Both("Antal beregninger", "Number of calculations");
/// Label.
pub const PRICES: Both = Both("Prisniveau", "Price level");
/// Label.
pub const HORIZON: Both = Both("Vurderingens år", "Years of the assessment");
/// How to read.
pub const READING: Both = Both(
    "Tallene er ikke afrundet: cellernes format viser færre cifre, end cellerne indeholder. Celler, der begynder med =, regnes ud af arket selv.",
    "Figures are not rounded: the cells' format shows fewer digits than the cells hold. Cells that begin with = are computed by the sheet itself.",
);

/// Column.
pub const MEASURE: Both = Both("Mål", "Measure");
/// Column.
pub const YEAR: Both = Both("År", "Year");
/// Row.
pub const MEAN: Both = Both("Ventet", "Expected");
/// Row or column.
pub const LOW: Both = Both("10 %-fraktil", "10% quantile");
/// Row or column.
pub const HIGH: Both = Both("90 %-fraktil", "90% quantile");
/// Row or column.
pub const ERROR: Both = Both("Beregningsfejl", "Calculation error");
/// Row.
pub const PHASE_IN: Both = Both("Heraf indfasning", "Of which phase-in");
/// Row that is computed by the sheet.
pub const PARTIES_SUM: Both = Both("Kontrol: parterne lagt sammen", "Check: parties added up");
/// Row that is computed by the sheet.
pub const DIFFERENCE: Both = Both("Kontrol: forskel", "Check: difference");
/// Column that is computed by the sheet.
pub const BY_YEARS: Both = Both(
    "Kontrol: forskel til årene lagt sammen",
    "Check: difference from years added up",
);
/// Row that is computed by the sheet.
pub const SOURCES_SUM: Both = Both("Kontrol: kilderne lagt sammen", "Check: sources added up");
/// Row that refers to another sheet.
pub const AS_ASSESSED: Both = Both(
    "Samlet virkning fra arket Vurdering",
    "Effect from the sheet Assessment",
);
/// Row that refers to another sheet.
pub const TOGETHER: Both = Both(
    "Kommunerne under ét fra arket Vurdering",
    "The municipalities together from the sheet Assessment",
);
/// Row that is computed by the sheet.
pub const TOTAL: Both = Both("I alt", "Total");
/// Column.
pub const PROBABILITY: Both = Both("Sandsynlighed for at holde", "Probability of holding");
/// Column.
pub const PROBABILITY_LOW: Both = Both("Nedre grænse", "Lower limit");
/// Column.
pub const PROBABILITY_HIGH: Both = Both("Øvre grænse", "Upper limit");
/// Column.
pub const TOLERANCE: Both = Both("Grænse (τ)", "Limit (τ)");
/// Column.
pub const CHANCE: Both = Both("Tilfældighed (±)", "Chance (±)");
/// Column.
pub const INHABITANTS: Both = Both("Indbyggere", "Inhabitants");
/// Column.
pub const EACH: Both = Both("Kr. pr. indbygger", "DKK per inhabitant");
/// Column.
pub const IN_ALL: Both = Both("1.000 kr. i alt", "DKK 1,000 in all");
/// Column.
pub const CODE: Both = Both("Kode", "Code");
/// Column.
pub const SHARE_COMPENSATION: Both = Both("Kompensation, 1.000 kr.", "Compensation, DKK 1,000");
/// Column.
pub const SOURCE_OF: Both = Both("Kilde til virkning", "Source of effect");
/// Row.
pub const LEAST: Both = Both("Mindste for kommunerne", "Least for the municipalities");
/// Row.
pub const MOST: Both = Both("Højeste for regionen", "Most for the region");
/// Column.
pub const INTERVAL_FROM: Both = Both("95 %-interval fra", "95% interval from");
/// Column.
pub const INTERVAL_TO: Both = Both("95 %-interval til", "95% interval to");
/// Column.
pub const UNIT: Both = Both("Enhed", "Unit");
/// Column.
pub const UNIT_PRICE: Both = Both("Kr. pr. enhed", "DKK per unit");
/// Column.
pub const KIND: Both = Both("Opgørelse", "Measured");
/// Word.
pub const MODELLED: Both = Both("beregnet", "modelled");
/// Word.
pub const NOT_MODELLED: Both = Both("ikke beregnet", "not modelled");
/// Column.
pub const NAME: Both = Both("Navn", "Name");
/// Column.
pub const LABEL: Both = Both("Betegnelse", "Label");
/// Column.
pub const VALUE: Both = Both("Fordeling eller værdi", "Distribution or value");
/// Column.
pub const PRICE_YEAR: Both = Both("Prisår", "Price year");
/// Column.
pub const SOURCE: Both = Both("Kilde", "Source");
/// Column.
pub const OWNER: Both = Both("Ejer", "Owner");
/// Column.
pub const APPROVED_BY: Both = Both("Godkendt af", "Approved by");
/// Column.
pub const NOTE: Both = Both("Note", "Note");
/// Column.
pub const PLACE: Both = Both("Sted i filerne", "Place in the files");
/// The world's figures have no party for owner.
pub const WORLD: Both = Both("fælles", "shared");

/// Sign line.
pub const PLUS_IS_EXTRA: Both = Both(
    "Fortegn: + er merudgift, − er mindreudgift i forhold til uændret praksis.",
    "Sign: + is extra expenditure, − a saving, against unchanged practice.",
);
/// Sign line.
pub const PLUS_IS_PAID: Both = Both(
    "Fortegn: + er betaling fra regionen til kommunerne. Nutidsværdi over vurderingens år.",
    "Sign: + is a payment from the region to the municipalities. Present value over the years of the assessment.",
);
/// Sign line.
pub const PLUS_IS_MORE: Both = Both(
    "Forskel: + er flere med aftalen. Antal af personer og hændelser under 5 vises som <5, og forskellen vises ikke.",
    "Difference: + is more with the agreement. Counts of persons and events under 5 are shown as <5, and their difference is not shown.",
);
/// Explanation line.
pub const SHARE_OF_VARIANCE: Both = Both(
    "Andel af variansen i partens samlede virkning, som forudsætningen alene forklarer. Retning: om en højere værdi er bedre eller værre for parten.",
    "Share of the variance of the party's effect that the assumption alone explains. Direction: whether a higher value is better or worse for the party.",
);
/// Explanation line.
pub const GRADES: Both = Both(
    "Karakter: A er offentlig kilde, B kendt udgivelse, C antagelse. Brug filtrene i overskriften.",
    "Grade: A is a public source, B a known publication, C an assumption. Use the filters in the heading.",
);
/// Explanation line.
pub const LIMITS: Both = Both(
    "En part holder, når merudgiften er højst grænsen (τ). Sandsynlighedens grænser er et 95 %-interval for beregningsfejl.",
    "A party holds when its extra expenditure is at most the limit (τ). The limits of the probability are a 95% interval for calculation error.",
);
/// Explanation line.
pub const SORTED: Both = Both(
    "Sorteret efter kr. pr. indbygger, højeste merudgift først. Tilfældighed er, hvad rene udsving kan give.",
    "Sorted by DKK per inhabitant, largest extra expenditure first. Chance is what fluctuation alone can give.",
);

/// A year whose prices are not lifted.
pub fn nominal(language: Language, year: i32) -> String {
    match language {
        Language::Da => format!("{year} (løbende priser)"),
        Language::En => format!("{year} (nominal)"),
    }
}

/// Perspective line of undiscounted years.
pub fn undiscounted(language: Language, price_level: i32) -> String {
    match language {
        Language::Da => format!(
            "Mio. kr. i {price_level}-priser, hver parts budget, ikke diskonteret; aftalen minus uændret praksis."
        ),
        Language::En => format!(
            "DKK million in {price_level} prices, each party's budget, undiscounted; the agreement less unchanged practice."
        ),
    }
}

/// Perspective line of the running account.
pub fn running(language: Language, price_level: i32) -> String {
    match language {
        Language::Da => format!(
            "Mio. kr. i {price_level}-priser, lagt sammen fra første år til og med året, ikke diskonteret. Fraktilerne er summernes egne."
        ),
        Language::En => format!(
            "DKK million in {price_level} prices, added up from the first year to the end of the year, undiscounted. Quantiles are those of the sums."
        ),
    }
}

/// Perspective line of present values.
pub fn present(language: Language, price_level: i32, (from, to): (i32, i32)) -> String {
    match language {
        Language::Da => format!(
            "Mio. kr. i {price_level}-priser, nutidsværdi af hver parts budget over vurderingens år {from}–{to}."
        ),
        Language::En => format!(
            "DKK million in {price_level} prices, present value of each party's budget over the years of the assessment, {from}–{to}."
        ),
    }
}

/// Perspective line of municipalities.
pub fn by_municipality(language: Language, price_level: i32, (from, to): (i32, i32)) -> String {
    match language {
        Language::Da => format!(
            "{price_level}-priser, nutidsværdi af kommunens budget over vurderingens år {from}–{to}; indbyggere i første år."
        ),
        Language::En => format!(
            "{price_level} prices, present value of the municipality's budget over the years of the assessment, {from}–{to}; inhabitants of the first year."
        ),
    }
}

/// Unit of an axis.
pub const MILLIONS: Both = Both("Mio. kr.", "DKK million");

/// What a chart of lines shows.
pub fn lines_say(language: Language, title: &str, says: &[String]) -> String {
    match language {
        Language::Da => format!("Linjediagram. {title}. {}", says.join(" ")),
        Language::En => format!("Line chart. {title}. {}", says.join(" ")),
    }
}

/// What a chart of bars shows.
pub fn bars_say(language: Language, title: &str) -> String {
    match language {
        Language::Da => format!("Søjlediagram. {title}. De samme tal står i tabellen."),
        Language::En => format!("Bar chart. {title}. The same figures are in the table."),
    }
}
