//! What stands in where only Linux has a thing of its own.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use sysinfo::{Disks, ProcessRefreshKind, ProcessesToUpdate, System, UpdateKind};

use crate::host::witness;
use crate::host::{Environment, Filesystem, Trust};
use crate::model::Missing;

/// The file system of a path that exists, with every link followed.
pub(in crate::host::live) fn filesystem(path: &Path) -> io::Result<Filesystem> {
    let disks = Disks::new_with_refreshed_list().map_err(|error| io::Error::other(error.to_string()))?;
    let disk = disks
        .iter()
        .filter(|disk| path.starts_with(disk.mount_point()))
        .max_by_key(|disk| disk.mount_point().components().count())
        .ok_or_else(|| io::Error::other("its disk is not listed"))?;
    Ok(Filesystem {
        kind: disk.file_system().to_string_lossy().into_owned(),
        mount_point: disk.mount_point().to_owned(),
        noexec: false,
        read_only: disk.is_read_only(),
        free_bytes: disk.available_space(),
        total_bytes: disk.total_space(),
        free_inodes: None,
    })
}

/// Only Linux has file capabilities.
pub(in crate::host::live) fn capabilities(_path: &Path) -> io::Result<Vec<String>> {
    Ok(Vec::new())
}

/// The environment of the best witness among the processes that let
/// themselves be read; of equals, the newest.
pub(in crate::host::live) fn editor_environment(_uid: u32) -> Result<Environment, Missing> {
    let wanted = ProcessRefreshKind::nothing().with_cmd(UpdateKind::Always).with_environ(UpdateKind::Always);
    let mut system =
        System::new().map_err(|error| Missing::failed(format!("the processes cannot be listed: {error}")))?;
    system.refresh_processes_specifics(ProcessesToUpdate::All, true, wanted);
    let witnesses = system.processes().values().filter_map(|process| {
        let words: Vec<_> = process.cmd().iter().map(|word| word.to_string_lossy()).collect();
        witness(&words).filter(|_| !process.environ().is_empty()).map(|witness| (witness, process))
    });
    let (_, process) = witnesses
        .max_by_key(|(witness, process)| (*witness, process.start_time()))
        .ok_or_else(|| Missing::absent("no editor is running"))?;
    let text = |entry: &OsString| entry.to_string_lossy().into_owned();
    let pairs = process.environ().iter().map(text);
    Ok(pairs
        .filter_map(|entry| entry.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())))
        .collect())
}

/// The authorities of the system. Go asks it too, and reads no variables.
#[derive(Debug)]
pub(in crate::host::live) struct Roots;

impl Roots {
    pub(in crate::host::live) fn new(_trust: &Trust) -> Self {
        Roots
    }

    /// Whether the system accepts a chain.
    pub(in crate::host::live) fn accept(
        &self,
        own: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
        provider: &CryptoProvider,
    ) -> Result<(), rustls::Error> {
        let system = rustls_platform_verifier::Verifier::new(Arc::new(provider.clone()))?;
        system.verify_server_cert(own, others, name, ocsp, now).map(drop)
    }
}

/// Other systems set nothing aside that a limit of address space would count.
pub fn make_do() {}
