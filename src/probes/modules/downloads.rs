use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::torn::{Torn, torn_list, torn_zip};
use crate::host::Host;
use crate::model::{Context, Missing};
use crate::probes::go::Settings;
use crate::probes::project::{GoMod, GoWork, ModFile, Replace, Vendor};
use crate::probes::{Fact, Probing};

/// How many modules are looked at.
const MODULES: usize = 2000;

/// How many modules of a workspace are looked at.
const MEMBERS: usize = 200;

/// The modules that the project's go.mod asks for, and what of them lies in
/// the module caches. Nothing else in the caches is looked at.
#[derive(Debug)]
pub struct Downloads {
    /// The modules, replacements in their place; those that come from a
    /// folder are left out. None where all of them are vendored.
    pub modules: Vec<Needed>,
    /// For each module cache, what lies there of each module.
    pub caches: Vec<CacheContent>,
}

/// A module that the project needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needed {
    /// Its path; of a replacement, that one's.
    pub path: String,
    /// Its version.
    pub version: String,
    /// The line of go.mod, from 1.
    pub line: usize,
    /// True when only other modules need it.
    pub indirect: bool,
}

/// What a module cache has of the modules that the project needs.
#[derive(Debug)]
pub struct CacheContent {
    /// The cache.
    pub folder: PathBuf,
    /// The contexts that use it.
    pub contexts: Vec<Context>,
    /// What it has of each, in the order of [`Downloads::modules`].
    pub content: Vec<Content>,
}

/// What a cache has of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// All that a build needs.
    Whole,
    /// Its go.mod, and not the module.
    OnlyGoMod,
    /// Nothing.
    Nothing,
    /// Files that a crash or a full disk left torn.
    Torn(Vec<Torn>),
}

impl Fact for Downloads {
    const ID: &'static str = "module-downloads";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let module = probing.get::<GoMod>()?;
        let work = probing.get::<GoWork>()?;
        let settings = probing.get::<Settings>()?;
        let vendored = match &work.found {
            Some(file) => host.is_file(&file.folder.join("vendor/modules.txt")),
            None => probing.get::<Vendor>()?.found.is_some(),
        };
        let modules = match module.found.as_ref().map(|file| &file.content) {
            None => Vec::new(),
            // Go then builds from that folder, and asks no cache.
            Some(Ok(_)) if vendored => Vec::new(),
            Some(Err(missing)) => return Err(missing.clone()),
            Some(Ok(file)) => needed(file, &work, &members(host, &work)),
        };
        let mut caches: Vec<CacheContent> = Vec::new();
        for (context, view) in settings.views() {
            let folder = PathBuf::from(view.value("GOMODCACHE"));
            if !folder.is_absolute() {
                continue;
            }
            match caches.iter_mut().find(|cache| cache.folder == folder) {
                Some(known) => known.contexts.push(context),
                None => {
                    let content = modules.iter().map(|module| Content::read(host, &folder, module)).collect();
                    caches.push(CacheContent { folder, contexts: vec![context], content });
                }
            }
        }
        Ok(Downloads { modules, caches })
    }
}

impl Downloads {
    /// The modules with what the cache of a context has of them.
    pub fn in_context(&self, context: Context) -> impl Iterator<Item = (&Needed, &Content)> {
        let cache = self.caches.iter().find(move |cache| cache.contexts.contains(&context));
        cache.into_iter().flat_map(|cache| self.modules.iter().zip(&cache.content))
    }
}

/// The paths of the modules that the workspace uses: none is downloaded.
fn members(host: &dyn Host, work: &GoWork) -> BTreeSet<String> {
    let Some((file, content)) = work.found.as_ref().and_then(|file| Some((file, file.content.as_ref().ok()?))) else {
        return BTreeSet::new();
    };
    let files = content.uses.iter().take(MEMBERS).map(|used| file.folder.join(&used.value).join("go.mod"));
    let texts = files.filter_map(|path| host.read_text(&path).ok());
    texts.filter_map(|text| Some(ModFile::parse(&text).module?.value)).collect()
}

fn needed(file: &ModFile, work: &GoWork, members: &BTreeSet<String>) -> Vec<Needed> {
    let of_work = work.found.as_ref().and_then(|file| file.content.as_ref().ok()).map(|work| &work.replaces);
    let replaces: Vec<&Replace> = of_work.into_iter().flatten().chain(&file.replaces).collect();
    let requires = file.requires.iter().filter(|require| !members.contains(&require.path));
    requires
        .take(MODULES)
        .filter_map(|require| {
            let of = |replace: &&&Replace| {
                replace.old == require.path
                    && replace.old_version.as_ref().is_none_or(|version| *version == require.version)
            };
            let (path, version) = match replaces.iter().find(of) {
                Some(replace) => (replace.new.clone(), replace.new_version.clone()?),
                None => (require.path.clone(), require.version.clone()),
            };
            Some(Needed { path, version, line: require.line, indirect: require.indirect })
        })
        .filter(|module| is_below_a_cache(&module.path) && !module.version.contains('/'))
        .collect()
}

/// False for what Go takes for no module path and what leads elsewhere: fixes
/// delete files by these names.
fn is_below_a_cache(path: &str) -> bool {
    path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

impl Content {
    fn read(host: &dyn Host, cache: &Path, module: &Needed) -> Content {
        let (path, version) = (escaped(&module.path), escaped(&module.version));
        let versions = cache.join("cache/download").join(&path).join("@v");
        let file = |end: &str| versions.join(format!("{version}.{end}"));
        let folder = cache.join(format!("{path}@{version}"));
        let go_mod = file("mod");
        let mut torn: Vec<Torn> = torn_list(host, &go_mod).into_iter().collect();
        // Go takes a folder as it is when both of these say that it is whole.
        let is_unpacked = host.is_dir(&folder) && !host.exists(&file("partial")) && host.exists(&file("ziphash"));
        if is_unpacked {
            torn.extend(torn_list(host, &folder.join("go.mod")));
        } else {
            torn.extend(torn_zip(host, &file("zip")));
        }
        match () {
            () if !torn.is_empty() => Content::Torn(torn),
            () if is_unpacked || host.is_file(&file("zip")) => Content::Whole,
            () if host.is_file(&go_mod) => Content::OnlyGoMod,
            () => Content::Nothing,
        }
    }
}

/// A path or version as it stands in the cache: a capital is written as `!`
/// and the small letter, for file systems that tell no case.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_uppercase() {
            out.push('!');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_escaped_as_go_does() {
        assert_eq!(escaped("github.com/BurntSushi/toml"), "github.com/!burnt!sushi/toml");
        assert_eq!(escaped("v1.0.0-RC1"), "v1.0.0-!r!c1");
    }

    #[test]
    fn paths_that_lead_out_of_the_cache_are_no_modules() {
        assert!(is_below_a_cache("github.com/kim/shop.v2"));
        for path in ["../../etc", "/etc", "a.b//c", "a.b/./c", "a.b/..", ""] {
            assert!(!is_below_a_cache(path), "{path}");
        }
    }
}
