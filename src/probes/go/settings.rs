use std::path::{Path, PathBuf};

use super::toolchains::{GoCommand, Toolchains};
use crate::collections::Handful;
use crate::host::{Environment, Host, Machine};
use crate::model::{Context, Evidence, Missing, mask};
use crate::probes::shell::{Contexts, RcFiles, Writer};
use crate::probes::{Fact, Probing};

/// Go's settings as each context sees them, in Go's own order: the
/// environment, the GOENV file, `$GOROOT/go.env`, the default.
#[derive(Debug)]
pub struct Settings {
    views: Handful<Context, View>,
    machine: Machine,
}

/// Go's settings in one context.
#[derive(Debug, Clone)]
pub struct View {
    environment: Environment,
    /// The GOENV file, as this context sees it.
    pub file: EnvFile,
    /// `$GOROOT/go.env`.
    pub goroot_file: Option<EnvFile>,
    home: Option<PathBuf>,
    goos: String,
    goarch: String,
    root: Option<PathBuf>,
}

/// A file of `NAME=value` lines that Go reads settings from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnvFile {
    /// Where it lies or would lie; None when GOENV=off or HOME is not known.
    pub path: Option<PathBuf>,
    /// The path for people.
    pub name: String,
    /// The lines that set something, in order; the last of a name wins.
    pub lines: Vec<EnvLine>,
    /// Why the file cannot be read, when it is there and cannot.
    pub problem: Option<Missing>,
}

/// A line of such a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvLine {
    /// The setting.
    pub name: String,
    /// Its value, quotes and all, as Go takes it.
    pub value: String,
    /// The line, from 1.
    pub line: usize,
}

/// A setting's value with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The value.
    pub value: String,
    /// Where it comes from.
    pub origin: SettingOrigin,
}

/// Where Go takes a setting from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingOrigin {
    /// The environment.
    Environment,
    /// A line of the GOENV file.
    File {
        /// The file.
        path: PathBuf,
        /// The file for people.
        name: String,
        /// The line, from 1.
        line: usize,
    },
    /// A line of `$GOROOT/go.env`.
    Goroot {
        /// The file for people.
        name: String,
        /// The line, from 1.
        line: usize,
    },
    /// Go's default.
    Default,
}

impl Setting {
    /// True when it outlives this session: a file sets it, or every new shell
    /// has it. What only a running program has is rather set on purpose.
    #[must_use]
    pub fn is_kept(&self, contexts: &[Context]) -> bool {
        self.origin != SettingOrigin::Environment || contexts.iter().any(|context| !context.is_already_running())
    }

    /// True for a value that the GOENV file spoils by the way it is written
    /// there: in quotation marks, or with a carriage return at its end.
    #[must_use]
    pub fn is_spoilt_by_file(&self) -> bool {
        let is_spoilt = self.value.starts_with(['"', '\'']) || self.value.ends_with('\r');
        is_spoilt && self.is_in_file()
    }

    /// True when a line of the GOENV file sets it.
    #[must_use]
    pub fn is_in_file(&self) -> bool {
        matches!(self.origin, SettingOrigin::File { .. })
    }
}

impl Fact for Settings {
    const ID: &'static str = "go-settings";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let contexts = probing.get::<Contexts>()?;
        let toolchains = probing.get::<Toolchains>()?;
        let machine = host.machine().clone();
        let views = contexts
            .known()
            .map(|(context, environment)| {
                let root = toolchains.active(context).and_then(|command| command.root.clone());
                (context, View::read(host, environment, root))
            })
            .collect();
        Ok(Settings { views, machine })
    }
}

impl EnvFile {
    fn read(host: &dyn Host, path: PathBuf) -> EnvFile {
        let name = host.machine().tilde(&path);
        match host.read_text(&path) {
            Ok(text) => EnvFile { path: Some(path), name, lines: EnvLine::parse(&text), problem: None },
            Err(missing) if missing.is_absent() => EnvFile { path: Some(path), name, ..EnvFile::default() },
            Err(missing) => EnvFile { path: Some(path), name, lines: Vec::new(), problem: Some(missing) },
        }
    }

    /// The line that gives a setting its value: the last one that names it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&EnvLine> {
        self.lines.iter().rev().find(|line| line.name == name && !line.value.is_empty())
    }
}

impl EnvLine {
    /// The lines that Go takes: a name in capitals, `=`, and the rest of the
    /// line as it stands, a carriage return included. Comments and everything
    /// else are ignored by Go.
    #[must_use]
    pub fn parse(text: &str) -> Vec<EnvLine> {
        text.split('\n')
            .enumerate()
            .filter_map(|(index, line)| {
                let (name, value) = line.split_once('=')?;
                let is_name = name.bytes().next().is_some_and(|first| first.is_ascii_uppercase() || first == b'_')
                    && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                is_name.then(|| EnvLine { name: name.to_owned(), value: value.to_owned(), line: index + 1 })
            })
            .collect()
    }
}

impl View {
    /// Go's settings in an environment that is at hand, before any shell was
    /// asked; None when its PATH has no `go`.
    pub(crate) fn with_go(host: &dyn Host, environment: &Environment) -> Option<View> {
        let go = GoCommand::first(host, environment)?;
        Some(View::read(host, environment, go.root))
    }

    fn read(host: &dyn Host, environment: &Environment, root: Option<PathBuf>) -> View {
        let machine = host.machine();
        let home = environment.get("HOME").map(PathBuf::from).or_else(|| machine.user.home.clone());
        let path = match environment.get("GOENV") {
            Some("off") => None,
            Some(path) => Some(PathBuf::from(path)),
            None => config_folder(environment, home.as_deref()).map(|folder| folder.join("go/env")),
        };
        let file = path.map(|path| EnvFile::read(host, path)).unwrap_or_default();
        let effective_root = environment.get("GOROOT").map(PathBuf::from).or_else(|| root.clone());
        let goroot_file = effective_root.map(|root| EnvFile::read(host, root.join("go.env")));
        View {
            environment: environment.clone(),
            file,
            goroot_file,
            home,
            goos: machine.goos().to_owned(),
            goarch: machine.goarch().to_owned(),
            root,
        }
    }

    /// A setting that somebody set: not Go's own default.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Setting> {
        if let Some(value) = self.environment.get(name) {
            return Some(Setting { value: value.to_owned(), origin: SettingOrigin::Environment });
        }
        self.below_environment(name)
    }

    /// What would hold if the environment did not set it.
    #[must_use]
    pub fn below_environment(&self, name: &str) -> Option<Setting> {
        self.in_file(name).or_else(|| self.below_file(name))
    }

    /// What would hold if neither the environment nor the GOENV file set it.
    #[must_use]
    pub fn below_file(&self, name: &str) -> Option<Setting> {
        let file = self.goroot_file.as_ref()?;
        let line = file.get(name)?;
        let origin = SettingOrigin::Goroot { name: file.name.clone(), line: line.line };
        Some(Setting { value: line.value.clone(), origin })
    }

    /// What the GOENV file says, whether or not the environment hides it.
    #[must_use]
    pub fn in_file(&self, name: &str) -> Option<Setting> {
        let line = self.file.get(name)?;
        let origin =
            SettingOrigin::File { path: self.file.path.clone()?, name: self.file.name.clone(), line: line.line };
        Some(Setting { value: line.value.clone(), origin })
    }

    /// The value in force, Go's default included; empty when there is none.
    #[must_use]
    pub fn value(&self, name: &str) -> String {
        self.get(name).map_or_else(|| self.default(name), |setting| setting.value)
    }

    /// Go's own default, for the settings that have one we use.
    #[must_use]
    pub fn default(&self, name: &str) -> String {
        let text = |path: Option<PathBuf>| path.map(|path| path.display().to_string()).unwrap_or_default();
        match name {
            "GOROOT" => text(self.root.clone()),
            "GOPATH" => text(self.home.as_ref().map(|home| home.join("go"))),
            "GOMODCACHE" => text(self.gopath().first().map(|path| path.join("pkg/mod"))),
            "GOCACHE" => {
                text(cache_folder(&self.environment, self.home.as_deref()).map(|folder| folder.join("go-build")))
            }
            "GOPROXY" => "https://proxy.golang.org,direct".into(),
            "GOSUMDB" => "sum.golang.org".into(),
            "GOTOOLCHAIN" => "auto".into(),
            "GOOS" => self.goos.clone(),
            "GOARCH" => self.goarch.clone(),
            "GOTMPDIR" => self.environment.get("TMPDIR").unwrap_or("/tmp").to_owned(),
            "CC" => "gcc".into(),
            "CXX" => "g++".into(),
            _ => String::new(),
        }
    }

    /// The folders of GOPATH.
    #[must_use]
    pub fn gopath(&self) -> Vec<PathBuf> {
        self.value("GOPATH").split(':').filter(|entry| !entry.is_empty()).map(PathBuf::from).collect()
    }

    /// The folder that `go install` puts programs into.
    #[must_use]
    pub fn bin_folder(&self) -> Option<PathBuf> {
        match self.get("GOBIN") {
            Some(setting) => Some(setting.value.into()),
            None => self.gopath().first().map(|path| path.join("bin")),
        }
    }

    /// The context's environment.
    #[must_use]
    pub fn environment(&self) -> &Environment {
        &self.environment
    }
}

/// `os.UserConfigDir` on this platform's Unix side.
fn config_folder(environment: &Environment, home: Option<&Path>) -> Option<PathBuf> {
    environment.get("XDG_CONFIG_HOME").map(PathBuf::from).or_else(|| home.map(|home| home.join(".config")))
}

/// `os.UserCacheDir`.
fn cache_folder(environment: &Environment, home: Option<&Path>) -> Option<PathBuf> {
    environment.get("XDG_CACHE_HOME").map(PathBuf::from).or_else(|| home.map(|home| home.join(".cache")))
}

impl Settings {
    /// Go's settings in a context; None when the context is not known.
    #[must_use]
    pub fn view(&self, context: Context) -> Option<&View> {
        self.views.get(&context)
    }

    /// The contexts with their settings, in the order in which they are shown.
    pub fn views(&self) -> impl Iterator<Item = (Context, &View)> {
        Context::UNIX.into_iter().filter_map(|context| self.view(context).map(|view| (context, view)))
    }

    /// The settings of the Go in use.
    #[must_use]
    pub fn in_use(&self, toolchains: &Toolchains) -> Option<(Context, &View)> {
        let context = toolchains.in_use().map_or(Context::Session, |(context, _)| context);
        self.view(context).map(|view| (context, view))
    }

    /// A setting's values over the contexts, each with the contexts that see
    /// it from that origin. Defaults are no value.
    #[must_use]
    pub fn values(&self, name: &str) -> Vec<(Setting, Vec<Context>)> {
        let mut values: Vec<(Setting, Vec<Context>)> = Vec::new();
        for (context, view) in self.views() {
            let Some(setting) = view.get(name) else { continue };
            match values.iter_mut().find(|(known, _)| *known == setting) {
                Some((_, contexts)) => contexts.push(context),
                None => values.push((setting, vec![context])),
            }
        }
        values
    }

    /// Where a setting was set, as evidence, and the rc line when it was one.
    #[must_use]
    pub fn trace(
        &self,
        name: &str,
        setting: &Setting,
        contexts: &[Context],
        rc: &RcFiles,
    ) -> (Evidence, Option<Writer>) {
        let line = mask(&format!("{name}={}", setting.value)).into_owned();
        match &setting.origin {
            SettingOrigin::Environment => {
                match (rc.seen(name, &setting.value, contexts), rc.writer_of(name, &setting.value)) {
                    (Some(seen), _) => (seen.evidence, seen.writer),
                    (None, Some(writer)) => (writer.evidence(), Some(writer)),
                    (None, None) => {
                        let whose = contexts.first().copied().unwrap_or(Context::Session).title();
                        (Evidence::new(format!("environment of {whose}"), line), None)
                    }
                }
            }
            SettingOrigin::File { name: file, line: number, .. }
            | SettingOrigin::Goroot { name: file, line: number } => {
                (Evidence::new(format!("{file}:{number}"), line), None)
            }
            SettingOrigin::Default => (Evidence::new("Go's default", line), None),
        }
    }

    /// The machine, for naming paths.
    #[must_use]
    pub fn machine(&self) -> &Machine {
        &self.machine
    }
}
