//! A report as text, JSON and Markdown.

mod markdown;
mod page;
mod paint;
mod text;

pub use markdown::markdown;
pub use page::page;
pub use paint::{Paint, Style};
pub use text::{TextOptions, text};

use crate::model::Report;

/// The report as JSON, in the form that others rely on.
///
/// # Errors
/// When the report cannot be serialised, which no report of ours is.
pub fn json(report: &Report) -> serde_json::Result<String> {
    serde_json::to_string_pretty(report)
}
