//! scenario

mod near;
pub mod source;
pub mod tree;
