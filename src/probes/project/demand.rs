use std::path::Path;

use super::{Directive, GoMod, GoWork};
use crate::model::{Evidence, GoVersion, Missing};

/// What the project asks of Go: the `go` and `toolchain` lines of go.work, or
/// else of go.mod.
#[derive(Debug, Clone, Copy)]
pub struct Demand<'a> {
    /// The file.
    pub path: &'a Path,
    /// The file for people.
    pub name: &'a str,
    /// The oldest Go that may build it.
    pub go: Option<&'a Directive>,
    /// The Go that is suggested.
    pub toolchain: Option<&'a Directive>,
}

impl<'a> Demand<'a> {
    /// What the project asks for; None outside of modules and workspaces.
    ///
    /// # Errors
    /// Why the file that says so cannot be read.
    pub fn of(module: &'a GoMod, work: &'a GoWork) -> Result<Option<Demand<'a>>, Missing> {
        // Like Go, pass over a GOWORK that names nothing.
        let work = work.found.as_ref().filter(|file| !file.content.as_ref().is_err_and(Missing::is_absent));
        if let Some(file) = work {
            let content = file.content.as_ref().map_err(Clone::clone)?;
            let (go, toolchain) = (content.go.as_ref(), content.toolchain.as_ref());
            return Ok(Some(Demand { path: &file.path, name: &file.name, go, toolchain }));
        }
        let Some(file) = &module.found else { return Ok(None) };
        let content = file.content.as_ref().map_err(Clone::clone)?;
        let (go, toolchain) = (content.go.as_ref(), content.toolchain.as_ref());
        Ok(Some(Demand { path: &file.path, name: &file.name, go, toolchain }))
    }

    /// The version of the `go` line, when it is one.
    #[must_use]
    pub fn go_version(&self) -> Option<GoVersion> {
        GoVersion::parse(&self.go?.value).filter(|version| version.bare() == self.go.map_or("", |go| &go.value))
    }

    /// `go.mod` or `go.work`, as Go names it in its errors.
    #[must_use]
    pub fn file(&self) -> &str {
        self.path.file_name().and_then(|name| name.to_str()).unwrap_or(self.name)
    }

    /// A line of the file as evidence.
    #[must_use]
    pub fn evidence(&self, directive: &Directive) -> Evidence {
        Evidence::new(format!("{}:{}", self.name, directive.line), directive.text.trim())
    }
}
