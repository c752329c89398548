//! git's configuration, from the files and variables that git reads it from.
//! git itself is not started.

mod condition;
mod entry;
mod repository;
mod sources;
mod syntax;
#[cfg(test)]
mod tests;
mod view;

use std::path::{Path, PathBuf};

pub use entry::{GitEntry, GitLine, GitOrigin, Reach};
pub use repository::Repository;
pub use view::GitView;

use self::condition::Repositories;
use self::sources::{Reading, files, user_file};
use crate::host::{Environment, Host};
use crate::model::{Context, Missing};
use crate::probes::go::Settings;
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing};

/// git's configuration as each context sees it.
#[derive(Debug)]
pub struct GitConfig {
    /// The different configurations; contexts that see the same share one.
    pub views: Vec<GitView>,
    /// The repository that is looked at.
    pub repository: Option<Repository>,
}

/// The variables that change what git reads.
const VARIABLES: [&str; 6] =
    ["HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_COUNT"];

impl Fact for GitConfig {
    const ID: &'static str = "git-config";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let contexts = probing.get::<Contexts>()?;
        let settings = probing.get::<Settings>()?;
        let repository = Repository::around(host, &host.machine().folder);
        let mut views: Vec<(Vec<Option<String>>, GitView)> = Vec::new();
        for (context, environment) in contexts.known() {
            let cache = settings.view(context).map(|view| PathBuf::from(view.value("GOMODCACHE")));
            let cache = cache.filter(|cache| cache.is_absolute());
            let seen = seen(environment, cache.as_deref());
            match views.iter_mut().find(|(known, _)| *known == seen) {
                Some((_, view)) => view.contexts.push(context),
                None => views.push((seen, read(host, environment, context, cache.as_deref(), repository.as_ref()))),
            }
        }
        Ok(GitConfig { views: views.into_iter().map(|(_, view)| view).collect(), repository })
    }
}

impl GitConfig {
    /// The configuration that a context sees.
    #[must_use]
    pub fn of(&self, context: Context) -> Option<&GitView> {
        self.views.iter().find(|view| view.contexts.contains(&context))
    }
}

/// All that git's configuration depends on in an environment.
fn seen(environment: &Environment, cache: Option<&Path>) -> Vec<Option<String>> {
    let fixed = VARIABLES.into_iter().map(|name| environment.raw(name).map(str::to_owned));
    let pairs = environment
        .iter()
        .filter(|(name, _)| name.starts_with("GIT_CONFIG_KEY_") || name.starts_with("GIT_CONFIG_VALUE_"))
        .map(|(name, value)| Some(format!("{name}={value}")));
    let path = environment.get("PATH").map(str::to_owned);
    fixed.chain(pairs).chain([cache.map(|cache| cache.display().to_string()), path]).collect()
}

fn read(
    host: &dyn Host,
    environment: &Environment,
    context: Context,
    cache: Option<&Path>,
    repository: Option<&Repository>,
) -> GitView {
    let home = environment.get("HOME").map(PathBuf::from).or_else(|| host.machine().user.home.clone());
    let repositories = Repositories {
        project: repository.map(|repository| repository.git_folder.display().to_string()),
        downloads: cache.map(|cache| cache.join("cache/vcs/0").display().to_string()),
    };
    let mut reading = Reading::new(host, home.clone(), &repositories);
    for file in files(host, environment, home.as_deref()) {
        reading.file(&file, Reach::Everywhere, 0);
    }
    let own_problem = reading.problem.clone();
    if let Some(repository) = repository {
        reading.file(&repository.config, Reach::Project, 0);
    }
    reading.variables(environment);
    let user_file = user_file(host, environment, home.as_deref());
    let Reading { entries, problem, .. } = reading;
    GitView { contexts: vec![context], home, user_file, entries, problem, own_problem }
}
