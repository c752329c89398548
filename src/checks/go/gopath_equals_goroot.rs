//! GOPATH is the root of Go, or lies in it.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity, Step};
use crate::probes::go::{Gopath, Gopaths, Overlap, SettingOrigin, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "gopath-equals-goroot",
    layer: Layer::Go,
    title: "GOPATH lies apart from Go itself",
    impact: "Go's own folder is used for other things",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("go/gopath-equals-goroot"),
    rule: rule!(judge(Contexts, Gopaths, Settings, RcFiles)),
};

fn judge(shells: &Contexts, gopaths: &Gopaths, settings: &Settings, rc: &RcFiles) -> Outcome {
    let mut findings = Vec::new();
    for (gopath, contexts) in gopaths.overlaps() {
        let machine = settings.machine();
        let (folder, root) = (machine.tilde(&gopath.folder), machine.tilde(&gopath.root));
        let (evidence, writer) = settings.trace("GOPATH", &gopath.setting, &contexts, rc);
        let (summary, detail) = match gopath.overlap {
            Overlap::Same => (
                format!("GOPATH and Go itself are one folder: {folder}"),
                format!(
                    "Since 1.22 every go command warns: both GOPATH and GOROOT are the same directory ({}). What go install makes lands beside the go command, and an update of Go, which removes {root} first, takes it and the module cache along.",
                    gopath.folder.display()
                ),
            ),
            Overlap::InsideRoot => (
                format!("GOPATH lies inside Go itself: {folder}"),
                format!(
                    "An update of Go removes {root} first, and with it the module cache and every program that go install made."
                ),
            ),
        };
        findings.push(
            Finding::new(gopath.folder.display().to_string(), Severity::Warning, summary)
                .detail(detail)
                .seen_in(contexts)
                .about("GOPATH")
                .evidence(evidence.expected("a folder outside of Go, such as ~/go"))
                .evidence(Evidence::new(format!("{root}/src/runtime"), "the Go in use lies here"))
                .fixes(fixes(gopath, settings, writer.as_ref())),
        );
    }
    shells.outcome(findings)
}

fn fixes(gopath: &Gopath, settings: &Settings, writer: Option<&crate::probes::shell::Writer>) -> Vec<Fix> {
    let is_default = gopath.setting.origin == SettingOrigin::Default;
    if !is_default && gopath.default_is_free {
        return vec![remedy::reviewed(remedy::unset(
            "GOPATH",
            &gopath.setting,
            writer,
            "this is Go's own folder; the default is ~/go",
        ))];
    }
    let machine = settings.machine();
    let mut fixes = Vec::new();
    if is_default && let (Some(file), Some(home)) = (&gopath.env_file, &machine.user.home) {
        let value = home.join("gopath").display().to_string();
        fixes.push(Fix::new(
            "Keep modules and programs in ~/gopath",
            Class::Review,
            vec![Step::SetGo { file: file.clone(), name: "GOPATH".to_owned(), value }],
        ));
    }
    let root = machine.tilde(&gopath.root);
    fixes.push(Fix::manual(
        format!("Move Go out of {root}"),
        "Go runs from wherever its folder lies. Put the new bin folder on PATH in place of the old one.",
        Some(format!("mkdir -p ~/sdk && mv {root} ~/sdk/go")),
    ));
    fixes
}
