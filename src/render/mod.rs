//! A report as text, JSON and Markdown; a trace as text and JSON.

mod json;
mod markdown;
mod page;
mod paint;
mod text;
mod trace;

pub use json::{json, pretty};
pub use markdown::markdown;
pub use page::page;
pub use paint::{Paint, Style};
pub use text::{TextOptions, text};
pub use trace::{trace, trace_json};
