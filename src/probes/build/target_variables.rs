use super::c_command::CCommand;
use super::target_names;
use crate::host::Host;
use crate::model::Target;
use crate::model::{Context, Missing};
use crate::probes::go::Settings;
use crate::probes::project::{GoMod, build_files};
use crate::probes::{Fact, Probing};

/// Variables that name a C compiler for one target. Building Go itself reads
/// them; `go build` does not.
#[derive(Debug, Default)]
pub struct TargetVariables {
    /// The variables, of one value each.
    pub found: Vec<TargetVariable>,
}

/// A variable that names a C compiler for one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetVariable {
    /// Its name: `CC_FOR_TARGET`, `CC_linux_arm64`.
    pub name: String,
    /// The command that it names.
    pub value: String,
    /// The setting that Go reads in its place: `CC` or `CXX`.
    pub setting: &'static str,
    /// The target, as far as the name or the value tells.
    pub platform: Option<Target>,
    /// The contexts that have it.
    pub contexts: Vec<Context>,
}

impl Fact for TargetVariables {
    const ID: &'static str = "target-variables";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let settings = probing.get::<Settings>()?;
        let mut found: Vec<TargetVariable> = Vec::new();
        for (context, view) in settings.views() {
            let variables = view.environment().iter().filter(|(_, value)| !value.trim().is_empty());
            for variable in variables.filter_map(|(name, value)| TargetVariable::read(name, value, context)) {
                match found.iter_mut().find(|it| it.name == variable.name && it.value == variable.value) {
                    Some(known) => known.contexts.push(context),
                    None => found.push(variable),
                }
            }
        }
        if !found.is_empty() {
            let texts = project_texts(probing);
            found.retain(|variable| !texts.iter().any(|text| text.contains(&variable.name)));
        }
        Ok(TargetVariables { found })
    }
}

/// A Makefile that hands such a variable on to CC reads it after all.
fn project_texts(probing: &Probing) -> Vec<String> {
    let host: &dyn Host = probing.host();
    let module = probing.get::<GoMod>().ok();
    let folder = module.as_ref().and_then(|module| module.found.as_ref()).map(|file| file.folder.as_path());
    let files = build_files(host, folder.unwrap_or(&host.machine().folder));
    files.into_iter().map(|file| file.text).collect()
}

impl TargetVariable {
    fn read(name: &str, value: &str, context: Context) -> Option<TargetVariable> {
        let (setting, rest) = [("CC", "CC_"), ("CXX", "CXX_")]
            .into_iter()
            .find_map(|(setting, start)| Some((setting, name.strip_prefix(start)?)))?;
        let platform = match rest.strip_prefix("FOR_").unwrap_or(rest) {
            "TARGET" if rest != "TARGET" => CCommand::parse(value).and_then(|command| command.named_platform()),
            pair => Some(target_names::of_pair(pair)?),
        };
        Some(TargetVariable {
            name: name.to_owned(),
            value: value.to_owned(),
            setting,
            platform,
            contexts: vec![context],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_for_go_targets_count() {
        let read = |name: &str| TargetVariable::read(name, "aarch64-linux-gnu-gcc", Context::Session);
        for (name, setting) in [
            ("CC_FOR_TARGET", "CC"),
            ("CXX_FOR_TARGET", "CXX"),
            ("CC_linux_arm64", "CC"),
            ("CXX_FOR_linux_arm64", "CXX"),
        ] {
            let variable = read(name).unwrap_or_else(|| panic!("{name} is one"));
            assert_eq!(variable.setting, setting, "{name}");
            assert_eq!(variable.platform, Some(Target::new("linux", "arm64")), "{name}");
        }
        for other in [
            "CC",
            "CC_",
            "CC_TARGET",
            "CC_FOR_BUILD",
            "CC_aarch64_unknown_linux_gnu",
            "CC_LINUX_ARM64",
            "CC_FOR_",
            "CCACHE_DIR",
            "CC_linux",
            "HOST_CC_linux_arm64",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
