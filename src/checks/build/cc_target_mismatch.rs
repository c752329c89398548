//! cgo is forced on for a target that CC does not compile for.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::build::{Forced, ForcedCgo};
use crate::probes::go::{Setting, Settings, View};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "cc-target-mismatch",
    layer: Layer::Build,
    title: "CC compiles for the target that cgo is forced on for",
    impact: "Go cannot build what uses C for this target",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &["cross-target-left-set"],
    page: page!("build/cc-target-mismatch"),
    rule: rule!(judge(Contexts, Settings, ForcedCgo, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, forced: &ForcedCgo, rc: &RcFiles) -> Outcome {
    let mut groups: Vec<(&Forced, Vec<Context>)> = Vec::new();
    for forced in &forced.found {
        let same = |known: &Forced| Forced { context: known.context, ..forced.clone() } == *known;
        match groups.iter_mut().find(|(known, _)| same(known)) {
            Some((_, contexts)) => contexts.push(forced.context),
            None => groups.push((forced, vec![forced.context])),
        }
    }
    shells.outcome(groups.iter().map(|(forced, contexts)| finding(forced, contexts, settings, rc)).collect())
}

fn finding(forced: &Forced, contexts: &[Context], settings: &Settings, rc: &RcFiles) -> Finding {
    let Forced { platform, compiler, compiles_for, switch, .. } = forced;
    let what = if platform.goos == "windows" { "what uses C" } else { "what uses C, the net package among it," };
    let (evidence, writer) = settings.trace("CGO_ENABLED", switch, contexts, rc);
    let view = settings.view(forced.context);
    let target = view.into_iter().flat_map(targets).filter(|(name, setting)| !is_own(name, setting, settings));
    let target = target.map(|(name, setting)| settings.trace(name, &setting, contexts, rc).0);
    // One line may set all of them.
    let mut set_by: Vec<Evidence> = std::iter::once(evidence).chain(target).collect();
    set_by.dedup();
    let named = match &forced.setting {
        Some(setting) => settings.trace("CC", setting, contexts, rc).0,
        None => Evidence::new("Go's default", format!("CC={compiler}")),
    };
    let unset = remedy::unset("CGO_ENABLED", switch, writer.as_ref(), "cgo is off by itself for another target");
    Finding::new(
        format!("{platform}:{compiler}"),
        Severity::Error,
        format!("CGO_ENABLED=1 for {platform}, and {compiler} compiles for {compiles_for}"),
    )
    .detail(format!("In {}, {what} fails to build. {}.", remedy::contexts_title(contexts), says(forced)))
    .seen_in(contexts.iter().copied())
    .about("CC")
    .evidences(set_by)
    .evidence(named.expected(format!("a compiler for {platform}")))
    .evidences(forced.code.clone())
    .fixes(view.and_then(|view| name_compiler(forced, view, contexts)))
    .fix(remedy::reviewed(unset))
}

/// What names the target.
fn targets(view: &View) -> impl Iterator<Item = (&'static str, Setting)> {
    ["GOOS", "GOARCH"].into_iter().filter_map(|name| view.get(name).map(|setting| (name, setting)))
}

/// True for a part of the target in which it is this machine.
fn is_own(name: &str, setting: &Setting, settings: &Settings) -> bool {
    let machine = settings.machine();
    setting.value == if name == "GOOS" { machine.goos() } else { machine.goarch() }
}

/// The first message of gcc, as Go passes it on.
fn says(forced: &Forced) -> String {
    let line = match (forced.platform.goos.as_str(), forced.platform.goarch.as_str()) {
        ("windows", _) => "fatal error: windows.h: No such file or directory",
        (_, "arm64") => "gcc_arm64.S:30: Error: no such instruction: `stp x29,x30,[sp,'",
        (_, "arm") => "gcc: error: unrecognized command-line option '-marm'",
        (_, "amd64" | "386") => "gcc: error: unrecognized command-line option '-m64'",
        (_, "riscv64") => "gcc_riscv64.S:17: Error: no such instruction: `sd x1,-200(sp)'",
        (_, "s390x") => "cc1: error: bad value 'z13' for '-march=' switch",
        (_, "mips64" | "mips64le") => "gcc: error: unrecognized argument in option '-mabi=64'",
        _ => return "The compiler does not know the instructions of that processor".to_owned(),
    };
    format!("gcc says, among others: {line}")
}

/// Names the right compiler: for good where the target is kept for good, or
/// else for one command.
fn name_compiler(forced: &Forced, view: &View, contexts: &[Context]) -> Option<Fix> {
    let right = forced.right.as_ref()?;
    let in_file = forced.setting.as_ref().is_none_or(Setting::is_in_file);
    if in_file && targets(view).all(|(_, setting)| setting.is_kept(contexts)) {
        let fix = remedy::set_go(format!("Set CC to {right}"), "CC", right, view)?;
        return Some(remedy::reviewed(fix));
    }
    let text = format!("{right} is installed; it compiles for {}.", forced.platform);
    Some(Fix::manual(format!("Build with {right}"), text, Some(format!("CC={right} go build"))))
}
