use crate::fix::Refusal;

use super::json::{Edited, edit, properties, property};
use super::{Rewrite, TextFile};

/// Removes a key from a JSON file.
pub(super) struct RemoveJson<'a> {
    pub(super) keys: &'a [String],
}

impl Rewrite for RemoveJson<'_> {
    fn rewrite(&self, file: &TextFile<'_>, bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
        let (last, parents) = self.keys.split_last().ok_or_else(|| Refusal::new("no key is named"))?;
        edit(file, bytes, |root| {
            let object = root.object_value().and_then(|object| {
                parents.iter().try_fold(object, |object, key| property(&object, key)?.object_value())
            });
            let gone = object.map(|object| properties(&object, last)).unwrap_or_default();
            if gone.is_empty() {
                return Ok(Edited::No);
            }
            for property in gone {
                property.remove();
            }
            Ok(Edited::Yes)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn remove(before: &str, keys: &[&str]) -> String {
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        let edit = RemoveJson { keys: &keys };
        let file = TextFile::new(Path::new("settings.json"), "settings.json");
        let after = edit.rewrite(&file, before.as_bytes().to_vec()).unwrap();
        assert_eq!(edit.rewrite(&file, after.clone()).unwrap(), after, "made twice");
        String::from_utf8(after).unwrap()
    }

    #[test]
    fn the_rest_stays_as_it_is() {
        assert_eq!(
            remove("{\n  // a\n  \"a\": 1,\n  \"go.goroot\": \"/x\",\n  \"b\": 2 // b\n}\n", &["go.goroot"]),
            "{\n  // a\n  \"a\": 1,\n  \"b\": 2 // b\n}\n"
        );
        assert_eq!(
            remove("{\r\n  \"a\": 1,\r\n  \"b\": {\"c\": 1, \"d\": 2}\r\n}", &["b", "d"]),
            "{\r\n  \"a\": 1,\r\n  \"b\": {\"c\": 1}\r\n}"
        );
    }

    #[test]
    fn every_one_of_that_name_goes() {
        assert_eq!(remove("{\"b\": 2, \"a\": 1, \"a\": 3}", &["a"]), "{\"b\": 2}");
    }

    #[test]
    fn what_is_not_there_changes_nothing() {
        assert_eq!(remove("{ \"a\" : 1 }", &["b"]), "{ \"a\" : 1 }");
        assert_eq!(remove("{ \"a\" : 1 }", &["a", "b"]), "{ \"a\" : 1 }");
    }
}
