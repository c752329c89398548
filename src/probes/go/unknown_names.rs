use std::collections::BTreeSet;
use std::path::PathBuf;

use super::known_settings::known_settings;
use super::look_alike::look_alike;
use super::running::RunningGos;
use super::setting_names::SETTING_NAMES;
use super::settings::{EnvLine, Settings, View};
use crate::model::{Context, Missing};
use crate::probes::{Fact, Probing};

/// Names that are meant for Go, which knows no setting of that name. The
/// sources of Go are read only where there is such a name.
#[derive(Debug, Default)]
pub struct UnknownNames {
    /// The names, those of the environment first.
    pub found: Vec<UnknownName>,
    /// Why some name could not be judged.
    pub untold: Option<Missing>,
}

/// A name that is meant for Go, and unknown to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// The name.
    pub name: String,
    /// What it is set to.
    pub value: String,
    /// The setting that it looks like.
    pub meant: Option<&'static str>,
    /// Where it stands.
    pub place: NamePlace,
    /// The contexts that have it.
    pub contexts: Vec<Context>,
}

/// Where a name stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamePlace {
    /// In the environment.
    Environment,
    /// In the GOENV file.
    File {
        /// The file.
        path: PathBuf,
        /// The file for people.
        file: String,
        /// The line, from 1.
        line: usize,
    },
}

/// How many names of a settings file are looked at: one with more is none.
const MOST_NAMES: usize = 50;

impl Fact for UnknownNames {
    const ID: &'static str = "unknown-names";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let settings = probing.get::<Settings>()?;
        let mut candidates: Vec<UnknownName> = Vec::new();
        for (context, view) in settings.views() {
            for candidate in in_environment(view).into_iter().chain(in_file(view)) {
                let same = |other: &&mut UnknownName| {
                    (&other.name, &other.value, &other.place) == (&candidate.name, &candidate.value, &candidate.place)
                };
                match candidates.iter_mut().find(same) {
                    Some(known) => known.contexts.push(context),
                    None => candidates.push(UnknownName { contexts: vec![context], ..candidate }),
                }
            }
        }
        if candidates.is_empty() {
            return Ok(UnknownNames::default());
        }
        let running = probing.get::<RunningGos>()?;
        let mut unknown = UnknownNames::default();
        for candidate in candidates {
            // A context without any go has nothing to say about names.
            let gos = candidate.contexts.iter().map(|context| running.get(*context));
            let known = gos
                .filter(|go| !go.as_ref().is_err_and(Missing::is_absent))
                .map(|go| known_settings(probing.host(), &go?.root));
            match known.collect::<Result<Vec<BTreeSet<String>>, Missing>>() {
                Ok(known) if known.iter().any(|names| names.contains(&candidate.name)) => {}
                Ok(_) => unknown.found.push(candidate),
                Err(missing) => unknown.untold = Some(missing),
            }
        }
        Ok(unknown)
    }
}

/// Look-alikes in the environment. Where the right name is set too, the other
/// one is a helper of the user's own.
fn in_environment(view: &View) -> Vec<UnknownName> {
    let variables = view.environment().iter().filter(|(_, value)| !value.is_empty());
    let candidates = variables.filter_map(|(name, value)| {
        let meant = look_alike(name).filter(|meant| view.get(meant).is_none())?;
        Some(unknown(name, value, Some(meant), NamePlace::Environment))
    });
    candidates.collect()
}

/// Everything in the settings file is meant for Go. Of a name that stands
/// there twice, the last line counts.
fn in_file(view: &View) -> Vec<UnknownName> {
    let Some(path) = &view.file.path else { return Vec::new() };
    let is_candidate = |line: &&EnvLine| !SETTING_NAMES.contains(&line.name.as_str());
    let names: BTreeSet<&str> = view.file.lines.iter().filter(is_candidate).map(|line| line.name.as_str()).collect();
    let lines = names.into_iter().take(MOST_NAMES).filter_map(|name| view.file.get(name));
    let candidates = lines.map(|line| {
        let place = NamePlace::File { path: path.clone(), file: view.file.name.clone(), line: line.line };
        // Where the right name is set too, there is nothing to rename.
        let meant = look_alike(&line.name).filter(|meant| view.get(meant).is_none());
        unknown(&line.name, &line.value, meant, place)
    });
    candidates.collect()
}

fn unknown(name: &str, value: &str, meant: Option<&'static str>, place: NamePlace) -> UnknownName {
    UnknownName { name: name.to_owned(), value: value.to_owned(), meant, place, contexts: Vec::new() }
}
