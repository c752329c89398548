use tokio::sync::mpsc::UnboundedSender;

use crate::tui::run::Input;

/// Turns the signals that end, stop and continue a program into inputs.
#[cfg(unix)]
pub(in crate::tui) fn watch(inbox: &UnboundedSender<Input>) {
    use rustix::process::Signal;
    use tokio::signal::unix::{SignalKind, signal};

    use crate::tui::run::Ended;

    let signals = [
        (Signal::TERM, Input::End(Ended::Signal(Signal::TERM.as_raw()))),
        (Signal::INT, Input::Interrupt),
        (Signal::HUP, Input::End(Ended::TerminalClosed)),
        (Signal::TSTP, Input::Stop),
        (Signal::CONT, Input::Continue),
    ];
    for (number, input) in signals {
        // A signal that cannot be watched does what it does by default.
        let Ok(mut arrivals) = signal(SignalKind::from_raw(number.as_raw())) else { continue };
        let inbox = inbox.clone();
        tokio::spawn(async move {
            while arrivals.recv().await.is_some() {
                if inbox.send(input.clone()).is_err() {
                    return;
                }
            }
        });
    }
}

/// Elsewhere there is only the interrupt.
#[cfg(not(unix))]
pub(in crate::tui) fn watch(inbox: &UnboundedSender<Input>) {
    let inbox = inbox.clone();
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            if inbox.send(Input::Interrupt).is_err() {
                return;
            }
        }
    });
}
