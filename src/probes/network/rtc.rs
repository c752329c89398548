//! The clock of the mainboard.

use std::path::Path;

use jiff::Timestamp;

use crate::host::Host;

pub(super) const SECONDS: &str = "/sys/class/rtc/rtc0/since_epoch";
const ADJTIME: &str = "/etc/adjtime";

/// Time zones differ from UTC by multiples of this, in seconds.
const ZONE_STEP: f64 = 900.0;
/// The zone that is farthest from UTC, in seconds.
const ZONE_FARTHEST: f64 = 14.0 * 3600.0;
/// How exactly a difference must be that of a time zone, in seconds.
const ZONE_PRECISION: f64 = 60.0;

/// How far our clock is ahead of that of the mainboard, in seconds, as an
/// interval. None when there is none, or when it may run in local time: then
/// it says nothing.
pub(super) fn ahead(host: &dyn Host) -> Option<(f64, f64)> {
    let adjtime = host.read_text(Path::new(ADJTIME)).unwrap_or_default();
    if adjtime.lines().nth(2).is_some_and(|line| line.trim() == "LOCAL") {
        return None;
    }
    let asked = seconds(host.now());
    let theirs: f64 = host.read_text(Path::new(SECONDS)).ok()?.trim().parse().ok()?;
    let ahead = (asked - (theirs + 1.0), seconds(host.now()) - theirs);
    (!may_be_a_time_zone(ahead.0)).then_some(ahead)
}

fn may_be_a_time_zone(difference: f64) -> bool {
    let nearest = (difference / ZONE_STEP).round() * ZONE_STEP;
    nearest != 0.0 && nearest.abs() <= ZONE_FARTHEST && (difference - nearest).abs() < ZONE_PRECISION
}

fn seconds(time: Timestamp) -> f64 {
    time.as_microsecond() as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_of_whole_quarters_may_be_time_zones() {
        for hours in [1.0, -5.0, 5.5, 5.75, 14.0] {
            assert!(may_be_a_time_zone(hours * 3600.0 + 12.0), "{hours}");
        }
        for seconds in [0.0, 70.0, 300.0, -450.0, 86_400.0 * 3.0] {
            assert!(!may_be_a_time_zone(seconds), "{seconds}");
        }
    }
}
