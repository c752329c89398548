use std::path::PathBuf;

use crate::model::{Context, Missing};
use crate::probes::go::{Settings, Toolchains};
use crate::probes::{Fact, Probing, lookup};

/// The `git` that the Go in use finds.
#[derive(Debug)]
pub struct GitCommand {
    /// The context whose Go this is about.
    pub context: Context,
    /// The file that runs; None when PATH has none.
    pub path: Option<PathBuf>,
}

impl Fact for GitCommand {
    const ID: &'static str = "git-command";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let (settings, toolchains) = (probing.get::<Settings>()?, probing.get::<Toolchains>()?);
        let (context, view) = settings
            .in_use(&toolchains)
            .ok_or_else(|| Missing::absent("no environment is known that a go could run in"))?;
        Ok(GitCommand { context, path: lookup(probing.host(), "git", view.environment()) })
    }
}
