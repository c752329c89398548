//! go.sum has no entry for a module that Go needs.

use crate::checks::Check;
use crate::collections::order;
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Missing, Outcome, Privilege, Severity, Step};
use crate::probes::go::{Settings, Toolchains};
use crate::probes::project::{Asked, GoMod, Lack, MissingSums, SumFile, SumKind};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-sum-missing",
    layer: Layer::Project,
    title: "go.sum has an entry for every module that Go asks it for",
    impact: "Go refuses to build this project",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("project/go-sum-missing"),
    rule: rule!(judge(MissingSums, GoMod, Settings, Toolchains)),
};

/// How many entries are shown.
const SHOWN: usize = 6;

/// Up to how many modules the fix names one by one.
const NAMED: usize = 12;

fn judge(sums: &MissingSums, module: &GoMod, settings: &Settings, toolchains: &Toolchains) -> Outcome {
    let file = match sums {
        MissingSums::NotAsked(why) => return Outcome::skipped(why.as_str()),
        MissingSums::Asked(file) => file,
    };
    let Some(first) = file.lacks.iter().min_by_key(|lack| weight(lack)) else {
        return match &file.untold {
            Some(module) => {
                let why =
                    format!("{} has no entry for {module}, and whether a build needs it cannot be told", file.name);
                Missing::failed(why).into()
            }
            None => Outcome::Passed,
        };
    };
    let severity = if file.stops_builds() { Severity::Error } else { Severity::Warning };
    let mut detail = said(first);
    let more = file.lacks.len().saturating_sub(SHOWN);
    if more > 0 {
        detail += &format!(" {more} more entries are not shown.");
    }
    let mut lacks: Vec<&Lack> = file.lacks.iter().collect();
    order::sort_by_key(&mut lacks, |lack| weight(lack));
    let evidence = lacks.iter().take(SHOWN).map(|lack| {
        let observed = match &lack.asked {
            Asked::Build(path) | Asked::Test(path) => format!("import \"{path}\""),
            Asked::Graph(line) | Asked::Listing(line) => line.clone(),
        };
        Evidence::new(&lack.place, observed).expected(format!("in go.sum: {}", lack.entry()))
    });
    Finding::new(&file.name, severity, summary(file, first))
        .detail(detail)
        .evidences(evidence)
        .fix(download(file, module, settings, toolchains))
        .fix(Fix::manual(
            "Or let Go tidy go.mod and go.sum",
            "It adds what is missing, drops what is not needed, and may change go.mod: look at both before you commit them.",
            Some("go mod tidy".to_owned()),
        ))
        .into()
}

/// What stops more comes first.
fn weight(lack: &Lack) -> u8 {
    match lack.asked {
        Asked::Graph(_) => 0,
        Asked::Build(_) => 1,
        Asked::Test(_) => 2,
        Asked::Listing(_) => 3,
    }
}

fn summary(file: &SumFile, first: &Lack) -> String {
    let mut modules: Vec<(&str, &str)> = file.lacks.iter().map(|lack| (&*lack.path, &*lack.version)).collect();
    modules.sort_unstable();
    modules.dedup();
    match (modules.as_slice(), file.exists) {
        ([_], true) if first.kind == SumKind::GoMod => {
            format!("go.sum has no entry for the go.mod file of {} {}", first.path, first.version)
        }
        ([_], true) => format!("go.sum has no entry for {} {}", first.path, first.version),
        ([_], false) => format!("There is no go.sum, and {} {} needs an entry in it", first.path, first.version),
        (modules, true) => format!("go.sum has no entries for {} modules that are needed here", modules.len()),
        (modules, false) => format!("There is no go.sum, and {} modules need entries in it", modules.len()),
    }
}

/// What Go says of an entry that is missing.
fn said(lack: &Lack) -> String {
    let of_list = format!("{}@{}: missing go.sum entry for go.mod file", lack.path, lack.version);
    let text = |path: &str| match lack.kind {
        SumKind::Module => format!("missing go.sum entry for module providing package {path}"),
        SumKind::GoMod => of_list.clone(),
    };
    match &lack.asked {
        Asked::Graph(_) => format!("Every build here ends with: go: {of_list}."),
        Asked::Build(path) => format!("Building the package that imports it ends with: {}.", text(path)),
        Asked::Test(path) => format!("Builds work; go test ends with: {}.", text(path)),
        Asked::Listing(_) => format!("Builds work; go list -m all and tools that ask for it end with: go: {of_list}."),
    }
}

/// Go itself adds the entries, once it has compared them with the checksum
/// database.
fn download(file: &SumFile, module: &GoMod, settings: &Settings, toolchains: &Toolchains) -> Fix {
    let mut arguments: Vec<&str> = file.lacks.iter().map(|lack| lack.argument.as_str()).collect();
    arguments.sort_unstable();
    arguments.dedup();
    let title = match arguments.as_slice() {
        [one] => format!("Let Go add the entry: go mod download {one}"),
        many => format!("Let Go add the entries of {} modules", many.len()),
    };
    if arguments.len() > NAMED {
        arguments = vec!["all"];
    }
    // A module path starts with no dash; but the file may say anything.
    let is_plain = arguments.iter().all(|argument| !argument.starts_with('-'));
    let go = toolchains.in_use().map(|(_, go)| go).filter(|go| !go.shim && is_plain);
    let folder = module.found.as_ref().map(|module| module.folder.as_path());
    match (go, folder) {
        (Some(go), Some(folder)) if settings.machine().folder.starts_with(folder) => {
            let mut argv = vec![go.path.display().to_string(), "mod".to_owned(), "download".to_owned()];
            argv.extend(arguments.into_iter().map(str::to_owned));
            let inverse = Inverse::Restore(vec![file.path.clone(), folder.join("go.mod")]);
            Fix::new(title, Class::Review, vec![Step::Run { argv, privilege: Privilege::User, inverse }])
        }
        _ => Fix::manual(
            title,
            "It fetches the modules and writes their sums into go.sum.",
            is_plain.then(|| format!("go mod download {}", arguments.join(" "))),
        ),
    }
}
