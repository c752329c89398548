//! TLS servers on this machine whose certificates are good and bad.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use gomedic::host::{Answer, CertificateFault, Endpoint, Host, NetFailure, Rejection, Request, Trust};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::home::{Home, Mode, PATIENT, SH};

const KEY: &[u8] = include_bytes!("certificates/key.pem");
pub(crate) const ROOT: &[u8] = include_bytes!("certificates/root.pem");
pub(crate) const GOOD: &[u8] = include_bytes!("certificates/good.pem");
const EXPIRED: &[u8] = include_bytes!("certificates/expired.pem");
const FUTURE: &[u8] = include_bytes!("certificates/future.pem");
const ELSEWHERE: &[u8] = include_bytes!("certificates/elsewhere.pem");
const NEGATIVE: &[u8] = include_bytes!("certificates/negative.pem");

/// The server's side of a TLS connection that shows these certificates.
pub(crate) fn serving(chain: &[&[u8]]) -> ServerConnection {
    let chain = chain.iter().map(|pem| CertificateDer::from_pem_slice(pem).unwrap()).collect();
    let key = PrivateKeyDer::from_pem_slice(KEY).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    ServerConnection::new(Arc::new(config)).unwrap()
}

/// A server for one connection that shows these certificates.
fn server(chain: &[&[u8]]) -> Endpoint {
    let connection = serving(chain);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut stream = StreamOwned::new(connection, stream);
        let mut question = [0; 1024];
        // A client that refuses the certificate hangs up.
        if stream.read(&mut question).is_ok() {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        }
    });
    Endpoint::new("127.0.0.1", port)
}

/// What a context says that trusts nothing but these.
pub(crate) fn trusting(home: &Home, authorities: &[u8]) -> Trust {
    let file = home.path().join("authorities.pem");
    fs::write(&file, authorities).unwrap();
    Trust { file: Some(text(file)), folders: Some(text(home.path().join("none"))) }
}

fn text(path: PathBuf) -> String {
    path.into_os_string().into_string().unwrap()
}

fn get(home: &Home, server: &Endpoint, trust: Trust) -> Result<Answer, NetFailure> {
    let live = home.live(Mode::Direct, Path::new(SH), PATIENT);
    live.fetch(&Request { url: format!("https://{server}/"), proxy: None, deadline: PATIENT, trust })
}

#[track_caller]
fn refused(result: Result<Answer, NetFailure>) -> Rejection {
    match result {
        Err(NetFailure::Rejected(rejection)) => *rejection,
        other => panic!("its certificate was not refused: {other:?}"),
    }
}

#[test]
fn an_authority_of_ssl_cert_file_is_trusted() {
    let home = Home::new();
    let answer = get(&home, &server(&[GOOD]), trusting(&home, ROOT)).unwrap();
    assert_eq!((answer.status, answer.body.as_str()), (200, "ok"));
    assert_eq!(answer.chain[0].subject, "CN=server,O=Test");
    assert!(!answer.chain[0].negative_serial);
}

#[test]
fn an_authority_in_ssl_cert_dir_is_trusted() {
    let home = Home::new();
    let folder = home.path().join("authorities");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("rubbish.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n").unwrap();
    fs::write(folder.join("root.crt"), ROOT).unwrap();
    let missing = text(home.path().join("missing"));
    let trust = Trust { file: Some(missing.clone()), folders: Some(format!("{missing}:{}", text(folder))) };
    assert_eq!(get(&home, &server(&[GOOD]), trust).unwrap().status, 200);
}

#[test]
fn a_certificate_that_stands_in_the_store_is_trusted() {
    let home = Home::new();
    assert_eq!(get(&home, &server(&[GOOD]), trusting(&home, GOOD)).unwrap().status, 200);
}

#[test]
fn an_unknown_authority_is_named_with_its_chain() {
    let home = Home::new();
    let refusal = refused(get(&home, &server(&[GOOD, ROOT]), trusting(&home, b"")));
    assert_eq!(refusal.fault, CertificateFault::UnknownAuthority);
    assert_eq!(refusal.detail, "x509: certificate signed by unknown authority");
    let [own, root] = &refusal.chain[..] else { panic!("{refusal:?}") };
    assert_eq!(
        (own.issuer.as_str(), own.not_before.to_string().as_str()),
        ("CN=Test Root,O=Test,C=XX", "2020-01-01T00:00:00Z")
    );
    assert!(root.is_self_issued() && !own.is_self_issued());
    assert_eq!(root.sha256.len(), 32 * 3 - 1);
}

#[test]
fn a_server_that_signed_itself_is_of_an_unknown_authority() {
    let home = Home::new();
    let refusal = refused(get(&home, &server(&[ROOT]), trusting(&home, b"")));
    // Its name is looked at first, as Go does.
    assert_eq!(refusal.fault, CertificateFault::WrongName);
}

#[test]
fn certificates_out_of_their_time_are_told_apart() {
    let home = Home::new();
    let refusal = refused(get(&home, &server(&[EXPIRED]), trusting(&home, ROOT)));
    assert_eq!(refusal.fault, CertificateFault::Expired);
    assert!(refusal.detail.starts_with("x509: certificate has expired or is not yet valid: current time "));
    assert!(refusal.detail.ends_with(" is after 2002-01-01T00:00:00Z"), "{}", refusal.detail);
    let refusal = refused(get(&home, &server(&[FUTURE]), trusting(&home, b"")));
    assert_eq!(refusal.fault, CertificateFault::NotYetValid);
    assert!(refusal.detail.ends_with(" is before 2100-01-01T00:00:01Z"), "{}", refusal.detail);
}

#[test]
fn a_wrong_name_is_said_with_the_right_ones() {
    let home = Home::new();
    let refusal = refused(get(&home, &server(&[ELSEWHERE]), trusting(&home, ROOT)));
    assert_eq!(refusal.fault, CertificateFault::WrongName);
    let said = "x509: certificate is valid for other.example, third.example, not 127.0.0.1";
    assert_eq!(refusal.detail, said);
}

#[test]
fn a_serial_number_below_zero_is_seen() {
    let home = Home::new();
    let chain = match get(&home, &server(&[NEGATIVE]), trusting(&home, ROOT)) {
        Ok(answer) => answer.chain,
        Err(NetFailure::Rejected(rejection)) => rejection.chain,
        Err(other) => panic!("{other:?}"),
    };
    assert!(chain[0].negative_serial);
}
