//! Commands of build files that build for a platform with cgo.

use super::c_command::CCommand;
use crate::model::Target;
use crate::probes::project::{Command, commands, whole_lines};

/// A command that builds with cgo, and names the target and the compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recipe {
    /// The line, from 1.
    pub(super) line: usize,
    /// What it builds for.
    pub(super) platform: Target,
    /// The compiler that it names.
    pub(super) compiler: CCommand,
}

/// Words of files whose commands may run elsewhere than on this machine.
const ELSEWHERE: [&str; 9] = [
    "docker run",
    "docker exec",
    "docker compose",
    "docker-compose",
    "podman run",
    "nerdctl run",
    "goreleaser-cross",
    "fyne-cross",
    "xgo",
];

/// The commands of a Makefile or script that set CGO_ENABLED=1 and a compiler
/// for one build: `CGO_ENABLED=1 GOARCH=arm64 CC=aarch64-linux-gnu-gcc go
/// build`. None of a file that runs commands in containers. `own` stands for
/// what a command does not say.
pub(super) fn recipes(text: &str, own: &Target) -> Vec<Recipe> {
    if ELSEWHERE.iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for line in whole_lines(text) {
        // What variables hold may be set elsewhere too.
        let script = line.script(str::to_owned);
        found.extend(commands(&script).iter().filter_map(|command| recipe(line.number(), command, own)));
    }
    found
}

fn recipe(line: usize, command: &Command, own: &Target) -> Option<Recipe> {
    let words = &command.words;
    let go = words.windows(2).position(|pair| is_go(&pair[0]) && matches!(pair[1].as_str(), "build" | "install"))?;
    let set = |name: &str| {
        // Behind a key of YAML, settings are words.
        let behind = words[..go].iter().rev().filter_map(|word| word.split_once('='));
        let before = command.variables.iter().rev().map(|(known, value)| (known.as_str(), value.as_str()));
        behind.chain(before).find(|(known, _)| *known == name).map(|(_, value)| value)
    };
    let of_target = |name: &str, own: &str| match set(name) {
        Some(value) => (!value.contains('$')).then(|| value.to_owned()),
        None => Some(own.to_owned()),
    };
    let compiler = set("CC").filter(|value| !value.contains('$'))?;
    let platform = Target::new(of_target("GOOS", &own.goos)?, of_target("GOARCH", &own.goarch)?);
    let is_cross = set("CGO_ENABLED") == Some("1") && platform != *own;
    is_cross.then_some(Recipe { line, platform, compiler: CCommand::parse(compiler)? })
}

/// `go`, a path to it, or a variable that holds one.
fn is_go(word: &str) -> bool {
    word == "go"
        || word.ends_with("/go")
        || ["$(GO", "${GO", "$GO", "{{.GO"].iter().any(|start| word.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, String, String)> {
        let own = Target::new("linux", "amd64");
        let found = recipes(text, &own).into_iter();
        found.map(|it| (it.line, it.platform.to_string(), it.compiler.program)).collect()
    }

    #[test]
    fn commands_that_name_target_and_compiler_are_found() {
        for (text, line, platform, compiler) in [
            (
                "arm:\n\t@CGO_ENABLED=1 GOOS=linux GOARCH=arm64 CC=aarch64-linux-gnu-gcc $(GO) build ./...\r\n",
                2,
                "linux/arm64",
                "aarch64-linux-gnu-gcc",
            ),
            (
                "win:\n\tcd cmd && env GOOS=windows \\\n\t  CGO_ENABLED=1 CC=\"x86_64-w64-mingw32-gcc -O2\" \\\n\t  go build\n",
                2,
                "windows/amd64",
                "x86_64-w64-mingw32-gcc",
            ),
            ("    - cmd: CC='zig cc' CGO_ENABLED=1 GOARCH=arm /usr/local/go/bin/go install .\n", 1, "linux/arm", "zig"),
        ] {
            assert_eq!(read(text), [(line, platform.to_owned(), compiler.to_owned())], "{text}");
        }
    }

    #[test]
    fn what_is_not_certain_does_not_count() {
        for text in [
            "CGO_ENABLED=1 GOARCH=arm64 CC=$(CROSS)gcc go build\n",
            "CGO_ENABLED=1 GOARCH=$(ARCH) CC=aarch64-linux-gnu-gcc go build\n",
            "GOARCH=arm64 CC=aarch64-linux-gnu-gcc go build\n",
            "CGO_ENABLED=0 GOARCH=arm64 CC=aarch64-linux-gnu-gcc go build\n",
            "CGO_ENABLED=1 GOARCH=arm64 go build\n",
            "CGO_ENABLED=1 GOARCH=amd64 CC=gcc go build\n",
            "# CGO_ENABLED=1 GOARCH=arm64 CC=aarch64-linux-gnu-gcc go build\n",
            "CGO_ENABLED=1 GOARCH=arm64 CC=aarch64-linux-gnu-gcc go vet\n",
            "CGO_ENABLED=1 GOARCH=arm64 CC=aarch64-linux-gnu-gcc; go build\n",
            "in:\n\tdocker run img make arm\narm:\n\tCGO_ENABLED=1 GOARCH=arm64 CC=aarch64-linux-gnu-gcc go build\n",
            "CGO_ENABLED=1 GOARCH=arm64 CC='aarch64 go build",
            "\\\n\\\n\u{fffd}=;;&&||\"'",
            "",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
