//! GOPATH and GOROOT are one folder, or lie in each other.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity, Step};
use crate::probes::go::{Gopaths, Overlap, OverlapKind, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "gopath-equals-goroot",
    layer: Layer::Go,
    title: "GOPATH and GOROOT are different folders",
    impact: "Packages and tools land inside of Go",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("go/gopath-equals-goroot"),
    rule: rule!(judge(Contexts, Gopaths, Settings, RcFiles)),
};

fn judge(shells: &Contexts, gopaths: &Gopaths, settings: &Settings, rc: &RcFiles) -> Outcome {
    let findings = gopaths.overlaps.iter().map(|overlap| finding(overlap, settings, rc)).collect();
    shells.outcome(findings)
}

fn finding(overlap: &Overlap, settings: &Settings, rc: &RcFiles) -> Finding {
    let machine = settings.machine();
    let (gopath, goroot) = (machine.tilde(&overlap.gopath), machine.tilde(&overlap.goroot));
    let summary = match overlap.kind {
        OverlapKind::Same => format!("GOPATH and GOROOT are one folder: {gopath}"),
        OverlapKind::Inside => format!("GOPATH {gopath} lies inside of GOROOT {goroot}"),
        OverlapKind::AmongSources => format!("GOROOT {goroot} lies among the sources of GOPATH {gopath}"),
    };
    let view = overlap.contexts.first().and_then(|context| settings.view(*context));
    let set = view.and_then(|view| view.get("GOPATH"));
    let mut finding = Finding::new(overlap.gopath.display().to_string(), Severity::Warning, summary)
        .detail(
            "What go install makes, and what go mod downloads, is mixed with Go's own files: the next update of Go deletes it. go says: warning: both GOPATH and GOROOT are the same directory.",
        )
        .seen_in(overlap.contexts.iter().copied())
        .about("GOPATH");
    match &set {
        Some(setting) => {
            let (evidence, writer) = settings.trace("GOPATH", setting, &overlap.contexts, rc);
            finding = finding.evidence(evidence);
            let mut fix = remedy::unset("GOPATH", setting, writer.as_ref(), "GOPATH lay in GOROOT");
            if fix.class == Class::Safe {
                fix.class = Class::Review;
            }
            // The default may be the very folder that Go was unpacked into.
            let default = machine.user.home.as_ref().map(|home| home.join("go"));
            if default.as_ref() != Some(&overlap.goroot) {
                finding = finding.fix(fix);
            }
        }
        None => {
            finding = finding.evidence(Evidence::new("Go's default", format!("GOPATH={}", overlap.gopath.display())))
        }
    }
    let elsewhere = machine.user.home.as_ref().map(|home| home.join("gopath"));
    if let (Some(elsewhere), Some(file), None) = (elsewhere, view.and_then(|view| view.file.path.clone()), &set) {
        let value = elsewhere.display().to_string();
        let title = format!("Let GOPATH be {}", machine.tilde(&elsewhere));
        finding = finding.fix(Fix::new(title, Class::Review, vec![Step::SetGo { file, name: "GOPATH".into(), value }]));
    }
    finding = finding.evidence(Evidence::new(goroot.clone(), "the root of the Go that runs"));
    if overlap.goroot.starts_with("/usr/local") {
        return finding;
    }
    finding.fix(Fix::manual(
        format!("Move Go out of {goroot}"),
        "Put Go where its installer would, and change the line that puts its bin folder on PATH. See that it worked: go env GOROOT.",
        Some(format!("sudo mv {} /usr/local/go", overlap.goroot.display())),
    ))
}
