//! Where something says how programs are linked.

mod flags;
mod images;
mod libc;
mod users;

pub use flags::{LinkFlags, LinkMode};
pub use libc::StaticLibc;
pub use users::CgoUsers;

use super::{Cgo, CgoUse, Compilers, ProjectPackages, Target};
use crate::host::Host;
use crate::model::{Context, GoVersion, Missing};
use crate::probes::go::{GoFlags, Setting, Settings, Toolchains};
use crate::probes::project::{Build, BuildFlags, Dockerfiles, GoMod, Recipes};
use crate::probes::{Fact, Probing};

/// The places that say how programs are linked: GOFLAGS, Makefiles,
/// goreleaser files, Dockerfiles. Plain builds are not among them.
#[derive(Debug, Default)]
pub struct Links {
    /// All of them, GOFLAGS first.
    pub found: Vec<Link>,
    /// The C library that static programs of this machine are made with.
    pub libc: StaticLibc,
}

/// How programs are linked in one place.
#[derive(Debug, Clone)]
pub struct Link {
    /// The place.
    pub origin: LinkOrigin,
    /// The flags of the linker.
    pub flags: LinkFlags,
    /// True with `-buildmode=pie`.
    pub is_pie: bool,
    /// The tags of the build.
    pub tags: Vec<String>,
    /// Whether cgo is on there.
    pub cgo: LinkCgo,
    /// What has C in it in a build with cgo.
    pub users: CgoUsers,
    /// The Go that builds, where that is known.
    pub go: Option<GoVersion>,
}

/// Who says how programs are linked.
#[derive(Debug, Clone)]
pub enum LinkOrigin {
    /// GOFLAGS, in these contexts.
    GoFlags {
        /// The setting.
        setting: Setting,
        /// Those that see it, and in which cgo is alike.
        contexts: Vec<Context>,
    },
    /// A file that builds on this machine.
    Recipe(Build),
    /// A Dockerfile.
    Image(Build),
}

/// Whether cgo is on in a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkCgo {
    /// It is.
    On,
    /// CGO_ENABLED=0 was set.
    SwitchedOff,
    /// Go has it off, for it finds no C compiler.
    Off,
}

impl Fact for Links {
    const ID: &'static str = "links";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        // The flags are those of Linux.
        if host.machine().goos() != "linux" {
            return Ok(Links::default());
        }
        let (settings, compilers) = (probing.get::<Settings>()?, probing.get::<Compilers>()?);
        let mut found = of_settings(host, &settings, &compilers, &*probing.get::<Toolchains>()?);
        if let Ok(recipes) = probing.get::<Recipes>() {
            let builds = recipes.builds.iter().filter(|build| is_for(build, host));
            found.extend(builds.filter_map(|build| of_recipe(build, &compilers, &*probing.get::<Toolchains>().ok()?)));
        }
        if let Ok(dockerfiles) = probing.get::<Dockerfiles>() {
            found.extend(dockerfiles.files.iter().flat_map(images::builds).filter_map(of_image));
        }
        if !found.is_empty() && probing.get::<GoMod>().is_ok_and(|module| module.found.is_some()) {
            let packages = probing.get::<ProjectPackages>();
            for link in &mut found {
                link.users = match &packages {
                    Ok(packages) => link.users(host, packages),
                    Err(missing) => CgoUsers { missing: Some(missing.clone()), ..CgoUsers::default() },
                };
            }
        }
        Ok(Links { found, libc: StaticLibc::of(host, &compilers) })
    }
}

impl Link {
    fn new(origin: LinkOrigin, flags: &BuildFlags, cgo: LinkCgo, go: Option<GoVersion>) -> Option<Link> {
        let link = Link {
            origin,
            flags: LinkFlags::parse(&flags.ldflags),
            is_pie: flags.buildmode == "pie",
            tags: flags.tags.clone(),
            cgo,
            users: CgoUsers::default(),
            go,
        };
        (!link.flags.is_empty() || link.is_pie).then_some(link)
    }

    fn users(&self, host: &dyn Host, packages: &ProjectPackages) -> CgoUsers {
        let machine = host.machine();
        let target = Target { goos: machine.goos().to_owned(), goarch: machine.goarch().to_owned(), cgo: CgoUse::On };
        match &self.origin {
            LinkOrigin::GoFlags { .. } => packages.cgo(host, &target).into(),
            LinkOrigin::Recipe(build) | LinkOrigin::Image(build) => build
                .folder
                .as_deref()
                .and_then(|folder| packages.cgo_of(host, &target, folder, &build.flags.tags))
                .map_or_else(CgoUsers::default, CgoUsers::from),
        }
    }
}

fn of_settings(host: &dyn Host, settings: &Settings, compilers: &Compilers, toolchains: &Toolchains) -> Vec<Link> {
    let mut found: Vec<Link> = Vec::new();
    for (setting, contexts) in settings.values("GOFLAGS") {
        let Ok(words) = GoFlags::parse(&setting.value) else { continue };
        let value = |flag: &str| words.value(flag).unwrap_or_default();
        let flags = BuildFlags::new(value("ldflags"), value("tags"), value("buildmode"));
        let mut groups: Vec<(LinkCgo, Vec<Context>)> = Vec::new();
        for context in contexts {
            let Some(view) = settings.view(context) else { continue };
            let is_own = host.machine().is_platform(&view.value("GOOS"), &view.value("GOARCH"));
            let Some(cgo) = cgo_in(compilers, context).filter(|_| is_own) else { continue };
            match groups.iter_mut().find(|(known, _)| *known == cgo) {
                Some((_, contexts)) => contexts.push(context),
                None => groups.push((cgo, vec![context])),
            }
        }
        for (cgo, contexts) in groups {
            let go = contexts.iter().find_map(|context| toolchains.active(*context)?.version.clone());
            let origin = LinkOrigin::GoFlags { setting: setting.clone(), contexts };
            found.extend(Link::new(origin, &flags, cgo, go));
        }
    }
    found
}

fn cgo_in(compilers: &Compilers, context: Context) -> Option<LinkCgo> {
    let compiler = compilers.c().find(|compiler| compiler.context == context)?;
    Some(match compiler.cgo {
        Cgo::On | Cgo::Decided { on: true } => LinkCgo::On,
        Cgo::Off => LinkCgo::SwitchedOff,
        Cgo::Decided { on: false } => LinkCgo::Off,
    })
}

/// True for a build that is for this machine's platform, or one that tells of
/// no other.
fn is_for(build: &Build, host: &dyn Host) -> bool {
    build.platforms.iter().any(|platform| host.machine().is_platform(&platform.goos, &platform.goarch))
}

fn of_recipe(build: &Build, compilers: &Compilers, toolchains: &Toolchains) -> Option<Link> {
    let (context, go) = toolchains.in_use()?;
    let cgo = match &build.cgo {
        Some(told) if told.value == "0" => LinkCgo::SwitchedOff,
        Some(_) => LinkCgo::On,
        None => cgo_in(compilers, context)?,
    };
    Link::new(LinkOrigin::Recipe(build.clone()), &build.flags, cgo, go.version.clone())
}

fn of_image(build: Build) -> Option<Link> {
    let cgo = if build.sets_cgo("0") { LinkCgo::SwitchedOff } else { LinkCgo::On };
    let flags = build.flags.clone();
    Link::new(LinkOrigin::Image(build), &flags, cgo, None)
}
