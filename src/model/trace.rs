use super::{Context, GoVersion, Missing, Subject};

/// Where a variable or a command comes from, context by context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// What was asked for: a variable, a command, or `PATH:/folder`.
    pub name: String,
    /// What the name stands for.
    pub subject: Subject,
    /// One row per context, in the order in which they are shown.
    pub rows: Vec<TraceRow>,
    /// For a setting of Go: where Go looks for it, in Go's order.
    pub go: Vec<GoLevel>,
    /// The context that `go` is told for.
    pub go_context: Option<Context>,
    /// For a command: every file of that name on PATH, in order.
    pub candidates: Vec<Candidate>,
    /// What could not be told, and why.
    pub notes: Vec<String>,
}

impl Trace {
    /// A trace that tells nothing yet.
    #[must_use]
    pub fn empty(name: &str) -> Trace {
        Trace {
            name: name.to_owned(),
            subject: Subject::of(name),
            rows: Vec::new(),
            go: Vec::new(),
            go_context: None,
            candidates: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The rows, those that say the same as one, with their contexts.
    #[must_use]
    pub fn groups(&self) -> Vec<(Vec<Context>, &TraceRow)> {
        let mut groups: Vec<(Vec<Context>, &TraceRow)> = Vec::new();
        for row in &self.rows {
            let same = |other: &TraceRow| {
                (&other.value, other.certain, &other.writers) == (&row.value, row.certain, &row.writers)
            };
            match groups.iter_mut().find(|(_, first)| same(first)) {
                Some((contexts, _)) => contexts.push(row.context),
                None => groups.push((vec![row.context], row)),
            }
        }
        groups
    }

    /// True when no context has it.
    #[must_use]
    pub fn is_nowhere(&self) -> bool {
        let set = |row: &TraceRow| row.value.as_ref().is_ok_and(Option::is_some);
        !self.rows.iter().any(set) && !self.go.iter().any(|level| level.value.is_some())
    }
}

/// What one context sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceRow {
    /// Who sees it.
    pub context: Context,
    /// The value; None when it is not set there; the reason when it could
    /// not be told.
    pub value: Result<Option<String>, Missing>,
    /// False when the lines that set it are not all known, or known from the
    /// files' text only.
    pub certain: bool,
    /// What set it, in order.
    pub writers: Vec<TraceWriter>,
    /// True when the value is not the one that most contexts see.
    pub differs: bool,
}

/// A line, or something else, that set a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceWriter {
    /// Where, such as `~/.bashrc:12`.
    pub source: String,
    /// What stands there.
    pub text: String,
    /// What the value was afterwards, where that is known.
    pub value: Option<String>,
    /// True for the one whose value holds in the end.
    pub wins: bool,
}

/// True for variables that hold lists of folders which many lines add to.
#[must_use]
pub fn is_list(name: &str) -> bool {
    name == "PATH" || name.ends_with("_PATH")
}

impl TraceWriter {
    /// What this writer did to a list such as PATH, as `+ /a` and `- /b`;
    /// `before` is what the list was.
    #[must_use]
    pub fn entries_changed(&self, before: Option<&str>) -> Vec<String> {
        let (old, new) = (before.unwrap_or_default(), self.value.as_deref().unwrap_or_default());
        let lacks = |list: &str, entry: &str| !list.split(':').any(|other| other == entry);
        let entries = |list: &'static str, from: &str, other: &str| -> Vec<String> {
            let gone = from.split(':').filter(|entry| !entry.is_empty() && lacks(other, entry));
            gone.map(|entry| format!("{list} {entry}")).collect()
        };
        [entries("+", new, old), entries("-", old, new)].concat()
    }
}

/// One of the places where Go looks for a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoLevel {
    /// Which one.
    pub origin: GoOrigin,
    /// The place for people: the environment, `~/.config/go/env:3`.
    pub source: String,
    /// What stands there; None where it says nothing.
    pub value: Option<String>,
    /// True for the one that Go takes.
    pub wins: bool,
}

/// The places where Go looks for a setting, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoOrigin {
    /// The environment.
    Os,
    /// The file that `go env -w` writes.
    File,
    /// `$GOROOT/go.env`.
    Goroot,
    /// Go's default.
    Default,
}

impl GoOrigin {
    /// The name used in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            GoOrigin::Os => "os",
            GoOrigin::File => "file",
            GoOrigin::Goroot => "goroot",
            GoOrigin::Default => "default",
        }
    }
}

/// A file that a command's name may stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The file, as PATH names it.
    pub path: String,
    /// Where its links lead, when it is one.
    pub real: Option<String>,
    /// The version in its build info: of Go itself, or of the tool.
    pub version: Option<String>,
    /// The Go that built it, when it is not Go itself.
    pub built_with: Option<GoVersion>,
    /// The architecture that it is for, in Go's words.
    pub arch: Option<String>,
    /// Who put it there: a version manager or a package.
    pub owner: Option<String>,
    /// The line that put its folder on PATH.
    pub from: Option<TraceWriter>,
    /// The contexts whose PATH has it.
    pub contexts: Vec<Context>,
    /// The contexts in which it is the first.
    pub wins_in: Vec<Context>,
}
