//! The race detector is asked for and cannot work here.

use crate::checks::Check;
use crate::checks::remedy::{self, GCC, install};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::build::{RaceAsk, RaceGap, RaceGaps, RaceLine, RaceObstacle, RacePlace};
use crate::probes::go::{Setting, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "race-unavailable",
    layer: Layer::Build,
    title: "The race detector works where it is asked for",
    impact: "Tests with the race detector do not start",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &["cgo-disabled-persisted", "cgo-no-compiler", "cgo-silently-off", "go-arch-foreign"],
    page: page!("build/race-unavailable"),
    rule: rule!(judge(Contexts, Settings, RaceGaps, RcFiles)),
};

/// What Go says where cgo is off.
const NEEDS_CGO: &str = "go: -race requires cgo; enable cgo by setting CGO_ENABLED=1";

fn judge(shells: &Contexts, settings: &Settings, found: &RaceGaps, rc: &RcFiles) -> Outcome {
    shells.outcome(found.gaps.iter().map(|gap| Look { gap, settings, rc }.finding()).collect())
}

struct Look<'a> {
    gap: &'a RaceGap,
    settings: &'a Settings,
    rc: &'a RcFiles,
}

impl Look<'_> {
    fn finding(&self) -> Finding {
        let contexts = &self.gap.contexts;
        let (key, summary, says) = described(&self.gap.obstacle);
        let (severity, who) = match &self.gap.ask {
            RaceAsk::Flags(_) => (Severity::Error, "GOFLAGS asks for it, so that every build ends with"),
            // What runs elsewhere cannot be repeated here.
            RaceAsk::Line(RaceLine { place: RacePlace::Workflow, .. }) => {
                (Severity::Info, "Who repeats here what runs elsewhere gets")
            }
            RaceAsk::Line(_) => (Severity::Warning, "What runs go with -race ends with"),
        };
        let finding = Finding::new(key, severity, summary)
            .detail(format!("In {}: {who}: {says}.", remedy::contexts_title(contexts)))
            .seen_in(contexts.iter().copied())
            .evidence(match &self.gap.ask {
                RaceAsk::Flags(setting) => self.trace("GOFLAGS", setting),
                RaceAsk::Line(line) => line.evidence.clone(),
            })
            .evidence(match &self.gap.obstacle {
                RaceObstacle::Platform(platform) => Evidence::new("go", format!("builds for {platform}")),
                RaceObstacle::CgoOff(setting) => self.trace("CGO_ENABLED", setting),
                RaceObstacle::NoCompiler(name) => Evidence::new(*name, "on no folder of PATH"),
                RaceObstacle::AddressSpace(_, evidence) => evidence.clone(),
            })
            .fixes(self.fixes());
        match (&self.gap.obstacle, &self.gap.ask) {
            (RaceObstacle::CgoOff(_), _) => finding.about("CGO_ENABLED"),
            (RaceObstacle::NoCompiler(_), _) => finding.about("CC"),
            (_, RaceAsk::Flags(_)) => finding.about("GOFLAGS"),
            _ => finding.about("go"),
        }
    }

    fn trace(&self, name: &str, setting: &Setting) -> Evidence {
        self.settings.trace(name, setting, &self.gap.contexts, self.rc).0
    }

    fn fixes(&self) -> Vec<Fix> {
        let first = match &self.gap.obstacle {
            RaceObstacle::CgoOff(setting) => Some(self.unset("CGO_ENABLED", setting, "the race detector needs cgo")),
            RaceObstacle::NoCompiler(_) => Some(install(self.settings.machine(), &GCC)),
            RaceObstacle::Platform(_) | RaceObstacle::AddressSpace(..) => None,
        };
        let without = match &self.gap.ask {
            RaceAsk::Flags(setting) => self
                .without_race(setting)
                .unwrap_or_else(|| self.unset("GOFLAGS", setting, "the race detector does not work here")),
            RaceAsk::Line(_) => Fix::manual(
                "Run the tests without the race detector here",
                "They run as usual without -race. What it would find is found where it works, such as the project's CI.",
                Some("go test ./...".to_owned()),
            ),
        };
        first.into_iter().chain([without]).collect()
    }

    /// Somebody may have meant it.
    fn unset(&self, name: &str, setting: &Setting, why: &str) -> Fix {
        let writer = self.settings.trace(name, setting, &self.gap.contexts, self.rc).1;
        remedy::reviewed(remedy::unset(name, setting, writer.as_ref(), why))
    }

    /// GOFLAGS with what else it has.
    fn without_race(&self, setting: &Setting) -> Option<Fix> {
        let words: Vec<&str> = setting.value.split_whitespace().filter(|word| !RaceAsk::is_flag(word)).collect();
        if words.is_empty() {
            return None;
        }
        let writer = self.settings.trace("GOFLAGS", setting, &self.gap.contexts, self.rc).1;
        let view = self.settings.view(*self.gap.contexts.first()?)?;
        remedy::rewrite("GOFLAGS", setting, writer.as_ref(), &words.join(" "), view).map(remedy::reviewed)
    }
}

/// A key, a summary, and what is printed.
fn described(obstacle: &RaceObstacle) -> (String, String, String) {
    let supported = RaceObstacle::ARM64_BITS;
    match obstacle {
        RaceObstacle::Platform(platform) => (
            platform.clone(),
            format!("Go has no race detector for {platform}"),
            format!("-race is not supported on {platform}"),
        ),
        RaceObstacle::CgoOff(_) => {
            ("cgo".into(), "-race needs cgo, and CGO_ENABLED=0 switches it off".into(), NEEDS_CGO.into())
        }
        RaceObstacle::NoCompiler(name) => {
            ("compiler".into(), format!("-race needs cgo, and {name} is not here"), NEEDS_CGO.into())
        }
        RaceObstacle::AddressSpace(bits, _) => (
            "address-space".into(),
            format!("-race does not work with this kernel: {bits} bits of addresses, not {supported}"),
            format!("FATAL: ThreadSanitizer: unsupported VMA range; Found {bits} - Supported {supported}"),
        ),
    }
}
