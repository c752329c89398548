//! Fixes on real files in a private folder: applied, applied again, undone,
//! interrupted at every point.
#![cfg(unix)]

mod elevated;
mod faults;
mod faulty;
mod files;
mod goenv;
mod journal;
mod kill;
mod lock;
mod plan;
mod programs;
mod random;
mod replaced;
mod sandbox;
mod scripts;
mod steps;
mod times;
mod tree;
mod undo;
mod unprivileged;
