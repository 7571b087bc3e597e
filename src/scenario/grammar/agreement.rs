//! The agreement: only what the parties may change.

use super::ExactlyOne;
use super::capacity;
use super::dynamics::{DIRICHLETS, TRANSITION};
use super::parameter::{CORRELATIONS, PARAMETERS};
use super::targeting::{PILOT, REALLOCATE, ROUTING, SELECTION, UNIT};
use super::transfer::TRANSFER;
use super::{KEY, Keys, PARTY, Record, Shape, YEARS, gate, optional, required, slot};
use crate::units::Unit;

const COMMON_TOML: &str = "Version of this grammar: 1.";

/// `agreement.toml`.
pub static AGREEMENT: Record = Record {
    name: "agreement",
    doc: "A draft agreement: coverage, mechanisms, settlement. Everything else is the world's.",
    fields: &[
        required("schema", Shape::Whole(1, 1), COMMON_TOML),
        required("kind", Shape::Choice(&["agreement"]), "\"agreement\"."),
        required(
            "world",
            Shape::Path,
            "The world it is compared with, a file or its folder.",
        ),
        required(
            "balance",
            Shape::Path,
            "The balance principle both sides have signed.",
        ),
        optional(
            "extends",
            Shape::Path,
            "An agreement whose keys hold where this says nothing.",
        ),
        required("title", Shape::Words, "Title for readers."),
        required(
            "status",
            Shape::Choice(&["draft", "provisional", "approved"]),
            "How far approval has come.",
        ),
        required("question", Shape::Words, "The decision the agreement puts."),
        required(
            "comparator",
            Shape::Words,
            "What it is compared with, in words.",
        ),
        required(
            "period",
            Shape::Record(&YEARS),
            "First and last year of the agreement.",
        ),
        required(
            "horizon",
            Shape::Whole(1, 100),
            "Years shown from the first start year.",
        ),
        gate(
            "after_period",
            Shape::Choice(&["ends", "continues_with_settlement", "continues_without"]),
            "What happens to activity and payments after the period.",
        ),
        gate(
            "clinical",
            Shape::Section(&CLINICAL),
            "The professional solution comes first.",
        ),
        optional(
            "case",
            Shape::Section(&CASE),
            "Case number, date and version of the paper.",
        ),
        optional(
            "reporting",
            Shape::Section(&REPORTING),
            "What a reader of an economic evaluation asks about those who made it.",
        ),
        optional(
            "roles",
            Shape::Section(&ROLES),
            "Who stands behind the paper.",
        ),
        gate(
            "settlement",
            Shape::Section(&SETTLEMENT),
            "How payment follows activity.",
        ),
        optional(
            "coverage",
            Shape::Map(Keys::Id, &Shape::Section(&COVERAGE)),
            "Who takes part, how many, from when.",
        ),
        optional(
            "effect",
            Shape::Items(&EFFECT, Some("name")),
            "Rate ratios among the covered.",
        ),
        optional(
            "shift",
            Shape::Items(&SHIFT, Some("name")),
            "Units that move elsewhere.",
        ),
        optional(
            "provide",
            Shape::Items(&PROVIDE, Some("name")),
            "New units.",
        ),
        optional(
            "operate",
            Shape::Items(&OPERATE, Some("name")),
            "Another operator.",
        ),
        optional(
            "backfill",
            Shape::Items(&BACKFILL, Some("service")),
            "Freed units filled again.",
        ),
        optional(
            "release",
            Shape::Items(&RELEASE_PLAN, Some("service")),
            "Plans to close capacity; they replace the world's rule.",
        ),
        optional(
            "invest",
            Shape::Items(&INVEST, Some("name")),
            "Amounts spent on resources.",
        ),
        optional(
            "transfer",
            Shape::Items(&TRANSFER, Some("name")),
            "Payments agreed.",
        ),
        optional(
            "frame",
            Shape::Section(&super::FRAME),
            "Frames for extra expenditure a year, by party.",
        ),
        optional(
            "indicator",
            Shape::Items(&INDICATOR, Some("id")),
            "What is followed.",
        ),
        optional(
            "places",
            Shape::Items(&capacity::PLACES, Some("name")),
            "Places, with their cost when empty.",
        ),
        optional(
            "workforce",
            Shape::Items(&capacity::WORKFORCE, Some("name")),
            "Staff hours that there are.",
        ),
        optional(
            "saved_time",
            Shape::Items(&capacity::SAVED_TIME, Some("name")),
            "Staff time saved.",
        ),
        optional(
            "joint_operation",
            Shape::Items(&capacity::JOINT_OPERATION, Some("name")),
            "Two parties under one roof.",
        ),
        optional(
            "break_even",
            Shape::Items(&capacity::BREAK_EVEN, Some("name")),
            "Break-even volumes to report.",
        ),
        optional(
            "leon",
            Shape::Items(&capacity::LEON, Some("task")),
            "Tasks and who could do them.",
        ),
        optional(
            "triple_aim",
            Shape::Section(&capacity::TRIPLE_AIM),
            "Health, experience and cost.",
        ),
        optional(
            "staying_out",
            Shape::List(&Shape::Text),
            "Municipalities of which is shown what staying outside gives them and costs the others.",
        ),
        optional(
            "follows",
            Shape::List(&Shape::Text),
            "Indicators of the world's register that are followed, by id.",
        ),
        optional(
            "goal",
            Shape::Map(Keys::Id, &Shape::Record(&TARGET)),
            "What an indicator shall reach, by its id.",
        ),
        optional(
            "safety",
            Shape::Section(&SAFETY),
            "The limit of safety that comes before any economy.",
        ),
        optional(
            "review",
            Shape::Items(&REVIEW, None),
            "Who has checked what.",
        ),
        optional(
            "follow_up",
            Shape::Section(&FOLLOW_UP),
            "When it is measured, by whom, and what makes the parties talk again.",
        ),
        optional(
            "routing",
            Shape::Map(Keys::Id, &Shape::Section(&ROUTING)),
            "Offers that together route every level exactly once.",
        ),
        optional(
            "reallocate",
            Shape::Items(&REALLOCATE, Some("name")),
            "Hours that move between coverages.",
        ),
        optional(
            "detect",
            Shape::Items(&super::DETECT, Some("name")),
            "Diagnoses newly made.",
        ),
        optional(
            "pilot",
            Shape::Section(&PILOT),
            "The trial it is, or would be, tried in.",
        ),
        optional(
            "unit",
            Shape::Section(&UNIT),
            "A small unit with a budget of its own.",
        ),
        optional("parameter", PARAMETERS, "The figures."),
        optional("correlation", CORRELATIONS, "Figures that move together."),
        optional("dirichlet", DIRICHLETS, "Shares estimated together."),
        optional(
            "transition",
            Shape::Items(&TRANSITION, Some("name")),
            "Ratios on moves between need levels.",
        ),
        optional(
            "variant",
            Shape::Map(Keys::Id, &Shape::Section(&AGREEMENT)),
            "Keys that replace the ones above when the variant is run.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static SAFETY: Record = Record {
    name: "safety",
    doc: "How often it may go wrong; a limit that does not surely hold blocks the headline.",
    fields: &[
        required("what", Shape::Words, "What may go wrong."),
        required(
            "failure_rate",
            slot(&[Unit::Share]),
            "How often it does: a law, not a formula.",
        ),
        required("margin", Shape::Fraction, "How often it may."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static REVIEW: Record = Record {
    name: "review",
    doc: "One entry of the review log.",
    fields: &[
        required("what", Shape::Text, "What was checked."),
        required("who", Shape::Text, "By whom."),
        required("when", Shape::Date, "When: a year or a month."),
        required("result", Shape::Text, "With what result."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static CASE: Record = Record {
    name: "case",
    doc: "What the paper is filed under; what is left out is printed as a blank.",
    fields: &[
        optional("number", Shape::Text, "Number of the case."),
        optional("date", Shape::Day, "Date of the paper, as \"2026-11-27\"."),
        optional("version", Shape::Text, "Version of the draft."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static REPORTING: Record = Record {
    name: "reporting",
    doc: "Plan, involvement, funding and interests (CHEERS 2022); what is left out is printed as a blank.",
    fields: &[
        optional(
            "plan",
            Shape::Text,
            "Where the plan of analysis stands that was fixed before the figures were known.",
        ),
        optional(
            "consulted",
            Shape::Words,
            "Which citizens, staff and others were asked, and how.",
        ),
        optional("changed", Shape::Words, "What their answers changed."),
        optional("funding", Shape::Words, "Who paid for the calculation."),
        optional(
            "interests",
            Shape::Words,
            "What those who made it have at stake.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static FOLLOW_UP: Record = Record {
    name: "follow_up",
    doc: "The follow-up that the parties have agreed; what is left out is printed as not agreed.",
    fields: &[
        optional(
            "dates",
            Shape::List(&Shape::Day),
            "Days on which the indicators are measured, in order.",
        ),
        optional("responsible", Shape::Text, "Who measures and reports."),
        optional(
            "gain_owner",
            Shape::Text,
            "Who sees to it that the expected gain comes.",
        ),
        optional(
            "quarters_outside",
            Shape::Whole(1, 12),
            "Quarters in a row outside the band after which the agreement is discussed again.",
        ),
        optional(
            "trigger",
            Shape::Words,
            "What else makes the parties discuss it again, in words.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static TARGET: Record = Record {
    name: "goal",
    doc: "A change against unchanged practice, and the year in which it shall be there.",
    fields: &[
        required(
            "change",
            Shape::Number,
            "Share of unchanged practice: -0.10 is ten percent fewer.",
        ),
        required("by_year", Shape::Year, "The year."),
        required("source", Shape::Text, "Who has set the goal, and where."),
    ],
    exactly_one: &[],
};

/// The eight national goals for the health service.
pub const NATIONAL_GOALS: [&str; 8] = [
    "sammenhaengende_forloeb",
    "kronikere_og_aeldre",
    "overlevelse_og_sikkerhed",
    "hoej_kvalitet",
    "hurtig_udredning",
    "patientinddragelse",
    "sunde_leveaar",
    "effektivt_sundhedsvaesen",
];

/// The four visions of the health agreement.
pub const VISIONS: [&str; 4] = [
    "sammenhaeng_og_tryghed",
    "paa_borgerens_praemisser",
    "naert_og_tilgaengeligt",
    "i_balance",
];

/// See its `doc`.
pub static CLINICAL: Record = Record {
    name: "clinical",
    doc: "The professional solution.",
    fields: &[
        gate("what", Shape::Words, "What is done."),
        gate("why", Shape::Words, "Why."),
        gate("evidence", Shape::Text, "Strength of the evidence."),
        gate("recommended_by", Shape::Text, "Who recommends it."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static ROLES: Record = Record {
    name: "roles",
    doc: "Roles behind the paper.",
    fields: &[
        optional("commissioner", Shape::Text, "Who asked."),
        optional("analyst", Shape::Text, "Who computed."),
        optional("assurer", Shape::Text, "Who checked."),
        optional("approver", Shape::Text, "Who approved."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static SETTLEMENT: Record = Record {
    name: "settlement",
    doc: "How payment follows when activity changes.",
    fields: &[
        gate("regulation", Shape::Words, "The rule in words."),
        gate(
            "legal_basis",
            Shape::Text,
            "The law or contract it rests on.",
        ),
        gate(
            "investment",
            Shape::Choice(&["none", "listed"]),
            "\"none\", or listed as [[invest]]; silence is a blank.",
        ),
    ],
    exactly_one: &[],
};

const LEVELS: Shape = Shape::List(&Shape::Whole(1, 99));

const START: Shape = Shape::Map(
    Keys::Municipality,
    &Shape::Either(&[Shape::Date, Shape::Choice(&["none"])]),
);

/// See its `doc`.
pub static COVERAGE: Record = Record {
    name: "coverage",
    doc: "A covered part of one or more groups.",
    fields: &[
        optional("label", Shape::Words, "Name for readers."),
        optional("group", Shape::Text, "The group."),
        optional(
            "groups",
            Shape::List(&Shape::Text),
            "The groups, if several.",
        ),
        optional("levels", LEVELS, "Need levels; default all."),
        gate(
            "uptake",
            slot(&[Unit::Share]),
            "Share of the eligible who take part.",
        ),
        optional(
            "eligible",
            slot(&[Unit::Share]),
            "Share who are eligible; default all.",
        ),
        gate(
            "ramp",
            Shape::Record(&RAMP),
            "How participation grows after the start.",
        ),
        gate(
            "start",
            START,
            "First month by municipality: default, names or codes; \"none\".",
        ),
        optional(
            "max_persons",
            slot(&[Unit::Persons]),
            "Most persons in the whole world.",
        ),
        optional(
            "limited_by",
            capacity::LIMITED_BY,
            "Places and workforces of this agreement it cannot exceed.",
        ),
        optional(
            "vacancy",
            Shape::Record(&capacity::VACANCY),
            "Posts that stand empty at the start.",
        ),
        optional(
            "sub_agreement",
            Shape::Record(&SUB_AGREEMENT),
            "A sub-agreement it presupposes.",
        ),
        optional(
            "selection",
            Shape::Section(&SELECTION),
            "Picks by use in the year before the start.",
        ),
        optional(
            "classified_by",
            Shape::Text,
            "A classification of the world: `levels` are then the levels it assigns.",
        ),
    ],
    exactly_one: &[ExactlyOne {
        keys: &["group", "groups"],
        gate: false,
    }],
};

/// See its `doc`.
pub static RAMP: Record = Record {
    name: "ramp",
    doc: "Pace of phasing in.",
    fields: &[
        optional("step", Shape::Record(&NOTHING), "Full from the first day."),
        optional(
            "linear",
            Shape::Record(&RAMP_YEARS),
            "Linear over so many years.",
        ),
        optional(
            "s_curve",
            Shape::Record(&RAMP_YEARS),
            "S-shaped over so many years.",
        ),
        optional(
            "table",
            Shape::List(&Shape::Fraction),
            "Share reached, year by year.",
        ),
        optional(
            "competence",
            Shape::Record(&capacity::COMPETENCE),
            "Share of posts that are trained.",
        ),
    ],
    exactly_one: &[ExactlyOne {
        keys: &["step", "linear", "s_curve", "table", "competence"],
        gate: true,
    }],
};

/// See its `doc`.
pub static NOTHING: Record = Record {
    name: "step",
    doc: "Full from the first day.",
    fields: &[],
    exactly_one: &[],
};

/// See its `doc`.
pub static RAMP_YEARS: Record = Record {
    name: "ramp years",
    doc: "Length of the ramp.",
    fields: &[required(
        "years",
        Shape::Positive,
        "Years from start to full.",
    )],
    exactly_one: &[],
};

/// See its `doc`.
pub static SUB_AGREEMENT: Record = Record {
    name: "sub_agreement",
    doc: "A sub-agreement that new tasks for general practice presuppose.",
    fields: &[
        optional(
            "status",
            Shape::Choice(&["none", "pending", "signed"]),
            "none: coverage is 0; pending: computed as if signed, and said so.",
        ),
        optional("reference", Shape::Text, "Where it can be read."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static EFFECT: Record = Record {
    name: "effect",
    doc: "A rate ratio on a service among the covered.",
    fields: &[
        required("name", Shape::Id, "Its name: a line of the waterfall."),
        optional("label", Shape::Words, "Name for readers."),
        required("coverage", Shape::Text, "Among whom."),
        required("service", Shape::Text, "On which service."),
        gate(
            "rate_ratio",
            slot(&[Unit::Ratio]),
            "Rate with ÷ rate without.",
        ),
        optional(
            "attenuation",
            slot(&[Unit::Share, Unit::Ratio]),
            "Share of a trial's effect kept in ordinary operation; default all.",
        ),
        optional(
            "lag_months",
            Shape::Whole(0, 1200),
            "Months from coverage to effect.",
        ),
        optional(
            "decay",
            Shape::Fraction,
            "Share of the effect lost each year.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static SHIFT: Record = Record {
    name: "shift",
    doc: "A share of a service's units moves; one unit becomes units elsewhere.",
    fields: &[
        required("name", Shape::Id, "Its name: a line of the waterfall."),
        optional("label", Shape::Words, "Name for readers."),
        required("coverage", Shape::Text, "Among whom."),
        required("from", Shape::Text, "The service that gives."),
        gate(
            "share",
            slot(&[Unit::Share]),
            "Share of its units that moves.",
        ),
        optional(
            "at_most",
            slot(&[Unit::Share]),
            "Never more than this share, whatever `share` is drawn.",
        ),
        optional(
            "fallback",
            slot(&[Unit::Share]),
            "Share of the moved units that come back all the same.",
        ),
        required(
            "to",
            Shape::List(&Shape::Record(&SHIFT_TO)),
            "What one unit becomes.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static SHIFT_TO: Record = Record {
    name: "shift.to",
    doc: "Units of a receiving service for one unit moved.",
    fields: &[
        required("service", Shape::Text, "The service that receives."),
        gate(
            "units",
            slot(&[Unit::UnitsPerUnit, Unit::Ratio]),
            "Units for one unit moved.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static PROVIDE: Record = Record {
    name: "provide",
    doc: "New units per covered person or per event.",
    fields: &[
        required("name", Shape::Id, "Its name: a line of the waterfall."),
        optional("label", Shape::Words, "Name for readers."),
        required("coverage", Shape::Text, "To whom."),
        required("service", Shape::Text, "What is provided."),
        optional(
            "per_person_year",
            slot(&[Unit::UnitsPerPersonYear, Unit::Hours]),
            "Units per covered person and year.",
        ),
        optional(
            "per_new_person",
            slot(&[Unit::UnitsPerPerson, Unit::Hours]),
            "Units per person newly covered.",
        ),
        optional(
            "per_event",
            Shape::Record(&PER_EVENT),
            "Units per event that remains.",
        ),
    ],
    exactly_one: &[ExactlyOne {
        keys: &["per_person_year", "per_new_person", "per_event"],
        gate: true,
    }],
};

/// See its `doc`.
pub static PER_EVENT: Record = Record {
    name: "per_event",
    doc: "Units per event of another service.",
    fields: &[
        required("service", Shape::Text, "The event."),
        gate(
            "units",
            slot(&[Unit::UnitsPerUnit, Unit::Ratio, Unit::Hours]),
            "Units per event.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static OPERATE: Record = Record {
    name: "operate",
    doc: "Another operator for a service, from and to a year.",
    fields: &[
        required("name", Shape::Id, "Its name: a line of the waterfall."),
        optional("label", Shape::Words, "Name for readers."),
        required("service", Shape::Text, "The service."),
        required("operator", PARTY, "Who operates it under the agreement."),
        required("from", Shape::Year, "First year."),
        required("to", Shape::Year, "Last year."),
        gate(
            "unit_cost",
            slot(&[Unit::KrPerUnit]),
            "The operator's cost of one unit.",
        ),
        optional(
            "participates",
            START,
            "First month by municipality; default all from `from`.",
        ),
        gate(
            "capacity",
            Shape::Choice(&["not_built", "standing"]),
            "Would the counterfactual operator have had to build, or does it stand?",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static BACKFILL: Record = Record {
    name: "backfill",
    doc: "Freed units that are filled again by others.",
    fields: &[
        required("service", Shape::Text, "The service."),
        gate("share", slot(&[Unit::Share]), "Share of freed units."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static RELEASE_PLAN: Record = Record {
    name: "release plan",
    doc: "A capacity rule that replaces the world's.",
    fields: &[
        required("service", Shape::Text, "The service."),
        gate(
            "step",
            Shape::Positive,
            "Units a year that one step of capacity stands for.",
        ),
        optional(
            "lasting_years",
            Shape::Whole(1, 100),
            "Years a fall must last; default 1.",
        ),
        optional(
            "lag_years",
            Shape::Whole(0, 100),
            "Years from closing to the end of cost.",
        ),
        optional(
            "closing",
            Shape::Fraction,
            "Share of surplus cost that ends each year.",
        ),
        optional(
            "phase",
            Shape::Either(&[Shape::Choice(&["uncertain"]), slot(&[Unit::Share])]),
            "How full the last step is: \"uncertain\", or a share.",
        ),
        optional(
            "site",
            Shape::Choice(&["party", "municipality"]),
            "Default party.",
        ),
        optional("source", Shape::Text, "Source of the rule."),
        optional("grade", super::GRADE, "Its grade."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static INVEST: Record = Record {
    name: "invest",
    doc: "Resources bought: training, equipment, a system.",
    fields: &[
        required("name", Shape::Id, "Its name: a line of the waterfall."),
        optional("label", Shape::Words, "Name for readers."),
        required("party", PARTY, "Who buys."),
        required(
            "phase",
            Shape::Choice(&["phase_in", "operation"]),
            "Once, or ordinary operation.",
        ),
        gate(
            "amount",
            slot(&[
                Unit::Kr,
                Unit::KrPerYear,
                Unit::KrPerPerson,
                Unit::KrPerPersonYear,
            ]),
            "Kroner: kr in one year, kr_per_year, kr_per_person or kr_per_person_year.",
        ),
        optional("year", Shape::Year, "The whole amount in this year."),
        optional(
            "years",
            Shape::Record(&YEARS),
            "The amount each of these years.",
        ),
        optional(
            "per_new_person",
            Shape::Text,
            "For each person newly covered by this coverage.",
        ),
        optional(
            "per_person_year",
            Shape::Text,
            "For each covered person and year.",
        ),
        optional("key", KEY, "How municipalities share; default population."),
        optional(
            "arm",
            Shape::Choice(&["agreement", "counterfactual"]),
            "Default agreement.",
        ),
        optional(
            "recipients",
            Shape::List(&Shape::Text),
            "Municipalities that share it; default the participating.",
        ),
    ],
    exactly_one: &[ExactlyOne {
        keys: &["year", "years", "per_new_person", "per_person_year"],
        gate: false,
    }],
};

/// See its `doc`.
pub static INDICATOR: Record = Record {
    name: "indicator",
    doc: "Something that is followed.",
    fields: &[
        required("id", Shape::Id, "Its name."),
        optional("label", Shape::Words, "Name for readers."),
        optional("service", Shape::Text, "Units of this service."),
        optional(
            "services",
            Shape::List(&Shape::Text),
            "Or units of these services, added together.",
        ),
        optional(
            "groups",
            Shape::List(&Shape::Text),
            "In these groups; default all.",
        ),
        optional("levels", LEVELS, "At these need levels; default all."),
        optional("goal", Shape::Text, "The national goal it belongs to."),
        optional(
            "tag",
            Shape::Choice(&["modelled", "proxy", "not_modelled"]),
            "Whether a figure may be printed; default modelled.",
        ),
        optional(
            "national_goals",
            Shape::List(&Shape::Choice(&NATIONAL_GOALS)),
            "Which of the eight national goals it belongs to.",
        ),
        optional(
            "visions",
            Shape::List(&Shape::Choice(&VISIONS)),
            "Which of the four visions it belongs to.",
        ),
        optional(
            "valid",
            Shape::Record(&YEARS),
            "Years in which it is in use; in the world's register.",
        ),
        optional(
            "source",
            Shape::Text,
            "Where it is defined; in the world's register.",
        ),
        optional(
            "by_level",
            Shape::Flag,
            "Shown per person at each need level too, with the gap.",
        ),
        optional(
            "per_person",
            Shape::Flag,
            "Shown per person of its groups too; needs `groups`.",
        ),
        optional(
            "over",
            Shape::Text,
            "Shown per course begun too: a course of the world.",
        ),
    ],
    exactly_one: &[],
};
