//! This machine's clock is wrong.

use crate::checks::remedy::clock_evidence;
use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Missing, Outcome, Reason, Severity};
use crate::probes::network::{Clock, ClockReading, Clocks, TimeTool};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "clock-skew",
    layer: Layer::Network,
    title: "The clock is right",
    impact: "Secure connections fail here",
    severity: Severity::Error,
    class: Some(Class::Root),
    causes: &["wsl-clock-skew", "windows-clock-wrong"],
    page: page!("network/clock-skew"),
    rule: rule!(judge(Clocks)),
};

/// A difference that some programs mind, in seconds.
const WARNING: f64 = 2.0;
/// A difference that certificates and tokens mind, in seconds.
const ERROR: f64 = 60.0;

fn judge(clocks: &Clocks) -> Outcome {
    // The most trusted clock that says anything decides; the others are
    // evidence.
    if let Some(missing) = contradiction(clocks) {
        return missing.into();
    }
    let decisive = clocks.readings.iter().find(decides);
    match decisive {
        Some(reading) => match severity(reading) {
            Some(severity) => finding(reading, severity, clocks).into(),
            None => Outcome::Passed,
        },
        None => match clocks.silent.iter().min_by_key(|missing| missing.reason == Reason::NotAsked) {
            Some(missing) => missing.clone().into(),
            None => Outcome::skipped("neither a time server nor a module proxy is set up to compare with"),
        },
    }
}

/// Clocks on the network of which one agrees with ours and another does not.
fn contradiction(clocks: &Clocks) -> Option<Missing> {
    let asked =
        || clocks.readings.iter().filter(|reading| matches!(reading.clock, Clock::Ntp { .. } | Clock::Http { .. }));
    let agrees = asked().find(|reading| reading.off_by() == 0.0).and_then(clock_evidence)?;
    let differs = asked().find(|reading| severity(reading).is_some()).and_then(clock_evidence)?;
    let told = |evidence: Evidence| format!("{}: {}", evidence.source, evidence.observed);
    Some(Missing::failed(format!("two clocks contradict each other. {}; {}", told(agrees), told(differs))))
}

/// Network clocks always tell. The release of Go tells only that we are before
/// it; the mainboard drifts, so that it tells large differences only.
fn decides(reading: &&ClockReading) -> bool {
    match reading.clock {
        Clock::Ntp { .. } | Clock::Http { .. } => true,
        Clock::Release { .. } | Clock::Mainboard => reading.off_by().abs() > ERROR,
    }
}

fn severity(reading: &ClockReading) -> Option<Severity> {
    let off = reading.off_by().abs();
    match reading.clock {
        // Alone it never makes an error.
        Clock::Mainboard => (off > ERROR).then_some(Severity::Warning),
        _ if off > ERROR => Some(Severity::Error),
        _ if off > WARNING => Some(Severity::Warning),
        _ => None,
    }
}

fn finding(decisive: &ClockReading, severity: Severity, clocks: &Clocks) -> Finding {
    let behind = decisive.off_by() < 0.0;
    let (key, text) =
        if behind { ("behind", "is not yet valid: current time … is before …") } else { ("ahead", "has expired") };
    let by = remedy::span(decisive.off_by());
    let summary = match &decisive.clock {
        Clock::Mainboard => format!("The clock and the mainboard's differ by {by}: one of the two is wrong"),
        Clock::Release { .. } => format!("The clock is at least {by} behind"),
        _ => format!("The clock is {by} {key}"),
    };
    let detail = if decisive.off_by().abs() > ERROR {
        format!(
            "Certificates are judged by this clock. Downloads can fail with: x509: certificate {text}. Builds and test \
             caches go by file times, which are off as well."
        )
    } else {
        "Signed requests and fresh tokens can be refused, and make can rebuild too much or too little.".to_owned()
    };
    Finding::new(key, severity, summary)
        .detail(detail)
        .evidences(clocks.readings.iter().filter_map(clock_evidence))
        .fixes(fixes(clocks, decisive))
}

fn fixes(clocks: &Clocks, decisive: &ClockReading) -> Vec<Fix> {
    if clocks.container {
        let text = "A container has the clock of the host around it. Set the clock there.";
        return vec![Fix::manual("Set the clock of the host", text, None)];
    }
    let mainboard_is_right = clocks
        .readings
        .iter()
        .find(|reading| reading.clock == Clock::Mainboard)
        .is_some_and(|reading| (reading.off_by() - decisive.off_by()).abs() < WARNING && reading != decisive);
    let mut fixes: Vec<Fix> = Vec::new();
    for tool in &clocks.tools {
        match tool {
            TimeTool::Chrony => fixes.push(root("Let chrony set the clock now", &["chronyc", "makestep"])),
            TimeTool::Timedatectl => {
                fixes.push(root("Switch time synchronisation on", &["timedatectl", "set-ntp", "true"]));
            }
            TimeTool::Hwclock if clocks.wsl || mainboard_is_right => {
                fixes.insert(0, root("Set the clock from the mainboard's", &["hwclock", "-s"]));
            }
            TimeTool::Hwclock => {}
        }
    }
    if clocks.wsl {
        let text = "Restarts every WSL distribution: what runs in them ends. The clock is then that of Windows.";
        fixes.push(Fix::manual("Restart WSL", text, Some("wsl.exe --shutdown".to_owned())));
    }
    if fixes.is_empty() {
        let text = "Set it by hand, then set up a time service such as chrony, so that it stays right.";
        fixes.push(Fix::manual("Set the clock", text, Some("sudo date -u -s 'YYYY-MM-DD hh:mm:ss'".to_owned())));
    }
    fixes
}

fn root(title: &str, argv: &[&str]) -> Fix {
    remedy::as_root(title, argv, Inverse::CannotBeUndone("time that was wrong does not come back".to_owned()))
}
