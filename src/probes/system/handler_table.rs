use std::path::Path;

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

    fn read(host: &dyn Host) -> Result<HandlerTable, Missing> {
        let folder = Path::new(Self::FOLDER);
        let unseen = || Missing::absent(format!("{} is not mounted", Self::FOLDER));
        let entries = host.read_dir(folder).map_err(|missing| if missing.is_absent() { unseen() } else { missing })?;
        // The kernel's own two files are there as soon as it is mounted.
        if !entries.iter().any(|entry| entry.name == "register") {
            return Err(unseen());
        }
        let is_off = host.read_text(&folder.join("status")).is_ok_and(|text| text.trim() == "disabled");
        let files = entries.into_iter().filter(|entry| entry.kind == FileKind::File).map(|entry| entry.name);
        let mut names: Vec<String> = files.filter(|name| name != "register" && name != "status").collect();
        names.sort();
        Ok(HandlerTable { state: Ok(if is_off { TableState::Off } else { TableState::On }), names })
    }
}
