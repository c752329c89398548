//! A home folder of one user, for runs of the real program.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A home folder with a Go that is never run, and what is set in the session.
pub struct Home {
    folder: TempDir,
    variables: Vec<(&'static str, String)>,
}

impl Home {
    /// A home with these variables in the session.
    pub fn new(variables: Vec<(&'static str, String)>) -> Self {
        let home = Home { folder: TempDir::new().expect("a temporary folder can be made"), variables };
        home.write("go/VERSION", "go1.27.3\n");
        home.write("go/bin/go", "#!/bin/sh\nexit 1\n");
        let go = home.path().join("go/bin/go");
        fs::set_permissions(go, fs::Permissions::from_mode(0o755)).expect("its mode can be set");
        home
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file below it.
    pub fn write(&self, name: &str, content: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
    }

    /// What gomedic prints as JSON, given these words.
    pub fn gomedic(&self, arguments: &str) -> Value {
        let mut command = Command::cargo_bin("gomedic").expect("the binary is built");
        command
            .env_clear()
            .env("HOME", self.path())
            .env("SHELL", "/bin/sh")
            .env("PATH", format!("{}:/usr/bin:/bin", self.path().join("go/bin").display()))
            .envs(self.variables.iter().map(|(name, value)| (*name, value)))
            .current_dir(self.path())
            .args(arguments.split_whitespace());
        let output = command.output().expect("it can be started");
        let said = || String::from_utf8_lossy(&output.stderr).into_owned();
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", said()))
    }
}
