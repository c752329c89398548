//! From the instructions of a Dockerfile to its stages.

use super::image::Image;
use super::instructions::{Instruction, instructions};
use super::run::Run;
use super::scope::Scope;
use super::stages::{Base, Copy, Dockerfile, Stage, Step};
use crate::probes::project::script::raw_words;

impl Dockerfile {
    /// Reads a file. None for one that Docker refuses, or that is written for
    /// another front end than Docker's own.
    #[must_use]
    pub fn parse(text: &str) -> Option<Dockerfile> {
        let mut file = Dockerfile::default();
        let mut global = Scope::default();
        for instruction in instructions(text)? {
            if instruction.verb == "FROM" {
                let stage = file.stage(&instruction, &global)?;
                file.stages.push(stage);
            } else if !file.stages.is_empty() {
                file.step(&instruction, &global);
            } else if instruction.verb == "ARG" {
                let empty = Scope::default();
                for (_, word) in raw_words(instruction.text.as_str()) {
                    global.argument(word, instruction.line, &empty);
                }
            } else {
                return None;
            }
        }
        Some(file)
    }

    fn stage(&self, from: &Instruction, global: &Scope) -> Option<Stage> {
        let words: Vec<&str> = raw_words(from.text.as_str()).into_iter().map(|(_, word)| word).collect();
        let flags = words.iter().take_while(|word| word.starts_with("--"));
        let platform = flags.clone().find_map(|word| word.strip_prefix("--platform=")).map(str::to_owned);
        let (image, rest) = words.get(flags.count()..)?.split_first()?;
        let name = match rest {
            [word, name] if word.eq_ignore_ascii_case("as") => Some(name.to_ascii_lowercase()),
            _ => None,
        };
        let expanded = global.expand(image);
        let arguments = global.used_in(image);
        let base = match expanded {
            None => Base::Unknown,
            Some(image) => self.named(&image).map_or_else(|| Base::Image(Image::parse(&image)), Base::Stage),
        };
        let scope = match base {
            Base::Stage(place) => self.stages.get(place).map(|stage| stage.scope.clone()).unwrap_or_default(),
            Base::Image(_) | Base::Unknown => Scope::default(),
        };
        let (declared, steps) = (Vec::new(), Vec::new());
        Some(Stage { line: from.line, name, platform, base, arguments, declared, steps, scope })
    }

    /// The place of the stage with this name.
    fn named(&self, name: &str) -> Option<usize> {
        self.stages
            .iter()
            .rposition(|stage| stage.name.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(name)))
    }

    fn step(&mut self, instruction: &Instruction, global: &Scope) {
        let copy = matches!(instruction.verb.as_str(), "COPY" | "ADD").then(|| self.copy(instruction));
        let Some(stage) = self.stages.last_mut() else { return };
        let text = instruction.text.as_str();
        match instruction.verb.as_str() {
            "ARG" => {
                for (_, word) in raw_words(text) {
                    stage.scope.argument(word, instruction.line, global);
                    let name = word.split('=').next().unwrap_or(word).to_owned();
                    stage.declared.push((instruction.line, name));
                }
            }
            "ENV" => stage.scope.environment(text, instruction.line),
            "RUN" => stage.steps.push(Step::Run(Run::read(instruction, &stage.scope))),
            _ => stage.steps.extend(copy.map(Step::Copy)),
        }
    }

    fn copy(&self, instruction: &Instruction) -> Copy {
        let text = instruction.text.as_str();
        let raw: Vec<&str> = raw_words(text).into_iter().map(|(_, word)| word).collect();
        let flags = raw.iter().take_while(|word| word.starts_with("--"));
        let from = flags.clone().find_map(|word| word.strip_prefix("--from="));
        let from = from.and_then(|name| self.named(name).or_else(|| name.parse().ok()));
        let count = flags.count();
        let rest = raw.get(count..).unwrap_or_default();
        let words = match rest.first() {
            Some(first) if first.starts_with('[') => serde_json::from_str(&rest.join(" ")).unwrap_or_default(),
            _ => rest.iter().map(|word| word.trim_matches(['"', '\'']).to_owned()).collect(),
        };
        Copy { line: instruction.line, from: from.filter(|place| *place < self.stages.len()), words }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Unknown;
    use super::*;
    use crate::probes::project::GoCall;

    fn read(text: &str) -> Dockerfile {
        Dockerfile::parse(text).expect("it can be read")
    }

    fn first_call(file: &Dockerfile, stage: usize) -> (&Run, &GoCall) {
        let runs = file.stages[stage].steps.iter().filter_map(|step| match step {
            Step::Run(run) => Some(run),
            Step::Copy(_) => None,
        });
        runs.flat_map(|run| run.calls.iter().map(move |call| (run, call))).next().expect("a call of Go")
    }

    #[test]
    fn stages_start_from_images_and_from_stages() {
        let file = read(
            "ARG GO=1.26\nARG BASE\nFROM --platform=$BUILDPLATFORM golang:${GO}-alpine AS Base\nFROM base as build\nFROM $BASE\nFROM scratch\nCOPY --chown=1 --from=build /a /b\nCOPY --from=0 [\"/a b\", \"/c\"]\nCOPY --from=nginx:1 /x /y\n",
        );
        let images: Vec<_> =
            file.stages.iter().map(|stage| file.image(stage).map(|image| image.name.as_str())).collect();
        assert_eq!(images, [Some("golang:1.26-alpine"), Some("golang:1.26-alpine"), None, Some("scratch")]);
        assert_eq!(file.stages[0].platform.as_deref(), Some("$BUILDPLATFORM"));
        assert_eq!(file.stages[0].line_with("1.26"), 1);
        assert_eq!(file.stages[0].line_with("1.2"), 3);
        let copies = file.stages[3].steps.iter().map(|step| match step {
            Step::Copy(copy) => (copy.from, copy.words.join("|")),
            Step::Run(_) => (None, "RUN".into()),
        });
        assert_eq!(
            copies.collect::<Vec<_>>(),
            [(Some(1), "/a|/b".into()), (Some(0), "/a b|/c".into()), (None, "/x|/y".into())]
        );
    }

    #[test]
    fn variables_have_their_scope() {
        let file = read(
            "ARG CGO=0\nFROM a AS one\nENV CGO_ENABLED=1 B=$CGO_ENABLED\nRUN go build\nFROM one\nARG CGO_ENABLED=0\nARG CGO\nARG OTHER\nRUN export GOOS=linux GOARCH=$OTHER && X=$CGO Y=$NO Z=$OTHER go build\n",
        );
        let (run, call) = first_call(&file, 1);
        let value = |name| run.value(call, name);
        assert_eq!(value("CGO_ENABLED"), Ok(Some("1".into())));
        assert_eq!(value("X"), Ok(Some("0".into())));
        assert_eq!((value("Y"), value("Z"), value("B")), (Err(Unknown), Err(Unknown), Err(Unknown)));
        assert_eq!((value("GOOS"), value("GOARCH")), (Ok(Some("linux".into())), Err(Unknown)));
        assert_eq!(value("GOFLAGS"), Ok(None));
        let file = read("FROM a\nENV CGO_ENABLED 0\nARG X\nENV A=1 \\\n B=2\nRUN [\"go\", \"build\"]");
        let (run, call) = first_call(&file, 0);
        assert_eq!(run.value(call, "CGO_ENABLED"), Ok(Some("0".into())));
        assert_eq!(run.value(call, "B"), Ok(Some("2".into())));
    }

    #[test]
    fn calls_of_go_are_found_where_they_stand() {
        let file = read(
            "FROM a\nRUN --mount=type=cache,target=/x \\\n  cd y && \\\n  go build -o /z .\nRUN <<EOF\nset -e\ngo test ./...\nEOF\nRUN cat <<EOF > /build.sh\ngo install\nEOF\nONBUILD RUN go generate\n",
        );
        let calls: Vec<_> = file.stages[0]
            .steps
            .iter()
            .flat_map(|step| match step {
                Step::Run(run) => run.calls.iter().map(|call| (call.line, call.verb.as_str())).collect(),
                Step::Copy(_) => Vec::new(),
            })
            .collect();
        assert_eq!(calls, [(4, "build"), (7, "test")]);
    }

    #[test]
    fn what_docker_refuses_is_nothing() {
        assert_eq!(Dockerfile::parse("RUN x\nFROM a"), None);
        assert_eq!(Dockerfile::parse("FROM"), None);
        assert_eq!(Dockerfile::parse("FROM --platform=x"), None);
        assert_eq!(read("# nothing\n").stages, []);
        read("FROM a\nCOPY --from=7\nCOPY\nENV\nARG\nENV A\nRUN\nRUN [\nFROM b AS\n");
    }
}
