//! Typed data from TOML.
//!
//! It goes through JSON's values, which the program reads anyway: TOML's own
//! way into types would be a tenth of a megabyte more of it.

use serde::de::DeserializeOwned;
use toml::Table;

/// What a text says.
///
/// # Errors
/// What is wrong with it, in a line or two.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    typed(text.parse().map_err(|error: toml::de::Error| error.to_string())?)
}

/// What a table says.
///
/// # Errors
/// What is wrong with it, in one line.
pub(crate) fn typed<T: DeserializeOwned>(table: Table) -> Result<T, String> {
    let value = serde_json::to_value(table).map_err(|error| error.to_string())?;
    serde_json::from_value(value).map_err(|error| error.to_string())
}
