use std::path::PathBuf;

use super::Drives;
use crate::host::Host;
use crate::model::{Context, Missing};
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing, lookup_all};

/// The tools of which one on Windows is found first.
#[derive(Debug, Clone, Default)]
pub struct ToolsOnWindows {
    /// Each tool and file once.
    pub first: Vec<ToolOnWindows>,
}

/// A tool on a Windows drive that runs here before others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolOnWindows {
    /// Its name.
    pub name: &'static str,
    /// The file.
    pub path: PathBuf,
    /// The contexts that find it first.
    pub contexts: Vec<Context>,
    /// One of Linux behind it on PATH.
    pub behind: Option<PathBuf>,
}

/// The tools that a Go developer calls by name. Extensions are not tried
/// under Linux: `go.exe` never answers to `go`.
const NAMES: [&str; 5] = ["go", "gofmt", "gopls", "dlv", "git"];

impl Fact for ToolsOnWindows {
    const ID: &'static str = "tools-on-windows";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let drives = probing.get::<Drives>()?;
        let contexts = probing.get::<Contexts>()?;
        let mut found: Vec<ToolOnWindows> = Vec::new();
        for (context, environment) in contexts.known() {
            for name in NAMES {
                let files = lookup_all(host, name, environment);
                let Some(path) = files.first().filter(|path| is_on(host, &drives, path)) else { continue };
                if let Some(known) = found.iter_mut().find(|known| known.path == *path) {
                    known.contexts.push(context);
                    continue;
                }
                let behind = files[1..].iter().find(|path| !is_on(host, &drives, path)).cloned();
                found.push(ToolOnWindows { name, path: path.clone(), contexts: vec![context], behind });
            }
        }
        Ok(ToolsOnWindows { first: found })
    }
}

fn is_on(host: &dyn Host, drives: &Drives, path: &std::path::Path) -> bool {
    drives.holding_real(host, path).is_some()
}
