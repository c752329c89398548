//! Judges a server's certificates in Go's order, and keeps what it saw.

use std::sync::Arc;

use jiff::Timestamp;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};

use crate::host::live::network::trip::Trip;
use crate::host::live::os::Roots;
use crate::host::{Certificate, CertificateFault, NetFailure, Rejection};

/// How many certificates of a chain are read.
const LIMIT: usize = 16;

/// Judges as Go does; what it refuses goes to the trip, chain and all.
#[derive(Debug)]
pub(super) struct Verifier {
    pub(super) provider: Arc<CryptoProvider>,
    pub(super) roots: Arc<Roots>,
    pub(super) trip: Arc<Trip>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        own: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain: Vec<_> =
            std::iter::once(own).chain(others).take(LIMIT).filter_map(|der| Certificate::of_der(der)).collect();
        self.trip.see(chain.clone());
        let first = Certificate::of_der(own);
        let time = Timestamp::from_second(i64::try_from(now.as_secs()).unwrap_or(i64::MAX)).unwrap_or(Timestamp::MAX);
        let judged = match &first {
            Some(first) if time < first.not_before => Err(not_yet_valid(time, first.not_before)),
            Some(first) if time > first.not_after => Err(expired(time, first.not_after)),
            _ => self
                .fits(own, name)
                .and_then(|()| self.roots.accept(own, others, name, ocsp, now, &self.provider))
                .map_err(|error| fault(&error, name, time)),
        };
        judged.map(|()| ServerCertVerified::assertion()).map_err(|(fault, detail)| {
            self.trip.fail(NetFailure::Rejected(Box::new(Rejection { fault, detail, chain })));
            // Which one it says is not read again; the trip has it.
            Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure)
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        own: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, own, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        own: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, own, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

impl Verifier {
    fn fits(&self, own: &CertificateDer<'_>, name: &ServerName<'_>) -> Result<(), Error> {
        match ParsedCertificate::try_from(own) {
            Ok(parsed) => verify_server_name(&parsed, name),
            // The roots have the last word on what cannot be read.
            Err(_) => Ok(()),
        }
    }
}

fn expired(now: Timestamp, end: Timestamp) -> (CertificateFault, String) {
    let detail =
        format!("x509: certificate has expired or is not yet valid: current time {} is after {end}", whole(now));
    (CertificateFault::Expired, detail)
}

fn not_yet_valid(now: Timestamp, start: Timestamp) -> (CertificateFault, String) {
    let detail =
        format!("x509: certificate has expired or is not yet valid: current time {} is before {start}", whole(now));
    (CertificateFault::NotYetValid, detail)
}

/// Without fractions of a second.
fn whole(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

/// The library's verdict in Go's words.
fn fault(error: &Error, name: &ServerName<'_>, now: Timestamp) -> (CertificateFault, String) {
    let Error::InvalidCertificate(verdict) = error else {
        return (CertificateFault::Invalid, format!("x509: {error}"));
    };
    let at = |time: &UnixTime| {
        Timestamp::from_second(i64::try_from(time.as_secs()).unwrap_or(i64::MAX)).unwrap_or(Timestamp::MAX)
    };
    match verdict {
        CertificateError::ExpiredContext { not_after, .. } => expired(now, at(not_after)),
        CertificateError::NotValidYetContext { not_before, .. } => not_yet_valid(now, at(not_before)),
        CertificateError::NotValidForNameContext { presented, .. } => {
            (CertificateFault::WrongName, wrong_name(presented, name))
        }
        CertificateError::NotValidForName => (CertificateFault::WrongName, wrong_name(&[], name)),
        CertificateError::UnknownIssuer => {
            (CertificateFault::UnknownAuthority, "x509: certificate signed by unknown authority".to_owned())
        }
        verdict => (CertificateFault::Invalid, format!("x509: {verdict}")),
    }
}

fn wrong_name(presented: &[String], name: &ServerName<'_>) -> String {
    // `DnsName("a.example")` is how the library names them.
    let names: Vec<&str> = presented.iter().map(|name| name.split('"').nth(1).unwrap_or(name)).take(4).collect();
    let name = name.to_str();
    if names.is_empty() {
        format!("x509: certificate is not valid for any names, but wanted to match {name}")
    } else {
        format!("x509: certificate is valid for {}, not {name}", names.join(", "))
    }
}
