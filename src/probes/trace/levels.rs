use crate::model::{GoLevel, GoOrigin};
use crate::probes::Probing;
use crate::probes::go::{SettingOrigin, Settings, Toolchains, View};

/// Where the Go in use looks for a setting, in its order; empty for what is
/// no setting of Go.
pub(super) fn levels(probing: &Probing, name: &str) -> Vec<GoLevel> {
    let (Ok(settings), Ok(toolchains)) = (probing.get::<Settings>(), probing.get::<Toolchains>()) else {
        return Vec::new();
    };
    let Some((_, view)) = settings.in_use(&toolchains) else { return Vec::new() };
    if !is_setting(name) {
        return Vec::new();
    }
    let mut levels = vec![environment(view, name), file(view, name), goroot(view, name), default(view, name)];
    let winner = levels.iter_mut().find(|level| level.value.is_some());
    if let Some(winner) = winner {
        winner.wins = true;
    }
    levels
}

fn is_setting(name: &str) -> bool {
    // GODEBUG and what other programs read too are taken from the
    // environment alone.
    name.starts_with("GO") && name != "GODEBUG" || name.starts_with("CGO_") || matches!(name, "CC" | "CXX")
}

fn level(origin: GoOrigin, source: impl Into<String>, value: Option<String>) -> GoLevel {
    GoLevel { origin, source: source.into(), value: value.filter(|value| !value.is_empty()), wins: false }
}

fn environment(view: &View, name: &str) -> GoLevel {
    level(GoOrigin::Os, "environment", view.environment().get(name).map(str::to_owned))
}

fn file(view: &View, name: &str) -> GoLevel {
    let setting = view.in_file(name);
    let source = match setting.as_ref().map(|setting| &setting.origin) {
        Some(SettingOrigin::File { name, line, .. }) => format!("{name}:{line}"),
        _ if view.file.path.is_none() => "no file: GOENV is off".into(),
        _ => view.file.name.clone(),
    };
    level(GoOrigin::File, source, setting.map(|setting| setting.value))
}

fn goroot(view: &View, name: &str) -> GoLevel {
    let setting = view.below_file(name);
    let source = match setting.as_ref().map(|setting| &setting.origin) {
        Some(SettingOrigin::Goroot { name, line }) => format!("{name}:{line}"),
        _ => view.goroot_file.as_ref().map_or_else(|| "$GOROOT/go.env".to_owned(), |file| file.name.clone()),
    };
    level(GoOrigin::Goroot, source, setting.map(|setting| setting.value))
}

fn default(view: &View, name: &str) -> GoLevel {
    level(GoOrigin::Default, "Go's default", Some(view.default(name)))
}
