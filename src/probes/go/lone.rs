use std::collections::BTreeMap;
use std::path::PathBuf;

use super::toolchains::GoCommand;
use crate::host::{Format, Host};
use crate::model::{Context, GoVersion};

/// A `go` command that was copied away from its root and cannot know where
/// that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoneGo {
    /// The command, as PATH gives it.
    pub path: PathBuf,
    /// Its version.
    pub version: Option<GoVersion>,
    /// The contexts in which it runs.
    pub contexts: Vec<Context>,
}

/// True for Go's own `go` with no root about it, when it was built without
/// the path of one. A script, or a `go` with a path built in, may do well.
pub(super) fn is_lone(host: &dyn Host, command: &GoCommand) -> bool {
    let Ok(binary) = host.binary(&command.real) else { return false };
    let is_trimmed =
        |settings: &BTreeMap<String, String>| settings.get("-trimpath").is_some_and(|value| value == "true");
    binary.format != Format::Script && binary.go.is_some_and(|info| info.path == "cmd/go" && is_trimmed(&info.settings))
}
