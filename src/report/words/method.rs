//! Words of the method annex: what the model does in plain words, and its equations by number.
//!
//! Numbers are fixed: an equation keeps its own whichever others a run uses, so that papers and
//! explanations may refer to it.

use super::Language;
pub use super::accountability::Both;

/// One equation.
#[derive(Debug, Clone, Copy)]
pub struct Equation {
    /// Number, as in `M-4`.
    pub id: u8,
    /// Name.
    pub name: Both,
    /// In plain text; [`formula`] tells its words in the reader's language.
    pub formula: &'static str,
    /// What it says.
    pub says: Both,
}

const fn equation(id: u8, name: Both, formula: &'static str, says: Both) -> Equation {
    Equation {
        id,
        name,
        formula,
        says,
    }
}

/// Title.
pub const TITLE: Both = Both("Metode", "Method");
/// Heading.
pub const PLAINLY: Both = Both("Modellen i almindelige ord", "The model in plain words");
/// Heading.
pub const EQUATIONS: Both = Both("Formler i denne beregning", "Equations of this calculation");
/// Heading.
pub const LAWS: Both = Both(
    "Fordelinger i denne beregning",
    "Distributions of this calculation",
);
/// Column.
pub const FORMULA: Both = Both("Formel", "Formula");
/// Column.
pub const MEANING: Both = Both("Hvad den siger", "What it says");
/// Column.
pub const USED_BY: Both = Both("Bruges af", "Used by");
/// Column.
pub const EQUATION: Both = Both("Formel nr.", "Equation no.");
/// After the first few.
pub const AND_OTHERS: Both = Both(" m.fl.", " and others");
/// Every run.
pub const ALWAYS: Both = Both("alle beregninger", "every calculation");
/// Caption.
pub const CAPTION: Both = Both(
    "Kun formler, som denne aftale og verdenen omkring den bruger. Numrene er faste på tværs af beregninger. κ er dækket andel, V volumen, t år, m kommune, d diskonteringsfaktor, E middelværdi, P sandsynlighed, Φ og φ normalfordelingens fordelings- og tæthedsfunktion.",
    "Only equations that this agreement and the world around it use. Numbers are the same in every calculation. κ is the covered share, V volume, t year, m municipality, d discount factor, E expectation, P probability, Φ and φ the normal distribution and density.",
);
/// Caption.
pub const LAWS_CAPTION: Both = Both(
    "Hvordan usikre forudsætninger er fordelt, og hvor mange der er fordelt sådan. Hver trækkes ved sin omvendte fordelingsfunktion i lagdelte tilfældige tal.",
    "How uncertain parameters are distributed, and how many are. Each is drawn by its inverse distribution function at stratified random numbers.",
);
/// Column.
pub const LAW: Both = Both("Fordeling", "Distribution");
/// Column.
pub const PARAMETERS: Both = Both("Forudsætninger", "Parameters");

// ---- activity ---------------------------------------------------------------------------------

/// Volume.
pub const VOLUME: Equation = equation(
    1,
    Both("Volumen", "Volume"),
    "V = Σ_a persons(m,a,t) · share(a) · rate · level · age(a) · municipality(m) · (1 + trend)^(t − t0)",
    Both(
        "Hvor mange ydelser en målgruppe bruger i en kommune i et år, som hidtil.",
        "How many units a group uses in a municipality in a year, as hitherto.",
    ),
);
/// Coverage.
pub const COVERAGE: Equation = equation(
    2,
    Both("Dækning", "Coverage"),
    "κ = uptake · eligible · pace(t) · r",
    Both(
        "Andelen, som tilbuddet når: optag × egnede × gennemsnitligt tempo i årets måneder × rationering, hvor noget er knapt (ellers r = 1).",
        "The share that the offer reaches: uptake × eligible × mean pace over the months of the year × rationing where something is short (else r = 1).",
    ),
);
/// Effect.
pub const EFFECT: Equation = equation(
    3,
    Both("Effekt", "Effect"),
    "avoided_k = V · f_k,  f_k = κ · a · (1 − RR) · Π_{j<k} (1 − f_j)",
    Both(
        "Ydelser, der undgås: den dækkede andel af dem, som tidligere mekanismer har ladet tilbage, gange faldet. RR er forholdet mellem hyppigheder, a dæmpning.",
        "Units avoided: the covered share of those that earlier mechanisms left, times the fall. RR is the ratio of rates, a attenuation.",
    ),
);
/// Shift.
pub const SHIFT: Equation = equation(
    4,
    Both("Flytning", "Shift"),
    "moved = V · κ · share · Π_{j<k} (1 − f_j),  V'_to = V_to + moved · units",
    Both(
        "Ydelser, der flyttes, og hvad hver bliver til der, hvor den flyttes hen.",
        "Units that move, and what each becomes where it goes.",
    ),
);
/// Provide per person-year.
pub const PROVIDE_YEAR: Equation = equation(
    5,
    Both("Tilbud pr. person og år", "Provision per person-year"),
    "units = persons · κ · q",
    Both(
        "Hvad hver, der er dækket et år, får.",
        "What each person covered for a year gets.",
    ),
);
/// Provide per new person.
pub const PROVIDE_NEW: Equation = equation(
    6,
    Both("Tilbud pr. ny person", "Provision per new person"),
    "units = persons · max(0, κ_t − κ_(t−1)) · q",
    Both("Hvad hver ny får en gang.", "What each newcomer gets once."),
);
/// Provide per event.
pub const PROVIDE_EVENT: Equation = equation(
    7,
    Both("Tilbud pr. hændelse", "Provision per event"),
    "units = κ · V_remaining · q",
    Both(
        "Hvad hver hændelse hos de dækkede udløser.",
        "What each event among the covered gives rise to.",
    ),
);
/// Past use.
pub const PICKED: Equation = equation(
    8,
    Both("Udvalgt efter tidligere forbrug", "Picked by past use"),
    "S = P(N ≥ c),  W = E[λ; N ≥ c] / μ,  λ ~ Gamma(a), N ~ Poisson(λ)",
    Both(
        "Andelen af personerne og af næste års hændelser hos dem, der havde mindst c hændelser sidste år.",
        "The share of persons, and of next year's events, of those with at least c events last year.",
    ),
);
/// Assigned levels.
pub const ASSIGNED: Equation = equation(
    9,
    Both("Tildelt niveau", "Assigned level"),
    "share(level) = Σ_true P(assigned | true) · share(true)",
    Both(
        "Hvem der nås, når niveauet aflæses med fejl.",
        "Who is reached where the level is read with error.",
    ),
);
/// Level dynamics.
pub const DYNAMICS: Equation = equation(
    10,
    Both("Niveauer over tid", "Levels over time"),
    "s_t = k_t · s_(t−1) · M + i_t · q",
    Both(
        "Hvordan en gruppe fordeler sig på niveauer: flytninger M, tilgang q.",
        "How a group is spread over levels: moves M, newcomers q.",
    ),
);
/// Transition.
pub const TRANSITION: Equation = equation(
    11,
    Both("Ændrede flytninger", "Changed moves"),
    "p' = p · (1 − κ · a · (1 − ratio))",
    Both(
        "Hvad aftalen gør ved flytningerne mellem niveauer.",
        "What the agreement does to moves between levels.",
    ),
);
/// Drift.
pub const DRIFT: Equation = equation(
    12,
    Both("Stille opgaveflytning", "Quiet shift of tasks"),
    "gone = max(0, 1 − (1 + g)^(t − t0)),  V'_to = V_to + V · gone · units",
    Both(
        "En udvikling, som sker med og uden aftalen.",
        "A development with and without the agreement.",
    ),
);
/// Places and staff.
pub const LIMITS: Equation = equation(
    13,
    Both("Pladser og personale", "Places and staff"),
    "r = min(1, L / D(r)),  L = places · days · occupancy or L = hours",
    Both(
        "Rationering, så ingen får mere, end der er plads og hænder til.",
        "Rationing, so that nobody gets more than there are places and hands for.",
    ),
);

// ---- kroner -----------------------------------------------------------------------------------

/// Variable cost.
pub const COST: Equation = equation(
    20,
    Both("Udgift ved en ændring", "Cost of a change"),
    "ΔC = v · c · ΔV",
    Both(
        "Den variable andel v af enhedsprisen c følger aktiviteten med det samme; den faste del flytter sig ikke.",
        "The variable share v of the unit cost c follows activity at once; the fixed part does not move.",
    ),
);
/// Steps of capacity.
pub const STEPS: Equation = equation(
    21,
    Both("Trin i kapaciteten", "Steps of capacity"),
    "need = ceil(E V / step + φ0);  surplus_t = surplus_(t−1) · (1 − closing)",
    Both(
        "Den halvfaste del følger hele enheder; kapacitet stiger straks og lukkes først, når behovet har været lavere i nogen tid.",
        "The semi-fixed part follows whole units; capacity rises at once and closes only when need has been lower for some time.",
    ),
);
/// Backfill.
pub const BACKFILL: Equation = equation(
    22,
    Both("Genopfyldning", "Backfill"),
    "refilled = share · freed",
    Both(
        "Frigjort plads, som andre patienter tager; den koster og kan ikke lukkes.",
        "Freed room that other patients take; it costs and cannot close.",
    ),
);
/// Operation.
pub const OPERATE: Equation = equation(
    23,
    Both("Ny driftsansvarlig", "Another operator"),
    "cost(operator) = V · c_operator · pace",
    Both(
        "Den, der overtager driften, bærer sin egen enhedspris; den tidligeres falder efter M-20 og M-21.",
        "Whoever takes over operation bears its own unit cost; the earlier one's falls by M-20 and M-21.",
    ),
);
/// Investment.
pub const INVEST: Equation = equation(
    24,
    Both("Indfasning og faste udgifter", "Phase-in and fixed costs"),
    "cost(m,t) = amount · key(m) or amount · persons",
    Both(
        "Beløb én gang, hvert år eller pr. person, delt efter nøgle.",
        "Amounts once, each year or per person, divided by a key.",
    ),
);
/// Places' cost.
pub const PLACES: Equation = equation(
    25,
    Both("Udgift til pladser", "Cost of places"),
    "cost = places · price",
    Both("Brugt eller ej.", "Used or not."),
);
/// Agency staff.
pub const STAFF: Equation = equation(
    26,
    Both("Vikarer", "Agency staff"),
    "cost = max(0, hours − supply) · price · premium",
    Both(
        "Timer, der mangler og købes.",
        "Hours that are missing and bought.",
    ),
);
/// Saved time.
pub const SAVED: Equation = equation(
    27,
    Both("Sparet tid", "Saved time"),
    "saving = persons · hours · price · share",
    Both(
        "Kun den realiserede andel er kroner; resten vises ved siden af.",
        "Only the realised share is kroner; the rest is shown beside.",
    ),
);
/// Joint operation.
pub const JOINT: Equation = equation(
    28,
    Both("Fælles drift", "Joint operation"),
    "C = F1 + F2 − s · min(F1, F2) + V1 + V2",
    Both(
        "To faste udgifter, hvoraf en del af den mindste spares.",
        "Two fixed costs, of which part of the smaller is saved.",
    ),
);

// ---- payments ---------------------------------------------------------------------------------

/// Per unit.
pub const PER_UNIT: Equation = equation(
    40,
    Both("Betaling pr. enhed", "Payment per unit"),
    "paid = units · price",
    Both(
        "To posteringer med modsat fortegn.",
        "Two postings of opposite sign.",
    ),
);
/// Per covered person-year.
pub const PER_PERSON: Equation = equation(
    41,
    Both(
        "Betaling pr. dækket person og år",
        "Payment per covered person-year",
    ),
    "paid = persons · κ · amount",
    Both(
        "Følger dækningen, ikke aktiviteten.",
        "Follows coverage, not activity.",
    ),
);
/// Actual cost.
pub const ACTUAL: Equation = equation(
    42,
    Both("Faktisk udgift", "Actual cost"),
    "paid = cost · (1 + overhead)",
    Both(
        "Hvad det har kostet, med tillæg.",
        "What it has cost, with an overhead.",
    ),
);
/// Tariff share.
pub const TARIFF: Equation = equation(
    43,
    Both("Andel af takst", "Share of a tariff"),
    "paid = min(cap, Δunits · tariff · share(age))",
    Both(
        "Kun forskellen mellem de to forløb bogføres.",
        "Only the difference between the two courses is booked.",
    ),
);
/// GP fee.
pub const FEE: Equation = equation(
    44,
    Both("Honorar i almen praksis", "Fee of general practice"),
    "paid = Δunits · fee",
    Both(
        "Fra region til almen praksis.",
        "From the region to general practice.",
    ),
);
/// Lump sum.
pub const LUMP: Equation = equation(
    45,
    Both("Fast beløb", "Lump sum"),
    "paid(m,t) = amount · key(m)",
    Both("Uafhængigt af aktiviteten.", "Whatever the activity."),
);
/// Return by population.
pub const RETURN: Equation = equation(
    46,
    Both("Tilbageføring efter folketal", "Return by population"),
    "returned(m) = Σ paid · persons(m) / Σ persons",
    Both(
        "Hvad der er betalt, delt igen.",
        "What was paid, divided again.",
    ),
);
/// Ceiling.
pub const CEILING: Equation = equation(
    47,
    Both("Loft", "Ceiling"),
    "returned = b · max(0, X − c)",
    Both(
        "Af det betalte X over loftet c.",
        "Of what was paid, X, above the ceiling c.",
    ),
);
/// Pool.
pub const POOL: Equation = equation(
    48,
    Both("Pulje", "Pool"),
    "ΔC(payer) = share · (ΔC1 + ΔC2)",
    Both(
        "Begge siders ændring deles.",
        "Both sides' change is divided.",
    ),
);
/// Gain share.
pub const GAIN: Equation = equation(
    49,
    Both("Deling af gevinst", "Gain share"),
    "paid = k · S,  S = C − V ≥ margin · C",
    Both(
        "Af det, der er sparet mod det ventede, når det når en margin.",
        "Of what is saved against the expected, once it reaches a margin.",
    ),
);
/// Corridor.
pub const CORRIDOR: Equation = equation(
    50,
    Both("Korridor", "Corridor"),
    "paid = s · (max(0, X − T − w) − max(0, T − w − X))",
    Both(
        "Kun det, der falder uden for båndet om målet T.",
        "Only what falls outside the band about the target T.",
    ),
);
/// Fund.
pub const FUND: Equation = equation(
    51,
    Both("Fond", "Fund"),
    "paid = min(cap, Σ share · X)",
    Both("Til fonden er tom.", "Until the fund is empty."),
);
/// Availability.
pub const AVAILABILITY: Equation = equation(
    52,
    Both("Beredskab", "Availability"),
    "paid = p · max(0, capacity − V)",
    Both(
        "For det, der står klar uden at bruges.",
        "For what stands ready unused.",
    ),
);
/// Suspense.
pub const SUSPENSE: Equation = equation(
    53,
    Both("Uafklaret udgift", "Unsettled cost"),
    "paid(t) = acting · C,  returned(t + lag) = settled · C",
    Both("Den, der handler, lægger ud.", "Whoever acts pays first."),
);
/// Steps of criteria.
pub const CRITERIA: Equation = equation(
    54,
    Both("Trin efter kriterier", "Steps by criteria"),
    "paid = pool · share(number),  P(met) = Φ(z)",
    Both(
        "Efter hvor mange kriterier der er opfyldt.",
        "By how many criteria are met.",
    ),
);
/// Need sum.
pub const NEED: Equation = equation(
    55,
    Both("Beløb efter behov", "Sum by need"),
    "paid(m) = amount · weight(m) / Σ weight",
    Both("Uafhængigt af aktiviteten.", "Whatever the activity."),
);
/// Course tariff.
pub const COURSE: Equation = equation(
    56,
    Both("Takst for et forløb", "Tariff of a course"),
    "paid = share · E min(cost, cap),  cost ~ Gamma",
    Both(
        "Middelværdien af det, loftet lader tilbage.",
        "The mean of what the cap leaves.",
    ),
);
/// Expectation of a bend.
pub const BEND: Equation = equation(
    57,
    Both(
        "Middelværdi af en regel med knæk",
        "Expectation of a rule with a bend",
    ),
    "E max(0, X − c) = (μ − c) · Φ(z) + σ · φ(z),  z = (μ − c) / σ",
    Both(
        "Udsving alene udløser betaling; forskellen til reglen på det ventede vises.",
        "Fluctuation alone gives rise to payment; the difference to the rule on the expected is shown.",
    ),
);

// ---- result -----------------------------------------------------------------------------------

/// X.
pub const X: Equation = equation(
    70,
    Both("Resultat for en part", "Result of an account"),
    "X = −Σ_t d_t · ΔB_t,  d_t = Π 1 / (1 + rate)",
    Both(
        "Nutidsværdien af budgetvirkningen ΔB, hvor positivt er bedre stillet. I tabellerne er fortegnet vendt: + er merudgift.",
        "The present value of the budget effect ΔB, positive being better off. In tables the sign is turned: + is extra expenditure.",
    ),
);
/// Society.
pub const SOCIETY: Equation = equation(
    71,
    Both("Samfund", "Society"),
    "G = Σ X(resources),  Σ transfers = 0",
    Both(
        "Betalinger mellem parter går ud.",
        "Payments between parties cancel.",
    ),
);
/// Probability.
pub const HOLDS: Equation = equation(
    72,
    Both("Vurdering", "Assessment"),
    "P(X_region ≥ −τ) ≥ π and P(X_municipalities ≥ −τ) ≥ π",
    Both(
        "Hvor ofte parten højst taber grænsen τ. P kendes med et interval, der gælder, hver gang der ses efter.",
        "How often the party loses at most the limit τ. P is known with an interval valid at every look.",
    ),
);
/// No loss, no profit.
pub const NO_PROFIT: Equation = equation(
    73,
    Both("Hverken tab eller gevinst", "No loss, no profit"),
    "P(|Y_operator| ≤ τ) ≥ π",
    Both(
        "For den, der driver for andre.",
        "For whoever operates for others.",
    ),
);
/// T*.
pub const PRICE: Equation = equation(
    74,
    Both("Kompensation", "Compensation"),
    "T* = min |T|:  P(X_region − T ≥ −τ) ≥ π and P(X_municipalities + T ≥ −τ) ≥ π",
    Both(
        "Fundet på trækningerne selv.",
        "Found on the draws themselves.",
    ),
);
/// Chance.
pub const CHANCE: Equation = equation(
    75,
    Both("Tilfældige udsving", "Chance"),
    "Var(chance) = E (X1 − X2)² / 2",
    Both(
        "To udfald af hver trækning skiller udsving fra uvidenhed.",
        "Two outcomes of each draw tell fluctuation from ignorance.",
    ),
);
/// Importance.
pub const IMPORTANCE: Equation = equation(
    76,
    Both("Betydning af en forudsætning", "Importance of a parameter"),
    "S_i = Var(E[X | p_i]) / Var(X)",
    Both(
        "Andelen af usikkerheden, som forudsætningen alene forklarer.",
        "The share of uncertainty that the parameter alone explains.",
    ),
);
/// Band.
pub const BAND: Equation = equation(
    77,
    Both("Opfølgningsbånd", "Monitoring band"),
    "year / 4 ∓ z · √(dispersion · year / 4 + (σ_parameters / 4)²)",
    Both(
        "Hvert femte kvartal falder udenfor, når alt går som aftalt.",
        "One quarter in five falls outside when all goes as agreed.",
    ),
);
/// QALY.
pub const QALY: Equation = equation(
    78,
    Both("Kvalitetsjusterede leveår", "Quality-adjusted life years"),
    "Q = Σ_t d_t · Δpersons(level) · utility(level)",
    Both(
        "Indgår ikke i vurderingen.",
        "Does not enter the assessment.",
    ),
);

// ---- symbols ----------------------------------------------------------------------------------

/// Symbols of the formulas that are words, in English and Danish.
const SYMBOLS: [(&str, &str); 63] = [
    ("acting", "handlende"),
    ("age", "alder"),
    ("amount", "beløb"),
    ("and", "og"),
    ("assigned", "tildelt"),
    ("avoided", "undgået"),
    ("cap", "loft"),
    ("capacity", "kapacitet"),
    ("chance", "tilfældighed"),
    ("closing", "lukning"),
    ("cost", "udgift"),
    ("days", "dage"),
    ("dispersion", "spredning"),
    ("eligible", "egnede"),
    ("fee", "honorar"),
    ("freed", "frigjort"),
    ("gone", "væk"),
    ("hours", "timer"),
    ("key", "nøgle"),
    ("lag", "forsinkelse"),
    ("level", "niveau"),
    ("margin", "margen"),
    ("met", "opfyldt"),
    ("moved", "flyttet"),
    ("municipalities", "kommuner"),
    ("municipality", "kommune"),
    ("need", "behov"),
    ("number", "antal"),
    ("occupancy", "belægning"),
    ("operator", "driftsansvarlig"),
    ("or", "eller"),
    ("overhead", "tillæg"),
    ("pace", "tempo"),
    ("paid", "betalt"),
    ("parameters", "forudsætninger"),
    ("payer", "betaler"),
    ("persons", "personer"),
    ("places", "pladser"),
    ("pool", "pulje"),
    ("premium", "tillæg"),
    ("price", "pris"),
    ("rate", "hyppighed"),
    ("ratio", "forhold"),
    ("refilled", "genopfyldt"),
    ("remaining", "rest"),
    ("resources", "ressourcer"),
    ("returned", "tilbageført"),
    ("saving", "besparelse"),
    ("settled", "afklaret"),
    ("share", "andel"),
    ("step", "trin"),
    ("supply", "udbud"),
    ("surplus", "overskud"),
    ("tariff", "takst"),
    ("to", "til"),
    ("transfers", "betalinger"),
    ("trend", "tendens"),
    ("true", "sand"),
    ("units", "enheder"),
    ("uptake", "optag"),
    ("utility", "nytte"),
    ("weight", "vægt"),
    ("year", "år"),
];

/// The formula with its symbols in the reader's language.
pub fn formula(language: Language, of: &Equation) -> String {
    if language == Language::En {
        return of.formula.to_owned();
    }
    let danish = |word: &str| {
        let known = SYMBOLS.iter().find(|(english, _)| *english == word);
        known.map_or(word.to_owned(), |(_, danish)| (*danish).to_owned())
    };
    let mut text = String::new();
    let mut word = String::new();
    for c in of.formula.chars() {
        match c.is_ascii_alphabetic() {
            true => word.push(c),
            false => {
                text.push_str(&danish(&std::mem::take(&mut word)));
                text.push(c);
            }
        }
    }
    text.push_str(&danish(&word));
    text
}

// ---- distributions ----------------------------------------------------------------------------

/// A family that is none of the others.
pub const OTHER_FAMILY: &str = "other";

/// Families, by the names that their descriptions begin with.
pub const FAMILIES: [&str; 10] = [
    "normal",
    "lognormal",
    "gamma",
    "beta",
    "PERT",
    "triangular",
    "uniform",
    "three points",
    "empirical",
    OTHER_FAMILY,
];

/// A family's name.
pub fn family(language: Language, key: &str) -> String {
    let both = match key {
        "normal" => Both("normal", "normal"),
        "lognormal" => Both("lognormal", "lognormal"),
        "gamma" => Both("gamma", "gamma"),
        "beta" => Both("beta", "beta"),
        "PERT" => Both(
            "PERT (beta efter mindste, typiske og største)",
            "PERT (beta by least, typical and largest)",
        ),
        "triangular" => Both("trekant", "triangular"),
        "uniform" => Both("lige sandsynlig i et spænd", "uniform"),
        "three points" => Both(
            "tre punkter (nedre, midterste, øvre)",
            "three points (low, middle, high)",
        ),
        "empirical" => Both("observerede værdier", "observed values"),
        _ => Both("andre", "others"),
    };
    both.text(language)
}

// ---- in plain words ---------------------------------------------------------------------------

/// What a run is told of in plain words.
pub struct Plain<'a> {
    /// Title of the agreement.
    pub title: &'a str,
    /// Title of the world.
    pub world: &'a str,
    /// Its municipalities.
    pub municipalities: &'a str,
    /// Comparator.
    pub comparator: &'a str,
    /// Period of the verdict.
    pub horizon: (i32, i32),
    /// Price level.
    pub price_level: i32,
    /// Discounting in words.
    pub discount: &'a str,
    /// Calculations.
    pub times: &'a str,
    /// Parameters.
    pub parameters: &'a str,
    /// Those drawn.
    pub uncertain: &'a str,
    /// Limit of confidence, in per cent.
    pub confidence: &'a str,
}

/// Subheading and paragraph, in order.
pub fn plain(language: Language, run: &Plain) -> Vec<(String, String)> {
    let both: [(Both, String); 8] = match language {
        Language::Da => plain_danish(run),
        Language::En => plain_english(run),
    };
    both.into_iter()
        .map(|(heading, text)| (heading.text(language), text))
        .collect()
}

const COMPARED: Both = Both("Hvad der sammenlignes", "What is compared");
const WHO_GETS: Both = Both("Hvem der får hvad", "Who gets what");
const TO_KRONER: Both = Both("Fra aktivitet til kroner", "From activity to kroner");
const ROOM: Both = Both("Kapacitet og tid", "Capacity and time");
const PAYING: Both = Both("Hvem der betaler", "Who pays");
const SURE: Both = Both("Hvor sikkert det er", "How sure it is");
const JUDGED: Both = Both("Hvordan der vurderes", "How it is judged");
const NOT_IN: Both = Both("Hvad modellen ikke kan", "What the model cannot do");

fn plain_danish(run: &Plain) -> [(Both, String); 8] {
    let (from, to) = run.horizon;
    [
        (
            COMPARED,
            format!(
                "Beregningen gælder »{}« i {} med {} kommuner. Den følger to forløb år for år: ét med aftalen og ét uden ({}). Befolkningen bliver ældre, og lovgivningen gælder, i begge forløb. Det, der vises, er forskellen mellem dem. De to forløb får de samme tilfældige udsving, så forskellen skyldes aftalen og ikke tilfældet.",
                run.title, run.world, run.municipalities, run.comparator
            ),
        ),
        (
            WHO_GETS,
            "Først beregnes, hvor mange ydelser hver målgruppe i hver kommune ville bruge uden aftalen: antal personer, gange hvor ofte de bruger ydelsen. Derefter, hvor stor en del aftalen når: ikke alle er egnede, ikke alle siger ja, og det tager tid at komme i gang. Kun hos dem, der nås, ændres noget. Virker flere tiltag på de samme ydelser, tager hvert sin del af det, de forrige har ladet tilbage, så den samme indlæggelse ikke spares to gange.".to_owned(),
        ),
        (
            TO_KRONER,
            format!(
                "En ydelse, der ikke længere leveres, sparer ikke hele sin pris. En del følger aktiviteten med det samme (medicin, mad, vagter). En del følger først, når en hel enhed kan lukkes eller må åbnes (et sengeafsnit, en stilling). Resten flytter sig ikke. Alle priser er i {}-niveau.",
                run.price_level
            ),
        ),
        (
            ROOM,
            "Kapacitet bygges op, når behovet stiger, men lukkes først, når behovet har været lavere i nogen tid. I mellemtiden betales der for begge dele. Plads, der bliver fri, kan fyldes af andre patienter; så er gevinsten kortere ventetid og ikke kroner. Frigjort tid og kapacitet, der ikke er lukket, lægges aldrig til kronerne, men vises ved siden af.".to_owned(),
        ),
        (
            PAYING,
            "Hver ydelse har en, der leverer den, en, der betaler, og en, der ejer udgiften, og det kan skifte undervejs. Betalinger mellem parterne føres altid to gange med modsat fortegn, så de går ud, når parterne lægges sammen. Derfor kan en aftale være god for samfundet og dårlig for en part, og omvendt.".to_owned(),
        ),
        (
            SURE,
            format!(
                "Beregningen bygger på {} forudsætninger; {} af dem er usikre og er angivet med et spænd i stedet for ét tal. Hele beregningen er gentaget {} gange, hver gang med nye værdier trukket inden for spændene. »8 ud af 10 beregninger« betyder, at det gik sådan i otte tiendedele af gentagelserne. Dertil kommer rene udsving: i en lille kommune kan nogle få indlæggelser mere eller mindre vende et år. De vises for sig, fordi mere viden ikke kan fjerne dem. Tal vises kun med de cifre, som gentagelserne kan bære.",
                run.parameters, run.uncertain, run.times
            ),
        ),
        (
            JUDGED,
            format!(
                "Parterne har på forhånd skrevet ned, hvad de kalder balance. Resultatet er lagt sammen over {from}–{to}, så tidlige kroner tæller mere end sene ({}). En part holder, når den i mindst {} procent af beregningerne højst taber den aftalte grænse. Holder en side ikke, undersøges, om en betaling mellem parterne kan rette det, og hvor stor den mindst skal være. Er det ikke til at afgøre på dagens viden, står der det.",
                run.discount, run.confidence
            ),
        ),
        (
            NOT_IN,
            "Modellen siger, hvad der følger af forudsætningerne, ikke om de er rigtige. Den regner ikke sundhed om til kroner, følger ikke den enkelte borger og fordeler årets aktivitet jævnt over årets måneder. Den kender kun de virkninger, som aftalen angiver. Hvad der er antaget, hvem der har godkendt det, og hvad der mangler, står i tabellerne over forudsætninger.".to_owned(),
        ),
    ]
}

fn plain_english(run: &Plain) -> [(Both, String); 8] {
    let (from, to) = run.horizon;
    [
        (
            COMPARED,
            format!(
                "The calculation concerns “{}” in {} with {} municipalities. It follows two courses year by year: one with the agreement and one without ({}). The population ages, and the law applies, in both. What is shown is the difference between them. Both courses meet the same fluctuations, so the difference is due to the agreement and not to chance.",
                run.title, run.world, run.municipalities, run.comparator
            ),
        ),
        (
            WHO_GETS,
            "First, how many units each group in each municipality would use without the agreement: persons times how often they use the service. Then, how large a part the agreement reaches: not everybody is eligible, not everybody says yes, and starting takes time. Only among those reached does anything change. Where several measures act on the same units, each takes its part of what the earlier ones left, so that one admission is not saved twice.".to_owned(),
        ),
        (
            TO_KRONER,
            format!(
                "A unit that is no longer delivered does not save its whole price. Part follows activity at once (drugs, meals, shifts). Part follows only when a whole unit can close or must open (a ward, a post). The rest does not move. All prices are at the level of {}.",
                run.price_level
            ),
        ),
        (
            ROOM,
            "Capacity is built when need rises, and closes only when need has been lower for some time. Meanwhile both are paid for. Room that is freed may be taken by other patients; then the gain is shorter waiting and not kroner. Freed time and capacity that is not closed are never added to the kroner, but shown beside.".to_owned(),
        ),
        (
            PAYING,
            "Each service has one who delivers it, one who pays and one who owns the cost, and that may change on the way. Payments between the parties are always booked twice with opposite signs, so they cancel when the parties are added up. An agreement may therefore be good for society and bad for a party, and the other way round.".to_owned(),
        ),
        (
            SURE,
            format!(
                "The calculation rests on {} parameters; {} of them are uncertain and stated as a range instead of one figure. The whole calculation is repeated {} times, each time with new values drawn within the ranges. “8 out of 10 calculations” means that it went so in eight tenths of them. On top comes pure chance: in a small municipality a few admissions more or fewer can turn a year. It is shown by itself, because more knowledge cannot remove it. Figures are shown only with the digits that the repetitions can bear.",
                run.parameters, run.uncertain, run.times
            ),
        ),
        (
            JUDGED,
            format!(
                "The parties have written down beforehand what they call balance. The result is added up over {from}–{to}, early kroner counting more than late ones ({}). A party holds when in at least {} per cent of the calculations it loses at most the agreed limit. Where a side does not hold, it is examined whether a payment between the parties can mend it, and how large it must at least be. Where it cannot be decided on today's knowledge, that is said.",
                run.discount, run.confidence
            ),
        ),
        (
            NOT_IN,
            "The model says what follows from the assumptions, not whether they are right. It does not turn health into kroner, follow single citizens or know seasons: a year's activity is spread evenly over its months. It knows only the effects that the agreement states. What is assumed, who has approved it and what is missing stands in the tables of assumptions.".to_owned(),
        ),
    ]
}
