//! random
/// Stand-in until the room is furnished.
#[derive(Debug, Clone, PartialEq)]
pub struct Law(());
/// Seed of every draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed(pub u64);
