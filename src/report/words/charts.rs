//! Words of charts: captions, how marks are read, what they say; both languages side by side.

use super::Language;
pub use super::accountability::Both;

/// How fans are read.
pub const READS_FANS: Both = Both(
    "Linjen er det ventede, båndet rummer 8 ud af 10 beregninger. Over 0 er merudgift. Alle parter har samme akse.",
    "The line is what is expected, the band holds 8 of 10 calculations. Above 0 is extra expenditure. All parties have the same axis.",
);
/// How a waterfall is read.
pub const READS_WATERFALL: Both = Both(
    "Hver bjælke begynder, hvor den forrige sluttede; til højre er merudgift, til venstre mindreudgift. Den nederste er summen.",
    "Each bar begins where the last one ended; to the right is extra expenditure, to the left a saving. The last is the sum.",
);
/// How shares are read.
pub const READS_SHARES: Both = Both(
    "Bjælken er den andel af usikkerheden, som forudsætningen forklarer alene; stregen er beregningens egen fejl.",
    "The bar is the share of the uncertainty that the assumption explains alone; the line is the calculation's own error.",
);
/// How the zone is read.
pub const READS_ZONE: Both = Both(
    "En pil går videre uden ende. Hvor begge sider kan sige ja, er feltet grønt og navngivet.",
    "An arrow goes on without end. Where both sides can say yes, the field is green and named.",
);
/// How levels are read.
pub const READS_LEVELS: Both = Both(
    "Linjen er det ventede, båndet rummer 8 ud af 10 beregninger. Aksen begynder ikke nødvendigvis ved 0.",
    "The line is what is expected, the band holds 8 of 10 calculations. The axis does not necessarily begin at 0.",
);
/// Row of the zone.
pub const MUNICIPALITIES_NEED: Both = Both("Kommunerne holder fra", "The municipalities hold from");
/// Row of the zone.
pub const REGION_AFFORDS: Both = Both("Regionen holder op til", "The region holds up to");
/// Name of the zone.
pub const ZONE: Both = Both("her holder begge", "here both hold");
/// The zone is empty.
pub const ZONE_IS_EMPTY: Both = Both(
    "Forhandlingsrummet er tomt: der er ingen sum, hvor begge sider holder.",
    "The bargaining zone is empty: there is no sum at which both sides hold.",
);
/// The zone is there.
pub const ZONE_IS_THERE: Both = Both(
    "Der er et forhandlingsrum: summer, hvor begge sider holder.",
    "There is a bargaining zone: sums at which both sides hold.",
);
/// Unit of shares.
pub const PERCENT: Both = Both("% af usikkerheden", "% of the uncertainty");
/// Steps too small to draw.
pub const OTHER_STEPS: Both = Both("Andet", "Other");
/// Heading of waterfalls.
pub const WHERE_FROM: Both = Both("Hvad beløbene kommer fra", "Where the amounts come from");

/// Caption of fans.
pub fn fans(language: Language, unit: &str, price_level: i32) -> String {
    match language {
        Language::Da => format!(
            "Virkning på hver parts budget, år for år, i {unit} ({price_level}-priser, ikke diskonteret), i forhold til uændret praksis."
        ),
        Language::En => format!(
            "Effect on each party's budget by year in {unit} ({price_level} prices, undiscounted), against unchanged practice."
        ),
    }
}

/// What a fan says.
pub fn fan_says(
    language: Language,
    party: &str,
    (first, of_first): (i32, &str),
    (last, of_last): (i32, &str),
) -> String {
    match language {
        Language::Da => format!("{party}: {of_first} i {first}, {of_last} i {last}."),
        Language::En => format!("{party}: {of_first} in {first}, {of_last} in {last}."),
    }
}

/// Caption of a waterfall.
pub fn waterfall(
    language: Language,
    party: &str,
    unit: &str,
    price_level: i32,
    (from, to): (i32, i32),
) -> String {
    match language {
        Language::Da => format!(
            "{party}: hvad den samlede virkning {from}–{to} kommer fra, i {unit} ({price_level}-priser, nutidsværdi i {from}). + er merudgift, − er mindreudgift."
        ),
        Language::En => format!(
            "{party}: what the effect over {from}–{to} comes from, in {unit} ({price_level} prices, present value in {from}). + is extra expenditure, − a saving."
        ),
    }
}

/// What a waterfall says: the two that pull most, and the sum.
pub fn waterfall_says(
    language: Language,
    up: Option<(&str, &str)>,
    down: Option<(&str, &str)>,
    total: &str,
) -> String {
    let mut text = String::new();
    let mut add = |words: String| {
        text.push_str(&words);
        text.push(' ');
    };
    match language {
        Language::Da => {
            if let Some((label, amount)) = up {
                add(format!("Størst merudgift: {label} ({amount})."));
            }
            if let Some((label, amount)) = down {
                add(format!("Størst mindreudgift: {label} ({amount})."));
            }
            add(format!("I alt {}.", total.trim_end_matches('.')));
        }
        Language::En => {
            if let Some((label, amount)) = up {
                add(format!("Largest extra expenditure: {label} ({amount})."));
            }
            if let Some((label, amount)) = down {
                add(format!("Largest saving: {label} ({amount})."));
            }
            add(format!("In total {}.", total.trim_end_matches('.')));
        }
    }
    text.trim_end().to_owned()
}

/// Caption of shares.
pub fn shares(language: Language, party: &str) -> String {
    match language {
        Language::Da => {
            format!("{party}: de forudsætninger, der forklarer mest af usikkerheden i resultatet.")
        }
        Language::En => {
            format!("{party}: the assumptions that explain most of the uncertainty in the result.")
        }
    }
}

/// What shares say.
pub fn share_says(language: Language, label: &str, share: &str) -> String {
    match language {
        Language::Da => format!("Mest forklarer »{label}«: {share}\u{a0}%."),
        Language::En => format!("“{label}” explains most: {share}\u{a0}%."),
    }
}

/// Caption of the zone.
pub fn zone(language: Language, unit: &str, price_level: i32) -> String {
    match language {
        Language::Da => format!(
            "Forhandlingsrummet: fast sum fra region til kommuner ud over de betalinger, der allerede er aftalt, i {unit} ({price_level}-priser, nutidsværdi). − er fra kommuner til region."
        ),
        Language::En => format!(
            "The bargaining zone: a fixed sum from region to municipalities beyond the payments already agreed, in {unit} ({price_level} prices, present value). − is from municipalities to region."
        ),
    }
}

/// The least of something.
pub fn at_least(language: Language, figure: &str) -> String {
    match language {
        Language::Da => format!("mindst {figure}"),
        Language::En => format!("at least {figure}"),
    }
}

/// The most of something.
pub fn at_most(language: Language, figure: &str) -> String {
    match language {
        Language::Da => format!("højst {figure}"),
        Language::En => format!("at most {figure}"),
    }
}

/// Caption of levels.
pub fn levels(language: Language, indicator: &str) -> String {
    match language {
        Language::Da => {
            format!("{indicator}: ventet antal om året i hele området, uden og med aftalen.")
        }
        Language::En => format!(
            "{indicator}: expected number a year in the whole area, without and with the agreement."
        ),
    }
}

/// What levels say.
pub fn level_says(language: Language, year: i32, without: &str, with: &str) -> String {
    match language {
        Language::Da => format!("I {year}: {without} uden aftalen, {with} med."),
        Language::En => format!("In {year}: {without} without the agreement, {with} with it."),
    }
}

/// Unit of levels.
pub const A_YEAR: Both = Both("antal om året", "number a year");
