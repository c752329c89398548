//! An entry of PATH that no program can use, because a shell did not read it
//! as it was meant.

use crate::checks::Check;
use crate::checks::remedy::{
    self,
    path_entry::{Spelling, spellings},
};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::shell::{Contexts, EntryKind, Form, PathEntries, PathEntry, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "path-entry-broken",
    layer: Layer::Shell,
    title: "PATH holds folders as programs need them",
    impact: "Programs do not find what PATH was meant to give them",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &["rc-crlf"],
    page: page!("shell/path-entry-broken"),
    rule: rule!(judge(Contexts, PathEntries, RcFiles)),
};

fn judge(shells: &Contexts, path: &PathEntries, rc: &RcFiles) -> Outcome {
    shells.outcome(path.entries.iter().filter_map(|entry| finding(entry, rc)).collect())
}

/// What is wrong, and what it means.
struct Fault {
    summary: String,
    detail: String,
    /// What the entry should be.
    right: Option<String>,
}

fn finding(entry: &PathEntry, rc: &RcFiles) -> Option<Finding> {
    let fault = fault(entry, rc)?;
    let spelled: Vec<Spelling> =
        spellings(rc, &entry.text).into_iter().filter(|line| can_leave(line, &entry.kind)).collect();
    let cut = matches!(entry.kind, EntryKind::CutAtBlank(_));
    // A name that others go on with a blank is a sign, a line that does is the
    // proof.
    if cut && !spelled.iter().any(|line| is_cut(line, &entry.kind)) {
        return None;
    }
    let evidence = entry.places.iter().map(|(context, places)| {
        let place = places.first().map_or(0, |place| place + 1);
        let seen =
            Evidence::new(format!("PATH of {}, entry {place}", context.title()), entry.text.escape_debug().to_string());
        match &fault.right {
            Some(right) => seen.expected(right),
            None => seen,
        }
    });
    let mut fixes: Vec<Fix> = spelled.iter().filter_map(|line| repair(line, entry, fault.right.as_deref())).collect();
    if fixes.is_empty() && entry.kind != EntryKind::CarriageReturn {
        fixes.push(by_hand(&spelled));
    }
    let explained: &[&str] = if entry.kind == EntryKind::CarriageReturn { &["rc-crlf"] } else { &[] };
    let key = entry.text.trim_end().to_owned();
    Some(
        Finding::new(key, Severity::Warning, fault.summary)
            .seen_in(entry.contexts())
            .about("PATH")
            .detail(fault.detail)
            .evidences(spelled.iter().map(|line| line.writer.evidence()))
            .evidences(evidence)
            .explained_by(explained)
            .fixes(fixes),
    )
}

fn fault(entry: &PathEntry, rc: &RcFiles) -> Option<Fault> {
    let text = &entry.text;
    let machine = rc.machine();
    let fault = |summary: String, detail: &str, right: Option<String>| {
        Some(Fault { summary, detail: detail.to_owned(), right })
    };
    match &entry.kind {
        EntryKind::Tilde => fault(
            format!("PATH holds {text} with a literal ~"),
            "bash looks for it in the home folder all the same; Go, make, editors and every other program look for a folder named ~ and find nothing.",
            Some(machine.untilde(text).display().to_string()),
        ),
        EntryKind::Quoted => fault(
            format!("PATH holds {text} with its quotation marks"),
            "The marks are a part of the name here: no program finds such a folder.",
            Some(text.replace(['"', '\''], "")),
        ),
        EntryKind::Variable => fault(
            format!("PATH holds {text}, a variable that was not expanded"),
            "It stands between single quotes, or in a file that no shell reads. Programs take it for a name and find nothing.",
            None,
        ),
        EntryKind::CarriageReturn => fault(
            format!("PATH holds {} with a carriage return at its end", text.trim_end()),
            "The line end of Windows became a part of the name: no program finds such a folder.",
            Some(text.trim_end().to_owned()),
        ),
        // The drive's letter before it is a part of the same fault.
        EntryKind::Windows if text.starts_with('\\') => fault(
            format!("PATH holds {text}, a path as Windows writes it"),
            "The colon behind the drive's letter ends an entry here, and backslashes separate nothing: programs find nothing there.",
            None,
        ),
        EntryKind::File => fault(
            format!("PATH holds {}, which is a file", machine.tilde(text.as_ref())),
            "PATH is a list of folders: a program that it names itself is not found.",
            std::path::Path::new(text).parent().map(|folder| folder.display().to_string()),
        ),
        EntryKind::CutAtBlank(whole) => fault(
            format!("PATH holds {text}, which was cut off at a blank"),
            "Without quotation marks the shell ends the value at the first blank, and takes the rest for something else.",
            Some(whole.display().to_string()),
        ),
        EntryKind::Windows
        | EntryKind::Empty
        | EntryKind::Relative
        | EntryKind::Folder
        | EntryKind::Absent
        | EntryKind::Unknown(_) => None,
    }
}

/// True when the shell leaves the entry as it is on that line.
fn can_leave(line: &Spelling, kind: &EntryKind) -> bool {
    let plain = line.writer.form == Form::Environment;
    match kind {
        EntryKind::Variable => plain || line.is_quoted_with('\''),
        EntryKind::Tilde => plain || line.is_quoted_with('\'') || line.is_quoted_with('"'),
        _ => true,
    }
}

/// True when the line goes on behind the blank as a name in that folder does.
fn is_cut(line: &Spelling, kind: &EntryKind) -> bool {
    let EntryKind::CutAtBlank(whole) = kind else { return false };
    let next = line.behind().strip_prefix(' ').and_then(|rest| rest.split([' ', '/', ':']).next());
    next.is_some_and(|next| !next.is_empty() && whole.to_string_lossy().contains(&format!(" {next}")))
}

/// The narrow edit of the line, where the meaning is plain.
fn repair(line: &Spelling, entry: &PathEntry, right: Option<&str>) -> Option<Fix> {
    let single = line.is_quoted_with('\'');
    let title = |what: &str| format!("{what} in {}", line.writer.place());
    let shell = matches!(line.writer.form, Form::Posix | Form::Fish);
    match entry.kind {
        EntryKind::Tilde if shell && !single && (entry.text == "~" || entry.text.starts_with("~/")) => {
            Some(line.replaced(title("Write $HOME for ~"), &entry.text.replacen('~', "$HOME", 1)))
        }
        EntryKind::Tilde if line.writer.form == Form::Environment => {
            Some(line.replaced(title("Write the home folder for ~"), right?))
        }
        EntryKind::File => Some(line.replaced(title("Name the folder"), line.word().rsplit_once('/')?.0)),
        EntryKind::Variable if shell && single && !line.is_quoted_with('"') && !line.is_quoted_with('`') => {
            Some(remedy::replace_line(
                title("Use double quotation marks"),
                &line.writer,
                line.writer.text.replace('\'', "\""),
            ))
        }
        _ => None,
    }
}

fn by_hand(spelled: &[Spelling]) -> Fix {
    match spelled.first() {
        Some(line) => Fix::manual(
            format!("Repair {} in an editor", line.writer.place()),
            "Put the whole value between double quotation marks, write $HOME for ~, and take out what does not belong there.",
            Some(format!("${{EDITOR:-vi}} +{} {}", line.writer.line, line.writer.name)),
        )
        .awaits(remedy::NEW_SHELL),
        None => Fix::manual(
            "Set PATH right where it comes from",
            "No start file spells this entry: it was set by hand, or by the program that started this shell.",
            Some("echo \"$PATH\" | tr ':' '\\n'".to_owned()),
        ),
    }
}
