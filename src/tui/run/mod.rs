//! The loop around update and view.

mod doing;
mod pace;

use std::io;
use std::sync::Arc;
use std::time::Instant;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::backend::Backend;
use super::effect::Effect;
use super::message::Message;
use super::model::Model;
use super::terminal::{self, Events, PanicGuard, Screen};
use super::theme::Theme;
use super::update::{start, update};
use crate::model::Report;
use doing::Doer;
use pace::Pace;

/// How the dashboard goes.
#[derive(Debug, Clone)]
pub struct Options {
    /// How it looks.
    pub theme: Theme,
}

/// How the dashboard ended.
#[derive(Debug)]
pub struct ExitSummary {
    /// What ended it.
    pub ended: Ended,
    /// What was known in the end.
    pub report: Report,
}

/// What ended the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The user.
    Quit,
    /// This signal.
    Signal(i32),
    /// The terminal went away.
    TerminalClosed,
}

/// What the loop waits for.
#[derive(Debug, Clone)]
pub(super) enum Input {
    /// Something for the model.
    Message(Box<Message>),
    /// The interrupt signal: as the key, unless another program had the
    /// terminal.
    Interrupt,
    /// Stop, as Ctrl-Z does.
    #[cfg_attr(not(unix), allow(dead_code, reason = "only signals tell it"))]
    Stop,
    /// The process was continued after a stop.
    #[cfg_attr(not(unix), allow(dead_code, reason = "only signals tell it"))]
    Continue,
    /// End at once.
    End(Ended),
}

impl Input {
    /// Something for the model.
    pub(super) fn message(message: Message) -> Self {
        Input::Message(Box::new(message))
    }
}

/// Shows the dashboard until the user has enough of it.
///
/// The terminal is given back as it was, whatever ends it.
///
/// # Errors
/// When there is no terminal, or it fails.
pub fn run(backend: Arc<dyn Backend>, options: Options) -> io::Result<ExitSummary> {
    let _guard = PanicGuard::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let summary = runtime.block_on(async {
        let (sender, inbox) = unbounded_channel();
        // Before the terminal is taken: no signal may leave it as it is then.
        terminal::watch_signals(&sender);
        let screen = Screen::open()?;
        let model = Model::new(options.theme, screen.size()?, backend.checks());
        let doer = Doer::new(backend, sender.clone());
        Dashboard { model, screen, inbox, sender, doer, opened: Instant::now() }.live().await
    });
    // What still waits for a hung probe is not waited for.
    runtime.shutdown_background();
    summary
}

struct Dashboard {
    model: Model,
    screen: Screen,
    inbox: UnboundedReceiver<Input>,
    sender: UnboundedSender<Input>,
    doer: Doer,
    opened: Instant,
}

impl Dashboard {
    async fn live(mut self) -> io::Result<ExitSummary> {
        // The first frame comes before anything is asked of the machine.
        self.screen.draw(&self.model)?;
        let mut pace = Pace::begun();
        let mut events = Events::read(self.sender.clone());
        terminal::watch_hangup(self.sender.clone());
        let mut effects = start(&mut self.model);
        let ended = 'live: loop {
            for effect in std::mem::take(&mut effects) {
                match effect {
                    Effect::Quit => break 'live Ended::Quit,
                    Effect::Redraw => self.screen.forget()?,
                    Effect::Suspend => self.stop()?,
                    Effect::Copy(text) => {
                        let error = self.screen.copy(&text).err().map(|error| error.to_string());
                        self.tell(Message::Copied { text, error });
                    }
                    effect if doing::wants_terminal(&effect) => {
                        events.stop().await;
                        self.lend(effect).await?;
                        events = Events::read(self.sender.clone());
                        pace.must_draw();
                    }
                    effect => self.doer.start(effect),
                }
            }
            if pace.is_due() {
                self.tick();
                if self.screen.draw(&self.model).is_err() {
                    break Ended::TerminalClosed;
                }
                pace.drawn();
            }
            let Some(first) = pace.next(&mut self.inbox, self.model.is_moving()).await else { continue };
            self.tick();
            let mut waiting = Some(first);
            while let Some(input) = waiting {
                pace.must_draw();
                match input {
                    Input::Message(message) => effects.extend(update(&mut self.model, *message)),
                    Input::Interrupt => effects.push(Effect::Quit),
                    Input::Stop => effects.push(Effect::Suspend),
                    Input::Continue => self.screen.reenter()?,
                    Input::End(ended) => break 'live ended,
                }
                // A key is answered before what came after it is looked at.
                waiting = if effects.is_empty() { self.inbox.try_recv().ok() } else { None };
            }
        };
        Ok(ExitSummary { ended, report: self.model.report() })
    }

    /// Lets the model know the time.
    fn tick(&mut self) {
        // The time alone has no effects.
        drop(update(&mut self.model, Message::Tick(self.opened.elapsed())));
    }

    fn tell(&self, message: Message) {
        // The inbox lives as long as the loop.
        let _ = self.sender.send(Input::message(message));
    }

    /// Gives the terminal to the shell until the user comes back.
    fn stop(&mut self) -> io::Result<()> {
        terminal::leave();
        let stopped = terminal::stop();
        self.screen.reenter()?;
        if let Err(why) = stopped {
            self.tell(Message::NotSuspended(why));
        }
        Ok(())
    }

    /// Gives the terminal to another program, such as sudo, for the time of
    /// an effect.
    async fn lend(&mut self, effect: Effect) -> io::Result<()> {
        terminal::leave();
        if let Some(message) = self.doer.carry_out(effect) {
            self.tell(message);
        }
        self.screen.reenter()?;
        // An interrupt meant the other program. Let it arrive, and forget it.
        tokio::time::sleep(pace::FRAME).await;
        let mut arrived = Vec::new();
        while let Ok(input) = self.inbox.try_recv() {
            arrived.push(input);
        }
        for input in arrived.into_iter().filter(|input| !matches!(input, Input::Interrupt)) {
            let _ = self.sender.send(input);
        }
        Ok(())
    }
}
