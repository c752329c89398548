//! The Go that a Dockerfile starts from: `FROM golang:1.26-alpine`.

/// The lines that name a Go image's version, from 1, with the version.
pub(super) fn versions(text: &str) -> Vec<(usize, String)> {
    let mut arguments: Vec<(String, String, usize)> = Vec::new();
    let mut found: Vec<(usize, String)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let mut words = line.split_whitespace();
        let Some(verb) = words.next() else { continue };
        if verb.eq_ignore_ascii_case("ARG") {
            if let Some((name, value)) = words.next().and_then(|word| word.split_once('=')) {
                arguments.push((name.to_owned(), value.trim_matches(['"', '\'']).to_owned(), index + 1));
            }
        } else if verb.eq_ignore_ascii_case("FROM")
            && let Some(image) = words.find(|word| !word.starts_with("--"))
            && let Some(tag) = golang_tag(image)
        {
            let (line, tag) = resolve(tag, &arguments).unwrap_or((index + 1, tag.to_owned()));
            let version = tag.split('-').next().unwrap_or_default();
            let is_version = version.starts_with(|c: char| c.is_ascii_digit());
            if is_version && !found.iter().any(|(_, known)| known == version) {
                found.push((line, version.to_owned()));
            }
        }
    }
    found
}

/// The tag of an image whose name is `golang`, in any registry.
fn golang_tag(image: &str) -> Option<&str> {
    let name = image.split('@').next()?;
    let (name, tag) = name.rsplit_once(':')?;
    (name.rsplit('/').next()? == "golang" && !tag.contains('/')).then_some(tag)
}

/// A tag that begins with a build argument, with that argument's default and
/// the line where it stands.
fn resolve(tag: &str, arguments: &[(String, String, usize)]) -> Option<(usize, String)> {
    let name = tag.strip_prefix('$')?;
    let (name, rest) = match name.strip_prefix('{') {
        Some(braced) => braced.split_once('}')?,
        None => name.split_at(name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(name.len())),
    };
    // `${NAME:-1.26}` has its default in itself.
    let name = name.split(':').next()?;
    let (_, value, line) = arguments.iter().rev().find(|(known, _, _)| known == name)?;
    Some((*line, format!("{value}{rest}")))
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
