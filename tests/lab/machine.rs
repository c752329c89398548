//! A private machine: a home of its own, real shells, real Go.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::namespaces::Namespaces;
use crate::tools::{go_root, program};
use crate::tree::{Tree, tree};

/// The user's shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    /// bash.
    Bash,
    /// zsh.
    Zsh,
    /// fish.
    Fish,
    /// dash, by its own name.
    Dash,
    /// The POSIX shell of the system.
    Sh,
}

impl Shell {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Shell::Bash => "bash",
            Shell::Zsh => "zsh",
            Shell::Fish => "fish",
            Shell::Dash => "dash",
            Shell::Sh => "sh",
        }
    }

    /// The rc file that a new terminal reads.
    pub fn rc(self) -> &'static str {
        match self {
            Shell::Bash => ".bashrc",
            Shell::Zsh => ".zshrc",
            Shell::Fish => ".config/fish/config.fish",
            Shell::Dash | Shell::Sh => ".profile",
        }
    }

    /// The file that a login shell reads.
    pub fn profile(self) -> &'static str {
        match self {
            Shell::Bash | Shell::Dash | Shell::Sh => ".profile",
            Shell::Zsh => ".zprofile",
            Shell::Fish => ".config/fish/config.fish",
        }
    }

    /// The line that puts a folder at the front of PATH.
    pub fn path_line(self, folder: &str) -> String {
        match self {
            Shell::Fish => format!("set -gx PATH {folder} $PATH\n"),
            _ => format!("export PATH={folder}:$PATH\n"),
        }
    }

    /// The line that exports a variable.
    pub fn export_line(self, name: &str, value: &str) -> String {
        match self {
            Shell::Fish => format!("set -gx {name} {value}\n"),
            _ => format!("export {name}={value}\n"),
        }
    }
}

/// A machine with a home and a project of its own.
pub struct Machine {
    /// The namespaces that last from one command to the next, where it has
    /// such of its own. They go before the folder does.
    lasting: Option<Namespaces>,
    #[expect(dead_code, reason = "removed with all that is in it when dropped")]
    folder: TempDir,
    /// The user's home, as the machine's own programs see it.
    home: PathBuf,
    gomedic: PathBuf,
    shell: Shell,
    /// The command that gives a process this machine's own mounts.
    namespace: Vec<String>,
}

impl Machine {
    /// A machine with an empty home, a tiny project in `~/shop`, and no Go.
    pub fn new(shell: Shell) -> Machine {
        let folder = tempfile::Builder::new().prefix("lab").tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("a folder has permissions");
        let home = folder.path().join("home/kim");
        let gomedic = PathBuf::from(env!("CARGO_BIN_EXE_gomedic"));
        let machine = Machine { folder, home, gomedic, shell, namespace: Vec::new(), lasting: None };
        // One build cache for all machines, by a link as people make it: the
        // standard library is compiled once.
        let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-build");
        fs::create_dir_all(&cache).expect("a folder can be made");
        machine.write(".cache/note", "");
        // Go keeps its telemetry below, and makes the folder when it is not
        // there: that is no change of ours.
        fs::create_dir_all(machine.home().join(".config/go")).expect("a folder can be made");
        symlink(cache, machine.home().join(".cache/go-build")).expect("a link can be made");
        machine.write("shop/go.mod", "module example.com/shop\n\ngo 1.21\n");
        machine.write("shop/main.go", "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(\"shop\") }\n");
        machine
    }

    /// The same with a real Go in `~/sdk`, put on PATH by the file that a
    /// login shell reads.
    pub fn with_go(shell: Shell, version: &str) -> Machine {
        let machine = Machine::new(shell);
        let root = machine.add_go(version);
        machine.append(shell.profile(), &shell.path_line(&format!("{}/bin", root.display())));
        machine
    }

    /// Puts a real Go into `~/sdk` and returns its root.
    pub fn add_go(&self, version: &str) -> PathBuf {
        self.add_go_at(version, &format!("sdk/go{version}"))
    }

    /// Puts a real Go into a folder below home and returns its root.
    pub fn add_go_at(&self, version: &str, place: &str) -> PathBuf {
        let root = self.home().join(place);
        copy_tree(&go_root(version), &root);
        root
    }

    /// Makes a link below home to a file below home.
    pub fn link(&self, target: &str, name: &str) {
        self.link_to(&self.home().join(target), name);
    }

    /// Makes a link below home.
    pub fn link_to(&self, target: &Path, name: &str) {
        let path = self.home().join(name);
        fs::create_dir_all(path.parent().expect("it has a parent")).expect("a folder can be made");
        symlink(target, path).expect("a link can be made");
    }

    /// A module proxy of files with one module; returns its folder.
    pub fn module_proxy(&self, module: &str, version: &str) -> PathBuf {
        let folder = format!("proxy/{module}/@v");
        self.write(&format!("{folder}/list"), format!("{version}\n"));
        self.write(&format!("{folder}/{version}.info"), format!("{{\"Version\":\"{version}\"}}"));
        self.write(&format!("{folder}/{version}.mod"), format!("module {module}\n"));
        self.home().join("proxy")
    }

    /// Makes a folder appear at an absolute path, for the processes of this
    /// machine alone.
    pub fn with_mount(mut self, folder: &Path, at: &str) -> Machine {
        let mut words: Vec<String> = ["bwrap", "--dev-bind", "/", "/"].map(str::to_owned).to_vec();
        words.extend(view_without(Path::new(at)));
        words.extend(["--dev-bind".to_owned(), folder.display().to_string(), at.to_owned()]);
        self.namespace = words;
        self
    }

    /// Takes a program of the system away, for the processes of this machine
    /// alone.
    pub fn without(mut self, program: &str) -> Machine {
        if !Path::new(program).exists() {
            return self;
        }
        if self.namespace.is_empty() {
            self.namespace = ["bwrap", "--dev-bind", "/", "/"].map(str::to_owned).to_vec();
        }
        self.namespace.extend(["--dev-bind", "/dev/null", program].map(str::to_owned));
        self
    }

    /// Takes the marks away that tell this machine's processes that the lab
    /// runs in a container.
    pub fn outside_containers(mut self) -> Machine {
        let marks = ["/.dockerenv", "/run/.containerenv", "/run/systemd/container"].map(Path::new);
        let mut words: Vec<String> = ["bwrap", "--dev-bind", "/", "/"].map(str::to_owned).to_vec();
        words.extend(marks.into_iter().filter(|mark| mark.exists()).flat_map(view_without));
        words.extend(["--dev-bind", "/dev/null", "/proc/1/cgroup"].map(str::to_owned));
        self.namespace = words;
        self
    }

    /// Makes a file stand in for a file of the system, for the processes of
    /// this machine alone.
    pub fn with_file(mut self, file: &Path, at: &str) -> Machine {
        if self.namespace.is_empty() {
            self.namespace = ["bwrap", "--dev-bind", "/", "/"].map(str::to_owned).to_vec();
        }
        self.namespace.extend(["--dev-bind", &file.display().to_string(), at].map(str::to_owned));
        self
    }

    /// Has all commands of this machine run in these namespaces.
    pub fn inside(mut self, namespaces: &Namespaces) -> Machine {
        self.namespace = namespaces.words();
        // Entering them leads out of the folder.
        self.namespace.extend(["env".to_owned(), format!("--chdir={}", self.home().join("shop").display())]);
        self
    }

    /// Gives every process in there a variable.
    pub fn with_variable(mut self, name: &str, value: &str) -> Machine {
        self.namespace.push(format!("{name}={value}"));
        self
    }

    /// Mounts a tmpfs with these options, for the processes of this machine
    /// alone. Takes the rights of root.
    pub fn with_tmpfs(mut self, at: &str, options: &str) -> Machine {
        let script = format!("mount -t tmpfs -o {options} tmpfs {at} && exec \"$@\"");
        self.namespace = ["unshare", "-m", "sh", "-c", &script, "sh"].map(str::to_owned).to_vec();
        self
    }

    /// The same with namespaces that last as long as the machine.
    pub fn within(self, namespaces: Namespaces) -> Machine {
        let mut machine = self.inside(&namespaces);
        machine.lasting = Some(namespaces);
        machine
    }

    /// The same with another home there, with gomedic on PATH, and with words
    /// before each command that change its user.
    pub fn at_home_in(mut self, namespace: Namespaces, home: &str, user: &[&str]) -> Machine {
        self.home = PathBuf::from(home);
        self.gomedic = PathBuf::from("gomedic");
        let mut machine = self.within(namespace);
        machine.namespace.extend(user.iter().map(|word| (*word).to_owned()));
        machine
    }

    /// A path of this machine, as this process can see it.
    pub fn seen(&self, path: &Path) -> PathBuf {
        self.lasting.as_ref().map_or_else(|| path.to_owned(), |namespace| namespace.seen(path))
    }

    /// The user's home, to be compared.
    pub fn tree(&self) -> Tree {
        tree(&self.seen(&self.home()))
    }

    /// The user's home.
    pub fn home(&self) -> PathBuf {
        self.home.clone()
    }

    /// Writes a file below home.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.seen(&self.home().join(name));
        fs::create_dir_all(path.parent().expect("it has a parent")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    /// Adds to a file below home.
    pub fn append(&self, name: &str, text: &str) {
        let mut old = fs::read_to_string(self.seen(&self.home().join(name))).unwrap_or_default();
        old.push_str(text);
        self.write(name, old);
    }

    /// The base that the terminal gives its shell: nothing of this process.
    fn base(&self, command: &mut Command) {
        command.env_clear().stdin(Stdio::null()).current_dir(self.seen(&self.home().join("shop")));
        command.envs(self.variables());
    }

    fn variables(&self) -> [(&'static str, String); 7] {
        [
            ("HOME", self.home().display().to_string()),
            ("USER", "kim".to_owned()),
            ("LOGNAME", "kim".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("TERM", "xterm-256color".to_owned()),
            ("SHELL", self.shell_path().display().to_string()),
            ("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".to_owned()),
        ]
    }

    /// The words before a program that has a terminal of its own.
    pub fn words(&self) -> Vec<String> {
        let variables = self.variables().map(|(name, value)| format!("{name}={value}"));
        self.namespace.iter().cloned().chain(["env".to_owned()]).chain(variables).collect()
    }

    fn shell_path(&self) -> PathBuf {
        program(self.shell.name()).unwrap_or_else(|| panic!("there is no {}", self.shell.name()))
    }

    /// Starts a program that goes on until the value is dropped.
    pub fn background(&self, program: &Path, arguments: &[&str]) -> Background {
        self.background_in(&self.namespace, program, arguments)
    }

    /// The same behind other words than those of this machine's namespace.
    pub fn background_in(&self, words: &[String], program: &Path, arguments: &[&str]) -> Background {
        let words: Vec<String> = words.iter().cloned().chain([program.display().to_string()]).collect();
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        self.base(&mut command);
        Background(command.spawn().expect("a program can be started"))
    }

    /// Waits until something listens, as the processes of this machine see it.
    pub fn wait_for_port(&self, address: &str, port: u16) {
        let once = format!("(: </dev/tcp/{address}/{port}) 2>/dev/null");
        let line = format!("bash -c 'for i in $(seq 100); do {once} && exit; sleep 0.05; done; exit 1'");
        self.terminal(&line).works();
    }

    /// Runs a command line in a new terminal: an interactive shell below a
    /// login shell.
    pub fn terminal(&self, line: &str) -> Said {
        Said::of(self.shell_command(line).output().expect("a shell can be started"))
    }

    fn shell_command(&self, line: &str) -> Command {
        let shell = self.shell_path();
        let name = shell.display();
        let script = format!("exec {name} -i -c \"$LAB_LINE\"");
        let mut command = Command::new("setsid");
        command.arg("-w").args(&self.namespace).arg(&shell).args(["-l", "-c", &script]);
        self.base(&mut command);
        command.env("LAB_LINE", line);
        command
    }

    /// Runs a program on this machine as the user who runs the lab.
    pub fn system(&self, words: &[String]) -> Said {
        let namespace = self.lasting.as_ref().map(Namespaces::words).unwrap_or_default();
        let words: Vec<String> = namespace.iter().chain(words).cloned().collect();
        let output = Command::new(&words[0]).args(&words[1..]).stdin(Stdio::null()).output();
        Said::of(output.expect("a program can be started"))
    }

    /// Runs gomedic from a new terminal and returns what it said.
    pub fn gomedic(&self, arguments: &str) -> Said {
        self.terminal(&format!("{} {arguments}", self.gomedic.display()))
    }

    /// Runs gomedic from a new terminal and returns its JSON.
    pub fn gomedic_json(&self, arguments: &str) -> Value {
        let said = self.gomedic(&format!("{arguments} --format json"));
        let start = said.stdout.find('{').unwrap_or_else(|| panic!("no JSON: {said:?}"));
        serde_json::from_str(&said.stdout[start..]).unwrap_or_else(|error| panic!("{error}: {said:?}"))
    }
}

/// A command that goes on until this is dropped.
pub struct Background(std::process::Child);

impl Drop for Background {
    fn drop(&mut self) {
        // The namespace's own process and the program are one group.
        if let Some(pid) = rustix::process::Pid::from_raw(self.0.id().try_into().unwrap_or(0)) {
            let _ = rustix::process::kill_process_group(pid, rustix::process::Signal::TERM);
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    /// Its exit code.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Said {
    fn of(output: Output) -> Said {
        Said {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Panics unless it succeeded.
    pub fn works(&self) -> &Said {
        assert_eq!(self.code, Some(0), "this ought to work: {self:#?}");
        self
    }

    /// Panics unless it failed and said `text`.
    pub fn fails_with(&self, text: &str) -> &Said {
        assert_ne!(self.code, Some(0), "this ought to fail: {self:#?}");
        assert!(self.stdout.contains(text) || self.stderr.contains(text), "this ought to say '{text}': {self:#?}");
        self
    }
}

/// The words for bubblewrap that make a private view of the folder that a path
/// lies in, with all that it holds but that path. Nothing that is made there
/// is made in the real one.
fn view_without(path: &Path) -> Vec<String> {
    let parent = path.parent().expect("it lies in a folder");
    let mut words = vec!["--tmpfs".to_owned(), parent.display().to_string()];
    let entries = fs::read_dir(parent).into_iter().flatten().filter_map(Result::ok);
    for entry in entries.map(|entry| entry.path()).filter(|entry| entry != path) {
        let entry = entry.display().to_string();
        words.extend(["--dev-bind-try".to_owned(), entry.clone(), entry]);
    }
    words
}

/// Copies a tree with hard links where that is possible: a Go toolchain is
/// large, and nobody writes into it.
fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder can be listed") {
        let entry = entry.expect("an entry can be read");
        let target = to.join(entry.file_name());
        let kind = entry.file_type().expect("an entry has a type");
        if kind.is_dir() {
            copy_tree(&entry.path(), &target);
        } else if kind.is_symlink() {
            symlink(fs::read_link(entry.path()).expect("a link can be read"), target).expect("a link can be made");
        } else if fs::hard_link(entry.path(), &target).is_err() {
            fs::copy(entry.path(), &target).expect("a file can be copied");
        }
    }
}
