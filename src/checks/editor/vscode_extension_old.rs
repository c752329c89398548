//! The Go extension has a hole that is known.

use crate::checks::Check;
use crate::model::{Class, Finding, Fix, Inverse, Layer, Missing, Outcome, Privilege, Severity, Step};
use crate::probes::editor::{GoExtension, GoExtensions};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "vscode-extension-old",
    layer: Layer::Editor,
    title: "The Go extension has no known security hole",
    impact: "Opening a foreign folder can run its programs",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("editor/vscode-extension-old"),
    rule: rule!(judge(GoExtensions)),
};

/// The first release in which CVE-2025-68120 is mended: before it, the
/// extension ran programs of a folder that the user had not trusted.
const MENDED: (u32, u32) = (0, 52);

fn judge(extensions: &GoExtensions) -> Outcome {
    if extensions.found.is_empty() {
        return Outcome::skipped("no editor here has the Go extension");
    }
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = None;
    for extension in &extensions.found {
        match extension.version.as_deref().and_then(release) {
            Some(release) if release < MENDED => findings.push(finding(extension)),
            Some(_) => {}
            None => {
                let place = &extension.evidence.source;
                unknown = Some(Missing::failed(format!("{place} does not say the version of the Go extension")));
            }
        }
    }
    Outcome::of(findings).or_unknown(unknown)
}

/// The first two numbers of a version.
fn release(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.trim_start_matches('v').split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

fn finding(extension: &GoExtension) -> Finding {
    let version = extension.version.as_deref().unwrap_or_default();
    let editor = extension.editor;
    let (major, minor) = MENDED;
    Finding::new(
        &extension.evidence.source,
        Severity::Warning,
        format!("The Go extension {version} of {editor} runs programs of folders you do not trust"),
    )
    .detail(format!(
        "In Restricted Mode nothing of the opened folder may run; before {major}.{minor}.0 the extension did run it (CVE-2025-68120)."
    ))
    .evidence(extension.evidence.clone().expected(format!("{major}.{minor}.0 or later")))
    .fix(fix(extension))
}

fn fix(extension: &GoExtension) -> Fix {
    let title = format!("Update the Go extension of {}", extension.editor);
    let awaits = "a reload of the editor window";
    match &extension.install {
        Some(argv) => {
            let inverse = Inverse::CannotBeUndone("the editor keeps no copy of the version before".to_owned());
            let step = Step::Run { argv: argv.clone(), privilege: Privilege::User, inverse };
            Fix::new(title, Class::Review, vec![step]).awaits(awaits)
        }
        None => Fix::manual(
            title,
            "In the window of the editor, open Extensions, find Go (golang.go), and press Update.",
            None,
        )
        .awaits(awaits),
    }
}
