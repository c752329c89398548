use std::path::{Path, PathBuf};

use super::{ChecksumDatabase, Database, ModuleProxy};
use crate::host::{Answer, Certificate, Host, NetFailure, Rejection};
use crate::model::{Missing, Reason};
use crate::probes::{Fact, Probing};

/// The certificates of the servers that Go downloads from, and those of
/// authorities that lie ready and are not trusted yet.
#[derive(Debug)]
pub struct Certificates {
    /// What each server showed.
    pub servers: Vec<ServerCertificate>,
    /// Why a server showed none, though it was to be asked over TLS.
    pub unknown: Option<Missing>,
    /// Authorities in the folder from which this system makes its bundle.
    pub waiting: Vec<Waiting>,
}

/// What a server showed of itself.
#[derive(Debug)]
pub struct ServerCertificate {
    /// The server.
    pub host: String,
    /// The URL that was asked for.
    pub url: String,
    /// Its chain when it was accepted, or what is wrong with it.
    pub shown: Result<Vec<Certificate>, Rejection>,
}

/// An authority's certificate in a file.
#[derive(Debug)]
pub struct Waiting {
    /// The file.
    pub path: PathBuf,
    /// The certificate.
    pub certificate: Certificate,
}

/// The folders from which distributions make their bundle.
const FOLDERS: [&str; 3] =
    ["/usr/local/share/ca-certificates", "/etc/pki/ca-trust/source/anchors", "/etc/pki/trust/anchors"];

/// How many files of a folder are read, and how large each may be in bytes.
const FILES: usize = 100;
const FILE_LIMIT: u64 = 1024 * 1024;

impl Fact for Certificates {
    const ID: &'static str = "certificates";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let mut certificates = Certificates { servers: Vec::new(), unknown: None, waiting: Vec::new() };
        match probing.get::<ModuleProxy>() {
            Ok(proxy) => {
                if let Some(question) = proxy.question() {
                    certificates.take(&question.host, &question.url, &question.result);
                }
            }
            Err(missing) => certificates.unknown = Some(missing),
        }
        if let Ok(database) = probing.get::<ChecksumDatabase>()
            && let Database::Itself(question) | Database::Unclear(question) = &database.asked
        {
            certificates.take(&question.host, &question.url, &question.result);
        }
        // They matter only when one is missed.
        if certificates.servers.iter().any(|server| server.shown.is_err()) {
            certificates.waiting = FOLDERS.iter().flat_map(|folder| waiting(probing.host(), folder)).collect();
        }
        Ok(certificates)
    }
}

impl Certificates {
    fn take(&mut self, host: &str, url: &str, result: &Result<Answer, NetFailure>) {
        let shown = match result {
            Ok(answer) if !answer.chain.is_empty() => Ok(answer.chain.clone()),
            Err(NetFailure::Rejected(rejection)) => Err(rejection.as_ref().clone()),
            // Another stage failed, or there is no TLS: nothing to judge.
            Ok(_) | Err(NetFailure::At { .. }) => return,
            Err(NetFailure::Missing(missing)) => {
                if missing.reason != Reason::NotRecorded || self.servers.is_empty() {
                    self.unknown.get_or_insert_with(|| missing.clone());
                }
                return;
            }
        };
        if !self.servers.iter().any(|server| server.host == host) {
            self.servers.push(ServerCertificate { host: host.to_owned(), url: url.to_owned(), shown });
        }
    }
}

fn waiting(host: &dyn Host, folder: &str) -> Vec<Waiting> {
    let entries = host.read_dir(Path::new(folder)).unwrap_or_default();
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = host.read(&path, FILE_LIMIT).ok()?;
        let found = Certificate::of_pem(&text).into_iter();
        Some(found.map(move |certificate| Waiting { path: path.clone(), certificate }))
    };
    paths.into_iter().take(FILES).filter_map(read).flatten().collect()
}
