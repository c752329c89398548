use crate::checks::{self, Check};
use crate::model::Layer;

/// Which checks to run, by ids or layers.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Only these; empty means all.
    pub only: Vec<String>,
    /// Not these.
    pub skip: Vec<String>,
}

/// A name that is neither a check nor a layer.
#[derive(Debug, thiserror::Error)]
#[error("there is no check or layer named '{name}'{}", hint(.near))]
pub struct SelectError {
    /// The name.
    pub name: String,
    /// The nearest name that there is.
    pub near: Option<&'static str>,
}

fn hint(near: &Option<&'static str>) -> String {
    near.map(|name| format!("; did you mean '{name}'?")).unwrap_or_default()
}

impl SelectError {
    /// The error for `name`, with the nearest known one.
    #[must_use]
    pub fn unknown(name: &str) -> Self {
        let names = checks::all().into_iter().map(|check| check.id).chain(Layer::ALL.map(Layer::id));
        let near = names
            .map(|known| (strsim::normalized_damerau_levenshtein(name, known), known))
            .filter(|(ratio, _)| *ratio > 0.6)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, known)| known);
        SelectError { name: name.to_owned(), near }
    }
}

impl Selection {
    /// The checks that are meant, outermost layer first.
    ///
    /// # Errors
    /// When a name is neither a check nor a layer.
    pub fn checks(&self) -> Result<Vec<&'static Check>, SelectError> {
        let all = checks::all();
        for name in self.only.iter().chain(&self.skip) {
            if Layer::from_id(name).is_none() && !all.iter().any(|check| check.id == name) {
                return Err(SelectError::unknown(name));
            }
        }
        let named =
            |names: &[String], check: &Check| names.iter().any(|name| name == check.id || name == check.layer.id());
        Ok(all
            .into_iter()
            .filter(|check| (self.only.is_empty() || named(&self.only, check)) && !named(&self.skip, check))
            .collect())
    }
}
