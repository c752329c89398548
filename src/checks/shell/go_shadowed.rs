//! An older Go stands before a newer one on PATH.

use crate::checks::Check;
use crate::checks::remedy::{self, Package, Position, Shells};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::{GoCommand, Origin, Toolchains};
use crate::probes::shell::{Contexts, Form, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-shadowed",
    layer: Layer::Shell,
    title: "No older Go stands before a newer one on PATH",
    impact: "An old Go runs",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &["version-manager-shadowed"],
    page: page!("shell/go-shadowed"),
    rule: rule!(judge(Contexts, Toolchains, RcFiles)),
};

/// What distributions call the package with the `go` command.
const GO: Package = Package { debian: "golang-go", fedora: "golang", arch: "go", alpine: "go", suse: "go" };

fn judge(shells: &Contexts, toolchains: &Toolchains, rc: &RcFiles) -> Outcome {
    if toolchains.in_use().is_none() {
        return Outcome::skipped("no go is on any PATH");
    }
    let mut pairs: Vec<(&GoCommand, &GoCommand, Vec<Context>)> = Vec::new();
    for (context, first) in toolchains.actives() {
        let Some(newer) = newer_behind(toolchains, context, first) else { continue };
        match pairs.iter_mut().find(|(a, b, _)| a.path == first.path && b.path == newer.path) {
            Some((_, _, contexts)) => contexts.push(context),
            None => pairs.push((first, newer, vec![context])),
        }
    }
    shells.outcome(
        pairs.into_iter().map(|(first, newer, contexts)| finding(shells, rc, first, newer, contexts)).collect(),
    )
}

/// The newest Go behind the first one, when it is newer. What a version
/// manager has put first is what its user has chosen.
fn newer_behind<'a>(toolchains: &'a Toolchains, context: Context, first: &GoCommand) -> Option<&'a GoCommand> {
    let ours = first.version.as_ref().filter(|_| !first.shim && !first.origin.is_manager())?;
    let behind = toolchains.on_path(context).iter().skip(1).filter(|go| !go.shim);
    let newest = behind.filter(|go| go.version.is_some()).max_by(|a, b| a.version.cmp(&b.version))?;
    (newest.version.as_ref()? > ours).then_some(newest)
}

fn finding(shells: &Contexts, rc: &RcFiles, first: &GoCommand, newer: &GoCommand, contexts: Vec<Context>) -> Finding {
    let machine = rc.machine();
    let (old, new) = (machine.tilde(&first.path), machine.tilde(&newer.path));
    let context = contexts.iter().copied().find(|context| !context.is_already_running());
    let line = |go: &GoCommand| {
        let context = context.or(contexts.first().copied())?;
        rc.path_writer(go.path.parent()?, context, shells.get(context).ok()?)
    };
    let (old_line, new_line) = (line(first), line(newer));
    let mut lines: Vec<Evidence> = old_line.iter().chain(&new_line).map(Writer::evidence).collect();
    lines.dedup();
    let folder = |go: &GoCommand| go.path.parent().map(|folder| machine.tilde(folder)).unwrap_or_default();
    let summary = format!(
        "{} in {} runs; {} stands behind it on PATH in {}",
        first.version_title(),
        folder(first),
        newer.version_title(),
        folder(newer)
    );
    Finding::new(format!("{old}:{new}"), Severity::Warning, summary)
        .detail(format!(
            "In {} the first go on PATH is the older one. Projects that need {} fail or download it again, and an update in {new} seems to change nothing.",
            remedy::contexts_title(&contexts),
            newer.version_title()
        ))
        .seen_in(contexts)
        .about("go")
        .evidence(Evidence::new(&old, format!("{}, {}: runs", first.version_title(), first.origin.title())))
        .evidence(Evidence::new(&new, format!("{}, {}: behind it", newer.version_title(), newer.origin.title())))
        .evidences(lines)
        .fixes(put_first(rc, newer, old_line.as_ref(), new_line.as_ref()))
        .fixes(remove(rc, first, &old))
}

/// Turns the line around that puts the newer one behind, or else adds one
/// where it has the last word.
fn put_first(rc: &RcFiles, newer: &GoCommand, old: Option<&Writer>, new: Option<&Writer>) -> Option<Fix> {
    let folder = newer.path.parent()?;
    let name = rc.machine().tilde(folder);
    let turned = new.and_then(|line| Some((line, remedy::turned_to_front(&line.text)?)));
    let mut fix = match (turned, old) {
        (Some((line, with)), _) => {
            remedy::replace_line(format!("Put {name} first on PATH in {}", line.place()), line, with)
        }
        (None, Some(line)) if line.own && matches!(line.form, Form::Posix | Form::Fish) => {
            remedy::add_to_path_in(rc, folder, Position::FrontAgain, vec![line.path.clone()])
        }
        (None, _) => remedy::add_to_path(rc, folder, Position::FrontAgain, Shells::Every),
    };
    if fix.class == Class::Safe {
        // Which Go runs is a choice.
        fix.class = Class::Review;
    }
    Some(fix)
}

/// A package that is of no use any more can go.
fn remove(rc: &RcFiles, first: &GoCommand, old: &str) -> Option<Fix> {
    let command = match first.origin {
        Origin::Snap => "sudo snap remove go".to_owned(),
        Origin::Distribution => remedy::removal(rc.machine(), &GO)?,
        _ => return None,
    };
    Some(Fix::manual(
        "Remove the older Go",
        format!("{old} belongs to a package. If nothing else needs that package:"),
        Some(command),
    ))
}
