//! Which package of the system a file belongs to.

use std::path::Path;
use std::time::Duration;

use crate::host::{Host, Program};

/// How long the package manager may take; its name is a courtesy.
const DEADLINE: Duration = Duration::from_secs(2);

/// Package managers with the question for the owner of a file, and what comes
/// before its name in the answer's first line.
const MANAGERS: [(&str, &[&str], &str); 4] = [
    ("/usr/bin/dpkg-query", &["--search"], ""),
    ("/usr/bin/rpm", &["--query", "--queryformat", "%{NAME}\n", "--file"], ""),
    ("/usr/bin/pacman", &["-Qoq"], ""),
    ("/sbin/apk", &["info", "--who-owns"], " is owned by "),
];

/// The package that brought a file, when the system's package manager knows.
pub(super) fn package_of(host: &dyn Host, file: &Path) -> Option<String> {
    let (manager, question, before) = MANAGERS.into_iter().find(|(path, ..)| host.is_executable(Path::new(path)))?;
    let argv = std::iter::once(manager).chain(question.iter().copied()).chain([file.to_str()?]);
    let output = host.run(&Program { deadline: Some(DEADLINE), ..Program::new(argv) }).ok()?;
    let line = output.success().then(|| output.stdout.lines().next().map(str::to_owned)).flatten()?;
    let name = if before.is_empty() { line.as_str() } else { line.split_once(before)?.1 };
    // dpkg: `golang-1.24-go: /usr/lib/go-1.24/bin/go`.
    let name = name.split(": ").next().unwrap_or(name).trim();
    (!name.is_empty()).then(|| name.to_owned())
}
