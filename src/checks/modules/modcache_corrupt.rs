//! A download in the module cache is torn.

use std::path::{Path, PathBuf};

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Fix, Inverse, Layer, Outcome, Privilege, Severity, Step, text};
use crate::probes::modules::{CacheContent, Content, Downloads, Needed, Torn};
use crate::probes::project::GoMod;
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "modcache-corrupt",
    layer: Layer::Modules,
    title: "The downloaded modules of this project are whole",
    impact: "Go cannot build here",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &["disk-full"],
    page: page!("modules/modcache-corrupt"),
    rule: rule!(judge(Contexts, GoMod, Downloads, RcFiles)),
};

/// How many modules are named.
const NAMED: usize = 3;

fn judge(shells: &Contexts, module: &GoMod, downloads: &Downloads, rc: &RcFiles) -> Outcome {
    if module.found.is_none() {
        return Outcome::skipped("there is no go.mod here");
    }
    shells.outcome(downloads.caches.iter().filter_map(|cache| finding(cache, downloads, rc)).collect())
}

fn finding(cache: &CacheContent, downloads: &Downloads, rc: &RcFiles) -> Option<Finding> {
    let torn: Vec<(&Needed, &[Torn])> = downloads
        .modules
        .iter()
        .zip(&cache.content)
        .filter_map(|(module, content)| match content {
            Content::Torn(torn) => Some((module, torn.as_slice())),
            Content::Whole | Content::OnlyGoMod | Content::Nothing => None,
        })
        .collect();
    let (first, files) = torn.first()?;
    let name = rc.machine().tilde(&cache.folder);
    let summary = match torn.len() {
        1 => format!("The download of {}@{} is torn", first.path, first.version),
        n => format!("{} in the module cache {name} are torn", text::count(n, "download")),
    };
    let evidence = torn.iter().flat_map(|(_, files)| *files).take(NAMED);
    let evidence = evidence.map(|torn| Evidence::new(&torn.name, torn.how.title()));
    let whole: Vec<String> = torn.iter().take(NAMED).map(|(module, _)| module.path.clone()).collect();
    Some(
        Finding::new(&name, Severity::Error, summary)
            .seen_in(cache.contexts.iter().copied())
            .detail(format!(
                "Builds fail with: {}. A crash, a full disk or a broken copy of the cache leaves this behind.",
                says(files)
            ))
            .evidences(evidence)
            .fix(remove(&torn, cache, &remedy::listed(&whole)))
            .fix(anew(&cache.contexts)),
    )
}

/// What Go says, word for word.
fn says(torn: &[Torn]) -> &'static str {
    match torn.first().and_then(|torn| torn.path.extension()).and_then(|end| end.to_str()) {
        Some("zip") => "zip: not a valid zip file",
        _ => "checksum mismatch … SECURITY ERROR, or errors in files of the module",
    }
}

/// Deletes what belongs to the torn downloads, and nothing else. Go downloads
/// them anew with the next build.
fn remove(torn: &[(&Needed, &[Torn])], cache: &CacheContent, whole: &str) -> Fix {
    let inverse = || Inverse::CannotBeUndone("it is torn; Go downloads it anew".to_owned());
    let run = |argv: Vec<String>| Step::Run { argv, privilege: Privilege::User, inverse: inverse() };
    let (mut files, mut folders): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for torn in torn.iter().flat_map(|(_, torn)| *torn) {
        match folder_of(&torn.path, &cache.folder) {
            Some(folder) => folders.push(folder.display().to_string()),
            None => files.extend(with_hash(&torn.path).map(|path| path.display().to_string())),
        }
    }
    let mut steps = Vec::new();
    if !folders.is_empty() {
        // Modules lie read-only in their cache.
        let words = |start: &[&str]| start.iter().map(|word| (*word).to_owned()).chain(folders.clone()).collect();
        steps.push(run(words(&["chmod", "-R", "u+w"])));
        steps.push(run(words(&["rm", "-rf"])));
    }
    if !files.is_empty() {
        steps.push(run(["rm", "-f"].map(str::to_owned).into_iter().chain(files).collect()));
    }
    let title = match torn.len() {
        1 => format!("Delete the torn download of {whole}; Go downloads it anew"),
        n => format!("Delete {}; Go downloads them anew", text::count(n, "torn download")),
    };
    Fix::new(title, Class::Review, steps)
}

/// The folder of an unpacked module that a torn file lies in.
fn folder_of<'a>(path: &'a Path, cache: &Path) -> Option<&'a Path> {
    let below = path.strip_prefix(cache).ok()?;
    (!below.starts_with("cache/download")).then(|| path.parent()).flatten()
}

/// A torn file, and the hash of the archive beside it: without it Go looks at
/// the archive again.
fn with_hash(path: &Path) -> impl Iterator<Item = PathBuf> {
    let hash = path.extension().is_some_and(|end| end == "zip").then(|| path.with_extension("ziphash"));
    [path.to_owned()].into_iter().chain(hash)
}

fn anew(contexts: &[Context]) -> Fix {
    Fix::manual(
        "Empty the whole module cache",
        format!(
            "If more is torn than this project shows, delete all downloads, in {}. Every project downloads its modules anew.",
            remedy::contexts_title(contexts)
        ),
        Some("go clean -modcache".to_owned()),
    )
}
