//! Words for places, staff, citizens' time and what else is shown beside, in both languages.

use super::Language;
use crate::analysis::{Gain, OptionStanding, Reading};
use crate::model::Direction;
use crate::report::number::Scale;

/// A phrase in Danish and English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Two(&'static str, &'static str);

impl Two {
    /// The phrase in a language.
    pub fn text(self, language: Language) -> &'static str {
        match language {
            Language::Da => self.0,
            Language::En => self.1,
        }
    }
}

macro_rules! phrases {
    ($( $name:ident: $da:literal, $en:literal; )*) => {
        $( #[doc = $en] pub const $name: Two = Two($da, $en); )*
    };
}

phrases! {
    HEADING: "Pladser, personale og borgernes tid", "Places, staff and citizens' time";
    AIMS_HEADING: "Tre mål side om side", "Three aims side by side";
    PLACES: "Pladser", "Places";
    AVAILABLE: "døgn, der er plads til", "days there is room for";
    USED: "døgn, der bruges", "days used";
    OCCUPANCY: "belægning", "occupancy";
    EMPTY: "udgift til tomme pladser", "cost of empty places";
    STAFF: "Personale", "Staff";
    HOURS: "timer", "hours";
    FTE: "årsværk", "full-time posts";
    SHORT: "timer, der mangler", "hours short";
    SAVED: "Sparet tid (lægges ikke til)", "Time saved (not added)";
    SAVED_HOURS: "timer", "hours";
    SAVED_VALUE: "værdi uden for budgettet", "value outside the budget";
    DRIFT: "Stille opgaveflytning (i begge forløb, ikke aftalens; det, der forsvinder, til variabel omkostning)", "Quiet shift (in both arms, not the agreement's; what goes is valued at variable cost)";
    GONE: "færre enheder", "fewer units";
    JOINT: "Samdrift", "Joint operation";
    JOINT_SAVED: "spares ved fælles drift", "saved by joint operation";
    JOINT_COST: "fælles udgift", "joint cost";
    JOINT_PAID: "gæstens betaling", "the guest's payment";
    JOINT_SHAPLEY: "gæstens betaling ved Shapley-deling", "the guest's payment by a Shapley split";
    EXTENDED: "Udvidet samfund", "Society, extended";
    PUBLIC: "Det offentlige", "Public sector";
    CITIZENS: "Borgernes tid og rejse", "Citizens' time and travel";
    VOLUNTEERS: "Frivillige, skyggepris", "Volunteers, shadow price";
    ANGLE: "Set fra", "Seen from";
    BREAK_EVEN: "Bæredygtigt fra", "Viable from";
    MOVED: "Ventes flyttet", "Expected to move";
    FIXED: "Fast udgift om året", "Fixed cost a year";
    SAVING: "Spares pr. enhed", "Saved per unit";
    PAYS: "Bærer sig i", "Pays in";
    NEVER: "intet antal", "no number";
    AT_ONCE: "straks", "at once";
    IN_TIME: "når kapaciteten er fulgt med", "when capacity has followed";
    TASK: "Hvem kan", "Who can";
    COST: "Kr. pr. enhed", "DKK per unit";
    QUALITY: "Kvalitet", "Quality";
    EXPERIENCE: "Oplevelse", "Experience";
    STANDING: "Kan opgaven", "Can do it";
    READING: "Mod i dag", "Against today";
    NOW: "i dag", "today";
    HEALTH: "Sundhed", "Health";
    ECONOMY: "Økonomi", "Economy";
    NO_PRICE: "ikke defineret: det er ikke sikkert nok, at der vindes noget", "not defined: it is not sure enough that anything is won";
    BOUND_BROKEN: "Flytningen øger det samlede ressourceforbrug", "The shift raises total resource use";
}

/// A phrase for how an option stands.
pub fn standing(standing: OptionStanding) -> Two {
    match standing {
        OptionStanding::Lowest => Two(
            "laveste effektive omkostningsniveau",
            "lowest effective cost level",
        ),
        OptionStanding::Effective => Two("ja, men dyrere", "yes, at a higher cost"),
        OptionStanding::BelowFloor => Two("kvaliteten er for lav", "quality is too low"),
        OptionStanding::NotAdmissible => Two("må ikke", "may not"),
        OptionStanding::NoCapacity => Two("har ikke kapacitet", "has no capacity"),
    }
}

/// A phrase for three axes read together.
pub fn reading(reading: Reading) -> Two {
    match reading {
        Reading::Same => Two("ens", "the same"),
        Reading::Better => Two(
            "bedre eller lige så god på alle tre mål",
            "better or as good on all three aims",
        ),
        Reading::TradeOff => Two("afvejning", "trade-off"),
        Reading::Worse => Two("dårligere", "worse"),
        Reading::Unknown => Two("kan ikke siges", "cannot be said"),
    }
}

/// A phrase for a direction.
pub fn direction(direction: Direction) -> Two {
    match direction {
        Direction::Better => Two("bedre", "better"),
        Direction::Unchanged => Two("uændret", "unchanged"),
        Direction::Worse => Two("dårligere", "worse"),
        Direction::Unknown => Two("ukendt", "unknown"),
    }
}

/// A phrase for how a side comes out.
pub fn gain(gain: Gain) -> Two {
    match gain {
        Gain::Gains => Two("vinder", "gains"),
        Gain::Neutral => Two("uberørt", "untouched"),
        Gain::Loses => Two("taber", "loses"),
        Gain::Uncertain => Two("usikkert", "uncertain"),
    }
}

/// Caption of a table by year in kroner and units.
pub fn yearly_caption(language: Language, what: &str, scale: Scale, price_level: i32) -> String {
    let unit = unit(language, scale);
    match language {
        Language::Da => format!(
            "{what}, ventet om året. Beløb er den parts udgift, der driver det, i {unit} ({price_level}-priser, ikke diskonteret). + er udgift, − er besparelse."
        ),
        Language::En => {
            format!(
                "{what}, expected a year. Amounts are the expenditure of the party that runs it, in {unit} ({price_level} prices, undiscounted). + is expenditure, − a saving."
            )
        }
    }
}

/// Caption of the extended view.
pub fn extended_caption(language: Language, scale: Scale, price_level: i32) -> String {
    let unit = unit(language, scale);
    match language {
        Language::Da => format!(
            "Udvidet samfundsperspektiv i {unit} ({price_level}-priser, ikke diskonteret): borgernes tid og frivilliges tid er prissat her og indgår ikke i balancen. + er merforbrug."
        ),
        Language::En => format!(
            "Extended view of society in {unit} ({price_level} prices, undiscounted): citizens' and volunteers' time is priced here and enters no balance. + is extra use."
        ),
    }
}

/// Caption of a break-even table.
pub fn break_even_caption(language: Language, what: &str, unit: &str, year: i32) -> String {
    match language {
        Language::Da => format!(
            "{what}: hvor mange {unit} om året der skal flyttes, før den faste udgift er tjent ind ({year}). Betalinger mellem parterne er med."
        ),
        Language::En => format!(
            "{what}: how many units ({unit}) a year must move before the fixed cost is earned ({year}). Payments between the parties count."
        ),
    }
}

/// Caption of a task's table.
pub fn task_caption(language: Language, what: &str, unit: &str, price_level: i32) -> String {
    match language {
        Language::Da => format!(
            "{what}: hvem kan, og hvad koster en {unit} samfundet i kr. ({price_level}-priser, ikke diskonteret). + er udgift."
        ),
        Language::En => format!(
            "{what}: who can, and what one {unit} costs society in DKK ({price_level} prices, undiscounted). + is expenditure."
        ),
    }
}

/// The gap to the lowest effective level.
pub fn gap(language: Language, digits: &str, to: &str) -> String {
    match language {
        Language::Da => {
            format!(
                "Afstanden til laveste effektive omkostningsniveau ({to}) er {digits} kr. pr. enhed."
            )
        }
        Language::En => {
            format!(
                "The distance to the lowest effective cost level ({to}) is DKK {digits} per unit."
            )
        }
    }
}

/// Cost of a unit won.
pub fn price(language: Language, what: &str, digits: &str) -> String {
    match language {
        Language::Da => format!("{what}: {digits} for hver, der vindes."),
        Language::En => format!("{what}: {digits} for each one won."),
    }
}

/// Something is won and society pays less.
pub fn dominates(language: Language, what: &str, share: &str) -> String {
    match language {
        Language::Da => {
            format!("{what}: vindes, uden at samfundet betaler mere, i {share} af beregningerne.")
        }
        Language::En => {
            format!("{what}: won without society paying more in {share} of the calculations.")
        }
    }
}

/// One side gains and the other does not.
pub fn one_sided(language: Language, who: &str) -> String {
    match language {
        Language::Da => format!("Ensidig gevinst: {who}."),
        Language::En => format!("One-sided gain: {who}."),
    }
}

fn unit(language: Language, scale: Scale) -> &'static str {
    match (scale.unit, language) {
        (6, Language::Da) => "mio. kr.",
        (6, Language::En) => "DKK million",
        (3, Language::Da) => "1.000 kr.",
        (3, Language::En) => "DKK 1,000",
        (_, Language::Da) => "kr.",
        (_, Language::En) => "DKK",
    }
}
