//! Files of the project ask for different Go versions.

use crate::checks::Check;
use crate::model::{Class, Edit, Evidence, Finding, Fix, GoVersion, Layer, Missing, Outcome, Patch, Severity, Step};
use crate::probes::go::Toolchains;
use crate::probes::project::{Ask, Demand, GoMod, GoWork, Reader, VersionFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-version-files-differ",
    layer: Layer::Project,
    title: "All files of the project ask for a Go that fits",
    impact: "Builds differ from place to place",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("project/go-version-files-differ"),
    rule: rule!(judge(VersionFiles, GoMod, GoWork, Toolchains)),
};

fn judge(files: &VersionFiles, module: &GoMod, work: &GoWork, toolchains: &Toolchains) -> Outcome {
    let demand = match Demand::of(module, work) {
        Ok(demand) => demand,
        Err(missing) => return missing.into(),
    };
    if files.asks.is_empty() {
        return match &files.problem {
            Some(missing) => Missing::clone(missing).into(),
            None => Outcome::skipped("no file names a Go version beside go.mod"),
        };
    }
    let needed = demand.as_ref().and_then(Demand::go_version);
    let below: Vec<&Ask> =
        files.asks.iter().filter(|ask| needed.as_ref().is_some_and(|needed| ask.is_below(needed))).collect();
    let managers: Vec<&Ask> = files.asks.iter().filter(|ask| ask.reader == Reader::Manager).collect();
    let quarrel =
        managers.iter().find_map(|one| managers.iter().find(|two| one.contradicts(two)).map(|two| [*one, *two]));

    if let (Some(demand), Some(needed), Some(first)) = (&demand, &needed, below.first()) {
        let line = demand.go.map(|line| demand.evidence(line));
        let target = replacement(needed, toolchains);
        return Finding::new(
            "below",
            Severity::Warning,
            format!("{} asks for Go {}, and {} needs {}", file_name(first), first.version, demand.file(), needed.bare()),
        )
        .detail("Who builds by that file gets a Go that is too old for the module: it fails there, or fetches another Go each time.")
        .evidences(line)
        .evidences(below.iter().map(|ask| evidence(ask).expected(format!("{} or newer", needed.bare()))))
        .fixes(below.iter().filter(|ask| ask.reader == Reader::Manager).map(|ask| fix(ask, &target)))
        .into();
    }
    if let Some([one, two]) = quarrel {
        return Finding::new(
            "quarrel",
            Severity::Warning,
            format!("{} asks for Go {}, and {} for {}", file_name(one), one.version, file_name(two), two.version),
        )
        .detail("Which Go runs depends on the version manager that reads its file first.")
        .evidence(evidence(one))
        .evidence(evidence(two))
        .into();
    }
    match &files.problem {
        Some(missing) => Missing::clone(missing).into(),
        None => Outcome::Passed,
    }
}

/// The Go in use where it fits, or else the first release that does.
fn replacement(needed: &GoVersion, toolchains: &Toolchains) -> String {
    let used = toolchains.in_use().and_then(|(_, go)| go.version.clone()).filter(|version| version >= needed);
    match used {
        Some(version) => version.bare().to_owned(),
        None if needed.patch == Patch::Language => format!("{}.0", needed.bare()),
        None => needed.bare().to_owned(),
    }
}

fn file_name(ask: &Ask) -> String {
    ask.place.path.file_name().map_or_else(|| ask.place.name.clone(), |name| name.to_string_lossy().into_owned())
}

fn evidence(ask: &Ask) -> Evidence {
    Evidence::new(format!("{}:{}", ask.place.name, ask.place.line), ask.place.text.trim())
}

fn fix(ask: &Ask, version: &str) -> Fix {
    let with = ask.place.text.replacen(&ask.version, version, 1);
    let edits = vec![Edit::ReplaceLine { line: ask.place.line, was: ask.place.text.clone(), with }];
    let title = format!("Ask for {version} in {}", file_name(ask));
    Fix::new(title, Class::Review, vec![Step::EditFile { path: ask.place.path.clone(), edits }])
}
