//! Payment rules on a year's total.

use super::{KEY, Keys, Record, Shape, gate, optional, required, slot};
use crate::units::Unit;

/// See its `doc`.
pub static CEILING: Record = Record {
    name: "ceiling",
    doc: "A share of what other transfers paid above a limit flows back.",
    fields: &[
        required("of", Shape::List(&Shape::Text), "Names of the transfers."),
        gate("limit_per_year", slot(&[Unit::KrPerYear]), "Kroner a year."),
        gate("claw_back", slot(&[Unit::Share]), "Share of the excess."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static POOL: Record = Record {
    name: "pool",
    doc: "Both parties' change of resource cost on some services is added up and split.",
    fields: &[
        required("services", Shape::List(&Shape::Text), "The services."),
        gate(
            "share",
            slot(&[Unit::Share]),
            "The payer's share of the sum.",
        ),
        optional(
            "deficit_share",
            slot(&[Unit::Share]),
            "The payer's share where the sum is an extra cost; default share.",
        ),
        required("key", KEY, "How municipalities share."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static GAIN_SHARE: Record = Record {
    name: "gain_share",
    doc: "A share of the value of units saved against a control trajectory.",
    fields: &[
        required("service", Shape::Text, "What is counted."),
        gate("value", slot(&[Unit::KrPerUnit]), "Kroner per unit saved."),
        gate("share", slot(&[Unit::Share]), "Share of the value paid."),
        gate(
            "minimum_savings",
            slot(&[Unit::Share]),
            "Least share of the control volume saved before anything is paid.",
        ),
        optional(
            "loss_share",
            slot(&[Unit::Share]),
            "Share of the value of units too many that flows back.",
        ),
        optional(
            "max_per_year",
            slot(&[Unit::KrPerYear]),
            "Most kroner a year, either way.",
        ),
        optional(
            "control_cv",
            slot(&[Unit::Ratio, Unit::Share]),
            "Error of the control trajectory over its mean (standard deviation).",
        ),
        optional("key", KEY, "How municipalities share; default population."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static CORRIDOR: Record = Record {
    name: "corridor",
    doc: "The payer takes a share of the other's cost outside a corridor.",
    fields: &[
        required(
            "services",
            Shape::List(&Shape::Text),
            "The payee's cost of these services.",
        ),
        gate("target", slot(&[Unit::KrPerYear]), "Kroner a year."),
        gate(
            "width",
            slot(&[Unit::KrPerYear]),
            "Kroner a year on either side.",
        ),
        gate("share", slot(&[Unit::Share]), "Share of what lies outside."),
        optional("key", KEY, "How municipalities share; default population."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static FUND: Record = Record {
    name: "fund",
    doc: "The payer pays the payee's cost of some mechanisms until a sum is used up.",
    fields: &[
        required(
            "mechanisms",
            Shape::List(&Shape::Text),
            "Names of provide, operate and invest of the agreement.",
        ),
        optional(
            "share",
            slot(&[Unit::Share]),
            "Eligible share of the cost; default all.",
        ),
        gate("cap", slot(&[Unit::Kr]), "Kroner, all years together."),
        optional(
            "per_year_cap",
            slot(&[Unit::KrPerYear]),
            "Most kroner a year.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static AVAILABILITY: Record = Record {
    name: "availability",
    doc: "Unused units of a capacity are paid for.",
    fields: &[
        required("service", Shape::Text, "The service."),
        gate("capacity", slot(&[Unit::UnitsPerYear]), "Units a year."),
        gate("price", slot(&[Unit::KrPerUnit]), "Kroner per unused unit."),
        optional("key", KEY, "How municipalities share; default population."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static SUSPENSE: Record = Record {
    name: "suspense",
    doc: "Act first, settle later: unclear cost is carried by who acts and later taken to who is liable.",
    fields: &[
        required("service", Shape::Text, "The task."),
        gate(
            "unclear",
            slot(&[Unit::Share]),
            "Share of its cost with unclear responsibility.",
        ),
        required(
            "acting",
            Shape::Map(Keys::Party, &SHARE),
            "One of the two parties and its share of acting; the other has the rest.",
        ),
        required(
            "liable",
            Shape::Map(Keys::Party, &SHARE),
            "One of the two parties and its share in the end; the other has the rest.",
        ),
        required(
            "lag_years",
            Shape::Whole(0, 20),
            "Years from acting to settling.",
        ),
        gate(
            "settled",
            slot(&[Unit::Share]),
            "Share that is settled at all.",
        ),
    ],
    exactly_one: &[],
};

/// A share in a map.
pub static SHARE: Shape = slot(&[Unit::Share]);

/// See its `doc`.
pub static STEPS: Record = Record {
    name: "steps",
    doc: "A pool that is paid by the number of criteria met.",
    fields: &[
        gate("pool_per_year", slot(&[Unit::KrPerYear]), "Kroner a year."),
        required(
            "paid_by_met",
            Shape::List(&Shape::Fraction),
            "Share paid where 0, 1, 2 … criteria are met.",
        ),
        required(
            "criteria",
            Shape::List(&Shape::Record(&CRITERION)),
            "The criteria.",
        ),
        optional(
            "enforced",
            Shape::Flag,
            "false: the last share is paid whatever happens; default true.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static CRITERION: Record = Record {
    name: "criterion",
    doc: "A service's volume against a reference.",
    fields: &[
        required("service", Shape::Text, "What is counted."),
        optional(
            "groups",
            Shape::List(&Shape::Text),
            "In these groups; default all.",
        ),
        gate("reference", slot(&[Unit::UnitsPerYear]), "Units a year."),
        required(
            "direction",
            Shape::Choice(&["fall", "rise"]),
            "Met at or below the reference, or at or above it.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static FRAME: Record = Record {
    name: "frame",
    doc: "Most extra expenditure a year that a party's budget has room for.",
    fields: &[
        optional("region", slot(&[Unit::KrPerYear]), "Kroner a year."),
        optional(
            "municipality",
            slot(&[Unit::KrPerYear]),
            "Kroner a year, all together.",
        ),
        optional("gp", slot(&[Unit::KrPerYear]), "Kroner a year."),
        optional("state", slot(&[Unit::KrPerYear]), "Kroner a year."),
    ],
    exactly_one: &[],
};
