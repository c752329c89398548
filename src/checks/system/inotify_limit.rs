//! The kernel's limits for watching files are nearly used up.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Outcome, Severity};
use crate::probes::system::{Inotify, Usage};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "inotify-limit",
    layer: Layer::System,
    title: "Editors can watch more files",
    impact: "Editors no longer notice that files change",
    severity: Severity::Warning,
    class: Some(Class::Root),
    causes: &[],
    page: page!("system/inotify-limit"),
    rule: rule!(judge(Inotify)),
};

/// A limit: its name among the kernel's settings, what it is for, and what
/// others set it to.
struct Kind {
    name: &'static str,
    what: &'static str,
    usual: u64,
}

const WATCHES: Kind = Kind { name: "max_user_watches", what: "watches of files", usual: 524_288 };
const INSTANCES: Kind = Kind { name: "max_user_instances", what: "watchers of files", usual: 512 };

fn judge(inotify: &Inotify) -> Outcome {
    let both = [(WATCHES, inotify.watches), (INSTANCES, inotify.instances)];
    let findings: Vec<Finding> = both
        .into_iter()
        .filter(|(_, usage)| usage.is_nearly_full())
        .map(|(kind, usage)| finding(&kind, usage))
        .collect();
    Outcome::of(findings).or_unknown(inotify.uncounted.as_ref())
}

fn finding(kind: &Kind, usage: Usage) -> Finding {
    let Kind { name, what, usual } = *kind;
    let Usage { used, limit } = usage;
    Finding::new(name, Severity::Warning, format!("{used} of {limit} {what} are in use"))
        .detail(
            "Each editor, file manager and dev server takes some. When none is left, VS Code says: unable to watch for file changes in this large workspace, and other programs: no space left on device (ENOSPC) or too many open files.",
        )
        .evidence(Evidence::new(format!("/proc/sys/fs/inotify/{name}"), limit.to_string()))
        .evidence(Evidence::new("your programs", format!("{used} {what}")))
        .fix(until_boot(name, limit, usual.max(limit.saturating_mul(2))))
        .fix(for_good(name, usual.max(limit.saturating_mul(2))))
}

fn until_boot(name: &str, limit: u64, more: u64) -> Fix {
    let back = format!("fs.inotify.{name}={limit}");
    let inverse = Inverse::Argv(["sysctl", "-w", &back].map(str::to_owned).to_vec());
    let set = format!("fs.inotify.{name}={more}");
    remedy::as_root(format!("Raise {name} to {more} until the next boot"), &["sysctl", "-w", &set], inverse)
}

fn for_good(name: &str, more: u64) -> Fix {
    Fix::manual(
        format!("Raise {name} to {more} for good"),
        "Each watch takes about a kilobyte of the kernel's memory, and only while it is in use.",
        Some(format!(
            "echo fs.inotify.{name}={more} | sudo tee -a /etc/sysctl.d/60-inotify.conf && sudo sysctl --system"
        )),
    )
}
