use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::family::{FAMILIES, Family, workspaces};
use super::jsonc::{self, Node};
use crate::collections::order;
use crate::host::{Environment, Host};
use crate::model::{Context, Evidence, Missing, mask};
use crate::probes::{Fact, Probing};

/// The settings of the editors of the VS Code family that are used here.
#[derive(Debug)]
pub struct VscodeSettings {
    /// One chain of files per editor.
    pub chains: Vec<Chain>,
}

/// The settings files of one editor, the strongest first.
#[derive(Debug)]
pub struct Chain {
    /// The editor.
    pub editor: &'static str,
    /// Its files that exist.
    pub files: Vec<Arc<SettingsFile>>,
}

/// A settings file.
#[derive(Debug)]
pub struct SettingsFile {
    /// Where it lies.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// Whose settings they are.
    pub scope: Scope,
    /// The folder that `${workspaceFolder}` means in it.
    workspace: PathBuf,
    /// The key below which settings stand, in a `.code-workspace` file.
    below: Option<&'static str>,
    content: Result<Node, Missing>,
}

/// Whose settings a file holds. Ordered from the strongest to the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// `.vscode/settings.json` of the opened folder.
    Folder,
    /// A `.code-workspace` file.
    Workspace,
    /// This machine, for an editor that runs elsewhere.
    Remote,
    /// The user.
    User,
    /// The user on Windows, for an editor whose window is there.
    Windows,
}

/// A value that a settings file gives.
#[derive(Debug, Clone)]
pub struct EditorSetting {
    /// The text as it stands.
    pub text: String,
    /// The file that has it.
    pub file: Arc<SettingsFile>,
    /// The keys that lead to it in the file.
    pub keys: Vec<String>,
    /// The line, from 1.
    pub line: usize,
}

impl EditorSetting {
    /// True for what stands at the same place: several editors read one file.
    pub(super) fn is(&self, other: &EditorSetting) -> bool {
        Arc::ptr_eq(&self.file, &other.file) && self.keys == other.keys
    }
}

impl Fact for VscodeSettings {
    const ID: &'static str = "editor-settings";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let shared = shared(host);
        let chain = |family: &Family| {
            let own = [(Scope::Remote, family.remote_settings(host)), (Scope::User, family.user_settings(host))];
            let own = own.into_iter().filter_map(|(scope, path)| SettingsFile::read(host, scope, path?, None));
            Chain { editor: family.name, files: shared.iter().cloned().chain(own.map(Arc::new)).collect() }
        };
        let chains = FAMILIES.iter().filter(|family| family.is_here(host)).map(chain).collect();
        Ok(VscodeSettings { chains })
    }
}

/// The files of the project, which every editor reads.
fn shared(host: &dyn Host) -> Vec<Arc<SettingsFile>> {
    let mut found = Vec::new();
    for folder in workspaces(host) {
        let path = folder.join(".vscode/settings.json");
        found.extend(SettingsFile::read(host, Scope::Folder, path, Some(&folder)));
        let mut workspaces: Vec<PathBuf> =
            host.read_dir(&folder).unwrap_or_default().into_iter().map(|entry| entry.path).collect();
        workspaces.retain(|path| path.extension().is_some_and(|extension| extension == "code-workspace"));
        workspaces.sort();
        for path in workspaces {
            found.extend(SettingsFile::read(host, Scope::Workspace, path, Some(&folder)));
        }
    }
    // The nearest folder's own file is the strongest.
    order::sort_by_key(&mut found, |file| file.scope);
    found.into_iter().map(Arc::new).collect()
}

impl SettingsFile {
    /// None when there is no such file.
    pub(super) fn read(host: &dyn Host, scope: Scope, path: PathBuf, workspace: Option<&Path>) -> Option<SettingsFile> {
        let machine = host.machine();
        let name = machine.tilde(&path);
        let content = match host.read_text(&path) {
            Err(missing) if missing.is_absent() => return None,
            Err(missing) => Err(missing),
            Ok(text) => jsonc::parse(&text).map_err(|error| Missing::failed(format!("{name}: {error}"))),
        };
        let workspace = workspace.unwrap_or(&machine.folder).to_owned();
        let below = (scope == Scope::Workspace).then_some("settings");
        Some(SettingsFile { path, name, scope, workspace, below, content })
    }

    pub(super) fn get(self: &Arc<Self>, keys: &[&str]) -> Option<EditorSetting> {
        let node = self.content.as_ref().ok()?;
        let keys: Vec<&str> = self.below.into_iter().chain(keys.iter().copied()).collect();
        let member = node.get(&keys)?;
        Some(EditorSetting {
            text: member.value.text()?.to_owned(),
            file: Arc::clone(self),
            keys: keys.into_iter().map(str::to_owned).collect(),
            line: member.line,
        })
    }

    /// Why it could not be read.
    #[must_use]
    pub fn problem(&self) -> Option<&Missing> {
        self.content.as_ref().err()
    }
}

impl Chain {
    /// The value in force: the strongest file's that has one.
    #[must_use]
    pub fn get(&self, keys: &[&str]) -> Option<EditorSetting> {
        self.files.iter().find_map(|file| file.get(keys)).filter(|setting| !setting.text.trim().is_empty())
    }

    /// The value in force of a setting that editors never take from a
    /// project's files.
    #[must_use]
    pub fn get_own(&self, keys: &[&str]) -> Option<EditorSetting> {
        let own = self.files.iter().filter(|file| file.scope >= Scope::Remote);
        own.filter_map(|file| file.get(keys)).next().filter(|setting| !setting.text.trim().is_empty())
    }

    /// True when the setting in force is the word `false`.
    #[must_use]
    pub fn is_off(&self, key: &str) -> bool {
        let flag = |file: &Arc<SettingsFile>| {
            let node = file.content.as_ref().ok()?;
            let keys: Vec<&str> = file.below.into_iter().chain([key]).collect();
            node.get(&keys).map(|member| member.value == Node::Flag(false))
        };
        self.files.iter().find_map(flag).unwrap_or(false)
    }
}

impl EditorSetting {
    /// `~/.config/Code/User/settings.json:12`.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}:{}", self.file.name, self.line)
    }

    /// The setting as it stands in the file, as evidence. What is secret in
    /// it is hidden.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        Evidence::new(self.place(), format!("\"{}\": \"{}\"", self.name(), mask(&self.text)))
    }

    /// The setting's name, such as `go.alternateTools.go`.
    #[must_use]
    pub fn name(&self) -> String {
        let from = usize::from(self.file.below.is_some());
        self.keys[from..].join(".")
    }

    /// The path that the text means: `~`, `${workspaceFolder}`, `${userHome}`
    /// and `${env:NAME}` resolved. None while a variable is left.
    #[must_use]
    pub(super) fn resolve(&self, host: &dyn Host, environment: &Environment) -> Option<PathBuf> {
        let machine = host.machine();
        let home = machine.user.home.as_ref().map(|home| home.display().to_string()).unwrap_or_default();
        let workspace = self.file.workspace.display().to_string();
        let mut text = self.text.trim().to_owned();
        for (variable, value) in
            [("${workspaceFolder}", &workspace), ("${workspaceRoot}", &workspace), ("${userHome}", &home)]
        {
            text = text.replace(variable, value);
        }
        while let Some((before, rest)) = text.split_once("${env:") {
            let (name, after) = rest.split_once('}')?;
            text = format!("{before}{}{after}", environment.get(name).unwrap_or_default());
        }
        (!text.contains("${")).then(|| machine.untilde(&text))
    }
}

/// The environment that an editor's extensions have: that of the running
/// server, or else what a fresh shell gives.
pub(super) fn environment(probing: &Probing) -> Environment {
    let order = [Context::Editor, Context::Interactive, Context::Login, Context::Session];
    let contexts = probing.get::<crate::probes::shell::Contexts>();
    let known =
        contexts.ok().and_then(|contexts| order.iter().find_map(|context| contexts.get(*context).ok().cloned()));
    known.unwrap_or_default()
}
