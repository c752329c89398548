//! PATH leads into whatever folder one is in.

use crate::checks::Check;
use crate::checks::remedy::{
    self,
    path_entry::{Spelling, spellings},
};
use crate::host::Environment;
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::Toolchains;
use crate::probes::shell::{Contexts, EntryKind, PathEntries, PathEntry, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "path-relative",
    layer: Layer::Shell,
    title: "PATH does not depend on the folder one is in",
    impact: "Another folder's programs may run",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("shell/path-relative"),
    rule: rule!(judge(Contexts, PathEntries, Toolchains, RcFiles)),
};

fn judge(shells: &Contexts, path: &PathEntries, toolchains: &Toolchains, rc: &RcFiles) -> Outcome {
    let look = Look { shells, toolchains, rc };
    shells.outcome(path.entries.iter().filter_map(|entry| look.finding(entry)).collect())
}

struct Look<'a> {
    shells: &'a Contexts,
    toolchains: &'a Toolchains,
    rc: &'a RcFiles,
}

impl Look<'_> {
    fn finding(&self, entry: &PathEntry) -> Option<Finding> {
        let (key, what, fixes, writers) = match entry.kind {
            EntryKind::Empty => {
                let writers = self.writers_of_nothing();
                ("empty", "an empty entry".to_owned(), writers.iter().map(fill).collect::<Vec<Fix>>(), writers)
            }
            EntryKind::Relative => {
                let lines = spellings(self.rc, &entry.text);
                let fixes =
                    lines.iter().filter_map(|line| line.removed("it depends on the folder one is in")).collect();
                let writers = lines.into_iter().map(|line: Spelling| line.writer).collect();
                (entry.text.as_str(), format!("the relative entry {}", entry.text), fixes, writers)
            }
            _ => return None,
        };
        let wins = entry.contexts().any(|context| self.stands_before_go(entry, context));
        let severity = if wins { Severity::Warning } else { Severity::Info };
        let means = if entry.text.is_empty() { "A shell takes it for the folder one is in. " } else { "" };
        let danger = if wins {
            "It stands before Go's folder: a file named go in a cloned repository would run in place of Go."
        } else {
            "Go's own folder comes first, so that Go itself is safe."
        };
        let evidence = entry.contexts().filter_map(|context| {
            let environment: &Environment = self.shells.get(context).ok()?;
            Some(Evidence::new(format!("PATH of {}", context.title()), environment.get("PATH")?))
        });
        Some(
            Finding::new(key, severity, format!("PATH holds {what}"))
                .seen_in(entry.contexts())
                .about("PATH")
                .detail(format!(
                    "{means}{danger} Go refuses what it finds that way: cannot run executable found relative to current directory."
                ))
                .evidences(writers.iter().map(Writer::evidence))
                .evidences(evidence)
                .fixes(if fixes.is_empty() { vec![by_hand()] } else { fixes }),
        )
    }

    fn stands_before_go(&self, entry: &PathEntry, context: Context) -> bool {
        let (Some(go), Ok(environment)) = (self.toolchains.active(context), self.shells.get(context)) else {
            return true;
        };
        let folder = go.path.parent();
        let go = environment.path_entries().iter().position(|text| Some(std::path::Path::new(text)) == folder);
        entry.place_in(context) < go
    }

    /// The lines with nothing between two colons.
    fn writers_of_nothing(&self) -> Vec<Writer> {
        let writers = self.rc.writers("PATH").into_iter();
        writers.filter(|writer| without_nothing(&writer.text).is_some_and(|line| line != writer.text)).collect()
    }
}

fn fill(writer: &Writer) -> Fix {
    let line = without_nothing(&writer.text).unwrap_or_else(|| writer.text.clone());
    remedy::replace_line(format!("Take the empty entry out of {}", writer.place()), writer, line)
}

/// The line without empty entries. None for a line that is too clever.
fn without_nothing(line: &str) -> Option<String> {
    let (head, value) = line.split_once("PATH=")?;
    let (open, value) = match value.strip_prefix('"') {
        Some(rest) => ("\"", rest),
        None => ("", value),
    };
    let end = value.find(|c: char| if open.is_empty() { c.is_whitespace() || c == ';' } else { c == '"' });
    let (value, behind) = value.split_at(end.unwrap_or(value.len()));
    if value.contains(['(', '`', '\'', '\\']) || value.contains("${") && value.contains(":+") {
        return None;
    }
    let entries: Vec<&str> = value.split(':').filter(|entry| !entry.is_empty()).collect();
    // An expansion such as ${A:-b} has colons of its own.
    if value.contains(":-") || entries.is_empty() {
        return None;
    }
    Some(format!("{head}PATH={open}{}{behind}", entries.join(":")))
}

fn by_hand() -> Fix {
    Fix::manual(
        "Set PATH right where it comes from",
        "No start file has it in a line that can be edited: a variable that is not set may leave an empty entry, as GOBIN in PATH=$PATH:$GOBIN. In this session it can be taken away:",
        Some("export PATH=\"$(printf %s \"$PATH\" | tr ':' '\\n' | grep '^/' | paste -sd: -)\"".to_owned()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_lines_lose_their_empty_entries() {
        for (line, expected) in [
            ("export PATH=$PATH:", Some("export PATH=$PATH")),
            ("export PATH=\":/a::$PATH:\"", Some("export PATH=\"/a:$PATH\"")),
            ("PATH=/a::/b; export PATH", Some("PATH=/a:/b; export PATH")),
            ("export PATH=\"$PATH${X:+:$X}:\"", None),
            ("export PATH=$(x):", None),
            ("export PATH=", None),
            ("set -gx PATH a", None),
        ] {
            assert_eq!(without_nothing(line).as_deref(), expected, "{line}");
        }
    }
}
