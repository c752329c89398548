//! The Go of a Dockerfile's image is older than the module needs.

use super::go_version_files_differ::raise;
use crate::checks::Check;
use crate::model::{Class, Evidence, Finding, GoVersion, Layer, Outcome, Patch, Severity};
use crate::probes::project::{Ask, Base, Directive, DockerfileAt, Dockerfiles, GoCall, GoMod, Place, Reader, Stage};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "dockerfile-go-older",
    layer: Layer::Project,
    title: "The Go of the images can build the module",
    impact: "The image cannot be built",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[],
    page: page!("project/dockerfile-go-older"),
    rule: rule!(judge(Dockerfiles, GoMod)),
};

/// The first Go that refuses modules for newer ones.
const REFUSES_SINCE: (u32, u32) = (1, 21);

fn judge(dockerfiles: &Dockerfiles, module: &GoMod) -> Outcome {
    let Some(module) = &module.found else { return Outcome::skipped("this folder is in no module") };
    let content = match &module.content {
        Ok(content) => content,
        Err(missing) => return missing.clone().into(),
    };
    let Some((go, needed)) = content.go.as_ref().and_then(|go| Some((go, GoVersion::parse(&go.value)?))) else {
        return Outcome::skipped("go.mod names no Go");
    };
    let mut findings = Vec::new();
    for file in &dockerfiles.files {
        let needs = Needs { file, module: &module.name, go, needed: &needed };
        findings.extend(file.content.stages.iter().filter_map(|stage| needs.finding(stage)));
    }
    dockerfiles.outcome(findings)
}

struct Needs<'a> {
    file: &'a DockerfileAt,
    module: &'a str,
    go: &'a Directive,
    needed: &'a GoVersion,
}

impl Needs<'_> {
    fn finding(&self, stage: &Stage) -> Option<Finding> {
        let Base::Image(image) = &stage.base else { return None };
        let version = image.go_version()?;
        let line = stage.line_with(version);
        let ask = self.ask(line, version);
        if !ask.is_below(self.needed) {
            return None;
        }
        let call = self.call(stage)?;
        let argument = stage.arguments.iter().find(|argument| argument.line == line && line != stage.line);
        let refuses = ask.language()? >= REFUSES_SINCE || self.needed.patch != Patch::Language;
        let severity = if argument.is_none() && refuses { Severity::Error } else { Severity::Warning };
        let (file, needed) = (self.file.file(), &self.go.value);
        let mut detail = match refuses {
            true => fails(&ask, needed),
            false => {
                format!("Where the code uses what came later, the build ends with: note: module requires Go {needed}")
            }
        };
        if let Some(argument) = argument {
            detail += &format!(" It is so unless --build-arg {}=… says otherwise.", argument.name);
        }
        let fix = ask.place.text.contains(version).then(|| raise(&[&ask], self.needed));
        Some(
            Finding::new(
                format!("{}:{version}", self.file.name),
                severity,
                format!("{file} builds with Go {version}, and go.mod asks for {needed} or later"),
            )
            .detail(detail)
            .evidence(self.file.evidence(line).expected(format!("{needed} or later")))
            .evidence(self.file.evidence(call.line))
            .evidence(Evidence::new(format!("{}:{}", self.module, self.go.line), self.go.text.trim()))
            .fixes(fix),
        )
    }

    fn ask(&self, line: usize, version: &str) -> Ask {
        let text = self.file.line(line).to_owned();
        let place = Place { path: self.file.path.clone(), name: self.file.name.clone(), line, text };
        Ask { reader: Reader::Image, place, version: version.to_owned() }
    }

    /// The first call of this stage that reads the module's go.mod, with the
    /// image's own GOTOOLCHAIN=local.
    fn call<'a>(&'a self, stage: &'a Stage) -> Option<&'a GoCall> {
        let content = &self.file.content;
        let on_it = |other: &&Stage| content.line_of(other).first().is_some_and(|first| first.line == stage.line);
        content.stages.iter().filter(on_it).find_map(|stage| self.call_in(stage))
    }

    fn call_in<'a>(&'a self, stage: &'a Stage) -> Option<&'a GoCall> {
        let content = &self.file.content;
        // Whatever was copied is another module unless all of it was.
        let is_root = |word: &String| matches!(word.as_str(), "." | "./" | "go.mod" | "./go.mod" | "go.*");
        let copied = content.copies(stage).iter().any(|copy| {
            copy.from.is_none() && copy.words.split_last().is_some_and(|(_, sources)| sources.iter().any(is_root))
        });
        let calls = content.calls(stage).into_iter().filter(|(run, call)| {
            call.reads_module()
                && (copied || run.script.contains("type=bind"))
                && !run.script.contains("cd ")
                && call.flag("C").is_none()
                && matches!(run.value(call, "GOTOOLCHAIN").as_ref().map(Option::as_deref), Ok(None | Some("local")))
        });
        calls.map(|(_, call)| call).next()
    }
}

/// What Go prints.
fn fails(ask: &Ask, needed: &str) -> String {
    if ask.language().is_some_and(|language| language < REFUSES_SINCE) {
        return format!(
            "The image build ends with: go: errors parsing go.mod: invalid go version '{needed}': must match format 1.23"
        );
    }
    let running = match ask.exact() {
        Some(version) => version.bare().to_owned(),
        None => format!("{}.…", ask.version),
    };
    format!(
        "The golang images set GOTOOLCHAIN=local, so no newer Go is fetched, and the image build ends with: go: go.mod requires go >= {needed} (running go {running}; GOTOOLCHAIN=local)"
    )
}
