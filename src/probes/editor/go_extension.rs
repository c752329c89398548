use std::path::Path;

use super::family::{FAMILIES, Family};
use super::jsonc;
use crate::host::Host;
use crate::model::{Context, Evidence, Missing};
use crate::probes::{Fact, Probing, lookup};

/// The copies of the Go extension that editors of the VS Code family have.
#[derive(Debug)]
pub struct GoExtensions {
    /// The copies: an editor that also serves a window elsewhere may have two.
    pub found: Vec<GoExtension>,
}

/// A copy of the Go extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoExtension {
    /// The editor that has it.
    pub editor: &'static str,
    /// Where it is listed, or lies.
    pub evidence: Evidence,
    /// Its version, where that is told.
    pub version: Option<String>,
    /// The command line that installs its newest version into this editor;
    /// None where the editor's command is not on this session's PATH.
    pub install: Option<Vec<String>>,
}

/// The extension's identifier.
const EXTENSION: &str = "golang.go";

impl Fact for GoExtensions {
    const ID: &'static str = "go-extensions";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let session = host.environment(Context::Session).ok();
        let mut found: Vec<GoExtension> = Vec::new();
        for family in &FAMILIES {
            let command = session.as_ref().and_then(|session| lookup(host, family.command, session));
            let install = command.map(|command| {
                let words = ["--install-extension", EXTENSION, "--force"].map(str::to_owned);
                [command.display().to_string()].into_iter().chain(words).collect::<Vec<_>>()
            });
            let copies = extensions(host, family);
            found.extend(copies.into_iter().map(|copy| GoExtension { install: install.clone(), ..copy }));
        }
        Ok(GoExtensions { found })
    }
}

/// The copies that an editor has.
pub(super) fn extensions(host: &dyn Host, family: &Family) -> Vec<GoExtension> {
    let folders = family.extensions(host);
    let found = folders.iter().filter_map(|folder| in_folder(host, folder));
    found.map(|(evidence, version)| GoExtension { editor: family.name, evidence, version, install: None }).collect()
}

pub(super) fn in_folder(host: &dyn Host, folder: &Path) -> Option<(Evidence, Option<String>)> {
    let list = folder.join("extensions.json");
    let name = host.machine().tilde(&list);
    // The list counts where there is one: folders stay behind for a while.
    let Ok(text) = host.read_text(&list) else { return unpacked(host, folder) };
    let Ok(node) = jsonc::parse(&text) else { return None };
    let is_go = |element: &&jsonc::Node| {
        element
            .get(&["identifier", "id"])
            .and_then(|id| id.value.text())
            .is_some_and(|id| id.eq_ignore_ascii_case(EXTENSION))
    };
    let found = node.elements().iter().find(is_go)?;
    let version = found.get(&["version"]).and_then(|version| version.value.text()).map(str::to_owned);
    let told = format!("{EXTENSION} {}", version.as_deref().unwrap_or_default());
    Some((Evidence::new(name, told.trim()), version))
}

/// The extension's folder is called `golang.go-0.52.2`, and perhaps
/// `-universal` behind it.
fn unpacked(host: &dyn Host, folder: &Path) -> Option<(Evidence, Option<String>)> {
    let entries = host.read_dir(folder).ok()?;
    let found = entries.into_iter().find(|entry| entry.name.to_ascii_lowercase().starts_with("golang.go-"))?;
    let version = found.name.split('-').nth(1).map(str::to_owned);
    Some((Evidence::new(host.machine().tilde(&found.path), "the Go extension"), version))
}
