//! An entry of PATH that no program is ever found in.

use crate::checks::Check;
use crate::checks::remedy;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity, mask};
use crate::probes::shell::{Contexts, EntryState, Form, PathEntries, PathEntry, RcFiles, Sign, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "path-entry-broken",
    layer: Layer::Shell,
    title: "The entries of PATH are written as folders",
    impact: "Programs of a folder are not found",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &["rc-crlf"],
    page: page!("shell/path-entry-broken"),
    rule: rule!(judge(Contexts, PathEntries, RcFiles)),
};

fn judge(shells: &Contexts, entries: &PathEntries, rc: &RcFiles) -> Outcome {
    let findings: Vec<Finding> = entries.found.iter().filter_map(|entry| finding(shells, entry, rc)).collect();
    match entries.unknown() {
        Some(missing) if findings.is_empty() => missing.clone().into(),
        _ => shells.outcome(findings),
    }
}

fn finding(shells: &Contexts, entry: &PathEntry, rc: &RcFiles) -> Option<Finding> {
    let shown = entry.text.trim_end_matches('\r');
    let (what, detail) = match &entry.state {
        EntryState::File => (
            "is a file".to_owned(),
            "Programs are looked for in folders only; nothing is found by way of a file.".to_owned(),
        ),
        EntryState::Absent(Some(meant)) => (
            "was cut at a blank".to_owned(),
            format!(
                "{} was meant, as it seems: without quotes a shell takes a blank for the end of the value.",
                meant.display()
            ),
        ),
        EntryState::Literal(sign) => literal(*sign),
        EntryState::Folder | EntryState::Absent(None) | EntryState::Relative | EntryState::Unknown(_) => return None,
    };
    // A program that runs already keeps its PATH, whatever the files say.
    let context = entry.fresh()?;
    let environment = shells.get(context).ok()?;
    let writer = rc.path_writer(std::path::Path::new(&entry.text), context, environment);
    let evidence = match &writer {
        Some(writer) => writer.evidence(),
        None => Evidence::new(format!("PATH of {}", context.title()), mask(shown)),
    };
    // The line ends of the whole file are mended with what caused it.
    let is_effect = entry.state == EntryState::Literal(Sign::CarriageReturn);
    let fix = writer.as_ref().filter(|_| !is_effect).map(|writer| fix(entry, writer, rc));
    Some(
        Finding::new(shown, Severity::Warning, format!("The entry {shown} of PATH {what}"))
            .seen_in(entry.seen_in())
            .about("PATH")
            .detail(detail)
            .evidence(evidence)
            .fixes(fix),
    )
}

fn literal(sign: Sign) -> (String, String) {
    let (what, detail) = match sign {
        Sign::Tilde => (
            "has a ~ that nobody expands",
            "Only bash itself looks into such a folder. Go, gopls, editors, sh and zsh take ~ for the name of a folder, and find nothing.",
        ),
        Sign::Dollar => (
            "has a $ that nobody expands",
            "A variable in single quotes, or in a file that is no script, stays as it stands: it is taken for the name of a folder.",
        ),
        Sign::Quote => (
            "has a quotation mark in it",
            "A quotation mark that the shell did not take out belongs to the name of the folder, and there is none of that name.",
        ),
        Sign::Backslash => (
            "has a backslash in it",
            "Between quotes a backslash before a blank stays, and belongs to the name of the folder. There is none of that name.",
        ),
        Sign::CarriageReturn => (
            "ends in a carriage return",
            "The line that sets it ends as lines of Windows do. The carriage return belongs to the name of the folder, and there is none of that name.",
        ),
    };
    (what.to_owned(), detail.to_owned())
}

fn fix(entry: &PathEntry, writer: &Writer, rc: &RcFiles) -> Fix {
    let title = format!("Write the entry right in {}", writer.place());
    match repaired(entry, writer) {
        Some(line) => remedy::replace_line(title, writer, line),
        None if rc.adds_nothing_else(writer, &entry.text) => {
            remedy::comment_out(writer, "this entry of PATH names no folder")
        }
        None => Fix::manual(
            title,
            format!(
                "{} sets PATH with an entry that names no folder. In double quotes, blanks stay and variables are put in; write $HOME for the home folder.",
                writer.place()
            ),
            Some(format!("${{EDITOR:-vi}} +{} {}", writer.line, writer.name)),
        ),
    }
}

/// `PATH=$PATH:/opt/My Tools/bin` with quotes around its value.
fn quoted(line: &str, meant: &str) -> Option<String> {
    let at = line.find("PATH=")? + "PATH=".len();
    let (head, value) = line.split_at(at);
    let plain = !value.contains(['"', '\'', '\\', ';', '#', '|', '&', '(', '`']);
    (plain && value.contains(meant)).then(|| format!("{head}\"{}\"", value.trim_end()))
}

/// The line with the entry as it was meant, where that is plain to see.
fn repaired(entry: &PathEntry, writer: &Writer) -> Option<String> {
    if !matches!(writer.form, Form::Posix | Form::Fish) {
        return None;
    }
    if let EntryState::Absent(Some(meant)) = &entry.state {
        return quoted(&writer.text, &meant.display().to_string());
    }
    let (wrong, right) = match &entry.state {
        EntryState::Literal(Sign::Tilde) => (entry.text.clone(), entry.text.replacen('~', "$HOME", 1)),
        EntryState::File => {
            let folder = std::path::Path::new(&entry.text).parent()?.to_str()?;
            (entry.text.clone(), folder.to_owned())
        }
        _ => return None,
    };
    let mut places = writer.text.match_indices(&wrong);
    let (at, _) = places.next().filter(|_| places.next().is_none())?;
    let before = &writer.text[..at];
    let in_single_quotes = before.matches('\'').count() % 2 == 1;
    (!in_single_quotes).then(|| format!("{before}{right}{}", &writer.text[at + wrong.len()..]))
}
