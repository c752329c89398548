//! Mounts of a machine's own, which live as long as a value.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A mount namespace, and where it is asked for a network. The process that
/// holds it ends when this is dropped, or when the lab ends in any way; then
/// all that was mounted is gone.
pub struct Namespace {
    holder: Child,
}

impl Namespace {
    /// Mounts what the script mounts, which sees the arguments as `$1`, `$2`….
    pub fn start(script: &str, arguments: &[&str]) -> Namespace {
        Namespace::unshare("-m", script, arguments)
    }

    /// The same with a network of its own, in which there is nothing yet.
    pub fn start_apart(script: &str, arguments: &[&str]) -> Namespace {
        Namespace::unshare("-mn", script, arguments)
    }

    fn unshare(what: &str, script: &str, arguments: &[&str]) -> Namespace {
        // At the end of the pipe, so at ours, the holder ends as well.
        let script = format!("mount --make-rprivate /\n{script}\necho ready\nexec cat");
        let mut command = Command::new("unshare");
        command.args([what, "sh", "-e", "-c", &script, "sh"]).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut holder = command.spawn().expect("unshare can be started");
        let mut said = String::new();
        let stdout = holder.stdout.take().expect("it is a pipe");
        let heard = BufReader::new(stdout).read_line(&mut said);
        let namespace = Namespace { holder };
        assert!(heard.is_ok() && said == "ready\n", "the mounts were not made");
        namespace
    }

    /// The words before a command that have it run in here, in this folder.
    pub fn words(&self, folder: &Path) -> Vec<String> {
        let pid = self.holder.id().to_string();
        ["nsenter", "-t", &pid, "-m", "-n", "env", "-C", &folder.display().to_string()].map(str::to_owned).to_vec()
    }

    /// Its network, as the kernel names it.
    pub fn network(&self) -> PathBuf {
        PathBuf::from(format!("/proc/{}/ns/net", self.holder.id()))
    }

    /// A path in here, as this process can see it.
    pub fn seen(&self, path: &Path) -> PathBuf {
        let root = PathBuf::from(format!("/proc/{}/root", self.holder.id()));
        root.join(path.strip_prefix("/").expect("it is an absolute path"))
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}
