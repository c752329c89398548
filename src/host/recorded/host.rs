use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::files::Tree;
use super::format::{BinaryTable, FilesystemTable, NetworkTable, ProgramTable, Recording, TraceTable, Variable};
use super::windows::WindowsTable;
use crate::host::wsl::Sight;
use crate::host::{
    Access, Answer, Binary, BuildInfo, DirEntry, Endpoint, Environment, FileKind, Filesystem, Format, Host, Machine,
    NameAnswer, NetFailure, Output, Program, Request, StartChange, StartOrigin, StartTrace, Stat, TimeAnswer, User,
    WindowsAnswer, Wsl,
};
use crate::model::binary::{Asked, Kind, Linking, RunPath};
use crate::model::{Context, Missing, Reason};

/// What it takes to look up a path on an ordinary disk, in microseconds.
const USUAL_LOOKUP: u64 = 5;

/// A machine that was recorded in a machine file.
#[derive(Debug)]
pub struct Recorded {
    machine: Machine,
    now: Timestamp,
    environments: HashMap<&'static str, Result<Arc<Environment>, Missing>>,
    tree: Tree,
    binaries: BTreeMap<PathBuf, BinaryTable>,
    filesystems: Vec<FilesystemTable>,
    programs: Vec<ProgramTable>,
    network: NetworkTable,
    windows: Option<WindowsTable>,
    missing: BTreeMap<PathBuf, Missing>,
    start_trace: Result<Arc<StartTrace>, Missing>,
}

impl Recorded {
    pub(super) fn build(recording: Recording, name: String) -> Result<Recorded, String> {
        let table = recording.machine;
        let mut machine = Machine {
            os: table.os,
            arch: table.arch,
            kernel: table.kernel,
            distro: table.distro,
            distro_family: table.family,
            container: table.container,
            wsl: Wsl::default(),
            user: User { name: table.user, uid: table.uid, gid: table.uid, home: table.home, shell: table.shell },
            folder: table.folder,
            recorded: Some(name),
        };
        let mut missing = BTreeMap::new();
        for (what, why) in &recording.missing {
            missing.insert(machine.untilde(what), parse_missing(why)?);
        }
        let environments = environments(&recording.environment, &missing)?;
        let start_trace = start_trace(&recording.trace, &machine)?.map(Arc::new);

        let mut tree = Tree::new(machine.user.home.clone(), machine.user.uid);
        let mut binaries = BTreeMap::new();
        for go in &recording.go {
            let root = machine.untilde(&go.root);
            for path in tree.add_go(go, &root, machine.goos(), machine.goarch()) {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                let table = BinaryTable {
                    go: Some(go.version.clone()),
                    path: Some(format!("cmd/{name}")),
                    ..BinaryTable::default()
                };
                binaries.insert(path, table);
            }
        }
        for (path, table) in recording.binaries {
            let path = machine.untilde(&path);
            tree.add_binary(&path, None);
            binaries.insert(path, table);
        }
        for (path, entry) in recording.files {
            let path = machine.untilde(&path);
            tree.add(&path, entry)?;
        }
        tree.add_folder(&machine.folder);
        machine.wsl = match table.wsl.as_deref() {
            Some(title) => Wsl::said(title),
            None => weigh(&machine, &tree, &environments),
        };
        Ok(Recorded {
            now: table.time.unwrap_or(Timestamp::UNIX_EPOCH),
            machine,
            environments,
            tree,
            binaries,
            filesystems: recording.filesystems,
            programs: recording.programs,
            network: recording.network,
            windows: recording.windows,
            missing,
            start_trace,
        })
    }

    /// Every path that the machine has.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.tree.names().into_iter()
    }

    /// A path that is recorded, and said to be missing, is there and cannot
    /// be read; one that is not recorded cannot even be looked at.
    fn check_looking(&self, path: &Path) -> Result<(), Missing> {
        if self.tree.link_node(path).is_ok() { Ok(()) } else { self.check(path) }
    }

    fn filesystem_table(&self, path: &Path) -> Result<&FilesystemTable, Missing> {
        let holding = self.filesystems.iter().filter(|table| path.starts_with(&table.mount));
        holding.max_by_key(|table| table.mount.components().count()).ok_or_else(|| {
            Missing::new(Reason::NotRecorded, format!("the file system of {} is not recorded", path.display()))
        })
    }

    fn check(&self, path: &Path) -> Result<(), Missing> {
        match self.missing.get(path) {
            Some(missing) => Err(missing.about(path.display())),
            None => Ok(()),
        }
    }
}

/// What stands around the machine, as its files and its session tell it.
fn weigh(machine: &Machine, tree: &Tree, environments: &Environments) -> Wsl {
    let session = environments.get(Context::Session.id()).and_then(|session| session.as_deref().ok().cloned());
    Wsl::weigh(&Sight {
        release: machine.kernel.as_deref(),
        system: machine.distro.as_deref(),
        session: &session.unwrap_or_default(),
        link: &|path| tree.link_node(path).ok()?.link.clone(),
        exists: &|path| tree.link_node(path).is_ok(),
    })
}

/// `"timed out: no answer within 5 s"`.
fn parse_missing(text: &str) -> Result<Missing, String> {
    let (word, detail) = text.split_once(": ").unwrap_or((text, text));
    let reason = [
        Reason::Absent,
        Reason::Denied,
        Reason::TimedOut,
        Reason::Failed,
        Reason::Damaged,
        Reason::NotRecorded,
        Reason::NotAsked,
    ]
    .into_iter()
    .find(|reason| reason.title() == word)
    .ok_or_else(|| format!("'{word}' is no reason for a missing value"))?;
    Ok(Missing::new(reason, detail))
}

type Environments = HashMap<&'static str, Result<Arc<Environment>, Missing>>;

/// The environment of each context: what `all` says, then its own table.
/// The editor has one only where the file gives it.
fn environments(
    tables: &BTreeMap<String, BTreeMap<String, Variable>>,
    missing: &BTreeMap<PathBuf, Missing>,
) -> Result<Environments, String> {
    let known = ["all", "session", "login", "interactive", "non-interactive", "editor", "windows"];
    if let Some(other) = tables.keys().find(|name| !known.contains(&name.as_str())) {
        return Err(format!("[environment.{other}]: there is no such context"));
    }
    let mut found = HashMap::new();
    for context in Context::TRACED {
        if let Some(why) = missing.get(Path::new(&format!("environment.{context}"))) {
            found.insert(context.id(), Err(why.clone()));
            continue;
        }
        if context == Context::Editor && !tables.contains_key("editor") {
            found.insert(context.id(), Err(Missing::absent("no editor is running")));
            continue;
        }
        if context == Context::NonInteractive && !tables.contains_key("non-interactive") {
            found.insert(context.id(), Err(Missing::absent("no script was recorded")));
            continue;
        }
        let mut environment = Environment::default();
        for table in ["all", context.id()].into_iter().filter_map(|name| tables.get(name)) {
            for (name, value) in table {
                match value {
                    Variable::Value(value) => environment.insert(name, value),
                    Variable::Removed(_) => environment.remove(name),
                }
            }
        }
        found.insert(context.id(), Ok(Arc::new(environment)));
    }
    Ok(found)
}

/// The outer error is one of the machine file.
fn start_trace(tables: &[TraceTable], machine: &Machine) -> Result<Result<StartTrace, Missing>, String> {
    if tables.is_empty() {
        return Ok(Err(Missing::new(Reason::NotRecorded, "a traced start of the shell is not recorded")));
    }
    let fresh = [Context::Login, Context::Interactive];
    let mut trace = StartTrace { complete: fresh.to_vec(), ..StartTrace::default() };
    for table in tables {
        let context = fresh.into_iter().find(|context| context.id() == table.context);
        let context = context.ok_or_else(|| format!("[[trace]]: '{}' is no fresh shell", table.context))?;
        let origin = StartOrigin {
            file: table.file.as_deref().map(|file| machine.untilde(file)),
            line: table.line,
            command: table.command.clone(),
        };
        let (name, value) = (table.name.clone(), table.value.clone());
        trace.changes.push(StartChange { context, name, value, origin });
    }
    // A terminal is given what the login shell before it exports.
    let of_login = trace.changes.iter().filter(|change| change.context == Context::Login);
    let exported = of_login.fold(BTreeMap::new(), |mut exported, change| {
        match &change.value {
            Some(value) => exported.insert(change.name.clone(), value.clone()),
            None => exported.remove(&change.name),
        };
        exported
    });
    trace.given.insert(Context::Interactive, exported);
    Ok(Ok(trace))
}

impl Host for Recorded {
    fn machine(&self) -> &Machine {
        &self.machine
    }

    fn environment(&self, context: Context) -> Result<Arc<Environment>, Missing> {
        self.environments
            .get(context.id())
            .cloned()
            .unwrap_or_else(|| Err(Missing::absent(format!("there is no context {context} on this machine"))))
    }

    fn start_trace(&self) -> Result<Arc<StartTrace>, Missing> {
        self.start_trace.clone()
    }

    fn stat(&self, path: &Path) -> Result<Stat, Missing> {
        self.check_looking(path)?;
        let path = self.tree.canonical(path)?;
        Ok(self.tree.stat(&path, self.tree.node(&path)?))
    }

    fn link_stat(&self, path: &Path) -> Result<Stat, Missing> {
        self.check_looking(path)?;
        Ok(self.tree.stat(path, self.tree.link_node(path)?))
    }

    fn read_link(&self, path: &Path) -> Result<PathBuf, Missing> {
        let node = self.tree.link_node(path)?;
        node.link.clone().ok_or_else(|| Missing::failed(format!("{}: not a link", path.display())))
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, Missing> {
        self.check_looking(path)?;
        self.tree.canonical(path)
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Missing> {
        self.check(path)?;
        let node = self.tree.node(path)?;
        match node.kind {
            FileKind::File if node.size > limit => {
                Err(Missing::failed(format!("{}: too large to read ({} bytes)", self.machine.tilde(path), node.size)))
            }
            FileKind::File => Ok(node.text.clone()),
            _ => Err(Missing::failed(format!("{}: not a regular file", self.machine.tilde(path)))),
        }
    }

    fn read_end(&self, path: &Path, length: u64) -> Result<Vec<u8>, Missing> {
        let content = self.read(path, u64::MAX)?;
        let start = content.len().saturating_sub(usize::try_from(length).unwrap_or(usize::MAX));
        Ok(content[start..].to_vec())
    }

    fn read_dir(&self, path: &Path) -> Result<Vec<DirEntry>, Missing> {
        self.check(path)?;
        self.tree.entries(path)
    }

    fn access(&self, path: &Path, access: Access) -> Result<bool, Missing> {
        self.check_looking(path)?;
        let granted = self.tree.grants(path, access, self.machine.user.uid)?;
        let read_only = access == Access::Write && self.filesystem(path).is_ok_and(|filesystem| filesystem.read_only);
        Ok(granted && !read_only)
    }

    fn filesystem(&self, path: &Path) -> Result<Filesystem, Missing> {
        if let Some((_, missing)) = path
            .ancestors()
            .find_map(|folder| self.missing.get_key_value(Path::new(&format!("filesystem {}", folder.display()))))
        {
            return Err(missing.clone());
        }
        let table = self.filesystem_table(path)?;
        Ok(Filesystem {
            kind: table.kind.clone(),
            mount_point: table.mount.clone(),
            noexec: table.noexec,
            read_only: table.read_only,
            free_bytes: table.free_mib << 20,
            total_bytes: table.total_mib << 20,
            free_inodes: table.free_inodes,
        })
    }

    fn lookup_time(&self, paths: &[PathBuf]) -> Result<Duration, Missing> {
        let took = |path: &PathBuf| self.filesystem_table(path).map(|table| table.lookup_us.unwrap_or(USUAL_LOOKUP));
        let micros: u64 = paths.iter().map(took).sum::<Result<u64, Missing>>()?;
        Ok(Duration::from_micros(micros))
    }

    fn binary(&self, path: &Path) -> Result<Binary, Missing> {
        self.check(path)?;
        let real = self.tree.canonical(path)?;
        let node = self.tree.node(&real)?;
        if !self.binaries.contains_key(&real) && node.kind == FileKind::File && node.size == 0 {
            return Ok(Binary::of(Format::Other));
        }
        let table = self
            .binaries
            .get(&real)
            .ok_or_else(|| Missing::new(Reason::NotRecorded, format!("{}: not recorded", path.display())))?;
        let format = match table.format.as_deref() {
            None | Some("elf") => Format::Elf,
            Some("mach-o") => Format::MachO,
            Some("pe") => Format::Pe,
            Some("script") => Format::Script,
            Some(_) => Format::Other,
        };
        let linking = if table.interpreter.is_some() { Linking::Dynamic } else { Linking::Static };
        Ok(Binary {
            kind: if format == Format::Other { Kind::Other } else { Kind::Program },
            linking: (format == Format::Elf).then_some(linking),
            goos: table.goos.clone().or_else(|| Some(self.machine.goos().to_owned())),
            goarch: table.goarch.clone().or_else(|| Some(self.machine.goarch().to_owned())),
            interpreter: table.interpreter.clone(),
            needed: table.needed.clone(),
            run_path: table.run_path.clone(),
            versions_needed: versions_needed(table),
            versions_defined: versions_defined(table),
            glibc_required: table.glibc_required.clone(),
            glibc_provided: table.glibc_provided.clone(),
            run_path_kind: if table.run_path.is_empty() { RunPath::None } else { RunPath::Runpath },
            go: table.go.clone().map(|go_version| BuildInfo {
                go_version,
                path: table.path.clone().unwrap_or_default(),
                module: table.module.clone().or_else(|| table.path.clone()).unwrap_or_default(),
                version: table.version.clone().unwrap_or_default(),
                settings: table.settings.clone(),
            }),
            text_size: table.text_size,
            cut_off: table.cut_off.clone(),
            start: bytes(&table.start),
            ..Binary::of(format)
        })
    }

    fn capabilities(&self, path: &Path) -> Result<Vec<String>, Missing> {
        self.check(path)?;
        let real = self.tree.canonical(path)?;
        Ok(self.binaries.get(&real).map(|table| table.capabilities.clone()).unwrap_or_default())
    }

    fn run(&self, program: &Program) -> Result<Output, Missing> {
        let table = self
            .programs
            .iter()
            .rev()
            .find(|table| table.argv == program.argv)
            .ok_or_else(|| Missing::new(Reason::NotRecorded, format!("{}: not recorded", program.line())))?;
        if table.hangs {
            return Err(Missing::new(Reason::TimedOut, format!("{} did not end in time", program.line())));
        }
        Ok(Output { code: Some(table.code), stdout: table.stdout.clone(), stderr: table.stderr.clone() })
    }

    fn ask_windows(&self, _question: &Program) -> Result<WindowsAnswer, Missing> {
        self.check(Path::new("windows"))?;
        match &self.windows {
            Some(table) => Ok(table.answer(self.now)),
            None => Err(Missing::new(Reason::NotRecorded, "what Windows says is not recorded")),
        }
    }

    fn connect(&self, endpoint: &Endpoint) -> Result<(), NetFailure> {
        self.network.connected(endpoint)
    }

    fn fetch(&self, request: &Request) -> Result<Answer, NetFailure> {
        self.network.fetched(request, self.now)
    }

    fn ask_time(&self, server: &Endpoint) -> Result<TimeAnswer, NetFailure> {
        self.network.time_told(server, self.now)
    }

    fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, NetFailure> {
        self.network.addresses(name)
    }

    fn ask_name(&self, server: &Endpoint, _name: &str) -> Result<NameAnswer, NetFailure> {
        self.network.name_told(server)
    }

    fn now(&self) -> Timestamp {
        self.now
    }
}

/// What digits stand for; those that are none end it.
fn bytes(digits: &str) -> Vec<u8> {
    let pair = |at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    (0..digits.len()).step_by(2).map_while(pair).collect()
}

fn versions_needed(table: &BinaryTable) -> Vec<Asked> {
    let told = table.versions_needed.iter().filter_map(|text| {
        let (library, version) = text.split_once(": ")?;
        Some(Asked { library: library.to_owned(), version: version.to_owned(), weak: false })
    });
    told.chain(table.glibc_required.iter().map(|version| asked_of_libc(version))).collect()
}

fn versions_defined(table: &BinaryTable) -> Vec<String> {
    let of_libc = table.glibc_provided.as_deref().map(defined_by_libc).unwrap_or_default();
    table.versions_defined.iter().cloned().chain(of_libc).collect()
}

/// A recorded program tells the newest version of glibc that it asks for.
fn asked_of_libc(version: &str) -> Asked {
    Asked { library: "libc.so.6".to_owned(), version: format!("GLIBC_{version}"), weak: false }
}

/// A recorded libc tells its newest version only; it has those before it, too.
fn defined_by_libc(newest: &str) -> Vec<String> {
    let minor = newest.split('.').nth(1).and_then(|minor| minor.parse::<u8>().ok()).unwrap_or(0);
    (0..=minor).map(|minor| format!("GLIBC_2.{minor}")).collect()
}
