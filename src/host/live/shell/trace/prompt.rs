//! The prompt that a tracing shell prints before each command.

use super::super::kind::Kind;

/// What the fields are parted by; no value has it.
pub(super) const PART: u8 = 2;

/// What ends the prompt.
pub(super) const END: u8 = 3;

/// What stands for a variable that is not set.
pub(super) const UNSET: u8 = 4;

/// What bash repeats for each level of nesting.
pub(super) const LEVEL: u8 = 1;

/// How many fields come before the values: the depth of subshells, the file,
/// all files, the line, the functions, the places of their calls.
pub(super) const PLACE_FIELDS: usize = 6;

/// The value of PS4. `mark` tells ours from all else that is printed.
pub(super) fn prompt(kind: Kind, mark: &str, names: &[String]) -> String {
    let place: [&str; PLACE_FIELDS] = match kind {
        Kind::Bash => [
            "${BASH_SUBSHELL}",
            "${BASH_SOURCE-}",
            "${BASH_SOURCE[*]-}",
            "${LINENO}",
            "${FUNCNAME[*]-}",
            "${BASH_LINENO[*]-}",
        ],
        Kind::Zsh => {
            ["${ZSH_SUBSHELL}", "%x", "", "%I", "${(j: :)funcstack//\\%/%%}", "${(j: :)funcfiletrace//\\%/%%}"]
        }
        // It says no more.
        Kind::Posix | Kind::Fish => ["0", "", "", "${LINENO-}", "", ""],
    };
    let part = char::from(PART).to_string();
    let unset = char::from(UNSET);
    let values = names.iter().map(|name| format!("${{{name}-{unset}}}")).collect::<Vec<_>>().join(&part);
    let values = match kind {
        // What it puts in is read as a prompt once more. Inside functions the
        // values are left out: completion systems run ten thousands of
        // commands there, and what a function did shows when it is over.
        Kind::Zsh => {
            let outside = "${${funcstack[1]:-/}[(r)/]}";
            format!("${{{outside}:+${{${{:-{values}}}//\\%/%%}}}}")
        }
        _ => values,
    };
    let fields = place.map(str::to_owned).into_iter().chain([values]).collect::<Vec<_>>().join(&part);
    format!("{}{mark}{part}{fields}{}", char::from(LEVEL), char::from(END))
}
