use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::host::{Host, Program};
use crate::model::{Context, Missing};
use crate::probes::{Fact, Probing, lookup};

/// What this machine's time service says of itself.
#[derive(Debug)]
pub struct TimeSync {
    /// The service that runs, with what it says; None when none was seen.
    pub service: Option<(TimeService, Sync)>,
    /// True inside a container.
    pub container: bool,
    /// True on WSL.
    pub wsl: bool,
}

/// A program that keeps the clock right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeService {
    /// chronyd.
    Chrony,
    /// systemd-timesyncd.
    Timesyncd,
}

/// Whether the service has the time from somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sync {
    /// It has.
    Synchronised,
    /// It has not; in its own words, and what was asked.
    Not {
        /// The file or the command.
        source: String,
        /// What it said.
        said: String,
    },
    /// It runs for too short a time to tell.
    JustStarted,
    /// It did not say.
    Unknown(Missing),
}

/// Where systemd-timesyncd leaves a file when it has set the clock.
const TIMESYNCD: &str = "/run/systemd/timesync";
const SYNCHRONISED: &str = "/run/systemd/timesync/synchronized";
/// chronyd's folder while it runs.
const CHRONY: [&str; 3] = ["/run/chrony/chronyd.pid", "/run/chrony/chronyd.sock", "/run/chronyd.pid"];

/// Where distributions put chronyc.
const CHRONYC: &str = "/usr/bin/chronyc";

/// How long a service may take after its start.
const GRACE: Duration = Duration::from_secs(10 * 60);
/// How long chronyc may take; it asks on this machine only.
const DEADLINE: Duration = Duration::from_secs(2);

impl Fact for TimeSync {
    const ID: &'static str = "time-sync";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let machine = host.machine();
        let there = |path: &str| host.exists(Path::new(path));
        let service = if machine.container {
            None
        } else if CHRONY.into_iter().any(there) {
            Some((TimeService::Chrony, chrony(host)))
        } else if host.is_dir(Path::new(TIMESYNCD)) {
            Some((TimeService::Timesyncd, timesyncd(host)))
        } else {
            None
        };
        Ok(TimeSync { service, container: machine.container, wsl: machine.is_wsl() })
    }
}

fn timesyncd(host: &dyn Host) -> Sync {
    if host.exists(Path::new(SYNCHRONISED)) {
        return Sync::Synchronised;
    }
    // The folder is as old as the service.
    if is_fresh(host, TIMESYNCD) {
        return Sync::JustStarted;
    }
    Sync::Not { source: SYNCHRONISED.to_owned(), said: "it does not exist: no time server has answered yet".to_owned() }
}

fn chrony(host: &dyn Host) -> Sync {
    if CHRONY.into_iter().any(|path| is_fresh(host, path)) {
        return Sync::JustStarted;
    }
    let found = host.environment(Context::Session).ok().and_then(|own| lookup(host, "chronyc", &own));
    let Some(path) = found.or_else(|| Some(PathBuf::from(CHRONYC)).filter(|path| host.is_executable(path))) else {
        return Sync::Unknown(Missing::absent("chronyc is not installed"));
    };
    let argv = [path.display().to_string(), "-n".to_owned(), "-c".to_owned(), "tracking".to_owned()];
    let program = Program { deadline: Some(DEADLINE), ..Program::new(argv) };
    match host.run(&program) {
        Ok(output) if output.success() => tracking(&output.stdout),
        Ok(output) => Sync::Unknown(Missing::failed(format!(
            "chronyc tracking: {}",
            output.stdout.lines().chain(output.stderr.lines()).next().unwrap_or("it failed")
        ))),
        Err(missing) => Sync::Unknown(missing),
    }
}

/// `chronyc -c tracking`: fields with commas between, the leap status last.
fn tracking(text: &str) -> Sync {
    match text.trim().rsplit(',').next() {
        Some("Normal" | "Insert second" | "Delete second") => Sync::Synchronised,
        Some("Not synchronised") => {
            Sync::Not { source: "chronyc tracking".to_owned(), said: "Leap status: Not synchronised".to_owned() }
        }
        _ => Sync::Unknown(Missing::failed("chronyc tracking said something else")),
    }
}

fn is_fresh(host: &dyn Host, path: &str) -> bool {
    let modified = host.stat(Path::new(path)).ok().and_then(|stat| stat.modified);
    modified.is_some_and(|modified| host.now().duration_since(modified).unsigned_abs() < GRACE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chrony_tells_at_the_end_of_its_line() {
        let line = "7F7F0101,,10,1790000000.1,0.1,0.0,0.0,0.0,0.0,0.0,0.0,0.0,64.2,Normal\n";
        assert_eq!(tracking(line), Sync::Synchronised);
        assert!(matches!(tracking("00000000,,0,0.0,0,0,0,0,0,0,1,1,0.0,Not synchronised\n"), Sync::Not { .. }));
        for rubbish in ["", "506 Cannot talk to daemon", ",,,"] {
            assert!(matches!(tracking(rubbish), Sync::Unknown(_)), "{rubbish}");
        }
    }

    /// The form for people is not what is asked for.
    #[test]
    fn the_form_for_people_is_not_taken_for_the_other() {
        let text = include_str!("../../../tests/wsl-samples/chronyc-tracking-fighting.txt");
        assert!(matches!(tracking(text), Sync::Unknown(_)));
    }
}
