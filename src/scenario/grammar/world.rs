//! The world: unchanged practice, its people, services, prices and law.

use super::ExactlyOne;
use super::agreement::INDICATOR;
use super::dynamics::{DIRICHLETS, DYNAMICS, UTILITY};
use super::parameter::{CORRELATIONS, PARAMETERS};
use super::targeting::CLASSIFICATION;
use super::transfer::TRANSFER;
use super::{
    GRADE, Keys, PARTY, Record, Shape, YEARS, gate, optional, required, slot, slot_or_number,
};
use crate::units::Unit;

/// `world.toml`.
pub static WORLD: Record = Record {
    name: "world",
    doc: "The counterfactual: parties, population, services, prices and law without the agreement.",
    fields: &[
        required("schema", Shape::Whole(1, 1), "Version of this grammar: 1."),
        required("kind", Shape::Choice(&["world"]), "\"world\"."),
        optional(
            "extends",
            Shape::Path,
            "A world whose keys hold where this one says nothing.",
        ),
        required("title", Shape::Words, "Title for readers."),
        required(
            "price_level",
            Shape::Year,
            "Every amount is shown in kroner of this year.",
        ),
        required(
            "years",
            Shape::Record(&YEARS),
            "The years the population must reach.",
        ),
        required(
            "municipalities",
            Shape::Path,
            "Table: code;name;region_code;region;cluster.",
        ),
        optional(
            "regions",
            Shape::List(&Shape::Text),
            "Codes of the regions in this world.",
        ),
        optional(
            "municipalities_in",
            Shape::List(&Shape::Text),
            "Codes or names of the municipalities in this world; default all of its regions.",
        ),
        optional(
            "municipality_factors",
            Shape::Path,
            "Table: code;service;factor;source;grade. Default factor 1.",
        ),
        required(
            "population",
            Shape::Record(&POPULATION),
            "The table of inhabitants.",
        ),
        required(
            "age_bands",
            Shape::List(&Shape::Text),
            "Bands such as \"65-79\", \"80+\".",
        ),
        required(
            "price_index",
            Shape::Section(&PRICE_INDICES),
            "The indices by year.",
        ),
        required(
            "group",
            Shape::Map(Keys::Id, &Shape::Section(&GROUP)),
            "Disjoint groups.",
        ),
        optional(
            "classification",
            Shape::Map(Keys::Id, &Shape::Section(&CLASSIFICATION)),
            "How need levels are assigned.",
        ),
        required(
            "service",
            Shape::Map(Keys::Id, &Shape::Section(&SERVICE)),
            "Services.",
        ),
        optional(
            "regime",
            Shape::Items(&REGIME, None),
            "Dated law and its payments.",
        ),
        optional(
            "drift",
            Shape::Items(&super::capacity::DRIFT, Some("name")),
            "Quiet shift in unchanged practice.",
        ),
        optional(
            "course",
            Shape::Map(Keys::Id, &Shape::Section(&super::COURSE)),
            "Courses through several services.",
        ),
        optional(
            "indicator",
            Shape::Items(&INDICATOR, Some("id")),
            "The register of indicators that agreements may follow, dated.",
        ),
        optional("parameter", PARAMETERS, "The figures."),
        optional("correlation", CORRELATIONS, "Figures that move together."),
        optional("dirichlet", DIRICHLETS, "Shares estimated together."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static POPULATION: Record = Record {
    name: "population",
    doc: "Inhabitants by municipality, age band and year.",
    fields: &[
        optional(
            "file",
            Shape::Path,
            "Table: code;age_band;year;persons;source;grade.",
        ),
        optional(
            "statbank",
            Shape::Path,
            "A StatBank export (OMRÅDE, ALDER, TID, INDHOLD).",
        ),
        optional("source", Shape::Text, "Source of a StatBank export."),
        optional("grade", GRADE, "Its grade; default A."),
    ],
    exactly_one: &[ExactlyOne {
        keys: &["file", "statbank"],
        gate: false,
    }],
};

/// See its `doc`.
pub static PRICE_INDICES: Record = Record {
    name: "price_index",
    doc: "Price and wage indices.",
    fields: &[
        optional(
            "pl_region",
            Shape::Section(&PRICE_INDEX),
            "Index of the regions.",
        ),
        optional(
            "pl_municipality",
            Shape::Section(&PRICE_INDEX),
            "Index of the municipalities.",
        ),
        optional(
            "gp",
            Shape::Section(&PRICE_INDEX),
            "Regulation of general practice's fees.",
        ),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static PRICE_INDEX: Record = Record {
    name: "index",
    doc: "An index by year.",
    fields: &[
        required(
            "values",
            Shape::Map(Keys::Year, &Shape::Positive),
            "Index value by year.",
        ),
        optional(
            "future_growth",
            slot(&[Unit::PerYear]),
            "Yearly growth after the last value; a fixed parameter.",
        ),
        required("source", Shape::Text, "Source of the values."),
        required("grade", GRADE, "Its grade."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static GROUP: Record = Record {
    name: "group",
    doc: "A disjoint part of the population, divided into need levels.",
    fields: &[
        optional("label", Shape::Words, "Name for readers."),
        optional(
            "rest",
            Shape::Flag,
            "true for the one group that holds everybody else.",
        ),
        optional(
            "prevalence",
            slot(&[Unit::Share]),
            "Share of all inhabitants.",
        ),
        optional(
            "age_profile",
            Shape::Map(Keys::AgeBand, &Shape::NonNegative),
            "By age band, relative to the prevalence; a band left out is 0. Default 1.",
        ),
        optional(
            "levels",
            Shape::Map(Keys::Level, &Shape::Fraction),
            "Share of the group at each need level; sums to 1. Required unless a classification gives them.",
        ),
        optional(
            "dynamics",
            Shape::Section(&DYNAMICS),
            "Yearly moves between the levels.",
        ),
        optional(
            "utility",
            UTILITY,
            "Health-state utility of a person-year by level; every level.",
        ),
        optional("source", Shape::Text, "Source of levels and profile."),
        optional("grade", GRADE, "Its grade."),
    ],
    exactly_one: &[],
};

const ROLE: Shape = Shape::Either(&[
    Shape::Choice(&super::PARTIES),
    Shape::List(&Shape::Record(&DATED_PARTY)),
]);

/// See its `doc`.
pub static DATED_PARTY: Record = Record {
    name: "dated party",
    doc: "A party from a year on.",
    fields: &[
        required("from", Shape::Year, "The first year."),
        required("party", PARTY, "The party."),
    ],
    exactly_one: &[],
};

/// A countable unit of activity.
pub static SERVICE: Record = Record {
    name: "service",
    doc: "A countable unit: an admission, a bed-day, a consultation, a nursing hour.",
    fields: &[
        required("label", Shape::Words, "Name for readers."),
        required("unit_label", Shape::Words, "Name of one unit."),
        required("producer", ROLE, "Who operates it, if needed by date."),
        gate("payer", ROLE, "Who is liable to pay, if needed by date."),
        required("owner", ROLE, "Who has the task by law, if needed by date."),
        gate(
            "unit_cost",
            Shape::Either(&[
                slot(&[Unit::KrPerUnit]),
                Shape::Map(Keys::Party, &slot(&[Unit::KrPerUnit])),
            ]),
            "Full resource cost of one unit, by party if it differs.",
        ),
        optional(
            "variable",
            slot_or_number(&[Unit::Share]),
            "Share of the unit cost that follows volume at once; default 1.",
        ),
        optional(
            "semi_fixed",
            slot_or_number(&[Unit::Share]),
            "Share that follows capacity; default 0. The rest is fixed.",
        ),
        gate(
            "release",
            Shape::Record(&RELEASE),
            "When semi-fixed cost is released.",
        ),
        optional(
            "dispersion",
            Shape::Number,
            "Variance of a count by its mean, at least 1.",
        ),
        optional(
            "unit_cost_cv",
            Shape::NonNegative,
            "Coefficient of variation of a unit's cost.",
        ),
        optional(
            "trend",
            slot(&[Unit::PerYear]),
            "Yearly growth of the rate.",
        ),
        optional("specialised", Shape::Flag, "true: may not be moved."),
        optional(
            "rate",
            Shape::Map(Keys::Group, &slot(&[Unit::UnitsPerPersonYear])),
            "Units per person-year by group at level factor 1; a group left out has none.",
        ),
        optional(
            "level_factor",
            Shape::Map(
                Keys::LevelOrGroup,
                &Shape::Either(&[
                    Shape::NonNegative,
                    Shape::Map(Keys::Level, &Shape::NonNegative),
                ]),
            ),
            "Factor by need level, or by group and level; default 1.",
        ),
        optional(
            "age_factor",
            Shape::Map(Keys::AgeBand, &Shape::NonNegative),
            "Factor by age band; default 1.",
        ),
        optional(
            "municipality_factor",
            Shape::Path,
            "Table: code;service;factor;source;grade. Default factor 1.",
        ),
        optional("source", Shape::Text, "Source of the factors."),
        optional("grade", GRADE, "Its grade."),
    ],
    exactly_one: &[],
};

/// The capacity rule of a service.
pub static RELEASE: Record = Record {
    name: "release",
    doc: "When a fall in volume frees money: capacity closes in steps, after a while, at a pace.",
    fields: &[
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
            "Whose capacity stands together; default party.",
        ),
        optional("source", Shape::Text, "Source of the rule."),
        optional("grade", GRADE, "Its grade."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static REGIME: Record = Record {
    name: "regime",
    doc: "Dated law; it holds in both arms.",
    fields: &[
        required("name", Shape::Words, "Name for readers."),
        required("from", Shape::Year, "First year."),
        required("to", Shape::Year, "Last year."),
        optional(
            "series",
            Shape::Id,
            "Regimes of one series follow each other without overlap or gap.",
        ),
        required("legal_basis", Shape::Text, "The law."),
        optional("source", Shape::Text, "Where it can be read."),
        optional("grade", GRADE, "Its grade."),
        optional(
            "transfer",
            Shape::Items(&TRANSFER, Some("name")),
            "What it orders.",
        ),
    ],
    exactly_one: &[],
};
