//! Others may write to a start file.

use crate::checks::Check;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity, Step};
use crate::probes::shell::{RcFiles, RcModes};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "rc-world-writable",
    layer: Layer::Shell,
    title: "Nobody else may write to the start files",
    impact: "Others can have this user run what they like",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("shell/rc-world-writable"),
    rule: rule!(judge(RcFiles, RcModes)),
};

/// The right of everybody to write.
const OTHERS_WRITE: u32 = 0o002;

fn judge(rc: &RcFiles, modes: &RcModes) -> Outcome {
    let mut findings = Vec::new();
    let mut unknown: Option<&Missing> = None;
    for (path, mode) in &modes.files {
        match mode {
            Ok(mode) if mode & OTHERS_WRITE != 0 => {
                let name = rc.machine().tilde(path);
                let right = mode & !OTHERS_WRITE;
                let step = Step::SetMode { path: path.clone(), mode: right };
                findings.push(
                    Finding::new(&name, Severity::Warning, format!("Every user of this machine may write to {name}"))
                        .detail(
                            "What stands in it is run with each new shell of this user: whoever writes to it runs programs in this user's name.",
                        )
                        .evidence(Evidence::new(&name, format!("mode {mode:04o}")).expected(format!("mode {right:04o}")))
                        .fix(Fix::new(format!("Take the right to write to {name} from others"), Class::Safe, vec![step])),
                );
            }
            Ok(_) => {}
            Err(missing) => unknown = unknown.or(Some(missing)),
        }
    }
    match unknown {
        Some(missing) if findings.is_empty() => missing.clone().into(),
        _ => findings.into(),
    }
}
