//! What a run says, as text and as bytes.

pub mod fixture;

mod files;
mod text;
mod workbook;
