use super::etc;
use crate::host::{Environment, Machine};

/// Variables that tell a session from others, set before any shell of it
/// runs. Not XDG_CONFIG_HOME and its like: those are set in startup files.
const SESSION: [&str; 24] = [
    "COLORTERM",
    "DBUS_SESSION_BUS_ADDRESS",
    "DESKTOP_SESSION",
    "DISPLAY",
    "LANG",
    "LANGUAGE",
    "PULSE_SERVER",
    "SSH_AUTH_SOCK",
    "SSH_CONNECTION",
    "SSH_TTY",
    "TERM",
    "TMUX",
    "TZ",
    "WAYLAND_DISPLAY",
    "WSL2_GUI_APPS_ENABLED",
    "WSLENV",
    "WSL_DISTRO_NAME",
    "WSL_INTEROP",
    "XAUTHORITY",
    "XDG_CURRENT_DESKTOP",
    "XDG_DATA_DIRS",
    "XDG_RUNTIME_DIR",
    "XDG_SEAT",
    "XDG_VTNR",
];

/// Prefixes of such variables.
const SESSION_PREFIXES: [&str; 2] = ["LC_", "XDG_SESSION_"];

/// The environment that a login shell of this user starts with.
pub(in crate::host::live) fn base(machine: &Machine, session: &Environment) -> Environment {
    let mut environment = Environment::default();
    let system = etc::Etc::read();
    let container = if machine.container { etc::first_process() } else { Environment::default() };

    environment.insert("PATH", system.path(machine.user.uid));
    system.environment.iter().for_each(|(name, value)| environment.insert(name, value));
    inherit_from_container(&mut environment, &container, session);
    inherit_from_session(&mut environment, session);
    // Whoever runs gomedic without a terminal opens a terminal all the same.
    if environment.get("TERM").is_none_or(|term| term == "dumb") {
        environment.insert("TERM", "xterm-256color");
    }
    if machine.is_wsl() {
        inherit_from_windows(&mut environment, session);
    }

    let user = &machine.user;
    environment.insert("USER", &user.name);
    environment.insert("LOGNAME", &user.name);
    if let Some(home) = &user.home {
        environment.insert("HOME", home.to_string_lossy());
    }
    if let Some(shell) = &user.shell {
        environment.insert("SHELL", shell.to_string_lossy());
    }
    environment
}

fn inherit_from_session(environment: &mut Environment, session: &Environment) {
    for (name, value) in session.iter() {
        if SESSION.contains(&name) || SESSION_PREFIXES.iter().any(|prefix| name.starts_with(prefix)) {
            environment.insert(name, value);
        }
    }
}

/// A container's own variables reach every shell in it: its PATH, and what
/// the session still has as its first process was given it.
fn inherit_from_container(environment: &mut Environment, container: &Environment, session: &Environment) {
    for (name, value) in container.iter() {
        if name == "PATH" || session.raw(name) == Some(value) {
            environment.insert(name, value);
        }
    }
}

/// WSL appends the Windows PATH to the Linux one, and passes on the variables
/// that WSLENV lists.
fn inherit_from_windows(environment: &mut Environment, session: &Environment) {
    let shared = session.get("WSLENV").unwrap_or_default().to_owned();
    for name in shared.split(':').filter_map(|entry| entry.split('/').next()).filter(|name| *name != "PATH") {
        if let Some(value) = session.raw(name) {
            environment.insert(name, value);
        }
    }
    let mut path = environment.get("PATH").unwrap_or_default().to_owned();
    for entry in session.path_entries().into_iter().filter(|entry| is_from_windows(entry)) {
        if !path.split(':').any(|known| known == entry) {
            path.push(':');
            path.push_str(entry);
        }
    }
    environment.insert("PATH", path);
}

/// `/mnt/c/…`, or the folder of WSL's own libraries.
fn is_from_windows(entry: &str) -> bool {
    entry == "/usr/lib/wsl/lib"
        || entry.strip_prefix("/mnt/").is_some_and(|rest| {
            let mut chars = rest.chars();
            chars.next().is_some_and(|drive| drive.is_ascii_lowercase()) && matches!(chars.next(), None | Some('/'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Environment {
        pairs.iter().copied().collect()
    }

    #[test]
    fn what_rc_files_set_is_not_inherited() {
        let session = environment(&[
            ("GOROOT", "/opt/go"),
            ("XDG_CONFIG_HOME", "/x"),
            ("XDG_SESSION_ID", "3"),
            ("LC_ALL", "C"),
            ("DISPLAY", ":0"),
        ]);
        let mut base = Environment::default();
        inherit_from_session(&mut base, &session);
        assert_eq!(base, environment(&[("XDG_SESSION_ID", "3"), ("LC_ALL", "C"), ("DISPLAY", ":0")]));
    }

    #[test]
    fn a_container_gives_its_path_and_what_the_session_still_has() {
        let container = environment(&[("PATH", "/go/bin:/usr/bin"), ("GOPATH", "/go"), ("TOKEN", "a")]);
        let session = environment(&[("PATH", "/usr/bin"), ("GOPATH", "/go"), ("TOKEN", "b")]);
        let mut base = Environment::default();
        inherit_from_container(&mut base, &container, &session);
        assert_eq!(base, environment(&[("PATH", "/go/bin:/usr/bin"), ("GOPATH", "/go")]));
    }

    #[test]
    fn wsl_gives_the_windows_path_and_what_is_shared() {
        let session = environment(&[
            ("PATH", "/home/ann/go/bin:/usr/bin:/usr/lib/wsl/lib:/mnt/c/Go/bin:/mnt/cache/bin"),
            ("WSLENV", "GOROOT/p:NOT_SET:PATH/l"),
            ("GOROOT", "/mnt/c/Go"),
        ]);
        let mut base = environment(&[("PATH", "/usr/bin")]);
        inherit_from_windows(&mut base, &session);
        assert_eq!(base, environment(&[("PATH", "/usr/bin:/usr/lib/wsl/lib:/mnt/c/Go/bin"), ("GOROOT", "/mnt/c/Go")]));
    }
}
