//! The module that the cases of the network download.

use std::net::TcpListener;

use crate::modproxy::ModProxy;

/// Downloads it, whatever was downloaded before.
pub const DOWNLOAD: &str = "go clean -modcache; GOFLAGS=-modcacherw go mod download example.com/dep@v1.0.0";

/// A module proxy that has it.
pub fn served() -> ModProxy {
    with_dep(ModProxy::start())
}

/// The same where something listens already.
pub fn served_at(listener: TcpListener) -> ModProxy {
    with_dep(ModProxy::start_at(listener))
}

fn with_dep(modules: ModProxy) -> ModProxy {
    modules.add("example.com/dep", "v1.0.0", &[("go.mod", "module example.com/dep\n"), ("dep.go", "package dep\n")]);
    modules
}
