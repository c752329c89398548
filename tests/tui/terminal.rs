//! The dashboard on a real terminal: it starts, answers, and leaves the
//! terminal as it was, whatever ends it.
//!
//! Where the real program cannot be brought into a state from outside, this
//! test binary runs itself in the terminal, with a backend that is in it.

use std::io::Write;
use std::sync::Arc;

use gomedic::checks::Check;
use gomedic::model::{Event, Matrix, Report, Trace};
use gomedic::tui::{Backend, Ended, Entry, FixOutcome, FixReport, FixRequest, Options, Scope, Theme, UndoOutcome, run};
use portable_pty::CommandBuilder;
use rustix::process::{Pid, Signal, kill_process};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::fixture;
use crate::support::screen::pty::{Pty, close_at};

const MACHINE: &str = "tests/scenarios/machines/debian-bash.md";

fn gomedic() -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_gomedic"));
    command.args(["--machine", MACHINE]);
    command
}

/// A test of this binary that only runs in a terminal.
fn this_binary(test: &str) -> CommandBuilder {
    let mut command = CommandBuilder::new(std::env::current_exe().expect("this binary"));
    command.args(["--ignored", "--exact", "--nocapture", "--test-threads=1", test]);
    command
}

#[test]
fn it_starts_and_quits() {
    let mut pty = Pty::start(gomedic(), (80, 24));
    pty.wait_for("Findings");
    assert!(pty.screen(|screen| screen.alternate_screen() && screen.hide_cursor()));
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_sane();
}

#[test]
fn it_follows_the_size_of_the_window() {
    let mut pty = Pty::start(gomedic(), (80, 24));
    pty.wait_for("Findings");
    assert!(!pty.text().contains("Layers"), "{}", pty.text());
    pty.resize((130, 40));
    pty.wait_for("Layers");
    pty.resize((50, 10));
    pty.wait_for("gomedic needs 60 × 16");
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_sane();
}

#[test]
fn a_signal_ends_it_and_the_terminal_is_sane() {
    let mut pty = Pty::start(gomedic(), (80, 24));
    pty.wait_for("Findings");
    let process = pty.process().and_then(|id| Pid::from_raw(id.cast_signed())).expect("a process");
    kill_process(process, Signal::TERM).expect("it runs");
    assert_eq!(pty.exit_code(), 128 + 15);
    pty.assert_sane();
}

#[test]
fn a_terminal_that_closes_ends_it() {
    close_at("Findings", gomedic());
}

#[test]
fn without_a_shell_it_cannot_be_stopped_and_says_so() {
    let mut pty = Pty::start(gomedic(), (80, 24));
    pty.wait_for("Findings");
    pty.type_in("\x1a");
    pty.wait_for("There is no shell here to go back to.");
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn keys_answer_while_a_probe_hangs() {
    let mut pty = Pty::start(this_binary("terminal::in_a_terminal_a_probe_hangs"), (120, 36));
    pty.wait_for("shell start");
    pty.type_in("?");
    pty.wait_for("Keys");
    pty.type_in("\x1b");
    pty.wait_for("Looking at this machine");
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0, "{}", pty.text());
    pty.assert_sane();
}

#[test]
fn a_panic_is_told_on_a_sane_terminal() {
    let mut pty = Pty::start(this_binary("terminal::in_a_terminal_the_dashboard_panics"), (80, 24));
    assert_ne!(pty.exit_code(), 0);
    pty.assert_sane();
    assert!(pty.text().contains("the backend is broken"), "{}", pty.text());
}

#[test]
fn a_panic_of_another_thread_leaves_the_screen_whole() {
    let mut pty = Pty::start(this_binary("terminal::in_a_terminal_a_thread_panics"), (80, 24));
    pty.wait_for("Findings");
    pty.type_in("h");
    pty.wait_for("The journal cannot be read");
    assert!(!pty.text().contains("panicked"), "{}", pty.text());
    // The first one closes the box.
    pty.type_in("qq");
    assert_eq!(pty.exit_code(), 0, "{}", pty.text());
    pty.assert_sane();
}

#[test]
fn a_fix_as_root_has_the_terminal_to_itself() {
    let mut pty = Pty::start(this_binary("terminal::in_a_terminal_a_fix_asks"), (80, 24));
    pty.wait_for("git is missing");
    pty.type_in("f");
    pty.wait_for("Apply this as root?");
    pty.type_in("y");
    pty.wait_for("the password, please:");
    assert!(!pty.screen(vt100::Screen::alternate_screen));
    pty.type_in("open sesame\n");
    pty.wait_for("not applied: the answer was open sesame");
    assert!(pty.screen(vt100::Screen::alternate_screen));
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0, "{}", pty.text());
    pty.assert_sane();
}

#[test]
#[ignore = "runs in a terminal that another test opens"]
fn in_a_terminal_a_fix_asks() {
    show(Broken::Asks);
}

#[test]
#[ignore = "runs in a terminal that another test opens"]
fn in_a_terminal_a_probe_hangs() {
    show(Broken::Hangs(std::sync::Mutex::default()));
}

#[test]
#[ignore = "runs in a terminal that another test opens"]
fn in_a_terminal_the_dashboard_panics() {
    show(Broken::Start);
}

#[test]
#[ignore = "runs in a terminal that another test opens"]
fn in_a_terminal_a_thread_panics() {
    show(Broken::Journal);
}

fn show(backend: Broken) {
    let theme = Theme::named("mono").expect("a theme");
    let summary = run(Arc::new(backend), Options { theme }).expect("a terminal");
    assert_eq!(summary.ended, Ended::Quit);
}

/// A backend with a fault.
enum Broken {
    /// A probe hangs for ever; the channel stays open.
    Hangs(std::sync::Mutex<Vec<UnboundedSender<Event>>>),
    /// It panics when a run is started.
    Start,
    /// It panics when the journal is read.
    Journal,
    /// A fix asks on the terminal, as sudo does.
    Asks,
}

impl Backend for Broken {
    fn checks(&self) -> Vec<&'static Check> {
        fixture::checks()
    }

    fn start(&self, _scope: Scope) -> UnboundedReceiver<Event> {
        let (sender, receiver) = unbounded_channel();
        sender.send(fixture::started()).expect("the receiver is here");
        match self {
            Broken::Hangs(senders) => {
                sender.send(Event::ProbeStarted { probe: "shell-start" }).expect("the receiver is here");
                senders.lock().expect("nobody panicked with it").push(sender);
            }
            Broken::Start => panic!("the backend is broken"),
            Broken::Asks => {
                sender.send(fixture::settled("git-missing", fixture::git_missing())).expect("the receiver is here");
                sender.send(fixture::finished()).expect("the receiver is here");
            }
            Broken::Journal => sender.send(fixture::finished()).expect("the receiver is here"),
        }
        receiver
    }

    fn apply(&self, _request: &FixRequest) -> FixReport {
        let mut terminal = std::io::stdout();
        terminal.write_all(b"the password, please: ").expect("a terminal");
        terminal.flush().expect("a terminal");
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer).expect("a terminal");
        FixReport { outcome: FixOutcome::Failed(format!("the answer was {}", answer.trim())), entry: None }
    }

    fn undo(&self, _entry: &str) -> UndoOutcome {
        UndoOutcome::Undone
    }

    fn cross(&self) -> Result<Matrix, String> {
        Err("there is no Go module here".to_owned())
    }

    fn history(&self) -> Result<Vec<Entry>, String> {
        match self {
            Broken::Journal => panic!("the journal is broken"),
            _ => Ok(Vec::new()),
        }
    }

    fn finish(&self, _entry: &str) -> FixOutcome {
        FixOutcome::Resolved
    }

    fn trace(&self, _subject: &str) -> Trace {
        fixture::trace()
    }

    fn export(&self, _report: &Report) -> Result<String, String> {
        Err("not here".into())
    }
}
