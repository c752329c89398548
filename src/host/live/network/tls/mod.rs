//! The TLS handshake, by a verifier that keeps the certificates it saw.

mod verifier;

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::ServerName;
use rustls::{ALL_VERSIONS, ClientConfig, ClientConnection, StreamOwned};

use self::verifier::Verifier;
use super::socket::Socket;
use super::trip::Trip;
use super::words;
use crate::host::live::os::Roots;
use crate::host::{NetFailure, Stage, Trust};

/// An encrypted connection.
pub(super) type Encrypted = StreamOwned<ClientConnection, Socket>;

/// The authorities that were read, by what a context says of them. They are
/// read once for each, and anew for a machine that is looked at anew.
#[derive(Debug, Default)]
pub(in crate::host::live) struct RootStores(Mutex<Vec<(Trust, Arc<Roots>)>>);

impl RootStores {
    fn get(&self, trust: &Trust) -> Arc<Roots> {
        let mut stores = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, roots)) = stores.iter().find(|(known, _)| known == trust) {
            return Arc::clone(roots);
        }
        let roots = Arc::new(Roots::new(trust));
        stores.push((trust.clone(), Arc::clone(&roots)));
        roots
    }
}

/// Makes a connection an encrypted one.
pub(super) fn handshake(
    socket: Socket,
    host: &str,
    stores: &RootStores,
    trust: &Trust,
    trip: &Arc<Trip>,
) -> Result<Encrypted, NetFailure> {
    let deadline = socket.deadline();
    let failed = |detail: String| NetFailure::at(Stage::Tls, detail);
    let name = ServerName::try_from(host.to_owned()).map_err(|_| failed(format!("{host} is no name for TLS")))?;
    let provider = Arc::new(ring::default_provider());
    let verifier = Verifier { provider: Arc::clone(&provider), roots: stores.get(trust), trip: Arc::clone(trip) };
    let config = config(provider, verifier).map_err(|error| failed(error.to_string()))?;
    let connection = ClientConnection::new(Arc::new(config), name).map_err(|error| failed(error.to_string()))?;
    let mut stream = StreamOwned::new(connection, socket);
    while stream.conn.is_handshaking() {
        match stream.conn.complete_io(&mut stream.sock) {
            Ok((0, 0)) => return Err(failed(words::io(&io::ErrorKind::UnexpectedEof.into(), deadline))),
            Ok(_) => {}
            Err(error) => {
                let kept = trip.failure();
                return Err(kept.unwrap_or_else(|| failed(said(&error, deadline))));
            }
        }
    }
    Ok(stream)
}

fn config(provider: Arc<CryptoProvider>, verifier: Verifier) -> Result<ClientConfig, rustls::Error> {
    let builder = ClientConfig::builder_with_provider(provider).with_protocol_versions(ALL_VERSIONS)?;
    // No less strict than the library's own: it judges by the same roots.
    Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
}

/// Errors of the library come inside those of the socket.
fn said(error: &io::Error, deadline: super::Deadline) -> String {
    match error.get_ref() {
        Some(inner) if error.kind() != io::ErrorKind::UnexpectedEof => words::tls(&inner.to_string()),
        _ => words::io(error, deadline),
    }
}
