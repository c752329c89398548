use crate::model::{Context, GoLevel, GoOrigin};
use crate::probes::Probing;
use crate::probes::go::{SettingOrigin, Settings, Toolchains, View};

/// Where the Go in use looks for a setting, in its order, and the context that
/// this Go is in use in; None for what is no setting of Go.
pub(super) fn levels(probing: &Probing, name: &str) -> Option<(Context, Vec<GoLevel>)> {
    if !is_setting(name) {
        return None;
    }
    let (settings, toolchains) = (probing.get::<Settings>().ok()?, probing.get::<Toolchains>().ok()?);
    let (context, view) = settings.in_use(&toolchains)?;
    let mut levels = vec![environment(view, name), file(view, name), goroot(view, name), default(view, name)];
    if let Some(winner) = levels.iter_mut().find(|level| level.value.is_some()) {
        winner.wins = true;
    }
    Some((context, levels))
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
