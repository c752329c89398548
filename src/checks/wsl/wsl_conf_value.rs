//! A value, or the name of a setting, that WSL does not take.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::wsl::ConfigFiles;
use crate::probes::wsl::config::{ConfigFile, Dialect, Entry, Kind, ValueFault, ValueFaultKind};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-conf-value",
    layer: Layer::Wsl,
    title: "WSL takes the values of its settings",
    impact: "WSL ignores settings",
    severity: Severity::Warning,
    class: Some(Class::Root),
    causes: &[],
    page: page!("wsl/wsl-conf-value"),
    rule: rule!(judge(ConfigFiles)),
};

fn judge(files: &ConfigFiles) -> Outcome {
    let of_file = |file: &ConfigFile| {
        let faults = file.value_faults();
        faults.iter().filter_map(|fault| finding(file, fault)).collect::<Vec<_>>()
    };
    let findings: Vec<Finding> = files.known().flat_map(of_file).collect();
    Outcome::of(findings).or_unknown(files.problem())
}

fn finding(file: &ConfigFile, fault: &ValueFault) -> Option<Finding> {
    let Entry { name, line, written, .. } = &fault.entry;
    let place = file.place(*line);
    let (summary, expected) = match &fault.kind {
        // Other checks speak of these.
        ValueFaultKind::OtherFile | ValueFaultKind::SilentEscape => return None,
        ValueFaultKind::Unknown(Some(nearest)) => {
            (format!("WSL knows no setting {name}"), format!("perhaps {nearest}"))
        }
        ValueFaultKind::Unknown(None) => {
            (format!("WSL knows no setting {name}"), "a setting that WSL knows".to_owned())
        }
        ValueFaultKind::Value(kind) => (format!("WSL does not take {written} for {name}"), wanted(*kind)),
        ValueFaultKind::Duplicate(first) => {
            (format!("{name} stands twice in {}; the first counts", file.name), format!("only the one of line {first}"))
        }
    };
    let nothing = match fault.kind {
        ValueFaultKind::Duplicate(_) => "This line has no effect, even where the first is bad.",
        ValueFaultKind::Value(_) => "The setting keeps its default.",
        _ => "The line has no effect.",
    };
    let again = if matches!(fault.kind, ValueFaultKind::Duplicate(_)) { ":again" } else { "" };
    let mut finding = Finding::new(format!("{}:{name}{again}", key(file)), Severity::Warning, summary)
        .detail(format!("{nothing} WSL says it once, when it starts: {fault}."))
        .evidence(Evidence::new(place, format!("{name} = {written}")).expected(expected));
    if let Some(with) = better(fault) {
        finding = finding.fix(remedy::wsl::edit_config(
            match fault.kind {
                ValueFaultKind::Duplicate(_) => format!("Comment out line {line} of {}", file.name),
                _ => format!("Write {}", with.trim()),
            },
            file,
            *line,
            &fault.entry.text,
            &with,
        ));
    } else {
        finding = finding.fix(Fix::manual(
            format!("Correct line {line} of {}", file.name),
            remedy::wsl::AFTERWARDS,
            Some(remedy::wsl::editor(file, *line)),
        ));
    }
    Some(finding)
}

fn key(file: &ConfigFile) -> &'static str {
    match file.dialect {
        Dialect::WslConf => "wsl.conf",
        Dialect::WslConfig => ".wslconfig",
    }
}

fn wanted(kind: Kind) -> String {
    match kind {
        Kind::Boolean => "true or false".to_owned(),
        Kind::Integer => "a whole number".to_owned(),
        Kind::Memory => "digits and a unit in capitals, such as 8GB".to_owned(),
        Kind::Choice(choices) => format!("one of {}", choices.join(", ")),
        Kind::Path | Kind::Text => "any text".to_owned(),
    }
}

/// The line as it was meant, where that can be told.
fn better(fault: &ValueFault) -> Option<String> {
    let Entry { value, text, written, .. } = &fault.entry;
    let with_value = |new: &str| Some(text.replacen(written.as_str(), new, 1)).filter(|_| !written.is_empty());
    match fault.kind {
        ValueFaultKind::Value(Kind::Boolean) => match value.to_ascii_lowercase().as_str() {
            "yes" | "on" | "y" | "enabled" => with_value("true"),
            "no" | "off" | "n" | "disabled" => with_value("false"),
            _ => None,
        },
        ValueFaultKind::Value(Kind::Memory) => {
            let plain: String = value.to_ascii_uppercase().replace(' ', "").replace("IB", "B");
            Kind::Memory.takes(&plain).then(|| with_value(&plain)).flatten()
        }
        ValueFaultKind::Duplicate(_) => Some(format!("# {text}")),
        ValueFaultKind::Unknown(Some(nearest)) => {
            let (section, key) = nearest.split_once('.')?;
            let (own_section, own_key) = fault.entry.name.split_once('.')?;
            section.eq_ignore_ascii_case(own_section).then(|| text.replacen(own_key, key, 1))
        }
        _ => None,
    }
}
