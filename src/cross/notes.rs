//! What changes the matrix as a whole.

use crate::probes::go::{Choice, Selection, Setting, SettingOrigin, View};

/// The settings that count for every build, and the Go that is to build when
/// it is not the one that is called.
pub(super) fn notes(view: &View, selection: Option<&Selection>) -> Vec<String> {
    let cgo = view.get("CGO_ENABLED").filter(|setting| matches!(setting.value.as_str(), "0" | "1"));
    let cgo = cgo.map(|setting| {
        let value = &setting.value;
        format!("CGO_ENABLED={value} is set {}: unset stands for {value} here.", place(&setting))
    });
    let cc = view.get("CC").map(|setting| {
        format!(
            "CC={} is set {}, for every target: a build for another platform must set it too.",
            setting.value,
            place(&setting)
        )
    });
    cgo.into_iter().chain(cc).chain(selection.and_then(toolchain)).collect()
}

fn place(setting: &Setting) -> String {
    match &setting.origin {
        SettingOrigin::Environment => "in the environment".to_owned(),
        SettingOrigin::File { name, line, .. } | SettingOrigin::Goroot { name, line } => format!("in {name}:{line}"),
        SettingOrigin::Default => "by default".to_owned(),
    }
}

fn toolchain(selection: &Selection) -> Option<String> {
    let Selection { own, setting, choice } = selection;
    Some(match choice {
        Choice::Own => return None,
        Choice::Switches { to, .. } | Choice::Downloads { to, .. } => {
            format!("Here go hands builds over to {}: this is what {own} would build for.", to.name)
        }
        Choice::TooOld { .. } => format!(
            "The project asks for a newer Go than {own}, and GOTOOLCHAIN={} keeps it from running one: nothing builds before that is mended.",
            setting.value
        ),
        Choice::NotOnPath { to, .. } | Choice::NoDownload { to, .. } => format!(
            "Here go is to hand builds over to {}, which it cannot get: nothing builds before that is mended.",
            to.name
        ),
    })
}
