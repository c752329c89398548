//! The module that the cases of the network download.

use crate::modproxy::ModProxy;

/// Downloads it, whatever was downloaded before.
pub const DOWNLOAD: &str = "go clean -modcache; GOFLAGS=-modcacherw go mod download example.com/dep@v1.0.0";

/// A module proxy that has it.
pub fn served() -> ModProxy {
    let modules = ModProxy::start();
    modules.add("example.com/dep", "v1.0.0", &[("go.mod", "module example.com/dep\n"), ("dep.go", "package dep\n")]);
    modules
}
