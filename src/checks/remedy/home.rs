//! A HOME for a user who has none, or none of use.

use crate::host::Machine;
use crate::model::Fix;
use crate::probes::system::Users;

/// Homes by which the user database says that there is none.
const NO_HOMES: [&str; 3] = ["/", "/nonexistent", "/dev/null"];

/// Sets HOME to the user's own folder, or else gives the caches places.
#[must_use]
pub fn give_home(machine: &Machine, users: &Users) -> Fix {
    let home = users.home(machine.user.uid).map(|home| home.display().to_string());
    match home.filter(|home| !NO_HOMES.contains(&home.as_str())) {
        Some(home) => Fix::manual(
            format!("Set HOME to {home}"),
            "The user database names this folder. What starts the shell has to hand HOME on: sudo -H, the unit's User=, or the image's ENV.",
            Some(export(machine, &[("HOME", &home)])),
        ),
        None => Fix::manual(
            "Give Go folders for its caches",
            "The user database names no home for this user. In an image, the same belongs into ENV; the folders must be writable by the user that the container runs as.",
            Some(export(machine, &[("GOCACHE", "/tmp/go-build"), ("GOPATH", "/tmp/go")])),
        ),
    }
}

/// The command that sets variables in the user's shell.
fn export(machine: &Machine, variables: &[(&str, &str)]) -> String {
    if machine.shell_name() == Some("fish") {
        let lines: Vec<String> = variables.iter().map(|(name, value)| format!("set -gx {name} {value}")).collect();
        return lines.join("; ");
    }
    let words: Vec<String> = variables.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("export {}", words.join(" "))
}
