//! glibc is linked statically.

use crate::checks::Check;
use crate::checks::remedy::{Package, install};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity};
use crate::probes::build::{Link, LinkCgo, LinkMode, LinkOrigin, Links, StaticLibc};
use crate::probes::go::Settings;
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "static-link-glibc",
    layer: Layer::Build,
    title: "Static programs do without the parts of glibc that cannot be static",
    impact: "Static programs cannot be linked, or do not know every user and host",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("build/static-link-glibc"),
    rule: rule!(judge(Contexts, Settings, Links, RcFiles)),
};

/// What brings libc.a.
const ARCHIVE: Package = Package {
    debian: "libc6-dev",
    fedora: "glibc-static",
    arch: "glibc",
    alpine: "musl-dev",
    suse: "glibc-devel-static",
};

fn judge(shells: &Contexts, settings: &Settings, links: &Links, rc: &RcFiles) -> Outcome {
    let mut findings: Vec<Finding> = Vec::new();
    let mut unknown: Option<Missing> = None;
    for link in links.found.iter().filter(|link| link.cgo == LinkCgo::On && link.flags.asks_static()) {
        let is_external = link.flags.mode == LinkMode::External || link.users.own.is_some();
        let is_image = matches!(link.origin, LinkOrigin::Image(_));
        if !is_external || links.libc == StaticLibc::Other && !is_image {
            continue;
        }
        let place = place(link, settings, rc);
        if links.libc == StaticLibc::GlibcWithoutArchive && !is_image {
            findings.push(no_archive(link, place, settings));
        } else if let Some(package) = link.users.resolver() {
            let seen = Evidence::new(&package.file, format!("{} uses C", package.package));
            findings.push(resolver(link, place, seen, &package.package));
        } else {
            unknown = unknown.or(link.users.missing.clone());
        }
    }
    // A rule of a Makefile may well build several programs.
    let findings = Finding::each_once(findings);
    let unknown = unknown.map(|missing| missing.about("which packages of the project use C"));
    shells.outcome(findings).or_unknown(unknown)
}

fn place(link: &Link, settings: &Settings, rc: &RcFiles) -> Evidence {
    match &link.origin {
        LinkOrigin::GoFlags { setting, contexts } => settings.trace("GOFLAGS", setting, contexts, rc).0,
        LinkOrigin::Recipe(build) | LinkOrigin::Image(build) => build.place.clone(),
    }
}

fn who(link: &Link) -> (String, &str) {
    match &link.origin {
        LinkOrigin::GoFlags { .. } => ("GOFLAGS".to_owned(), "GOFLAGS"),
        LinkOrigin::Recipe(build) | LinkOrigin::Image(build) => {
            (format!("{}:{}", build.file, build.name), build.file.rsplit('/').next().unwrap_or_default())
        }
    }
}

fn seen_in(finding: Finding, link: &Link) -> Finding {
    match &link.origin {
        LinkOrigin::GoFlags { contexts, .. } => finding.seen_in(contexts.iter().copied()).about("GOFLAGS"),
        LinkOrigin::Recipe(_) | LinkOrigin::Image(_) => finding,
    }
}

fn no_archive(link: &Link, place: Evidence, settings: &Settings) -> Finding {
    let (key, who) = who(link);
    let summary = format!("{who} asks for static programs, and libc.a is not here");
    let finding = Finding::new(format!("{key}:libc.a"), Severity::Warning, summary)
        .detail("Builds end with: /usr/bin/ld: cannot find -lc. The headers of glibc are there; its static archive is a package of its own.")
        .evidence(place)
        .evidence(Evidence::new("libc.a", "in no folder of libraries"))
        .fix(install(settings.machine(), &ARCHIVE));
    seen_in(finding, link)
}

fn resolver(link: &Link, place: Evidence, seen: Evidence, package: &str) -> Finding {
    let (key, who) = who(link);
    let (function, names) = match package {
        "net" => ("getaddrinfo", "hosts"),
        _ => ("getpwnam_r", "users"),
    };
    let finding = Finding::new(
        format!("{key}:{package}"),
        Severity::Warning,
        format!("{who} links glibc statically, and {package:?} looks up {names} with it"),
    )
    .detail(format!(
        "The linker warns: Using '{function}' in statically linked applications requires at runtime the shared libraries from the glibc version used for linking. Where these are missing, {names} that come from elsewhere than files and DNS, such as LDAP, mDNS or systemd, are unknown; with those of another version the program may crash."
    ))
    .evidence(place)
    .evidence(seen)
    .fix(Fix::manual(
        "Build net and os/user without C",
        "Give these tags to the build. Both packages then do without glibc. A program with no other C code is simplest built with CGO_ENABLED=0.",
        Some("-tags netgo,osusergo".to_owned()),
    ));
    seen_in(finding, link)
}
