use tokio::sync::mpsc::UnboundedSender;

use crate::tui::run::{Ended, Input};

/// Tells when the terminal has gone away. A process that ignores the hangup
/// signal, as below `nohup`, learns it only so.
#[cfg(unix)]
pub(in crate::tui) fn watch(inbox: UnboundedSender<Input>) {
    use rustix::event::{PollFd, PollFlags, poll};

    let wait = move || {
        let stdout = std::io::stdout();
        // No event is asked for; a hangup is always told.
        let mut watched = [PollFd::new(&stdout, PollFlags::empty())];
        loop {
            match poll(&mut watched, None) {
                Err(rustix::io::Errno::INTR) => {}
                Ok(0) => {}
                Ok(_) | Err(_) => break,
            }
        }
        // Nobody listens any more once the dashboard has ended.
        let _ = inbox.send(Input::End(Ended::TerminalClosed));
    };
    // Without the thread, the signal and failing writes still tell.
    drop(std::thread::Builder::new().name("hangup".into()).spawn(wait));
}

/// Elsewhere a closed terminal ends the process.
#[cfg(not(unix))]
pub(in crate::tui) fn watch(_inbox: UnboundedSender<Input>) {}
