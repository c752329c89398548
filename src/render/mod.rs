//! A report as text, JSON and Markdown; a trace and inspections as text and
//! JSON.

mod inspect;
mod markdown;
mod page;
mod paint;
mod text;
mod trace;

pub use inspect::{Checked, inspections, inspections_json};
pub use markdown::markdown;
pub use page::page;
pub use paint::{Paint, Style};
pub use text::{TextOptions, text};
pub use trace::{trace, trace_json};

use crate::model::Report;

/// The report as JSON, in the form that others rely on.
///
/// # Errors
/// When the report cannot be serialised, which no report of ours is.
pub fn json(report: &Report) -> serde_json::Result<String> {
    serde_json::to_string_pretty(report)
}
