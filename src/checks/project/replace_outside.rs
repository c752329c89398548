//! A required module is replaced by a folder that is not there.

use crate::checks::Check;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::{GoFlags, Settings, Toolchains};
use crate::probes::project::{GoMod, MissingFolder, ReplacedFolders, Vendor};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "replace-outside",
    layer: Layer::Project,
    title: "The folders that replace modules are there",
    impact: "Packages of a replaced module cannot be found",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("project/replace-outside"),
    rule: rule!(judge(GoMod, Vendor, Settings, Toolchains, ReplacedFolders)),
};

fn judge(
    module: &GoMod,
    vendor: &Vendor,
    settings: &Settings,
    toolchains: &Toolchains,
    replaced: &ReplacedFolders,
) -> Outcome {
    let Some(module) = &module.found else { return Outcome::skipped("this folder is in no module") };
    if let Err(missing) = &module.content {
        return missing.clone().into();
    }
    let flags = settings.in_use(toolchains).map(|(_, view)| view.value("GOFLAGS")).unwrap_or_default();
    let flag = |name| GoFlags::parse(&flags).ok().and_then(|flags| flags.value(name).map(str::to_owned));
    if vendor.found.is_some() && !matches!(flag("mod").as_deref(), Some("mod" | "readonly")) {
        return Outcome::skipped("the vendor folder has a copy of every replaced module");
    }
    if flag("modfile").is_some() {
        return Outcome::skipped("GOFLAGS names another file than go.mod");
    }
    replaced.missing.iter().map(finding).collect::<Vec<_>>().into()
}

fn finding(missing: &MissingFolder) -> Finding {
    let replace = &missing.replace;
    let file = missing.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let version = replace.old_version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
    Finding::new(
        &replace.old,
        Severity::Warning,
        format!("{file} takes {} from {}, which is not there", replace.old, missing.folder),
    )
    .detail(format!(
        "Whatever imports it ends with: {}: replacement directory {} does not exist. The folder belongs beside the project on the machine of whoever wrote the line.",
        replace.old, replace.new
    ))
    .evidence(Evidence::new(
        format!("{}:{}", missing.file_name, replace.line),
        format!("{}{version} => {}", replace.old, replace.new),
    ))
    .fixes(missing.submodule.then(submodule))
    .fix(by_hand(missing))
}

fn submodule() -> Fix {
    Fix::manual(
        "Fetch the submodule",
        "The repository keeps this folder in a submodule, which was not cloned with it.",
        Some("git submodule update --init --recursive".to_owned()),
    )
}

fn by_hand(missing: &MissingFolder) -> Fix {
    let replace = &missing.replace;
    let old = replace
        .old_version
        .as_ref()
        .map_or_else(|| replace.old.clone(), |version| format!("{}@{version}", replace.old));
    let verb = if missing.file.ends_with("go.work") { "work" } else { "mod" };
    Fix::manual(
        "Get the folder, or drop the replacement",
        format!(
            "Clone the source of {} to {}. Where the line was left behind by mistake, drop it, and Go takes the released version.",
            replace.old, missing.folder
        ),
        Some(format!("go {verb} edit -dropreplace={old}")),
    )
}
