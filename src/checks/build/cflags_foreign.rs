//! The flags for C compilers name what is not there, or the processor of this
//! machine alone.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity, mask};
use crate::probes::build::{AbsentPath, FlagSetting, ForeignFlags, Need};
use crate::probes::go::Settings;
use crate::probes::shell::{Contexts, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "cflags-foreign",
    layer: Layer::Build,
    title: "The flags for C compilers name what is there",
    impact: "C code is compiled with flags of another machine",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("build/cflags-foreign"),
    rule: rule!(judge(Contexts, Settings, ForeignFlags, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, flags: &ForeignFlags, rc: &RcFiles) -> Outcome {
    let absent = flags.found.iter().filter_map(|found| absent(found, settings, rc));
    let native = flags.found.iter().filter_map(|found| native(found, flags.ships.as_ref()?, settings, rc));
    shells.outcome(absent.chain(native).collect())
}

/// Paths that are not there.
fn absent(found: &FlagSetting, settings: &Settings, rc: &RcFiles) -> Option<Finding> {
    let first = found.absent.iter().find(|path| path.need == Need::Fails).or_else(|| found.absent.first())?;
    let name = found.name;
    let (evidence, writer) = settings.trace(name, &found.setting, &found.contexts, rc);
    let finding = Finding::new(
        format!("{name}={}", mask(&found.setting.value)),
        Severity::Warning,
        format!("{name} names {}, which is not there", mask(&first.path)),
    )
    .detail(fails(name, first))
    .seen_in(found.contexts.iter().copied())
    .about(name)
    .evidence(evidence)
    .evidences(found.absent.iter().map(|path| {
        let why = if path.path.starts_with('~') { "nobody replaces ~ in a flag" } else { "no such file or folder" };
        Evidence::new(path.flag.clone(), why)
    }))
    .fix(fix(found, writer.as_ref(), &found.without_absent, "what it names is not there", settings));
    Some(finding)
}

/// What a compiler says.
fn fails(name: &str, path: &AbsentPath) -> String {
    let AbsentPath { flag, path, need } = path;
    match (need, name) {
        (Need::Passed, "CGO_LDFLAGS") => format!(
            "The linker passes over {path} without a word; a library that was to be found there fails with: cannot find -l…: No such file or directory."
        ),
        (Need::Passed, _) => format!(
            "The compiler passes over {path} without a word; a header that was to be found there fails with: fatal error: No such file or directory."
        ),
        (Need::Fails, _) if flag.contains("sysroot") => {
            "What uses C fails to build with: fatal error: stdlib.h: No such file or directory.".to_owned()
        }
        (Need::Fails, "CGO_LDFLAGS") => {
            format!("What uses C fails to link with: cannot find {path}: No such file or directory.")
        }
        (Need::Fails, _) => format!("What uses C fails to build with: fatal error: {path}: No such file or directory."),
    }
}

/// Code for this processor in programs for other machines.
fn native(found: &FlagSetting, ships: &Evidence, settings: &Settings, rc: &RcFiles) -> Option<Finding> {
    let (name, flag) = (found.name, found.native.as_ref()?);
    let (evidence, writer) = settings.trace(name, &found.setting, &found.contexts, rc);
    let finding = Finding::new(
        format!("{name}:{flag}"),
        Severity::Warning,
        format!("{name} has {flag}, and what is built here goes to other machines"),
    )
    .detail("C code then uses all that this processor can do. On one that can do less, the program ends with: SIGILL: illegal instruction.")
    .seen_in(found.contexts.iter().copied())
    .about(name)
    .evidence(evidence)
    .evidence(ships.clone())
    .fix(fix(found, writer.as_ref(), &found.without_native, "programs go to machines with other processors", settings));
    Some(finding)
}

/// Leaves the other flags as they are.
fn fix(found: &FlagSetting, writer: Option<&Writer>, right: &str, why: &str, settings: &Settings) -> Fix {
    if right.is_empty() {
        return remedy::unset(found.name, &found.setting, writer, why);
    }
    let view = found.contexts.first().and_then(|context| settings.view(*context));
    view.and_then(|view| remedy::rewrite(found.name, &found.setting, writer, right, view))
        .unwrap_or_else(|| remedy::set_by_hand(found.name, &found.setting, right, settings.machine()))
}
