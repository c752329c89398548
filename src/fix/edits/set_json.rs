use jsonc_parser::cst::CstObject;
use serde_json::Value;

use crate::fix::Refusal;

use super::json::{Edited, edit, input, property, value_of};
use super::{Rewrite, TextFile};

/// Sets a value in a JSON file; objects on the way to it are created.
pub(super) struct SetJson<'a> {
    pub(super) keys: &'a [String],
    pub(super) value: &'a Value,
}

impl Rewrite for SetJson<'_> {
    fn rewrite(&self, file: &TextFile<'_>, bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
        let (last, parents) = self.keys.split_last().ok_or_else(|| Refusal::new("no key is named"))?;
        edit(file, bytes, |root| {
            let mut object =
                root.object_value_or_create().ok_or_else(|| Refusal::new(format!("{} holds no object", file.name)))?;
            for key in parents {
                object = child(file, &object, key)?;
            }
            match property(&object, last) {
                Some(there) if value_of(&there).as_ref() == Some(self.value) => {
                    return Ok(Edited::No);
                }
                Some(there) => there.set_value(input(self.value)),
                None => {
                    object.append(last, input(self.value));
                }
            }
            Ok(Edited::Yes)
        })
    }
}

/// The object under a key, created where nothing stands.
fn child(file: &TextFile<'_>, object: &CstObject, key: &str) -> Result<CstObject, Refusal> {
    match property(object, key) {
        Some(there) => {
            there.object_value().ok_or_else(|| Refusal::new(format!("\"{key}\" in {} is not an object", file.name)))
        }
        None => object
            .object_value_or_create(key)
            .ok_or_else(|| Refusal::new(format!("\"{key}\" in {} cannot be created", file.name))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::path::Path;

    fn set(before: &str, keys: &[&str], value: Value) -> Result<String, Refusal> {
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        let edit = SetJson { keys: &keys, value: &value };
        let file = TextFile::new(Path::new("settings.json"), "settings.json");
        let after = edit.rewrite(&file, before.as_bytes().to_vec())?;
        assert_eq!(edit.rewrite(&file, after.clone())?, after, "made twice");
        Ok(String::from_utf8(after).unwrap())
    }

    #[test]
    fn comments_and_layout_stay() {
        let before = "\u{feff}{\r\n    // Go\r\n    \"go.goroot\": \"/old\", /* why */\r\n    \"x\": [1,2],\r\n}\r\n";
        assert_eq!(set(before, &["go.goroot"], json!("/new")).unwrap(), before.replace("/old", "/new"));
    }

    #[test]
    fn a_new_value_is_added_and_parents_with_it() {
        assert_eq!(
            set("{\n  \"a\": 1 // one\n}\n", &["go.alternateTools", "go"], json!("/go")).unwrap(),
            "{\n  \"a\": 1, // one\n  \"go.alternateTools\": {\n    \"go\": \"/go\"\n  }\n}\n"
        );
        assert_eq!(set("", &["a"], json!(true)).unwrap(), "{\n  \"a\": true\n}\n");
    }

    #[test]
    fn of_several_the_last_counts() {
        assert_eq!(set("{\"a\": 1, \"a\": 2}", &["a"], json!(3)).unwrap(), "{\"a\": 1, \"a\": 3}");
    }

    #[test]
    fn what_is_not_json_is_refused() {
        assert!(set("{", &["a"], json!(1)).unwrap_err().to_string().contains("not JSON"));
        assert!(set("[]", &["a"], json!(1)).is_err());
        assert!(set("{\"a\": 1}", &["a", "b"], json!(1)).is_err());
    }
}
