//! Texts that name their interpreter.

use std::path::Path;

use super::obstacles::is_usable;
use crate::host::{Environment, Host};
use crate::model::inspect::Obstacle;
use crate::model::{Binary, Context};
use crate::probes::lookup;

/// What keeps a script from running.
pub(super) fn obstacle(host: &dyn Host, binary: &Binary) -> Option<Obstacle> {
    let Some(interpreter) = &binary.interpreter else { return Some(Obstacle::NoInterpreter) };
    let name = interpreter.to_string_lossy().into_owned();
    let place = host.machine().folder.join(interpreter);
    if host.stat(&place).is_err_and(|missing| missing.is_absent()) {
        return Some(Obstacle::Interpreter(name));
    }
    if !is_usable(host, &place) {
        return Some(Obstacle::Unusable(interpreter.clone()));
    }
    if interpreter.file_name().is_none_or(|name| name != "env") {
        return None;
    }
    let command = command(binary.argument.as_deref()?)?;
    let environment = host.environment(Context::Session).ok()?;
    let is_here = |environment: &Environment| match command.contains('/') {
        true => host.exists(&host.machine().folder.join(Path::new(command))),
        false => lookup(host, command, environment).is_some(),
    };
    (!is_here(&environment)).then(|| Obstacle::Command(command.to_owned()))
}

/// The command that `env` looks for. The kernel hands it all of the line as
/// one argument; `-S` has env split it.
fn command(argument: &str) -> Option<&str> {
    let split = argument.strip_prefix("-S").or_else(|| argument.strip_prefix("--split-string="));
    match split {
        Some(rest) => rest.split_whitespace().find(|word| !word.starts_with('-') && !word.contains('=')),
        None if argument.starts_with('-') || argument.contains('=') => None,
        None => Some(argument),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn env_gets_one_argument_unless_it_splits() {
        assert_eq!(command("python3"), Some("python3"));
        assert_eq!(command("python3 -u"), Some("python3 -u"));
        assert_eq!(command("-S python3 -u"), Some("python3"));
        assert_eq!(command("-S -i LANG=C perl -w"), Some("perl"));
        assert_eq!(command("-i"), None);
    }
}
