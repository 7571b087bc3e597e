//! Words of the table on the validation status of the model (AdViSHE).
//!
//! The items are named in our own words, in the order of the tool (P. Vemer and others,
//! *AdViSHE: A Validation-Assessment Tool of Health-Economic Models for Decision Makers and Model
//! Users*, PharmacoEconomics 34 (2016) 349–361, doi:10.1007/s40273-015-0327-2).

use super::Language;
pub use super::accountability::Both;

/// Title of the two tables.
pub const CHECKLISTS: Both = Both("Tjeklister", "Checklists");
/// Heading and sheet.
pub const ADVISHE: Both = Both("AdViSHE", "AdViSHE");
/// Caption.
pub const CAPTION: Both = Both(
    "Hvordan modellen er efterprøvet (AdViSHE, Vemer m.fl. 2016, doi:10.1007/s40273-015-0327-2, 13 punkter i egne ord). »Programmet« er den version, der står i bilagets fod, og dens egne automatiske prøver; »scenariet« er denne aftales tal. »Ikke oplyst« er en blank.",
    "How the model has been tried (AdViSHE, Vemer and others 2016, doi:10.1007/s40273-015-0327-2, 13 items in our own words). “The program” is the version named in the annex's footer and its own automatic tests; “the scenario” is this agreement's figures. “Not stated” is a blank.",
);

/// Part and item, in order.
pub const ITEMS: [(Both, Both); 13] = [
    (CONCEPT, Both("fagfolks vurdering", "judged by experts")),
    (CONCEPT, Both("mod andre modeller", "against other models")),
    (DATA, Both("fagfolks vurdering", "judged by experts")),
    (DATA, Both("tilpasning til data", "fit to data")),
    (CODE, Both("ekstern gennemgang", "external review")),
    (CODE, Both("yderværdier", "extreme values")),
    (
        CODE,
        Both("forløb fulgt enkeltvis", "single courses traced"),
    ),
    (CODE, Both("prøver af enkeltdele", "tests of single parts")),
    (RESULT, Both("fagfolks vurdering", "judged by experts")),
    (
        RESULT,
        Both(
            "mod andre modellers resultater",
            "against other models' results",
        ),
    ),
    (RESULT, Both("med andre inddata", "with other input data")),
    (RESULT, Both("mod virkelige tal", "against real data")),
    (OTHER, Both("andre prøver", "other checks")),
];

const CONCEPT: Both = Both("Begrebsmodel", "Conceptual model");
const DATA: Both = Both("Inddata", "Input data");
const CODE: Both = Both("Program", "Computer program");
const RESULT: Both = Both("Resultater", "Results");
const OTHER: Both = Both("Andet", "Other");

/// No entry of the log.
pub const NO_REVIEW: Both = Both(
    "ikke oplyst: scenariets log over gennemgang er tom",
    "not stated: the scenario's review log is empty",
);
/// The log does not say which.
pub const LOG: Both = Both(
    "Scenariets log over gennemgang (den siger ikke, hvilket punkt den gælder): ",
    "The scenario's review log (it does not say which item it concerns): ",
);
/// No other model.
pub const NO_OTHER_MODEL: Both = Both(
    "ikke oplyst: ingen sammenligning med en anden model af denne aftale er registreret",
    "not stated: no comparison with another model of this agreement is recorded",
);
/// Other models of a kind.
pub const PEERS: Both = Both(
    "Programmet: et eksempel med kendt eksakt svar genfindes, og en uafhængig beregning person for person giver det samme. Scenariet: ikke oplyst",
    "The program: an example with a known exact answer is reproduced, and an independent person-by-person calculation gives the same. The scenario: not stated",
);
/// Fit.
pub const NO_FIT: Both = Both(
    "ikke relevant, fordi modellen ikke er tilpasset data: dens tal er angivet med kilde og karakter",
    "not relevant, because the model is not fitted to data: its figures are stated with source and grade",
);
/// Review of the code.
pub const NO_CODE_REVIEW: Both = Both(
    "ikke oplyst: ingen ekstern gennemgang af programmet er registreret",
    "not stated: no external review of the program is recorded",
);
/// Extremes.
pub const EXTREMES: Both = Both(
    "Programmet: prøver ved grænserne (ingen deltagelse, ingen effekt, nul priser, ugyldige filer). Scenariet: ikke oplyst",
    "The program: tests at the limits (no uptake, no effect, prices of zero, invalid files). The scenario: not stated",
);
/// Traces.
pub const TRACES: Both = Both(
    "Programmet: hvert tal kan følges til formel, forudsætninger og kilder med kommandoen explain, og regnskabet kan lægges sammen linje for linje (ledger.csv)",
    "The program: every figure can be traced to formula, parameters and sources by the command explain, and the accounts added up line by line (ledger.csv)",
);
/// Units.
pub const UNITS: Both = Both(
    "Programmet: enkelte dele prøves mod tal regnet i hånden og mod uafhængige beregninger ved hver ændring",
    "The program: single parts are tested against figures worked by hand and independent calculations at every change",
);
/// Other inputs.
pub const OTHER_INPUT: Both = Both(
    "Programmet: tilfældigt dannede scenarier skal opfylde de samme regnskabsregler. Scenariet: ikke oplyst (kommandoen compare viser, hvad ændrede forudsætninger giver)",
    "The program: randomly made scenarios must satisfy the same rules of account. The scenario: not stated (the command compare shows what changed parameters give)",
);
/// Reality.
pub const NO_REALITY: Both = Both(
    "ikke oplyst: resultatet er ikke holdt op mod virkelige tal",
    "not stated: the result has not been held against real data",
);
/// Reality later.
pub const FOLLOWED: Both = Both(
    "ikke oplyst endnu: monitoring.csv har båndene, som virkelige tal kan holdes op mod (kommandoen follow)",
    "not stated yet: monitoring.csv has the bands that real counts can be held against (the command follow)",
);
/// Other.
pub const REPRODUCED: Both = Both(
    "Programmet: samme inddata og samme frø giver de samme filer til sidste byte, uanset tråde og processor",
    "The program: the same input and the same seed give the same files to the last byte, whatever the threads and the processor",
);
/// Graded input.
pub const GRADED: Both = Both(
    "Hver forudsætning har kilde, karakter og ejer; fagfolks vurdering af dem",
    "Each parameter has a source, a grade and an owner; experts' judgement of them",
);
/// Who recommends.
pub fn recommended(language: Language, by: &str) -> String {
    match language {
        Language::Da => format!("Løsningen anbefales af {by}; vurdering af modellen: "),
        Language::En => format!("The solution is recommended by {by}; judgement of the model: "),
    }
}
