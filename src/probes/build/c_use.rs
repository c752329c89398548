use super::NativeCgo;
use super::race_use::race_in_recipes;
use crate::model::{Evidence, Missing};
use crate::probes::Probing;
use crate::probes::go::Toolchains;
use crate::probes::project::GoMod;

/// What of a build for this machine uses C. Finding out takes much reading:
/// only what has found a fault asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum CUse {
    /// A package of the project, or of a module that it needs.
    Code(Evidence),
    /// A package of the standard library.
    Std(String),
    /// The race detector, which is asked for.
    Race(Evidence),
    /// There is no project: what is installed next may use it.
    NoProject,
    /// It cannot be told.
    Unknown(Missing),
    /// Nothing.
    #[default]
    Nothing,
}

/// The first Go that comes without a compiled standard library.
const STD_IS_COMPILED: (u32, u32) = (1, 20);

impl CUse {
    pub(super) fn of(probing: &Probing, toolchains: &Toolchains) -> Result<CUse, Missing> {
        let version = toolchains.in_use().and_then(|(_, go)| go.version.as_ref());
        let compiles_std = version.is_none_or(|version| version.language() >= STD_IS_COMPILED);
        let cgo = match probing.get::<NativeCgo>() {
            Ok(cgo) => cgo,
            Err(missing) => return Ok(CUse::Unknown(missing)),
        };
        let Some(packages) = &cgo.packages else {
            return Ok(if compiles_std { CUse::NoProject } else { CUse::Nothing });
        };
        if let Some(package) = packages.found.first() {
            return Ok(CUse::Code(Evidence::new(&package.file, format!("import \"C\" in {}", package.package))));
        }
        // What brings it in itself goes before what that brings in.
        let is_plain = |name: &&str| *name != "runtime/cgo";
        let mut names = packages.std.iter().map(|package| package.package.as_str());
        let std = names.clone().find(is_plain).or_else(|| names.next()).filter(|_| compiles_std);
        if let Some(package) = std {
            return Ok(CUse::Std(package.to_owned()));
        }
        let module = probing.get::<GoMod>()?;
        let race = module.found.as_ref().and_then(|file| race_in_recipes(probing.host(), &file.folder));
        Ok(match (race, packages.missing.iter().next()) {
            (Some(race), _) => CUse::Race(race),
            (None, Some((package, missing))) => CUse::Unknown(missing.about(package)),
            (None, None) => CUse::Nothing,
        })
    }
}
