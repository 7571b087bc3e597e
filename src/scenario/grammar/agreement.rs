//! The agreement: only what the parties may change.

use super::ExactlyOne;
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
        optional(
            "variant",
            Shape::Map(Keys::Id, &Shape::Section(&AGREEMENT)),
            "Keys that replace the ones above when the variant is run.",
        ),
    ],
    exactly_one: &[],
};

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
    ],
    exactly_one: &[ExactlyOne {
        keys: &["step", "linear", "s_curve", "table"],
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
            "by_level",
            Shape::Flag,
            "Shown per person at each need level too, with the gap.",
        ),
    ],
    exactly_one: &[],
};
