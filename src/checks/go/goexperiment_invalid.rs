//! GOEXPERIMENT names an experiment that the Go in use does not know.

use crate::checks::{Check, remedy};
use crate::model::text::shorten;
use crate::model::{Class, Context, Finding, Layer, Missing, Outcome, Severity};
use crate::probes::go::{Experiments, RunningGos, Setting, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goexperiment-invalid",
    layer: Layer::Go,
    title: "This Go knows the experiments of GOEXPERIMENT",
    impact: "No go command works",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &["go-env-file-invalid"],
    page: page!("go/goexperiment-invalid"),
    rule: rule!(judge(Contexts, Settings, RunningGos, Experiments, RcFiles)),
};

/// How much of a name stands in a summary.
const SHOWN: usize = 30;

fn judge(
    shells: &Contexts,
    settings: &Settings,
    running: &RunningGos,
    experiments: &Experiments,
    rc: &RcFiles,
) -> Outcome {
    if running.is_empty() {
        return Outcome::skipped("no go is on any PATH");
    }
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = None;
    for (setting, contexts) in settings.values("GOEXPERIMENT") {
        let mut hit: Vec<(Context, Refused)> = Vec::new();
        for context in contexts {
            match Refused::of(&setting.value, context, running, experiments) {
                Ok(Some(refused)) => hit.push((context, refused)),
                Ok(None) => {}
                // A context without any go has no experiments either.
                Err(missing) if missing.is_absent() && running.get(context).is_err() => {}
                Err(missing) => unknown = Some(missing),
            }
        }
        findings.extend(finding(&setting, hit, settings, rc));
    }
    shells.outcome(findings).or_unknown(unknown)
}

/// A name that a Go refuses.
struct Refused {
    name: String,
    /// The version of that Go.
    by: String,
    /// The rest of the list, which it takes.
    rest: String,
}

impl Refused {
    fn of(
        value: &str,
        context: Context,
        running: &RunningGos,
        experiments: &Experiments,
    ) -> Result<Option<Refused>, Missing> {
        let go = running.get(context)?;
        let Some(name) = experiments.refused(value, &go.root)? else { return Ok(None) };
        let by = go.version.as_ref().map_or_else(|| "this Go".to_owned(), ToString::to_string);
        Ok(Some(Refused { name: name.to_owned(), by, rest: experiments.taken(value, &go.root)? }))
    }
}

fn finding(setting: &Setting, hit: Vec<(Context, Refused)>, settings: &Settings, rc: &RcFiles) -> Option<Finding> {
    let contexts: Vec<Context> = hit.iter().map(|(context, _)| *context).collect();
    let (_, refused) = hit.into_iter().next()?;
    let (evidence, writer) = settings.trace("GOEXPERIMENT", setting, &contexts, rc);
    let view = settings.view(*contexts.first()?);
    let without = view
        .filter(|_| !refused.rest.is_empty())
        .and_then(|view| remedy::rewrite("GOEXPERIMENT", setting, writer.as_ref(), &refused.rest, view));
    let name = shorten(&refused.name, SHOWN);
    Some(
        Finding::new(&setting.value, Severity::Error, format!("GOEXPERIMENT asks for {name}, which {} does not know", refused.by))
            .detail(format!(
                "Every go command ends with: go: unknown GOEXPERIMENT {}, go version and go env included. Experiments come and go with each release.",
                refused.name
            ))
            .seen_in(contexts)
            .about("GOEXPERIMENT")
            .explained_by(if setting.is_spoilt_by_file() { CHECK.causes } else { &[] })
            .evidence(evidence)
            .fixes(without)
            .fix(remedy::unset("GOEXPERIMENT", setting, writer.as_ref(), "this Go does not know one of these experiments")),
    )
}
