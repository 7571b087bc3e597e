//! The shipped scenarios say what they are shipped to say.

mod rows_s;
