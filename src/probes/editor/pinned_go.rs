use std::path::{Path, PathBuf};

use super::vscode_settings::{EditorSetting, VscodeSettings, environment};
use crate::host::{Environment, Host};
use crate::model::{GoVersion, Missing};
use crate::probes::go::{Goroot, root_version};
use crate::probes::{Fact, Probing, lookup};

/// The Go that settings of editors of the VS Code family pin.
#[derive(Debug)]
pub struct PinnedGo {
    /// Each setting once.
    pub pins: Vec<Pin>,
    /// The first settings file that could not be read, and why.
    pub problem: Option<Missing>,
    /// True when an editor of this family is used here.
    pub used: bool,
}

/// A setting that pins a Go.
#[derive(Debug)]
pub struct Pin {
    /// The editors in which it is in force.
    pub editors: Vec<&'static str>,
    /// The setting.
    pub setting: EditorSetting,
    /// What it leads to.
    pub leads_to: Pinned,
}

/// What a pin leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pinned {
    /// Nothing is there.
    Nothing,
    /// Something, and it is no Go.
    NotGo,
    /// A Go, with its version where it says so.
    Go(Option<GoVersion>),
    /// It could not be looked at.
    Unknown(Missing),
}

/// The settings that pin a Go, each with what it names.
const SETTINGS: [(&[&str], Names); 2] = [(&["go.goroot"], Names::Root), (&["go.alternateTools", "go"], Names::Command)];

#[derive(Debug, Clone, Copy)]
enum Names {
    Root,
    Command,
}

impl Fact for PinnedGo {
    const ID: &'static str = "editor-go";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let settings = probing.get::<VscodeSettings>()?;
        let own = environment(probing);
        let mut pins: Vec<Pin> = Vec::new();
        for chain in &settings.chains {
            for (keys, names) in SETTINGS {
                let Some(setting) = chain.get(keys) else { continue };
                match pins.iter_mut().find(|pin| pin.setting.place() == setting.place()) {
                    Some(pin) => pin.editors.push(chain.editor),
                    None => {
                        let leads_to = Pinned::of(host, &setting, names, &own);
                        pins.push(Pin { editors: vec![chain.editor], setting, leads_to });
                    }
                }
            }
        }
        let files = || settings.chains.iter().flat_map(|chain| &chain.files);
        let problem = files().find_map(|file| file.problem().cloned());
        Ok(PinnedGo { pins, problem, used: !settings.chains.is_empty() })
    }
}

impl Pinned {
    fn of(host: &dyn Host, setting: &EditorSetting, names: Names, environment: &Environment) -> Pinned {
        let Some(path) = setting.resolve(host, environment) else {
            let why = format!("{} uses a variable that only the editor knows: {}", setting.place(), setting.text);
            return Pinned::Unknown(Missing::failed(why));
        };
        match names {
            Names::Root => Pinned::root(host, &path),
            Names::Command if path.is_absolute() => Pinned::command(host, &path),
            Names::Command => match lookup(host, &path.to_string_lossy(), environment) {
                Some(path) => Pinned::command(host, &path),
                None => Pinned::Nothing,
            },
        }
    }

    fn root(host: &dyn Host, root: &Path) -> Pinned {
        match Goroot::read(host, root) {
            Goroot::Nothing => Pinned::Nothing,
            Goroot::NotGo => Pinned::NotGo,
            Goroot::Go { version, .. } => Pinned::Go(version),
            Goroot::Unknown(missing) => Pinned::Unknown(missing),
        }
    }

    fn command(host: &dyn Host, command: &Path) -> Pinned {
        match host.stat(command) {
            Err(missing) if missing.is_absent() => return Pinned::Nothing,
            Err(missing) => return Pinned::Unknown(missing),
            Ok(_) if !host.is_executable(command) => return Pinned::NotGo,
            Ok(_) => {}
        }
        let real = host.canonical(command).unwrap_or_else(|_| command.to_owned());
        let root: Option<PathBuf> = real.parent().and_then(Path::parent).map(Path::to_owned);
        let stamped = || GoVersion::parse(&host.binary(&real).ok()?.go?.go_version);
        Pinned::Go(stamped().or_else(|| root_version(host, &root?)))
    }
}
