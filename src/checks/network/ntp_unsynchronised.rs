//! The time service has no time from anywhere.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Outcome, Severity};
use crate::probes::network::{Clock, Clocks, Sync, TimeService, TimeSync};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "ntp-unsynchronised",
    layer: Layer::Network,
    title: "The time service has the time from somewhere",
    impact: "The clock drifts until certificates are refused",
    severity: Severity::Warning,
    class: Some(Class::Root),
    causes: &["dns-broken"],
    page: page!("network/ntp-unsynchronised"),
    rule: rule!(judge(TimeSync, Clocks)),
};

fn judge(sync: &TimeSync, clocks: &Clocks) -> Outcome {
    let Some((service, said)) = &sync.service else {
        return Outcome::skipped(if sync.container {
            "a container has the clock of the host around it"
        } else {
            "no chrony or systemd-timesyncd runs here"
        });
    };
    let (source, said) = match said {
        Sync::Synchronised => return Outcome::Passed,
        Sync::JustStarted => return Outcome::skipped("the time service started a few minutes ago"),
        Sync::Unknown(missing) => return missing.clone().into(),
        Sync::Not { source, said } => (source, said),
    };
    // On a train no service has the time from anywhere.
    let reached: Vec<&str> = clocks
        .readings
        .iter()
        .filter_map(|reading| match &reading.clock {
            Clock::Http { host } => Some(host.as_str()),
            Clock::Ntp { server, .. } => Some(server.as_str()),
            Clock::Release { .. } | Clock::Mainboard => None,
        })
        .collect();
    let Some(witness) = reached.first() else {
        return Outcome::skipped("nothing on the network was reached, so the service cannot be blamed");
    };
    // clock-skew speaks of a clock that is wrong already. One that is right is
    // kept so by something else, as on virtual machines.
    Finding::new(
        service.unit(),
        Severity::Warning,
        format!("{} runs and has not got the time from any server", service.title()),
    )
    .detail(
        "The clock is left to itself and drifts, on a laptop that sleeps by minutes. Go then refuses certificates, \
             with: x509: certificate has expired or is not yet valid. Networks often let web pages through and stop \
             time servers (UDP port 123).",
    )
    .evidence(Evidence::new(source, said).expected("synchronised"))
    .evidence(Evidence::new(format!("answer from {witness}"), "the network can be reached"))
    .fixes(fixes(*service, sync.wsl))
    .into()
}

impl TimeService {
    fn title(self) -> &'static str {
        match self {
            TimeService::Chrony => "chrony",
            TimeService::Timesyncd => "systemd-timesyncd",
        }
    }

    fn unit(self) -> &'static str {
        self.title()
    }
}

fn fixes(service: TimeService, wsl: bool) -> Vec<Fix> {
    let gone = || Inverse::CannotBeUndone("time that was wrong does not come back".to_owned());
    let ask_again = match service {
        TimeService::Chrony => remedy::as_root("Let chrony ask its servers again", &["chronyc", "online"], gone()),
        TimeService::Timesyncd => {
            let argv = ["systemctl", "restart", "systemd-timesyncd"];
            remedy::as_root("Start systemd-timesyncd anew", &argv, gone())
        }
    };
    // A few seconds, when one can be reached.
    let mut fixes = vec![ask_again.awaits("an answer from a time server")];
    if wsl {
        let text = "WSL keeps the clock by that of Windows; the service is then of no use and can be switched off.";
        fixes.push(Fix::manual("Leave the clock to Windows", text, None));
    }
    let (text, command) = match service {
        TimeService::Chrony => {
            ("Name a time server that your network has, in /etc/chrony/chrony.conf.", "chronyc sources")
        }
        TimeService::Timesyncd => (
            "Name a time server that your network has: NTP=… in /etc/systemd/timesyncd.conf.",
            "timedatectl timesync-status",
        ),
    };
    fixes.push(Fix::manual("Name a time server that can be reached", text, Some(command.to_owned())));
    fixes
}
