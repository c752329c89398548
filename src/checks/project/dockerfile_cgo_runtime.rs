//! A Dockerfile builds a program with one C library and runs it in an image
//! without that.

use crate::checks::Check;
use crate::model::{Class, Edit, Finding, Fix, Layer, Outcome, Severity, Step};
use crate::probes::project::{
    DockerfileAt, Dockerfiles, GoMod, Image, ImportedAt, Libc, Linking, OwnImports, Shipment,
};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "dockerfile-cgo-runtime",
    layer: Layer::Project,
    title: "Programs of images find their C library",
    impact: "The image's program cannot be started",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("project/dockerfile-cgo-runtime"),
    rule: rule!(judge(Dockerfiles, GoMod, OwnImports)),
};

fn judge(dockerfiles: &Dockerfiles, module: &GoMod, imports: &OwnImports) -> Outcome {
    if module.found.is_none() {
        return Outcome::skipped("this folder is in no module");
    }
    let found = dockerfiles
        .shipments()
        .filter_map(|(file, shipment)| Some(Clash::of(file, &shipment, imports)?.finding(file, &shipment)));
    let findings = Finding::each_once(found);
    dockerfiles.outcome(findings).or_unknown(imports.problem.as_ref())
}

/// A program and an image that do not fit.
struct Clash<'a> {
    /// What makes the program one that needs a C library.
    reason: Reason<'a>,
    has: Libc,
    image: &'a Image,
}

enum Reason<'a> {
    /// It uses cgo, for this import.
    Import(&'a ImportedAt),
    /// It is a position-independent program, which Go gives a loader even
    /// without cgo.
    Pie,
}

impl<'a> Clash<'a> {
    fn of(file: &'a DockerfileAt, shipment: &Shipment<'a>, imports: &'a OwnImports) -> Option<Clash<'a>> {
        let image = file.content.image(shipment.target)?;
        let (built, has) = (file.content.image(shipment.builder)?.libc()?, image.libc()?);
        if built == has || brings_libc(file, shipment) {
            return None;
        }
        let reason = match file.content.linking(shipment)? {
            Linking::Static => return None,
            Linking::Pie => Reason::Pie,
            Linking::ByImports => Reason::Import(imports.cgo_of(shipment.call.package()?)?),
        };
        Some(Clash { reason, has, image })
    }

    fn finding(&self, file: &DockerfileAt, shipment: &Shipment<'_>) -> Finding {
        let name = file.file();
        let builder = file.content.image(shipment.builder).map_or("", |image| image.name.as_str());
        let lacks = match self.has {
            Libc::Nothing => "which has no C library",
            Libc::Musl => "which has musl for a C library",
            Libc::Glibc => "which has glibc for a C library",
        };
        let (why, seen) = match &self.reason {
            Reason::Import(import) => {
                let what = if import.path == "C" { "its C code".to_owned() } else { format!("{:?}", import.path) };
                (
                    format!("cgo is on in {builder}, and with {what} the program asks for that image's loader"),
                    Some(import),
                )
            }
            Reason::Pie => ("With -buildmode=pie Go asks for a loader even where cgo is off".to_owned(), None),
        };
        let target = file.content.line_of(shipment.target).first().map_or(shipment.target.line, |stage| stage.line);
        Finding::new(
            format!("{}:{}", file.name, shipment.copied()),
            Severity::Warning,
            format!("{name} builds with the C library of {builder} and runs in {}", self.image.name),
        )
        .detail(format!(
            "{why}. It is not in {}, {lacks}: the container ends with: exec {}: no such file or directory.",
            self.image.name,
            shipment.copy.words.last().map_or("", String::as_str)
        ))
        .evidence(file.evidence(shipment.call.line).expected("CGO_ENABLED=0"))
        .evidence(file.evidence(target))
        .evidence(file.evidence(shipment.copy.line))
        .evidences(seen.map(|import| import.place.clone()))
        .fix(self.fix(file, shipment))
    }

    fn fix(&self, file: &DockerfileAt, shipment: &Shipment<'_>) -> Fix {
        let line = shipment.call.line;
        let (was, words) = (file.line(line), format!("go {}", shipment.call.verb));
        let with = match &self.reason {
            Reason::Import(import) if import.path == "C" => {
                return Fix::manual(
                    "Run it in an image with the same C library",
                    format!(
                        "The program has C code of its own. Build it in an image of the same kind as {} (golang:…-alpine for alpine, golang:…-bookworm for debian and distroless/base), or link it statically.",
                        self.image.name
                    ),
                    None,
                );
            }
            Reason::Import(_) => was.replacen(&words, &format!("CGO_ENABLED=0 {words}"), 1),
            Reason::Pie => was.replacen(" -buildmode=pie", "", 1),
        };
        let has_one = was.matches(&words).count() == 1 && !was.contains("CGO_ENABLED") && with != was;
        if !has_one {
            let text = match &self.reason {
                Reason::Import(_) => format!("Set CGO_ENABLED=0 for the build in line {line}."),
                Reason::Pie => format!("Leave -buildmode=pie out of the build in line {line}."),
            };
            return Fix::manual("Build it without cgo", text, None);
        }
        let edit = Edit::ReplaceLine { line, was: was.to_owned(), with };
        let step = Step::EditFile { path: file.path.clone(), edits: vec![edit] };
        Fix::new("Build it so that it needs no C library", Class::Review, vec![step])
    }
}

/// True when the last image gets a loader or a C library some other way.
fn brings_libc(file: &DockerfileAt, shipment: &Shipment<'_>) -> bool {
    let scripts = file.content.scripts(shipment.target);
    let is_whole = |word: &String| word.contains("/lib") || word == "/";
    let copies = file.content.copies(shipment.target);
    let sources = copies.iter().filter_map(|copy| copy.words.split_last()).flat_map(|(_, sources)| sources);
    ["gcompat", "libc6", "glibc", "musl", "ld-linux"].iter().any(|word| scripts.contains(word))
        || sources.into_iter().any(is_whole)
}
