//! Certificates of TLS servers and authorities.

mod der;
mod places;
mod read;

use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde::Deserialize;

pub use places::{CERTIFICATE_FILES, CERTIFICATE_FOLDERS};

use super::Environment;

/// A certificate of a TLS server's chain, as far as people need it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Whom it is for: `CN=proxy.golang.org`.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// The SHA-256 fingerprint: pairs of hexadecimal digits with colons.
    pub sha256: String,
    /// The first moment at which it holds.
    pub not_before: Timestamp,
    /// The last moment at which it holds.
    pub not_after: Timestamp,
    /// True when its serial number is below zero, which Go refuses since 1.23.
    #[serde(default)]
    pub negative_serial: bool,
}

impl Certificate {
    /// Reads a certificate from DER; None when it is none.
    #[must_use]
    pub fn of_der(der: &[u8]) -> Option<Certificate> {
        read::certificate(der)
    }

    /// The certificates of a PEM text; what cannot be read is left out.
    #[must_use]
    pub fn of_pem(text: &[u8]) -> Vec<Certificate> {
        CertificateDer::pem_slice_iter(text).filter_map(|der| Certificate::of_der(&der.ok()?)).collect()
    }

    /// True when it names itself as its issuer, as roots do.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.subject == self.issuer
    }
}

/// A certificate that was refused, from the handshake that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// What is wrong with it.
    pub fault: CertificateFault,
    /// The failure in Go's words.
    pub detail: String,
    /// What the server sent, its own certificate first; those that could not
    /// be read are left out.
    pub chain: Vec<Certificate>,
}

/// What is wrong with a server's certificate, in the order in which Go looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateFault {
    /// Its time is over.
    Expired,
    /// Its time has not begun.
    NotYetValid,
    /// It is for another name.
    WrongName,
    /// No authority that this system trusts signed it.
    UnknownAuthority,
    /// It breaks a rule: a bad signature, the wrong purpose.
    Invalid,
}

impl CertificateFault {
    /// True when a clock decides whether there is a fault.
    #[must_use]
    pub fn is_about_time(self) -> bool {
        matches!(self, CertificateFault::Expired | CertificateFault::NotYetValid)
    }
}

/// What a context's variables say about the authorities to trust. Go reads
/// them on Linux, and looks at nothing else than the system's own there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Trust {
    /// SSL_CERT_FILE: a file in place of the system's bundle.
    pub file: Option<String>,
    /// SSL_CERT_DIR: folders, with colons between, in place of the system's.
    pub folders: Option<String>,
}

impl Trust {
    /// What an environment says. Empty is unset, for Go too.
    #[must_use]
    pub fn of(environment: &Environment) -> Trust {
        let value = |name| environment.get(name).map(str::to_owned);
        Trust { file: value("SSL_CERT_FILE"), folders: value("SSL_CERT_DIR") }
    }
}
