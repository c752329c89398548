//! A go.mod lies where it takes in what is not its own, or where Go will
//! have none.

use std::path::Path;

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Fix, Inverse, Layer, Outcome, Privilege, Severity, Step};
use crate::probes::go::{Setting, SettingOrigin, Settings, Toolchains};
use crate::probes::project::{StrayKind, StrayModFile, StrayModFiles, StrayPlace};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-mod-stray",
    layer: Layer::Project,
    title: "No go.mod lies where it does not belong",
    impact: "Go takes a stray go.mod for this module's",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("project/go-mod-stray"),
    rule: rule!(judge(Contexts, StrayModFiles, Settings, Toolchains, RcFiles)),
};

fn judge(
    shells: &Contexts,
    strays: &StrayModFiles,
    settings: &Settings,
    toolchains: &Toolchains,
    rc: &RcFiles,
) -> Outcome {
    let about = |stray: &StrayModFile| match &stray.place {
        StrayPlace::Gopath { setting, contexts } => in_gopath(stray, setting, contexts, settings, toolchains, rc),
        StrayPlace::Temporary { setting, contexts } => in_temporary(stray, setting.as_ref(), contexts, settings, rc),
        StrayPlace::Above { inside } => above(stray, inside, settings),
    };
    shells.outcome(strays.found.iter().map(about).collect())
}

/// What Go says of a go.mod in GOPATH.
const FATAL: &str = "$GOPATH/go.mod exists but should not";

fn in_gopath(
    stray: &StrayModFile,
    setting: &Setting,
    contexts: &[Context],
    settings: &Settings,
    toolchains: &Toolchains,
    rc: &RcFiles,
) -> Finding {
    let folder = stray.file.folder.display();
    let versions = contexts.iter().filter_map(|context| toolchains.active(*context)?.version.as_ref());
    let languages: Vec<(u32, u32)> = versions.map(|version| version.language()).collect();
    let is_fatal = languages.iter().any(|language| *language < (1, 22));
    let is_warned_of = !languages.is_empty() && languages.iter().all(|language| *language >= (1, 24));
    let milder = format!(
        "In every project go mod tidy, vendor and graph end with: go.mod file not found in current directory or any parent directory. Other commands warn: ignoring go.mod in $GOPATH {folder}."
    );
    let (severity, detail) = match (is_fatal, is_warned_of) {
        (true, _) => (Severity::Error, format!("In every project nearly all go commands end with: {FATAL}.")),
        (false, true) => (Severity::Warning, milder),
        (false, false) => (Severity::Warning, format!("{milder} Older releases stop there: {FATAL}.")),
    };
    let (evidence, writer) = settings.trace("GOPATH", setting, contexts, rc);
    let why = "a project lies there, and a GOPATH must be no project";
    let unset = || remedy::reviewed(remedy::unset("GOPATH", setting, writer.as_ref(), why));
    let fixes = match (stray.kind, &setting.origin) {
        (StrayKind::Leftover, _) => vec![move_aside(stray)],
        (StrayKind::Project, SettingOrigin::Default) => vec![move_project(stray)],
        // What no file sets, a container's image has set on purpose.
        (StrayKind::Project, SettingOrigin::Environment) if writer.is_none() => vec![move_project(stray), unset()],
        (StrayKind::Project, _) => vec![unset(), move_project(stray)],
    };
    let summary = format!("{} lies at the top of GOPATH, where no go.mod may be", stray.file.name);
    Finding::new(format!("gopath:{folder}"), severity, summary)
        .detail(detail)
        .seen_in(contexts.iter().copied())
        .about("GOPATH")
        .evidence(of_file(stray))
        .evidence(evidence)
        .fixes(fixes)
}

fn in_temporary(
    stray: &StrayModFile,
    setting: Option<&Setting>,
    contexts: &[Context],
    settings: &Settings,
    rc: &RcFiles,
) -> Finding {
    let (name, machine) = (&stray.file.name, settings.machine());
    let folder = stray.file.folder.display();
    let trace = setting.map(|setting| settings.trace("TMPDIR", setting, contexts, rc));
    let is_here = stray.file.folder == machine.folder;
    let fixes = match (setting, &trace) {
        (Some(setting), Some((_, writer))) if stray.kind == StrayKind::Project => {
            let why = "a project lies there, and Go passes over it";
            vec![remedy::reviewed(remedy::unset("TMPDIR", setting, writer.as_ref(), why))]
        }
        _ if is_here || stray.kind == StrayKind::Project => vec![move_project(stray)],
        _ => vec![own_module(&machine.folder), move_aside(stray)],
    };
    Finding::new(
        format!("temp:{folder}"),
        Severity::Warning,
        format!("{name} lies in the folder of temporary files: Go passes over it"),
    )
    .detail(format!(
        "Builds below end with: go: go.mod file not found in current directory or any parent directory; see 'go help modules'. Before that Go warns: ignoring go.mod in system temp root {folder}."
    ))
    .seen_in(contexts.iter().copied())
    .about("TMPDIR")
    .evidence(of_file(stray))
    .evidences(trace.map(|(evidence, _)| evidence))
    .fixes(fixes)
}

fn above(stray: &StrayModFile, inside: &Path, settings: &Settings) -> Finding {
    let (name, inside_name) = (&stray.file.name, settings.machine().tilde(inside));
    let module = stray.file.content.as_ref().ok().and_then(|content| content.module.as_ref());
    let module = module.map_or_else(|| "a module".to_owned(), |module| format!("the module {}", module.value));
    Finding::new(name, Severity::Warning, format!("{name} takes {inside_name} into its module"))
        .detail(format!(
            "Go looks upwards for the nearest go.mod, so that everything in {inside_name} counts as a part of {module}: what that go.mod asks of Go and requires holds here too, and imports by the folder's own name end with: package … is not in std. Editors load all that lies below it."
        ))
        .evidence(of_file(stray))
        .evidence(Evidence::new(&inside_name, "no go.mod of its own"))
        .fix(move_aside(stray))
        .fix(own_module(inside))
}

fn of_file(stray: &StrayModFile) -> Evidence {
    match stray.file.content.as_ref().map(|content| content.module.as_ref()) {
        Ok(Some(module)) => Evidence::new(format!("{}:{}", stray.file.name, module.line), module.text.trim()),
        Ok(None) => Evidence::new(&stray.file.name, "a go.mod without a module line"),
        Err(missing) => Evidence::new(&stray.file.name, missing.detail.as_str()),
    }
}

/// Another name beside it takes the go.mod out of Go's sight and keeps it.
fn move_aside(stray: &StrayModFile) -> Fix {
    let title = format!("Rename {} to go.mod.stray", stray.file.name);
    let from = stray.file.path.display().to_string();
    let Some(aside) = stray.aside.as_ref().map(|aside| aside.display().to_string()) else {
        let text = "There is a go.mod.stray already. Give it a name of your own, or delete it when nothing needs it.";
        let command = format!("mv {0} {0}.old", remedy::shell_word(&from));
        return Fix::manual(format!("Move {} away", stray.file.name), text, Some(command));
    };
    // Neither way may a file that came into being meanwhile be overwritten.
    let rename = |from: &str, to: &str| ["mv", "-n", "--", from, to].map(str::to_owned).to_vec();
    let inverse = Inverse::Argv(rename(&aside, &from));
    if !stray.movable {
        return remedy::as_root(title, &["mv", "-n", "--", &from, &aside], inverse);
    }
    let step = Step::Run { argv: rename(&from, &aside), privilege: Privilege::User, inverse };
    Fix::new(title, Class::Review, vec![step])
}

/// The name of a module is its author's choice.
fn own_module(folder: &Path) -> Fix {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Fix::manual(
        "Make this folder a module of its own",
        "The nearest go.mod wins. Choose the name that others are to import it by, such as github.com/YOU/NAME.",
        Some(format!(
            "cd {} && go mod init {}",
            remedy::shell_word(&folder.display().to_string()),
            remedy::shell_word(&format!("example.com/{}", remedy::module_name(&name))),
        )),
    )
}

fn move_project(stray: &StrayModFile) -> Fix {
    Fix::manual(
        "Move the project into a folder of its own",
        format!(
            "Code lies beside {}, so that it seems to be a project. Move its files into a new folder, go.mod among them, and work there.",
            stray.file.name
        ),
        None,
    )
}
