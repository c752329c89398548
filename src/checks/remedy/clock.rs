//! What other clocks say, for people.

use crate::model::Evidence;
use crate::probes::network::{Clock, ClockReading};

/// What a clock says. One that says nothing of note is left out.
#[must_use]
pub fn clock_evidence(reading: &ClockReading) -> Option<Evidence> {
    let source = match &reading.clock {
        Clock::Ntp { server, place } => format!("time server {server} ({place})"),
        Clock::Http { host } => format!("Date from {host}"),
        Clock::Release { file } => format!("time in {file}"),
        Clock::Mainboard => "/sys/class/rtc/rtc0".to_owned(),
    };
    let off = reading.off_by();
    if off == 0.0 && matches!(reading.clock, Clock::Release { .. }) {
        return None;
    }
    let said = match (&reading.clock, off) {
        (Clock::Release { .. }, _) => format!("this clock is {} before the release of this Go", span(off)),
        (_, 0.0) => "agrees with this clock".to_owned(),
        (_, off) if off < 0.0 => format!("this clock is {} behind", span(off)),
        _ => format!("this clock is {} ahead", span(off)),
    };
    Some(Evidence::new(source, said))
}

/// A length of time in two units at most.
#[must_use]
pub fn span(seconds: f64) -> String {
    let whole = seconds.abs().round() as u64;
    let (days, hours, minutes) = (whole / 86_400, whole / 3600 % 24, whole / 60 % 60);
    match (days, hours, minutes, whole % 60) {
        (0, 0, 0, _) => format!("{:.0} s", seconds.abs()),
        (0, 0, minutes, 0) => format!("{minutes} min"),
        (0, 0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (0, hours, 0, _) => format!("{hours} h"),
        (0, hours, minutes, _) => format!("{hours} h {minutes} min"),
        (1, ..) => format!("{} h", whole / 3600),
        (731.., ..) => format!("{} years", days / 365),
        (days, ..) => format!("{days} days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_short() {
        for (seconds, text) in [
            (-41.4, "41 s"),
            (200.0, "3 min 20 s"),
            (3600.0, "1 h"),
            (-7500.0, "2 h 5 min"),
            (90_000.0, "25 h"),
            (40_000_000.0, "462 days"),
            (-820_000_000.0, "26 years"),
        ] {
            assert_eq!(span(seconds), text);
        }
    }
}
