//! The kernel does not hand programs of Windows to WSL.

use crate::checks::Check;
use crate::model::{Class, Finding, Fix, Inverse, Layer, Outcome, Privilege, Severity, Step};
use crate::probes::system::HandlerTable;
use crate::probes::wsl::{Binfmt, ConfigFiles, Registration};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-interop-broken",
    layer: Layer::Wsl,
    title: "Programs of Windows run here",
    impact: "Programs of Windows do not start from WSL",
    severity: Severity::Warning,
    class: Some(Class::Root),
    causes: &[],
    page: page!("wsl/wsl-interop-broken"),
    rule: rule!(judge(Binfmt, ConfigFiles)),
};

/// What WSL registers: files that begin with MZ are run by its init.
const ENTRY: &str = ":WSLInterop:M::MZ::/init:PF";
const FOLDER: &str = HandlerTable::FOLDER;

fn judge(binfmt: &Binfmt, files: &ConfigFiles) -> Outcome {
    if files.wsl_conf.flag("interop.enabled") == Some(false) {
        return Outcome::skipped("/etc/wsl.conf switches it off: interop.enabled=false");
    }
    let (summary, script, back) = match binfmt.registration {
        Registration::Enabled => return Outcome::Passed,
        Registration::Disabled => {
            let set = |state: u8| format!("echo {state} > {}", binfmt.evidence.source);
            ("Somebody switched off that programs of Windows run here", set(1), set(0))
        }
        Registration::Gone => (
            "The kernel has lost the entry that makes programs of Windows run",
            format!("echo '{ENTRY}' > {FOLDER}/register"),
            format!("echo -1 > {FOLDER}/WSLInterop"),
        ),
    };
    let shell = |line: String| ["/bin/sh".to_owned(), "-c".to_owned(), line];
    let step = Step::Run {
        argv: shell(script).to_vec(),
        privilege: Privilege::Root,
        inverse: Inverse::Argv(shell(back).to_vec()),
    };
    Finding::new("binfmt", Severity::Warning, summary)
        .detail(
            "code, explorer.exe, a browser to log in with, and every other program of Windows fail with: cannot \
             execute binary file: Exec format error. gomedic cannot ask Windows either.",
        )
        .evidence(binfmt.evidence.clone())
        .fix(Fix::new("Register it again until the next restart", Class::Root, vec![step]))
        .fix(Fix::manual(
            "Register it at every start",
            "For a systemd or binfmt-support that clears the table when it starts. WSL 2.5.8 and later protects \
             itself, and since 2.8.9 against other distributions too: update it where that is possible.",
            Some(format!(
                "echo '{ENTRY}' | sudo tee /usr/lib/binfmt.d/WSLInterop.conf && sudo systemctl restart systemd-binfmt"
            )),
        ))
        .into()
}
