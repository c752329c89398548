//! Backslashes in .wslconfig have made another path of a path.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::wsl::ConfigFiles;
use crate::probes::wsl::config::{ConfigFile, Entry, ValueFaultKind};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wslconfig-backslash",
    layer: Layer::Wsl,
    title: "Paths in .wslconfig are what they look like",
    impact: "WSL uses another file than the one that was meant",
    severity: Severity::Error,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("wsl/wslconfig-backslash"),
    rule: rule!(judge(ConfigFiles)),
};

fn judge(files: &ConfigFiles) -> Outcome {
    let file = match &files.wslconfig {
        Ok(file) => file,
        Err(missing) => return missing.clone().into(),
    };
    if let Some(missing) = file.problem() {
        return missing.clone().into();
    }
    if file.content().is_none() {
        return Outcome::skipped(format!("there is no {}", file.name));
    }
    let faults = file.value_faults();
    let silent = faults.iter().filter(|fault| fault.kind == ValueFaultKind::SilentEscape);
    silent.map(|fault| finding(file, &fault.entry)).collect::<Vec<_>>().into()
}

fn finding(file: &ConfigFile, entry: &Entry) -> Finding {
    let doubled = entry.written.replace('\\', "\\\\");
    Finding::new(&entry.name, Severity::Error, format!("Backslashes make another path of {}", entry.name))
        .detail(
            "In this file \\t is a tab, \\n a new line and \\b a backspace. WSL takes the path with them in it and \
             says nothing.",
        )
        .evidence(
            Evidence::new(file.place(entry.line), format!("{} = {}", entry.name, entry.written)).expected(&doubled),
        )
        .evidence(Evidence::new("WSL reads", named(&entry.value)))
        .fix(remedy::wsl::edit_config(
            "Write each backslash twice",
            file,
            entry.line,
            &entry.text,
            &entry.text.replacen(entry.written.as_str(), &doubled, 1),
        ))
}

/// The text with the signs that nobody sees by their names.
fn named(value: &str) -> String {
    value.replace('\t', "<TAB>").replace('\n', "<NEW LINE>").replace('\u{8}', "<BACKSPACE>")
}
