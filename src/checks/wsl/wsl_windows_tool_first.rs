//! A tool on a Windows drive runs before that of Linux.

use std::path::Path;

use crate::checks::Check;
use crate::checks::remedy::{self, Position, Shells};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::shell::{Contexts, RcFiles};
use crate::probes::wsl::{ToolOnWindows, ToolsOnWindows};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-windows-tool-first",
    layer: Layer::Wsl,
    title: "Tools of Linux come before those of Windows",
    impact: "Tools of Windows run in place of those of Linux",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[],
    page: page!("wsl/wsl-windows-tool-first"),
    rule: rule!(judge(Contexts, ToolsOnWindows, RcFiles)),
};

fn judge(shells: &Contexts, tools: &ToolsOnWindows, rc: &RcFiles) -> Outcome {
    shells.outcome(tools.first.iter().map(|tool| finding(shells, rc, tool)).collect())
}

fn finding(shells: &Contexts, rc: &RcFiles, tool: &ToolOnWindows) -> Finding {
    let machine = rc.machine();
    let path = tool.path.display().to_string();
    let severity = match (&tool.behind, tool.name) {
        (Some(_), _) => Severity::Error,
        // Nothing of Linux is hidden by it.
        (None, _) => Severity::Info,
    };
    let mut finding = Finding::new(tool.name, severity, format!("{} is one of Windows: {path}", tool.name))
        .seen_in(tool.contexts.iter().copied())
        .about(tool.name)
        .detail(
            "It works on files of Linux through a protocol between the two systems, slowly and with other ideas of \
             modes and line ends. The go of Windows says: go: RLock …: Incorrect function.",
        )
        .evidence(Evidence::new(&path, "is found first"));
    let Some(behind) = &tool.behind else {
        return finding.fix(Fix::manual(
            format!("Install {} in the distribution", tool.name),
            "Tools that lie on the disk of WSL are faster, and know its files.",
            None,
        ));
    };
    finding = finding.evidence(Evidence::new(machine.tilde(behind), "stands behind it on PATH"));
    let folder = |path: &Path| path.parent().map(Path::to_owned).unwrap_or_default();
    let context = tool.contexts.iter().copied().find(|context| !context.is_already_running());
    let writer = context.and_then(|context| rc.path_writer(&folder(&tool.path), context, shells.get(context).ok()?));
    if let Some(writer) = writer {
        finding = finding
            .evidence(writer.evidence())
            .fix(remedy::reviewed(remedy::comment_out(&writer, "tools of Windows before those of Linux")));
    }
    finding.fix(remedy::reviewed(remedy::add_to_path(rc, &folder(behind), Position::FrontAgain, Shells::Every)))
}
