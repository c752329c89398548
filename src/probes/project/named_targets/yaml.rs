//! Targets in YAML: the lists `goos` and `goarch` of goreleaser and of a
//! matrix, and `GOOS` and `GOARCH` of an environment. Only plain values count.

use super::{is_architecture, is_system};
use crate::model::Target;

/// What goreleaser builds for when it is not told.
const GORELEASER: (&[&str], &[&str]) = (&["linux", "darwin", "windows"], &["amd64", "arm64", "386"]);

/// The systems and architectures that stand in one place.
#[derive(Default)]
struct Block {
    /// The column of its keys, and the line of the first.
    at: Option<(usize, usize)>,
    goos: Vec<String>,
    goarch: Vec<String>,
    /// Whether it is taken from the others.
    is_taken_away: bool,
}

/// Which list a value belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Axis {
    Goos,
    Goarch,
}

struct Reader<'a> {
    own: &'a Target,
    is_goreleaser: bool,
    block: Block,
    found: Vec<(usize, Target)>,
    taken_away: Vec<Target>,
}

/// The targets with their lines, from 1. What is left open is that of this
/// machine, or goreleaser's own choice.
pub(super) fn targets(text: &str, own: &Target, is_goreleaser: bool) -> Vec<(usize, Target)> {
    let block = Block::default();
    let mut reader = Reader { own, is_goreleaser, block, found: Vec::new(), taken_away: Vec::new() };
    let mut list: Option<(Axis, usize)> = None;
    let mut taking_away: Option<usize> = None;
    for (index, line) in text.lines().enumerate() {
        let code = line.split(" #").next().unwrap_or_default();
        let bare = code.trim_start();
        if bare.is_empty() || bare.starts_with('#') {
            continue;
        }
        let mut column = code.len() - bare.len();
        if taking_away.is_some_and(|above| column < above || column == above && !bare.starts_with('-')) {
            taking_away = None;
        }
        let item = bare.strip_prefix("- ").map(str::trim_start);
        if let Some(item) = item {
            if let Some((axis, _)) = list.filter(|(_, above)| column >= *above && !item.contains(':')) {
                reader.value(axis, item);
                continue;
            }
            if let Some(target) = is_goreleaser.then(|| joined(item)).flatten() {
                reader.found.push((index + 1, target));
                continue;
            }
            reader.leave(column + 1);
            column += bare.len() - item.len();
        }
        list = None;
        reader.leave(column);
        let Some((key, value)) = item.unwrap_or(bare).split_once(':') else { continue };
        let axis = match key.trim().trim_matches(['"', '\'']) {
            "goos" | "GOOS" => Axis::Goos,
            "goarch" | "GOARCH" => Axis::Goarch,
            "ignore" | "exclude" => {
                taking_away = Some(column);
                continue;
            }
            _ => continue,
        };
        reader.begin(axis, column, index + 1, taking_away.is_some());
        match value.trim() {
            "" => list = Some((axis, column)),
            value => value.trim_matches(['[', ']']).split(',').for_each(|value| reader.value(axis, value)),
        }
    }
    reader.leave(0);
    reader.flush();
    let Reader { mut found, taken_away, .. } = reader;
    if is_goreleaser && found.is_empty() && text.lines().any(|line| line.trim_end() == "builds:") {
        let line = text.lines().position(|line| line.trim_end() == "builds:").unwrap_or_default() + 1;
        let (systems, architectures) = GORELEASER;
        found = product(systems, architectures).map(|target| (line, target)).collect();
    }
    found.retain(|(_, target)| !taken_away.contains(target));
    found
}

/// `linux_amd64`, `linux_amd64_v1`.
fn joined(item: &str) -> Option<Target> {
    let mut parts = item.trim().trim_matches(['"', '\'']).split('_');
    let (goos, goarch) = (parts.next()?, parts.next()?);
    (is_system(goos) && is_architecture(goarch)).then(|| Target::new(goos, goarch))
}

fn product<A: AsRef<str>, B: AsRef<str>>(systems: &[A], architectures: &[B]) -> impl Iterator<Item = Target> {
    let pair =
        |system: &A| architectures.iter().map(|one| Target::new(system.as_ref(), one.as_ref())).collect::<Vec<_>>();
    systems.iter().flat_map(pair).collect::<Vec<_>>().into_iter()
}

impl Reader<'_> {
    fn begin(&mut self, axis: Axis, column: usize, line: usize, is_taken_away: bool) {
        let is_there = match axis {
            Axis::Goos => !self.block.goos.is_empty(),
            Axis::Goarch => !self.block.goarch.is_empty(),
        };
        if is_there || self.block.at.is_some_and(|(at, _)| at != column) {
            self.flush();
        }
        self.block.at.get_or_insert((column, line));
        self.block.is_taken_away = is_taken_away;
    }

    fn value(&mut self, axis: Axis, value: &str) {
        let value = value.trim().trim_matches(['"', '\'']);
        match axis {
            Axis::Goos if is_system(value) => self.block.goos.push(value.to_owned()),
            Axis::Goarch if is_architecture(value) => self.block.goarch.push(value.to_owned()),
            _ => {}
        }
    }

    /// Ends the block when a key stands to the left of its own.
    fn leave(&mut self, column: usize) {
        if self.block.at.is_some_and(|(at, _)| column < at) {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let Block { at, mut goos, mut goarch, is_taken_away } = std::mem::take(&mut self.block);
        let Some((_, line)) = at.filter(|_| !goos.is_empty() || !goarch.is_empty()) else { return };
        let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let (systems, architectures) = GORELEASER;
        let own = self.own;
        if goos.is_empty() {
            goos = if self.is_goreleaser { owned(systems) } else { owned(&[&own.goos]) };
        }
        if goarch.is_empty() {
            goarch = if self.is_goreleaser { owned(architectures) } else { owned(&[&own.goarch]) };
        }
        let targets = product(&goos, &goarch);
        if is_taken_away {
            self.taken_away.extend(targets);
        } else {
            self.found.extend(targets.map(|target| (line, target)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, is_goreleaser: bool) -> Vec<String> {
        let own = Target::new("linux", "amd64");
        targets(text, &own, is_goreleaser).iter().map(|(line, target)| format!("{line} {target}")).collect()
    }

    #[test]
    fn goreleaser_builds_every_system_for_every_architecture() {
        let text = "version: 2\nbuilds:\n  - id: shop\n    env:\n      - CGO_ENABLED=0\n    goos:\n      - linux\n      - windows\n    goarch: [amd64, \"arm64\"]\n    ignore:\n      - goos: windows\n        goarch: arm64\n  - id: agent\n    targets:\n      - darwin_arm64\n      - linux_amd64_v1\narchives:\n  - id: x\n";
        assert_eq!(
            found(text, true),
            ["6 linux/amd64", "6 linux/arm64", "6 windows/amd64", "15 darwin/arm64", "16 linux/amd64"]
        );
    }

    #[test]
    fn goreleaser_has_its_own_choice() {
        assert_eq!(found("builds:\n  - main: ./cmd/shop\n", true).len(), 9);
        assert_eq!(
            found("builds:\n- goarch: [riscv64]\n", true),
            ["2 linux/riscv64", "2 darwin/riscv64", "2 windows/riscv64"]
        );
        assert_eq!(found("before:\n  hooks: []\n", true), Vec::<String>::new());
    }

    #[test]
    fn a_matrix_and_an_environment_name_targets() {
        let text = "jobs:\n  build:\n    strategy:\n      matrix:\n        goos: [linux, darwin]\n        goarch:\n        - amd64\n        - arm64\n        exclude:\n          - goarch: amd64\n            goos: darwin\n        include:\n          - goos: windows\n            goarch: 386\n    steps:\n      - env:\n          GOOS: ${{ matrix.goos }}\n          GOARCH: ${{ matrix.goarch }}\n      - env:\n          GOOS: freebsd\n";
        assert_eq!(
            found(text, false),
            ["5 linux/amd64", "5 linux/arm64", "5 darwin/arm64", "13 windows/386", "20 freebsd/amd64"]
        );
    }

    #[test]
    fn other_yaml_names_none() {
        for text in ["", ":\n- :\n-\n", "goos:\n", "goos: ${{ x }}\ngoarch: y\n", "- goos\n", "os: [linux]\n"] {
            assert_eq!(found(text, false), Vec::<String>::new(), "{text}");
        }
    }
}
