//! Words of the page that says what has happened since the last draft, both languages side by side.

use super::Language;
pub use super::accountability::Both;
use super::stated::{field, stated};

/// Title.
pub const SINCE: Both = Both("Siden sidste udkast", "Since the last draft");
/// Label of the first.
pub const BEFORE: Both = Both("Før", "Before");
/// Label of the second.
pub const NOW: Both = Both("Nu", "Now");
/// Heading.
pub const CONCLUSION: Both = Both(
    "Hvad det betyder for vurderingen",
    "What it does to the verdict",
);
/// Heading.
pub const CHANGED: Both = Both("Hvad der er ændret", "What was changed");
/// Heading.
pub const MOVES: Both = Both("Hvad hver ændring flytter", "What each change moves");
/// Heading.
pub const HOW: Both = Both("Sådan er det beregnet", "How it was computed");
/// Subheading.
pub const FIGURES: Both = Both("Forudsætninger", "Assumptions");
/// Subheading.
pub const AGREED: Both = Both("Aftalens indhold", "What is agreed");
/// Subheading.
pub const PRINCIPLE: Both = Both("Balanceprincippet", "The balance principle");
/// Subheading.
pub const WORLD: Both = Both(
    "Uændret praksis og grundlag",
    "Unchanged practice and its figures",
);
/// Column.
pub const CHANGE: Both = Both("Ændring", "Change");
/// Row.
pub const TOGETHER: Both = Both(
    "Hører ikke til nogen enkelt ændring",
    "Belongs to no single change",
);
/// Row.
pub const IN_TOTAL: Both = Both("I alt siden sidst", "In total since the last");
/// Nothing differs.
pub const NOTHING: Both = Both(
    "Siden sidste udkast er intet ændret, hverken i tal eller tekst.",
    "Since the last draft nothing was changed, neither figures nor text.",
);
/// Nothing that reaches a figure.
pub const MOVES_NOTHING: Both = Both("Den flytter ingen penge.", "It moves no money.");
/// Counted elsewhere.
pub const COUNTED_ELSEWHERE: Both = Both(
    "Den kan ikke stå alene og er regnet med en anden ændring eller i linjen, der ikke hører til nogen.",
    "It cannot stand alone and is counted with another change or in the line that belongs to none.",
);
/// Where a party is not named.
pub const NOBODY: Both = Both("ingen part", "no party");

/// Who a run is, and how far it has come.
pub fn side(language: Language, name: &str, run: &str, status: &str, outcome: &str) -> String {
    let status = status.to_lowercase();
    match language {
        Language::Da => format!("{name}, kørsel {run}, {status}. {outcome}"),
        Language::En => format!("{name}, run {run}, {status}. {outcome}"),
    }
}

/// The verdict stays.
pub fn unchanged(language: Language, outcome: &str) -> String {
    let outcome = outcome.trim_end_matches('.').to_lowercase();
    match language {
        Language::Da => format!("Vurderingen er uændret: {outcome}."),
        Language::En => format!("The verdict is unchanged: {outcome}."),
    }
}

/// The verdict moves.
pub fn moved(language: Language, before: &str, now: &str) -> String {
    let low = |text: &str| text.trim_end_matches('.').to_lowercase();
    let (before, now) = (low(before), low(now));
    match language {
        Language::Da => format!("Vurderingen er ændret fra »{before}« til »{now}«."),
        Language::En => format!("The verdict has changed from “{before}” to “{now}”."),
    }
}

/// How a side stood and stands.
pub fn holds(
    language: Language,
    who: &str,
    (before, now): (&str, &str),
    (amount_before, amount_now): (&str, &str),
) -> String {
    let who = capital(who);
    match language {
        Language::Da => format!(
            "{who}: ventet {amount_now}, før {amount_before}; inden for grænsen i {now} beregninger, før {before}."
        ),
        Language::En => format!(
            "{who}: expected {amount_now}, before {amount_before}; within the limit in {now} calculations, before {before}."
        ),
    }
}

/// What society's expenditure was and is.
pub fn society(language: Language, before: &str, now: &str) -> String {
    match language {
        Language::Da => ended(format!("Samfundet: ventet {now}, før {before}.")),
        Language::En => ended(format!("Society: expected {now}, before {before}.")),
    }
}

/// An abbreviation at the end brings its own full stop: "3 mio. kr."
fn ended(mut text: String) -> String {
    if text.ends_with("..") {
        text.pop();
    }
    text
}

/// A change of a figure.
pub fn figure(language: Language, label: &str, before: Option<&str>, now: Option<&str>) -> String {
    ended(match (language, before, now) {
        (Language::Da, Some(b), Some(n)) if b == n => {
            format!("»{label}« er stadig {n}, men er beskrevet anderledes.")
        }
        (Language::En, Some(b), Some(n)) if b == n => {
            format!("“{label}” is still {n}, but is described otherwise.")
        }
        (Language::Da, Some(b), Some(n)) => format!("»{label}« er ændret fra {b} til {n}."),
        (Language::En, Some(b), Some(n)) => format!("“{label}” was changed from {b} to {n}."),
        (Language::Da, None, Some(n)) => format!("»{label}« er ny: {n}."),
        (Language::En, None, Some(n)) => format!("“{label}” is new: {n}."),
        (Language::Da, Some(b), None) => format!("»{label}« er taget ud; den var {b}."),
        (Language::En, Some(b), None) => format!("“{label}” was taken out; it was {b}."),
        (Language::Da, None, None) => format!("»{label}« er ændret."),
        (Language::En, None, None) => format!("“{label}” was changed."),
    })
}

/// Where a figure comes from, whom it binds, whether they have approved it.
pub fn source(language: Language, source: &str, owner: &str, approved: Option<bool>) -> String {
    let source = source.trim_end_matches('.');
    let approved = match (language, approved) {
        (_, None) => "",
        (Language::Da, Some(true)) => ", som har godkendt den",
        (Language::Da, Some(false)) => ", som ikke har godkendt den",
        (Language::En, Some(true)) => ", which has approved it",
        (Language::En, Some(false)) => ", which has not approved it",
    };
    match language {
        Language::Da => format!("Kilde: {source}. Binder {owner}{approved}."),
        Language::En => format!("Source: {source}. Binds {owner}{approved}."),
    }
}

/// A thing that is new, gone or another; `what` is its kind, with a capital.
pub fn thing(language: Language, what: &str, name: &str, is: Is) -> String {
    let named = match (name.is_empty(), language) {
        (true, _) => what.to_owned(),
        (false, Language::Da) => format!("{what} »{name}«"),
        (false, Language::En) => format!("{what} “{name}”"),
    };
    match (language, is) {
        (Language::Da, Is::New) => format!("{named} er kommet til."),
        (Language::En, Is::New) => format!("{named} was added."),
        (Language::Da, Is::Gone) => format!("{named} er taget ud."),
        (Language::En, Is::Gone) => format!("{named} was taken out."),
        (_, Is::Changed { place, before, now }) => {
            // a thing by itself is named already; a part of one by its field
            let what = match place.contains('.') {
                true => {
                    let name = field(language, place);
                    format!(" ({})", name.unwrap_or_else(|| place.to_owned()))
                }
                false => String::new(),
            };
            let (before, now) = (stated(language, before), stated(language, now));
            match language {
                Language::Da => format!("{named} er ændret{what}: fra {before} til {now}."),
                Language::En => {
                    format!("{named} was changed{what}: from {before} to {now}.")
                }
            }
        }
    }
}

/// What has become of a thing.
#[derive(Debug, Clone, Copy)]
pub enum Is<'a> {
    /// It was not there.
    New,
    /// It is not there any more.
    Gone,
    /// It says something else.
    Changed {
        /// Where in the file.
        place: &'a str,
        /// What stood there.
        before: &'a str,
        /// What stands there.
        now: &'a str,
    },
}

/// What a key of an agreement's, a world's or a principle's file is called.
pub fn kind(language: Language, key: &str) -> &'static str {
    let Both(da, en) = match key {
        "coverage" => Both("Dækningen", "The coverage"),
        "effect" => Both("Virkningen", "The effect"),
        "shift" => Both("Flytningen", "The shift"),
        "provide" => Both("Den nye ydelse", "The new service"),
        "operate" => Both("Driften", "The operation"),
        "transition" => Both(
            "Overgangen mellem niveauer",
            "The transition between levels",
        ),
        "backfill" => Both("Genopfyldningen", "The backfill"),
        "release" => Both("Planen for kapacitet", "The plan for capacity"),
        "invest" => Both("Investeringen", "The investment"),
        "transfer" => Both("Betalingen", "The payment"),
        "frame" => Both("Rammen", "The frame"),
        "indicator" => Both("Indikatoren", "The indicator"),
        "places" => Both("Pladserne", "The places"),
        "workforce" => Both("Personalet", "The staff"),
        "saved_time" => Both("Den sparede tid", "The time saved"),
        "correlation" => Both("Samvariationen", "The correlation"),
        "follow_up" => Both("Opfølgningen", "The follow-up"),
        "case" => Both("Sagen", "The case"),
        "staying_out" => Both(
            "Spørgsmålet om at stå udenfor",
            "The question of staying outside",
        ),
        "reporting" => Both(
            "Oplysningerne om beregningen",
            "What is reported about the calculation",
        ),
        "period" => Both("Aftalens periode", "The agreement's period"),
        "horizon" => Both("Horisonten", "The horizon"),
        "after_period" => Both(
            "Reglen for tiden efter perioden",
            "The rule for the time after it",
        ),
        "status" => Both("Status", "The status"),
        "settlement" => Both("Afregningen", "The settlement"),
        "title" | "question" | "comparator" | "clinical" | "roles" => Both("Teksten", "The text"),
        "service" => Both("Ydelsen", "The service"),
        "group" => Both("Gruppen", "The group"),
        "regime" => Both("Lovens ordning", "The regime of law"),
        "tolerance" => Both("Grænsen", "The limit"),
        "confidence" => Both("Kravet til sikkerhed", "The certainty required"),
        "rule" => Both("Reglen", "The rule"),
        "horizon_years" => Both("Vurderingens horisont", "The horizon of the verdict"),
        "discount" => Both("Diskonteringen", "The discounting"),
        "signed_by" => Both("Underskrifterne", "The signatures"),
        _ => Both("Punktet", "The item"),
    };
    match language {
        Language::Da => da,
        Language::En => en,
    }
}

/// What a change moves: "Den flytter: regionen …".
pub fn moves(language: Language, amounts: &str) -> String {
    match language {
        Language::Da => format!("Alene giver den {amounts}."),
        Language::En => format!("By itself it gives {amounts}."),
    }
}

/// One party's part of it.
pub fn to(language: Language, amount: &str, who: &str) -> String {
    match language {
        Language::Da => format!("{amount} for {who}"),
        Language::En => format!("{amount} for {who}"),
    }
}

/// What the change would do to the verdict by itself.
pub fn alone(language: Language, outcome: &str, changes: bool) -> String {
    let outcome = outcome.trim_end_matches('.').to_lowercase();
    match (language, changes) {
        (Language::Da, true) => format!("Alene gør den vurderingen til »{outcome}«."),
        (Language::Da, false) => "Alene ændrer den ikke vurderingen.".into(),
        (Language::En, true) => format!("By itself it makes the verdict “{outcome}”."),
        (Language::En, false) => "By itself it does not change the verdict.".into(),
    }
}

/// Made together with others.
pub fn with(language: Language, places: &str) -> String {
    match language {
        Language::Da => format!("Den kan ikke stå alene og er regnet sammen med: {places}."),
        Language::En => format!("It cannot stand alone and is counted together with: {places}."),
    }
}

/// A table that holds something else.
pub fn table(language: Language, path: &str) -> String {
    match language {
        Language::Da => format!(
            "Tabellen {path} har andet indhold. Det, den flytter, står i linjen, der ikke hører til nogen enkelt ændring."
        ),
        Language::En => format!(
            "The table {path} has other content. What it moves is in the line that belongs to no single change."
        ),
    }
}

/// Caption of what each change moves.
pub fn caption(language: Language, unit: &str, price_level: i32, years: u32) -> String {
    match language {
        Language::Da => format!(
            "Ændring i den ventede udgift over {years} år i {unit} ({price_level}-priser, nutidsværdi). + er merudgift, − er mindreudgift i forhold til sidste udkast. Linjerne er afrundet, så de giver summen. Samfundet omfatter også almen praksis og staten."
        ),
        Language::En => format!(
            "Change in expected expenditure over {years} years in {unit} ({price_level} prices, present value). + is extra expenditure, − a saving, against the last draft. Lines are rounded so that they give the sum. Society includes general practice and the state."
        ),
    }
}

/// How the effects were found.
pub fn how(language: Language, seed: u64, unlike_horizons: bool) -> String {
    let horizons = match (language, unlike_horizons) {
        (_, false) => "",
        (Language::Da, true) => " De to udkast vurderes over forskellige horisonter.",
        (Language::En, true) => " The two drafts are assessed over different horizons.",
    };
    match language {
        Language::Da => format!(
            "Begge udkast er beregnet med de samme tilfældige tal (seed {seed}), så forskellen ikke er tilfældig. Hver ændring er lagt alene ind i sidste udkast; det, der er tilbage, er ændringer, som virker sammen, og tabeller.{horizons}"
        ),
        Language::En => format!(
            "Both drafts were computed with the same random numbers (seed {seed}), so that the difference is not chance. Each change was made alone in the last draft; what is left is changes that act together, and tables.{horizons}"
        ),
    }
}

/// An 80 % interval beside a value.
pub fn between(language: Language, value: &str, low: &str, high: &str) -> String {
    match language {
        Language::Da => format!("{value} (8 ud af 10 mellem {low} og {high})"),
        Language::En => format!("{value} (8 of 10 between {low} and {high})"),
    }
}

/// Nothing is known of it.
pub const UNKNOWN: Both = Both("ikke oplyst", "not known");

/// What stands behind the number of a figure.
pub fn unit(language: Language, key: &str) -> &'static str {
    let Both(da, en) = match key {
        "share" => Both("\u{a0}%", "\u{a0}%"),
        "kr" => Both(" kr.", " DKK"),
        "kr_per_person" => Both(" kr. pr. person", " DKK per person"),
        "kr_per_person_year" => Both(" kr. pr. person om året", " DKK per person a year"),
        "kr_per_unit" => Both(" kr. pr. enhed", " DKK per unit"),
        "kr_per_year" => Both(" kr. om året", " DKK a year"),
        "hours" => Both(" timer", " hours"),
        "persons" => Both(" personer", " persons"),
        "units_per_person" => Both(" pr. person", " per person"),
        "units_per_person_year" => Both(" pr. person om året", " per person a year"),
        "units_per_unit" => Both(" pr. enhed", " per unit"),
        _ => Both("", ""),
    };
    match language {
        Language::Da => da,
        Language::En => en,
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
