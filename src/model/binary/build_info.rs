use std::collections::BTreeMap;

/// What Go embeds into the binaries it builds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BuildInfo {
    /// The Go that built it: `go1.26.6`.
    pub go_version: String,
    /// The import path of its main package.
    pub path: String,
    /// The path of its main module.
    pub module: String,
    /// The version of its main module: `v0.20.0`, `(devel)`.
    pub version: String,
    /// Build settings, such as `CGO_ENABLED` and `GOARCH`. Go before 1.18
    /// kept none.
    pub settings: BTreeMap<String, String>,
}
