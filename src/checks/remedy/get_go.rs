//! How to get a Go, or a newer one, for the system that is looked at.

use super::as_root;
use crate::host::Machine;
use crate::model::{Fix, GoVersion, Inverse};
use crate::probes::go::{Installation, Installations};

/// The ways to get a Go on this system, best first. `at_least` is the oldest
/// that will do.
#[must_use]
pub fn get_go(machine: &Machine, at_least: Option<&GoVersion>) -> Vec<Fix> {
    let mut fixes = vec![archive(machine, at_least)];
    let package = Package::of(machine).map(|package| package.fix());
    match package {
        // Distributions that keep up with Go do it best: it stays up to date.
        Some(fix) if at_least.is_none() => fixes.insert(0, fix),
        Some(fix) => fixes.push(fix),
        None => {}
    }
    fixes
}

/// The way to a Go of at least this version: one that is installed, or else
/// how to get one.
#[must_use]
pub fn use_or_get_go(machine: &Machine, installations: &Installations, at_least: Option<&GoVersion>) -> Vec<Fix> {
    let fits = |found: &&Installation| {
        found.version.as_ref().is_some_and(|version| at_least.is_none_or(|needed| version >= needed))
    };
    let Some(found) = installations.found.iter().filter(fits).max_by(|a, b| a.version.cmp(&b.version)) else {
        return get_go(machine, at_least);
    };
    let version = found.version.as_ref().map(ToString::to_string).unwrap_or_default();
    let command = match machine.shell_name() {
        Some("fish") => format!("set -gx PATH {}/bin $PATH", found.root.display()),
        _ => format!("export PATH={}/bin:$PATH", found.root.display()),
    };
    vec![Fix::manual(
        format!("Use {version} in {}", machine.tilde(&found.root)),
        format!(
            "It is installed already ({}). Its bin folder has to come before the others on PATH; for every new terminal, put the line into the file where PATH is set.",
            found.origin.title()
        ),
        Some(command),
    )]
}

/// A distribution's package of a Go that is recent.
struct Package {
    install: &'static [&'static str],
    remove: &'static [&'static str],
}

impl Package {
    /// Debian, Ubuntu and the enterprise distributions lag years behind.
    fn of(machine: &Machine) -> Option<Package> {
        let package = |install, remove| Some(Package { install, remove });
        if machine.is_like("alpine") {
            package(&["apk", "add", "go"], &["apk", "del", "go"])
        } else if machine.is_like("arch") {
            package(&["pacman", "-S", "--needed", "--noconfirm", "go"], &["pacman", "-R", "--noconfirm", "go"])
        } else if machine.distro_family.first().is_some_and(|id| id == "fedora") {
            package(&["dnf", "install", "-y", "golang"], &["dnf", "remove", "-y", "golang"])
        } else if machine.distro_family.first().is_some_and(|id| id == "opensuse-tumbleweed") {
            package(&["zypper", "--non-interactive", "install", "go"], &["zypper", "--non-interactive", "remove", "go"])
        } else {
            None
        }
    }

    fn fix(&self) -> Fix {
        let inverse = Inverse::Argv(self.remove.iter().map(|word| (*word).to_owned()).collect());
        as_root("Install Go from the distribution", self.install, inverse)
    }
}

/// The official archive: fetched, its checksum compared, unpacked.
fn archive(machine: &Machine, at_least: Option<&GoVersion>) -> Fix {
    let needed =
        at_least.map(|version| format!(" The newest release is taken; {} or later will do.", version.first_release()));
    let text = format!(
        "The archive for this system is called {}. Its checksum is a bare hash, so the command puts the name beside it. Go must not be unpacked over an older one: the old folder is removed first. Then put /usr/local/go/bin on PATH.{}",
        archive_name(machine, "goVERSION"),
        needed.unwrap_or_default(),
    );
    let sudo = if machine.user.uid == 0 { "" } else { "sudo " };
    let unpack = format!("{sudo}rm -rf /usr/local/go && {sudo}tar -C /usr/local -xzf $F");
    Fix::manual("Install the official archive in /usr/local/go", text, Some(archive_commands(machine, None, &unpack)))
}

/// The commands that fetch an archive as `$F`, compare its checksum and
/// unpack it, in the words of the user's shell: one line that stops at the
/// first thing that goes wrong. No version means the newest.
pub(super) fn archive_commands(machine: &Machine, version: Option<&GoVersion>, unpack: &str) -> String {
    let check = if machine.goos() == "darwin" { "shasum -a 256 -c -" } else { "sha256sum -c -" };
    let name = archive_name(machine, "$V");
    let newest = "curl -fsSL 'https://go.dev/VERSION?m=text' | head -n 1";
    let wanted = version.map(ToString::to_string);
    let hash = "curl -fsSL https://dl.google.com/go/$F.sha256";
    let is_fish = machine.shell_name() == Some("fish");
    let names_and_sum = if is_fish {
        let wanted = wanted.unwrap_or_else(|| format!("({newest})"));
        [format!("set V {wanted}"), format!("set F {name}"), format!("echo ({hash})\"  $F\"")]
    } else {
        let wanted = wanted.unwrap_or_else(|| format!("$({newest})"));
        [format!("V={wanted}"), format!("F={name}"), format!("echo \"$({hash})  $F\"")]
    };
    let [version, file, sum] = names_and_sum;
    let steps =
        [version, file, "curl -fLO https://go.dev/dl/$F".to_owned(), format!("{sum} | {check}"), unpack.to_owned()];
    steps.join(" && ")
}

/// The name of the official archive for this system, as go.dev/dl has it.
fn archive_name(machine: &Machine, version: &str) -> String {
    let arch = match machine.goarch() {
        "arm" => "armv6l",
        other => other,
    };
    format!("{version}.{}-{arch}.tar.gz", machine.goos())
}
