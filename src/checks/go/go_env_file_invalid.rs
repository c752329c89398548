//! Go's settings file cannot be read, or not in the way it was meant.

use crate::checks::{Check, remedy};
use crate::model::{Class, Edit, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity, Step, mask};
use crate::probes::go::{
    EnvFileContent, EnvFileState, EnvFileText, EnvFiles, FaultyLine, LineFault, Setting, SettingOrigin,
};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-env-file-invalid",
    layer: Layer::Go,
    title: "Go reads its settings file as it was meant",
    impact: "What go env -w keeps has no effect",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[],
    page: page!("go/go-env-file-invalid"),
    rule: rule!(judge(Contexts, EnvFiles, RcFiles)),
};

/// What some editors put at the beginning of a file.
const BYTE_ORDER_MARK: char = '\u{feff}';

fn judge(shells: &Contexts, files: &EnvFiles, rc: &RcFiles) -> Outcome {
    let mut findings = Vec::new();
    let mut unknown = None;
    for file in &files.found {
        match &file.content {
            EnvFileContent::Folder => findings.push(folder(file, shells, rc)),
            EnvFileContent::Special => findings.push(special(file)),
            EnvFileContent::Unreadable(missing) if missing.reason == crate::model::Reason::Denied => {
                findings.push(denied(file, missing));
            }
            EnvFileContent::Unreadable(missing) => unknown = Some(missing.clone()),
            EnvFileContent::Text(text) => {
                findings.extend(by_setting(&text.faulty).into_iter().filter_map(|lines| faulty(file, text, &lines)));
                findings.extend(carriage_returns(file, text));
            }
        }
    }
    shells.outcome(findings).or_unknown(unknown)
}

fn folder(file: &EnvFileState, shells: &Contexts, rc: &RcFiles) -> Finding {
    let path = file.path.display().to_string();
    let named = shells.values("GOENV").into_iter().find(|(value, _)| *value == path);
    let finding = Finding::new(&path, Severity::Error, format!("Go's settings file is a folder: {}", file.name))
        .detail(format!(
            "Go reads no setting from it, without a word, and go env -w ends with: go: reading go env config: read {path}: is a directory."
        ))
        .seen_in(file.contexts.clone())
        .about("GOENV");
    let Some((value, _)) = named else {
        return finding
            .evidence(Evidence::new(&file.name, "a folder").expected("a file, or nothing"))
            .fix(move_away(file));
    };
    let setting = Setting { value: value.clone(), origin: SettingOrigin::Environment };
    let writer = rc.writer_of("GOENV", &value);
    let evidence = match &writer {
        Some(writer) => writer.evidence(),
        None => Evidence::new("environment", mask(&format!("GOENV={value}"))),
    };
    finding.evidence(evidence.expected("no GOENV, or the path of a file")).fix(remedy::reviewed(remedy::unset(
        "GOENV",
        &setting,
        writer.as_ref(),
        "GOENV names a folder",
    )))
}

fn special(file: &EnvFileState) -> Finding {
    let path = file.path.display().to_string();
    Finding::new(&path, Severity::Error, format!("Go's settings file is no regular file: {}", file.name))
        .detail("It is a FIFO, a socket or a device. Go reads nothing from it, or waits for it for ever.")
        .seen_in(file.contexts.clone())
        .about("GOENV")
        .evidence(Evidence::new(&file.name, "no regular file").expected("a file, or nothing"))
        .fix(move_away(file))
}

/// What lies there may be of use elsewhere.
fn move_away(file: &EnvFileState) -> Fix {
    let path = remedy::shell_word(&file.path.display().to_string());
    Fix::manual(
        format!("Move {} away", file.name),
        "Look at it first; Go makes a file of that name when it has something to keep.",
        Some(format!("mv {path} {path}.old")),
    )
}

fn denied(file: &EnvFileState, missing: &Missing) -> Finding {
    let path = file.path.display().to_string();
    Finding::new(&path, Severity::Error, format!("Go's settings file may not be read: {}", file.name))
        .detail(format!(
            "Go takes its defaults in place of what the file says, without a word, and go env -w ends with: go: reading go env config: open {path}: permission denied. It mostly comes from sudo go env -w."
        ))
        .seen_in(file.contexts.clone())
        .about("GOENV")
        .evidence(Evidence::new(&file.name, &missing.detail))
        .fix(Fix::manual(
            format!("Make {} yours again", file.name),
            "Look at the owner first: ls -l.",
            Some(format!("sudo chown \"$(id -u):$(id -g)\" {0} && chmod u+rw {0}", remedy::shell_word(&path))),
        ))
}

/// The faulty lines, those of one setting together.
fn by_setting(lines: &[FaultyLine]) -> Vec<Vec<&FaultyLine>> {
    let mut groups: Vec<Vec<&FaultyLine>> = Vec::new();
    for line in lines {
        match groups.iter_mut().find(|group| (group[0].fault, &group[0].name) == (line.fault, &line.name)) {
            Some(group) => group.push(line),
            None => groups.push(vec![line]),
        }
    }
    groups
}

/// How many lines of one setting are shown.
const SHOWN: usize = 3;

fn faulty(file: &EnvFileState, text: &EnvFileText, lines: &[&FaultyLine]) -> Option<Finding> {
    let first = lines.first()?;
    let name = &first.name;
    let place = |line: &FaultyLine| format!("{}:{}", file.name, line.line);
    let (severity, key, summary, detail) = match first.fault {
        LineFault::Ignored => (
            Severity::Warning,
            format!("ignored:{name}"),
            format!("Go skips the line that means to set {name}"),
            "In this file a line is NAME=value from its first letter on: no export, no blanks around the name, capitals. Go skips any other without a word.".to_owned(),
        ),
        LineFault::Quoted => (
            Severity::Error,
            format!("quoted:{name}"),
            format!("Go takes the quotation marks for a part of {name}"),
            format!("In this file quotation marks have no meaning: {name} is set to {}.", mask(value_of(&first.text))),
        ),
    };
    // An edit of a line keeps what stands before the first one.
    let fix = if first.text.starts_with(BYTE_ORDER_MARK) {
        as_plain_text(file, text)
    } else {
        let edits = lines.iter().map(|line| Edit::ReplaceLine {
            line: line.line,
            was: line.text.clone(),
            with: line.right.clone(),
        });
        let step = Step::EditFile { path: file.path.clone(), edits: edits.collect() };
        Some(Fix::new(format!("Write {} as Go reads it", place(first)), Class::Review, vec![step]))
    };
    let evidence = lines
        .iter()
        .take(SHOWN)
        .map(|line| Evidence::new(place(line), mask(line.text.trim())).expected(mask(&line.right).into_owned()));
    let finding = Finding::new(key, severity, summary).detail(detail).seen_in(file.contexts.clone()).about(name);
    Some(finding.evidences(evidence).fixes(fix))
}

/// The whole file without what a Windows editor puts in; None when it is no
/// text throughout.
fn as_plain_text(file: &EnvFileState, text: &EnvFileText) -> Option<Fix> {
    let step = Step::WriteFile { path: file.path.clone(), content: text.plain.clone()?, mode: 0o644 };
    Some(Fix::new(format!("Make {} plain text with plain line ends", file.name), Class::Review, vec![step]))
}

fn value_of(line: &str) -> &str {
    line.split_once('=').map_or("", |(_, value)| value)
}

fn carriage_returns(file: &EnvFileState, text: &EnvFileText) -> Option<Finding> {
    let first = text.carriage_returns.first()?;
    Some(
        Finding::new("line-ends", Severity::Error, format!("{} has Windows line ends", file.name))
            .detail(format!(
                "Go takes the carriage return at the end of a line for a part of the value, and does not say so. It is at the end of {}.",
                remedy::listed(&text.carriage_returns)
            ))
            .seen_in(file.contexts.clone())
            .about(first)
            .evidence(Evidence::new(&file.name, "lines end with CR LF").expected("lines end with LF"))
            .fixes(as_plain_text(file, text)),
    )
}
