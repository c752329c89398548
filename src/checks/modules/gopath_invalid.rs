//! GOPATH, GOMODCACHE or GOBIN names what Go cannot use.

use std::path::Path;

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::{Setting, SettingOrigin, Settings};
use crate::probes::modules::{Caches, Place, Role};
use crate::probes::shell::{Contexts, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "gopath-invalid",
    layer: Layer::Modules,
    title: "GOPATH, GOMODCACHE and GOBIN are folders that Go can use",
    impact: "No go command works",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &["go-env-file-invalid", "rc-crlf", "wsl-windows-style-env"],
    page: page!("modules/gopath-invalid"),
    rule: rule!(judge(Contexts, Settings, Caches, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, caches: &Caches, rc: &RcFiles) -> Outcome {
    let mut findings = Vec::new();
    for name in ["GOPATH", "GOMODCACHE", "GOBIN"] {
        for (setting, contexts) in settings.values(name) {
            let fault = Fault::of(name, &setting.value).or_else(|| in_place_of_folder(caches, name, &setting));
            findings.extend(fault.map(|fault| finding(settings, rc, name, &setting, contexts, fault)));
        }
    }
    shells.outcome(findings)
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fault {
    /// `~` that no shell has replaced.
    Tilde(String),
    /// No absolute path.
    Relative(String),
    /// The list begins with a colon.
    EmptyFirst,
    /// A carriage return or blank at its end.
    Trailing(String),
    /// Something else stands where the folder should be.
    NoFolder(String),
}

impl Fault {
    fn of(name: &str, value: &str) -> Option<Fault> {
        let entries: Vec<&str> = if name == "GOPATH" { value.split(':').collect() } else { vec![value] };
        if entries.first().is_some_and(|first| first.is_empty()) {
            return Some(Fault::EmptyFirst);
        }
        let filled = || entries.iter().filter(|entry| !entry.is_empty());
        if let Some(entry) = filled().find(|entry| entry.starts_with('~')) {
            return Some(Fault::Tilde((*entry).to_owned()));
        }
        if let Some(entry) = filled().find(|entry| !entry.starts_with('/')) {
            return Some(Fault::Relative((*entry).to_owned()));
        }
        let trailing = filled().find(|entry| entry.ends_with(|c: char| c.is_whitespace() || c == '"' || c == '\''));
        trailing.map(|entry| Fault::Trailing((*entry).to_owned()))
    }

    /// What Go says, word for word.
    fn said(&self, name: &str) -> String {
        match (self, name) {
            (Fault::Tilde(entry), "GOPATH") => {
                format!(
                    "Every go command ends with: go: GOPATH entry cannot start with shell metacharacter '~': \"{entry}\"."
                )
            }
            (Fault::Tilde(_) | Fault::Relative(_), "GOBIN") => {
                "go install ends with: cannot install, GOBIN must be an absolute path.".to_owned()
            }
            (Fault::Tilde(entry) | Fault::Relative(entry), name) => {
                format!("Go ends with: go: {name} entry is relative; must be absolute path: \"{entry}\".")
            }
            (Fault::EmptyFirst, _) => {
                "Downloads end with: go: module cache not found: neither GOMODCACHE nor GOPATH is set.".to_owned()
            }
            (Fault::Trailing(_), _) => {
                "Go takes the sign at the end for a part of the name, and works in a folder of that odd name."
                    .to_owned()
            }
            (Fault::NoFolder(file), _) => {
                format!("Downloads end with: go: could not create module cache: stat {file}/pkg/mod: not a directory.")
            }
        }
    }

    fn summary(&self, name: &str) -> String {
        match self {
            Fault::Tilde(entry) => format!("{name} holds a ~ that no shell has replaced: {entry}"),
            Fault::Relative(entry) => format!("{name} is not an absolute path: {entry}"),
            Fault::EmptyFirst => format!("{name} begins with a colon, so its first folder is none"),
            Fault::Trailing(_) => format!("{name} ends in a sign that nobody sees"),
            Fault::NoFolder(file) => format!("{name} names something that is no folder: {file}"),
        }
    }

    fn severity(&self, name: &str) -> Severity {
        match self {
            Fault::Trailing(_) => Severity::Warning,
            _ if name == "GOBIN" => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// GOPATH itself is a file. The other folders are cache-not-writable's.
fn in_place_of_folder(caches: &Caches, name: &str, setting: &Setting) -> Option<Fault> {
    let first = setting.value.split(':').next().filter(|_| name == "GOPATH")?;
    caches.of(Role::Modules).find_map(|folder| match (&folder.place, &folder.decided_by) {
        (Place::NoFolder(file), Some((_, decides))) if decides == setting && file == Path::new(first) => {
            Some(Fault::NoFolder(first.to_owned()))
        }
        _ => None,
    })
}

fn finding(
    settings: &Settings,
    rc: &RcFiles,
    name: &'static str,
    setting: &Setting,
    contexts: Vec<Context>,
    fault: Fault,
) -> Finding {
    let (evidence, writer) = settings.trace(name, setting, &contexts, rc);
    let plain = !matches!(fault, Fault::Trailing(_)) && evidence.observed.contains(&setting.value);
    let value = (!plain).then(|| Evidence::new(format!("the value of {name}"), format!("{:?}", setting.value)));
    Finding::new(format!("{name}:{}", setting.value.trim()), fault.severity(name), fault.summary(name))
        .about(name)
        .explained_by(explained_by(setting))
        .detail(fault.said(name))
        .evidence(evidence.expected("an absolute path"))
        .evidences(value)
        .fixes(fixes(settings, name, setting, writer.as_ref(), &contexts, &fault))
        .seen_in(contexts)
}

/// What writes a value in this way, in the file that holds it.
fn explained_by(setting: &Setting) -> &'static [&'static str] {
    if setting.is_spoilt_by_file() {
        &["go-env-file-invalid"]
    } else if setting.value.ends_with('\r') {
        &["rc-crlf"]
    } else if setting.value.contains('\\') || setting.value.contains(":/") {
        &["wsl-windows-style-env"]
    } else {
        &[]
    }
}

/// The path that was meant first, then Go's default.
fn fixes(
    settings: &Settings,
    name: &'static str,
    setting: &Setting,
    writer: Option<&Writer>,
    contexts: &[Context],
    fault: &Fault,
) -> Vec<Fix> {
    let home = settings.machine().user.home.as_ref().and_then(|home| home.to_str());
    let view = contexts.first().and_then(|context| settings.view(*context));
    let unset = remedy::unset(name, setting, writer, "Go cannot use this value");
    let meant = home.zip(view).and_then(|(home, view)| {
        let right = meant(&setting.value, home, fault)?;
        // Nothing needs to say what Go does by itself.
        if name == "GOPATH" && right == format!("{home}/go") {
            return None;
        }
        match (&setting.origin, writer) {
            (SettingOrigin::Environment, Some(writer)) => in_script(name, writer, fault),
            _ => remedy::rewrite(name, setting, writer, &right, view),
        }
    });
    meant.into_iter().chain([unset]).collect()
}

/// The value with every entry as it was meant.
fn meant(value: &str, home: &str, fault: &Fault) -> Option<String> {
    if matches!(fault, Fault::NoFolder(_)) {
        return None;
    }
    let entry = |entry: &str| {
        let bare = entry.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        let rest = ["~", "$HOME", "${HOME}"].iter().find_map(|sign| bare.strip_prefix(sign));
        let path = match rest {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("{home}{rest}"),
            _ => bare.to_owned(),
        };
        path.starts_with('/').then_some(path)
    };
    let entries: Option<Vec<String>> = value.split(':').filter(|part| !part.trim().is_empty()).map(entry).collect();
    entries.map(|entries| entries.join(":")).filter(|value| !value.is_empty())
}

/// The line of a start file with just the fault taken out.
fn in_script(name: &str, writer: &Writer, fault: &Fault) -> Option<Fix> {
    let line = &writer.text;
    let with = match fault {
        Fault::Tilde(_) => line.replace("\"~/", "\"$HOME/").replace("'~/", "\"$HOME/"),
        Fault::EmptyFirst => line.replacen(&format!("${name}:"), "", 1).replacen(&format!("${{{name}}}:"), "", 1),
        Fault::Relative(entry) if entry.starts_with("$HOME/") => {
            line.replacen(&format!("'{entry}'"), &format!("\"{entry}\""), 1)
        }
        _ => return None,
    };
    // A quote that was opened as one kind has to be closed as that kind.
    let balanced = with.matches('"').count() % 2 == 0 && with.matches('\'').count() % 2 == 0;
    (with != *line && balanced)
        .then(|| remedy::replace_line(format!("Write {name} anew in {}", writer.place()), writer, with))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_judged_as_go_judges_them() {
        let told = |name, value: &str| Fault::of(name, value).map(|fault| fault.summary(name));
        for value in ["/home/kim/go", "/a:/b", "/a:"] {
            assert_eq!(told("GOPATH", value), None, "{value}");
        }
        assert!(matches!(Fault::of("GOPATH", "/a:~/b"), Some(Fault::Tilde(_))));
        assert!(matches!(Fault::of("GOPATH", "\"/a\""), Some(Fault::Relative(_))));
        assert!(matches!(Fault::of("GOPATH", ":/a"), Some(Fault::EmptyFirst)));
        assert!(matches!(Fault::of("GOPATH", "/a\r"), Some(Fault::Trailing(_))));
        assert!(matches!(Fault::of("GOBIN", "bin"), Some(Fault::Relative(_))));
        assert_eq!(Fault::of("GOBIN", "/a:/b"), None);
    }

    #[test]
    fn what_was_meant_is_told_where_it_can_be() {
        for (value, expected) in [
            ("~/go", Some("/h/go")),
            ("\"$HOME/go\"", Some("/h/go")),
            (":/a:~/b", Some("/a:/h/b")),
            ("/a \r", Some("/a")),
            ("go", None),
            ("~kim/go", None),
            ("%USERPROFILE%/go", None),
        ] {
            assert_eq!(meant(value, "/h", &Fault::EmptyFirst).as_deref(), expected, "{value}");
        }
    }
}
