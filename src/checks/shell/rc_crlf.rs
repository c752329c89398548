//! A start file has Windows line ends.

use crate::checks::{Check, remedy};
use crate::model::{Class, Edit, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity, Step, mask, text};
use crate::probes::shell::{Form, RcFile, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "rc-crlf",
    layer: Layer::Shell,
    title: "Start files have the line ends of the shell",
    impact: "Values end in an invisible carriage return",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("shell/rc-crlf"),
    rule: rule!(judge(RcFiles)),
};

/// What editors of other systems write stands at the end of most lines.
const MANY: usize = 2;

fn judge(rc: &RcFiles) -> Outcome {
    let own = rc.files.iter().filter(|file| file.own && file.form == Form::Posix);
    let mut findings = Vec::new();
    let mut unknown: Option<&Missing> = None;
    for file in own {
        match &file.text {
            Ok(text) => findings.extend(finding(file, text)),
            Err(missing) => unknown = unknown.or(Some(missing)),
        }
    }
    match unknown {
        Some(missing) if findings.is_empty() => missing.clone().into(),
        _ => findings.into(),
    }
}

fn finding(file: &RcFile, content: &str) -> Option<Finding> {
    // A comment does not care how it ends.
    let counts = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let ending: Vec<(usize, &str)> = content
        .split('\n')
        .enumerate()
        .filter(|(_, line)| line.ends_with('\r'))
        .map(|(at, line)| (at + 1, line))
        .collect();
    let (line, first) = ending.iter().find(|(_, line)| counts(&line.trim_end_matches('\r')))?;
    let name = &file.name;
    let lines = content.lines().count();
    let how_many = match ending.len() {
        all if all == lines => "Every line".to_owned(),
        many if many >= MANY => text::count(many, "line"),
        _ => format!("Line {line}"),
    };
    let ends = if ending.len() >= MANY && ending.len() != lines { "end" } else { "ends" };
    let edit = Step::EditFile { path: file.path.clone(), edits: vec![Edit::LfEnds] };
    Some(
        Finding::new(name, Severity::Error, format!("{how_many} of {name} {ends} in a carriage return"))
            .seen_in(file.contexts.iter().copied())
            .detail(format!(
                "The shell takes the carriage return for a part of the last word: GOPATH becomes /home/…/go\\r, the last folder of PATH is none, and `then` is an unknown word. The shell says $'\\r': command not found, or nothing at all. The file was saved with the line ends of Windows.",
            ))
            .evidence(
                Evidence::new(format!("{name}:{line}"), format!("{}\\r", mask(first.trim_end_matches('\r').trim())))
                    .expected("no carriage return"),
            )
            .fix(
                Fix::new(format!("Give {name} the line ends of Unix"), Class::Safe, vec![edit])
                    .awaits(remedy::NEW_SHELL),
            ),
    )
}
