//! GODEBUG has what ends every program of Go, or what none reads.

use crate::checks::{Check, remedy};
use crate::model::text::shorten;
use crate::model::{Class, Context, Finding, Fix, Layer, Missing, Outcome, Severity, mask};
use crate::probes::go::{
    DebugSettings, GoCommand, KnownDebug, RunningGos, Setting, SettingOrigin, Settings, Toolchains,
};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "godebug-invalid",
    layer: Layer::Go,
    title: "GODEBUG has only settings that this Go takes",
    impact: "No program of Go starts",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("go/godebug-invalid"),
    rule: rule!(judge(Contexts, Settings, Toolchains, RunningGos, DebugSettings, RcFiles)),
};

/// How much of a word stands in a summary.
const SHOWN: usize = 40;

/// The first Go whose programs refuse `cgocheck=2`.
const NO_CGOCHECK_2: (u32, u32) = (1, 21);

fn judge(
    shells: &Contexts,
    settings: &Settings,
    toolchains: &Toolchains,
    running: &RunningGos,
    debug: &DebugSettings,
    rc: &RcFiles,
) -> Outcome {
    if running.is_empty() {
        return Outcome::skipped("no go is on any PATH");
    }
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = None;
    for (value, contexts) in shells.values("GODEBUG") {
        let mut hit: Vec<(Context, Fault)> = Vec::new();
        for context in contexts {
            let Some(go) = toolchains.active(context) else { continue };
            // The go that is called starts first, and then the one that it
            // hands over to.
            let own = go.root.as_deref().map(|root| debug.of(root));
            let known = [own, Some(running.get(context).and_then(|running| debug.of(&running.root)))];
            match Fault::first(&value, go, known.into_iter().flatten().collect()) {
                Ok(Some(fault)) => hit.push((context, fault)),
                Ok(None) => {}
                Err(missing) => unknown = Some(missing),
            }
        }
        findings.extend(finding(&value, hit, settings, rc));
    }
    shells.outcome(findings).or_unknown(unknown)
}

/// What is wrong with a GODEBUG.
enum Fault {
    /// `cgocheck=2`: no program starts.
    CgoCheck(String),
    /// A removed setting with its old value: no program starts.
    Removed(String),
    /// A word that nobody reads.
    Ignored(String),
}

impl Fault {
    /// The worst fault. Of a setting that stands there twice, the last one
    /// counts.
    fn first(value: &str, go: &GoCommand, known: Result<Vec<&KnownDebug>, Missing>) -> Result<Option<Fault>, Missing> {
        let checks_cgo = go.version.as_ref().is_none_or(|version| version.language() >= NO_CGOCHECK_2);
        let last =
            words(value).filter_map(|word| word.strip_prefix("cgocheck=")).filter_map(|n| n.parse::<i32>().ok()).last();
        if let Some(level) = last.filter(|level| *level > 1 && checks_cgo) {
            return Ok(Some(Fault::CgoCheck(format!("cgocheck={level}"))));
        }
        let known = match known {
            Ok(known) => known,
            // No source is read for what is right in every Go.
            Err(_) if words(value).all(|word| word.starts_with("cgocheck=")) => return Ok(None),
            Err(missing) => return Err(missing),
        };
        let removed = |word: &&str| {
            word.split_once('=').is_some_and(|(name, value)| known.iter().any(|go| go.is_removed(name, value)))
        };
        let ignored =
            |word: &&str| !word.split_once('=').is_some_and(|(name, _)| known.iter().any(|go| go.knows(name)));
        Ok(words(value)
            .find(removed)
            .map(|word| Fault::Removed(word.to_owned()))
            .or_else(|| words(value).find(ignored).map(|word| Fault::Ignored(word.to_owned()))))
    }

    fn word(&self) -> &str {
        match self {
            Fault::CgoCheck(word) | Fault::Removed(word) | Fault::Ignored(word) => word,
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Fault::CgoCheck(_) | Fault::Removed(_) => Severity::Error,
            Fault::Ignored(_) => Severity::Info,
        }
    }

    fn summary(&self) -> String {
        let word = shorten(self.word(), SHOWN);
        match self {
            Fault::CgoCheck(_) => format!("GODEBUG has {word}, with which no program of Go starts"),
            Fault::Removed(_) => format!("GODEBUG has {word}, which this Go has removed"),
            Fault::Ignored(_) => format!("GODEBUG has a word that this Go does not read: {word}"),
        }
    }

    fn detail(&self) -> String {
        match self {
            Fault::CgoCheck(_) => "Every program built by Go 1.21 or later ends at its start, go itself included: fatal error: cgocheck > 1 mode is no longer supported at runtime. Use GOEXPERIMENT=cgocheck2 at build time instead.".to_owned(),
            Fault::Removed(word) => {
                let (name, value) = word.split_once('=').unwrap_or((word, ""));
                format!(
                    "Every program built by this Go ends at its start, go itself included: fatal error: removed GODEBUG {name:?} set to old value {value:?} in environment."
                )
            }
            Fault::Ignored(_) => {
                "Programs built by this Go skip it without a word. A setting is name=value, in small letters; several are parted by commas.".to_owned()
            }
        }
    }
}

/// The words of the list.
fn words(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').filter(|word| !word.is_empty())
}

fn finding(value: &str, hit: Vec<(Context, Fault)>, settings: &Settings, rc: &RcFiles) -> Option<Finding> {
    let worst = hit.iter().map(|(_, fault)| fault).max_by_key(|fault| fault.severity())?;
    let contexts: Vec<Context> = hit.iter().map(|(context, _)| *context).collect();
    let setting = Setting { value: value.to_owned(), origin: SettingOrigin::Environment };
    let (evidence, writer) = settings.trace("GODEBUG", &setting, &contexts, rc);
    let without = rest(value, worst.word()).and_then(|rest| {
        let view = settings.view(*contexts.first()?)?;
        remedy::rewrite("GODEBUG", &setting, writer.as_ref(), &rest, view)
    });
    let reason = match worst {
        Fault::Ignored(_) => "this Go reads no such setting",
        _ => "no program of Go starts with it",
    };
    // A word that is skipped here may be one for programs of another Go.
    let weigh = |fix: Fix| if worst.severity() == Severity::Info { remedy::reviewed(fix) } else { fix };
    let unset = remedy::unset("GODEBUG", &setting, writer.as_ref(), reason);
    Some(
        Finding::new(mask(value), worst.severity(), worst.summary())
            .detail(worst.detail())
            .evidence(evidence)
            .about("GODEBUG")
            .fixes(without.into_iter().chain([unset]).map(weigh))
            .seen_in(contexts),
    )
}

/// The list without a word; None when nothing is left.
fn rest(value: &str, bad: &str) -> Option<String> {
    let rest: Vec<&str> = words(value).filter(|word| *word != bad).collect();
    (!rest.is_empty()).then(|| rest.join(","))
}
