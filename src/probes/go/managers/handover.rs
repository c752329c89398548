use std::path::{Path, PathBuf};

use super::super::installations::Origin;
use super::Manager;
use crate::host::{Environment, Host};
use crate::probes::lookup;

/// A shim that hands over to a program of its manager that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenShim {
    /// The program, as the shim names it.
    pub program: Program,
    /// The line of the shim, from 1.
    pub line: usize,
    /// What stands there.
    pub text: String,
    /// Where the manager's program is, as far as it can be found.
    pub found: Option<PathBuf>,
}

/// How a shim names a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Program {
    /// By a path, written when the shim was made.
    At(PathBuf),
    /// By a name that is looked up on PATH.
    Named(&'static str),
}

/// How much of a shim is read: it is a few lines.
const SHIM_BYTES: u64 = 16 * 1024;

/// A longer line is none that a manager writes.
const LINE_BYTES: usize = 512;

/// Where managers' programs lie besides their own folder.
const ELSEWHERE: [&str; 4] = ["~/.local/bin", "/usr/local/bin", "/opt/homebrew/bin", "/home/linuxbrew/.linuxbrew/bin"];

impl BrokenShim {
    /// None for a shim that works, or whose text does not tell.
    pub(super) fn read(
        host: &dyn Host,
        manager: &Manager,
        shim: &Path,
        environment: &Environment,
    ) -> Option<BrokenShim> {
        let name = match manager.origin {
            Origin::Goenv => "goenv",
            Origin::Asdf => "asdf",
            // mise's shims are mise itself.
            _ => return None,
        };
        let bytes = host.read(shim, SHIM_BYTES).ok()?;
        let text = String::from_utf8_lossy(bytes.strip_prefix(b"#!")?);
        let (line, text) = text.lines().enumerate().filter(|(_, line)| line.starts_with("exec ")).last()?;
        if text.len() > LINE_BYTES {
            return None;
        }
        let program = handed_to(text, name)?;
        let on_path = lookup(host, name, environment);
        let is_there = match &program {
            Program::At(path) => !host.stat(path).is_err_and(|missing| missing.is_absent()),
            Program::Named(_) => on_path.is_some(),
        };
        let found = || {
            let own = [manager.home.join("bin"), manager.home.join("libexec")].into_iter();
            let others = ELSEWHERE.iter().map(|folder| host.machine().untilde(folder));
            own.chain(others).map(|folder| folder.join(name)).find(|path| host.is_executable(path))
        };
        (!is_there).then(|| BrokenShim {
            program,
            line: line + 1,
            text: text.to_owned(),
            found: on_path.clone().or_else(found),
        })
    }
}

/// `exec asdf exec …`, `exec "/home/kim/.goenv/libexec/goenv" exec …`.
fn handed_to(line: &str, name: &'static str) -> Option<Program> {
    let rest = line.strip_prefix("exec ")?.trim_start();
    let word = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    let looked_up = word.strip_prefix("$(command -v ").and_then(|word| word.strip_suffix(')')).unwrap_or(word);
    let path = Path::new(word);
    match path.is_absolute() && path.ends_with(name) {
        true => Some(Program::At(path.to_owned())),
        false => (looked_up == name).then_some(Program::Named(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_behind_exec_is_found_in_every_spelling() {
        let at = |path: &str| Some(Program::At(path.into()));
        for (line, program) in [
            ("exec asdf exec \"go\" \"$@\"", Some(Program::Named("asdf"))),
            ("exec /home/kim/.asdf/bin/asdf exec \"go\" \"$@\" # asdf_allow: ' asdf '", at("/home/kim/.asdf/bin/asdf")),
            ("exec \"/opt/a b/asdf\" exec", at("/opt/a b/asdf")),
            ("exec \"$(command -v asdf)\" exec \"$program\"", Some(Program::Named("asdf"))),
            ("exec \"$ASDF_DIR/bin/asdf\" exec", None),
            ("exec ./asdf exec", None),
            ("exec /opt/go/bin/go \"$@\"", None),
            ("exec", None),
            ("exec \"", None),
            ("executor asdf", None),
        ] {
            assert_eq!(handed_to(line, "asdf"), program, "{line}");
        }
    }
}
