//! Words of what lies beyond the period, outside the agreement or behind a ratio.

use super::Language;

/// A sentence or a label; figures are already text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Beyond<'a> {
    /// Heading of the running accounts.
    Payback,
    /// Caption of the running accounts; the last year of the verdict horizon.
    PaybackCaption {
        /// Unit of kroner.
        unit: &'a str,
        /// Price level.
        price_level: i32,
        /// Last year of the verdict horizon.
        last: i32,
    },
    /// Column: the deepest deficit.
    Deepest,
    /// Column: the year of it.
    DeepestYear,
    /// Column: the year of payback.
    PaidBack,
    /// Column: the same, discounted.
    PaidBackDiscounted,
    /// Column: how often the purse is level at the verdict horizon.
    LevelBy,
    /// The year and the number of the year.
    InYear(i32, u32),
    /// Not paid back in the years computed.
    NotBy(i32),
    /// Nothing to pay back.
    NeverBehind,
    /// An effect that begins after the verdict horizon.
    Late {
        /// Mechanism.
        name: &'a str,
        /// First year.
        year: i32,
        /// Last year of the verdict horizon.
        last: i32,
    },
    /// An effect that the agreement does not live to see.
    NeverWorks {
        /// Mechanism.
        name: &'a str,
    },
    /// Heading of what staying outside means.
    Outside,
    /// A municipality outside and inside.
    OutsideOf {
        /// Its amount outside.
        outside: &'a str,
        /// Its amount inside.
        inside: &'a str,
        /// Years of the verdict horizon.
        years: u32,
    },
    /// Staying outside pays, and the others' taking part gives the municipality something.
    FreeRide(&'a str),
    /// Staying outside pays, only because taking part costs more.
    Avoids(&'a str),
    /// Taking part pays.
    JoiningPays(&'a str),
    /// Neither pays.
    NoDifference,
    /// What its staying out means for the others.
    ForTheOthers {
        /// The other municipalities.
        others: &'a str,
        /// The region.
        region: &'a str,
        /// Society.
        society: &'a str,
    },
    /// Caption of the ratios.
    RatioCaption(i32),
    /// An indicator per person.
    PerPerson(&'a str),
    /// An indicator per course begun.
    PerCourse {
        /// Indicator.
        name: &'a str,
        /// Course.
        course: &'a str,
    },
    /// Those newly found are counted too.
    FoundCounted,
    /// The same per contact.
    PerContact,
    /// A ratio that falls because more have the diagnosis.
    FoundLower {
        /// Indicator.
        name: &'a str,
        /// Persons newly found.
        found: &'a str,
        /// Ratio among the same persons.
        same: &'a str,
        /// Ratio with the found.
        counted: &'a str,
    },
    /// A course that goes another way than its contacts.
    ContactsMislead {
        /// Indicator.
        name: &'a str,
        /// Per course, without and with.
        course: (&'a str, &'a str),
        /// Per contact, without and with.
        contact: (&'a str, &'a str),
    },
    /// Nothing that saves begins inside the verdict horizon.
    NoneInside {
        /// Last year of the verdict horizon.
        last: i32,
    },
}

impl Beyond<'_> {
    /// The words.
    pub fn text(self, language: Language) -> String {
        match language {
            Language::Da => self.danish(),
            Language::En => self.english(),
        }
    }

    fn danish(self) -> String {
        use Beyond as B;
        match self {
            B::Payback => "Hvornår pengene er tjent hjem".into(),
            B::PaybackCaption {
                unit,
                price_level,
                last,
            } => format!(
                "Hver parts løbende regnskab: ventet virkning på budgettet lagt sammen fra det første år, i {unit} ({price_level}-priser, ikke diskonteret). + er merudgift. Tjent hjem er det første år, hvorfra regnskabet ikke mere er i underskud. Sidste kolonne er, hvor ofte parten ikke er i underskud med udgangen af {last}."
            ),
            B::Deepest => "Dybeste underskud".into(),
            B::DeepestYear => "I".into(),
            B::PaidBack => "Tjent hjem".into(),
            B::PaidBackDiscounted => "Tjent hjem, diskonteret".into(),
            B::LevelBy => "Ikke i underskud".into(),
            B::InYear(year, number) => format!("{year} ({number}. år)"),
            B::NotBy(year) => format!("ikke inden {year}"),
            B::NeverBehind => "aldrig i underskud".into(),
            B::Late { name, year, last } => format!(
                "{name} virker først fra {year}, og balancen læses til og med {last}: den gevinst ligger uden for perioden."
            ),
            B::NeverWorks { name } => {
                format!("{name} når ikke at virke: aftalen ophører før virkningen begynder.")
            }
            B::Outside => "Hvis en kommune står udenfor".into(),
            B::OutsideOf {
                outside,
                inside,
                years,
            } => format!(
                "Over {years} år (nutidsværdi) får kommunen {outside} af de andres deltagelse, når den står udenfor, og {inside}, når den er med."
            ),
            B::FreeRide(amount) => format!(
                "Det betaler sig at stå udenfor: kommunen er {amount} bedre stillet, end hvis den var med, og de andres deltagelse giver den noget (gratistgevinst)."
            ),
            B::Avoids(amount) => format!(
                "Det betaler sig at stå udenfor: kommunen er {amount} bedre stillet, end hvis den var med. Den får intet ud af de andres deltagelse, men undgår sin egen udgift."
            ),
            B::JoiningPays(amount) => format!(
                "Det betaler sig at være med: kommunen er {amount} bedre stillet, end hvis den stod udenfor. Der er ingen gratistgevinst."
            ),
            B::NoDifference => "For kommunen selv er der ingen forskel, som kan ses.".into(),
            B::ForTheOthers {
                others,
                region,
                society,
            } => format!(
                "Når den står udenfor, betyder det {others} for de andre kommuner, {region} for regionen og {society} for det offentlige i alt, målt mod at den er med."
            ),
            B::RatioCaption(year) => format!(
                "Forbrug pr. borger og resultater pr. påbegyndt forløb i {year}, uden og med aftalen. Nyfundne borgere er kun talt med, hvor det står."
            ),
            B::PerPerson(name) => format!("{name}, pr. borger"),
            B::PerCourse { name, course } => format!("{name}, pr. forløb ({course})"),
            B::FoundCounted => "nyfundne talt med".into(),
            B::PerContact => "set pr. kontakt".into(),
            B::FoundLower {
                name,
                found,
                same,
                counted,
            } => format!(
                "Advarsel, {name}: {found} borgere, der nyligt har fået diagnosen, sænker tallet pr. borger fra {same} til {counted}, uden at nogen bruger mindre. Det er nævneren, der er vokset. Virkningen læses blandt de samme borgere."
            ),
            B::ContactsMislead {
                name,
                course: (before, after),
                contact: (seen, then),
            } => format!(
                "{name}: pr. kontakt går tallet fra {seen} til {then}, men over hele forløbet fra {before} til {after}. Kvaliteten læses over forløbet; antallet af kontakter har ændret sig."
            ),
            B::NoneInside { last } => format!(
                "Ingen gevinst inden for perioden: intet af det, der kan spare noget, virker til og med {last}. Det, der ses i balancen, er udgiften alene."
            ),
        }
    }

    fn english(self) -> String {
        use Beyond as B;
        match self {
            B::Payback => "When the money is paid back".into(),
            B::PaybackCaption {
                unit,
                price_level,
                last,
            } => format!(
                "Each party's running account: expected effect on its budget added up from the first year, in {unit} ({price_level} prices, undiscounted). + is extra expenditure. Paid back is the first year from which the account is no longer in deficit. The last column is how often the party is not in deficit at the end of {last}."
            ),
            B::Deepest => "Deepest deficit".into(),
            B::DeepestYear => "In".into(),
            B::PaidBack => "Paid back".into(),
            B::PaidBackDiscounted => "Paid back, discounted".into(),
            B::LevelBy => "Not in deficit".into(),
            B::InYear(year, number) => format!("{year} (year {number})"),
            B::NotBy(year) => format!("not by {year}"),
            B::NeverBehind => "never in deficit".into(),
            B::Late { name, year, last } => format!(
                "{name} works only from {year}, and the balance is read up to and including {last}: that gain lies outside the period."
            ),
            B::NeverWorks { name } => {
                format!("{name} never comes to work: the agreement ends before its effect begins.")
            }
            B::Outside => "If a municipality stays outside".into(),
            B::OutsideOf {
                outside,
                inside,
                years,
            } => format!(
                "Over {years} years (present value) the municipality has {outside} from the others' taking part when it stays outside, and {inside} when it takes part."
            ),
            B::FreeRide(amount) => format!(
                "Staying outside pays: the municipality is {amount} better off than if it took part, and the others' taking part gives it something (free-rider gain)."
            ),
            B::Avoids(amount) => format!(
                "Staying outside pays: the municipality is {amount} better off than if it took part. It gains nothing from the others' taking part, but avoids its own expense."
            ),
            B::JoiningPays(amount) => format!(
                "Taking part pays: the municipality is {amount} better off than if it stayed outside. There is no free-rider gain."
            ),
            B::NoDifference => "For the municipality itself no difference can be seen.".into(),
            B::ForTheOthers {
                others,
                region,
                society,
            } => format!(
                "Its staying outside means {others} for the other municipalities, {region} for the region and {society} for the public in all, measured against its taking part."
            ),
            B::RatioCaption(year) => format!(
                "Use per person and outcomes per course begun in {year}, without and with the agreement. Persons newly found are counted only where it says so."
            ),
            B::PerPerson(name) => format!("{name}, per person"),
            B::PerCourse { name, course } => format!("{name}, per course ({course})"),
            B::FoundCounted => "newly found counted".into(),
            B::PerContact => "seen per contact".into(),
            B::FoundLower {
                name,
                found,
                same,
                counted,
            } => format!(
                "Warning, {name}: {found} persons who have newly got the diagnosis lower the figure per person from {same} to {counted} without anybody using less. It is the denominator that has grown. Read the effect among the same persons."
            ),
            B::ContactsMislead {
                name,
                course: (before, after),
                contact: (seen, then),
            } => format!(
                "{name}: per contact the figure goes from {seen} to {then}, but over the whole course from {before} to {after}. Read quality over the course; the number of contacts has changed."
            ),
            B::NoneInside { last } => format!(
                "No gain inside the period: nothing that can save anything works up to and including {last}. What the balance shows is the expense alone."
            ),
        }
    }
}
