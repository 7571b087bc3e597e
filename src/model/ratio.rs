//! Indicators as ratios: units per person, or outcomes per course begun; and who is newly found.
//!
//! Absent: persons who are followed. A ratio is one of totals of a year.

use super::{GroupId, Origin, ServiceId, Value, Words};

/// What an indicator's units are divided by, beside being counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// Persons of its groups and levels.
    Person,
    /// Courses begun (index in [`super::World::courses`]).
    Course(usize),
}

/// Services that follow each other for a citizen; the first begins it.
#[derive(Debug, Clone, PartialEq)]
pub struct CareCourse {
    /// Identifier, the same wherever the course is named.
    pub id: String,
    /// Name for readers.
    pub label: Words,
    /// The services, in order; two or more.
    pub services: Vec<ServiceId>,
    /// Whose course it is.
    pub groups: Vec<GroupId>,
    /// Source.
    pub source: String,
    /// Where it stands.
    pub origin: Origin,
}

/// Persons of a coverage who turn out to have a diagnosis nobody had made.
///
/// They stay in their own group and cell: their use, and every krone, is what it was. Only where
/// units are divided by persons with the diagnosis do they count.
#[derive(Debug, Clone, PartialEq)]
pub struct Detection {
    /// Name.
    pub name: String,
    /// Name for readers.
    pub label: Words,
    /// Index of the coverage: who is examined.
    pub coverage: usize,
    /// The group whose diagnosis they get.
    pub group: GroupId,
    /// The need level they are counted at.
    pub level: u8,
    /// Share of the covered who have the diagnosis.
    pub share: Value,
    /// Where it stands.
    pub origin: Origin,
}
