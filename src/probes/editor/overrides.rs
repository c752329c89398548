use super::vscode_settings::{EditorSetting, VscodeSettings, environment};
use crate::host::Host;
use crate::model::{GoVersion, Missing};
use crate::probes::{Fact, Probing};

/// Go settings that the settings of VS Code and its kin give to what they
/// start, without a word in the terminal.
#[derive(Debug)]
pub struct EditorOverrides {
    /// Each setting once, also when several editors read it.
    pub found: Vec<EditorOverride>,
    /// Why a settings file could not be read.
    pub problem: Option<Missing>,
}

/// A Go setting that an editor's settings give.
#[derive(Debug, Clone)]
pub struct EditorOverride {
    /// The editors that read it.
    pub editors: Vec<&'static str>,
    /// The setting as it stands.
    pub setting: EditorSetting,
    /// The Go setting, such as `GOFLAGS`.
    pub name: &'static str,
    /// The value that it gets.
    pub value: String,
    /// Who gets it.
    pub receiver: Receiver,
    /// The version of the Go that a value of GOROOT names; None for other
    /// settings, and where no Go is there.
    pub root: Option<GoVersion>,
}

/// Who gets a variable that an editor's settings give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiver {
    /// gopls, go, tests and what is debugged.
    Tools,
    /// The shell in the editor's own terminal.
    Terminal,
}

/// The settings of Go that decide what is built, from where, and with what.
const NAMES: [&str; 25] = [
    "GOROOT",
    "GOPATH",
    "GOBIN",
    "GOMODCACHE",
    "GOCACHE",
    "GOTMPDIR",
    "GOENV",
    "GOFLAGS",
    "GOPROXY",
    "GOSUMDB",
    "GOPRIVATE",
    "GONOPROXY",
    "GONOSUMDB",
    "GOINSECURE",
    "GOOS",
    "GOARCH",
    "GOAMD64",
    "GOTOOLCHAIN",
    "GO111MODULE",
    "GOWORK",
    "GOEXPERIMENT",
    "GODEBUG",
    "CGO_ENABLED",
    "CC",
    "CXX",
];

impl Fact for EditorOverrides {
    const ID: &'static str = "editor-overrides";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let settings = probing.get::<VscodeSettings>()?;
        let environment = environment(probing);
        let mut overrides = EditorOverrides { found: Vec::new(), problem: None };
        for chain in &settings.chains {
            for (receiver, key) in [(Receiver::Tools, "go.toolsEnvVars"), (Receiver::Terminal, terminal(host))] {
                for name in NAMES {
                    let Some(setting) = chain.get(&[key, name]) else { continue };
                    if let Some(known) = overrides.found.iter_mut().find(|known| known.setting.is(&setting)) {
                        known.editors.push(chain.editor);
                        continue;
                    }
                    // None for a variable that only the editor knows.
                    let Some(value) = setting.resolve(host, &environment) else { continue };
                    let value = value.display().to_string();
                    let root = if name == "GOROOT" { root_version(host, &value) } else { None };
                    let editors = vec![chain.editor];
                    overrides.found.push(EditorOverride { editors, setting, name, value, receiver, root });
                }
            }
            let problem = chain.files.iter().find_map(|file| file.problem());
            overrides.problem = overrides.problem.or_else(|| problem.cloned());
        }
        Ok(overrides)
    }
}

/// The setting for the editor's own terminal on this system.
fn terminal(host: &dyn Host) -> &'static str {
    if host.machine().os == "macos" { "terminal.integrated.env.osx" } else { "terminal.integrated.env.linux" }
}

fn root_version(host: &dyn Host, root: &str) -> Option<GoVersion> {
    let text = host.read_text(&host.machine().untilde(root).join("VERSION")).ok()?;
    GoVersion::parse(text.lines().next()?)
}
