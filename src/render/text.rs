use super::Style;
use super::writer::{TextOptions, Writer};
use crate::model::{
    Branch, CheckReport, Class, Evidence, Fix, HostSummary, Layer, Report, Status, Verdict, absence, forest,
    text::count, text::plain,
};

/// The report for people: problems first, with evidence and the command that
/// fixes them; then what could not be told; then one line per layer.
#[must_use]
pub fn text(report: &Report, options: TextOptions) -> String {
    let mut out = Writer::new(options);
    head(&mut out, report);
    for node in forest(&report.checks) {
        out.line("");
        finding(&mut out, &node, 0);
    }
    unknown(&mut out, report);
    layers(&mut out, report);
    foot(&mut out, report);
    out.into_text()
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

fn head(out: &mut Writer, report: &Report) {
    let machine = machine_line(&report.host);
    let line = format!("{} {}", out.paint(Style::Strong, "gomedic"), out.paint(Style::Dim, &machine));
    out.line(&line);
    if let Some(line) = wsl_line(&report.host) {
        out.wrapped(0, &line, Some(Style::Dim));
    }
    out.wrapped(0, &Verdict::of(&report.checks).sentence, Some(Style::Strong));
}

fn finding(out: &mut Writer, node: &Branch<'_>, depth: usize) {
    let indent = depth * 2;
    let blanks = " ".repeat(indent);
    let finding = node.finding;
    let branch = if depth > 0 { "└ " } else { "" };
    let mark = out.paint(finding.severity.into(), finding.severity.mark());
    let lead = format!("{}{branch}{mark} ", " ".repeat(indent.saturating_sub(branch.chars().count())));
    out.hanging(&lead, indent + 2, &finding.summary, Some(Style::Strong));
    let about = out.paint(Style::Dim, &format!("{} · {} · {}", node.check.id, node.check.layer, finding.severity));
    out.line(&format!("{blanks}  {about}"));
    if let Some(detail) = &finding.detail {
        out.wrapped(indent + 2, detail, None);
    }
    for shown in &finding.evidence {
        evidence(out, indent + 2, shown);
    }
    if let Some(first) = finding.fixes.first() {
        fix(out, indent + 2, node.check.id, first);
    }
    for effect in &node.effects {
        self::finding(out, effect, depth + 1);
    }
}

fn evidence(out: &mut Writer, indent: usize, evidence: &Evidence) {
    let source = out.paint(Style::Info, &evidence.source);
    let expected =
        evidence.expected.as_ref().map(|expected| format!("  (right: {})", plain(expected))).unwrap_or_default();
    let line =
        format!("{}{source}  {}{}", " ".repeat(indent), plain(&evidence.observed), out.paint(Style::Dim, &expected));
    out.line(&line);
}

fn fix(out: &mut Writer, indent: usize, id: &str, fix: &Fix) {
    let blanks = " ".repeat(indent);
    let (label, command) = match fix.class {
        Class::Manual => ("do: ", manual_command(fix)),
        _ => ("fix:", Some(format!("gomedic fix {id}"))),
    };
    let title = format!("{blanks}{} {}", out.paint(Style::Good, label), plain(&fix.title));
    out.line(&title);
    if let Some(command) = command {
        let line = format!("{blanks}     {}", out.paint(Style::Command, &command));
        out.line(&line);
    }
}

fn unknown(out: &mut Writer, report: &Report) {
    let unknown: Vec<&CheckReport> = report.checks.iter().filter(|check| check.status == Status::Unknown).collect();
    if unknown.is_empty() {
        return;
    }
    out.line("");
    let title = out.paint(Style::Strong, "Could not tell");
    out.line(&title);
    for check in unknown {
        let reason = check.reason.as_deref().unwrap_or("no reason was given");
        let line = format!("  {} {}  {}", out.paint(Style::Warning, "?"), check.id, out.paint(Style::Dim, reason));
        out.line(&line);
    }
}

/// One line per layer: how many passed, and what was left out.
fn layers(out: &mut Writer, report: &Report) {
    out.line("");
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
            Some(severity) => out.paint(severity.into(), severity.mark()),
            None if of(Status::Unknown) > 0 => out.paint(Style::Warning, "?"),
            None if of(Status::Passed) > 0 => out.paint(Style::Good, "✔"),
            None => out.paint(Style::Dim, "–"),
        };
        let why = absence(report.checks.iter().filter(|check| check.layer == layer));
        let counts = out.paint(Style::Dim, &why.map_or_else(|| parts.join(", "), |why| plain(why).into_owned()));
        out.line(&format!("{mark} {:<12} {counts}", layer.title()));
    }
}

fn foot(out: &mut Writer, report: &Report) {
    let summary = report.summary;
    let mut parts: Vec<String> = Vec::new();
    for (n, noun) in [(summary.error, "error"), (summary.warning, "warning")] {
        if n > 0 {
            parts.push(count(n, noun));
        }
    }
    for (n, word) in
        [(summary.info, "info"), (summary.unknown, "unknown"), (summary.passed, "passed"), (summary.skipped, "skipped")]
    {
        if n > 0 {
            parts.push(format!("{n} {word}"));
        }
    }
    out.line("");
    let line = format!("{} in {} ms", parts.join(", "), report.duration_ms);
    out.line(&line);
}

/// The command of the first step that has one.
fn manual_command(fix: &Fix) -> Option<String> {
    fix.steps.iter().find_map(|step| match step {
        crate::model::Step::Manual { command, .. } => command.clone(),
        _ => None,
    })
}
