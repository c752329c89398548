//! A start file has Windows line ends: every value ends in a carriage return.

use crate::checks::{Check, remedy};
use crate::model::{Class, Edit, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity, Step, mask, text};
use crate::probes::shell::{Form, RcFile, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "rc-crlf",
    layer: Layer::Shell,
    title: "Start files have the line ends that a shell reads",
    impact: "Variables end in an unseen character",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("shell/rc-crlf"),
    rule: rule!(judge(RcFiles)),
};

fn judge(rc: &RcFiles) -> Outcome {
    let mut findings = Vec::new();
    let mut unknown: Option<&Missing> = None;
    // fish takes carriage returns for blanks.
    for file in rc.files.iter().filter(|file| file.form == Form::Posix) {
        match &file.text {
            Ok(text) => findings.extend(finding(file, text)),
            Err(missing) => unknown = unknown.or(Some(missing)),
        }
    }
    Outcome::of(findings).or_unknown(unknown)
}

fn finding(file: &RcFile, content: &str) -> Option<Finding> {
    let returns: Vec<(usize, &str)> = content
        .split('\n')
        .enumerate()
        .filter(|(_, line)| line.ends_with('\r'))
        .map(|(at, line)| (at + 1, line))
        .collect();
    // What a line sets tells more than the first line does, and a comment may
    // end in anything.
    let is_read = |line: &str| !line.trim_start().starts_with('#');
    let sets = returns.iter().find(|(_, line)| line.contains('=') && is_read(line));
    let (number, line) = sets.or_else(|| returns.iter().find(|(_, line)| is_read(line)))?;
    let name = &file.name;
    Some(
        Finding::new(
            name,
            Severity::Error,
            format!("{name} has Windows line ends ({})", text::count(returns.len(), "line")),
        )
        .seen_in(file.contexts.iter().copied())
        .detail(
            "The shell takes the carriage return at the end of a line for a part of its last word: a folder on PATH, a GOPATH or a proxy then names something that does not exist, and other lines end with: $'\\r': command not found.",
        )
        .evidence(Evidence::new(format!("{name}:{number}"), format!("{}\\r", mask(line.trim()))).expected(mask(line.trim())))
        .fix(repair(file)),
    )
}

fn repair(file: &RcFile) -> Fix {
    let title = format!("Give {} the line ends of Unix", file.name);
    let class = if file.own { Class::Safe } else { Class::Root };
    let step = Step::EditFile { path: file.path.clone(), edits: vec![Edit::UnixLineEnds] };
    Fix::new(title, class, vec![step]).awaits(remedy::NEW_SHELL)
}
