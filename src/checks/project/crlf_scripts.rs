//! Scripts of the project have Windows line ends: their interpreter is not
//! found.

use crate::checks::Check;
use crate::model::{Class, Edit, Evidence, Finding, Fix, Layer, Outcome, Severity, Step, mask};
use crate::probes::project::{CrlfScripts, GitEnds, ProjectRoot};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "crlf-scripts",
    layer: Layer::Project,
    title: "The project's scripts can be started",
    impact: "Scripts of this project cannot be started",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("project/crlf-scripts"),
    rule: rule!(judge(CrlfScripts)),
};

/// How many scripts are shown.
const SHOWN: usize = 8;

/// How many scripts are edited one by one.
const STEP_LIMIT: usize = 60;

fn judge(scripts: &CrlfScripts) -> Outcome {
    let Some(root) = &scripts.root else {
        return Outcome::skipped("this folder is in no module and no repository of its own");
    };
    match (scripts.found.as_slice(), &scripts.problem) {
        ([], Some(missing)) => missing.clone().into(),
        ([], None) => Outcome::Passed,
        _ => finding(root, scripts).into(),
    }
}

fn finding(root: &ProjectRoot, scripts: &CrlfScripts) -> Finding {
    let summary = match scripts.found.as_slice() {
        [one] => format!("{} has Windows line ends and cannot be started", one.name),
        many => format!("{} scripts of {} have Windows line ends and cannot be started", many.len(), root.name),
    };
    let shown = scripts.found.iter().take(SHOWN).map(|script| {
        let line = mask(&script.first_line);
        Evidence::new(format!("{}:1", script.name), format!("{line}\\r")).expected(line.as_ref())
    });
    let more = scripts.found.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| Evidence::new(&root.name, format!("{more} more")));
    let mut detail = "The carriage return counts as a part of the interpreter's name. Starting one ends with: bad interpreter: No such file or directory, or: cannot execute: required file not found; and with env in that line: No such file or directory.".to_owned();
    let setting = match &scripts.git {
        GitEnds::Writes(setting) => {
            detail += " git writes these line ends at every checkout.";
            Some(setting.clone())
        }
        GitEnds::Leaves | GitEnds::NoRepository => None,
    };
    Finding::new(&root.name, Severity::Warning, summary)
        .detail(detail)
        .evidences(shown)
        .evidences(more)
        .evidences(setting)
        .fixes((scripts.found.len() <= STEP_LIMIT).then(|| repair(scripts)))
        .fixes(keep_in_git(&scripts.git))
}

fn repair(scripts: &CrlfScripts) -> Fix {
    let title = match scripts.found.as_slice() {
        [one] => format!("Give {} the line ends of Unix", one.name),
        many => format!("Give these {} scripts the line ends of Unix", many.len()),
    };
    let edit = |path| Step::EditFile { path, edits: vec![Edit::UnixLineEnds] };
    let steps = scripts.found.iter().map(|script| edit(script.path.clone()));
    Fix::new(title, Class::Review, steps.collect())
}

/// What keeps them so in every clone.
fn keep_in_git(git: &GitEnds) -> Option<Fix> {
    let attributes = "A line `*.sh text eol=lf` in .gitattributes, one for each kind of script, keeps the line ends of Unix in every clone";
    let (text, command) = match git {
        GitEnds::NoRepository => return None,
        GitEnds::Leaves => (format!("{attributes}."), "git add --renormalize ."),
        GitEnds::Writes(_) => (
            format!("{attributes}. core.autocrlf=input does the same for this clone."),
            "git config core.autocrlf input && git add --renormalize .",
        ),
    };
    Some(Fix::manual("Keep the line ends in git", text, Some(command.to_owned())))
}
