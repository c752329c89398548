//! A report as text, JSON and Markdown; a trace, inspections and a matrix of
//! builds as text and JSON.

mod cross;
mod inspect;
mod json;
mod markdown;
mod page;
mod paint;
mod text;
mod trace;
mod writer;

pub use cross::{cross, cross_json};
pub use inspect::{Checked, inspections, inspections_json};
pub use json::{json, pretty};
pub use markdown::markdown;
pub use page::page;
pub use paint::{Paint, Style};
pub use text::text;
pub use trace::{trace, trace_json};
pub use writer::TextOptions;
