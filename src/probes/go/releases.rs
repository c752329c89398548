use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::collections::order;
use crate::data;
use crate::model::{GoVersion, Missing};
use crate::probes::{Fact, Probing};

/// Which releases of Go are still supported today, as far as that is known.
#[derive(Debug)]
pub struct Releases {
    today: Date,
    known: Vec<Release>,
    complete_until: Date,
}

/// A major release.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Release {
    language: (u32, u32),
    date: Date,
}

/// Whether a release still gets fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Support {
    /// It does.
    Supported,
    /// It got none since this day, when a second newer release came out; None
    /// when that was before the days that are known.
    Ended {
        /// The day.
        on: Option<Date>,
        /// The oldest release that is supported, as far as is known.
        oldest: GoVersion,
    },
    /// Releases that are not known here may have ended it.
    Unknown(Missing),
}

/// The days of Go's releases, with their source.
const DATA: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/data/go-releases.toml"));

/// The least time between two releases: they come in February and August.
const MONTHS_BETWEEN: i32 = 5;

#[derive(Deserialize)]
struct Data {
    complete_until: Date,
    release: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    version: String,
    date: Date,
}

impl Fact for Releases {
    const ID: &'static str = "go-releases";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        Releases::parse(DATA, probing.host().now().to_zoned(TimeZone::UTC).date())
    }
}

impl Releases {
    fn parse(text: &str, today: Date) -> Result<Releases, Missing> {
        let bad = |what: String| Missing::failed(format!("the list of Go's releases: {what}"));
        let data: Data = data::read(text).map_err(bad)?;
        let mut known = Vec::new();
        for entry in &data.release {
            let version = GoVersion::parse(&entry.version).ok_or_else(|| bad(entry.version.clone()))?;
            known.push(Release { language: version.language(), date: entry.date });
        }
        order::sort_by_key(&mut known, |release| release.language);
        Ok(Releases { today, known, complete_until: data.complete_until })
    }

    /// Whether this version still gets fixes today.
    #[must_use]
    pub fn support(&self, version: &GoVersion) -> Support {
        let out: Vec<&Release> = self.known.iter().filter(|release| release.date <= self.today).collect();
        let newer: Vec<&&Release> = out.iter().filter(|release| release.language > version.language()).collect();
        if let [.., before_last, _] = newer.as_slice() {
            // Fixes ended when the second newer one came out. Of the releases
            // before the first one that is known, only that they ended.
            let is_known = out.iter().any(|release| release.language == version.language());
            let on = newer.get(1).filter(|_| is_known).map(|release| release.date);
            let (major, minor) = before_last.language;
            return Support::Ended { on, oldest: GoVersion::release(major, minor, 0) };
        }
        // Two newer ones have to come out, less those that are there.
        let to_come = i32::try_from(2 - newer.len()).unwrap_or(2);
        if self.today <= self.complete_until.max(self.earliest(to_come)) {
            return Support::Supported;
        }
        Support::Unknown(Missing::failed(format!(
            "Go's releases are known here up to {}; newer ones may have ended the support of {version}",
            self.complete_until
        )))
    }

    /// The day before which this many more releases cannot have come out.
    fn earliest(&self, releases: i32) -> Date {
        let last = self.known.last().map_or(self.complete_until, |release| release.date);
        last.saturating_add(jiff::Span::new().months(MONTHS_BETWEEN * releases))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn support(version: &str, today: &str) -> String {
        let releases = Releases::parse(DATA, today.parse().unwrap()).unwrap();
        match releases.support(&GoVersion::parse(version).unwrap()) {
            Support::Supported => "supported".into(),
            Support::Ended { on, oldest } => {
                format!("{} {oldest}", on.map_or("before".into(), |date| date.to_string()))
            }
            Support::Unknown(_) => "unknown".into(),
        }
    }

    #[test]
    fn two_newer_releases_end_the_support() {
        assert_eq!(support("go1.25.5", "2026-08-18"), "supported");
        assert_eq!(support("go1.25.5", "2026-08-19"), "2026-08-19 go1.26.0");
        assert_eq!(support("go1.21.13", "2026-11-21"), "2024-08-13 go1.26.0");
        assert_eq!(support("go1.4.3", "2026-11-21"), "before go1.26.0");
        assert_eq!(support("go1.27.3", "2026-11-21"), "supported");
    }

    #[test]
    fn what_may_have_ended_is_not_told() {
        assert_eq!(support("go1.26.6", "2027-01-18"), "supported");
        assert_eq!(support("go1.26.6", "2027-03-01"), "unknown");
        assert_eq!(support("go1.27.3", "2027-06-18"), "supported");
        assert_eq!(support("go1.27.3", "2027-09-01"), "unknown");
        assert_eq!(support("go1.28.0", "2030-01-01"), "unknown");
        assert_eq!(support("go1.21.13", "2035-01-01"), "2024-08-13 go1.26.0");
    }

    #[test]
    fn a_clock_that_is_far_behind_alarms_nobody() {
        assert_eq!(support("go1.21.13", "1970-01-01"), "supported");
    }
}
