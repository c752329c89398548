use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::host::Host;
use crate::model::{Context, Missing};

use crate::probes::go::{GoFlags, Setting, SettingOrigin, Settings, Toolchains, View};
use crate::probes::{Fact, Probing, lookup};

/// The C compilers that Go would call, context by context.
#[derive(Debug)]
pub struct Compilers {
    by_context: BTreeMap<Context, Compiler>,
}

/// The C compiler that Go would call in a context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiler {
    /// Whether C code is built at all.
    pub cgo: Cgo,
    /// For C.
    pub cc: Program,
    /// For C++.
    pub cxx: Program,
    /// Other C compilers that are on PATH.
    pub others: Vec<String>,
}

/// Whether C code is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cgo {
    /// CGO_ENABLED says so.
    Set {
        /// What it says.
        on: bool,
        /// Where it is set.
        setting: Setting,
    },
    /// On by default.
    On,
    /// Off, because the target is another platform.
    Cross,
    /// Off, because the default compiler is not on PATH. Go says nothing.
    NoCompiler,
}

/// A compiler, by the setting that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The setting; its value is the command with its arguments.
    pub setting: Setting,
    /// The command alone; the whole value when it cannot be split.
    pub command: String,
    /// What the command leads to.
    pub found: Found,
}

/// What a compiler's command leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// This program.
    At(PathBuf),
    /// Nothing that can be run; in Go's words.
    Nothing(String),
    /// The value cannot be split into words: a quotation mark has no partner.
    Unsplit(char),
}

/// Compilers that are worth naming when the default one is not here.
const OTHERS: [&str; 3] = ["clang", "gcc", "cc"];

impl Fact for Compilers {
    const ID: &'static str = "c-compilers";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let settings = probing.get::<Settings>()?;
        let toolchains = probing.get::<Toolchains>()?;
        let by_context = settings
            .views()
            .filter_map(|(context, view)| {
                // Since Go 1.20 cgo is off without a compiler.
                let version = toolchains.active(context)?.version.as_ref();
                let notices = version.is_none_or(|version| version.language() >= (1, 20));
                Some((context, Compiler::of(host, view, notices)))
            })
            .collect();
        Ok(Compilers { by_context })
    }
}

impl Compiler {
    fn of(host: &dyn Host, view: &View, notices_absence: bool) -> Compiler {
        let goos = view.value("GOOS");
        let (cc, cxx) = defaults(&goos);
        let set = view.get("CGO_ENABLED").filter(|setting| matches!(setting.value.as_str(), "0" | "1"));
        let machine = host.machine();
        let cgo = match set {
            Some(setting) => Cgo::Set { on: setting.value == "1", setting },
            None if goos != machine.goos() || view.value("GOARCH") != machine.goarch() => Cgo::Cross,
            // Only a CC in the environment keeps Go from looking.
            None if notices_absence
                && view.environment().get("CC").is_none()
                && lookup(host, cc, view.environment()).is_none() =>
            {
                Cgo::NoCompiler
            }
            None => Cgo::On,
        };
        let others = OTHERS
            .iter()
            .filter(|name| lookup(host, name, view.environment()).is_some())
            .map(|name| (*name).to_owned())
            .collect();
        Compiler { cgo, cc: Program::of(host, view, "CC", cc), cxx: Program::of(host, view, "CXX", cxx), others }
    }
}

/// Go's defaults for C and C++.
fn defaults(goos: &str) -> (&'static str, &'static str) {
    match goos {
        "darwin" | "ios" | "freebsd" | "openbsd" => ("clang", "clang++"),
        _ => ("gcc", "g++"),
    }
}

impl Program {
    fn of(host: &dyn Host, view: &View, name: &str, default: &str) -> Program {
        let setting =
            view.get(name).unwrap_or_else(|| Setting { value: default.to_owned(), origin: SettingOrigin::Default });
        let words = match GoFlags::parse(&setting.value) {
            Ok(flags) => flags.words,
            Err(_) => {
                let quote = setting.value.chars().find(|c| matches!(c, '"' | '\'')).unwrap_or('"');
                return Program { command: setting.value.clone(), setting, found: Found::Unsplit(quote) };
            }
        };
        let command = words.into_iter().next().unwrap_or_default();
        let found = find(host, view, &command);
        Program { setting, command, found }
    }
}

/// As Go's exec.LookPath does.
fn find(host: &dyn Host, view: &View, command: &str) -> Found {
    if !command.contains('/') {
        return match lookup(host, command, view.environment()) {
            Some(path) => Found::At(path),
            None => Found::Nothing("executable file not found in $PATH".to_owned()),
        };
    }
    let path = host.machine().folder.join(command);
    if host.is_executable(&path) {
        return Found::At(path);
    }
    Found::Nothing(why_not(host, &path, command))
}

fn why_not(host: &dyn Host, path: &Path, command: &str) -> String {
    match host.stat(path) {
        Err(_) => format!("stat {command}: no such file or directory"),
        Ok(_) if host.is_dir(path) => "is a directory".to_owned(),
        Ok(_) => "permission denied".to_owned(),
    }
}

impl Compilers {
    /// The compiler of a context; None when the context is not known or has
    /// no `go`.
    #[must_use]
    pub fn get(&self, context: Context) -> Option<&Compiler> {
        self.by_context.get(&context)
    }

    /// The contexts that have a `go`, in the order in which they are shown.
    pub fn all(&self) -> impl Iterator<Item = (Context, &Compiler)> {
        Context::UNIX.into_iter().filter_map(|context| self.get(context).map(|compiler| (context, compiler)))
    }
}

impl Compiler {
    /// True when Go wants to build C code and has nothing to do it with, or
    /// keeps silent about it for that reason.
    #[must_use]
    pub fn is_lacking(&self) -> bool {
        match &self.cgo {
            Cgo::Set { on, .. } => *on && !matches!(self.cc.found, Found::At(_)),
            Cgo::On => !matches!(self.cc.found, Found::At(_)),
            Cgo::NoCompiler => true,
            Cgo::Cross => false,
        }
    }
}
