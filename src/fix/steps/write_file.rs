use std::path::Path;

use super::{Lower, Lowered};
use crate::fix::Refusal;
use crate::fix::draft::Draft;

pub(super) struct WriteFile<'a> {
    pub(super) path: &'a Path,
    pub(super) content: &'a str,
    pub(super) mode: u32,
}

impl Lower for WriteFile<'_> {
    fn target(&self, draft: &Draft<'_>) -> String {
        draft.name(self.path)
    }

    fn lower(&self, draft: &mut Draft<'_>) -> Result<Lowered, Refusal> {
        let at = draft.locate(self.path)?;
        draft.write(&at, self.content.as_bytes().to_vec(), self.mode).map(Lowered::Changes)
    }
}
