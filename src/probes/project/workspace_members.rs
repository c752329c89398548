use std::path::{Path, PathBuf};

use super::go_mod::ModuleFile;
use super::{Directive, GoMod, GoWork};
use crate::host::Host;
use crate::model::{Context, Missing};
use crate::probes::go::{Setting, Settings};
use crate::probes::{Fact, Probing};

/// How many `use` lines are followed.
const MEMBER_LIMIT: usize = 1000;

/// The modules of the workspace that is in effect, and what GOWORK names.
#[derive(Debug)]
pub struct WorkspaceMembers {
    /// The members, in the order of go.work; empty without a workspace.
    pub members: Vec<Member>,
    /// How the module that is looked at stands to them.
    pub own: Membership,
    /// The values of GOWORK that lead to no file, each with the contexts that
    /// see it.
    pub dangling: Vec<(Setting, Vec<Context>)>,
}

/// A folder that go.work uses.
#[derive(Debug)]
pub struct Member {
    /// The line of go.work that names it.
    pub line: Directive,
    /// The go.mod that has to lie there.
    pub module: ModuleFile,
}

/// Whether the module that is looked at is a part of the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Membership {
    /// There is no module, or no workspace that can be read.
    Moot,
    /// go.work lists it.
    Listed,
    /// go.work does not list it.
    Unlisted,
}

impl Fact for WorkspaceMembers {
    const ID: &'static str = "workspace-members";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let (module, work) = (probing.get::<GoMod>()?, probing.get::<GoWork>()?);
        let settings = probing.get::<Settings>()?;
        let dangling = settings.values("GOWORK").into_iter().filter(|(setting, _)| is_dangling(host, setting));
        let mut members = Vec::new();
        let mut own = Membership::Moot;
        if let Some(file) = &work.found
            && let Ok(content) = &file.content
        {
            let member = |line: &Directive| Member {
                module: ModuleFile::read(host, clean(&file.folder.join(&line.value)).join("go.mod")),
                line: line.clone(),
            };
            members = content.uses.iter().take(MEMBER_LIMIT).map(member).collect();
            if let Some(module) = module.found.as_ref().filter(|_| content.uses.len() <= MEMBER_LIMIT) {
                let real = |path: &Path| host.canonical(path).unwrap_or_else(|_| path.to_owned());
                let folder = real(&module.folder);
                let is_listed = members.iter().any(|member| real(&member.module.folder) == folder);
                own = if is_listed { Membership::Listed } else { Membership::Unlisted };
            }
        }
        Ok(WorkspaceMembers { members, own, dangling: dangling.collect() })
    }
}

fn is_dangling(host: &dyn Host, setting: &Setting) -> bool {
    let path = Path::new(&setting.value);
    !matches!(setting.value.as_str(), "off" | "auto")
        && (path.is_relative() || host.stat(path).is_err_and(|missing| missing.is_absent()))
}

/// The path without `.` and `..`, as far as its text tells: Go does the same.
pub(super) fn clean(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            part => clean.push(part),
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lose_their_dots() {
        for (path, expected) in [("/a/./b/../c", "/a/c"), ("/a/../../b", "/b"), ("/a/b/..", "/a"), ("/", "/")] {
            assert_eq!(clean(Path::new(path)), Path::new(expected), "{path}");
        }
    }
}
