use crate::host::Machine;
use crate::model::HostSummary;

use super::Facts;

/// The machine in a few words, with what the facts so far add.
#[must_use]
pub fn summarise(machine: &Machine, _facts: Option<&Facts>) -> HostSummary {
    HostSummary {
        os: machine.os.clone(),
        arch: machine.arch.clone(),
        distro: machine.distro.clone(),
        kernel: machine.kernel.clone(),
        wsl: machine.wsl.clone(),
        go: None,
        shell: machine.shell_name().map(str::to_owned),
        folder: Some(machine.tilde(&machine.folder)),
        recorded: machine.recorded.clone(),
    }
}
