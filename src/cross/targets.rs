//! Which targets are looked at, in which order.

use crate::model::{Missing, NamedTarget, Target};
use crate::probes::build::{PlatformClass, Platforms};
use crate::probes::project::NamedTargets;

/// Targets that many build for, besides those that a release of Go waits for.
const MORE: [(&str, &str); 3] = [("windows", "arm64"), ("freebsd", "amd64"), ("js", "wasm")];

/// The targets asked for, or else those that the project names, this machine,
/// and those that matter.
pub(super) fn targets(
    wanted: &[Target],
    own: &Target,
    named: &NamedTargets,
    platforms: &Platforms,
    go: &str,
) -> Result<Vec<NamedTarget>, Missing> {
    let mut targets: Vec<NamedTarget> = Vec::new();
    let mut add = |target: &Target, source: Option<&str>| {
        if !targets.iter().any(|known| known.target == *target) {
            let (target, source) = (target.clone(), source.map(str::to_owned));
            targets.push(NamedTarget { target, source, programs: Vec::new() });
        }
    };
    let source_of = |target: &Target| named.get(target).map(|named| named.source.as_str());
    if let Some(other) = wanted.iter().find(|target| platforms.get(target).is_none()) {
        return Err(Missing::absent(format!("{go} does not build for {other}{}", hint(other, platforms))));
    }
    wanted.iter().for_each(|target| add(target, source_of(target)));
    if wanted.is_empty() {
        named.list.iter().filter(|named| platforms.get(&named.target).is_some()).for_each(|named| {
            add(&named.target, Some(&named.source));
        });
        add(own, None);
        let first = platforms.list.iter().filter(|platform| platform.class == PlatformClass::First);
        first.for_each(|platform| add(&platform.target, None));
        for (goos, goarch) in MORE {
            let target = Target::new(goos, goarch);
            if platforms.get(&target).is_some() {
                add(&target, None);
            }
        }
    }
    Ok(targets)
}

/// What may have been meant.
fn hint(target: &Target, platforms: &Platforms) -> String {
    let text = target.to_string();
    let names = platforms.list.iter().map(|platform| platform.target.to_string());
    let near = names.map(|name| (strsim::damerau_levenshtein(&text, &name), name)).min();
    match near {
        Some((distance, name)) if distance <= 3 => format!(". Did you mean {name}?"),
        _ => "; go tool dist list names what it builds for".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probes::build::{CgoSupport, Platform};
    use crate::probes::project::NamedBy;

    fn platforms() -> Platforms {
        let platform =
            |text: &str, class| Platform { target: Target::parse(text).unwrap(), cgo: CgoSupport::There, class };
        use PlatformClass::{First, Other};
        Platforms {
            list: vec![
                platform("darwin/arm64", First),
                platform("linux/amd64", First),
                platform("linux/riscv64", Other),
                platform("js/wasm", Other),
            ],
        }
    }

    fn names(wanted: &[&str], named: &[&str]) -> Result<Vec<String>, String> {
        let target = |text: &&str| Target::parse(text).unwrap();
        let wanted: Vec<Target> = wanted.iter().map(target).collect();
        let named = named.iter().map(|text| NamedBy { target: target(text), source: "Makefile:1".into() }).collect();
        let own = Target::new("linux", "amd64");
        targets(&wanted, &own, &NamedTargets { list: named }, &platforms(), "go1.27.3")
            .map(|targets| targets.iter().map(|named| named.target.to_string()).collect())
            .map_err(|missing| missing.detail)
    }

    #[test]
    fn the_project_goes_first_and_what_is_asked_for_goes_alone() {
        assert_eq!(
            names(&[], &["linux/riscv64", "linux/amd64", "foo/bar"]).unwrap(),
            ["linux/riscv64", "linux/amd64", "darwin/arm64", "js/wasm"]
        );
        assert_eq!(names(&["js/wasm", "js/wasm"], &["linux/riscv64"]).unwrap(), ["js/wasm"]);
    }

    #[test]
    fn what_this_go_does_not_build_for_is_refused() {
        assert_eq!(
            names(&["linux/arm46"], &[]).unwrap_err(),
            "go1.27.3 does not build for linux/arm46. Did you mean linux/amd64?"
        );
        assert!(names(&["beos/ppc"], &[]).unwrap_err().contains("go tool dist list"));
    }
}
