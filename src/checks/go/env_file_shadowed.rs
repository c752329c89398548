//! A value written with `go env -w` is hidden by the environment.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity, Step};
use crate::probes::go::{Setting, SettingOrigin, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "env-file-shadowed",
    layer: Layer::Go,
    title: "What go env -w wrote is what Go uses",
    impact: "Go does not use what was written",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("go/env-file-shadowed"),
    rule: rule!(judge(Contexts, Settings, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, rc: &RcFiles) -> Outcome {
    let mut findings: Vec<Finding> = Vec::new();
    for (context, view) in settings.views() {
        // Go ignores GOROOT's line in some versions and not in others; a check
        // of its own speaks of that.
        for line in view.file.lines.iter().filter(|line| line.name != "GOROOT") {
            let (Some(winner), Some(loser)) = (view.get(&line.name), view.in_file(&line.name)) else { continue };
            if winner.origin != SettingOrigin::Environment || winner.value == loser.value {
                continue;
            }
            let key = format!("{}={}", line.name, winner.value);
            match findings.iter_mut().find(|finding| finding.key == key) {
                Some(known) if known.contexts.contains(&context) => {}
                Some(known) => known.contexts.push(context),
                None => findings.push(finding(settings, rc, &line.name, (&winner, &loser), context)),
            }
        }
    }
    // One session may well want something else than all others.
    findings.retain(|finding| finding.contexts != [Context::Session]);
    shells.outcome(findings)
}

fn finding(
    settings: &Settings,
    rc: &RcFiles,
    name: &str,
    (winner, loser): (&Setting, &Setting),
    context: Context,
) -> Finding {
    let (won, writer) = settings.trace(name, winner, &[context], rc);
    let (lost, _) = settings.trace(name, loser, &[context], rc);
    let (file, path) = match &loser.origin {
        SettingOrigin::File { path, name, .. } => (name.clone(), path.clone()),
        _ => Default::default(),
    };
    let keep_environment = Fix::new(
        format!("Remove {name} from {file}, and go on with the environment's value"),
        Class::Review,
        vec![Step::UnsetGo { file: path, name: name.to_owned() }],
    );
    let keep_file = writer.as_ref().map(|writer| {
        let mut fix = remedy::comment_out(writer, "it hid what go env -w wrote");
        if fix.class == Class::Safe {
            fix.class = Class::Review;
        }
        fix.title = format!("{}, and go on with {file}'s value", fix.title);
        fix
    });
    Finding::new(
        format!("{name}={}", winner.value),
        Severity::Warning,
        format!("{name} in {file} has no effect: the environment sets another value"),
    )
    .detail(format!(
        "go env -w wrote one value, and the environment gives another one, which wins. go env -w {name}=… says: warning: go env -w {name}=... does not override conflicting OS environment variable."
    ))
    .seen_in([context])
    .about(name)
    .evidence(won)
    .evidence(Evidence { expected: Some("hidden by the environment".to_owned()), ..lost })
    .fixes(keep_file)
    .fix(keep_environment)
}
