//! A go.work is in effect that does not fit: it does not list this module,
//! lists one that is not there, or GOWORK names none.

use std::path::Path;

use crate::checks::{Check, remedy};
use crate::model::{Class, Edit, Evidence, Finding, Fix, Layer, Outcome, Severity, Step};
use crate::probes::go::Settings;
use crate::probes::project::{GoMod, GoWork, Member, Membership, ModuleFile, WorkspaceFile, WorkspaceMembers};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-work-stray",
    layer: Layer::Project,
    title: "The go.work in effect lists this module",
    impact: "Go builds another workspace than this one",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("project/go-work-stray"),
    rule: rule!(judge(Contexts, Settings, GoMod, GoWork, WorkspaceMembers, RcFiles)),
};

fn judge(
    shells: &Contexts,
    settings: &Settings,
    module: &GoMod,
    work: &GoWork,
    members: &WorkspaceMembers,
    rc: &RcFiles,
) -> Outcome {
    let mut findings = dangling(settings, members, rc);
    if let Some(file) = &work.found {
        match &file.content {
            Ok(_) => {}
            Err(missing) if missing.is_absent() => return shells.outcome(findings),
            Err(missing) => return missing.clone().into(),
        }
        if let (Membership::Unlisted, Some(module)) = (members.own, &module.found) {
            findings.push(unlisted(file, module, work, settings));
        }
        let gone = |member: &&Member| member.module.content.as_ref().is_err_and(|missing| missing.is_absent());
        findings.extend(members.members.iter().filter(gone).map(|member| absent(file, member)));
    }
    shells.outcome(findings)
}

/// GOWORK names a file that is not there, or not by its whole path.
fn dangling(settings: &Settings, members: &WorkspaceMembers, rc: &RcFiles) -> Vec<Finding> {
    let finding = |(setting, contexts): &(crate::probes::go::Setting, Vec<crate::model::Context>)| {
        let (origin, writer) = settings.trace("GOWORK", setting, contexts, rc);
        let value = &setting.value;
        let (summary, said) = if Path::new(value).is_relative() {
            (format!("GOWORK={value} is not an absolute path"), "go: invalid GOWORK: not an absolute path".to_owned())
        } else {
            (
                format!("GOWORK names {value}, which is not there"),
                format!("go: reading go.work: open {value}: no such file or directory"),
            )
        };
        let fix = remedy::unset("GOWORK", setting, writer.as_ref(), "it names no go.work");
        Finding::new(format!("GOWORK:{value}"), Severity::Warning, summary)
            .detail(format!("In {} every build ends with: {said}.", remedy::contexts_title(contexts)))
            .seen_in(contexts.iter().copied())
            .about("GOWORK")
            .evidence(origin)
            .fix(remedy::reviewed(fix))
    };
    members.dangling.iter().map(finding).collect()
}

/// The workspace above does not know this module.
fn unlisted(file: &WorkspaceFile, module: &ModuleFile, work: &GoWork, settings: &Settings) -> Finding {
    let name = settings.machine().tilde(&module.folder);
    let add = module.folder.strip_prefix(&file.folder).ok().map(|rest| {
        let step = Step::EditFile {
            path: file.path.clone(),
            edits: vec![Edit::Append { lines: vec![format!("use {}", quoted(rest))] }],
        };
        Fix::new(format!("Add this module to {}", file.name), Class::Review, vec![step])
    });
    let apart = Fix::manual(
        "Build without the workspace",
        "Where the two have nothing to do with each other, switch workspaces off for this folder, or move that go.work away.",
        Some("GOWORK=off go build ./...".to_owned()),
    );
    Finding::new(&file.name, Severity::Warning, format!("{} is in effect and does not list {name}", file.name))
        .detail("Builds here end with: current directory is contained in a module that is not one of the workspace modules listed in go.work. Editors show the same for every file.")
        .evidence(Evidence::new(&file.name, format!("no use line for {name}")))
        .evidences(work.setting.as_ref().map(|setting| Evidence::new("GOWORK", &setting.value)))
        .fixes(add)
        .fix(apart)
}

/// A `use` line whose folder has no go.mod.
fn absent(file: &WorkspaceFile, member: &Member) -> Finding {
    let (line, path) = (&member.line, &member.line.value);
    let indent = &line.text[..line.text.len() - line.text.trim_start().len()];
    let edit = Edit::ReplaceLine {
        line: line.line,
        was: line.text.clone(),
        with: format!("{indent}// {}", line.text.trim_start()),
    };
    let step = Step::EditFile { path: file.path.clone(), edits: vec![edit] };
    let place = format!("{}:{}", file.name, line.line);
    Finding::new(format!("use:{path}"), Severity::Warning, format!("go.work lists {path}, where no go.mod is"))
        .detail(format!(
            "Every build in this workspace ends with: go: cannot load module {path} listed in go.work file: open {}: no such file or directory.",
            member.module.path.display()
        ))
        .evidence(Evidence::new(&place, line.text.trim()))
        .fix(Fix::new(format!("Comment out {place}"), Class::Review, vec![step]))
}

/// A folder as go.work names it.
fn quoted(folder: &Path) -> String {
    let text = folder.display().to_string();
    let path = if text.is_empty() { ".".to_owned() } else { format!("./{text}") };
    let is_plain = path.chars().all(|c| c.is_alphanumeric() || "./_-+~@".contains(c)) && !path.contains("//");
    if is_plain { path } else { format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\"")) }
}
