//! random
/// Stand-in until the room is furnished.
#[derive(Debug, Clone, PartialEq)]
pub struct Law(());
