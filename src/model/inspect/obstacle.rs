use std::path::PathBuf;

/// An operating system and an architecture, as Go names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platform {
    /// The operating system.
    pub goos: String,
    /// The architecture.
    pub goarch: String,
}

impl std::fmt::Display for Platform {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.goos, self.goarch)
    }
}

/// Why a program does not run here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// It is built for another platform, and the kernel knows no handler.
    Platform {
        /// The one it is for.
        built: Platform,
        /// This one.
        here: Platform,
    },
    /// It uses instructions that this processor lacks.
    Processor {
        /// The level it was built for: `v3` of GOAMD64.
        level: String,
        /// The first of them, as /proc/cpuinfo names it.
        lacks: String,
    },
    /// The program that loads it is not here.
    Loader(PathBuf),
    /// The program that is to load or interpret it is there, and is none that
    /// this user may execute.
    Unusable(PathBuf),
    /// The program that its first line names is not here.
    Interpreter(String),
    /// Its first line names no program at all.
    NoInterpreter,
    /// Its first line has `env` look for a command that is not on PATH.
    Command(String),
    /// Libraries are lacking.
    Libraries(Vec<LackingLibrary>),
    /// Libraries are here in versions that are too old.
    Versions(Vec<LackingVersion>),
    /// This user may not execute it.
    Mode(u32),
    /// Nothing on its file system may be executed.
    NoExec(PathBuf),
}

/// A library that the loader would not find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LackingLibrary {
    /// The name that was asked by.
    pub name: String,
    /// The library that asks for it; None for the program itself.
    pub needed_by: Option<PathBuf>,
    /// In what way it is lacking.
    pub lack: Lack,
}

/// In what way a library is lacking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// It is in none of the places that are searched.
    Nowhere,
    /// It is in a folder of ld.so.conf, and the loader's cache is older.
    NotInCache(PathBuf),
    /// What is there is for another architecture.
    Foreign(PathBuf),
}

/// A version of symbols that a library here does not define.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LackingVersion {
    /// The library: `libc.so.6`.
    pub library: String,
    /// The version that is asked for: `GLIBC_2.38`.
    pub version: String,
    /// The symbol that asks for it, where known.
    pub symbol: Option<String>,
    /// The newest version of the same family that the library here defines:
    /// `GLIBC_2.36`.
    pub newest: Option<String>,
}

impl Obstacle {
    /// Why, in a phrase that can follow "because".
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Obstacle::Platform { built, here } => format!("it is built for {built}, and this is {here}"),
            Obstacle::Processor { level, lacks } => {
                format!("it was built for processors of GOAMD64={level}, and this one lacks {lacks}")
            }
            Obstacle::Loader(path) => format!(
                "its loader {} is not here (shells then say \"not found\" of a file that exists)",
                path.display()
            ),
            Obstacle::Unusable(path) => {
                format!("{}, which is to start it, is no program that this user may execute", path.display())
            }
            Obstacle::Interpreter(path) if path.ends_with('\r') => {
                "its first line ends with a carriage return, which counts as part of the interpreter's name".to_owned()
            }
            Obstacle::Interpreter(path) => format!("the interpreter of its first line, {path}, is not here"),
            Obstacle::NoInterpreter => "its first line names no interpreter".to_owned(),
            Obstacle::Command(name) => format!("its first line asks env for {name}, which is not on PATH"),
            Obstacle::Libraries(libraries) => lacking_libraries(libraries),
            Obstacle::Versions(versions) => lacking_versions(versions),
            Obstacle::Mode(mode) => format!("this user may not execute it (its mode is {mode:04o})"),
            Obstacle::NoExec(mount) => {
                format!("it lies on {}, which is mounted noexec", mount.display())
            }
        }
    }
}

fn lacking_libraries(libraries: &[LackingLibrary]) -> String {
    let Some(first) = libraries.first() else { return String::new() };
    let by = match &first.needed_by {
        Some(path) => format!(", which {} needs,", path.display()),
        None => String::new(),
    };
    let what = match &first.lack {
        Lack::Nowhere => format!("{}{by} is nowhere that the loader looks", first.name),
        Lack::NotInCache(path) => {
            format!("{}{by} is at {}, but not in the loader's cache", first.name, path.display())
        }
        Lack::Foreign(path) => {
            format!("the {}{by} that is here, {}, is for another architecture", first.name, path.display())
        }
    };
    match libraries.len() - 1 {
        0 => what,
        more => format!("{what} (and {more} more)"),
    }
}

fn lacking_versions(versions: &[LackingVersion]) -> String {
    let Some(first) = versions.first() else { return String::new() };
    let symbol = first.symbol.as_ref().map(|symbol| format!(" (for {symbol})")).unwrap_or_default();
    let has = match &first.newest {
        Some(newest) => format!("the one here ends at {newest}"),
        None => "the one here has nothing of the kind".to_owned(),
    };
    format!("it asks {} for {}{symbol}, and {has}", first.library, first.version)
}
