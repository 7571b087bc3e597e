//! Fixed words: one line a term, both languages side by side.

use super::Language;
use crate::model::{AfterPeriod, CashClass, Party, Status};
use crate::report::likelihood::Likelihood;
use crate::verdict::{Outcome, Standing};

macro_rules! terms {
    ($( $name:ident: $da:literal, $en:literal; )*) => {
        /// A fixed word or phrase.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Term { $( #[doc = $en] $name, )* }

        impl Term {
            /// The words.
            pub fn text(self, language: Language) -> &'static str {
                match (self, language) { $(
                    (Term::$name, Language::Da) => $da,
                    (Term::$name, Language::En) => $en,
                )* }
            }
        }
    };
}

terms! {
    // The head.
    Question: "Spørgsmål", "Question";
    ComparedWith: "Sammenlignes med", "Compared with";
    Agreement: "Aftale", "Agreement";
    Calculation: "Beregning", "Calculation";
    Draft: "udkast", "draft";
    Provisional: "foreløbig", "provisional";
    Approved: "godkendt", "approved";
    Ends: "ophører efter perioden", "ends after the period";
    ContinuesWithSettlement: "fortsætter med betaling efter perioden", "continues with payment after the period";
    AfterNotAgreed: "hvad der sker efter perioden, er ikke aftalt", "what happens after the period is not agreed";
    ContinuesWithout: "fortsætter uden aftalens betaling efter perioden", "continues without the agreement's payment after the period";

    // The conclusion.
    Conclusion: "Konklusion", "Conclusion";
    Clarified: "Klarlagt", "Clarified";
    ClarifiedYes: "Ja. De oplysninger, som en vurdering kræver, foreligger.", "Yes. The facts that an assessment requires are there.";
    Society: "Samfund", "Society";
    Balance: "Balance", "Balance";
    Principle: "Balanceprincip", "Balance principle";
    Outside: "Uden for balancen", "Outside the balance";
    Municipalities: "Kommuner", "Municipalities";
    Reservations: "Forbehold", "Reservations";
    Balanced: "I balance.", "In balance.";
    BalancedIfCompensated: "I balance, hvis kompensationen aftales.", "In balance if the compensation is agreed.";
    Undecided: "Kan ikke afgøres på dagens viden.", "Cannot be decided on today's knowledge.";
    Unbalanced: "Ikke i balance.", "Not in balance.";
    NotClarified: "Ikke klarlagt.", "Not clarified.";
    NoVerdictBefore: "Der gives ingen vurdering, og der vises ingen tal, før dette er på plads:", "No assessment is given and no figures are shown until this is settled:";
    WhereToFill: "Udfyld punkterne i scenariets filer, og kør beregningen igen.", "Fill in the items in the scenario's files and run again.";
    NoHealthGain: "Sundhedsgevinst for borgerne er ikke regnet med i kroner.", "Health gains for citizens are not counted in kroner.";
    VeryLikely: "meget sandsynligt", "very likely";
    Likely: "sandsynligt", "likely";
    Even: "omtrent lige sandsynligt", "about as likely as not";
    LessLikely: "mindre sandsynligt", "less likely";
    Unlikely: "usandsynligt", "unlikely";

    // Reservations.
    IsDraft: "Aftalen er et udkast.", "The agreement is a draft.";
    IsProvisional: "Aftalen er foreløbig.", "The agreement is provisional.";
    PresupposesSubAgreement: "Forudsætter underliggende aftale", "Presupposes a sub-agreement";
    SubAgreement: "Underliggende aftale", "Sub-agreement";
    SubAgreementPending: "Almen praksis har endnu ikke indgået den aftale, der er regnet med.", "General practice has not yet signed the agreement that is counted on.";
    Unsettled: "Beregningen stoppede ved det største antal gentagelser, før alle svar lå fast.", "The calculation stopped at its largest number of repetitions before every answer was settled.";

    // Tables: economy.
    Economy: "Hvem betaler, og hvornår", "Who pays, and when";
    Party: "Part", "Party";
    Interval80: "80\u{a0}%-interval", "80\u{a0}% interval";
    CalculationError: "beregningsfejl", "calculation error";
    OfWhichPhaseIn: "heraf indfasning", "of which phase-in";
    Mean: "Middel", "Mean";
    ErrorColumn: "Fejl", "Error";
    Limit: "Grænse", "Limit";
    Holds: "Holder i", "Holds in";
    Assessment: "Vurdering", "Assessment";
    To: "til", "to";
    StandsHolds: "i balance", "in balance";
    StandsBurdened: "byrde", "burdened";
    StandsUndecided: "kan ikke afgøres", "cannot be decided";
    StandsProfits: "fortjeneste", "profits";
    StandsLoses: "tab", "loses";
    StandsTooSmall: "for lille til at afgøre alene", "too small to judge alone";
    StandsShown: "vises", "shown";

    // Compensation.
    Compensation: "Kompensation", "Compensation";
    TStar: "Mindste, der giver balance (T*)", "Least that gives balance (T*)";
    TFull: "Fuld dækning (uden grænse)", "Full cover (no limit)";
    TMean: "Ingen taber i middel", "No one loses on average";
    InTotal: "I alt", "In total";
    Interval95: "95\u{a0}%-interval for beregningsfejl", "95\u{a0}% interval for calculation error";
    PerYear: "Pr. år", "Per year";
    PerUnit: "Pr. enhed", "Per unit";
    ParticipantYear: "deltager om året", "participant a year";
    NoneNeeded: "Ingen kompensation er nødvendig.", "No compensation is needed.";
    OtherThanLumpSum: "En risikokorridor eller en deling af den faktiske gevinst kan flytte usikkerheden; en fast sum kan ikke.", "A risk corridor or a share of the actual gain can move the uncertainty; a fixed sum cannot.";

    BothLose: "Region og kommuner taber tilsammen mere end de to grænser: ingen betaling mellem dem kan rette det.", "Region and municipalities together lose more than both limits: no payment between them can mend it.";

    // Municipalities.
    Municipality: "Kommune", "Municipality";
    Cluster: "Klynge", "Cluster";
    Start: "Start", "Start";
    DoesNotTakePart: "deltager ikke", "takes no part";
    KronerPerInhabitant: "Kr. pr. indb.", "DKK per inhab.";
    AfterCompensation: "Efter komp.", "After comp.";

    // Activity.
    Activity: "Hvad der sker med aktiviteten", "What happens to activity";
    Indicator: "Indikator", "Indicator";
    Without: "uden aftalen", "without";
    With: "med aftalen", "with";
    Difference: "forskel", "difference";
    Proxy: "tilnærmet", "proxy";

    // Liquidity.
    Liquidity: "Likviditet, med tilfældige udsving", "Liquidity, with chance";
    WorstYear: "Værste år", "Worst year";
    InWorstYear: "I værste år", "In worst year";
    DeepestDeficit: "Dybeste samlede underskud", "Deepest cumulative deficit";

    // What it rests on.
    RestsOn: "Hvad resultatet bygger mest på", "What the result rests on most";
    Assumption: "Forudsætning", "Assumption";
    ShareOfUncertainty: "Andel af usikkerhed", "Share of uncertainty";
    MoreIs: "Højere værdi er", "A higher value is";
    Better: "bedre", "better";
    Worse: "værre", "worse";
    NoDirection: "–", "–";
    Grade: "Karakter", "Grade";
    ApprovedByOwner: "Godkendt", "Approved";
    Yes: "ja", "yes";
    No: "nej", "no";
    NotDefined: "ikke defineret", "not defined";
    OperatorTooUncertain: "Ingen fast sum kan holde regionen inden for grænsen og samtidig kommunerne fri for både tab og gevinst: usikkerheden er større end grænsen. En betaling, der følger den faktiske udgift, kan.", "No fixed sum can keep the region within its limit and the municipalities from both loss and profit: the uncertainty is larger than the limit. A payment that follows actual cost can.";
    RestOfUncertainty: "Andre forudsætninger, samspil og trin i kapaciteten", "Other assumptions, interplay and steps of capacity";
    NoSingleOne: "Ingen enkelt forudsætning skiller sig ud fra beregningsfejlen.", "No single assumption stands out from the calculation error.";

    // Levels that move, and health.
    Health: "Borgere efter niveau, og sundhed", "Citizens by level, and health";
    Level: "Niveau", "Level";
    MoreAlive: "Flere i live", "More alive";
    QalyOfYear: "Kvalitetsjusterede leveår (QALY)", "Quality-adjusted life years (QALY)";
    QalySaves: "Det koster ikke det offentlige mere, så en pris pr. QALY giver ikke mening.", "It does not cost the public more, so a price per QALY has no meaning.";
    QalyLoses: "Aftalen giver færre QALY, så der er ingen pris pr. QALY.", "The agreement gives fewer QALYs, so there is no price per QALY.";
    QalyUncertain: "Prisen pr. QALY vises ikke: intervallet for gevinsten går hen over 0.", "The price per QALY is not shown: the interval of the gain crosses 0.";

    // Horizons.
    OtherHorizons: "Vurderingen på flere horisonter", "The verdict at several horizons";
    NotDearer: "koster ikke mere i", "does not cost more in";
    ShortIfCompensated: "i balance med kompensation", "in balance with compensation";
    ShortUnbalanced: "ikke i balance", "not in balance";

    // Comparisons.
    NothingDiffers: "Der er ingen forskel.", "Nothing differs.";
    WhatDiffers: "Hvad der er forskelligt", "What differs";
    ActingTogether: "ændringerne tilsammen, og tabeller", "changes acting together, and tables";
    BLessA: "B minus A", "B less A";
    MovesNothing: " (flytter ingen kroner)", " (moves no kroner)";
    CountedElsewhere: " (kan ikke stå alene; tælles med andre)", " (cannot stand alone; counted with others)";

    // Explanations.
    Contribution: "Bidrag", "Contribution";
    Formula: "Formler", "Formulas";
    FormulaNote: "Hver linje er vægt × forudsætninger. Vægten samler det, der ikke er usikkert: personer, tempo, priser.", "Each line is weight × assumptions. The weight gathers what is not uncertain: persons, pace, prices.";
    RestsOnThese: "Forudsætninger, kilder og steder", "Assumptions, sources and places";
    UnchangedPractice: "Uændret praksis", "Unchanged practice";
    Interaction: "Samspil mellem mekanismer", "Interaction of mechanisms";
    Release: "Kapacitet, der lukkes eller åbnes", "Capacity that is closed or opened";
    Backfill: "Genopfyldning", "Backfill";
    World: "verdenen", "the world";

    // Beside.
    Beside: "Vises ved siden af, lægges ikke til", "Shown beside, never added";
    FreedCapacity: "frigjort kapacitet, der ikke er lukket", "freed capacity that is not closed";
    DoubleRunning: "dobbeltdrift", "double running";
    GpIncome: "Honorarindtægt", "Fee income";
    GpResource: "Ressourceforbrug", "Resource use";
    GpUnits: "Ydelser", "Units";
    Definition: "Definition", "Definition";
    Answer: "Svar", "Answer";
    Figure: "Tal", "Figure";
    PerYearRule: "Hvert år for sig", "Each year by itself";
    ExpectedRule: "Middelværdien", "The mean";
    EqualSplitRule: "Lige deling af gevinst eller tab kræver", "An equal split of gain or loss takes";
    ProportionalRule: "Regionens andel af gevinsten minus dens andel af byrden", "The region's share of gain minus its share of burden";
    ShapleyRule: "Shapley-deling kræver", "A Shapley split takes";

    // Portfolios.
    InForce: "I kraft", "In force";
    Proposed: "Foreslået", "Proposed";
    NothingInForce: "ingen", "none";
    EachAndAll: "Hver aftale for sig og alle tilsammen", "Each agreement by itself and all together";
    AgreementColumn: "Aftale", "Agreement";
    RegionColumn: "Regionen", "The region";
    MunicipalitiesColumn: "Kommunerne", "The municipalities";
    GpColumn: "Almen praksis", "General practice";
    SocietyColumn: "Samfundet", "Society";
    ThePortfolio: "Porteføljen", "The portfolio";
    AlreadyInForce: "Aftaler i kraft", "Agreements in force";
    InteractionLine: "Samspil (tilhører ingen aftale)", "Interaction (belongs to no agreement)";
    HoldsInRow: "holder i", "holds in";
    RunningAccount: "Løbende regnskab for porteføljen", "Running account of the portfolio";
    InvestsAndGains: "Hvem investerer, og hvem vinder", "Who invests, and who gains";
    InvestsColumn: "Indfasning", "Phase-in";
    OperationColumn: "Drift", "Operation";
    PaidBackColumn: "Tjent hjem", "Paid back";
    NotWithinYears: "ikke i de viste år", "not in the years shown";
    SkipToText: "Spring til teksten", "Skip to the text";
    Contents: "Indhold", "Contents";
    NothingToPayBack: "intet at tjene hjem", "nothing to pay back";
}

impl From<Outcome> for Term {
    fn from(outcome: Outcome) -> Term {
        match outcome {
            Outcome::NotClarified => Term::NotClarified,
            Outcome::Balanced => Term::Balanced,
            Outcome::BalancedIfCompensated => Term::BalancedIfCompensated,
            Outcome::Undecided => Term::Undecided,
            Outcome::Unbalanced => Term::Unbalanced,
        }
    }
}

impl From<Standing> for Term {
    fn from(standing: Standing) -> Term {
        match standing {
            Standing::Holds => Term::StandsHolds,
            Standing::Burdened => Term::StandsBurdened,
            Standing::Undecided => Term::StandsUndecided,
            Standing::Profits => Term::StandsProfits,
            Standing::Loses => Term::StandsLoses,
            Standing::TooSmall => Term::StandsTooSmall,
            Standing::Shown => Term::StandsShown,
        }
    }
}

impl From<Likelihood> for Term {
    fn from(likelihood: Likelihood) -> Term {
        match likelihood {
            Likelihood::VeryLikely => Term::VeryLikely,
            Likelihood::Likely => Term::Likely,
            Likelihood::Even => Term::Even,
            Likelihood::LessLikely => Term::LessLikely,
            Likelihood::Unlikely => Term::Unlikely,
        }
    }
}

impl From<Status> for Term {
    fn from(status: Status) -> Term {
        match status {
            Status::Draft => Term::Draft,
            Status::Provisional => Term::Provisional,
            Status::Approved => Term::Approved,
        }
    }
}

impl From<AfterPeriod> for Term {
    fn from(after: AfterPeriod) -> Term {
        match after {
            AfterPeriod::Ends => Term::Ends,
            AfterPeriod::ContinuesWithSettlement => Term::ContinuesWithSettlement,
            AfterPeriod::ContinuesWithout => Term::ContinuesWithout,
        }
    }
}

impl Term {
    /// What is reported beside; `None` for cash, which is never beside.
    pub fn beside(class: CashClass) -> Option<Term> {
        match class {
            CashClass::Cash => None,
            CashClass::FreedCapacity => Some(Term::FreedCapacity),
            CashClass::DoubleRunning => Some(Term::DoubleRunning),
        }
    }

    /// Whether a parameter's owner has approved it.
    pub fn approval(owner: Option<Party>, approved: bool) -> Term {
        match (owner, approved) {
            (None, _) => Term::NoDirection,
            (Some(_), true) => Term::Yes,
            (Some(_), false) => Term::No,
        }
    }
}
