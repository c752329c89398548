//! The TLS handshake, by a verifier that keeps the certificates it saw.

mod verifier;

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::ServerName;
use rustls::{ALL_VERSIONS, ClientConfig, ClientConnection, StreamOwned};

use self::verifier::Verifier;
use super::transport::Stream;
use super::trip::Trip;
use super::words::{self, Said};
use crate::host::live::os::Roots;
use crate::host::{NetFailure, Stage, Trust};

/// An encrypted connection.
pub(super) type Encrypted = StreamOwned<ClientConnection, Stream>;

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
    stream: Stream,
    host: &str,
    stores: &RootStores,
    trust: &Trust,
    trip: &Arc<Trip>,
) -> Result<Encrypted, NetFailure> {
    let deadline = stream.deadline();
    let failed = |said: Said| said.at(Stage::Tls);
    let odd = |text: String| failed(words::other(text));
    let name = ServerName::try_from(host.to_owned()).map_err(|_| odd(format!("{host} is no name for TLS")))?;
    let provider = Arc::new(ring::default_provider());
    let verifier = Verifier { provider: Arc::clone(&provider), roots: stores.get(trust), trip: Arc::clone(trip) };
    let config = config(provider, verifier).map_err(|error| odd(error.to_string()))?;
    let connection = ClientConnection::new(Arc::new(config), name).map_err(|error| odd(error.to_string()))?;
    let mut stream = StreamOwned::new(connection, stream);
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
fn said(error: &io::Error, deadline: super::Deadline) -> Said {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(inner) => words::tls(inner),
        None => words::io(error, deadline),
    }
}
