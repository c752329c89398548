//! The kernel does not let Delve attach to running programs.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Outcome, Severity};
use crate::probes::editor::{AttachConfigurations, Ptrace, Tool, ToolName, Tools};
use crate::probes::go::Settings;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "ptrace-attach-denied",
    layer: Layer::Editor,
    title: "Delve may attach where the project's configurations ask for it",
    impact: "Delve cannot attach to running programs",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("editor/ptrace-attach-denied"),
    rule: rule!(judge(Settings, Ptrace, AttachConfigurations, Tools)),
};

/// What lets a program attach whatever the kernel's setting is.
const CAPABILITY: &str = "cap_sys_ptrace";

fn judge(settings: &Settings, ptrace: &Ptrace, attach: &AttachConfigurations, tools: &Tools) -> Outcome {
    let Some(tool) = tools.in_use(ToolName::Delve).next() else { return Outcome::skipped("no Delve is there") };
    if *ptrace == Ptrace::SameUser || settings.machine().user.uid == 0 {
        return Outcome::Passed;
    }
    match &tool.capabilities {
        Ok(capabilities) if capabilities.iter().any(|name| name == CAPABILITY) => return Outcome::Passed,
        Ok(_) => {}
        Err(missing) => return missing.clone().into(),
    }
    let (file, number) = ptrace.shown();
    let (summary, detail) = match ptrace {
        // Starting a program under Delve works, and nobody wants more.
        Ptrace::SameUser | Ptrace::Descendants if attach.found.is_empty() => {
            return attach.problem.clone().map_or(Outcome::Passed, Outcome::from);
        }
        Ptrace::SameUser | Ptrace::Descendants => (
            "A debug configuration attaches to a process, which the kernel refuses",
            "Starting a program under Delve works. Attaching to one that runs ends with: Could not attach to pid: this could be caused by a kernel security setting.",
        ),
        Ptrace::Privileged => (
            "The kernel lets only root debug programs (ptrace_scope is 2)",
            "Delve can neither attach to a program nor start one: operation not permitted.",
        ),
        Ptrace::Nobody => (
            "The kernel lets nobody debug programs until the next boot (ptrace_scope is 3)",
            "Delve can neither attach to a program nor start one: operation not permitted.",
        ),
    };
    Finding::new("attach", Severity::Warning, summary)
        .detail(detail)
        .about("dlv")
        .evidence(Evidence::new(file, number))
        .evidences(attach.found.iter().cloned())
        .evidence(Evidence::new(&tool.title, format!("has no {CAPABILITY}")))
        .fixes(fixes(*ptrace, tool))
        .into()
}

/// The narrowest first.
fn fixes(ptrace: Ptrace, tool: &Tool) -> Vec<Fix> {
    match ptrace {
        Ptrace::Nobody => vec![Fix::manual(
            "Find where the setting is made",
            "Only a reboot lowers it, after the line that sets it is changed to 1.",
            Some("grep -rs ptrace_scope /etc/sysctl.conf /etc/sysctl.d /usr/lib/sysctl.d".into()),
        )],
        Ptrace::Privileged => vec![until_boot(
            "Allow following what a debugger started, until the next boot",
            "This is what most systems allow; attaching to programs that run stays forbidden.",
            1,
        )],
        Ptrace::SameUser | Ptrace::Descendants => {
            let launch = Fix::manual(
                "Start the program under Delve",
                "A configuration with \"request\": \"launch\" needs no rights: a debugger may always follow what it started itself.",
                None,
            );
            let until_boot = until_boot(
                "Allow attaching until the next boot",
                "Every program of yours may then look into every other one; set it back to 1 when you are done.",
                0,
            );
            [launch].into_iter().chain(capability(tool)).chain([until_boot]).collect()
        }
    }
}

fn until_boot(title: &str, text: &str, number: u8) -> Fix {
    Fix::manual(title, text, Some(format!("sudo sysctl kernel.yama.ptrace_scope={number}")))
}

/// Whoever may run the file gets the right with it, so only for a Delve of the
/// user's own.
fn capability(tool: &Tool) -> Option<Fix> {
    let file = tool.real().display().to_string();
    let inverse = Inverse::Argv(["setcap", "-r", &file].map(str::to_owned).to_vec());
    let title = format!("Let {} alone attach", tool.title);
    tool.title.starts_with("~/").then(|| remedy::as_root(title, &["setcap", "cap_sys_ptrace=ep", &file], inverse))
}
