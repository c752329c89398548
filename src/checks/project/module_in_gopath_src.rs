//! A project below GOPATH/src has no go.mod.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::Toolchains;
use crate::probes::project::{GoMod, GopathSource, OldProject};
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "module-in-gopath-src",
    layer: Layer::Project,
    title: "A project below GOPATH/src has a go.mod",
    impact: "Go builds nothing in this folder",
    severity: Severity::Info,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("project/module-in-gopath-src"),
    rule: rule!(judge(Contexts, GoMod, GopathSource, Toolchains)),
};

fn judge(shells: &Contexts, module: &GoMod, source: &GopathSource, toolchains: &Toolchains) -> Outcome {
    if module.found.is_some() {
        return Outcome::skipped("this folder has a go.mod");
    }
    let version = toolchains.in_use().and_then(|(_, go)| go.version.as_ref());
    if version.is_some_and(|version| version.language() < (1, 16)) {
        return Outcome::skipped("a Go before 1.16 builds it without a go.mod");
    }
    shells.outcome(source.found.iter().map(finding).collect())
}

fn finding(project: &OldProject) -> Finding {
    let name = &project.name;
    let module = remedy::module_name(&project.import_path);
    Finding::new(name, Severity::Info, format!("{name} lies in GOPATH and has no go.mod"))
        .detail("Since 1.16 Go builds modules alone, wherever they lie. Builds here end with: go: go.mod file not found in current directory or any parent directory; see 'go help modules'.")
        .seen_in(project.contexts.iter().copied())
        .evidence(Evidence::new(name, "no go.mod").expected(format!("a go.mod with: module {module}")))
        .evidence(Evidence::new(&project.file, "code without a module"))
        .fix(Fix::manual(
            format!("Make it the module {module}"),
            "The name is the path that others import it by now. go mod tidy then looks up what it imports, and go build ./... tells whether it worked. The folder may stay where it is.",
            Some(format!(
                "cd {} && go mod init {} && go mod tidy",
                remedy::shell_word(&project.folder.display().to_string()),
                remedy::shell_word(&module),
            )),
        ))
}
