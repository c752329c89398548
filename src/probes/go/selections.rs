use std::path::PathBuf;

use super::choice::{Because, Wish, wish};
use super::policy::{Policy, Switch, Toolchain};
use super::settings::{Setting, SettingOrigin, Settings, View};
use super::toolchains::Toolchains;
use crate::collections::Handful;
use crate::host::Host;
use crate::model::{Context, GoVersion, Missing};
use crate::probes::project::{Demand, GoMod, GoWork};
use crate::probes::{Fact, Probing, lookup};

/// Which toolchain `go` runs in the project's folder, context by context. A
/// Go older than 1.21 runs itself, whatever it is asked for.
#[derive(Debug)]
pub struct Selections {
    by_context: Handful<Context, Selection>,
}

/// Which toolchain `go` runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// The version of the `go` that is called.
    pub own: GoVersion,
    /// The GOTOOLCHAIN that decides.
    pub setting: Setting,
    /// What is chosen.
    pub choice: Choice,
}

/// What `go` chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// It runs itself.
    Own,
    /// It runs another one, which is here.
    Switches {
        /// The other one.
        to: Toolchain,
        /// Where it lies.
        at: PathBuf,
    },
    /// It downloads another one.
    Downloads {
        /// The other one.
        to: Toolchain,
        /// What asks for it.
        because: Because,
    },
    /// It may not run what the project asks for.
    TooOld {
        /// The newest that may run.
        running: GoVersion,
        /// What forbids a newer one.
        because: Because,
    },
    /// It may run only what is on PATH, and this is not.
    NotOnPath {
        /// What is looked for.
        to: Toolchain,
        /// What asks for it.
        because: Because,
    },
    /// It would have to download another one, and may not.
    NoDownload {
        /// The other one.
        to: Toolchain,
        /// What asks for it.
        because: Because,
        /// The setting that forbids it: GOPROXY or GOSUMDB.
        name: &'static str,
        /// Its value with its origin.
        setting: Setting,
    },
}

impl Fact for Selections {
    const ID: &'static str = "toolchain-selection";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let settings = probing.get::<Settings>()?;
        let toolchains = probing.get::<Toolchains>()?;
        let (module, work) = (probing.get::<GoMod>()?, probing.get::<GoWork>()?);
        let demand = Demand::of(&module, &work)?;
        let mut by_context = Handful::default();
        for (context, view) in settings.views() {
            let version = toolchains.active(context).and_then(|go| go.version.clone());
            if let Some(selection) = version.and_then(|own| select(host, view, own, demand.as_ref())) {
                by_context.insert(context, selection);
            }
        }
        Ok(Selections { by_context })
    }
}

/// None for a Go that knows no GOTOOLCHAIN, and for a setting that it refuses.
fn select(host: &dyn Host, view: &View, own: GoVersion, demand: Option<&Demand<'_>>) -> Option<Selection> {
    if own.language() < (1, 21) {
        return None;
    }
    let setting = view
        .get("GOTOOLCHAIN")
        .unwrap_or_else(|| Setting { value: view.value("GOTOOLCHAIN"), origin: SettingOrigin::Default });
    let policy = Policy::parse(&setting.value)?;
    let choice = match wish(&policy, &own, demand) {
        Wish::Own => Choice::Own,
        Wish::TooOld(running, because) => Choice::TooOld { running, because },
        Wish::Other(to, because) => find(host, view, &policy, to, because),
    };
    Some(Selection { own, setting, choice })
}

/// Looks for a toolchain where Go looks for it.
fn find(host: &dyn Host, view: &View, policy: &Policy, to: Toolchain, because: Because) -> Choice {
    if let Some(at) = lookup(host, &to.name, view.environment()) {
        return Choice::Switches { to, at };
    }
    if policy.switch == Switch::OnPath {
        return Choice::NotOnPath { to, because };
    }
    // Even a toolchain that was downloaded before is verified again.
    if let Some(setting) = off(view, "GOSUMDB").filter(|_| !is_served_by_files(view)) {
        return Choice::NoDownload { to, because, name: "GOSUMDB", setting };
    }
    let machine = host.machine();
    let at = PathBuf::from(view.value("GOMODCACHE")).join(format!(
        "golang.org/toolchain@v0.0.1-{}.{}-{}",
        to.name,
        machine.goos(),
        machine.goarch()
    ));
    if host.is_file(&at.join("bin/go")) {
        return Choice::Switches { to, at };
    }
    match off(view, "GOPROXY") {
        Some(setting) => Choice::NoDownload { to, because, name: "GOPROXY", setting },
        None => Choice::Downloads { to, because },
    }
}

/// The setting, when the first word of its list is `off`.
fn off(view: &View, name: &str) -> Option<Setting> {
    view.get(name).filter(|setting| setting.value.split([',', '|']).next().is_some_and(|word| word.trim() == "off"))
}

/// From a folder alone, Go takes a toolchain that nobody vouches for.
fn is_served_by_files(view: &View) -> bool {
    let proxy = view.value("GOPROXY");
    proxy.starts_with("file://") && !proxy.contains([',', '|'])
}

impl Selections {
    /// What is chosen in a context; None when the context has no Go of 1.21
    /// or later, or its GOTOOLCHAIN is none.
    #[must_use]
    pub fn get(&self, context: Context) -> Option<&Selection> {
        self.by_context.get(&context)
    }

    /// The version that builds in a context: that of the `go` that is called,
    /// or the one that it hands over to.
    #[must_use]
    pub fn builds(&self, context: Context, toolchains: &Toolchains) -> Option<GoVersion> {
        match self.get(context).map(|selection| &selection.choice) {
            Some(Choice::Switches { to, .. } | Choice::Downloads { to, .. }) => Some(to.version.clone()),
            _ => toolchains.active(context)?.version.clone(),
        }
    }

    /// The selections that are made, each with the contexts that make it, in
    /// the order in which contexts are shown.
    #[must_use]
    pub fn grouped(&self) -> Vec<(&Selection, Vec<Context>)> {
        let mut groups: Vec<(&Selection, Vec<Context>)> = Vec::new();
        for context in Context::UNIX {
            let Some(selection) = self.get(context) else { continue };
            match groups.iter_mut().find(|(known, _)| *known == selection) {
                Some((_, contexts)) => contexts.push(context),
                None => groups.push((selection, vec![context])),
            }
        }
        groups
    }
}
