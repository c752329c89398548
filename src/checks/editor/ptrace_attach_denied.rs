//! The kernel does not let Delve attach to running programs.

use crate::checks::Check;
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Outcome, Privilege, Severity, Step};
use crate::probes::editor::{AttachConfigurations, Ptrace, Tool, ToolName, Tools};
use crate::probes::go::Settings;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "ptrace-attach-denied",
    layer: Layer::Editor,
    title: "Delve may attach to running programs",
    impact: "The debugger cannot attach",
    severity: Severity::Info,
    class: Some(Class::Root),
    causes: &[],
    page: page!("editor/ptrace-attach-denied"),
    rule: rule!(judge(Ptrace, Tools, AttachConfigurations, Settings)),
};

/// The capabilities that attaching takes: the first to attach, the second to
/// read the auxiliary vector of the process.
const CAPABILITIES: [&str; 2] = ["cap_sys_ptrace", "cap_dac_read_search"];

fn judge(ptrace: &Ptrace, tools: &Tools, attach: &AttachConfigurations, settings: &Settings) -> Outcome {
    let mut copies = tools.in_use(ToolName::Delve).peekable();
    if copies.peek().is_none() {
        return Outcome::skipped("delve is not installed");
    }
    let denied = match ptrace {
        Ptrace::SameUser => return Outcome::Passed,
        _ if settings.machine().user.uid == 0 && *ptrace != Ptrace::Nobody => return Outcome::Passed,
        Ptrace::Descendants => "programs that it did not start itself",
        Ptrace::Privileged => "any program, not even to start one",
        Ptrace::Nobody => "any program until the next boot",
    };
    let mut bare = Vec::new();
    for tool in copies {
        match &tool.capabilities {
            Ok(capabilities) if *ptrace != Ptrace::Nobody && has_all(capabilities) => {}
            Ok(_) => bare.push(tool),
            Err(missing) => return missing.clone().into(),
        }
    }
    let Some(tool) = bare.first() else { return Outcome::Passed };
    // Starting a program under Delve is the usual way, and works.
    let wanted = !attach.found.is_empty();
    if !wanted && let Some(missing) = &attach.problem {
        return missing.clone().into();
    }
    let severity = if wanted || *ptrace != Ptrace::Descendants { Severity::Warning } else { Severity::Info };
    let (file, number) = ptrace.shown();
    Finding::new("ptrace", severity, format!("The kernel does not let Delve debug {denied}"))
        .about("dlv")
        .detail(
            "Attaching fails with: Could not attach to pid N: this could be caused by a kernel security setting. \
             Programs that Delve starts itself can be debugged as long as the number is 1.",
        )
        .evidence(Evidence::new(file, number))
        .evidences(held(tool).filter(|_| *ptrace != Ptrace::Nobody))
        .evidences(attach.found.iter().cloned())
        .fixes(fixes(*ptrace, &bare))
        .into()
}

fn has_all(capabilities: &[String]) -> bool {
    CAPABILITIES.iter().all(|needed| capabilities.iter().any(|has| has == needed))
}

/// The file capabilities of a tool, in words.
fn held(tool: &Tool) -> Option<Evidence> {
    let said = match tool.capabilities.as_deref().ok()? {
        [] => "has no file capabilities".to_owned(),
        some => format!("has {} alone", some.join(" and ")),
    };
    Some(Evidence::new(&tool.title, said).expected(CAPABILITIES.join(" and ")))
}

/// The narrowest first.
fn fixes(ptrace: Ptrace, bare: &[&Tool]) -> Vec<Fix> {
    let mut fixes = Vec::new();
    if ptrace == Ptrace::Descendants {
        fixes.push(Fix::manual(
            "Start the program under Delve instead",
            "A configuration with \"request\": \"launch\", or dlv debug and dlv exec, needs no permission.",
            Some("dlv debug .".to_owned()),
        ));
    }
    if ptrace != Ptrace::Nobody {
        fixes.extend(bare.iter().map(|tool| grant(tool)));
    }
    if ptrace == Ptrace::Nobody {
        fixes.push(Fix::manual(
            "Lower the number at the next boot",
            "3 cannot be changed while the system runs. Look for kernel.yama.ptrace_scope in /etc/sysctl.d.",
            Some("grep -rn ptrace_scope /etc/sysctl.conf /etc/sysctl.d /usr/lib/sysctl.d".to_owned()),
        ));
    } else {
        fixes.push(Fix::manual(
            "Allow it to every program, until the next boot",
            format!("Weaker than the others: every program of yours may then read the memory of every other. Set it back to {} afterwards.", ptrace.shown().1),
            Some("sudo sysctl kernel.yama.ptrace_scope=0".to_owned()),
        ));
    }
    fixes
}

/// Gives one copy of Delve what it needs. Lost when it is installed anew.
fn grant(tool: &Tool) -> Fix {
    let path = tool.real().display().to_string();
    let step = Step::Run {
        argv: vec!["setcap".into(), format!("{}+ep", CAPABILITIES.join(",")), path.clone()],
        privilege: Privilege::Root,
        inverse: Inverse::Argv(vec!["setcap".into(), "-r".into(), path]),
    };
    Fix::new(format!("Let {} alone attach (file capabilities)", tool.title), Class::Root, vec![step])
}
