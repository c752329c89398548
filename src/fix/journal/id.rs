use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Names a journal entry: the second it was made in (UTC), and which one of
/// that second it is. `20261121T101502-1`. Later entries compare greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId {
    second: DateTime,
    number: u32,
}

/// A text that names no journal entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not the id of a journal entry, such as 20261121T101502-1")]
pub struct IdError(String);

const FORMAT: &str = "%Y%m%dT%H%M%S";

impl EntryId {
    /// The first id of this moment's second.
    #[must_use]
    pub fn first(when: Timestamp) -> Self {
        let second = when.to_zoned(TimeZone::UTC).datetime();
        let second = second.with().subsec_nanosecond(0).build().unwrap_or(second);
        EntryId { second, number: 1 }
    }

    /// The next id of the same second.
    #[must_use]
    pub fn next(self) -> Self {
        EntryId { number: self.number.saturating_add(1), ..self }
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.second.strftime(FORMAT), self.number)
    }
}

impl FromStr for EntryId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let parsed = text.split_once('-').and_then(|(second, number)| {
            let second = DateTime::strptime(FORMAT, second).ok()?;
            Some(EntryId { second, number: number.parse().ok()? })
        });
        // Only the form that is written is taken: `+1` and `01` are not.
        parsed.filter(|id| id.to_string() == text).ok_or_else(|| IdError(text.to_owned()))
    }
}

impl Serialize for EntryId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EntryId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_back_and_sort_by_time() {
        let when: Timestamp = "2026-11-21T10:15:02.7Z".parse().unwrap();
        let mut id = EntryId::first(when);
        assert_eq!(id.to_string(), "20261121T101502-1");
        let first = id;
        for _ in 0..10 {
            id = id.next();
        }
        assert_eq!(id.to_string(), "20261121T101502-11");
        assert_eq!("20261121T101502-11".parse(), Ok(id));
        assert!(first < id && id < "20261121T101503-1".parse().unwrap());
    }

    #[test]
    fn other_names_are_refused() {
        for text in ["", "x", "20261121T101502", "20261121T101502-+1", "20261121T101502-1.new", "../20261121T101502-1"]
        {
            assert!(text.parse::<EntryId>().is_err(), "{text}");
        }
    }
}
