//! The certificate authorities that Go trusts on Linux (crypto/x509,
//! root_unix.go).

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rustls::client::verify_server_cert_signed_by_trust_anchor;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, Error, RootCertStore};

use crate::host::{CERTIFICATE_FILES as FILES, CERTIFICATE_FOLDERS as FOLDERS, Trust};

/// How large one file may be, in bytes; bundles have some 200 KiB.
const FILE_LIMIT: u64 = 4 * 1024 * 1024;
/// How many files of one folder are read.
const FOLDER_LIMIT: usize = 2000;

/// The authorities that Go trusts under what a context says of them.
#[derive(Debug)]
pub(in crate::host::live) struct Roots {
    trust: Trust,
    file: OnceLock<Store>,
    folders: OnceLock<Store>,
}

#[derive(Debug)]
struct Store {
    anchors: RootCertStore,
    /// As they stand, for servers that show a certificate of the store.
    known: HashSet<Vec<u8>>,
}

impl Roots {
    /// Reads nothing yet.
    pub(in crate::host::live) fn new(trust: &Trust) -> Self {
        Roots { trust: trust.clone(), file: OnceLock::new(), folders: OnceLock::new() }
    }

    /// Whether a chain ends in one of them. The folders hold what the bundle
    /// has once more, as a rule, and are read when that does not do.
    pub(in crate::host::live) fn accept(
        &self,
        own: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        now: UnixTime,
        provider: &CryptoProvider,
    ) -> Result<(), Error> {
        let file = self.file.get_or_init(|| Store::of([self.bundle()].into_iter().flatten()));
        match file.accept(own, others, now, provider) {
            Err(Error::InvalidCertificate(CertificateError::UnknownIssuer)) => {
                self.folders.get_or_init(|| Store::of(self.in_folders())).accept(own, others, now, provider)
            }
            verdict => verdict,
        }
    }

    fn bundle(&self) -> Option<Vec<u8>> {
        match &self.trust.file {
            Some(file) => read(Path::new(file)),
            None => FILES.iter().find_map(|file| read(Path::new(file))),
        }
    }

    fn in_folders(&self) -> impl Iterator<Item = Vec<u8>> {
        let folders: Vec<PathBuf> = match &self.trust.folders {
            Some(folders) => folders.split(':').map(PathBuf::from).collect(),
            None => FOLDERS.iter().map(PathBuf::from).collect(),
        };
        folders.into_iter().flat_map(|folder| files(&folder)).filter_map(|path| read(&path))
    }
}

impl Store {
    fn of(texts: impl Iterator<Item = Vec<u8>>) -> Self {
        let mut store = Store { anchors: RootCertStore::empty(), known: HashSet::new() };
        for text in texts {
            for certificate in CertificateDer::pem_slice_iter(&text).filter_map(Result::ok) {
                if store.known.insert(certificate.to_vec()) {
                    // One that the library cannot read is of no use to Go.
                    let _ = store.anchors.add(certificate);
                }
            }
        }
        store
    }

    fn accept(
        &self,
        own: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        now: UnixTime,
        provider: &CryptoProvider,
    ) -> Result<(), Error> {
        // Go takes what stands in the store itself, authority or not.
        if self.known.contains(own.as_ref()) {
            return Ok(());
        }
        let parsed = ParsedCertificate::try_from(own)?;
        let algorithms = provider.signature_verification_algorithms.all;
        match verify_server_cert_signed_by_trust_anchor(&parsed, &self.anchors, others, now, algorithms) {
            // One that signed itself and is not in the store.
            Err(Error::InvalidCertificate(CertificateError::Other(other)))
                if other.to_string().contains("CaUsedAsEndEntity") =>
            {
                Err(CertificateError::UnknownIssuer.into())
            }
            verdict => verdict,
        }
    }
}

/// The files of a folder without the links into that folder itself, which
/// name them once more.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).take(FOLDER_LIMIT);
    let is_link_within = |path: &Path| {
        fs::read_link(path).is_ok_and(|target| target.parent().is_none_or(|parent| parent.as_os_str().is_empty()))
    };
    entries.map(|entry| entry.path()).filter(|path| !is_link_within(path)).collect()
}

/// A regular file of a sensible size.
fn read(path: &Path) -> Option<Vec<u8>> {
    if !fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(FILE_LIMIT).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
