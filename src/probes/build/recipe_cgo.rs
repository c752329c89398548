use std::path::Path;

use super::{CgoUse, Compilers, ProjectPackages, Target};
use crate::model::{CgoPackage, Missing};
use crate::probes::project::{Build, BuildCompiler, BuildPlatform, Recipes};
use crate::probes::{Fact, Probing};

/// What the builds of the project's files need C for, where they switch cgo
/// on and leave the C compiler to the machine.
#[derive(Debug, Default)]
pub struct RecipeCgo {
    /// Platform by platform, in the order of the files.
    pub found: Vec<PlatformCgo>,
}

/// A build for one platform.
#[derive(Debug, Clone)]
pub struct PlatformCgo {
    /// The build.
    pub build: Build,
    /// The platform.
    pub platform: BuildPlatform,
    /// The package that has C in it, one of modules before those of the
    /// standard library. None where the build needs no C.
    pub needs: Result<Option<CgoPackage>, Missing>,
}

impl Fact for RecipeCgo {
    const ID: &'static str = "recipe-cgo";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let recipes = probing.get::<Recipes>()?;
        let asked = |build: &&Build| build.sets_cgo("1") && build.folder.is_some();
        let is_left = |platform: &&BuildPlatform| platform.compiler == BuildCompiler::Default;
        let pairs: Vec<(&Build, &BuildPlatform)> = recipes
            .builds
            .iter()
            .filter(asked)
            .flat_map(|build| build.platforms.iter().filter(is_left).map(move |platform| (build, platform)))
            .collect();
        if pairs.is_empty() {
            return Ok(RecipeCgo::default());
        }
        // A compiler that the user chose may be one for that platform.
        if probing.get::<Compilers>()?.c().any(|compiler| compiler.setting.is_some()) {
            return Ok(RecipeCgo::default());
        }
        let packages = probing.get::<ProjectPackages>();
        let needs = |build: &Build, platform: &BuildPlatform| {
            let packages = packages.as_ref().map_err(Clone::clone)?;
            let target = Target { goos: platform.goos.clone(), goarch: platform.goarch.clone(), cgo: CgoUse::On };
            let folder = build.folder.as_deref().unwrap_or(Path::new("/"));
            let Some(used) = packages.cgo_of(probing.host(), &target, folder, &build.flags.tags) else {
                return Ok(None);
            };
            match (used.found.into_iter().chain(used.std).next(), used.missing.into_values().next()) {
                (None, Some(missing)) => Err(missing),
                (package, _) => Ok(package),
            }
        };
        let found = pairs.into_iter().map(|(build, platform)| PlatformCgo {
            build: build.clone(),
            platform: platform.clone(),
            needs: needs(build, platform),
        });
        Ok(RecipeCgo { found: found.collect() })
    }
}
