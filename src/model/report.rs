use serde::Serialize;

use super::{Evidence, Finding, Layer, Outcome, Severity};

/// What a run found: the fold of its events.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Always `gomedic/1`.
    pub schema: &'static str,
    /// The version of gomedic.
    pub gomedic: &'static str,
    /// Wall time of the run, in milliseconds.
    pub duration_ms: u64,
    /// The machine that was looked at.
    pub host: HostSummary,
    /// How many of each.
    pub summary: Summary,
    /// Every selected check, outermost layer first.
    pub checks: Vec<CheckReport>,
}

/// The machine in a few words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct HostSummary {
    /// `linux`, `macos`, `windows`.
    pub os: String,
    /// `x86_64`, `aarch64`, …
    pub arch: String,
    /// `Debian 12`.
    pub distro: Option<String>,
    /// Kernel release.
    pub kernel: Option<String>,
    /// WSL version, on WSL.
    pub wsl: Option<String>,
    /// What shows that it is WSL, or a container on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wsl_evidence: Vec<Evidence>,
    /// The Windows around it, once it has said.
    pub windows: Option<String>,
    /// Version of the Go in use, such as `go1.26.6`.
    pub go: Option<String>,
    /// The user's shell, such as `bash`.
    pub shell: Option<String>,
    /// The folder that was looked at, with `~` for home.
    pub folder: Option<String>,
    /// Name of the recorded machine, when it is not the live one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<String>,
}

/// Why none of these checks applies, when that is for one reason: a layer that
/// a machine does not have.
#[must_use]
pub fn absence<'a>(checks: impl IntoIterator<Item = &'a CheckReport>) -> Option<&'a str> {
    let mut checks = checks.into_iter().map(|check| (check.status, check.reason.as_deref()));
    let (Status::Skipped, Some(why)) = checks.next()? else { return None };
    checks.all(|other| other == (Status::Skipped, Some(why))).then_some(why)
}

/// How many findings of each severity, and how many checks of each status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Findings of severity error.
    pub error: usize,
    /// Findings of severity warning.
    pub warning: usize,
    /// Findings of severity info.
    pub info: usize,
    /// Checks that passed.
    pub passed: usize,
    /// Checks that do not apply.
    pub skipped: usize,
    /// Checks that could not tell.
    pub unknown: usize,
}

impl Summary {
    /// Counts the findings and outcomes of `checks`.
    pub fn count<'a>(checks: impl IntoIterator<Item = &'a CheckReport>) -> Self {
        let mut summary = Summary::default();
        for check in checks {
            match check.status {
                Status::Passed => summary.passed += 1,
                Status::Skipped => summary.skipped += 1,
                Status::Unknown => summary.unknown += 1,
                Status::Findings => {}
            }
            for finding in &check.findings {
                match finding.severity {
                    Severity::Error => summary.error += 1,
                    Severity::Warning => summary.warning += 1,
                    Severity::Info => summary.info += 1,
                }
            }
        }
        summary
    }
}

/// The status word of a check's outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Right.
    Passed,
    /// Something is wrong.
    Findings,
    /// Does not apply.
    Skipped,
    /// Could not tell.
    Unknown,
}

impl Status {
    /// The word used in JSON and text.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Status::Passed => "passed",
            Status::Findings => "findings",
            Status::Skipped => "skipped",
            Status::Unknown => "unknown",
        }
    }
}

/// One check with its outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckReport {
    /// The check's id.
    pub id: &'static str,
    /// Its layer.
    pub layer: Layer,
    /// What it looks for.
    pub title: &'static str,
    /// What fails when it finds something, as the start of a sentence.
    #[serde(skip)]
    pub impact: &'static str,
    /// The word for its outcome.
    pub status: Status,
    /// Why it was skipped, or why it could not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Time that the rule took, in milliseconds.
    pub duration_ms: u64,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

impl CheckReport {
    /// Files an outcome under its check.
    #[must_use]
    pub fn new(
        (id, layer, title, impact): (&'static str, Layer, &'static str, &'static str),
        outcome: Outcome,
        duration_ms: u64,
    ) -> Self {
        let (status, reason, findings) = match outcome {
            Outcome::Passed => (Status::Passed, None, Vec::new()),
            Outcome::Findings(findings) => (Status::Findings, None, findings),
            Outcome::Skipped(why) => (Status::Skipped, Some(why), Vec::new()),
            Outcome::Unknown(missing) => (Status::Unknown, Some(missing.detail), Vec::new()),
        };
        CheckReport { id, layer, title, impact, status, reason, duration_ms, findings }
    }

    /// The worst severity among the findings.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}

impl Report {
    /// All findings with their check, in report order.
    pub fn findings(&self) -> impl Iterator<Item = (&CheckReport, &Finding)> {
        self.checks.iter().flat_map(|check| check.findings.iter().map(move |finding| (check, finding)))
    }

    /// The worst severity in the report.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.checks.iter().filter_map(CheckReport::worst).max()
    }
}

/// How long something took, for `--timings`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Timing {
    /// The probe, program or phase.
    pub name: String,
    /// When it began, in microseconds since the run began.
    pub began_us: u64,
    /// How long it took, in microseconds.
    pub took_us: u64,
}
