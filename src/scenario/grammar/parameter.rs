//! Parameters, their laws, and what moves together.

use super::{ExactlyOne, GRADE, Keys, Record, Shape, gate, optional, required};

/// A parameter: a figure with everything a sceptic asks about.
pub static PARAMETER: Record = Record {
    name: "parameter",
    doc: "A named figure with law, unit, source, evidence grade and the party it binds.",
    fields: &[
        required(
            "label",
            Shape::Words,
            "What the figure is, in the words of the trade.",
        ),
        required(
            "law",
            Shape::Record(&LAW),
            "How sure one is of it: exactly one law.",
        ),
        optional(
            "truncate",
            Shape::List(&Shape::Number),
            "Bounds [low, high] that truncate the law; draws are never clamped to them.",
        ),
        required(
            "unit",
            Shape::Choice(&UNITS),
            "The unit, from a closed list.",
        ),
        optional(
            "price",
            Shape::Record(&PRICE),
            "Price year and regulation; required exactly for units in kroner.",
        ),
        gate(
            "source",
            Shape::Text,
            "Where the figure comes from: a table, a DOI, a law.",
        ),
        required(
            "grade",
            GRADE,
            "Strength of the source; C is an assumption and says so.",
        ),
        gate(
            "owner",
            Shape::Choice(&OWNERS),
            "The party the figure binds, or \"world\".",
        ),
        optional(
            "approved_by",
            Shape::List(&Shape::Text),
            "Who has approved the figure.",
        ),
        optional("note", Shape::Text, "A remark for the annex."),
    ],
    exactly_one: &[],
};

const UNITS: [&str; 14] = [
    "ratio",
    "share",
    "persons",
    "units_per_person_year",
    "units_per_person",
    "units_per_unit",
    "hours",
    "kr_per_unit",
    "kr_per_person",
    "kr_per_person_year",
    "kr_per_year",
    "kr",
    "per_year",
    "units_per_year",
];

pub(super) const OWNERS: [&str; 7] = [
    "region",
    "municipality",
    "gp",
    "state",
    "citizen",
    "civil_society",
    "world",
];

static PRICE: Record = Record {
    name: "price",
    doc: "The price level an amount is quoted in.",
    fields: &[
        required(
            "year",
            Shape::Year,
            "The year whose prices the amount is quoted in.",
        ),
        required(
            "regulation",
            Shape::Choice(&["pl_region", "pl_municipality", "gp", "nominal"]),
            "The index that takes it to the run's price level; nominal loses real value.",
        ),
    ],
    exactly_one: &[],
};

const LAWS: [&str; 14] = [
    "fixed",
    "normal",
    "lognormal",
    "gamma",
    "beta",
    "uniform",
    "triangular",
    "pert",
    "empirical",
    "three_point",
    "interval80",
    "pilot",
    "formula",
    "unknown",
];

/// The law of a parameter.
pub static LAW: Record = Record {
    name: "law",
    doc: "Exactly one law; several ways to say the same law are told apart by their keys.",
    fields: &[
        optional("fixed", Shape::Number, "A figure without uncertainty."),
        optional(
            "normal",
            Shape::Record(&NORMAL),
            "Normal: mean and standard deviation.",
        ),
        optional(
            "lognormal",
            Shape::Record(&LOGNORMAL),
            "Lognormal: { median, ci95 = [low, high] }, { median, sigma } or { mean, sd }.",
        ),
        optional(
            "gamma",
            Shape::Record(&GAMMA),
            "Gamma: mean and standard error.",
        ),
        optional(
            "beta",
            Shape::Record(&BETA),
            "Beta: { mean, se } or { successes, failures }.",
        ),
        optional(
            "uniform",
            Shape::Record(&UNIFORM),
            "Uniform from min to max.",
        ),
        optional(
            "triangular",
            Shape::Record(&MODE),
            "Triangular: min, mode, max.",
        ),
        optional("pert", Shape::Record(&MODE), "PERT: min, mode, max."),
        optional(
            "empirical",
            Shape::Record(&EMPIRICAL),
            "Values, with weights if unequal.",
        ),
        optional(
            "three_point",
            Shape::Record(&THREE_POINT),
            "10 %, 50 % and 90 % quantiles that the fitted law reproduces.",
        ),
        optional(
            "interval80",
            Shape::Record(&INTERVAL80),
            "An 80 % interval that the fitted law of the family reproduces.",
        ),
        optional(
            "pilot",
            Shape::Record(&super::targeting::PILOT_LAW),
            "A rate ratio from a trial, drawn towards what was believed before.",
        ),
        optional(
            "formula",
            Shape::Text,
            "Arithmetic on other parameters: names, numbers, + - * / ( ).",
        ),
        optional(
            "unknown",
            Shape::Record(&UNKNOWN),
            "A declared blank, with bounds if known.",
        ),
    ],
    exactly_one: &[ExactlyOne {
        keys: &LAWS,
        gate: false,
    }],
};

static NORMAL: Record = Record {
    name: "normal",
    doc: "Normal law.",
    fields: &[
        required("mean", Shape::Number, "Mean."),
        required("sd", Shape::Number, "Standard deviation."),
    ],
    exactly_one: &[],
};

static LOGNORMAL: Record = Record {
    name: "lognormal",
    doc: "Lognormal law.",
    fields: &[
        optional("median", Shape::Number, "Median, e.g. a rate ratio."),
        optional(
            "ci95",
            Shape::List(&Shape::Number),
            "95 % confidence interval [low, high].",
        ),
        optional(
            "sigma",
            Shape::Number,
            "Standard deviation of the logarithm.",
        ),
        optional("mean", Shape::Number, "Mean."),
        optional("sd", Shape::Number, "Standard deviation."),
    ],
    exactly_one: &[
        ExactlyOne {
            keys: &["median", "mean"],
            gate: false,
        },
        ExactlyOne {
            keys: &["ci95", "sigma", "sd"],
            gate: false,
        },
    ],
};

static GAMMA: Record = Record {
    name: "gamma",
    doc: "Gamma law.",
    fields: &[
        required("mean", Shape::Number, "Mean."),
        required("se", Shape::Number, "Standard error."),
    ],
    exactly_one: &[],
};

static BETA: Record = Record {
    name: "beta",
    doc: "Beta law.",
    fields: &[
        optional("mean", Shape::Number, "Mean, in (0, 1)."),
        optional("se", Shape::Number, "Standard error."),
        optional("successes", Shape::Number, "Number with the trait."),
        optional("failures", Shape::Number, "Number without it."),
    ],
    exactly_one: &[
        ExactlyOne {
            keys: &["mean", "successes"],
            gate: false,
        },
        ExactlyOne {
            keys: &["se", "failures"],
            gate: false,
        },
    ],
};

static UNIFORM: Record = Record {
    name: "uniform",
    doc: "Uniform law.",
    fields: &[
        required("min", Shape::Number, "Least value."),
        required("max", Shape::Number, "Greatest value."),
    ],
    exactly_one: &[],
};

static MODE: Record = Record {
    name: "min_mode_max",
    doc: "Least, most likely and greatest value.",
    fields: &[
        required("min", Shape::Number, "Least value."),
        required("mode", Shape::Number, "Most likely value."),
        required("max", Shape::Number, "Greatest value."),
    ],
    exactly_one: &[],
};

static EMPIRICAL: Record = Record {
    name: "empirical",
    doc: "Values seen, with weights.",
    fields: &[
        required("values", Shape::List(&Shape::Number), "The values."),
        optional(
            "weights",
            Shape::List(&Shape::NonNegative),
            "Their weights; default equal.",
        ),
    ],
    exactly_one: &[],
};

static THREE_POINT: Record = Record {
    name: "three_point",
    doc: "Three quantiles.",
    fields: &[
        required("low", Shape::Number, "10 % quantile."),
        required("mid", Shape::Number, "Median."),
        required("high", Shape::Number, "90 % quantile."),
    ],
    exactly_one: &[],
};

static INTERVAL80: Record = Record {
    name: "interval80",
    doc: "An 80 % interval.",
    fields: &[
        required("low", Shape::Number, "10 % quantile."),
        required("high", Shape::Number, "90 % quantile."),
        required(
            "family",
            Shape::Choice(&["normal", "lognormal", "gamma", "beta"]),
            "The family of laws that is fitted.",
        ),
    ],
    exactly_one: &[],
};

static UNKNOWN: Record = Record {
    name: "unknown",
    doc: "Not known: a blank.",
    fields: &[
        optional("low", Shape::Number, "Lowest conceivable value."),
        optional("high", Shape::Number, "Highest conceivable value."),
    ],
    exactly_one: &[],
};

/// Parameters that move together.
pub static CORRELATION: Record = Record {
    name: "correlation",
    doc: "Parameters that move together (Gaussian copula).",
    fields: &[
        required(
            "parameters",
            Shape::List(&Shape::Text),
            "Names of the parameters.",
        ),
        optional("all", Shape::Number, "One correlation for every pair."),
        optional(
            "matrix",
            Shape::List(&Shape::List(&Shape::Number)),
            "The matrix, by rows.",
        ),
        optional(
            "reason",
            Shape::Text,
            "Why they move together; required where the parameters bind different parties.",
        ),
    ],
    exactly_one: &[ExactlyOne {
        keys: &["all", "matrix"],
        gate: false,
    }],
};

/// The named parameters of a file.
pub const PARAMETERS: Shape = Shape::Map(Keys::Id, &Shape::Section(&PARAMETER));

/// The correlations of a file.
pub const CORRELATIONS: Shape = Shape::Items(&CORRELATION, None);
