use std::path::{Path, PathBuf};
use std::thread;

use jiff::Timestamp;

use super::time_servers::{TimeServer, configured};
use super::{Asked, ModuleProxy, rtc};
use crate::host::{Host, Machine, NetFailure};
use crate::model::{Missing, Reason};
use crate::probes::go::Toolchains;
use crate::probes::{Fact, Probing};

/// How many time servers are asked, at once.
const SERVERS: usize = 2;

/// Our clock against the clocks that can be had.
#[derive(Debug)]
pub struct Clocks {
    /// What each clock says, the most trusted first.
    pub readings: Vec<ClockReading>,
    /// Why clocks on the network said nothing.
    pub silent: Vec<Missing>,
    /// The tools that can set the clock here.
    pub tools: Vec<TimeTool>,
    /// True inside a container, whose clock is that of the host around it.
    pub container: bool,
    /// True on WSL, whose mainboard clock is kept by Windows.
    pub wsl: bool,
}

/// What another clock says of ours.
#[derive(Debug, Clone, PartialEq)]
pub struct ClockReading {
    /// The other clock.
    pub clock: Clock,
    /// How far ours is ahead of it, in seconds, as an interval: the truth
    /// lies inside.
    pub ahead: (f64, f64),
}

/// A clock that ours is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clock {
    /// A time server.
    Ntp {
        /// `host:port`.
        server: String,
        /// The file and line that name it.
        place: String,
    },
    /// The `Date` of an HTTP answer.
    Http {
        /// Who answered.
        host: String,
    },
    /// The release of the Go in use: no clock that is right is before it.
    Release {
        /// The VERSION file that has its time.
        file: String,
    },
    /// The mainboard's.
    Mainboard,
}

/// A way to set the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeTool {
    /// `chronyc`, with a chronyd that runs.
    Chrony,
    /// `timedatectl`, with systemd as the init system.
    Timedatectl,
    /// `hwclock`, which sets the clock from the mainboard's.
    Hwclock,
}

impl Fact for Clocks {
    const ID: &'static str = "clocks";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        if host.now() == Timestamp::UNIX_EPOCH {
            return Err(Missing::new(Reason::NotRecorded, "this machine's clock is not recorded"));
        }
        let machine = host.machine();
        let (mut readings, mut silent) = thread::scope(|scope| {
            let servers: Vec<_> = configured(host)
                .into_iter()
                .take(SERVERS)
                .map(|server| scope.spawn(move || ask(host, &server)))
                .collect();
            let mut readings = Vec::new();
            let mut silent = Vec::new();
            for answer in servers.into_iter().filter_map(|thread| thread.join().ok()).chain(http(probing)) {
                match answer {
                    Ok(reading) => readings.push(reading),
                    Err(missing) => silent.push(missing),
                }
            }
            (readings, silent)
        });
        readings.extend(release(probing));
        readings.extend(rtc::ahead(host).map(|ahead| ClockReading { clock: Clock::Mainboard, ahead }));
        silent.dedup();
        Ok(Clocks { readings, silent, tools: tools(host), container: machine.container, wsl: machine.is_wsl() })
    }
}

fn ask(host: &dyn Host, server: &TimeServer) -> Result<ClockReading, Missing> {
    let clock = Clock::Ntp { server: server.endpoint.to_string(), place: server.place.clone() };
    match host.ask_time(&server.endpoint) {
        Ok(answer) => Ok(ClockReading { clock, ahead: answer.ahead() }),
        Err(failure) => Err(reason(&failure, &server.endpoint.to_string())),
    }
}

fn reason(failure: &NetFailure, whose: &str) -> Missing {
    match failure.place() {
        Ok((stage, detail)) => Missing::failed(format!("{whose}: {}: {detail}", stage.title())),
        Err(missing) => missing.clone(),
    }
}

/// The `Date` that came with the module proxy's answer.
fn http(probing: &Probing) -> Option<Result<ClockReading, Missing>> {
    let proxy = match probing.get::<ModuleProxy>() {
        Ok(proxy) => proxy,
        Err(missing) => return Some(Err(missing)),
    };
    let Asked::Proxy(question) = &proxy.asked else { return None };
    let clock = Clock::Http { host: question.host.clone() };
    match &question.result {
        Ok(answer) => answer.clock.as_ref().map(|answer| Ok(ClockReading { clock, ahead: answer.ahead() })),
        Err(failure) => Some(Err(reason(failure, &question.host))),
    }
}

/// When the Go in use was released, from the second line of its VERSION file.
fn release(probing: &Probing) -> Option<ClockReading> {
    let host = probing.host();
    let toolchains = probing.get::<Toolchains>().ok()?;
    let root = toolchains.in_use()?.1.root.clone()?;
    let path = root.join("VERSION");
    let text = host.read_text(&path).ok()?;
    let time: Timestamp = text.lines().find_map(|line| line.strip_prefix("time "))?.trim().parse().ok()?;
    let upper = host.now().duration_since(time).as_secs_f64();
    let file = host.machine().tilde(&path);
    Some(ClockReading { clock: Clock::Release { file }, ahead: (f64::NEG_INFINITY, upper) })
}

/// Where programs for root lie.
const FOLDERS: [&str; 4] = ["/usr/bin", "/usr/sbin", "/bin", "/sbin"];

fn tools(host: &dyn Host) -> Vec<TimeTool> {
    let installed = |name: &str| FOLDERS.iter().any(|folder| host.is_executable(&PathBuf::from(folder).join(name)));
    let there = |path: &str| host.exists(Path::new(path));
    let chrony_runs = ["/run/chrony", "/run/chronyd.pid"].into_iter().any(there);
    let candidates = [
        (TimeTool::Chrony, chrony_runs && installed("chronyc")),
        (TimeTool::Timedatectl, there("/run/systemd/system") && installed("timedatectl")),
        (TimeTool::Hwclock, has_mainboard_clock(host, host.machine()) && installed("hwclock")),
    ];
    candidates.into_iter().filter(|(_, usable)| *usable).map(|(tool, _)| tool).collect()
}

fn has_mainboard_clock(host: &dyn Host, machine: &Machine) -> bool {
    !machine.container && (host.exists(Path::new(rtc::SECONDS)) || host.exists(Path::new("/dev/rtc0")))
}

impl Clocks {
    /// The most trusted clock on the network that said anything.
    ///
    /// # Errors
    /// Why none did.
    pub fn on_the_network(&self) -> Result<&ClockReading, Missing> {
        let asked = |reading: &&ClockReading| matches!(reading.clock, Clock::Ntp { .. } | Clock::Http { .. });
        self.readings.iter().find(asked).ok_or_else(|| {
            let why = self.silent.iter().min_by_key(|missing| missing.reason == Reason::NotAsked).cloned();
            why.unwrap_or_else(|| Missing::absent("no clock on the network is set up to compare with"))
        })
    }
}

impl ClockReading {
    /// How far our clock is off at the least, in seconds: negative when it is
    /// behind, zero when it may be right.
    #[must_use]
    pub fn off_by(&self) -> f64 {
        off_by(self.ahead)
    }
}

/// The end of an interval that lies nearer to zero; zero when it lies inside.
pub(in crate::probes) fn off_by((low, high): (f64, f64)) -> f64 {
    if low > 0.0 {
        low
    } else if high < 0.0 {
        high
    } else {
        0.0
    }
}
