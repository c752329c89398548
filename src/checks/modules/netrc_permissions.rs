//! Other users can read the passwords in netrc.

use crate::checks::Check;
use crate::host::Stat;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity, Step};
use crate::probes::modules::{Netrc, NetrcFile};
use crate::probes::shell::{Contexts, RcFiles};
use crate::probes::system::Users;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "netrc-permissions",
    layer: Layer::Modules,
    title: "Only you can read the passwords in netrc",
    impact: "Others can read your passwords",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("modules/netrc-permissions"),
    rule: rule!(judge(Contexts, Netrc, RcFiles, Users)),
};

/// File systems whose permission bits say nothing of who may read.
const WITHOUT_MODES: [&str; 6] = ["9p", "drvfs", "vfat", "exfat", "ntfs", "fuseblk"];

fn judge(shells: &Contexts, netrc: &Netrc, rc: &RcFiles, users: &Users) -> Outcome {
    let mut findings: Vec<Finding> = Vec::new();
    let mut unknown: Option<Missing> = None;
    for file in &netrc.files {
        let Some(who) = readers(file) else { continue };
        match &file.machines {
            Err(missing) => unknown = unknown.or(Some(missing.clone())),
            Ok(machines) if machines.is_empty() => {}
            // NETRC may name the usual file.
            Ok(_) if findings.iter().any(|finding| finding.key == file.name) => {}
            Ok(_) => findings.push(finding(file, who, rc, users)),
        }
    }
    shells.outcome(findings).or_unknown(unknown)
}

/// Who may read it beside its owner.
#[derive(Clone, Copy)]
enum Readers {
    Everybody,
    Group,
}

fn readers(file: &NetrcFile) -> Option<Readers> {
    let Stat { mode, uid, gid, .. } = file.stat;
    let folder = file.folder.as_ref().ok();
    let lets_in = |bit: u32| folder.is_none_or(|folder| folder.mode & bit != 0);
    // Each user's own group holds nobody else, where groups are made so.
    let own_group = gid == uid;
    match () {
        () if file.filesystem.as_deref().is_some_and(|kind| WITHOUT_MODES.contains(&kind)) => None,
        () if mode & 0o004 != 0 && lets_in(0o001) => Some(Readers::Everybody),
        () if mode & 0o040 != 0 && !own_group && (lets_in(0o010) || lets_in(0o001)) => Some(Readers::Group),
        () => None,
    }
}

fn finding(file: &NetrcFile, who: Readers, rc: &RcFiles, users: &Users) -> Finding {
    let name = &file.name;
    let mode = file.stat.mode;
    let who = match who {
        Readers::Everybody => "every user of this machine",
        Readers::Group => "everybody in its group",
    };
    let owner = users.name(file.stat.uid);
    Finding::new(name, Severity::Warning, format!("{name} holds passwords, and {who} can read it"))
        .seen_in(file.contexts.iter().copied())
        .detail("Go and git take user names and passwords for https hosts from this file, whatever its permissions are: nobody warns.")
        .evidence(Evidence::new(name, format!("mode {mode:04o}, belongs to {owner}")).expected("mode 0600"))
        .fix(close(file, rc))
}

fn close(file: &NetrcFile, rc: &RcFiles) -> Fix {
    let title = format!("Let only its owner read {}", file.name);
    let own = file.stat.uid == rc.machine().user.uid;
    if own {
        return Fix::new(title, Class::Safe, vec![Step::SetMode { path: file.path.clone(), mode: 0o600 }]);
    }
    // Whoever shares it with others may mean to.
    Fix::manual(
        title,
        "The file belongs to somebody else. Keep your passwords in a file of your own, or ask its owner to close it.",
        None,
    )
}
