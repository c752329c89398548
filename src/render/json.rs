//! JSON that is safe to look at.

use serde::Serialize;

use crate::model::Report;
use crate::model::text::plain_json;

/// The report as JSON, in the form that others rely on.
///
/// # Errors
/// When the report cannot be serialised, which no report of ours is.
pub fn json(report: &Report) -> serde_json::Result<String> {
    pretty(report)
}

/// A value as indented JSON, with what a terminal would obey written out.
///
/// # Errors
/// When the value cannot be serialised.
pub fn pretty<T: Serialize>(value: &T) -> serde_json::Result<String> {
    serde_json::to_string_pretty(value).map(|json| plain_json(&json))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_it_moves_a_cursor_and_nothing_is_lost() {
        let wild = "\u{1b}]0;x\u{7}\u{9b}2J\u{7f}\u{202e}\u{feff}\r\n\t größer ✖";
        let json = pretty(&[wild]).unwrap();
        assert!(json.chars().all(|c| c == '\n' || !c.is_control()), "{json:?}");
        assert!(json.contains(r"\u009b2J\u007f\u202e\ufeff") && json.contains("größer ✖"), "{json:?}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), [wild]);
    }
}
