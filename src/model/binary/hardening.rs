/// How a program is protected against attacks on its memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hardening {
    /// It can be loaded to any address (PIE).
    pub position_independent: bool,
    /// What of its tables is read-only once it runs.
    pub relro: Relro,
    /// Its stack cannot be executed (NX). None where the file does not say.
    pub no_exec_stack: Option<bool>,
    /// Its C functions check for overwritten stacks. None where the symbols
    /// that would tell are gone.
    pub stack_canary: Option<bool>,
}

/// How much of the tables for dynamic linking is read-only at run time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relro {
    /// Nothing.
    None,
    /// All but the table of functions that are bound late.
    Partial,
    /// Everything.
    Full,
}

impl Relro {
    /// One word for it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Relro::None => "none",
            Relro::Partial => "partial",
            Relro::Full => "full",
        }
    }
}
