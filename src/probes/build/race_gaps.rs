use super::{Cgo, Compiler, Compilers, RaceLine, RacePlace, RaceUse};
use crate::host::Machine;
use crate::model::{Context, Evidence, Missing};
use crate::probes::go::{
    Architectures, GoFlags, Setting, SettingOrigin, Settings, Toolchains, View, has_race_detector,
};
use crate::probes::shell::RcFiles;
use crate::probes::system::AddressSpace;
use crate::probes::{Fact, Probing};

/// Where the race detector is asked for and cannot work.
#[derive(Debug, Default)]
pub struct RaceGaps {
    /// Who asks, and what is in the way.
    pub gaps: Vec<RaceGap>,
}

/// The race detector is asked for and cannot work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaceGap {
    /// Who asks.
    pub ask: RaceAsk,
    /// What is in the way.
    pub obstacle: RaceObstacle,
    /// The contexts in which it is.
    pub contexts: Vec<Context>,
}

/// Who asks for the race detector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RaceAsk {
    /// GOFLAGS, for every command.
    Flags(Setting),
    /// A line of the project.
    Line(RaceLine),
}

/// Why the race detector cannot work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RaceObstacle {
    /// There is none for this platform: `linux/386`.
    Platform(String),
    /// cgo is switched off by this setting.
    CgoOff(Setting),
    /// There is no C compiler of this name, so that cgo is off.
    NoCompiler(&'static str),
    /// The kernel's address space has another size, in bits.
    AddressSpace(u32, Evidence),
}

/// The first Go whose race detector needs no cgo on macOS.
const WITHOUT_CGO_ON_MAC: (u32, u32) = (1, 20);

impl Fact for RaceGaps {
    const ID: &'static str = "race-gaps";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let (settings, uses) = (probing.get::<Settings>()?, probing.get::<RaceUse>()?);
        let (compilers, toolchains) = (probing.get::<Compilers>()?, probing.get::<Toolchains>()?);
        let architectures = probing.get::<Architectures>()?;
        let look = Look { probing, settings: &settings, toolchains: &toolchains, architectures: &architectures };
        let mut found = RaceGaps::default();
        for compiler in compilers.c() {
            let Some(view) = settings.view(compiler.context) else { continue };
            let Some(ask) = RaceAsk::of(view, &uses) else { continue };
            if let Some(obstacle) = look.obstacle(compiler, view, &ask)? {
                found.note(ask, obstacle, compiler.context);
            }
        }
        Ok(found)
    }
}

impl RaceGaps {
    fn note(&mut self, ask: RaceAsk, obstacle: RaceObstacle, context: Context) {
        match self.gaps.iter_mut().find(|gap| gap.ask == ask && gap.obstacle == obstacle) {
            Some(gap) => gap.contexts.push(context),
            None => self.gaps.push(RaceGap { ask, obstacle, contexts: vec![context] }),
        }
    }
}

impl RaceAsk {
    fn of(view: &View, uses: &RaceUse) -> Option<RaceAsk> {
        let asks = |setting: &Setting| {
            GoFlags::parse(&setting.value).is_ok_and(|flags| flags.words.iter().any(|word| RaceAsk::is_flag(word)))
        };
        let flags = view.get("GOFLAGS").filter(asks).map(RaceAsk::Flags);
        flags.or_else(|| uses.line.clone().map(RaceAsk::Line))
    }

    /// True for the flag that asks for the race detector.
    #[must_use]
    pub fn is_flag(word: &str) -> bool {
        matches!(word.trim_start_matches('-'), "race" | "race=true" | "race=1")
    }

    /// True when the line itself switches cgo on.
    fn brings_cgo(&self) -> bool {
        matches!(self, RaceAsk::Line(line) if line.evidence.observed.contains("CGO_ENABLED=1"))
    }

    /// True for a line that other checks of cgo read as well.
    fn is_recipe(&self) -> bool {
        matches!(self, RaceAsk::Line(RaceLine { place: RacePlace::Recipe, .. }))
    }
}

impl RaceObstacle {
    /// The one size of the address space, in bits, that the race detector
    /// works with on arm64.
    pub const ARM64_BITS: u32 = 48;
}

struct Look<'a> {
    probing: &'a Probing,
    settings: &'a Settings,
    toolchains: &'a Toolchains,
    architectures: &'a Architectures,
}

impl Look<'_> {
    fn obstacle(&self, compiler: &Compiler, view: &View, ask: &RaceAsk) -> Result<Option<RaceObstacle>, Missing> {
        let Some(go) = self.toolchains.active(compiler.context).and_then(|go| go.version.as_ref()) else {
            return Ok(None);
        };
        // Another target is a matter of its own: cross-target-left-set.
        if view.get("GOOS").is_some() || view.get("GOARCH").is_some() {
            return Ok(None);
        }
        let machine = self.settings.machine();
        let (goos, goarch) = (machine.goos(), self.goarch(compiler.context, machine));
        if !has_race_detector(goos, &goarch, go) {
            return Ok(Some(RaceObstacle::Platform(format!("{goos}/{goarch}"))));
        }
        let needs_cgo = goos != "darwin" || go.language() < WITHOUT_CGO_ON_MAC;
        match compiler.cgo {
            Cgo::Off if needs_cgo && !ask.brings_cgo() => self.cgo_off(compiler.context, view, ask),
            // cgo-no-compiler and cgo-silently-off speak of the others.
            Cgo::Decided { on: false } if needs_cgo => {
                let is_said = ask.is_recipe() || matches!(ask, RaceAsk::Flags(_));
                Ok((!is_said).then_some(RaceObstacle::NoCompiler(compiler.default)))
            }
            _ if goos == "linux" && goarch == "arm64" => {
                let space = self.probing.get::<AddressSpace>()?.bits.clone();
                let other = space.filter(|(bits, _)| *bits != RaceObstacle::ARM64_BITS);
                Ok(other.map(|(bits, evidence)| RaceObstacle::AddressSpace(bits, evidence)))
            }
            _ => Ok(None),
        }
    }

    /// What the Go of a context builds for: a 32-bit Go may run on a 64-bit
    /// kernel.
    fn goarch(&self, context: Context, machine: &Machine) -> String {
        let command = self.architectures.commands.iter().find(|command| command.contexts.contains(&context));
        let arch = command.and_then(|command| command.arch.clone().ok()?);
        arch.unwrap_or_else(|| machine.goarch().to_owned())
    }

    /// The setting that switches cgo off, unless cgo-disabled-persisted speaks
    /// of it for the same line.
    fn cgo_off(&self, context: Context, view: &View, ask: &RaceAsk) -> Result<Option<RaceObstacle>, Missing> {
        let Some(setting) = view.get("CGO_ENABLED") else { return Ok(None) };
        let is_kept = match setting.origin {
            SettingOrigin::Environment => {
                let rc = self.probing.get::<RcFiles>()?;
                self.settings.trace("CGO_ENABLED", &setting, &[context], &rc).1.is_some()
            }
            _ => true,
        };
        Ok((!is_kept || !ask.is_recipe()).then_some(RaceObstacle::CgoOff(setting)))
    }
}
