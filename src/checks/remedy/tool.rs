//! Go programs that editors call, built with `go install`.

use std::path::PathBuf;

use crate::model::{Class, Context, Fix, GoVersion, Inverse, Privilege, Step};
use crate::probes::editor::{Looker, Tool, ToolName};
use crate::probes::go::{GoCommand, Policy, Settings, Switch, Toolchains, View};

/// What running editors wait for.
const RESTART: &str = "a restart of the editor";

/// Builds a tool that is not here, where `go install` puts programs. None
/// without a Go that could build it.
#[must_use]
pub fn install_tool(name: ToolName, toolchains: &Toolchains, settings: &Settings) -> Option<Fix> {
    let builder = Builder::of(toolchains, settings, None)?;
    let folder = builder.view.bin_folder()?;
    let target = folder.join(name.command()).display().to_string();
    let inverse = Inverse::Argv(["rm", "-f", &target].map(str::to_owned).to_vec());
    let title = format!("Install {} into {}", name.command(), settings.machine().tilde(&folder));
    builder.install(title, name, folder, inverse)
}

/// Builds a tool anew where it lies, with the Go in use, or with a newer one
/// that go downloads when `with` names it. None without a Go that could.
#[must_use]
pub fn rebuild_tool(
    tool: &Tool,
    with: Option<&GoVersion>,
    toolchains: &Toolchains,
    settings: &Settings,
) -> Option<Fix> {
    let command = tool.name.command();
    if tool.used_by.iter().all(|looker| matches!(looker, Looker::Plugin(_))) {
        let plugin = super::listed(&tool.users());
        let text = format!("{plugin} keeps a {command} of its own and updates it itself.");
        return Some(Fix::manual(format!("Update {command} in {plugin}"), text, None));
    }
    let builder = Builder::of(toolchains, settings, with)?;
    let machine = settings.machine();
    let old = tool.path.parent()?.to_owned();
    let is_own = machine.user.home.as_ref().is_some_and(|home| old.starts_with(home)) || builder.puts_into(&old);
    let folder = if is_own { old } else { builder.view.bin_folder()? };
    let inverse = if is_own && tool.path != tool.real() {
        let real = machine.tilde(tool.real());
        Inverse::CannotBeUndone(format!("{} is a link to {real}; go install puts a file in its place", tool.title))
    } else {
        Inverse::Restore(vec![folder.join(tool.path.file_name()?)])
    };
    let title = format!("Build {command} anew with {} into {}", builder.version, machine.tilde(&folder));
    builder.install(title, tool.name, folder, inverse)
}

/// The Go that builds, and how it is set up.
struct Builder<'a> {
    go: &'a GoCommand,
    context: Context,
    view: &'a View,
    /// The Go that builds in the end.
    version: &'a GoVersion,
    /// True when that is another one than `go`.
    switches: bool,
}

impl<'a> Builder<'a> {
    fn of(toolchains: &'a Toolchains, settings: &'a Settings, with: Option<&'a GoVersion>) -> Option<Builder<'a>> {
        let (context, go) = toolchains.in_use()?;
        let own = go.version.as_ref()?;
        let view = settings.view(context)?;
        Some(Builder { go, context, view, version: with.unwrap_or(own), switches: with.is_some() })
    }

    fn puts_into(&self, folder: &std::path::Path) -> bool {
        let below_gopath = self.view.gopath().into_iter().map(|path| path.join("bin"));
        self.view.bin_folder().into_iter().chain(below_gopath).any(|bin| bin == folder)
    }

    fn install(&self, title: String, name: ToolName, folder: PathBuf, inverse: Inverse) -> Option<Fix> {
        let switch = Policy::parse(&self.view.value("GOTOOLCHAIN")).map_or(Switch::Never, |policy| policy.switch);
        let query = format!("{}@{}", name.package(), query(name, self.version, switch)?);
        let toolchain = self.switches.then(|| format!("GOTOOLCHAIN={}+auto", self.version));
        // gomedic runs it with this session's variables.
        let is_usual = self.context == Context::Session && self.view.bin_folder().as_ref() == Some(&folder);
        let gobin = (!is_usual).then(|| format!("GOBIN={}", folder.display()));
        let variables: Vec<String> = toolchain.into_iter().chain(gobin).collect();
        let env = (!variables.is_empty()).then(|| "env".to_owned());
        let go = [self.go.path.display().to_string(), "install".to_owned(), query];
        let argv = env.into_iter().chain(variables).chain(go).collect();
        let step = Step::Run { argv, privilege: Privilege::User, inverse };
        Some(Fix::new(title, Class::Review, vec![step]).awaits(RESTART))
    }
}

/// The version to ask for, so that this Go can build it and it can work with
/// this Go. None for a Go that is too old for any that is worth it.
///
/// gopls: since v0.17 it is built with the newest Go, which Go 1.21 and later
/// download by themselves where they may; v0.16 is the last for Go 1.19 and
/// 1.20, v0.14 the last for 1.18 (release notes of gopls v0.15 to v0.17).
/// Delve: 1.N is for Go 1.N and the two before it (pkg/goversion/compat.go).
fn query(tool: ToolName, go: &GoVersion, switch: Switch) -> Option<String> {
    let version = match (tool, go.minor) {
        (_, ..=17) => return None,
        (ToolName::Gopls, 18) => "v0.14.2",
        (ToolName::Gopls, 19..=20) => "v0.16.2",
        (ToolName::Gopls, 21..=22) if switch != Switch::Download => "v0.16.2",
        (ToolName::Gopls, 23) if switch != Switch::Download => "v0.17.1",
        (ToolName::Delve, 18..=19) => "v1.20",
        // Go takes the newest release that begins so.
        (ToolName::Delve, minor @ 20..=25) => return Some(format!("v1.{minor}")),
        _ => "latest",
    };
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_fits_the_go() {
        let ask = |tool, minor, switch| query(tool, &GoVersion::release(1, minor, 0), switch);
        for (tool, minor, switch, version) in [
            (ToolName::Gopls, 17, Switch::Never, None),
            (ToolName::Gopls, 20, Switch::Never, Some("v0.16.2")),
            (ToolName::Gopls, 22, Switch::Download, Some("latest")),
            (ToolName::Gopls, 23, Switch::OnPath, Some("v0.17.1")),
            (ToolName::Delve, 19, Switch::Never, Some("v1.20")),
            (ToolName::Delve, 24, Switch::Download, Some("v1.24")),
            (ToolName::Delve, 27, Switch::Never, Some("latest")),
        ] {
            assert_eq!(ask(tool, minor, switch).as_deref(), version, "{tool:?} for Go 1.{minor}");
        }
    }
}
