//! WSL's relay to Windows is dead.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::windows::{FailureClass, HostAnswer};
use crate::probes::wsl::Sockets;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-interop-dead",
    layer: Layer::Wsl,
    title: "The relay to Windows answers",
    impact: "Programs of Windows hang when started from WSL",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("wsl/wsl-interop-dead"),
    rule: rule!(judge(HostAnswer, Sockets)),
};

fn judge(answer: &HostAnswer, sockets: &Sockets) -> Outcome {
    let failure = match &answer.facts {
        Err(failure) if matches!(failure.class, FailureClass::RelayTimeout | FailureClass::Hang) => failure,
        _ => return Outcome::Passed,
    };
    let evidence = match &sockets.session {
        Some(socket) => Evidence::new("WSL_INTEROP", socket),
        None => Evidence::new("WSL_INTEROP", "not set"),
    };
    Finding::new("relay", Severity::Warning, "WSL's relay to Windows does not answer")
        .detail(
            "Every program of Windows that is started here hangs for ten seconds or fails: accept4 failed 110. It \
             happens to shells that live long (tmux, screen, an editor's server), and when Windows stands still.",
        )
        .evidence(Evidence::new("powershell.exe", &failure.said))
        .evidence(evidence)
        .fix(Fix::manual(
            "Open a new terminal",
            "A new session gets a new relay. In tmux or screen end the server, not only the window.",
            None,
        ))
        .fix(remedy::wsl::restart_wsl("If new terminals hang too, the relay of the whole virtual machine is dead."))
        .into()
}
