//! A password stands in a Go setting.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity, Step, mask};
use crate::probes::go::{Setting, SettingOrigin, Settings};
use crate::probes::shell::{Contexts, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goproxy-credentials",
    layer: Layer::Modules,
    title: "No password stands in a Go setting",
    impact: "A password is shown by go env",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("modules/goproxy-credentials"),
    rule: rule!(judge(Contexts, Settings, RcFiles)),
};

/// The settings that hold addresses.
const NAMES: [&str; 3] = ["GOPROXY", "GOSUMDB", "GOVCS"];

fn judge(shells: &Contexts, settings: &Settings, rc: &RcFiles) -> Outcome {
    let mut findings = Vec::new();
    for name in NAMES {
        for (setting, contexts) in settings.values(name) {
            let stripped = without_userinfo(&setting.value);
            if stripped == setting.value {
                continue;
            }
            let (evidence, writer) = settings.trace(name, &setting, &contexts, rc);
            let evidence = Evidence { observed: mask(&evidence.observed).into_owned(), ..evidence };
            findings.push(
                Finding::new(format!("{name}={stripped}"), Severity::Warning, format!("{name} holds a user name and a password"))
                    .detail("go env prints it, and with it every report that people paste; other users may see it in the process list. Go reads such passwords from ~/.netrc, or from the program that GOAUTH names.")
                    .seen_in(contexts)
                    .about(name)
                    .evidence(evidence.expected("the address without a password"))
                    .fixes(fix(name, &setting, writer.as_ref(), &stripped)),
            );
        }
    }
    shells.outcome(findings)
}

/// The value without `user:password@` in its addresses.
fn without_userinfo(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find("://") {
        let (head, tail) = rest.split_at(at + 3);
        out.push_str(head);
        let end = tail.find(['/', ',', '|', '+', ' ']).unwrap_or(tail.len());
        let host = tail[..end].rsplit_once('@').map_or(&tail[..end], |(_, host)| host);
        out.push_str(host);
        rest = &tail[end..];
    }
    out.push_str(rest);
    out
}

fn fix(name: &str, setting: &Setting, writer: Option<&Writer>, stripped: &str) -> Option<Fix> {
    let title = format!("Take the password out of {name}; keep it in ~/.netrc instead");
    match (&setting.origin, writer) {
        (SettingOrigin::File { path, .. }, _) => {
            let step = Step::SetGo { file: path.clone(), name: name.to_owned(), value: stripped.to_owned() };
            Some(Fix::new(title, Class::Review, vec![step]))
        }
        (SettingOrigin::Environment, Some(writer)) if writer.text.contains(&setting.value) => {
            let with = writer.text.replacen(&setting.value, stripped, 1);
            Some(remedy::reviewed(remedy::replace_line(title, writer, with)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::without_userinfo;

    #[test]
    fn only_the_user_and_password_go() {
        assert_eq!(without_userinfo("https://u:p@a.example/x,direct"), "https://a.example/x,direct");
        assert_eq!(
            without_userinfo("https://a.example|https://t@b.example|off"),
            "https://a.example|https://b.example|off"
        );
        assert_eq!(without_userinfo("https://a.example/@v"), "https://a.example/@v");
        assert_eq!(without_userinfo("direct"), "direct");
    }
}
