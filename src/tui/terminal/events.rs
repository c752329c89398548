use std::io;
use std::thread;
use std::time::Duration;

use crossterm::event::{Event, EventStream, MouseEventKind};
use futures_util::StreamExt;
use ratatui::layout::Size;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::tui::message::Message;
use crate::tui::run::{Ended, Input};

/// Keys, clicks and sizes on their way from the terminal.
///
/// They are read on a thread of their own: at the end of a terminal that has
/// gone away crossterm reads nothing for ever, and must not do so on the
/// thread that has to end the program.
pub(in crate::tui) struct Events {
    /// Tells the reader to stop; so does dropping it.
    stop: Option<oneshot::Sender<()>>,
    stopped: oneshot::Receiver<()>,
}

/// How long the reader may take to stop.
const PATIENCE: Duration = Duration::from_secs(1);

impl Events {
    /// Begins to read.
    ///
    /// # Errors
    /// When there is no thread to be had.
    pub(in crate::tui) fn read(inbox: UnboundedSender<Input>) -> io::Result<Self> {
        let (stop, told_to_stop) = oneshot::channel();
        let (has_stopped, stopped) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        thread::Builder::new().name("keys".into()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    _ = told_to_stop => {}
                    () = forward(inbox) => {}
                }
            });
            // Most often nobody waits for it.
            let _ = has_stopped.send(());
        })?;
        Ok(Events { stop: Some(stop), stopped })
    }

    /// Reads no more, so that another program can.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(in crate::tui) async fn stop(&mut self) -> io::Result<()> {
        drop(self.stop.take());
        match timeout(PATIENCE, &mut self.stopped).await {
            Ok(_) => Ok(()),
            Err(_) => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }
}

async fn forward(inbox: UnboundedSender<Input>) {
    let mut events = EventStream::new();
    loop {
        let input = match events.next().await {
            Some(Ok(event)) => message(event).map(Input::message),
            Some(Err(_)) | None => Some(Input::End(Ended::TerminalClosed)),
        };
        let over = matches!(input, Some(Input::End(_)));
        if input.is_some_and(|input| inbox.send(input).is_err()) || over {
            return;
        }
    }
}

/// What an event means; pointers that only move mean nothing.
fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(key) => Some(Message::Key(key)),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Moved | MouseEventKind::Drag(_) | MouseEventKind::Up(_) => None,
            _ => Some(Message::Mouse(mouse)),
        },
        Event::Resize(width, height) => Some(Message::Resize(Size { width, height })),
        Event::FocusGained | Event::FocusLost | Event::Paste(_) => None,
    }
}
