//! Words of the explanations at the end of the page, both languages side by side.

use super::Language;
pub use super::accountability::Both;
use crate::analysis::{Account, Figure, Settled};
use crate::report::words::account_subject;

/// Heading.
pub const HOW: Both = Both("Sådan er tallene beregnet", "How the figures are computed");
/// What the part is for.
pub const HOW_TO_READ: Both = Both(
    "Hvert tal med prikket understregning fører hertil. Her står, hvad tallet er sat sammen af, med hvilken formel og på hvilke forudsætninger. Tallet selv fører tilbage til det sted, hvor det først står.",
    "Every figure with a dotted underline leads here. It says what the figure is made of, by which formula and on which assumptions. The figure itself leads back to where it first stands.",
);
/// Heading.
pub const BY_YEAR: Both = Both(
    "Bidrag til hver parts budget",
    "Contributions to each party's budget",
);
/// Heading.
pub const BY_MUNICIPALITY: Both = Both(
    "Bidrag til hver kommunes resultat",
    "Contributions to each municipality's result",
);
/// Heading.
pub const INDICATORS: Both = Both("Indikatorer, år for år", "Indicators, year by year");
/// Heading.
pub const OTHERS: Both = Both(
    "Sandsynligheder, kompensation og likviditet",
    "Probabilities, compensation and liquidity",
);
/// Heading.
pub const PARAMETERS: Both = Both("Alle forudsætninger", "All assumptions");
/// Column.
pub const PRESENT_VALUE: Both = Both("Nutidsværdi", "Present value");
/// Column.
pub const SOURCE_OF_CHANGE: Both = Both("Hvad det kommer fra", "What it comes from");
/// Row.
pub const ADDED_UP: Both = Both("samlet siden første år", "added up from the first year");
/// Row.
pub const OF_WHICH: Both = Both("heraf indfasning", "of which phase-in");
/// Heading.
pub const FORMULAS: Both = Both("Formler", "Formulas");
/// Column.
pub const GRADE: Both = Both("Karakter", "Grade");
/// Column.
pub const APPROVED: Both = Both("Godkendt", "Approved");
/// Column.
pub const INHABITANTS: Both = Both("Indbyggere", "Inhabitants");
/// Column.
pub const PER_INHABITANT: Both = Both("Kr. pr. indbygger", "DKK per inhabitant");
/// Label.
pub const ASSUMPTIONS: Both = Both("Forudsætninger: ", "Assumptions: ");
/// Label.
pub const MADE_OF: Both = Both("Beregnes af: ", "Computed from: ");
/// Label before links of a sentence.
pub const LEADS: Both = Both("Sådan er det beregnet: ", "How it is computed: ");
/// Column.
pub const VALUE: Both = Both("Værdi eller fordeling", "Value or law");
/// Column.
pub const UNIT: Both = Both("Enhed", "Unit");
/// Column.
pub const PRICE_YEAR: Both = Both("Prisår", "Price year");
/// Column.
pub const BINDS: Both = Both("Binder", "Binds");
/// Column.
pub const SOURCE: Both = Both("Kilde", "Source");
/// Column.
pub const PLACE: Both = Both("Sted", "Place");
/// Caption of the parameters.
pub const PARAMETERS_CAPTION: Both = Both(
    "Værdi, enhed, kilde og godkendelse af hver forudsætning. Karakter: A er offentlig kilde, B kendt udgivelse, C antagelse.",
    "Value, unit, source and approval of each assumption. Grade: A is a public source, B a known publication, C an assumption.",
);
/// Caption of indicators.
pub const INDICATORS_CAPTION: Both = Both(
    "Ventet antal i hele området i hvert år, uden og med aftalen. Forskellen er det, formlen giver.",
    "Expected number in the whole area in each year, without and with the agreement. The difference is what the formula gives.",
);
/// An account that nothing happens to.
pub const UNTOUCHED: Both = Both(
    "Aftalen flytter ingen kroner her.",
    "The agreement moves no kroner here.",
);
/// Formulas of the last verdict year.
pub const CHANGE_OF: Both = Both(
    "Ændringen i det sidste år, der vurderes:",
    "The change in the last year assessed:",
);
/// What formulas are of.
pub const FORMULA_OF: Both = Both(
    "Formlerne giver merudgiften som nutidsværdi over de år, der vurderes. I et enkelt år er leddene de samme og vægtene andre.",
    "The formulas give extra expenditure as present value over the years assessed. In a single year the terms are the same and the weights others.",
);
/// Not printed on paper.
pub const ON_SCREEN: Both = Both(
    "Bidrag, formler og forudsætninger bag hvert tal står på skærmudgaven af siden.",
    "Contributions, formulas and assumptions behind every figure are on the page's screen edition.",
);

/// Caption of an account's contributions.
pub fn by_year(language: Language, account: &str, unit: &str, price_level: i32) -> String {
    match language {
        Language::Da => format!(
            "{account}: bidrag i {unit} ({price_level}-priser), år for år udiskonteret, og som nutidsværdi over de år, der vurderes. + er merudgift, − er mindreudgift i forhold til uændret praksis. Hvert tal er afrundet for sig."
        ),
        Language::En => format!(
            "{account}: contributions in {unit} ({price_level} prices), undiscounted by year, and as present value over the years assessed. + is extra expenditure, − a saving, against unchanged practice. Each figure is rounded by itself."
        ),
    }
}

/// Caption of municipalities' contributions.
pub fn by_municipality(language: Language, unit: &str, price_level: i32) -> String {
    match language {
        Language::Da => format!(
            "Bidrag i {unit} ({price_level}-priser, nutidsværdi over de år, der vurderes). + er merudgift, − er mindreudgift i forhold til uændret praksis."
        ),
        Language::En => format!(
            "Contributions in {unit} ({price_level} prices, present value over the years assessed). + is extra expenditure, − a saving, against unchanged practice."
        ),
    }
}

/// What a figure is that is no sum of contributions; nothing where it is one.
pub fn definition(language: Language, figure: Figure) -> String {
    match language {
        Language::Da => danish(figure),
        Language::En => english(figure),
    }
}

fn danish(figure: Figure) -> String {
    let whose = |account: Account| account_subject(Language::Da, account);
    match figure {
        Figure::Probability(Account::Society) => {
            "Andel af beregningerne, hvor den samlede nutidsværdi for det offentlige ikke er en merudgift.".into()
        }
        Figure::Probability(account) => format!(
            "Andel af beregningerne, hvor nutidsværdien for {} ligger inden for grænsen i balanceprincippet.",
            whose(account)
        ),
        Figure::Compensation(Settled::TStar) => "Den mindste faste sum, som balancen holder med: ved den ligger både regionen og kommunerne inden for grænsen i den andel af beregningerne, som balanceprincippet kræver.".into(),
        Figure::Compensation(Settled::TFull) => "Som T*, men uden grænse: ingen af de to sider må have merudgift.".into(),
        Figure::Compensation(Settled::TMean) => "Den sum nærmest 0, som gør, at ingen af de to sider har merudgift i middel.".into(),
        Figure::Compensation(Settled::Zone) => "Fra den mindste sum, som kommunerne skal have, for at de holder, til den største, som regionen kan betale og stadig holde. Ligger den første over den anden, er rummet tomt.".into(),
        Figure::Liquidity(account) => format!(
            "For {}: i hver beregning, med tilfældige udsving i antal, findes det dyreste år og det dybeste samlede underskud siden første år.",
            whose(account)
        ),
        Figure::Running(account, year) => format!(
            "Summen af virkningen på budgettet for {} fra første år til og med {year}, udiskonteret.",
            whose(account)
        ),
        Figure::PhaseIn(account) => format!(
            "Den del af virkningen på budgettet for {}, som falder i indfasningen, lagt sammen over de år, der vurderes.",
            whose(account)
        ),
        Figure::Gp(year) => format!(
            "Honorar og antal ydelser i almen praksis i {year}: aftalen minus uændret praksis."
        ),
        _ => String::new(),
    }
}

fn english(figure: Figure) -> String {
    let whose = |account: Account| account_subject(Language::En, account);
    match figure {
        Figure::Probability(Account::Society) => {
            "Share of the calculations in which the present value for the public is no extra expenditure.".into()
        }
        Figure::Probability(account) => format!(
            "Share of the calculations in which the present value for {} is within the limit of the balance principle.",
            whose(account)
        ),
        Figure::Compensation(Settled::TStar) => "The least fixed sum with which the balance holds: with it both the region and the municipalities are within the limit in the share of calculations that the balance principle asks for.".into(),
        Figure::Compensation(Settled::TFull) => "As T*, but without a limit: neither side may have extra expenditure.".into(),
        Figure::Compensation(Settled::TMean) => "The sum nearest 0 with which neither side has extra expenditure on average.".into(),
        Figure::Compensation(Settled::Zone) => "From the least sum that the municipalities need in order to hold, to the largest that the region can pay and still hold. Where the first is above the second, the zone is empty.".into(),
        Figure::Liquidity(account) => format!(
            "For {}: in every calculation, with chance in the numbers, the dearest year and the deepest deficit added up from the first year.",
            whose(account)
        ),
        Figure::Running(account, year) => format!(
            "The sum of effects on the budget of {} from the first year to the end of {year}, undiscounted.",
            whose(account)
        ),
        Figure::PhaseIn(account) => format!(
            "The part of the effect on the budget of {} that is phase-in, added up over the years assessed.",
            whose(account)
        ),
        Figure::Gp(year) => format!(
            "Fees and number of services of general practice in {year}: the agreement less unchanged practice."
        ),
        _ => String::new(),
    }
}

/// What a figure is called beside the party it belongs to.
pub fn called(language: Language, figure: Figure) -> &'static str {
    let words = match figure {
        Figure::Probability(_) => Both(
            "holder i så mange beregninger",
            "holds in so many calculations",
        ),
        Figure::Compensation(Settled::TStar) => Both(
            "kompensation, der giver balance (T*)",
            "compensation that gives balance (T*)",
        ),
        Figure::Compensation(Settled::TFull) => {
            Both("kompensation uden grænse", "compensation without a limit")
        }
        Figure::Compensation(Settled::TMean) => {
            Both("kompensation i middel", "compensation on average")
        }
        Figure::Compensation(Settled::Zone) => Both("forhandlingsrummet", "the bargaining zone"),
        Figure::Liquidity(_) => Both(
            "værste år og dybeste underskud",
            "worst year and deepest deficit",
        ),
        Figure::PhaseIn(_) => Both("heraf indfasning", "of which phase-in"),
        _ => Both("", ""),
    };
    match language {
        Language::Da => words.0,
        Language::En => words.1,
    }
}

/// Added up to a year.
pub fn added_up(language: Language, year: i32) -> String {
    match language {
        Language::Da => format!("samlet til og med {year}"),
        Language::En => format!("added up to {year}"),
    }
}

/// General practice in a year.
pub fn practice(language: Language, year: i32) -> String {
    match language {
        Language::Da => format!("honorar og ydelser i {year}"),
        Language::En => format!("fees and services in {year}"),
    }
}

/// A short name of a figure by its id, for links in sentences.
pub fn short_name(language: Language, id: &str) -> String {
    let parts: Vec<&str> = id.split('.').collect();
    let whose = |key: &str| {
        let account = Account::ALL.into_iter().find(|a| a.key() == key);
        account
            .map_or(key, |a| account_subject(language, a))
            .to_owned()
    };
    let da = language == Language::Da;
    match parts.as_slice() {
        ["x", key] if da => format!("beløb for {}", whose(key)),
        ["x", key] => format!("amount for {}", whose(key)),
        ["probability", key] if da => format!("antal beregninger for {}", whose(key)),
        ["probability", key] => format!("count for {}", whose(key)),
        ["liquidity", key] if da => format!("likviditet for {}", whose(key)),
        ["liquidity", key] => format!("liquidity of {}", whose(key)),
        ["running", key, year] if da => format!("{} til og med {year}", whose(key)),
        ["running", key, year] => format!("{} to {year}", whose(key)),
        ["years", key, year] => format!("{} {year}", whose(key)),
        ["compensation", _] if da => "kompensation".into(),
        ["compensation", _] => "compensation".into(),
        ["indicators", .., year] if da => format!("indikatoren i {year}"),
        ["indicators", .., year] => format!("the indicator in {year}"),
        ["gp", year] if da => format!("almen praksis i {year}"),
        ["gp", year] => format!("general practice in {year}"),
        ["equation", number] if da => format!("formel M-{number}"),
        ["equation", number] => format!("equation M-{number}"),
        ["parameters", _, ..] => parts[1..].join("."),
        ["parameters"] if da => "alle forudsætninger".into(),
        ["parameters"] => "all assumptions".into(),
        _ => id.to_owned(),
    }
}

/// Services and fees of general practice.
pub fn practice_counts(language: Language, units: &str, income: &str) -> String {
    match language {
        Language::Da => format!("{units} ydelser og {income} i honorar"),
        Language::En => format!("{units} services and {income} in fees"),
    }
}
