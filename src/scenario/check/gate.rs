//! What is not *klarlagt*: the blanks, in the words of the trade.
//!
//! A blank is no fault. The parties may publish a draft with open questions; it gets no verdict,
//! and the open questions are listed instead. All wording stands here.

use crate::model::{Party, Words};

/// Something the parties have not settled.
#[derive(Debug, Clone, Copy)]
pub enum Missing<'a> {
    /// The professional solution, or one part of it.
    Clinical(&'static str),
    AfterPeriod,
    Regulation,
    SettlementLegalBasis,
    Investment,
    Uptake(&'a Words),
    Eligible(&'a Words),
    MaxPersons(&'a Words),
    Ramp(&'a Words),
    Start(&'a Words),
    RateRatio(&'a Words),
    Attenuation(&'a Words),
    Move(&'a str),
    Utility(&'a str),
    TransitionRatio(&'a Words),
    ShiftShare(&'a Words),
    ShiftUnits(&'a Words, &'a Words),
    Quantity(&'a Words),
    Capacity(&'a Words),
    OperatorCost(&'a Words, Party),
    Amount(&'a Words),
    /// Of an investment.
    InvestAmount(&'a Words),
    /// Of something that costs without being paid from one party to another.
    Cost(&'a Words),
    Misread(&'a Words),
    Heterogeneity(&'a Words),
    LegalBasis(&'a Words),
    Backfill(&'a Words),
    Volume(&'a Words),
    UnitCost(&'a Words, Party),
    CostShare(&'a Words),
    Payer(&'a Words),
    Release(&'a Words),
    Rate(&'a Words),
    Trend(&'a Words),
    Prevalence(&'a Words),
    Transfer {
        service: &'a Words,
        payer: Party,
        producer: Party,
        year: i32,
    },
    Places(&'a Words),
    Occupancy(&'a Words),
    PlaceCost(&'a Words),
    Supply(&'a Words),
    HoursPerUnit(&'a Words),
    Realised(&'a Words),
    SharedShare(&'a Words),
    CostKey(&'a Words),
    Source(&'a Words),
    Owner(&'a Words),
    Figure(&'a Words),
}

impl Missing<'_> {
    /// The item of the gate, and the sentence for readers.
    pub fn words(self) -> (&'static str, Words) {
        use Missing as M;
        let (item, da, en) = match self {
            M::Clinical(part) => {
                let (da, en) = clinical(part);
                (
                    "clinical",
                    format!("Den faglige løsning: {da}"),
                    format!("The professional solution: {en}"),
                )
            }
            M::AfterPeriod => both(
                "after_period",
                "Hvad der sker med opgaver og betaling efter aftalens periode",
                "What happens to tasks and payment after the agreement's period",
            ),
            M::Regulation => both(
                "regulation",
                "Hvordan betalingen reguleres, når aktiviteten ændrer sig",
                "How payment is regulated when activity changes",
            ),
            M::SettlementLegalBasis => both(
                "legal_basis",
                "Hjemlen for afregningen",
                "The legal basis of the settlement",
            ),
            M::Investment => both(
                "investment",
                "Hvilke investeringer aftalen kræver (eller at der ingen er)",
                "Which investments the agreement needs (or that there are none)",
            ),
            M::Uptake(of) => about("uptake", "Optag", "Uptake", of),
            M::Eligible(of) => about("eligible", "Andel egnede", "Share eligible", of),
            M::MaxPersons(of) => about("max_persons", "Højeste antal borgere", "Most persons", of),
            M::Ramp(of) => about("ramp", "Indfasningens tempo", "Pace of phasing in", of),
            M::Start(of) => about("start", "Startdato", "Start date", of),
            M::RateRatio(of) => about("effect", "Effekten", "The effect", of),
            M::Move(group) => (
                "transition",
                format!("Sandsynlighed for at skifte niveau i gruppen {group}"),
                format!("Probability of moving between levels in the group {group}"),
            ),
            M::Utility(group) => (
                "utility",
                format!("Helbredsrelateret livskvalitet i gruppen {group}"),
                format!("Health-state utility in the group {group}"),
            ),
            M::TransitionRatio(of) => about(
                "transition_ratio",
                "Hvor meget sandsynligheden for at skifte niveau ændres",
                "How much the probability of moving between levels changes",
                of,
            ),
            M::Attenuation(of) => about(
                "effect",
                "Effekten i almindelig drift",
                "The effect in ordinary operation",
                of,
            ),
            M::ShiftShare(of) => about("volume", "Andel der flyttes", "Share that moves", of),
            M::ShiftUnits(of, to) => (
                "volume",
                format!("Omfanget hos modtageren af {}: {}", of.da, to.da),
                format!("The volume at the receiver of {}: {}", of.en, to.en),
            ),
            M::Quantity(of) => about("volume", "Omfanget", "The volume", of),
            M::Capacity(of) => about(
                "capacity",
                "Om kapaciteten findes i forvejen",
                "Whether the capacity stands already",
                of,
            ),
            M::OperatorCost(of, party) | M::UnitCost(of, party) => (
                "unit_cost",
                format!("Enhedsomkostningen hos {}: {}", danish(party), of.da),
                format!("The unit cost at {}: {}", english(party), of.en),
            ),
            M::Misread(of) => about(
                "classification",
                "Hvor sikkert niveauet bestemmes",
                "How surely the level is found",
                of,
            ),
            M::Heterogeneity(of) => about(
                "selection",
                "Hvor forskelligt borgerne bruger ydelsen",
                "How differently citizens use the service",
                of,
            ),
            M::Amount(of) => about("amount", "Beløbet", "The amount", of),
            M::InvestAmount(of) => about("investment", "Beløbet", "The amount", of),
            M::Cost(of) => about("cost", "Beløbet", "The amount", of),
            M::LegalBasis(of) => about(
                "legal_basis",
                "Hjemlen for betalingen",
                "The legal basis of the payment",
                of,
            ),
            M::Backfill(of) => about("backfill", "Genopfyldning", "Backfill", of),
            M::Volume(of) => about(
                "volume",
                "Aktiviteten i målgruppen i dag",
                "Today's activity in the target group",
                of,
            ),
            M::CostShare(of) => about(
                "unit_cost",
                "Den variable del af omkostningen",
                "The variable share of the cost",
                of,
            ),
            M::Payer(of) => about("payer", "Hvem der betaler", "Who pays", of),
            M::Release(of) => about(
                "release",
                "Hvornår kapacitet frigøres",
                "When capacity is released",
                of,
            ),
            M::Rate(of) => about("volume", "Raten", "The rate", of),
            M::Trend(of) => about("volume", "Udviklingen", "The trend", of),
            M::Prevalence(of) => about("volume", "Forekomsten", "The prevalence", of),
            M::Transfer {
                service,
                payer,
                producer,
                year,
            } => (
                "transfer",
                format!(
                    "Afregning fra {} til {} for {} (fra {year})",
                    danish(payer),
                    danish(producer),
                    service.da
                ),
                format!(
                    "Settlement from {} to {} for {} (from {year})",
                    english(payer),
                    english(producer),
                    service.en
                ),
            ),
            M::Places(of) => about("capacity", "Antal pladser", "Number of places", of),
            M::Occupancy(of) => about("capacity", "Højeste belægning", "Highest occupancy", of),
            M::PlaceCost(of) => about(
                "unit_cost",
                "Omkostningen ved en plads, også når den står tom",
                "The cost of a place, also when empty",
                of,
            ),
            M::Supply(of) => about(
                "capacity",
                "Hvor mange timer der er",
                "How many hours there are",
                of,
            ),
            M::HoursPerUnit(of) => about("capacity", "Timer pr. enhed", "Hours for a unit", of),
            M::Realised(of) => about(
                "amount",
                "Hvor stor en del af den sparede tid der bliver en budgetreduktion",
                "What share of the saved time becomes a budget reduction",
                of,
            ),
            M::SharedShare(of) => about(
                "amount",
                "Hvor meget der ikke skal bruges to gange",
                "How much is not needed twice",
                of,
            ),
            M::CostKey(of) => about(
                "regulation",
                "Nøglen for den fælles udgift",
                "The key of the joint cost",
                of,
            ),
            M::Source(of) => about(
                "source",
                "Kilden til tallet",
                "The source of the figure",
                of,
            ),
            M::Owner(of) => about("owner", "Hvem tallet binder", "Whom the figure binds", of),
            M::Figure(of) => about(
                "figure",
                "Tallet er ikke kendt",
                "The figure is not known",
                of,
            ),
        };
        (item, Words { da, en })
    }
}

fn both(item: &'static str, da: &str, en: &str) -> (&'static str, String, String) {
    (item, da.to_owned(), en.to_owned())
}

fn about(item: &'static str, da: &str, en: &str, of: &Words) -> (&'static str, String, String) {
    (item, format!("{da}: {}", of.da), format!("{en}: {}", of.en))
}

fn clinical(part: &str) -> (&'static str, &'static str) {
    match part {
        "what" => ("hvad der gøres", "what is done"),
        "why" => ("hvorfor", "why"),
        "evidence" => ("evidensens styrke", "strength of the evidence"),
        "recommended_by" => ("hvem der anbefaler den", "who recommends it"),
        _ => ("hele blokken", "the whole block"),
    }
}

fn danish(party: Party) -> &'static str {
    match party {
        Party::Region => "regionen",
        Party::Municipality => "kommunen",
        Party::Gp => "almen praksis",
        Party::State => "staten",
        Party::Citizen => "borgeren",
        Party::CivilSociety => "civilsamfundet",
    }
}

fn english(party: Party) -> &'static str {
    match party {
        Party::Region => "the region",
        Party::Municipality => "the municipality",
        Party::Gp => "general practice",
        Party::State => "the state",
        Party::Citizen => "the citizen",
        Party::CivilSociety => "civil society",
    }
}
