//! Places, staff, saved time, joint operation, quiet shift, and what is reported of them.

use super::{
    ExactlyOne, GRADE, KEY, Keys, PARTY, Record, Shape, YEARS, gate, optional, required, slot,
};
use crate::units::Unit;

/// `coverage.limited_by`, `places.limited_by`.
pub const LIMITED_BY: Shape = Shape::List(&Shape::Text);

/// See its `doc`.
pub static VACANCY: Record = Record {
    name: "vacancy",
    doc: "Posts that stand empty at the start: their share of the coverage comes later.",
    fields: &[
        required("share", Shape::Fraction, "Share of the posts."),
        required(
            "months",
            Shape::Whole(1, 600),
            "Months until they are filled.",
        ),
        required("source", Shape::Text, "Source of both."),
        required("grade", GRADE, "Its grade."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static COMPETENCE: Record = Record {
    name: "competence",
    doc: "A stock of trained posts: training adds to it, staff turnover takes from it.",
    fields: &[
        required(
            "trained_a_year",
            Shape::Fraction,
            "Share of all posts trained each year.",
        ),
        required(
            "turnover",
            Shape::Fraction,
            "Share of the trained that leave each year.",
        ),
        optional(
            "training_years",
            Shape::Whole(1, 100),
            "Years of training from the start; default all.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static PLACES: Record = Record {
    name: "places",
    doc: "Places that cost the same whether used or not, for what the agreement sends there.",
    fields: &[
        required("name", Shape::Id, "Its name: a line of the waterfall."),
        optional("label", Shape::Words, "Name for readers."),
        required(
            "service",
            Shape::Text,
            "The service whose units are days in a place; its unit cost is what a day adds.",
        ),
        required("party", PARTY, "Who keeps the places."),
        gate(
            "places",
            slot(&[Unit::Persons]),
            "Number of places: persons who can be there at once.",
        ),
        optional("days", Shape::Positive, "Days a year; default 365."),
        gate(
            "max_occupancy",
            slot(&[Unit::Share]),
            "Highest mean occupancy.",
        ),
        optional(
            "cost_per_place_year",
            slot(&[Unit::KrPerYear]),
            "Cost of a place and year, used or not. Must stand, or be left open.",
        ),
        required("years", Shape::Record(&YEARS), "Years they are open."),
        optional(
            "limited_by",
            LIMITED_BY,
            "Other places or workforces that limit these.",
        ),
        optional("key", KEY, "How municipalities share; default population."),
        optional(
            "recipients",
            Shape::List(&Shape::Text),
            "Municipalities that share it; default the participating.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static WORKFORCE: Record = Record {
    name: "workforce",
    doc: "Staff of one profession at one party, beyond what unchanged practice uses.",
    fields: &[
        required("name", Shape::Id, "Its name: a line of the waterfall."),
        optional("label", Shape::Words, "Name for readers."),
        required("profession", Shape::Words, "The profession."),
        required("party", PARTY, "The employer."),
        required(
            "hours_per_unit",
            Shape::Map(Keys::Id, &slot(&[Unit::Hours, Unit::UnitsPerUnit])),
            "Hours of the profession in a unit, by service.",
        ),
        gate(
            "supply_hours_per_year",
            slot(&[Unit::Hours]),
            "Hours a year there are for what the agreement adds.",
        ),
        required(
            "fte_hours",
            Shape::Positive,
            "Delivered hours a year of one full-time post.",
        ),
        required(
            "shortage",
            Shape::Choice(&["cap", "agency"]),
            "cap: the coverages it limits are rationed; agency: missing hours are bought.",
        ),
        optional(
            "hourly_cost",
            slot(&[Unit::KrPerUnit]),
            "Ordinary cost of an hour; with agency.",
        ),
        optional(
            "premium",
            slot(&[Unit::Share, Unit::Ratio]),
            "What an agency hour costs beyond it, as a share of it; with agency.",
        ),
        required("source", Shape::Text, "Source of the full-time norm."),
        required("grade", GRADE, "Its grade."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static SAVED_TIME: Record = Record {
    name: "saved_time",
    doc: "Staff time saved: capacity beside, cash only the realised share.",
    fields: &[
        required("name", Shape::Id, "Its name: a line of the waterfall."),
        optional("label", Shape::Words, "Name for readers."),
        required("coverage", Shape::Text, "Among whom."),
        required("party", PARTY, "Whose staff."),
        gate(
            "hours",
            slot(&[Unit::Hours, Unit::UnitsPerPersonYear]),
            "Hours for each covered person-year.",
        ),
        gate("hourly_cost", slot(&[Unit::KrPerUnit]), "Kroner an hour."),
        gate(
            "realised",
            slot(&[Unit::Share]),
            "Share that becomes a stated budget reduction.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static JOINT_OPERATION: Record = Record {
    name: "joint_operation",
    doc: "Two parties run under one roof what each ran alone.",
    fields: &[
        required("name", Shape::Id, "Its name: a line of the waterfall."),
        optional("label", Shape::Words, "Name for readers."),
        required("host", PARTY, "Who runs it and is paid by the other."),
        required("guest", PARTY, "The other party."),
        required(
            "host_cost",
            Shape::Record(&JOINT_COST),
            "Yearly cost of the host's unit alone.",
        ),
        required(
            "guest_cost",
            Shape::Record(&JOINT_COST),
            "Yearly cost of the guest's unit alone.",
        ),
        gate(
            "shared_share",
            slot(&[Unit::Share]),
            "Share of the smaller fixed cost that is not needed twice.",
        ),
        optional(
            "host_share",
            slot(&[Unit::Share]),
            "The host's share of the joint cost (a key).",
        ),
        optional(
            "split",
            Shape::Choice(&["shapley"]),
            "Each its cost alone less half of the saving.",
        ),
        gate(
            "legal_basis",
            Shape::Text,
            "The law or contract the guest's payment rests on.",
        ),
        required("years", Shape::Record(&YEARS), "Years of joint operation."),
        optional(
            "recipients",
            Shape::List(&Shape::Text),
            "Municipalities that take part; default the participating.",
        ),
    ],
    exactly_one: &[ExactlyOne {
        keys: &["host_share", "split"],
        gate: false,
    }],
};

/// See its `doc`.
pub static JOINT_COST: Record = Record {
    name: "joint cost",
    doc: "Yearly cost of a unit by itself.",
    fields: &[
        gate("fixed", slot(&[Unit::KrPerYear]), "Fixed."),
        optional(
            "variable",
            slot(&[Unit::KrPerYear]),
            "Variable; not shared.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static DRIFT: Record = Record {
    name: "drift",
    doc: "Quiet shift: a service shrinks in unchanged practice and creates work elsewhere.",
    fields: &[
        required("name", Shape::Id, "Its name."),
        optional("label", Shape::Words, "Name for readers."),
        required("service", Shape::Text, "The service that shrinks."),
        required(
            "yearly",
            slot(&[Unit::PerYear]),
            "Yearly change of its volume: negative where it shrinks.",
        ),
        required("since", Shape::Year, "The last year without it."),
        required(
            "spill",
            Shape::List(&Shape::Record(&SPILL)),
            "What a unit that is gone becomes.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static SPILL: Record = Record {
    name: "spill",
    doc: "Units elsewhere for each unit that is gone.",
    fields: &[
        required("service", Shape::Text, "The service that does the work."),
        required(
            "units",
            slot(&[Unit::UnitsPerUnit, Unit::Ratio, Unit::Hours]),
            "Units for each unit gone.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static BREAK_EVEN: Record = Record {
    name: "break_even",
    doc: "At how many moved units a local offer pays for its fixed cost, from every angle.",
    fields: &[
        required("name", Shape::Id, "Its name."),
        optional("label", Shape::Words, "Name for readers."),
        required("shift", Shape::Text, "The shift that moves the units."),
        optional(
            "also",
            Shape::List(&Shape::Text),
            "Shifts that go with it: a trip or a transport spared.",
        ),
        required(
            "fixed",
            Shape::List(&Shape::Text),
            "Yearly investments and places of this agreement that follow no volume.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static LEON: Record = Record {
    name: "leon",
    doc: "A task and who could do it: lowest effective level.",
    fields: &[
        required("task", Shape::Id, "Its name."),
        optional("label", Shape::Words, "Name for readers."),
        optional("unit", Shape::Words, "Name of one unit."),
        required("floor", Shape::Number, "Least quality that is good enough."),
        optional(
            "volume",
            Shape::Positive,
            "Units a year that must be done; without it, any capacity above 0 will do.",
        ),
        required("actual", Shape::Text, "Id of the option that does it now."),
        required(
            "options",
            Shape::List(&Shape::Record(&LEON_OPTION)),
            "Who could do it.",
        ),
        required(
            "source",
            Shape::Text,
            "Source of quality, experience and capacity.",
        ),
        required("grade", GRADE, "Its grade."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static LEON_OPTION: Record = Record {
    name: "leon option",
    doc: "One producer that could do the task.",
    fields: &[
        required("id", Shape::Id, "Its name."),
        optional("label", Shape::Words, "Name for readers."),
        required("producer", PARTY, "Who."),
        optional(
            "cost",
            slot(&[Unit::KrPerUnit]),
            "Societal cost of one unit.",
        ),
        optional(
            "service",
            Shape::Text,
            "Instead of cost: this service's unit cost at the producer.",
        ),
        required("quality", Shape::Number, "Health; more is better."),
        optional("experience", Shape::Number, "Experience; more is better."),
        optional(
            "capacity",
            Shape::NonNegative,
            "Units a year it can do; default enough.",
        ),
        optional(
            "admissible",
            Shape::Flag,
            "Whether it may do the task at all; default true.",
        ),
    ],
    exactly_one: &[ExactlyOne {
        keys: &["cost", "service"],
        gate: false,
    }],
};

/// See its `doc`.
pub static TRIPLE_AIM: Record = Record {
    name: "triple_aim",
    doc: "Health, experience and cost: three axes, never one number.",
    fields: &[
        optional(
            "fewer",
            Shape::List(&Shape::Text),
            "Indicators of which fewer is better.",
        ),
        optional(
            "more",
            Shape::List(&Shape::Text),
            "Indicators of which more is better.",
        ),
        required(
            "experience",
            Shape::Words,
            "What citizens are expected to experience.",
        ),
        required(
            "direction",
            Shape::Choice(&["better", "unchanged", "worse", "unknown"]),
            "Which way their experience goes.",
        ),
        required("source", Shape::Text, "Source of it."),
        required("grade", GRADE, "Its grade."),
    ],
    exactly_one: &[],
};
