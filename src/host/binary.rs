use std::collections::BTreeMap;
use std::path::PathBuf;

/// The container format of a binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Executable and Linkable Format.
    Elf,
    /// Mach object, thin or fat.
    MachO,
    /// Portable Executable.
    Pe,
    /// A text with an interpreter line.
    Script,
    /// Something else.
    Other,
}

/// What a binary is, as its headers say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binary {
    /// The container format.
    pub format: Format,
    /// The operating system it is for, as Go names it, where the header or
    /// the build info says.
    pub goos: Option<String>,
    /// The architecture it is for, as Go names it.
    pub goarch: Option<String>,
    /// The program interpreter (ELF), or that of a script's first line.
    pub interpreter: Option<PathBuf>,
    /// The shared libraries it asks for.
    pub needed: Vec<String>,
    /// Where it asks the loader to look for them (RPATH and RUNPATH).
    pub run_path: Vec<String>,
    /// The newest glibc symbol version it asks for, such as `2.34`.
    pub glibc_required: Option<String>,
    /// The newest glibc symbol version it defines: that of a glibc itself.
    pub glibc_provided: Option<String>,
    /// Go's build info, when it was built by Go.
    pub go: Option<BuildInfo>,
}

/// What Go embeds into the binaries it builds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BuildInfo {
    /// The Go that built it: `go1.26.6`.
    pub go_version: String,
    /// The import path of its main package.
    pub path: String,
    /// The path of its main module.
    pub module: String,
    /// The version of its main module: `v0.20.0`, `(devel)`.
    pub version: String,
    /// Build settings, such as `CGO_ENABLED` and `GOARCH`.
    pub settings: BTreeMap<String, String>,
}
