//! ELF, the format of Linux and most Unix systems.

mod dynamic;
mod file;
mod notes;
mod shape;
mod symbols;
mod target;
mod versions;

use std::path::PathBuf;

use self::dynamic::Dynamic;
use self::file::File;
use self::notes::Ids;
use super::build_info;
use super::reader::{Problem, Reader};
use crate::model::{Binary, Format};

pub(super) fn inspect(reader: &Reader<'_>) -> Result<Binary, Problem> {
    let file = File::open(reader)?;
    let interpreter = file.interpreter()?;
    let dynamic = Dynamic::read(&file)?;
    let ids = Ids::read(&file)?;
    let kind = shape::kind(&file, interpreter.is_some(), &dynamic);
    let newest = dynamic.newest_glibc();
    let mut binary = Binary {
        kind,
        goos: target::goos(&file, interpreter.as_deref())?,
        goarch: target::goarch(&file.header, file.context).map(str::to_owned),
        width: Some(shape::width(&file)),
        endianness: Some(shape::endianness(&file)),
        os_abi: Some(target::os_abi(&file.header)),
        linking: shape::linking(&file, kind, interpreter.is_some(), &dynamic),
        interpreter: interpreter.map(PathBuf::from),
        glibc_symbol: match newest {
            Some(newest) => symbols::first_of_version(&file, &dynamic, newest.index)?,
            None => None,
        },
        glibc_required: newest.and_then(|newest| newest.glibc().map(str::to_owned)),
        glibc_provided: dynamic.newest_provided(),
        symbols: shape::symbols(&file),
        debug: shape::debug(&file),
        text_size: Some(shape::text_size(&file)),
        cut_off: shape::cut_off(&file),
        build_id: ids.gnu,
        go_build_id: ids.go,
        go: build_info::find(reader, &file.image())?,
        ..Binary::of(Format::Elf)
    };
    binary.hardening = shape::hardening(&file, &binary, &dynamic)?;
    binary.needed = dynamic.needed;
    binary.run_path = dynamic.run_path;
    binary.run_path_kind = dynamic.run_path_kind;
    binary.versions_needed = dynamic.versions_needed.into_iter().map(|needed| needed.asked).collect();
    binary.versions_defined = dynamic.versions_defined;
    Ok(binary)
}

#[cfg(test)]
pub(super) mod tests;
