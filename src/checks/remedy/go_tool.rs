//! Installing the tools that editors call, with `go install`.

use std::path::Path;

use crate::model::{Class, Context, Fix, GoVersion, Inverse, Privilege, Step};
use crate::probes::editor::{Looker, Tool, ToolName};
use crate::probes::go::{Choice, GoCommand, Policy, Selection, Settings, Switch, Toolchains};

/// Installs a tool that is not here. None without a Go that could build it.
#[must_use]
pub fn install_tool(name: ToolName, toolchains: &Toolchains, settings: &Settings) -> Option<Fix> {
    let (context, go) = toolchains.in_use()?;
    let view = settings.view(context)?;
    let switch = Policy::parse(&view.value("GOTOOLCHAIN")).map_or(Switch::Never, |policy| policy.switch);
    let query = query(name, go.version.as_ref()?, switch)?;
    let folder = view.bin_folder()?;
    let target = folder.join(name.command());
    // gomedic runs it with this session's variables.
    let gobin = (context != Context::Session).then(|| format!("GOBIN={}", folder.display()));
    let inverse = Inverse::Argv(vec!["rm".into(), "-f".into(), target.display().to_string()]);
    let title = format!("Install {} into {}", name.command(), settings.machine().tilde(&folder));
    Some(go_install(title, go, gobin.into_iter().collect(), &query, inverse))
}

/// Builds a tool anew with the Go that builds the project. None without a Go
/// that could.
#[must_use]
pub fn rebuild_tool(
    tool: &Tool,
    toolchains: &Toolchains,
    selection: Option<&Selection>,
    settings: &Settings,
) -> Option<Fix> {
    if let Some(plugin) = plugin_of(tool) {
        let text = format!("{plugin} keeps its own copy in {}. Let it update that one.", tool.title);
        return Some(Fix::manual(format!("Update {} in {plugin}", tool.name.command()), text, None));
    }
    let (context, go) = toolchains.in_use()?;
    let view = settings.view(context)?;
    let own = go.version.as_ref()?;
    let switch = Policy::parse(&view.value("GOTOOLCHAIN")).map_or(Switch::Never, |policy| policy.switch);
    // Outside of the project `go install` would use the older Go.
    let runs = selection.and_then(|selection| match &selection.choice {
        Choice::Switches { to, .. } | Choice::Downloads { to, .. } => Some(to),
        _ => None,
    });
    let with = runs.map_or(own, |toolchain| &toolchain.version);
    let query = query(tool.name, with, switch)?;
    let machine = settings.machine();
    let folder = tool.path.parent()?;
    let bins = view.gopath().into_iter().map(|path| path.join("bin")).chain(view.bin_folder());
    let in_place = bins.into_iter().any(|bin| bin == folder);
    let own_folder = machine.user.home.as_ref().is_some_and(|home| folder.starts_with(home));
    let mut variables: Vec<String> = runs.map(|to| format!("GOTOOLCHAIN={}+auto", to.name)).into_iter().collect();
    let is_usual = context == Context::Session && view.bin_folder().as_deref() == Some(folder);
    if (in_place || own_folder) && !is_usual {
        variables.push(format!("GOBIN={}", folder.display()));
    }
    let into = if in_place || own_folder { folder.to_owned() } else { view.bin_folder()? };
    let inverse = Inverse::CannotBeUndone(if in_place || own_folder {
        "go install replaces the old program and keeps no copy".to_owned()
    } else {
        format!("remove {} to have the old one back", machine.tilde(&into.join(tool.name.command())))
    });
    let title = format!("Build {} anew with {with} into {}", tool.name.command(), machine.tilde(&into));
    Some(go_install(title, go, variables, &query, inverse))
}

fn plugin_of(tool: &Tool) -> Option<&'static str> {
    match tool.used_by.as_slice() {
        [Looker::Plugin(plugin)] => Some(plugin),
        _ => None,
    }
}

fn go_install(title: String, go: &GoCommand, variables: Vec<String>, query: &str, inverse: Inverse) -> Fix {
    let mut argv: Vec<String> = Vec::new();
    if !variables.is_empty() {
        argv.push("env".to_owned());
        argv.extend(variables);
    }
    argv.extend([path_text(&go.path), "install".to_owned(), query.to_owned()]);
    Fix::new(title, Class::Review, vec![Step::Run { argv, privilege: Privilege::User, inverse }])
}

fn path_text(path: &Path) -> String {
    path.display().to_string()
}

/// What to ask for, so that this Go can build it and it can work with this Go.
/// None for a Go that is too old for any that is worth it.
///
/// gopls: since v0.17 it is built with the newest Go, which Go 1.21 and later
/// download by themselves; v0.16 is the last for Go 1.19 and 1.20, v0.14 for
/// 1.18 (release notes of gopls v0.15, v0.16, v0.17).
/// Delve: 1.N is for Go 1.N and the two before it (pkg/goversion/compat.go).
fn query(tool: ToolName, go: &GoVersion, switch: Switch) -> Option<String> {
    let version = match (tool, go.minor) {
        (ToolName::Gopls, ..=17) | (ToolName::Delve, ..=17) => return None,
        (ToolName::Gopls, 18) => "v0.14.2".to_owned(),
        (ToolName::Gopls, 19..=20) => "v0.16.2".to_owned(),
        (ToolName::Gopls, 21..=22) if switch != Switch::Download => "v0.16.2".to_owned(),
        (ToolName::Gopls, 23) if switch != Switch::Download => "v0.17.1".to_owned(),
        (ToolName::Delve, 18..=19) => "v1.20".to_owned(),
        // Go takes the newest release that begins so.
        (ToolName::Delve, minor @ 20..=25) => format!("v1.{minor}"),
        _ => "latest".to_owned(),
    };
    Some(format!("{}@{version}", tool.package()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_fits_the_go() {
        let ask = |tool, minor, switch| query(tool, &GoVersion::release(1, minor, 0), switch);
        assert_eq!(ask(ToolName::Gopls, 17, Switch::Never), None);
        assert_eq!(ask(ToolName::Gopls, 20, Switch::Never).as_deref(), Some("golang.org/x/tools/gopls@v0.16.2"));
        assert_eq!(ask(ToolName::Gopls, 22, Switch::Download).as_deref(), Some("golang.org/x/tools/gopls@latest"));
        assert_eq!(ask(ToolName::Gopls, 23, Switch::OnPath).as_deref(), Some("golang.org/x/tools/gopls@v0.17.1"));
        assert_eq!(
            ask(ToolName::Delve, 24, Switch::Download).as_deref(),
            Some("github.com/go-delve/delve/cmd/dlv@v1.24")
        );
        assert_eq!(
            ask(ToolName::Delve, 27, Switch::Never).as_deref(),
            Some("github.com/go-delve/delve/cmd/dlv@latest")
        );
    }
}
