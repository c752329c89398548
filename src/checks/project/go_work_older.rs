//! go.work's go line is below that of a module it uses.

use crate::checks::Check;
use crate::model::{Class, Edit, Evidence, Finding, Fix, GoVersion, Layer, Outcome, Severity, Step};
use crate::probes::go::Toolchains;
use crate::probes::project::{Directive, GoWork, Member, WorkspaceFile, WorkspaceMembers};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-work-older",
    layer: Layer::Project,
    title: "go.work asks for no older Go than its modules do",
    impact: "Go refuses to build this workspace",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[],
    page: page!("project/go-work-older"),
    rule: rule!(judge(GoWork, WorkspaceMembers, Toolchains)),
};

/// What Go takes a go.work without a go line for.
const UNSAID: &str = "1.18";

fn judge(work: &GoWork, members: &WorkspaceMembers, toolchains: &Toolchains) -> Outcome {
    let Some(file) = &work.found else { return Outcome::skipped("this folder is in no workspace") };
    let content = match &file.content {
        Ok(content) => content,
        // go-work-stray speaks of a GOWORK that names nothing.
        Err(missing) if missing.is_absent() => return Outcome::skipped("there is no go.work"),
        Err(missing) => return missing.clone().into(),
    };
    let version = toolchains.in_use().and_then(|(_, go)| go.version.as_ref());
    if version.is_some_and(|version| version.language() < (1, 21)) {
        return Outcome::skipped("a Go before 1.21 does not compare these lines");
    }
    let own = content.go.as_ref();
    let Some(allows) = GoVersion::parse(own.map_or(UNSAID, |line| &line.value)) else {
        return Outcome::skipped("the go line of go.work is not a version");
    };
    let newer = members.members.iter().filter_map(|member| {
        let line = member.module.content.as_ref().ok()?.go.as_ref()?;
        let asks = GoVersion::parse(&line.value).filter(|asks| *asks > allows)?;
        Some((member, line, asks))
    });
    // What could not be read of a member is not known; what is not there is
    // go-work-stray's matter.
    let unread = || members.members.iter().find_map(|member| member.module.content.as_ref().err());
    let found: Vec<(&Member, &Directive, GoVersion)> = newer.collect();
    match found.iter().max_by(|one, other| one.2.cmp(&other.2)) {
        Some(newest) => finding(file, own, &found, newest).into(),
        None => match unread().filter(|missing| !missing.is_absent()) {
            Some(missing) => missing.clone().into(),
            None => Outcome::Passed,
        },
    }
}

type Newer<'a> = (&'a Member, &'a Directive, GoVersion);

fn finding(file: &WorkspaceFile, own: Option<&Directive>, found: &[Newer<'_>], newest: &Newer<'_>) -> Finding {
    let (member, line, asks) = newest;
    let says = own.map_or("asks for Go 1.18 without saying so".to_owned(), |own| format!("asks for Go {}", own.value));
    let (path, kept) = (&member.line.value, own.map_or(UNSAID, |own| &own.value));
    let evidence = match own {
        Some(own) => Evidence::new(format!("{}:{}", file.name, own.line), own.text.trim()),
        None => Evidence::new(&file.name, "no go line, which stands for Go 1.18"),
    };
    Finding::new(&file.name, Severity::Error, format!("go.work {says}, and {} for Go {}", member.module.name, asks.bare()))
        .detail(format!(
            "Every build in this workspace ends with: go: module {path} listed in go.work file requires go >= {}, but go.work lists go {kept}.",
            line.value
        ))
        .evidence(evidence.expected(format!("go {}", asks.bare())))
        .evidences(found.iter().map(|(member, line, _)| {
            Evidence::new(format!("{}:{}", member.module.name, line.line), line.text.trim())
        }))
        .fix(raise(file, own, asks))
}

/// What `go work use` would write, without a Go that is new enough for it.
fn raise(file: &WorkspaceFile, own: Option<&Directive>, asks: &GoVersion) -> Fix {
    let with = format!("go {}", asks.bare());
    let edit = match own {
        Some(own) => {
            let with = own.text.replacen(&own.value, asks.bare(), 1);
            Edit::ReplaceLine { line: own.line, was: own.text.clone(), with }
        }
        None => Edit::Append { lines: vec![with.clone()] },
    };
    let step = Step::EditFile { path: file.path.clone(), edits: vec![edit] };
    Fix::new(format!("Let {} say {with}", file.name), Class::Review, vec![step])
}
