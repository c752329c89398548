use std::path::{Path, PathBuf};

use super::{ProjectFiles, ProjectRoot};
use crate::host::Host;
use crate::model::text::plain;
use crate::model::{Context, Evidence, Missing};
use crate::probes::modules::{GitConfig, GitEntry};
use crate::probes::{Fact, Probing};

/// No script that somebody wrote is larger.
const SIZE_LIMIT: u64 = 256 * 1024;

/// How many files are read.
const READ_LIMIT: usize = 400;

/// The endings of scripts.
const ENDINGS: [&str; 10] = ["sh", "bash", "zsh", "ksh", "fish", "py", "pl", "rb", "awk", "js"];

/// Folders of which every file is taken for a script.
const FOLDERS: [&str; 2] = [".githooks", ".husky"];

/// The project's scripts whose first line names their interpreter and ends
/// in a carriage return.
#[derive(Debug)]
pub struct CrlfScripts {
    /// The project's root; None when there is no project.
    pub root: Option<ProjectRoot>,
    /// The scripts.
    pub found: Vec<CrlfScript>,
    /// What git does about line ends here. It is looked at only when there
    /// are such scripts.
    pub git: GitEnds,
    /// Why not every file could be looked at.
    pub problem: Option<Missing>,
}

/// What git does about line ends in the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GitEnds {
    /// The project is in no repository of git, as far as is known.
    NoRepository,
    /// It leaves them as they are in the repository.
    Leaves,
    /// It writes those of Windows, for this setting.
    Writes(Evidence),
}

/// A script that its interpreter is not found for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrlfScript {
    /// The file.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// Its first line without the line end, such as `#!/bin/bash`.
    pub first_line: String,
}

impl Fact for CrlfScripts {
    const ID: &'static str = "crlf-scripts";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let project = probing.get::<ProjectFiles>()?;
        let mut reading = Reading { host, found: Vec::new(), read: 0, problem: project.problem.clone() };
        project.files.iter().for_each(|path| reading.look(path));
        let Reading { found, problem, .. } = reading;
        let git = if found.is_empty() { GitEnds::NoRepository } else { GitEnds::of(probing) };
        Ok(CrlfScripts { root: project.root.clone(), found, git, problem })
    }
}

/// The scripts so far.
struct Reading<'a> {
    host: &'a dyn Host,
    found: Vec<CrlfScript>,
    read: usize,
    problem: Option<Missing>,
}

impl Reading<'_> {
    fn look(&mut self, path: &Path) {
        match self.spoilt(path) {
            Ok(Some(first_line)) => {
                let name = self.host.machine().tilde(path);
                self.found.push(CrlfScript { path: path.to_owned(), name, first_line });
            }
            Ok(None) => {}
            Err(missing) if missing.is_absent() => {}
            Err(missing) => {
                self.problem.get_or_insert(missing);
            }
        }
    }

    /// The first line of a script with Windows line ends.
    fn spoilt(&mut self, path: &Path) -> Result<Option<String>, Missing> {
        let ending = path.extension();
        if ending.is_some_and(|ending| !ENDINGS.iter().any(|known| ending == *known)) {
            return Ok(None);
        }
        let stat = self.host.link_stat(path)?;
        // Without an ending, one that can be executed is taken for a script.
        let may_be = ending.is_some() || stat.mode & 0o111 != 0 || is_hook(path);
        if !may_be || stat.size > SIZE_LIMIT {
            return Ok(None);
        }
        self.read += 1;
        if self.read > READ_LIMIT {
            let what = format!("only the first {READ_LIMIT} scripts of this project were looked at");
            return Err(Missing::failed(what));
        }
        Ok(spoilt_first_line(&self.host.read(path, SIZE_LIMIT)?))
    }
}

fn is_hook(path: &Path) -> bool {
    path.parent().and_then(Path::file_name).is_some_and(|name| FOLDERS.iter().any(|known| name == *known))
}

/// The first line of a script, when it names an interpreter and ends in a
/// carriage return.
fn spoilt_first_line(bytes: &[u8]) -> Option<String> {
    // Programs begin with anything; what holds a NUL is no text.
    let line = bytes.split(|byte| *byte == b'\n').next().filter(|line| line.starts_with(b"#!"))?;
    let line = line.strip_suffix(b"\r").filter(|line| !line.contains(&0))?;
    let line = String::from_utf8_lossy(line);
    Some(plain(line.trim_end_matches('\r')).into_owned())
}

impl GitEnds {
    fn of(probing: &Probing) -> GitEnds {
        let git = probing.get::<GitConfig>();
        let Some(git) = git.ok().filter(|git| git.repository.is_some()) else { return GitEnds::NoRepository };
        let view = git.of(Context::Session);
        let entry = view.and_then(|view| view.for_project().rfind(|entry| entry.is("core", "autocrlf")));
        entry.filter(|entry| is_on(entry)).map_or(GitEnds::Leaves, |entry| GitEnds::Writes(entry.evidence()))
    }
}

fn is_on(entry: &GitEntry) -> bool {
    ["true", "yes", "on", "1"].iter().any(|word| entry.text().eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_interpreter_line_with_a_carriage_return_counts() {
        let line = |bytes: &[u8]| spoilt_first_line(bytes);
        assert_eq!(line(b"#!/bin/bash\r\necho\r\n").as_deref(), Some("#!/bin/bash"));
        assert_eq!(line(b"#!/bin/sh -e\r\r\n").as_deref(), Some("#!/bin/sh -e"));
        assert_eq!(line(b"#!/bin/sh\r").as_deref(), Some("#!/bin/sh"));
        assert_eq!(line(b"#!/bin/\xff\x1b[2J\r\n").as_deref(), Some("#!/bin/\u{fffd}\\x1b[2J"));
        for fine in [
            &b"#!/bin/bash\necho\r\n"[..],
            b"# !/bin/bash\r\n",
            b"\xef\xbb\xbf#!/bin/bash\r\n",
            b"#!\0\r\n",
            b"MZ\r\n#!/bin/sh\r\n",
            b"\r\n",
            b"",
        ] {
            assert_eq!(line(fine), None, "{}", fine.escape_ascii());
        }
    }
}
