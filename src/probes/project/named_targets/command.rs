//! Targets in command lines: `GOOS=linux GOARCH=arm64 go build`, `docker
//! buildx build --platform linux/amd64,linux/arm/v7`.

use super::{is_architecture, is_system};
use crate::model::Target;

/// The targets with their lines, from 1. What a line leaves open is that of
/// this machine.
pub(super) fn targets(text: &str, own: &Target) -> Vec<(usize, Target)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let code = line.trim_start();
        // `//` begins a comment of a magefile.
        if code.starts_with(['#', ';']) || code.starts_with("//") {
            continue;
        }
        let (mut goos, mut goarch) = (None, None);
        let mut flush = |goos: &mut Option<&str>, goarch: &mut Option<&str>| {
            if goos.is_some() || goarch.is_some() {
                let target = Target::new(goos.take().unwrap_or(&own.goos), goarch.take().unwrap_or(&own.goarch));
                found.push((index + 1, target));
            }
        };
        for word in
            code.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '\'' | '(' | ')' | '[' | ']'))
        {
            if let Some(value) = word.strip_prefix("GOOS=").filter(|value| is_system(value)) {
                if goos.is_some() {
                    flush(&mut goos, &mut goarch);
                }
                goos = Some(value);
            } else if let Some(value) = word.strip_prefix("GOARCH=").filter(|value| is_architecture(value)) {
                if goarch.is_some() {
                    flush(&mut goos, &mut goarch);
                }
                goarch = Some(value);
            } else if let Some((goos, goarch)) = pair(word.rsplit('=').next().unwrap_or_default()) {
                let (mut goos, mut goarch) = (Some(goos), Some(goarch));
                flush(&mut goos, &mut goarch);
            } else if word.starts_with("GOOS=") || word.starts_with("GOARCH=") {
                // A variable: which, nobody can tell from here.
                (goos, goarch) = (None, None);
                break;
            }
        }
        flush(&mut goos, &mut goarch);
    }
    found
}

/// `linux/arm64`, `linux/arm/v7`.
fn pair(word: &str) -> Option<(&str, &str)> {
    let mut parts = word.split('/');
    let (goos, goarch, rest) = (parts.next()?, parts.next()?, parts.next());
    let is_variant = rest.is_none_or(|rest| rest.len() == 2 && rest.starts_with('v'));
    (is_system(goos) && is_architecture(goarch) && is_variant && parts.next().is_none()).then_some((goos, goarch))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let own = Target::new("linux", "amd64");
        targets(text, &own).iter().map(|(line, target)| format!("{line} {target}")).collect()
    }

    #[test]
    fn settings_before_a_command_name_a_target() {
        assert_eq!(found("all:\n\tGOOS=windows GOARCH=386 go build\n"), ["2 windows/386"]);
        assert_eq!(
            found("RUN CGO_ENABLED=0 GOOS=linux go build\nENV GOARCH=arm64\n"),
            ["1 linux/amd64", "2 linux/arm64"]
        );
        assert_eq!(
            found("env GOOS=darwin GOARCH=arm64 go build; GOOS=darwin GOARCH=amd64 go build"),
            ["1 darwin/arm64", "1 darwin/amd64"]
        );
    }

    #[test]
    fn pairs_name_a_target() {
        assert_eq!(
            found(
                "docker buildx build --platform=linux/amd64,linux/arm/v7 .\nPLATFORMS := darwin/arm64 windows/amd64\n"
            ),
            ["1 linux/amd64", "1 linux/arm", "2 darwin/arm64", "2 windows/amd64"]
        );
    }

    #[test]
    fn variables_paths_and_comments_name_none() {
        for text in [
            "GOOS=$(OS) GOARCH=amd64 go build",
            "GOOS=${GOOS} GOARCH=${GOARCH} go build",
            "# GOOS=linux GOARCH=arm64",
            "cp bin/linux/amd64/shop linux/amd64/shop",
            "FROM --platform=$BUILDPLATFORM golang:1.26",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
