use super::Page;
use crate::model::{Class, Layer, Outcome, Severity};
use crate::probes::{Facts, ProbeRef};

/// A rule with its names: everything that is known of a check before it runs.
#[derive(Debug)]
pub struct Check {
    /// Kebab-case name of the defect. Users and scripts hold on to it.
    pub id: &'static str,
    /// The layer that the defect lies in.
    pub layer: Layer,
    /// What is looked at, as a short noun phrase or sentence.
    pub title: &'static str,
    /// What fails when it finds an error, as the start of a sentence:
    /// "Go cannot build here".
    pub impact: &'static str,
    /// The usual severity of its findings.
    pub severity: Severity,
    /// The usual class of its fix; None when there is nothing to fix.
    pub class: Option<Class>,
    /// Ids of checks whose findings explain those of this one.
    pub causes: &'static [&'static str],
    /// The explanation page.
    pub page: Page,
    /// The rule.
    pub rule: Rule,
}

/// A pure function over facts, with the probes that yield them.
pub struct Rule {
    /// The probes whose facts it reads.
    pub needs: &'static [ProbeRef],
    /// Judges. A fact that is missing makes the outcome unknown.
    pub judge: fn(&Facts) -> Outcome,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.needs.iter().map(|probe| probe.id)).finish()
    }
}

/// A [`Rule`] from a function over references to facts. What it needs follows
/// from its parameters, so the two cannot disagree:
/// `rule!(judge(Installations, Settings))`.
#[macro_export]
macro_rules! rule {
    ($judge:ident($($fact:ty),+ $(,)?)) => {
        $crate::checks::Rule {
            needs: &[$($crate::probes::ProbeRef::of::<$fact>()),+],
            judge: |facts| $crate::model::Outcome::from($judge($(
                &*match facts.get::<$fact>() {
                    Ok(fact) => fact,
                    Err(missing) => return $crate::model::Outcome::from(missing),
                }
            ),+)),
        }
    };
}

/// The explanation page of a check: `page!("go/goroot-env-mismatch")`.
#[macro_export]
macro_rules! page {
    ($path:literal) => {
        $crate::checks::Page::Asset($path)
    };
}
