use super::{CheckReport, Finding, Severity};
use crate::collections::order;

/// A finding with the findings that it explains.
#[derive(Debug, Clone)]
pub struct Branch<'a> {
    /// The check that found it.
    pub check: &'a CheckReport,
    /// The finding.
    pub finding: &'a Finding,
    /// What it explains, worst first.
    pub effects: Vec<Branch<'a>>,
}

impl Branch<'_> {
    /// The worst severity in the branch.
    #[must_use]
    pub fn worst(&self) -> Severity {
        self.effects.iter().map(Branch::worst).fold(self.finding.severity, Severity::max)
    }
}

/// All findings, each cause before its effects, the worst branch first;
/// otherwise in report order.
///
/// A finding whose cause is not among them stands by itself. Nothing is
/// lost to a loop of causes: its first finding stands by itself.
#[must_use]
pub fn forest(checks: &[CheckReport]) -> Vec<Branch<'_>> {
    let all: Vec<(&CheckReport, &Finding)> =
        checks.iter().flat_map(|check| check.findings.iter().map(move |finding| (check, finding))).collect();
    let parents = parents(&all);
    let mut roots: Vec<Branch<'_>> =
        (0..all.len()).filter(|at| parents[*at].is_none()).map(|root| branch(root, &all, &parents)).collect();
    sort(&mut roots);
    roots
}

/// The position of each finding's cause, free of loops.
fn parents(all: &[(&CheckReport, &Finding)]) -> Vec<Option<usize>> {
    let mut parents: Vec<Option<usize>> = all
        .iter()
        .map(|(_, finding)| {
            let cause = finding.caused_by.as_ref()?;
            all.iter().position(|(check, other)| check.id == cause.id && other.key == cause.key)
        })
        .collect();
    for start in 0..parents.len() {
        let mut at = start;
        for _ in 0..parents.len() {
            match parents[at] {
                Some(parent) if parent == start => {
                    parents[start] = None;
                    break;
                }
                Some(parent) => at = parent,
                None => break,
            }
        }
    }
    parents
}

fn branch<'a>(at: usize, all: &[(&'a CheckReport, &'a Finding)], parents: &[Option<usize>]) -> Branch<'a> {
    let (check, finding) = all[at];
    let mut effects: Vec<Branch<'a>> =
        (0..all.len()).filter(|other| parents[*other] == Some(at)).map(|other| branch(other, all, parents)).collect();
    sort(&mut effects);
    Branch { check, finding, effects }
}

/// Worst first; the sort is stable, so equals keep their order.
fn sort(branches: &mut [Branch<'_>]) {
    order::sort_by_key(branches, |branch| std::cmp::Reverse(branch.worst()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cause, Layer, Outcome};

    fn check(id: &'static str, severity: Severity, cause: Option<&str>) -> CheckReport {
        let mut finding = Finding::new("k", severity, id);
        finding.caused_by = cause.map(|id| Cause { id: id.to_owned(), key: "k".to_owned() });
        CheckReport::new((id, Layer::Go, "", ""), Outcome::from(finding), 0)
    }

    fn shape(branches: &[Branch<'_>]) -> String {
        let one = |branch: &Branch<'_>| match branch.effects.is_empty() {
            true => branch.check.id.to_owned(),
            false => format!("{}({})", branch.check.id, shape(&branch.effects)),
        };
        branches.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn effects_hang_under_their_cause_and_the_worst_branch_is_first() {
        let checks = [
            check("alone", Severity::Warning, None),
            check("effect", Severity::Info, Some("cause")),
            check("cause", Severity::Warning, None),
            check("error", Severity::Error, Some("cause")),
            check("orphan", Severity::Warning, Some("not-there")),
        ];
        assert_eq!(shape(&forest(&checks)), "cause(error effect) alone orphan");
    }

    #[test]
    fn a_loop_of_causes_loses_nothing() {
        let checks = [
            check("a", Severity::Error, Some("c")),
            check("b", Severity::Error, Some("a")),
            check("c", Severity::Error, Some("b")),
            check("self", Severity::Error, Some("self")),
        ];
        assert_eq!(shape(&forest(&checks)), "a(b(c)) self");
    }
}
