//! `go env -w` and the environment disagree.

use crate::checks::{Check, remedy};
use crate::model::text::{lower_first, shorten};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity, Step, mask};
use crate::probes::go::{SETTING_NAMES, Setting, SettingOrigin, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "env-file-shadowed",
    layer: Layer::Go,
    title: "What go env -w keeps is in effect",
    impact: "A Go setting has no effect",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("go/env-file-shadowed"),
    rule: rule!(judge(Contexts, Settings, RcFiles)),
};

/// How much of a value stands in a summary.
const SHOWN: usize = 30;

fn judge(shells: &Contexts, settings: &Settings, rc: &RcFiles) -> Outcome {
    let findings = SETTING_NAMES.into_iter().flat_map(|name| shadows(name, settings, rc)).collect();
    shells.outcome(findings)
}

/// The values of the environment that hide another one in the file.
fn shadows(name: &str, settings: &Settings, rc: &RcFiles) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (winner, contexts) in settings.values(name) {
        // A value that only this session has is there to win.
        if winner.origin != SettingOrigin::Environment || !winner.is_kept(&contexts) {
            continue;
        }
        let loser_in = |context: &Context| {
            settings.view(*context)?.in_file(name).filter(|loser| !is_same(&loser.value, &winner.value))
        };
        let hit: Vec<Context> = contexts.iter().copied().filter(|context| loser_in(context).is_some()).collect();
        if let Some(loser) = hit.first().and_then(loser_in) {
            findings.push(finding(name, &winner, &loser, hit, settings, rc));
        }
    }
    findings
}

/// A trailing slash makes no other folder.
fn is_same(one: &str, two: &str) -> bool {
    one.trim_end_matches('/') == two.trim_end_matches('/')
}

fn finding(
    name: &str,
    winner: &Setting,
    loser: &Setting,
    contexts: Vec<Context>,
    settings: &Settings,
    rc: &RcFiles,
) -> Finding {
    let (won, writer) = settings.trace(name, winner, &contexts, rc);
    let (lost, _) = settings.trace(name, loser, &contexts, rc);
    let shown = |setting: &Setting| shorten(&mask(&setting.value), SHOWN).into_owned();
    let mut fixes = Vec::new();
    if let Some(writer) = &writer {
        let fix = remedy::comment_out(writer, "go env -w keeps another value");
        fixes.push(remedy::reviewed(Fix {
            title: format!("Let {name}={} count: {}", shown(loser), lower_first(&fix.title)),
            ..fix
        }));
    }
    if let SettingOrigin::File { path, name: file, .. } = &loser.origin {
        fixes.push(Fix::new(
            format!("Keep {name}={} and remove {name} from {file}", shown(winner)),
            Class::Review,
            vec![Step::UnsetGo { file: path.clone(), name: name.to_owned() }],
        ));
    }
    Finding::new(
        format!("{name}:{}", mask(&winner.value)),
        Severity::Warning,
        format!("{name}={} from go env -w loses to {name}={}", shown(loser), shown(winner)),
    )
    .detail(format!(
        "The environment wins over Go's settings file. Setting it again has no effect either; Go says: warning: go env -w {name}=... does not override conflicting OS environment variable."
    ))
    .seen_in(contexts)
    .about(name)
    .evidence(Evidence { observed: format!("{} (wins)", won.observed), ..won })
    .evidence(Evidence { observed: format!("{} (has no effect)", lost.observed), ..lost })
    .fixes(fixes)
}
