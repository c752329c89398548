//! The live host against real files, programs, shells and sockets, most of
//! them hostile.
#![cfg(unix)]

mod files;
mod home;
mod hostile;
mod hostile_proxies;
mod hostile_words;
mod network;
mod programs;
mod shells;
mod silence;
mod startup_files;
mod tls;
mod tls_proxy;
mod tracing;
