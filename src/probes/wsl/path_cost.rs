use std::path::PathBuf;
use std::time::Duration;

use super::Drives;
use crate::model::{Context, Missing};
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing};

/// What it costs to look for a command that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathCost {
    /// The folders of PATH that lie on Windows, in a new terminal or else in
    /// this session.
    pub folders: Vec<String>,
    /// How long one look into all of them takes.
    pub took: Duration,
}

/// A name that no folder has.
const NOBODY: &str = "gomedic-looks-for-nothing";

impl Fact for PathCost {
    const ID: &'static str = "windows-path-cost";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let drives = probing.get::<Drives>()?;
        let contexts = probing.get::<Contexts>()?;
        let environment = contexts.get(Context::Interactive).or_else(|_| contexts.get(Context::Session));
        let environment = environment.map_err(Clone::clone)?;
        let mut folders: Vec<String> = environment.path_entries().into_iter().map(str::to_owned).collect();
        folders.retain(|folder| drives.holding(std::path::Path::new(folder)).is_some());
        let names: Vec<PathBuf> = folders.iter().map(|folder| PathBuf::from(folder).join(NOBODY)).collect();
        let took = if names.is_empty() { Duration::ZERO } else { host.lookup_time(&names)? };
        Ok(PathCost { folders, took })
    }
}
