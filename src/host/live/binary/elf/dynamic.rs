use goblin::elf::dynamic::{
    DF_1_NOW, DF_1_PIE, DF_BIND_NOW, DT_BIND_NOW, DT_FLAGS, DT_FLAGS_1, DT_NEEDED, DT_RPATH, DT_RUNPATH, DT_SONAME,
    DT_STRSZ, DT_STRTAB, DT_SYMTAB, DT_VERDEF, DT_VERNEED, DT_VERSYM, Dyn, Dynamic as Goblin,
};
use goblin::elf::program_header::{PT_DYNAMIC, ProgramHeader};

use super::File;
use super::versions::{self, Needed};
use crate::host::live::binary::reader::Problem;
use crate::model::binary::{RunPath, compare};

/// The largest dynamic section that is read: 16,384 entries.
const SECTION_LIMIT: u64 = 256 * 1024;
/// How many libraries are looked at.
const COUNT_LIMIT: usize = 4096;

/// What the dynamic section asks of the loader, and offers it.
#[derive(Debug)]
pub(super) struct Dynamic {
    pub(super) needed: Vec<String>,
    pub(super) run_path: Vec<String>,
    pub(super) run_path_kind: RunPath,
    pub(super) versions_needed: Vec<Needed>,
    pub(super) versions_defined: Vec<String>,
    /// It has a name of its own (DT_SONAME), as libraries have.
    pub(super) has_name: bool,
    /// The linker says that it is a program.
    pub(super) marked_pie: bool,
    /// All functions are bound when it is loaded.
    pub(super) binds_now: bool,
    /// Offset of the table of symbols.
    pub(super) symbols: Option<u64>,
    /// Offset of the table that holds the version of each symbol.
    pub(super) symbol_versions: Option<u64>,
    /// Offset of the names.
    pub(super) names: Option<u64>,
    /// Bytes of the names.
    pub(super) names_size: Option<u64>,
}

impl Dynamic {
    /// Of a static binary.
    fn none() -> Self {
        Dynamic {
            needed: Vec::new(),
            run_path: Vec::new(),
            run_path_kind: RunPath::None,
            versions_needed: Vec::new(),
            versions_defined: Vec::new(),
            has_name: false,
            marked_pie: false,
            binds_now: false,
            symbols: None,
            symbol_versions: None,
            names: None,
            names_size: None,
        }
    }

    pub(super) fn read(file: &File<'_>) -> Result<Self, Problem> {
        let Some(content) = file.content(PT_DYNAMIC, SECTION_LIMIT)? else { return Ok(Dynamic::none()) };
        // goblin finds the section through a header: one that says where it
        // stands in what was read.
        let here = ProgramHeader { p_type: PT_DYNAMIC, p_filesz: content.len() as u64, ..ProgramHeader::default() };
        let entries = match Goblin::parse(&content, &[here], file.context) {
            Ok(Some(dynamic)) => dynamic.dyns,
            _ => return Err(Problem::damaged("its dynamic section is wrong")),
        };
        let value = |tag: u64| entries.iter().find(|entry| entry.d_tag == tag).map(|entry| entry.d_val);
        let place = |tag: u64| value(tag).and_then(|address| file.offset_of(address));
        let (flags, flags_1) = (value(DT_FLAGS).unwrap_or(0), value(DT_FLAGS_1).unwrap_or(0));
        let mut dynamic = Dynamic {
            has_name: value(DT_SONAME).is_some(),
            marked_pie: flags_1 & DF_1_PIE != 0,
            binds_now: value(DT_BIND_NOW).is_some() || flags & DF_BIND_NOW != 0 || flags_1 & DF_1_NOW != 0,
            symbols: place(DT_SYMTAB),
            symbol_versions: place(DT_VERSYM),
            names: place(DT_STRTAB),
            names_size: value(DT_STRSZ),
            ..Dynamic::none()
        };
        let Some(names) = dynamic.names else { return Ok(dynamic) };
        let name = |at: u64| file.reader.text(names.saturating_add(at));
        dynamic.libraries(&entries, &name)?;
        if let Some(versions) = place(DT_VERNEED) {
            dynamic.versions_needed = versions::needed(file, versions, &name)?;
        }
        if let Some(versions) = place(DT_VERDEF) {
            dynamic.versions_defined = versions::defined(file, versions, &name)?;
        }
        Ok(dynamic)
    }

    /// An RPATH counts only where there is no RUNPATH.
    fn libraries(&mut self, entries: &[Dyn], name: &impl Fn(u64) -> Result<String, Problem>) -> Result<(), Problem> {
        for entry in entries.iter().take(COUNT_LIMIT) {
            let kind = match entry.d_tag {
                DT_NEEDED => {
                    self.needed.push(name(entry.d_val)?);
                    continue;
                }
                DT_RUNPATH => RunPath::Runpath,
                DT_RPATH if self.run_path_kind != RunPath::Runpath => RunPath::Rpath,
                _ => continue,
            };
            let paths = name(entry.d_val)?;
            // An empty one among others is the folder that one stands in.
            self.run_path = paths.split(':').filter(|_| !paths.is_empty()).map(str::to_owned).collect();
            self.run_path_kind = kind;
        }
        Ok(())
    }

    /// The newest version of glibc that it asks for.
    pub(super) fn newest_glibc(&self) -> Option<&Needed> {
        let mut newest: Option<&Needed> = None;
        for needed in self.versions_needed.iter().filter(|needed| needed.glibc().is_some()) {
            let is_newer = newest
                .and_then(Needed::glibc)
                .is_none_or(|most| needed.glibc().is_some_and(|version| compare(version, most).is_gt()));
            if is_newer {
                newest = Some(needed);
            }
        }
        newest
    }

    /// The newest version of glibc that it defines.
    pub(super) fn newest_provided(&self) -> Option<String> {
        let numbers = self.versions_defined.iter().filter_map(|version| versions::glibc(version));
        numbers.max_by(|one, other| compare(one, other)).map(str::to_owned)
    }
}
