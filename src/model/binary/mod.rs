//! What a binary is, as its headers and Go's build info say.

mod build_info;
mod hardening;
mod shape;
mod versions;

use std::path::PathBuf;

pub use build_info::BuildInfo;
pub use hardening::{Hardening, Relro};
pub use shape::{Debug, Endianness, Format, Kind, Linking, RunPath, Symbols, Width};
pub use versions::{Asked, compare};

/// What a binary is, as its headers say. Nothing of it was run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binary {
    /// The container format.
    pub format: Format,
    /// What it is for.
    pub kind: Kind,
    /// Size of the file in bytes.
    pub size: u64,
    /// The first bytes of the file, at most 128: what the kernel chooses a
    /// handler by.
    pub start: Vec<u8>,
    /// The operating system it is for, as Go names it, where the header or
    /// the build info says.
    pub goos: Option<String>,
    /// The architecture it is for, as Go names it.
    pub goarch: Option<String>,
    /// How wide its addresses are.
    pub width: Option<Width>,
    /// In which order the bytes of a number stand.
    pub endianness: Option<Endianness>,
    /// What an ELF header says of the operating system, in readelf's words:
    /// `System V` for most.
    pub os_abi: Option<String>,
    /// How it comes by its libraries.
    pub linking: Option<Linking>,
    /// The program interpreter (ELF), or that of a script's first line.
    pub interpreter: Option<PathBuf>,
    /// What a script's first line hands its interpreter: all of the rest, as
    /// one argument.
    pub argument: Option<String>,
    /// The shared libraries it asks for.
    pub needed: Vec<String>,
    /// Where it asks the loader to look for them: its RUNPATH, or else its
    /// RPATH.
    pub run_path: Vec<String>,
    /// Which of the two that is.
    pub run_path_kind: RunPath,
    /// The versions of symbols that it asks its libraries for.
    pub versions_needed: Vec<Asked>,
    /// The versions of symbols that it defines itself: a library's.
    pub versions_defined: Vec<String>,
    /// The newest glibc symbol version it asks for, such as `2.34`.
    pub glibc_required: Option<String>,
    /// The first of its symbols that asks for that version.
    pub glibc_symbol: Option<String>,
    /// The newest glibc symbol version it defines: that of a glibc itself.
    pub glibc_provided: Option<String>,
    /// Whether its symbols are still there.
    pub symbols: Option<Symbols>,
    /// Whether it has information for debuggers.
    pub debug: Option<Debug>,
    /// How it is protected against attacks.
    pub hardening: Option<Hardening>,
    /// Bytes of machine code.
    pub text_size: Option<u64>,
    /// What of it is not in the file, in a phrase, when the end of the file is
    /// gone and the program starts without that all the same.
    pub cut_off: Option<String>,
    /// The id that the linker gave it (GNU build id, Mach-O UUID), as
    /// hexadecimal digits.
    pub build_id: Option<String>,
    /// The id that Go gave it.
    pub go_build_id: Option<String>,
    /// Go's build info, when it was built by Go.
    pub go: Option<BuildInfo>,
}

impl Binary {
    /// A binary of which only the format is known.
    #[must_use]
    pub fn of(format: Format) -> Binary {
        Binary {
            format,
            kind: Kind::Other,
            size: 0,
            start: Vec::new(),
            goos: None,
            goarch: None,
            width: None,
            endianness: None,
            os_abi: None,
            linking: None,
            interpreter: None,
            argument: None,
            needed: Vec::new(),
            run_path: Vec::new(),
            run_path_kind: RunPath::None,
            versions_needed: Vec::new(),
            versions_defined: Vec::new(),
            glibc_required: None,
            glibc_symbol: None,
            glibc_provided: None,
            symbols: None,
            debug: None,
            hardening: None,
            text_size: None,
            cut_off: None,
            build_id: None,
            go_build_id: None,
            go: None,
        }
    }
}
