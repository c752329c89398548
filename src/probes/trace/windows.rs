//! What Windows has under the same name, and what it hands over.

use crate::host::Environment;
use crate::model::{Candidate, Context, TraceRow, TraceWriter};
use crate::probes::Probing;
use crate::probes::windows::{HostAnswer, WindowsGo, WindowsVariable};
use crate::probes::wsl::{Drives, WslEnv};

/// The variables that the question to Windows asks for.
const ASKED: [&str; 6] = ["GOROOT", "GOPATH", "GOBIN", "GOTOOLCHAIN", "WSLENV", "HTTPS_PROXY"];

/// What Windows has; None off Windows, and for names that it is not asked
/// for.
pub(super) fn row(probing: &Probing, name: &str) -> Option<TraceRow> {
    if !probing.host().machine().is_wsl() || !ASKED.contains(&name.to_ascii_uppercase().as_str()) {
        return None;
    }
    let answer = probing.get::<HostAnswer>();
    let variable = answer.and_then(|answer| Ok(answer.facts()?.variable(name).cloned()));
    let writers = variable.as_ref().ok().and_then(Option::as_ref).map(writers).unwrap_or_default();
    let value = variable.map(|variable| variable.and_then(|variable| variable.value().map(str::to_owned)));
    Some(TraceRow { context: Context::Windows, certain: value.is_ok(), value, writers, differs: false })
}

/// The machine's value first: the user's wins over it.
fn writers(variable: &WindowsVariable) -> Vec<TraceWriter> {
    let writer = |whose: &str, value: &Option<String>, wins| {
        let value = value.clone()?;
        let text = format!("{}={value}", variable.name);
        Some(TraceWriter { source: format!("variables of the {whose}"), text, value: Some(value), wins })
    };
    let user = variable.user.is_some();
    [writer("machine", &variable.machine, !user), writer("user", &variable.user, user)].into_iter().flatten().collect()
}

/// Marks the row of Windows when it has another value than the others, in the
/// notation of this side.
pub(super) fn mark(probing: &Probing, rows: &mut [TraceRow]) {
    let is_windows = |row: &&TraceRow| row.context == Context::Windows;
    let here: Vec<Option<String>> =
        rows.iter().filter(|row| !is_windows(row)).filter_map(|row| row.value.clone().ok()).collect();
    let drives = probing.get::<Drives>().ok();
    for row in rows.iter_mut().filter(|row| row.context == Context::Windows) {
        let Ok(value) = &row.value else { continue };
        let translated = value.as_ref().map(|value| {
            let linux = drives.as_ref().and_then(|drives| drives.linux_path(value));
            linux.map_or_else(|| value.clone(), |path| path.display().to_string())
        });
        // What only Windows has is its own affair.
        row.differs = here.iter().any(Option::is_some) && !here.contains(&translated) && !here.contains(value);
    }
}

/// The Go of Windows, for the command `go`.
pub(super) fn candidate(probing: &Probing, name: &str) -> Option<Candidate> {
    if !probing.host().machine().is_wsl() || name != "go" {
        return None;
    }
    let windows = probing.get::<WindowsGo>().ok()?;
    let go = windows.go.as_ref()?;
    Some(Candidate {
        path: go.path.clone(),
        real: None,
        version: go.version.as_ref().map(ToString::to_string),
        built_with: None,
        arch: None,
        owner: Some("on Windows".to_owned()),
        from: None,
        contexts: vec![Context::Windows],
        wins_in: vec![Context::Windows],
    })
}

/// WSLENV, where it hands this variable over with this value.
pub(super) fn hand_over(environment: &Environment, name: &str, held: &str) -> Option<TraceWriter> {
    let list = environment.get("WSLENV")?;
    WslEnv::parse(list).shares(name).then(|| TraceWriter {
        source: "Windows, through WSLENV".to_owned(),
        text: format!("WSLENV={list}"),
        value: Some(held.to_owned()),
        wins: true,
    })
}
