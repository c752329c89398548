//! Go cannot run what it builds, because the folder forbids to run programs.

use std::path::Path;

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity, Step};
use crate::probes::go::{Settings, Toolchains, View};
use crate::probes::modules::{CacheFolder, Caches, Role};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "tmp-noexec",
    layer: Layer::System,
    title: "Programs that Go builds may run where it builds them",
    impact: "go run and go test fail",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("system/tmp-noexec"),
    rule: rule!(judge(Contexts, Settings, Caches, Toolchains, RcFiles)),
};

/// The release since which `go run` runs programs out of the build cache.
const RUNS_FROM_CACHE: (u32, u32) = (1, 24);

fn judge(shells: &Contexts, settings: &Settings, caches: &Caches, toolchains: &Toolchains, rc: &RcFiles) -> Outcome {
    let look = Look { settings, caches, toolchains, rc };
    let mut findings = Vec::new();
    let mut unknown: Option<&Missing> = None;
    for folder in caches.of(Role::Work).chain(caches.of(Role::Build).filter(|folder| look.runs_from_cache(folder))) {
        match &folder.filesystem {
            Ok(filesystem) if filesystem.noexec => findings.push(look.finding(folder, &filesystem.mount_point)),
            Ok(_) => {}
            Err(missing) => unknown = unknown.or(Some(missing)),
        }
    }
    shells.outcome(findings).or_unknown(unknown)
}

struct Look<'a> {
    settings: &'a Settings,
    caches: &'a Caches,
    toolchains: &'a Toolchains,
    rc: &'a RcFiles,
}

impl Look<'_> {
    fn runs_from_cache(&self, folder: &CacheFolder) -> bool {
        let version = |context| self.toolchains.active(context)?.version.as_ref();
        folder.contexts.iter().any(|context| version(*context).is_some_and(|one| one.language() >= RUNS_FROM_CACHE))
    }

    fn finding(&self, folder: &CacheFolder, mount: &Path) -> Finding {
        let machine = self.settings.machine();
        let (name, mount) = (machine.tilde(&folder.path), machine.tilde(mount));
        let what = match folder.role {
            Role::Build => "The build cache",
            _ => "The folder Go builds in",
        };
        let fails = match folder.role {
            Role::Build => format!(
                "Since Go 1.24 go run keeps programs in the build cache and runs them there. From the second time on it fails with: fork/exec {name}/…: permission denied."
            ),
            _ => format!(
                "go test fails with: fork/exec {name}/go-build…/b001/x.test: permission denied, and go run in the same way. go build works."
            ),
        };
        let finding = Finding::new(
            format!("{}:{name}", folder.role.setting()),
            Severity::Warning,
            format!("{what}, {name}, is mounted noexec"),
        )
        .seen_in(folder.contexts.iter().copied())
        .about(folder.role.setting())
        .detail(fails)
        .evidence(Evidence::new(&mount, "mounted noexec").expected("a folder that programs may run in"));
        let Some((setting, value)) = &folder.decided_by else { return finding.fixes(self.elsewhere(folder)) };
        let (evidence, writer) = self.settings.trace(setting, value, &folder.contexts, self.rc);
        let finding = finding.evidence(evidence);
        // TMPDIR serves other programs too, and GOTMPDIR wins over it.
        match *setting {
            "TMPDIR" | "XDG_CACHE_HOME" => finding.fixes(self.elsewhere(folder)),
            own => finding.fix(remedy::unset(own, value, writer.as_ref(), "programs may not run there")),
        }
    }

    /// A folder beside the build cache, named in Go's own settings.
    fn elsewhere(&self, folder: &CacheFolder) -> Option<Fix> {
        let machine = self.settings.machine();
        let context = folder.contexts.first()?;
        let view: &View = self.settings.view(*context)?;
        let allowed = |cache: &&CacheFolder| {
            cache.contexts.contains(context) && cache.filesystem.as_ref().is_ok_and(|one| !one.noexec && !one.read_only)
        };
        let cache = self.caches.of(Role::Build).find(allowed).filter(|_| folder.role == Role::Work);
        let Some(place) = cache.and_then(|cache| cache.path.parent()).map(|parent| parent.join("go-tmp")) else {
            return Some(Fix::manual(
                format!("Name another folder in {}", folder.role.setting()),
                "Any folder of yours will do that lies on a file system without noexec.",
                Some(format!("go env -w {}=/path/to/folder", folder.role.setting())),
            ));
        };
        let value = place.to_str()?.to_owned();
        let set = Step::SetGo { file: view.file.path.clone()?, name: "GOTMPDIR".to_owned(), value };
        let steps = vec![Step::CreateFolder { path: place.clone(), mode: 0o700 }, set];
        Some(Fix::new(format!("Let Go build in {}", machine.tilde(&place)), Class::Safe, steps))
    }
}
