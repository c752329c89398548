use std::path::{Path, PathBuf};

use crate::host::{FileKind, Host};
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// The kernel's table of programs that start files of other formats
/// (binfmt_misc): emulators of other processors among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandlerTable {
    /// Whether the kernel uses it, or why that cannot be told.
    pub state: Result<TableState, Missing>,
    /// The names of what is registered, in order.
    pub names: Vec<String>,
}

/// Whether the kernel uses its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableState {
    /// It does.
    On,
    /// Somebody wrote 0 into its `status`.
    Off,
}

impl Fact for HandlerTable {
    const ID: &'static str = "handler-table";

    /// A container sees the table of none but itself, though that of the
    /// machine around it counts: without the folder nothing can be told.
    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        Ok(HandlerTable::read(host).unwrap_or_else(|missing| HandlerTable { state: Err(missing), names: Vec::new() }))
    }
}

impl HandlerTable {
    /// Where it is mounted.
    pub const FOLDER: &'static str = "/proc/sys/fs/binfmt_misc";

    /// The file of an entry, by its name.
    #[must_use]
    pub fn entry(name: &str) -> PathBuf {
        Path::new(Self::FOLDER).join(name)
    }

    /// Why nothing can be told where the table is not in its folder.
    #[must_use]
    pub fn unmounted() -> Missing {
        Missing::absent(format!("{} is not mounted", Self::FOLDER))
    }

    fn read(host: &dyn Host) -> Result<HandlerTable, Missing> {
        let listing =
            Listing::read(host).map_err(|missing| if missing.is_absent() { Self::unmounted() } else { missing })?;
        if !listing.is_mounted {
            return Err(Self::unmounted());
        }
        Ok(HandlerTable { state: Ok(listing.state), names: listing.names })
    }
}

/// What lies in the table's folder.
pub(in crate::probes) struct Listing {
    /// The names of what is registered, in order.
    pub(in crate::probes) names: Vec<String>,
    /// Whether the kernel's own two files are there, as they are as soon as it
    /// is mounted.
    pub(in crate::probes) is_mounted: bool,
    /// Whether the kernel uses it.
    pub(in crate::probes) state: TableState,
}

impl Listing {
    pub(in crate::probes) fn read(host: &dyn Host) -> Result<Listing, Missing> {
        let entries = host.read_dir(Path::new(HandlerTable::FOLDER))?.into_iter();
        let mut names: Vec<String> =
            entries.filter(|entry| entry.kind == FileKind::File).map(|entry| entry.name).collect();
        let is_mounted = names.iter().any(|name| name == "register");
        names.retain(|name| name != "register" && name != "status");
        names.sort();
        let status = host.read_text(&HandlerTable::entry("status"));
        let is_off = status.is_ok_and(|text| text.trim() == "disabled");
        Ok(Listing { names, is_mounted, state: if is_off { TableState::Off } else { TableState::On } })
    }
}
