//! What a run says, as text and as bytes.

pub mod fixture;

mod files;
mod opened;
mod page;
mod papers;
mod text;
mod workbook;
