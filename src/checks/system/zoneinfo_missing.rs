//! Go programs find no rules of time zones.

use crate::checks::Check;
use crate::checks::remedy::{Package, install};
use crate::model::{Class, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::go::{Settings, Toolchains};
use crate::probes::system::ZoneData;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "zoneinfo-missing",
    layer: Layer::System,
    title: "Go programs know the time zones",
    impact: "Programs that use time zones fail",
    severity: Severity::Info,
    class: Some(Class::Root),
    causes: &[],
    page: page!("system/zoneinfo-missing"),
    rule: rule!(judge(ZoneData, Toolchains, Settings)),
};

const PACKAGE: Package = Package { suse: "timezone", ..Package::named("tzdata") };

fn judge(data: &ZoneData, toolchains: &Toolchains, settings: &Settings) -> Outcome {
    if toolchains.in_use().is_none() {
        return Outcome::skipped("no go is here");
    }
    if !data.found.is_empty() {
        return Outcome::Passed;
    }
    if let Some(missing) = &data.problem {
        return missing.clone().into();
    }
    let looked_at = data.looked_at.iter().map(|place| Evidence::new(place, "nothing there"));
    Finding::new("zoneinfo", Severity::Info, "There is no time zone data, neither of the system nor of Go")
        .detail(
            "time.LoadLocation fails in programs and in tests with: unknown time zone Europe/Berlin. UTC and the local time work.",
        )
        .evidences(looked_at)
        .fix(install(settings.machine(), &PACKAGE))
        .into()
}
