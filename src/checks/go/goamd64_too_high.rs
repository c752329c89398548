//! GOAMD64 and its like ask for more than this processor has.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, GoVersion, Layer, Missing, Outcome, Severity};
use crate::probes::go::{RunningGos, Setting, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::probes::system::Processor;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goamd64-too-high",
    layer: Layer::Go,
    title: "GOAMD64 asks for no more than this processor has",
    impact: "What Go builds does not run here",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &["go-env-file-invalid"],
    page: page!("go/goamd64-too-high"),
    rule: rule!(judge(Contexts, Settings, RunningGos, Processor, RcFiles)),
};

/// The settings, each with its architecture.
const SETTINGS: [(&str, &str); 3] = [("GOAMD64", "amd64"), ("GOARM64", "arm64"), ("GOARM", "arm")];

fn judge(shells: &Contexts, settings: &Settings, running: &RunningGos, processor: &Processor, rc: &RcFiles) -> Outcome {
    let machine = settings.machine();
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = None;
    for (name, _) in SETTINGS.into_iter().filter(|(_, arch)| *arch == machine.goarch()) {
        for (setting, contexts) in settings.values(name) {
            // Where another target is set, what is built is not for here.
            let hit: Vec<Context> = contexts.into_iter().filter(|context| is_target(settings, *context)).collect();
            let Some(first) = hit.first() else { continue };
            let go = running.get(*first).ok().and_then(|go| go.version.as_ref());
            match excess(name, &setting.value, go, processor) {
                Ok(Some(excess)) => findings.push(finding(name, &setting, hit, excess, settings, rc)),
                Ok(None) => {}
                Err(missing) => unknown = Some(missing),
            }
        }
    }
    shells.outcome(findings).or_unknown(unknown)
}

fn is_target(settings: &Settings, context: Context) -> bool {
    let machine = settings.machine();
    settings.view(context).is_some_and(|view| machine.is_platform(&view.value("GOOS"), &view.value("GOARCH")))
}

/// What a setting asks for in vain.
enum Excess {
    /// More than the processor has.
    Processor {
        /// What Go's programs say.
        says: String,
        /// What the processor has or lacks.
        seen: String,
    },
    /// What Go does not know: it ends in an error.
    Refused(&'static str),
    /// What Go does not know: it takes the lowest level, without a word.
    Unheard,
}

fn excess(name: &str, value: &str, go: Option<&GoVersion>, processor: &Processor) -> Result<Option<Excess>, Missing> {
    let is_older_than = |minor| go.is_some_and(|version| version.language() < (1, minor));
    match name {
        "GOAMD64" => match value {
            "v1" => Ok(None),
            "v2" | "v3" | "v4" => {
                let level = value[1..].parse().unwrap_or(1);
                let lacks = processor.lacks(level)?;
                let has = processor.amd64_level()?;
                Ok((!lacks.is_empty()).then(|| Excess::Processor {
                    says: format!(
                        "This program can only be run on AMD64 processors with {value} microarchitecture support."
                    ),
                    seen: format!("level v{has}; {value} needs {} too", lacks.join(", ")),
                }))
            }
            _ if is_older_than(23) => Ok(Some(Excess::Refused("go: invalid GOAMD64: must be v1, v2, v3, v4"))),
            _ => Ok(Some(Excess::Unheard)),
        },
        // GOARM64 is known since Go 1.23.
        "GOARM64" if is_older_than(23) => Ok(None),
        "GOARM64" => {
            let version = value.trim_end_matches(",lse").trim_end_matches(",crypto").trim_end_matches(",lse");
            if !is_arm64_version(version) {
                return Ok(Some(Excess::Refused(
                    "go: invalid GOARM64: must start with v8.{0-9} or v9.{0-5} and may optionally end in \",lse\" and/or \",crypto\"",
                )));
            }
            let needs_lse = version != "v8.0" || value.contains(",lse");
            Ok((needs_lse && !processor.has("atomics")?).then(|| Excess::Processor {
                says: "This program can only run on ARM64 processors with LSE support.".to_owned(),
                seen: "no atomics, as the kernel calls LSE".to_owned(),
            }))
        }
        _ => {
            let needs_vfp3 = value.starts_with('7') && !value.ends_with(",softfloat");
            Ok((needs_vfp3 && !processor.has("vfpv3")?).then(|| Excess::Processor {
                says: "runtime: this CPU has no VFPv3 floating point hardware, so it cannot run this GOARM=7 binary. Recompile using GOARM=5 or GOARM=6.".to_owned(),
                seen: "no vfpv3".to_owned(),
            }))
        }
    }
}

fn is_arm64_version(text: &str) -> bool {
    match text.as_bytes() {
        [b'v', b'8', b'.', minor] => minor.is_ascii_digit(),
        [b'v', b'9', b'.', minor] => (b'0'..=b'5').contains(minor),
        _ => false,
    }
}

fn finding(
    name: &str,
    setting: &Setting,
    contexts: Vec<Context>,
    excess: Excess,
    settings: &Settings,
    rc: &RcFiles,
) -> Finding {
    let value = &setting.value;
    let kept = setting.is_kept(&contexts);
    let (evidence, writer) = settings.trace(name, setting, &contexts, rc);
    let mut reason = "Go knows no such level";
    let (severity, summary, detail, seen) = match excess {
        Excess::Processor { says, seen } => {
            reason = "this processor has less";
            (
            if kept { Severity::Error } else { Severity::Info },
            format!("{name} is {value}, and this processor has less"),
            match kept {
                true => format!("Builds succeed, and go run, go test and go install's programs end with: {says}"),
                false => format!("Builds succeed, and their programs end here with: {says} It is set for this session only, so it may be meant."),
            },
            Some(Evidence::new("/proc/cpuinfo", seen)),
        )}
        Excess::Refused(text) => (
            Severity::Error,
            format!("{name} is set to {value}, which Go does not know"),
            format!("Every build ends with: {text}."),
            None,
        ),
        Excess::Unheard => (
            Severity::Warning,
            format!("{name} is set to {value}, which Go does not know"),
            "This Go does not say so, and builds for v1; older ones end with: go: invalid GOAMD64: must be v1, v2, v3, v4.".to_owned(),
            None,
        ),
    };
    Finding::new(format!("{name}:{value}"), severity, summary)
        .detail(detail)
        .seen_in(contexts)
        .about(name)
        .explained_by(if setting.is_spoilt_by_file() { CHECK.causes } else { &[] })
        .evidence(evidence.expected(format!("no {name}: what Go builds runs on every processor")))
        .evidences(seen)
        .fix(remedy::unset(name, setting, writer.as_ref(), reason))
}
