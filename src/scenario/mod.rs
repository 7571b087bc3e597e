//! scenario

pub mod compose;
pub mod difference;
pub mod grammar;
mod near;
pub mod schema;
pub mod source;
pub mod statbank;
pub mod table;
pub mod tree;
