//! Words of the annex to a decision paper, both languages side by side.

use super::Language;
pub use super::accountability::Both;
use crate::report::number::Scale;

/// Label.
pub const STATUS: Both = Both("Status", "Status");
/// Heading.
pub const SURENESS: Both = Both("Hvor sikre er vi", "How sure are we");
/// Heading.
pub const NOT_COUNTED: Both = Both("Hvad er ikke med", "What is not counted");
/// Heading.
pub const FOLLOW_UP: Both = Both("Opfølgning", "Follow-up");
/// Heading.
pub const BEHIND: Both = Both("Bag om beregningen", "Behind the calculation");
/// Heading.
pub const BUILT_ON: Both = Both("Hvad bygger tallene på", "What the figures are built on");
/// Heading.
pub const GENERAL_PRACTICE: Both = Both("Almen praksis", "General practice");
/// Heading.
pub const INDICATORS: Both = Both(
    "Indlæggelser og andre indikatorer",
    "Admissions and other indicators",
);
/// Column.
pub const OF_WHICH_PHASE_IN: Both = Both("Heraf indfasning", "Of which phase-in");
/// Column.
pub const MILLIONS: Both = Both("Mio. kr.", "DKK million");
/// Label.
pub const COMMISSIONER: Both = Both("bestilt af", "commissioned by");
/// Label.
pub const ANALYST: Both = Both("beregnet af", "computed by");
/// Label.
pub const ASSURER: Both = Both("kontrolleret af", "checked by");
/// Label.
pub const APPROVER: Both = Both("godkendt af", "approved by");
/// Label.
pub const PROGRAM: Both = Both("Program og kørsel", "Program and run");
/// Label.
pub const PRICES: Both = Both("Priser", "Prices");
/// Nobody is named.
pub const NOBODY: Both = Both("ikke udpeget", "not appointed");
/// Label.
pub const ROLES: Both = Both("Ansvar", "Responsibility");
/// Nothing of general practice is touched.
pub const GP_UNTOUCHED: Both = Both(
    "Aftalen ændrer hverken antallet af ydelser eller honorarer i almen praksis.",
    "The agreement changes neither the number of services nor the fees of general practice.",
);
/// The table adds up.
pub const ADDS_UP: Both = Both(
    "Tallene er afrundet, så parterne tilsammen giver samfundet.",
    "Figures are rounded so that the parties add up to society.",
);
/// What is never counted.
pub const NO_HEALTH: Both = Both(
    "Sundhedsgevinst for borgerne er ikke regnet om til kroner.",
    "Health gains for citizens are not turned into kroner.",
);
/// What is never counted.
pub const NO_TIME: Both = Both(
    "Borgernes og frivilliges tid og transport indgår ikke i balancen; hvor de er opgjort, står de i rapporten.",
    "The time and travel of citizens and volunteers are no part of the balance; where they are known, they are in the report.",
);
/// What is never counted.
pub const NO_ELSEWHERE: Both = Both(
    "Virkninger uden for sundhedsområdet, for eksempel på arbejde og skole, er ikke med.",
    "Effects outside health, such as on work and school, are not counted.",
);

/// Column of the last year computed.
pub fn lasting(language: Language, year: i32) -> String {
    match language {
        Language::Da => format!("Varig virkning ({year})"),
        Language::En => format!("Lasting effect ({year})"),
    }
}

/// Caption of the table of parties.
pub fn parties(language: Language, unit: &str, price_level: i32) -> String {
    match language {
        Language::Da => format!(
            "Tabel 1. Ventet virkning på hver parts budget i {unit} ({price_level}-priser, ikke diskonteret). Samfundet er parterne tilsammen. + er merudgift, − er mindreudgift i forhold til uændret praksis."
        ),
        Language::En => format!(
            "Table 1. Expected effect on each party's budget in {unit} ({price_level} prices, undiscounted). Society is the parties together. + is extra expenditure, − a saving, against unchanged practice."
        ),
    }
}

/// Caption of the chart of running accounts.
pub fn running(language: Language, unit: &str, price_level: i32) -> String {
    match language {
        Language::Da => format!(
            "Figur 1. Hver parts budget lagt sammen fra første år og frem i {unit} ({price_level}-priser, ikke diskonteret). + er merudgift."
        ),
        Language::En => format!(
            "Figure 1. Each party's budget added up from the first year on, in {unit} ({price_level} prices, undiscounted). + is extra expenditure."
        ),
    }
}

/// What the chart says of one party.
pub fn running_says(party: &str, year: i32, amount: &str, range: &str) -> (String, String) {
    (
        format!("{party} ved udgangen af {year}: {amount} ({range})."),
        format!("{party} at the end of {year}: {amount} ({range})."),
    )
}

/// Caption of the municipalities.
pub fn municipalities(language: Language, years: u32, price_level: i32) -> String {
    match language {
        Language::Da => format!(
            "Tabel 2. Virkning på hver kommunes budget over {years} år, i kr. pr. indbygger og mio. kr. ({price_level}-priser, nutidsværdi). + er merudgift."
        ),
        Language::En => format!(
            "Table 2. Effect on each municipality's budget over {years} years, in DKK per inhabitant and DKK million ({price_level} prices, present value). + is extra expenditure."
        ),
    }
}

/// Caption of the indicators.
pub fn indicators(language: Language, year: i32) -> String {
    match language {
        Language::Da => {
            format!(
                "Tabel 3. Ventet antal i {year} i hele området, uden og med aftalen. + er flere."
            )
        }
        Language::En => format!(
            "Table 3. Expected number in {year} in the whole area, without and with the agreement. + is more."
        ),
    }
}

/// Caption of the assumptions.
pub fn assumptions(language: Language) -> &'static str {
    match language {
        Language::Da => {
            "Tabel 4. De forudsætninger, som resultatet afhænger mest af. Karakter: A er offentlig kilde, B kendt udgivelse, C antagelse."
        }
        Language::En => {
            "Table 4. The assumptions that the result depends on most. Grade: A is a public source, B a known publication, C an assumption."
        }
    }
}

/// How it was computed, without a foreign word.
pub fn calculated(language: Language, times: &str) -> String {
    match language {
        Language::Da => format!(
            "Resultatet er beregnet {times} gange med forskellige forudsætninger inden for det, man ved i dag."
        ),
        Language::En => format!(
            "The result was computed {times} times with different assumptions within what is known today."
        ),
    }
}

/// A change without its sign, and which way it goes.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its size, with its unit.
    pub size: String,
    /// More, less or the same as with unchanged practice.
    pub way: std::cmp::Ordering,
}

impl Change {
    /// "14 færre ydelser", "2.343 kr. mindre i honorar", "uændret honorar".
    fn text(&self, (more, less): (&str, &str), same: &str) -> String {
        match self.way {
            std::cmp::Ordering::Greater => format!("{} {more}", self.size),
            std::cmp::Ordering::Less => format!("{} {less}", self.size),
            std::cmp::Ordering::Equal => same.to_owned(),
        }
    }
}

/// What general practice does and gets in a year: services, fees, the cost of its own time.
pub fn gp(
    language: Language,
    year: i32,
    [units, income, resource]: [&Change; 3],
    price_level: i32,
) -> String {
    match language {
        Language::Da => {
            let units = units.text(("flere ydelser", "færre ydelser"), "samme antal ydelser");
            let income = income.text(("mere i honorar", "mindre i honorar"), "samme honorar");
            let own = ("mere i egen tid og drift", "mindre i egen tid og drift");
            let own = resource.text(own, "samme egen tid og drift");
            format!(
                "I {year} ventes {units}, {income} og {own} ({price_level}-priser), sammenlignet med uændret praksis."
            )
        }
        Language::En => {
            let units = units.text(("more services", "fewer services"), "as many services");
            let income = income.text(("more in fees", "less in fees"), "the same fees");
            let own = (
                "more in own time and running costs",
                "less in own time and running costs",
            );
            let own = resource.text(own, "the same own time and running costs");
            format!(
                "In {year}, {units}, {income} and {own} are expected ({price_level} prices), compared with unchanged practice."
            )
        }
    }
}

/// Kroner in one printed unit.
pub fn unit(language: Language, scale: Scale) -> &'static str {
    super::kroner_unit(language, scale)
}

/// Heading.
pub const CONSEQUENCES: Both = Both("Økonomiske konsekvenser", "Economic consequences");
/// Heading of the citizens' page.
pub const WHAT_HAPPENS: Both = Both("Hvad sker der?", "What happens?");
/// Heading of the citizens' page.
pub const WHY_IT_HAPPENS: Both = Both("Hvorfor?", "Why?");
/// Heading of the citizens' page.
pub const WHERE_AND_WHEN: Both = Both("Hvor og hvornår?", "Where and when?");
/// Heading of the citizens' page.
pub const WHAT_IT_COSTS: Both = Both("Hvad koster det?", "What does it cost?");
/// Heading of the citizens' page.
pub const WHAT_IS_NOT_KNOWN: Both = Both("Hvad ved vi ikke endnu?", "What is not known yet?");
/// Label.
pub const INHABITANTS: Both = Both("Indbyggere", "Inhabitants");
/// Label.
pub const PER_INHABITANT: Both = Both("Pr. indbygger", "Per inhabitant");
/// Label.
pub const BY_CHANCE: Both = Both("Tilfældige udsving", "Chance alone");
/// Label.
pub const ALL_OF_IT: Both = Both("Aftalen som helhed", "The agreement as a whole");
/// Heading.
pub const BESIDE_OTHERS: Both = Both(
    "Ved siden af de andre kommuner",
    "Beside the other municipalities",
);

/// Which agreement it is about.
pub fn concerns(language: Language, title: &str, from: i32, to: i32, status: &str) -> String {
    match language {
        Language::Da => format!("Aftalen »{title}« gælder {from}–{to} og har status {status}."),
        Language::En => {
            format!("The agreement “{title}” runs {from}–{to} and its status is {status}.")
        }
    }
}

/// Prices, sign and how it was computed.
pub fn basis(language: Language, price_level: i32, times: &str) -> String {
    match language {
        Language::Da => format!(
            "Beløbene er i {price_level}-priser, opgjort i forhold til uændret praksis og beregnet {times} gange med forskellige forudsætninger."
        ),
        Language::En => format!(
            "Amounts are in {price_level} prices, against unchanged practice, computed {times} times with different assumptions."
        ),
    }
}

/// What it is compared with.
pub fn compared(language: Language, comparator: &str) -> String {
    let comparator = comparator.trim_end_matches('.');
    match language {
        Language::Da => format!("Der er sammenlignet med: {comparator}."),
        Language::En => format!("It is compared with: {comparator}."),
    }
}

/// Which rule the balance is held against.
pub fn principle(language: Language, title: &str) -> String {
    let title = title.trim_end_matches('.');
    match language {
        Language::Da => format!("Balancen er vurderet efter: {title}."),
        Language::En => format!("The balance is assessed by: {title}."),
    }
}

/// How to read rounded figures.
pub fn rounding(language: Language) -> &'static str {
    match language {
        Language::Da => {
            "Tallene er afrundet til det, beregningen kan bære, og forudsætninger, kilder og usikkerhed fremgår af bilaget og af den samlede rapport for beregningen."
        }
        Language::En => {
            "Figures are rounded to what the calculation can carry, and assumptions, sources and uncertainty are in the annex and in the whole report of the calculation."
        }
    }
}

/// All municipalities of the area.
pub fn all_municipalities(language: Language, count: usize) -> String {
    match language {
        Language::Da => format!("alle {count} kommuner"),
        Language::En => format!("all {count} municipalities"),
    }
}

/// A month's name, 1–12.
pub fn month(language: Language, of: u32) -> &'static str {
    let months = match language {
        Language::Da => [
            "januar",
            "februar",
            "marts",
            "april",
            "maj",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "december",
        ],
        Language::En => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    };
    months[(of as usize).saturating_sub(1) % 12]
}

/// From when it holds for whom.
pub fn begins(language: Language, start: Option<(i32, u32)>, who: &str) -> String {
    let month = |m: u32| month(language, m);
    match (language, start) {
        (Language::Da, Some((year, m))) => format!("Fra {} {year}: {who}.", month(m)),
        (Language::En, Some((year, m))) => format!("From {} {year}: {who}.", month(m)),
        (Language::Da, None) => format!("Deltager ikke: {who}."),
        (Language::En, None) => format!("Takes no part: {who}."),
    }
}

/// Label of what is expected over the horizon.
pub fn expected_over(language: Language, years: u32) -> String {
    match language {
        Language::Da => format!("Ventet over {years} år"),
        Language::En => format!("Expected over {years} years"),
    }
}

/// What chance may do to a single municipality.
pub fn by_chance(language: Language, band: &str) -> String {
    match language {
        Language::Da => format!(
            "Antallet af borgere og indlæggelser svinger; det alene kan flytte resultatet omkring {band} op eller ned."
        ),
        Language::En => format!(
            "Numbers of citizens and admissions vary; that alone may move the result by about {band} up or down."
        ),
    }
}

/// Caption of the bars of municipalities.
pub fn bars(language: Language, years: u32, price_level: i32) -> String {
    match language {
        Language::Da => format!(
            "Ventet virkning på hver kommunes budget over {years} år i kr. pr. indbygger ({price_level}-priser, nutidsværdi). + er merudgift."
        ),
        Language::En => format!(
            "Expected effect on each municipality's budget over {years} years in DKK per inhabitant ({price_level} prices, present value). + is extra expenditure."
        ),
    }
}

/// How a chart of running accounts is read.
pub const READS_LINES: Both = Both(
    "Linjen er det ventede, båndet rummer 8 ud af 10 beregninger. Over 0 er merudgift.",
    "The line is what is expected, the band holds 8 of 10 calculations. Above 0 is extra expenditure.",
);
/// How bars of municipalities are read.
pub const READS_BARS: Both = Both(
    "Dyrest øverst. Stregen rummer 8 ud af 10 beregninger; til højre for 0 er merudgift.",
    "Dearest at the top. The line holds 8 of 10 calculations; right of 0 is extra expenditure.",
);
