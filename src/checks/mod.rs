//! The checks: pure rules over facts, one file each.
//!
//! A check is one rule file, one explanation page, one scenario file, and two
//! lines in its layer's `mod.rs`. `gomedic dev new-check` writes the
//! skeletons.

mod check;
mod page;
pub mod remedy;

mod build;
mod editor;
mod go;
mod modules;
mod network;
mod project;
mod shell;
mod system;
mod windows;
mod wsl;

pub use check::{Check, Rule};
pub use page::Page;

/// Every check, outermost layer first.
#[must_use]
pub fn all() -> Vec<&'static Check> {
    [
        windows::CHECKS,
        wsl::CHECKS,
        system::CHECKS,
        shell::CHECKS,
        go::CHECKS,
        modules::CHECKS,
        network::CHECKS,
        editor::CHECKS,
        build::CHECKS,
        project::CHECKS,
    ]
    .into_iter()
    .flatten()
    .copied()
    .collect()
}

/// The check with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Check> {
    all().into_iter().find(|check| check.id == id)
}

/// The checks that this one may explain.
#[must_use]
pub fn effects_of(id: &str) -> Vec<&'static str> {
    all().into_iter().filter(|check| check.causes.contains(&id)).map(|check| check.id).collect()
}
