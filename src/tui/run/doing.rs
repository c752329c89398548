use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinHandle;

use super::Input;
use crate::model::{Privilege, Trace};
use crate::tui::backend::{Backend, FixOutcome, FixReport, Scope, UndoOutcome};
use crate::tui::effect::Effect;
use crate::tui::message::Message;

/// Carries out effects and answers with messages.
pub(super) struct Doer {
    backend: Arc<dyn Backend>,
    inbox: UnboundedSender<Input>,
    /// Forwards the events of the newest run.
    run: Option<JoinHandle<()>>,
}

/// True for effects during which another program may ask the user something.
pub(super) fn wants_terminal(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Apply { privilege: Privilege::Root, .. }
            | Effect::Undo { privilege: Privilege::Root, .. }
            | Effect::Finish { privilege: Privilege::Root, .. }
    )
}

/// What is said of work that panicked or could not be started.
const BROKE: &str = "gomedic failed inside; please report it";

impl Doer {
    /// Carries out effects with the help of `backend`.
    pub(super) fn new(backend: Arc<dyn Backend>, inbox: UnboundedSender<Input>) -> Self {
        Doer { backend, inbox, run: None }
    }

    /// Starts an effect; its answer comes by the inbox.
    pub(super) fn start(&mut self, effect: Effect) {
        if let Effect::Start { run, scope } = effect {
            return self.start_run(run, scope);
        }
        let (backend, inbox) = (Arc::clone(&self.backend), self.inbox.clone());
        let otherwise = broken(&effect);
        let work = move || {
            if let Some(message) = answer(&*backend, effect) {
                // Nobody waits for it once the dashboard has ended.
                let _ = inbox.send(Input::message(message));
            }
        };
        if thread::Builder::new().name("work".into()).spawn(work).is_err()
            && let Some(message) = otherwise
        {
            let _ = self.inbox.send(Input::message(message));
        }
    }

    /// Carries out an effect here and now.
    pub(super) fn carry_out(&self, effect: Effect) -> Option<Message> {
        answer(&*self.backend, effect)
    }

    fn start_run(&mut self, run: u64, scope: Scope) {
        if let Some(before) = self.run.take() {
            before.abort();
        }
        let mut events = self.backend.start(scope);
        let inbox = self.inbox.clone();
        self.run = Some(tokio::spawn(async move {
            while let Some(event) = events.recv().await {
                if inbox.send(Input::message(Message::Run { run, event })).is_err() {
                    return;
                }
            }
            let _ = inbox.send(Input::message(Message::RunClosed { run }));
        }));
    }
}

/// The answer to an effect. A panic inside is an answer, too.
fn answer(backend: &dyn Backend, effect: Effect) -> Option<Message> {
    let otherwise = broken(&effect);
    catch_unwind(AssertUnwindSafe(|| ask(backend, effect))).unwrap_or(otherwise)
}

fn ask(backend: &dyn Backend, effect: Effect) -> Option<Message> {
    Some(match effect {
        Effect::Apply { request, .. } => {
            let report = backend.apply(&request);
            Message::Applied { request, report }
        }
        Effect::Undo { entry, .. } => {
            let outcome = backend.undo(&entry);
            Message::Undone { entry, outcome }
        }
        Effect::Finish { entry, .. } => {
            let outcome = backend.finish(&entry);
            Message::Finished { entry, outcome }
        }
        Effect::History(purpose) => Message::History { purpose, entries: backend.history() },
        Effect::Trace(subject) => {
            let trace = backend.trace(&subject);
            Message::Traced { subject, trace }
        }
        Effect::Cross => Message::Crossed(backend.cross().map(Box::new)),
        Effect::Export(report) => Message::Exported(backend.export(&report)),
        Effect::Start { .. } | Effect::Copy(_) | Effect::Redraw | Effect::Suspend | Effect::Quit => return None,
    })
}

/// The answer when asking broke.
fn broken(effect: &Effect) -> Option<Message> {
    let why = || BROKE.to_owned();
    Some(match effect {
        Effect::Apply { request, .. } => Message::Applied {
            request: request.clone(),
            report: FixReport { outcome: FixOutcome::Failed(why()), entry: None },
        },
        Effect::Undo { entry, .. } => Message::Undone { entry: entry.clone(), outcome: UndoOutcome::Failed(why()) },
        Effect::Finish { entry, .. } => Message::Finished { entry: entry.clone(), outcome: FixOutcome::Failed(why()) },
        Effect::History(purpose) => Message::History { purpose: *purpose, entries: Err(why()) },
        Effect::Trace(subject) => {
            Message::Traced { subject: subject.clone(), trace: Trace { notes: vec![why()], ..Trace::empty(subject) } }
        }
        Effect::Cross => Message::Crossed(Err(why())),
        Effect::Export(_) => Message::Exported(Err(why())),
        Effect::Start { .. } | Effect::Copy(_) | Effect::Redraw | Effect::Suspend | Effect::Quit => return None,
    })
}
