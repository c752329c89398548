//! The one table of keys. Dispatch, the footer, the help and the README are
//! all made from it.

mod chord;
mod label;
mod table;

pub use chord::Chord;
pub(super) use label::label;
pub(super) use table::{Section, bindings, sections};

use super::model::Tab;

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Select the row above, or scroll.
    Up,
    /// Select the row below, or scroll.
    Down,
    /// Select the first row, or scroll to the start.
    First,
    /// Select the last row, or scroll to the end.
    Last,
    /// Scroll the pane back.
    PageUp,
    /// Scroll the pane on.
    PageDown,
    /// Open the next tab.
    NextTab,
    /// Open the tab before.
    PreviousTab,
    /// Open this tab.
    Show(Tab),
    /// Show the pane on the whole screen.
    Open,
    /// Apply the fix in view.
    Fix,
    /// View the next fix of the finding.
    NextFix,
    /// Take a fix back.
    Undo,
    /// Show the journal.
    History,
    /// Run the selected check again.
    Recheck,
    /// Run all checks again.
    RecheckAll,
    /// Search.
    Search,
    /// Show one layer, then the next.
    NextLayer,
    /// Show only problems, or everything.
    ProblemsOnly,
    /// Copy the command.
    Copy,
    /// Show what the project builds for.
    Cross,
    /// Select the cell to the left.
    Left,
    /// Select the cell to the right.
    Right,
    /// Write the report.
    Export,
    /// Show the keys.
    Help,
    /// Say yes.
    Accept,
    /// Bring to an end what was interrupted.
    Finish,
    /// Leave what is on top, or end.
    Back,
    /// End.
    Quit,
    /// Stop, and give the terminal to the shell.
    Suspend,
    /// Draw everything anew.
    Redraw,
}

/// What is on top, and so which keys there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The list and the pane.
    Main,
    /// Typing what to search for.
    Search,
    /// The pane on the whole screen.
    Page,
    /// A question before a fix.
    Confirm,
    /// A fix that the user carries out.
    Manual,
    /// The journal.
    History,
    /// What an earlier run left half done.
    Recovery,
    /// What the project builds for.
    Cross,
    /// The keys.
    Help,
    /// Text to read.
    Message,
}

impl Mode {
    /// All modes.
    pub const ALL: [Mode; 10] = [
        Mode::Main,
        Mode::Search,
        Mode::Page,
        Mode::Confirm,
        Mode::Manual,
        Mode::History,
        Mode::Recovery,
        Mode::Cross,
        Mode::Help,
        Mode::Message,
    ];
}

/// Keys with what they do.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// The keys; the first one is shown in the footer.
    pub keys: &'static [Chord],
    /// What they do.
    pub action: Action,
    /// What they do, in full.
    pub help: &'static str,
    /// How early it is left out of a footer that is too narrow: the smallest
    /// number first. None: it is never in the footer.
    pub weight: Option<u8>,
}

impl Binding {
    /// The keys for people: `j ↓`.
    #[must_use]
    pub fn keys_text(&self) -> String {
        self.keys.iter().map(Chord::to_string).collect::<Vec<_>>().join(" ")
    }
}

/// The action of a key in a mode.
pub(super) fn action(mode: Mode, key: Chord) -> Option<Action> {
    bindings(mode).find(|binding| binding.keys.contains(&key)).map(|binding| binding.action)
}

/// The keys as a Markdown table, for the README.
#[must_use]
pub fn markdown() -> String {
    let mut out = String::from("| key | does |\n|---|---|\n");
    for binding in bindings(Mode::Main) {
        let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{key}`")).collect();
        out.push_str(&format!("| {} | {} |\n", keys.join(" "), binding.help));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mode_has_a_key_twice() {
        for mode in Mode::ALL {
            let keys: Vec<Chord> = bindings(mode).flat_map(|binding| binding.keys).copied().collect();
            for (at, key) in keys.iter().enumerate() {
                assert!(!keys[..at].contains(key), "{mode:?} has {key} twice");
            }
        }
    }

    #[test]
    fn every_mode_can_be_left() {
        for mode in Mode::ALL {
            assert_eq!(action(mode, Chord::ctrl('c')), Some(Action::Quit), "{mode:?}");
            assert_eq!(action(mode, Chord::ESC), Some(Action::Back), "{mode:?}");
        }
    }

    #[test]
    fn the_table_for_the_readme_names_every_key() {
        let table = markdown();
        for binding in bindings(Mode::Main) {
            assert!(table.contains(binding.help), "{}", binding.help);
        }
    }
}
