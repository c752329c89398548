//! What an image has of the files that programs look for in a system.

use super::image::Image;
use super::shipments::Shipment;
use super::stages::Dockerfile;
use crate::probes::project::Need;

/// Packages of Alpine that do not bring time zones along.
const WITHOUT_ZONES: [&str; 17] = [
    "bash",
    "busybox-extras",
    "ca-certificates",
    "ca-certificates-bundle",
    "curl",
    "dumb-init",
    "gcompat",
    "git",
    "jq",
    "libc6-compat",
    "make",
    "openssh-client",
    "openssl",
    "sqlite",
    "su-exec",
    "tini",
    "wget",
];

impl Image {
    /// True when an image of this name is known to come without.
    #[must_use]
    pub fn lacks(&self, need: Need) -> bool {
        // A company's image of the same name may well have more.
        if !self.is_of_docker() {
            return false;
        }
        let is_bare = self.is_scratch() || self.is_busybox();
        match need {
            // Alpine has certificates since its package manager speaks TLS.
            Need::Certificates => is_bare || self.is_plain_debian() || self.is_ubuntu(),
            Need::Zones => is_bare || self.is_alpine() || self.is_ubuntu(),
        }
    }
}

impl Dockerfile {
    /// True when the image that a program runs in, or its build, may well be
    /// given what its base lacks.
    #[must_use]
    pub fn may_bring(&self, shipment: &Shipment<'_>, need: Need) -> bool {
        let scripts = self.scripts(shipment.target);
        let says = |words: &[&str]| words.iter().any(|word| scripts.contains(word));
        let sets = |names: &[&str]| names.iter().any(|name| shipment.target.scope.has(name));
        // What other packages of Debian bring along is not known here.
        let is_given = match need {
            Need::Certificates => {
                sets(&["SSL_CERT_FILE", "SSL_CERT_DIR"]) || says(&["cert", ".pem", ".crt", "apt", "dpkg"])
            }
            Need::Zones => {
                sets(&["ZONEINFO"])
                    || says(&["tzdata", "zoneinfo", "apt", "dpkg"])
                    || !added(&scripts).all(|package| WITHOUT_ZONES.contains(&package))
                    || is_built_with_zones(shipment)
            }
        };
        is_given || self.copies_system(shipment)
    }

    /// True when files other than programs are copied to where the system's
    /// own lie, or to the root.
    fn copies_system(&self, shipment: &Shipment<'_>) -> bool {
        let programs: Vec<usize> = self.shipments().iter().map(|other| other.copy.line).collect();
        let is_system = |word: &String| {
            ["cert", "ssl", "pki", ".pem", ".crt", "zoneinfo", "etc", "share", "rootfs"]
                .iter()
                .any(|part| word.contains(part))
        };
        self.copies(shipment.target).into_iter().any(|copy| {
            let to_root = matches!(copy.words.last().map(String::as_str), Some("/" | "/usr" | "/usr/"));
            copy.words.iter().any(is_system) || to_root && !programs.contains(&copy.line)
        })
    }
}

/// The packages that `apk add` is called with.
fn added(scripts: &str) -> impl Iterator<Item = &str> {
    let calls = scripts.split("apk ").skip(1).filter_map(|rest| rest.split_once("add ").map(|(_, rest)| rest));
    let until = |rest: &'_ str| rest.find(['&', ';', '|', '\n']).unwrap_or(rest.len());
    calls
        .flat_map(move |rest| rest[..until(rest)].split_whitespace())
        .filter(|word| !word.starts_with(['-', '.', '\\']))
}

/// True when the tag of Go's own copy of the time zones is set, or when
/// flags are put together elsewhere.
fn is_built_with_zones(shipment: &Shipment<'_>) -> bool {
    let Shipment { run, call, .. } = shipment;
    let flags = call.variable("GOFLAGS").or_else(|| run.scope.value("GOFLAGS")).unwrap_or_default();
    let is_open = run.scope.has("GOFLAGS") && run.scope.value("GOFLAGS").is_none();
    let tags = call.flag("tags").unwrap_or_default();
    is_open || [flags, tags].iter().any(|text| text.contains("timetzdata") || text.contains(['$', '`']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brings(image: &str, before: &str, build: &str, need: Need) -> bool {
        let text =
            format!("FROM golang AS b\nRUN {build}\nFROM {image}\n{before}\nCOPY --from=b /app /\nCOPY web /web\n");
        let file = Dockerfile::parse(&text).expect("it can be read");
        let shipments = file.shipments();
        let shipment = shipments.first().expect("a program");
        file.may_bring(shipment, need)
    }

    #[test]
    fn images_come_with_and_without() {
        let lacks = |name: &str, need| Image::parse(name).lacks(need);
        for name in ["scratch", "busybox:1", "ubuntu:24.04"] {
            assert!(lacks(name, Need::Certificates) && lacks(name, Need::Zones), "{name}");
        }
        assert!(lacks("debian:bookworm-slim", Need::Certificates) && !lacks("debian", Need::Zones));
        assert!(lacks("alpine:3.22", Need::Zones) && !lacks("alpine", Need::Certificates));
        for name in ["gcr.io/distroless/static", "cgr.dev/chainguard/static", "example.com/debian", "golang:1.26"] {
            assert!(!lacks(name, Need::Certificates) && !lacks(name, Need::Zones), "{name}");
        }
    }

    #[test]
    fn what_is_added_counts() {
        const BUILD: &str = "go build -o /app .";
        assert!(!brings("scratch", "", BUILD, Need::Certificates) && !brings("scratch", "", BUILD, Need::Zones));
        for line in [
            "COPY --from=b /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/",
            "COPY --from=alpine /etc/ssl /etc/ssl",
            "COPY rootfs/ /",
            "COPY base /",
            "ENV SSL_CERT_FILE=/x",
            "RUN apt-get update && apt-get install -y curl",
        ] {
            assert!(brings("debian", line, BUILD, Need::Certificates), "{line}");
        }
        for line in [
            "COPY --from=b /usr/share/zoneinfo /usr/share/zoneinfo",
            "ENV ZONEINFO=/zoneinfo.zip",
            "RUN apk add --no-cache ca-certificates tzdata",
            "RUN apk --no-cache add postgresql",
        ] {
            assert!(brings("alpine", line, BUILD, Need::Zones), "{line}");
        }
        assert!(!brings("alpine", "RUN apk --no-cache add ca-certificates && x", BUILD, Need::Zones));
        assert!(brings("scratch", "", "go build -tags timetzdata -o /app .", Need::Zones));
        assert!(brings("scratch", "", "GOFLAGS=-tags=timetzdata go build -o /app .", Need::Zones));
    }
}
