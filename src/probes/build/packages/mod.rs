//! The packages that a build is made of, read from their files as Go reads
//! them: build constraints, imports, modules. Go itself is not asked.

mod constraint;
mod demands;
mod folder;
mod graph;
mod head;
mod home;
mod homes;
mod load;
mod loss;
mod project;
mod roots;
mod scanner;
mod selected;
mod sources;
mod supply;
mod target;
mod version;

pub(super) use constraint::Constraint;
pub use demands::{Demands, Folders};
pub(super) use head::Head;
pub(crate) use head::Import;
pub use load::{CgoPackages, LeftOut, Rest};
pub use loss::Loss;
pub use project::ProjectPackages;
pub(super) use target::Tags;
pub use target::{CgoUse, Target};
