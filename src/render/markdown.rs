use std::fmt::Write;

use super::text::{machine_line, wsl_line};
use crate::model::{Branch, Report, Status, Verdict, forest, text::plain};

/// The report as Markdown, to be put into an issue or a chat.
#[must_use]
pub fn markdown(report: &Report) -> String {
    let mut out = String::new();
    let summary = report.summary;
    let _ = writeln!(
        out,
        "# gomedic report\n\n{}\n\n{}**{}**\n",
        escape(&machine_line(&report.host)),
        wsl_line(&report.host).map(|line| format!("{}\n\n", escape(&line))).unwrap_or_default(),
        escape(&Verdict::of(&report.checks).sentence)
    );
    let _ = writeln!(out, "| errors | warnings | info | unknown | passed | skipped |\n|---|---|---|---|---|---|");
    let _ = writeln!(
        out,
        "| {} | {} | {} | {} | {} | {} |",
        summary.error, summary.warning, summary.info, summary.unknown, summary.passed, summary.skipped
    );
    let nodes = forest(&report.checks);
    if !nodes.is_empty() {
        let _ = writeln!(out, "\n## Findings");
        for node in &nodes {
            finding(&mut out, node, None);
        }
    }
    let unknown: Vec<_> = report.checks.iter().filter(|check| check.status == Status::Unknown).collect();
    if !unknown.is_empty() {
        let _ = writeln!(out, "\n## Could not tell\n");
        for check in unknown {
            let _ = writeln!(out, "- `{}`: {}", check.id, escape(check.reason.as_deref().unwrap_or_default()));
        }
    }
    let _ = writeln!(out, "\ngomedic {}, {} ms", report.gomedic, report.duration_ms);
    out
}

fn finding(out: &mut String, node: &Branch<'_>, cause: Option<&str>) {
    let finding = node.finding;
    let _ = writeln!(out, "\n### {} {}\n", finding.severity.mark(), escape(&finding.summary));
    let _ = write!(out, "`{}`, {}, {}", node.check.id, node.check.layer, finding.severity);
    if let Some(cause) = cause {
        let _ = write!(out, ", explained by `{cause}`");
    }
    let _ = writeln!(out, "\n");
    if let Some(detail) = &finding.detail {
        let _ = writeln!(out, "{}\n", escape(detail));
    }
    for evidence in &finding.evidence {
        let _ = write!(out, "- {}: {}", code(&evidence.source), code(&evidence.observed));
        if let Some(expected) = &evidence.expected {
            let _ = write!(out, " (right: {})", escape(expected));
        }
        let _ = writeln!(out);
    }
    for fix in &finding.fixes {
        let _ = writeln!(out, "- fix ({}): {}", fix.class, escape(&fix.title));
    }
    for effect in &node.effects {
        self::finding(out, effect, Some(node.check.id));
    }
}

/// Text that Markdown takes as text.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Text as a code span, whatever backticks it holds.
fn code(text: &str) -> String {
    let text = plain(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest > 0 { format!("{fence} {text} {fence}") } else { format!("{fence}{text}{fence}") }
}
