//! The loop around update and view.

mod doing;
mod pace;

use std::io;
use std::ops::ControlFlow;
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
    let summary = runtime.block_on(async { Dashboard::open(backend, options)?.live().await });
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
    events: Events,
    pace: Pace,
    opened: Instant,
}

impl Dashboard {
    /// Takes the terminal and draws the first frame, before anything is asked
    /// of the machine.
    fn open(backend: Arc<dyn Backend>, options: Options) -> io::Result<Self> {
        let (sender, inbox) = unbounded_channel();
        // Before the terminal is taken: no signal may leave it as it is then.
        terminal::watch_signals(&sender);
        let mut screen = Screen::open()?;
        let model = Model::new(options.theme, screen.size()?, backend.checks());
        screen.draw(&model)?;
        let (pace, opened) = (Pace::begun(), Instant::now());
        let events = Events::read(sender.clone())?;
        terminal::watch_hangup(sender.clone());
        let doer = Doer::new(backend, sender.clone());
        Ok(Dashboard { model, screen, inbox, sender, doer, events, pace, opened })
    }

    async fn live(mut self) -> io::Result<ExitSummary> {
        let mut effects = start(&mut self.model);
        let ended = loop {
            if let ControlFlow::Break(ended) = self.obey(effects).await? {
                break ended;
            }
            effects = Vec::new();
            if self.pace.is_due() {
                self.tick();
                if self.screen.draw(&self.model).is_err() {
                    break Ended::TerminalClosed;
                }
                self.pace.drawn();
            }
            let Some(input) = self.pace.next(&mut self.inbox, self.model.is_moving()).await else { continue };
            self.tick();
            match self.take_in(input)? {
                ControlFlow::Continue(wanted) => effects = wanted,
                ControlFlow::Break(ended) => break ended,
            }
        };
        Ok(ExitSummary { ended, report: self.model.report() })
    }

    /// Takes in an input, and all others that are there already; a key is
    /// answered before what came after it is looked at.
    fn take_in(&mut self, first: Input) -> io::Result<ControlFlow<Ended, Vec<Effect>>> {
        let mut next = Some(first);
        while let Some(input) = next {
            self.pace.must_draw();
            let effects = match input {
                Input::Message(message) => update(&mut self.model, *message),
                Input::Interrupt => vec![Effect::Quit],
                Input::Stop => vec![Effect::Suspend],
                Input::Continue => {
                    self.screen.reenter()?;
                    Vec::new()
                }
                Input::End(ended) => return Ok(ControlFlow::Break(ended)),
            };
            if !effects.is_empty() {
                return Ok(ControlFlow::Continue(effects));
            }
            next = self.inbox.try_recv().ok();
        }
        Ok(ControlFlow::Continue(Vec::new()))
    }

    async fn obey(&mut self, effects: Vec<Effect>) -> io::Result<ControlFlow<Ended>> {
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(ControlFlow::Break(Ended::Quit)),
                Effect::Redraw => self.screen.forget()?,
                Effect::Suspend => self.stop()?,
                Effect::Copy(text) => {
                    let error = self.screen.copy(&text).err().map(|error| error.to_string());
                    self.tell(Message::Copied { text, error });
                }
                effect if doing::wants_terminal(&effect) => self.lend(effect).await?,
                effect => self.doer.start(effect),
            }
        }
        Ok(ControlFlow::Continue(()))
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
        self.events.stop().await?;
        terminal::leave();
        if let Some(message) = self.doer.carry_out(effect) {
            self.tell(message);
        }
        self.screen.reenter()?;
        self.forget_interrupts().await;
        self.events = Events::read(self.sender.clone())?;
        self.pace.must_draw();
        Ok(())
    }

    /// An interrupt while another program had the terminal meant that one.
    /// Lets it arrive, and forgets it.
    async fn forget_interrupts(&mut self) {
        tokio::time::sleep(pace::FRAME).await;
        let mut arrived = Vec::new();
        while let Ok(input) = self.inbox.try_recv() {
            arrived.push(input);
        }
        for input in arrived.into_iter().filter(|input| !matches!(input, Input::Interrupt)) {
            // The inbox lives as long as the loop.
            let _ = self.sender.send(input);
        }
    }
}
