//! Words about the picked, levels, moved hours, a trial and a small unit.

use super::Language;

/// A sentence or a label; figures are already text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Study<'a> {
    /// The section's heading.
    Heading,
    /// Caption of the table of the picked.
    PickedCaption,
    /// Column: the year that decided.
    Observed,
    /// Column: next year without a programme.
    ExpectedWithout,
    /// Column: next year with it.
    ExpectedWith,
    /// How a before/after figure misleads.
    Regression {
        /// Who.
        name: &'a str,
        /// Persons.
        persons: &'a str,
        /// Fall from before to after, per cent.
        before_after: &'a str,
        /// What the programme changes it by, per cent.
        controlled: &'a str,
    },
    /// Caption of the table by level.
    LevelsCaption(i32),
    /// A need level.
    Level(u8),
    /// Highest less lowest level.
    Gap,
    /// Caption of the table of moved hours.
    MovedCaption(&'a str),
    /// A level that gives.
    Gives(u8),
    /// A level that receives.
    Receives(u8),
    /// Column: per covered person.
    PerPerson,
    /// Column: in all.
    InAll,
    /// Column: persons.
    Persons,
    /// What misreading costs.
    Misreading {
        /// Amount of the public in all.
        society: &'a str,
    },
    /// Label of the size of a trial.
    Size,
    /// Size of a trial.
    SizeOf {
        /// Without.
        control: &'a str,
        /// With.
        treated: &'a str,
        /// Rate without.
        before: &'a str,
        /// Rate with, as hoped.
        after: &'a str,
    },
    /// Label of power.
    Power,
    /// Power.
    PowerOf {
        /// Per cent.
        power: &'a str,
    },
    /// Label of the smallest change.
    Smallest,
    /// Smallest change.
    SmallestOf(&'a str),
    /// Label of the size needed.
    Needed,
    /// Size needed.
    NeededOf(&'a str),
    /// No size finds no difference.
    NeededNone,
    /// Label of the shrunk estimate.
    Shrunk,
    /// The shrunk estimate.
    ShrunkOf {
        /// Ratio seen.
        seen: &'a str,
        /// Weight of it, per cent.
        weight: &'a str,
        /// Ratio left.
        left: &'a str,
        /// Weight if twice as large, per cent.
        twice: &'a str,
    },
    /// Label of the unit's budget.
    Budget,
    /// The unit's budget.
    BudgetOf {
        /// Citizens.
        citizens: &'a str,
        /// Kroner.
        budget: &'a str,
        /// Standard deviation, per cent of it.
        sd: &'a str,
    },
    /// Label of a deficit by chance.
    Deficit,
    /// Deficit by chance and with the agreement.
    DeficitOf {
        /// Per cent, nothing changed.
        chance: &'a str,
        /// Per cent, with the agreement.
        with: &'a str,
        /// Per cent with a surplus of 2 % or more by chance.
        surplus: &'a str,
    },
    /// Label of the stop-loss.
    StopLoss,
    /// The stop-loss.
    StopLossOf {
        /// Per cent of the budget.
        above: &'a str,
        /// Per cent of years.
        pays: &'a str,
        /// Kroner a year.
        premium: &'a str,
    },
    /// Label of the size at which the saving shows.
    Larger,
    /// That size.
    LargerOf {
        /// Citizens.
        citizens: &'a str,
        /// Per cent.
        confidence: &'a str,
    },
    /// The agreement saves a unit nothing.
    LargerNone,
}

impl Study<'_> {
    /// The words.
    pub fn text(self, language: Language) -> String {
        match language {
            Language::Da => self.danish(),
            Language::En => self.english(),
        }
    }

    fn danish(self) -> String {
        use Study as S;
        match self {
            S::Heading => "Udvalgte borgere, niveauer og små tal".into(),
            S::PickedCaption => {
                "Forbrug pr. udvalgt borger: i det år, der afgjorde udvælgelsen, og året efter."
                    .into()
            }
            S::Observed => "Før udvælgelsen".into(),
            S::ExpectedWithout => "Året efter uden indsats".into(),
            S::ExpectedWith => "Året efter med indsats".into(),
            S::Regression {
                name,
                persons,
                before_after,
                controlled,
            } => format!(
                "{name}: de {persons} udvalgtes forbrug falder {before_after}\u{a0}% fra før til efter. Målt mod hvad der ellers var sket, ændrer indsatsen det med {controlled}\u{a0}%. Resten af faldet kommer af sig selv (regression mod midten) og må ikke regnes som en gevinst."
            ),
            S::LevelsCaption(year) => {
                format!("Forbrug pr. borger i {year} efter behovsniveau, uden og med aftalen.")
            }
            S::Level(level) => format!("Niveau {level}"),
            S::Gap => "Forskel mellem højeste og laveste niveau".into(),
            S::MovedCaption(name) => {
                format!("{name}: timer, der flyttes mellem borgere; summen er 0.")
            }
            S::Gives(level) => format!("Niveau {level}, afgiver"),
            S::Receives(level) => format!("Niveau {level}, modtager"),
            S::PerPerson => "Pr. borger om året".into(),
            S::InAll => "I alt om året".into(),
            S::Persons => "Borgere".into(),
            S::Misreading { society } => format!(
                "At niveauet ikke altid bestemmes rigtigt, betyder for det offentlige i alt: {society} over vurderingens år."
            ),
            S::Size => "Afprøvningens størrelse".into(),
            S::SizeOf {
                control,
                treated,
                before,
                after,
            } => format!(
                "{control} borgere uden og {treated} med indsatsen; {before} om året pr. borger uden og {after} med, hvis den virker som håbet."
            ),
            S::Power => "Styrke".into(),
            S::PowerOf { power } => format!(
                "Afprøvningen ville finde den håbede virkning i {power}\u{a0}% af tilfældene."
            ),
            S::Smallest => "Mindste ændring".into(),
            S::SmallestOf(share) => format!(
                "Først en ændring på {share}\u{a0}% af niveauet ville den med rimelig sikkerhed finde."
            ),
            S::Needed => "Nødvendig størrelse".into(),
            S::NeededOf(persons) => format!("{persons} borgere i hver gruppe."),
            S::NeededNone => {
                "Der håbes ikke på en ændring, så ingen størrelse kan finde den.".into()
            }
            S::Shrunk => "Hvad afprøvningen viste".into(),
            S::ShrunkOf {
                seen,
                weight,
                left,
                twice,
            } => format!(
                "Forhold {seen}. Det vejer {weight}\u{a0}% mod den viden, der var i forvejen, så der regnes med {left}. Dobbelt så mange borgere ville veje {twice}\u{a0}%."
            ),
            S::Budget => "Budget".into(),
            S::BudgetOf {
                citizens,
                budget,
                sd,
            } => format!(
                "{citizens} borgere, {budget} kr. om året; alene tilfældet flytter et års udgift {sd}\u{a0}% (én standardafvigelse)."
            ),
            S::Deficit => "Underskud".into(),
            S::DeficitOf {
                chance,
                with,
                surplus,
            } => format!(
                "{chance}\u{a0}% af årene ved ren tilfældighed, {with}\u{a0}% med aftalen. Et overskud på mindst 2\u{a0}% kommer ved ren tilfældighed i {surplus}\u{a0}% af årene."
            ),
            S::StopLoss => "Tabsgrænse".into(),
            S::StopLossOf {
                above,
                pays,
                premium,
            } => format!(
                "Over {above}\u{a0}% betaler en anden: i {pays}\u{a0}% af årene, i gennemsnit {premium} kr. om året."
            ),
            S::Larger => "Stor nok".into(),
            S::LargerOf {
                citizens,
                confidence,
            } => format!(
                "Først ved omkring {citizens} borgere kan besparelsen ses som et overskud i {confidence}\u{a0}% af årene."
            ),
            S::LargerNone => {
                "Aftalen sparer ikke enheden noget, så ingen størrelse giver overskud.".into()
            }
        }
    }

    fn english(self) -> String {
        use Study as S;
        match self {
            S::Heading => "Selected citizens, levels and small numbers".into(),
            S::PickedCaption => "Use per selected citizen: in the year that decided the selection, and the year after.".into(),
            S::Observed => "Before selection".into(),
            S::ExpectedWithout => "Year after without programme".into(),
            S::ExpectedWith => "Year after with programme".into(),
            S::Regression { name, persons, before_after, controlled } => format!(
                "{name}: use by the {persons} selected falls {before_after}\u{a0}% from before to after. Against what would have happened anyway, the programme changes it by {controlled}\u{a0}%. The rest of the fall comes by itself (regression to the mean) and may not be counted as a gain."
            ),
            S::LevelsCaption(year) => format!("Use per citizen in {year} by need level, without and with the agreement."),
            S::Level(level) => format!("Level {level}"),
            S::Gap => "Gap between highest and lowest level".into(),
            S::MovedCaption(name) => format!("{name}: hours that move between citizens; they sum to 0."),
            S::Gives(level) => format!("Level {level}, gives"),
            S::Receives(level) => format!("Level {level}, receives"),
            S::PerPerson => "Per citizen and year".into(),
            S::InAll => "In all a year".into(),
            S::Persons => "Citizens".into(),
            S::Misreading { society } => format!("That levels are not always read right means for the public sector in all: {society} over the years of the assessment."),
            S::Size => "Size of the trial".into(),
            S::SizeOf { control, treated, before, after } => format!(
                "{control} citizens without and {treated} with the programme; {before} a year per citizen without and {after} with, if it works as hoped."
            ),
            S::Power => "Power".into(),
            S::PowerOf { power } => format!("The trial would find the hoped-for effect in {power}\u{a0}% of cases."),
            S::Smallest => "Smallest change".into(),
            S::SmallestOf(share) => format!("Only a change of {share}\u{a0}% of the level would it find with reasonable certainty."),
            S::Needed => "Size needed".into(),
            S::NeededOf(persons) => format!("{persons} citizens in each group."),
            S::NeededNone => "No change is hoped for, so no size can find it.".into(),
            S::Shrunk => "What the trial showed".into(),
            S::ShrunkOf { seen, weight, left, twice } => format!(
                "Ratio {seen}. It weighs {weight}\u{a0}% against what was known before, so {left} is counted on. Twice as many citizens would weigh {twice}\u{a0}%."
            ),
            S::Budget => "Budget".into(),
            S::BudgetOf { citizens, budget, sd } => format!(
                "{citizens} citizens, DKK {budget} a year; chance alone moves a year's cost by {sd}\u{a0}% (one standard deviation)."
            ),
            S::Deficit => "Deficit".into(),
            S::DeficitOf { chance, with, surplus } => format!(
                "{chance}\u{a0}% of years by pure chance, {with}\u{a0}% with the agreement. A surplus of at least 2\u{a0}% comes by pure chance in {surplus}\u{a0}% of years."
            ),
            S::StopLoss => "Stop-loss".into(),
            S::StopLossOf { above, pays, premium } => format!(
                "Above {above}\u{a0}% somebody else pays: in {pays}\u{a0}% of years, on average DKK {premium} a year."
            ),
            S::Larger => "Large enough".into(),
            S::LargerOf { citizens, confidence } => format!(
                "Only at about {citizens} citizens does the saving show as a surplus in {confidence}\u{a0}% of years."
            ),
            S::LargerNone => "The agreement saves the unit nothing, so no size gives a surplus.".into(),
        }
    }
}
