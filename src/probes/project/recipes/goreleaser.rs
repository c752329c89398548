//! The configuration of GoReleaser: what it builds, and for which platforms.

use super::yaml::Node;
use super::{Build, BuildCompiler, BuildFlags, BuildPlatform, RecipeFile, Told};

/// The names that GoReleaser looks for, in its order.
pub(super) const NAMES: [&str; 6] = [
    ".config/goreleaser.yml",
    ".config/goreleaser.yaml",
    ".goreleaser.yml",
    ".goreleaser.yaml",
    "goreleaser.yml",
    "goreleaser.yaml",
];

/// Its own choice of platforms.
const SYSTEMS: [&str; 3] = ["linux", "darwin", "windows"];
const ARCHITECTURES: [&str; 3] = ["386", "amd64", "arm64"];

/// Pairs of these that Go does not build for.
const NONE: [(&str, &str); 1] = [("darwin", "386")];

/// Words of a workflow that builds each platform on a machine of its own.
const ONE_BY_ONE: [&str; 2] = ["--single-target", "--split"];

/// The builds of a configuration.
pub(super) fn builds(file: &RecipeFile<'_>) -> Vec<Build> {
    let top = Node::parse(file.text);
    let is_go = |build: &&Node| build.get("builder").and_then(Node::text).is_none_or(|builder| builder == "go");
    let is_made = |build: &&Node| build.get("skip").and_then(Node::text).is_none_or(|skip| skip == "false");
    let builds = top.get("builds").map(Node::items).unwrap_or_default().iter().filter(is_go).filter(is_made);
    let is_one_by_one = is_one_by_one(file);
    builds.map(|build| read(file, &top, build, is_one_by_one)).collect()
}

fn read(file: &RecipeFile<'_>, top: &Node, build: &Node, is_one_by_one: bool) -> Build {
    let text = |key: &str| build.get(key).and_then(Node::text).unwrap_or_default();
    let words = |key: &str| {
        let items = build.get(key).map(Node::items).unwrap_or_default();
        items.iter().filter_map(Node::text).collect::<Vec<_>>()
    };
    let set = |name: &str| variable(build, name).or_else(|| variable(top, name));
    let told =
        |(value, line): (String, usize)| (!value.contains("{{")).then(|| Told { value, place: file.evidence(line) });
    let is_chosen =
        is_one_by_one || set("CC").is_some() || build.get("partial").is_some() || top.get("partial").is_some();
    let platforms = platforms(build).into_iter().map(|(goos, goarch)| {
        let compiler = if is_chosen || is_overridden(build, &goos, &goarch) {
            BuildCompiler::Chosen
        } else {
            BuildCompiler::Default
        };
        BuildPlatform { goos, goarch, compiler }
    });
    let id = text("id");
    let name = [id, text("binary"), "build"].into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    let flags = words("flags").join(" ");
    let mode = flags
        .split(' ')
        .find_map(|flag| flag.trim_start_matches('-').strip_prefix("buildmode="))
        .unwrap_or(text("buildmode"));
    Build {
        file: file.name.clone(),
        name: name.to_owned(),
        folder: file.folder(text("dir"), text("main")),
        platforms: platforms.collect(),
        cgo: set("CGO_ENABLED").and_then(told),
        flags: BuildFlags::new(&words("ldflags").join(" "), &words("tags").join(","), mode),
        place: file.evidence(build.line),
    }
}

/// A variable of a list of `NAME=value`, with its line.
fn variable(node: &Node, name: &str) -> Option<(String, usize)> {
    let items = node.get("env").map(Node::items).unwrap_or_default();
    let found =
        items.iter().rev().find_map(|item| Some((item.text()?.strip_prefix(name)?.strip_prefix('=')?, item.line)));
    found.map(|(value, line)| (value.to_owned(), line))
}

/// The platforms of a build, each once. None where templates decide.
fn platforms(build: &Node) -> Vec<(String, String)> {
    let list = |key: &str, default: &[&str]| -> Vec<String> {
        let items = build.get(key).map(Node::items).unwrap_or_default();
        let items: Vec<String> = items.iter().filter_map(Node::text).map(str::to_owned).collect();
        if items.is_empty() { default.iter().map(|word| (*word).to_owned()).collect() } else { items }
    };
    let targets = list("targets", &[]);
    let named = targets.iter().filter_map(|target| {
        let mut words = target.split('_');
        Some((words.next()?.to_owned(), words.next()?.to_owned()))
    });
    let mut found: Vec<(String, String)> = if targets.is_empty() {
        let architectures = list("goarch", &ARCHITECTURES);
        list("goos", &SYSTEMS)
            .into_iter()
            .flat_map(|goos| architectures.iter().map(move |goarch| (goos.clone(), goarch.clone())))
            .collect()
    } else {
        named.filter(|(goos, _)| goos != "go").collect()
    };
    let ignored = build.get("ignore").map(Node::items).unwrap_or_default();
    let is_ignored = |(goos, goarch): &(String, String)| ignored.iter().any(|one| matches(one, goos, goarch));
    found.retain(|pair| {
        !is_ignored(pair) && !NONE.contains(&(&pair.0, &pair.1)) && !pair.0.contains('{') && !pair.1.contains('{')
    });
    found.sort();
    found.dedup();
    found
}

fn matches(node: &Node, goos: &str, goarch: &str) -> bool {
    let is = |key: &str, value: &str| node.get(key).and_then(Node::text).is_none_or(|own| own == value);
    (node.get("goos").is_some() || node.get("goarch").is_some()) && is("goos", goos) && is("goarch", goarch)
}

/// True when the environment of this platform names a C compiler.
fn is_overridden(build: &Node, goos: &str, goarch: &str) -> bool {
    let overrides = build.get("overrides").map(Node::items).unwrap_or_default();
    overrides.iter().any(|one| {
        matches(one, goos, goarch) && (variable(one, "CC").is_some() || variable(one, "CGO_ENABLED").is_some())
    })
}

/// True when what calls GoReleaser has it build for one platform at a time.
fn is_one_by_one(file: &RecipeFile<'_>) -> bool {
    let workflows = file.host.read_dir(&file.root.join(".github/workflows")).unwrap_or_default();
    let others = [".gitlab-ci.yml", "Makefile", "Taskfile.yml"].map(|name| file.root.join(name));
    let paths = workflows.into_iter().map(|entry| entry.path).chain(others);
    paths
        .filter_map(|path| file.host.read_text(&path).ok())
        .any(|text| text.contains("goreleaser") && ONE_BY_ONE.iter().any(|word| text.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<String> {
        let top = Node::parse(text);
        platforms(&top).into_iter().map(|(goos, goarch)| format!("{goos}/{goarch}")).collect()
    }

    #[test]
    fn platforms_are_those_of_the_lists() {
        assert_eq!(
            named("goos: [linux, windows]\ngoarch:\n- amd64\n- arm64\nignore:\n- goos: windows\n  goarch: arm64\n"),
            ["linux/amd64", "linux/arm64", "windows/amd64"]
        );
        assert_eq!(named("targets: [linux_amd64_v1, linux_amd64_v2, go_first_class]"), ["linux/amd64"]);
        assert_eq!(named("id: x").len(), 8);
        assert_eq!(named("goos: linux\ngoarch: '{{ .Env.ARCH }}'"), Vec::<String>::new());
    }

    #[test]
    fn the_last_of_a_variable_wins() {
        let node = Node::parse("env:\n- CGO_ENABLED=0\n- CGO_ENABLED=1\n- X\n");
        assert_eq!(variable(&node, "CGO_ENABLED"), Some(("1".into(), 3)));
        assert_eq!((variable(&node, "CC"), variable(&node, "X")), (None, None));
        let node = Node::parse("overrides:\n- goos: linux\n  goarch: arm64\n  env:\n  - CC=aarch64-linux-gnu-gcc\n");
        assert!(is_overridden(&node, "linux", "arm64") && !is_overridden(&node, "linux", "amd64"));
    }
}
