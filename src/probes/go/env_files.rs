use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::env_file_lines::{FaultyLine, read_lines};
use super::setting_names::SETTING_NAMES;
use super::settings::{EnvLine, Settings};
use crate::host::{FileKind, Host, TEXT_LIMIT};
use crate::model::{Context, Missing};
use crate::probes::{Fact, Probing};

/// The GOENV files of all contexts, with what Go makes nothing of in them.
#[derive(Debug)]
pub struct EnvFiles {
    /// The files that are there, each once.
    pub found: Vec<EnvFileState>,
}

/// A file that Go reads settings from, as it lies there.
#[derive(Debug)]
pub struct EnvFileState {
    /// The file.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// The contexts that use it.
    pub contexts: Vec<Context>,
    /// What lies there.
    pub content: EnvFileContent,
}

/// What lies where Go looks for its settings file.
#[derive(Debug)]
pub enum EnvFileContent {
    /// A folder.
    Folder,
    /// A FIFO, socket or device.
    Special,
    /// Something that cannot be read.
    Unreadable(Missing),
    /// A text.
    Text(EnvFileText),
}

/// The text of a settings file.
#[derive(Debug)]
pub struct EnvFileText {
    /// The lines that mean a setting and do not make it.
    pub faulty: Vec<FaultyLine>,
    /// The settings whose value ends with a carriage return, each once.
    pub carriage_returns: Vec<String>,
    /// The text without a byte order mark and with plain line ends, when it is text throughout.
    pub plain: Option<String>,
}

impl Fact for EnvFiles {
    const ID: &'static str = "go-env-files";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let settings = probing.get::<Settings>()?;
        let mut found: Vec<EnvFileState> = Vec::new();
        for (context, view) in settings.views() {
            // A relative one is another file in every folder.
            let Some(path) = view.file.path.clone().filter(|path| path.is_absolute()) else { continue };
            if let Some(known) = found.iter_mut().find(|file| file.path == path) {
                known.contexts.push(context);
            } else if let Some(content) = EnvFileContent::read(probing.host(), &path) {
                found.push(EnvFileState { path, name: view.file.name.clone(), contexts: vec![context], content });
            }
        }
        Ok(EnvFiles { found })
    }
}

impl EnvFileContent {
    /// None when nothing lies there.
    fn read(host: &dyn Host, path: &Path) -> Option<EnvFileContent> {
        match host.stat(path) {
            Ok(stat) if stat.kind == FileKind::Folder => return Some(EnvFileContent::Folder),
            // /dev/null is a usual way to have no settings.
            Ok(stat) if stat.kind != FileKind::File => {
                return (!path.starts_with("/dev")).then_some(EnvFileContent::Special);
            }
            _ => {}
        }
        match host.read(path, TEXT_LIMIT) {
            Ok(bytes) => Some(EnvFileContent::Text(EnvFileText::parse(&bytes))),
            Err(missing) if missing.is_absent() => None,
            Err(missing) => Some(EnvFileContent::Unreadable(missing)),
        }
    }
}

impl EnvFileText {
    fn parse(bytes: &[u8]) -> EnvFileText {
        let text = String::from_utf8_lossy(bytes);
        let lines = EnvLine::parse(&text);
        let is_setting = |line: &EnvLine| SETTING_NAMES.contains(&line.name.as_str());
        let ended = lines.into_iter().filter(|line| is_setting(line) && line.value.ends_with('\r'));
        let carriage_returns = ended.map(|line| line.name).collect::<BTreeSet<_>>().into_iter().collect();
        let plain =
            std::str::from_utf8(bytes).ok().map(|text| text.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
        EnvFileText { faulty: read_lines(&text), carriage_returns, plain }
    }
}
