//! Courses through several services, and diagnoses newly made.

use super::{GRADE, Record, Shape, gate, optional, required, slot};
use crate::units::Unit;

/// See its `doc`.
pub static COURSE: Record = Record {
    name: "course",
    doc: "Services that follow each other for a citizen: outcomes are counted per course begun.",
    fields: &[
        optional("label", Shape::Words, "Name for readers."),
        required(
            "services",
            Shape::List(&Shape::Text),
            "The services in order, two or more; a unit of the first begins a course.",
        ),
        required("groups", Shape::List(&Shape::Text), "Whose course it is."),
        required("source", Shape::Text, "Where the course is described."),
        optional("grade", GRADE, "Its grade."),
    ],
    exactly_one: &[],
};

/// See its `doc`.
pub static DETECT: Record = Record {
    name: "detect",
    doc: "Covered persons who turn out to have a diagnosis: counted where units are divided by persons, moving no krone.",
    fields: &[
        required("name", Shape::Id, "Its name."),
        optional("label", Shape::Words, "Name for readers."),
        required("coverage", Shape::Text, "Who is examined."),
        required("group", Shape::Text, "The group whose diagnosis they get."),
        required(
            "level",
            Shape::Whole(1, 99),
            "The need level they are counted at.",
        ),
        gate(
            "share",
            slot(&[Unit::Share]),
            "Share of the covered who have it.",
        ),
    ],
    exactly_one: &[],
};
