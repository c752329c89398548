use crossterm::event::{Event, EventStream, MouseEventKind};
use futures_util::StreamExt;
use ratatui::layout::Size;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinHandle;

use crate::tui::message::Message;
use crate::tui::run::{Ended, Input};

/// Keys, clicks and sizes on their way from the terminal.
pub(in crate::tui) struct Events {
    task: JoinHandle<()>,
}

impl Events {
    /// Begins to read.
    pub(in crate::tui) fn read(inbox: UnboundedSender<Input>) -> Self {
        Events { task: tokio::spawn(forward(inbox)) }
    }

    /// Reads no more, so that another program can.
    pub(in crate::tui) async fn stop(self) {
        self.task.abort();
        // An aborted task is an error to its joiner, as it should be here.
        let _ = self.task.await;
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
