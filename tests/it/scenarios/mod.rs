//! The shipped scenarios say what they are shipped to say.

pub mod golden;
mod rows_s;
