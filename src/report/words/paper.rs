//! Words of the parts of the annex that say what is open: case, approval, values, sureness, what
//! is not counted, follow-up, a clause to negotiate; both languages side by side.

pub use super::accountability::Both;
use super::{Language, joined};
use crate::model::Day;

/// Label.
pub const CASE: Both = Both("Sag", "Case");
/// Not stated.
pub const NOT_STATED: Both = Both("ikke udfyldt", "not filled in");
/// Label.
pub const SOLUTION: Both = Both("Den faglige løsning", "The professional solution");
/// Label in the conclusion.
pub const MAIN_RESERVATION: Both = Both("Vigtigste forbehold", "Main reservation");
/// Nothing weighty is left.
pub const NO_RESERVATION: Both = Both(
    "Ingen ud over det, der står under »Hvad er ikke med«.",
    "None beyond what stands under “What is not counted”.",
);
/// Column.
pub const VALUE: Both = Both("Værdi", "Value");
/// Column.
pub const SOURCE_AND_GRADE: Both = Both("Kilde (karakter)", "Source (grade)");
/// Column.
pub const APPROVED_BY: Both = Both("Godkendt af", "Approved by");
/// Nobody approved it.
pub const NOBODY_YET: Both = Both("ingen endnu", "nobody yet");
/// The figure binds no party.
pub const BINDS_NOBODY: Both = Both("binder ingen part", "binds no party");
/// A figure computed from others.
pub const COMPUTED: Both = Both("beregnet af andre tal", "computed from other figures");
/// A figure that is not known.
pub const UNKNOWN: Both = Both("ikke kendt", "not known");
/// Heading.
pub const CLAUSE: Both = Both("Forslag til kompensation", "A proposed compensation");
/// A proposal is one.
pub const CLAUSE_IS_PROPOSED: Both = Both(
    "Teksten er et forslag til forhandling. Der skal være hjemmel til betalingen.",
    "The text is a proposal to negotiate. The payment needs a legal basis.",
);
/// Label.
pub const MEASURED: Both = Both("Der måles", "Measured");
/// Label.
pub const RESPONSIBLE: Both = Both("Måler og melder tilbage", "Measures and reports");
/// Label.
pub const GAIN_OWNER: Both = Both("Ejer gevinsten", "Owns the gain");
/// Label.
pub const TALKS: Both = Both("Ny drøftelse", "Talking again");
/// Label of what is open.
pub const OPEN: Both = Both("Ikke aftalt", "Not agreed");
/// Days of measuring, where open.
pub const OPEN_DAYS: Both = Both("hvornår der måles", "when it is measured");
/// Who measures, where open.
pub const OPEN_WHO: Both = Both("hvem der måler", "who measures");
/// The gain's owner, where open.
pub const OPEN_GAIN: Both = Both("hvem der ejer gevinsten", "who owns the gain");
/// Nothing is agreed.
pub const NOT_AGREED: Both = Both("ikke aftalt", "not agreed");
/// No trigger is agreed.
pub const NO_TRIGGER: Both = Both(
    "Det er ikke aftalt, hvad der udløser en ny drøftelse. Båndet ovenfor kan bruges som grænse.",
    "It is not agreed what makes the parties talk again. The band above can serve as the limit.",
);
/// No indicator has a figure.
pub const NOTHING_TO_FOLLOW: Both = Both(
    "Aftalen har ingen indikator med et tal, der kan følges.",
    "The agreement has no indicator with a figure that can be followed.",
);
/// Label of the municipal page.
pub const SAME_RUN: Both = Both("Beregning", "Calculation");
/// Label of the municipal page.
pub const SHARE: Both = Both("Andel af kompensationen", "Share of the compensation");
/// Label of the municipal page.
pub const WITH_SHARE: Both = Both("Ventet med kompensation", "Expected with compensation");
/// Label of the municipal page.
pub const RESTS: Both = Both("Tallet bygger mest på", "The figure rests most on");
/// The key of compensation.
pub const BY_POPULATION: Both = Both("efter indbyggertal", "by inhabitants");
/// The key of compensation.
pub const EQUALLY: Both = Both("ligeligt", "equally");
/// What is not counted.
pub const FREED_NOT_CLOSED: Both = Both(
    "Plads og tid, der bliver fri, tæller først som en besparelse, når den lukkes.",
    "Room and time set free count as a saving only once they are closed.",
);
/// An outside view.
pub const OUTSIDE_VIEW: Both = Both(
    "Set udefra: Nuffield Trust gennemgik i »Shifting the balance of care« (2017) 27 slags indsatser, der skulle flytte behandling ud af hospitalet. 7 så ud til at spare, og 6 så ud til at koste mere.",
    "Seen from outside: in “Shifting the balance of care” (2017) the Nuffield Trust went through 27 kinds of initiative meant to move care out of hospital. 7 seemed to save, and 6 seemed to cost more.",
);

/// A day as a reader writes it.
pub fn day(language: Language, of: Day) -> String {
    let month = super::annex::month(language, of.month);
    match language {
        Language::Da => format!("{}. {month} {}", of.day, of.year),
        Language::En => format!("{} {month} {}", of.day, of.year),
    }
}

/// Number, date, version and run on one line.
pub fn case(language: Language, number: &str, date: &str, version: &str, run: &str) -> String {
    match language {
        Language::Da => format!("nr. {number} · dato {date} · version {version} · kørsel {run}"),
        Language::En => format!("no. {number} · date {date} · version {version} · run {run}"),
    }
}

/// The solution, its evidence and who recommends it.
pub fn solution(language: Language, what: &str, evidence: &str, by: &str) -> String {
    let end = |text: &str| text.trim_end_matches('.').to_owned();
    match language {
        Language::Da => format!(
            "{}. Evidens: {}. Anbefales af: {}.",
            end(what),
            end(evidence),
            end(by)
        ),
        Language::En => format!(
            "{}. Evidence: {}. Recommended by: {}.",
            end(what),
            end(evidence),
            end(by)
        ),
    }
}

/// How many figures wait for whom.
pub fn waits(language: Language, count: &str, of: &str, parties: &str) -> String {
    match language {
        Language::Da => format!("{count} af {of} tal mangler at blive godkendt ({parties})."),
        Language::En => format!("{count} of {of} figures wait for approval ({parties})."),
    }
}

/// Who has not signed.
pub fn unsigned(language: Language, sides: &str) -> String {
    match language {
        Language::Da => format!("Balanceprincippet mangler underskrift fra {sides}."),
        Language::En => format!("The balance principle lacks the signature of {sides}."),
    }
}

/// Nothing waits.
pub fn all_approved(language: Language) -> &'static str {
    match language {
        Language::Da => "Alle tal er godkendt, og balanceprincippet er skrevet under.",
        Language::En => "Every figure is approved, and the balance principle is signed.",
    }
}

/// Unit behind a value; a share is per cent.
pub fn unit(language: Language, key: &str) -> &'static str {
    let Both(da, en) = match key {
        "share" => Both("\u{a0}%", "\u{a0}%"),
        "per_year" => Both("\u{a0}% om året", "\u{a0}% a year"),
        "persons" => Both(" personer", " persons"),
        "units_per_person_year" => Both(" pr. person om året", " per person and year"),
        "units_per_person" => Both(" pr. person", " per person"),
        "units_per_unit" => Both(" pr. enhed", " per unit"),
        "units_per_year" => Both(" om året", " a year"),
        "hours" => Both(" timer", " hours"),
        "kr_per_unit" => Both(" kr. pr. enhed", " DKK per unit"),
        "kr_per_person" => Both(" kr. pr. person", " DKK per person"),
        "kr_per_person_year" => Both(" kr. pr. person om året", " DKK per person and year"),
        "kr_per_year" => Both(" kr. om året", " DKK a year"),
        "kr" => Both(" kr.", " DKK"),
        _ => Both("", ""),
    };
    match language {
        Language::Da => da,
        Language::En => en,
    }
}

/// A price level behind a value.
pub fn in_prices(language: Language, year: i32) -> String {
    match language {
        Language::Da => format!(", {year}-priser"),
        Language::En => format!(", {year} prices"),
    }
}

/// What the result of a party turns on most, and which way.
pub fn turns_on(
    language: Language,
    account: &str,
    name: &str,
    share: &str,
    direction: i8,
) -> String {
    let way = match (language, direction) {
        (Language::Da, 1) => " Et højere tal gør det bedre, et lavere gør det værre.",
        (Language::Da, -1) => " Et højere tal gør det værre, et lavere gør det bedre.",
        (Language::En, 1) => " A higher figure makes it better, a lower one worse.",
        (Language::En, -1) => " A higher figure makes it worse, a lower one better.",
        _ => "",
    };
    match language {
        Language::Da => {
            format!(
                "Svaret for {account} kan skifte med »{name}« ({share}\u{a0}% af usikkerheden).{way}"
            )
        }
        Language::En => {
            format!(
                "The answer for {account} may turn on “{name}” ({share}\u{a0}% of the uncertainty).{way}"
            )
        }
    }
}

/// Indicators without a figure.
pub fn not_followed(language: Language, names: &str) -> String {
    match language {
        Language::Da => format!("Ingen tal for: {names}."),
        Language::En => format!("No figures for: {names}."),
    }
}

/// Indicators that are stand-ins.
pub fn proxies(language: Language, names: &str) -> String {
    match language {
        Language::Da => format!("Kun målt ved et andet tal i stedet: {names}."),
        Language::En => format!("Measured only by a stand-in: {names}."),
    }
}

/// Figures that nobody has measured.
pub fn assumed(language: Language, count: &str, of: &str) -> String {
    match language {
        Language::Da => {
            format!("{count} af {of} tal er skøn uden en kilde, der kan slås op (karakter C).")
        }
        Language::En => format!(
            "{count} of {of} figures are assumptions without a source to look up (grade C)."
        ),
    }
}

/// Years beyond the agreement.
pub fn beyond_period(language: Language, last: i32, to: i32) -> String {
    match language {
        Language::Da => format!(
            "Aftalen løber til {last}. Tal for {}–{to} er ført videre med de samme regler.",
            last + 1
        ),
        Language::En => format!(
            "The agreement runs until {last}. Figures for {}–{to} are carried on by the same rules.",
            last + 1
        ),
    }
}

/// Municipalities that take no part.
pub fn stay_out(language: Language, names: &[String]) -> String {
    let named = joined(language, names);
    match language {
        Language::Da => format!("{named} er ikke med i aftalen."),
        Language::En if names.len() == 1 => format!("{named} takes no part in the agreement."),
        Language::En => format!("{named} take no part in the agreement."),
    }
}

/// Caption of the follow-up plan.
pub fn follow_up(language: Language) -> &'static str {
    match language {
        Language::Da => {
            "Tabel 5. Ventet antal pr. kvartal i hele området med aftalen. I parentes det bånd, som 8 ud af 10 kvartaler ventes at ligge i. Alle kvartaler står i filen monitoring.csv."
        }
        Language::En => {
            "Table 5. Expected number a quarter in the whole area with the agreement. In brackets the band in which 8 of 10 quarters are expected to lie. All quarters are in the file monitoring.csv."
        }
    }
}

/// What happens when a number leaves its band.
pub fn outside(language: Language, quarters: u32) -> String {
    match (language, quarters) {
        (Language::Da, 1) => {
            "Ligger et tal uden for sit bånd i et kvartal, drøftes aftalen igen.".to_owned()
        }
        (Language::Da, n) => {
            format!("Ligger et tal uden for sit bånd i {n} kvartaler i træk, drøftes aftalen igen.")
        }
        (Language::En, 1) => {
            "If a number lies outside its band for a quarter, the agreement is discussed again."
                .to_owned()
        }
        (Language::En, n) => format!(
            "If a number lies outside its band for {n} quarters in a row, the agreement is discussed again."
        ),
    }
}

/// A clause in words, for those who negotiate.
pub fn clause(
    language: Language,
    (payer, receiver): (&str, &str),
    per_year: &str,
    (from, to): (i32, i32),
    total: &str,
    (price_level, key): (i32, &str),
) -> String {
    match language {
        Language::Da => format!(
            "»{payer} betaler {receiver} {per_year} om året i {from}–{to}. Det svarer til {total} i alt (nutidsværdi, {price_level}-priser). Beløbet deles mellem kommunerne {key}.«"
        ),
        Language::En => format!(
            "“{payer} pays {receiver} {per_year} a year in {from}–{to}. That is {total} in all (present value, {price_level} prices). The amount is divided among the municipalities {key}.”"
        ),
    }
}

/// Time and income of general practice in the years of the horizon.
pub fn gp_status(language: Language, pending: bool, signed: bool) -> &'static str {
    match (language, pending, signed) {
        (Language::Da, true, _) => {
            "Aftalen med almen praksis er ikke indgået. Uden den falder opgaven tilbage."
        }
        (Language::En, true, _) => {
            "The agreement with general practice is not signed. Without it the task falls back."
        }
        (Language::Da, _, true) => "Aftalen med almen praksis er indgået.",
        (Language::En, _, true) => "The agreement with general practice is signed.",
        (Language::Da, ..) => "Der er ikke regnet med en særlig aftale med almen praksis.",
        (Language::En, ..) => "No special agreement with general practice is counted on.",
    }
}

/// Which run the page is of.
pub fn same_run(language: Language, run: &str, price_level: i32) -> String {
    match language {
        Language::Da => {
            format!("Samme kørsel som bilaget ({run}). Beløb er i {price_level}-priser.")
        }
        Language::En => {
            format!("The same run as the annex ({run}). Amounts are in {price_level} prices.")
        }
    }
}

/// The line of the common table.
pub fn in_the_table(language: Language, millions: &str, each: &str) -> String {
    match language {
        Language::Da => format!("{millions} mio. kr. og {each} kr. pr. indbygger (+ er merudgift)"),
        Language::En => {
            format!("DKK {millions} million and DKK {each} per inhabitant (+ is extra expenditure)")
        }
    }
}

/// Label of the line of the common table.
pub const IN_THE_TABLE: Both = Both("I bilagets tabel 2", "In table 2 of the annex");

/// A payment to or from a municipality.
pub fn share(language: Language, receives: bool, amount: &str) -> String {
    match (language, receives) {
        (Language::Da, true) => format!("får {amount} af regionen"),
        (Language::Da, false) => format!("betaler {amount} til regionen"),
        (Language::En, true) => format!("receives {amount} from the region"),
        (Language::En, false) => format!("pays {amount} to the region"),
    }
}

/// Money, for citizens.
pub fn citizens_money(
    language: Language,
    dearer: bool,
    likely: &str,
    count: &str,
    years: u32,
) -> String {
    match (language, dearer) {
        (Language::Da, true) => format!(
            "Det er {likely} ({count}), at det koster det offentlige mere end i dag. Der er regnet på {years} år."
        ),
        (Language::Da, false) => format!(
            "Det er {likely} ({count}), at det ikke koster det offentlige mere end i dag. Der er regnet på {years} år."
        ),
        (Language::En, true) => format!(
            "It is {likely} ({count}) that it costs the public more than today. The sum covers {years} years."
        ),
        (Language::En, false) => format!(
            "It is {likely} ({count}) that it does not cost the public more than today. The sum covers {years} years."
        ),
    }
}

/// The expected amount, for citizens: kroner, and whether they are more.
pub fn citizens_amount(
    language: Language,
    kroner: &str,
    more: Option<bool>,
    range: &str,
) -> String {
    let text = match (language, more) {
        (Language::Da, Some(true)) => {
            format!("Vi venter, at det koster {kroner} mere. Det er usikkert: {range}.")
        }
        (Language::Da, Some(false)) => {
            format!("Vi venter, at det koster {kroner} mindre. Det er usikkert: {range}.")
        }
        (Language::Da, None) => {
            format!("Vi venter, at det koster det samme. Det er usikkert: {range}.")
        }
        (Language::En, Some(true)) => {
            format!("We expect it to cost {kroner} more. That is uncertain: {range}.")
        }
        (Language::En, Some(false)) => {
            format!("We expect it to cost {kroner} less. That is uncertain: {range}.")
        }
        (Language::En, None) => {
            format!("We expect it to cost the same. That is uncertain: {range}.")
        }
    };
    // an abbreviation at the end brings its own full stop: "3 mio. kr."
    match text.strip_suffix("..") {
        Some(text) => format!("{text}."),
        None => text,
    }
}

/// What citizens should know is open.
pub fn citizens_open(
    language: Language,
    draft: bool,
    undocumented: bool,
    count: &str,
    of: &str,
) -> String {
    let mut text = String::new();
    text.push_str(match (language, draft) {
        (Language::Da, true) => "Det er ikke besluttet endnu. ",
        (Language::Da, false) => "",
        (Language::En, true) => "It is not decided yet. ",
        (Language::En, false) => "",
    });
    text.push_str(match (language, undocumented) {
        (Language::Da, true) => "Ingen har målt, om det virker. ",
        (Language::Da, false) => "",
        (Language::En, true) => "Nobody has measured whether it works. ",
        (Language::En, false) => "",
    });
    text.push_str(&match language {
        Language::Da => format!("{count} af {of} tal er skøn. Din egen tid og det, du mærker i hverdagen, er ikke regnet om til penge."),
        Language::En => format!("{count} of {of} figures are estimates. Your own time and what you feel in daily life are not turned into money."),
    });
    text
}
