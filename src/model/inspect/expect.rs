//! What a build script demands of a binary.

use std::fmt;
use std::str::FromStr;

use super::{Inspection, Verdict};
use crate::model::binary::{Linking, compare};
use crate::model::{Binary, GoVersion};

/// One demand, as `--expect` writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// `os=linux`.
    Os(String),
    /// `arch=arm64`.
    Arch(String),
    /// `static`: no loader brings anything.
    Static,
    /// `go>=1.24`.
    GoAtLeast(GoVersion),
    /// `cgo=off` or `cgo=on`.
    Cgo(Switch),
    /// `glibc<=2.31`: it starts on a system with that version.
    GlibcAtMost(String),
    /// `nonempty`.
    NonEmpty,
    /// `runs`: it runs here.
    Runs,
}

/// Whether cgo was in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// `CGO_ENABLED=1`.
    On,
    /// `CGO_ENABLED=0`.
    Off,
}

impl Expectation {
    /// Whether it holds.
    ///
    /// # Errors
    /// What there is in place of it, when it does not, or cannot be told.
    pub fn holds(&self, inspection: &Inspection) -> Result<(), String> {
        let binary = inspection.binary.as_ref().map_err(|missing| missing.detail.clone())?;
        match self {
            Expectation::Os(goos) => is(binary.goos.as_deref(), goos, "operating system"),
            Expectation::Arch(goarch) => is(binary.goarch.as_deref(), goarch, "architecture"),
            Expectation::Static => is_static(binary),
            Expectation::GoAtLeast(least) => is_recent(binary, least),
            Expectation::Cgo(switch) => has_cgo(binary, *switch),
            Expectation::GlibcAtMost(most) => match &binary.glibc_required {
                Some(required) if compare(required, most).is_gt() => {
                    let by = binary.glibc_symbol.as_ref().map(|name| format!(" (for {name})")).unwrap_or_default();
                    Err(format!("it asks for {required}{by}"))
                }
                _ => Ok(()),
            },
            Expectation::NonEmpty => {
                if binary.size > 0 {
                    Ok(())
                } else {
                    Err("it is empty".to_owned())
                }
            }
            Expectation::Runs => match inspection.judgement.verdict {
                Verdict::Runs => Ok(()),
                _ => Err(inspection.judgement.sentence()),
            },
        }
    }
}

fn is(found: Option<&str>, wanted: &str, what: &str) -> Result<(), String> {
    match found {
        Some(found) if found == wanted => Ok(()),
        Some(found) => Err(format!("it is {found}")),
        None => Err(format!("its {what} is not known")),
    }
}

fn is_static(binary: &Binary) -> Result<(), String> {
    match (binary.linking, &binary.interpreter, binary.needed.as_slice()) {
        (Some(Linking::Static | Linking::StaticPie), ..) => Ok(()),
        (Some(Linking::Dynamic), _, [first, ..]) => Err(format!("it needs {first}")),
        (Some(Linking::Dynamic), Some(loader), _) => Err(format!("it needs the loader {}", loader.display())),
        _ => Err("it is no linked program".to_owned()),
    }
}

fn is_recent(binary: &Binary, least: &GoVersion) -> Result<(), String> {
    let Some(go) = &binary.go else { return Err("it has no Go build info".to_owned()) };
    match GoVersion::parse(&go.go_version) {
        Some(version) if version >= *least => Ok(()),
        _ => Err(format!("it was built by {}", go.go_version)),
    }
}

fn has_cgo(binary: &Binary, wanted: Switch) -> Result<(), String> {
    let Some(go) = &binary.go else { return Err("it has no Go build info".to_owned()) };
    match (go.settings.get("CGO_ENABLED").map(String::as_str), wanted) {
        (Some("0"), Switch::Off) | (Some("1"), Switch::On) => Ok(()),
        (Some(value), _) => Err(format!("it was built with CGO_ENABLED={value}")),
        (None, _) => Err("its build info does not say (Go before 1.18 kept no settings)".to_owned()),
    }
}

impl FromStr for Expectation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let version = |value: &str| {
            let is_version = !value.is_empty() && value.split('.').all(|part| part.parse::<u32>().is_ok());
            if is_version { Ok(value.to_owned()) } else { Err(format!("'{value}' is not a version")) }
        };
        if let Some(value) = text.strip_prefix("go>=") {
            let version = GoVersion::parse(value).ok_or_else(|| format!("'{value}' is not a version of Go"))?;
            return Ok(Expectation::GoAtLeast(version));
        }
        if let Some(value) = text.strip_prefix("glibc<=") {
            return version(value).map(Expectation::GlibcAtMost);
        }
        match text.split_once('=') {
            Some(("os", goos)) if !goos.is_empty() => Ok(Expectation::Os(goos.to_owned())),
            Some(("arch", goarch)) if !goarch.is_empty() => Ok(Expectation::Arch(goarch.to_owned())),
            Some(("cgo", "on")) => Ok(Expectation::Cgo(Switch::On)),
            Some(("cgo", "off")) => Ok(Expectation::Cgo(Switch::Off)),
            None if text == "static" => Ok(Expectation::Static),
            None if text == "nonempty" => Ok(Expectation::NonEmpty),
            None if text == "runs" => Ok(Expectation::Runs),
            _ => Err("there are os=…, arch=…, static, go>=…, cgo=on, cgo=off, glibc<=…, nonempty, runs".to_owned()),
        }
    }
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expectation::Os(goos) => write!(f, "os={goos}"),
            Expectation::Arch(goarch) => write!(f, "arch={goarch}"),
            Expectation::Static => f.write_str("static"),
            Expectation::GoAtLeast(least) => write!(f, "go>={}", least.bare()),
            Expectation::Cgo(Switch::On) => f.write_str("cgo=on"),
            Expectation::Cgo(Switch::Off) => f.write_str("cgo=off"),
            Expectation::GlibcAtMost(most) => write!(f, "glibc<={most}"),
            Expectation::NonEmpty => f.write_str("nonempty"),
            Expectation::Runs => f.write_str("runs"),
        }
    }
}
