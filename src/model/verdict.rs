use super::{Branch, CheckReport, Severity, Summary, forest, text};

/// The whole report in one plain sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The worst severity that was found.
    pub worst: Option<Severity>,
    /// The sentence, with its full stop. Text from the machine is as it came.
    pub sentence: String,
}

impl Verdict {
    /// The verdict on these checks.
    #[must_use]
    pub fn of(checks: &[CheckReport]) -> Self {
        let branches = forest(checks);
        let summary = Summary::count(checks);
        let worst = branches.iter().map(Branch::worst).max();
        let sentence = match worst {
            Some(Severity::Error) => branches.first().map_or_else(String::new, broken),
            Some(Severity::Warning) => slow(&summary),
            Some(Severity::Info) | None => healthy(&summary),
        };
        Verdict { worst, sentence }
    }
}

/// "Go cannot build here: GOROOT belongs to another Go."
fn broken(branch: &Branch<'_>) -> String {
    let summary = branch.finding.summary.trim().trim_end_matches('.');
    match branch.check.impact.trim() {
        "" => format!("{summary}."),
        impact => format!("{impact}: {}.", inside_a_sentence(summary)),
    }
}

fn slow(summary: &Summary) -> String {
    let works = if summary.unknown == 0 { "Go works here" } else { "Go works here, as far as could be told" };
    match summary.warning {
        1 => format!("{works}; one thing will cost you time."),
        n => format!("{works}; {n} things will cost you time."),
    }
}

fn healthy(summary: &Summary) -> String {
    if summary.passed + summary.info == 0 {
        return match summary.unknown {
            0 => "Nothing was checked.".to_owned(),
            n => format!("Nothing could be told: {} came back without an answer.", text::count(n, "check")),
        };
    }
    let mut also = Vec::new();
    match summary.info {
        0 => {}
        1 => also.push("one thing is worth knowing".to_owned()),
        n => also.push(format!("{n} things are worth knowing")),
    }
    match summary.unknown {
        0 => {}
        n => also.push(format!("{} could not tell", text::count(n, "check"))),
    }
    let could = if summary.unknown == 0 { "was" } else { "could be" };
    match also.join(", ").as_str() {
        "" => format!("Everything that {could} checked is healthy."),
        also => format!("Everything that {could} checked is healthy; {also}."),
    }
}

/// Words that begin a summary and are written small inside a sentence. Any
/// other first word may be a name, and keeps its capital.
const SMALL: [&str; 34] = [
    "A",
    "An",
    "The",
    "This",
    "That",
    "These",
    "Those",
    "No",
    "Not",
    "Nothing",
    "Nobody",
    "None",
    "One",
    "Two",
    "Three",
    "Several",
    "Some",
    "Many",
    "Every",
    "Each",
    "All",
    "Both",
    "Neither",
    "It",
    "There",
    "Your",
    "Only",
    "In",
    "On",
    "At",
    "With",
    "Without",
    "Different",
    "Another",
];

fn inside_a_sentence(summary: &str) -> String {
    let word = summary.split(' ').next().unwrap_or_default();
    if SMALL.contains(&word) { word.to_ascii_lowercase() + &summary[word.len()..] } else { summary.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cause, Finding, Layer, Missing, Outcome};

    fn check(id: &'static str, outcome: impl Into<Outcome>) -> CheckReport {
        CheckReport::new((id, Layer::Go, "", "Go cannot build here"), outcome.into(), 0)
    }

    fn says(checks: &[CheckReport]) -> String {
        Verdict::of(checks).sentence
    }

    #[test]
    fn an_error_is_told_by_its_cause() {
        let mut effect = Finding::new("e", Severity::Error, "The build fails");
        effect.caused_by = Some(Cause { id: "cause".into(), key: "c".into() });
        let cause = Finding::new("c", Severity::Warning, "The GOROOT belongs to another Go.");
        assert_eq!(
            says(&[check("effect", effect), check("cause", cause)]),
            "Go cannot build here: the GOROOT belongs to another Go."
        );
    }

    #[test]
    fn names_keep_their_capital() {
        let found = check("a", Finding::new("k", Severity::Error, "Delve is older than Go"));
        assert_eq!(says(&[found]), "Go cannot build here: Delve is older than Go.");
    }

    #[test]
    fn warnings_do_not_stop_anybody() {
        let warn = |id| check(id, Finding::new("k", Severity::Warning, "slow"));
        assert_eq!(says(&[warn("a")]), "Go works here; one thing will cost you time.");
        let unknown = check("c", Missing::failed("no answer"));
        assert_eq!(
            says(&[warn("a"), warn("b"), unknown]),
            "Go works here, as far as could be told; 2 things will cost you time."
        );
    }

    #[test]
    fn health_is_not_claimed_for_what_could_not_be_told() {
        let unknown = || check("u", Missing::failed("no answer"));
        assert_eq!(says(&[check("p", Outcome::Passed)]), "Everything that was checked is healthy.");
        assert_eq!(
            says(&[check("p", Outcome::Passed), unknown()]),
            "Everything that could be checked is healthy; 1 check could not tell."
        );
        assert_eq!(says(&[unknown()]), "Nothing could be told: 1 check came back without an answer.");
        assert_eq!(says(&[]), "Nothing was checked.");
    }
}
