//! TLS before a server that speaks plainly.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::authority::Identity;
use crate::loopback::Loopback;

/// Takes the TLS off and passes requests on, one for each connection.
pub struct TlsFront {
    server: Loopback,
    shown: Arc<Mutex<Arc<ServerConfig>>>,
}

impl TlsFront {
    /// Starts it on a free port of loopback, before the server at this port.
    pub fn start(identity: &Identity, behind: u16) -> TlsFront {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        TlsFront::start_at(listener, identity, behind)
    }

    /// Starts it where something listens already.
    pub fn start_at(listener: TcpListener, identity: &Identity, behind: u16) -> TlsFront {
        let shown = Arc::new(Mutex::new(config(identity)));
        let current = Arc::clone(&shown);
        let server = Loopback::start_at(listener, move |stream| {
            let config = Arc::clone(&current.lock().expect("nobody panics while it is held"));
            let connection = ServerConnection::new(config).map_err(std::io::Error::other)?;
            pass_on(StreamOwned::new(connection, stream), behind)
        });
        TlsFront { server, shown }
    }

    /// Shows another certificate from now on.
    pub fn show(&self, identity: &Identity) {
        *self.shown.lock().expect("nobody panics while it is held") = config(identity);
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.server.port()
    }
}

fn config(identity: &Identity) -> Arc<ServerConfig> {
    let chain = CertificateDer::pem_file_iter(&identity.certificate).expect("it was made");
    let chain = chain.collect::<Result<_, _>>().expect("openssl writes PEM");
    let key = PrivateKeyDer::from_pem_file(&identity.key).expect("openssl writes PEM");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = builder.expect("the provider can do them").with_no_client_auth().with_single_cert(chain, key);
    Arc::new(config.expect("the key is that of the certificate"))
}

/// Requests have no body here; answers end with their connection.
fn pass_on(mut client: StreamOwned<ServerConnection, TcpStream>, behind: u16) -> std::io::Result<()> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        client.read_exact(&mut byte)?;
        request.push(byte[0]);
    }
    request.truncate(request.len() - 2);
    request.extend(b"Connection: close\r\n\r\n");
    let mut server = TcpStream::connect(("127.0.0.1", behind))?;
    server.set_read_timeout(Some(Duration::from_secs(5)))?;
    server.write_all(&request)?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer)?;
    client.write_all(&answer)?;
    client.conn.send_close_notify();
    client.flush()
}
