//! Namespaces that live as long as a value: mounts and networks of a machine's
//! own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Namespaces of the kernel, which commands enter one by one. The process that
/// keeps them ends when this is dropped, or when the lab ends in any way; then
/// all that was mounted is gone.
pub struct Namespaces {
    keeper: Child,
    kinds: Vec<String>,
}

impl Namespaces {
    /// Makes namespaces of these kinds, in the words of `unshare`, and runs
    /// `prepare` in them, a script of the shell of which each line must
    /// succeed. Without `--user` it takes the rights of root.
    pub fn start(kinds: &[&str], prepare: &str) -> Namespaces {
        Namespaces::start_with(kinds, prepare, &[])
    }

    /// The same for a script that sees the arguments as `$1`, `$2`….
    pub fn start_with(kinds: &[&str], prepare: &str, arguments: &[&str]) -> Namespaces {
        Namespaces::make(&[], &[], kinds, prepare, arguments)
    }

    /// Makes further ones inside, which share the others with this one.
    pub fn inside(&self, kinds: &[&str], prepare: &str) -> Namespaces {
        Namespaces::make(&self.words(), &self.kinds, kinds, prepare, &[])
    }

    fn make(before: &[String], shared: &[String], kinds: &[&str], prepare: &str, arguments: &[&str]) -> Namespaces {
        let script = format!("{prepare}\necho ready\nexec cat");
        let own = [&["unshare"], kinds, &["sh", "-e", "-c", &script, "sh"], arguments].concat();
        let words: Vec<String> = before.iter().cloned().chain(own.into_iter().map(str::to_owned)).collect();
        let mut command = Command::new(&words[0]);
        // It ends with its input, should the lab die.
        command.args(&words[1..]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut keeper = command.spawn().expect("a program can be started");
        let mut said = String::new();
        let output = keeper.stdout.take().expect("it is a pipe");
        let heard = BufReader::new(output).read_line(&mut said);
        let own = kinds.iter().filter(|kind| !kind.starts_with("--map-")).map(|kind| (*kind).to_owned());
        let mut kinds = shared.to_vec();
        own.filter(|kind| !shared.contains(kind)).for_each(|kind| kinds.push(kind));
        let namespaces = Namespaces { keeper, kinds };
        assert!(heard.is_ok() && said == "ready\n", "the namespaces were not made");
        namespaces
    }

    /// Runs a script of the shell in them, which must succeed.
    pub fn run(&self, script: &str) {
        let words = self.words();
        let output = Command::new(&words[0]).args(&words[1..]).args(["sh", "-c", script]).output();
        let output = output.expect("a program can be started");
        assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// The first process in them.
    pub fn pid(&self) -> u32 {
        self.keeper.id()
    }

    /// What the kernel tells of the first process in them: a folder.
    pub fn folder(&self) -> PathBuf {
        Path::new("/proc").join(self.pid().to_string())
    }

    /// A path in them, as this process can see it.
    pub fn seen(&self, path: &Path) -> PathBuf {
        self.file("root").join(path.strip_prefix("/").expect("it is an absolute path"))
    }

    /// A file of that folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// The words before a command that is to run in them.
    pub fn words(&self) -> Vec<String> {
        let pid = self.pid().to_string();
        let enter = ["nsenter", "--target", &pid, "--preserve-credentials"].map(str::to_owned);
        enter.into_iter().chain(self.kinds.iter().cloned()).collect()
    }
}

impl Drop for Namespaces {
    fn drop(&mut self) {
        let _ = self.keeper.kill();
        let _ = self.keeper.wait();
    }
}
