//! How to put a damaged Go back, in the way of whoever put it there.

use std::path::Path;

use super::get_go::archive_commands;
use crate::host::Machine;
use crate::model::{Fix, GoVersion};
use crate::probes::go::Origin;

/// Puts the Go in this root back. `version` is the one that it ought to be.
#[must_use]
pub fn reinstall_go(machine: &Machine, root: &Path, origin: Origin, version: Option<&GoVersion>) -> Fix {
    let title = format!("Install the Go in {} again", machine.tilde(root));
    let text = match origin {
        Origin::Distribution => {
            "The distribution's package manager puts back what belongs to the package. It leaves what does not: such files are removed first."
        }
        Origin::ModuleCache => "Go downloads the toolchain again when a project asks for it.",
        _ if origin.is_manager() || origin == Origin::Sdk => {
            "The folder is removed and filled again, so that nothing of another version stays."
        }
        _ => {
            "The folder is removed before the archive is unpacked: unpacking over it leaves the files of the old version. Its checksum is compared first."
        }
    };
    Fix::manual(title, text, Some(command(machine, root, origin, version)))
}

fn command(machine: &Machine, root: &Path, origin: Origin, version: Option<&GoVersion>) -> String {
    let bare = version.map_or_else(|| "VERSION".to_owned(), |version| version.bare().to_owned());
    match origin {
        Origin::Distribution => package(machine, root),
        Origin::Snap => "sudo snap remove go && sudo snap install go --classic".to_owned(),
        Origin::Homebrew => "brew reinstall go".to_owned(),
        Origin::Gvm => format!("gvm uninstall go{bare} && gvm install go{bare} -B"),
        Origin::Goenv => format!("goenv uninstall {bare} && goenv install {bare}"),
        Origin::Asdf => format!("asdf uninstall golang {bare} && asdf install golang {bare}"),
        Origin::Mise => format!("mise uninstall go@{bare} && mise install go@{bare}"),
        Origin::Sdk => format!("rm -rf {} && go{bare} download", quoted(root)),
        Origin::ModuleCache => format!("chmod -R u+w {0} && rm -rf {0}", quoted(root)),
        Origin::Official | Origin::Unpacked => {
            let own = machine.user.home.as_ref().is_some_and(|home| root.starts_with(home)) || machine.user.uid == 0;
            let (sudo, root) = (if own { "" } else { "sudo " }, quoted(root));
            let unpack = format!(
                "{sudo}rm -rf {root} && {sudo}mkdir {root} && {sudo}tar -C {root} --strip-components=1 -xzf $F"
            );
            archive_commands(machine, version, &unpack)
        }
    }
}

fn package(machine: &Machine, root: &Path) -> String {
    if machine.is_like("fedora") || machine.is_like("rhel") {
        "sudo dnf reinstall golang golang-bin golang-src".to_owned()
    } else if machine.is_like("arch") {
        "sudo pacman -S go".to_owned()
    } else if machine.is_like("alpine") {
        "sudo apk fix go".to_owned()
    } else if machine.is_like("suse") || machine.is_like("opensuse") {
        "sudo zypper install --force go".to_owned()
    } else {
        // Debian splits Go over two packages.
        let name =
            root.file_name().map(|name| name.to_string_lossy().replacen("go-", "golang-", 1)).unwrap_or_default();
        format!("sudo apt-get install --reinstall {name}-go {name}-src")
    }
}

/// A path as one word of a shell.
fn quoted(path: &Path) -> String {
    let text = path.to_string_lossy();
    let is_plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "/._-+@".contains(c));
    if is_plain { text.into_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
