/// Why a step cannot be applied as things are, in a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(String);

impl Refusal {
    /// A refusal for this reason.
    pub fn new(why: impl Into<String>) -> Self {
        Refusal(why.into())
    }
}

impl From<crate::model::Missing> for Refusal {
    fn from(missing: crate::model::Missing) -> Self {
        Refusal(missing.detail)
    }
}
