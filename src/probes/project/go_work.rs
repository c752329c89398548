use std::path::{Path, PathBuf};

use super::go_mod::nearest;
use super::modfile::WorkFile;
use crate::model::{Context, Missing};
use crate::probes::go::{Setting, Settings};
use crate::probes::{Fact, Probing};

/// The go.work that is in effect in this session: the one that GOWORK names,
/// or the nearest one upwards, unless GOWORK is off.
#[derive(Debug)]
pub struct GoWork {
    /// The file; None when the folder lies in no workspace.
    pub found: Option<WorkspaceFile>,
    /// GOWORK, when somebody set it.
    pub setting: Option<Setting>,
}

/// A go.work file where it lies.
#[derive(Debug)]
pub struct WorkspaceFile {
    /// The file.
    pub path: PathBuf,
    /// The folder it lies in.
    pub folder: PathBuf,
    /// The file for people.
    pub name: String,
    /// What it says.
    pub content: Result<WorkFile, Missing>,
}

impl Fact for GoWork {
    const ID: &'static str = "go-work";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let settings = probing.get::<Settings>()?;
        let setting = settings.view(Context::Session).and_then(|view| view.get("GOWORK"));
        let path = match setting.as_ref().map(|setting| setting.value.as_str()) {
            Some("off") => None,
            None | Some("auto") => nearest(host, &host.machine().folder, "go.work"),
            Some(path) => Some(PathBuf::from(path)),
        };
        let found = path.map(|path| WorkspaceFile {
            folder: path.parent().map(Path::to_owned).unwrap_or_default(),
            name: host.machine().tilde(&path),
            content: host.read_text(&path).map(|text| WorkFile::parse(&text)),
            path,
        });
        Ok(GoWork { found, setting })
    }
}
