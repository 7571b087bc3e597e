//! scenario

pub mod grammar;
mod near;
pub mod source;
pub mod tree;
