//! LD_LIBRARY_PATH hides libraries of the system.

use std::path::Path;

use crate::checks::{Check, remedy};
use crate::host::Machine;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::build::{BrokenTool, HiddenBy, LibraryPath, LibraryPaths};
use crate::probes::go::{Setting, SettingOrigin, Settings};
use crate::probes::shell::{Contexts, Form, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "ld-library-path",
    layer: Layer::Build,
    title: "LD_LIBRARY_PATH hides no library that a tool needs",
    impact: "Tools that Go calls do not start",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("build/ld-library-path"),
    rule: rule!(judge(Contexts, LibraryPaths, Settings, RcFiles)),
};

const NAME: &str = "LD_LIBRARY_PATH";

/// How many programs are shown.
const SHOWN: usize = 6;

/// How many programs a summary names.
const NAMED: usize = 3;

fn judge(shells: &Contexts, paths: &LibraryPaths, settings: &Settings, rc: &RcFiles) -> Outcome {
    let broken = paths.found.iter().filter_map(|path| Some((path, path.broken.first()?)));
    shells.outcome(broken.map(|(path, first)| finding(path, first, settings, rc)).collect())
}

fn finding(path: &LibraryPath, first: &BrokenTool, settings: &Settings, rc: &RcFiles) -> Finding {
    let machine = settings.machine();
    let setting = Setting { value: path.value.clone(), origin: SettingOrigin::Environment };
    let (evidence, writer) = settings.trace(NAME, &setting, &path.contexts, rc);
    let mut names: Vec<&str> = path.broken.iter().map(|tool| tool.name.as_str()).collect();
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let more_title = format!("{more} more");
    names.extend((more > 0).then_some(more_title.as_str()));
    let library = file_name(first);
    let mut finding = Finding::new(
        format!("{}/{library}", first.folder),
        Severity::Warning,
        format!("{NAME} breaks {}: it hides the system's {library}", remedy::listed(&names)),
    )
    .detail(format!(
        "In {}, {} ends with: {}. Without the variable it takes {}.",
        remedy::contexts_title(&path.contexts),
        first.name,
        says(first),
        first.hidden.display()
    ))
    .seen_in(path.contexts.iter().copied())
    .about(NAME)
    .evidence(evidence);
    for tool in path.broken.iter().take(SHOWN) {
        let library = machine.tilde(&tool.library);
        finding = finding.evidence(Evidence::new(&tool.file, format!("would take {library}: {}", fault(tool))));
    }
    let line = line_with(&first.folder, rc).or(writer);
    finding.fix(unset(&first.folder, &setting, line.as_ref(), machine))
}

fn file_name(tool: &BrokenTool) -> String {
    tool.library.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What the loader prints.
fn says(tool: &BrokenTool) -> String {
    let library = tool.library.display();
    match &tool.by {
        HiddenBy::Version(version) => format!("{library}: version `{version}' not found"),
        HiddenBy::Damage { too_short: true } => {
            format!("error while loading shared libraries: {library}: file too short")
        }
        HiddenBy::Damage { too_short: false } => {
            format!("error while loading shared libraries: {library}: invalid ELF header, or with: Bus error")
        }
        HiddenBy::Needs(name) => {
            format!("error while loading shared libraries: {name}: cannot open shared object file")
        }
        HiddenBy::OtherGlibc { .. } => {
            format!("symbol lookup error: {library}: undefined symbol, version GLIBC_PRIVATE")
        }
    }
}

fn fault(tool: &BrokenTool) -> String {
    match &tool.by {
        HiddenBy::Version(version) => format!("without {version}"),
        HiddenBy::Damage { .. } => "no whole library".to_owned(),
        HiddenBy::Needs(name) => format!("needs {name}, which is nowhere"),
        HiddenBy::OtherGlibc { version, system } => format!("glibc {version}, with the loader of {system}"),
    }
}

/// The line that names the folder, when the value was put together by several.
fn line_with(folder: &str, rc: &RcFiles) -> Option<Writer> {
    let words = spellings(folder, rc.machine());
    let mut lines = rc.writers(NAME).into_iter();
    lines.find(|line| words.iter().any(|word| line.text.contains(word.as_str())))
}

/// How people write a folder.
fn spellings(folder: &str, machine: &Machine) -> Vec<String> {
    let home = machine.user.home.as_ref().and_then(|home| home.to_str());
    let below = home.and_then(|home| folder.strip_prefix(home)).filter(|rest| rest.starts_with('/'));
    let shorter = below.into_iter().flat_map(|rest| ["$HOME", "${HOME}", "~"].map(|home| format!("{home}{rest}")));
    [folder.to_owned()].into_iter().chain(shorter).collect()
}

/// What needs the folder does without it then: that is a choice.
fn unset(folder: &str, setting: &Setting, line: Option<&Writer>, machine: &Machine) -> Fix {
    let why = format!("{folder} hides libraries of the system");
    let narrow = line.and_then(|line| without_folder(folder, line, machine));
    remedy::reviewed(narrow.unwrap_or_else(|| remedy::unset(NAME, setting, line, &why)))
}

/// The line with its other folders kept. None where it has no others.
fn without_folder(folder: &str, line: &Writer, machine: &Machine) -> Option<Fix> {
    if line.form != Form::Posix {
        return None;
    }
    let (before, value) = line.text.split_once('=')?;
    let quotes = ['"', '\''];
    let end = value.trim_end();
    let mark = quotes.into_iter().find(|mark| end.len() > 1 && end.starts_with(*mark) && end.ends_with(*mark));
    let inner = mark.map_or(end, |mark| end.trim_matches(mark));
    // Anything but a plain list is for the user to read.
    if inner.contains([' ', ';', '"', '\'', '#', '`', '(']) {
        return None;
    }
    let words = spellings(folder, machine);
    let kept: Vec<&str> =
        inner.split(':').filter(|entry| !words.iter().any(|word| word == entry.trim_end_matches('/'))).collect();
    let names_others = kept.iter().any(|entry| !entry.is_empty() && !entry.contains("LD_LIBRARY_PATH"));
    let mark = mark.map(String::from).unwrap_or_default();
    let text = format!("{before}={mark}{}{mark}", kept.join(":"));
    (names_others && kept.len() < inner.split(':').count()).then(|| {
        remedy::replace_line(format!("Take {} out of {}", machine.tilde(Path::new(folder)), line.place()), line, text)
    })
}
