//! GOCACHEPROG names a program that Go cannot start.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Finding, Layer, Missing, Outcome, Severity};
use crate::probes::go::{CacheProgram, CachePrograms, RunningGos, Setting, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "gocacheprog-missing",
    layer: Layer::Go,
    title: "The program of GOCACHEPROG is there",
    impact: "Go cannot build here",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &["go-env-file-invalid"],
    page: page!("go/gocacheprog-missing"),
    rule: rule!(judge(Contexts, Settings, RunningGos, CachePrograms, RcFiles)),
};

/// The first Go that starts such a program without being built for it.
const SINCE: (u32, u32) = (1, 24);

fn judge(
    shells: &Contexts,
    settings: &Settings,
    running: &RunningGos,
    programs: &CachePrograms,
    rc: &RcFiles,
) -> Outcome {
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = None;
    for (setting, contexts) in settings.values("GOCACHEPROG") {
        let mut hit: Vec<(Context, Fault)> = Vec::new();
        for context in contexts {
            let version = running.get(context).ok().and_then(|go| go.version.as_ref());
            if version.is_some_and(|version| version.language() < SINCE) {
                continue;
            }
            match programs.get(context).map(Fault::of) {
                Some(Ok(Some(fault))) => hit.push((context, fault)),
                Some(Err(missing)) => unknown = Some(missing),
                Some(Ok(None)) | None => {}
            }
        }
        findings.extend(finding(&setting, hit, settings, rc));
    }
    shells.outcome(findings).or_unknown(unknown)
}

/// What is wrong with a program.
struct Fault {
    summary: String,
    /// What Go says.
    text: String,
}

impl Fault {
    fn of(program: &CacheProgram) -> Result<Option<Fault>, Missing> {
        let started = |name: &str, error: String| format!("error starting GOCACHEPROG program {name:?}: {error}");
        let (summary, text) = match program {
            CacheProgram::Runs(_) => return Ok(None),
            CacheProgram::Unknown(missing) => return Err(missing.clone()),
            CacheProgram::Nothing(name) => (
                format!("GOCACHEPROG names a program that is not there: {name}"),
                started(name, format!("fork/exec {name}: no such file or directory")),
            ),
            CacheProgram::NotExecutable(name) => (
                format!("GOCACHEPROG names what is no program: {name}"),
                started(name, format!("fork/exec {name}: permission denied")),
            ),
            CacheProgram::NotOnPath(name) => (
                format!("GOCACHEPROG names a program that is not on PATH: {name}"),
                started(name, format!("exec: {name:?}: executable file not found in $PATH")),
            ),
            CacheProgram::NoWord => {
                ("GOCACHEPROG names no program".to_owned(), started("", "exec: no command".to_owned()))
            }
            CacheProgram::Unterminated(mark) => (
                "GOCACHEPROG has a quotation mark without its partner".to_owned(),
                format!("GOCACHEPROG args: unterminated {mark} string"),
            ),
        };
        Ok(Some(Fault { summary, text }))
    }
}

fn finding(setting: &Setting, hit: Vec<(Context, Fault)>, settings: &Settings, rc: &RcFiles) -> Option<Finding> {
    let (contexts, mut faults): (Vec<Context>, Vec<Fault>) = hit.into_iter().unzip();
    let fault = faults.drain(..).next()?;
    let (evidence, writer) = settings.trace("GOCACHEPROG", setting, &contexts, rc);
    Some(
        Finding::new(crate::model::mask(&setting.value), Severity::Error, fault.summary)
            .detail(format!(
                "In {} every build, test and vet ends with: {}. Without the program Go keeps its cache in a folder, as ever.",
                remedy::contexts_title(&contexts),
                fault.text
            ))
            .seen_in(contexts)
            .about("GOCACHEPROG")
            .explained_by(if setting.is_spoilt_by_file() { CHECK.causes } else { &[] })
            .evidence(evidence)
            .fix(remedy::unset("GOCACHEPROG", setting, writer.as_ref(), "the program is not there")),
    )
}
