use jsonc_parser::cst::{CstInputValue, CstObject, CstObjectProp, CstRootNode};

use crate::fix::Refusal;
use crate::model::EDITOR_JSON;

use super::TextFile;

const BOM: &str = "\u{feff}";

/// Edits the root object of a JSON file; comments and layout stay. The bytes
/// come back untouched when `edit` says that there is nothing to do.
pub(super) fn edit(
    file: &TextFile<'_>,
    bytes: Vec<u8>,
    edit: impl FnOnce(&CstRootNode) -> Result<Edited, Refusal>,
) -> Result<Vec<u8>, Refusal> {
    let name = file.name;
    let text =
        std::str::from_utf8(&bytes).map_err(|_| Refusal::new(format!("{name} is not UTF-8, so it is not JSON")))?;
    let (bom, text) = text.strip_prefix(BOM).map_or(("", text), |rest| (BOM, rest));
    let root = CstRootNode::parse(text, &EDITOR_JSON).map_err(|error| {
        Refusal::new(format!("{name} is not JSON with comments (line {}: {})", error.line_display(), error.kind()))
    })?;
    Ok(match edit(&root)? {
        Edited::Yes => format!("{bom}{root}").into_bytes(),
        Edited::No => bytes,
    })
}

/// Whether an edit changed anything.
pub(super) enum Edited {
    Yes,
    No,
}

/// The property that counts: of several with one name, the last.
pub(super) fn property(object: &CstObject, name: &str) -> Option<CstObjectProp> {
    properties(object, name).pop()
}

/// Every property with this name.
pub(super) fn properties(object: &CstObject, name: &str) -> Vec<CstObjectProp> {
    object.properties().into_iter().filter(|property| property.decoded_name().as_deref() == Some(name)).collect()
}

/// What a property holds.
pub(super) fn value_of(property: &CstObjectProp) -> Option<serde_json::Value> {
    let text = property.value()?.to_string();
    jsonc_parser::parse_to_serde_value(&text, &EDITOR_JSON).ok()
}

/// A value as the editor takes it.
pub(super) fn input(value: &serde_json::Value) -> CstInputValue {
    use serde_json::Value;
    match value {
        Value::Null => CstInputValue::Null,
        Value::Bool(yes) => CstInputValue::Bool(*yes),
        Value::Number(number) => CstInputValue::Number(number.to_string()),
        Value::String(text) => CstInputValue::String(text.clone()),
        Value::Array(values) => CstInputValue::Array(values.iter().map(input).collect()),
        Value::Object(map) => {
            CstInputValue::Object(map.iter().map(|(name, value)| (name.clone(), input(value))).collect())
        }
    }
}
