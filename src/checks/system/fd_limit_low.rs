//! Go may open too few files at once.

use crate::checks::Check;
use crate::checks::remedy::limit_lines;
use crate::model::{Class, Context, Evidence, Finding, Fix, GoVersion, Layer, Outcome, Severity};
use crate::probes::go::Toolchains;
use crate::probes::shell::RcFiles;
use crate::probes::system::Limits;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "fd-limit-low",
    layer: Layer::System,
    title: "Go may open enough files at once",
    impact: "Builds fail with too many open files",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("system/fd-limit-low"),
    rule: rule!(judge(Limits, Toolchains, RcFiles)),
};

/// At this many and below, builds on a machine of many processors fail.
const FEW: u64 = 256;

/// The release since which every Go program raises its own limit as far as it
/// may.
const RAISES: (u32, u32) = (1, 19);

fn judge(limits: &Limits, toolchains: &Toolchains, rc: &RcFiles) -> Outcome {
    let Some((_, go)) = toolchains.in_use() else { return Outcome::skipped("no go is here") };
    let Some(limits) = &limits.found else {
        return Outcome::skipped("this system does not tell the limits of a session");
    };
    let raises = go.version.as_ref().is_none_or(|version: &GoVersion| version.language() >= RAISES);
    let limit = limits.open_files;
    let Some(most) = (if raises { limit.hard } else { limit.soft }).filter(|most| *most <= FEW) else {
        return Outcome::Passed;
    };
    let lines = limit_lines(rc, 'n');
    let told = |limit: Option<u64>| limit.map_or_else(|| "unlimited".to_owned(), |number| number.to_string());
    Finding::new("open-files", Severity::Warning, format!("Go may open only {most} files at once"))
        .detail(
            "Go compiles several packages at a time, each with its own files. Builds end with: fork/exec …/compile: too many open files. Go 1.21 then keeps the error in its build cache, until go clean -cache.",
        )
        .seen_in([Context::Session])
        .evidence(
            Evidence::new(limits.source(), format!("Max open files {} {}", told(limit.soft), told(limit.hard)))
                .expected("1024 or more"),
        )
        .evidences(lines.iter().map(|line| line.evidence()))
        .fixes(lines.iter().map(|line| line.fix("Go needs more open files")))
        .fix(raise(limit.hard.is_none_or(|hard| hard > FEW)))
        .into()
}

fn raise(may: bool) -> Fix {
    if may {
        let text = "For new terminals, put the line into the start file of your shell.";
        return Fix::manual("Raise the limit of this session", text, Some("ulimit -S -n \"$(ulimit -H -n)\"".into()));
    }
    Fix::manual(
        "Find who set the limit",
        "Only root can raise it again: in /etc/security/limits.conf or limits.d (nofile), in the systemd unit (LimitNOFILE=), or with --ulimit nofile=1024:1048576 where the container is started. A new login takes it over.",
        Some("grep -rs nofile /etc/security/limits.conf /etc/security/limits.d".into()),
    )
}
