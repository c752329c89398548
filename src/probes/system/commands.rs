use std::path::{Path, PathBuf};

use crate::collections::Handful;
use crate::model::{Context, Missing};
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing, lookup};

/// The commands that are looked for.
const NAMES: [&str; 1] = ["git"];

/// Commands of the system that Go calls, and where each context finds them.
#[derive(Debug)]
pub struct Commands {
    found: Handful<(Context, &'static str), PathBuf>,
}

impl Fact for Commands {
    const ID: &'static str = "commands";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let shells = probing.get::<Contexts>()?;
        let found = shells
            .known()
            .flat_map(|(context, environment)| NAMES.map(|name| (context, name, environment)))
            .filter_map(|(context, name, environment)| Some(((context, name), lookup(host, name, environment)?)))
            .collect();
        Ok(Commands { found })
    }
}

impl Commands {
    /// Where a context finds a command; None when it does not, and for
    /// contexts that are not known.
    #[must_use]
    pub fn find(&self, context: Context, name: &'static str) -> Option<&Path> {
        self.found.get(&(context, name)).map(PathBuf::as_path)
    }
}
