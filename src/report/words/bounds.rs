//! Words of bounds before the payment is agreed, both languages side by side.

use super::Language;
use super::accountability::Both;

/// Heading.
pub const HEADING: Both = Both(
    "Hvad kan siges uden aftalen om betaling",
    "What can be said without the agreement on payment",
);
/// There are no bounds.
pub const NONE: Both = Both(
    "Der kan ikke sættes grænser for udgiften. Det kræver, at dette er kendt:",
    "No bounds of the expenditure can be given. They need this to be known:",
);
/// They are no assessment.
pub const NO_VERDICT: Both = Both(
    "Det er ikke en vurdering af balancen: den kræver, at betalingen er aftalt.",
    "This is no assessment of the balance: that needs the payment to be agreed.",
);
/// What comes before the blanks where bounds follow.
pub const BEFORE_BLANKS: Both = Both(
    "Der gives ingen vurdering, før dette er på plads:",
    "No assessment is given until this is settled:",
);
/// Column.
pub const LOW: Both = Both("Lavest", "Lowest");
/// Column.
pub const HIGH: Both = Both("Højest", "Highest");

/// A side's own expenditure between its bounds.
pub fn side(language: Language, account: &str, range: &str, (from, to): (i32, i32)) -> String {
    match language {
        Language::Da => format!(
            "Selv uden aftalt betaling ligger udgiften for {account} i {from}–{to} på {range}, før nogen betaler den anden."
        ),
        Language::En => format!(
            "Even without an agreed payment, the expenditure for {account} in {from}–{to} lies at {range}, before anyone pays the other."
        ),
    }
}

/// Caption of the bounds.
pub fn caption(language: Language, unit: &str, price_level: i32, (from, to): (i32, i32)) -> String {
    match language {
        Language::Da => format!(
            "Hver parts egne udgifter til opgaven {from}–{to}, før betaling mellem parterne, i {unit} ({price_level}-priser, nutidsværdi). Mellem lavest og højest ligger 8 ud af 10 beregninger, også i yderpunkterne. + er merudgift, − er mindreudgift i forhold til uændret praksis."
        ),
        Language::En => format!(
            "Each party's own expenditure on the task {from}–{to}, before payment between parties, in {unit} ({price_level} prices, present value). Between lowest and highest lie 8 of 10 calculations, at the extremes too. + is extra expenditure, − a saving, against unchanged practice."
        ),
    }
}

/// Figures tried at both ends.
pub fn tried(language: Language, names: &str) -> String {
    match language {
        Language::Da => format!("Prøvet i begge ender af det oplyste: {names}."),
        Language::En => format!("Tried at both ends of what is stated: {names}."),
    }
}

/// What is not in the bounds.
pub fn on_top(language: Language, names: &str) -> String {
    match language {
        Language::Da => format!("Hertil kommer, uden et oplyst beløb: {names}."),
        Language::En => format!("On top of this comes, without a stated amount: {names}."),
    }
}
