//! A real TCP server on a free port of loopback.

use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Serves until it is dropped.
pub struct Loopback {
    port: u16,
    listener: TcpListener,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// A client that says nothing is left after this.
const PATIENCE: Duration = Duration::from_secs(5);

impl Loopback {
    /// Starts it; each client gets a thread of its own.
    pub fn start(answer: impl Fn(TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> Loopback {
        Loopback::start_at(TcpListener::bind("127.0.0.1:0").expect("a port is free"), answer)
    }

    /// Starts it where something listens already.
    pub fn start_at(
        listener: TcpListener,
        answer: impl Fn(TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
    ) -> Loopback {
        let port = listener.local_addr().expect("it has an address").port();
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, answer) = (Arc::clone(&stop), Arc::new(answer));
        let accepting = listener.try_clone().expect("a socket can have two names");
        let thread = thread::spawn(move || {
            for stream in accepting.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                let answer = Arc::clone(&answer);
                thread::spawn(move || {
                    // A client that goes away is none of our business.
                    let _ = stream.and_then(|stream| {
                        stream.set_read_timeout(Some(PATIENCE))?;
                        answer(stream)
                    });
                });
            }
        });
        Loopback { port, listener, stop, thread: Some(thread) }
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Whoever waits for a client is told.
        let _ = rustix::net::shutdown(&self.listener, rustix::net::Shutdown::Both);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
