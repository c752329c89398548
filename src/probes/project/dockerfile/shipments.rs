//! Programs that a Dockerfile builds in one stage and runs in another.

use super::run::Run;
use super::stages::{Base, Copy, Dockerfile, Stage, Step};
use crate::probes::project::script::GoCall;

/// A program on its way from the stage that builds it to the image that it
/// runs in.
#[derive(Debug, Clone, Copy)]
pub struct Shipment<'a> {
    /// The stage that builds.
    pub builder: &'a Stage,
    /// The instruction that builds.
    pub run: &'a Run,
    /// The call in it.
    pub call: &'a GoCall,
    /// What copies the program.
    pub copy: &'a Copy,
    /// The stage that it runs in.
    pub target: &'a Stage,
}

impl Shipment<'_> {
    /// What is copied, and where to, for a name that stays the same.
    #[must_use]
    pub fn copied(&self) -> String {
        self.copy.words.join(" ")
    }
}

impl Dockerfile {
    /// The programs that are built in one stage and copied into one that
    /// nothing else is made from, as far as their names tell.
    #[must_use]
    pub fn shipments(&self) -> Vec<Shipment<'_>> {
        let mut found = Vec::new();
        for (_, target) in self.stages.iter().enumerate().filter(|(place, _)| self.is_leaf(*place)) {
            for copy in copies(target) {
                let Some(builder) = copy.from.and_then(|from| self.stages.get(from)) else { continue };
                let sources = copy.words.split_last().map_or(&[][..], |(_, sources)| sources);
                let built = self.line_of(builder).into_iter().flat_map(calls);
                let last =
                    built.filter(|(_, call)| call.builds() && sources.iter().any(|source| makes(call, source))).last();
                found.extend(last.map(|(run, call)| Shipment { builder, run, call, copy, target }));
            }
        }
        found
    }

    /// Everything that a stage and those that it starts from run, as it
    /// stands there.
    #[must_use]
    pub fn scripts(&self, stage: &Stage) -> String {
        let runs = self.line_of(stage).into_iter().flat_map(runs).map(|run| run.script.as_str());
        runs.collect::<Vec<_>>().join("\n")
    }

    /// The calls of Go of a stage and of those that it starts from, in order.
    #[must_use]
    pub fn calls(&self, stage: &Stage) -> Vec<(&Run, &GoCall)> {
        self.line_of(stage).into_iter().flat_map(calls).collect()
    }

    /// Everything that a stage and those that it starts from copy.
    #[must_use]
    pub fn copies(&self, stage: &Stage) -> Vec<&Copy> {
        self.line_of(stage).into_iter().flat_map(copies).collect()
    }

    /// True when no other stage starts from this one or copies from it.
    fn is_leaf(&self, place: usize) -> bool {
        !self
            .stages
            .iter()
            .any(|stage| stage.base == Base::Stage(place) || copies(stage).any(|copy| copy.from == Some(place)))
    }
}

fn copies(stage: &Stage) -> impl Iterator<Item = &Copy> {
    stage.steps.iter().filter_map(|step| match step {
        Step::Copy(copy) => Some(copy),
        Step::Run(_) => None,
    })
}

fn runs(stage: &Stage) -> impl Iterator<Item = &Run> {
    stage.steps.iter().filter_map(|step| match step {
        Step::Run(run) => Some(run),
        Step::Copy(_) => None,
    })
}

fn calls(stage: &Stage) -> impl Iterator<Item = (&Run, &GoCall)> {
    runs(stage).flat_map(|run| run.calls.iter().map(move |call| (run, call)))
}

/// True when this call makes the file that is copied.
fn makes(call: &GoCall, source: &str) -> bool {
    let name = |path: &str| path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    if source.contains(['$', '*']) {
        return call.flag("o") == Some(source);
    }
    match call.flag("o") {
        // A folder: the program's name follows from its package.
        Some(out) if out.ends_with('/') => source.trim_end_matches('/').starts_with(out.trim_end_matches('/')),
        Some(out) => !out.is_empty() && name(out) == name(source),
        None if call.verb == "install" => source.starts_with("/go/bin/"),
        None => {
            matches!(call.packages().as_slice(), [package] if !package.ends_with("...") && name(package) == name(source))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped(text: &str) -> Vec<(usize, usize, usize)> {
        let file = Dockerfile::parse(text).expect("it can be read");
        file.shipments().iter().map(|it| (it.call.line, it.copy.line, it.target.line)).collect()
    }

    #[test]
    fn a_program_is_followed_to_the_last_image() {
        let text = "FROM golang AS build\nRUN go build -o /out/app ./cmd/app\nFROM alpine AS pack\nCOPY --from=build /out/app /x\nFROM scratch\nCOPY --from=build /out/app /app\n";
        assert_eq!(shipped(text), [(2, 4, 3), (2, 6, 5)]);
        assert_eq!(shipped(&format!("{text}COPY --from=pack /x /y\n")), [(2, 6, 5)]);
        assert_eq!(
            shipped(
                "FROM golang AS b\nRUN go build -o app .\nFROM b AS c\nRUN x\nFROM scratch\nCOPY --from=c /src/app /"
            ),
            [(2, 6, 5)]
        );
        assert_eq!(
            shipped(
                "FROM golang AS b\nRUN go install ./...\nRUN go build -o bin/ ./...\nFROM x\nCOPY --from=b /go/bin/app /\nCOPY --from=b bin/app /"
            ),
            [(2, 5, 4), (3, 6, 4)]
        );
    }

    #[test]
    fn other_files_are_not_programs() {
        assert!(shipped("FROM golang AS b\nRUN go build -o /app .\nFROM scratch\nCOPY --from=b /etc/ssl/certs/ca.crt /\nCOPY app /").is_empty());
        assert!(shipped("FROM golang AS b\nRUN go build\nFROM scratch\nCOPY --from=b /app /").is_empty());
        assert!(shipped("FROM golang\nRUN go build -o /app\nCMD /app").is_empty());
    }
}
