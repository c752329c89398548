//! git refuses the repository for its owner, and Go asks git.

use std::path::Path;

use crate::checks::Check;
use crate::model::{Class, Context, Edit, Evidence, Finding, Fix, Layer, Outcome, Severity, Step};
use crate::probes::go::{GoFlags, Settings, Toolchains};
use crate::probes::project::{Repository, Trust};
use crate::probes::system::{Commands, Users};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "buildvcs-dubious-owner",
    layer: Layer::Project,
    title: "git lets this user use the project's repository",
    impact: "Go cannot stamp programs built here",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &["git-missing"],
    page: page!("project/buildvcs-dubious-owner"),
    rule: rule!(judge(Repository, Settings, Toolchains, Commands, Users)),
};

fn judge(
    repository: &Repository,
    settings: &Settings,
    toolchains: &Toolchains,
    commands: &Commands,
    users: &Users,
) -> Outcome {
    let Some(checkout) = &repository.found else { return Outcome::skipped("this module is in no git repository") };
    let Some((path, owner)) = &checkout.foreign else { return Outcome::Passed };
    let Some((context, go)) = toolchains.in_use() else { return Outcome::skipped("no go is on any PATH") };
    if go.version.as_ref().is_some_and(|version| version.language() < (1, 18)) {
        return Outcome::skipped("a Go before 1.18 does not ask git");
    }
    if commands.find(context, "git").is_none() {
        return Outcome::skipped("git is not on PATH, and then Go does not ask it");
    }
    let flags = settings.view(context).map(|view| view.value("GOFLAGS")).unwrap_or_default();
    let stamps = GoFlags::parse(&flags).ok().and_then(|flags| flags.value("buildvcs").map(str::to_owned));
    if matches!(stamps.as_deref(), Some("false" | "0" | "f" | "F" | "FALSE" | "False")) {
        return Outcome::skipped("GOFLAGS has -buildvcs=false");
    }
    let Some(program) = &checkout.program else {
        return Outcome::skipped("no program was found here, and only programs are stamped");
    };
    match &checkout.trust {
        Ok(Trust::Told) => return Outcome::Passed,
        Err(missing) => return missing.clone().into(),
        Ok(Trust::Untold) => {}
    }
    let machine = settings.machine();
    let quoted = checkout.root.display().to_string().replace('\'', "'\\''");
    let (root, owner) = (machine.tilde(&checkout.root), users.name(*owner));
    Finding::new(&root, Severity::Error, format!("git refuses {root}, which belongs to {owner} and not to {}", machine.user.name))
        .detail("Building a program here ends with: error obtaining VCS status: exit status 128. Use -buildvcs=false to disable VCS stamping. What git says, Go hides: fatal: detected dubious ownership in repository.")
        .seen_in([Context::Session])
        .evidence(Evidence::new(machine.tilde(path), format!("owner: {owner}")).expected(format!("owner: {}", machine.user.name)))
        .evidence(Evidence::new(program, "package main"))
        .fixes(checkout.user_config.as_deref().map(|file| trust(file, &checkout.root, &machine.tilde(file))))
        .fix(Fix::manual(
            "Make the folder yours",
            "When nobody else works in it, a change of owner is the cleaner way.",
            Some(format!("sudo chown -R {}:{} '{}'", machine.user.uid, machine.user.gid, quoted)),
        ))
        .into()
}

/// Names this one folder to git.
fn trust(file: &Path, root: &Path, name: &str) -> Fix {
    let path = root.display().to_string().replace('\\', "\\\\").replace('"', "\\\"");
    let lines = vec!["[safe]".to_owned(), format!("\tdirectory = \"{path}\"")];
    let step = Step::EditFile { path: file.to_owned(), edits: vec![Edit::Append { lines }] };
    Fix::new(format!("Let git trust this folder, in {name}"), Class::Review, vec![step])
}
