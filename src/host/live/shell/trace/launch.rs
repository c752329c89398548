use std::path::{Path, PathBuf};

use super::super::kind::Kind;
use super::super::script::quote;
use super::fish::FishReader;
use super::records::Records;
use super::{Reader, prompt};
use crate::host::{Environment, Machine, Program};

/// Where bash writes its trace to: a copy of standard error, so that what rc
/// files do to standard error itself changes nothing.
const TRACE_FD: u8 = 199;

/// The files of all users that a bash reads for a terminal, by the system
/// that built it.
const SYSTEM_BASHRC: [&str; 2] = ["/etc/bash.bashrc", "/etc/bash/bashrc"];

/// How a shell is started so that it tells what it does.
pub(super) struct Launch<'a> {
    kind: Kind,
    /// The shell's absolute path.
    shell: &'a str,
    machine: &'a Machine,
    names: Vec<String>,
    /// What nobody else prints.
    mark: String,
}

impl<'a> Launch<'a> {
    pub(super) fn new(kind: Kind, shell: &'a str, machine: &'a Machine, names: Vec<String>) -> Self {
        Launch { kind, shell, machine, names, mark: super::super::script::unguessable() }
    }

    /// What makes a trace of what it prints.
    pub(super) fn reader(&self) -> Box<dyn Reader> {
        match self.kind {
            Kind::Fish => Box::new(FishReader::new(&self.mark, &self.names)),
            kind => Box::new(Records::new(kind, &self.mark, &self.names)),
        }
    }

    pub(super) fn program(&self, environment: Environment) -> Program {
        let mut program = Program::new(self.argv());
        program.environment = environment.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let (name, value) = match self.kind {
            Kind::Fish => ("fish_trace", "1".to_owned()),
            kind => ("PS4", prompt::prompt(kind, &self.mark, &self.names)),
        };
        program = program.env(name, value);
        if let Some(home) = self.machine.user.home.as_ref().filter(|home| home.is_dir()) {
            program.folder.clone_from(home);
        }
        program
    }

    fn argv(&self) -> Vec<String> {
        let shell = self.shell.to_owned();
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let line = match self.kind {
            Kind::Bash if self.is_root() => {
                let line = format!("{}; {}; {}", self.opening(), self.login_files(), self.hand_over("--norc -i"));
                words(&["--noprofile", "-l", "-c", &line])
            }
            Kind::Bash => {
                // The trace's own file is opened before the shell that is
                // traced starts: that one reads the variables at its start.
                let env = super::super::script::printer().unwrap_or("env");
                let opener = format!("exec {TRACE_FD}>&2; exec {env} BASH_XTRACEFD={TRACE_FD} \"$0\" -x -l -c \"$1\"");
                let line = self.hand_over("-x -i");
                return [vec![shell.clone()], words(&["--norc", "--noprofile", "-c", &opener]), vec![shell, line]]
                    .concat();
            }
            Kind::Zsh => words(&["-o", "promptsubst", "-x", "-l", "-c", &self.hand_over("-o promptsubst -x -i")]),
            Kind::Posix => words(&["-x", "-l", "-c", &self.hand_over("-x -i")]),
            Kind::Fish => words(&["-l", "-c", &self.hand_over("-i")]),
        };
        [vec![shell], line].concat()
    }

    /// The end of the login shell, and the terminal after it.
    fn hand_over(&self, options: &str) -> String {
        let shell = quote(self.kind, self.shell);
        let end = match self.kind {
            Kind::Fish => format!(": {}", self.end()),
            // As with the plain start: no history, no exit traps.
            _ => format!(": {}; kill -KILL $$", self.end()),
        };
        let again = self.tracing_on();
        let terminal = match self.kind {
            Kind::Bash if self.is_root() => format!("{}; {}; {again}{end}", self.opening(), self.terminal_files()),
            _ => format!("{again}{end}"),
        };
        format!("{again}: {}; exec {shell} {options} -c {}", self.login_end(), quote(self.kind, &terminal))
    }

    /// Files may have turned tracing off, or changed the prompt.
    fn tracing_on(&self) -> String {
        let prompt = quote(self.kind, &prompt::prompt(self.kind, &self.mark, &self.names));
        match self.kind {
            Kind::Fish => String::new(),
            Kind::Zsh => format!("PS4={prompt}; setopt promptsubst xtrace; "),
            Kind::Bash => format!("PS4={prompt}; set -x; "),
            // It would print the prompt as it stands, like a prompt.
            Kind::Posix => "set -x; ".to_owned(),
        }
    }

    pub(super) fn login_end(&self) -> String {
        login_end(&self.mark)
    }

    pub(super) fn end(&self) -> String {
        end(&self.mark)
    }

    /// bash takes no prompt from the environment when root starts it: the
    /// shell reads nothing by itself then, and is told to read its files with
    /// the prompt set. No variable of ours is left in its way.
    fn is_root(&self) -> bool {
        self.machine.user.uid == 0
    }

    fn opening(&self) -> String {
        format!("exec {TRACE_FD}>&2; BASH_XTRACEFD={TRACE_FD}; {}:", self.tracing_on())
    }

    /// bash(1), INVOCATION.
    fn login_files(&self) -> String {
        let home = self.machine.user.home.clone();
        let own = [".bash_profile", ".bash_login", ".profile"];
        let own = home.and_then(|home| own.into_iter().map(|name| home.join(name)).find(|path| path.is_file()));
        self.read_all(std::iter::once(PathBuf::from("/etc/profile")).chain(own))
    }

    fn terminal_files(&self) -> String {
        let own = self.machine.user.home.as_ref().map(|home| home.join(".bashrc"));
        self.read_all(SYSTEM_BASHRC.map(PathBuf::from).into_iter().chain(own))
    }

    fn read_all(&self, files: impl Iterator<Item = PathBuf>) -> String {
        let files = files.filter(|path| path.is_file());
        let lines = files.filter_map(|path: PathBuf| read(self.kind, &path)).collect::<Vec<_>>();
        if lines.is_empty() { ":".to_owned() } else { lines.join("; ") }
    }
}

fn read(kind: Kind, path: &Path) -> Option<String> {
    Some(format!(". {}", quote(kind, path.to_str()?)))
}

/// The command that ends the login shell.
pub(super) fn login_end(mark: &str) -> String {
    format!("{mark}-login")
}

/// The command that ends the terminal.
pub(super) fn end(mark: &str) -> String {
    format!("{mark}-end")
}
