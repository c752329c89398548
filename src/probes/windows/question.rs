//! The one question to Windows: which program is started there, and how.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::host::{Environment, Program};
use crate::probes::wsl::Drive;

/// The script that Windows' PowerShell is given. It reads and prints; nothing
/// of the project or of this machine is put into it.
const SCRIPT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/data/windows-host.ps1"));

/// Where PowerShell lies on the drive of Windows.
const POWERSHELL: &str = "Windows/System32/WindowsPowerShell/v1.0/powershell.exe";

/// Variables that WSL's relay needs.
const NEEDED: [&str; 2] = ["WSL_INTEROP", "WSL_DISTRO_NAME"];

/// The program: by its whole path, in a folder of Windows (from one of Linux
/// it would complain), with the few variables that it needs. The script is
/// handed over as PowerShell wants it, so that no quote is lost on the way.
pub(super) fn question(system: &Drive, session: &Environment) -> Program {
    let wide: Vec<u8> = SCRIPT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let powershell = system.point.join(POWERSHELL).display().to_string();
    let encoded = BASE64_STANDARD.encode(wide);
    let argv = [powershell.as_str(), "-NoProfile", "-NonInteractive", "-EncodedCommand", encoded.as_str()];
    let mut program = Program { folder: system.point.clone(), ..Program::new(argv) };
    for name in NEEDED {
        if let Some(value) = session.get(name) {
            program = program.env(name, value);
        }
    }
    program
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn the_question_keeps_the_contract() {
        let system = Drive { point: PathBuf::from("/mnt/c"), windows: Some("C:\\".into()), kind: "9p".into() };
        let mut session = Environment::default();
        session.insert("WSL_INTEROP", "/run/WSL/9_interop");
        session.insert("SECRET", "x");
        let program = question(&system, &session);
        assert_eq!(program.argv[0], "/mnt/c/Windows/System32/WindowsPowerShell/v1.0/powershell.exe");
        assert_eq!(program.folder, PathBuf::from("/mnt/c"));
        assert_eq!(program.environment, [("WSL_INTEROP".to_owned(), "/run/WSL/9_interop".to_owned())]);
        // Old versions of WSL take no more than 3,900 bytes of arguments.
        assert!(program.argv.iter().map(|word| word.len() + 1).sum::<usize>() <= 3900);
        assert!(SCRIPT.is_ascii() && !SCRIPT.contains('\r'));
    }

    #[test]
    fn the_page_shows_what_is_run() {
        let page = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/explain/windows/windows-unreachable.md"));
        assert!(page.contains(&format!("```powershell\n{SCRIPT}```\n")));
    }
}
