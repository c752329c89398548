//! What is known of this machine without asking anything slow.

use std::path::{Path, PathBuf};

use super::os_release::OsRelease;
use crate::host::wsl::Sight;
use crate::host::{Environment, Machine, User, Wsl};

/// Reads a handful of small files.
pub(super) fn detect(user: User, folder: PathBuf, session: &Environment) -> Machine {
    let release = OsRelease::parse(&first_text(&["/etc/os-release", "/usr/lib/os-release"]));
    let kernel = kernel();
    Machine {
        os: std::env::consts::OS.to_owned(),
        arch: std::env::consts::ARCH.to_owned(),
        wsl: wsl(kernel.as_deref(), release.title.as_deref(), session),
        kernel,
        distro: release.title,
        distro_family: release.family,
        container: is_container(session),
        user,
        folder,
        recorded: None,
    }
}

fn kernel() -> Option<String> {
    match std::fs::read_to_string("/proc/sys/kernel/osrelease") {
        Ok(text) => Some(text.trim().to_owned()),
        Err(_) => sysinfo::System::kernel_version().ok(),
    }
}

/// Whether a Windows host stands around this machine.
fn wsl(release: Option<&str>, system: Option<&str>, session: &Environment) -> Wsl {
    Wsl::weigh(&Sight { release, system, session, link: &|path| std::fs::read_link(path).ok(), exists: &Path::exists })
}

/// The marks that Docker, Podman, LXC, systemd-nspawn and Kubernetes leave.
fn is_container(session: &Environment) -> bool {
    if ["/.dockerenv", "/run/.containerenv", "/run/systemd/container"].iter().any(|path| Path::new(path).exists()) {
        return true;
    }
    session.get("container").is_some() || names_a_container(&first_text(&["/proc/1/cgroup"]))
}

fn names_a_container(cgroup: &str) -> bool {
    ["/docker", "/kubepods", "/lxc", "/libpod", "/containerd", "/machine.slice/"]
        .iter()
        .any(|mark| cgroup.contains(mark))
}

fn first_text(paths: &[&str]) -> String {
    paths.iter().find_map(|path| std::fs::read_to_string(path).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_groups_of_containers_are_known() {
        assert!(names_a_container("12:pids:/docker/0123\n"));
        assert!(names_a_container("0::/kubepods.slice/kubepods-pod1.slice\n"));
        assert!(!names_a_container("0::/init.scope\n"));
    }
}
