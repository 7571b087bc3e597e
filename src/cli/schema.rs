//! `schema`: the JSON Schema of scenario files, for an editor.

use super::exit::{Exit, Stop};
use super::output;

/// Prints the schema.
///
/// # Errors
/// Those of standard output.
pub fn schema() -> Result<Exit, Stop> {
    let schema = crate::scenario::schema::schema();
    output::to_stdout(format!("{schema:#}\n").as_bytes())?;
    Ok(Exit::Done)
}
