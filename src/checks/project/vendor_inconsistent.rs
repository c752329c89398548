//! vendor/modules.txt and go.mod disagree.

use crate::checks::Check;
use crate::model::{Class, Evidence, Finding, Fix, GoVersion, Inverse, Layer, Outcome, Privilege, Severity, Step};
use crate::probes::go::{GoFlags, Settings, Toolchains};
use crate::probes::project::{GoMod, GoWork, ModFile, Vendor, Vendored, VendoredModule};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "vendor-inconsistent",
    layer: Layer::Project,
    title: "The vendor folder fits go.mod",
    impact: "Go refuses to build this project",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &["goflags-invalid"],
    page: page!("project/vendor-inconsistent"),
    rule: rule!(judge(GoMod, GoWork, Vendor, Settings, Toolchains)),
};

/// How many disagreements are shown.
const SHOWN: usize = 6;

fn judge(module: &GoMod, work: &GoWork, vendor: &Vendor, settings: &Settings, toolchains: &Toolchains) -> Outcome {
    let (Some(module), Some(vendor)) = (&module.found, &vendor.found) else {
        return Outcome::skipped("there is no vendor folder beside a go.mod");
    };
    if let Some(work) = &work.found {
        return Outcome::skipped(format!("{} makes this a workspace, which has a vendor folder of its own", work.name));
    }
    let (file, list) = match (&module.content, &vendor.list) {
        (Ok(file), Ok(list)) => (file, list.clone().unwrap_or_default()),
        (Err(missing), _) | (_, Err(missing)) => return missing.clone().into(),
    };
    let flags = settings.in_use(toolchains).map(|(_, view)| view.value("GOFLAGS")).unwrap_or_default();
    let mode = GoFlags::parse(&flags).ok().and_then(|flags| flags.value("mod").map(str::to_owned));
    let asked = file.go.as_ref().and_then(|line| GoVersion::parse(&line.value));
    match mode.as_deref() {
        Some("vendor") => {}
        Some(mode @ ("mod" | "readonly")) => {
            return Outcome::skipped(format!("GOFLAGS has -mod={mode}, so the vendor folder is not used"));
        }
        _ if list.workspace => return Outcome::skipped("the vendor folder was made for a workspace and is not used"),
        _ if asked.as_ref().is_none_or(|asked| asked.language() < (1, 14)) => {
            return Outcome::skipped("go.mod asks for no Go of 1.14 or later, so the vendor folder is not used");
        }
        _ => {}
    }
    let found = disagreements(file, &list, &vendor.name, &module.name);
    if found.is_empty() {
        return Outcome::Passed;
    }
    let folder = settings.machine().tilde(&module.folder);
    let summary = match found.len() {
        1 => format!("The vendor folder does not fit go.mod: {}", found[0].module),
        n => format!("The vendor folder does not fit go.mod in {n} places"),
    };
    let more = found.len().saturating_sub(SHOWN);
    let mut detail = format!("Every build here ends with: go: inconsistent vendoring in {}.", module.folder.display());
    if more > 0 {
        detail += &format!(" {more} more disagreements are not shown.");
    }
    let evidence = found.into_iter().take(SHOWN).map(|found| Evidence::new(found.place, found.what));
    Finding::new(&folder, Severity::Error, summary)
        .detail(detail)
        .evidences(evidence)
        .fix(sync(settings, toolchains, &folder))
        .into()
}

/// Runs `go mod vendor`. What it replaces, git has.
fn sync(settings: &Settings, toolchains: &Toolchains, folder: &str) -> Fix {
    let title = "Make the vendor folder anew: go mod vendor";
    let go = toolchains.in_use().map(|(_, go)| go);
    let by_hand = || {
        Fix::manual(
            title,
            "It fetches what is not in the module cache, and replaces the vendor folder.",
            Some(format!("cd {folder} && go mod vendor")),
        )
    };
    let Some(go) = go.filter(|go| !go.shim && settings.machine().tilde(&settings.machine().folder) == folder) else {
        return by_hand();
    };
    let argv = [go.path.display().to_string(), "mod".to_owned(), "vendor".to_owned()].to_vec();
    let inverse = Inverse::CannotBeUndone("the old vendor folder is gone, unless git has it".to_owned());
    Fix::new(title, Class::Review, vec![Step::Run { argv, privilege: Privilege::User, inverse }])
}

/// Where the two files disagree.
struct Disagreement {
    /// `path@version`.
    module: String,
    /// File and line.
    place: String,
    /// In Go's words.
    what: String,
}

/// What Go itself compares, in its order.
fn disagreements(file: &ModFile, list: &Vendored, list_name: &str, file_name: &str) -> Vec<Disagreement> {
    let entry = |path: &str, version: Option<&str>| list.modules.get(&(path.to_owned(), version.map(str::to_owned)));
    let in_file = |line: usize| format!("{file_name}:{line}");
    let in_list = |module: &VendoredModule| format!("{list_name}:{}", module.line);
    let mut found = Vec::new();
    let mut tell = |path: &str, version: Option<&str>, place: String, what: String| {
        let module = version.map_or_else(|| path.to_owned(), |version| format!("{path}@{version}"));
        found.push(Disagreement { what: format!("{module} {what}"), module, place });
    };

    for require in &file.requires {
        if !entry(&require.path, Some(&require.version)).is_some_and(|module| module.explicit) {
            let what = "is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt";
            tell(&require.path, Some(&require.version), in_file(require.line), what.to_owned());
        }
    }
    for replace in &file.replaces {
        let new = (replace.new.clone(), replace.new_version.clone());
        let old_version = replace.old_version.as_deref();
        match entry(&replace.old, old_version).and_then(|module| module.replacement.as_ref()) {
            None => {
                let what = "is replaced in go.mod, but not marked as replaced in vendor/modules.txt";
                tell(&replace.old, old_version, in_file(replace.line), what.to_owned());
            }
            Some(other) if *other != new => {
                let what = format!(
                    "is replaced by {} in go.mod, but marked as replaced by {} in vendor/modules.txt",
                    titled(&new),
                    titled(other)
                );
                tell(&replace.old, old_version, in_file(replace.line), what);
            }
            Some(_) => {}
        }
    }
    for ((path, version), module) in &list.modules {
        let required =
            file.requires.iter().any(|require| require.path == *path && Some(&require.version) == version.as_ref());
        if module.explicit && module.has_packages && !required {
            let what = "is marked as explicit in vendor/modules.txt, but not explicitly required in go.mod";
            tell(path, version.as_deref(), in_list(module), what.to_owned());
        }
        let replaced = file
            .replaces
            .iter()
            .any(|replace| replace.old == *path && (replace.old_version.is_none() || replace.old_version == *version));
        if module.replacement.is_some() && !replaced {
            let what = "is marked as replaced in vendor/modules.txt, but not replaced in go.mod";
            tell(path, version.as_deref(), in_list(module), what.to_owned());
        }
    }
    found
}

fn titled((path, version): &(String, Option<String>)) -> String {
    version.as_ref().map_or_else(|| path.clone(), |version| format!("{path}@{version}"))
}
