//! An image lacks the certificates or the time zones that its program looks
//! for.

use crate::checks::Check;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::project::{DockerfileAt, Dockerfiles, GoMod, Image, Need, OwnImports, Shipment};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "dockerfile-no-certs",
    layer: Layer::Project,
    title: "Images have the certificates and time zones that their programs use",
    impact: "The image's program cannot speak HTTPS, or knows no time zone",
    severity: Severity::Info,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("project/dockerfile-no-certs"),
    rule: rule!(judge(Dockerfiles, GoMod, OwnImports)),
};

fn judge(dockerfiles: &Dockerfiles, module: &GoMod, imports: &OwnImports) -> Outcome {
    if module.found.is_none() {
        return Outcome::skipped("this folder is in no module");
    }
    let found = dockerfiles.shipments().flat_map(|(file, shipment)| {
        let lack = move |need| Lack::of(file, shipment, need, imports).map(Lack::finding);
        [Need::Certificates, Need::Zones].into_iter().filter_map(lack)
    });
    let findings = Finding::each_once(found);
    dockerfiles.outcome(findings).or_unknown(imports.problem.as_ref())
}

/// Something that a program needs and its image does not have.
struct Lack<'a> {
    file: &'a DockerfileAt,
    shipment: Shipment<'a>,
    image: &'a Image,
    need: Need,
    /// The code that needs it.
    place: Evidence,
}

impl<'a> Lack<'a> {
    fn of(file: &'a DockerfileAt, shipment: Shipment<'a>, need: Need, imports: &OwnImports) -> Option<Lack<'a>> {
        let image = file.content.image(shipment.target)?;
        if !image.lacks(need) || file.content.may_bring(&shipment, need) {
            return None;
        }
        let place = imports.need_of(shipment.call.package()?, need)?;
        Some(Lack { file, shipment, image, need, place })
    }

    fn finding(self) -> Finding {
        let Lack { file, shipment, image, need, .. } = &self;
        let (what, of, detail) = match need {
            Need::Certificates => (
                "certificates",
                "no CA certificates, and its program speaks TLS",
                "tls: failed to verify certificate: x509: certificate signed by unknown authority",
            ),
            Need::Zones => ("zones", "no time zones, and its program looks one up", "unknown time zone Europe/Berlin"),
        };
        let base = file.content.line_of(shipment.target).first().map_or(shipment.target.line, |stage| stage.line);
        let fails = match need {
            Need::Certificates => "In the container requests to servers with public certificates fail with",
            Need::Zones => "In the container the look-up fails with, for instance",
        };
        Finding::new(
            format!("{}:{}:{what}", file.name, shipment.copied()),
            Severity::Info,
            format!("{}: {} has {of}", file.file(), image.name),
        )
        .detail(format!("{fails}: {detail}. Where the files are mounted when the container starts, all is well."))
        .evidence(file.evidence(base))
        .evidence(file.evidence(shipment.copy.line))
        .evidence(self.place.clone())
        .fix(self.fix())
    }

    fn fix(&self) -> Fix {
        let Lack { file, shipment, image, need, .. } = self;
        let below = format!("Put this line below line {}.", shipment.copy.line);
        match need {
            Need::Certificates if image.is_plain_debian() || image.is_ubuntu() => Fix::manual(
                "Install the certificates in the image",
                below,
                Some("RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*".to_owned()),
            ),
            Need::Certificates => {
                // All golang images have them there.
                let has_them = file.content.image(shipment.builder).is_some_and(Image::is_go);
                let from = if has_them { file.content.name_of(shipment.builder) } else { "alpine".to_owned() };
                Fix::manual(
                    "Copy the certificates into the image",
                    below,
                    Some(format!("COPY --from={from} /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/")),
                )
            }
            Need::Zones if image.is_alpine() => Fix::manual(
                "Install the time zones in the image",
                below,
                Some("RUN apk add --no-cache tzdata".to_owned()),
            ),
            Need::Zones => Fix::manual(
                "Put the time zones into the program",
                format!("Give this flag to the build in line {}. The program grows by about 450 kB.", shipment.call.line),
                Some("-tags timetzdata".to_owned()),
            ),
        }
    }
}
