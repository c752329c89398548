use std::path::{Path, PathBuf};

use super::Assignment;
use super::sources::sources;
use crate::host::{Host, Machine};
use crate::model::{Context, Evidence, Missing, mask};
use crate::probes::{Fact, Probing};

/// How many files may source one another before we stop.
const SOURCE_DEPTH: usize = 6;

/// How many files are read in all.
const FILE_LIMIT: usize = 200;

/// The files that the user's shell reads when it starts, in its order.
#[derive(Debug)]
pub struct RcFiles {
    /// The files that exist, sourced ones behind the file that sources them.
    pub files: Vec<RcFile>,
}

/// One file that the shell reads.
#[derive(Debug)]
pub struct RcFile {
    /// Where it lies.
    pub path: PathBuf,
    /// The path for people.
    pub name: String,
    /// The fresh shells that read it.
    pub contexts: Vec<Context>,
    /// Its text; bytes that are not UTF-8 are replaced.
    pub text: Result<String, Missing>,
    /// True when this user owns it, so that a fix may edit it.
    pub own: bool,
}

/// A line that sets a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// The file.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// The line, from 1.
    pub line: usize,
    /// The line's text.
    pub text: String,
    /// What it sets, when that can be told without running it.
    pub value: Option<String>,
    /// The fresh shells that read it.
    pub contexts: Vec<Context>,
    /// True when a fix may edit the file without privilege.
    pub own: bool,
}

impl Writer {
    /// `~/.bashrc:12`.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}:{}", self.name, self.line)
    }

    /// The line as evidence, with its secrets masked.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        Evidence::new(self.place(), mask(self.text.trim()))
    }
}

impl Fact for RcFiles {
    const ID: &'static str = "rc-files";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let mut files = RcFiles { files: Vec::new() };
        for source in sources(host) {
            files.add(host, &source.path, source.contexts, 0);
        }
        Ok(files)
    }
}

impl RcFiles {
    fn add(&mut self, host: &dyn Host, path: &Path, contexts: &[Context], depth: usize) {
        if depth > SOURCE_DEPTH || self.files.len() >= FILE_LIMIT {
            return;
        }
        if let Some(known) = self.files.iter_mut().find(|file| file.path == path) {
            known.contexts.extend(
                contexts.iter().filter(|context| !known.contexts.contains(context)).copied().collect::<Vec<_>>(),
            );
            return;
        }
        let text = host.read_text(path);
        if text.as_ref().is_err_and(Missing::is_absent) {
            return;
        }
        let machine = host.machine();
        let own = host.stat(path).is_ok_and(|stat| stat.uid == machine.user.uid);
        let sourced = text.as_deref().map(|text| sourced_files(text, machine, host)).unwrap_or_default();
        self.files.push(RcFile {
            path: path.to_owned(),
            name: machine.tilde(path),
            contexts: contexts.to_vec(),
            text,
            own,
        });
        for path in sourced {
            self.add(host, &path, contexts, depth + 1);
        }
    }

    /// Every line that sets `name`, in the order in which a shell comes to it.
    #[must_use]
    pub fn writers(&self, name: &str, machine: &Machine) -> Vec<Writer> {
        let mut writers = Vec::new();
        for file in &self.files {
            let Ok(text) = &file.text else { continue };
            for (index, line) in
                text.lines().enumerate().filter(|(_, line)| line.contains(name) || line.contains("fish_add_path"))
            {
                for found in Assignment::on_line(line, machine).into_iter().filter(|found| found.name == name) {
                    writers.push(Writer {
                        path: file.path.clone(),
                        name: file.name.clone(),
                        line: index + 1,
                        text: line.to_owned(),
                        value: found.value,
                        contexts: file.contexts.clone(),
                        own: file.own,
                    });
                }
            }
        }
        writers
    }

    /// The line that most likely gave `name` this value: the last one that
    /// sets it to just that.
    #[must_use]
    pub fn writer_of(&self, name: &str, value: &str, machine: &Machine) -> Option<Writer> {
        let writers = self.writers(name, machine);
        let same = |writer: &&Writer| writer.value.as_deref() == Some(value);
        writers.iter().rev().find(same).or_else(|| writers.iter().rev().find(|writer| writer.value.is_none())).cloned()
    }
}

/// The files that `. FILE` and `source FILE` name, and what /etc/profile
/// loops over.
fn sourced_files(text: &str, machine: &Machine, host: &dyn Host) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        if line.contains("/etc/profile.d/") && line.contains('*') {
            let mut scripts: Vec<PathBuf> = host
                .read_dir(Path::new("/etc/profile.d"))
                .unwrap_or_default()
                .into_iter()
                .map(|entry| entry.path)
                .collect();
            scripts.retain(|path| path.extension().is_some_and(|extension| extension == "sh"));
            scripts.sort();
            found.extend(scripts);
        }
        let words: Vec<&str> = line.split([';', '&', '|', '{', '}']).flat_map(str::split_whitespace).collect();
        for pair in words.windows(2).filter(|pair| matches!(pair[0], "." | "source")) {
            let name = pair[1].trim_matches(['"', '\'']);
            let home = machine.user.home.as_ref().map(|home| home.display().to_string()).unwrap_or_default();
            let path = machine.untilde(&name.replace("${HOME}", &home).replace("$HOME", &home));
            if path.is_absolute() && !path.to_string_lossy().contains(['$', '*']) {
                found.push(path);
            }
        }
    }
    found
}
