//! A Dockerfile for several platforms builds the same program for all.

use crate::checks::Check;
use crate::model::{Class, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::project::{DockerfileAt, Dockerfiles, GoMod, Shipment, Stage};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "dockerfile-target-args",
    layer: Layer::Project,
    title: "Images for other platforms get programs for them",
    impact: "Images for other platforms hold a program for this one",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("project/dockerfile-target-args"),
    rule: rule!(judge(Dockerfiles, GoMod)),
};

fn judge(dockerfiles: &Dockerfiles, module: &GoMod) -> Outcome {
    if module.found.is_none() {
        return Outcome::skipped("this folder is in no module");
    }
    let found = dockerfiles
        .shipments()
        .filter_map(|(file, shipment)| Some(Fault::of(file, &shipment)?.finding(file, &shipment)));
    dockerfiles.outcome(Finding::each_once(found))
}

/// Why Go does not hear of the image's platform.
enum Fault {
    /// GOARCH is not set at all.
    Never,
    /// GOARCH is set from an argument that this stage does not declare.
    Undeclared,
    /// The argument is declared on this line, after the build.
    After(usize),
}

impl Fault {
    fn of(file: &DockerfileAt, shipment: &Shipment<'_>) -> Option<Fault> {
        let (builder, target) = (shipment.builder, shipment.target);
        if !is_pinned(file, builder) || is_pinned(file, target) {
            return None;
        }
        let scope = &shipment.run.scope;
        match shipment.call.variable("GOARCH") {
            Some("$TARGETARCH" | "${TARGETARCH}") if !scope.has("TARGETARCH") => {
                let line = file.content.line_of(builder);
                let mut declared = line.iter().flat_map(|stage| &stage.declared);
                let after = declared.find(|(line, name)| name == "TARGETARCH" && *line > shipment.call.line);
                Some(after.map_or(Fault::Undeclared, |(line, _)| Fault::After(*line)))
            }
            Some(_) => None,
            None => {
                // Scripts may hand it on in ways that are not read here.
                let scripts = file.content.scripts(builder);
                let is_told =
                    scope.has("GOARCH") || ["GOARCH", "TARGET", "xx-"].iter().any(|word| scripts.contains(word));
                (!is_told).then_some(Fault::Never)
            }
        }
    }

    fn finding(&self, file: &DockerfileAt, shipment: &Shipment<'_>) -> Finding {
        let name = file.file();
        let summary = match self {
            Fault::Never => format!("{name} builds for the building machine, whatever platform the image is for"),
            Fault::Undeclared => format!("{name} sets GOARCH from TARGETARCH, which the stage does not declare"),
            Fault::After(_) => format!("{name} declares TARGETARCH after the build that uses it"),
        };
        let why = match self {
            Fault::Never => "The stage runs on the building machine, and nothing tells Go of another platform.",
            Fault::Undeclared | Fault::After(_) => {
                "The variable is empty there, and an empty GOARCH means the building machine's own."
            }
        };
        let first = file.content.line_of(shipment.builder).first().map_or(shipment.builder.line, |stage| stage.line);
        let late = match self {
            Fault::After(line) => Some(file.evidence(*line)),
            Fault::Never | Fault::Undeclared => None,
        };
        Finding::new(format!("{}:{}", file.name, shipment.copied()), Severity::Warning, summary)
            .detail(format!(
                "{why} docker build --platform for another architecture makes an image whose program ends with: exec format error."
            ))
            .evidence(file.evidence(first))
            .evidence(file.evidence(shipment.call.line).expected("GOOS=$TARGETOS GOARCH=$TARGETARCH before it"))
            .evidences(late)
            .evidence(file.evidence(shipment.copy.line))
            .fix(self.fix(shipment))
    }

    fn fix(&self, shipment: &Shipment<'_>) -> Fix {
        let text = match self {
            Fault::Never => format!(
                "Declare the arguments in the stage, above line {}, and set GOOS=$TARGETOS GOARCH=$TARGETARCH before go {}.",
                shipment.run.line, shipment.call.verb
            ),
            Fault::Undeclared => format!("Declare the arguments in the stage, above line {}.", shipment.run.line),
            Fault::After(line) => format!("Move line {line} above line {}.", shipment.run.line),
        };
        let command = match self {
            Fault::Never | Fault::Undeclared => Some("ARG TARGETOS TARGETARCH".to_owned()),
            Fault::After(_) => None,
        };
        Fix::manual("Hand the image's platform to Go", text, command)
    }
}

/// True when the stage's image is always that of the building machine.
fn is_pinned(file: &DockerfileAt, stage: &Stage) -> bool {
    let line = file.content.line_of(stage);
    let platform = line.first().and_then(|first| first.platform.as_deref());
    platform.is_some_and(|platform| ["$BUILDPLATFORM", "${BUILDPLATFORM}"].contains(&platform))
}
