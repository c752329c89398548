use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::family::{FAMILIES, Family};
use super::go_extension::in_folder;
use super::vscode_settings::{EditorSetting, Scope, SettingsFile};
use crate::host::Host;
use crate::model::{Context, Evidence, Missing};
use crate::probes::wsl::Profile;
use crate::probes::{Fact, Probing, lookup};

/// The editors of the VS Code family whose window is on Windows and whose
/// server runs here.
#[derive(Debug)]
pub struct EditorsOnWindows {
    /// Those that have a server here.
    pub found: Vec<EditorOnWindows>,
}

/// An editor with its window on Windows.
#[derive(Debug)]
pub struct EditorOnWindows {
    /// Its name.
    pub editor: &'static str,
    /// Where the Go extension is listed on Windows, when it is installed
    /// there.
    pub extension_there: Option<Evidence>,
    /// The same for its server here.
    pub extension_here: Option<Evidence>,
    /// The command line that installs the extension for the server; None
    /// where the editor's command is not on this session's PATH.
    pub install: Option<Vec<String>>,
    /// The user's settings on Windows.
    pub settings: Option<Arc<SettingsFile>>,
    /// The settings of the server here, where they would lie, and what they
    /// hold when they are there.
    pub machine_settings: (PathBuf, Option<Arc<SettingsFile>>),
}

impl Fact for EditorsOnWindows {
    const ID: &'static str = "editors-on-windows";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        if !host.machine().is_wsl() {
            return Ok(EditorsOnWindows { found: Vec::new() });
        }
        let served: Vec<(&Family, PathBuf)> =
            FAMILIES.iter().filter_map(|family| Some((family, family.served_here(host)?))).collect();
        if served.is_empty() {
            return Ok(EditorsOnWindows { found: Vec::new() });
        }
        let profile = probing.get::<Profile>()?;
        let found = served.into_iter().map(|(family, server)| look(host, family, &server, &profile.folder)).collect();
        Ok(EditorsOnWindows { found })
    }
}

fn look(host: &dyn Host, family: &Family, server: &Path, profile: &Path) -> EditorOnWindows {
    let listed = |folder: PathBuf| in_folder(host, &folder).map(|(evidence, _)| evidence);
    let session = host.environment(Context::Session).ok();
    let command = session.and_then(|session| lookup(host, family.command, &session));
    let machine = server.join("data/Machine/settings.json");
    EditorOnWindows {
        editor: family.name,
        extension_there: listed(family.extensions_on_windows(profile)),
        extension_here: listed(server.join("extensions")),
        install: command
            .map(|command| [command.display().to_string(), "--install-extension".into(), "golang.go".into()].to_vec()),
        settings: SettingsFile::read(host, Scope::Windows, family.settings_on_windows(profile), None).map(Arc::new),
        machine_settings: (machine.clone(), SettingsFile::read(host, Scope::Remote, machine, None).map(Arc::new)),
    }
}

/// Settings that a server takes over from the window, with the keys in them
/// that name paths. Others, such as `go.goroot`, stay with the machine that
/// they were written for.
const TAKEN_OVER: [&[&str]; 10] = [
    &["go.alternateTools", "go"],
    &["go.alternateTools", "gopls"],
    &["go.alternateTools", "dlv"],
    &["go.toolsEnvVars", "GOROOT"],
    &["go.toolsEnvVars", "PATH"],
    &["go.toolsEnvVars", "GOPATH"],
    &["go.toolsEnvVars", "GOBIN"],
    &["go.toolsEnvVars", "GOMODCACHE"],
    &["go.testEnvVars", "GOROOT"],
    &["go.testEnvVars", "PATH"],
];

impl EditorOnWindows {
    /// The settings on Windows that reach the server here, name a path of
    /// Windows, and are not overridden here.
    #[must_use]
    pub fn leaks(&self) -> Vec<EditorSetting> {
        let Some(settings) = &self.settings else { return Vec::new() };
        let here = |keys: &[&str]| self.machine_settings.1.as_ref().is_some_and(|own| own.get(keys).is_some());
        let mut leaks: Vec<EditorSetting> =
            TAKEN_OVER.iter().filter(|keys| !here(keys)).filter_map(|keys| settings.get(keys)).collect();
        leaks.retain(|setting| is_of_windows(&setting.text));
        leaks
    }

    /// The proxy that its window on Windows gives to Go tools here.
    #[must_use]
    pub(super) fn proxy(&self) -> Option<EditorSetting> {
        let key: &[&str] = &["http.proxy"];
        let is_own = self.machine_settings.1.as_ref().is_some_and(|own| own.get(key).is_some());
        self.settings.as_ref()?.get(key).filter(|setting| !is_own && !setting.text.trim().is_empty())
    }

    /// Why one of its files could not be read.
    #[must_use]
    pub fn problem(&self) -> Option<&Missing> {
        let files = [self.settings.as_ref(), self.machine_settings.1.as_ref()];
        files.into_iter().flatten().find_map(|file| file.problem())
    }
}

/// `C:\…`, `c:/…`, `\\server\…`, or a list with such a path in it.
fn is_of_windows(text: &str) -> bool {
    let begins = |part: &str| {
        let mut chars = part.trim().chars();
        let letter = chars.next().is_some_and(|letter| letter.is_ascii_alphabetic());
        letter && chars.next() == Some(':') && matches!(chars.next(), Some('\\' | '/'))
    };
    text.starts_with(r"\\") || text.split(';').any(begins)
}

#[cfg(test)]
mod tests {
    use super::super::jsonc;
    use super::*;

    #[test]
    fn recorded_lists_and_settings_are_read() {
        for text in [
            include_str!("../../../tests/wsl-samples/extensions-json-windows.json"),
            include_str!("../../../tests/wsl-samples/extensions-json-wsl.json"),
        ] {
            let list = jsonc::parse(text).unwrap();
            let ids: Vec<&str> =
                list.elements().iter().filter_map(|one| one.get(&["identifier", "id"])?.value.text()).collect();
            assert!(!ids.is_empty(), "{text}");
        }
        let settings =
            jsonc::parse(include_str!("../../../tests/wsl-samples/vscode-settings-windows-user.json")).unwrap();
        let text = |keys: &[&str]| settings.get(keys).and_then(|member| member.value.text()).unwrap_or_default();
        assert!(is_of_windows(text(&["go.alternateTools", "go"])));
        assert!(is_of_windows(text(&["go.toolsEnvVars", "GOROOT"])));
        assert!(!is_of_windows(text(&["go.toolsEnvVars", "GOFLAGS"])));
        let own = jsonc::parse(include_str!("../../../tests/wsl-samples/vscode-settings-machine.json")).unwrap();
        assert!(!is_of_windows(own.get(&["go.goroot"]).unwrap().value.text().unwrap()));
    }

    #[test]
    fn lists_may_hold_paths_of_windows() {
        for text in [r"C:\Go\bin;D:\x", r"\\nas\go", "c:/go"] {
            assert!(is_of_windows(text), "{text}");
        }
        for text in ["/usr/local/go", "go", "${env:HOME}/go", "C:", "-mod=mod", ""] {
            assert!(!is_of_windows(text), "{text}");
        }
    }
}
