//! There is too little memory for a build.

use crate::checks::Check;
use crate::checks::remedy::limit_lines;
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::Toolchains;
use crate::probes::shell::RcFiles;
use crate::probes::system::{Bound, Limits, Memory, ProcessLimits};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "memory-low",
    layer: Layer::System,
    title: "There is memory enough to build",
    impact: "The compiler or the linker is killed",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("system/memory-low"),
    rule: rule!(judge(Memory, Limits, Toolchains, RcFiles)),
};

/// With this much, building a small web server fails on two processors; with
/// 256 MiB it works.
const TOO_LITTLE: u64 = 192 << 20;

/// Address space, in bytes: Go reserves much of it without using it. With
/// 800 MB builds fail, with 1 GB they work.
const ADDRESS_SPACE: u64 = 800_000 * 1024;

fn judge(memory: &Memory, limits: &Limits, toolchains: &Toolchains, rc: &RcFiles) -> Outcome {
    if toolchains.in_use().is_none() {
        return Outcome::skipped("no go is here");
    }
    let room = (memory.room <= TOO_LITTLE).then(|| too_little(memory));
    let space = limits.found.as_ref().and_then(|limits| narrow(limits, rc));
    room.into_iter().chain(space).collect::<Vec<_>>().into()
}

fn too_little(memory: &Memory) -> Finding {
    let room = memory.room >> 20;
    let (summary, fix) = match memory.bound {
        Bound::Machine => (
            format!("Only {room} MiB of memory are left"),
            Fix::manual(
                "Close what uses the memory",
                "Browsers and language servers use most of it on a workstation. Swap space helps where nothing can be closed.",
                Some("ps -eo rss,comm --sort=-rss | head".into()),
            ),
        ),
        Bound::Group => (
            format!("Only {room} MiB of the memory allowed here are left"),
            Fix::manual(
                "Allow more memory",
                "Where this container or service is started: --memory=2g for Docker and Podman, resources.limits.memory for Kubernetes, MemoryMax= for systemd.",
                None,
            ),
        ),
    };
    Finding::new("memory", Severity::Warning, summary)
        .detail(
            "Compiling and linking a small web server takes about 256 MiB. With less, the kernel ends a step of the build: compile: signal: killed, or link: signal: killed.",
        )
        .evidence(memory.evidence.clone().expected("256 MiB free"))
        .fix(fix)
        .fix(Fix::manual(
            "Build one package at a time",
            "It takes longer and less memory.",
            Some("go build -p=1 ./...".into()),
        ))
}

/// None where programs may reserve as many addresses as Go needs.
fn narrow(limits: &ProcessLimits, rc: &RcFiles) -> Option<Finding> {
    let space = limits.address_space.soft.filter(|space| *space <= ADDRESS_SPACE)?;
    let lines = limit_lines(rc, 'v');
    let finding = Finding::new("address-space", Severity::Warning, format!("Programs may reserve only {} MiB of addresses", space >> 20))
        .detail(
            "Go reserves more than it uses. Builds, and often go itself, end with: fatal error: failed to reserve page summary memory.",
        )
        .seen_in([Context::Session])
        .evidence(Evidence::new(limits.source(), format!("Max address space {space}")).expected("unlimited"))
        .evidences(lines.iter().map(|line| line.evidence()))
        .fixes(lines.iter().map(|line| line.fix("Go reserves more addresses than it uses")))
        .fixes(lines.is_empty().then(|| {
            Fix::manual(
                "Find who set the limit",
                "It was set by hand with ulimit -v, or for everybody in /etc/security/limits.conf or limits.d (as).",
                Some("grep -rsw as /etc/security/limits.conf /etc/security/limits.d".into()),
            )
        }));
    Some(finding)
}
