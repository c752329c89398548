//! The TOML of a machine file.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::PathBuf;

use jiff::Timestamp;
use serde::Deserialize;

use super::windows::WindowsTable;
use crate::host::{Certificate, CertificateFault, NameAnswer, NetCause, Stage};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recording {
    pub(super) machine: MachineTable,
    #[serde(default)]
    pub(super) environment: BTreeMap<String, BTreeMap<String, Variable>>,
    #[serde(default)]
    pub(super) files: BTreeMap<String, FileEntry>,
    #[serde(default)]
    pub(super) go: Vec<GoTree>,
    #[serde(default)]
    pub(super) binaries: BTreeMap<String, BinaryTable>,
    #[serde(default)]
    pub(super) filesystems: Vec<FilesystemTable>,
    #[serde(default)]
    pub(super) programs: Vec<ProgramTable>,
    #[serde(default)]
    pub(super) network: NetworkTable,
    /// What the Windows host around it says; not recorded where there is none.
    pub(super) windows: Option<WindowsTable>,
    /// What a traced start of the shell does; not traced where there is none.
    #[serde(default)]
    pub(super) trace: Vec<TraceTable>,
    /// Values that could not be had: `"environment.login" = "timed out: …"`
    /// or `"/path" = "denied: …"`.
    #[serde(default)]
    pub(super) missing: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MachineTable {
    #[serde(default = "linux")]
    pub(super) os: String,
    #[serde(default = "x86_64")]
    pub(super) arch: String,
    pub(super) kernel: Option<String>,
    pub(super) distro: Option<String>,
    #[serde(default)]
    pub(super) family: Vec<String>,
    #[serde(default)]
    pub(super) container: bool,
    /// `WSL 1`, `WSL 2`; weighed from files and variables when not given.
    pub(super) wsl: Option<String>,
    pub(super) user: String,
    #[serde(default = "first_user")]
    pub(super) uid: u32,
    pub(super) home: Option<PathBuf>,
    pub(super) shell: Option<PathBuf>,
    pub(super) folder: PathBuf,
    pub(super) time: Option<Timestamp>,
}

/// One change of one variable in a fresh shell.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TraceTable {
    /// `login`, `interactive`.
    pub(super) context: String,
    pub(super) name: String,
    /// None when it is unset there.
    pub(super) value: Option<String>,
    pub(super) file: Option<String>,
    pub(super) line: Option<usize>,
    #[serde(default)]
    pub(super) command: String,
}

fn linux() -> String {
    "linux".into()
}

fn x86_64() -> String {
    "x86_64".into()
}

fn first_user() -> u32 {
    1000
}

/// A variable's value; `false` takes away one that `all` or `like` sets.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Variable {
    Value(String),
    Removed(#[allow(dead_code, reason = "only its presence counts")] False),
}

/// The word `false`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "bool")]
pub(super) struct False;

impl TryFrom<bool> for False {
    type Error = &'static str;

    fn try_from(value: bool) -> Result<Self, Self::Error> {
        if value { Err("only `false` takes something away") } else { Ok(False) }
    }
}

/// A file: its text, `false` for one that `like` has and this machine lacks,
/// or a table with more.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum FileEntry {
    Text(String),
    Removed(#[allow(dead_code, reason = "only its presence counts")] False),
    Table(FileTable),
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct FileTable {
    pub(super) text: Option<String>,
    /// `file`, `folder`, `fifo`.
    pub(super) kind: Option<String>,
    /// Target of a link.
    pub(super) link: Option<String>,
    /// Octal: `"0755"`.
    pub(super) mode: Option<String>,
    /// User id, when it is not the one that the path suggests.
    pub(super) owner: Option<u32>,
    /// Bytes, when it is not the length of the text.
    pub(super) size: Option<u64>,
    pub(super) modified: Option<Timestamp>,
}

/// A Go installation: its usual files are there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GoTree {
    pub(super) root: String,
    pub(super) version: String,
    /// User id of its files; root unless it lies below home.
    pub(super) owner: Option<u32>,
    /// The text of `go.env`, when it is not the one of upstream.
    pub(super) go_env: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct BinaryTable {
    /// `elf`, `mach-o`, `pe`, `script`, `other`.
    pub(super) format: Option<String>,
    pub(super) goos: Option<String>,
    pub(super) goarch: Option<String>,
    pub(super) interpreter: Option<PathBuf>,
    pub(super) needed: Vec<String>,
    pub(super) run_path: Vec<String>,
    pub(super) glibc_required: Option<String>,
    pub(super) glibc_provided: Option<String>,
    /// The Go that built it.
    pub(super) go: Option<String>,
    pub(super) path: Option<String>,
    pub(super) module: Option<String>,
    pub(super) version: Option<String>,
    pub(super) settings: BTreeMap<String, String>,
    pub(super) capabilities: Vec<String>,
    /// Bytes of machine code.
    pub(super) text_size: Option<u64>,
    /// What of it is not in the file.
    pub(super) cut_off: Option<String>,
    /// Its first bytes, as hexadecimal digits.
    pub(super) start: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FilesystemTable {
    pub(super) mount: PathBuf,
    #[serde(default = "ext4")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) noexec: bool,
    #[serde(default)]
    pub(super) read_only: bool,
    /// MiB.
    pub(super) free_mib: u64,
    /// MiB.
    pub(super) total_mib: u64,
    pub(super) free_inodes: Option<u64>,
    /// How long it takes to look up a path, in microseconds.
    pub(super) lookup_us: Option<u64>,
}

fn ext4() -> String {
    "ext4".into()
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProgramTable {
    pub(super) argv: Vec<String>,
    #[serde(default)]
    pub(super) code: i32,
    #[serde(default)]
    pub(super) stdout: String,
    #[serde(default)]
    pub(super) stderr: String,
    /// It did not end before its deadline.
    #[serde(default)]
    pub(super) hangs: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NetworkTable {
    pub(super) offline: bool,
    pub(super) connect: Vec<ConnectTable>,
    pub(super) fetch: Vec<FetchTable>,
    pub(super) time: Vec<TimeTable>,
    pub(super) names: Vec<NameTable>,
    pub(super) name_servers: Vec<NameServerTable>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConnectTable {
    /// `host:port`.
    pub(super) to: String,
    pub(super) fails: Option<FailureTable>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FailureTable {
    pub(super) stage: Stage,
    /// What rules go by; none for what no rule has a name for.
    #[serde(default)]
    pub(super) cause: NetCause,
    pub(super) detail: String,
    /// What is wrong with the server's certificate, when that is why.
    pub(super) certificate: Option<CertificateFault>,
}

/// The addresses of a name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameTable {
    pub(super) name: String,
    #[serde(default)]
    pub(super) addresses: Vec<IpAddr>,
    pub(super) fails: Option<FailureTable>,
}

/// What a name server says of every name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameServerTable {
    /// `host:port`.
    pub(super) server: String,
    pub(super) says: Option<NameAnswer>,
    pub(super) fails: Option<FailureTable>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FetchTable {
    /// What the URL begins with.
    pub(super) url: String,
    /// The proxy that it goes through; none means any or none.
    pub(super) proxy: Option<String>,
    #[serde(default = "ok")]
    pub(super) status: u16,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) body: String,
    /// Seconds that this machine's clock is ahead of the server's `Date`.
    pub(super) clock_ahead: Option<f64>,
    /// The URL that answers after redirects.
    pub(super) redirected: Option<String>,
    /// The certificates that the server shows.
    #[serde(default)]
    pub(super) chain: Vec<Certificate>,
    pub(super) fails: Option<FailureTable>,
}

fn ok() -> u16 {
    200
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TimeTable {
    /// `host:port`.
    pub(super) server: String,
    /// Seconds that this machine's clock is ahead.
    pub(super) ahead: Option<f64>,
    pub(super) fails: Option<FailureTable>,
}
