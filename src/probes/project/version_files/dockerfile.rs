//! The Go that a Dockerfile starts from: `FROM golang:1.26-alpine`.

use crate::probes::project::{Base, Dockerfile};

/// The lines that name a Go image's version, from 1, with the version.
pub(super) fn versions(text: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for stage in Dockerfile::parse(text).unwrap_or_default().stages {
        let Base::Image(image) = &stage.base else { continue };
        let Some(version) = image.go_version() else { continue };
        if !found.iter().any(|(_, known)| known == version) {
            found.push((stage.line_with(version), version.to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, String)> {
        versions(text)
    }

    #[test]
    fn images_are_found_in_any_registry() {
        assert_eq!(read("FROM golang:1.26-alpine AS build\nFROM alpine:3.20\n"), [(1, "1.26".into())]);
        assert_eq!(
            read("# FROM golang:1.1\nfrom --platform=$BUILDPLATFORM docker.io/library/golang:1.25.3@sha256:ab AS b\n"),
            [(2, "1.25.3".into())]
        );
        assert_eq!(read("FROM mirror.example:5000/golang:1.24\nFROM golang:1.24-bookworm"), [(1, "1.24".into())]);
    }

    #[test]
    fn build_arguments_have_their_default() {
        assert_eq!(read("ARG GO_VERSION=1.22.3\nFROM golang:${GO_VERSION}-alpine\n"), [(1, "1.22.3".into())]);
        assert_eq!(read("ARG GO=\"1.22\"\nFROM golang:$GO\n"), [(1, "1.22".into())]);
        assert!(read("ARG GO\nFROM golang:${GO}\n").is_empty());
    }

    #[test]
    fn other_images_are_no_go() {
        for other in [
            "FROM golang",
            "FROM golang:latest",
            "FROM golang:alpine",
            "FROM golangci/golangci-lint:v1.60",
            "FROM mygolang:1.2",
            "FROM",
            "ARG",
            "FROM localhost:5000/golang",
        ] {
            assert!(read(other).is_empty(), "{other}");
        }
    }
}
