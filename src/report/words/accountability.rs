//! Words of responsibility: approvals, evidence, safety, risk; both languages side by side.

use super::Language;
use crate::report::number::Scale;

/// A fixed word in both languages.
#[derive(Debug, Clone, Copy)]
pub struct Both(pub(super) &'static str, pub(super) &'static str);

impl Both {
    /// The word in a language.
    pub fn text(self, language: Language) -> String {
        match language {
            Language::Da => self.0.to_owned(),
            Language::En => self.1.to_owned(),
        }
    }
}

/// Heading of the professional solution.
pub const SOLUTION: Both = Both("Den faglige løsning", "The professional solution");
/// Label.
pub const WHAT: Both = Both("Hvad der gøres", "What is done");
/// Label.
pub const WHY: Both = Both("Hvorfor", "Why");
/// Label.
pub const EVIDENCE: Both = Both("Evidens", "Evidence");
/// Label.
pub const RECOMMENDED: Both = Both("Anbefales af", "Recommended by");
/// Heading.
pub const ANSWERS: Both = Both("Hvem der står inde for hvad", "Who answers for what");
/// Label.
pub const EFFECTS: Both = Both("Effekternes grundlag", "What the effects rest on");
/// Label.
pub const LEGAL_BASIS: Both = Both("Hjemmel", "Legal basis");
/// Label.
pub const REVIEWED: Both = Both("Gennemgang", "Review");
/// Nobody has reviewed it.
pub const NOT_REVIEWED: Both = Both("ikke gennemgået", "not reviewed");
/// Reservation.
pub const UNDOCUMENTED: Both = Both(
    "Effekten er ikke dokumenteret: alle effekter er antagelser (karakter C).",
    "The effect is not documented: all effects are assumptions (grade C).",
);
/// Column.
pub const WORST_TENTH: Both = Both("Værste tiendedel begynder ved", "Worst tenth begins at");
/// Column.
pub const SHORTFALL: Both = Both("Middel af værste tiendedel", "Mean of worst tenth");

/// Who has not approved how many figures.
pub fn waiting_for(language: Language, parties: &str) -> String {
    match language {
        Language::Da => format!("De er ikke bekræftet af {parties}."),
        Language::En => format!("They are not confirmed by {parties}."),
    }
}

/// How much rests on such figures.
pub fn rests_on_unapproved(language: Language, share: &str) -> String {
    match language {
        Language::Da => format!("Op til {share}\u{a0}% af en parts bruttobeløb bygger på dem."),
        Language::En => format!("Up to {share}\u{a0}% of a party's gross amounts rests on them."),
    }
}

/// Sides that have not signed the thresholds.
pub fn unsigned(language: Language, sides: &str) -> String {
    match language {
        Language::Da => format!("Balanceprincippet er ikke underskrevet af {sides}."),
        Language::En => format!("The balance principle is not signed by {sides}."),
    }
}

/// A limit of safety that does not surely hold.
pub fn blocked(language: Language, what: &str, rate: &str, margin: &str, within: &str) -> String {
    match language {
        Language::Da => format!(
            "Ingen økonomisk vurdering: den faglige grænse er ikke sikkert overholdt. {what}: ventet {rate}\u{a0}%, højst {margin}\u{a0}%; grænsen holder med {within}\u{a0}% sandsynlighed."
        ),
        Language::En => format!(
            "No economic assessment: the professional limit does not surely hold. {what}: expected {rate}\u{a0}%, at most {margin}\u{a0}%; the limit holds with a probability of {within}\u{a0}%."
        ),
    }
}

/// Which grades the effects rest on.
pub fn effects_rest_on(language: Language, grades: &str) -> String {
    match language {
        Language::Da => format!(
            "{grades} (andel af effekternes bruttovirkning for samfundet efter svageste kilde; A er offentlig kilde, C er antagelse)"
        ),
        Language::En => format!(
            "{grades} (share of the effects' gross impact on society by weakest source; A is a public source, C an assumption)"
        ),
    }
}

/// A goal and how likely it is reached.
pub fn goal(
    language: Language,
    (change, percent): (f64, &str),
    year: i32,
    likely: &str,
    count: &str,
) -> String {
    let way = match (language, change <= 0.0) {
        (Language::Da, true) => "færre",
        (Language::Da, false) => "flere",
        (Language::En, true) => "fewer",
        (Language::En, false) => "more",
    };
    match language {
        Language::Da => format!(
            "mål: {percent}\u{a0}% {way} i {year} end uden aftalen. Det er {likely} ({count})."
        ),
        Language::En => format!(
            "goal: {percent}\u{a0}% {way} in {year} than without the agreement. That is {likely} ({count})."
        ),
    }
}

/// Caption of the worst tenth.
pub fn tails(language: Language, scale: Scale, price_level: i32, (from, to): (i32, i32)) -> String {
    let unit = match (language, scale.unit) {
        (Language::Da, 6) => "mio. kr.",
        (Language::Da, 3) => "1.000 kr.",
        (Language::Da, _) => "kr.",
        (Language::En, 6) => "DKK\u{a0}million",
        (Language::En, 3) => "DKK\u{a0}1,000",
        (Language::En, _) => "DKK",
    };
    match language {
        Language::Da => format!(
            "Hvor galt det kan gå: den tiendedel af beregningerne, der er værst for parten, {from}–{to} i {unit} ({price_level}-priser, nutidsværdi). + er merudgift."
        ),
        Language::En => format!(
            "How bad it can get: the tenth of the calculations that is worst for the party, {from}–{to} in {unit} ({price_level} prices, present value). + is extra expenditure."
        ),
    }
}
