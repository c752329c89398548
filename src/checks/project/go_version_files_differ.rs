//! The project's files name different Gos.

use crate::checks::Check;
use crate::model::{Class, Edit, Evidence, Finding, Fix, GoVersion, Layer, Outcome, Patch, Severity, Step};
use crate::probes::project::{Ask, Demand, GoMod, GoWork, Reader, VersionFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-version-files-differ",
    layer: Layer::Project,
    title: "The project's files agree on a Go",
    impact: "The project's files name different Gos",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &["dockerfile-go-older"],
    page: page!("project/go-version-files-differ"),
    rule: rule!(judge(VersionFiles, GoMod, GoWork)),
};

fn judge(files: &VersionFiles, module: &GoMod, work: &GoWork) -> Outcome {
    let demand = match Demand::of(module, work) {
        Ok(Some(demand)) => demand,
        Ok(None) => return Outcome::skipped("this folder is in no module"),
        Err(missing) => return missing.into(),
    };
    let findings: Vec<Finding> =
        too_old(files, &demand).into_iter().chain(pins_differ(files)).chain(ships_other(files)).collect();
    match &files.problem {
        Some(missing) if findings.is_empty() => missing.clone().into(),
        _ if files.asks.is_empty() => Outcome::skipped("only go.mod names a Go"),
        _ => findings.into(),
    }
}

/// Files that name a Go older than go.mod asks for.
fn too_old(files: &VersionFiles, demand: &Demand<'_>) -> Option<Finding> {
    let needed = demand.go_version()?;
    let line = demand.go?;
    let old: Vec<&Ask> = files.asks.iter().filter(|ask| ask.is_below(&needed)).collect();
    let first = old.first()?;
    let mut names: Vec<&str> = old.iter().map(|ask| file_name(ask)).collect();
    names.dedup();
    let summary = match names.as_slice() {
        [name] if old.len() == 1 => {
            format!("{name} asks for Go {}, and {} for {} or later", first.version, demand.file(), needed.bare())
        }
        names => format!("{} ask for a Go older than {} needs: {}", names.join(", "), demand.file(), needed.bare()),
    };
    let effects: Vec<&str> = [Reader::Manager, Reader::Image, Reader::Service]
        .into_iter()
        .filter(|reader| old.iter().any(|ask| ask.reader == *reader))
        .map(effect)
        .collect();
    Some(
        Finding::new("older-than-go-mod", Severity::Warning, summary)
            .detail(effects.join(" "))
            .evidence(demand.evidence(line))
            .evidences(old.iter().map(|ask| evidence(ask).expected(format!("{} or later", needed.bare()))))
            .explained_by(if old.iter().all(|ask| ask.reader == Reader::Image) {
                &["dockerfile-go-older"]
            } else {
                &[]
            })
            .fix(raise(&old, &needed)),
    )
}

/// What follows from a version that is too old, by who reads it.
fn effect(reader: Reader) -> &'static str {
    match reader {
        Reader::Manager => {
            "The version manager starts a Go that is too old here: it downloads another one for each command, or refuses where GOTOOLCHAIN is local."
        }
        Reader::Image => {
            "The golang images set GOTOOLCHAIN=local, so the image build ends with: go.mod requires go >= (running go; GOTOOLCHAIN=local)."
        }
        Reader::Service => {
            "The service tests with another Go than its file says, or stops, depending on its GOTOOLCHAIN."
        }
    }
}

/// Two version managers' files that no one Go can meet.
fn pins_differ(files: &VersionFiles) -> Option<Finding> {
    let pins: Vec<&Ask> = files.asks.iter().filter(|ask| ask.reader == Reader::Manager).collect();
    let (one, two) = contradiction(&pins, &pins)?;
    let summary = format!("{} names Go {}, {} names {}", file_name(one), one.version, file_name(two), two.version);
    Some(
        Finding::new("managers", Severity::Warning, summary)
            .detail("Which Go runs here depends on the version manager that somebody has.")
            .explained_by(&[])
            .evidence(evidence(one))
            .evidence(evidence(two)),
    )
}

/// What developers use and what the image is built with.
fn ships_other(files: &VersionFiles) -> Option<Finding> {
    let of = |reader| files.asks.iter().filter(|ask| ask.reader == reader).collect::<Vec<&Ask>>();
    let (pins, images) = (of(Reader::Manager), of(Reader::Image));
    let other_language = |one: &&Ask, two: &&Ask| one.language().zip(two.language()).is_some_and(|(a, b)| a != b);
    let (pin, image) =
        pins.iter().find_map(|pin| Some((pin, images.iter().find(|image| other_language(pin, image))?)))?;
    let summary = format!("{} names Go {}, the image is built with {}", file_name(pin), pin.version, image.version);
    Some(
        Finding::new("image", Severity::Info, summary)
            .detail("What is tried here is built with another Go when it is shipped. Nothing fails by itself.")
            .explained_by(&[])
            .evidence(evidence(pin))
            .evidence(evidence(image)),
    )
}

fn contradiction<'a>(ones: &[&'a Ask], twos: &[&'a Ask]) -> Option<(&'a Ask, &'a Ask)> {
    ones.iter().find_map(|one| Some((*one, *twos.iter().find(|two| one.contradicts(two))?)))
}

fn evidence(ask: &Ask) -> Evidence {
    Evidence::new(format!("{}:{}", ask.place.name, ask.place.line), ask.place.text.trim())
}

fn file_name(ask: &Ask) -> &str {
    ask.place.path.file_name().and_then(|name| name.to_str()).unwrap_or(&ask.place.name)
}

/// Raises each version to what go.mod asks for, as fully written as it was.
pub(super) fn raise(old: &[&Ask], needed: &GoVersion) -> Fix {
    let mut steps: Vec<Step> = Vec::new();
    for ask in old {
        let edit = Edit::ReplaceLine {
            line: ask.place.line,
            was: ask.place.text.clone(),
            with: ask.place.text.replacen(&ask.version, &raised(&ask.version, needed), 1),
        };
        let known = steps.iter_mut().find_map(|step| match step {
            Step::EditFile { path, edits } if *path == ask.place.path => Some(edits),
            _ => None,
        });
        match known {
            // Several versions on one line are one edit of it.
            Some(edits) => match edits.iter_mut().find(|other| is_at(other, ask.place.line)) {
                Some(Edit::ReplaceLine { with, .. }) => {
                    *with = with.replacen(&ask.version, &raised(&ask.version, needed), 1);
                }
                _ => edits.push(edit),
            },
            None => steps.push(Step::EditFile { path: ask.place.path.clone(), edits: vec![edit] }),
        }
    }
    Fix::new(
        format!("Write Go {} into {}", needed.bare(), if steps.len() == 1 { "it" } else { "them" }),
        Class::Review,
        steps,
    )
}

fn is_at(edit: &Edit, place: usize) -> bool {
    matches!(edit, Edit::ReplaceLine { line, .. } if *line == place)
}

/// `1.26` for `1.21`, `1.26.x` for `1.21.x`, `1.26.3` for `1.21.5`.
fn raised(version: &str, needed: &GoVersion) -> String {
    let (major, minor) = needed.language();
    let family = format!("{major}.{minor}");
    match version.rsplit_once('.') {
        Some((_, "x" | "*")) => format!("{family}{}", &version[version.len() - 2..]),
        _ if version.starts_with('~') => format!("~{family}"),
        _ if version.matches('.').count() < 2 && !version.contains("rc") => family,
        _ => match needed.patch {
            Patch::Release(_) => needed.bare().to_owned(),
            _ => format!("{family}.0"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_raised_in_its_own_form() {
        let needed = GoVersion::parse("1.26.3").unwrap();
        for (old, new) in
            [("1.21", "1.26"), ("1.21.x", "1.26.x"), ("~1.21", "~1.26"), ("1.21.5", "1.26.3"), ("1.21rc2", "1.26.3")]
        {
            assert_eq!(raised(old, &needed), new);
        }
        assert_eq!(raised("1.21.5", &GoVersion::parse("1.26").unwrap()), "1.26.0");
    }
}
