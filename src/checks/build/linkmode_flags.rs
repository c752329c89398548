//! Flags of the linker that do not do what they are there for.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Fix, GoVersion, Layer, Missing, Outcome, Severity};
use crate::probes::build::{Link, LinkCgo, LinkFlags, LinkMode, LinkOrigin, Links};
use crate::probes::go::{GoFlags, Setting, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "linkmode-flags",
    layer: Layer::Build,
    title: "Flags of the linker do what they are there for",
    impact: "Programs cannot be linked, or are not the static files they ought to be",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("build/linkmode-flags"),
    rule: rule!(judge(Contexts, Settings, Links, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, links: &Links, rc: &RcFiles) -> Outcome {
    let mut findings: Vec<Finding> = Vec::new();
    let mut unknown: Option<Missing> = None;
    for link in &links.found {
        match Fault::of(link) {
            Ok(fault) => {
                findings.extend(fault.map(|fault| fault.finding(link, settings, rc)));
            }
            Err(missing) => unknown = unknown.or(Some(missing)),
        }
    }
    // A rule of a Makefile may well build several programs.
    let findings = Finding::each_once(findings);
    let unknown = unknown.map(|missing| missing.about("which packages of the project use C"));
    shells.outcome(findings).or_unknown(unknown)
}

/// What the flags do instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// The C compiler is to link, and cgo is off.
    NoCgo,
    /// `-static` is for the C compiler, and Go links by itself.
    Dropped,
    /// A position-independent program asks for a loader.
    Loader,
}

impl Fault {
    fn of(link: &Link) -> Result<Option<Fault>, Missing> {
        if link.flags.mode == LinkMode::External {
            return Ok((link.cgo != LinkCgo::On).then_some(Fault::NoCgo));
        }
        let asks_static = link.flags.asks_static();
        if link.cgo != LinkCgo::On {
            // Of images this is told by dockerfile-cgo-runtime.
            let is_image = matches!(link.origin, LinkOrigin::Image(_));
            let is_meant = link.cgo == LinkCgo::SwitchedOff || asks_static;
            return Ok((link.is_pie && is_meant && !is_image).then_some(Fault::Loader));
        }
        // With C code of others the C compiler links, whatever the flags say.
        if !asks_static || link.users.own.is_some() {
            return Ok(None);
        }
        match (&link.users.missing, link.users.resolver()) {
            (Some(missing), _) => Err(missing.clone()),
            (None, Some(_)) => Ok(Some(Fault::Dropped)),
            (None, None) => Ok(link.is_pie.then_some(Fault::Loader)),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Fault::NoCgo => "external",
            Fault::Dropped => "static",
            Fault::Loader => "pie",
        }
    }

    fn finding(self, link: &Link, settings: &Settings, rc: &RcFiles) -> Finding {
        let (key, who) = match &link.origin {
            LinkOrigin::GoFlags { .. } => ("GOFLAGS".to_owned(), "GOFLAGS".to_owned()),
            LinkOrigin::Recipe(build) | LinkOrigin::Image(build) => {
                let file = build.file.rsplit('/').next().unwrap_or_default();
                (format!("{}:{}", build.file, build.name), file.to_owned())
            }
        };
        let summary = match self {
            Fault::NoCgo => format!("{who} has -linkmode=external, and cgo is off"),
            Fault::Dropped => format!("{who} asks for static programs and gets dynamic ones"),
            Fault::Loader => format!("{who} has -buildmode=pie: programs are not static, even without cgo"),
        };
        let severity = if self == Fault::NoCgo { Severity::Error } else { Severity::Warning };
        let finding = Finding::new(format!("{key}:{}", self.name()), severity, summary).detail(self.detail(link));
        match &link.origin {
            LinkOrigin::GoFlags { setting, contexts } => {
                let fix = self.rewrite(setting, contexts, settings, rc);
                finding
                    .seen_in(contexts.iter().copied())
                    .about("GOFLAGS")
                    .evidence(settings.trace("GOFLAGS", setting, contexts, rc).0)
                    .evidences(self.reason(link))
                    .fixes(fix)
            }
            LinkOrigin::Recipe(build) | LinkOrigin::Image(build) => {
                let own = build.cgo.as_ref().map(|told| told.place.clone());
                let cgo = own.or_else(|| {
                    let (setting, contexts) = settings.values("CGO_ENABLED").into_iter().next()?;
                    Some(settings.trace("CGO_ENABLED", &setting, &contexts, rc).0)
                });
                finding
                    .evidence(build.place.clone())
                    .evidences(cgo.filter(|place| *place != build.place && self != Fault::Dropped))
                    .evidences(self.reason(link))
                    .fix(self.by_hand())
            }
        }
    }

    /// The package that makes the program dynamic.
    fn reason(self, link: &Link) -> Option<Evidence> {
        let package = link.users.resolver().filter(|_| self == Fault::Dropped)?;
        Some(Evidence::new(&package.file, format!("{} uses C", package.package)))
    }

    fn detail(self, link: &Link) -> String {
        match self {
            Fault::NoCgo if link.go.as_ref().is_some_and(is_old) => {
                "This Go prints: loadinternal: cannot find runtime/cgo, says that all is well, and makes programs that may die as they start.".to_owned()
            }
            Fault::NoCgo => "Every build of a program ends with: -linkmode=external requires external (cgo) linking, but cgo is not enabled.".to_owned(),
            Fault::Dropped => format!(
                "-extldflags is for the C compiler. Where only Go's own packages use C, as {:?} does here, Go links by itself and drops it without a word. The program asks for a loader and libc.so.6, and where these are missing it ends with: no such file or directory.",
                link.users.resolver().map_or("net", |package| package.package.as_str())
            ),
            Fault::Loader => "With -buildmode=pie Go asks for the loader of glibc, C or no C. Where that is missing, as in Alpine or in an image from scratch, the program ends with: no such file or directory.".to_owned(),
        }
    }

    /// GOFLAGS without the fault.
    fn rewrite(self, setting: &Setting, contexts: &[Context], settings: &Settings, rc: &RcFiles) -> Vec<Fix> {
        let right = self.right(&setting.value);
        let writer = settings.trace("GOFLAGS", setting, contexts, rc).1;
        let view = contexts.first().and_then(|context| settings.view(*context));
        let fix = if right.is_empty() {
            remedy::unset("GOFLAGS", setting, writer.as_ref(), "no flag of it does what it is there for")
        } else {
            view.and_then(|view| remedy::rewrite("GOFLAGS", setting, writer.as_ref(), &right, view))
                .unwrap_or_else(|| remedy::set_by_hand("GOFLAGS", setting, &right, settings.machine()))
        };
        vec![if fix.class == Class::Safe { remedy::reviewed(fix) } else { fix }]
    }

    fn right(self, value: &str) -> String {
        let words = GoFlags::parse(value).map(|flags| flags.words).unwrap_or_default();
        let mut right: Vec<String> = Vec::new();
        for word in words {
            let flag = word.trim_start_matches('-');
            match (self, flag.split_once('=')) {
                (Fault::Loader, Some(("buildmode", _))) => {}
                (Fault::NoCgo | Fault::Dropped, Some(("ldflags", ldflags))) => {
                    let kept = LinkFlags::without(ldflags);
                    if !kept.is_empty() {
                        right.push(format!("-ldflags={}", kept.join(" ")));
                    }
                }
                (Fault::Dropped, Some(("tags", tags))) => right.push(format!("-tags={tags},{TAGS}")),
                _ => right.push(word),
            }
        }
        if self == Fault::Dropped && !right.iter().any(|word| word.trim_start_matches('-').starts_with("tags=")) {
            right.push(format!("-tags={TAGS}"));
        }
        let quoted = right.into_iter().map(|word| if word.contains(' ') { format!("'{word}'") } else { word });
        quoted.collect::<Vec<_>>().join(" ")
    }

    fn by_hand(self) -> Fix {
        match self {
            Fault::NoCgo => Fix::manual(
                "Leave -linkmode=external out",
                "Without cgo, Go links programs by itself, and they are static.",
                None,
            ),
            Fault::Dropped => Fix::manual(
                "Build the program without C",
                "With these tags net and os/user do without C, and the program is static whoever links it.",
                Some(format!("-tags {TAGS}")),
            ),
            Fault::Loader => {
                Fix::manual("Leave -buildmode=pie out", "Without it and without cgo, programs are static.", None)
            }
        }
    }
}

/// With these, Go's own packages use no C.
const TAGS: &str = "netgo,osusergo";

/// True for a Go that does not notice.
fn is_old(go: &GoVersion) -> bool {
    go.language() < (1, 22)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goflags_keep_what_is_right() {
        let value = "-trimpath '-ldflags=-s -w -linkmode=external -extldflags=-static' -buildmode=pie";
        assert_eq!(Fault::NoCgo.right(value), "-trimpath '-ldflags=-s -w' -buildmode=pie");
        assert_eq!(Fault::Loader.right("-buildmode=pie"), "");
        assert_eq!(Fault::Dropped.right("-ldflags=-extldflags=-static"), "-tags=netgo,osusergo");
        assert_eq!(Fault::Dropped.right("-tags=a -ldflags=-extldflags=-static"), "-tags=a,netgo,osusergo");
    }
}
