use super::process::giver;
use super::{Sight, mark_winner, windows};
use crate::model::{Context, TraceRow, TraceWriter};
use crate::probes::Probing;
use crate::probes::shell::{Form, RcFiles, Seen, ShellKind, Writer};

/// What one context makes of a variable.
pub(super) fn row(probing: &Probing, rc: &RcFiles, sight: &Sight, name: &str) -> TraceRow {
    let context = sight.context;
    let value = sight.environment.as_ref().map_err(Clone::clone).map(|env| env.get(name).map(str::to_owned));
    let held = value.as_ref().ok().and_then(Option::as_deref);
    let (writers, certain) = match context {
        Context::Login | Context::Interactive => fresh(rc, sight, name, held),
        Context::NonInteractive => (script(rc, name, held), held.is_none()),
        Context::Session | Context::Editor | Context::Windows => {
            (held.map(|held| running(probing, rc, context, name, held)).unwrap_or_default(), held.is_none())
        }
    };
    let certain = certain && value.is_ok();
    TraceRow { context, value, certain, writers, differs: false }
}

/// What a fresh shell did, from its trace, or else from the files' text.
fn fresh(rc: &RcFiles, sight: &Sight, name: &str, held: Option<&str>) -> (Vec<TraceWriter>, bool) {
    let context = sight.context;
    let Some(mut writers) = seen_writers(rc, sight, context, name) else {
        let mut writers = read_writers(rc, context, name, held);
        let own = sight.environment.as_ref().ok().zip(held).filter(|_| writers.is_empty());
        writers.extend(own.and_then(|(own, held)| windows::hand_over(own, name, held)));
        return (writers, false);
    };
    mark_winner(&mut writers, held);
    let told = rc.start_trace().ok().and_then(|trace| trace.last(context, name)).filter(|value| !value.is_empty());
    let is_placed = writers.iter().all(|writer| writer.source.contains(':'));
    // The trace and the plain start must agree.
    (writers, told == held && is_placed)
}

/// Everything that changed it, what was given first; None without a trace.
fn seen_writers(rc: &RcFiles, sight: &Sight, context: Context, name: &str) -> Option<Vec<TraceWriter>> {
    let own = rc.seen_all(name, context)?;
    let given = rc.start_trace().ok()?.given.get(&context).and_then(|given| given.get(name));
    let mut writers = match context {
        // The terminal is the child of a login shell.
        Context::Interactive => seen_writers(rc, sight, Context::Login, name)?,
        _ => given
            .filter(|given| !given.is_empty())
            .map(|given| before_shells(rc, sight, name, given))
            .into_iter()
            .collect(),
    };
    writers.extend(own.into_iter().map(of_seen));
    Some(writers)
}

fn of_seen(seen: Seen) -> TraceWriter {
    TraceWriter { source: seen.evidence.source, text: seen.evidence.observed, value: seen.value, wins: false }
}

/// What set it before any shell ran: PAM's and systemd's files, or something
/// that no file tells.
fn before_shells(rc: &RcFiles, sight: &Sight, name: &str, value: &str) -> TraceWriter {
    let handed = sight.environment.as_ref().ok().and_then(|own| windows::hand_over(own, name, value));
    if let Some(given) = handed {
        return TraceWriter { wins: false, ..given };
    }
    let same = |writer: &Writer| writer.form == Form::Environment && writer.value.as_deref() == Some(value);
    match rc.writers(name).into_iter().rev().find(same) {
        Some(writer) => of_line(&writer, value),
        None => TraceWriter {
            source: "before the first file".into(),
            text: "given by the login: PAM, systemd, a container".into(),
            value: Some(value.to_owned()),
            wins: false,
        },
    }
}

/// What the text of the files says that shells of this context come to.
fn read_writers(rc: &RcFiles, context: Context, name: &str, held: Option<&str>) -> Vec<TraceWriter> {
    let lines = rc.writers(name).into_iter().filter(|writer| writer.contexts.contains(&context));
    let winner = held.and_then(|held| rc.writer_of(name, held)).map(|writer| writer.place());
    lines
        .map(|line| TraceWriter {
            wins: winner.as_ref() == Some(&line.place()),
            value: line.value.clone(),
            ..of_line(&line, "")
        })
        .collect()
}

fn of_line(writer: &Writer, value: &str) -> TraceWriter {
    let evidence = writer.evidence();
    TraceWriter { source: evidence.source, text: evidence.observed, value: Some(value.to_owned()), wins: false }
}

/// What a shell that only runs a command reads: what zsh reads always, all of
/// fish's files, nothing of bash's and sh's.
fn script(rc: &RcFiles, name: &str, held: Option<&str>) -> Vec<TraceWriter> {
    let is_read = |writer: &Writer| match rc.shell() {
        _ if writer.form == Form::Environment => true,
        ShellKind::Fish => true,
        ShellKind::Zsh => writer.path.file_name().is_some_and(|file| file.to_string_lossy().ends_with("zshenv")),
        ShellKind::Bash | ShellKind::Posix => false,
    };
    // Whether such a shell comes to a line cannot be seen: only one that sets
    // just this value is worth naming.
    let sets = |line: &Writer| held.is_some() && line.value.as_deref() == held;
    let line = rc.writers(name).into_iter().filter(is_read).rfind(sets);
    line.map(|line| TraceWriter { wins: true, ..of_line(&line, held.unwrap_or_default()) }).into_iter().collect()
}

/// A program that runs: the line that gives new shells the same value, and the
/// program that brought it in.
fn running(probing: &Probing, rc: &RcFiles, context: Context, name: &str, held: &str) -> Vec<TraceWriter> {
    let own = probing.host().environment(context).ok();
    if let Some(given) = own.and_then(|own| windows::hand_over(&own, name, held)) {
        return vec![given];
    }
    if let Some(seen) = rc.seen(name, held, &[]) {
        return vec![TraceWriter { wins: true, ..of_seen(seen) }];
    }
    if let Some(line) = rc.writer_of(name, held).filter(|line| line.value.as_deref() == Some(held)) {
        return vec![TraceWriter { wins: true, ..of_line(&line, held) }];
    }
    let giver = (context == Context::Session).then(|| giver(probing.host(), name, held)).flatten();
    giver.into_iter().collect()
}
