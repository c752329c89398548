//! Whether a fix worked: the machine is probed again and the finding looked
//! for.

use std::collections::HashSet;

use crate::model::{CheckReport, Context, Finding, Severity, Status, text::plain};

/// What a fix was for.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The id of the check.
    pub check: &'a str,
    /// The finding as it was before the fix.
    pub finding: &'a Finding,
    /// What the fix says it waits for.
    pub awaits: Option<&'a str>,
    /// The checks whose faults may stand behind it, unseen while it is there.
    pub effects: &'a [&'static str],
}

/// What probing again has shown of a fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// The finding is gone.
    Resolved,
    /// The finding is gone, and another one that stood behind it can be seen
    /// now; the text says which.
    Uncovered(String),
    /// The finding is still there and weighs less: nothing fails any more that
    /// failed before. The text says what is left.
    Eased(String),
    /// It is right wherever something is started anew, and will be gone once
    /// this has happened, such as "a new shell".
    Pending(String),
    /// The finding is still there, or whether it is could not be told; the text
    /// says more, where there is more to say.
    Unchanged(Option<String>),
    /// Something fails now that did not; the text says what.
    Worse(String),
}

/// Compares the checks before and after a fix.
#[must_use]
pub fn verify(subject: Subject<'_>, before: &[CheckReport], after: &[CheckReport]) -> Proof {
    let checked_again = after.iter().find(|check| check.id == subject.check);
    let Some(check) = checked_again else {
        return Proof::Unchanged(Some("it was not checked again".to_owned()));
    };
    let still = check.findings.iter().find(|finding| subject.is_same(finding, before));
    if let Some(what) = subject.new_error(before, after) {
        return Proof::Worse(what);
    }
    match still {
        Some(finding) if subject.only_waits(finding) => Proof::Pending(subject.awaited(finding)),
        Some(finding) if finding.severity < subject.finding.severity => {
            let left = || format!("{}: {}", finding.severity, plain(&finding.summary));
            subject.in_its_place(before, check).unwrap_or_else(|| Proof::Eased(left()))
        }
        Some(_) => Proof::Unchanged(None),
        None if check.status == Status::Unknown => {
            let why = check.reason.as_deref().unwrap_or("the check could not tell");
            Proof::Unchanged(Some(format!("whether it worked could not be told: {}", plain(why))))
        }
        None => {
            let behind = || subject.behind(before, after).map(Proof::Uncovered);
            subject.in_its_place(before, check).or_else(behind).unwrap_or(Proof::Resolved)
        }
    }
}

impl Subject<'_> {
    /// True for the finding itself; and for what is left of it in programs
    /// that run already, which may go by another key.
    fn is_same(&self, finding: &Finding, before: &[CheckReport]) -> bool {
        let is_rest = || {
            !finding.contexts.is_empty()
                && finding
                    .contexts
                    .iter()
                    .all(|context| context.is_already_running() && self.finding.contexts.contains(context))
                && !known(before).contains(&(self.check, finding.key.as_str()))
        };
        finding.key == self.finding.key || is_rest()
    }

    /// True when the finding is only left in programs whose environment was
    /// fixed when they started, and the fix has done something for others.
    fn only_waits(&self, finding: &Finding) -> bool {
        let left_behind = finding.contexts.iter().all(|context| context.is_already_running());
        left_behind && (self.awaits.is_some() || finding.contexts.len() < self.finding.contexts.len())
    }

    fn awaited(&self, finding: &Finding) -> String {
        let session = finding.contexts.contains(&Context::Session);
        let editor = finding.contexts.contains(&Context::Editor);
        match (self.awaits, session, editor) {
            (Some(awaits), ..) => awaits.to_owned(),
            (None, true, true) => "a new shell and a restart of the editor".to_owned(),
            (None, false, true) => "a restart of the editor".to_owned(),
            (None, ..) => "a new shell".to_owned(),
        }
    }

    /// An error in this layer that was not there before, and was looked for.
    fn new_error(&self, before: &[CheckReport], after: &[CheckReport]) -> Option<String> {
        let layer = after.iter().find(|check| check.id == self.check)?.layer;
        let known = known(before);
        let was_told = |id: &str| before.iter().any(|check| check.id == id && check.status != Status::Unknown);
        let stood_behind = |id: &str| self.effects.contains(&id);
        let judged = |check: &&CheckReport| check.layer == layer && was_told(check.id) && !stood_behind(check.id);
        after.iter().filter(judged).find_map(|check| {
            let own = check.id == self.check;
            let new = check.findings.iter().find(|finding| {
                finding.severity == Severity::Error
                    && !known.contains(&(check.id, finding.key.as_str()))
                    // Of the same check it is worse only when the fault was
                    // not an error before; else it has merely come to light.
                    && !(own && (self.finding.severity == Severity::Error || self.is_same(finding, before)))
            })?;
            Some(format!("{}: {}", check.id, plain(&new.summary)))
        })
    }

    /// What this finding kept from being seen: a fault that it may explain, and
    /// that is told of for the first time.
    fn behind(&self, before: &[CheckReport], after: &[CheckReport]) -> Option<String> {
        let known = known(before);
        after.iter().filter(|check| self.effects.contains(&check.id)).find_map(|check| {
            let new = check.findings.iter().find(|finding| !known.contains(&(check.id, finding.key.as_str())))?;
            Some(format!("{}: {}", check.id, plain(&new.summary)))
        })
    }

    /// A finding of the same check that has come to light where this one was.
    fn in_its_place(&self, before: &[CheckReport], check: &CheckReport) -> Option<Proof> {
        let known = known(before);
        let other = check.findings.iter().find(|finding| {
            finding.severity >= self.finding.severity
                && !known.contains(&(self.check, finding.key.as_str()))
                && (finding.contexts.is_empty()
                    || self.finding.contexts.is_empty()
                    || finding.contexts.iter().any(|context| self.finding.contexts.contains(context)))
        });
        other.map(|other| Proof::Unchanged(Some(format!("now: {}", plain(&other.summary)))))
    }
}

/// The findings of a report, by check and key.
fn known(checks: &[CheckReport]) -> HashSet<(&str, &str)> {
    checks.iter().flat_map(|check| check.findings.iter().map(move |finding| (check.id, finding.key.as_str()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Layer, Missing, Outcome};
    use Context::{Editor, Interactive, Login, Session};

    fn finding(key: &str, severity: Severity, contexts: &[Context]) -> Finding {
        Finding::new(key, severity, format!("about {key}")).seen_in(contexts.iter().copied())
    }

    fn error(key: &str, contexts: &[Context]) -> Finding {
        finding(key, Severity::Error, contexts)
    }

    fn check(id: &'static str, outcome: impl Into<Outcome>) -> CheckReport {
        CheckReport::new((id, Layer::Go, "title", "impact"), outcome.into(), 0)
    }

    /// The proof for the first finding of the first check.
    fn proof(before: &[CheckReport], awaits: Option<&str>, after: &[CheckReport]) -> Proof {
        verify(
            Subject { check: before[0].id, finding: &before[0].findings[0], awaits, effects: &["behind"] },
            before,
            after,
        )
    }

    #[test]
    fn what_stood_behind_the_fault_is_no_harm_done_by_the_fix() {
        let fault = check("a", error("k", &[]));
        let behind = check("behind", error("b", &[]));
        let quiet = check("behind", Outcome::Passed);
        let gone = check("a", Outcome::Passed);
        let told = proof(&[fault.clone(), quiet], None, &[gone.clone(), behind.clone()]);
        assert_eq!(told, Proof::Uncovered("behind: about b".to_owned()));
        // It was known before: nothing has come to light.
        assert_eq!(proof(&[fault, behind.clone()], None, &[gone, behind]), Proof::Resolved);
    }

    #[test]
    fn what_is_gone_is_resolved() {
        let before = [check("a", error("x", &[Session, Login]))];
        assert_eq!(proof(&before, None, &[check("a", Outcome::Passed)]), Proof::Resolved);
        assert_eq!(proof(&before, None, &[check("a", Outcome::skipped("GOROOT is not set"))]), Proof::Resolved);
        let other = error("y", &[Login]);
        let two = [check("a", vec![error("x", &[Login]), other.clone()])];
        assert_eq!(proof(&two, None, &[check("a", other)]), Proof::Resolved);
    }

    #[test]
    fn what_is_left_in_running_programs_is_pending() {
        let before = [check("a", error("x", &[Session, Interactive, Login, Editor]))];
        let after = |contexts: &[Context]| [check("a", error("x", contexts))];
        assert_eq!(proof(&before, None, &after(&[Session])), Proof::Pending("a new shell".into()));
        assert_eq!(proof(&before, None, &after(&[Editor])), Proof::Pending("a restart of the editor".into()));
        let both = "a new shell and a restart of the editor";
        assert_eq!(proof(&before, None, &after(&[Session, Editor])), Proof::Pending(both.into()));
        assert_eq!(proof(&before, Some("a new login"), &after(&[Session])), Proof::Pending("a new login".into()));
        assert_eq!(proof(&before, None, &after(&[Session, Login])), Proof::Unchanged(None));
    }

    #[test]
    fn the_rest_may_go_by_another_key() {
        let before = [check("a", error("login:x", &[Session, Login]))];
        let after = [check("a", error("session:x", &[Session]))];
        assert_eq!(proof(&before, None, &after), Proof::Pending("a new shell".into()));
    }

    #[test]
    fn what_the_fix_did_nothing_for_is_unchanged() {
        let only_session = [check("a", error("x", &[Session]))];
        assert_eq!(proof(&only_session, None, &only_session), Proof::Unchanged(None));
        assert_eq!(proof(&only_session, Some("a new shell"), &only_session), Proof::Pending("a new shell".into()));
        let nowhere = [check("a", error("x", &[]))];
        assert_eq!(proof(&nowhere, None, &nowhere), Proof::Unchanged(None));
        assert_eq!(proof(&nowhere, Some("a restart"), &nowhere), Proof::Pending("a restart".into()));
    }

    #[test]
    fn what_weighs_less_is_eased() {
        let before = [check("a", error("x", &[Session]))];
        let left = [check("a", finding("x", Severity::Warning, &[Session]))];
        assert_eq!(proof(&before, None, &left), Proof::Eased("warning: about x".into()));
        assert_eq!(proof(&left, None, &left), Proof::Unchanged(None));
        // Another one of the same check that is as bad is not told by it.
        let both = [check("a", vec![finding("x", Severity::Warning, &[Session]), error("y", &[Session])])];
        assert_eq!(proof(&before, None, &both), Proof::Unchanged(Some("now: about y".into())));
    }

    #[test]
    fn what_cannot_be_told_is_not_resolved() {
        let before = [check("a", error("x", &[]))];
        let unknown = check("a", Outcome::Unknown(Missing::failed("go hung")));
        let told = "whether it worked could not be told: go hung";
        assert_eq!(proof(&before, None, &[unknown]), Proof::Unchanged(Some(told.into())));
        assert_eq!(proof(&before, None, &[]), Proof::Unchanged(Some("it was not checked again".into())));
    }

    #[test]
    fn a_new_error_is_worse_and_an_old_one_is_not() {
        let passed = || check("b", Outcome::Passed);
        let failing = || check("b", error("y", &[]));
        let gone = || check("a", Outcome::Passed);
        let there = || check("a", error("x", &[]));
        assert_eq!(proof(&[there(), passed()], None, &[gone(), failing()]), Proof::Worse("b: about y".into()));
        assert_eq!(proof(&[there(), failing()], None, &[gone(), failing()]), Proof::Resolved);
        let warning = check("b", finding("y", Severity::Warning, &[]));
        assert_eq!(proof(&[there(), passed()], None, &[gone(), warning]), Proof::Resolved);
        // Nobody could tell before: it may have been there.
        let unknown = check("b", Outcome::Unknown(Missing::failed("go hung")));
        assert_eq!(proof(&[there(), unknown], None, &[gone(), failing()]), Proof::Resolved);
        let elsewhere = CheckReport::new(("c", Layer::Network, "title", "impact"), Outcome::from(error("z", &[])), 0);
        let quiet = CheckReport::new(("c", Layer::Network, "title", "impact"), Outcome::Passed, 0);
        assert_eq!(proof(&[there(), quiet], None, &[gone(), elsewhere]), Proof::Resolved);
    }

    #[test]
    fn a_fault_behind_the_fault_is_told() {
        let before = [check("a", error("x", &[Login]))];
        let after = [check("a", error("y", &[Login]))];
        assert_eq!(proof(&before, None, &after), Proof::Unchanged(Some("now: about y".into())));
        let mild = [check("a", finding("x", Severity::Warning, &[Login]))];
        assert_eq!(proof(&mild, None, &after), Proof::Worse("a: about y".into()));
    }
}
