//! The matrix of a project, from its facts.

use std::collections::BTreeSet;

use super::compiler::{Choice, Compilers};
use super::libraries::{Lacks, Question};
use super::notes::notes;
use super::rule::{Known, Packages, Use};
use super::targets::targets;
use crate::model::{CgoPackage, CgoSwitch, GoVersion, Loss, Matrix, Missing, Need, Reason, Target};
use crate::probes::Probing;
use crate::probes::build::{
    self, CGO_DECIDED_SINCE, Cgo, CgoPackages, CgoSupport, CgoUse, LeftOut, Platforms, ProjectPackages, Rest,
};
use crate::probes::go::{Selections, Settings, Toolchains, View};
use crate::probes::project::NamedTargets;

/// What the project in the machine's folder builds for: the targets wanted,
/// or, when that is none, those that the project names and those that matter.
///
/// # Errors
/// When there is no Go or no module here, or this Go does not build for a
/// wanted target.
pub fn matrix(probing: &Probing, wanted: &[Target]) -> Result<Matrix, Missing> {
    let host = probing.host();
    let (settings, toolchains) = (probing.get::<Settings>()?, probing.get::<Toolchains>()?);
    let (context, go) = toolchains.in_use().ok_or_else(|| Missing::absent("no go is on any PATH"))?;
    let view = settings.view(context).ok_or_else(|| Missing::absent("no go is on any PATH"))?;
    let (platforms, packages) = (probing.get::<Platforms>()?, probing.get::<ProjectPackages>()?);
    let own = Target::new(host.machine().goos(), host.machine().goarch());
    let named = probing.get::<NamedTargets>()?;
    // What it cannot tell, the builds tell themselves.
    let selections = probing.get::<Selections>().ok();
    let mut targets = targets(wanted, &own, &named, &platforms, &go.version_title())?;
    let mut compilers = Compilers::new(probing, view);
    let mut cells = Vec::new();
    let mut cgo_packages: BTreeSet<CgoPackage> = BTreeSet::new();
    for named in &mut targets {
        let look = |cgo| {
            let Target { goos, goarch } = named.target.clone();
            packages.cgo(host, &build::Target { goos, goarch, cgo })
        };
        let (with, without) = (look(CgoUse::On), look(CgoUse::Off));
        let asked = |cc| Question { probing, view, target: &named.target, cc };
        let support = platforms.get(&named.target).map_or(CgoSupport::None, |platform| platform.cgo);
        let compiler = compilers.choose(&named.target);
        let lacks = match &compiler {
            Choice::None(_) | Choice::Unknown(_) => Lacks::default(),
            Choice::Own => asked(None).lacks(&packages, &with.found),
            Choice::Other(cc) => asked(Some(cc.as_str())).lacks(&packages, &with.found),
        };
        let known = Known {
            target: &named.target,
            unset: unset(probing, view, &named.target, support, go.version.as_ref()),
            support,
            packages: &Packages::of(&with, &without),
            compiler: &compiler,
            lacks: &lacks,
        };
        cells.extend(CgoSwitch::ALL.map(|cgo| known.cell(cgo)));
        named.programs = with.programs.into_iter().collect();
        cgo_packages.extend(with.found);
    }
    Ok(Matrix {
        project: host.machine().tilde(&host.machine().folder),
        go: format!("{} on {own}", go.version_title()),
        targets,
        cells,
        cgo_packages: cgo_packages.into_iter().collect(),
        notes: notes(view, selections.as_ref().and_then(|all| all.get(context))),
    })
}

impl Packages {
    fn of(with: &CgoPackages, without: &CgoPackages) -> Packages {
        let names = |list: &[CgoPackage]| list.iter().map(|one| one.package.clone()).collect::<Vec<_>>();
        let broken = without.left_out.iter().filter(|left_out| left_out.rest == Rest::Breaks);
        let lost_programs = with.programs.difference(&without.programs).cloned();
        let emptied: BTreeSet<String> =
            broken.map(|left_out| left_out.package.package.clone()).chain(lost_programs).collect();
        let both = [with, without];
        Packages {
            using: names(&with.found).into_iter().chain(names(&with.std)).collect(),
            reduced: reduced(without, |_| true)
                .map(|left_out| Loss { package: left_out.package.package.clone(), what: left_out.loss.to_string() })
                .collect(),
            doubtful: reduced(without, |left_out| left_out.loss == build::Loss::Declarations)
                // Go's own packages are made to build either way.
                .filter(|left_out| left_out.package.module != "std")
                .map(|left_out| undeclared(&left_out.package))
                .collect(),
            emptied: emptied.into_iter().collect(),
            excluded: both.map(|one| one.excluded.iter().cloned().collect()),
            unknown: both.map(|one| one.missing.iter().next().map(|(import, missing)| unknown(import, missing))),
            is_empty: both.map(|one| one.packages == 0),
        }
    }
}

/// The packages that do with other files, of those that are chosen.
fn reduced(without: &CgoPackages, is_chosen: impl Fn(&LeftOut) -> bool) -> impl Iterator<Item = &LeftOut> {
    without.left_out.iter().filter(move |left_out| left_out.rest == Rest::Builds && is_chosen(left_out))
}

/// What may be missing without a file that calls C.
fn undeclared(package: &CgoPackage) -> Need {
    let CgoPackage { package, file, .. } = package;
    let what = format!("whether {package} compiles without {file}, which needs cgo and has no stand-in");
    Need { short: "cgo".into(), what, command: None }
}

/// Why it cannot be told what a build is made of.
fn unknown(import: &str, missing: &Missing) -> Need {
    let what = match missing.detail.contains(import) {
        true => missing.detail.clone(),
        false => format!("{import}: {}", missing.detail),
    };
    // Go's own packages come from no module.
    let is_of_module = import.split('/').next().is_some_and(|first| first.contains('.'));
    let can_be_fetched = missing.reason == Reason::Absent && is_of_module;
    let command = can_be_fetched.then(|| "go mod download".to_owned());
    Need { short: "not all known".into(), what, command }
}

/// What becomes of a build that does not set CGO_ENABLED.
fn unset(probing: &Probing, view: &View, target: &Target, support: CgoSupport, go: Option<&GoVersion>) -> Use {
    let looks = go.is_none_or(|go| go.language() >= CGO_DECIDED_SINCE);
    match (Cgo::of(probing.host(), view, target), support) {
        (Cgo::On, _) => Use::With,
        (Cgo::Decided { on }, CgoSupport::There) if on || !looks => Use::With,
        (Cgo::Off | Cgo::Decided { .. }, _) => Use::Without,
    }
}
