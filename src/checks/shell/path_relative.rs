//! An entry of PATH that depends on where one stands.

use std::path::Path;

use crate::checks::Check;
use crate::checks::remedy;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity, mask};
use crate::probes::shell::{Contexts, EntryState, Form, PathEntries, PathEntry, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "path-relative",
    layer: Layer::Shell,
    title: "No entry of PATH depends on the current folder",
    impact: "Programs of another folder may run in place of the right ones",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("shell/path-relative"),
    rule: rule!(judge(Contexts, PathEntries, RcFiles)),
};

fn judge(shells: &Contexts, entries: &PathEntries, rc: &RcFiles) -> Outcome {
    let relative = entries.found.iter().filter(|entry| entry.state == EntryState::Relative);
    shells.outcome(relative.filter_map(|entry| finding(shells, entry, rc)).collect())
}

fn finding(shells: &Contexts, entry: &PathEntry, rc: &RcFiles) -> Option<Finding> {
    // One that only runs in this session was set there on purpose.
    let context = entry.fresh()?;
    let environment = shells.get(context).ok()?;
    let writer = rc.path_writer(Path::new(&entry.text), context, environment);
    let (key, what) = match entry.text.as_str() {
        "" => ("empty", "An empty entry of PATH means the current folder".to_owned()),
        "." => (".", "PATH has the current folder in it".to_owned()),
        other => (other, format!("The entry {other} of PATH depends on the current folder")),
    };
    let evidence = match &writer {
        Some(writer) => writer.evidence(),
        None => Evidence::new(
            format!("PATH of {}", context.title()),
            mask(environment.get("PATH").unwrap_or_default()).into_owned(),
        ),
    };
    let fix = writer.as_ref().map(|writer| fix(entry, writer, rc));
    Some(
        Finding::new(key, Severity::Warning, what)
            .seen_in(entry.seen_in())
            .about("PATH")
            .detail(
                "A program named go or git that lies in a project's folder runs when somebody stands there. Go itself refuses programs that it finds so: cannot run executable found relative to current directory; a gcc found so counts as none.",
            )
            .evidence(evidence)
            .fixes(fix),
    )
}

fn fix(entry: &PathEntry, writer: &Writer, rc: &RcFiles) -> Fix {
    let title = format!("Take the entry out of {}", writer.place());
    match without(entry, writer) {
        Some(line) => remedy::replace_line(title, writer, line),
        None if !entry.text.is_empty() && rc.adds_nothing_else(writer, &entry.text) => {
            remedy::comment_out(writer, "an entry of PATH that depends on the current folder")
        }
        None => Fix::manual(
            title,
            "Look for two colons in a row, one at the beginning or the end, or a variable that is empty.",
            Some(format!("${{EDITOR:-vi}} +{} {}", writer.line, writer.name)),
        ),
    }
}

/// The line without the entry, where it stands there as it is.
fn without(entry: &PathEntry, writer: &Writer) -> Option<String> {
    if writer.form != Form::Posix {
        return None;
    }
    let text = &writer.text;
    let at = text.find("PATH=")? + "PATH=".len();
    let (head, value) = text.split_at(at);
    let (open, value) = match value.chars().next()? {
        quote @ ('"' | '\'') => (Some(quote), &value[1..]),
        _ => (None, value),
    };
    let end =
        value.find(|c: char| open.map_or(c.is_whitespace() || c == ';', |quote| c == quote)).unwrap_or(value.len());
    let (list, tail) = value.split_at(end);
    // `${A:-b}` and `$(…)` hold colons and blanks of their own.
    if list.contains(['{', '(', '`']) {
        return None;
    }
    let kept: Vec<&str> =
        list.split(':').filter(|part| part.trim_end_matches('/') != entry.text.trim_end_matches('/')).collect();
    let list_now = kept.join(":");
    (list_now != list).then(|| format!("{head}{}{list_now}{tail}", open.map(String::from).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, entry: &str) -> Option<String> {
        let writer = Writer {
            path: "/home/kim/.profile".into(),
            name: "~/.profile".into(),
            line: 1,
            text: text.into(),
            value: None,
            sets: vec!["PATH".into()],
            contexts: Vec::new(),
            own: true,
            form: Form::Posix,
        };
        without(&PathEntry { text: entry.into(), state: EntryState::Relative, contexts: Vec::new() }, &writer)
    }

    #[test]
    fn only_the_entry_is_taken_out() {
        for (text, entry, expected) in [
            ("export PATH=.:$PATH", ".", Some("export PATH=$PATH")),
            ("export PATH=\"$PATH:.\" # here", ".", Some("export PATH=\"$PATH\" # here")),
            ("PATH=$PATH:", "", Some("PATH=$PATH")),
            ("PATH=/a::$PATH; export PATH", "", Some("PATH=/a:$PATH; export PATH")),
            ("PATH=$PATH:$NOTHING", "", None),
            ("PATH=$PATH:${A:-.}", ".", None),
            ("PATH=$PATH:node_modules/.bin", "node_modules/.bin", Some("PATH=$PATH")),
        ] {
            assert_eq!(line(text, entry).as_deref(), expected, "{text}");
        }
    }
}
