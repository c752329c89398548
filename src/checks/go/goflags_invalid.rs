//! GOFLAGS has what Go refuses, or what fits one project for all of them.

use crate::checks::{Check, remedy};
use crate::model::text::shorten;
use crate::model::{Class, Context, Finding, Fix, GoVersion, Layer, Missing, Outcome, Severity, Step, mask};
use crate::probes::go::{FlagFault, GoFlags, Setting, SettingOrigin, Settings, Toolchains};
use crate::probes::project::GoWork;
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goflags-invalid",
    layer: Layer::Go,
    title: "GOFLAGS has only flags that Go takes everywhere",
    impact: "go refuses its own flags",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("go/goflags-invalid"),
    rule: rule!(judge(Contexts, Settings, Toolchains, GoWork, RcFiles)),
};

/// How much of GOFLAGS stands in a summary.
const SHOWN: usize = 40;

fn judge(shells: &Contexts, settings: &Settings, toolchains: &Toolchains, work: &GoWork, rc: &RcFiles) -> Outcome {
    let mut findings = Vec::new();
    let mut unknown = None;
    for (setting, contexts) in settings.values("GOFLAGS") {
        let go = contexts.iter().find_map(|context| toolchains.active(*context)?.version.clone());
        let (problem, untold) = examine(&setting, &contexts, go.as_ref(), work);
        if let Some(problem) = problem {
            findings.push(finding(&setting, contexts, problem, settings, rc));
        } else if let Some(flag) = untold {
            unknown = Some(Missing::failed(format!("GOFLAGS has {flag}, which this Go may know")));
        }
    }
    shells.outcome(findings).or_unknown(unknown)
}

/// What is wrong with a GOFLAGS.
struct Problem {
    severity: Severity,
    /// Behind "GOFLAGS …".
    what: String,
    detail: String,
    /// The words that are better not there.
    bad: Vec<String>,
}

/// The first thing that is wrong, and the first flag of which it cannot be
/// told.
fn examine(
    setting: &Setting,
    contexts: &[Context],
    go: Option<&GoVersion>,
    work: &GoWork,
) -> (Option<Problem>, Option<String>) {
    let stops = |text: &str| format!("Every go command but go env ends with: go: parsing $GOFLAGS: {text}");
    let flags = match GoFlags::parse(&setting.value) {
        Ok(flags) => flags,
        Err(_) => {
            let problem = Problem {
                severity: Severity::Error,
                what: format!("has a quotation mark without its partner: {}", shorten(&setting.value, SHOWN)),
                detail: stops("unterminated string"),
                bad: Vec::new(),
            };
            return (Some(problem), None);
        }
    };
    // Without a version, judge by the newest Go that is known.
    let newest = GoVersion::release(1, 27, 0);
    let (faults, untold) = flags.faults(go.unwrap_or(&newest));
    let bad = faults.iter().filter_map(word).collect();
    let problem = match faults.first() {
        Some(FlagFault::NotAFlag(word)) => Some((
            format!("has a word that is no flag: {word}"),
            format!(
                "{}. A flag begins with a dash; one with blanks in it stands in quotation marks as a whole: '-ldflags=-s -w'.",
                stops(&format!("non-flag {word:?}"))
            ),
        )),
        Some(FlagFault::Unknown(flag)) => Some((
            format!("has a flag that no go command knows: {flag}"),
            format!(
                "{}. A flag with blanks in it stands in quotation marks as a whole: '-ldflags=-s -w'.",
                stops(&format!("unknown flag {flag}"))
            ),
        )),
        Some(FlagFault::WritesSettings(flag)) => Some((
            format!("makes every go env a write: it has {flag}"),
            format!(
                "{flag} belongs to go env: go env GOPATH runs as go env {flag} GOPATH and ends with an error, or removes the setting, and editors, which ask go env -json, find no Go. It is mostly half of '-ldflags=-s -w' without quotation marks around the whole."
            ),
        )),
        Some(FlagFault::NoValue(flag)) => Some((
            format!("has {flag} without a value"),
            format!(
                "Builds end with: go: flag needs an argument: {flag} (from $GOFLAGS). Name and value are one word: {flag}=VALUE."
            ),
        )),
        Some(FlagFault::BadValue { flag, value }) => Some((
            format!("has a value that {flag} does not take: {flag}={}", shorten(value, SHOWN)),
            "Builds end with an error about this value.".to_owned(),
        )),
        Some(FlagFault::Unterminated(_)) | None => None,
    };
    if let Some((what, detail)) = problem {
        return (Some(Problem { severity: Severity::Error, what, detail, bad }), untold);
    }
    (too_wide(&flags, setting, contexts, work), untold)
}

/// A `-mod` that fits one project, kept for all of them.
fn too_wide(flags: &GoFlags, setting: &Setting, contexts: &[Context], work: &GoWork) -> Option<Problem> {
    let value = flags.value("mod").filter(|value| matches!(*value, "vendor" | "mod"))?;
    let bad = vec![format!("-mod={value}"), format!("--mod={value}")];
    if value == "vendor" {
        let severity = if setting.is_kept(contexts) { Severity::Error } else { Severity::Info };
        let detail = "Modules without a vendor folder end with: inconsistent vendoring, and go install with a version with: cannot query module due to -mod=vendor. A vendor folder needs no flag: Go uses it by itself.";
        return Some(Problem {
            severity,
            what: "has -mod=vendor for every project".into(),
            detail: detail.into(),
            bad,
        });
    }
    let file = work.found.as_ref()?;
    let detail = format!(
        "{} makes this a workspace, where every build ends with: go: -mod may only be set to readonly or vendor when in workspace mode.",
        file.name
    );
    Some(Problem { severity: Severity::Error, what: "has -mod=mod, which a workspace refuses".into(), detail, bad })
}

/// The word that a fault speaks of.
fn word(fault: &FlagFault) -> Option<String> {
    match fault {
        FlagFault::Unterminated(_) => None,
        FlagFault::NotAFlag(word) => Some(word.clone()),
        FlagFault::Unknown(flag) | FlagFault::NoValue(flag) | FlagFault::WritesSettings(flag) => Some(flag.clone()),
        FlagFault::BadValue { flag, value } => Some(format!("{flag}={value}")),
    }
}

fn finding(setting: &Setting, contexts: Vec<Context>, problem: Problem, settings: &Settings, rc: &RcFiles) -> Finding {
    let (evidence, writer) = settings.trace("GOFLAGS", setting, &contexts, rc);
    let unset = remedy::unset("GOFLAGS", setting, writer.as_ref(), "Go refuses one of these flags");
    Finding::new(mask(&setting.value), problem.severity, format!("GOFLAGS {}", problem.what))
        .detail(problem.detail)
        .seen_in(contexts)
        .about("GOFLAGS")
        .evidence(evidence)
        .fixes(corrected(setting, &problem.bad))
        .fix(unset)
}

/// The setting in the file without the bad words, where that leaves some.
fn corrected(setting: &Setting, bad: &[String]) -> Option<Fix> {
    let SettingOrigin::File { path, name: file, .. } = &setting.origin else { return None };
    let rest = keep(setting, bad)?;
    Some(Fix::new(
        format!("Keep GOFLAGS={} in {file}", shorten(&mask(&rest), SHOWN)),
        Class::Safe,
        vec![Step::SetGo { file: path.clone(), name: "GOFLAGS".to_owned(), value: rest }],
    ))
}

/// The other words, quoted again where they have blanks. A link flag that was
/// cut at its blank is put together.
fn keep(setting: &Setting, bad: &[String]) -> Option<String> {
    let flags = GoFlags::parse(&setting.value).ok()?;
    if bad.is_empty() {
        return None;
    }
    let mut words: Vec<String> = Vec::new();
    for word in flags.words {
        let is_bad = bad.iter().any(|bad| *bad == word || word.starts_with(&format!("{bad}=")));
        match words.last_mut().filter(|last| is_bad && takes_more(last)) {
            Some(last) => *last = format!("{last} {word}"),
            None if is_bad => {}
            None => words.push(word),
        }
    }
    let quoted = |word: String| match (word.contains(' '), word.contains('\'')) {
        (true, false) => format!("'{word}'"),
        (true, true) => format!("\"{word}\""),
        (false, _) => word,
    };
    let text = words.into_iter().map(quoted).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// True for a flag whose value is a list of flags for another program.
fn takes_more(word: &str) -> bool {
    ["-ldflags=", "-gcflags=", "-asmflags=", "-gccgoflags="].iter().any(|flag| word.starts_with(flag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(value: &str) -> Option<String> {
        let setting = Setting { value: value.to_owned(), origin: SettingOrigin::Environment };
        let faults = GoFlags::parse(value).unwrap().faults(&GoVersion::release(1, 27, 0)).0;
        keep(&setting, &faults.iter().filter_map(word).collect::<Vec<_>>())
    }

    #[test]
    fn what_was_cut_at_its_blank_is_put_together() {
        assert_eq!(kept("-ldflags=-s -w").as_deref(), Some("'-ldflags=-s -w'"));
        assert_eq!(
            kept("-trimpath -ldflags=-s -w -X=main.v=1").as_deref(),
            Some("-trimpath '-ldflags=-s -w -X=main.v=1'")
        );
        assert_eq!(kept("mod=mod -trimpath").as_deref(), Some("-trimpath"));
        assert_eq!(kept("-bogus=1"), None);
        assert_eq!(kept("-trimpath"), None);
    }
}
