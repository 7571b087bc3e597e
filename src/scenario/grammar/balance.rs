//! The balance principle: what the two sides have signed as fair.

use super::{ExactlyOne, KEY, PARTY, Record, Shape, optional, required};

/// `balanceprincip.toml`.
pub static BALANCE: Record = Record {
    name: "balance",
    doc: "What the two sides have signed as a fair balance.",
    fields: &[
        required("schema", Shape::Whole(1, 1), "Version of this grammar: 1."),
        required("kind", Shape::Choice(&["balance"]), "\"balance\"."),
        required("title", Shape::Words, "Title for readers."),
        required(
            "rule",
            Shape::Choice(&["no_loser", "no_loss_no_profit"]),
            "no_loser: nobody loses more than the tolerance; no_loss_no_profit: nor profits.",
        ),
        optional(
            "no_profit_for",
            Shape::List(&PARTY),
            "Parties that may not profit.",
        ),
        required(
            "confidence",
            Shape::Number,
            "How sure one must be, above 0.5 and below 1.",
        ),
        required(
            "horizon_years",
            Shape::Whole(1, 100),
            "Fewest years the verdict looks at.",
        ),
        optional(
            "tolerance",
            Shape::Section(&TOLERANCES),
            "The yearly loss that is no loss.",
        ),
        optional("price_year", Shape::Year, "Price year of the tolerances."),
        optional(
            "net_tax_factor",
            Shape::Positive,
            "Net tax factor of the welfare view; default 1, which leaves it out.",
        ),
        optional(
            "chance",
            Shape::Flag,
            "Whether the chance band enters the tolerance.",
        ),
        optional(
            "chance_max",
            Shape::NonNegative,
            "Most it may add, kr. per inhabitant a year.",
        ),
        optional(
            "kroner_per_qaly",
            Shape::Positive,
            "Kroner of one QALY, for a stated net-benefit line; never in the verdict.",
        ),
        required("discount", Shape::Section(&DISCOUNT), "Real discount rate."),
        optional(
            "compensation",
            Shape::Section(&COMPENSATION),
            "How compensation is shared.",
        ),
        optional(
            "signed_by",
            Shape::List(&Shape::Text),
            "Who signed, for which side.",
        ),
        optional("source", Shape::Text, "Where the principle can be read."),
    ],
    exactly_one: &[],
};

static TOLERANCES: Record = Record {
    name: "tolerance",
    doc: "Tolerances by party.",
    fields: &[
        optional("region", Shape::Record(&TOLERANCE), "The region's."),
        optional(
            "municipality",
            Shape::Record(&TOLERANCE),
            "The municipalities'.",
        ),
    ],
    exactly_one: &[],
};

static TOLERANCE: Record = Record {
    name: "tolerance of a party",
    doc: "A yearly loss that still counts as none.",
    fields: &[
        optional(
            "per_inhabitant",
            Shape::Number,
            "Kroner per inhabitant a year.",
        ),
        optional(
            "share_of_budget",
            Shape::Fraction,
            "Share of the affected budget without it.",
        ),
    ],
    exactly_one: &[ExactlyOne {
        keys: &["per_inhabitant", "share_of_budget"],
        gate: false,
    }],
};

static DISCOUNT: Record = Record {
    name: "discount",
    doc: "Real yearly discount rate.",
    fields: &[required(
        "steps",
        Shape::List(&Shape::Record(&STEP)),
        "The rate in steps.",
    )],
    exactly_one: &[],
};

static STEP: Record = Record {
    name: "discount step",
    doc: "A rate up to a year.",
    fields: &[
        optional(
            "to_year",
            Shape::Whole(1, 1000),
            "Last year, counted from the start.",
        ),
        required("rate", Shape::Number, "A yearly fraction: 3.5 % is 0.035."),
    ],
    exactly_one: &[],
};

static COMPENSATION: Record = Record {
    name: "compensation",
    doc: "How compensation is divided among municipalities.",
    fields: &[required("key", KEY, "By population, or equally.")],
    exactly_one: &[],
};
