//! The shell's own parser rejects a start file.

use crate::checks::{Check, remedy};
use crate::model::{Class, Edit, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity, Step, mask};
use crate::probes::shell::{Parsed, RcFile, RcFiles, RcSyntax, ShellKind, SyntaxError};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "rc-syntax-error",
    layer: Layer::Shell,
    title: "The shell can read its start files",
    impact: "New shells lack what their start files should set",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &["rc-crlf"],
    page: page!("shell/rc-syntax-error"),
    rule: rule!(judge(RcFiles, RcSyntax)),
};

fn judge(rc: &RcFiles, syntax: &RcSyntax) -> Outcome {
    if syntax.files.is_empty() {
        return Outcome::skipped("the user's shell reads no file of the user's own");
    }
    let mut findings = Vec::new();
    let mut unknown: Option<&Missing> = None;
    for (path, parsed) in &syntax.files {
        match (parsed, rc.file(path)) {
            (Parsed::Broken(error), Some(file)) => findings.push(finding(syntax, file, error)),
            (Parsed::Unknown(missing), _) => unknown = unknown.or(Some(missing)),
            (Parsed::Sound | Parsed::Broken(_), _) => {}
        }
    }
    Outcome::of(findings).or_unknown(unknown)
}

fn finding(syntax: &RcSyntax, file: &RcFile, error: &SyntaxError) -> Finding {
    let name = &file.name;
    let place = format!("{name}:{}", error.line);
    let stops = match syntax.shell {
        ShellKind::Bash | ShellKind::Zsh => {
            format!(
                "The shell runs the file up to the statement with the fault; what stands below it in {name} is not run."
            )
        }
        ShellKind::Fish => format!("fish reads a file whole before it runs it, so nothing in {name} is run."),
        ShellKind::Posix => format!("A login shell ends when it comes to the fault in {name}: logging in may fail."),
    };
    let begun = error.begun.as_ref().filter(|(line, _)| *line != error.line).map(|(line, text)| {
        Evidence::new(format!("{name}:{line}"), mask(text.trim())).expected("an end of what begins here")
    });
    let seen = error.text.as_deref().map_or("(end of the file)", str::trim);
    Finding::new(name, Severity::Error, format!("{} cannot read {place}: {}", shell_name(syntax), mask(&error.message)))
        .seen_in(file.contexts.iter().copied())
        .detail(stops)
        .evidence(Evidence::new(&place, mask(seen)))
        .evidences(begun)
        .evidence(Evidence::new(format!("{} -n {name}", shell_name(syntax)), mask(&error.message)))
        .fixes(comment_out(file, error))
        .fix(open(syntax, file, error))
}

fn shell_name(syntax: &RcSyntax) -> &str {
    syntax.program.rsplit('/').next().unwrap_or(&syntax.program)
}

/// A line with a word that does not belong there may be all that is wrong.
fn comment_out(file: &RcFile, error: &SyntaxError) -> Option<Fix> {
    let was = error.text.clone().filter(|_| error.is_about_its_line())?;
    // Not the edit that takes whole statements out: this line is part of none.
    let indent: String = was.chars().take_while(|c| c.is_whitespace()).collect();
    let with = format!("{indent}# {}  # gomedic: the shell cannot read this line", was.trim());
    let edit = Edit::ReplaceLine { line: error.line, was, with };
    let step = Step::EditFile { path: file.path.clone(), edits: vec![edit] };
    Some(
        Fix::new(format!("Comment out {}:{}", file.name, error.line), Class::Review, vec![step])
            .awaits(remedy::NEW_SHELL),
    )
}

fn open(syntax: &RcSyntax, file: &RcFile, error: &SyntaxError) -> Fix {
    let check = match syntax.shell {
        ShellKind::Fish => "fish --no-execute",
        ShellKind::Zsh => "zsh -n",
        ShellKind::Bash => "bash -n",
        ShellKind::Posix => "sh -n",
    };
    let text = format!(
        "Look at line {} and above it for a quote, a bracket or a block (if, case, for, a function) that is not closed, or closed twice. `{check} {}` says nothing when the file is right.",
        error.line, file.name
    );
    let line = error.begun.as_ref().map_or(error.line, |(line, _)| *line);
    Fix::manual(
        format!("Repair {} in an editor", file.name),
        text,
        Some(format!("${{EDITOR:-vi}} +{line} {}", file.name)),
    )
    .awaits(remedy::NEW_SHELL)
}
