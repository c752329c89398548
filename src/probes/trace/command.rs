use std::path::Path;

use super::package::package_of;
use super::{Sight, path_entry};
use crate::host::{Binary, Environment, Host};
use crate::model::{Candidate, Context, GoVersion, TraceRow, TraceWriter};
use crate::probes::go::{GoCommand, Manager, Origin};
use crate::probes::shell::RcFiles;
use crate::probes::{Probing, lookup_all};

/// Every file that the name may stand for, in the order of the first PATH
/// that has it.
pub(super) fn candidates(probing: &Probing, rc: &RcFiles, sights: &[Sight], name: &str) -> Vec<Candidate> {
    let host = probing.host();
    let mut found: Vec<Candidate> = Vec::new();
    for sight in sights {
        let Ok(environment) = &sight.environment else { continue };
        for (place, path) in lookup_all(host, name, environment).into_iter().enumerate() {
            let text = path.display().to_string();
            let known = found.iter().position(|candidate| candidate.path == text);
            let known = known.unwrap_or_else(|| {
                let from = path.parent().and_then(|folder| path_entry::writer(rc, sight.context, environment, folder));
                found.push(candidate(host, &path, environment, from));
                found.len() - 1
            });
            found[known].contexts.push(sight.context);
            if place == 0 {
                found[known].wins_in.push(sight.context);
            }
        }
    }
    found
}

fn candidate(host: &dyn Host, path: &Path, environment: &Environment, from: Option<TraceWriter>) -> Candidate {
    let real = host.canonical(path).unwrap_or_else(|_| path.to_owned());
    let binary = host.binary(path).ok();
    let build = binary.as_ref().and_then(|binary| binary.go.as_ref());
    let is_go = build.is_some_and(|build| build.path.starts_with("cmd/"));
    let own = build.map(|build| if is_go { &build.go_version } else { &build.version });
    let manager = path.parent().and_then(|folder| Manager::of_shims(folder, environment));
    // The shim itself has no version: that of the Go behind it is meant.
    let behind = manager.as_ref().filter(|_| path.ends_with("go")).map(|_| GoCommand::at(host, path, environment));
    let behind = behind.and_then(|go| go.version).map(|version| version.to_string());
    Candidate {
        path: path.display().to_string(),
        real: (real != path).then(|| real.display().to_string()),
        version: behind.or_else(|| own.filter(|version| !version.is_empty()).cloned()),
        built_with: build.filter(|_| !is_go).and_then(|build| GoVersion::parse(&build.go_version)),
        arch: binary.as_ref().and_then(|binary: &Binary| binary.goarch.clone()),
        owner: manager.map(|manager| manager.title().to_owned()).or_else(|| owner(host, &real)),
        from,
        contexts: Vec::new(),
        wins_in: Vec::new(),
    }
}

/// Who put it there, as far as the path tells.
fn owner(host: &dyn Host, real: &Path) -> Option<String> {
    let root = real.parent().filter(|bin| bin.ends_with("bin")).and_then(Path::parent);
    match root.filter(|root| host.is_file(&root.join("VERSION"))).map(Origin::of) {
        Some(Origin::Unpacked) | None => {
            let of_system = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/lib"];
            let is_of_system = of_system.iter().any(|folder| real.starts_with(folder));
            is_of_system.then(|| package(host, real))
        }
        Some(Origin::Distribution) => Some(package(host, real)),
        Some(origin) => Some(origin.title().to_owned()),
    }
}

/// The package by its name, or that it is one.
fn package(host: &dyn Host, real: &Path) -> String {
    let name = package_of(host, real).map(|name| format!("package {name}"));
    name.unwrap_or_else(|| Origin::Distribution.title().to_owned())
}

/// The file that one context runs.
pub(super) fn row(candidates: &[Candidate], sight: &Sight) -> TraceRow {
    let context = sight.context;
    let winner = candidates.iter().find(|candidate| candidate.wins_in.contains(&context));
    let value = sight.environment.as_ref().map_err(Clone::clone);
    let value = value.map(|_| winner.map(|winner| winner.path.clone()));
    let from = winner.filter(|_| context != Context::NonInteractive).and_then(|winner| winner.from.clone());
    let writers = from.map(|from| TraceWriter { value: winner.map(|winner| winner.path.clone()), ..from });
    TraceRow { context, certain: value.is_ok(), value, writers: writers.into_iter().collect(), differs: false }
}
