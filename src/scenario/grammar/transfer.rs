//! Money that moves: the payment rules.

use super::totals::{
    AVAILABILITY, CEILING, CORRIDOR, FUND, GAIN_SHARE, POOL, SHARE, STEPS, SUSPENSE,
};
use super::{ExactlyOne, Keys, PARTY, Record, Shape, YEARS, gate, optional, required, slot};
use crate::units::Unit;

/// Keys of the rules.
pub const RULES: [&str; 15] = [
    "per_unit",
    "per_covered_person_year",
    "actual_cost",
    "tariff_share",
    "gp_fee",
    "lump_sum",
    "return_by_population",
    "ceiling",
    "pool",
    "gain_share",
    "corridor",
    "fund",
    "availability",
    "suspense",
    "steps",
];

/// A payment from one party to another.
pub static TRANSFER: Record = Record {
    name: "transfer",
    doc: "A payment: two postings of opposite sign, by exactly one rule.",
    fields: &[
        required(
            "name",
            Shape::Id,
            "Its name: a line of the ledger and the waterfall.",
        ),
        optional("label", Shape::Words, "Its name for readers."),
        required("from", PARTY, "Who pays."),
        required("to", PARTY, "Who receives."),
        optional(
            "years",
            Shape::Record(&YEARS),
            "Default: the regime's or the agreement's years.",
        ),
        gate(
            "legal_basis",
            Shape::Text,
            "The law or contract the payment rests on.",
        ),
        optional("per_unit", Shape::Record(&PER_UNIT), "Kroner per unit."),
        optional(
            "per_covered_person_year",
            Shape::Record(&PER_COVERED),
            "Kroner per covered person and year.",
        ),
        optional(
            "actual_cost",
            Shape::Record(&ACTUAL_COST),
            "The operator's cost is paid.",
        ),
        optional(
            "tariff_share",
            Shape::Record(&TARIFF_SHARE),
            "A share of a tariff.",
        ),
        optional(
            "gp_fee",
            Shape::Record(&GP_FEE),
            "A fee to general practice for each unit.",
        ),
        optional("lump_sum", Shape::Record(&LUMP_SUM), "A sum each year."),
        optional(
            "return_by_population",
            Shape::Record(&RETURN),
            "What the state received goes back to the municipalities of the region.",
        ),
        optional(
            "ceiling",
            Shape::Record(&CEILING),
            "A share of what others paid above a limit flows back.",
        ),
        optional(
            "pool",
            Shape::Record(&POOL),
            "Cost changes are pooled and split.",
        ),
        optional(
            "gain_share",
            Shape::Record(&GAIN_SHARE),
            "A share of what is saved against a control trajectory.",
        ),
        optional(
            "corridor",
            Shape::Record(&CORRIDOR),
            "A share of cost outside a corridor.",
        ),
        optional(
            "fund",
            Shape::Record(&FUND),
            "Cost is paid until a sum is used up.",
        ),
        optional(
            "availability",
            Shape::Record(&AVAILABILITY),
            "Unused units of a capacity are paid for.",
        ),
        optional(
            "suspense",
            Shape::Record(&SUSPENSE),
            "Act first, settle later.",
        ),
        optional(
            "steps",
            Shape::Record(&STEPS),
            "A pool paid by criteria met.",
        ),
    ],
    exactly_one: &[ExactlyOne {
        keys: &RULES,
        gate: false,
    }],
};

/// See its `doc`.
pub static PER_UNIT: Record = Record {
    name: "per_unit",
    doc: "Kroner per unit of a service, or per unit a mechanism of the agreement avoided, moved, provided or operates.",
    fields: &[
        optional("service", Shape::Text, "All units of this service."),
        optional(
            "mechanism",
            Shape::Text,
            "The units of this mechanism of the agreement.",
        ),
        optional(
            "amount",
            slot(&[Unit::KrPerUnit]),
            "The same price for each unit.",
        ),
        optional(
            "tiers",
            Shape::List(&Shape::Record(&TIER)),
            "Price by place in the course.",
        ),
        optional(
            "course_length",
            Shape::List(&Shape::Fraction),
            "Share of courses of 1, 2, 3 … units; needed with tiers. Sums to 1.",
        ),
        optional(
            "cap",
            slot(&[Unit::KrPerUnit, Unit::Kr]),
            "Most kroner for one course.",
        ),
    ],
    exactly_one: &[
        ExactlyOne {
            keys: &["service", "mechanism"],
            gate: false,
        },
        ExactlyOne {
            keys: &["amount", "tiers"],
            gate: true,
        },
    ],
};

/// See its `doc`.
pub static TIER: Record = Record {
    name: "tier",
    doc: "One step of a price.",
    fields: &[
        optional(
            "up_to",
            Shape::Whole(1, 10_000),
            "Last unit of the course at this price.",
        ),
        required("amount", slot(&[Unit::KrPerUnit]), "Kroner per unit."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static PER_COVERED: Record = Record {
    name: "per_covered_person_year",
    doc: "Kroner per covered person and year.",
    fields: &[
        required("coverage", Shape::Text, "The coverage."),
        gate(
            "amount",
            slot(&[Unit::KrPerPersonYear]),
            "Kroner per covered person and year.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static ACTUAL_COST: Record = Record {
    name: "actual_cost",
    doc: "The cost of a mechanism's units, with an overhead.",
    fields: &[
        required(
            "mechanism",
            Shape::Text,
            "The `operate` or `provide` whose cost is paid.",
        ),
        optional(
            "overhead",
            slot(&[Unit::Share]),
            "Share added for overhead.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static TARIFF_SHARE: Record = Record {
    name: "tariff_share",
    doc: "A share of a tariff, with a cap.",
    fields: &[
        required("service", Shape::Text, "The service."),
        gate("tariff", slot(&[Unit::KrPerUnit]), "Kroner per unit."),
        gate(
            "share",
            Shape::Either(&[slot(&[Unit::Share]), Shape::Map(Keys::AgeBand, &SHARE)]),
            "The share that is paid at the margin; in law also by age band.",
        ),
        optional("cap", slot(&[Unit::KrPerUnit]), "Most kroner per unit."),
        optional(
            "course_cv",
            Shape::NonNegative,
            "Coefficient of variation of a course's value (gamma): the cap is met by some courses. Default 0.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static GP_FEE: Record = Record {
    name: "gp_fee",
    doc: "A fee from the region to general practice.",
    fields: &[
        required("service", Shape::Text, "The service."),
        gate("amount", slot(&[Unit::KrPerUnit]), "Kroner per unit."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static LUMP_SUM: Record = Record {
    name: "lump_sum",
    doc: "A sum each year.",
    fields: &[
        gate(
            "amount_per_year",
            slot(&[Unit::KrPerYear]),
            "Kroner a year, all together.",
        ),
        required(
            "key",
            Shape::Choice(&["population", "equal", "need"]),
            "How municipalities share it.",
        ),
        optional(
            "need",
            Shape::Path,
            "Table with key = \"need\": code;weight;source;grade.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static RETURN: Record = Record {
    name: "return_by_population",
    doc: "The payer returns what it received by population.",
    fields: &[required(
        "of",
        Shape::List(&Shape::Text),
        "Names of the transfers returned.",
    )],
    exactly_one: &[],
};
