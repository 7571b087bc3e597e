//! scenario

pub mod grammar;
mod near;
pub mod source;
pub mod statbank;
pub mod table;
pub mod tree;
