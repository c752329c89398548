/// Whether a file runs here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It does.
    Runs,
    /// It does not.
    DoesNotRun,
    /// It could not be told.
    Unknown,
    /// Its content contradicts itself.
    Damaged,
    /// It is not there to be started.
    NotAProgram,
}

impl Verdict {
    /// Its name in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Verdict::Runs => "runs",
            Verdict::DoesNotRun => "does-not-run",
            Verdict::Unknown => "unknown",
            Verdict::Damaged => "damaged",
            Verdict::NotAProgram => "not-a-program",
        }
    }

    /// How a sentence about it begins.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Verdict::Runs => "runs here",
            Verdict::DoesNotRun => "does not run here",
            Verdict::Unknown => "could not tell",
            Verdict::Damaged => "damaged",
            Verdict::NotAProgram => "not a program",
        }
    }
}

/// A verdict with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Whether it runs here.
    pub verdict: Verdict,
    /// Why, in a phrase that can follow "because".
    pub reason: Option<String>,
    /// What to do, in a sentence.
    pub advice: Option<String>,
}

impl Judgement {
    /// A verdict that needs no reason.
    #[must_use]
    pub fn plain(verdict: Verdict) -> Judgement {
        Judgement { verdict, reason: None, advice: None }
    }

    /// A verdict with its reason.
    #[must_use]
    pub fn because(verdict: Verdict, reason: impl Into<String>) -> Judgement {
        Judgement { verdict, reason: Some(reason.into()), advice: None }
    }

    /// The verdict in one sentence, without the advice.
    #[must_use]
    pub fn sentence(&self) -> String {
        let title = self.verdict.title();
        match (&self.reason, self.verdict) {
            (None, _) => title.to_owned(),
            (Some(reason), Verdict::DoesNotRun) => format!("{title}, because {reason}"),
            (Some(reason), Verdict::Runs) => format!("{title}, {reason}"),
            (Some(reason), _) => format!("{title}: {reason}"),
        }
    }
}
