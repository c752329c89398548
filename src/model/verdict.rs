use super::{CheckReport, Finding, Report, Severity, Status, text};

/// The state of the machine in one plain sentence.
///
/// Names the worst finding that is no effect of another, or says how much is
/// left to look at, and never calls a machine healthy when something could
/// not be told.
#[must_use]
pub fn verdict(report: &Report) -> String {
    if let Some((check, finding)) = worst_cause(report) {
        return match finding.severity {
            Severity::Error if check.impact.is_empty() => sentence(&finding.summary),
            Severity::Error => sentence(&format!("{}: {}", check.impact, finding.summary)),
            Severity::Warning => {
                let others = text::count(report.summary.warning, "thing");
                format!("Nothing fails now; {others} will fail or cost time.")
            }
            Severity::Info => format!("Nothing is wrong; {} worth knowing.", text::count(report.summary.info, "thing")),
        };
    }
    match report.summary.unknown {
        0 => "Everything that was checked is healthy.".to_owned(),
        n => format!("Nothing wrong was found; {} could not tell.", text::count(n, "check")),
    }
}

/// The worst finding; causes before effects, outer layers before inner ones.
fn worst_cause(report: &Report) -> Option<(&CheckReport, &Finding)> {
    let rank = |finding: &Finding| (finding.severity, finding.caused_by.is_none());
    let mut best: Option<(&CheckReport, &Finding)> = None;
    for (check, finding) in report.checks.iter().filter(|check| check.status == Status::Findings).flat_map(pairs) {
        if best.is_none_or(|(_, known)| rank(finding) > rank(known)) {
            best = Some((check, finding));
        }
    }
    best
}

fn pairs(check: &CheckReport) -> impl Iterator<Item = (&CheckReport, &Finding)> {
    check.findings.iter().map(move |finding| (check, finding))
}

fn sentence(text: &str) -> String {
    let text = text.trim_end_matches('.');
    format!("{}.", text::plain(text))
}
