use std::path::{Path, PathBuf};

use super::vscode_settings::{Chain, VscodeSettings, environment};
use crate::host::{BuildInfo, Environment, Host};
use crate::model::{Context, Evidence, GoVersion, Missing};
use crate::probes::go::{Settings, Toolchains};
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing, lookup};

/// The copies of gopls and Delve that somebody's look-up ends at.
#[derive(Debug)]
pub struct Tools {
    found: Vec<Tool>,
}

/// A tool that editors call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ToolName {
    /// The language server.
    Gopls,
    /// The debugger.
    Delve,
}

/// A copy of a tool.
#[derive(Debug, Clone)]
pub struct Tool {
    /// Which one.
    pub name: ToolName,
    /// Where it was found.
    pub path: PathBuf,
    /// The path for people.
    pub title: String,
    /// The same with links followed.
    real: PathBuf,
    /// What Go put into it when it was built.
    pub build: Result<BuildInfo, Missing>,
    /// The file capabilities it has.
    pub capabilities: Result<Vec<String>, Missing>,
    /// Whose look-up ends at it.
    pub used_by: Vec<Looker>,
}

/// Who looks for a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Looker {
    /// The PATH of a context.
    Path(Context),
    /// The Go extension of an editor of the VS Code family.
    Extension(&'static str),
    /// A plugin that keeps tools in a folder of its own.
    Plugin(&'static str),
    /// Nobody: it lies where `go install` puts programs.
    Nobody,
}

impl Looker {
    /// Who it is, inside a sentence; None for nobody.
    #[must_use]
    pub fn title(self) -> Option<&'static str> {
        match self {
            Looker::Path(context) => Some(context.title()),
            Looker::Extension(name) | Looker::Plugin(name) => Some(name),
            Looker::Nobody => None,
        }
    }
}

impl ToolName {
    /// Both.
    pub const ALL: [ToolName; 2] = [ToolName::Gopls, ToolName::Delve];

    /// The command.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self {
            ToolName::Gopls => "gopls",
            ToolName::Delve => "dlv",
        }
    }

    /// The package that `go install` builds it from.
    #[must_use]
    pub fn package(self) -> &'static str {
        match self {
            ToolName::Gopls => "golang.org/x/tools/gopls",
            ToolName::Delve => "github.com/go-delve/delve/cmd/dlv",
        }
    }
}

/// Folders of plugins that keep their own tools, below home.
const PLUGINS: [(&str, &str); 2] =
    [("mason.nvim", ".local/share/nvim/mason/bin"), ("coc-go", ".config/coc/extensions/coc-go-data/bin")];

impl Fact for Tools {
    const ID: &'static str = "editor-tools";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let contexts = probing.get::<Contexts>()?;
        let settings = probing.get::<Settings>()?;
        let editors = probing.get::<VscodeSettings>()?;
        let toolchains = probing.get::<Toolchains>()?;
        let own = environment(probing);
        let bins = bin_folders(&settings);
        let roots: Vec<PathBuf> = toolchains.in_use().and_then(|(_, go)| go.root.clone()).into_iter().collect();
        let mut tools = Tools { found: Vec::new() };
        for name in ToolName::ALL {
            for (context, environment) in contexts.known() {
                if let Some(path) = lookup(host, name.command(), environment) {
                    tools.add(host, name, path, Looker::Path(context));
                }
            }
            for chain in &editors.chains {
                if let Some(path) = as_extension(host, chain, name, &bins, &roots, &own) {
                    tools.add(host, name, path, Looker::Extension(chain.editor));
                }
            }
            for (plugin, folder) in PLUGINS {
                let path = host.machine().user.home.as_ref().map(|home| home.join(folder).join(name.command()));
                if let Some(path) = path.filter(|path| host.is_executable(path)) {
                    tools.add(host, name, path, Looker::Plugin(plugin));
                }
            }
            for path in bins.iter().map(|bin| bin.join(name.command())).filter(|path| host.is_executable(path)) {
                tools.add(host, name, path, Looker::Nobody);
            }
        }
        Ok(tools)
    }
}

/// The folders that `go install` puts programs into, over all contexts.
fn bin_folders(settings: &Settings) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = Vec::new();
    for (_, view) in settings.views() {
        let all = view.bin_folder().into_iter().chain(view.gopath().into_iter().map(|path| path.join("bin")));
        for folder in all.filter(|folder| folder.is_absolute()) {
            if !folders.contains(&folder) {
                folders.push(folder);
            }
        }
    }
    folders
}

/// Where the Go extension looks: go.alternateTools, GOBIN, go.toolsGopath,
/// GOPATH, GOROOT, PATH.
fn as_extension(
    host: &dyn Host,
    chain: &Chain,
    name: ToolName,
    bins: &[PathBuf],
    roots: &[PathBuf],
    environment: &Environment,
) -> Option<PathBuf> {
    let setting = |keys: &[&str]| chain.get(keys)?.resolve(host, environment);
    let alternate = setting(&["go.alternateTools", name.command()]);
    let command = match alternate {
        Some(path) if path.is_absolute() => {
            if host.is_executable(&path) {
                return Some(path);
            }
            name.command().to_owned()
        }
        Some(other) => other.display().to_string(),
        None => name.command().to_owned(),
    };
    let tools = setting(&["go.toolsGopath"]).map(|folder| folder.join("bin"));
    let folders = tools.into_iter().chain(bins.iter().cloned()).chain(roots.iter().map(|root| root.join("bin")));
    let in_folders = folders.map(|folder| folder.join(&command)).find(|path| host.is_executable(path));
    in_folders.or_else(|| lookup(host, &command, environment))
}

impl Tools {
    fn add(&mut self, host: &dyn Host, name: ToolName, path: PathBuf, looker: Looker) {
        let real = host.canonical(&path).unwrap_or_else(|_| path.clone());
        match self.found.iter_mut().find(|tool| tool.name == name && tool.real == real) {
            Some(_) if looker == Looker::Nobody => {}
            Some(tool) => tool.used_by.push(looker),
            None => self.found.push(Tool::read(host, name, path, real, looker)),
        }
    }

    /// The copies of a tool.
    pub fn of(&self, name: ToolName) -> impl Iterator<Item = &Tool> {
        self.found.iter().filter(move |tool| tool.name == name)
    }

    /// The copies of a tool that somebody's look-up ends at.
    pub fn in_use(&self, name: ToolName) -> impl Iterator<Item = &Tool> {
        self.of(name).filter(|tool| tool.used_by.iter().any(|looker| *looker != Looker::Nobody))
    }
}

impl Tool {
    fn read(host: &dyn Host, name: ToolName, path: PathBuf, real: PathBuf, looker: Looker) -> Tool {
        let title = host.machine().tilde(&path);
        let build = host.binary(&real).and_then(|binary| {
            binary.go.ok_or_else(|| Missing::failed(format!("{title} does not say which Go built it")))
        });
        let capabilities = host.capabilities(&real);
        Tool { name, path, title, real, build, capabilities, used_by: vec![looker] }
    }

    /// The Go that built it.
    ///
    /// # Errors
    /// Why that is not known.
    pub fn built_with(&self) -> Result<GoVersion, Missing> {
        let build = self.build.as_ref().map_err(Clone::clone)?;
        GoVersion::parse(&build.go_version).ok_or_else(|| {
            Missing::failed(format!("{} was built by {}, which is no release", self.title, build.go_version))
        })
    }

    /// Its own version, such as `0.16.2`; None for a build that does not say,
    /// such as a distribution's.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        let version = self.build.as_ref().ok()?.version.strip_prefix('v')?;
        Some(version.split('+').next().unwrap_or(version)).filter(|version| !version.is_empty())
    }

    /// The two numbers of its own release, such as `(0, 16)`; None for a
    /// build that does not say, or that is none of a release.
    #[must_use]
    pub fn release(&self) -> Option<(u32, u32)> {
        let mut numbers = self.version()?.split('.').map(str::parse);
        let release = (numbers.next()?.ok()?, numbers.next()?.ok()?);
        (release != (0, 0)).then_some(release)
    }

    /// Where it really lies.
    #[must_use]
    pub fn real(&self) -> &Path {
        &self.real
    }

    /// Who uses it, in words.
    #[must_use]
    pub fn users(&self) -> Vec<&'static str> {
        self.used_by.iter().filter_map(|looker| looker.title()).collect()
    }

    /// The Go that built it, as evidence.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        let built = self.build.as_ref().map_or("an unknown Go", |build| build.go_version.as_str());
        let version = self.version().map(|version| format!("v{version}, ")).unwrap_or_default();
        Evidence::new(&self.title, format!("{version}built with {built}"))
    }

    /// The contexts whose PATH leads to it.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        self.used_by
            .iter()
            .filter_map(|looker| match looker {
                Looker::Path(context) => Some(*context),
                _ => None,
            })
            .collect()
    }
}
