use super::{CheckReport, Finding, Report};

/// A finding with the findings that it explains.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    /// The check that found it.
    pub check: &'a CheckReport,
    /// The finding.
    pub finding: &'a Finding,
    /// What it explains.
    pub effects: Vec<Node<'a>>,
}

/// The findings of a report, cause before effect, worst first. Every finding
/// is in it exactly once; one whose cause is not in the report, or that lies
/// in a circle of causes, stands for itself.
#[must_use]
pub fn causes_first(report: &Report) -> Vec<Node<'_>> {
    let all: Vec<(&CheckReport, &Finding)> = report.findings().collect();
    let parent: Vec<Option<usize>> = all
        .iter()
        .map(|(_, finding)| {
            let cause = finding.caused_by.as_ref()?;
            all.iter().position(|(check, other)| check.id == cause.id && other.key == cause.key)
        })
        .collect();
    let mut roots: Vec<Node<'_>> = (0..all.len()).filter(|at| is_root(*at, &parent)).map(|at| node(at, &all, &parent, 0)).collect();
    roots.sort_by_key(|root| std::cmp::Reverse(worst(root)));
    roots
}

/// A finding without a cause, or the first of a circle.
fn is_root(at: usize, parent: &[Option<usize>]) -> bool {
    let mut seen = vec![at];
    let mut here = at;
    while let Some(next) = parent[here] {
        if seen.contains(&next) {
            return next == at && seen.iter().all(|other| *other >= at);
        }
        seen.push(next);
        here = next;
    }
    here == at
}

fn node<'a>(at: usize, all: &[(&'a CheckReport, &'a Finding)], parent: &[Option<usize>], depth: usize) -> Node<'a> {
    let effects = if depth > all.len() {
        Vec::new()
    } else {
        (0..all.len())
            .filter(|child| parent[*child] == Some(at) && !is_root(*child, parent))
            .map(|child| node(child, all, parent, depth + 1))
            .collect()
    };
    Node { check: all[at].0, finding: all[at].1, effects }
}

fn worst(node: &Node<'_>) -> super::Severity {
    node.effects.iter().map(worst).max().map_or(node.finding.severity, |below| below.max(node.finding.severity))
}
