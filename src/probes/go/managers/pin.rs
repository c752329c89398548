//! What a version manager is asked for, and where.

use super::Manager;
use super::pin_reader::PinReader;
use crate::host::{Environment, Host};
use crate::model::{Evidence, Missing};
use crate::probes::project::Place;

/// Versions that a version manager is asked for. The first that it has counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// The versions as they are written; never empty.
    pub words: Vec<String>,
    /// What asks.
    pub by: PinnedBy,
}

/// What asks a version manager for a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PinnedBy {
    /// A variable of the environment.
    Variable(&'static str),
    /// A file of the project, or of a folder above it.
    Project(Place),
    /// The user's own default.
    Default(Place),
}

impl Pin {
    /// What asks a manager for a Go in the folder that is looked at, or why
    /// that cannot be told; None when nothing does.
    pub(super) fn of(host: &dyn Host, manager: &Manager, environment: &Environment) -> Option<Result<Pin, Missing>> {
        PinReader::new(host, manager, environment).pin()
    }

    /// What asks, with what stands there.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        match &self.by {
            PinnedBy::Variable(name) => Evidence::new(*name, self.words.join(" ")),
            PinnedBy::Project(place) | PinnedBy::Default(place) => {
                Evidence::new(format!("{}:{}", place.name, place.line), place.text.trim())
            }
        }
    }

    /// The version that comes first, as it is written.
    #[must_use]
    pub fn first(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }
}

impl PinnedBy {
    /// `GOENV_VERSION`, `~/shop/.go-version`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            PinnedBy::Variable(name) => name,
            PinnedBy::Project(place) | PinnedBy::Default(place) => &place.name,
        }
    }

    /// The same as goenv says it: a whole path.
    #[must_use]
    pub fn origin(&self) -> String {
        match self {
            PinnedBy::Variable(name) => format!("{name} environment variable"),
            PinnedBy::Project(place) | PinnedBy::Default(place) => place.path.display().to_string(),
        }
    }
}
