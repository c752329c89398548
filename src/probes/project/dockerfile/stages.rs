//! The stages of a Dockerfile: what each starts from, what it knows of
//! variables, what it runs and copies.

use super::image::Image;
use super::run::Run;
use super::scope::{Argument, Scope};

/// A Dockerfile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dockerfile {
    /// The stages, in order; the last one is what a build ends with.
    pub stages: Vec<Stage>,
}

/// What begins with a FROM line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// The FROM line, from 1.
    pub line: usize,
    /// Its name behind AS, in small letters.
    pub name: Option<String>,
    /// The value of `--platform`, as it stands there.
    pub platform: Option<String>,
    /// What it starts from.
    pub base: Base,
    /// The build arguments that the FROM line uses.
    pub arguments: Vec<Argument>,
    /// The build arguments that it declares, by line, from 1.
    pub declared: Vec<(usize, String)>,
    /// What it does, in order.
    pub steps: Vec<Step>,
    /// The variables at its end.
    pub scope: Scope,
}

/// What a stage starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// An earlier stage of the file, by its place among them.
    Stage(usize),
    /// An image.
    Image(Image),
    /// What the file alone does not tell.
    Unknown,
}

/// One thing that a stage does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// RUN.
    Run(Run),
    /// COPY or ADD.
    Copy(Copy),
}

/// A COPY or ADD instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// The line it begins on, from 1.
    pub line: usize,
    /// The earlier stage it copies from, by its place.
    pub from: Option<usize>,
    /// What it copies, and where to, as they stand there.
    pub words: Vec<String>,
}

impl Stage {
    /// The line, from 1, that says this word of the image's name: that of a
    /// build argument, or the FROM line.
    #[must_use]
    pub fn line_with(&self, word: &str) -> usize {
        let says = |argument: &&Argument| argument.default.split('-').next() == Some(word);
        self.arguments.iter().find(says).map_or(self.line, |argument| argument.line)
    }
}

impl Dockerfile {
    /// The image that a stage comes from in the end.
    #[must_use]
    pub fn image<'a>(&'a self, stage: &'a Stage) -> Option<&'a Image> {
        let mut base = &stage.base;
        // A stage starts from an earlier one, so this ends.
        loop {
            match base {
                Base::Image(image) => return Some(image),
                Base::Unknown => return None,
                Base::Stage(place) => base = &self.stages.get(*place)?.base,
            }
        }
    }

    /// What COPY calls a stage by: its name, or its place.
    #[must_use]
    pub fn name_of(&self, stage: &Stage) -> String {
        let place = || self.stages.iter().position(|known| known.line == stage.line).unwrap_or_default().to_string();
        stage.name.clone().unwrap_or_else(place)
    }

    /// A stage with those it starts from, the outermost first.
    #[must_use]
    pub fn line_of(&self, stage: &Stage) -> Vec<&Stage> {
        let mut line = match stage.base {
            Base::Stage(place) => self.stages.get(place).map(|base| self.line_of(base)).unwrap_or_default(),
            Base::Image(_) | Base::Unknown => Vec::new(),
        };
        line.extend(self.stages.iter().find(|known| known.line == stage.line));
        line
    }
}
