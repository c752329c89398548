use std::path::Path;

use crate::model::{Missing, Reason};
use crate::probes::{Fact, Probing};

const SCOPE: &str = "/proc/sys/kernel/yama/ptrace_scope";

/// Whom the kernel lets attach to running processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ptrace {
    /// To those of the same user: the classic rule.
    SameUser,
    /// To descendants only; a debugger that starts the program itself may.
    Descendants,
    /// With CAP_SYS_PTRACE only, and that holds for starting as well.
    Privileged,
    /// Nobody, until the next boot.
    Nobody,
}

impl Fact for Ptrace {
    const ID: &'static str = "ptrace-scope";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        if host.machine().os != "linux" {
            return Err(Missing::new(Reason::NotAsked, "only Linux has such a rule"));
        }
        match host.read_text(Path::new(SCOPE)) {
            Ok(text) => match text.trim() {
                "0" => Ok(Ptrace::SameUser),
                "1" => Ok(Ptrace::Descendants),
                "2" => Ok(Ptrace::Privileged),
                "3" => Ok(Ptrace::Nobody),
                other => Err(Missing::failed(format!("{SCOPE} holds {other:?}"))),
            },
            // A kernel without Yama.
            Err(missing) if missing.is_absent() => Ok(Ptrace::SameUser),
            Err(missing) => Err(missing),
        }
    }
}

impl Ptrace {
    /// The number in the kernel's file, and the file.
    #[must_use]
    pub fn shown(self) -> (&'static str, &'static str) {
        let number = match self {
            Ptrace::SameUser => "0",
            Ptrace::Descendants => "1",
            Ptrace::Privileged => "2",
            Ptrace::Nobody => "3",
        };
        (SCOPE, number)
    }
}
