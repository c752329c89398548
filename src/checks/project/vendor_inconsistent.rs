//! The vendor folder does not fit go.mod.

use crate::checks::Check;
use crate::model::text::count;
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Outcome, Privilege, Severity, Step};
use crate::probes::project::{GoMod, GoWork, ModFile, Vendor, Vendored};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "vendor-inconsistent",
    layer: Layer::Project,
    title: "The vendor folder fits go.mod",
    impact: "This project cannot be built",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[],
    page: page!("project/vendor-inconsistent"),
    rule: rule!(judge(GoMod, GoWork, Vendor)),
};

/// How many differences are shown.
const SHOWN: usize = 6;

fn judge(module: &GoMod, work: &GoWork, vendor: &Vendor) -> Outcome {
    let Some(folder) = &vendor.found else { return Outcome::skipped("there is no vendor folder") };
    let Some(file) = &module.found else { return Outcome::skipped("the folder lies in no module") };
    let list = match &folder.list {
        Ok(Some(list)) => list,
        Ok(None) => return Outcome::skipped("the vendor folder has no modules.txt: it is not Go's"),
        Err(missing) => return missing.clone().into(),
    };
    let content = match &file.content {
        Ok(content) => content,
        Err(missing) => return missing.clone().into(),
    };
    if work.found.is_some() || list.workspace {
        return Outcome::skipped("a workspace vendors for all its modules together");
    }
    let differences = differences(content, list);
    if differences.is_empty() {
        return Outcome::Passed;
    }
    let more = differences.len().saturating_sub(SHOWN);
    let evidence = differences.iter().take(SHOWN).map(|difference| {
        let (source, line) = match difference.side {
            Side::GoMod => (&file.name, difference.line),
            Side::List => (&folder.name, difference.line),
        };
        Evidence::new(format!("{source}:{line}"), &difference.text)
    });
    let program = Step::Run {
        argv: ["go", "mod", "vendor"].map(str::to_owned).to_vec(),
        privilege: Privilege::User,
        inverse: Inverse::CannotBeUndone("the whole vendor folder is written anew".to_owned()),
    };
    Finding::new("vendor", Severity::Error, format!("vendor/modules.txt does not fit go.mod: {}", count(differences.len(), "difference")))
        .detail(format!(
            "Go builds from the vendor folder, and first compares it with go.mod. Every build fails with: go: inconsistent vendoring.{}",
            if more > 0 { format!(" {more} more are not shown.") } else { String::new() }
        ))
        .evidences(evidence)
        .fix(Fix::new("Write the vendor folder anew (go mod vendor)", Class::Review, vec![program]))
        .into()
}

enum Side {
    GoMod,
    List,
}

struct Difference {
    side: Side,
    line: usize,
    text: String,
}

/// What `go` compares before it builds from a vendor folder.
fn differences(module: &ModFile, list: &Vendored) -> Vec<Difference> {
    let mut found = Vec::new();
    for require in &module.requires {
        let name = format!("{}@{}", require.path, require.version);
        let entry = list.modules.get(&(require.path.clone(), Some(require.version.clone())));
        let text = match entry {
            Some(entry) if entry.explicit => continue,
            _ => format!("{name} is required, and not marked as explicit in vendor/modules.txt"),
        };
        found.push(Difference { side: Side::GoMod, line: require.line, text });
    }
    for ((path, version), entry) in list.modules.iter().filter(|(_, entry)| entry.explicit) {
        let Some(version) = version else { continue };
        let required = module.requires.iter().any(|require| require.path == *path && require.version == *version);
        if !required {
            let text = format!("{path}@{version} is marked as explicit, and not required in go.mod");
            found.push(Difference { side: Side::List, line: entry.line, text });
        }
    }
    found
}
