use std::path::PathBuf;

use super::sources::{self, Source};
use super::{Form, RcFiles, ShellKind};
use crate::host::Host;
use crate::model::{Context, Missing};
use crate::probes::{Fact, Probing};

/// The start files that a login bash does not come to, because another one
/// stands before them: it reads the first of three alone.
#[derive(Debug)]
pub struct HiddenFiles {
    /// The file that is read in their place; None when nothing is hidden.
    pub by: Option<PathBuf>,
    /// What the hidden files would do, were they read.
    pub rc: RcFiles,
}

/// What bash looks for, in this order.
const CANDIDATES: [&str; 3] = [".bash_profile", ".bash_login", ".profile"];

impl Fact for HiddenFiles {
    const ID: &'static str = "hidden-start-files";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let read = probing.get::<RcFiles>()?;
        let hidden = hidden(host, &read);
        let by = if hidden.is_empty() { None } else { sources::bash_login_file(host) };
        let contexts: &[Context] = &[Context::Login, Context::Interactive];
        let sources: Vec<Source> =
            hidden.into_iter().map(|path| Source { path, contexts, form: Form::Posix }).collect();
        Ok(HiddenFiles { by, rc: RcFiles::of_sources(host, &sources) })
    }
}

/// The candidates that are there and that no file reads in its turn.
fn hidden(host: &dyn Host, read: &RcFiles) -> Vec<PathBuf> {
    let machine = host.machine();
    let (ShellKind::Bash, Some(home)) = (ShellKind::of_user(machine), &machine.user.home) else { return Vec::new() };
    let there = CANDIDATES.into_iter().map(|name| home.join(name)).filter(|path| host.exists(path));
    there.filter(|path| read.file(path).is_none_or(|file| !file.contexts.contains(&Context::Login))).collect()
}
