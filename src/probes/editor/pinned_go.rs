use std::path::Path;

use super::vscode_settings::{EditorSetting, VscodeSettings, environment};
use crate::host::{FileKind, Host};
use crate::model::{GoVersion, Missing};
use crate::probes::{Fact, Probing};

/// The Go that settings of the VS Code family name: `go.goroot` and
/// `go.alternateTools`.
#[derive(Debug)]
pub struct PinnedGo {
    /// Each setting once, also when several editors read it.
    pub pins: Vec<Pin>,
    /// Why a settings file could not be read.
    pub problem: Option<Missing>,
}

/// A setting that names a Go.
#[derive(Debug, Clone)]
pub struct Pin {
    /// The editors that read it.
    pub editors: Vec<&'static str>,
    /// The setting.
    pub setting: EditorSetting,
    /// The path that it means, for people.
    pub path: String,
    /// What it names.
    pub names: Pinned,
}

/// What such a setting names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pinned {
    /// Nothing.
    Nothing,
    /// A folder without a Go in it.
    NotGo,
    /// A Go, with its version where it says so.
    Go(Option<GoVersion>),
    /// It cannot be told.
    Unknown(Missing),
}

impl Fact for PinnedGo {
    const ID: &'static str = "editor-pins";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let settings = probing.get::<VscodeSettings>()?;
        let environment = environment(probing);
        let mut found = PinnedGo { pins: Vec::new(), problem: None };
        for chain in &settings.chains {
            for keys in [&["go.goroot"][..], &["go.alternateTools", "go"][..]] {
                let Some(setting) = chain.get(keys) else { continue };
                if let Some(pin) = found.pins.iter_mut().find(|pin| pin.setting.is(&setting)) {
                    pin.editors.push(chain.editor);
                    continue;
                }
                // None for a variable that only the editor knows; a plain
                // name is looked for on PATH.
                let path = setting.resolve(host, &environment).filter(|path| keys.len() == 1 || path.is_absolute());
                let Some(path) = path else { continue };
                let names = if keys.len() == 1 { root(host, &path) } else { command(host, &path) };
                let path = host.machine().tilde(&path);
                found.pins.push(Pin { editors: vec![chain.editor], setting, path, names });
            }
            let problem = chain.files.iter().find_map(|file| file.problem());
            found.problem = found.problem.or_else(|| problem.cloned());
        }
        Ok(found)
    }
}

/// What `go.goroot` names.
fn root(host: &dyn Host, path: &Path) -> Pinned {
    match host.stat(path) {
        Ok(stat) if stat.kind != FileKind::Folder => Pinned::Nothing,
        Ok(_) if !host.is_file(&path.join("bin/go")) => Pinned::NotGo,
        Ok(_) => {
            let version = host.read_text(&path.join("VERSION")).ok();
            Pinned::Go(version.and_then(|text| GoVersion::parse(text.lines().next()?)))
        }
        Err(missing) if missing.is_absent() => Pinned::Nothing,
        Err(missing) => Pinned::Unknown(missing),
    }
}

/// What `go.alternateTools` names for `go`.
fn command(host: &dyn Host, path: &Path) -> Pinned {
    match host.stat(path) {
        Ok(_) if !host.is_executable(path) => Pinned::Nothing,
        Ok(_) => {
            let build = host.binary(path).ok().and_then(|binary| binary.go);
            Pinned::Go(build.and_then(|build| GoVersion::parse(&build.go_version)))
        }
        Err(missing) if missing.is_absent() => Pinned::Nothing,
        Err(missing) => Pinned::Unknown(missing),
    }
}
