//! VS Code has the Go extension on Windows, and not in WSL.

use crate::checks::Check;
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Outcome, Privilege, Severity, Step};
use crate::probes::editor::{EditorOnWindows, EditorsOnWindows};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-vscode-extension",
    layer: Layer::Wsl,
    title: "The Go extension is installed for WSL",
    impact: "The editor knows nothing of Go here",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("wsl/wsl-vscode-extension"),
    rule: rule!(judge(EditorsOnWindows)),
};

fn judge(editors: &EditorsOnWindows) -> Outcome {
    if editors.found.is_empty() {
        return Outcome::skipped("no editor on Windows has a server here");
    }
    editors.found.iter().filter_map(finding).collect::<Vec<_>>().into()
}

fn finding(editor: &EditorOnWindows) -> Option<Finding> {
    let there = editor.extension_there.as_ref().filter(|_| editor.extension_here.is_none())?;
    let name = editor.editor;
    let fix = match &editor.install {
        Some(argv) => {
            let inverse = Inverse::Argv(vec![argv[0].clone(), "--uninstall-extension".into(), argv[2].clone()]);
            let step = Step::Run { argv: argv.clone(), privilege: Privilege::User, inverse };
            Fix::new(format!("Install the Go extension for {name} in WSL"), Class::Review, vec![step])
        }
        None => Fix::manual(
            format!("Install the Go extension for {name} in WSL"),
            "In a window that is connected to WSL: Extensions, Go, Install in WSL.",
            None,
        ),
    };
    Some(
        Finding::new(name, Severity::Warning, format!("{name} has the Go extension on Windows, and not in WSL"))
            .detail(
                "Extensions run where the files are. In a window that is connected to WSL there is no completion, no \
                 test and no debugger for Go, though the extension seems to be installed.",
            )
            .evidence(there.clone())
            .evidence(Evidence::new("the server in WSL", "does not list golang.go").expected("golang.go"))
            .fix(fix.awaits("a reload of the editor window")),
    )
}
