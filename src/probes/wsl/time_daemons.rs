use std::path::{Path, PathBuf};

use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// The time services that run inside this distribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeDaemons {
    /// Those that were seen.
    pub running: Vec<TimeDaemon>,
}

/// A time service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeDaemon {
    /// Its name for people.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What shows that it runs.
    pub mark: String,
    /// True when systemd started it.
    pub by_systemd: bool,
}

/// systemd keeps a link here for each unit that runs.
const UNITS: &str = "/run/systemd/units";

/// Services with their units, and what they leave behind while they run.
const KNOWN: [(&str, &[&str], &[&str]); 4] = [
    ("systemd-timesyncd", &["systemd-timesyncd.service"], &[]),
    ("chronyd", &["chrony.service", "chronyd.service"], &["/run/chrony/chronyd.pid", "/run/chronyd.pid"]),
    ("ntpd", &["ntp.service", "ntpd.service"], &["/run/ntpd.pid"]),
    ("ntpsec", &["ntpsec.service"], &[]),
];

/// Ubuntu starts chronyd without the right to set the clock in a container,
/// unless this says yes.
const CHRONY_DEFAULTS: &str = "/etc/default/chrony";

impl Fact for TimeDaemons {
    const ID: &'static str = "wsl-time-daemons";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let is_there = |path: &Path| host.link_stat(path).is_ok();
        let mut running = Vec::new();
        for (name, units, marks) in KNOWN {
            let invocation = |unit: &str| PathBuf::from(format!("{UNITS}/invocation:{unit}"));
            if let Some(unit) = units.iter().find(|unit| is_there(&invocation(unit))) {
                running.push(TimeDaemon { name, unit, mark: (*unit).to_owned(), by_systemd: true });
            } else if let Some(mark) = marks.iter().find(|mark| is_there(Path::new(mark))) {
                running.push(TimeDaemon { name, unit: units[0], mark: (*mark).to_owned(), by_systemd: false });
            }
        }
        let defaults = host.read_text(Path::new(CHRONY_DEFAULTS)).unwrap_or_default();
        if is_harmless(&defaults) {
            running.retain(|daemon| daemon.name != "chronyd");
        }
        Ok(TimeDaemons { running })
    }
}

/// True when chronyd is started so that it leaves the clock alone.
fn is_harmless(defaults: &str) -> bool {
    let value = |line: &str| Some(line.trim().strip_prefix("SYNC_IN_CONTAINER=")?.trim_matches(['"', '\'']).to_owned());
    let sync = defaults.lines().find_map(value);
    // The variable came with the start script that knows containers.
    sync.is_some_and(|value| value != "yes")
        || defaults.lines().any(|line| line.contains("-x") && line.trim().starts_with("DAEMON_OPTS="))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ubuntus_chronyd_leaves_the_clock_alone() {
        assert!(is_harmless("DAEMON_OPTS=\"-F 1\"\nSYNC_IN_CONTAINER=\"no\"\n"));
        assert!(is_harmless("DAEMON_OPTS=\"-x\"\n"));
        assert!(!is_harmless("DAEMON_OPTS=\"-F 1\"\nSYNC_IN_CONTAINER=\"yes\"\n"));
        assert!(!is_harmless(""));
    }
}
