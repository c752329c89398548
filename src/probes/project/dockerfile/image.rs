//! What is known of an image by its name.

/// An image as a FROM line names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The whole name: `docker.io/library/golang:1.26-alpine`.
    pub name: String,
    /// The name without registry, tag and digest: `library/golang`.
    repository: String,
    /// The tag; empty where there is none.
    pub tag: String,
}

/// The C library of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Libc {
    /// That of GNU.
    Glibc,
    /// musl, as in Alpine.
    Musl,
    /// None at all.
    Nothing,
}

/// Distributions with glibc.
const GLIBC: [&str; 10] = [
    "debian",
    "ubuntu",
    "fedora",
    "almalinux",
    "rockylinux",
    "amazonlinux",
    "centos",
    "oraclelinux",
    "archlinux",
    "opensuse",
];

impl Image {
    pub(super) fn parse(name: &str) -> Image {
        let plain = name.split('@').next().unwrap_or(name);
        // A colon before the last slash is that of a port.
        let (path, tag) = match plain.rsplit_once(':') {
            Some((path, tag)) if !tag.contains('/') => (path, tag),
            _ => (plain, ""),
        };
        let repository = match path.split_once('/') {
            Some((host, rest)) if host.contains(['.', ':']) || host == "localhost" => rest,
            _ => path,
        };
        Image { name: name.to_owned(), repository: repository.to_owned(), tag: tag.to_owned() }
    }

    /// The last part of the name: `golang`.
    fn short(&self) -> &str {
        self.repository.rsplit('/').next().unwrap_or_default()
    }

    /// True for a golang image of Linux.
    #[must_use]
    pub fn is_go(&self) -> bool {
        self.short() == "golang" && !["windows", "nanoserver"].iter().any(|word| self.tag.contains(word))
    }

    /// True for a golang image that its tag puts on Alpine.
    #[must_use]
    pub fn is_go_on_alpine(&self) -> bool {
        self.is_go() && self.tag.contains("alpine")
    }

    /// The Go version that a golang image's tag names: `1.26`, `1.25.3`.
    #[must_use]
    pub fn go_version(&self) -> Option<&str> {
        let version = self.tag.split('-').next()?;
        let is_version = version.starts_with(|c: char| c.is_ascii_digit()) && version.contains('.');
        (self.is_go() && is_version).then_some(version)
    }

    /// True for the empty image.
    #[must_use]
    pub fn is_scratch(&self) -> bool {
        self.name == "scratch"
    }

    /// True for Alpine itself.
    #[must_use]
    pub fn is_alpine(&self) -> bool {
        matches!(self.repository.as_str(), "alpine" | "library/alpine")
    }

    /// True for Debian or Ubuntu without packages of others.
    #[must_use]
    pub fn is_plain_debian(&self) -> bool {
        self.is_one_of(&["debian"])
    }

    /// True for Ubuntu itself.
    #[must_use]
    pub fn is_ubuntu(&self) -> bool {
        self.is_one_of(&["ubuntu"])
    }

    /// True for an image of Docker's own registry.
    #[must_use]
    pub fn is_of_docker(&self) -> bool {
        self.name.strip_prefix("docker.io/").unwrap_or(&self.name).starts_with(&self.repository)
    }

    /// True for BusyBox itself.
    #[must_use]
    pub fn is_busybox(&self) -> bool {
        self.is_one_of(&["busybox"])
    }

    fn is_one_of(&self, names: &[&str]) -> bool {
        names.contains(&self.repository.trim_start_matches("library/"))
    }

    /// Its C library. None where the name does not tell.
    #[must_use]
    pub fn libc(&self) -> Option<Libc> {
        if self.is_scratch() {
            return Some(Libc::Nothing);
        }
        if self.is_go() {
            // Without a tag it is that of Debian; a digest alone may be any.
            return match self.is_go_on_alpine() {
                true => Some(Libc::Musl),
                false => (!self.tag.is_empty() || !self.name.contains('@')).then_some(Libc::Glibc),
            };
        }
        if self.is_alpine() {
            return Some(Libc::Musl);
        }
        match self.repository.strip_prefix("distroless/") {
            Some(name) if name.starts_with("static") => return Some(Libc::Nothing),
            Some(name) if ["base", "cc"].iter().any(|known| name.starts_with(known)) => return Some(Libc::Glibc),
            _ => {}
        }
        match self.repository.as_str() {
            "chainguard/static" => Some(Libc::Nothing),
            "chainguard/glibc-dynamic" => Some(Libc::Glibc),
            _ => self.is_one_of(&GLIBC).then_some(Libc::Glibc),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_known_by_name() {
        for (name, libc) in [
            ("golang:1.26", Some(Libc::Glibc)),
            ("docker.io/library/golang:1.26-alpine3.22@sha256:ab", Some(Libc::Musl)),
            ("localhost:5000/golang:1.26-bookworm", Some(Libc::Glibc)),
            ("golang@sha256:ab", None),
            ("scratch", Some(Libc::Nothing)),
            ("alpine", Some(Libc::Musl)),
            ("gcr.io/distroless/static-debian12:nonroot", Some(Libc::Nothing)),
            ("gcr.io/distroless/base-debian12", Some(Libc::Glibc)),
            ("cgr.dev/chainguard/static:latest", Some(Libc::Nothing)),
            ("debian:bookworm-slim", Some(Libc::Glibc)),
            ("example.com/team/alpine:3", None),
            ("busybox", None),
            ("golang:1.26-windowsservercore", None),
            ("", None),
        ] {
            assert_eq!(Image::parse(name).libc(), libc, "{name}");
        }
        assert_eq!(Image::parse("golang:1.26.3-alpine").go_version(), Some("1.26.3"));
        assert_eq!(Image::parse("golang:alpine").go_version(), None);
        assert_eq!(Image::parse("golangci/golangci-lint:1.60").go_version(), None);
    }
}
