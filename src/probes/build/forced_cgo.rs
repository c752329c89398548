use super::c_command::CCommand;
use super::cgo_need::code_for;
use super::target_names;
use crate::host::Host;
use crate::model::Target;
use crate::model::{Context, Evidence, Missing};
use crate::probes::go::{Setting, Settings, View};
use crate::probes::project::{GoMod, ModuleFile};
use crate::probes::{Fact, Probing, lookup};

/// Where builds are for another platform with cgo on, and CC names a compiler
/// of a third one, or of this machine.
#[derive(Debug, Default)]
pub struct ForcedCgo {
    /// The contexts, in the order in which they are shown.
    pub found: Vec<Forced>,
}

/// A context whose builds call the wrong compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forced {
    /// The context.
    pub context: Context,
    /// What Go builds for.
    pub platform: Target,
    /// What sets CGO_ENABLED=1.
    pub switch: Setting,
    /// The compiler that Go calls.
    pub compiler: String,
    /// What sets it; None for Go's own choice.
    pub setting: Option<Setting>,
    /// What that compiler compiles for.
    pub compiles_for: Target,
    /// A compiler for the platform on this context's PATH.
    pub right: Option<String>,
    /// What in the project uses C, where that decides whether a build fails.
    pub code: Option<Evidence>,
}

/// The targets of cross compilers that distributions have.
const TARGETS: [&str; 12] = [
    "aarch64-linux-gnu",
    "arm-linux-gnueabihf",
    "arm-linux-gnueabi",
    "x86_64-linux-gnu",
    "riscv64-linux-gnu",
    "powerpc64le-linux-gnu",
    "s390x-linux-gnu",
    "loongarch64-linux-gnu",
    "mips64el-linux-gnuabi64",
    "mipsel-linux-gnu",
    "x86_64-w64-mingw32",
    "i686-w64-mingw32",
];

impl Fact for ForcedCgo {
    const ID: &'static str = "forced-cgo";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let settings = probing.get::<Settings>()?;
        let wrong: Vec<Forced> =
            settings.views().filter_map(|(context, view)| Forced::read(host, context, view)).collect();
        if wrong.is_empty() {
            return Ok(ForcedCgo::default());
        }
        let module = probing.get::<GoMod>()?;
        let found = wrong.into_iter().filter_map(|forced| forced.with_code(host, module.found.as_ref()));
        Ok(ForcedCgo { found: found.collect() })
    }
}

impl Forced {
    fn read(host: &dyn Host, context: Context, view: &View) -> Option<Forced> {
        let switch = view.get("CGO_ENABLED").filter(|setting| setting.value == "1")?;
        let platform = Target::new(view.value("GOOS"), view.value("GOARCH"));
        // Elsewhere Go's own choice is another compiler, or there is no cgo.
        let own = target_names::of_machine(host.machine());
        if platform == own || !["linux", "windows", "android"].contains(&platform.goos.as_str()) {
            return None;
        }
        let setting = view.get("CC");
        let compiler = view.value("CC");
        let compiles_for = CCommand::parse(&compiler)?.platform(host, view.environment())?;
        if compiles_for == platform || is_kin(&compiles_for, &platform) {
            return None;
        }
        let mut names = TARGETS
            .into_iter()
            .filter(|target| target_names::of_triple(target).as_ref() == Some(&platform))
            .map(|target| format!("{target}-gcc"));
        let right = names.find(|name| lookup(host, name, view.environment()).is_some());
        Some(Forced { context, platform, switch, compiler, setting, compiles_for, right, code: None })
    }

    /// On Windows the standard library does without C: only a project of its
    /// own kind fails.
    fn with_code(mut self, host: &dyn Host, module: Option<&ModuleFile>) -> Option<Forced> {
        self.code = module.and_then(|file| code_for(host, file, &self.platform).0);
        (self.code.is_some() || self.platform.goos != "windows").then_some(self)
    }
}

/// True where one compiler serves both, given the libraries.
fn is_kin(compiles_for: &Target, platform: &Target) -> bool {
    compiles_for.goos == platform.goos && (compiles_for.goarch.as_str(), platform.goarch.as_str()) == ("amd64", "386")
}
