//! How a project's own files build its programs: its Makefile and the
//! configuration of GoReleaser.

mod goreleaser;
mod makefile;
mod variables;
mod yaml;

use std::path::{Path, PathBuf};

use super::GoMod;
use crate::host::Host;
use crate::model::{Evidence, Missing};
use crate::probes::{Fact, Probing};

/// No such file that somebody wrote is larger.
const SIZE_LIMIT: u64 = 512 * 1024;

/// The builds that the module's files describe.
#[derive(Debug, Default)]
pub struct Recipes {
    /// The builds, file by file.
    pub builds: Vec<Build>,
    /// Why a file that is there could not be read.
    pub problem: Option<Missing>,
}

/// A build of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Build {
    /// The file, for people.
    pub file: String,
    /// What the file calls it: a target of a Makefile, the id of a build.
    pub name: String,
    /// The folder of the package; None where it is not told.
    pub folder: Option<PathBuf>,
    /// What it is built for, as far as that is told.
    pub platforms: Vec<BuildPlatform>,
    /// The value of CGO_ENABLED, where the build sets one that is told.
    pub cgo: Option<Told>,
    /// The flags of go build that decide how it is linked.
    pub flags: BuildFlags,
    /// The line that builds.
    pub place: Evidence,
}

/// A value with the line that sets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The value.
    pub value: String,
    /// Where it is set.
    pub place: Evidence,
}

/// A platform that a program is built for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BuildPlatform {
    /// The operating system, by Go's name.
    pub goos: String,
    /// The architecture, by Go's name.
    pub goarch: String,
    /// The C compiler.
    pub compiler: BuildCompiler,
}

/// Who chooses the C compiler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BuildCompiler {
    /// Nobody: it is that of the machine that builds.
    Default,
    /// The file, or one that it reads.
    Chosen,
}

/// The flags of go build that decide how a program is linked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BuildFlags {
    /// `-ldflags`.
    pub ldflags: String,
    /// `-tags`, taken apart.
    pub tags: Vec<String>,
    /// `-buildmode`.
    pub buildmode: String,
}

impl Build {
    /// True when it sets CGO_ENABLED to this.
    #[must_use]
    pub fn sets_cgo(&self, value: &str) -> bool {
        self.cgo.as_ref().is_some_and(|told| told.value == value)
    }
}

impl BuildFlags {
    /// The values of these flags, tags parted by commas or blanks.
    #[must_use]
    pub fn new(ldflags: &str, tags: &str, buildmode: &str) -> BuildFlags {
        let tags = tags.split([',', ' ']).filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
        BuildFlags { ldflags: ldflags.to_owned(), tags, buildmode: buildmode.to_owned() }
    }
}

impl Fact for Recipes {
    const ID: &'static str = "recipes";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let module = probing.get::<GoMod>()?;
        let Some(module) = &module.found else { return Ok(Recipes::default()) };
        let mut found = Recipes::default();
        for (names, read) in [
            (makefile::NAMES.as_slice(), makefile::builds as Reader),
            (goreleaser::NAMES.as_slice(), goreleaser::builds),
        ] {
            let text =
                names.iter().map(|name| module.folder.join(name)).find_map(|path| match host.read(&path, SIZE_LIMIT) {
                    Ok(bytes) => Some((path, String::from_utf8_lossy(&bytes).into_owned())),
                    Err(missing) => {
                        found.problem = found.problem.take().or((!missing.is_absent()).then_some(missing));
                        None
                    }
                });
            if let Some((path, text)) = text {
                let file = RecipeFile { host, root: &module.folder, name: host.machine().tilde(&path), text: &text };
                found.builds.extend(read(&file));
            }
        }
        Ok(found)
    }
}

type Reader = fn(&RecipeFile<'_>) -> Vec<Build>;

/// A file that describes builds.
struct RecipeFile<'a> {
    host: &'a dyn Host,
    root: &'a Path,
    /// The file, for people.
    name: String,
    text: &'a str,
}

impl RecipeFile<'_> {
    /// A line, from 1, as evidence.
    fn evidence(&self, line: usize) -> Evidence {
        let text = self.text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        Evidence::new(format!("{}:{line}", self.name), text.trim())
    }

    /// The folder of a package that is named by its path.
    fn folder(&self, dir: &str, package: &str) -> Option<PathBuf> {
        if [dir, package].iter().any(|path| path.contains(['$', '{', '*', '`']) || path.contains("..")) {
            return None;
        }
        let package = match package.strip_suffix(".go") {
            Some(_) => package.rsplit_once('/').map_or(".", |(folder, _)| folder),
            None => package,
        };
        let parts =
            [dir, package].into_iter().flat_map(|path| path.split('/')).filter(|part| !["", "."].contains(part));
        Some(parts.fold(self.root.to_owned(), |folder, part| folder.join(part)))
    }
}
