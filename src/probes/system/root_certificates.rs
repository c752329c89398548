use std::path::{Path, PathBuf};

use crate::host::{CERTIFICATE_FILES as FILES, CERTIFICATE_FOLDERS as FOLDERS, Environment, FileKind, Host};
use crate::model::{Context, Missing, Reason};
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing};

/// Where Go's programs find the certificates that they trust, as the contexts
/// see it. Nothing on systems where Go asks the system itself.
#[derive(Debug)]
pub struct RootCertificates {
    /// The places, each combination once.
    pub found: Vec<CertificatePlaces>,
    /// The system's program that makes the bundle out of its parts, when it
    /// is there.
    pub maker: Option<&'static str>,
}

/// Where Go looks for certificates, and what it finds.
#[derive(Debug)]
pub struct CertificatePlaces {
    /// `SSL_CERT_FILE`, where it is set. It stands for all usual files.
    pub file: Option<String>,
    /// `SSL_CERT_DIR`, where it is set. It stands for all usual folders.
    pub folders: Option<String>,
    /// The contexts that look there.
    pub contexts: Vec<Context>,
    /// The first file with a certificate; None when there is none.
    pub certificates: Result<Option<PathBuf>, Missing>,
    /// What is wrong with the file that `SSL_CERT_FILE` names; None when it
    /// has certificates, and when none is named.
    pub file_fault: Option<Missing>,
    /// Every place that was looked at.
    pub looked_at: Vec<PathBuf>,
}

/// The programs that make the bundle.
const MAKERS: [&str; 2] = ["/usr/sbin/update-ca-certificates", "/usr/bin/update-ca-trust"];

/// Larger files are no bundles of certificates.
const FILE_LIMIT: u64 = 4 * 1024 * 1024;

/// How many files of a folder are looked into before it counts as one without
/// certificates.
const ENTRY_LIMIT: usize = 200;

impl Fact for RootCertificates {
    const ID: &'static str = "root-certificates";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let mut found: Vec<CertificatePlaces> = Vec::new();
        if host.machine().goos() != "linux" {
            return Ok(RootCertificates { found, maker: None });
        }
        let shells = probing.get::<Contexts>()?;
        for (context, environment) in shells.known() {
            let get = |name| Environment::get(environment, name).map(str::to_owned);
            let (file, folders) = (get("SSL_CERT_FILE"), get("SSL_CERT_DIR"));
            match found.iter_mut().find(|places| places.file == file && places.folders == folders) {
                Some(known) => known.contexts.push(context),
                None => found.push(CertificatePlaces::read(host, file, folders, context)),
            }
        }
        let maker = MAKERS.into_iter().find(|path| host.is_executable(Path::new(path)));
        Ok(RootCertificates { found, maker })
    }
}

impl CertificatePlaces {
    fn read(host: &dyn Host, file: Option<String>, folders: Option<String>, context: Context) -> CertificatePlaces {
        let own_file = file.as_ref().map(PathBuf::from);
        let own_folders: Option<Vec<PathBuf>> =
            folders.as_ref().map(|list| list.split(':').filter(|entry| !entry.is_empty()).map(PathBuf::from).collect());
        let mut look = Look { host, looked_at: Vec::new(), doubt: None };
        let files = own_file.clone().map_or_else(|| FILES.map(PathBuf::from).to_vec(), |file| vec![file]);
        let in_file = look.files(&files);
        let folders_list = own_folders.unwrap_or_else(|| FOLDERS.map(PathBuf::from).to_vec());
        let found = in_file.or_else(|| folders_list.iter().find_map(|folder| look.folder(folder)));
        let file_fault = own_file.and_then(|path| fault(host, &path));
        let Look { mut looked_at, doubt, .. } = look;
        // Both variables may name one place.
        looked_at.dedup();
        let certificates = match (found, doubt) {
            (None, Some(missing)) => Err(missing),
            (found, _) => Ok(found),
        };
        CertificatePlaces { file, folders, contexts: vec![context], certificates, file_fault, looked_at }
    }
}

/// Why a file gives no certificates.
fn fault(host: &dyn Host, path: &Path) -> Option<Missing> {
    match host.read(path, FILE_LIMIT) {
        Ok(bytes) if has_certificate(&bytes) => None,
        Ok(_) => Some(Missing::failed(format!("{} holds no certificate", path.display()))),
        Err(missing) => Some(missing),
    }
}

struct Look<'a> {
    host: &'a dyn Host,
    looked_at: Vec<PathBuf>,
    doubt: Option<Missing>,
}

impl Look<'_> {
    /// The first file that can be read, when it holds certificates: Go looks
    /// at no further one.
    fn files(&mut self, paths: &[PathBuf]) -> Option<PathBuf> {
        for path in paths {
            self.looked_at.push(path.clone());
            match self.host.read(path, FILE_LIMIT) {
                Ok(bytes) => return has_certificate(&bytes).then(|| path.clone()),
                Err(missing) => self.note(missing),
            }
        }
        None
    }

    fn folder(&mut self, folder: &Path) -> Option<PathBuf> {
        self.looked_at.push(folder.to_owned());
        let mut entries = match self.host.read_dir(folder) {
            Ok(entries) => entries,
            Err(missing) => {
                self.note(missing);
                return None;
            }
        };
        entries.retain(|entry| entry.kind != FileKind::Folder);
        let has = |path: &Path| self.host.read(path, FILE_LIMIT).is_ok_and(|bytes| has_certificate(&bytes));
        entries.into_iter().take(ENTRY_LIMIT).map(|entry| entry.path).find(|path| has(path))
    }

    /// A file that cannot be read here is one that Go cannot read either. Only
    /// one that could not be looked at leaves a doubt.
    fn note(&mut self, missing: Missing) {
        if matches!(missing.reason, Reason::TimedOut | Reason::NotRecorded) {
            self.doubt.get_or_insert(missing);
        }
    }
}

fn has_certificate(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"-----BEGIN CERTIFICATE-----";
    bytes.windows(MARK.len()).any(|window| window == MARK)
}
