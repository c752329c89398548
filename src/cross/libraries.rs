//! Whether what packages ask for besides a C compiler is here for a target.

use crate::checks::remedy::{PKG_CONFIG, install_line};
use crate::model::{CgoPackage, Missing, Need, Target};
use crate::probes::Probing;
use crate::probes::build::{
    self, CgoUse, CompilerAnswer, Demands, Folders, ProjectPackages, ask_compiler, ask_pkg_config, default_cc,
    default_cxx, has_library,
};
use crate::probes::go::View;

/// The libraries that are part of the C library which zig brings for Linux.
const IN_MUSL: [&str; 9] = ["c", "crypt", "dl", "m", "pthread", "resolv", "rt", "util", "xnet"];

/// What packages lack besides a C compiler.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lacks {
    /// What is not there: the build fails.
    pub(super) certain: Vec<Need>,
    /// Of what it cannot be told.
    pub(super) doubtful: Vec<Need>,
}

/// The compiler that is asked, and for what.
pub(super) struct Question<'a> {
    pub(super) probing: &'a Probing,
    pub(super) view: &'a View,
    pub(super) target: &'a Target,
    /// The value of CC that the build has; None for Go's own choice or the
    /// user's.
    pub(super) cc: Option<&'a str>,
}

impl Question<'_> {
    /// What these packages lack.
    pub(super) fn lacks(&self, project: &ProjectPackages, packages: &[CgoPackage]) -> Lacks {
        let mut lacks = Lacks::default();
        let Target { goos, goarch } = self.target.clone();
        // Apple's linker looks where no other does.
        if goos == "darwin" || goos == "ios" {
            return lacks;
        }
        let target = build::Target { goos, goarch, cgo: CgoUse::On };
        for package in packages {
            let demands = project.demands(self.probing.host(), &target, package);
            self.libraries(&package.package, &demands, &mut lacks);
            self.pkg_config(&package.package, &demands, &mut lacks);
            self.cpp(&package.package, &demands, &mut lacks);
        }
        lacks
    }

    fn libraries(&self, package: &str, demands: &Demands, lacks: &mut Lacks) {
        let own = self.view.get("CC").map(|setting| setting.value);
        let cc = self.cc.or(own.as_deref()).unwrap_or_else(|| default_cc(&self.target.goos));
        let has_folders = demands.folders == Folders::Own || self.view.get("CGO_LDFLAGS").is_some();
        for library in &demands.libraries {
            let is_here = match cc.starts_with("zig ") {
                true if cc.ends_with("-linux-musl") && IN_MUSL.contains(&library.as_str()) => Ok(true),
                true => Err(Missing::failed("zig does not tell")),
                false => has_library(self.probing, self.view, cc, self.target, library),
            };
            let named = format!("lib{library} for {}, which {package} links with", self.target);
            match is_here {
                Ok(true) => {}
                Ok(false) if !has_folders => {
                    lacks.certain.push(need(library, format!("{named}: cannot find -l{library}")));
                }
                Ok(false) => {}
                Err(missing) => lacks.doubtful.push(need(library, format!("{named}: {}", missing.detail))),
            }
        }
    }

    fn pkg_config(&self, package: &str, demands: &Demands, lacks: &mut Lacks) {
        let machine = self.probing.host().machine();
        let is_native = machine.is_platform(&self.target.goos, &self.target.goarch);
        for library in &demands.pkg_config {
            let named = format!("{library} for {}, which {package} asks pkg-config for", self.target);
            match ask_pkg_config(self.probing, self.view, library) {
                Ok(Some(true)) if is_native => {}
                Ok(Some(true)) => {
                    let why = "pkg-config may speak of this machine's alone";
                    lacks.doubtful.push(need(library, format!("{named}: {why}")));
                }
                Ok(Some(false)) => lacks.certain.push(need(library, format!("{named}: it knows none"))),
                Ok(None) => lacks.certain.push(Need {
                    command: install_line(machine, &PKG_CONFIG),
                    ..need("pkg-config", format!("pkg-config, which {package} needs: executable file not found"))
                }),
                Err(missing) => lacks.doubtful.push(need(library, format!("{named}: {}", missing.detail))),
            }
        }
    }

    fn cpp(&self, package: &str, demands: &Demands, lacks: &mut Lacks) {
        let Some(file) = &demands.cpp else { return };
        let own = self.view.get("CXX").map(|setting| setting.value);
        let cxx = own.as_deref().unwrap_or_else(|| default_cxx(&self.target.goos));
        let named = format!("a C++ compiler for {}: {package} has {file}, and CXX is {cxx}", self.target);
        match ask_compiler(self.probing, self.view, cxx, self.target) {
            CompilerAnswer::Fits => {}
            CompilerAnswer::Unknown(missing) => {
                lacks.doubtful.push(need("a C++ compiler", format!("{named}: {}", missing.detail)));
            }
            CompilerAnswer::NotFound | CompilerAnswer::OtherMachine(_) | CompilerAnswer::NoLibrary => {
                lacks.certain.push(need("a C++ compiler", named));
            }
        }
    }
}

fn need(short: &str, what: String) -> Need {
    Need { short: short.to_owned(), what, command: None }
}
