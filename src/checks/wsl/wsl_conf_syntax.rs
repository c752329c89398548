//! A line in wsl.conf or .wslconfig that WSL cannot read.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::wsl::ConfigFiles;
use crate::probes::wsl::config::{BadLine, ConfigFile, Dialect, Encoding, SyntaxFault};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-conf-syntax",
    layer: Layer::Wsl,
    title: "WSL can read its settings",
    impact: "WSL ignores settings",
    severity: Severity::Error,
    class: Some(Class::Root),
    causes: &["wsl-conf-encoding"],
    page: page!("wsl/wsl-conf-syntax"),
    rule: rule!(judge(ConfigFiles)),
};

fn judge(files: &ConfigFiles) -> Outcome {
    let findings: Vec<Finding> = files.known().filter_map(finding).collect();
    Outcome::of(findings).or_unknown(files.problem())
}

/// For how many lines a fix is offered.
const FIXES: usize = 4;

fn finding(file: &ConfigFile) -> Option<Finding> {
    // What is encoded otherwise is bad from its first byte on.
    if file.dialect == Dialect::WslConf && file.content()?.encoding != Encoding::Plain {
        return None;
    }
    let bad = file.bad_lines();
    let first = bad.first()?;
    let unread = file.unread();
    let severity = if unread.is_empty() { Severity::Warning } else { Severity::Error };
    let summary = match unread.as_slice() {
        [] => format!("WSL cannot read line {} of {}", first.line, file.name),
        [one] => format!("{} has no effect: WSL stops at line {} of {}", one.name, first.line, file.name),
        [one, rest @ ..] => {
            format!(
                "{} and {} more have no effect: WSL stops at line {} of {}",
                one.name,
                rest.len(),
                first.line,
                file.name
            )
        }
    };
    let detail = match file.dialect {
        Dialect::WslConf => {
            "The first line that WSL cannot read ends its reading of the whole file; what stands behind it counts for nothing."
        }
        Dialect::WslConfig => "WSL leaves such a line out and goes on behind it.",
    };
    let key = match file.dialect {
        Dialect::WslConf => "wsl.conf",
        Dialect::WslConfig => ".wslconfig",
    };
    let told = bad.iter().map(|bad| Evidence::new(file.place(bad.line), bad.text.trim()).expected(expected(bad)));
    let lost = unread
        .iter()
        .map(|entry| Evidence::new(file.place(entry.line), format!("{} = {}: not read", entry.name, entry.written)));
    Some(
        Finding::new(key, severity, summary)
            .detail(format!("{detail} WSL says it once, when it starts: {}.", first.fault))
            .evidences(told)
            .evidences(lost)
            .fixes(bad.iter().take(FIXES).map(|bad| repair(file, bad))),
    )
}

/// What would be right in its place.
fn expected(bad: &BadLine) -> &'static str {
    match bad.fault {
        SyntaxFault::KeyName if bad.text.trim_start().starts_with(';') => "# before a comment",
        SyntaxFault::KeyName => "a letter first",
        SyntaxFault::SectionName => "[name], a letter first and no blanks",
        SyntaxFault::Expected("']'") => "letters and digits only in the name of a section",
        SyntaxFault::Expected("'='") => "letters and digits only in the name of a key, then =",
        SyntaxFault::Expected("\"") => "a quote at the end too",
        SyntaxFault::Expected(_) => "nothing behind ] but a comment",
        SyntaxFault::Escape(_) => "a backslash written twice",
    }
}

/// A line that can be understood is written as it was meant, others become
/// comments.
fn repair(file: &ConfigFile, bad: &BadLine) -> Fix {
    let text = bad.text.as_str();
    let with = match bad.fault {
        SyntaxFault::KeyName if text.trim_start().starts_with(';') => text.replacen(';', "#", 1),
        SyntaxFault::Escape(_) => text.replace("\\\\", "\\").replace('\\', "\\\\"),
        SyntaxFault::Expected("\"") => format!("{}\"", text.trim_end()),
        _ => format!("# {text}"),
    };
    let title = if with.starts_with('#') && !text.trim_start().starts_with(';') { "Comment out" } else { "Repair" };
    remedy::wsl::edit_config(format!("{title} line {} of {}", bad.line, file.name), file, bad.line, text, &with)
}
