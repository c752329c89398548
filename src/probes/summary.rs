use super::Facts;
use super::go::Toolchains;
use super::windows::HostAnswer;
use crate::host::Machine;
use crate::model::HostSummary;

/// The machine in a few words, with what the facts so far add.
#[must_use]
pub fn summarise(machine: &Machine, facts: Option<&Facts>) -> HostSummary {
    let toolchains = facts.and_then(|facts| facts.get::<Toolchains>().ok());
    let go = toolchains.and_then(|toolchains| toolchains.in_use()?.1.version.as_ref().map(ToString::to_string));
    HostSummary {
        os: machine.os.clone(),
        arch: machine.arch.clone(),
        distro: machine.distro.clone(),
        kernel: machine.kernel.clone(),
        wsl_evidence: machine.wsl.evidence.clone(),
        windows: facts.and_then(|facts| facts.get::<HostAnswer>().ok()?.facts().ok()?.title()),
        wsl: machine.wsl.class.title().map(str::to_owned),
        go,
        shell: machine.shell_name().map(str::to_owned),
        folder: Some(machine.tilde(&machine.folder)),
        recorded: machine.recorded.clone(),
    }
}
