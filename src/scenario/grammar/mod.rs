//! The scenario grammar as data: every table, its keys, their types, units and meaning.
//!
//! ```text
//!                      ┌─▶ walk: unknown keys, wrong types, missing keys (diagnostics)
//! Record { Field … } ──┼─▶ layer: how an extending file replaces what it extends
//!                      └─▶ schema: JSON Schema for editors
//! ```
//!
//! *Promise:* a key exists if and only if it stands here, with the sentence that explains it; the
//! reader and the published schema cannot disagree.
//! *Absent:* values. What a figure may be in the light of another is the business of `check`.

mod agreement;
mod balance;
mod capacity;
mod dynamics;
mod layer;
mod parameter;
mod portfolio;
mod ratio;
mod targeting;
mod totals;
mod transfer;
mod walk;
mod world;

pub use agreement::{
    AGREEMENT, BACKFILL, COVERAGE, EFFECT, INDICATOR, INVEST, OPERATE, PER_EVENT, PROVIDE,
    RELEASE_PLAN, SAFETY, SHIFT, SHIFT_TO,
};
pub use balance::BALANCE;
pub use capacity::{
    BREAK_EVEN, DRIFT, JOINT_COST, JOINT_OPERATION, LEON, LEON_OPTION, PLACES, SAVED_TIME, SPILL,
    TRIPLE_AIM, WORKFORCE,
};
pub use dynamics::{DIRICHLET, DYNAMICS, TRANSITION};
pub use layer::lay;
pub use parameter::{LAW, PARAMETER};
pub use portfolio::PORTFOLIO;
pub use ratio::{COURSE, DETECT};
pub use targeting::{CLASSIFICATION, PILOT, REALLOCATE, SELECTION, UNIT};
pub use totals::{
    AVAILABILITY, CEILING, CORRIDOR, CRITERION, FRAME, FUND, GAIN_SHARE, POOL, STEPS, SUSPENSE,
};
pub use transfer::{
    ACTUAL_COST, GP_FEE, LUMP_SUM, PER_COVERED, PER_UNIT, RULES, TARIFF_SHARE, TIER,
};
pub use walk::{Walk, day_of, is_blank, missing_keys, month_of};
pub use world::{GROUP, PRICE_INDEX, RELEASE, SERVICE, WORLD};

use crate::units::Unit;

/// A table of the grammar.
#[derive(Debug)]
pub struct Record {
    /// Its name in messages and in the schema.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub doc: &'static str,
    /// Its keys.
    pub fields: &'static [Field],
    /// Sets of keys of which exactly one must stand.
    pub exactly_one: &'static [ExactlyOne],
}

/// A set of keys of which exactly one must stand.
#[derive(Debug)]
pub struct ExactlyOne {
    /// The keys.
    pub keys: &'static [&'static str],
    /// None at all is a blank, not a fault.
    pub gate: bool,
}

/// A key of a table.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether it must stand.
    pub need: Need,
    /// What it means, in a sentence.
    pub doc: &'static str,
}

/// Whether a key must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Required,
    /// It may.
    Optional,
    /// Without it the agreement is not clarified: a blank, named, not a fault.
    Gate,
}

/// What a key holds.
#[derive(Debug)]
pub enum Shape {
    /// A text that is not empty.
    Text,
    /// A name others refer to: lower-case a–z, digits, underscore.
    Id,
    /// A path relative to the file.
    Path,
    /// Reader's text in Danish and, if given, English.
    Words,
    /// true or false.
    Flag,
    /// Any finite number.
    Number,
    /// A number above 0.
    Positive,
    /// A number of at least 0.
    NonNegative,
    /// A number in [0, 1].
    Fraction,
    /// A whole number in a range.
    Whole(i64, i64),
    /// A calendar year.
    Year,
    /// A year or a month.
    Date,
    /// A day of the calendar.
    Day,
    /// One of several words.
    Choice(&'static [&'static str]),
    /// The name of a parameter, or a blank.
    Slot(Slot),
    /// A list of one shape.
    List(&'static Shape),
    /// `[[…]]`: a list of tables; in an extending file one with the same identity replaces.
    Items(&'static Record, Option<&'static str>),
    /// A table that an extending file replaces whole.
    Record(&'static Record),
    /// A table that an extending file replaces key by key.
    Section(&'static Record),
    /// A table with keys of the author's.
    Map(Keys, &'static Shape),
    /// One of several shapes of different TOML types.
    Either(&'static [Shape]),
}

/// A slot for a named parameter.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    /// The units that fit.
    pub units: &'static [Unit],
    /// A bare number may stand here: structure, not evidence.
    pub number: bool,
}

/// What the keys of a map are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// Names of the author's choice.
    Id,
    /// Need levels 1, 2, 3 …
    Level,
    /// Need levels, or `died`.
    LevelOrDied,
    /// Need levels, or names of groups.
    LevelOrGroup,
    /// Age bands of the world.
    AgeBand,
    /// Calendar years.
    Year,
    /// Parties.
    Party,
    /// Names of groups.
    Group,
    /// `default`, or a municipality by name or code.
    Municipality,
}

/// The words for a figure that is not agreed yet.
pub const BLANK: [&str; 2] = ["udfyldes_senere", "to_be_agreed"];

/// The parties.
pub const PARTY: Shape = Shape::Choice(&PARTIES);

/// Keys of the parties.
pub const PARTIES: [&str; 6] = [
    "region",
    "municipality",
    "gp",
    "state",
    "citizen",
    "civil_society",
];

/// Evidence grades.
pub const GRADE: Shape = Shape::Choice(&["A", "A-derived", "B", "B-", "C"]);

/// How a sum is divided among municipalities.
pub const KEY: Shape = Shape::Choice(&["population", "equal"]);

/// First and last year of something.
pub static YEARS: Record = Record {
    name: "years",
    doc: "First and last calendar year, both included.",
    fields: &[
        required("from", Shape::Year, "The first year."),
        required("to", Shape::Year, "The last year, included."),
    ],
    exactly_one: &[],
};

const fn required(key: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field {
        key,
        shape,
        need: Need::Required,
        doc,
    }
}

const fn optional(key: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field {
        key,
        shape,
        need: Need::Optional,
        doc,
    }
}

const fn gate(key: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field {
        key,
        shape,
        need: Need::Gate,
        doc,
    }
}

const fn slot(units: &'static [Unit]) -> Shape {
    Shape::Slot(Slot {
        units,
        number: false,
    })
}

const fn slot_or_number(units: &'static [Unit]) -> Shape {
    Shape::Slot(Slot {
        units,
        number: true,
    })
}

impl Record {
    /// The field of a key.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}

/// Where a slot stands: the units it takes, for messages and for `check`.
pub fn units_of(record: &'static Record, key: &str) -> &'static [Unit] {
    match record.field(key).map(|field| &field.shape) {
        Some(Shape::Slot(slot)) => slot.units,
        Some(Shape::Either(shapes)) => slot_units(shapes),
        Some(Shape::Map(_, Shape::Slot(slot))) => slot.units,
        _ => &[],
    }
}

fn slot_units(shapes: &'static [Shape]) -> &'static [Unit] {
    let slot = shapes.iter().find_map(|shape| match shape {
        Shape::Slot(slot) => Some(slot.units),
        _ => None,
    });
    slot.unwrap_or_default()
}
