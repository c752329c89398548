//! Building a cell for real.

use std::path::PathBuf;
use std::time::Duration;

use crate::host::{Output, Program};
use crate::model::{Cell, Missing, NamedTarget, Tried};
use crate::probes::Probing;
use crate::probes::go::{GoFlags, Settings, Toolchains, View};
use crate::probes::project::{GoMod, GoWork, WorkspaceMembers};

/// Where cells are built, so that nothing else changes.
#[derive(Debug, Clone)]
pub struct Workshop {
    /// An empty folder for what is written on the way.
    pub folder: PathBuf,
    /// The build cache.
    pub cache: PathBuf,
    /// How long one build may take.
    pub deadline: Duration,
}

/// Builds everything that the project has for a cell, as the user would, and
/// throws it away. Nothing is downloaded, and nothing written but into the
/// workshop.
#[must_use]
pub fn attempt(probing: &Probing, cell: &Cell, target: &NamedTarget, workshop: &Workshop) -> Tried {
    match program(probing, cell, target, workshop).and_then(|program| probing.host().run(&program)) {
        Ok(output) => judge(&output),
        Err(missing) => Tried::Unknown(missing.detail),
    }
}

fn program(probing: &Probing, cell: &Cell, target: &NamedTarget, workshop: &Workshop) -> Result<Program, Missing> {
    let (settings, toolchains) = (probing.get::<Settings>()?, probing.get::<Toolchains>()?);
    let (context, go) = toolchains.in_use().ok_or_else(|| Missing::absent("no go is on any PATH"))?;
    let view = settings.view(context).ok_or_else(|| Missing::absent("no go is on any PATH"))?;
    let (folder, patterns) = patterns(probing)?;
    let mut argv = vec![go.path.display().to_string(), "build".into(), "-o".into(), "/dev/null".into()];
    if go.version.as_ref().is_none_or(|version| version.language() >= (1, 18)) {
        // No version control program is started.
        argv.push("-buildvcs=false".into());
    }
    // -mod=mod would let the build rewrite go.mod.
    if GoFlags::parse(&view.value("GOFLAGS")).is_ok_and(|flags| flags.value("mod") == Some("mod")) {
        argv.push("-mod=readonly".into());
    }
    argv.extend(patterns);
    // A pattern passes over a program of which no file is left.
    argv.extend(target.programs.iter().cloned());
    Ok(Program { argv, environment: environment(view, cell, workshop), folder, deadline: Some(workshop.deadline) })
}

/// The folder to build in, and what stands for all packages of the project
/// there.
fn patterns(probing: &Probing) -> Result<(PathBuf, Vec<String>), Missing> {
    if let Some(own) = &probing.get::<GoMod>()?.found {
        return Ok((own.folder.clone(), vec!["./...".into()]));
    }
    let work = probing.get::<GoWork>()?;
    let work = work.found.as_ref().ok_or_else(|| Missing::absent("this folder is in no module"))?;
    let members = probing.get::<WorkspaceMembers>()?;
    let all = members.members.iter().map(|member| format!("{}/...", member.module.folder.display()));
    Ok((work.folder.clone(), all.collect()))
}

fn environment(view: &View, cell: &Cell, workshop: &Workshop) -> Vec<(String, String)> {
    let mut environment = view.environment().clone();
    let shown = |path: &PathBuf| path.display().to_string();
    // Go's own settings file, though its usual folder is another now: what Go
    // counts of its use goes into that.
    let file = view.file.path.as_ref().map_or_else(|| "off".to_owned(), shown);
    let folder = shown(&workshop.folder);
    for (name, value) in [
        ("GOOS", cell.target.goos.as_str()),
        ("GOARCH", &cell.target.goarch),
        ("GOCACHE", &shown(&workshop.cache)),
        ("GOTMPDIR", &folder),
        ("GOENV", &file),
        ("XDG_CONFIG_HOME", &folder),
        ("ZIG_GLOBAL_CACHE_DIR", &shown(&workshop.cache.join("zig"))),
        ("ZIG_LOCAL_CACHE_DIR", &shown(&workshop.cache.join("zig"))),
        ("GOTOOLCHAIN", "local"),
        ("GOPROXY", "off"),
    ] {
        environment.insert(name, value);
    }
    if let Some(value) = cell.cgo.value() {
        environment.insert("CGO_ENABLED", value);
    }
    if let Some(cc) = &cell.cc {
        environment.insert("CC", cc.as_str());
    }
    environment.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// What stands in the way of a build whatever it is for.
const ELSEWHERE: [&str; 3] = ["module lookup disabled by GOPROXY=off", "GOTOOLCHAIN=local", "missing go.sum entry"];

fn judge(output: &Output) -> Tried {
    let lines = || output.stderr.lines().map(str::trim).filter(|line| !line.is_empty());
    if let Some(line) = lines().find(|line| ELSEWHERE.iter().any(|text| line.contains(text))) {
        return Tried::Unknown(line.to_owned());
    }
    let nothing = lines().find(|line| line.contains("matched no packages"));
    if output.success() {
        return nothing.map_or(Tried::Built, |line| Tried::Failed(line.to_owned()));
    }
    let decisive = lines().find(|line| !line.starts_with('#') && !line.contains("matched no packages"));
    let decisive = match decisive {
        // "package A" and, below it, why it cannot be imported.
        Some(line) if line.starts_with("package ") => lines().find(|line| line.contains(": ")).unwrap_or(line),
        Some(line) => line,
        None => "go build failed without a word",
    };
    Tried::Failed(decisive.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(code: i32, stderr: &str) -> Tried {
        judge(&Output { code: Some(code), stdout: String::new(), stderr: stderr.into() })
    }

    #[test]
    fn the_decisive_line_is_found() {
        assert_eq!(said(0, ""), Tried::Built);
        assert_eq!(
            said(1, "# runtime/cgo\ncgo: C compiler \"gcc\" not found\n"),
            Tried::Failed("cgo: C compiler \"gcc\" not found".into())
        );
        assert_eq!(
            said(1, "package x.y/b\n\timports x.y/a: build constraints exclude all Go files in /a\n"),
            Tried::Failed("imports x.y/a: build constraints exclude all Go files in /a".into())
        );
        assert_eq!(said(2, ""), Tried::Failed("go build failed without a word".into()));
        let nothing = "go: warning: \"./...\" matched no packages";
        assert_eq!(said(0, nothing), Tried::Failed(nothing.into()));
    }

    #[test]
    fn what_has_nothing_to_do_with_the_target_is_no_answer() {
        let lookup = "x.go:3:8: x.y/z@v1.0.0: module lookup disabled by GOPROXY=off";
        assert_eq!(said(1, lookup), Tried::Unknown(lookup.into()));
    }
}
