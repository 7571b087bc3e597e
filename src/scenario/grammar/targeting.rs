//! Who is picked, how levels are assigned, what a trial and a small unit can know.

use super::{ExactlyOne, GRADE, Record, Shape, gate, optional, required, slot};
use crate::units::Unit;

/// See its `doc`.
pub static SELECTION: Record = Record {
    name: "selection",
    doc: "Picks the persons with at least so many events in the year before the start. Persons' rates in a cell are gamma distributed; those picked use less the next year without any programme (regression to the mean).",
    fields: &[
        required(
            "service",
            Shape::Text,
            "The service whose events are counted.",
        ),
        required(
            "at_least",
            Shape::Whole(1, 50),
            "Events last year, at least.",
        ),
        gate(
            "shape",
            slot(&[Unit::Ratio]),
            "Shape of the gamma law of persons' rates in a cell: variance = mean² ÷ shape. Small: few persons have most events.",
        ),
        optional(
            "follows",
            Shape::List(&Shape::Text),
            "Services whose rates go with the counted one's, person by person.",
        ),
        optional(
            "persistence",
            slot(&[Unit::Share]),
            "Share of a picked person's excess rate that is left a year later; default all.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static CLASSIFICATION: Record = Record {
    name: "classification",
    doc: "How persons of a group are assigned a need level: by scored factors (then it gives the group's levels), or as found and not found.",
    fields: &[
        optional("label", Shape::Words, "Name for readers."),
        required("group", Shape::Text, "Whose levels."),
        optional(
            "factors",
            Shape::Record(&FACTORS),
            "The four factors. Persons' factors are taken as independent.",
        ),
        optional(
            "thresholds",
            Shape::List(&Shape::Whole(1, 99)),
            "Points from which the 2nd, 3rd, … level begins.",
        ),
        optional(
            "misread",
            slot(&[Unit::Share]),
            "Share of factors read one point wrong.",
        ),
        optional(
            "sensitivity",
            slot(&[Unit::Share]),
            "Of the group's higher level: the share found.",
        ),
        optional(
            "specificity",
            slot(&[Unit::Share]),
            "Of the group's lower level: the share rightly not found.",
        ),
        required("source", Shape::Text, "Source of the shares."),
        required("grade", GRADE, "Its grade."),
    ],
    exactly_one: &[ExactlyOne {
        keys: &["factors", "sensitivity"],
        gate: false,
    }],
};

/// See its `doc`.
pub static FACTORS: Record = Record {
    name: "factors",
    doc: "Factors of the differentiation model.",
    fields: &[
        optional("medical", Shape::Record(&FACTOR), "Disease and treatment."),
        optional(
            "social",
            Shape::Record(&FACTOR),
            "Housing, network, economy.",
        ),
        optional(
            "psychological",
            Shape::Record(&FACTOR),
            "Mental health and coping.",
        ),
        optional(
            "own_resources",
            Shape::Record(&FACTOR),
            "What the citizen can do alone; points are for the lack of it.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static FACTOR: Record = Record {
    name: "factor",
    doc: "One factor.",
    fields: &[required(
        "points",
        Shape::List(&Shape::Fraction),
        "Share of the group with 0, 1, 2, … points; sums to 1.",
    )],
    exactly_one: &[],
};

/// See its `doc`.
pub static ROUTING: Record = Record {
    name: "routing",
    doc: "Offers that together route every level exactly once.",
    fields: &[
        required(
            "coverages",
            Shape::List(&Shape::Text),
            "The offers: each level of their group in exactly one.",
        ),
        optional(
            "intensity",
            Shape::Text,
            "A service whose units per person and year should not fall with the level.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static REALLOCATE: Record = Record {
    name: "reallocate",
    doc: "Hours that move from the persons of one coverage to those of another; none are added.",
    fields: &[
        required("name", Shape::Id, "Its name."),
        optional("label", Shape::Words, "Name for readers."),
        required("service", Shape::Text, "Units of this service."),
        required("from", Shape::Text, "The coverage that gives."),
        required("to", Shape::Text, "The coverage that receives, by persons."),
        gate(
            "units_per_person_year",
            slot(&[Unit::UnitsPerPersonYear, Unit::Hours]),
            "Units a year that each covered person of `from` does without.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static PILOT: Record = Record {
    name: "pilot",
    doc: "A trial in two groups: what it can find, and how far its finding should be believed.",
    fields: &[
        optional("name", Shape::Words, "Name for readers."),
        required("service", Shape::Text, "The service whose use is compared."),
        required("coverage", Shape::Text, "Whose citizens take part."),
        required("persons_control", Shape::Positive, "Persons without."),
        required("persons_treated", Shape::Positive, "Persons with."),
        optional(
            "years",
            Shape::Positive,
            "Years each is followed; default 1.",
        ),
        optional(
            "rate",
            slot(&[Unit::UnitsPerPersonYear]),
            "Units per person-year without; default the world's for the coverage.",
        ),
        required(
            "dispersion",
            Shape::Positive,
            "Variance ÷ mean of a person's count, at least 1.",
        ),
        gate(
            "rate_ratio",
            slot(&[Unit::Ratio]),
            "The ratio of rates one hopes to see; its median is used.",
        ),
        optional(
            "result",
            slot(&[Unit::Ratio]),
            "A parameter with law.pilot: what the trial saw, drawn towards what was believed before.",
        ),
        optional(
            "significance",
            Shape::Fraction,
            "Two-sided level; default 0.05.",
        ),
        optional(
            "power",
            Shape::Fraction,
            "Chance of finding it that is wanted; default 0.8.",
        ),
        required("source", Shape::Text, "Source of the figures."),
        required("grade", GRADE, "Its grade."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static UNIT: Record = Record {
    name: "unit",
    doc: "A small unit of citizens that carries the cost of some services (population management).",
    fields: &[
        optional("name", Shape::Words, "Name for readers."),
        required("citizens", Shape::Positive, "Citizens of the unit."),
        required(
            "services",
            Shape::List(&Shape::Text),
            "The services it pays for.",
        ),
        optional(
            "stop_loss",
            slot(&[Unit::Share]),
            "Overrun, as a share of the budget, above which somebody else pays.",
        ),
        required("source", Shape::Text, "Source of the size."),
        required("grade", GRADE, "Its grade."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static PILOT_LAW: Record = Record {
    name: "pilot law",
    doc: "A rate ratio from a trial, drawn towards what was believed before (normal on the logarithm).",
    fields: &[
        required("control", Shape::Record(&PILOT_GROUP), "The group without."),
        required("treated", Shape::Record(&PILOT_GROUP), "The group with."),
        optional(
            "years",
            Shape::Positive,
            "Years each was followed; default 1.",
        ),
        required(
            "dispersion",
            Shape::Positive,
            "Variance ÷ mean of a person's count, at least 1.",
        ),
        required("prior", Shape::Record(&PRIOR), "What was believed before."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static PILOT_GROUP: Record = Record {
    name: "pilot group",
    doc: "A group of a trial.",
    fields: &[
        required("persons", Shape::Positive, "Persons."),
        required("rate", Shape::Positive, "Events per person and year."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static PRIOR: Record = Record {
    name: "prior",
    doc: "A ratio believed before a trial.",
    fields: &[
        required("median", Shape::Positive, "Median ratio; 1 is no effect."),
        required(
            "sigma",
            Shape::Positive,
            "Standard deviation of its logarithm.",
        ),
    ],
    exactly_one: &[],
};
