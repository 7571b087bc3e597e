//! Level dynamics: moves between need levels, what an agreement does to them, and figures that
//! are estimated together.

use super::{GRADE, Keys, Record, Shape, gate, optional, required, slot};
use crate::units::Unit;

const PROBABILITY: Shape = slot(&[Unit::Share]);

/// `[group.x.dynamics]`.
pub static DYNAMICS: Record = Record {
    name: "dynamics",
    doc: "Yearly moves between the need levels of a group; without it levels keep their shares.",
    fields: &[
        required(
            "transition",
            Shape::Map(Keys::Level, &Shape::Map(Keys::LevelOrDied, &PROBABILITY)),
            "Yearly probability of moving from a level to another, or died; staying is the rest.",
        ),
        optional(
            "inflow",
            Shape::Map(Keys::Level, &Shape::Fraction),
            "Share of newcomers by level; sums to 1. Default: the group's levels.",
        ),
        optional(
            "closed",
            Shape::Flag,
            "true: a closed cohort, the first year's persons without newcomers.",
        ),
        optional("source", Shape::Text, "Source of the moves."),
        optional("grade", GRADE, "Its grade."),
    ],
    exactly_one: &[],
};

/// `[[transition]]`.
pub static TRANSITION: Record = Record {
    name: "transition",
    doc: "A ratio on yearly moves between levels among the covered.",
    fields: &[
        required("name", Shape::Id, "Its name: a line of the waterfall."),
        optional("label", Shape::Words, "Name for readers."),
        required("coverage", Shape::Text, "Among whom."),
        required(
            "moves",
            Shape::List(&Shape::List(&Shape::Either(&[
                Shape::Whole(1, 99),
                Shape::Choice(&["died"]),
            ]))),
            "The moves it multiplies: [from, to], or [from, \"died\"].",
        ),
        gate(
            "ratio",
            slot(&[Unit::Ratio]),
            "Probability with ÷ probability without; staying takes the complement.",
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

/// `[[dirichlet]]`.
pub static DIRICHLET: Record = Record {
    name: "dirichlet",
    doc: "Shares of one whole, estimated together from counts: they sum to 1 in every draw.",
    fields: &[
        required("name", Shape::Id, "Its name."),
        required(
            "parameters",
            Shape::List(&Shape::Id),
            "The parameters it defines, in unit share.",
        ),
        required(
            "counts",
            Shape::List(&Shape::Positive),
            "As many counts: how often each was seen.",
        ),
        required("label", Shape::Words, "What the shares are."),
        gate("source", Shape::Text, "Where the counts come from."),
        required("grade", GRADE, "Strength of the source."),
        gate(
            "owner",
            Shape::Choice(&super::parameter::OWNERS),
            "The party the shares bind, or \"world\".",
        ),
        optional(
            "approved_by",
            Shape::List(&Shape::Text),
            "Who has approved them.",
        ),
        optional("note", Shape::Text, "A remark for the annex."),
    ],
    exactly_one: &[],
};

/// The groups of shares of a file.
pub const DIRICHLETS: Shape = Shape::Items(&DIRICHLET, Some("name"));

/// Health-state utilities of a group.
pub const UTILITY: Shape = Shape::Map(Keys::Level, &slot(&[Unit::Share, Unit::Ratio]));
