use std::fmt::Write;

use super::{Paint, Style};
use crate::model::{
    Branch, CheckReport, Class, Evidence, Fix, HostSummary, Layer, Report, Status, Verdict, absence, forest,
    text::count, text::plain,
};

/// How a report is written as text.
#[derive(Debug, Clone, Copy)]
pub struct TextOptions {
    /// With colours or without.
    pub paint: Paint,
    /// Columns of the terminal.
    pub width: usize,
}

/// The report for people: problems first, with evidence and the command that
/// fixes them; then what could not be told; then one line per layer.
#[must_use]
pub fn text(report: &Report, options: TextOptions) -> String {
    let mut writer = Writer { out: String::new(), options };
    writer.head(report);
    for node in forest(&report.checks) {
        writer.line("");
        writer.finding(&node, 0);
    }
    writer.unknown(report);
    writer.layers(report);
    writer.foot(report);
    writer.out
}

/// The machine in one line.
#[must_use]
pub(super) fn machine_line(host: &HostSummary) -> String {
    let recorded = host.recorded.as_ref().map(|name| format!("recorded machine {name}"));
    let parts = [&recorded, &host.distro, &host.wsl, &host.windows, &host.go, &host.shell, &host.folder];
    parts.into_iter().flatten().map(|part| plain(part).into_owned()).collect::<Vec<_>>().join(" · ")
}

/// What shows that the machine is WSL, in one line; None on any other.
#[must_use]
pub(super) fn wsl_line(host: &HostSummary) -> Option<String> {
    let told = host.wsl_evidence.iter().map(|evidence| format!("{}: {}", evidence.source, evidence.observed));
    let told: Vec<String> = told.collect();
    let what = host.wsl.as_deref().unwrap_or("a container on WSL");
    (!told.is_empty()).then(|| plain(&format!("{what}, by {}", told.join("; "))).into_owned())
}

struct Writer {
    out: String,
    options: TextOptions,
}

impl Writer {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.out, "{}", line.trim_end());
    }

    fn paint(&self, style: Style, content: &str) -> String {
        self.options.paint.apply(style, content)
    }

    /// Plain text, wrapped at the terminal's width.
    fn wrapped(&mut self, indent: usize, content: &str, style: Option<Style>) {
        let blanks = " ".repeat(indent);
        let width = self.options.width.clamp(40, 100).saturating_sub(indent);
        for line in textwrap::wrap(&plain(content), width) {
            let line = style.map_or_else(|| line.to_string(), |style| self.paint(style, &line));
            self.line(&format!("{blanks}{line}"));
        }
    }

    fn head(&mut self, report: &Report) {
        let machine = machine_line(&report.host);
        let line = format!("{} {}", self.paint(Style::Strong, "gomedic"), self.paint(Style::Dim, &machine));
        self.line(&line);
        if let Some(line) = wsl_line(&report.host) {
            self.wrapped(0, &line, Some(Style::Dim));
        }
        self.wrapped(0, &Verdict::of(&report.checks).sentence, Some(Style::Strong));
    }

    fn finding(&mut self, node: &Branch<'_>, depth: usize) {
        let indent = depth * 2;
        let blanks = " ".repeat(indent);
        let finding = node.finding;
        let branch = if depth > 0 { "└ " } else { "" };
        let mark = self.paint(finding.severity.into(), finding.severity.mark());
        let used = indent + branch.chars().count() + 2;
        let width = self.options.width.clamp(40, 100).saturating_sub(used);
        for (index, part) in textwrap::wrap(&plain(&finding.summary), width).into_iter().enumerate() {
            let part = self.paint(Style::Strong, &part);
            if index == 0 {
                self.line(&format!(
                    "{}{branch}{mark} {part}",
                    " ".repeat(indent.saturating_sub(branch.chars().count()))
                ));
            } else {
                self.line(&format!("{blanks}  {part}"));
            }
        }
        let about = self.paint(Style::Dim, &format!("{} · {} · {}", node.check.id, node.check.layer, finding.severity));
        self.line(&format!("{blanks}  {about}"));
        if let Some(detail) = &finding.detail {
            self.wrapped(indent + 2, detail, None);
        }
        for evidence in &finding.evidence {
            self.evidence(indent + 2, evidence);
        }
        if let Some(fix) = finding.fixes.first() {
            self.fix(indent + 2, node.check.id, fix);
        }
        for effect in &node.effects {
            self.finding(effect, depth + 1);
        }
    }

    fn evidence(&mut self, indent: usize, evidence: &Evidence) {
        let source = self.paint(Style::Info, &evidence.source);
        let expected =
            evidence.expected.as_ref().map(|expected| format!("  (right: {})", plain(expected))).unwrap_or_default();
        let line = format!(
            "{}{source}  {}{}",
            " ".repeat(indent),
            plain(&evidence.observed),
            self.paint(Style::Dim, &expected)
        );
        self.line(&line);
    }

    fn fix(&mut self, indent: usize, id: &str, fix: &Fix) {
        let blanks = " ".repeat(indent);
        let (label, command) = match fix.class {
            Class::Manual => ("do: ", manual_command(fix)),
            _ => ("fix:", Some(format!("gomedic fix {id}"))),
        };
        let title = format!("{blanks}{} {}", self.paint(Style::Good, label), plain(&fix.title));
        self.line(&title);
        if let Some(command) = command {
            let line = format!("{blanks}     {}", self.paint(Style::Command, &command));
            self.line(&line);
        }
    }

    fn unknown(&mut self, report: &Report) {
        let unknown: Vec<&CheckReport> = report.checks.iter().filter(|check| check.status == Status::Unknown).collect();
        if unknown.is_empty() {
            return;
        }
        self.line("");
        let title = self.paint(Style::Strong, "Could not tell");
        self.line(&title);
        for check in unknown {
            let reason = check.reason.as_deref().unwrap_or("no reason was given");
            let line =
                format!("  {} {}  {}", self.paint(Style::Warning, "?"), check.id, self.paint(Style::Dim, reason));
            self.line(&line);
        }
    }

    /// One line per layer: how many passed, and what was left out.
    fn layers(&mut self, report: &Report) {
        self.line("");
        for layer in Layer::ALL {
            let of = |status: Status| {
                report.checks.iter().filter(|check| check.layer == layer && check.status == status).count()
            };
            let findings = of(Status::Findings);
            let parts: Vec<String> = [
                (findings, "with findings"),
                (of(Status::Unknown), "unknown"),
                (of(Status::Passed), "passed"),
                (of(Status::Skipped), "skipped"),
            ]
            .into_iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, word)| format!("{n} {word}"))
            .collect();
            if parts.is_empty() {
                continue;
            }
            let worst = report.checks.iter().filter(|check| check.layer == layer).filter_map(CheckReport::worst).max();
            let mark = match worst {
                Some(severity) => self.paint(severity.into(), severity.mark()),
                None if of(Status::Unknown) > 0 => self.paint(Style::Warning, "?"),
                None if of(Status::Passed) > 0 => self.paint(Style::Good, "✔"),
                None => self.paint(Style::Dim, "–"),
            };
            let why = absence(report.checks.iter().filter(|check| check.layer == layer));
            let counts = self.paint(Style::Dim, &why.map_or_else(|| parts.join(", "), |why| plain(why).into_owned()));
            self.line(&format!("{mark} {:<12} {counts}", layer.title()));
        }
    }

    fn foot(&mut self, report: &Report) {
        let summary = report.summary;
        let mut parts: Vec<String> = Vec::new();
        for (n, noun) in [(summary.error, "error"), (summary.warning, "warning")] {
            if n > 0 {
                parts.push(count(n, noun));
            }
        }
        for (n, word) in [
            (summary.info, "info"),
            (summary.unknown, "unknown"),
            (summary.passed, "passed"),
            (summary.skipped, "skipped"),
        ] {
            if n > 0 {
                parts.push(format!("{n} {word}"));
            }
        }
        self.line("");
        let line = format!("{} in {} ms", parts.join(", "), report.duration_ms);
        self.line(&line);
    }
}

/// The command of the first step that has one.
fn manual_command(fix: &Fix) -> Option<String> {
    fix.steps.iter().find_map(|step| match step {
        crate::model::Step::Manual { command, .. } => command.clone(),
        _ => None,
    })
}
