//! A program is built for another platform than it says.

use std::path::Path;

use crate::checks::Check;
use crate::host::Format;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::project::{Output, Outputs, PlatformClaim};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "binary-wrong-target",
    layer: Layer::Project,
    title: "Programs are built for the platform that they are named after",
    impact: "A program is for another platform than its name says",
    severity: Severity::Error,
    class: Some(Class::Manual),
    causes: &["cross-target-left-set"],
    page: page!("project/binary-wrong-target"),
    rule: rule!(judge(Outputs)),
};

/// How many programs of one folder are shown.
const SHOWN: usize = 8;

fn judge(outputs: &Outputs) -> Outcome {
    let mut groups: Vec<Vec<Wrong<'_>>> = Vec::new();
    for wrong in outputs.found.iter().filter_map(Wrong::of) {
        let is_alike = |group: &&mut Vec<Wrong<'_>>| group.first().is_some_and(|first| first.is_like(&wrong));
        match groups.iter_mut().find(is_alike) {
            Some(group) => group.push(wrong),
            None => groups.push(vec![wrong]),
        }
    }
    let findings: Vec<Finding> = groups.iter().map(|group| finding(group)).collect();
    Outcome::of(findings).or_unknown(outputs.problem.as_ref())
}

/// A program of another platform than the one that something says of it.
struct Wrong<'a> {
    output: &'a Output,
    /// What its header says.
    goos: &'a str,
    goarch: &'a str,
    said: Said,
}

/// What contradicts the header.
#[derive(Clone, PartialEq, Eq)]
enum Said {
    /// Its name.
    Name(PlatformClaim),
    /// Go's build info: operating system and architecture.
    BuildInfo(String, String),
}

impl<'a> Wrong<'a> {
    fn of(output: &'a Output) -> Option<Wrong<'a>> {
        let binary = &output.binary;
        let goos = binary.goos.as_deref().or(match binary.format {
            Format::Elf => Some("linux"),
            _ => None,
        })?;
        let goarch = binary.goarch.as_deref()?;
        let said = contradiction(output, goarch).or_else(|| broken_promise(output, goarch))?;
        Some(Wrong { output, goos: of_format(binary.format, goos), goarch, said })
    }

    fn is_like(&self, other: &Wrong<'_>) -> bool {
        self.output.folder == other.output.folder
            && (self.goos, self.goarch) == (other.goos, other.goarch)
            && matches!(
                (&self.said, &other.said),
                (Said::Name(_), Said::Name(_)) | (Said::BuildInfo(..), Said::BuildInfo(..))
            )
    }

    fn platform(&self) -> String {
        format!("{}/{}", self.goos, self.goarch)
    }

    /// The platform that it was meant for: what is not said stays as it is.
    fn meant(&self) -> (&str, &str) {
        match &self.said {
            Said::Name(claim) => (claim.goos.unwrap_or(self.goos), claim.goarch.unwrap_or(self.goarch)),
            Said::BuildInfo(goos, goarch) => (goos, goarch),
        }
    }
}

/// What Go wrote into the file, when the file has become one of another
/// platform since.
fn contradiction(output: &Output, goarch: &str) -> Option<Said> {
    let settings = &output.binary.go.as_ref()?.settings;
    let (os, arch) = (settings.get("GOOS")?, settings.get("GOARCH")?);
    (arch != goarch || of_format(output.binary.format, os) != os).then(|| Said::BuildInfo(os.clone(), arch.clone()))
}

fn broken_promise(output: &Output, goarch: &str) -> Option<Said> {
    let binary = &output.binary;
    // A folder may hold much that is not of this project, as for .NET.
    let below = match &binary.go {
        Some(_) => output.below.as_path(),
        None => Path::new(output.below.file_name()?),
    };
    let mut claim = PlatformClaim::of(below, binary.go.as_ref().map(|go| go.path.as_str()))?;
    // A file for macOS may hold several architectures, of which one was read.
    if binary.format == Format::MachO {
        claim.goarch = None;
    }
    // Most of the ELF systems do not say which of them they are.
    let is_of_elf = !matches!(claim.goos, Some("windows" | "darwin" | "ios"));
    let goos = binary.goos.as_deref().or((binary.format == Format::Elf && !is_of_elf).then_some("linux"));
    (!claim.is_kept_by(goos, Some(goarch))).then_some(Said::Name(claim))
}

/// The system of a format, where that is the only one for it.
fn of_format(format: Format, goos: &str) -> &str {
    match (format, goos) {
        (Format::Pe, _) => "windows",
        (Format::MachO, "ios") => "ios",
        (Format::MachO, _) => "darwin",
        (Format::Elf, "windows" | "darwin" | "ios") => "linux",
        _ => goos,
    }
}

fn finding(group: &[Wrong<'_>]) -> Finding {
    let first = &group[0];
    let platform = first.platform();
    let key = format!("{}:{platform}", first.output.folder);
    let who = match group {
        [one] => one.output.name.clone(),
        many => format!("{} programs in {}", many.len(), first.output.folder),
    };
    let (are, their) = if group.len() == 1 { ("is", "its") } else { ("are", "their") };
    let summary = match (&first.said, group.len()) {
        (Said::Name(claim), 1) => format!("{who} is built for {platform}, not {claim}"),
        (Said::Name(_), _) => format!("{who} are built for {platform}, whatever their names say"),
        (Said::BuildInfo(..), _) => {
            format!("{who} {are} for {platform} by {their} header, and not by {their} build info")
        }
    };
    let (goos, _) = first.meant();
    let detail = match &first.said {
        Said::Name(_) => format!(
            "Started where the name says, it ends with: {}. Most often GOOS or GOARCH did not reach go build: set on another line of a script and not exported, or mistyped.",
            ends_with(goos)
        ),
        Said::BuildInfo(..) => {
            "Go wrote another platform into it than its header names: the file was changed after it was built."
                .to_owned()
        }
    };
    let mut finding = Finding::new(key, Severity::Error, summary).detail(detail);
    for wrong in group.iter().take(SHOWN) {
        let (goos, goarch) = wrong.meant();
        finding =
            finding.evidence(Evidence::new(&wrong.output.name, observed(wrong)).expected(format!("{goos}/{goarch}")));
    }
    if group.len() > SHOWN {
        finding = finding.evidence(Evidence::new(&first.output.folder, format!("{} more", group.len() - SHOWN)));
    }
    finding.fixes(group.iter().take(SHOWN).filter_map(again_by_hand))
}

/// What the system that it was meant for says.
fn ends_with(goos: &str) -> &'static str {
    match goos {
        "windows" => "This app can't run on your PC",
        "darwin" | "ios" => "bad CPU type in executable, or: exec format error",
        _ => "cannot execute binary file: Exec format error",
    }
}

fn observed(wrong: &Wrong<'_>) -> String {
    let built = match &wrong.output.binary.go {
        Some(go) => format!("built by {}", go.go_version),
        None => "not built by Go, or packed".to_owned(),
    };
    format!("{}, {built}", wrong.platform())
}

fn again_by_hand(wrong: &Wrong<'_>) -> Option<Fix> {
    let path = &wrong.output.binary.go.as_ref()?.path;
    let is_word =
        |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-._~/+@".contains(c));
    let name = &wrong.output.name;
    if path == "command-line-arguments" || !is_word(path) || !is_word(name) {
        return None;
    }
    let (goos, goarch) = wrong.meant();
    Some(Fix::manual(
        format!("Build {name} again for {goos}/{goarch}"),
        "On one line with the command, GOOS and GOARCH reach it for certain. Or give the file a name that fits.",
        Some(format!("GOOS={goos} GOARCH={goarch} go build -o {name} {path}")),
    ))
}
