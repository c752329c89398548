use std::path::Path;

use super::c_flags::{CFlag, Means, flags, without, words};
use super::{Cgo, Compilers};
use crate::host::Host;
use crate::model::{Context, Evidence, Missing};
use crate::probes::go::{Setting, Settings};
use crate::probes::project::{GoMod, build_files};
use crate::probes::{Fact, Probing};

/// The flags for C compilers that do not fit this machine, or the one that the
/// programs are for.
#[derive(Debug, Default)]
pub struct ForeignFlags {
    /// The settings that have such flags, of one value each.
    pub found: Vec<FlagSetting>,
    /// A line that ships what is built here to other machines. Looked for
    /// only where a flag chooses this machine's processor.
    pub ships: Option<Evidence>,
}

/// A setting with such flags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagSetting {
    /// Its name: `CGO_CFLAGS`.
    pub name: &'static str,
    /// Its value, with where that comes from.
    pub setting: Setting,
    /// The contexts that have it and use cgo.
    pub contexts: Vec<Context>,
    /// The flags that name what is not there.
    pub absent: Vec<AbsentPath>,
    /// The flag that chooses this machine's processor.
    pub native: Option<String>,
    /// The value without those that name what is not there.
    pub without_absent: String,
    /// The value without the flag for this machine's processor.
    pub without_native: String,
}

/// A flag that names what is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsentPath {
    /// The flag, with its value.
    pub flag: String,
    /// The path.
    pub path: String,
    /// Whether compilers do without it.
    pub need: Need,
}

/// Whether a compiler does without what a flag names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// It passes over a folder that is not there, and finds less.
    Passed,
    /// It ends with an error.
    Fails,
}

/// The settings with flags for C compilers.
const NAMES: [&str; 4] = ["CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS", "CGO_LDFLAGS"];

/// Folders that are named by habit, and are not there on every machine.
const COMMON: [&str; 10] = [
    "/usr/include",
    "/usr/lib",
    "/usr/lib64",
    "/lib64",
    "/usr/local/include",
    "/usr/local/lib",
    "/usr/local/lib64",
    "/opt/homebrew/include",
    "/opt/homebrew/lib",
    "/opt/local/include",
];

/// Commands that bring files to other machines.
const SHIPPING: [&str; 4] = ["scp ", "rsync ", "gh release ", "goreleaser release"];

impl Fact for ForeignFlags {
    const ID: &'static str = "foreign-flags";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let (host, settings, compilers) = (probing.host(), probing.get::<Settings>()?, probing.get::<Compilers>()?);
        let uses_cgo = |context: Context| {
            let is_on = |cgo: Cgo| matches!(cgo, Cgo::On | Cgo::Decided { on: true });
            compilers.c().any(|compiler| compiler.context == context && is_on(compiler.cgo))
        };
        let mut found = Vec::new();
        for name in NAMES {
            for (setting, contexts) in settings.values(name) {
                let contexts: Vec<Context> = contexts.into_iter().filter(|context| uses_cgo(*context)).collect();
                if !contexts.is_empty() {
                    found.extend(FlagSetting::read(host, name, setting, contexts));
                }
            }
        }
        let asks = found.iter().any(|setting: &FlagSetting| setting.native.is_some());
        Ok(ForeignFlags { found, ships: if asks { ships(probing)? } else { None } })
    }
}

impl FlagSetting {
    /// None when every flag fits.
    fn read(host: &dyn Host, name: &'static str, setting: Setting, contexts: Vec<Context>) -> Option<FlagSetting> {
        let words = words(&setting.value)?;
        let flags = flags(&words);
        let (absent, gone): (Vec<AbsentPath>, Vec<&CFlag>) =
            flags.iter().filter_map(|flag| Some((AbsentPath::of(host, flag)?, flag))).unzip();
        let native: Vec<&CFlag> = flags.iter().filter(|flag| flag.means == Means::ThisProcessor).collect();
        if absent.is_empty() && native.is_empty() {
            return None;
        }
        Some(FlagSetting {
            name,
            setting,
            contexts,
            without_absent: without(&words, &gone),
            without_native: without(&words, &native),
            native: native.first().map(|flag| flag.text.clone()),
            absent,
        })
    }
}

impl AbsentPath {
    fn of(host: &dyn Host, flag: &CFlag) -> Option<AbsentPath> {
        let (path, need) = match &flag.means {
            Means::Folder(path) if COMMON.contains(&path.trim_end_matches('/')) => return None,
            Means::Folder(path) => (path, Need::Passed),
            Means::Needed(path) => (path, Need::Fails),
            Means::ThisProcessor => return None,
        };
        let is_absent = path.starts_with('~') || host.stat(Path::new(path)).is_err_and(|missing| missing.is_absent());
        is_absent.then(|| AbsentPath { flag: flag.text.clone(), path: path.clone(), need })
    }
}

/// The line of a build file that builds here and ships elsewhere.
fn ships(probing: &Probing) -> Result<Option<Evidence>, Missing> {
    let (host, module) = (probing.host(), probing.get::<GoMod>()?);
    let Some(file) = &module.found else { return Ok(None) };
    let files = build_files(host, &file.folder);
    Ok(files.iter().filter(|file| file.text.contains("go build")).find_map(|file| {
        let is_call = |line: &str| !line.trim().starts_with('#') && SHIPPING.iter().any(|word| line.contains(word));
        let (index, line) = file.text.lines().enumerate().find(|(_, line)| is_call(line))?;
        Some(Evidence::new(format!("{}:{}", host.machine().tilde(&file.path), index + 1), line.trim()))
    }))
}
