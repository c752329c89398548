//! The words of gomedic as types: layers, contexts, severities, findings,
//! fixes, outcomes, reports and the events that a run is made of.
//!
//! Nothing here touches the host. Everything else in the crate speaks in
//! these types.

mod class;
mod context;
mod cross;
mod editor_json;
mod event;
mod evidence;
mod finding;
mod fix;
mod forest;
mod go_version;
mod layer;
mod mask;
mod missing;
mod outcome;
mod report;
mod severity;
mod subject;
pub mod text;
mod trace;
mod verdict;

pub use class::Class;
pub use context::Context;
pub use cross::CgoPackage;
pub(crate) use editor_json::EDITOR_JSON;
pub use event::{Event, ProbeStatus};
pub use evidence::Evidence;
pub use finding::{Cause, Finding};
pub use fix::{Edit, Fix, Inverse, Preview, Privilege, Step};
pub use forest::{Branch, forest};
pub use go_version::{GoVersion, Patch};
pub use layer::Layer;
pub use mask::mask;
pub use missing::{Missing, Reason};
pub use outcome::Outcome;
pub use report::{CheckReport, HostSummary, Report, Status, Summary, Timing, absence};
pub use severity::Severity;
pub use subject::Subject;
pub use trace::{Candidate, GoLevel, GoOrigin, Trace, TraceRow, TraceWriter, is_list};
pub use verdict::Verdict;
