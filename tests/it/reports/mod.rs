//! What a run says, as text and as bytes.

pub mod fixture;

mod annex;
mod bounds;
mod files;
mod opened;
mod papers;
mod text;
mod workbook;
