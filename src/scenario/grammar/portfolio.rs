//! The portfolio: which agreements stand together.

use super::{Record, Shape, optional, required};

/// `portfolio.toml`.
pub static PORTFOLIO: Record = Record {
    name: "portfolio",
    doc: "Agreements in force and proposed on one world, judged together and one by one.",
    fields: &[
        required("schema", Shape::Whole(1, 1), "Version of this grammar: 1."),
        required("kind", Shape::Choice(&["portfolio"]), "\"portfolio\"."),
        required("title", Shape::Words, "Title for readers."),
        required(
            "world",
            Shape::Path,
            "The world that all its agreements stand on.",
        ),
        required(
            "balance",
            Shape::Path,
            "The balance principle of the portfolio: it replaces the agreements' own.",
        ),
        optional(
            "in_force",
            Shape::List(&Shape::Path),
            "Agreements in force: in the counterfactual of every proposed one, in this order.",
        ),
        optional(
            "proposed",
            Shape::List(&Shape::Path),
            "Agreements to be judged, folders or files, with `#variant` where one is meant.",
        ),
    ],
    exactly_one: &[],
};
