use crate::model::{Missing, Target};
use crate::probes::{Fact, Probing};

/// The targets that the project's own build files name: goreleaser's,
/// Makefiles, Dockerfiles, the workflows of its CI.
#[derive(Debug, Default)]
pub struct NamedTargets {
    /// The targets in the order of the files and lines, each once. Some may
    /// be none of Go's.
    pub list: Vec<NamedBy>,
}

/// A target, and the line that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedBy {
    /// The platform.
    pub target: Target,
    /// The place, such as `.goreleaser.yaml:12`.
    pub source: String,
}

impl Fact for NamedTargets {
    const ID: &'static str = "named-targets";

    fn probe(_probing: &Probing) -> Result<Self, Missing> {
        Ok(NamedTargets::default())
    }
}

impl NamedTargets {
    /// The line that names a target first.
    #[must_use]
    pub fn get(&self, target: &Target) -> Option<&NamedBy> {
        self.list.iter().find(|named| named.target == *target)
    }
}
