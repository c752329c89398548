//! Programs that `go install` has made are not found by name.

use crate::checks::Check;
use crate::checks::remedy::{self, Position, Shells};
use crate::model::{Class, Context, Evidence, Finding, Layer, Outcome, Severity, text};
use crate::probes::modules::GoPrograms;
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "gobin-not-on-path",
    layer: Layer::Shell,
    title: "Programs that go install makes are found by name",
    impact: "Installed Go programs are not found",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("shell/gobin-not-on-path"),
    rule: rule!(judge(Contexts, GoPrograms, RcFiles)),
};

/// How many programs are named.
const NAMED: usize = 3;

fn judge(shells: &Contexts, programs: &GoPrograms, rc: &RcFiles) -> Outcome {
    let machine = rc.machine();
    // A container is worked in as its image was made, not by way of a login.
    let context = if machine.container { Context::Session } else { Context::Interactive };
    if let Err(missing) = shells.asked(context) {
        return missing.into();
    }
    let Some(folder) = programs.of(context) else {
        return Outcome::skipped("go install has no folder that could be on PATH");
    };
    match &folder.programs {
        Err(missing) => return missing.clone().into(),
        Ok(programs) if programs.is_empty() => return Outcome::skipped("go install has made no programs"),
        Ok(_) => {}
    }
    let lost = folder.lost_in(context);
    if lost.is_empty() {
        return Outcome::Passed;
    }
    let name = machine.tilde(&folder.path);
    let hit: Vec<Context> = folder.contexts.iter().copied().filter(|of| !folder.lost_in(*of).is_empty()).collect();
    let path = shells.get(context).ok().and_then(|environment| environment.get("PATH")).unwrap_or("not set");
    Finding::new(&name, Severity::Warning, format!("{name} is not on PATH, and {} there", held(lost)))
        .seen_in(hit)
        .about("PATH")
        .detail(format!(
            "go install puts programs into {name}. Called by name they end with: {}. Editors that look on PATH do not find them either.",
            rc.shell().command_not_found(&lost[0])
        ))
        .evidence(Evidence::new(&name, lost.join(" ")))
        .evidence(Evidence::new(format!("PATH of {}", context.title()), path).expected(format!("{} among them", folder.path.display())))
        .fix(remedy::add_to_path(rc, &folder.path, Position::Back, Shells::Every))
        .into()
}

/// "gopls, dlv and 2 more programs lie".
fn held(lost: &[String]) -> String {
    match lost {
        [one] => format!("{one} lies"),
        few if few.len() <= NAMED => {
            let (last, others) = few.split_last().map_or(("", few), |(last, others)| (last.as_str(), others));
            format!("{} and {last} lie", others.join(", "))
        }
        many => {
            let named = many[..NAMED - 1].join(", ");
            format!("{named} and {} lie", text::count(many.len() - (NAMED - 1), "more program"))
        }
    }
}
