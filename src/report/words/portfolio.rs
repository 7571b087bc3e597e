//! Words of a portfolio's papers, both languages side by side.

use super::Language;
pub use super::accountability::Both;

/// Title of the page in the report.
pub const WHOLE: Both = Both("Hele beregningen", "The whole calculation");
/// Title of the annex in the report.
pub const ANNEX: Both = Both("Bilag", "Annex");
/// Heading.
pub const AT_A_GLANCE: Both = Both("Aftalerne på én side", "The agreements on one page");
/// Label.
pub const THE_WHOLE: Both = Both("Alle aftaler tilsammen", "All agreements together");
/// Label.
pub const STATUS: Both = Both("Status", "Status");
/// Column.
pub const STATUS_AND_VERDICT: Both = Both("Status og vurdering", "Status and verdict");
/// Cell.
pub const IN_FORCE: Both = Both("i kraft", "in force");
/// Cell where nothing is judged.
pub const NOT_JUDGED: Both = Both("–", "–");
/// Row below an amount.
pub const CERTAINTY: Both = Both("sikkerhed", "certainty");

/// Caption of the table of agreements on one page.
pub fn caption(language: Language, unit: &str, price_level: i32, (from, to): (i32, i32)) -> String {
    match language {
        Language::Da => format!(
            "Ventet virkning {from}–{to} i {unit} ({price_level}-priser, nutidsværdi i {from}). + er merudgift, − er mindreudgift i forhold til uændret praksis."
        ),
        Language::En => format!(
            "Expected effect {from}–{to} in {unit} ({price_level} prices, present value in {from}). + is extra expenditure, − a saving, against unchanged practice."
        ),
    }
}

/// What the lines of the table mean.
pub fn reading(language: Language, any_in_force: bool) -> String {
    let measured = match (language, any_in_force) {
        (Language::Da, true) => "En foreslået aftale er målt oven på aftalerne i kraft. ",
        (Language::En, true) => {
            "A proposed agreement is measured on top of the agreements in force. "
        }
        (_, false) => "",
    };
    match language {
        Language::Da => format!(
            "{measured}Sikkerhed er, hvor ofte parten holder sig inden for den aftalte grænse, og for samfundet, hvor ofte udgiften ikke stiger. Samspil er det, aftalerne gør ved hinanden: det tilhører ingen enkelt aftale og skal aftales for sig. Samfundet omfatter også almen praksis og staten. Tallene er afrundet, så linjerne giver porteføljen."
        ),
        Language::En => format!(
            "{measured}Certainty is how often the party stays within the agreed limit and, for society, how often expenditure does not rise. Interaction is what the agreements do to each other: it belongs to no single agreement and must be agreed on by itself. Society includes general practice and the state. Figures are rounded so that the lines add up to the portfolio."
        ),
    }
}

/// Who answers: a portfolio names nobody.
pub fn roles(language: Language) -> String {
    match language {
        Language::Da => "En portefølje udpeger ingen; hver aftales ansvarlige står i aftalens eget bilag.".into(),
        Language::En => "A portfolio appoints nobody; those responsible for each agreement are in that agreement's own annex.".into(),
    }
}
