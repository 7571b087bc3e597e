//! The shipped scenarios say what they are shipped to say.

mod outcomes;
mod rows_s;
mod rows_t;
