//! Which C compiler compiles for a target, and what brings one.

use std::collections::HashMap;

use crate::checks::remedy::{GCC, cross_compiler_line, cross_compiler_names, install_line, zig_target};
use crate::model::{Need, Target};
use crate::probes::build::{CompilerAnswer, OTHER_C, ask_compiler, default_cc};
use crate::probes::go::View;
use crate::probes::{Probing, lookup};

/// The C compiler for a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choice {
    /// The one that Go calls by itself.
    Own,
    /// Another one, as the value of CC.
    Other(String),
    /// There is none.
    None(Need),
    /// Could not tell.
    Unknown(Need),
}

/// Finds compilers; each is asked once.
pub(super) struct Compilers<'a> {
    probing: &'a Probing,
    view: &'a View,
    known: HashMap<(String, Target), CompilerAnswer>,
}

impl<'a> Compilers<'a> {
    pub(super) fn new(probing: &'a Probing, view: &'a View) -> Self {
        Compilers { probing, view, known: HashMap::new() }
    }

    /// The compiler for a target.
    pub(super) fn choose(&mut self, target: &Target) -> Choice {
        let default = default_cc(&target.goos);
        let own = self.view.get("CC").map_or_else(|| default.to_owned(), |setting| setting.value);
        let answer = self.ask(&own, target);
        if answer == CompilerAnswer::Fits {
            return Choice::Own;
        }
        let of_machine = if self.is_native(target) { OTHER_C.as_slice() } else { &[] };
        let others = [default].into_iter().filter(|default| *default != own).map(str::to_owned);
        let others = others.chain(cross_compiler_names(target)).chain(of_machine.iter().map(|&name| name.to_owned()));
        for name in others {
            if self.ask(&name, target) == CompilerAnswer::Fits {
                return Choice::Other(name);
            }
        }
        if let Some(name) = zig_target(target)
            && lookup(self.probing.host(), "zig", self.view.environment()).is_some()
        {
            return Choice::Other(format!("zig cc -target {name}"));
        }
        let need = self.need(target, &own, &answer);
        if matches!(answer, CompilerAnswer::Unknown(_)) { Choice::Unknown(need) } else { Choice::None(need) }
    }

    fn is_native(&self, target: &Target) -> bool {
        self.probing.host().machine().is_platform(&target.goos, &target.goarch)
    }

    fn ask(&mut self, cc: &str, target: &Target) -> CompilerAnswer {
        let key = (cc.to_owned(), target.clone());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let answer = ask_compiler(self.probing, self.view, cc, target);
        self.known.insert(key, answer.clone());
        answer
    }

    fn need(&self, target: &Target, own: &str, answer: &CompilerAnswer) -> Need {
        let machine = self.probing.host().machine();
        let why = match answer {
            CompilerAnswer::NotFound => format!("cgo: C compiler \"{own}\" not found"),
            CompilerAnswer::OtherMachine(machine) => format!("{own} compiles for {machine}"),
            CompilerAnswer::NoLibrary => format!("{own} finds no C library for it"),
            CompilerAnswer::Unknown(missing) => missing.detail.clone(),
            CompilerAnswer::Fits => String::new(),
        };
        let bare =
            |short: &str, what: String| Need { short: short.into(), what: format!("{what}: {why}"), command: None };
        match target.goos.as_str() {
            "darwin" | "ios" if machine.goos() == "darwin" => Need {
                command: Some("xcode-select --install".into()),
                ..bare("clang", format!("a C compiler for {target}"))
            },
            "darwin" | "ios" => {
                bare("Apple's SDK", format!("a C compiler with Apple's SDK for {target}, which macOS alone has"))
            }
            "android" => bare("the NDK", format!("a C compiler of Android's NDK for {target}, as CC")),
            _ if self.is_native(target) => Need {
                short: if *answer == CompilerAnswer::NoLibrary { "its C library" } else { "gcc" }.into(),
                what: format!("a C compiler with its library for {target}: {why}"),
                command: install_line(machine, &GCC),
            },
            _ => Need {
                short: if *answer == CompilerAnswer::NoLibrary { "its C library" } else { "a C compiler" }.into(),
                what: format!("a C compiler with its library for {target}: {why}"),
                command: cross_compiler_line(machine, target),
            },
        }
    }
}
