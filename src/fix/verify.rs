use crate::model::{Context, Finding, Fix, Report, Severity, Status};

/// What looking again after a fix has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The finding is gone.
    Resolved,
    /// It will be gone once this has happened, such as "a new shell".
    Pending(String),
    /// The finding is still there, or could not be looked at again; the text
    /// says which.
    Unchanged(String),
    /// The check finds an error now that it did not find before; the text
    /// says what.
    Worse(String),
}

/// Judges a fix by the reports before and after it.
#[must_use]
pub fn verify(before: &Report, after: &Report, check: &str, key: &str, fix: &Fix) -> Verdict {
    let Some(looked) = after.checks.iter().find(|report| report.id == check) else {
        return Verdict::Unchanged("it was not looked at again".to_owned());
    };
    if looked.status == Status::Unknown {
        let why = looked.reason.as_deref().unwrap_or("no reason was given");
        return Verdict::Unchanged(format!("whether it worked could not be told: {why}"));
    }
    if let Some(new) = new_error(before, &looked.findings, check) {
        return Verdict::Worse(new.summary.clone());
    }
    match looked.findings.iter().find(|finding| finding.key == key) {
        None => Verdict::Resolved,
        Some(left) => match awaited(left, fix) {
            Some(what) => Verdict::Pending(what),
            None => Verdict::Unchanged("the finding is still there".to_owned()),
        },
    }
}

/// An error of the same check that was not there before.
fn new_error<'a>(before: &Report, after: &'a [Finding], check: &str) -> Option<&'a Finding> {
    let known: Vec<&str> =
        before.findings().filter(|(report, _)| report.id == check).map(|(_, finding)| finding.key.as_str()).collect();
    after.iter().find(|finding| finding.severity == Severity::Error && !known.contains(&finding.key.as_str()))
}

/// What a finding waits for that is left only in programs that run already:
/// their environment was fixed when they started.
fn awaited(left: &Finding, fix: &Fix) -> Option<String> {
    let stale = !left.contexts.is_empty() && left.contexts.iter().all(|context| context.is_already_running());
    stale.then(|| match (&fix.awaits, left.contexts.as_slice()) {
        (_, [Context::Editor]) => "a restart of the editor".to_owned(),
        (Some(what), _) => what.clone(),
        (None, _) => "a new shell".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CheckReport, Class, HostSummary, Layer, Missing, Outcome, Summary};

    fn report(outcome: impl Into<Outcome>) -> Report {
        let checks = vec![CheckReport::new(("a", Layer::Go, "", ""), outcome.into(), 0)];
        Report {
            schema: "gomedic/1",
            gomedic: "0",
            duration_ms: 0,
            host: HostSummary::default(),
            summary: Summary::count(&checks),
            checks,
        }
    }

    fn finding(key: &str, contexts: &[Context]) -> Finding {
        Finding::new(key, Severity::Error, format!("{key} is wrong")).seen_in(contexts.iter().copied())
    }

    fn judged(after: impl Into<Outcome>) -> Verdict {
        let fix = Fix::new("mend", Class::Safe, Vec::new()).awaits("a new shell");
        verify(&report(finding("k", &[Context::Session, Context::Login])), &report(after), "a", "k", &fix)
    }

    #[test]
    fn what_is_gone_is_resolved() {
        assert_eq!(judged(Outcome::Passed), Verdict::Resolved);
        assert_eq!(judged(Outcome::skipped("no go")), Verdict::Resolved);
    }

    #[test]
    fn what_is_left_only_in_running_programs_waits_for_new_ones() {
        assert_eq!(judged(finding("k", &[Context::Session])), Verdict::Pending("a new shell".to_owned()));
        assert_eq!(judged(finding("k", &[Context::Editor])), Verdict::Pending("a restart of the editor".to_owned()));
    }

    #[test]
    fn what_a_new_shell_still_has_is_unchanged_and_a_new_error_is_worse() {
        let still = judged(finding("k", &[Context::Session, Context::Login]));
        assert!(matches!(still, Verdict::Unchanged(_)));
        assert_eq!(judged(finding("other", &[])), Verdict::Worse("other is wrong".to_owned()));
    }

    #[test]
    fn what_cannot_be_told_is_never_resolved() {
        assert!(matches!(judged(Missing::failed("no answer")), Verdict::Unchanged(why) if why.contains("no answer")));
    }
}
