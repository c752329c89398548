//! The packages that a build is made of, read from their files as Go reads
//! them: build constraints, imports, modules. Go itself is not asked.

mod constraint;
mod folder;
mod graph;
mod head;
mod homes;
mod load;
mod parallel;
mod project;
mod roots;
mod scanner;
mod selected;
mod sources;
mod target;
mod version;

pub(super) use constraint::Constraint;
pub(super) use head::Head;
pub(crate) use head::Import;
pub use load::{CgoPackages, LeftOut, Rest};
pub use project::{ProjectPackages, packages_for};
pub(super) use target::Tags;
pub use target::{CgoUse, Target};
