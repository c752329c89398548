//! The live host against real files, programs, shells and sockets, most of
//! them hostile.
#![cfg(unix)]

mod files;
mod home;
mod hostile;
mod network;
mod programs;
mod shells;
mod startup_files;
mod tls;
mod tracing;
